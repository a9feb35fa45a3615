"""The tables of `ocqa export`: scores, tidy or wide, and the dictionary of indicators, countries and groups. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.content.wide_source import shared_source
from corpus.taxonomy import GroupKind, Indicator, Taxonomy
from index.scores.loaded_scores import LoadedScores
from index.scores.parquet_file import ColumnType
from index.scores.score import OwnFigure, Score

SCORES, WIDE, INDICATORS, COUNTRIES, GROUPS = "scores", "scores_wide", "indicators", "countries", "groups"
OWN = "own_figures"
# The column that names a row of a table that others refer to.
NAMED_BY = {INDICATORS: "indicator", COUNTRIES: "iso3", GROUPS: "group"}
Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, what it holds, and what it means. `refers_to` is the table of which it names a row."""

    name: str
    type: ColumnType
    description: str
    refers_to: str = ""


@dataclass(frozen=True, slots=True)
class PackageTable:
    """A table with its columns in order; `key` names the columns that tell its rows apart. None in a row means no value."""

    name: str
    title: str
    description: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: tuple[Record, ...] = field(repr=False)


_ISO3 = Field("iso3", ColumnType.TEXT, "ISO 3166-1 alpha-3 code of the country", COUNTRIES)
_COUNTRY = Field("country", ColumnType.TEXT, "name of the country")
_EDITION = Field("edition", ColumnType.WHOLE, "edition of the Index, a year")
_CONTINENT = Field("continent", ColumnType.TEXT, "continent, as the Index groups countries")


def tidy_scores(scores: Iterable[Score], taxonomy: Taxonomy) -> PackageTable:
    """One row for each score, by country, edition and the Index's order of indicators."""
    return PackageTable(
        SCORES,
        "Scores",
        "One row for each country, edition and indicator that has a score. Other scores were not measured or not loaded.",
        (
            _ISO3,
            _COUNTRY,
            _CONTINENT,
            Field("region", ColumnType.TEXT, "region that the Index puts the country in, in that edition"),
            _EDITION,
            Field("indicator", ColumnType.TEXT, "id of the indicator", INDICATORS),
            Field("indicator_name", ColumnType.TEXT, "name of the indicator"),
            Field("kind", ColumnType.TEXT, '"indicator", or "average" of other indicators'),
            Field("pillar", ColumnType.TEXT, "criminality or resilience"),
            Field("score", ColumnType.SCORE, "the published score, from 1 to 10"),
            Field("direction", ColumnType.TEXT, "which way the scale of the score runs"),
            Field("source", ColumnType.TEXT, "address of the page, or file and cell, that the score was read from"),
        ),
        ("iso3", "edition", "indicator"),
        tuple(_tidy_row(s, taxonomy) for s in _ordered(scores, taxonomy)),
    )


def wide_scores(scores: Iterable[Score], taxonomy: Taxonomy) -> PackageTable:
    """One row for each country and edition and a column for each indicator: what `ocqa import` reads as a table of scores."""
    found: dict[tuple[str, int], dict[str, Score]] = {}
    for score in _ordered(scores, taxonomy):
        found.setdefault((score.country, score.edition), {})[score.indicator] = score
    source = Field("source", ColumnType.TEXT, "where the scores were read from; of files, the part that the row has in common")
    return PackageTable(
        WIDE,
        "Scores, wide",
        "One row for each country and edition, one column for each indicator. An empty cell was not measured or not loaded.",
        (_ISO3, _EDITION, source, *(_wide_field(i) for i in taxonomy.indicators.values())),
        ("iso3", "edition"),
        tuple(
            {
                "iso3": country,
                "edition": edition,
                "source": shared_source([s.source for s in own.values()]),
                **{i: own[i].value if i in own else None for i in taxonomy.indicators},
            }
            for (country, edition), own in found.items()
        ),
    )


def own_figures(figures: Iterable[OwnFigure], taxonomy: Taxonomy) -> PackageTable:
    """One row for each figure of an indicator that the Index does not have: what `ocqa import` reads as such again."""
    return PackageTable(
        OWN,
        "Own indicators",
        "Figures that were imported beside the scores and are not the Index's: one row for each country, edition and indicator.",
        (
            _ISO3,
            _COUNTRY,
            _EDITION,
            Field("indicator", ColumnType.TEXT, "name of the indicator, as the imported table gives it"),
            Field("value", ColumnType.NUMBER, "the figure"),
            Field("source", ColumnType.TEXT, "file and cell that the figure was read from"),
        ),
        ("iso3", "edition", "indicator"),
        tuple(
            {
                "iso3": f.country,
                "country": taxonomy.countries[f.country].name,
                "edition": f.edition,
                "indicator": f.indicator,
                "value": f.value,
                "source": f.source,
            }
            for f in figures
        ),
    )


def dictionary(loaded: LoadedScores, taxonomy: Taxonomy) -> tuple[PackageTable, ...]:
    """What the tables of scores refer to: indicators, countries and groups."""
    return _indicators(loaded, taxonomy), _countries(loaded, taxonomy), _groups(taxonomy)


