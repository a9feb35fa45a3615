"""Tables of the results that set groups, indicators or editions side by side. Pure."""

from __future__ import annotations

from itertools import pairwise

from app.reports.place_words import capital, place_words, rank_heading
from app.reports.table import Cell, Column, ResultTable, Row, Signed, without_empty
from corpus.taxonomy import WORLD, Taxonomy
from index.contract.answer_object import Answer
from index.contract.group_results import (
    CorrelationResult,
    DifferenceResult,
    GroupRankingResult,
    IndicatorRankingResult,
    TrendResult,
)
from index.language.phrases import in_sentence, rank_words
from index.scores.statistics import STAT_WORDS, Stat


def group_table(result: GroupRankingResult, answer: Answer, taxonomy: Taxonomy) -> ResultTable:
    """A row for each group in order: its figure, and how many countries it is from."""
    columns = (Column("group", "Group"), _figure(result.stat, result.start), Column("countries", "Countries"))
    numbers = _numbers(result.values, result.start)
    rows = tuple(
        Row(name, (capital(place_words(name, taxonomy)), number, count))
        for name, number, count in zip(result.groups, numbers, result.counts, strict=True)
    )
    title = f"{taxonomy.indicators[result.indicator].name}, {when(result.start, result.end, result.edition)}"
    shared = {"indicator": result.indicator, **_years(result.start, result.end, result.edition), "stat": result.stat}
    return ResultTable(title, columns, rows, shared | {"within": result.within})


def indicator_table(result: IndicatorRankingResult, answer: Answer, taxonomy: Taxonomy) -> ResultTable:
    """A row for each indicator in order: its figure over the group, and which end of its scale is worse or better."""
    columns = (Column("indicator", "Indicator"), _figure(result.stat, result.start), Column("scale", "Scale"))
    numbers = _numbers(result.values, result.start)
    indicators = [taxonomy.indicators[i] for i in result.indicators]
    rows = tuple(Row(i.id, (i.name, number, i.pillar.direction)) for i, number in zip(indicators, numbers, strict=True))
    title = f"{capital(place_words(result.group, taxonomy))}, {when(result.start, result.end, result.edition)}"
    shared = {"over": result.group or WORLD, **_years(result.start, result.end, result.edition), "stat": result.stat}
    return ResultTable(title, columns, rows, shared)


def difference_table(result: DifferenceResult, answer: Answer, taxonomy: Taxonomy) -> ResultTable:
    """The two figures, and the first minus the second."""
    (first, second), ids = difference_names(result, taxonomy), _difference_ids(result)
    rows = (
        Row(ids[0], (first, result.values[0])),
        Row(ids[1], (second, result.values[1])),
        Row("difference", ("The first minus the second", Signed(result.value))),
    )
    title = f"{difference_topic(result, taxonomy)}, {result.edition} edition"
    shared: dict[str, str | int] = {"edition": result.edition}
    if result.indicator is not None:
        shared["indicator"] = result.indicator
    return ResultTable(title, (Column("name", "Compared"), Column("figure", "Figure")), rows, shared)


def difference_names(result: DifferenceResult, taxonomy: Taxonomy) -> tuple[str, str]:
    """What the two figures are of, in words."""
    stat = STAT_WORDS[Stat(result.stat)] if result.stat is not None else ""
    groups = [place_words(g, taxonomy) + (f", {stat}" if stat else "") for g in result.groups]
    countries = [taxonomy.countries[c].name for c in result.countries]
    indicators = [taxonomy.indicators[i].name for i in result.indicators]
    named = indicators if len(indicators) == 2 else [*countries, *map(capital, groups)]
    return named[0], named[1]


def difference_topic(result: DifferenceResult, taxonomy: Taxonomy) -> str:
    """What the two figures have in common: an indicator, or a country or group."""
    if len(result.indicators) == 2:
        return ", ".join([*(taxonomy.countries[c].name for c in result.countries), *result.groups]) or "The world"
    return taxonomy.indicators[result.indicator].name if result.indicator is not None else "Difference"


