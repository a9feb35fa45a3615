"""What everyday questions ask that once was answered with something else: other topics, two questions, several first places."""

from __future__ import annotations

from decimal import Decimal

import pytest

from index.answers.answer import ask
from index.contract.briefing_results import AboutResult, OverviewResult
from index.contract.group_results import DifferenceResult, TrendResult
from index.contract.refusal import RefusalReason
from index.contract.typed_results import RankResult, SetResult, Unavailable
from index.generations.snapshot import Snapshot
from index.meaning.contradictions import contradictory
from index.meaning.halves import clauses_of
from index.meaning.meaning import Kind, Meaning, Test
from index.scores.query import Op


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("which country got worse in education", "education"),
        ("how many countries improved in tourism since 2021", "tourism"),
        ("worst country in Africa for unemployment", "unemployment"),
        ("how many countries got worse in life expectancy", "life expectancy"),
    ],
)
def test_a_topic_that_is_not_scored_is_not_answered_with_the_overall_score(question: str, topic: str, shipped: Snapshot) -> None:
    answer = ask(shipped, question)
    assert not answer.answered and isinstance(answer.result, Unavailable)
    assert answer.result.reason == RefusalReason.OUTSIDE_INDEX and topic in answer.answer
    assert answer.alternatives and topic not in answer.alternatives[0]


@pytest.mark.parametrize(
    "question",
    [
        "which country is worst for organised crime",
        "which country got worse in general",
        "which countries got worse in recent years",
        "who improved most in the last edition",
        "which country is worst for smuggling people",
        "which country is best at fighting crime",
    ],
)
def test_what_stands_for_the_whole_or_for_an_indicator_is_answered(question: str, shipped: Snapshot) -> None:
    assert isinstance(ask(shipped, question).result, SetResult)


def test_conditions_that_no_score_can_meet_were_read_wrong(shipped: Snapshot) -> None:
    topics = "Name the countries where both fentanyl-type drugs and money laundering controls are a problem"
    assert not ask(shipped, f"{topics}: synthetic drugs 7 or higher and anti-money laundering 4 or lower.").answered
    plain = ask(shipped, "countries with synthetic drugs at least 7 and anti-money laundering at most 4").result
    assert isinstance(plain, SetResult) and len(plain.countries) > 10


@pytest.mark.parametrize(
    ("low", "high", "empty"),
    [
        ((Op.AT_LEAST, 7), (Op.AT_MOST, 4), True),
        ((Op.ABOVE, 5), (Op.AT_MOST, 5), True),
        ((Op.AT_LEAST, 5), (Op.AT_MOST, 5), False),
        ((Op.AT_LEAST, 4), (Op.BELOW, 7), False),
        ((Op.EQUAL, 4), (Op.EQUAL, 5), True),
    ],
)
def test_bounds_contradict_only_where_nothing_lies_between(low: tuple[Op, int], high: tuple[Op, int], empty: bool) -> None:
    tests = tuple((Test("cocaine_trade", op, Decimal(value)),) for op, value in (low, high))
    assert contradictory(Meaning(Kind.SET, tests=tests)) is empty
    either = ((tests[0][0], tests[1][0]),)
    assert not contradictory(Meaning(Kind.SET, tests=either))


@pytest.mark.parametrize(
    ("question", "country", "topic"),
    [
        ("Does Turkey have a heroin problem?", "TUR", "heroin_trade"),
        ("does Nigeria have a problem with human trafficking", "NGA", "human_trafficking"),
        ("Is corruption a big problem in Kenya?", "KEN", "state_embedded_actors"),
        ("how big a problem is illegal logging in Peru", "PER", "flora_crimes"),
    ],
)
def test_whether_something_is_a_problem_is_told_by_its_score(question: str, country: str, topic: str, shipped: Snapshot) -> None:
    result = ask(shipped, question).result
    assert isinstance(result, OverviewResult) and (result.country, result.indicator) == (country, topic)


def test_several_first_places_asked_for_without_a_number_are_followed_by_the_next(shipped: Snapshot) -> None:
    several = ask(shipped, "give me the biggest drops in resilience 2021-2025")
    assert isinstance(several.result, SetResult) and several.result.countries == ("MMR",)
    assert "Next: Ecuador (-1.25), Afghanistan (-1.17)" in several.answer
    assert {"ECU", "AFG"} <= {fact.country for fact in several.facts}
    one = ask(shipped, "which country had the biggest drop in resilience between 2021 and 2025")
    assert "Next:" not in one.answer and {fact.country for fact in one.facts} == {"MMR"}


def test_two_questions_about_the_index_are_both_answered(shipped: Snapshot) -> None:
    answer = ask(shipped, "Who publishes this index and how many countries does it cover?")
    assert isinstance(answer.result, AboutResult)
    assert "Global Initiative" in answer.answer and "193 countries" in answer.answer


def test_of_two_questions_about_scores_the_reader_is_told_which_is_answered(shipped: Snapshot) -> None:
    answer = ask(shipped, "What rank does Turkey have in the world and what do people there think of it?")
    assert isinstance(answer.result, RankResult)
    assert any("what do people there think of it" in note for note in answer.notes)
    for whole in ("did Kenya get worse and by how much", "how does Peru rank for resilience? how does it rank for cocaine?"):
        assert not any("two things" in note for note in ask(shipped, whole).notes)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("who makes this and who pays for it", ("who makes this", "who pays for it")),
        ("What is the scale? Where can I get the data?", ("What is the scale", "Where can I get the data?")),
        ("criminal networks and mafia groups in Peru", None),
        ("what and why", None),
    ],
)
def test_a_text_is_cut_where_its_second_question_begins(text: str, clauses: tuple[str, str] | None) -> None:
    assert next(clauses_of(text), None) == clauses


