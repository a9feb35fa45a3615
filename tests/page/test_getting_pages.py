"""Wherever a page is missing, the reader is told how to get it: the command, and what is loaded of all."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.content.loaded_words import loaded_words
from app.reports.getting_pages import pages_missing, ways_to_get_pages
from corpus.taxonomy import Taxonomy
from index.answers.answer import ask
from index.generations.snapshot import Snapshot

ASK = Path(__file__).parents[2] / "app" / "screens" / "ask_page.py"
MEXICO = "ocqa fetch --country Mexico --edition 2025 --build"


@pytest.mark.parametrize(
    ("question", "words", "command"),
    [
        ("who controls gold mining in Mexico", "The 2025 page of Mexico is not loaded. To get it:", MEXICO),
        ("tell me about Mexico", "The 2025 page of Mexico is not loaded. To get it:", MEXICO),
        ("what is the population of Mexico", "The 2025 page of Mexico is not loaded. To get it:", MEXICO),
        (
            "who controls gold mining in Peru 2023",
            "The 2023 page of Peru is not loaded. To get it:",
            "ocqa fetch --country Peru --edition 2023 --build",
        ),
        (
            "who controls gold mining in Ivory Coast in 2021",
            "The 2021 page of Côte d'Ivoire is not loaded. To get it:",
            """ocqa fetch --country 'Côte d'"'"'Ivoire' --edition 2021 --build""",
        ),
        ("who controls gold mining in West Africa", "The pages are not loaded. To get all of them:", "ocqa fetch --all --build"),
    ],
)
def test_an_answer_that_lacks_a_page_names_the_command_that_gets_it(
    question: str, words: str, command: str, shipped: Snapshot
) -> None:
    missing = pages_missing(ask(shipped, question), shipped.text_editions, shipped.taxonomy)
    assert missing is not None
    assert missing.words(shipped.taxonomy) == words
    assert missing.command(shipped.taxonomy, None) == command
    assert shlex.split(missing.command(shipped.taxonomy, Path("my index")))[-2:] == ["--index", "my index"]


@pytest.mark.parametrize(
    "question",
    [
        "who controls illegal gold mining in Peru",
        "cocaine score of Mexico",
        "how do I bake a cake",
        "cocaine score of Taiwan",
        "what is loaded",
    ],
)
def test_an_answer_that_pages_would_not_help_names_none(question: str, shipped: Snapshot) -> None:
    assert pages_missing(ask(shipped, question), shipped.text_editions, shipped.taxonomy) is None


def test_the_ways_count_what_is_loaded_and_end_when_all_is(shipped: Snapshot, taxonomy: Taxonomy) -> None:
    ways = ways_to_get_pages(shipped.text_editions, taxonomy, None)
    assert ways is not None
    assert ways.words == "Of 579 profile pages (193 countries, 3 editions), 1 is loaded."
    assert [shlex.split(command)[:2] for _, command in ways.commands] == [
        ["ocqa", "fetch"],
        ["ocqa", "fetch"],
        ["ocqa", "import"],
    ]
    assert ways_to_get_pages(dict.fromkeys(taxonomy.countries, taxonomy.editions), taxonomy, None) is None


def test_the_first_view_says_what_is_loaded(shipped: Snapshot, world: Snapshot) -> None:
    assert loaded_words(shipped) == (
        "Scores of 193 countries in the editions 2021, 2023 and 2025 are loaded; profile text of Peru (2021)."
    )
    assert loaded_words(world).endswith("profile text of Chad (2021 and 2023), Niger (2021) and Nigeria (2021).")


def test_the_page_shows_the_command_beside_the_refusal_and_on_the_first_view(
    shipped_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCQA_INDEX", str(shipped_index))
    page = AppTest.from_file(str(ASK), default_timeout=60).run()
    assert not page.exception
    assert any(code.value.startswith("ocqa fetch --all --build") for code in page.code)
    page.text_input(key="question").set_value("who controls gold mining in Mexico").run()
    assert not page.exception
    assert any(code.value.startswith(MEXICO) for code in page.code)