def _difference_ids(result: DifferenceResult) -> tuple[str, str]:
    ids = result.indicators if len(result.indicators) == 2 else (*result.countries, *result.groups)
    return ids[0], ids[1]


def trend_table(result: TrendResult, answer: Answer, taxonomy: Taxonomy) -> ResultTable:
    """A row for each edition: score, rank, and the change since the edition before, like for like where parts were added.

    The change of a group's mean is left out: it would be a difference of rounded figures.
    """
    at = {f.edition: f for f in answer.facts if (f.country, f.indicator) == (result.country, result.indicator)}
    columns = (
        Column("edition", "Edition"),
        Column("score", "Score") if result.country else Column("mean", "Mean score"),
        Column("rank", rank_heading(WORLD, (f.of for f in at.values()), taxonomy)),
        Column("change", "Change"),
        Column("like_for_like", "Change like for like"),
        Column("chosen", "Asked for"),
    )
    changes = [None, *(Signed(round(b - a, 2)) if result.country else None for a, b in pairwise(result.values))]
    alike = [None, *(None if v is None else Signed(v) for v in result.like_for_like or (None,) * (len(result.values) - 1))]
    rows = []
    for n, edition in enumerate(result.editions):
        fact, rank = at.get(edition), result.ranks[n]
        placed = None if rank is None else f"{rank_words(rank)}{f' of {fact.of}' if fact and fact.of else ''}"
        chosen = "yes" if edition in result.chosen else None
        cells: tuple[Cell, ...] = (edition, result.values[n], placed, changes[n], alike[n], chosen)
        rows.append(Row(str(edition), cells, source=fact.source if fact else ""))
    shared: dict[str, str | int] = {"indicator": result.indicator}
    shared |= {"country": result.country} if result.country else {"over": result.group or WORLD}
    return without_empty(ResultTable(trend_title(result, taxonomy), columns, tuple(rows), shared))


def trend_title(result: TrendResult, taxonomy: Taxonomy) -> str:
    """Whose figure is followed: "Peru, Criminality" or "Mean of West Africa, Criminality"."""
    of = f"Mean of {place_words(result.group, taxonomy)}"
    who = taxonomy.countries[result.country].name if result.country else of
    return f"{who}, {taxonomy.indicators[result.indicator].name}"


def correlation_table(result: CorrelationResult, answer: Answer, taxonomy: Taxonomy) -> ResultTable:
    """One row: both indicators, the number of countries, and the two coefficients."""
    columns = (
        Column("first", "First indicator"),
        Column("second", "Second indicator"),
        Column("countries", "Countries"),
        Column("pearson", "Pearson"),
        Column("spearman", "Spearman"),
    )
    first, second = (taxonomy.indicators[i] for i in result.indicators)
    cells = (first.name, second.name, result.n, Signed(result.pearson), Signed(result.spearman))
    title = f"{first.name} and {in_sentence(second)}, {result.edition} edition, {place_words(result.within, taxonomy)}"
    shared: dict[str, str | int] = {"edition": result.edition, "within": result.within}
    return ResultTable(title, columns, (Row("+".join(result.indicators), cells),), shared)


def when(start: int | None, end: int | None, edition: int | None) -> str:
    """The edition of a figure, or the two that a change is between, in words."""
    return f"change from {start} to {end}" if start is not None else f"{edition} edition"


def _figure(stat: str, start: int | None) -> Column:
    return Column(stat, f"{capital(STAT_WORDS[Stat(stat)])} {'score' if start is None else 'change'}")


def _numbers(values: tuple[float, ...], start: int | None) -> list[float]:
    return list(values) if start is None else [Signed(v) for v in values]


def _years(start: int | None, end: int | None, edition: int) -> dict[str, str | int]:
    return {"edition": edition} if start is None or end is None else {"from": start, "to": end}
