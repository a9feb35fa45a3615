"""The scores of a profile as rows and as JSON to download. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence

from corpus.taxonomy import Taxonomy
from index.profiles.profile import ScoreLine


def score_rows(country: str, edition: int, lines: Sequence[ScoreLine], taxonomy: Taxonomy) -> list[dict[str, object]]:
    """One row for each score, numbers or None; ranks are among the loaded countries of each group."""
    rows: list[dict[str, object]] = []
    for line in lines:
        indicator = taxonomy.indicators[line.indicator]
        row: dict[str, object] = {
            "iso3": country,
            "country": taxonomy.countries[country].name,
            "edition": edition,
            "indicator": line.indicator,
            "name": indicator.name,
            "score": float(line.value),
            "scale": f"1 to 10, {indicator.pillar.direction}",
            "edition_before": line.before,
            "score_before": _number(line.earlier),
            "change": _number(line.change),
            "change_like_for_like": _number(line.like_for_like),
        }
        for level, standing in zip(("world", "continent", "region"), line.standings, strict=True):
            row[f"{level}_within"] = standing.within
            row[f"{level}_rank"] = standing.rank
            row[f"{level}_sharing"] = standing.sharing
            row[f"{level}_loaded"] = standing.of
            row[f"{level}_members"] = standing.members
        rows.append({**row, "source": line.source})
    return rows


def scores_json(
    country: str, edition: int, lines: Sequence[ScoreLine], header: Sequence[tuple[str, str]], generation: str, taxonomy: Taxonomy
) -> str:
    """The scores, the facts in the page's header and the name of the build, as one JSON object."""
    whole = {
        "iso3": country,
        "country": taxonomy.countries[country].name,
        "edition": edition,
        "header": [{"label": label, "value": value} for label, value in header],
        "scores": score_rows(country, edition, lines, taxonomy),
        "index": generation,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