def test_a_name_that_only_the_pages_know_is_looked_up_in_them(shipped: Snapshot) -> None:
    answer = ask(shipped, "What is the Shining Path?")
    assert answer.answered and "Shining Path" in answer.answer
    assert not ask(shipped, "What is the Tren de Aragua?").answered


def test_who_leads_a_gang_is_answered_by_a_name_or_not_at_all(shipped: Snapshot) -> None:
    assert not ask(shipped, "what's the name of the biggest drug boss in Peru").answered


@pytest.mark.parametrize(
    ("question", "offers"),
    [
        ("which region of the world has the most environmental crime", ("flora crimes", "fauna crimes", "non-renewable")),
        ("which country has the most drug crime", ("heroin trade", "cocaine trade", "cannabis trade", "synthetic drug trade")),
    ],
)
def test_a_section_without_a_score_of_its_own_is_offered_by_its_parts(
    question: str, offers: tuple[str, ...], shipped: Snapshot
) -> None:
    answer = ask(shipped, question)
    assert not answer.answered and len(answer.alternatives) == len(offers)
    assert all(part in text for part, text in zip(offers, answer.alternatives, strict=True))
    assert all(ask(shipped, text).answered for text in answer.alternatives)


@pytest.mark.parametrize(
    ("question", "country", "topic"),
    [
        ("is heroin common in Norway", "NOR", "heroin_trade"),
        ("are there gangs in Chile", "CHL", "mafia_style_groups"),
        ("does Chile have gangs", "CHL", "mafia_style_groups"),
        ("how widespread is extortion in Honduras", "HND", "extortion_and_protection_racketeering"),
        ("How free are journalists and NGOs in Russia", "RUS", "non_state_actors"),
        ("are private companies involved in organised crime in the UAE", "ARE", "private_sector_actors"),
        ("fentanyl n meth in mexico, how big a deal", "MEX", "synthetic_drug_trade"),
        ("do witnesses get any protection in guatemala", "GTM", "victim_and_witness_support"),
    ],
)
def test_how_much_there_is_of_something_is_told_by_its_score_where_no_page_is_loaded(
    question: str, country: str, topic: str, shipped: Snapshot
) -> None:
    result = ask(shipped, question).result
    assert isinstance(result, OverviewResult) and (result.country, result.indicator) == (country, topic)


@pytest.mark.parametrize(
    "question", ["who runs heroin in Norway", "how does heroin reach Norway", "why is heroin common in Norway?"]
)
def test_what_only_a_page_could_tell_is_not_answered_with_a_score(question: str, shipped: Snapshot) -> None:
    assert not isinstance(ask(shipped, question).result, OverviewResult)


def test_a_country_with_a_page_is_quoted(shipped: Snapshot) -> None:
    assert ask(shipped, "is there human trafficking in Peru").passages


@pytest.mark.parametrize(
    ("question", "indicators"),
    [
        ("what is weaker in Lebanon the police or the judges", ("law_enforcement", "judicial_system_and_detention")),
        ("is heroin or cocaine worse in Mexico", ("heroin_trade", "cocaine_trade")),
    ],
)
def test_two_scores_of_one_country_are_set_side_by_side(question: str, indicators: tuple[str, ...], shipped: Snapshot) -> None:
    result = ask(shipped, question).result
    assert isinstance(result, DifferenceResult) and result.indicators == indicators


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("are Denmark and Norway getting worse for criminal networks?", True),
        ("Are the Nordic countries Denmark, Norway, Sweden and Finland getting worse for criminal networks?", True),
        ("are Peru, Chile and Bolivia improving", False),
    ],
)
def test_whether_several_countries_get_worse_is_a_yes_or_no(question: str, verdict: bool, shipped: Snapshot) -> None:
    result = ask(shipped, question).result
    assert isinstance(result, SetResult) and result.verdict is verdict


def test_a_word_of_two_indicators_is_said_to_be_read_as_one(shipped: Snapshot) -> None:
    assert any("criminal networks" in note for note in ask(shipped, "did sweden gangs grow since 2021").notes)
    assert not any("looser gangs" in note for note in ask(shipped, "mafia score of Italy").notes)


def test_a_region_without_a_member_list_is_named(shipped: Snapshot) -> None:
    answer = ask(shipped, "which country in the Gulf has the highest human trafficking")
    assert not answer.answered and "member list" in answer.answer and "Western Asia" in answer.alternatives[1]


@pytest.mark.parametrize(
    "question",
    [
        "how dangerous is south africa when it comes to organised crime",
        "I am travelling to Fiji next month, how is the crime there",
    ],
)
def test_how_crime_is_somewhere_is_an_overview(question: str, shipped: Snapshot) -> None:
    result = ask(shipped, question).result
    assert isinstance(result, OverviewResult) and result.indicator is None


@pytest.mark.parametrize(
    ("question", "country", "topic"),
    [
        ("Did arms trafficking in Ukraine go up after the full-scale invasion?", "UKR", "arms_trafficking"),
        ("has Mali's resilience improved since the coup", "MLI", "resilience"),
    ],
)
def test_since_something_that_is_no_edition_every_edition_is_shown(
    question: str, country: str, topic: str, shipped: Snapshot
) -> None:
    result = ask(shipped, question).result
    assert isinstance(result, TrendResult) and (result.country, result.indicator) == (country, topic)


def test_what_a_group_is_made_of_makes_no_difference(shipped: Snapshot) -> None:
    of = [
        ask(shipped, f"which of the G7 {them} scores highest for financial crimes").result for them in ("countries", "economies")
    ]
    assert of[0] == of[1] and isinstance(of[0], SetResult)