def _indicators(loaded: LoadedScores, taxonomy: Taxonomy) -> PackageTable:
    return PackageTable(
        INDICATORS,
        "Indicators",
        "The scores that the Index publishes, in its order.",
        (
            Field("indicator", ColumnType.TEXT, "id of the indicator"),
            Field("name", ColumnType.TEXT, "name of the indicator"),
            Field("pillar", ColumnType.TEXT, "criminality or resilience"),
            Field("kind", ColumnType.TEXT, '"indicator", or "average" of other indicators'),
            Field("parent", ColumnType.TEXT, "id of the average it is a part of; none for the two overall scores", INDICATORS),
            Field("direction", ColumnType.TEXT, "which way the scale of the score runs"),
            Field("editions_measured", ColumnType.TEXT, "editions of the Index that measure it, separated by semicolons"),
            Field("editions_loaded", ColumnType.TEXT, "editions with a score in this package, separated by semicolons"),
            Field("definition", ColumnType.TEXT, "what it measures, in the words of this project"),
        ),
        ("indicator",),
        tuple(
            {
                "indicator": i.id,
                "name": i.name,
                "pillar": i.pillar.value,
                "kind": _kind(i, taxonomy),
                "parent": i.parent,
                "direction": i.pillar.direction,
                "editions_measured": _listed(e for e in taxonomy.editions if i.since <= e),
                "editions_loaded": _listed(loaded.editions(i.id)),
                "definition": i.definition,
            }
            for i in taxonomy.indicators.values()
        ),
    )


def _countries(loaded: LoadedScores, taxonomy: Taxonomy) -> PackageTable:
    memberships = [g for g in taxonomy.groups.values() if g.kind is GroupKind.MEMBERSHIP and not g.area]
    editions = {c: {e for having in loaded.cells.values() for e, who in having.items() if c in who} for c in taxonomy.countries}
    return PackageTable(
        COUNTRIES,
        "Countries",
        "The countries that the Index scores, with the groups they belong to.",
        (
            Field("iso3", ColumnType.TEXT, "ISO 3166-1 alpha-3 code of the country"),
            _COUNTRY,
            _CONTINENT,
            Field("region", ColumnType.TEXT, f"region that the Index puts the country in, in {taxonomy.editions[-1]}", GROUPS),
            Field("memberships", ColumnType.TEXT, "organisations it belongs to, separated by semicolons; dates: see groups"),
            Field("editions_loaded", ColumnType.TEXT, "editions with a score in this package, separated by semicolons"),
        ),
        ("iso3",),
        tuple(
            {
                "iso3": c.iso3,
                "country": c.name,
                "continent": taxonomy.continent(c.iso3),
                "region": c.region,
                "memberships": _listed(g.name for g in memberships if c.iso3 in g.members),
                "editions_loaded": _listed(sorted(editions[c.iso3])),
            }
            for c in sorted(taxonomy.countries.values(), key=lambda c: c.iso3)
        ),
    )


def _groups(taxonomy: Taxonomy) -> PackageTable:
    latest = taxonomy.editions[-1]
    return PackageTable(
        GROUPS,
        "Groups",
        "The continents and regions of the Index, and what it does not have: memberships of organisations, and areas.",
        (
            Field("group", ColumnType.TEXT, "name of the group"),
            Field("kind", ColumnType.TEXT, "continent, region, membership or area"),
            Field("continent", ColumnType.TEXT, "continent of a region", GROUPS),
            Field("as_of", ColumnType.TEXT, f"date of a list of members; continents and regions are those of {latest}"),
            Field("source", ColumnType.TEXT, "where a list of members was taken from"),
            Field("members", ColumnType.TEXT, "codes of its countries, separated by semicolons"),
        ),
        ("group",),
        tuple(
            {
                "group": g.name,
                "kind": g.sort,
                "continent": g.continent,
                "as_of": g.as_of or None,
                "source": g.source or None,
                "members": _listed(taxonomy.members(g.name, latest)),
            }
            for g in taxonomy.groups.values()
        ),
    )


def _tidy_row(score: Score, taxonomy: Taxonomy) -> Record:
    indicator = taxonomy.indicators[score.indicator]
    return {
        "iso3": score.country,
        "country": taxonomy.countries[score.country].name,
        "continent": taxonomy.continent(score.country),
        "region": taxonomy.region(score.country, score.edition),
        "edition": score.edition,
        "indicator": score.indicator,
        "indicator_name": indicator.name,
        "kind": _kind(indicator, taxonomy),
        "pillar": indicator.pillar.value,
        "score": score.value,
        "direction": indicator.pillar.direction,
        "source": score.source,
    }


def _wide_field(indicator: Indicator) -> Field:
    return Field(indicator.id, ColumnType.SCORE, f"{indicator.name}, from 1 to 10, {indicator.pillar.direction}")


def _kind(indicator: Indicator, taxonomy: Taxonomy) -> str:
    return "average" if taxonomy.parts(indicator.id, taxonomy.editions[-1]) else "indicator"


def _ordered(scores: Iterable[Score], taxonomy: Taxonomy) -> Sequence[Score]:
    place = {indicator: n for n, indicator in enumerate(taxonomy.indicators)}
    return sorted(scores, key=lambda s: (s.country, s.edition, place[s.indicator]))


def _listed(parts: Iterable[object]) -> str:
    return "; ".join(map(str, parts))
