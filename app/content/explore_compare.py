"""Compare: two to six countries over chosen indicators, in one edition and between two. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.content import charts
from app.content.file_names import file_stem
from app.content.panels import NOT_MEASURED, Drawing, Panel, figure, record
from corpus.taxonomy import Indicator, Taxonomy
from index.language.phrases import joined, rank_words, step_words
from index.scores.like_for_like import added_parts, like_for_like
from index.scores.query import Change
from index.scores.ranking import ranked
from index.scores.result_sentences import added_words
from index.scores.score import Score

FEWEST, MOST = 2, 6
_MOST_IN_FILE_NAME = 3

Cells = Mapping[tuple[str, str, int], Score]


@dataclass(frozen=True, slots=True)
class ComparisonChoice:
    """Countries by code and indicators by id, in the order chosen; `start` is an earlier edition to compare with, or None."""

    countries: tuple[str, ...]
    indicators: tuple[str, ...]
    edition: int
    start: int | None = None


def comparison_panel(choice: ComparisonChoice, scores: Sequence[Score], taxonomy: Taxonomy) -> Panel:
    """The comparison; `scores` are those of the indicators, and of all that they average, in every edition."""
    names = [taxonomy.countries[c].name for c in choice.countries]
    title = f"{joined(names)}, {choice.edition} edition" + (f" and change since {choice.start}" if choice.start else "")
    if len(choice.countries) < FEWEST:
        chosen = f"Only {names[0]} is selected" if names else "No country is selected"
        return Panel("compare", nothing=f"{chosen}; a comparison needs two to six countries.", next_step="add a country.")
    if not choice.indicators:
        return Panel("compare", nothing="No indicator is selected.", next_step="add an indicator.")
    cells = {(s.country, s.indicator, s.edition): s for s in scores}
    asked = [(c, i, e) for i in choice.indicators for c in choice.countries for e in _editions(choice)]
    if not any(cell in cells for cell in asked):
        nothing = f"None of these scores are loaded for {joined(names, 'or')} in the {choice.edition} edition."
        return Panel("compare", title, nothing=nothing, next_step="choose another edition, or other countries.")
    drawings = [draw(choice, i, cells, taxonomy) for draw in (_bars, _lines) for i in choice.indicators]
    return Panel(
        name=_file_name(choice, names),
        title=title,
        words=_words(choice, cells, taxonomy),
        drawings=tuple(d for d in drawings if d is not None),
        rows=tuple(_row(choice, i, c, cells, taxonomy) for i in choice.indicators for c in choice.countries),
        records=tuple(_record(cell, cells, taxonomy) for cell in asked),
    )


def difference_words(difference: Decimal) -> str:
    """A difference as a signed figure and in the steps of 0.5 in which measured scores move: "+1.00 (two steps)"."""
    if difference == 0:
        return "0.00 (the same)"
    steps = step_words(difference)
    return f"{figure(difference, signed=True)} ({steps})" if steps else figure(difference, signed=True)


def _file_name(choice: ComparisonChoice, names: Sequence[str]) -> str:
    """Codes instead of names, and a number instead of indicators, where there would be too many of them."""
    what = choice.indicators[0] if len(choice.indicators) == 1 else f"{len(choice.indicators)} scores"
    who = names if len(names) <= _MOST_IN_FILE_NAME else choice.countries
    return file_stem("compare", what, *map(str, _editions(choice)), " ".join(who))


def _editions(choice: ComparisonChoice) -> tuple[int, ...]:
    return (choice.edition,) if choice.start is None else (choice.start, choice.edition)


def _row(choice: ComparisonChoice, indicator: str, country: str, cells: Cells, taxonomy: Taxonomy) -> dict[str, str]:
    now = cells.get((country, indicator, choice.edition))
    row = {"Indicator": taxonomy.indicators[indicator].name, "Country": taxonomy.countries[country].name}
    if choice.start is not None:
        before = cells.get((country, indicator, choice.start))
        row[str(choice.start)] = figure(before.value if before else None)
    row[str(choice.edition)] = figure(now.value if now else None)
    average = bool(taxonomy.parts(indicator, choice.edition))
    if choice.start is not None:
        row["Change"] = _difference(now, before, average)
        change = Change(indicator, choice.start, choice.edition)
        if any(added_parts(Change(i, choice.start, choice.edition), taxonomy) for i in choice.indicators):
            row["Like for like"] = _like(change, country, cells, taxonomy, row["Change"])
    first = choice.countries[0]
    against = "" if country == first else _difference(now, cells.get((first, indicator, choice.edition)), average)
    row[f"Difference from {taxonomy.countries[first].name}"] = against
    return row


def _difference(now: Score | None, before: Score | None, average: bool) -> str:
    if now is None or before is None:
        return NOT_MEASURED
    return figure(now.value - before.value, signed=True) if average else difference_words(now.value - before.value)


def _like(change: Change, country: str, cells: Cells, taxonomy: Taxonomy, published: str) -> str:
    """The change over the indicators that both editions measured; the published one if those are all."""
    if not added_parts(change, taxonomy) or published == NOT_MEASURED:
        return published
    own = {(i, e): s.value for (c, i, e), s in cells.items() if c == country}
    return figure(like_for_like(change, own, taxonomy), signed=True)


def _record(cell: tuple[str, str, int], cells: Cells, taxonomy: Taxonomy) -> dict[str, object]:
    """A score, or a record without one if it is not measured."""
    score = cells.get(cell)
    if score is not None:
        return record(score, taxonomy)
    country, indicator, edition = cell
    return record(Score(country, indicator, edition, Decimal(0), ""), taxonomy) | {"score": None, "source": NOT_MEASURED}


def _words(choice: ComparisonChoice, cells: Cells, taxonomy: Taxonomy) -> tuple[str, ...]:
    told = [f"{taxonomy.indicators[i].name}: {taxonomy.indicators[i].pillar.direction}" for i in choice.indicators]
    words = [f"Scale 1 to 10. {'; '.join(told)}. Individual indicators move in steps of 0.5, averages in smaller ones."]
    missing = [
        f"{taxonomy.indicators[i].name} of {taxonomy.countries[c].name} in {e}"
        for i in choice.indicators
        for c in choice.countries
        for e in _editions(choice)
        if (c, i, e) not in cells
    ]
    if missing:
        words.append(f"Not measured, or not loaded: {'; '.join(missing)}.")
    if choice.start is not None:
        added = [added_parts(Change(i, choice.start, choice.edition), taxonomy) for i in choice.indicators]
        if longest := max(added, key=len, default=()):
            words.append(added_words(longest, choice.edition, taxonomy))
    return tuple(words)


def _bars(choice: ComparisonChoice, indicator_id: str, cells: Cells, taxonomy: Taxonomy) -> Drawing | None:
    """The countries in the edition; None if none has the score."""
    indicator = taxonomy.indicators[indicator_id]
    own = [cells[c, indicator_id, choice.edition] for c in choice.countries if (c, indicator_id, choice.edition) in cells]
    if not own:
        return None
    placed = {p.score.country: p for p in ranked(own)}
    rows = [
        {
            "name": taxonomy.countries[s.country].name,
            "score": float(s.value),
            "place": f"{rank_words(placed[s.country].rank, placed[s.country].sharing)} of those compared",
        }
        for s in own
    ]
    title = f"{indicator.name}, {choice.edition} edition"
    told = "; ".join(f"{row['name']} {row['score']:.2f}" for row in rows)
    return Drawing(title, charts.bars(rows, indicator.pillar, _axis(indicator)), f"Bar chart, {title}: {told}.")


def _lines(choice: ComparisonChoice, indicator: str, cells: Cells, taxonomy: Taxonomy) -> Drawing | None:
    """The countries with the score in both editions, through those in between; None if there are none or no start."""
    start, end = choice.start, choice.edition
    both = [c for c in choice.countries if (c, indicator, start) in cells and (c, indicator, end) in cells]
    if start is None or not both:
        return None
    points = [
        (c, e, cells[c, indicator, e].value)
        for c in both
        for e in taxonomy.editions
        if start <= e <= end and (c, indicator, e) in cells
    ]
    names = {c: taxonomy.countries[c].name for c in both}
    rows = [{"name": names[c], "edition": str(e), "score": float(value)} for c, e, value in points]
    span = float(max(v for _, _, v in points) - min(v for _, _, v in points))
    heights = charts.spread({names[c]: float(v) for c, e, v in points if e == end}, (span + 0.6) * 0.08)
    labels = [{"name": name, "edition": str(end), "height": height} for name, height in heights.items()]
    title = f"{taxonomy.indicators[indicator].name}, {start} to {end}"
    told = "; ".join(f"{names[c]} " + ", ".join(f"{v:.2f} in {e}" for k, e, v in points if k == c) for c in both)
    return Drawing(title, charts.slopes(rows, labels, _axis(taxonomy.indicators[indicator])), f"Line chart, {title}: {told}.")


def _axis(indicator: Indicator) -> str:
    return f"Score, 1 to 10 ({indicator.pillar.direction})"
