"""An eval result as table rows, and each failure as a line of Markdown. Pure."""

from __future__ import annotations

from app.content.links import ask_link
from app.content.markdown import escaped
from app.reports.eval_text import interval_words, number_words
from index.evals.judged import JudgedCase
from index.evals.result_file import Result
from index.evals.summary import ALL

MEASURES = ("Right", "nDCG@10", "Success@1", "Exact", "Highlight F1", "False answers", "False refusals")


def kind_rows(result: Result, measure: str) -> list[dict[str, str]]:
    """One measure, one row for each question type and the last for all; types it does not apply to are left out."""
    slices = [s for s in result.slices if s.by in ("kind", ALL)]
    return [
        {
            "Questions": escaped(s.name),
            measure: number_words(measure, figure.value),
            "95% interval": interval_words(figure),
            "Cases": str(figure.cases),
        }
        for s in slices
        if (figure := s.figure(measure)) is not None
    ]


def overall_rows(result: Result) -> list[dict[str, str]]:
    """One row for each measure over all questions, with its confidence interval."""
    return [
        {
            "Measure": f.measure,
            "Value": number_words(f.measure, f.value),
            "95% interval": interval_words(f),
            "Cases": str(f.cases),
        }
        for f in result.overall.figures
    ]


def failures(result: Result) -> list[JudgedCase]:
    """The questions answered wrongly or refused wrongly, by question type."""
    return sorted((s for s in result.scored if not s.right), key=lambda s: (s.case.kind, s.case.id))


def failure_line(scored: JudgedCase) -> str:
    """A failure as Markdown: the question as a link that asks it, the expected answer, the answer given."""
    case = scored.case
    if case.declinable:
        expected = "a refusal"
    elif case.gold:
        expected = ", ".join(g.place for g in case.gold if g.grade > 1) or ", ".join(g.place for g in case.gold)
    else:
        expected = str(dict(case.expect or {}))
    got = "a refusal" if scored.declined else scored.places[0] if scored.places else scored.answer
    return f"[{escaped(case.question)}]({ask_link(case.question)}): expected {escaped(expected)}; got {escaped(got)}"
