"""What the page says of an eval result: rows by kind, and each failure in words. Pure."""

from __future__ import annotations

from app.content.links import ask_link
from app.content.markdown import escaped
from app.reports.eval_text import interval_words, number_words
from index.evals.judged import JudgedCase
from index.evals.result_file import Result
from index.evals.summary import ALL

MEASURES = ("Right", "nDCG@10", "Success@1", "Exact", "Highlight F1", "False answers", "False refusals")


def kind_rows(result: Result, measure: str) -> list[dict[str, str]]:
    """One measure: a kind of question a row, all questions last; kinds that it does not apply to are left out."""
    slices = [s for s in result.slices if s.by in ("kind", ALL)]
    return [
        {
            "Questions": escaped(s.name),
            measure: number_words(measure, figure.value),
            "95 % interval": interval_words(figure),
            "Cases": str(figure.cases),
        }
        for s in slices
        if (figure := s.figure(measure)) is not None
    ]


def overall_rows(result: Result) -> list[dict[str, str]]:
    """A measure of all questions a row, with its interval."""
    return [
        {
            "Measure": f.measure,
            "Value": number_words(f.measure, f.value),
            "95 % interval": interval_words(f),
            "Cases": str(f.cases),
        }
        for f in result.overall.figures
    ]


def failures(result: Result) -> list[JudgedCase]:
    """The questions that were answered wrongly or wrongly declined, by kind."""
    return sorted((s for s in result.scored if not s.right), key=lambda s: (s.case.kind, s.case.id))


def failure_line(scored: JudgedCase) -> str:
    """A failure as Markdown: the question as a link that asks it, what was expected, what came."""
    case = scored.case
    if case.declinable:
        expected = "to be declined"
    elif case.gold:
        expected = ", ".join(g.place for g in case.gold if g.grade > 1) or ", ".join(g.place for g in case.gold)
    else:
        expected = str(dict(case.expect or {}))
    got = "declined" if scored.declined else scored.places[0] if scored.places else scored.answer
    return f"[{escaped(case.question)}]({ask_link(case.question)}): expected {escaped(expected)}; got {escaped(got)}"
