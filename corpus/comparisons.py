"""Pages that set a country beside another country or a region: whose figures are whose, where that is certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import SourceError
from corpus.figures import is_figure_label
from corpus.naming import fold
from corpus.page_kinds import group_names
from corpus.page_scores import TOPS
from corpus.sections import Line
from corpus.taxonomy import Taxonomy

_NUMBERS = re.compile(r"(?:[-+\u2212\u2013]?\s?\d{1,2}\.\d\d|n/?a|\s|[|/])+", re.IGNORECASE)
_NUMBER = re.compile(r"[-+\u2212\u2013]?\s?\d{1,2}\.\d\d|n/?a", re.IGNORECASE)
_SCORE = re.compile(r"\d{1,2}\.\d\d")
_NAMED = re.compile(r"(?P<name>\D*?[^\d\s:])[\s:]++(?P<numbers>\d{1,2}\.\d\d.*)")
_VERSUS = re.compile(r"(?<!\s)\s++(?:vs\.?|versus|and|with|compared (?:with|to)|&|\||/)\s+", re.IGNORECASE)
_AVERAGES = frozenset(
    ("world", "world average", "global average", "global", "average", "regional average", "continental average")
)
_COMPARING = re.compile(r"\bcompar|\bversus\b|\bvs\b", re.IGNORECASE)
_TITLE = 80
# Changes lie between -9 and 9, and on a real page most are below 1: so many scores in a row of two or more are no changes.
_LABELS, _SHARE = 6, 0.9
_NEXT = 8


@dataclass(frozen=True, slots=True)
class _Row:
    """The numbers beside one label: the lines they stand on, the numbers in order, the name before each if one is printed."""

    label: int
    lines: tuple[int, ...]
    numbers: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def scores(self) -> int:
        return sum(1 for number in self.numbers if _SCORE.fullmatch(number) and 1 <= float(number) <= 10)


def is_titled(lines: Sequence[Line]) -> bool:
    """Whether a short line speaks of comparing, as the titles of such pages do; menus may do so too."""
    return any(len(line.text) <= _TITLE and _COMPARING.search(line.text) for line in lines)


def is_comparison(lines: Sequence[Line], taxonomy: Taxonomy) -> bool:
    """Whether each indicator has the scores of two or more beside it."""
    rows = [row for row in _rows(lines, taxonomy) if row.numbers and fold(lines[row.label].text) not in TOPS]
    double = sum(row.scores >= 2 for row in rows)
    return double >= _LABELS and double >= _SHARE * len(rows)


def compared(head: Sequence[Line], taxonomy: Taxonomy) -> tuple[str, ...]:
    """The countries (as codes) and groups named above the figures, in their order."""
    found: list[str] = []
    for line in head:
        for part in [line.text, *_VERSUS.split(line.text)]:
            name = _known(part, taxonomy)
            if name and name not in found:
                found.append(name)
    return tuple(found)


def own_lines(lines: Sequence[Line], head: int, country: str, taxonomy: Taxonomy) -> list[Line]:
    """The lines with the country's own figures alone. `lines[:head]` are above the figures.

    Raises SourceError if it is not certain which are its own.
    """
    columns = compared(lines[:head], taxonomy)
    if len(columns) < 2 and not _all_named(lines, taxonomy):
        raise comparison_refused(columns, taxonomy)
    dropped: set[int] = set()
    replaced: dict[int, str] = {}
    for row in _rows(lines, taxonomy):
        if not row.numbers:
            continue
        own = _own(row, columns, country)
        if own is None:
            raise comparison_refused(columns, taxonomy)
        dropped |= set(row.lines)
        replaced[row.lines[0]] = own
    kept = []
    for i, line in enumerate(lines):
        if i in replaced:
            kept.append(Line(line.number, replaced[i], line.after_gap))
        elif i not in dropped:
            kept.append(line)
    return kept


def _all_named(lines: Sequence[Line], taxonomy: Taxonomy) -> bool:
    return all(any(row.names) for row in _rows(lines, taxonomy) if row.numbers)


def comparison_refused(columns: Sequence[str], taxonomy: Taxonomy) -> SourceError:
    """The error for a comparison page that cannot be read."""
    names = [taxonomy.countries[name].name if name in taxonomy.countries else name for name in columns]
    of = f" ({' and '.join(names[:4])})" if names else ""
    return SourceError(
        f"this is a comparison page{of}, not a country's profile; it is not certain whose figures are whose",
        "save the profile page of one country: https://ocindex.net/<year>/country/<name>",
    )


def _own(row: _Row, columns: Sequence[str], country: str) -> str | None:
    """The country's figure with its change, or None."""
    if any(row.names):
        at = [i for i, name in enumerate(row.names) if name == country]
        if len(at) != 1:
            return None
        following = next((i for i in range(at[0] + 1, len(row.names)) if row.names[i]), len(row.numbers))
        own = row.numbers[at[0] : following]
        return " ".join(own) if len(own) <= 2 else None
    if country not in columns or len(row.numbers) % len(columns):
        return None
    each = len(row.numbers) // len(columns)
    at_column = columns.index(country)
    own = row.numbers[at_column * each : (at_column + 1) * each]
    firsts = row.numbers[::each]
    return " ".join(own) if each <= 2 and all(map(_SCORE.fullmatch, firsts)) else None


