"""The names in braces in the entries about the Index, filled in from the taxonomy and from what is loaded."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from corpus.taxonomy import GroupKind, Taxonomy
from index.generations.snapshot import Snapshot
from index.language.phrases import edition_list, in_sentence, joined, number_word

_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = re.compile(rf"(?<![\d.,\w-])(\d{{1,3}}(?:\.\d+)?|{'|'.join(_NUMBER_WORDS)})(?![\d%\w]|[.,]\d)", re.IGNORECASE)
_RANGE = re.compile(r"\b(?:1|one)\s*(?:-|–|to|and|until|till)\s*(?:10|ten)\b", re.IGNORECASE)
_LOWEST, _HIGHEST, _MIDDLE = Decimal(1), Decimal(10), Decimal("5.5")
_NEAR = Decimal("0.5")
_END = Decimal(2)
_MOST_NAMED = 8


def filled(text: str, question: str, snapshot: Snapshot) -> str:
    """The text of an entry with every name in braces replaced. Raises KeyError for a name that is not known."""
    return text.format_map({**_of_taxonomy(snapshot.taxonomy), **_of_loaded(snapshot), "number_words": number_words(question)})


def number_words(question: str) -> str:
    """Where the one number of a question lies on the scale, as a sentence and a space; empty if there is not just one number."""
    numbers = {_value(found) for found in _NUMBER.findall(_RANGE.sub(" ", question))}
    if len(numbers) != 1:
        return ""
    (number,) = numbers
    if not _LOWEST <= number <= _HIGHEST:
        return f"{number.normalize():f} is outside the scale. "
    ends = {_LOWEST: "the lowest score there is", _HIGHEST: "the highest score there is", _MIDDLE: "the middle of the scale"}
    return f"{number.normalize():f} is {ends.get(number) or _part(number)}. "


def _part(number: Decimal) -> str:
    if number - _LOWEST <= _END:
        return "near the low end"
    if _HIGHEST - number <= _END:
        return "near the high end"
    if abs(number - _MIDDLE) <= _NEAR:
        return f"just {'above' if number > _MIDDLE else 'below'} the middle of the scale"
    return f"in the {'upper' if number > _MIDDLE else 'lower'} half of the scale"


def _value(found: str) -> Decimal:
    word = found.casefold()
    return Decimal(_NUMBER_WORDS.index(word) + 1) if word in _NUMBER_WORDS else Decimal(word)


def _of_taxonomy(taxonomy: Taxonomy) -> Mapping[str, str]:
    first, second, last = taxonomy.editions[0], taxonomy.editions[1], taxonomy.editions[-1]
    markets, actors, resilience = (taxonomy.parts(i, last) for i in ("criminal_markets", "criminal_actors", "resilience"))
    new_markets = [i for i in markets if taxonomy.indicators[i].since == second]
    new_actors = [i for i in actors if taxonomy.indicators[i].since == second]
    at_first = [i for i in (*markets, *actors, *resilience) if taxonomy.indicators[i].since == first]
    kinds = {kind: [g.name for g in taxonomy.groups.values() if g.kind is kind] for kind in GroupKind}
    # Names for several places at once begin with "this": they cannot stand in a list.
    places = dict.fromkeys(place for _, place in taxonomy.traps.not_scored if not place.startswith("this "))
    return {
        "editions": edition_list(taxonomy.editions),
        "first_edition": str(first),
        "scored_count": str(len(taxonomy.countries)),
        "indicator_count": str(len(markets) + len(actors) + len(resilience)),
        "first_indicator_count": str(len(at_first)),
        "market_count": str(len(markets)),
        "markets": _names(markets, taxonomy),
        "new_market_count": number_word(len(new_markets)),
        "new_markets": _names(new_markets, taxonomy),
        "actor_count": number_word(len(actors)),
        "actors": _names(actors, taxonomy),
        "new_actor_count": number_word(len(new_actors)),
        "new_actors": _names(new_actors, taxonomy),
        "resilience_count": str(len(resilience)),
        "resilience_indicators": _names(resilience, taxonomy),
        "sections": joined([section.name for section in taxonomy.sections]),
        "not_scored": joined(list(places)),
        "continent_count": number_word(len(kinds[GroupKind.CONTINENT])),
        "continents": joined(kinds[GroupKind.CONTINENT]),
        "region_count": str(len(kinds[GroupKind.REGION])),
        "first_region": kinds[GroupKind.REGION][0],
        "memberships": joined([taxonomy.groups[name].name for name in kinds[GroupKind.MEMBERSHIP][:3]]),
    }


def _of_loaded(snapshot: Snapshot) -> Mapping[str, str]:
    countries, editions = snapshot.loaded.countries, snapshot.loaded.all_editions
    names = sorted(snapshot.taxonomy.countries[c].name for c in snapshot.text_editions)
    few = 0 < len(names) <= _MOST_NAMED
    return {
        "country_count": _counted(len(countries)),
        "loaded_editions": edition_list(editions) if editions else "no edition",
        "countries_with_text": joined(names) if few else _counted(len(names)),
    }


def _counted(number: int) -> str:
    return "one country" if number == 1 else f"{number or number_word(0)} countries"


def _names(indicators: Sequence[str], taxonomy: Taxonomy) -> str:
    return joined([in_sentence(taxonomy.indicators[i]) for i in indicators])
