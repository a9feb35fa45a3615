"""Passage measures, from ir_measures and in its formats. The only module that imports it.

Documents are paragraphs, named for their place; a run lists what an answer listed, in that order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import ir_measures

from index.evals.run import Outcome
from index.evals.sets import Case

# Their names as ir_measures reads and this project prints them.
PASSAGE_MEASURES = ("nDCG@10", "RR@10", "Success@1", "Success@5", "Recall@5", "Recall@10", "MAP", "Judged@10")
_TAG = "ocqa"


def passage_values(outcomes: Sequence[Outcome]) -> dict[str, dict[str, float]]:
    """The value of every measure for every case with a gold place, by case id. What has no passages counts 0."""
    labelled = [o for o in outcomes if o.case.gold]
    if not labelled:
        return {}
    measures = {ir_measures.parse_measure(name): name for name in PASSAGE_MEASURES}
    qrels = [ir_measures.Qrel(q, d, grade) for q, d, grade in judgements(o.case for o in labelled)]
    run = [ir_measures.ScoredDoc(q, d, float(score)) for q, d, score in ranked(_lists(labelled))]
    values = {o.case.id: dict.fromkeys(PASSAGE_MEASURES, 0.0) for o in labelled}
    for metric in ir_measures.iter_calc(list(measures), qrels, run):
        values[metric.query_id][measures[metric.measure]] = float(metric.value)
    return values


def judgements(cases: Iterable[Case]) -> list[tuple[str, str, int]]:
    """(case, paragraph, grade) of every label; places of one paragraph count once."""
    grades: dict[tuple[str, str], int] = {}
    for case in cases:
        for gold in case.gold:
            grades[case.id, gold.place] = max(gold.grade, grades.get((case.id, gold.place), 0))
    return [(case, place, grade) for (case, place), grade in grades.items()]


def ranked(lists: Iterable[tuple[str, Sequence[str]]]) -> list[tuple[str, str, int]]:
    """(case, paragraph, score) of everything listed. The score falls by one a place, so that no reader meets a tie."""
    return [(case, place, len(places) - at) for case, places in lists for at, place in enumerate(places)]


def trec_run(lists: Iterable[tuple[str, Sequence[str]]]) -> str:
    """The run as trec_eval reads it: case, Q0, paragraph, rank from 1, score, tag."""
    return "".join(
        f"{case} Q0 {place} {rank} {len(places) + 1 - rank} {_TAG}\n"
        for case, places in lists
        for rank, place in enumerate(places, start=1)
    )


def trec_qrels(cases: Iterable[Case]) -> str:
    """The labels as trec_eval reads them: case, 0, paragraph, grade."""
    return "".join(f"{case} 0 {place} {grade}\n" for case, place, grade in judgements(cases))


def _lists(outcomes: Iterable[Outcome]) -> list[tuple[str, tuple[str, ...]]]:
    return [(o.case.id, tuple(found.id for found in o.found)) for o in outcomes]
