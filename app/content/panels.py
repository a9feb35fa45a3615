"""What every Explore view shows: words, charts, a table, and the same scores as records to download. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.content.charts import Drawn
from corpus.taxonomy import Taxonomy
from index.scores.score import Score

NOT_MEASURED = "not measured"


@dataclass(frozen=True)
class Drawing:
    """A chart with its title and `alt`, its text version for readers who cannot see it."""

    title: str
    chart: Drawn
    alt: str


@dataclass(frozen=True)
class Panel:
    """The content of a view: `rows` are table cells as plain text, `records` the same scores with sources, as JSON values;
    `name` is the stem of their files.

    `nothing` says why there is nothing to show and `next_step` what to do about it; otherwise both are empty.
    """

    name: str
    title: str = ""
    words: tuple[str, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()
    records: tuple[Mapping[str, object], ...] = ()
    nothing: str = ""
    next_step: str = ""


def figure(value: Decimal | None, *, signed: bool = False) -> str:
    """A score or a change with two decimals; "not measured" for None, which never shows as zero."""
    if value is None:
        return NOT_MEASURED
    return f"{value:+.2f}" if signed and value else f"{value:.2f}"


def record(score: Score, taxonomy: Taxonomy) -> dict[str, object]:
    """A score as a row of the downloads: names and codes, the score as a number, and its source."""
    indicator = taxonomy.indicators[score.indicator]
    return {
        "country": taxonomy.countries[score.country].name,
        "iso3": score.country,
        "indicator": indicator.name,
        "edition": score.edition,
        "score": float(score.value),
        "scale": f"1 to 10, {indicator.pillar.direction}",
        "source": score.source,
    }
