"""Resources: whole profiles, definitions and the taxonomy, under addresses that begin with `ocqa://`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import mcp_types as types
from mcp.shared.exceptions import MCPError

from corpus.errors import QuestionError

if TYPE_CHECKING:
    from index.generations.snapshot import Snapshot

_PAGE = 100
_JSON = "application/json"
_PROFILE = re.compile(r"ocqa://profile/([A-Za-z]{3})/(\d{4})")
_DEFINITION = re.compile(r"ocqa://definition/(\w+)")
_COVERAGE = re.compile(r"ocqa://taxonomy/(countries|indicators|groups)|ocqa://coverage/(summary|texts)")


def list_resources(snapshot: Snapshot, cursor: str | None) -> types.ListResourcesResult:
    """One page of all resources: first the taxonomy and what is loaded, then profiles with text, then definitions."""
    listed = list(_resources(snapshot))
    start = int(cursor) if cursor and cursor.isdecimal() else 0
    end = start + _PAGE
    return types.ListResourcesResult(resources=listed[start:end], next_cursor=str(end) if end < len(listed) else None)


async def list_templates(_: Any, __: types.PaginatedRequestParams | None) -> types.ListResourceTemplatesResult:
    """The addresses that take a country, an edition or an indicator."""
    profile = types.ResourceTemplate(
        name="profile",
        title="Country profile",
        uri_template="ocqa://profile/{country}/{edition}",
        description="Every score with ranks, and the page's text if it is loaded. Country as ISO alpha-3 code: ocqa://profile/PER/2021",
        mime_type=_JSON,
    )
    definition = types.ResourceTemplate(
        name="definition",
        title="Definition of an indicator",
        uri_template="ocqa://definition/{indicator}",
        description="What an indicator means and on which scale: ocqa://definition/cocaine_trade",
        mime_type=_JSON,
    )
    return types.ListResourceTemplatesResult(resource_templates=[profile, definition])


def read_resource(snapshot: Snapshot, uri: str) -> types.ReadResourceResult:
    """What stands at an address, as JSON. Raises MCPError where there is nothing."""
    from app.programs.arguments import answer_request

    name, arguments = _request(uri)
    try:
        found = answer_request(snapshot, name, arguments)
    except QuestionError as error:
        raise MCPError(types.INVALID_PARAMS, f"{uri}: {error.message}; {error.hint}") from error
    text = json.dumps(found, ensure_ascii=False, indent=1)
    return types.ReadResourceResult(contents=[types.TextResourceContents(uri=uri, mime_type=_JSON, text=text)])


def _request(uri: str) -> tuple[str, dict[str, Any]]:
    if found := _PROFILE.fullmatch(uri):
        return "profile", {"country": found[1], "edition": int(found[2])}
    if found := _DEFINITION.fullmatch(uri):
        return "define", {"indicator": found[1]}
    if found := _COVERAGE.fullmatch(uri):
        return "list_coverage", {"of": found[1] or found[2], "limit": 300}
    known = "ocqa://profile/PER/2021, ocqa://definition/cocaine_trade, ocqa://taxonomy/indicators or ocqa://coverage/summary"
    raise MCPError(types.INVALID_PARAMS, f"there is no resource {uri}; addresses look like {known}")


def _resources(snapshot: Snapshot) -> Iterator[types.Resource]:
    for what, title in (("countries", "Countries"), ("indicators", "Indicators"), ("groups", "Groups of countries")):
        yield types.Resource(uri=f"ocqa://taxonomy/{what}", name=what, title=f"{title} of the Index", mime_type=_JSON)
    yield types.Resource(uri="ocqa://coverage/summary", name="coverage", title="What is loaded", mime_type=_JSON)
    yield types.Resource(uri="ocqa://coverage/texts", name="texts", title="Profiles with text", mime_type=_JSON)
    for country, editions in sorted(snapshot.text_editions.items()):
        name = snapshot.taxonomy.countries[country].name
        for edition in editions:
            yield types.Resource(
                uri=f"ocqa://profile/{country}/{edition}",
                name=f"{country}-{edition}",
                title=f"{name}, {edition} profile",
                mime_type=_JSON,
            )
    for indicator in snapshot.taxonomy.indicators.values():
        yield types.Resource(
            uri=f"ocqa://definition/{indicator.id}", name=indicator.id, title=f"{indicator.name}, definition", mime_type=_JSON
        )
