"""Passages about a country that was not asked about, though the question names one. There must never be any."""

from __future__ import annotations

from corpus.naming import fold
from corpus.taxonomy import Taxonomy
from index.evals.run import CaseResponse


def leaks(response: CaseResponse, taxonomy: Taxonomy) -> int:
    """How many listed passages are about a wrong country; 0 if the question names no country.

    The label takes precedence over the system's own reading: if they have no country in common, the reading is wrong.
    """
    gold = {g.country for g in response.case.gold}
    expected = response.case.country
    labelled = gold | ({expected} if expected else set())
    read = set(response.understood)
    asked = read
    if labelled and (read or _names_one_of(response.case.question, labelled, taxonomy)):
        asked = labelled | read if labelled & read else labelled
    return sum(passage.country is not None and passage.country not in asked for passage in response.listed) if asked else 0


def _names_one_of(question: str, countries: set[str], taxonomy: Taxonomy) -> bool:
    text = f" {fold(question)} "
    known = [taxonomy.countries[c] for c in countries if c in taxonomy.countries]
    return any(f" {fold(name)} " in text for c in known for name in (c.name, *c.labels, *c.aliases, *c.demonyms))
