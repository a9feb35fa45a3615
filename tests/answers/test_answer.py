"""`ask`: from a question to the answer object."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from brute import rank, table_of
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import QuestionError
from index.answers.answer import ask
from index.contract.answer_object import Answer
from index.contract.briefing_results import OverviewResult
from index.contract.typed_results import DefinitionResult, RankResult, Unavailable, ValueResult
from index.generations.snapshot import Snapshot

GOLD = "who controls illegal gold mining in Peru"


def test_the_right_paragraph_its_answering_sentence_and_the_score_come_together(shipped: Snapshot) -> None:
    answer = ask(shipped, GOLD)
    first = answer.passages[0]
    assert answer.answered and answer.result is None
    assert (first.country, first.edition, first.section, first.paragraph) == ("PER", 2021, "Environment", 2)
    (start, end), *_ = first.highlight
    assert first.text[start:end].startswith("Those who control illegal gold mining are")
    assert answer.answer == first.text[start:end]
    (fact,) = answer.facts
    assert (fact.country, fact.indicator, fact.edition, fact.value) == ("PER", "non_renewable_resource_crimes", 2021, 9.0)
    assert fact.source == first.source == "https://ocindex.net/2021/country/peru"
    assert answer.understood.words == "Peru · non-renewable resource crimes · 2021 edition (the latest loaded for Peru)"
    assert any("2021 is the latest" in note for note in answer.notes)
    assert any("sentences are our own" in note for note in answer.notes)


def test_the_answer_object_has_the_fields_of_the_contract(shipped: Snapshot) -> None:
    data = json.loads(json.dumps(ask(shipped, GOLD, id="Q7").to_dict()))
    assert list(data)[:10] == [
        "version", "id", "question", "understood", "answered", "confidence", "answer", "result", "facts", "passages",
    ]  # fmt: skip
    assert data["version"] == 1 and data["id"] == "Q7"
    assert data["understood"].keys() >= {"kind", "countries", "groups", "indicators", "editions", "words"}
    assert data["facts"][0].keys() >= {"country", "indicator", "edition", "value", "rank", "of", "within", "source"}
    passage = data["passages"][0]
    assert passage.keys() >= {"id", "kind", "country", "edition", "section", "paragraph", "text", "highlight", "score", "source"}
    assert passage["id"] == "PER-2021-environment-2"
    assert passage["highlight"] == [list(span) for span in ask(shipped, GOLD).passages[0].highlight]
    assert 0 <= data["confidence"] <= 1


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("Peru cocaine score 2021", ValueResult("PER", "cocaine_trade", 2021, 9.0)),
        ("peru criminality score 2023", ValueResult("PER", "criminality", 2023, 6.40)),
        ("What was Peru's resilience score in 2021?", ValueResult("PER", "resilience", 2021, 4.58)),
        ("criminality score of Peru", ValueResult("PER", "criminality", 2025, 6.62)),
        ("Peru cyber-dependent crimes", ValueResult("PER", "cyber_dependent_crimes", 2025, 5.0)),
        (
            "how does Peru rank for criminality in South America in 2021",
            RankResult("PER", "criminality", 2021, 6.35, 5, 12, "South America"),
        ),
        ("Peru resilience rank in South America 2021", RankResult("PER", "resilience", 2021, 4.58, 8, 12, "South America")),
    ],
)
def test_scores_and_ranks_are_looked_up(question: str, result: ValueResult | RankResult, shipped: Snapshot) -> None:
    answer = ask(shipped, question)
    assert answer.result == result
    assert answer.understood.kind == result.type
    assert f"{result.value:.2f}" in answer.answer
    assert [(f.country, f.indicator, f.edition, f.value) for f in answer.facts] == [
        (result.country, result.indicator, result.edition, result.value)
    ]


def test_the_latest_edition_is_the_default_and_is_named(shipped: Snapshot) -> None:
    answer = ask(shipped, "criminality score of Peru")
    assert "in the 2025 edition" in answer.answer
    assert "The question names no edition; 2025 is the latest one loaded that has this score for Peru." in answer.notes


def test_a_score_from_before_an_indicator_existed_is_declined_with_the_reason(shipped: Snapshot) -> None:
    answer = ask(shipped, "Peru cyber-dependent crimes 2021")
    assert not answer.answered
    assert isinstance(answer.result, Unavailable)
    assert answer.answer == "Cyber-dependent crimes first appears in the 2023 edition, so the 2021 edition has no score for Peru."
    assert answer.understood.kind == "unavailable"
    assert [f.edition for f in answer.facts] == [2025]


def test_a_membership_group_is_given_with_its_date_and_source(shipped: Snapshot) -> None:
    answer = ask(shipped, "how does Brazil rank for criminality in Mercosur 2021")
    table = table_of(shipped.score_store, sorted(shipped.loaded.countries))
    place, of, _ = rank(table, "BRA", "criminality", 2021, {"ARG", "BOL", "BRA", "PRY", "URY"})
    value = float(table["BRA", "criminality", 2021])
    assert answer.result == RankResult("BRA", "criminality", 2021, value, place, of, "Mercosur")
    assert any("Members of Mercosur as of 2026-01-01 (https://" in note for note in answer.notes)


def test_a_rank_among_part_of_the_world_says_so_and_gives_the_rank_on_the_page(south_america: Snapshot) -> None:
    answer = ask(south_america, "Peru criminality rank 2021")
    assert isinstance(answer.result, RankResult)
    assert (answer.result.rank, answer.result.of, answer.result.within) == (5, 12, "world")
    assert any("Only 12 of the 193 countries" in note for note in answer.notes)
    assert any("gives rank 26 of 193" in note for note in answer.notes)


def test_a_score_that_is_not_loaded_is_declined(south_america: Snapshot) -> None:
    answer = ask(south_america, "cocaine score of Norway")
    assert not answer.answered and isinstance(answer.result, Unavailable)
    assert "no scores for Norway are loaded" in answer.result.why


def test_a_shared_rank_is_joint(south_america: Snapshot) -> None:
    countries = sorted(south_america.loaded.countries)
    table = table_of(south_america.score_store, countries)
    places = {c: rank(table, c, "human_trafficking", 2021, set(countries)) for c in countries}
    country = next(c for c, (_, _, sharing) in places.items() if sharing > 1)
    name = south_america.taxonomy.countries[country].name
    answer = ask(south_america, f"rank of {name} for human trafficking in South America 2021")
    assert f"joint {places[country][0]}" in answer.answer


def test_a_definition_is_quoted_with_its_direction(shipped: Snapshot) -> None:
    answer = ask(shipped, "what counts as flora crimes?")
    assert isinstance(answer.result, DefinitionResult)
    assert answer.result.text == shipped.taxonomy.indicators["flora_crimes"].definition
    assert answer.passages[0].kind == "definition"
    assert (answer.passages[0].section, answer.passages[0].paragraph) == (None, None)
    assert any("higher is worse" in note for note in answer.notes)


def test_nothing_is_highlighted_in_passages_that_do_not_answer(shipped: Snapshot) -> None:
    answer = ask(shipped, "what is the weather in Lima, Peru")
    assert not answer.answered and answer.passages
    assert all(p.highlight == () for p in answer.passages)


def test_a_country_alone_asks_for_an_overview(shipped: Snapshot) -> None:
    answer = ask(shipped, "Peru 2021")
    assert isinstance(answer.result, OverviewResult)
    assert (answer.result.country, answer.result.edition, answer.result.indicator) == ("PER", 2021, None)
    assert {(f.indicator, f.value) for f in answer.facts} >= {("criminality", 6.35), ("resilience", 4.58)}


def test_several_figures_are_all_among_the_facts(shipped: Snapshot) -> None:
    answer = ask(shipped, "Peru cocaine and heroin scores 2021")
    assert {(f.indicator, f.value) for f in answer.facts} == {("cocaine_trade", 9.0), ("heroin_trade", 3.5)}
    assert "9.00" in answer.answer and "3.50" in answer.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("who controls gold mining in Chile", "no profile of Chile is loaded"),
        ("Taiwan cocaine score", "does not score Taiwan"),
        ("what do Peruvian groups do in Kosovo", "does not score Kosovo"),
        ("Congo cocaine score", "may mean Democratic Republic of the Congo or Republic of the Congo"),
        ("Nigera gold", "'Nigera' may mean Niger or Nigeria"),
        ("Peru cocaine score 2024", "the Index has no 2024 edition; its editions are"),
        ("who controls gold mining in Peru 2023", "no profile from the 2023 edition is loaded"),
        ("Peru rank in West Africa for cocaine", "Peru is not one of the countries in West Africa"),
        ("how do I bake a chocolate cake", "answers this"),
    ],
)
def test_a_declined_question_comes_with_its_reason(question: str, says: str, shipped: Snapshot) -> None:
    answer = ask(shipped, question)
    assert not answer.answered
    assert isinstance(answer.result, Unavailable)
    assert says.casefold() in answer.answer.casefold()
    assert says.casefold() in answer.result.why.casefold()


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("who controls gold mining in Peru and Nigera", "'Nigera' may mean 'niger' or 'nigeria'; it was not used"),
        ("who controls gold mining in Peru and Congo", "'Congo' may mean Democratic Republic of the Congo or"),
        ("Which Serbian groups are active in Peru", "Read as a question about Peru; Serbia was taken as part"),
        ("gold mining in Peurvian regions", "Read 'Peurvian' as 'peruvian'"),
        ("who controlled gold mining in Peru in 1999", "1999 is not an edition of the Index"),
        ("Peru criminality score in South America", "South America was not used"),
    ],
)
def test_no_part_of_a_question_is_dropped_without_a_note(question: str, says: str, shipped: Snapshot) -> None:
    assert any(says in note for note in ask(shipped, question).notes)


def test_a_country_without_text_still_gives_its_score(shipped: Snapshot) -> None:
    answer = ask(shipped, "who controls gold mining in Chile")
    assert [(f.country, f.indicator) for f in answer.facts] == [("CHL", "non_renewable_resource_crimes")]
    assert answer.passages == ()


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("who runs the marble quarries in Chad", "TCD-2023-environment-1"),
        ("who runs the marble quarries in Chad, 2021 edition", "TCD-2021-environment-1"),
        ("who taps the pipeline in Nigeria", "NGA-2021-environment-1"),
        ("who digs salt in Niger", "NER-2021-environment-1"),
        ("where are rifles hidden in Niger", "NER-2021-trade-1"),
    ],
)
def test_the_right_country_and_edition_come_first(question: str, place: str, world: Snapshot) -> None:
    assert ask(world, question).passages[0].id == place


@pytest.mark.parametrize("country", ["TCD", "NER", "NGA"])
@pytest.mark.parametrize("edition", [None, 2021])
def test_no_passage_of_another_country_or_edition_leaks(country: str, edition: int | None, world: Snapshot) -> None:
    name = world.taxonomy.countries[country].name
    for topic in ("pipeline fuel", "marble quarries", "a same sentence", "prisons", "salt"):
        answer = ask(world, f"who is behind {topic} in {name} {edition or ''}")
        assert {p.country for p in answer.passages} <= {country}
        assert edition is None or {p.edition for p in answer.passages} <= {edition}


def test_the_same_sentence_in_two_countries_is_two_passages(world: Snapshot) -> None:
    found = {p.id for p in ask(world, "where is a same sentence written in Niger and Nigeria").passages}
    assert {"NER-2021-people-1", "NGA-2021-people-1"} <= found


def test_several_countries_each_get_their_share(world: Snapshot) -> None:
    answer = ask(world, "what is stolen in Chad and Nigeria", limit=4)
    assert [p.country for p in answer.passages].count("NGA") == 2


def test_a_question_without_a_country_searches_all_countries(world: Snapshot) -> None:
    answer = ask(world, "who taps the pipeline and sells the fuel")
    assert answer.passages[0].country == "NGA"
    assert answer.understood.countries == ()


def test_a_group_restricts_the_search_to_its_countries(world: Snapshot) -> None:
    answer = ask(world, "who runs marble quarries in West Africa")
    assert {p.country for p in answer.passages} <= {"NER", "NGA"}


def test_a_placeholder_section_is_declined_as_not_measured(world: Snapshot) -> None:
    answer = ask(world, "who is behind ransomware in Niger")
    assert not answer.answered
    assert "first appears in the 2023 edition" in answer.answer


def assert_quotes_are_exact(answer: Answer, snapshot: Snapshot) -> None:
    stored = {p.id: p.text for p in snapshot.passages}
    for passage in answer.passages:
        assert passage.text == stored[passage.id]
        assert all(0 <= a < b <= len(passage.text) for a, b in passage.highlight)
    if answer.answered and answer.result is None:
        assert answer.answer in answer.passages[0].text


WORDS = st.sampled_from(
    ("who controls gold mining Peru cocaine score 2021 2023 police Chile rank in the what is prison 🔫 <b> $x$ Congo").split()
)


@settings(max_examples=40)
@given(st.lists(WORDS, min_size=1, max_size=12) | st.text(max_size=80).map(lambda t: [t]))
def test_every_answer_is_in_its_sources_whatever_is_asked(shipped: Snapshot, words: list[str]) -> None:
    try:
        answer = ask(shipped, " ".join(words))
    except QuestionError:
        return
    assert_quotes_are_exact(answer, shipped)
    assert 0 <= answer.confidence <= 1
    assert answer.answered or isinstance(answer.result, Unavailable)
    assert {p.country for p in answer.passages if answer.understood.countries and p.country} <= set(answer.understood.countries)
    json.dumps(answer.to_dict())


def test_asking_twice_or_from_many_threads_gives_the_same(shipped: Snapshot) -> None:
    questions = [GOLD, "Peru cocaine score 2021", "are Peruvian judges corrupt", "Peru rank"] * 8
    expected = [ask(shipped, q).to_dict() for q in questions]
    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(lambda q: ask(shipped, q).to_dict(), questions)) == expected
