"""Results, comparisons and gates as text for a terminal. Pure: a record in, a string out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from app.reports.amounts import counted
from index.evals.ablate import HEADLINE, SEARCH_MEASURES, AblationResult
from index.evals.compare import Comparison, Difference
from index.evals.judged import JudgedCase
from index.evals.result_file import About, Result
from index.evals.set_measures import BY_NAME
from index.evals.summary import ALL, Figure, Slice

_HEADLINES = ("Right", "nDCG@10", "Success@1", "Exact", "Highlight F1", "False answers", "False refusals", "Country leaks")
_ABLATED = ("nDCG@10", "RR@10", "Success@1", "Success@5", "Recall@10", "MAP", "Country leaks")
_SHOWN_CHANGES = 20
_LONGEST_QUESTION = 90


def result_text(result: Result) -> str:
    """Headline measures by kind, section and edition, then reliability, then every measure over all questions."""
    about = result.about
    names = ", ".join(s.name for s in about.sets)
    blocks = [f"{counted(len(result.scored), 'question')} from {names}; {_source(about)}"]
    for by in dict.fromkeys(s.by for s in result.slices):
        if by != ALL:
            blocks.append(_slices_table(by, [s for s in result.slices if s.by == by]))
    blocks.append(_reliability_table(result))
    rows = [
        [f.measure, number_words(f.measure, f.value), interval_words(f), str(f.cases), BY_NAME[f.measure].meaning]
        for f in result.overall.figures
    ]
    blocks.append(table(["overall", "value", "95% interval", "cases", ""], rows))
    return "\n\n".join(blocks) + "\n"


def comparison_text(comparison: Comparison) -> str:
    """The measures side by side, the questions that changed, and a verdict in one line."""
    rows = [_difference_row(d) for d in comparison.differences]
    head = ["measure", "cases", "A", "B", "B - A", "95% interval", "p", "better/same/worse", ""]
    blocks = [f"A: {_source(comparison.before)}\nB: {_source(comparison.after)}", table(head, rows)]
    if comparison.left_out:
        blocks.append(f"Left out (not in both, or labelled differently): {', '.join(comparison.left_out)}")
    if comparison.changed:
        blocks.append(_changes(comparison))
    return "\n\n".join([*blocks, comparison.verdict]) + "\n"


def comparison_json(comparison: Comparison) -> str:
    """A comparison as one JSON object; A is before, B after."""
    data = {
        "a": asdict(comparison.before),
        "b": asdict(comparison.after),
        "cases": comparison.cases,
        "verdict": comparison.verdict,
        "differences": [asdict(d) for d in comparison.differences],
        "changed": [
            {
                "id": c.after.case.id,
                "question": c.after.case.question,
                "kind": c.after.case.kind,
                "gain": c.gain,
                "a": _side(c.before),
                "b": _side(c.after),
            }
            for c in comparison.changed
        ],
        "left_out": list(comparison.left_out),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def ablation_text(earned: Sequence[AblationResult]) -> str:
    """The measures of each configuration, and its difference from the full search."""
    rows = []
    for e in earned:
        figures = [e.result.overall.figure(name) for name in _ABLATED]
        shown = [number_words(f.measure, f.value) if f else "" for f in figures]
        change = f"{_sign(e.gain)}{abs(e.gain):.3f} [{e.low:.3f}, {e.high:.3f}]"
        first = e is earned[0]
        rows.append(
            [e.configuration.name, *shown, "" if first else change, "" if first else f"{e.p:.4f}", e.configuration.meaning]
        )
    about = earned[0].result.about
    head = (
        f"{counted(len(earned[0].result.scored), 'question')} with gold passages; index {about.generation}, model {about.model}"
    )
    return head + "\n\n" + table(["search", *_ABLATED, f"{HEADLINE} - full", "p", ""], rows) + "\n"


def ablation_json(earned: Sequence[AblationResult]) -> str:
    """The table of `ablation_text` as a JSON list."""
    rows = [
        {
            "configuration": e.configuration.name,
            "meaning": e.configuration.meaning,
            "weights": asdict(e.configuration.weights),
            "filtered": e.configuration.filtered,
            "figures": {f.measure: asdict(f) for f in e.result.overall.figures if f.measure in SEARCH_MEASURES},
            "gain": e.gain,
            "low": e.low,
            "high": e.high,
            "p": e.p,
        }
        for e in earned
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns two spaces apart: the first and the last aligned left, figures aligned right."""
    last = len(head) - 1
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        shown = [c.ljust(w) if i in (0, last) else c.rjust(w) for i, (c, w) in enumerate(zip(cells, widths, strict=True))]
        return "  ".join(shown).rstrip()

    return "\n".join(map(line, [head, *rows]))


def _slices_table(by: str, slices: Sequence[Slice]) -> str:
    shown = [name for name in _HEADLINES if any(s.figure(name) for s in slices)]
    rows = []
    for part in slices:
        cells = []
        for name in shown:
            figure = part.figure(name)
            cells.append(f"{number_words(name, figure.value)} {interval_words(figure)}" if figure else "")
        rows.append([part.name, str(part.cases), *cells, ""])
    return table([f"by {by}", "cases", *shown, ""], rows)


def _reliability_table(result: Result) -> str:
    rows = [[f"{b.low:.1f} to {b.high:.1f}", str(b.cases), f"{b.confidence:.3f}", f"{b.right:.3f}", ""] for b in result.bins]
    return table(["confidence", "cases", "mean", "right", ""], rows)


def _difference_row(d: Difference) -> list[str]:
    p = "" if d.p is None else f"{d.p:.4f}"
    counts = f"{d.wins}/{d.ties}/{d.losses}" if d.wins + d.ties + d.losses else ""
    change = f"{_sign(d.after - d.before)}{number_words(d.measure, abs(d.after - d.before))}"
    ends = f"[{number_words(d.measure, d.low)}, {number_words(d.measure, d.high)}]"
    return [
        d.measure,
        str(d.cases),
        number_words(d.measure, d.before),
        number_words(d.measure, d.after),
        change,
        ends,
        p,
        counts,
        d.verdict,
    ]


def _changes(comparison: Comparison) -> str:
    lines = [f"{counted(len(comparison.changed), 'question')} changed, losses first:"]
    for change in comparison.changed[:_SHOWN_CHANGES]:
        word = "worse" if change.gain < 0 else "better" if change.gain > 0 else "differs"
        question = change.after.case.question
        shown = question if len(question) <= _LONGEST_QUESTION else question[: _LONGEST_QUESTION - 1] + "…"
        lines.append(f"  {word:7}  {change.after.case.id}  ({change.after.case.kind})  {shown}")
    if len(comparison.changed) > _SHOWN_CHANGES:
        lines.append(f"  … {len(comparison.changed) - _SHOWN_CHANGES} more with --json")
    return "\n".join(lines)


def _source(about: About) -> str:
    return f"index {about.generation}, model {about.model}, {about.configuration}"


def interval_words(figure: Figure) -> str:
    """The interval of a figure."""
    return f"[{number_words(figure.measure, figure.low)}, {number_words(figure.measure, figure.high)}]"


def number_words(measure: str, value: float) -> str:
    """A value of a measure in its unit."""
    if measure == "Country leaks":
        return f"{value:.0f}"
    return f"{value:.1f} ms" if measure.startswith("Latency") else f"{value:.3f}"


def _sign(value: float) -> str:
    return "+" if value > 0 else "-" if value < 0 else ""


def _side(scored: JudgedCase) -> dict[str, object]:
    return {"declined": scored.declined, "places": list(scored.places), "result": scored.result, "values": dict(scored.values)}
