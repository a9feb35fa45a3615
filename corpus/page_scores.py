"""The scores of a profile page: labels and the figures beside them, ranks and definitions, and which of them can be trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.figures import Figure, is_change, is_figure_label, parse_figure, parse_rank
from corpus.integrity import broken_averages
from corpus.naming import fold
from corpus.records import Definition, PrintedRank, Problem, Score, Severity
from corpus.sections import Line
from corpus.taxonomy import WORLD, Taxonomy

TOPS = {"criminality score": "criminality", "resilience score": "resilience"}
COMPARE = "compare the file with the page on the site"
_LONGEST_LABEL = 60
# A name takes so many lines at most, each with words, or a figure, or both.
_BROKEN = 3
_LINE = re.compile(r"(?P<words>.*?)\s?(?P<figure>\d{1,2}\.\d\d\s?(?:[-+\u2212\u2013]?\s?\d{1,2}\.\d\d|n/?a)?)?", re.IGNORECASE)
# Of more missing scores than this, the names stand in one line.
_FEW = 3


@dataclass(frozen=True, slots=True)
class ScoreBlock:
    """The figures by indicator and the line each is on, the ranks and definitions, and (line, message) of what is odd."""

    figures: Mapping[str, Figure]
    places: Mapping[str, int]
    ranks: tuple[PrintedRank, ...]
    definitions: tuple[Definition, ...]
    problems: tuple[tuple[int, str], ...]


def join_wrapped(lines: Sequence[Line], taxonomy: Taxonomy) -> list[Line]:
    """Put names of indicators and sections that a narrow column broke on one line again, a figure beside them behind them."""
    names = {fold(section.name) for section in taxonomy.sections}
    result: list[Line] = []
    at = 0
    while at < len(lines):
        joined, used = _unbroken(lines[at : at + _BROKEN], names, taxonomy)
        result.append(Line(lines[at].number, joined, lines[at].after_gap))
        at += used
    return result


def _unbroken(lines: Sequence[Line], names: set[str], taxonomy: Taxonomy) -> tuple[str, int]:
    """The text of the first line with what belongs to it, and how many lines that takes."""

    def named(text: str) -> bool:
        return fold(text) in names or fold(text) in TOPS or taxonomy.indicator_of_label(text) is not None

    parts = [_LINE.fullmatch(line.text) for line in lines]
    for used in range(len(lines), 1, -1):
        words = " ".join(part["words"] for part in parts[:used] if part)
        figures = [part["figure"] for part in parts[:used] if part and part["figure"]]
        # The beginning of a name may be a name too; then the figure tells that it goes on.
        whole = named(lines[0].text) and not (figures and parts[0] and not parts[0]["figure"])
        if len(words) <= _LONGEST_LABEL and len(figures) <= 1 and named(words) and not whole:
            return " ".join([words, *figures]), used
    return lines[0].text, 1


def unglue(lines: Sequence[Line], taxonomy: Taxonomy) -> list[Line]:
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
    if fold(right) in TOPS:
        return parse_figure(left) is not None
    return parse_figure(right) is not None and (taxonomy.indicator_of_label(left) is not None or fold(left) in TOPS)


def read_scores(lines: Sequence[Line], taxonomy: Taxonomy) -> ScoreBlock:
    """Every figure beside a label; a repeated block is checked and never counted twice."""
    figures: dict[str, Figure] = {}
    places: dict[str, int] = {}
    definitions: dict[str, str] = {}
    ranks: dict[tuple[str, str], PrintedRank] = {}
    problems: list[tuple[int, str]] = []
    current = "criminality"
    used: set[int] = set()
    for i, line in enumerate(lines):
        top = TOPS.get(fold(line.text))
        label = top or taxonomy.indicator_of_label(line.text)
        rank = parse_rank(line.text)
        if rank is not None:
            within = rank.within or WORLD
            ranks.setdefault((current, within), PrintedRank(current, rank.rank, rank.of, within))
        if label is None or (top is None and label in TOPS.values()):
            continue
        current = label
        at, figure = _figure_before(lines, i) if top else _figure_after(lines, i)
        if top and (figure is None or at[0] in used):
            # Where the score stands behind its name, as in a PDF.
            at, figure = _figure_after(lines, i)
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
    return ScoreBlock(figures, places, tuple(ranks.values()), tuple(Definition(*d) for d in definitions.items()), tuple(problems))


def _figure_before(lines: Sequence[Line], i: int) -> tuple[tuple[int, ...], Figure | None]:
    at = i - 1
    if at >= 1 and is_change(lines[at].text) and parse_figure(lines[at - 1].text):
        return _joined(lines, at - 1)
    return ((at,), parse_figure(lines[at].text)) if at >= 0 else ((), None)


def _figure_after(lines: Sequence[Line], i: int) -> tuple[tuple[int, ...], Figure | None]:
    if i + 1 >= len(lines):
        return (), None
    # The score of the resilience block, printed above its name, is no change of the one before it.
    next_block = i + 3 < len(lines) and fold(lines[i + 3].text) in TOPS and parse_figure(lines[i + 2].text) is not None
    if next_block and not (i + 4 < len(lines) and parse_figure(lines[i + 4].text)):
        return (i + 1,), parse_figure(lines[i + 1].text)
    return _joined(lines, i + 1)


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
        if (words and line.after_gap) or taxonomy.indicator_of_label(line.text) or fold(line.text) in TOPS:
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
        if unclaimed and len(above) <= _LONGEST_LABEL and above[-1:].isalpha() and fold(above) not in TOPS:
            found.append((lines[i].number, f"the score {lines[i].text} is below {above!r}, which is not a known indicator"))
    return found


def sound_scores(
    block: ScoreBlock, country: str, edition: int, url: str, name: str, taxonomy: Taxonomy, problems: list[Problem]
) -> tuple[Score, ...]:
    """The scores that can be trusted. Those missing, out of range or inconsistent are reported in `problems`."""

    def report(indicator: str, message: str, hint: str) -> None:
        place = f"line {block.places[indicator]}" if indicator in block.places else "scores"
        problems.append(Problem(name, place, message, hint, Severity.ERROR))

    values: dict[str, float] = {}
    missing: list[str] = []
    measured = taxonomy.measured(edition)
    for indicator in measured:
        figure = block.figures.get(indicator.id)
        if figure is None:
            missing.append(indicator.id)
        elif not figure.in_range:
            message = f"the score for {indicator.name!r} is {figure.score:.2f}, outside the scale of 1 to 10"
            report(indicator.id, message, COMPARE)
        else:
            values[indicator.id] = figure.score
    names = [repr(taxonomy.indicators[indicator].name) for indicator in missing]
    if len(missing) == len(measured):
        report("", "the file has the text of the analysis but no scores", "save the whole page to have its scores too")
    elif len(missing) > _FEW:
        what = f"{len(missing)} of {len(measured)} scores are missing: {', '.join(names)}"
        report("", what, "save the whole page again")
    else:
        for indicator_id, label in zip(missing, names, strict=True):
            report(indicator_id, f"the score for {label} is missing", "save the whole page again")
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
