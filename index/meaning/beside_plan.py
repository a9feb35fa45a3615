"""The query for who stands next to a country. Pure."""

from __future__ import annotations

from dataclasses import replace

from index.contract.answer_kind import Kind
from index.meaning.editions_meant import measures_of
from index.meaning.meaning import Meaning
from index.questions.context import OVERALL, NotUnderstood
from index.scores.loaded_scores import LoadedScores
from index.scores.query import Query


def beside_queries(meaning: Meaning, loaded: LoadedScores) -> list[Query]:
    """A query for each score in whose order a neighbour is asked for, two for both. Raises NotUnderstood without a country."""
    if len(meaning.countries) != 1 or meaning.beside not in (1, -1, 0):
        raise NotUnderstood("a neighbour is that of one country, and the next one")
    (country,) = meaning.countries
    measures = measures_of(replace(meaning, order=None), meaning.indicators or OVERALL[:1], loaded)
    return [
        Query(
            Kind.SET,
            (measure,),
            0,
            groups=meaning.groups,
            without_countries=meaning.without_countries,
            without_groups=meaning.without_groups,
            beside=(country, step),
        )
        for measure in measures
        for step in ([meaning.beside] if meaning.beside else [-1, 1])
    ]
