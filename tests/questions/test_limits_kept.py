"""No reading drops what limits a question, and none takes a number for a score that is none."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest

from index.answers.reading import readings_of
from index.generations.snapshot import Snapshot
from index.meaning.asides import without_asides
from index.questions.question import understand
from index.scores.loaded_scores import LoadedScores
from index.scores.query import Query


def queries(text: str, shipped: Snapshot) -> list[Query]:
    """The queries of every reading that is likely enough to be answered, against scores that are all loaded."""
    taxonomy = shipped.taxonomy
    every = ((c, e, i.id) for c in taxonomy.countries for e in taxonomy.editions for i in taxonomy.measured(e))
    world = SimpleNamespace(
        taxonomy=taxonomy, loaded=LoadedScores.of(every), manifest=shipped.manifest, gazetteer=shipped.gazetteer
    )
    question = without_asides(understand(text, shipped.gazetteer, taxonomy.editions), shipped.gazetteer, taxonomy.editions)
    readings = readings_of(world, question).readings  # type: ignore[arg-type]
    assert readings and readings[0].probability > 0.5
    return [q for reading in readings if reading.probability > 0.5 for q in reading.candidate.queries]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("how many of the two Sudans are above 4 on criminality", {"SDN", "SSD"}),
        ("of Kenya, Uganda and Tanzania, how many are above 6 for heroin", {"KEN", "UGA", "TZA"}),
    ],
)
def test_named_countries_limit_a_count(text: str, countries: set[str], shipped: Snapshot) -> None:
    found = queries(text, shipped)
    assert found
    assert {frozenset(q.countries) for q in found} == {frozenset(countries)}


def test_a_country_that_others_are_compared_with_limits_nothing(shipped: Snapshot) -> None:
    found = queries("how many countries have a lower resilience than Nigeria", shipped)
    assert found
    assert all(q.countries == () for q in found)


@pytest.mark.parametrize(
    "text", ["of 193 how many countries beat Canada at resilience", "twenty safest African countries, if you can find twenty"]
)
def test_a_number_above_the_scale_is_no_score(text: str, shipped: Snapshot) -> None:
    rights = [c.right for q in queries(text, shipped) for either in q.where for c in either]
    assert not [r for r in rights if isinstance(r, Decimal) and r > 10]
