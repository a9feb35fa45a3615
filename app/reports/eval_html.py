"""A result as one HTML page that needs nothing else: no script, no other host. Everything from outside is escaped.

Pure: a result and the passages of its index in, the page out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape

from app.reports.eval_plots import bars, reliability_plot
from app.reports.eval_text import interval_words, number_words
from app.reports.html import html_page, html_table
from app.reports.web_address import web_address
from index.evals.highlight import span_in
from index.evals.judged import JudgedCase
from index.evals.result_file import Result
from index.evals.set_measures import BY_NAME
from index.evals.summary import Slice
from index.passages.passage import Passage

_TILES = ("Right", "nDCG@10", "Success@1", "Exact", "Highlight F1", "False answers", "False refusals", "AUROC", "ECE",
          "Country leaks", "Latency p50", "Latency p95")  # fmt: skip
_CHARTS = ("Right", "nDCG@10", "Success@1", "Exact")
_STYLE = """
.tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.2rem,1fr));gap:.6rem}
.tile{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.5rem .7rem}
.tile b{display:block;font-size:1.35rem;font-variant-numeric:tabular-nums}
.whisker{stroke:var(--ink);fill:none;stroke-width:1.6}
.diagonal{stroke:var(--soft);stroke-dasharray:5 4;fill:none}.dot{fill:var(--bar);fill-opacity:.75;stroke:var(--ink)}
details{border:1px solid var(--line);border-radius:8px;margin:.5rem 0;background:var(--card)}
summary{cursor:pointer;padding:.55rem .8rem;overflow-wrap:anywhere}details>div{padding:0 .8rem .8rem}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:.8rem}@media(max-width:44rem){.sides{grid-template-columns:1fr}}
.side{background:var(--paper);border:1px solid var(--line);border-radius:6px;padding:.5rem .7rem;min-width:0;
overflow-wrap:anywhere}.side h4{margin:.1rem 0 .3rem;font-size:.9rem}.expected h4{color:var(--good)}.got h4{color:var(--bad)}
mark{background:var(--mark);color:var(--markink)}pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0;font-size:.85rem}
.side p{margin:.3rem 0}.side .place{font-size:.85rem}
"""


def report_html(result: Result, passages: Mapping[str, Passage]) -> str:
    """The page: summary, bars by kind, reliability, every measure, every failure with expected and got side by side.

    `passages` are those of the index by id; a place that is not there is named and has no text.
    """
    failures = [s for s in result.scored if not s.right]
    about = result.about
    sets = ", ".join(f"{escape(s.name)} <span class=small>({escape(s.sha256[:12])})</span>" for s in about.sets)
    body = [
        f"<h1>{len(result.scored)} questions, {len(failures)} failures</h1>",
        f"<p class=soft>Index {escape(about.generation)} · model {escape(about.model)} · {escape(about.configuration)} · "
        f"ocqa {escape(about.program)} · {escape(about.created_at)} (UTC)<br>Sets: {sets or 'none named'}</p>",
        _tiles(result.overall),
        "<h2>By kind of question</h2>",
        _charts(result.slices),
        "<h2>Reliability</h2><div class=charts>",
        f"<div>{reliability_plot(result.bins)}</div>{_bins(result)}</div>",
        "<h2>Every measure, all questions</h2>",
        _figures(result.overall),
        "<h2>By section and edition</h2>",
        _slices(result.slices),
        f"<h2>Failures ({len(failures)})</h2>",
        "".join(_failure(s, passages) for s in sorted(failures, key=lambda s: (s.case.kind, s.case.id))) or "<p>None.</p>",
    ]
    return html_page(f"ocqa eval: {len(result.scored)} questions", _STYLE, body)


def _tiles(overall: Slice) -> str:
    tiles = []
    for name in _TILES:
        figure = overall.figure(name)
        if figure is not None:
            tiles.append(
                f"<div class=tile>{escape(name)}<b>{number_words(name, figure.value)}</b>"
                f"<span class=soft>{interval_words(figure)}<br>{figure.cases} questions</span></div>"
            )
    return f"<div class=tiles>{''.join(tiles)}</div>"


def _charts(slices: Sequence[Slice]) -> str:
    charts = []
    for name in _CHARTS:
        rows = [(s.name, figure) for s in slices if s.by == "kind" and (figure := s.figure(name)) is not None]
        if rows:
            charts.append(
                f"<div><h3>{escape(name)} <span class=soft>value [95 % interval], questions</span></h3>{bars(rows, name)}</div>"
            )
    return f"<div class=charts>{''.join(charts)}</div>"


def _bins(result: Result) -> str:
    rows = [(f"{b.low:.1f} to {b.high:.1f}", str(b.cases), f"{b.confidence:.3f}", f"{b.right:.3f}") for b in result.bins]
    return html_table(("Confidence", "Questions", "Mean", "Right"), rows)


def _figures(part: Slice) -> str:
    rows = [
        (f.measure, number_words(f.measure, f.value), interval_words(f), str(f.cases), BY_NAME[f.measure].meaning)
        for f in part.figures
    ]
    return html_table(("Measure", "Value", "95 % interval", "Questions", "Meaning"), rows, words=(0, 4))


def _slices(slices: Sequence[Slice]) -> str:
    names = [n for n in _CHARTS if any(s.figure(n) for s in slices)]
    rows = []
    for part in slices:
        if part.by in ("section", "edition"):
            figures = [part.figure(n) for n in names]
            shown = (f"{number_words(f.measure, f.value)} {interval_words(f)}" if f else "" for f in figures)
            rows.append((part.name, str(part.cases), *shown))
    return html_table(("Part", "Questions", *names), rows)


def _failure(scored: JudgedCase, passages: Mapping[str, Passage]) -> str:
    case = scored.case
    return (
        f"<details><summary><b>{escape(case.question)}</b> <span class=soft>{escape(case.id)} · {escape(case.kind)} · "
        f"{_what(scored)}</span></summary><div class=sides>"
        f"<div class='side expected'><h4>Expected</h4>{_expected(scored, passages)}</div>"
        f"<div class='side got'><h4>Got, confidence {scored.confidence:.2f}</h4>{_got(scored, passages)}</div></div></details>"
    )


def _what(scored: JudgedCase) -> str:
    if scored.case.declinable:
        return "answered without an answer being there"
    if scored.declined:
        return "declined" + (", the right passage came first" if scored.first_right else "")
    return "another result" if scored.case.expect is not None else "another passage came first"


def _expected(scored: JudgedCase, passages: Mapping[str, Passage]) -> str:
    case = scored.case
    parts = ["<p>That it is declined: the corpus does not hold the answer.</p>"] if case.declinable else []
    if case.expect is not None:
        parts.append(_json(case.expect))
    for gold in case.gold:
        at = scored.places.index(gold.place) + 1 if gold.place in scored.places else None
        listed = f"listed at {at}" if at else "not listed"
        passage = passages.get(gold.place)
        span = span_in(passage.text, case.answer_span) if passage else None
        parts.append(_passage(gold.place, passage, [span] if span else [], f"grade {gold.grade}, {listed}"))
    return "".join(parts)


def _got(scored: JudgedCase, passages: Mapping[str, Passage]) -> str:
    parts = [f"<p>{escape(scored.answer)}</p>"]
    if scored.result is not None and not scored.declined:
        parts.append(_json(scored.result))
    if scored.places:
        first = scored.places[0]
        parts.append(_passage(first, passages.get(first), scored.highlight, "listed first"))
        others = ", ".join(_link(place, passages.get(place)) for place in scored.places[1:])
        parts.append(f"<p class=place>then {others}</p>" if others else "")
    return "".join(parts)


def _passage(place: str, passage: Passage | None, marked: Sequence[tuple[int, int]], said: str) -> str:
    head = f"<p class=place>{_link(place, passage)} <span class=soft>{escape(said)}</span></p>"
    if passage is None:
        return head + "<p class=soft>This place is not in the index.</p>"
    text, at = "", 0
    for start, end in marked:
        text += f"{escape(passage.text[at:start])}<mark>{escape(passage.text[start:end])}</mark>"
        at = end
    return head + f"<p>{text}{escape(passage.text[at:])}</p>"


def _link(place: str, passage: Passage | None) -> str:
    address = web_address(passage.source) if passage is not None else None
    return f'<a href="{escape(address)}" rel="noreferrer">{escape(place)}</a>' if address else escape(place)


def _json(value: Mapping[str, object]) -> str:
    return f"<pre>{escape(json.dumps(value, ensure_ascii=False, indent=1))}</pre>"
