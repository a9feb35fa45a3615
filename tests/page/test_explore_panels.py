"""What the Explore views say and draw: words, rows, charts and files of the same scores."""

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
from app.content.explore_choices import EVERYWHERE, Across, Choices, Cut, Order, ignored_words
from app.content.explore_compare import ComparisonChoice, comparison_panel, difference_words
from app.content.explore_map import map_panel
from app.content.explore_ranking import RankingChoice, ranking_panel
from app.content.explore_scatter import ScatterChoice, scatter_panel
from app.content.links import explore_link
from app.content.panels import Panel
from app.content.table_files import csv_text, json_text
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


def values_of(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict) and isinstance(value.get(key), str):
        yield value[key]
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from values_of(key, part)


def test_charts_carry_their_data_and_load_none(taxonomy: Taxonomy) -> None:
    for panel in every_panel(taxonomy):
        assert panel.drawings and not panel.nothing
        for drawing in panel.drawings:
            spec = drawing.chart.to_dict()
            assert spec["datasets"] and "url" not in set(keys_in(spec))
            # A click on the map leads to a profile, which is no other host.
            assert all(link.startswith("/profile?") for link in values_of("profile", spec))
            assert drawing.alt.endswith(".") and drawing.title in drawing.alt


def test_every_score_is_in_the_table_and_in_both_files_with_its_source(taxonomy: Taxonomy) -> None:
    for panel in every_panel(taxonomy):
        assert panel.rows and panel.records
        assert len({tuple(row) for row in panel.rows}) == 1 == len({tuple(record) for record in panel.records})
        read = list(csv.DictReader(io.StringIO(csv_text(panel.records))))
        assert [r["score"] for r in read] == [str(r["score"] if r["score"] is not None else "") for r in panel.records]
        assert json.loads(json_text(panel.records)) == [dict(r) for r in panel.records]
        assert all(r["source"].startswith("w.xlsx") or r["score"] == "" for r in read)
        assert not [cell for row in panel.rows for cell in row.values() if cell in ("0", "0.0", "None", "nan")]


def test_marked_countries_are_listed_wherever_they_stand(taxonomy: Taxonomy) -> None:
    many = scored("cocaine_trade", 2023, {c: f"{9.5 - n / 2}" for n, c in enumerate(sorted(SOUTH))})
    panel = ranking_panel(RankingChoice("cocaine_trade", 2023, cut=Cut.TEN, marked=("VEN", "NOR")), many, taxonomy)
    assert [row["Country"] for row in panel.rows][-1] == "Venezuela" and len(panel.rows) == 11
    assert "Marked: Venezuela, 12th of 12 with 4.00; Norway, not in this ranking." in words(panel)
    assert [row["name"] for row in data_of(panel)[0] if row["marked"]] == ["Venezuela"]
    assert "opacity" in panel.drawings[0].chart.to_dict()["layer"][0]["encoding"]


def test_a_ranking_says_joint_ranks_out_of_how_many_and_which_way_the_scale_runs(taxonomy: Taxonomy) -> None:
    panel = ranking_panel(RankingChoice("cocaine_trade", 2023, "South America"), COCAINE, taxonomy)
    assert [(r["Rank"], r["Country"], r["Score"]) for r in panel.rows] == [
        ("1st", "Colombia", "9.50"), ("joint 2nd", "Brazil", "9.00"), ("joint 2nd", "Peru", "9.00"),
        ("joint 4th", "Chile", "7.50"), ("joint 4th", "Uruguay", "7.50"), ("6th", "Guyana", "5.00"),
    ]  # fmt: skip
    assert "Among the 6 loaded countries (of 12) in South America, Colombia has the highest score" in words(panel)
    assert "9.50, the worst" in words(panel) and "higher is worse" in words(panel)
    assert [(r["name"], r["score"]) for r in data_of(panel)[0]] == [(r["Country"], float(r["Score"])) for r in panel.rows]
    better = ranking_panel(RankingChoice("resilience", 2023), HOLLOW, taxonomy)
    assert "6.42, the best" in words(better) and "higher is better" in words(better)
    assert "the 4 loaded countries (of 193)" in words(better)


def test_a_ranking_never_splits_a_tie_and_keeps_its_ranks_lowest_first(taxonomy: Taxonomy) -> None:
    many = scored("cocaine_trade", 2023, {c: "5" if n > 8 else str(n + 1) for n, c in enumerate(sorted(taxonomy.countries)[:30])})
    panel = ranking_panel(RankingChoice("cocaine_trade", 2023, cut=Cut.TEN), many, taxonomy)
    assert "26 of 30 are listed, 16 more than asked for, because ties are not split." in words(panel)
    lowest = ranking_panel(RankingChoice("cocaine_trade", 2023, cut=Cut.TEN, order=Order.LOWEST), many, taxonomy)
    assert [r["Rank"] for r in lowest.rows][:4] == ["30th", "29th", "28th", "27th"]


