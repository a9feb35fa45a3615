"""Answers as text for a terminal. Pure: an answer in, a string out."""

from __future__ import annotations

import textwrap

from corpus.taxonomy import Taxonomy
from index.contract.answer_object import Answer, Fact, FoundPassage

WIDTH = 100


def as_text(answer: Answer, taxonomy: Taxonomy, *, color: bool = False, passages: int = 3) -> str:
    """The answer, how the question was understood, scores, the first passages with what answers highlighted, and notes."""
    blocks = [_wrapped(answer.answer, "")]
    blocks.append(f"Understood as: {answer.understood.words}")
    if answer.alternatives:
        blocks.append("Did you mean\n" + "\n".join(f"  {question}" for question in answer.alternatives))
    if answer.facts:
        blocks.append("Scores\n" + "\n".join(fact_line(fact, taxonomy) for fact in answer.facts))
    if answer.passages:
        title = "Passages" if answer.answered else "Nearest passages (they do not answer the question)"
        shown = [passage_block(p, n, taxonomy, color=color) for n, p in enumerate(answer.passages[:passages], start=1)]
        more = len(answer.passages) - passages
        blocks.append("\n\n".join([title, *shown]) + (f"\n\n({more} more with --json)" if more > 0 else ""))
    if answer.notes:
        blocks.append("Notes\n" + "\n".join(_wrapped(note, "- ", "  ") for note in answer.notes))
    return "\n\n".join(blocks) + "\n"


def fact_line(fact: Fact, taxonomy: Taxonomy) -> str:
    """One score with its direction, rank and source."""
    indicator = taxonomy.indicators[fact.indicator]
    rank = f", rank {fact.rank} of {fact.of} ({fact.within})" if fact.rank is not None else ""
    where = f"{taxonomy.countries[fact.country].name} {fact.edition}"
    return f"  {where}  {indicator.name}: {fact.value:.2f} ({indicator.pillar.direction}){rank}  [{fact.source}]"


def passage_place(passage: FoundPassage, taxonomy: Taxonomy) -> str:
    """Where a passage is from, in words."""
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
