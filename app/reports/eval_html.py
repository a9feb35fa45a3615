"""A result of `ocqa eval` as one self-contained HTML page. Pure: a result and the passages of its index in, the page out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from app.reports.amounts import counted
from app.reports.eval_plots import bars, reliability_plot, trade_off_plot
from app.reports.eval_text import interval_words, number_words
from app.reports.html import fill, stretches
from app.reports.web_address import web_address
from index.evals.highlight import span_in
from index.evals.judged import JudgedCase
from index.evals.result_file import Result
from index.evals.set_measures import BY_NAME
from index.evals.summary import Figure, Slice
from index.evals.trade_off import trade_off
from index.passages.passage import Passage

_TILES = ("Right", "nDCG@10", "Success@1", "Exact", "Highlight F1", "False answers", "False refusals", "AUROC", "ECE",
          "Country leaks", "Latency p50", "Latency p95")  # fmt: skip
_CHARTS = ("Right", "nDCG@10", "Success@1", "Exact")


@dataclass(frozen=True)
class _Place:
    """The id of a passage, and the page it is on where a browser may open that."""

    id: str
    address: str | None


@dataclass(frozen=True)
class _ShownPassage:
    """A passage in stretches of (text, highlighted); `text` is None where the index does not hold it."""

    place: _Place
    label: str
    text: tuple[tuple[str, bool], ...] | None


@dataclass(frozen=True)
class _Side:
    """What was expected or what came: a sentence, a result as JSON, passages whole, and the ids of others."""

    sentence: str
    result: str
    passages: tuple[_ShownPassage, ...]
    others: tuple[_Place, ...] = ()


@dataclass(frozen=True)
class _Failure:
    """A question that was not answered as it should be, with both sides."""

    question: str
    id: str
    kind: str
    reason: str
    confidence: str
    expected: _Side
    got: _Side


def report_html(result: Result, passages: Mapping[str, Passage]) -> str:
    """The page: summary, bars by kind, reliability, every measure, every failure with expected and got side by side.

    `passages` are those of the index by id; a passage that is not among them is named and has no text.
    """
    wrong = sorted((s for s in result.scored if not s.right), key=lambda s: (s.case.kind, s.case.id))
    charted = [name for name in _CHARTS if any(s.figure(name) for s in result.slices)]
    lines = trade_off(result.scored)
    return fill(
        "eval.html.j2",
        counted=counted,
        questions=len(result.scored),
        about=result.about,
        tiles=[_figure_row(f) for name in _TILES if (f := result.overall.figure(name)) is not None],
        charts=_charts(result.slices),
        reliability=Markup(reliability_plot(result.bins)),
        bins=[(f"{b.low:.1f} to {b.high:.1f}", str(b.cases), f"{b.confidence:.3f}", f"{b.right:.3f}") for b in result.bins],
        trade_off=[(f"{t.line:.1f}", f"{t.answerable:.1%}", f"{t.unanswerable:.1%}") for t in lines],
        trade_off_drawing=Markup(trade_off_plot(lines)),
        measures=[(*_figure_row(f), BY_NAME[f.measure].meaning) for f in result.overall.figures],
        slice_head=("Part", "Questions", *charted),
        slices=_slices(result.slices, charted),
        failures=[_failure(s, passages) for s in wrong],
    )


def _figure_row(figure: Figure) -> tuple[str, str, str, str]:
    """Measure, value, interval and number of questions, in words."""
    return figure.measure, number_words(figure.measure, figure.value), interval_words(figure), str(figure.cases)


def _charts(slices: Sequence[Slice]) -> list[tuple[str, Markup]]:
    charts = []
    for name in _CHARTS:
        rows = [(s.name, figure) for s in slices if s.by == "kind" and (figure := s.figure(name)) is not None]
        if rows:
            charts.append((name, Markup(bars(rows, name))))
    return charts


def _slices(slices: Sequence[Slice], measures: Sequence[str]) -> list[tuple[str, ...]]:
    rows = []
    for part in slices:
        if part.by in ("section", "edition"):
            figures = [part.figure(name) for name in measures]
            shown = (f"{number_words(f.measure, f.value)} {interval_words(f)}" if f else "" for f in figures)
            rows.append((part.name, str(part.cases), *shown))
    return rows


def _failure(scored: JudgedCase, passages: Mapping[str, Passage]) -> _Failure:
    case = scored.case
    return _Failure(
        question=case.question,
        id=case.id,
        kind=case.kind,
        reason=_reason(scored),
        confidence=f"{scored.confidence:.2f}",
        expected=_expected(scored, passages),
        got=_got(scored, passages),
    )


def _reason(scored: JudgedCase) -> str:
    if scored.case.declinable:
        return "answered, though the corpus does not hold the answer"
    if scored.declined:
        return "declined" + (", with the right passage ranked first" if scored.first_right else "")
    return "a different result" if scored.case.expect is not None else "a different passage ranked first"


def _expected(scored: JudgedCase, passages: Mapping[str, Passage]) -> _Side:
    case = scored.case
    shown = []
    for gold in case.gold:
        rank = f"at rank {scored.places.index(gold.place) + 1}" if gold.place in scored.places else "not retrieved"
        passage = passages.get(gold.place)
        span = span_in(passage.text, case.answer_span) if passage else None
        shown.append(_passage(gold.place, passage, [span] if span else [], f"grade {gold.grade}, {rank}"))
    return _Side(
        sentence="To be declined: the corpus does not hold the answer." if case.declinable else "",
        result=_json(case.expect) if case.expect is not None else "",
        passages=tuple(shown),
    )


def _got(scored: JudgedCase, passages: Mapping[str, Passage]) -> _Side:
    first = [_passage(id, passages.get(id), scored.highlight, "ranked first") for id in scored.places[:1]]
    return _Side(
        sentence=scored.answer,
        result=_json(scored.result) if scored.result is not None and not scored.declined else "",
        passages=tuple(first),
        others=tuple(_place(id, passages.get(id)) for id in scored.places[1:]),
    )


def _passage(id: str, passage: Passage | None, highlight: Sequence[tuple[int, int]], label: str) -> _ShownPassage:
    place = _place(id, passage)
    if passage is None:
        return _ShownPassage(place, label, None)
    return _ShownPassage(place, label, stretches(passage.text, highlight))


def _place(id: str, passage: Passage | None) -> _Place:
    return _Place(id, web_address(passage.source) if passage is not None else None)


def _json(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
