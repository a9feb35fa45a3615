"""What is said of groups, indicators and first steps where only South America is loaded."""

from __future__ import annotations

from corpus.taxonomy import load_taxonomy
from index.contract.answer_kind import Kind
from index.contract.group_results import GroupRankingResult
from index.contract.refusal import RefusalReason
from index.generations.snapshot import Snapshot
from index.scores.availability import refusal_of
from index.scores.query import Level, OfGroup, Order, Query
from index.scores.query_text import query_words, step_words_of
from index.scores.run_query import result_of
from index.scores.score_store import ScoreBook
from index.scores.statistics import Stat

TAXONOMY = load_taxonomy()
CONTINENTS = tuple(g.name for g in TAXONOMY.groups.values() if g.kind == "continent")
MARKETS = tuple(i.id for i in TAXONOMY.measured(2021) if i.parent == "criminal_markets")
CRIME = Level("criminality", 2021)
MOST_CRIMINAL = Query(Kind.SET, (CRIME,), 2021, order=Order.HIGHEST, limit=1)


def test_continents_are_not_set_side_by_side_if_only_one_has_scores(south_america: Snapshot) -> None:
    refusal = refusal_of(Query(Kind.GROUP_RANKING, (CRIME,), 2021, by=CONTINENTS), TAXONOMY, south_america.loaded)
    assert refusal is not None and refusal.reason is RefusalReason.COUNTRY_NOT_LOADED
    assert "only for countries in the Americas" in refusal.why


def test_a_group_that_is_not_loaded_is_not_compared_with(south_america: Snapshot) -> None:
    query = Query(Kind.DIFFERENCE, (CRIME,), 2021, ("PER",), against=OfGroup("Asia", Stat.MEAN, CRIME))
    refusal = refusal_of(query, TAXONOMY, south_america.loaded)
    assert refusal is not None and "Asia" in refusal.why


def test_a_first_step_says_out_of_how_many_it_was_taken(south_america: Snapshot) -> None:
    outcome = result_of(south_america, Query(Kind.VALUE, (Level("cocaine_trade", 2021),), 2021, among=MOST_CRIMINAL))
    assert outcome.text.startswith("The country of the 12 loaded (193 in all) with the highest score for criminality")


def test_an_indicator_ranking_says_over_how_many_it_was_taken(south_america: Snapshot) -> None:
    query = Query(Kind.INDICATOR_RANKING, (Level("", 2021),), 2021, family=MARKETS, order=Order.HIGHEST, limit=1)
    outcome = result_of(south_america, query)
    assert "over the 12 countries loaded (193 in all)" in outcome.text
    assert "These scores are loaded for only 12 of the 193 countries in question." in outcome.notes


def test_groups_without_scores_are_named(gappy: ScoreBook) -> None:
    regions = tuple(g.name for g in TAXONOMY.groups.values() if g.kind == "region")
    outcome = result_of(gappy, Query(Kind.GROUP_RANKING, (Level("criminality", 2025),), 2025, by=regions, order=Order.HIGHEST))
    assert isinstance(outcome.result, GroupRankingResult)
    missing = set(regions) - set(outcome.result.groups)
    assert any("loaded for only" in note for note in outcome.notes)
    assert all(any(note.startswith("No scores are loaded for") and group in note for note in outcome.notes) for group in missing)


def test_a_query_of_two_steps_is_said_back_step_by_step() -> None:
    query = Query(Kind.COUNT, (CRIME,), 2021, groups=(("Africa",),), among=MOST_CRIMINAL, share=True)
    first = "countries by criminality in 2021, in the world, the highest"
    assert step_words_of(query, TAXONOMY) == (first, "number of countries by criminality in 2021 and the share, in Africa")
    assert query_words(query, TAXONOMY).endswith(f"among the result of: {first}")
    assert step_words_of(MOST_CRIMINAL, TAXONOMY) == ()
