"""Reading a profile page: header facts, scores, ranks, definitions and the eleven sections with their paragraphs.

Works on text in document order, as a browser's "save as text", a copy, or `pagetext.html_to_text` gives it. Repetitions (the
resilience block, the numbers of the drawing) are checked and never counted twice; what is not part of the profile (numbering,
placeholders, feedback and funding lines) never becomes a paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from corpus.addresses import address_edition, address_slug, country_slug, page_address
from corpus.editions import settle_edition
from corpus.errors import SourceError
from corpus.figures import Figure, is_change, is_figure_label, parse_figure, parse_rank
from corpus.integrity import broken_averages
from corpus.naming import fold
from corpus.pagetext import PageText
from corpus.records import Definition, PrintedRank, Problem, Profile, Score, Severity
from corpus.sections import Line, find_line, number_lines, read_sections
from corpus.taxonomy import WORLD, Taxonomy

_TOPS = {"criminality score": "criminality", "resilience score": "resilience"}
_RESTATED = "About this text:"
_LONGEST_LABEL = 60
_COMPARE = "compare the file with the page on the site"


@dataclass(frozen=True, slots=True)
class PageReading:
    """A profile with everything usable on one page, or None, and what was wrong."""

    profile: Profile | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _ScoreBlock:
    figures: Mapping[str, Figure]
    places: Mapping[str, int]
    ranks: tuple[PrintedRank, ...]
    definitions: tuple[Definition, ...]
    problems: tuple[tuple[int, str], ...]


def read_page(page: PageText, name: str, taxonomy: Taxonomy) -> PageReading:
    """Read one profile page; `name` is the file's path below the sources folder, with "/" between its parts.

    Never raises: if the whole page is unusable, that is a problem and `profile` is None.
    """
    try:
        return _read(page, name, taxonomy)
    except SourceError as error:
        return PageReading(None, (Problem(name, error.place, error.message, error.hint, Severity.ERROR),))


def _read(page: PageText, name: str, taxonomy: Taxonomy) -> PageReading:
    lines = _unglue(number_lines(page.text), taxonomy)
    top = find_line(lines, "criminality score")
    if top is None:
        raise SourceError(
            'this is not a profile page of the Index: it has no line "Criminality score"',
            "save the profile page of a country instead, or remove the file",
        )
    analysis = find_line(lines, "analysis", start=top)
    block = _read_scores(lines[max(top - 2, 0) : analysis], taxonomy)
    country = _country(lines[:top], taxonomy)
    edition = settle_edition(name, page.address, block.figures, taxonomy)
    url = _url(page.address, name, country, edition, taxonomy)
    problems = [Problem(name, f"line {n}", m, _COMPARE, Severity.ERROR) for n, m in block.problems]
    scores = _sound_scores(block, country, edition, url, name, taxonomy, problems)
    for rank in block.ranks:
        if rank.within != WORLD and not taxonomy.belongs(country, edition, rank.within):
            what = f"the page ranks {taxonomy.countries[country].name} within {rank.within!r}, which it does not belong to"
            problems.append(
                Problem(name, "ranks", what, "check that the file is complete and has only one country's page", Severity.WARNING)
            )
    if analysis is None:
        raise SourceError('the page ends before "Analysis"', "save the whole page again", f"line {lines[-1].number}")
    sections, section_problems = read_sections(lines[analysis + 1 :], taxonomy)
    problems += [Problem(name, p.place, p.message, p.hint, p.severity) for p in section_problems]
    profile = Profile(
        country=country,
        edition=edition,
        url=url,
        source=name,
        header=_header(lines, top),
        scores=scores,
        ranks=block.ranks,
        definitions=block.definitions,
        sections=sections,
        note=_note(lines[:top]),
    )
    return PageReading(profile, tuple(problems))


def _unglue(lines: Sequence[Line], taxonomy: Taxonomy) -> list[Line]:
    """Put a label and the figure on its line on a line each, as most ways of saving a page do."""
    result: list[Line] = []
    for line in lines:
        words = line.text.split(" ") if len(line.text) <= _LONGEST_LABEL + 20 else []
        cut = next((i for i in range(1, len(words)) if _is_split(words, i, taxonomy)), None)
        if cut is None:
            result.append(line)
        else:
            result.append(Line(line.number, " ".join(words[:cut]), line.after_gap))
            result.append(Line(line.number, " ".join(words[cut:]), False))
    return result


def _is_split(words: Sequence[str], cut: int, taxonomy: Taxonomy) -> bool:
    left, right = " ".join(words[:cut]), " ".join(words[cut:])
    if fold(right) in _TOPS:
        return parse_figure(left) is not None
    return parse_figure(right) is not None and taxonomy.indicator_of_label(left) is not None


def _country(lines: Sequence[Line], taxonomy: Taxonomy) -> str:
    anchor = find_line(lines, "profile", last=True)
    candidates = lines[anchor + 1 : anchor + 3] if anchor is not None else lines[-12:]
    for line in candidates:
        country = taxonomy.country_of_label(line.text)
        if country is not None:
            return country
    seen = candidates[0] if candidates else None
    raise SourceError(
        f"the page does not name a country that the Index scores{f' (it says {seen.text[:60]!r})' if seen else ''}",
        "check that this is the profile of a country; if the Index uses a new spelling, add it to corpus/data/countries.csv",
        f"line {seen.number}" if seen else "",
    )


def _url(address: str, name: str, country: str, edition: int, taxonomy: Taxonomy) -> str:
    slug = address_slug(address)
    stem = PurePosixPath(name).stem
    by_slug = taxonomy.country_of_label(slug) if slug else None
    by_stem = taxonomy.country_of_label(stem)
    for what, said in (("address", by_slug), ("file name", by_stem)):
        if said is not None and said != country:
            raise SourceError(
                f"the {what} says {taxonomy.countries[said].name}, but the page is about {taxonomy.countries[country].name}",
                "name the file after its country, or save the page again",
            )
    if address_edition(address) is not None:
        return address
    return page_address(edition, slug or (stem if by_stem else country_slug(taxonomy.countries[country])))


def _header(lines: Sequence[Line], top: int) -> tuple[tuple[str, str], ...]:
    """The facts between the country's name and the first score: labels and values in turn."""
    anchor = find_line(lines[:top], "profile", last=True)
    if anchor is None:
        return ()
    facts = [line.text for line in lines[anchor + 2 : top]]
    # The figure of the first score comes before its label, with its change on the same line or the next.
    if len(facts) > 1 and is_change(facts[-1]) and parse_figure(facts[-2]):
        facts = facts[:-2]
    elif facts and parse_figure(facts[-1]):
        facts.pop()
    if len(facts) % 2:
        facts.append("")
    return tuple(zip(facts[::2], facts[1::2], strict=True))