def test_a_score_range_keeps_the_ranks_among_all(taxonomy: Taxonomy) -> None:
    choice = RankingChoice("cocaine_trade", 2023, lowest=Decimal("7.5"), highest=Decimal(9))
    panel = ranking_panel(choice, COCAINE, taxonomy)
    assert [r["Rank"] for r in panel.rows] == ["joint 2nd", "joint 2nd", "joint 4th", "joint 4th"]
    assert "4 of them score from 7.50 to 9.00; ranks are among all 6." in words(panel)


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


def test_a_comparison_gives_differences_in_steps_and_says_what_is_not_measured(taxonomy: Taxonomy) -> None:
    choice = ComparisonChoice(("PER", "CHL"), ("cocaine_trade", "financial_crimes"), 2023, 2021)
    scores = (
        COCAINE + scored("cocaine_trade", 2021, {"PER": "8.5", "CHL": "7.5"}) + scored("financial_crimes", 2023, {"PER": "6"})
    )
    panel = comparison_panel(choice, scores, taxonomy)
    cocaine, chile, finance, absent = panel.rows
    assert (cocaine["2021"], cocaine["2023"], cocaine["Change"]) == ("8.50", "9.00", "+0.50 (one step)")
    assert (chile["Change"], chile["Difference from Peru"]) == ("0.00 (the same)", "-1.50 (three steps)")
    assert (finance["2021"], finance["2023"], finance["Change"]) == ("not measured", "6.00", "not measured")
    assert absent["2023"] == absent["Change"] == absent["Difference from Peru"] == "not measured"
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
        ((), ("resilience",), 2023, "No country is selected"),
        (("PER",), ("resilience",), 2023, "Only Peru is selected"),
        (("PER", "CHL"), (), 2023, "No indicator is selected"),
        (("PER", "CHL"), ("resilience",), 2025, "None of these scores are loaded"),
    ],
)
def test_an_empty_comparison_says_why_and_what_to_do(
    countries: tuple[str, ...], indicators: tuple[str, ...], edition: int, why: str, taxonomy: Taxonomy
) -> None:
    panel = comparison_panel(ComparisonChoice(countries, indicators, edition), HOLLOW, taxonomy)
    assert why in panel.nothing and panel.next_step


@given(st.integers(-18, 18))
def test_a_step_is_half_a_point(halves: int) -> None:
    told = difference_words(Decimal(halves) / 2)
    assert told.startswith(f"{halves / 2:+.2f}" if halves else "0.00")
    assert ("the same" in told) is (halves == 0) and ("one step)" in told) is (abs(halves) == 1)
    assert "step" not in difference_words(Decimal("0.13"))


@given(st.dictionaries(st.sampled_from(SOUTH), st.floats(1, 10), min_size=1, max_size=6), st.floats(0.1, 1))
def test_line_labels_never_overlap(heights: dict[str, float], gap: float) -> None:
    moved = sorted(spread(heights, gap).values())
    assert len(moved) == len(heights) and all(b - a >= gap - 1e-9 for a, b in pairwise(moved))
    assert all(spread(heights, gap)[name] >= height for name, height in heights.items())


def test_a_scatter_gives_both_correlations_and_warns_that_they_are_not_causation(taxonomy: Taxonomy) -> None:
    panel = scatter_panel(ScatterChoice("cocaine_trade", "resilience", 2023, "South America"), COCAINE + HOLLOW, taxonomy)
    assert "Across the 4 loaded countries (of 12) in South America: Pearson correlation" in words(panel)
    assert "not causation" in words(panel)
    assert [r["Country"] for r in panel.rows] == ["Brazil", "Chile", "Colombia", "Peru"]
    drawn = {r["names"]: (r["first"], r["second"]) for r in data_of(panel)[0]}
    assert drawn == {r["Country"]: (float(r["Cocaine trade"]), float(r["Resilience"])) for r in panel.rows}


def test_countries_with_the_same_two_scores_are_one_larger_circle(taxonomy: Taxonomy) -> None:
    same = scored("resilience", 2023, {"PER": "4", "BRA": "4", "COL": "4"})
    panel = scatter_panel(ScatterChoice("cocaine_trade", "resilience", 2023), COCAINE + same, taxonomy)
    assert {(r["names"], r["countries"]) for r in data_of(panel)[0]} == {("Brazil, Peru", 2), ("Colombia", 1)}
    assert "no correlation can be computed, because one of the scores is the same for all of them" in words(panel)


