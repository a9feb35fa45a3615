"""The Ask page without a browser."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import world
from faults import fails_on
from hypothesis import given
from hypothesis import strategies as st
from shown_text import answer_words, plain
from streamlit.testing.v1 import AppTest
from world import write_world

import app.settings
from app.content.answer_rows import lead_and_rest
from app.content.example_questions import suggested_questions
from app.content.markdown import escaped, highlighted
from app.reports.web_address import web_address
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.builder.build import build_index
from index.contract.answer_object import FoundPassage
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.generations.snapshot import Snapshot

SCRIPT = str(Path(app.settings.__file__).with_name("page.py"))


@pytest.fixture
def page(shipped_index: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("OCQA_INDEX", str(shipped_index))
    return AppTest.from_file(SCRIPT, default_timeout=60)


def all_text(page: AppTest) -> str:
    parts = [
        e.value
        for kind in ("title", "subheader", "markdown", "caption", "success", "warning", "error")
        for e in getattr(page, kind)
    ]
    return plain("\n".join(parts))


def ask(page: AppTest, question: str) -> str:
    page.run()
    page.text_input(key="question").set_value(question).run()
    assert not page.exception
    return all_text(page)


def examples(snapshot: Snapshot) -> list[str]:
    return [question for part in suggested_questions(snapshot) for question in part.questions]


def test_the_empty_page_offers_examples_and_says_where_the_figures_come_from(page: AppTest, shipped: Snapshot) -> None:
    page.run()
    assert not page.exception
    assert [b.label for b in page.button] == examples(shipped)
    text = all_text(page)
    assert "Global Initiative Against Transnational Organized Crime" in text
    assert "1 profile, 15 paragraphs, 19686 scores" in text


def test_an_example_is_asked_with_one_click(page: AppTest, shipped: Snapshot) -> None:
    page.run()
    page.button(key=f"example-{examples(shipped)[0]}").click().run()
    assert not page.exception
    assert page.text_input(key="question").value == examples(shipped)[0]
    assert "Those who control illegal gold mining" in all_text(page)


def test_the_answer_the_reading_the_scores_and_the_passages_are_shown(page: AppTest) -> None:
    text = ask(page, "who controls illegal gold mining in Peru")
    assert answer_words(page).startswith("Those who control illegal gold mining are")
    assert "From the profile text, in our words, after Peru 2021 · a strong match" in text
    assert "profile text · Peru · Non-renewable resource crimes · 2021" in text
    rows = page.table[0].value
    assert list(rows["Score"]) == ["**9.00**"]
    assert "(https://ocindex.net/2021/country/peru)" in rows["Source"].iloc[0]
    assert "1. Peru, 2021 edition, Environment, paragraph 2" in text
    assert ":orange-background[**Those who control" in text
    assert "paraphrased here" in text
    assert "2021 is the latest" in text


def test_a_declined_question_has_its_reason_and_three_questions_that_are_answered(page: AppTest) -> None:
    text = ask(page, "who controls gold mining in Norway")
    assert "No profile of Norway is loaded" in answer_words(page) and "No answer in what is loaded" in text
    offered = [page.button(key=f"offer-{number}").label for number in range(3)]
    assert all("Norway" in question for question in offered)
    for question in offered:
        assert "No answer in what is loaded" not in ask(page, question)


def test_input_that_is_not_a_question_is_an_error_with_a_way_out(page: AppTest) -> None:
    text = ask(page, "🔫")
    assert "no word in Latin letters" in page.error[0].value
    assert "What to do" in text


def test_a_question_that_makes_the_program_fail_is_answered_with_that(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    fails_on(monkeypatch, "cocaine_trade")
    assert "The program failed on this question" in ask(page, "Peru cocaine score")
    assert "Peru scored" in ask(page, "Peru heroin trade score 2021")


def test_a_missing_index_says_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCQA_INDEX", str(tmp_path / "none"))
    page = AppTest.from_file(SCRIPT, default_timeout=60).run()
    assert not page.exception
    assert "there is no index" in page.error[0].value
    assert "ocqa build" in all_text(page)


def passage(text: str, highlight: tuple[tuple[int, int], ...]) -> FoundPassage:
    return FoundPassage("X-1", "paragraph", "PER", 2021, "Trade", 1, None, text, highlight, 1.0, "x")


def test_a_new_build_is_opened_without_a_restart_and_a_damaged_one_is_not(
    world_index: Path, tmp_path: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Path(shutil.copytree(world_index, tmp_path / "index"))
    sources = write_world(tmp_path / "sources", taxonomy)
    monkeypatch.setenv("OCQA_INDEX", str(index))
    page = AppTest.from_file(SCRIPT, default_timeout=60)

    def update(salt: str) -> str:
        text = world.page("Niger", 2021, taxonomy, {"Environment": (salt,)})
        (sources / "2021" / "niger.txt").write_text(text, encoding="utf-8")
        return build_index(load_corpus([sources], taxonomy), index, encoder, taxonomy).name

    assert "Gazelle" not in ask(page, "Who weighs the salt in Niger?")
    name = update("The Gazelle League weighs the salt.")
    shown = ask(page, "Who weighs the salt in Niger?")
    assert "The Gazelle League weighs the salt." in shown and f"Index {name}, built 20" in shown
    damaged = update("The Jackal League weighs the salt.")
    (index / "generations" / damaged / "chunks.faiss").unlink()
    shown = ask(page, "Who weighs the salt in Niger?")
    assert "The Gazelle League weighs the salt." in shown and "chunks.faiss cannot be read" in shown


def test_text_of_sources_is_never_markup() -> None:
    hostile = (
        "<script>alert(1)</script> ![x](http://evil.example/x.png) [y](javascript:z) $a^2$ :red[q] `c` **b** # h\n- l | t ~~s~~"
    )
    shown = highlighted(passage(hostile, ((0, 8),)))
    for sign in "<>!()$`#|~":
        assert all(shown[i - 1] == "\\" for i, c in enumerate(shown) if c == sign), sign
    assert "\n" not in shown


@given(st.text(max_size=80))
def test_escaping_changes_no_letter(text: str) -> None:
    shown = escaped(text)
    plain, i = "", 0
    while i < len(shown):
        i += shown[i] == "\\"
        plain += shown[i]
        i += 1
    assert plain == " ".join(text.split())


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("https://ocindex.net/2021/country/peru", True),
        ("w.xlsx, sheet 2021_dataset, cell F12", False),
        ("javascript:alert(1)", False),
        ("https://x.example/a)b", False),
        ('https://x.example/" onclick=', False),
    ],
)
def test_only_a_plain_web_address_becomes_a_link(source: str, address: bool) -> None:
    assert (web_address(source) == source) is address


def test_command_line_and_page_say_the_same(page: AppTest, shipped: Snapshot) -> None:
    from index.answers.answer import ask as ask_core

    for question in (*examples(shipped), "Peru rank", "Taiwan gold", "are there prisons in Peru"):
        ask(page, question)
        assert answer_words(page).strip("“”") == lead_and_rest(ask_core(shipped, question))[0]


def test_a_ranking_comes_with_a_chart_its_text_version_and_how_it_was_computed(page: AppTest) -> None:
    text = ask(page, "top five for criminality in South America in 2021")
    assert [e.label for e in page.expander] == ["Text version of the chart", "How this was computed", "Link, cite, download"]
    assert "Bar chart, Criminality, 2021 edition: Colombia 7.66; " in text
    assert "countries ranked by criminality in 2021, in South America, the 5 highest" in text
    assert page.code[0].value.startswith("select s1.country")
    assert len(page.table[0].value) == 5


def test_a_refusal_offers_questions_that_can_be_asked_with_one_click(page: AppTest) -> None:
    ask(page, "Peru cocaine score 2022")
    page.button(key="offer-1").click().run()
    assert page.text_input(key="question").value == "Peru cocaine score 2023"
    assert "Peru scored 9.00 for cocaine trade in the 2023 edition" in all_text(page)


def test_opinions_are_saved_only_if_a_feedback_file_is_named(
    page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(page, "who controls illegal gold mining in Peru")
    assert not [b for b in page.button if "this passage" in b.label]
    monkeypatch.setenv("OCQA_FEEDBACK", str(tmp_path / "opinions.jsonl"))
    ask(page, "who controls illegal gold mining in Peru")
    page.button(key="right-1").click().run()
    assert "Saved: this passage is marked as right." in all_text(page)
    ask(page, "Peru cocaine score 2021")
    page.button(key="wrong-0").click().run()
    first, second = map(json.loads, (tmp_path / "opinions.jsonl").read_text(encoding="utf-8").splitlines())
    assert (first["opinion"], first["place"]["section"], first["place"]["paragraph"]) == ("right", "Environment", 2)
    assert (second["opinion"], second["result"]["indicator"], second["place"]) == ("wrong", "cocaine_trade", None)


def test_a_question_that_is_too_long_is_answered_with_what_to_do(page: AppTest) -> None:
    text = ask(page, "who controls gold " * 100)
    assert "more than the 1,000 allowed" in page.error[0].value and "one or two sentences" in text
