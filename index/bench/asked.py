"""The questions of a benchmark: those of the sets that are named, else made for what is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.evals.sets import read_sets
from index.snapshot import Snapshot
from index.wording import in_sentence

_ABOUT_TEXT = (
    "who controls {thing} in {country}",
    "how do groups in {country} profit from {thing}",
    "why is {thing} hard to stop in {country}",
    "what do the authorities of {country} do against {thing}",
)
_ABOUT_SCORES = (
    "{country} {thing} score {edition}",
    "how does {country} rank for {thing} in {edition}",
    "did {thing} rise in {country} since {edition}",
)
_COUNTRIES = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions that are to be answered from the text, and those that are to be answered from the scores, each once.

    `origin` says in words where they are from.
    """

    text: tuple[str, ...]
    scores: tuple[str, ...]
    origin: str


def questions_for(snapshot: Snapshot, sets: Sequence[Path], most: int) -> Asked:
    """At most so many of each kind, spread evenly. Raises SetError for sets that cannot be used."""
    if sets:
        cases = read_sets(sets)
        text = [c.question for c in cases if c.expect is None]
        scores = [c.question for c in cases if c.expect is not None]
        origin = "of " + ", ".join(path.name for path in sets)
    else:
        text, scores = list(_made_for_text(snapshot)), list(_made_for_scores(snapshot))
        origin = "made for what is loaded"
    return Asked(spread(tuple(dict.fromkeys(text)), most), spread(tuple(dict.fromkeys(scores)), most), origin)


def spread(items: Sequence[str], most: int) -> tuple[str, ...]:
    """At most so many of the items, at even distances and in their order."""
    if len(items) <= most:
        return tuple(items)
    return tuple(items[i * len(items) // most] for i in range(most))


def _made_for_text(snapshot: Snapshot) -> Iterator[str]:
    """Of each country with a profile, every indicator that is a criminal market in one of the ways of asking."""
    markets = [i for i in snapshot.taxonomy.indicators.values() if i.parent == "criminal_markets"]
    countries = spread(tuple(snapshot.text_editions), _COUNTRIES)
    for turn, template in enumerate(_ABOUT_TEXT):
        for number, market in enumerate(markets):
            for country in countries[(turn + number) % 2 :: 2] if len(countries) > len(markets) else countries:
                yield template.format(thing=in_sentence(market), country=snapshot.taxonomy.countries[country].name)


def _made_for_scores(snapshot: Snapshot) -> Iterator[str]:
    """Of each country with scores, in the editions that have them."""
    countries = spread(tuple(sorted(snapshot.loaded.countries)), _COUNTRIES)
    for turn, template in enumerate(_ABOUT_SCORES):
        for number, indicator in enumerate(snapshot.taxonomy.indicators.values()):
            for country in countries[(turn + number) % 3 :: 3] if len(countries) > 3 else countries:
                editions = snapshot.loaded.editions(indicator.id, (country,))
                if editions:
                    yield template.format(
                        thing=in_sentence(indicator),
                        country=snapshot.taxonomy.countries[country].name,
                        edition=editions[number % len(editions)],
                    )
