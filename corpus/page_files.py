"""Reading a saved file of pages: whatever it holds, each page of it on its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.addresses import stated_addresses
from corpus.comparisons import compared, comparison_refused, is_titled
from corpus.errors import SourceError
from corpus.languages import language_of
from corpus.page_owner import Origin
from corpus.page_scores import join_wrapped, unglue
from corpus.pages import PageReading, read_lines
from corpus.pagetext import PageText, read_documents
from corpus.records import Problem, Severity
from corpus.sections import Line, is_closing, number_lines
from corpus.splitting import HEAD, analysis_start, first_score, split_pages
from corpus.taxonomy import Taxonomy

# A shorter rest of a file is a notice or a menu.
_LONG = 1500
# A file with every profile of every edition has fewer pages, and no more than 160,000 lines.
_MOST_PAGES, _MOST_LINES = 600, 200_000
# More addresses than these on lines of their own are links to other pages.
_LINKS = 8


def read_pages(data: bytes, name: str, taxonomy: Taxonomy) -> tuple[PageReading, ...]:
    """Every page in a saved file, at least one reading. `name` is as for `pages.read_page`.

    Raises SourceError if the file is empty, binary, wrongly encoded or has more in it than every profile together; what is wrong
    with a page is in its reading.
    """
    documents = read_documents(data)
    if sum(document.text.count("\n") for document in documents) > _MOST_LINES:
        raise _too_much(f"{_MOST_LINES:,} lines")
    pieces = [(document, part) for document in documents for part in _parts(document, taxonomy)]
    if len(pieces) > _MOST_PAGES:
        raise _too_much(f"{_MOST_PAGES} pages")
    if len(pieces) > 1:
        # A frame or a notice beside a page is none; if nothing is a page, the first piece says why.
        pages = [(document, part) for document, part in pieces if _is_page(part, taxonomy)]
        rests = [part for document, part in pieces if not _is_page(part, taxonomy)] if pages else []
        pieces = pages or pieces[:1]
    else:
        rests = []
    everywhere = tuple(dict.fromkeys(address for document in documents for address in document.addresses))
    readings = [
        read_lines(part, _origin(name, document, part, everywhere, alone=len(pieces) == 1), taxonomy) for document, part in pieces
    ]
    if len(pieces) > 1 and all(reading.profile is None for reading in readings) and any(is_titled(part) for _, part in pieces):
        refused = comparison_refused(compared([line for _, part in pieces for line in part[:HEAD]], taxonomy), taxonomy)
        readings = [PageReading(None, (Problem(name, "", refused.message, refused.hint, Severity.ERROR),))]
    rests += [list(rest) for _, part in pieces for rest in _rests(part)]
    strays = tuple(problem for rest in rests for problem in _stray(rest, name))
    first, *others = _distinct(readings, name)
    return (replace(first, problems=(*first.problems, *strays)), *others)


def _too_much(what: str) -> SourceError:
    return SourceError(f"the file has more than {what}", "save the pages of the countries one by one")


def _parts(document: PageText, taxonomy: Taxonomy) -> list[list[Line]]:
    lines = number_lines(document.text)
    return split_pages(unglue(join_wrapped(lines, taxonomy) if document.ends else lines, taxonomy), taxonomy)


def _is_page(lines: Sequence[Line], taxonomy: Taxonomy) -> bool:
    return first_score(lines) is not None or analysis_start(lines, 0, taxonomy) is not None


def _origin(name: str, document: PageText, lines: Sequence[Line], everywhere: tuple[str, ...], *, alone: bool) -> Origin:
    own = stated_addresses("\n".join(line.text for line in lines))
    # An address in the markup of a document holds for all of it, one on a line of text for the page it stands in.
    if len(own) > _LINKS:
        everywhere, own = tuple(address for address in everywhere if address not in own), ()
    return Origin(name, everywhere, tuple(dict.fromkeys((*own, *document.marked))), alone, document.ends)


def _distinct(readings: Sequence[PageReading], name: str) -> list[PageReading]:
    """Each country and edition once: a page that was pasted twice is one page, two different ones are reported."""
    kept: dict[tuple[str, int], PageReading] = {}
    result: list[PageReading] = []
    for reading in readings:
        profile = reading.profile
        if profile is None:
            result.append(reading)
            continue
        first = kept.setdefault((profile.country, profile.edition), reading)
        if first is reading:
            result.append(reading)
        elif first.profile is not None and (first.profile.sections, first.profile.scores) != (profile.sections, profile.scores):
            what = f"{profile.country} {profile.edition} stands twice in this file, with differences; only the first is used"
            problem = Problem(name, "", what, "keep one of the two", Severity.ERROR)
            result.append(PageReading(None, (problem,)))
    return result


def _rests(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """What stands above the head of a page, and below its closing lines."""
    top = first_score(lines)
    closing = [i for i, line in enumerate(lines) if is_closing(line.text)]
    rests = [lines[: max(top - HEAD, 0)]] if top is not None else []
    return [*rests, lines[closing[-1] + 1 :]] if closing else rests


def _stray(lines: Sequence[Line], name: str) -> tuple[Problem, ...]:
    if sum(len(line.text) for line in lines) < _LONG:
        return ()
    language = language_of(line.text for line in lines)
    if language == "English":
        return ()
    what = f"a part of this file is in {language} and was not read; only English pages can be read"
    return (Problem(name, f"line {lines[0].number}", what, "save that page in English", Severity.ERROR),)
