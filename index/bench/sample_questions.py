"""The questions of a benchmark: those of the given sets, or else made up for what is loaded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from index.bench.stages import is_searched
from index.evals.sets import read_sets
from index.generations.snapshot import Snapshot
from index.language.phrases import in_sentence

_ABOUT_TEXT = (
    "who controls {thing} in {country}",
    "how do groups in {country} profit from {thing}",
    "why is {thing} hard to stop in {country}",
    "what do the authorities of {country} do against {thing}",
    "who protects {thing} in {country}",
    "which part of {country} sees most of {thing}",
    "how is {thing} paid for in {country}",
    "what made {thing} grow in {country}",
)
_TEXT_THINGS = ("criminal_markets", "criminal_actors")
_ABOUT_SCORES = (
    "{country} {thing} score {edition}",
    "how does {country} rank for {thing} in {edition}",
    "did {thing} rise in {country} since {edition}",
)
_COUNTRIES = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions to be answered from the text, and those to be answered from the scores, without repeats.

    `origin` says where they are from, in words.
    """

    text: tuple[str, ...]
    scores: tuple[str, ...]
    origin: str


def questions_for(snapshot: Snapshot, sets: Sequence[Path], most: int) -> Asked:
    """At most `most` of each kind, evenly spaced. Raises SetError if a set cannot be used.

    Text questions that are declined before searching would make answers look faster: they are left out and counted.
    """
    if sets:
        cases = read_sets(sets)
        text = [c.question for c in cases if c.expect is None]
        scores = [c.question for c in cases if c.expect is not None]
        origin = "from " + ", ".join(path.name for path in sets)
    else:
        text, scores = list(_made_for_text(snapshot)), list(_made_for_scores(snapshot))
        origin = "made up for what is loaded"
    chosen = spread(tuple(dict.fromkeys(text)), most)
    searched = tuple(question for question in chosen if is_searched(snapshot, question))
    if left_out := len(chosen) - len(searched):
        origin += f"; {left_out} that are declined before searching are left out"
    return Asked(searched, spread(tuple(dict.fromkeys(scores)), most), origin)


def spread(items: Sequence[str], most: int) -> tuple[str, ...]:
    """At most `most` of the items, evenly spaced and in order."""
    if len(items) <= most:
        return tuple(items)
    return tuple(items[i * len(items) // most] for i in range(most))


def _made_for_text(snapshot: Snapshot) -> Iterator[str]:
    """Every question template for every criminal market and actor, and each country with a profile."""
    things = [i for i in snapshot.taxonomy.indicators.values() if i.parent in _TEXT_THINGS]
    countries = spread(tuple(snapshot.text_editions), _COUNTRIES)
    for template, thing, country in product(_ABOUT_TEXT, things, countries):
        yield template.format(thing=in_sentence(thing), country=snapshot.taxonomy.countries[country].name)


def _made_for_scores(snapshot: Snapshot) -> Iterator[str]:
    """Every question template for every indicator and each country with scores, in an edition that has it."""
    countries = spread(tuple(sorted(snapshot.loaded.countries)), _COUNTRIES)
    indicators = enumerate(snapshot.taxonomy.indicators.values())
    for template, (number, indicator), country in product(_ABOUT_SCORES, indicators, countries):
        if editions := snapshot.loaded.editions(indicator.id, (country,)):
            edition, name = editions[number % len(editions)], snapshot.taxonomy.countries[country].name
            yield template.format(thing=in_sentence(indicator), country=name, edition=edition)
