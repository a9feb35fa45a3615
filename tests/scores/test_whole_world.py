"""What ships answers score questions on any country: no country is missing from an answer, a ranking or the map."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest

from app.content.explore_map import map_panel
from app.content.map_bands import NOT_LOADED
from app.content.world_shapes import world as shapes
from corpus.sources import shipped_sources
from index.answers.answer import ask
from index.contract.typed_results import RankResult, SetResult, ValueResult
from index.generations.snapshot import Snapshot


@pytest.fixture(scope="module")
def table() -> dict[tuple[str, int], dict[str, str]]:
    """The shipped table as any program reads it."""
    with (shipped_sources() / "scores" / "world.csv").open(encoding="utf-8", newline="") as stream:
        return {(row["iso3"], int(row["edition"])): row for row in csv.DictReader(stream)}


@pytest.mark.parametrize(
    ("question", "country", "edition", "indicator"),
    [
        ("Mexico cocaine score 2023", "MEX", 2023, "cocaine_trade"),
        ("what is the criminality of Ghana", "GHA", 2025, "criminality"),
        ("human trafficking score of Thailand in 2021", "THA", 2021, "human_trafficking"),
        ("How resilient is Estonia?", "EST", 2025, "resilience"),
        ("Ivory Coast cannabis trade 2023", "CIV", 2023, "cannabis_trade"),
        ("DRC non-renewable resource crimes 2021", "COD", 2021, "non_renewable_resource_crimes"),
        ("score for cyber-dependent crimes in North Korea 2025", "PRK", 2025, "cyber_dependent_crimes"),
        ("Papua New Guinea flora crimes 2025", "PNG", 2025, "flora_crimes"),
        ("mafia-style groups in Italy, score 2025", "ITA", 2025, "mafia_style_groups"),
        ("anti-money laundering score of Malta 2023", "MLT", 2023, "anti_money_laundering"),
        ("what was Afghanistan's heroin score in 2021", "AFG", 2021, "heroin_trade"),
        ("Myanmar synthetic drug trade 2023", "MMR", 2023, "synthetic_drug_trade"),
        ("law enforcement score of Kenya in 2025", "KEN", 2025, "law_enforcement"),
        ("South Africa extortion score 2025", "ZAF", 2025, "extortion_and_protection_racketeering"),
        ("Türkiye human smuggling 2023", "TUR", 2023, "human_smuggling"),
        ("state-embedded actors in Syria, score in 2021", "SYR", 2021, "state_embedded_actors"),
        ("USA arms trafficking score 2025", "USA", 2025, "arms_trafficking"),
        ("Fiji's resilience in 2021", "FJI", 2021, "resilience"),
        ("territorial integrity of Ukraine 2023", "UKR", 2023, "territorial_integrity"),
        ("Saint Lucia criminality score 2023", "LCA", 2023, "criminality"),
    ],
)
def test_a_score_question_on_any_continent_is_answered_from_what_ships(
    question: str, country: str, edition: int, indicator: str, table: dict[tuple[str, int], dict[str, str]], shipped: Snapshot
) -> None:
    answer = ask(shipped, question)
    assert answer.result == ValueResult(country, indicator, edition, float(table[country, edition][indicator])), answer.answer
    assert answer.facts[0].source == table[country, edition]["source"]


def test_ranks_and_superlatives_are_over_the_whole_world(table: dict[tuple[str, int], dict[str, str]], shipped: Snapshot) -> None:
    values = {c: float(row["criminality"]) for (c, edition), row in table.items() if edition == 2025}
    rank = ask(shipped, "rank of Mexico for criminality in 2025").result
    assert isinstance(rank, RankResult)
    assert (rank.rank, rank.of) == (1 + sum(v > values["MEX"] for v in values.values()), 193)
    worst = ask(shipped, "which country has the highest criminality in 2025").result
    assert isinstance(worst, SetResult)
    assert set(worst.countries) == {c for c, v in values.items() if v == max(values.values())}


@pytest.mark.parametrize("edition", [2021, 2023, 2025])
def test_no_country_is_grey_on_the_map(edition: int, shipped: Snapshot) -> None:
    scores = shipped.score_store.scores_in(["criminality"], [edition])
    panel = map_panel("criminality", edition, scores, shapes(), shipped.taxonomy)
    assert len(panel.rows) == 193
    assert NOT_LOADED not in str(panel.drawings[0].chart.to_dict())


@pytest.mark.parametrize(
    ("group", "moved"), [("Caribbean", "rose by 0.06"), ("West Africa", "rose by 0.23"), ("Oceania", "rose by 0.15")]
)
def test_the_change_of_a_mean_is_also_given_over_the_indicators_of_both_editions(
    group: str, moved: str, table: dict[tuple[str, int], dict[str, str]], shipped: Snapshot
) -> None:
    taxonomy = shipped.taxonomy

    def over_old_parts(country: str, edition: int) -> float:
        row, families = table[country, edition], [taxonomy.parts(part, 2021) for part in taxonomy.parts("criminality", 2021)]
        return sum(sum(float(row[i]) for i in parts) / len(parts) for parts in families) / len(families)

    members = taxonomy.members(group, 2025)
    mean = sum(over_old_parts(c, 2025) - over_old_parts(c, 2021) for c in members) / len(members)
    assert f"{mean:.2f}" == moved.split()[-1]
    answer = ask(shipped, f"did criminality rise in {'the ' if group == 'Caribbean' else ''}{group} between 2021 and 2025")
    assert f"Over the indicators measured in both editions, it {moved}." in answer.answer
    assert any("do not cover the same indicators" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("question", "indicator", "start", "rising", "within"),
    [
        ("which countries improved the most since 2021", "criminality", 2021, False, None),
        ("Which African countries have improved the most since 2021?", "criminality", 2021, False, "Africa"),
        ("which countries in Asia got worse the most", "criminality", 2023, True, "Asia"),
        ("which country in Europe improved most since 2023", "criminality", 2023, False, "Europe"),
        ("whose resilience improved most", "resilience", 2023, True, None),
    ],
)
def test_those_that_moved_furthest_for_the_better_or_the_worse_are_found_on_the_scale_that_is_meant(
    question: str,
    indicator: str,
    start: int,
    rising: bool,
    within: str | None,
    table: dict[tuple[str, int], dict[str, str]],
    shipped: Snapshot,
) -> None:
    countries = shipped.taxonomy.members(within or "world", 2025)
    moved = {c: Decimal(table[c, 2025][indicator]) - Decimal(table[c, start][indicator]) for c in countries}
    furthest = (max if rising else min)(moved.values())
    result = ask(shipped, question).result
    assert isinstance(result, SetResult) and set(result.countries) == {c for c, change in moved.items() if change == furthest}


@pytest.mark.parametrize(
    ("question", "offered"),
    [
        ("Which Mediterranean country is most criminal?", "Which Southern European country is most criminal?"),
        ("which Near East countries have the lowest resilience", "which Western Asian countries have the lowest resilience"),
        ("average resilience of the developed countries", "average resilience of the OECD countries"),
        ("mean criminality in the Levant", "mean criminality in Western Asia"),
        ("mean criminality of Francophone Africa", "mean criminality of West Africa"),
    ],
)
def test_for_a_group_without_a_member_list_well_formed_questions_on_the_nearest_ones_are_offered(
    question: str, offered: str, shipped: Snapshot
) -> None:
    answer = ask(shipped, question)
    assert not answer.answered and offered in answer.alternatives
    assert ask(shipped, offered).answered


@pytest.mark.parametrize("question", ["weather in Lima tomorrow", "restaurants in Nairobi"])
def test_what_is_asked_of_a_capital_is_no_overview_of_its_country(question: str, shipped: Snapshot) -> None:
    assert not ask(shipped, question).answered