def _note(lines: Sequence[Line]) -> str:
    return next((line.text for line in lines if line.text.startswith(_RESTATED)), "")


def _read_scores(lines: Sequence[Line], taxonomy: Taxonomy) -> _ScoreBlock:
    figures: dict[str, Figure] = {}
    places: dict[str, int] = {}
    definitions: dict[str, str] = {}
    ranks: dict[tuple[str, str], PrintedRank] = {}
    problems: list[tuple[int, str]] = []
    current = "criminality"
    used: set[int] = set()
    for i, line in enumerate(lines):
        top = _TOPS.get(fold(line.text))
        label = top or taxonomy.indicator_of_label(line.text)
        rank = parse_rank(line.text)
        if rank is not None:
            within = rank.within or WORLD
            ranks.setdefault((current, within), PrintedRank(current, rank.rank, rank.of, within))
        if label is None or (top is None and label in _TOPS.values()):
            continue
        current = label
        at, figure = _figure_before(lines, i) if top else _figure_after(lines, i)
        if figure is None:
            problems.append((line.number, f"there is no score next to {line.text!r}"))
            continue
        used.update(at)
        if label in figures:
            if figures[label].score != figure.score:
                problems.append(
                    (line.number, f"the score of {line.text!r} is first {figures[label].score:.2f}, then {figure.score:.2f}")
                )
            continue
        figures[label], places[label] = figure, line.number
        if not top and (text := _definition(lines, at[-1] + 1, taxonomy)):
            definitions[label] = text
    problems += _unknown_labels(lines, used)
    return _ScoreBlock(
        figures, places, tuple(ranks.values()), tuple(Definition(*d) for d in definitions.items()), tuple(problems)
    )


