"""Where one page ends and the next begins in a file that has several, pasted or saved one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.addresses import stated_addresses
from corpus.figures import parse_figure
from corpus.naming import fold
from corpus.page_scores import TOPS
from corpus.sections import Line, heading_text, is_closing
from corpus.taxonomy import Taxonomy

TOP = "criminality score"
# The head of a page stands this many lines above its first score at most.
HEAD = 40
# Fewer labels than this are no block of scores, fewer headings no analysis.
_LABELS, _HEADINGS = 5, 1
_LONGEST = 80
# Characters between the headings of an analysis; those of a table of contents have nothing between them.
_TEXT = 40
# Lines from "Analysis" to the first heading, the numbering of the headings included.
_ABOVE = 4
_TITLES = ("the organized crime index", "the organised crime index", "global organized crime index", "year", "read the report")


@dataclass(frozen=True, slots=True)
class _Event:
    """A block of scores or the beginning of an analysis; a block has the country in the head above it, if there is one."""

    at: int
    scores: bool
    country: str | None = None
    figure: float | None = None


def split_pages(lines: Sequence[Line], taxonomy: Taxonomy) -> list[list[Line]]:
    """The lines of each page, at least one list. A repeated block of scores is no new page; a second analysis is."""
    starts = [0]
    block: _Event | None = None
    analysed, last = False, 0
    events = _events(lines, taxonomy)
    for event, following in zip(events, [*(e.at for e in events[1:]), len(lines)], strict=False):
        if analysed or (event.scores and block is not None and not _is_repetition(event, block)):
            starts.append(_start(lines, event, last))
            block, analysed = None, False
        if event.scores:
            block, last = block or event, event.at
        else:
            analysed, last = True, _last_heading(lines, event.at, following, taxonomy)
    return [list(lines[start:end]) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _is_repetition(event: _Event, block: _Event) -> bool:
    if event.country is not None and event.country != block.country:
        return False
    return event.figure is None or block.figure is None or event.figure == block.figure


def first_score(lines: Sequence[Line]) -> int | None:
    """Where the first score's label stands, with its figure beside it; a menu may have the words too."""
    tops = [i for i, line in enumerate(lines) if heading_text(line.text) == TOP]
    beside = (i for i in tops if any(parse_figure(line.text) for line in lines[max(i - 2, 0) : i + 2]))
    return next(beside, tops[0] if tops else None)


def analysis_start(lines: Sequence[Line], start: int, taxonomy: Taxonomy) -> int | None:
    """Where the sections begin in a page: behind the line "Analysis", or at "People" where there is none."""
    found = [i for i in range(start, len(lines)) if heading_text(lines[i].text) == "analysis"]
    run = next((at for at in _analyses(lines, taxonomy) if at >= start), None)
    if run is None:
        return found[0] + 1 if found else None
    # A menu may have the word too; the one that counts stands right above the headings.
    above = [i for i in found if 0 < run - i <= _ABOVE]
    return above[-1] + 1 if above else run


def _events(lines: Sequence[Line], taxonomy: Taxonomy) -> list[_Event]:
    """Each "Criminality score" with a block of scores below it, and each analysis, in their order."""
    tops = [i for i, line in enumerate(lines) if heading_text(line.text) == TOP]
    events = [_Event(at, False) for at in _analyses(lines, taxonomy)]
    for before, at, end in zip([0, *tops], tops, [*tops[1:], len(lines)], strict=False):
        if _has_block(lines, at, end, taxonomy):
            figures = (parse_figure(line.text) for line in reversed(lines[max(at - 2, 0) : at]))
            figure = next((figure.score for figure in figures if figure is not None and figure.in_range), None)
            events.append(_Event(at, True, _named_before(lines, at, before, taxonomy), figure))
    return sorted(events, key=lambda event: event.at)


def _has_block(lines: Sequence[Line], at: int, end: int, taxonomy: Taxonomy) -> bool:
    labels = (line.text for line in lines[at + 1 : end] if len(line.text) <= _LONGEST)
    return (
        len({label for text in labels if (label := taxonomy.indicator_of_label(text)) and label not in TOPS.values()}) >= _LABELS
    )


def _analyses(lines: Sequence[Line], taxonomy: Taxonomy) -> list[int]:
    """Where an analysis begins: its first heading, with some of the others and text behind it."""
    first, *others = (fold(kind.name) for kind in taxonomy.sections)
    starts = [i for i, line in enumerate(lines) if heading_text(line.text) == first]
    found = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=False):
        heads = [i for i in range(start + 1, end) if heading_text(lines[i].text) in others]
        text = sum(len(line.text) for line in lines[start + 1 : heads[-1]]) if heads else 0
        if len({heading_text(lines[i].text) for i in heads}) >= _HEADINGS and text > _TEXT + sum(
            len(lines[i].text) for i in heads[:-1]
        ):
            found.append(start)
    return found


def _last_heading(lines: Sequence[Line], start: int, end: int, taxonomy: Taxonomy) -> int:
    """The last heading of the analysis that begins at `start`: each counts once, in the order of the page."""
    at = start
    for kind in taxonomy.sections:
        at = next((i for i in range(at, end) if heading_text(lines[i].text) == fold(kind.name)), at)
    return at


def _named_before(lines: Sequence[Line], top: int, last: int, taxonomy: Taxonomy) -> str | None:
    """The country named on the line behind "Profile" in the head above a block of scores."""
    for i in range(top - 1, max(last, top - HEAD), -1):
        if fold(lines[i].text) == "profile":
            return next(filter(None, (taxonomy.country_of_label(line.text) for line in lines[i + 1 : i + 3])), None)
    return None


def _start(lines: Sequence[Line], event: _Event, last: int) -> int:
    """The first line of the page that `event` belongs to, between the last sure line of the page before and the event."""
    closing = [i for i in range(last + 1, event.at) if is_closing(lines[i].text)]
    if closing:
        return closing[-1] + 1
    for i in range(max(last + 1, event.at - HEAD), event.at):
        if fold(lines[i].text).startswith(_TITLES[:3]) or fold(lines[i].text) in _TITLES or stated_addresses(lines[i].text):
            return i
    for i in range(event.at - 1, max(last, event.at - HEAD), -1):
        if fold(lines[i].text) in ("profile", "analysis"):
            return i
    return max(last + 1, event.at - 1) if event.scores else event.at
