"""A sentence about scores with the names in it leading on: a country to its profile, an indicator to its full ranking. Pure."""

from __future__ import annotations

import re

from app.content.explore_choices import Choices, View
from app.content.links import explore_link, profile_link
from app.content.markdown import escaped, escaped_between
from index.contract.answer_object import Answer

# A sentence with more links than this is hard to read.
_MOST = 12


def ranking_link(indicator: str, edition: int, choices: Choices) -> str:
    """The address of the ranking of an indicator in an edition; empty where Explore does not offer it."""
    name = next((name for name, id in choices.indicators.items() if id == indicator), None)
    if name is None or str(edition) not in choices.editions(indicator):
        return ""
    return explore_link(View.RANKING, {"indicator": name, "edition": str(edition)})


def linked(text: str, answer: Answer, choices: Choices) -> str:
    """The text as Markdown, the first mention of each name a link."""
    links = _links(answer, choices)
    if not links:
        return escaped(text)
    names = "|".join(re.escape(name) for name in sorted(links, key=len, reverse=True))
    parts, at, used = [], 0, set[str]()
    for match in re.finditer(rf"\b(?:{names})\b", text, re.IGNORECASE):
        name = match[0].casefold()
        if name in used or len(used) == _MOST:
            continue
        used.add(name)
        parts += [escaped_between(text[at : match.start()]), f"[{escaped(match[0])}]({links[name]})"]
        at = match.end()
    return "".join([*parts, escaped_between(text[at:])])


def _links(answer: Answer, choices: Choices) -> dict[str, str]:
    """The address for each name, folded, that the facts or the reading of an answer give."""
    taxonomy, editions = choices.taxonomy, answer.understood.editions
    latest = editions[-1] if editions else choices.taxonomy.editions[-1]
    countries = dict.fromkeys([*answer.understood.countries, *(f.country for f in answer.facts)])
    links = {taxonomy.countries[c].name.casefold(): profile_link(c, latest) for c in countries}
    for indicator in answer.understood.indicators:
        link = ranking_link(indicator, latest, choices)
        if link:
            links[taxonomy.indicators[indicator].name.casefold()] = link
    return links
