"""The map of the world: shapes, bands, and what it says."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.explore_map import map_panel
from app.content.map_bands import ELSEWHERE, NOT_LOADED, OUTSIDE, band_names, band_of
from app.content.world_shapes import world
from corpus.taxonomy import Taxonomy
from index.scores.score import Score

VALUES = {"PER": "9", "COL": "9.5", "BRA": "9", "CHL": "7.5", "URY": "7.5", "GUY": "5"}
COCAINE = [Score(country, "cocaine_trade", 2023, Decimal(value), "w.xlsx") for country, value in VALUES.items()]


def test_every_country_of_the_index_has_a_shape_or_a_point(taxonomy: Taxonomy) -> None:
    shown = world()
    shaped = {t.country for t in shown.territories}
    assert set(taxonomy.countries) - shaped - set(shown.points) == set()
    assert len(set(taxonomy.countries) & shaped) >= 175
    assert {"PER", "SSD", "SRB", "MMR", "USA", "RUS"} <= shaped and {"TUV", "MLT", "SGP", "NRU"} <= set(shown.points)
    assert not {"AUS", "PER", "FRA"} & set(shown.points)
    assert all(-180 <= east <= 180 and -90 <= north <= 90 for east, north in shown.points.values())


def test_simplified_borders_are_closed_rings(taxonomy: Taxonomy) -> None:
    shown = world()
    lines = []
    for steps in shown.arcs:
        line = [steps[0]]
        for x, y in steps[1:]:
            line.append((line[-1][0] + x, line[-1][1] + y))
        lines.append(line)
    for territory in shown.territories:
        for ring in (ring for polygon in territory.arcs for ring in polygon):
            parts = [lines[n] if n >= 0 else lines[~n][::-1] for n in ring]
            ends = [part[-1] for part in parts]
            assert [part[0] for part in parts] == [ends[-1], *ends[:-1]], territory.name
    assert len(json.dumps(shown.topology([{}] * len(shown.territories)))) < 250_000


def test_the_map_says_band_score_and_absence_in_words(taxonomy: Taxonomy) -> None:
    panel = map_panel("cocaine_trade", 2023, COCAINE, world(), taxonomy)
    spec = panel.drawings[0].chart.to_dict()
    shapes = next(d for d in spec["datasets"].values() if isinstance(d, dict))
    told = {g["properties"]["name"]: g["properties"] for g in shapes["objects"]["countries"]["geometries"]}
    assert (told["Peru"]["score"], told["Peru"]["place"], told["Peru"]["band"]) == (
        "9.00",
        "joint 2nd",
        "7.50 to 10.00 (most severe)",
    )
    assert told["Norway"]["band"] == NOT_LOADED and told["Greenland"]["band"] == OUTSIDE
    assert "which does not mean a low score" in " ".join(panel.words) and "and 175 more" in " ".join(panel.words)
    assert "7.50 to 10.00 (most severe): 5 countries; " in panel.drawings[0].alt and "Natural Earth" in " ".join(panel.words)
    assert {r["Country"]: r["Band"] for r in panel.rows}["Guyana"] == "4.50 to 5.99"
    assert "are loaded" in map_panel("cocaine_trade", 2021, [], world(), taxonomy).nothing


def test_a_map_of_a_group_is_of_its_countries_alone_and_drawn_around_them(taxonomy: Taxonomy) -> None:
    everywhere = [Score(c, "cocaine_trade", 2023, Decimal(5), "w.xlsx") for c in taxonomy.countries]
    panel = map_panel("cocaine_trade", 2023, everywhere, world(), taxonomy, group="Africa")
    assert panel.title == "Cocaine trade, 2023 edition, Africa" and len(panel.rows) == 54
    assert panel.name == "ocqa-map-cocaine-trade-2023-africa"
    spec = panel.drawings[0].chart.to_dict()
    shapes = next(d for d in spec["datasets"].values() if isinstance(d, dict))
    told = {g["properties"]["name"]: g["properties"]["band"] for g in shapes["objects"]["countries"]["geometries"]}
    assert told["Kenya"] == "4.50 to 5.99" and told["Peru"] == ELSEWHERE
    around = spec["projection"]["fit"]["geometry"]["coordinates"]
    assert min(east for east, _ in around) > -26 and max(east for east, _ in around) < 58
    assert min(north for _, north in around) > -36 and max(north for _, north in around) < 38
    assert abs(spec["projection"]["rotate"][0]) < 30


def test_islands_far_off_do_not_count_and_the_date_line_divides_nobody(taxonomy: Taxonomy) -> None:
    assert all(east < 10 for east, _ in world().corners({"FRA"}))
    scores = [Score(c, "cocaine_trade", 2023, Decimal(5), "w.xlsx") for c in ("FJI", "WSM", "TON", "NZL")]
    spec = map_panel("cocaine_trade", 2023, scores, world(), taxonomy).drawings[0].chart.to_dict()
    assert abs(spec["projection"]["rotate"][0]) > 165
    whole = [Score(c, "cocaine_trade", 2023, Decimal(5), "w.xlsx") for c in taxonomy.countries]
    assert "rotate" not in map_panel("cocaine_trade", 2023, whole, world(), taxonomy).drawings[0].chart.to_dict()["projection"]


def test_the_legend_counts_countries_by_score_in_the_colours_of_the_map(taxonomy: Taxonomy) -> None:
    spec = map_panel("cocaine_trade", 2023, COCAINE, world(), taxonomy).drawings[0].chart.to_dict()
    land, _, columns, written = spec["layer"]
    rows = spec["datasets"][columns["data"]["name"]]
    assert [(r["start"], r["countries"]) for r in rows] == [(5.0, 1), (7.5, 2), (9.0, 2), (9.5, 1)]
    assert columns["encoding"]["color"]["scale"] == land["encoding"]["color"]["scale"]
    assert land["encoding"]["color"]["legend"] is None and written["encoding"]["text"]["field"] == "countries"
    assert spec["params"][0]["views"] == [columns["name"]] and "opacity" in land["encoding"]


def lightness(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


@pytest.mark.parametrize("indicator", ["cocaine_trade", "resilience"])
@pytest.mark.parametrize("dark", [False, True])
def test_the_highest_scores_stand_out_from_the_ground(indicator: str, dark: bool, taxonomy: Taxonomy) -> None:
    scores = [Score(c, indicator, 2023, Decimal(v), "w.xlsx") for c, v in zip(VALUES, ("1", "3", "5", "7", "9"), strict=False)]
    panel = map_panel(indicator, 2023, scores, world(), taxonomy, dark=dark)
    scale = panel.drawings[0].chart.to_dict()["layer"][0]["encoding"]["color"]["scale"]
    bands = band_names(taxonomy.indicators[indicator])
    shades = [lightness(colour) for band, colour in zip(scale["domain"], scale["range"], strict=True) if band in bands]
    assert shades == sorted(shades, reverse=not dark) and len(shades) == 5
    assert ("Lighter" if dark else "Darker") + " means a higher score" in " ".join(panel.words)


@given(st.integers(100, 1000))
def test_a_score_is_within_its_band(hundredths: int) -> None:
    from corpus.taxonomy import load_taxonomy

    indicator = load_taxonomy().indicators["resilience"]
    value = Decimal(hundredths) / 100
    low, _, high = band_of(value, indicator).split(" (")[0].split()
    assert Decimal(low) <= value <= Decimal(high)
    assert len(set(band_names(indicator))) == 5