def _rows(lines: Sequence[Line], taxonomy: Taxonomy) -> list[_Row]:
    rows: list[_Row] = []
    claimed: set[int] = set()
    for i, line in enumerate(lines):
        if not _is_label(line.text, taxonomy):
            continue
        at = list(range(i + 1, min(i + 1 + _NEXT, len(lines))))
        if fold(line.text) in TOPS:
            above = list(range(i - 1, max(i - 1 - _NEXT, -1), -1))
            run = [j for j in _run(lines, above, taxonomy) if j not in claimed]
            # The numbers of the drawing are no column, unless they are all there is.
            run = [j for n, j in enumerate(run) if n == 0 or not is_figure_label(lines[j].text)]
            row = _row(lines, i, run[::-1], taxonomy) if run else _row(lines, i, _run(lines, at, taxonomy), taxonomy)
        else:
            row = _row(lines, i, _run(lines, at, taxonomy), taxonomy)
        claimed |= set(row.lines)
        rows.append(row)
    return rows


def _run(lines: Sequence[Line], at: Sequence[int], taxonomy: Taxonomy) -> list[int]:
    """The lines from here on that have nothing but numbers, with or without a name."""
    run: list[int] = []
    for j in at:
        text = lines[j].text
        named = _NAMED.fullmatch(text)
        numbers = _NUMBERS.fullmatch(text) or (named and _known(named["name"], taxonomy) and _NUMBERS.fullmatch(named["numbers"]))
        if not numbers and not _known(text, taxonomy):
            break
        run.append(j)
    return run


def _row(lines: Sequence[Line], label: int, run: Sequence[int], taxonomy: Taxonomy) -> _Row:
    numbers: list[str] = []
    names: list[str] = []
    name = ""
    for j in run:
        text = lines[j].text
        named = _NAMED.fullmatch(text)
        if _NUMBERS.fullmatch(text) is None:
            name = _known(named["name"] if named else text, taxonomy)
            text = named["numbers"] if named else ""
        for number in _NUMBER.findall(text):
            numbers.append(re.sub(r"\s", "", number))
            names.append(name)
            name = ""
    return _Row(label, tuple(run), tuple(numbers), tuple(names))


def _is_label(text: str, taxonomy: Taxonomy) -> bool:
    return fold(text) in TOPS or taxonomy.indicator_of_label(text) is not None


def _known(text: str, taxonomy: Taxonomy) -> str:
    """A country's code, or the name of a group or average; empty for everything else."""
    folded = fold(text)
    country = taxonomy.country_of_label(text)
    return country or group_names(taxonomy).get(folded, folded if folded in _AVERAGES else "")
