"""The answer to "tell me about West Africa": the group's means, its highest and lowest countries, and countries to go on with."""

from __future__ import annotations

from dataclasses import replace

from index.answers.declined_answer import decline
from index.answers.notes import reading_notes
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer, QueryShown, Understood
from index.contract.refusal import Refusal, RefusalReason
from index.generations.snapshot import Snapshot
from index.language.phrases import joined
from index.meaning.meaning import Meaning
from index.questions.question import Question
from index.retrieval.weights import weights
from index.scores.availability import refusal_of
from index.scores.query import Level, Order, Query
from index.scores.query_text import query_words
from index.scores.run_query import result_of
from index.scores.statistics import Stat

_OVERALL = ("criminality", "resilience")
_MOST_OFFERED = 3


def answer_group_overview(snapshot: Snapshot, question: Question, meaning: Meaning) -> Answer:
    """The mean of the topic (or of criminality, with resilience beside it) over a group, and where it is highest and lowest.

    Declined where the question names no group, or where the group has no such scores.
    """
    indicators = meaning.indicators or _OVERALL
    editions = meaning.editions or snapshot.loaded.editions(indicators[0])
    if not meaning.groups or not editions:
        why = "the question names no country or group to give an overview of"
        return decline(snapshot, question, Refusal(RefusalReason.NOT_UNDERSTOOD, why), notes=reading_notes(snapshot, question))
    edition = max(editions)
    queries = [
        Query(
            Kind.AGGREGATE,
            (Level(indicator, edition),),
            edition,
            groups=meaning.groups,
            without_countries=meaning.without_countries,
            without_groups=meaning.without_groups,
            stat=Stat.MEAN,
        )
        for indicator in indicators
    ]
    refusal = next((r for q in queries if (r := refusal_of(q, snapshot.taxonomy, snapshot.loaded)) is not None), None)
    if refusal is not None:
        return decline(snapshot, question, refusal, editions=(edition,), notes=reading_notes(snapshot, question))
    means = [result_of(snapshot, q) for q in queries]
    ends = [[_end(snapshot, q, order) for order in (Order.HIGHEST, Order.LOWEST)] for q in queries]
    offered = dict.fromkeys(c for _, countries in (end for both in ends for end in both) for c in countries)
    words = "; ".join(query_words(q, snapshot.taxonomy) for q in queries)
    values = tuple(v if isinstance(v, (str, int)) else float(str(v)) for v in means[0].statement.values)
    notes = [] if meaning.editions else [f"The question names no edition; {edition} is the latest one loaded."]
    return Answer(
        question=question.text,
        understood=Understood(
            means[0].result.type, (), tuple(g for any_of in meaning.groups for g in any_of), indicators, (edition,), words
        ),
        answered=True,
        confidence=weights().fixed.looked_up,
        answer=" ".join(
            f"{mean.text[:-1]}; it is {high} and {low}." for mean, ((high, _), (low, _)) in zip(means, ends, strict=True)
        ),
        result=means[0].result,
        facts=tuple(f for mean in means for f in mean.facts),
        passages=(),
        notes=tuple(dict.fromkeys([*notes, *(n for m in means for n in m.notes), *reading_notes(snapshot, question)])),
        generation=snapshot.manifest.name,
        query=QueryShown(words, means[0].statement.sql, values),
        alternatives=tuple(f"Tell me about {snapshot.taxonomy.countries[c].name}" for c in list(offered)[:_MOST_OFFERED]),
    )


def _end(snapshot: Snapshot, mean: Query, order: Order) -> tuple[str, tuple[str, ...]]:
    """The countries at one end of the group, in words and as codes."""
    found = result_of(snapshot, replace(mean, kind=Kind.SET, stat=None, order=order, limit=1))
    countries = tuple(sorted({f.country for f in found.facts}))
    names = joined([snapshot.taxonomy.countries[c].name for c in countries])
    value = next((f.value for f in found.facts), None)
    return f"{order.value} in {names} ({value:.2f})" if value is not None else f"{order.value} nowhere", countries
