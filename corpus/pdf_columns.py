"""The words on the pages of a PDF in the order of reading: column by column, with a blank line between paragraphs."""

from __future__ import annotations

import itertools
import re
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

# In heights of a line: wider than the space between words, and the step to a line of the next paragraph.
# The last is what a column leaves free where its text goes on at most.
_PHRASE, _PARAGRAPH, _FREE = 0.9, 1.4, 0.95
# The pieces that run across the space between two columns, as a share of all; the pieces that make a column.
_ACROSS, _COLUMN = 0.35, 3
# Columns within columns.
_LEVELS = 5
# The part of a page's height that is margin; characters of a line; words of a line that may be the rest of a paragraph.
_MARGIN, _LONGEST, _SHORT = 0.06, 95, 3
_FIGURE = re.compile(r"(?:[-+\u2212\u2013]?\d[\d.,%]*+|n/?a|[\s()/])++", re.IGNORECASE)
_MIXED = "several"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand close together on a line; places in points from the top left corner of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    font: str
    size: int

    @property
    def is_text(self) -> bool:
        """Whether there is more than figures."""
        return any(c.isalpha() for c in self.text) and _FIGURE.fullmatch(self.text) is None

    def with_next(self, other: Piece, joint: str) -> Piece:
        """Both as one piece."""
        return Piece(
            f"{self.text}{joint}{other.text}",
            min(self.x0, other.x0),
            max(self.x1, other.x1),
            min(self.top, other.top),
            max(self.bottom, other.bottom),
            self.font if self.font == other.font else _MIXED,
            self.size,
        )


@dataclass(frozen=True, slots=True)
class _Column:
    """The rows of a column, and how high and low the columns of its page reach."""

    rows: tuple[Piece, ...]
    top: float
    bottom: float

    @property
    def right(self) -> float:
        return max(row.x1 for row in self.rows)

    @property
    def pitch(self) -> float:
        return median([b.bottom - a.bottom for a, b in itertools.pairwise(self.rows)] or [self.rows[0].bottom - self.rows[0].top])


def reading_order(pages: Sequence[tuple[float, Sequence[Piece]]]) -> str:
    """The text of pages, each given as its height and its words."""
    cleaned = _without_margins([(height, _pieces(words)) for height, words in pages])
    gutters = Counter(gutter for page in cleaned if (gutter := _gutter(page)) is not None)
    usual = gutters.most_common(1)[0][0] if gutters else None
    columns = [column for page in cleaned for column in _columns_of(page, usual)]
    lines: list[str] = []
    before: _Column | None = None
    for column in columns:
        last: Piece | None = None
        for row in column.rows:
            gap = _is_gap(last, row, column.pitch) if last else before is not None and _is_new(before, column)
            if gap:
                lines.append("")
            elif lines and lines[-1] and row.is_text and len(row.text.split()) <= _SHORT and not row.text[:1].isupper():
                # The last words of a paragraph, which would look like a heading on a line of their own.
                lines[-1] += f" {row.text}"
                last = row
                continue
            lines += textwrap.wrap(row.text, _LONGEST, break_long_words=False) if len(row.text) > _LONGEST else [row.text]
            last = row
        before = column
    return "\n".join(lines) + "\n"


def _pieces(words: Sequence[Piece]) -> list[Piece]:
    """Words that follow each other at the distance of a space, joined."""
    pieces: list[Piece] = []
    for word in sorted(words, key=lambda w: (round(w.bottom), w.x0)):
        last = pieces[-1] if pieces else None
        height = word.bottom - word.top
        if last and abs(last.bottom - word.bottom) < height / 3 and -1 <= word.x0 - last.x1 < _PHRASE * height:
            pieces[-1] = last.with_next(word, "" if word.x0 - last.x1 < height / 20 else " ")
        else:
            pieces.append(word)
    return pieces


def _without_margins(pages: Sequence[tuple[float, list[Piece]]]) -> list[list[Piece]]:
    """The pages without page numbers and without lines that stand in the margin of several."""

    def in_margin(piece: Piece, height: float) -> bool:
        return piece.bottom < _MARGIN * height or piece.top > (1 - _MARGIN) * height

    seen = Counter(text for height, page in pages for text in {p.text for p in page if in_margin(p, height)})
    return [
        [p for p in page if not (in_margin(p, height) and (seen[p.text] > 1 or re.fullmatch(r"\W*\d{1,3}\W*", p.text)))]
        for height, page in pages
    ]


