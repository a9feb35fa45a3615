"""Passages of a country nobody asked for, where the question names one. There must never be any."""

from __future__ import annotations

from corpus.naming import fold
from corpus.taxonomy import Taxonomy
from index.evals.run import Outcome


def leaks(outcome: Outcome, taxonomy: Taxonomy) -> int:
    """How many listed passages are of a wrong country; 0 where the question names no country.

    The label is trusted before the system's own reading: where the two have no country in common, the reading is the leak.
    """
    gold = {g.country for g in outcome.case.gold}
    expected = outcome.case.country
    labelled = gold | ({expected} if expected else set())
    read = set(outcome.understood)
    asked = read
    if labelled and (read or _names_one_of(outcome.case.question, labelled, taxonomy)):
        asked = labelled | read if labelled & read else labelled
    return sum(found.country is not None and found.country not in asked for found in outcome.found) if asked else 0


def _names_one_of(question: str, countries: set[str], taxonomy: Taxonomy) -> bool:
    text = f" {fold(question)} "
    known = [taxonomy.countries[c] for c in countries if c in taxonomy.countries]
    return any(f" {fold(name)} " in text for c in known for name in (c.name, *c.labels, *c.aliases, *c.demonyms))
