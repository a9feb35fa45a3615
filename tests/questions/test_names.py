"""Which places people mean: nicknames, codes, capitals, shared nouns, shared names. The tables are the specification."""

from __future__ import annotations

import pytest

from corpus.taxonomy import load_taxonomy
from index.meaning.masked import masked
from index.questions.names import build_gazetteer
from index.questions.question import Question, understand

TAXONOMY = load_taxonomy()
GAZETTEER = build_gazetteer(TAXONOMY)


def read(text: str) -> Question:
    return understand(text, GAZETTEER, TAXONOMY.editions)


def countries(text: str) -> list[str]:
    return list(masked(read(text).reading).ids("C"))


def groups(text: str) -> list[str]:
    return list(masked(read(text).reading).ids("G"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Naija cocaine score", ["NGA"]),
        ("Mzansi or Zim for guns", ["ZAF", "ZWE"]),
        ("Moz, TZ and DROC on ivory", ["MOZ", "TZA", "COD"]),
        ("the Emirates, KSA, Oz and PNG", ["ARE", "SAU", "AUS", "PNG"]),
        ("Brasil against Espagne", ["BRA", "ESP"]),
        ("is america safer than Holland", ["USA", "NLD"]),
        ("where does the us rank", ["USA"]),
        ("Canada, the States and Mexico", ["CAN", "USA", "MEX"]),
        ("the States that score above 7", []),
        ("tell us about the states of Africa", []),
        ("Yanks, Brits and Kiwis", ["USA", "GBR", "NZL"]),
        ("Poles, Turks, Thais, Filipinos", ["POL", "TUR", "THA", "PHL"]),
        ("Dutchmen and Frenchmen", ["NLD", "FRA"]),
        ("SG vs CH on fraud", ["SGP", "CHE"]),
        ("IT and AI scores", []),
        ("compare KE, ZA and NG on heroin", ["KEN", "ZAF", "NGA"]),
        ("ID vs PH, which is riskier", ["IDN", "PHL"]),
        ("CO/PE/BO cocaine", ["COL", "PER", "BOL"]),
        ("Germany, AT and Poland", ["DEU", "AUT", "POL"]),
        ("how is the IT sector of Mali", ["MLI"]),
        ("ID, please", []),
        ("draw me a map in png", []),
        ("crime in png", ["PNG"]),
        ("capital of Micronesia and its population", ["FSM"]),
        ("kaz, uzb and tjk on heroin", ["KAZ", "UZB", "TJK"]),
        ("two years ago per country", []),
        ("White Russia", ["BLR"]),
        ("East Pakistan", ["BGD"]),
        ("New Guinea", ["PNG"]),
    ],
)
def test_nicknames_demonyms_and_codes(text: str, expected: list[str]) -> None:
    assert countries(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is brazils resilience over 5", ["BRA"]),
        ("turkeys spot in nato", ["TUR"]),
        ("costa ricas police", ["CRI"]),
        ("perus score", ["PER"]),
        ("are fake jordans a problem in Peru", ["PER"]),
    ],
)
def test_the_apostrophe_of_a_possessive_may_be_missing(text: str, expected: list[str]) -> None:
    assert countries(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("which of the two Congos is worse", ["COD", "COG"]),
        ("both Koreas side by side", ["KOR", "PRK"]),
        ("north versus south korea", ["PRK", "KOR"]),
    ],
)
def test_one_name_may_stand_for_several_countries(text: str, expected: list[str]) -> None:
    assert sorted(countries(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("east v west v southern africa on cocaine", ["East Africa", "West Africa", "Southern Africa"]),
        ("North, Central and South America", ["North America", "Central America", "South America"]),
        ("Northern Europe or Southern?", ["Northern Europe", "Southern Europe"]),
        ("South America and northern Mexico", ["South America"]),
        ("are Africans worse off than Asians", ["Africa", "Asia"]),
        ("take europes mean and leave africas", ["Europe", "Africa"]),
        ("asiatic countries above 6", ["Asia"]),
        ("countries with no sea", ["landlocked states"]),
        ("insular States", ["island states"]),
        ("our CEDEAO", ["ECOWAS"]),
        ("the three Baltics on cyber", ["Baltic states"]),
        ("the five stans by heroin", ["Central Asian republics"]),
        ("GCC members below 5", ["Gulf Cooperation Council"]),
        ("mean of the Visegrad 4", ["Visegrad Group"]),
    ],
)
def test_groups_by_adjectives_and_shared_nouns(text: str, expected: list[str]) -> None:
    assert groups(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("World ranking of Pyongyang for hackers", ["PRK"]),
        ("what score does Kyiv have for resilience", ["UKR"]),
        ("Prague or Warsaw, which has the higher crime score", ["CZE", "POL"]),
        ("what is done in Kathmandu against trafficking", ["NPL"]),
        ("a male smuggler and his cargo", []),
        ("score of Ukraine, is it Kyiv that reports it", ["UKR"]),
    ],
)
def test_a_capital_stands_for_its_country_where_no_place_is_named(text: str, expected: list[str]) -> None:
    assert countries(text) == expected
    assert read("what is done in Kathmandu against trafficking").capitals == ("NPL",)


@pytest.mark.parametrize(
    ("text", "country", "group"),
    [
        ("Palau or Micronesia on human trafficking", ["PLW", "FSM"], []),
        ("rank of Palau in Micronesia", ["PLW"], ["Micronesia"]),
        ("Micronesia criminality 2023", [], ["Micronesia"]),
        ("Melanesia, Micronesia and Polynesia", [], ["Melanesia", "Micronesia", "Polynesia"]),
        ("Federated States of Micronesia score", ["FSM"], []),
    ],
)
def test_a_name_of_a_country_and_of_its_region(text: str, country: list[str], group: list[str]) -> None:
    assert (countries(text), groups(text)) == (country, group)


def test_the_reader_can_be_told_what_else_a_shared_name_may_mean() -> None:
    (shared,) = read("Micronesia criminality 2023").shared
    assert (shared.iso3, shared.group) == ("FSM", "Micronesia")
    assert read("Federated States of Micronesia score").shared == ()


@pytest.mark.parametrize("text", ["Texas cocaine score", "how do the Scots score for heroin", "an Englishman's risk", "Florida"])
def test_parts_of_countries_are_known_not_to_be_scored(text: str) -> None:
    assert read(text).not_scored and read(text).countries == ()


@pytest.mark.parametrize("word", ["talibans", "boubou", "accountant", "ganja", "booze"])
def test_some_words_are_never_taken_for_misspelt_names(word: str) -> None:
    question = read(f"the {word} of it")
    assert (question.countries, question.corrected, question.indicators) == ((), (), ())