def _columns_of(pieces: Sequence[Piece], usual: float | None) -> list[_Column]:
    parts = [_rows(part) for part in _parts(pieces, usual)]
    long = [rows for rows in parts if len(rows) >= _COLUMN] or parts
    if not long:
        return []
    top, bottom = min(rows[0].top for rows in long), max(rows[-1].bottom for rows in long)
    return [_Column(tuple(rows), top, bottom) for rows in parts]


def _parts(pieces: Sequence[Piece], usual: float | None = None, level: int = 0) -> list[list[Piece]]:
    """The pieces of a page in the order of reading, each part a column or what goes across.

    A column of a few lines is only seen by where the second column of other pages begins, which is `usual`.
    """
    gutter = _gutter(pieces) if level < _LEVELS else None
    if gutter is None and usual is not None and not any(p.x0 < usual - 1 and p.x1 > usual for p in pieces):
        behind = [p.is_text for p in pieces if p.x0 >= usual - 1]
        gutter = usual if 0 < len(behind) < len(pieces) and 2 * sum(behind) > len(behind) else None
    if gutter is None:
        return [sorted(pieces, key=lambda p: (p.top, p.x0))] if pieces else []
    result: list[list[Piece]] = []
    left: list[Piece] = []
    right: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: (p.top, p.x0)):
        if piece.x1 <= gutter:
            left.append(piece)
        elif piece.x0 >= gutter - 1:
            right.append(piece)
        else:
            result += [*_parts(left, level=level + 1), *_parts(right, level=level + 1), [piece]]
            left, right = [], []
    return [*result, *_parts(left, level=level + 1), *_parts(right, level=level + 1)]


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where a second column begins: text on both sides, and little that goes across."""
    best: tuple[int, float] | None = None
    begun = Counter(round(piece.x0) for piece in pieces)
    for x in sorted({p.x0 for p in pieces if sum(begun[round(p.x0) + d] for d in (-2, -1, 0, 1, 2)) >= _COLUMN}):
        beginning = [p for p in pieces if abs(p.x0 - x) < 3]
        left = [p for p in pieces if p.x1 <= x and p.is_text]
        right = [p for p in pieces if p.x0 >= x - 1 and p.is_text]
        across = sum(1 for p in pieces if p.x0 < x - 1 and p.x1 > x)
        if min(len(left), len(right), len(beginning)) < _COLUMN or across > _ACROSS * len(pieces):
            continue
        # A column of figures belongs to the names beside it.
        if sum(p.is_text for p in beginning) * 2 <= len(beginning):
            continue
        # A column stands beside another, not below it.
        if min(_beside(left, right), _beside(right, left)) < _COLUMN:
            continue
        if best is None or across < best[0]:
            best = (across, x)
    return best[1] if best else None


def _beside(pieces: Sequence[Piece], others: Sequence[Piece]) -> int:
    """How many pieces lie at the height of the others."""
    top, bottom = min(p.top for p in others), max(p.bottom for p in others)
    return sum(1 for p in pieces if p.bottom >= top and p.top <= bottom)


def _rows(part: Sequence[Piece]) -> list[Piece]:
    """The pieces of a part that stand side by side, joined."""
    rows: list[Piece] = []
    for piece in sorted(part, key=lambda p: (round(p.bottom), p.x0)):
        last = rows[-1] if rows else None
        if last and abs(last.bottom - piece.bottom) < (piece.bottom - piece.top) / 2:
            rows[-1] = last.with_next(piece, " ") if piece.x0 >= last.x0 else piece.with_next(last, " ")
        else:
            rows.append(piece)
    return rows


def _is_gap(last: Piece, row: Piece, pitch: float) -> bool:
    """Whether a paragraph or heading ends between two rows of a column."""
    fonts = last.font != row.font and _MIXED not in (last.font, row.font)
    return fonts or last.size != row.size or row.bottom - last.bottom > _PARAGRAPH * pitch


def _is_new(before: _Column, column: _Column) -> bool:
    """Whether a column begins with a new paragraph.

    It does if the sentence was over, and the next word would have fitted on its line or there is space above or below.
    """
    last, row = before.rows[-1], column.rows[0]
    if (
        _is_gap(last, Piece(row.text, row.x0, row.x1, last.top, last.bottom, row.font, row.size), before.pitch)
        or not last.is_text
    ):
        return True
    if last.text[-1:] not in ".!?:\u201d\"')":
        return False
    word = (len(row.text.split(" ")[0]) + 1) * (row.x1 - row.x0) / max(len(row.text), 1)
    space_below, space_above = before.bottom - last.bottom, row.top - column.top
    return last.x1 + word < before.right or max(space_below, space_above) > _FREE * before.pitch
