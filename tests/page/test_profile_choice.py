"""Which profile an address opens."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.links import anchor_of, profile_link
from app.content.profile_choice import choose, offered_profiles, opening
from corpus.taxonomy import load_taxonomy
from index.passages.passage import Passage, PassageKind
from index.scores.loaded_scores import LoadedScores

TAXONOMY = load_taxonomy()
PROFILES = {("TCD", 2021), ("TCD", 2023), ("PER", 2021)}
LOADED = LoadedScores.of([("PER", 2023, "criminality"), ("BRA", 2021, "criminality"), ("PER", 2021, "resilience")])
OFFERED = offered_profiles(PROFILES, LOADED, TAXONOMY)
PASSAGE = Passage("PER-2021-trade-1", PassageKind.PARAGRAPH, "Rifles are hidden.", "x", "PER", 2021, "Trade", "trade", 1)


def chosen(asked: Mapping[str, str]) -> tuple[str, int, int, int]:
    choice = choose(asked, OFFERED, PROFILES, TAXONOMY)
    return choice.country, choice.edition, len(choice.notes), len(choice.warnings)


def test_profiles_with_text_or_scores_are_offered_by_name_the_latest_first() -> None:
    assert list(OFFERED.items()) == [("BRA", (2021,)), ("TCD", (2023, 2021)), ("PER", (2023, 2021))]


@pytest.mark.parametrize(
    ("asked", "country", "edition", "notes", "warnings"),
    [
        ({"country": "PER", "edition": "2023"}, "PER", 2023, 0, 0),
        ({"country": " per ", "edition": "2021"}, "PER", 2021, 0, 0),
        ({"country": "PER"}, "PER", 2021, 1, 0),
        ({"country": "BRA", "edition": "2021"}, "BRA", 2021, 0, 0),
        ({}, "TCD", 2023, 1, 0),
        ({"edition": "2021"}, "TCD", 2023, 1, 0),
        ({"country": "FRA"}, "TCD", 2023, 0, 1),
        ({"country": "QQQ", "edition": "2021"}, "TCD", 2023, 0, 1),
        ({"country": "PER", "edition": "2025"}, "PER", 2021, 0, 1),
        ({"country": "PER", "edition": "last"}, "PER", 2021, 0, 1),
    ],
)
def test_an_address_opens_what_it_asks_for_or_says_why_not(
    asked: dict[str, str], country: str, edition: int, notes: int, warnings: int
) -> None:
    assert chosen(asked) == (country, edition, notes, warnings)


def test_messages_say_what_is_wrong() -> None:
    def warning(asked: dict[str, str]) -> str:
        return choose(asked, OFFERED, PROFILES, TAXONOMY).warnings[0]

    assert warning({"country": "FRA"}) == "Nothing is loaded for France, so this is the first loaded profile instead."
    assert warning({"country": "XYZ"}).startswith("The Index has no country with the code 'XYZ'")
    assert warning({"country": "PER", "edition": "1999"}) == (
        "No '1999' edition of Peru is loaded, only 2021 and 2023. This is 2021."
    )


def test_without_any_text_scores_are_shown() -> None:
    assert choose({}, {"BRA": (2021,)}, (), TAXONOMY).country == "BRA"


@given(st.dictionaries(st.sampled_from(["country", "edition"]), st.text(max_size=60)))
def test_any_address_opens_something_that_is_loaded(asked: dict[str, str]) -> None:
    country, edition, _, _ = chosen(asked)
    assert edition in OFFERED[country]


def test_a_passage_opens_with_its_range() -> None:
    paragraphs = {PASSAGE.id: PASSAGE}
    found = opening({"passage": PASSAGE.id, "at": "0-6"}, paragraphs)
    assert (found.passage, found.at, found.warning) == (PASSAGE, (0, 6), "")
    assert opening({"passage": PASSAGE.id}, paragraphs).at is None
    assert opening({}, paragraphs).passage is None
    gone = opening({"passage": "PER-2021-trade-9"}, paragraphs)
    assert gone.passage is None and "no passage 'PER-2021-trade-9'" in gone.warning


@pytest.mark.parametrize("at", ["6-0", "0-99", "0", "-3-4", "a-b", "²-3", "0-6-9", "1" * 30 + "-2"])
def test_a_range_that_does_not_fit_highlights_nothing_and_says_so(at: str) -> None:
    found = opening({"passage": PASSAGE.id, "at": at}, {PASSAGE.id: PASSAGE})
    assert found.passage == PASSAGE and found.at is None and "does not fit" in found.warning


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_passage_and_range_is_accepted(passage: str, at: str) -> None:
    found = opening({"passage": passage, "at": at}, {PASSAGE.id: PASSAGE})
    assert found.at is None or 0 <= found.at[0] < found.at[1] <= len(PASSAGE.text)


def test_links_to_passages_carry_their_anchor() -> None:
    link = profile_link("PER", 2021, PASSAGE.id, (0, 6))
    assert link == "/profile?country=PER&edition=2021&passage=PER-2021-trade-1&at=0-6#trade-1"
    assert anchor_of(PASSAGE.id) == "trade-1"
