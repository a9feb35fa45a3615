"""What another line between answer and silence would do."""

from __future__ import annotations

from dataclasses import replace

from app.reports.eval_html import report_html
from index.evals.evaluate import evaluate
from index.evals.sets import Case, Gold
from index.evals.trade_off import LINES, trade_off
from index.generations.snapshot import Snapshot

CASES = [
    Case("A", "who controls illegal gold mining in Peru", "who", (Gold("PER", 2021, "Environment", 2, 2),)),
    Case("U", "what does a smuggler charge a migrant in Peru", "detail", unanswerable=True),
    Case("F", "Peru cocaine score 2021", "value", expect={"type": "value", "country": "PER", "value": 9.0}),
]


def test_a_stricter_line_declines_more_of_both(shipped: Snapshot) -> None:
    scored = evaluate(shipped, CASES, []).scored
    (sure, doubtful) = (replace(case, chance=chance) for case, chance in zip(scored[:2], (0.95, 0.35), strict=True))
    lines = trade_off([sure, doubtful, scored[2]])
    assert [t.line for t in lines] == list(LINES)
    assert [t.unanswerable for t in lines] == [0, 0, 0, 1, 1, 1, 1, 1, 1]
    assert {t.answerable for t in lines} == {0}


def test_questions_of_one_sort_have_no_trade_off(shipped: Snapshot) -> None:
    scored = evaluate(shipped, CASES[:1], []).scored
    assert trade_off(scored) == ()


def test_the_report_draws_it_with_its_figures(shipped: Snapshot) -> None:
    result = evaluate(shipped, CASES, [])
    page = report_html(result, {p.id: p for p in shipped.passages})
    assert "Answer or silence" in page and "Unanswerable declined" in page
    alone = evaluate(shipped, CASES[:1], [])
    assert "Answer or silence" not in report_html(alone, {p.id: p for p in shipped.passages})
