"""What counts as met, wrong and declined where figures are asked for: made-up answers against labels on the official workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from made_up_answers import came, listed, outcome, value

from tests.questions.author_sets.figures import Figures, official_figures


@pytest.fixture(scope="module")
def figures(shared: Path) -> Figures:
    return official_figures(str(shared / "workbook" / "global_oc_index.xlsx"))


COCAINE = {"countries": ["PER"], "indicators": ["cocaine_trade"]}


def test_a_score_is_met_by_itself_of_the_latest_edition_and_a_refusal_is_no_error(figures: Figures) -> None:
    true = figures.value("PER", "cocaine_trade", (2025,))
    assert outcome(figures, "value", COCAINE, came(value(value=float(true)))) == "met"
    assert outcome(figures, "value", COCAINE, came(value(value=float(true) - 1))) == "wrong"
    earlier = float(figures.value("PER", "cocaine_trade", (2021,)))
    assert outcome(figures, "value", COCAINE, came(value(edition=2021, value=earlier))) == "wrong"
    assert outcome(figures, "value", COCAINE, came(None)) == "declined"
    assert outcome(figures, "value", COCAINE, came({"type": "passages"}, "Cocaine is made there.")) == "wrong"


def test_only_a_refusal_is_right_where_the_edition_lacks_the_indicator(figures: Figures) -> None:
    slots = {"countries": ["PER"], "indicators": ["financial_crimes"], "editions": [2021]}
    assert outcome(figures, "value", slots, came(None)) == "met"
    other = value(indicator="financial_crimes", value=float(figures.value("PER", "financial_crimes", (2025,))))
    assert outcome(figures, "value", slots, came(other)) == "wrong"


def test_a_fact_beside_a_right_result_must_be_true_as_well(figures: Figures) -> None:
    true = value(value=float(figures.value("PER", "cocaine_trade", (2025,))))
    lie = {"country": "PER", "indicator": "heroin_trade", "edition": 2025, "value": 9.99}
    assert outcome(figures, "value", COCAINE, came(true, facts=[lie])) == "wrong"


def test_a_rank_is_of_the_group_asked_for(figures: Figures) -> None:
    slots = {"countries": ["PER"], "indicators": ["criminality"], "groups": ["South America"], "editions": [2021]}
    rank = {
        **value(indicator="criminality", edition=2021, value=6.39),
        "type": "rank",
        "rank": 5,
        "of": 12,
        "within": "South America",
    }
    rank["value"] = float(figures.value("PER", "criminality", (2021,)))
    assert outcome(figures, "rank", slots, came(rank)) == "met"
    assert outcome(figures, "rank", slots, came({**rank, "rank": 26, "of": 193, "within": "world"})) == "wrong"


def test_a_superlative_names_every_tied_country_and_no_other(figures: Figures) -> None:
    slots = {"groups": ["Europe"], "indicators": ["resilience"], "order": "high", "n": 1}
    assert outcome(figures, "set", slots, came(listed("set", ["FIN", "LIE"], "resilience"))) == "met"
    assert outcome(figures, "set", slots, came(listed("set", ["FIN"], "resilience"))) == "wrong"
    assert outcome(figures, "set", slots, came(listed("set", ["FIN", "LIE"], "prevention"))) == "wrong"
    assert outcome(figures, "set", {**slots, "n": None, "place": 3}, came(listed("set", ["FIN", "LIE"], "resilience"))) == "wrong"


def test_conditions_are_held_against_each_country(figures: Figures) -> None:
    slots = {"conditions": [{"indicator": "heroin_trade", "op": ">=", "value": 9}]}
    right = sorted(c for c in figures.world.countries if figures.value(c, "heroin_trade", (2025,)) >= 9)
    assert outcome(figures, "set", slots, came(listed("set", right, "heroin_trade"))) == "met"
    assert outcome(figures, "set", slots, came(listed("set", right[1:], "heroin_trade"))) == "wrong"
    counted = {"type": "count", "value": len(right), "countries": right}
    assert outcome(figures, "count", slots, came(counted)) == "met"
    assert outcome(figures, "count", slots, came({**counted, "value": 99})) == "wrong"


def test_a_share_needs_the_whole_beside_the_part(figures: Figures) -> None:
    slots = {"groups": ["Africa"], "stat": "share", "conditions": [{"indicator": "resilience", "op": "<", "value": 4}]}
    members = [c for c in figures.members(["Africa"]) if figures.value(c, "resilience", (2025,)) < 4]
    part = {"type": "count", "value": len(members), "countries": members}
    assert outcome(figures, "count", slots, came({**part, "of": 54, "share": 53.7})) == "met"
    assert (
        outcome(figures, "count", slots, came(part, f"{len(members)} of the 54 countries in Africa meet the condition.")) == "met"
    )
    assert outcome(figures, "count", slots, came(part, f"{len(members)} countries.")) == "wrong"


def test_a_ranking_keeps_the_order_asked_for_and_the_ties_at_its_cut(figures: Figures) -> None:
    slots = {"groups": ["Asia"], "indicators": ["heroin_trade"], "order": "high", "n": 3}
    right = ["MMR", "AFG", "IRN", "PAK", "THA", "TJK"]
    assert outcome(figures, "ranking", slots, came(listed("ranking", right, "heroin_trade"))) == "met"
    assert outcome(figures, "ranking", slots, came(listed("ranking", right[:3], "heroin_trade"))) == "wrong"
    assert outcome(figures, "ranking", slots, came(listed("ranking", right[::-1], "heroin_trade"))) == "wrong"


def test_a_change_without_editions_may_be_since_the_last_or_since_the_first(figures: Figures) -> None:
    for start in (2021, 2023):
        by = float(figures.value("ECU", "criminality", (start, 2025)))
        change = {"type": "change", "country": "ECU", "indicator": "criminality", "from": start, "to": 2025, "value": by}
        slots = {"countries": ["ECU"], "indicators": ["criminality"]}
        assert outcome(figures, "change", slots, came(change)) == "met"
        assert outcome(figures, "change", {**slots, "editions": [2021, 2023]}, came(change)) == "wrong"


def test_a_trend_shows_every_edition(figures: Figures) -> None:
    line = [float(figures.value("ECU", "criminality", (e,))) for e in (2021, 2023, 2025)]
    trend = {"type": "trend", "country": "ECU", "group": None, "indicator": "criminality", "editions": [2021, 2023, 2025]}
    slots = {"countries": ["ECU"], "indicators": ["criminality"]}
    assert outcome(figures, "trend", slots, came({**trend, "values": line, "ranks": [1, 1, 1]})) == "met"
    assert outcome(figures, "trend", slots, came({**trend, "values": [line[0], line[0], line[2]], "ranks": [1, 1, 1]})) == "wrong"


def test_worse_off_is_criminality_or_both_and_never_something_else(figures: Figures) -> None:
    def side(indicator: str) -> dict[str, Any]:
        scores = [float(figures.value(c, indicator, (2025,))) for c in ("BOL", "PRY")]
        return {**listed("comparison", ["BOL", "PRY"], indicator), "values": scores, "higher": "PRY"}

    slots = {"countries": ["BOL", "PRY"], "indicators": ["criminality"]}
    assert outcome(figures, "comparison", slots, came(side("criminality"))) == "met"
    assert outcome(figures, "comparison", slots, came(side("resilience"))) == "wrong"


def test_a_difference_is_met_by_itself_or_by_both_figures(figures: Figures) -> None:
    one, two = (float(figures.value(c, "criminality", (2025,))) for c in ("CHL", "PER"))
    slots = {"countries": ["CHL", "PER"], "indicators": ["criminality"]}
    gap = {"type": "difference", "value": round(two - one, 2), "values": [two, one], "edition": 2025}
    gap |= {"countries": ["PER", "CHL"], "indicator": "criminality", "indicators": [], "groups": [], "stat": None}
    assert outcome(figures, "difference", slots, came(gap)) == "met"
    both = {**listed("comparison", ["CHL", "PER"], "criminality"), "values": [one, two], "higher": "PER"}
    assert outcome(figures, "difference", slots, came(both)) == "met"
    assert outcome(figures, "difference", slots, came(value(indicator="criminality", value=two))) == "wrong"


def test_a_mean_is_of_the_group_that_is_left(figures: Figures) -> None:
    slots = {"groups": ["Commonwealth"], "without": ["GBR"], "indicators": ["cocaine_trade"], "stat": "mean"}
    mean = {"type": "aggregate", "group": "Commonwealth", "indicator": "cocaine_trade", "edition": 2025, "stat": "mean", "of": 55}
    assert outcome(figures, "aggregate", slots, came({**mean, "value": 4.85})) == "met"
    assert outcome(figures, "aggregate", slots, came({**mean, "value": 4.9})) == "wrong"


def test_groups_stand_in_order_with_their_figures(figures: Figures) -> None:
    slots = {"by": "continent", "indicators": ["resilience"], "order": "high", "n": 1}
    means = {
        g: figures.stat(figures.members([g]), "resilience", (2025,)) for g in ("Africa", "Americas", "Asia", "Europe", "Oceania")
    }
    order = sorted(means, key=lambda g: -means[g])
    groups = {
        "type": "group_ranking",
        "indicator": "resilience",
        "edition": 2025,
        "stat": "mean",
        "within": "world",
        "counts": [],
    }
    right = {**groups, "groups": order, "values": [round(float(means[g]), 2) for g in order]}
    assert outcome(figures, "group_ranking", slots, came(right)) == "met"
    one = {**groups, "groups": order[:1], "values": right["values"][:1]}
    assert outcome(figures, "group_ranking", slots, came(one)) == "met"
    assert outcome(figures, "group_ranking", slots, came({**right, "groups": order[::-1]})) == "wrong"


def test_indicators_of_a_group_and_of_a_country_come_from_the_family_asked_for(figures: Figures) -> None:
    family = ("heroin_trade", "cocaine_trade", "cannabis_trade", "synthetic_drug_trade")
    means = {i: float(figures.stat(figures.members(["Oceania"]), i, (2025,))) for i in family}
    first = max(means, key=lambda i: means[i])
    slots = {"groups": ["Oceania"], "indicators": [*family], "order": "high", "n": 1}
    ranking = {"type": "indicator_ranking", "group": "Oceania", "edition": 2025, "stat": "mean"}
    assert (
        outcome(figures, "indicator_ranking", slots, came({**ranking, "indicators": [first], "values": [means[first]]})) == "met"
    )
    worst = {"type": "indicator_set", "country": "HRV", "edition": 2025, "indicators": ["cocaine_trade"], "values": [6.5]}
    assert (
        outcome(
            figures,
            "indicator_set",
            {"countries": ["HRV"], "indicators": ["criminal_markets"], "order": "high", "n": 1},
            came(worst),
        )
        == "met"
    )
    assert (
        outcome(
            figures,
            "indicator_set",
            {"countries": ["HRV"], "indicators": ["criminal_actors"], "order": "high", "n": 1},
            came(worst),
        )
        == "wrong"
    )


def test_a_yes_or_no_must_be_true_and_figures_that_decide_it_do_as_well(figures: Figures) -> None:
    slots = {"countries": ["NLD"], "indicators": ["cocaine_trade"], "of": "value"}
    slots["conditions"] = [{"indicator": "cocaine_trade", "op": ">", "value": 7}]
    dutch = value(country="NLD", value=8.0)
    assert outcome(figures, "verdict", slots, came(dutch, "Yes: 8.00.")) == "met"
    assert outcome(figures, "verdict", slots, came({**dutch, "verdict": False})) == "wrong"
    assert outcome(figures, "verdict", slots, came(dutch, "The Netherlands scored 8.00.")) == "met"
    standing = {"countries": ["PRY"], "indicators": ["criminality"], "order": "high", "n": 5, "of": "rank"}
    rank = {**value(country="PRY", indicator="criminality", value=7.48), "type": "rank", "rank": 4, "of": 193, "within": "world"}
    assert outcome(figures, "verdict", standing, came({**rank, "verdict": True})) == "met"
    assert outcome(figures, "verdict", standing, came({**rank, "verdict": False})) == "wrong"


def test_a_direction_that_the_label_lacks_is_read_from_the_question(figures: Figures) -> None:
    slots = {"countries": ["BRA", "PRY"], "indicators": ["arms_trafficking"], "of": "comparison"}
    both = {**listed("comparison", ["BRA", "PRY"], "arms_trafficking"), "values": [8.5, 9.0], "higher": "PRY"}
    assert (
        outcome(figures, "verdict", slots, came({**both, "verdict": False}), "Brazil has bigger gun trafficking than Paraguay?")
        == "met"
    )
    assert (
        outcome(figures, "verdict", slots, came({**both, "verdict": False}), "Brazil and Paraguay, guns, is it so?")
        == "undetermined"
    )


def test_two_steps_are_taken_one_after_the_other(figures: Figures) -> None:
    slots = {
        "indicators": ["resilience"],
        "groups": ["Europe"],
        "steps": ["twenty highest in resilience", "count those in Europe"],
    }
    values = sorted((figures.value(c, "resilience", (2025,)) for c in figures.world.countries), reverse=True)
    inside = [c for c in figures.members(["Europe"]) if figures.value(c, "resilience", (2025,)) >= values[19]]
    count = {"type": "count", "value": len(inside), "countries": inside}
    assert outcome(figures, "two_step", slots, came(count)) == "met"
    assert outcome(figures, "two_step", slots, came({**count, "value": 44})) == "wrong"


def test_a_correlation_has_both_coefficients(figures: Figures) -> None:
    found = {"type": "correlation", "indicators": ["resilience", "criminality"], "edition": 2025, "within": "world", "n": 193}
    slots = {"indicators": ["criminality", "resilience"]}
    assert outcome(figures, "correlation", slots, came({**found, "pearson": 0.9, "spearman": 0.9})) == "wrong"
