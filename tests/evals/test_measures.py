"""Passage measures against ir_measures and trec_eval on exported files; verdicts on scores, highlights, country leaks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import ir_measures
import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from corpus.taxonomy import Taxonomy
from index.evals.country_leaks import leaks
from index.evals.highlight import span_in, span_overlap, token_f1
from index.evals.judged import judge_responses
from index.evals.measures import PASSAGE_MEASURES, passage_values, trec_qrels, trec_run
from index.evals.result_file import Result
from index.evals.run import CaseResponse, ListedPassage, response_of
from index.evals.score_results import Verdict, judge
from index.evals.sets import Case, Gold


def gold(paragraph: int, grade: int = 2, country: str = "TCD") -> Gold:
    return Gold(country, 2021, "Environment", paragraph, grade)


def came(case: Case, places: Sequence[int | str], *, answered: bool = True, confidence: float = 0.9) -> CaseResponse:
    found = tuple(
        ListedPassage(f"TCD-2021-environment-{p}" if isinstance(p, int) else p, "TCD", "Blue marble. Herons pay.", ((0, 12),))
        for p in places
    )
    return CaseResponse(case, answered, confidence, "", None, ("TCD",), found, 0.01)


def test_figures_are_those_of_ir_measures_on_the_exported_files(peru_result: Result, tmp_path: Path) -> None:
    labelled = [s for s in peru_result.scored if s.case.gold]
    run, qrels = tmp_path / "x.run", tmp_path / "x.qrels"
    run.write_text(trec_run((s.case.id, s.places) for s in peru_result.scored))
    qrels.write_text(trec_qrels(s.case for s in peru_result.scored))
    names = {ir_measures.parse_measure(n): n for n in PASSAGE_MEASURES}
    read = list(ir_measures.read_trec_qrels(str(qrels))), list(ir_measures.read_trec_run(str(run)))
    assert len(labelled) == 137
    for measure, value in ir_measures.calc_aggregate(list(names), *read).items():
        figure = peru_result.overall.figure(names[measure])
        assert figure is not None and figure.cases == 137
        assert abs(figure.value - value) < 1e-9
    by_case = {s.case.id: s.values for s in labelled}
    for metric in ir_measures.iter_calc(list(names), *read):
        assert abs(by_case[metric.query_id][names[metric.measure]] - metric.value) < 1e-9


def test_figures_are_those_of_trec_eval(peru_result: Result) -> None:
    labelled = [s for s in peru_result.scored if s.case.gold]
    qrels = {s.case.id: {g.place: g.grade for g in s.case.gold} for s in labelled}
    run = {s.case.id: {p: float(len(s.places) - i) for i, p in enumerate(s.places)} for s in labelled}
    names = {"ndcg_cut_10": "nDCG@10", "recall_5": "Recall@5", "map": "MAP", "success_1": "Success@1"}
    values = pytrec_eval.RelevanceEvaluator(qrels, {"ndcg_cut.10", "recall.5", "map", "success.1"}).evaluate(run)
    for case in labelled:
        for theirs, ours in names.items():
            assert abs(values[case.case.id][theirs] - case.values[ours]) < 1e-9


def test_a_question_without_an_answer_counts_0_and_is_not_skipped(taxonomy: Taxonomy) -> None:
    cases = [Case("a", "q", "who", (gold(1),), "marble"), Case("b", "q", "who", (gold(1),), "marble")]
    scored = judge_responses([came(cases[0], [1]), came(cases[1], [], answered=False)], taxonomy)
    assert [s.values["nDCG@10"] for s in scored] == [1.0, 0.0]
    assert [s.values["Success@5"] for s in scored] == [1.0, 0.0]
    assert [s.values["Highlight F1"] for s in scored] == [pytest.approx(2 / 3), 0.0]
    assert [s.values["False refusals"] for s in scored] == [0.0, 1.0]


def test_a_paragraph_listed_by_two_chunks_counts_once() -> None:
    passage = {"id": "TCD-2021-environment-1", "country": "TCD", "text": "x", "highlight": []}
    answer = {
        "answered": True, "confidence": 0.5, "answer": "x", "result": None, "understood": {"countries": ["TCD"]},
        "passages": [{**passage, "id": "other"}, passage, passage],
    }  # fmt: skip
    response = response_of(Case("a", "q", "who", (gold(1),)), answer, 0.1)
    assert [f.id for f in response.listed] == ["other", "TCD-2021-environment-1"]
    assert passage_values([response])["a"]["RR@10"] == 0.5


@given(st.lists(st.integers(1, 30), max_size=20, unique=True), st.dictionaries(st.integers(1, 30), st.integers(1, 3), min_size=1))
def test_any_list_is_measured_as_the_definitions_say(listed: list[int], grades: dict[int, int]) -> None:
    case = Case("a", "q", "who", tuple(gold(p, g) for p, g in grades.items()))
    values = passage_values([came(case, listed)])["a"]
    first = next((i for i, p in enumerate(listed[:10], start=1) if p in grades), None)
    assert values["RR@10"] == pytest.approx(1 / first if first else 0)
    assert values["Success@5"] == float(any(p in grades for p in listed[:5]))
    assert values["Recall@10"] == pytest.approx(sum(p in grades for p in listed[:10]) / len(grades))
    hits = [i for i, p in enumerate(listed, start=1) if p in grades]
    assert values["MAP"] == pytest.approx(sum(n / i for n, i in enumerate(hits, start=1)) / len(grades))


VALUE = {"type": "value", "country": "PER", "indicator": "cocaine_trade", "edition": 2021, "value": 9.0}
RANKING = {"type": "ranking", "countries": ["A", "B", "C", "D"], "values": [9.0, 8.0, 8.0, 7.0]}
CHANGE = {"type": "change", "from": 2021, "to": 2023, "value": -0.5}
SET = {"type": "set", "countries": ["A", "B"], "values": [1.0, 2.0], "edition": 2021}
TURNED = {**SET, "countries": ["B", "A"], "values": [2.0, 1.0]}


@pytest.mark.parametrize(
    ("expect", "result", "declined", "verdict"),
    [
        (VALUE, VALUE, False, "exact"),
        (VALUE, {**VALUE, "value": 9.005, "extra": 1}, False, "exact"),
        (VALUE, {**VALUE, "value": 9.006}, False, "wrong"),
        (VALUE, {**VALUE, "edition": 2023}, False, "wrong"),
        (VALUE, {k: v for k, v in VALUE.items() if k != "edition"}, False, "wrong"),
        (VALUE, {**VALUE, "type": "rank"}, False, "wrong"),
        (VALUE, None, False, "wrong"),
        (VALUE, None, True, "refused"),
        (VALUE, {"type": "unavailable", "why": "x"}, True, "refused"),
        ({"type": "unavailable", "why": "not measured"}, {"type": "unavailable", "why": "other"}, True, "exact"),
        ({"type": "unavailable"}, VALUE, False, "wrong"),
        (SET, TURNED, False, "exact"),
        (SET, {**SET, "countries": ["B", "A"]}, False, "wrong"),
        (SET, {**SET, "countries": ["A", "B", "C"]}, False, "wrong"),
        (SET, {**SET, "countries": ["A", "A"]}, False, "wrong"),
        (RANKING, {**RANKING, "countries": ["A", "C", "B", "D"]}, False, "exact"),
        (RANKING, {**RANKING, "countries": ["B", "A", "C", "D"], "values": [8.0, 9.0, 8.0, 7.0]}, False, "wrong"),
        (RANKING, {**RANKING, "countries": ["A", "B", "C"]}, False, "wrong"),
        ({"type": "ranking", "countries": ["B", "A"]}, {**RANKING, "countries": ["A", "B"], "values": [2, 2]}, False, "exact"),
        ({"type": "comparison", "higher": None}, {"type": "comparison", "higher": None}, False, "exact"),
        ({"type": "comparison", "higher": None}, {"type": "comparison", "higher": "PER"}, False, "wrong"),
        ({"type": "count", "countries": ["B", "A"]}, {"type": "count", "countries": ["A", "B"]}, False, "exact"),
        ({"type": "indicator_set", "indicators": ["x"]}, {"type": "indicator_set", "indicators": "x"}, False, "wrong"),
        (CHANGE, {**CHANGE, "like_for_like": None}, False, "exact"),
        ({**SET, "like_for_like": [None, 0.5]}, {**TURNED, "like_for_like": [0.5, None]}, False, "exact"),
        ({**SET, "like_for_like": [None, 0.5]}, {**TURNED, "like_for_like": [None, 0.5]}, False, "wrong"),
        ({**SET, "values": [[1.0, 2.0], [3.0, 4.0]]}, {**TURNED, "values": [[3.0, 4.0], [1.0, 2.0]]}, False, "exact"),
        ({"type": "set", "values": {"A": 1.0}}, {"type": "set", "values": {"A": 1.004}}, False, "exact"),
    ],
)  # fmt: skip
def test_a_figure_is_exact_wrong_or_refused(expect: dict, result: dict | None, declined: bool, verdict: str) -> None:
    assert judge(expect, result, declined=declined) is Verdict(verdict)


def test_highlights_are_measured_as_in_reading_comprehension() -> None:
    assert token_f1("The Heron Brotherhood", "heron brotherhood") == pytest.approx(0.8)
    assert token_f1("", "heron") == token_f1("egret", "heron") == token_f1("", "") == 0.0
    assert span_overlap([(0, 10)], (5, 10)) == 0.5
    assert span_overlap([(5, 8), (8, 10)], (5, 10)) == 1.0
    assert span_overlap([], (5, 10)) == span_overlap([(0, 3)], (5, 10)) == 0.0
    assert span_in("Blue  marble\nquarries", "marble quarries") == (6, 21)
    assert span_in("Blue", "marble") is span_in("Blue", " ") is None


@pytest.mark.parametrize(
    ("question", "understood", "labelled", "listed", "count"),
    [
        ("marble in Chad", ("TCD",), "TCD", ("TCD", "TCD", None), 0),
        ("marble in Chad", ("TCD",), "TCD", ("TCD", "NER"), 1),
        ("marble in Niger", ("NGA",), "NER", ("NGA", "NGA"), 2),
        ("marble in Chadd", (), "TCD", ("NER", "TCD"), 0),
        ("Chadian marble", (), "TCD", ("NER", "TCD"), 1),
        ("Chad or Niger marble", ("TCD", "NER"), "TCD", ("NER", "TCD"), 0),
        ("who digs marble", (), "TCD", ("NER", "TCD"), 0),
        ("marble in Chad", ("TCD",), None, ("TCD", "NER"), 1),
    ],
)
def test_a_passage_about_a_country_nobody_asked_about_is_a_leak(
    question: str, understood: tuple, labelled: str | None, listed: tuple, count: int, taxonomy: Taxonomy
) -> None:
    case = Case("a", question, "who", (gold(1, country=labelled),) if labelled else (), unanswerable=not labelled)
    found = tuple(ListedPassage(f"p{i}", country, "", ()) for i, country in enumerate(listed))
    assert leaks(CaseResponse(case, True, 0.5, "", None, understood, found, 0.1), taxonomy) == count


def test_no_passage_of_another_country_is_listed(peru_result: Result) -> None:
    assert [s.case.id for s in peru_result.scored if s.values["Country leaks"]] == []
