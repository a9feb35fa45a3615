"""Answers as text for a terminal. Pure: an answer in, a string out."""

from __future__ import annotations

import textwrap

from app.reports.answer_words import doubt_words, is_unsure, offers_heading
from app.reports.result_table import result_table
from app.reports.table import ResultTable, cell_text
from corpus.taxonomy import Taxonomy
from index.contract.answer_object import Answer, Fact, FoundPassage
from index.contract.briefing_results import AboutResult

WIDTH = 100
# Beside a table that gives the answer, more scores than these are only counted.
_FACTS_BESIDE_A_TABLE = 12


def as_text(answer: Answer, taxonomy: Taxonomy, *, color: bool = False, passages: int = 3, rest: str = "with --json") -> str:
    """The answer, how the question was understood, scores, the first passages with what answers highlighted, and notes.

    `rest` says where a reader finds the scores and passages that are only counted.
    """
    blocks = [_wrapped(answer.answer, "")]
    if isinstance(answer.result, AboutResult):
        blocks.append(f"Source: {answer.result.source}")
    if not is_unsure(answer):
        doubt = doubt_words(answer)
        blocks.append(f"Understood as: {answer.understood.words}" + (f"\n{doubt}" if doubt else ""))
    if answer.alternatives:
        blocks.append(f"{offers_heading(answer)}\n" + "\n".join(f"  {question}" for question in answer.alternatives))
    table = result_table(answer, taxonomy)
    if table is not None:
        blocks.append(table_text(table))
    if answer.facts:
        listed = table is None or len(answer.facts) <= _FACTS_BESIDE_A_TABLE
        lines = [fact_line(fact, taxonomy) for fact in answer.facts] if listed else []
        blocks.append("Scores\n" + "\n".join(lines) if lines else f"({len(answer.facts)} scores with their sources {rest})")
    if answer.query is not None and answer.query.steps:
        steps = [_wrapped(step, f"{n}. ", "   ") for n, step in enumerate(answer.query.steps, start=1)]
        blocks.append("Steps\n" + "\n".join(steps))
    if answer.passages:
        title = "Passages" if answer.answered else "Nearest passages (they do not answer the question)"
        shown = [passage_block(p, n, taxonomy, color=color) for n, p in enumerate(answer.passages[:passages], start=1)]
        more = len(answer.passages) - passages
        blocks.append("\n\n".join([title, *shown]) + (f"\n\n({more} more {rest})" if more > 0 else ""))
    if answer.notes:
        blocks.append("Notes\n" + "\n".join(_wrapped(note, "- ", "  ") for note in answer.notes))
    return "\n\n".join(blocks) + "\n"


def table_text(table: ResultTable) -> str:
    """A table with its title, columns set in line, numbers to the right; rows under the headings that they stand under."""
    cells = [[cell_text(cell) for cell in row.cells] for row in table.rows]
    labels = [column.label for column in table.columns]
    widths = [max(map(len, column)) for column in zip(labels, *cells, strict=True)]
    numbers = [all(row.cells[n] is None or isinstance(row.cells[n], float) for row in table.rows) for n in range(len(labels))]

    def line(parts: list[str]) -> str:
        set_ = (p.rjust(w) if number else p.ljust(w) for p, w, number in zip(parts, widths, numbers, strict=True))
        return f"  {'  '.join(set_)}".rstrip()

    lines = [table.title, line(labels)]
    for group in table.groups:
        lines += [group] if group else []
        lines += [line(parts) for row, parts in zip(table.rows, cells, strict=True) if row.group == group]
    return "\n".join(lines)


def fact_line(fact: Fact, taxonomy: Taxonomy) -> str:
    """One score with its direction, rank and source."""
    indicator = taxonomy.indicators[fact.indicator]
    joint = "joint rank" if (fact.sharing or 1) > 1 else "rank"
    rank = f", {joint} {fact.rank} of {fact.of} ({fact.within})" if fact.rank is not None else ""
    where = f"{taxonomy.countries[fact.country].name} {fact.edition}"
    return f"  {where}  {indicator.name}: {fact.value:.2f} ({indicator.pillar.direction}){rank}  [{fact.source}]"


def passage_place(passage: FoundPassage, taxonomy: Taxonomy) -> str:
    """Where a passage is from, in words."""
    if passage.title:
        return ", ".join(filter(None, (passage.title, passage.section, f"paragraph {passage.paragraph}")))
    if passage.country is None:
        name = taxonomy.indicators[passage.indicator].name if passage.indicator else ""
        return f"Definition of {name}"
    return (
        f"{taxonomy.countries[passage.country].name}, {passage.edition} edition, {passage.section}, paragraph {passage.paragraph}"
    )


def passage_block(passage: FoundPassage, number: int, taxonomy: Taxonomy, *, color: bool) -> str:
    """A passage: where it is from, its text with the highlights marked, why it was found, and its source."""
    left, right = ("\033[1;7m", "\033[0m") if color else (">>", "<<")
    text, at = "", 0
    for start, end in passage.highlight:
        text += passage.text[at:start] + left + passage.text[start:end] + right
        at = end
    text += passage.text[at:]
    why = f"\n{_wrapped('Why: ' + passage.why.text, '   ', '        ')}" if passage.why is not None else ""
    return f"{number}. {passage_place(passage, taxonomy)}\n{_wrapped(text, '   ', '   ')}{why}\n   {passage.source}"


def _wrapped(text: str, first: str, rest: str = "") -> str:
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )
