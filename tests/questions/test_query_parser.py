"""From words to a query: of what, where, when, under which conditions, in which order. The tables are the specification."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.taxonomy import load_taxonomy
from index.contract.answer_kind import Kind
from index.questions.context import NotUnderstood
from index.questions.kind import kind_of
from index.questions.names import build_gazetteer
from index.questions.query_parser import Parsed, parse
from index.questions.question import understand
from index.questions.slots import slots_of
from index.scores.loaded_scores import LoadedScores
from index.scores.query import Query
from index.scores.query_text import query_words

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)
LOADED = LoadedScores.of((c, e, i.id) for e in TAXONOMY.editions for i in TAXONOMY.measured(e) for c in TAXONOMY.countries)


def read(text: str) -> Parsed:
    slots = slots_of(understand(text, GAZETTEER, TAXONOMY.editions).reading)
    kind = kind_of(slots)
    assert kind not in (Kind.PASSAGES, Kind.DEFINITION), f"{text!r} was read as {kind}"
    return parse(kind, slots, TAXONOMY, LOADED)


def query_of(text: str) -> Query:
    (query,) = read(text).queries
    return query


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("peru cocaine score 2023", "cocaine trade in 2023, Peru"),
        ("how does Peru rank for resilience in South America", "rank by resilience in 2025, Peru in South America"),
        ("where does Fiji rank regionally for resilience", "rank by resilience in 2025, Fiji in Melanesia"),
        (
            "Which countries have criminality above 7 and resilience below 4?",
            "countries by criminality in 2025 and resilience in 2025, in the world, "
            "where criminality in 2025 is above 7.00 and resilience in 2025 is below 4.00",
        ),
        (
            "criminality at least seven and a half in Africa in 2021",
            "countries by criminality in 2021, in Africa, where criminality in 2021 is at least 7.50",
        ),
        (
            "EU countries no better than 4 on law enforcement",
            "countries by law enforcement in 2025, in the European Union, where law enforcement in 2025 is at most 4.00",
        ),
        (
            "countries worse than 8 for human smuggling",
            "countries by human smuggling in 2025, in the world, where human smuggling in 2025 is above 8.00",
        ),
        (
            "where mafia-style groups outscore criminal networks in the Caribbean",
            "countries by mafia-style groups in 2025, in the Caribbean, "
            "where mafia-style groups in 2025 is above criminal networks in 2025",
        ),
        (
            "Which South American countries have higher criminality than Peru?",
            "countries by criminality in 2025, in South America, where criminality in 2025 is above that of Peru",
        ),
        (
            "African countries above the world average for cocaine trade",
            "countries by cocaine trade in 2025, in Africa, where cocaine trade in 2025 is above the mean for the world",
        ),
        (
            "score of 8 or more for heroin trade or cocaine trade in Asia, which countries",
            "countries by heroin trade in 2025 and cocaine trade in 2025, in Asia, "
            "where heroin trade in 2025 is at least 8.00 or cocaine trade in 2025 is at least 8.00",
        ),
        (
            "criminality above 6 in 2021 and below 6 in 2025, which countries",
            "countries by criminality in 2021 and criminality in 2025, in the world, "
            "where criminality in 2021 is above 6.00 and criminality in 2025 is below 6.00",
        ),
        (
            "Which OECD countries saw criminality rise by at least 0.2 between 2021 and 2023 and resilience fall by more than "
            "0.3?",
            "countries by change in criminality from 2021 to 2023 and change in resilience from 2021 to 2023, in the OECD, "
            "where change in criminality from 2021 to 2023 is at least 0.20 "
            "and change in resilience from 2021 to 2023 is below -0.30",
        ),
        (
            "which countries improved law enforcement since 2021",
            "countries by change in law enforcement from 2021 to 2025, in the world, "
            "where change in law enforcement from 2021 to 2025 is above zero",
        ),
        (
            "which countries improved criminality since 2021",
            "countries by change in criminality from 2021 to 2025, in the world, "
            "where change in criminality from 2021 to 2025 is below zero",
        ),
        (
            "Which Asian countries fell in both criminality and resilience between 2021 and 2023?",
            "countries by change in criminality from 2021 to 2023 and change in resilience from 2021 to 2023, in Asia, "
            "where change in criminality from 2021 to 2023 is below zero "
            "and change in resilience from 2021 to 2023 is below zero",
        ),
        (
            "Which countries fell in both 2023 and 2025 on resilience?",
            "countries by change in resilience from 2021 to 2023 and change in resilience from 2023 to 2025, in the world, "
            "where change in resilience from 2021 to 2023 is below zero and change in resilience from 2023 to 2025 is below zero",
        ),
        ("which country has the weakest law enforcement", "countries by law enforcement in 2025, in the world, the lowest"),
        ("worst European country for resilience", "countries by resilience in 2025, in Europe, the lowest"),
        ("safest country in Asia", "countries by criminality in 2025, in Asia, the lowest"),
        ("bottom 3 in the G7 for prevention", "countries ranked by prevention in 2025, in the G7, the 3 lowest"),
        (
            "top five risers in cocaine trade in Africa, 2021 to 2025",
            "countries ranked by change in cocaine trade from 2021 to 2025, in Africa, "
            "where change in cocaine trade from 2021 to 2025 is above zero, the 5 largest rises",
        ),
        (
            "rank the ASEAN countries by criminality from lowest to highest",
            "countries ranked by criminality in 2025, in ASEAN, lowest first",
        ),
        (
            "how many NATO members outside Europe score 5+ on cyber-dependent crimes",
            "number of countries by cyber-dependent crimes in 2025, in NATO excluding Europe, "
            "where cyber-dependent crimes in 2025 is at least 5.00",
        ),
        ("compare Peru, Chile and Brazil on criminality in 2021", "criminality in 2021, Peru, Chile and Brazil"),
        ("is Kenya more resilient than Uganda", "resilience in 2025, Kenya and Uganda"),
        ("how much did Peru's criminality rise from 2021 to 2023", "change in criminality from 2021 to 2023, Peru"),
        ("Peru criminality in 2023 compared to 2021", "change in criminality from 2021 to 2023, Peru"),
        ("median resilience of ECOWAS in 2021", "median resilience in 2021, in ECOWAS"),
        ("what is the highest cocaine trade score in Asia", "highest cocaine trade in 2025, in Asia"),
        ("Peru's worst criminal market in 2021", "indicators of Peru by score in 2021, among 10 indicators, the highest"),
        (
            "Haiti's two weakest resilience indicators",
            "indicators of Haiti by score in 2025, among 12 indicators, the 2 lowest",
        ),
        (
            "which of Mexico's criminal actors are at 8 or above",
            "indicators of Mexico by score in 2025, among 5 indicators, where score in 2025 is at least 8.00",
        ),
        (
            "which NATO members in Europe score below 4 on criminality",
            "countries by criminality in 2025, in NATO within Europe, where criminality in 2025 is below 4.00",
        ),
        (
            "countries other than Peru and Chile in South America with criminality above 6",
            "countries by criminality in 2025, in South America excluding Peru and Chile, "
            "where criminality in 2025 is above 6.00",
        ),
    ],
)  # fmt: skip
def test_a_question_about_scores_gives_this_query(text: str, words: str) -> None:
    assert query_words(query_of(text), TAXONOMY) == words


@pytest.mark.parametrize(
    "paraphrases",
    [
        (
            "Which African countries have criminality above 7?",
            "african countries with a criminality score of more than 7",
            "countries in Africa scoring over seven for criminality",
            "criminality > 7 in Africa",
            "In Africa, where is criminality greater than 7.0?",
            "crimnality above 7, Africa",
        ),
        (
            "top 5 countries for cocaine trade in 2023",
            "the five highest countries for cocaine trade, 2023",
            "five countries highest cocaine trade score in 2023",
            "Which five countries scored highest for the cocaine trade in the 2023 edition?",
            "2023 top five cocaine trade",
        ),
        (
            "which countries rose by at least 0.5 in criminality between 2021 and 2023",
            "Which countries saw criminality increase by half a point or more from 2021 to 2023?",
            "countries whose criminality went up by at least half a point between 2021 and 2023",
            "criminality up by 0.5 or more, 2021-2023, which countries",
        ),
        (
            "Which country has the lowest resilience in Asia?",
            "the least resilient country in Asia",
            "asian country with the weakest resilience",
            "Who scores lowest for resilience in Asia?",
            "worst Asian country for resilience",
        ),
        (
            "criminality in Peru versus Chile",
            "Is criminality higher in Peru or Chile?",
            "compare Peru and Chile on criminality",
            "Peru vs Chile: criminality",
            "Does Peru have higher criminality than Chile?",
        ),
        (
            "What is Peru's rank for criminality in the Americas in 2021?",
            "where does Peru stand in the Americas on criminality, 2021",
            "Peru 2021 criminality ranking in the Americas",
            "How does Peru rank for criminality on its continent in 2021?",
        ),
    ],
)
def test_paraphrases_give_the_same_query(paraphrases: tuple[str, ...]) -> None:
    assert len({query_of(text) for text in paraphrases}) == 1, {t: query_words(query_of(t), TAXONOMY) for t in paraphrases}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("top 3 and bottom 3 in Europe for resilience", "'3' could not be read"),
        ("countries whose criminality exceeds their resilience by more than 4", "difference between two scores"),
        ("countries with criminality above 7 and below 6", "contradict each other"),
        ("which country changed most in criminality between 2021 and 2023", "a rise or a fall"),
        ("which country scored 10 for a market in cocaine trade", "'market' could not be read"),
        ("which countries have the highest drugs score", "several scores"),
        ("highest score for cocaine trade and heroin trade in Asia", "one ranking by several scores"),
        ("highest criminality and lowest resilience in Africa, which country", "two rankings at once"),
        ("five countries with criminality above 7", "which of the countries that meet the conditions"),
        ("which countries have lower criminality than the regional average", "which region"),
        ("countries whose criminality changed by less than 1 from 2021 to 2023", "cannot have an upper limit"),
        ("countries where criminality did not rise by more than 0.3 between 2021 and 2023", "negated change by an amount"),
        ("countries with criminality higher than criminality", "only one indicator"),
        ("Peru's worst indicator", "opposite ends of the scale"),
        ("which region has the highest criminality score", "'region' could not be read"),
    ],
)
def test_what_cannot_be_read_is_refused_and_named(text: str, says: str) -> None:
    with pytest.raises(NotUnderstood) as caught:
        read(text)
    assert says in caught.value.why


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("safest country in Asia", "a low score does not make a country safe"),
        ("worst country for resilience in Asia", "Read 'worst' as the lowest score: for resilience higher is better."),
        ("countries scoring above 8", "The question names no indicator, so this is the overall criminality score."),
        ("Peru resilience change 2021 to 2023 in percent", "never in percent"),
        ("criminality score of Peru in South America", "South America was not used"),
    ],
)
def test_a_note_says_how_a_doubtful_word_was_read(text: str, says: str) -> None:
    assert any(says in note for note in read(text).notes)


def test_several_editions_or_indicators_give_one_query_each() -> None:
    assert [query_words(q, TAXONOMY) for q in read("Peru cocaine trade and heroin trade scores in 2021 and 2023").queries] == [
        "cocaine trade in 2021, Peru",
        "cocaine trade in 2023, Peru",
        "heroin trade in 2021, Peru",
        "heroin trade in 2023, Peru",
    ]


WORDS = st.sampled_from(
    "Peru Chile Africa EU criminality resilience cocaine score rank top five 7 2021 2023 since above below at least between and "
    "or than higher lowest rose fell by 0.5 which countries how many average not except both every worst".split()
)


@given(st.lists(WORDS, min_size=1, max_size=14))
def test_any_words_give_queries_or_a_refusal(words: list[str]) -> None:
    text = " ".join(words)
    slots = slots_of(understand(f"x {text}", GAZETTEER, TAXONOMY.editions).reading)
    kind = kind_of(slots)
    if kind in (Kind.PASSAGES, Kind.DEFINITION):
        return
    try:
        parsed = parse(kind, slots, TAXONOMY, LOADED)
    except NotUnderstood as error:
        assert error.why
        return
    assert parsed.queries
    for query in parsed.queries:
        assert query_words(query, TAXONOMY)
        assert set(query.countries) <= TAXONOMY.countries.keys()
