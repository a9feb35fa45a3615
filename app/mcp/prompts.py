"""The prompt for a briefing on a country: what to look up, in which order, and how to write it down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import mcp_types as types
from mcp.shared.exceptions import MCPError

from corpus.errors import QuestionError

if TYPE_CHECKING:
    from index.generations.snapshot import Snapshot

_NAME = "country_briefing"
_TEXT = """
Write a briefing of at most one page on organized crime in {name}, from the Global Organized Crime Index alone.

1. Call country_overview for {code}{edition}, then compare {code} with its region ({region}) and with the world.
2. Call get_scores for {code} with indicators ["criminal_markets", "criminal_actors", "resilience"], with_parts true and all
   editions, to see what changed. If a note says that an average gained indicators, give the like-for-like change.
3. For the two highest markets and the strongest actor type, ask who controls them and how they work. {text}
4. Write: one paragraph on the whole, one on markets, one on actors, one on resilience, and what changed since the edition before.

Say "the Index scores" and "the profile states". Give every figure with its edition, and say that on criminality a higher score is
worse and on resilience better. Quote word for word and cite the source that comes with each passage. Do not fill gaps from
memory: if answered is false, write that the Index does not say it. Mention ties, and make little of small differences.
""".strip()


async def list_prompts(_: Any, __: types.PaginatedRequestParams | None) -> types.ListPromptsResult:
    """The one prompt."""
    country = types.PromptArgument(name="country", description="ISO alpha-3 code or English name", required=True)
    edition = types.PromptArgument(name="edition", description="edition of the Index; without it, the latest", required=False)
    about = "A page on organized crime in one country, every statement with its source"
    return types.ListPromptsResult(
        prompts=[types.Prompt(name=_NAME, title="Country briefing", description=about, arguments=[country, edition])]
    )


def get_prompt(snapshot: Snapshot, name: str, arguments: Mapping[str, str]) -> types.GetPromptResult:
    """The prompt filled in for a country. Raises MCPError where name, country or edition is not known."""
    from app.programs.names import country_code, known_edition

    if name != _NAME:
        raise MCPError(types.INVALID_PARAMS, f"there is no prompt {name!r}; the prompt is {_NAME}")
    taxonomy = snapshot.taxonomy
    try:
        code = country_code(arguments.get("country", ""), taxonomy)
        edition = arguments.get("edition", "")
        year = known_edition(int(edition) if edition.isdecimal() else 0, taxonomy) if edition else None
    except QuestionError as error:
        raise MCPError(types.INVALID_PARAMS, f"{error.message}; {error.hint}") from error
    loaded = snapshot.text_editions.get(code)
    filled = _TEXT.format(
        name=taxonomy.countries[code].name,
        code=code,
        edition=f", edition {year}" if year else "",
        region=taxonomy.region(code, year or taxonomy.editions[-1]),
        text=f"Profile text is loaded for {', '.join(map(str, loaded))}."
        if loaded
        else "No profile text of it is loaded, so expect scores alone and say so.",
    )
    message = types.PromptMessage(role="user", content=types.TextContent(text=filled))
    return types.GetPromptResult(description=f"Briefing on {taxonomy.countries[code].name}", messages=[message])
