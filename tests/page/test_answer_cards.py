"""How the page shows the kinds of answer that gather or compare, unsure ones, and the questions that it suggests."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import answers
import pytest
from shown_text import answer_words, plain
from streamlit.testing.v1 import AppTest

import app.settings
import index.answers.answer
from app.content.example_questions import Suggested, suggested_questions
from index.answers.answer import ask
from index.contract.answer_object import Answer
from index.generations.snapshot import Snapshot

SCRIPT = str(Path(app.settings.__file__).with_name("page.py"))


@pytest.fixture
def page(shipped_index: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("OCQA_INDEX", str(shipped_index))
    return AppTest.from_file(SCRIPT, default_timeout=60)


def shown(page: AppTest, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(index.answers.answer, "ask", lambda snapshot, text, **_: answer)
    page.query_params["question"] = answer.question
    page.run()
    assert not page.exception
    kinds = ("header", "markdown", "caption", "success", "warning", "info")
    return plain("\n".join(e.value for kind in kinds for e in getattr(page, kind)))


def test_an_overview_is_a_briefing(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(page, answers.overview(), monkeypatch)
    assert answer_words(page) == "Peru scores 6.40 for criminality."
    assert "The worst market is cocaine trade (9.00). Since 2021 it rose; so did others." in text
    order = [getattr(element, "value", "") if element.type == "markdown" else element.type for element in page.main]
    assert order.index("metric") < next(n for n, words in enumerate(order) if "The worst market" in words)
    assert [len(t.value) for t in page.table] == [2, 1, 1, 2, 6]
    assert "What the 2021 page says" in text and "**Trade**" in text and "“Guns come by road.”" in text
    assert "Open in the profile" in text and "Passages" not in text


def test_an_answer_about_the_index_comes_with_its_source_once(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(page, answers.about(), monkeypatch)
    assert text.count("(https://ocindex.net/report/2023/02-about-the-index.html)") == 1 and "Notes" not in text
    assert not page.selectbox and not page.segmented_control


def test_what_may_not_have_been_understood_is_said_calmly_with_questions_to_ask(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        text = shown(page, answers.unsure(), patched)
    assert "I may not have understood" in text and not page.warning
    assert "Did you mean:" in text and "Read as" not in text
    page.button(key="offer-0").click().run()
    assert page.text_input(key="question").value == answers.OFFERED
    assert "Criminality in 2025 is 1.14 points higher for Peru than for Chile" in answer_words(page)


def test_a_reading_in_doubt_says_so_in_words_and_a_sure_one_does_not(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(page, answers.doubted(), monkeypatch)
    assert "This may not be what you meant." in text and "%" not in text and "Did you mean:" in text
    assert "This may not be" not in shown(page, answers.difference(), monkeypatch)


@pytest.mark.parametrize(
    "answer",
    [
        answers.explanation(),
        answers.groups(),
        answers.indicators(),
        answers.trend(),
        answers.correlation(),
        answers.page_fact(),
    ],
    ids=lambda answer: answer.understood.kind,
)
def test_every_kind_has_its_table_and_says_what_it_is_of(page: AppTest, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(page, answer, monkeypatch)
    assert len(page.table) >= 1 and "**Read as:**" in text
    assert ("From the page" if answer.understood.kind == "page_fact" else "Scores") in [h.value for h in page.header]


def test_a_correlation_leads_to_its_scatter_plot(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(page, answers.correlation(), monkeypatch)
    link = "/explore?view=Scatter&indicator=Resilience&against=Criminality&group=South+America+%28region%29&edition=2025"
    assert f"[Every country in a scatter plot]({link})" in [m.value for m in page.markdown]


NEW_KINDS = {"overview", "explanation", "trend", "indicator_ranking", "difference", "correlation", "about"}


def kinds_of(snapshot: Snapshot, suggested: Iterable[Suggested]) -> set[str]:
    kinds = set()
    for question in (question for part in suggested for question in part.questions):
        answer = ask(snapshot, question)
        assert answer.answered, question
        kinds.add(answer.understood.kind)
    return kinds


def test_every_suggested_question_is_answered_and_every_new_kind_is_suggested(shipped: Snapshot) -> None:
    assert kinds_of(shipped, suggested_questions(shipped)) >= NEW_KINDS | {"page_fact", "passages", "definition"}


def test_questions_are_suggested_of_what_is_loaded_alone(world: Snapshot) -> None:
    suggested = suggested_questions(world)
    assert kinds_of(world, suggested[1:]) >= NEW_KINDS - {"difference", "correlation"} | {"page_fact"}
    assert not [question for part in suggested for question in part.questions if "Peru" in question]
