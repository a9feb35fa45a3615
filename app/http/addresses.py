"""Which address asks what: each request of `app.programs` with its path and the arguments that stand in the path. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """A path with braces for arguments. `sent` says that arguments can only be sent in a body, by POST."""

    path: str
    operation: str
    sent: bool = False


ADDRESSES = (
    Address("/ask", "ask"),
    Address("/scores", "get_scores"),
    Address("/rank", "rank"),
    Address("/filter", "filter_countries", sent=True),
    Address("/compare", "compare"),
    Address("/passages", "search_passages"),
    Address("/overview/{country}", "country_overview"),
    Address("/profile/{country}", "profile"),
    Address("/profile/{country}/{edition}", "profile"),
    Address("/definitions/{indicator}", "define"),
    Address("/coverage", "list_coverage"),
)
HEALTH, OPENAPI = "/health", "/openapi.json"
