"""Passage measures, from ir_measures and in its formats. The only module that imports it.

Documents are paragraphs, with their place as id; a run has the passages of an answer, in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import ir_measures

from index.evals.run import CaseResponse
from index.evals.sets import Case

# The names that ir_measures reads and this project prints.
PASSAGE_MEASURES = ("nDCG@10", "RR@10", "Success@1", "Success@5", "Recall@5", "Recall@10", "MAP", "Judged@10")
_TAG = "ocqa"


def passage_values(responses: Sequence[CaseResponse]) -> dict[str, dict[str, float]]:
    """The value of every measure for every case with a gold place, by case id. No passages count as 0."""
    labelled = [r for r in responses if r.case.gold]
    if not labelled:
        return {}
    measures = {ir_measures.parse_measure(name): name for name in PASSAGE_MEASURES}
    qrels = [ir_measures.Qrel(q, d, grade) for q, d, grade in judgements(r.case for r in labelled)]
    run = [ir_measures.ScoredDoc(q, d, float(score)) for q, d, score in ranked(_lists(labelled))]
    values = {r.case.id: dict.fromkeys(PASSAGE_MEASURES, 0.0) for r in labelled}
    for metric in ir_measures.iter_calc(list(measures), qrels, run):
        values[metric.query_id][measures[metric.measure]] = float(metric.value)
    return values


def judgements(cases: Iterable[Case]) -> list[tuple[str, str, int]]:
    """(case, paragraph, grade) of every label; a paragraph labelled twice counts once, with its best grade."""
    grades: dict[tuple[str, str], int] = {}
    for case in cases:
        for gold in case.gold:
            grades[case.id, gold.place] = max(gold.grade, grades.get((case.id, gold.place), 0))
    return [(case, place, grade) for (case, place), grade in grades.items()]


def ranked(lists: Iterable[tuple[str, Sequence[str]]]) -> list[tuple[str, str, int]]:
    """(case, paragraph, score) of everything listed. The score falls by one for each rank, so that there are no ties."""
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


def _lists(responses: Iterable[CaseResponse]) -> list[tuple[str, tuple[str, ...]]]:
    return [(r.case.id, tuple(passage.id for passage in r.listed)) for r in responses]
