"""What a question names and what kind of answer it asks for. The tables are the specification."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import QuestionError
from corpus.taxonomy import Taxonomy, load_taxonomy
from index.contract.answer_kind import Kind
from index.questions.kind import kind_of
from index.questions.names import build_gazetteer
from index.questions.question import Question, understand
from index.questions.slots import slots_of

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)


def read(text: str) -> Question:
    return understand(text, GAZETTEER, TAXONOMY.editions)


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("gold in Peru", ["PER"]),
        ("gold in perú", ["PER"]),
        ("PERU'S gold", ["PER"]),
        ("Peruvian gold", ["PER"]),
        ("Ivory Coast cocoa", ["CIV"]),
        ("Côte d'Ivoire", ["CIV"]),
        ("cote d’ivoire", ["CIV"]),
        ("Burma", ["MMR"]),
        ("DRC minerals", ["COD"]),
        ("dr congo", ["COD"]),
        ("Democratic Republic of the Congo", ["COD"]),
        ("Republic of the Congo", ["COG"]),
        ("Congo-Brazzaville", ["COG"]),
        ("Türkiye", ["TUR"]),
        ("turkey", ["TUR"]),
        ("Swaziland", ["SWZ"]),
        ("North Korea", ["PRK"]),
        ("South Korean police", ["KOR"]),
        ("Guinea", ["GIN"]),
        ("Guinea-Bissau", ["GNB"]),
        ("Equatorial Guinea", ["GNQ"]),
        ("Papua New Guinea", ["PNG"]),
        ("Niger", ["NER"]),
        ("Nigeria", ["NGA"]),
        ("Nigerien", ["NER"]),
        ("Dominica", ["DMA"]),
        ("Dominican Republic", ["DOM"]),
        ("South Sudan", ["SSD"]),
        ("Sudan", ["SDN"]),
        ("Georgia", ["GEO"]),
        ("State of Georgia", []),
        ("New Mexico", []),
        ("Gulf of Guinea", []),
        ("Indian Ocean", []),
        ("the UK and the US", ["GBR", "USA"]),
        ("tell us about it", []),
        ("the USA", ["USA"]),
        ("PER gold", ["PER"]),
        ("gold per head", []),
        ("houses in Romania", ["ROU"]),
        ("a woman and a roman", []),
        ("Malian and Maltese", ["MLI", "MLT"]),
    ],
)
def test_countries_are_matched_by_whole_words_the_longest_first(text: str, countries: list[str]) -> None:
    assert list(read(text).countries) == countries


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("Peurvian gold", "PER"),
        ("Venezula", "VEN"),
        ("Colmbia", "COL"),
        ("Columbia", "COL"),
        ("Afganistan", "AFG"),
        ("Phillipines", "PHL"),
        ("Dominican Repulic", "DOM"),
        ("Moroco", "MAR"),
        ("Guatamala", "GTM"),
    ],
)
def test_misspelt_countries_are_corrected(typed: str, country: str) -> None:
    assert read(typed).countries == (country,)


@pytest.mark.parametrize("word", ["chain", "stain", "spin", "roman", "main", "currant", "trance", "million", "police"])
def test_english_words_are_not_corrected_into_countries(word: str) -> None:
    assert read(f"the {word} of it").countries == ()


def test_a_misspelling_with_two_corrections_is_reported_not_guessed() -> None:
    question = read("Nigera gold")
    assert question.countries == ()
    assert question.unsure == (("Nigera", ("niger", "nigeria")),)


def test_a_name_that_several_countries_share_is_never_guessed() -> None:
    assert read("Congo gold").ambiguous == (("Congo", ("COD", "COG")),)
    assert read("Congo gold").countries == ()
    assert read("gold in Taiwan").not_scored == ("Taiwan",)


@pytest.mark.parametrize(
    ("text", "subjects", "mentions"),
    [
        ("Which Serbian groups are active in Peru", ["PER"], ["SRB"]),
        ("Colombian and Mexican mafias in Peru", ["PER"], ["COL", "MEX"]),
        ("weapons from the US to Colombia through Peru", ["USA", "COL", "PER"], []),
        ("police in Peru and Chile", ["PER", "CHL"], []),
        ("police in Peru, Chile and Brazil", ["PER", "CHL", "BRA"], []),
        ("Peru vs Chile criminality", ["PER", "CHL"], []),
        ("Serbian groups in Kosovo", [], ["SRB"]),
        ("Taiwan and China", ["CHN"], []),
        ("Danish forces covering Greenland", ["DNK"], []),
    ],
)
def test_countries_asked_about_are_kept_apart_from_countries_mentioned(
    text: str, subjects: list[str], mentions: list[str]
) -> None:
    question = read(text)
    assert (list(question.countries), list(question.mentions)) == (subjects, mentions)


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("illegal logging", ["flora_crimes"]),
        ("who smuggles gold", ["non_renewable_resource_crimes"]),
        ("illegal gold mining", ["non_renewable_resource_crimes"]),
        ("oil theft", ["non_renewable_resource_crimes"]),
        ("poachers", ["fauna_crimes"]),
        ("corrupt officials", ["state_embedded_actors"]),
        ("meth", ["synthetic_drug_trade"]),
        ("protection rackets", ["extortion_and_protection_racketeering"]),
        ("cyber-dependent crimes", ["cyber_dependent_crimes"]),
        ("people smugglers", ["human_smuggling"]),
        ("trafficking in persons", ["human_trafficking"]),
        ("anti-money laundering", ["anti_money_laundering"]),
        ("mafia style groups", ["mafia_style_groups"]),
        ("cocaine and heroin", ["cocaine_trade", "heroin_trade"]),
        ("cannabiss", ["cannabis_trade"]),
        ("the weather", []),
    ],
)
def test_indicators_are_found_by_name_and_by_analysts_words(text: str, indicators: list[str]) -> None:
    assert list(read(text).indicators) == indicators


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("in the Caribbean", ["Caribbean"]),
        ("Southeast Asia", ["South-Eastern Asia"]),
        ("the Middle East", ["Western Asia"]),
        ("OECD countries", ["OECD"]),
        ("EU member states", ["European Union"]),
        ("African Union", ["African Union"]),
        ("Commonwealth of Dominica", []),
        ("Caribbean Community", ["CARICOM"]),
        ("G-20", ["G20"]),
        ("West or Central Africa", ["West Africa", "Central Africa"]),
        ("Central and South American countries", ["Central America", "South America"]),
    ],
)
def test_groups_are_found_by_name_and_synonym(text: str, groups: list[str]) -> None:
    assert list(read(text).groups) == groups


def test_every_official_name_stands_for_its_own_indicator_or_country() -> None:
    for indicator in TAXONOMY.indicators.values():
        assert read(indicator.name).indicators == (indicator.id,)
    for country in TAXONOMY.countries.values():
        assert read(f"crime in {country.name}").countries == (country.iso3,)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("who controls illegal gold mining in Peru", Kind.PASSAGES),
        ("what is the most active group in Peru", Kind.PASSAGES),
        ("are Peruvian judges corrupt", Kind.PASSAGES),
        ("illegal gold mining in Peru", Kind.PASSAGES),
        ("how many officials are under investigation in Peru", Kind.PASSAGES),
        ("why has gold mining increased in Peru", Kind.PASSAGES),
        ("what does the Index say about Peruvian prisons", Kind.PASSAGES),
        ("how does Peru rank among cocaine producers", Kind.PASSAGES),
        ("how low has landline density fallen in Peru", Kind.PASSAGES),
        ("cocaine from Peru to Spain", Kind.PASSAGES),
        ("drugs in Peru", Kind.PASSAGES),
        ("Peru", Kind.VALUE),
        ("peru cocaine score 2023", Kind.VALUE),
        ("Peru cyber-dependent crimes 2021", Kind.VALUE),
        ("what is the criminality score of Peru?", Kind.VALUE),
        ("how high is extortion in Haiti", Kind.VALUE),
        ("how does Peru rank for resilience in the Americas", Kind.RANK),
        ("Peru's rank", Kind.RANK),
        ("what is human trafficking", Kind.DEFINITION),
        ("what counts as flora crimes", Kind.DEFINITION),
        ("define resilience", Kind.DEFINITION),
        ("definition of state-embedded actors", Kind.DEFINITION),
        ("which country has the highest cocaine score", Kind.SET),
        ("top five countries for criminality in West Africa", Kind.RANKING),
        ("how many countries score above 7 for cocaine", Kind.COUNT),
        ("average resilience score in Europe", Kind.AGGREGATE),
        ("compare criminality in Peru and Chile", Kind.COMPARISON),
        ("did Peru's criminality score rise between 2021 and 2023", Kind.CHANGE),
    ],
)
def test_a_question_asks_for_this_kind_of_answer(text: str, kind: Kind) -> None:
    assert kind_of(slots_of(read(text).reading)) is kind


def test_years_without_an_edition_are_kept_apart_from_editions() -> None:
    question = read("Peru cocaine score 2021 2023 2024")
    assert (question.editions, question.unread_years) == ((2021, 2023), (2024,))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("\x00\x07\x1b", "empty"),
        ("x" * 10_000, "10,000 characters, more than the 1,000 allowed"),
        ("🔫💰🔥", "no word in Latin letters"),
        ("谁控制秘鲁的非法金矿", "no word in Latin letters"),
        ("Кто контролирует золото", "no word in Latin letters"),
        ("2021 ??", "no word in Latin letters"),
    ],
)
def test_a_text_that_is_no_question_is_refused_with_a_reason_and_a_hint(text: str, says: str) -> None:
    with pytest.raises(QuestionError, match=says) as caught:
        read(text)
    assert caught.value.hint


def test_control_characters_inside_a_question_are_ignored() -> None:
    assert read("who controls\x00 gold\x1b in\u202e Peru\r\n").countries == ("PER",)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_with_a_question_error(text: str) -> None:
    try:
        question = read(text)
    except QuestionError:
        return
    assert set(question.countries) <= TAXONOMY.countries.keys()
    assert set(question.indicators) <= TAXONOMY.indicators.keys()


PARTS = st.sampled_from(["Peru", "gold", "who", "in", "Congo", "score", "2021", "Nigera", "the", "vs"])


@given(st.lists(PARTS, max_size=20))
def test_the_same_text_is_always_read_the_same_way(words: list[str]) -> None:
    text = " ".join(["what", *words])
    assert read(text) == read(text)


def test_a_question_of_the_greatest_length_is_read() -> None:
    question = read(("xqzvwk " * 200)[:1000].strip())
    assert set(question.words) <= {"xqzvwk", "xqzvw", "xqzv", "xqz", "xq", "x"}


@pytest.mark.parametrize(
    ("text", "half_read"),
    [
        ("countries that rose by more than .5", (".5",)),
        ("resilience below -4", ("-4",)),
        ("criminality up by ½", ("½",)),
        ("cocaine above 7½", ("7½",)),
        ("cocaine above 5²", ("5²",)),
        ("who has 7/10 for heroin", ("7/10",)),
        ("more than 1e1", ("1e1",)),
        ("rose by 0.5 between 2021-2023, 2021/23 and 2021 -2023", ()),
        ("between 4-5 or 4,5 and 10.00", ()),
    ],
)
def test_a_number_is_read_whole_or_not_at_all(text: str, half_read: tuple[str, ...], taxonomy: Taxonomy) -> None:
    assert understand(text, build_gazetteer(taxonomy), taxonomy.editions).unread_numbers == half_read
