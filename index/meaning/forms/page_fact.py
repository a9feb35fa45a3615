"""What the head of a country's page prints: population, capital, area, GDP, income group, geography, Gini."""

from __future__ import annotations

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.reading import only_listed, read, unlimited
from index.meaning.meaning import Meaning
from index.meaning.phrase_patterns import found_in

_PER_HEAD = LatePattern(r"\b(?:gdp|economy|product|income) (?:of C\d+ )?per (?:capita|head|person|inhabitant)\b|\bdensity\b")


def fill(asked: Asked) -> Meaning | None:
    """The countries and the field asked for; None without a country, or unless there is one field."""
    reading = read(asked)
    fields = found_in("page_fields", asked.text)
    if reading is None or not reading.countries or not fields or not unlimited(asked, reading):
        return None
    if len(reading.countries) > 1 and not only_listed(asked):
        return None
    named = {hit.way for hit in fields}
    # "How big is its economy" names a size and the thing that is sized: the thing counts.
    chosen = named - {"area"} or named
    if len(chosen) > 1 or _PER_HEAD.search(asked.text):
        return None
    return Meaning(
        Kind.PAGE_FACT,
        countries=reading.countries,
        editions=reading.when.editions,
        latest=reading.when.latest,
        field=next(iter(chosen)),
    )