def _figure_before(lines: Sequence[Line], i: int) -> tuple[tuple[int, ...], Figure | None]:
    at = i - 1
    if at >= 1 and is_change(lines[at].text) and parse_figure(lines[at - 1].text):
        return _joined(lines, at - 1)
    return ((at,), parse_figure(lines[at].text)) if at >= 0 else ((), None)


def _figure_after(lines: Sequence[Line], i: int) -> tuple[tuple[int, ...], Figure | None]:
    return _joined(lines, i + 1) if i + 1 < len(lines) else ((), None)


def _joined(lines: Sequence[Line], at: int) -> tuple[tuple[int, ...], Figure | None]:
    """The figure on a line, with the change from the next line if that is all it has."""
    figure = parse_figure(lines[at].text)
    if figure is not None and at + 1 < len(lines) and is_change(lines[at + 1].text):
        together = parse_figure(f"{lines[at].text} {lines[at + 1].text}")
        if together is not None:
            return (at, at + 1), together
    return (at,), figure


def _definition(lines: Sequence[Line], start: int, taxonomy: Taxonomy) -> str:
    words: list[str] = []
    for line in lines[start:]:
        if (words and line.after_gap) or taxonomy.indicator_of_label(line.text) or fold(line.text) in _TOPS:
            break
        if parse_figure(line.text) or is_figure_label(line.text) or parse_rank(line.text):
            break
        words.append(line.text)
    return " ".join(words)


def _unknown_labels(lines: Sequence[Line], used: set[int]) -> list[tuple[int, str]]:
    """Figures without an indicator, below a short line that is not a known label: a new indicator, or a damaged name."""
    found = []
    for i in range(1, len(lines)):
        above = lines[i - 1].text
        unclaimed = i not in used and parse_figure(lines[i].text) is not None
        if unclaimed and len(above) <= _LONGEST_LABEL and above[-1:].isalpha() and fold(above) not in _TOPS:
            found.append((lines[i].number, f"the score {lines[i].text} is below {above!r}, which is not a known indicator"))
    return found


def _sound_scores(
    block: _ScoreBlock, country: str, edition: int, url: str, name: str, taxonomy: Taxonomy, problems: list[Problem]
) -> tuple[Score, ...]:
    """The scores that can be trusted. Those missing, out of range or inconsistent are reported in `problems`."""

    def report(indicator: str, message: str, hint: str) -> None:
        place = f"line {block.places[indicator]}" if indicator in block.places else "scores"
        problems.append(Problem(name, place, message, hint, Severity.ERROR))

    values: dict[str, float] = {}
    for indicator in (i.id for i in taxonomy.measured(edition)):
        label, figure = taxonomy.indicators[indicator].name, block.figures.get(indicator)
        if figure is None:
            report(indicator, f"the score for {label!r} is missing", "save the whole page again")
        elif not figure.in_range:
            report(indicator, f"the score for {label!r} is {figure.score:.2f}, outside the scale of 1 to 10", _COMPARE)
        else:
            values[indicator] = figure.score
    suspects: set[str] = set()
    for broken in broken_averages(values, edition, taxonomy):
        suspects |= broken.suspects
        report(
            broken.average,
            f"{taxonomy.indicators[broken.average].name!r} is {broken.published:.2f}, but the mean of its "
            f"components is {broken.rebuilt:.2f}; none of these scores is used from this page",
            "compare the file with the page on the site, or save the page again",
        )
    return tuple(Score(country, edition, i, v, url) for i, v in values.items() if i not in suspects)
