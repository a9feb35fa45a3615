"""An overview of a country, of a topic in a country, or of a group, checked against the stored scores worked out anew."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

import pytest
from brute import Table, rank, table_of

from index.answers.overview_answer import answer_overview
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.contract.briefing_results import OverviewResult
from index.contract.typed_results import AggregateResult, Unavailable
from index.generations.snapshot import Snapshot
from index.meaning.meaning import Meaning
from index.questions.question import understand
from index.retrieval.telling import telling_sentences
from index.scores.like_for_like import rounded
from index.scores.standings import leading, standings_of


@pytest.fixture(scope="module")
def table(shipped: Snapshot) -> Iterator[Table]:
    yield table_of(shipped.score_store, sorted(shipped.loaded.countries))


def asked(snapshot: Snapshot, text: str, limit: int = 10, **slots: tuple[object, ...]) -> Answer:
    question = understand(text, snapshot.gazetteer, snapshot.taxonomy.editions)
    return answer_overview(snapshot, question, Meaning(Kind.OVERVIEW, **slots), limit)  # type: ignore[arg-type]


def test_every_figure_of_one_statement_is_that_of_the_stored_scores(shipped: Snapshot, table: Table) -> None:
    everyone = set(shipped.loaded.countries)
    members = everyone & set(shipped.taxonomy.members("South America", 2025))
    for country in sorted(everyone):
        standings = standings_of(shipped, country, 2025, 2021, "South America", 2025)
        assert standings.scores.keys() == {i for c, i, e in table if (c, e) == (country, 2025)}
        for indicator, placed in standings.scores.items():
            assert placed.value == table[country, indicator, 2025]
            assert placed.earlier == table.get((country, indicator, 2021))
            world = placed.world.rank
            assert world is not None
            assert (world.rank, world.of, world.sharing) == rank(table, country, indicator, 2025, everyone)
            values = [table[c, indicator, 2025] for c in members]
            assert placed.group is not None and placed.group.mean == rounded(sum(values, Decimal(0)) / len(values))


def test_a_country_is_told_by_its_scores_what_stands_out_and_what_moved(shipped: Snapshot, table: Table) -> None:
    answer = asked(shipped, "tell me about Peru", countries=("PER",))
    result = answer.result
    assert answer.answered and isinstance(result, OverviewResult)
    assert (result.country, result.edition, result.indicator) == ("PER", 2025, None)
    assert [s.indicator for s in result.scores][:2] == ["criminality", "resilience"]
    assert f"Peru scores {table['PER', 'criminality', 2025]:.2f} for criminality in the 2025 edition" in answer.answer
    markets = shipped.taxonomy.parts("criminal_markets", 2025)
    highest = max(table["PER", i, 2025] for i in markets)
    tops = {i for i in markets if table["PER", i, 2025] == highest}
    assert tops <= {s.indicator for s in result.scores}
    parts = shipped.taxonomy.leaves("criminality", 2025) + shipped.taxonomy.leaves("resilience", 2025)
    most = max(abs(table["PER", i, 2025] - table["PER", i, 2023]) for i in parts)
    moved = {i for i in parts if abs(table["PER", i, 2025] - table["PER", i, 2023]) == most}
    assert moved <= {s.indicator for s in result.scores}
    for score in result.scores:
        assert score.value == float(table["PER", score.indicator, 2025]) and score.before == 2023
        assert score.change == float(table["PER", score.indicator, 2025] - table["PER", score.indicator, 2023])


def test_every_score_that_is_said_is_a_fact_with_its_source(shipped: Snapshot, table: Table) -> None:
    answer = asked(shipped, "Peru", countries=("PER",))
    assert answer.facts and all(f.source for f in answer.facts)
    assert all(f.value == float(table[f.country, f.indicator, f.edition]) for f in answer.facts)
    assert answer.query is not None and "2025" in answer.query.words


def test_each_section_with_text_gives_the_sentence_nearest_to_its_topic(shipped: Snapshot) -> None:
    answer = asked(shipped, "Peru 2021", countries=("PER",), editions=(2021,))
    assert isinstance(answer.result, OverviewResult)
    assert {p.section for p in answer.passages} == set(answer.result.sections)
    for passage in answer.passages:
        ((start, end),) = passage.highlight
        assert passage.text[start:end]
    said = chain.from_iterable(p.text[start:end] for p in answer.passages for start, end in p.highlight if p.section == "Drugs")
    assert "".join(said) == "Cocaine is another matter: only one country in the world makes more of it."


def test_the_sections_of_what_is_named_come_first_and_the_limit_holds(shipped: Snapshot) -> None:
    answer = asked(shipped, "Peru 2021", limit=3, countries=("PER",), editions=(2021,))
    assert [p.section for p in answer.passages] == ["People", "Environment", "Drugs"]


def test_text_of_an_older_edition_is_said_to_be_older(shipped: Snapshot) -> None:
    notes = asked(shipped, "Peru", countries=("PER",)).notes
    assert "The question names no edition; 2025 is the latest with loaded scores of Peru." in notes
    assert "The passages are from the 2021 edition; no page of Peru from 2025 is loaded." in notes


def test_a_country_without_a_page_is_told_by_scores_alone(shipped: Snapshot) -> None:
    answer = asked(shipped, "brief me on Chile", countries=("CHL",))
    assert answer.answered and not answer.passages
    assert "No page of Chile is loaded, so this overview is made of scores alone." in answer.notes


def test_ranks_among_part_of_the_world_are_called_so(south_america: Snapshot) -> None:
    answer = asked(south_america, "Chile", countries=("CHL",))
    assert "of 12 loaded countries" in answer.answer
    assert any("only 12 of the 193 countries" in note for note in answer.notes)


def test_an_average_that_gained_indicators_is_compared_like_for_like(shipped: Snapshot) -> None:
    answer = asked(shipped, "Peru 2023", countries=("PER",), editions=(2023,))
    assert isinstance(answer.result, OverviewResult)
    criminality = answer.result.scores[0]
    assert criminality.change is not None and criminality.like_for_like is not None
    assert "like for like" in answer.answer and any("do not cover the same indicators" in n for n in answer.notes)


def test_a_topic_is_told_with_its_ranks_means_and_change(shipped: Snapshot, table: Table) -> None:
    answer = asked(shipped, "cocaine in Peru", countries=("PER",), indicators=("cocaine_trade",))
    members = set(shipped.taxonomy.members("South America", 2025)) & set(shipped.loaded.countries)
    mean = rounded(sum((table[c, "cocaine_trade", 2025] for c in members), Decimal(0)) / len(members))
    assert f"Peru scores {table['PER', 'cocaine_trade', 2025]:.2f} for cocaine trade" in answer.answer
    assert f"the mean of South America ({mean})" in answer.answer
    assert {p.section for p in answer.passages} == {"Drugs"}
    assert isinstance(answer.result, OverviewResult) and answer.result.indicator == "cocaine_trade"


def test_the_name_of_a_section_asks_for_all_its_indicators(shipped: Snapshot, table: Table) -> None:
    answer = asked(shipped, "drugs in Peru", countries=("PER",))
    for indicator in ("heroin_trade", "cocaine_trade", "cannabis_trade", "synthetic_drug_trade"):
        name = shipped.taxonomy.indicators[indicator].name
        assert f"{name[0].lower()}{name[1:]} {table['PER', indicator, 2025]:.2f}" in answer.answer


def test_a_topic_that_the_edition_does_not_have_is_declined(shipped: Snapshot) -> None:
    answer = asked(
        shipped, "cyber crime in Peru 2021", countries=("PER",), indicators=("cyber_dependent_crimes",), editions=(2021,)
    )
    assert isinstance(answer.result, Unavailable) and "2023 edition" in answer.answer


def test_other_countries_are_offered(shipped: Snapshot) -> None:
    assert asked(shipped, "Peru and Chile", countries=("PER", "CHL")).alternatives == ("Tell me about Chile",)


def test_a_group_is_told_by_its_means_and_its_ends(shipped: Snapshot, table: Table) -> None:
    answer = asked(shipped, "tell me about South America", groups=(("South America",),))
    values = {c: table[c, "criminality", 2025] for c in shipped.taxonomy.members("South America", 2025)}
    assert isinstance(answer.result, AggregateResult)
    assert answer.result.value == float(rounded(sum(values.values(), Decimal(0)) / len(values)))
    top = max(values, key=lambda c: values[c])
    assert f"highest in {shipped.taxonomy.countries[top].name} ({values[top]:.2f})" in answer.answer
    assert answer.alternatives[0] == f"Tell me about {shipped.taxonomy.countries[top].name}"


def test_an_overview_of_nothing_is_declined(shipped: Snapshot) -> None:
    assert not asked(shipped, "tell me about it").answered


def test_a_tie_at_the_cut_is_counted_where_it_is_too_long_to_name(shipped: Snapshot) -> None:
    placed = standings_of(shipped, "PER", 2025, 2023, "South America", 2025).highest(shipped.taxonomy.parts("resilience", 2025))
    figures = [Decimal(v) for v in (9, 8, 7, 7, 7, 7, 6, 5, 5, 5, 4, 4)]
    found = leading(placed, figures, 3, 4)
    assert (found.shown, found.tied) == (tuple(placed[:2]), tuple(placed[2:6]))
    assert leading(placed, figures, 3, 6).shown == tuple(placed[:6])


def test_the_telling_sentence_depends_on_the_indicators_asked_for(shipped: Snapshot) -> None:
    (heroin,) = telling_sentences(shipped, "PER", 2021, ("heroin_trade",))
    (cocaine,) = telling_sentences(shipped, "PER", 2021, ("cocaine_trade",))
    start, end = heroin.sentence
    assert "heroin" in heroin.passage.text[start:end] and heroin.sentence != cocaine.sentence