def test_a_scatter_without_data_or_of_overlapping_averages_says_so(taxonomy: Taxonomy) -> None:
    assert "the same indicator" in scatter_panel(ScatterChoice("resilience", "resilience", 2023), HOLLOW, taxonomy).nothing
    assert "has both scores" in scatter_panel(ScatterChoice("cocaine_trade", "resilience", 2021), COCAINE, taxonomy).nothing
    part = scored("criminality", 2023, {"PER": "6", "COL": "7", "CHL": "5"})
    told = words(scatter_panel(ScatterChoice("cocaine_trade", "criminality", 2023), COCAINE + part, taxonomy))
    assert "Both include cocaine trade, so they are correlated" in told
    assert "fewer than 3" in words(
        scatter_panel(ScatterChoice("cocaine_trade", "resilience", 2023), COCAINE + HOLLOW[:2], taxonomy)
    )


def test_averages_say_over_how_many_countries_and_leave_out_the_missing(taxonomy: Taxonomy) -> None:
    panel = averages_panel(AveragesChoice(Across.REGIONS, "cocaine_trade", "world", 2023), COCAINE, taxonomy)
    rows = {row["Group"]: row for row in panel.rows}
    assert rows["The world"]["Countries"] == "6 of 193" and rows["The world"]["Mean"] == "7.92"
    assert rows["South America"]["Highest"] == "9.50, Colombia" and rows["South America"]["Median"] == "8.25"
    assert rows["Melanesia"]["Mean"] == "none loaded"
    assert {r["name"] for r in data_of(panel)[0]} == {"The world", "South America"}
    assert "not counted as zero" in words(panel)
    assert averages_panel(AveragesChoice(Across.REGIONS, "cocaine_trade", "world", 2021), [], taxonomy).nothing


def test_averages_across_the_break_are_said_not_to_be_comparable(taxonomy: Taxonomy) -> None:
    markets = scored("criminal_markets", 2023, {"PER": "6"}) + scored("criminal_markets", 2021, {"PER": "5"})
    alone = averages_panel(AveragesChoice(Across.CONTINENTS, "criminal_markets", "world", 2023), markets, taxonomy)
    assert "cannot be compared directly" in words(alone)
    both = averages_panel(AveragesChoice(Across.CONTINENTS, "criminal_markets", "world", 2023, 2021), markets, taxonomy)
    rows = {row["Group"]: row for row in both.rows}
    assert (rows["Americas"]["Change in mean since 2021"], rows["Americas"]["Like for like"]) == ("+1.00", "not measured")
    assert "do not cover the same indicators" in words(both)
    resilience = averages_panel(AveragesChoice(Across.CONTINENTS, "resilience", "world", 2023), HOLLOW, taxonomy)
    assert not any(said in words(resilience) for said in ("like-for-like", "like for like", "cannot be compared"))


def test_the_options_are_what_is_loaded(taxonomy: Taxonomy) -> None:
    loaded = LoadedScores.of([(s.country, s.edition, s.indicator) for s in COCAINE + HOLLOW])
    choices = Choices(taxonomy, loaded)
    assert list(choices.indicators) == ["Cocaine trade", "Resilience"]
    assert list(choices.countries) == ["Brazil", "Chile", "Colombia", "Guyana", "Peru", "Uruguay"]
    assert choices.groups[EVERYWHERE] == "world" and choices.groups["OECD (membership)"] == "OECD"
    assert choices.editions("cocaine_trade", "resilience") == choices.any_edition(["resilience"]) == ["2023"]
    assert not choices.editions() and not Choices(taxonomy, LoadedScores.of([])).indicators


def test_the_ignored_part_of_an_address_is_named() -> None:
    offered: dict[str, list[str] | None] = {"edition": ["2023", "2021"], "scores": None}
    assert ignored_words({"edition": ["2021"], "scores": ["3", "7.5"]}, offered) == ""
    told = ignored_words({"edition": ["2022"], "scores": ["x", "11"], "colour": ["red"]}, offered)
    assert "'2022' is not available for 'edition'" in told and "'x' and '11' are not" in told and "no setting 'colour'" in told


def test_an_address_keeps_several_values_in_order() -> None:
    link = explore_link("Compare", {"countries": ["Peru", "Côte d'Ivoire"], "since": ""})
    assert link == "/explore?view=Compare&countries=Peru&countries=C%C3%B4te+d%27Ivoire"
