"""The analysis part of a page: eleven headings in a known order, the paragraphs between them, and lines to skip."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.naming import fold
from corpus.records import Problem, Section, Severity
from corpus.taxonomy import SectionKind, Taxonomy

# The first words of the lines that follow the analysis on the site's pages, folded.
_CLOSING = (
    "for a better experience",
    "the criminal markets score is represented",
    "how to measure organized crime",
    "read more on globalinitiative",
    "give us feedback",
    "give us your feedback",
    "we re constantly working",
    "were constantly working",
    "this report was funded",
    "this summary was funded",
    "this profile was funded",
    "enact is funded",
    "the opinions findings and conclusions",
)
_NUMBERING = re.compile(r"\d[\d\s]*")
_PLACEHOLDER = re.compile(r"\W*(?:this indicator was )?first included in the (\d{4}) iteration.{0,40}", re.IGNORECASE)
# What a PDF prints above the sections of one kind.
_PARTS = frozenset(("criminality", "criminal markets", "resilience"))
# Invisible characters: byte-order marks, zero-width characters and soft hyphens.
_UNSEEN = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
# Text saved with hard line breaks has lines of at most about 80 characters; a longer one is a paragraph of its own.
_WRAPPED = 100
# No heading is as long, nor the first words of a closing line.
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Line:
    """A line with text: its number in the file, and whether a blank line precedes it."""

    number: int
    text: str
    after_gap: bool


def number_lines(text: str) -> list[Line]:
    """The lines with text, trimmed and with single spaces."""
    lines: list[Line] = []
    gap = True
    for number, raw in enumerate(text.translate(_UNSEEN).splitlines(), start=1):
        stripped = " ".join(raw.split())
        if stripped:
            lines.append(Line(number, stripped, gap))
        gap = not stripped
    return lines


def find_line(lines: Sequence[Line], folded: str, start: int = 0, *, last: bool = False) -> int | None:
    """The index of the first (or last) line that consists of these words."""
    found = [i for i in range(start, len(lines)) if len(lines[i].text) <= _LONGEST and fold(lines[i].text) == folded]
    return (found[-1] if last else found[0]) if found else None


def read_sections(
    lines: Sequence[Line], taxonomy: Taxonomy, *, ends: bool = False
) -> tuple[tuple[Section, ...], tuple[Problem, ...]]:
    """The sections after the line "Analysis". A section whose end is uncertain is left out and reported.

    The end is uncertain if the next heading is missing, or if the page breaks off in the last section, which it does not if
    `ends` says so. Problems give a place but no file.
    """
    problems: list[Problem] = []
    heads = _headings(lines, taxonomy)
    order = [kind.id for kind in taxonomy.sections]
    found = {kind.id for kind, _ in heads}
    last_at = heads[-1][1] if heads else 0
    closing = next((i for i in range(last_at + 1, len(lines)) if is_closing(lines[i].text)), None)
    lost = [kind.name for kind in taxonomy.sections if kind.id not in found]
    sections = []
    for n, (kind, at) in enumerate(heads):
        end = heads[n + 1][1] if n + 1 < len(heads) else closing
        following = order[order.index(kind.id) + 1 :][:1]
        if following and following[0] not in found:
            lost.append(f"the end of {kind.name}")
        else:
            sections.append(_section(kind, lines[at].text, lines[at + 1 : end]))
    place = f"line {lines[-1].number}" if lines else 'after the line "Analysis"'
    if lost:
        what = (
            "the page breaks off; these parts were not read"
            if closing is None
            else "headings are missing; these parts were not read"
        )
        problems.append(Problem("", place, f"{what}: {', '.join(lost)}", "save the whole page again", Severity.ERROR))
    elif closing is None and not ends:
        what = "the page ends without the site's closing lines, so its end may be missing"
        problems.append(Problem("", place, what, "check that its last paragraph is complete", Severity.WARNING))
    return tuple(sections), tuple(problems)


def _headings(lines: Sequence[Line], taxonomy: Taxonomy) -> list[tuple[SectionKind, int]]:
    """The headings found, in order; a missing one does not hide those after it."""
    found: list[tuple[SectionKind, int]] = []
    at = 0
    for kind in taxonomy.sections:
        where = next((i for i in range(at, len(lines)) if is_heading(lines[i], kind)), None)
        if where is not None:
            found.append((kind, where))
            at = where + 1
    return found


def is_heading(line: Line, kind: SectionKind) -> bool:
    """Whether a line is the heading of a section; the last word of a sentence, on a line of its own, is none."""
    return heading_text(line.text) == fold(kind.name) and not line.text.endswith((".", ",", ";"))


def heading_text(text: str) -> str:
    """A line folded, without the number that a heading may have; empty for a line of running text."""
    return fold(re.sub(r"^\d{1,2}[\s.)]+", "", text)) if len(text) <= _LONGEST else ""


def _section(kind: SectionKind, heading: str, lines: Sequence[Line]) -> Section:
    first_edition = None
    kept: list[Line] = []
    gap = False
    for line in lines:
        placeholder = _PLACEHOLDER.fullmatch(line.text)
        if placeholder is not None:
            first_edition = int(placeholder[1])
        if fold(line.text) in _PARTS:
            gap = True
            continue
        if placeholder is not None or _NUMBERING.fullmatch(line.text) or is_closing(line.text):
            gap = True
            continue
        kept.append(Line(line.number, line.text, line.after_gap or gap))
        gap = False
    printed = re.sub(r"^\d{1,2}[\s.)]+", "", heading)
    return Section(kind.id, printed, _paragraphs(kept), first_edition)


def _paragraphs(lines: Sequence[Line]) -> tuple[str, ...]:
    """Join hard-wrapped lines; longer lines are paragraphs even without a blank line between them."""
    runs: list[list[str]] = []
    for line in lines:
        if line.after_gap or not runs:
            runs.append([line.text])
        else:
            runs[-1].append(line.text)
    paragraphs: list[str] = []
    for run in runs:
        wrapped = max(map(len, run)) <= _WRAPPED
        paragraphs += [" ".join(run)] if wrapped else run
    return tuple(paragraphs)


def is_closing(text: str) -> bool:
    """Whether a line is one of those that follow the analysis on the site's pages."""
    return fold(text[:_LONGEST]).startswith(_CLOSING)
