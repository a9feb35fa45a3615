"""What the explore views say and draw, without a page: words, rows, charts and files of the same figures."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.charts import spread
from app.content.explore_averages import AveragesChoice, averages_panel
from app.content.explore_choices import EVERYWHERE, Across, Choices, Cut, Order, unread
from app.content.explore_compare import ComparisonChoice, comparison_panel, difference_words
from app.content.explore_map import NOT_LOADED, OUTSIDE, band_names, band_of, map_panel
from app.content.explore_ranking import RankingChoice, ranking_panel
from app.content.explore_scatter import ScatterChoice, scatter_panel
from app.content.files import csv_text, json_text
from app.content.links import explore_link
from app.content.panels import Panel
from app.content.world_shapes import world
from corpus.taxonomy import Taxonomy
from index.scores.loaded_scores import LoadedScores
from index.scores.score import Score

SOUTH = ("ARG", "BOL", "BRA", "CHL", "COL", "ECU", "GUY", "PER", "PRY", "SUR", "URY", "VEN")


def scored(indicator: str, edition: int, values: dict[str, str]) -> list[Score]:
    return [Score(c, indicator, edition, Decimal(v), f"w.xlsx, cell {c}{edition}") for c, v in values.items()]


COCAINE = scored("cocaine_trade", 2023, {"PER": "9", "COL": "9.5", "BRA": "9", "CHL": "7.5", "URY": "7.5", "GUY": "5"})
HOLLOW = scored("resilience", 2023, {"PER": "4.38", "COL": "5.63", "BRA": "5.04", "CHL": "6.42"})


def words(panel: Panel) -> str:
    return " ".join(panel.words)


def data_of(panel: Panel) -> list[list[dict[str, Any]]]:
    """The rows inside each chart."""
    return [[row for rows in d.chart.to_dict()["datasets"].values() for row in rows] for d in panel.drawings]


def every_panel(taxonomy: Taxonomy) -> list[Panel]:
    both = COCAINE + HOLLOW + scored("cocaine_trade", 2021, {"PER": "8.5", "COL": "9.5"})
    return [
        ranking_panel(RankingChoice("cocaine_trade", 2023), COCAINE, taxonomy),
        map_panel("cocaine_trade", 2023, COCAINE, world(), taxonomy),
        comparison_panel(ComparisonChoice(("PER", "COL"), ("cocaine_trade", "resilience"), 2023, 2021), both, taxonomy),
        scatter_panel(ScatterChoice("cocaine_trade", "resilience", 2023), both, taxonomy),
        averages_panel(AveragesChoice(Across.REGIONS, "cocaine_trade", "world", 2023, 2021), both, taxonomy),
        averages_panel(AveragesChoice(Across.INDICATORS, "cocaine_trade", "South America", 2023), both, taxonomy),
    ]


def keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from keys_in(part)


def test_charts_hold_their_data_and_ask_for_none(taxonomy: Taxonomy) -> None:
    for panel in every_panel(taxonomy):
        assert panel.drawings and not panel.nothing
        for drawing in panel.drawings:
            spec = drawing.chart.to_dict()
            assert spec["datasets"] and not {"url", "href"} & set(keys_in(spec))
            assert drawing.alt.endswith(".") and drawing.title in drawing.alt


def test_every_figure_is_in_the_table_in_words_and_in_both_files_with_its_source(taxonomy: Taxonomy) -> None:
    for panel in every_panel(taxonomy):
        assert panel.rows and panel.records
        assert len({tuple(row) for row in panel.rows}) == 1 == len({tuple(record) for record in panel.records})
        read = list(csv.DictReader(io.StringIO(csv_text(panel.records))))
        assert [r["score"] for r in read] == [str(r["score"] if r["score"] is not None else "") for r in panel.records]
        assert json.loads(json_text(panel.records)) == [dict(r) for r in panel.records]
        assert all(r["source"].startswith("w.xlsx") or r["score"] == "" for r in read)
        assert not [cell for row in panel.rows for cell in row.values() if cell in ("0", "0.0", "None", "nan")]


def test_a_ranking_says_joint_places_of_how_many_and_which_way_the_scale_runs(taxonomy: Taxonomy) -> None:
    panel = ranking_panel(RankingChoice("cocaine_trade", 2023, "South America"), COCAINE, taxonomy)
    assert [(r["Place"], r["Country"], r["Score"]) for r in panel.rows] == [
        ("1st", "Colombia", "9.50"), ("joint 2nd", "Brazil", "9.00"), ("joint 2nd", "Peru", "9.00"),
        ("joint 4th", "Chile", "7.50"), ("joint 4th", "Uruguay", "7.50"), ("6th", "Guyana", "5.00"),
    ]  # fmt: skip
    assert "Of the 6 countries loaded of the 12 in South America, Colombia has the highest score" in words(panel)
    assert "9.50, the worst" in words(panel) and "higher is worse" in words(panel)
    assert [(r["name"], r["score"]) for r in data_of(panel)[0]] == [(r["Country"], float(r["Score"])) for r in panel.rows]
    better = ranking_panel(RankingChoice("resilience", 2023), HOLLOW, taxonomy)
    assert "6.42, the best" in words(better) and "higher is better" in words(better)
    assert "the 4 countries loaded of the 193" in words(better)


def test_a_ranking_from_below_keeps_the_places_and_the_tie_at_its_cut(taxonomy: Taxonomy) -> None:
    many = scored("cocaine_trade", 2023, {c: "5" if n > 8 else str(n + 1) for n, c in enumerate(sorted(taxonomy.countries)[:30])})
    panel = ranking_panel(RankingChoice("cocaine_trade", 2023, cut=Cut.TEN), many, taxonomy)
    assert "26 of 30 are listed, 16 more than asked for, since a tie is not parted." in words(panel)
    lowest = ranking_panel(RankingChoice("cocaine_trade", 2023, cut=Cut.TEN, order=Order.LOWEST), many, taxonomy)
    assert [r["Place"] for r in lowest.rows][:4] == ["30th", "29th", "28th", "27th"]


def test_bounds_keep_the_places_among_all(taxonomy: Taxonomy) -> None:
    choice = RankingChoice("cocaine_trade", 2023, lowest=Decimal("7.5"), highest=Decimal(9))
    panel = ranking_panel(choice, COCAINE, taxonomy)
    assert [r["Place"] for r in panel.rows] == ["joint 2nd", "joint 2nd", "joint 4th", "joint 4th"]
    assert "4 of them score from 7.50 to 9.00; places are among all 6." in words(panel)


@pytest.mark.parametrize(
    ("choice", "why"),
    [
        (RankingChoice("cocaine_trade", 2023, "Melanesia"), "are loaded for Melanesia"),
        (RankingChoice("cocaine_trade", 2023, highest=Decimal(2)), "None of the 6 countries scores from 1.00 to 2.00"),
        (RankingChoice("financial_crimes", 2021), "is not measured in the 2021 edition"),
    ],
)
def test_an_empty_ranking_says_why_and_what_to_do(choice: RankingChoice, why: str, taxonomy: Taxonomy) -> None:
    scores = COCAINE if choice.indicator == "cocaine_trade" else []
    panel = ranking_panel(choice, scores, taxonomy)
    assert why in panel.nothing and panel.next_step and not panel.rows and not panel.drawings


def test_every_country_of_the_index_has_a_shape_or_a_point(taxonomy: Taxonomy) -> None:
    shown = world()
    shaped = {t.country for t in shown.territories}
    assert set(taxonomy.countries) - shaped - set(shown.points) == set()
    assert len(set(taxonomy.countries) & shaped) >= 175
    assert {"PER", "SSD", "SRB", "MMR", "USA", "RUS"} <= shaped and {"TUV", "MLT", "SGP", "NRU"} <= set(shown.points)
    assert not {"AUS", "PER", "FRA"} & set(shown.points)
    assert all(-180 <= east <= 180 and -90 <= north <= 90 for east, north in shown.points.values())


def test_borders_close_after_they_were_made_coarser(taxonomy: Taxonomy) -> None:
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


def test_the_map_tells_band_score_and_absence_apart_in_words(taxonomy: Taxonomy) -> None:
    panel = map_panel("cocaine_trade", 2023, COCAINE, world(), taxonomy)
    spec = panel.drawings[0].chart.to_dict()
    shapes = next(d for d in spec["datasets"].values() if isinstance(d, dict))
    told = {g["properties"]["name"]: g["properties"] for g in shapes["objects"]["countries"]["geometries"]}
    assert (told["Peru"]["score"], told["Peru"]["place"], told["Peru"]["band"]) == ("9.00", "joint 2nd", "7.50 to 10.00 (most)")
    assert told["Norway"]["band"] == NOT_LOADED and told["Greenland"]["band"] == OUTSIDE
    assert "which does not mean a low score" in words(panel) and "and 175 more" in words(panel)
    assert "7.50 to 10.00 (most): 5 countries; " in panel.drawings[0].alt and "Natural Earth" in words(panel)
    assert {r["Country"]: r["Band"] for r in panel.rows}["Guyana"] == "4.50 to 5.99"
    assert "are loaded" in map_panel("cocaine_trade", 2021, [], world(), taxonomy).nothing


@given(st.integers(100, 1000))
def test_a_score_is_inside_the_band_that_is_named_for_it(hundredths: int) -> None:
    from corpus.taxonomy import load_taxonomy

    indicator = load_taxonomy().indicators["resilience"]
    value = Decimal(hundredths) / 100
    low, _, high = band_of(value, indicator).split(" (")[0].split()
    assert Decimal(low) <= value <= Decimal(high)
    assert len(set(band_names(indicator))) == 5


def test_a_comparison_gives_differences_in_steps_and_says_what_is_not_measured(taxonomy: Taxonomy) -> None:
    choice = ComparisonChoice(("PER", "CHL"), ("cocaine_trade", "financial_crimes"), 2023, 2021)
    scores = (
        COCAINE + scored("cocaine_trade", 2021, {"PER": "8.5", "CHL": "7.5"}) + scored("financial_crimes", 2023, {"PER": "6"})
    )
    panel = comparison_panel(choice, scores, taxonomy)
    cocaine, chile, finance, absent = panel.rows
    assert (cocaine["2021"], cocaine["2023"], cocaine["Change"]) == ("8.50", "9.00", "+0.50 (one step)")
    assert (chile["Change"], chile["Against Peru"]) == ("0.00 (the same)", "-1.50 (three steps)")
    assert (finance["2021"], finance["2023"], finance["Change"]) == ("not measured", "6.00", "not measured")
    assert absent["2023"] == absent["Change"] == absent["Against Peru"] == "not measured"
    assert "Financial crimes of Chile in 2023" in words(panel)
    assert [d.title for d in panel.drawings] == [
        "Cocaine trade, 2023 edition",
        "Financial crimes, 2023 edition",
        "Cocaine trade, 2021 to 2023",
    ]
    assert [r["score"] for r in panel.records if r["iso3"] == "CHL" and r["indicator"] == "Financial crimes"] == [None, None]


def test_an_average_across_the_break_is_compared_like_for_like(taxonomy: Taxonomy) -> None:
    choice = ComparisonChoice(("PER", "CHL"), ("criminal_markets",), 2023, 2021)
    leaves = {e: taxonomy.leaves("criminal_markets", e) for e in (2021, 2023)}
    scores = [
        s for e, value in ((2021, "6"), (2023, "6.5")) for i in leaves[2021] for s in scored(i, e, {"PER": value, "CHL": "5"})
    ]
    scores += [s for i in leaves[2023] if i not in leaves[2021] for s in scored(i, 2023, {"PER": "2", "CHL": "5"})]
    scores += scored("criminal_markets", 2021, {"PER": "6", "CHL": "5"}) + scored(
        "criminal_markets", 2023, {"PER": "5", "CHL": "5"}
    )
    panel = comparison_panel(choice, scores, taxonomy)
    assert [(r["Change"], r["Like for like"]) for r in panel.rows] == [("-1.00", "+0.50"), ("0.00", "0.00")]
    assert "do not cover the same indicators" in words(panel)


@pytest.mark.parametrize(
    ("countries", "indicators", "edition", "why"),
    [
        ((), ("resilience",), 2023, "No country is chosen"),
        (("PER",), ("resilience",), 2023, "Only Peru is chosen"),
        (("PER", "CHL"), (), 2023, "No indicator is chosen"),
        (("PER", "CHL"), ("resilience",), 2025, "None of these scores is loaded"),
    ],
)
def test_what_cannot_be_compared_says_why(
    countries: tuple[str, ...], indicators: tuple[str, ...], edition: int, why: str, taxonomy: Taxonomy
) -> None:
    panel = comparison_panel(ComparisonChoice(countries, indicators, edition), HOLLOW, taxonomy)
    assert why in panel.nothing and panel.next_step


@given(st.integers(-18, 18))
def test_steps_are_halves(halves: int) -> None:
    told = difference_words(Decimal(halves) / 2)
    assert told.startswith(f"{halves / 2:+.2f}" if halves else "0.00")
    assert ("the same" in told) is (halves == 0) and ("one step)" in told) is (abs(halves) == 1)
    assert "step" not in difference_words(Decimal("0.13"))


@given(st.dictionaries(st.sampled_from(SOUTH), st.floats(1, 10), min_size=1, max_size=6), st.floats(0.1, 1))
def test_labels_of_lines_never_touch(heights: dict[str, float], gap: float) -> None:
    moved = sorted(spread(heights, gap).values())
    assert len(moved) == len(heights) and all(b - a >= gap - 1e-9 for a, b in pairwise(moved))
    assert all(spread(heights, gap)[name] >= height for name, height in heights.items())


def test_a_scatter_gives_both_correlations_and_says_nothing_of_cause(taxonomy: Taxonomy) -> None:
    panel = scatter_panel(ScatterChoice("cocaine_trade", "resilience", 2023, "South America"), COCAINE + HOLLOW, taxonomy)
    assert "Over the 4 countries loaded of the 12 in South America: Pearson's correlation" in words(panel)
    assert "nothing of cause" in words(panel)
    assert [r["Country"] for r in panel.rows] == ["Brazil", "Chile", "Colombia", "Peru"]
    drawn = {r["names"]: (r["first"], r["second"]) for r in data_of(panel)[0]}
    assert drawn == {r["Country"]: (float(r["Cocaine trade"]), float(r["Resilience"])) for r in panel.rows}


def test_countries_with_the_same_two_scores_are_one_larger_circle(taxonomy: Taxonomy) -> None:
    same = scored("resilience", 2023, {"PER": "4", "BRA": "4", "COL": "4"})
    panel = scatter_panel(ScatterChoice("cocaine_trade", "resilience", 2023), COCAINE + same, taxonomy)
    assert {(r["names"], r["countries"]) for r in data_of(panel)[0]} == {("Brazil, Peru", 2), ("Colombia", 1)}
    assert "no correlation can be told, one of the scores is the same everywhere" in words(panel)


def test_a_scatter_of_nothing_or_of_parts_says_so(taxonomy: Taxonomy) -> None:
    assert "the same indicator" in scatter_panel(ScatterChoice("resilience", "resilience", 2023), HOLLOW, taxonomy).nothing
    assert "has both scores" in scatter_panel(ScatterChoice("cocaine_trade", "resilience", 2021), COCAINE, taxonomy).nothing
    part = scored("criminality", 2023, {"PER": "6", "COL": "7", "CHL": "5"})
    told = words(scatter_panel(ScatterChoice("cocaine_trade", "criminality", 2023), COCAINE + part, taxonomy))
    assert "Both are made of cocaine trade, so that they go together" in told
    assert "fewer than 3" in words(
        scatter_panel(ScatterChoice("cocaine_trade", "resilience", 2023), COCAINE + HOLLOW[:2], taxonomy)
    )


def test_averages_say_of_how_many_and_never_count_the_missing(taxonomy: Taxonomy) -> None:
    panel = averages_panel(AveragesChoice(Across.REGIONS, "cocaine_trade", "world", 2023), COCAINE, taxonomy)
    rows = {row["Group"]: row for row in panel.rows}
    assert rows["The world"]["Countries"] == "6 of 193" and rows["The world"]["Mean"] == "7.92"
    assert rows["South America"]["Highest"] == "9.50, Colombia" and rows["South America"]["Median"] == "8.25"
    assert rows["Melanesia"]["Mean"] == "none loaded"
    assert {r["name"] for r in data_of(panel)[0]} == {"The world", "South America"}
    assert "never counted as nought" in words(panel)
    assert averages_panel(AveragesChoice(Across.REGIONS, "cocaine_trade", "world", 2021), [], taxonomy).nothing


def test_averages_across_the_break_are_said_not_to_be_like_for_like(taxonomy: Taxonomy) -> None:
    markets = scored("criminal_markets", 2023, {"PER": "6"}) + scored("criminal_markets", 2021, {"PER": "5"})
    alone = averages_panel(AveragesChoice(Across.CONTINENTS, "criminal_markets", "world", 2023), markets, taxonomy)
    assert "are not like for like" in words(alone)
    both = averages_panel(AveragesChoice(Across.CONTINENTS, "criminal_markets", "world", 2023, 2021), markets, taxonomy)
    rows = {row["Group"]: row for row in both.rows}
    assert (rows["Americas"]["Change of the mean since 2021"], rows["Americas"]["Like for like"]) == ("+1.00", "not measured")
    assert "do not cover the same indicators" in words(both)
    resilience = averages_panel(AveragesChoice(Across.CONTINENTS, "resilience", "world", 2023), HOLLOW, taxonomy)
    assert "like for like" not in words(resilience)


def test_choices_are_what_is_loaded_in_the_words_of_the_address(taxonomy: Taxonomy) -> None:
    loaded = LoadedScores.of([(s.country, s.edition, s.indicator) for s in COCAINE + HOLLOW])
    choices = Choices(taxonomy, loaded)
    assert list(choices.indicators) == ["Cocaine trade", "Resilience"]
    assert list(choices.countries) == ["Brazil", "Chile", "Colombia", "Guyana", "Peru", "Uruguay"]
    assert choices.groups[EVERYWHERE] == "world" and choices.groups["OECD (membership)"] == "OECD"
    assert choices.editions("cocaine_trade", "resilience") == choices.any_edition(["resilience"]) == ["2023"]
    assert not choices.editions() and not Choices(taxonomy, LoadedScores.of([])).indicators


def test_what_an_address_asks_for_in_vain_is_said() -> None:
    offered: dict[str, list[str] | None] = {"edition": ["2023", "2021"], "scores": None}
    assert unread({"edition": ["2021"], "scores": ["3", "7.5"]}, offered) == ""
    told = unread({"edition": ["2022"], "scores": ["x", "11"], "colour": ["red"]}, offered)
    assert "'2022' is nothing that 'edition' offers here" in told and "'x' and '11'" in told and "'colour' is nothing" in told


def test_several_values_stand_in_an_address_in_order() -> None:
    link = explore_link("Compare", {"countries": ["Peru", "Côte d'Ivoire"], "since": ""})
    assert link == "/explore?view=Compare&countries=Peru&countries=C%C3%B4te+d%27Ivoire"
