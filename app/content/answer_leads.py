"""Where an answer leads: what Explore shows of the same scores, in the words of its boxes. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from app.content.explore_choices import Choices, View
from app.content.explore_compare import FEWEST, MOST
from app.content.links import explore_link
from index.contract.answer_object import Answer

Chosen = Mapping[str, str | tuple[str, ...]]


def explored(answer: Answer, choices: Choices) -> Chosen:
    """The indicators, edition, group and countries of an answer, as far as Explore offers them."""
    understood, taxonomy = answer.understood, choices.taxonomy
    offered = {id: name for name, id in choices.indicators.items()}
    told = understood.indicators or tuple(f.indicator for f in answer.facts)[:1]
    indicators = tuple(offered[i] for i in told if i in offered)[:MOST]
    editions = [str(e) for e in understood.editions if str(e) in choices.editions(*told[:1])]
    group = next((option for option, name in choices.groups.items() if name in understood.groups), "")
    named = understood.countries or tuple(dict.fromkeys(f.country for f in answer.facts))
    countries = tuple(taxonomy.countries[c].name for c in named if taxonomy.countries[c].name in choices.countries)
    chosen: dict[str, str | tuple[str, ...]] = {
        "indicator": indicators[0] if indicators else "",
        "indicators": indicators,
        "edition": editions[-1] if editions else "",
        "group": group,
        "countries": countries if len(countries) <= MOST else (),
    }
    return {name: value for name, value in chosen.items() if value}


def leads(answer: Answer, choices: Choices) -> dict[str, str]:
    """The addresses in Explore of the answer's scores by the words that lead there; none for an answer without scores."""
    chosen = explored(answer, choices)
    if not answer.answered or "indicator" not in chosen:
        return {}
    found = {
        "Full ranking": explore_link(View.RANKING, _only(chosen, "indicator", "edition", "group", "countries")),
        "Map": explore_link(View.MAP, _only(chosen, "indicator", "edition", "group")),
    }
    if len(chosen.get("countries", ())) >= FEWEST:
        found["Side by side"] = explore_link(View.COMPARE, _only(chosen, "countries", "edition", "indicators"))
    return found


def _only(chosen: Chosen, *names: str) -> Chosen:
    return {name: chosen[name] for name in names if name in chosen}
