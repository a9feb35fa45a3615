"""The judge that comes with the package, and what happens without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.reports.index_text import overview, overview_text
from corpus.errors import ModelError
from index.answers.answer import ask
from index.contract.refusal import RefusalReason
from index.contract.typed_results import Unavailable
from index.generations.snapshot import Snapshot
from index.judging import judge as judging
from index.judging import judge_file
from index.judging.judge import Judge, judge, open_judge
from index.judging.judge_file import ABOUT, FILES, JudgeFiles, judge_files, judge_hash
from index.passages.passage import Passage, PassageKind
from index.retrieval.judged import judged, nearest_words

GOLD = "who controls illegal gold mining in Peru"


@pytest.fixture(scope="module")
def packaged() -> Judge:
    found = judge()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def files() -> JudgeFiles:
    found = judge_files()
    assert found is not None
    return found


@pytest.fixture
def no_judge(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(judge_file, "FILES", (*FILES, "there-is-no-such-file"))
    judging._packaged.cache_clear()
    yield
    judging._packaged.cache_clear()


def passage(text: str) -> Passage:
    return Passage(
        "id", PassageKind.PARAGRAPH, text, "", "PER", 2021, "Environment", "environment", 1, sentences=((0, len(text)),)
    )


def test_a_passage_that_answers_is_told_from_one_that_does_not(packaged: Judge) -> None:
    answers = passage("Local family clans, who bribe the police, control the mines where gold is dug illegally.")
    other = passage("Timber is cut without a licence in the lowlands and shipped to Mexico through the river ports.")
    said = [packaged.judgement(GOLD, p, 0) for p in (answers, other)]
    assert said[0].answers > 0 > said[1].answers
    assert all(abs(sum(s.faults.values()) - 1) < 1e-4 for s in said)


def test_the_words_it_points_at_stand_in_the_passage(packaged: Judge) -> None:
    text = "Roads are few. Local family clans control the gold mines. Cattle are kept in the south."
    whole = Passage(
        "id", PassageKind.PARAGRAPH, text, "", "PER", 2021, "Environment", "environment", 1,
        sentences=((0, 14), (15, 57), (58, len(text))),
    )  # fmt: skip
    found = packaged.judgement(GOLD, whole, 1)
    assert all(0 <= a < b <= len(text) for (a, b), _ in found.words)
    start, end = nearest_words(whole, found)
    assert text[start:end] == "Local family clans control the gold mines."


def test_the_same_question_and_passage_always_get_the_same(packaged: Judge) -> None:
    one = passage("Local family clans control the gold mines.")
    assert packaged.judgement(GOLD, one, 0) == packaged.judgement(GOLD, one, 0)


def test_a_long_question_and_a_long_passage_are_read_as_far_as_they_fit(packaged: Judge) -> None:
    text = "gold " * 3000
    found = packaged.judgement("who mines gold " * 60, passage(text), 0)
    assert -50 < found.answers < 50


def test_the_page_is_told_from_its_twins(packaged: Judge) -> None:
    whole = passage("Local family clans, who bribe the police, control the mines where gold is dug illegally.")
    twins = {
        "actor": "why does the army control the illegal gold mines in Peru",
        "detail": "how much gold is dug illegally in Peru each year",
        "direction": "why do the police in Peru bribe the family clans",
    }
    for fault, question in twins.items():
        said = packaged.judgement(question, whole, 0)
        assert said.answers < 0 and max(said.faults, key=lambda f: said.faults[f]) == fault


def test_a_file_that_is_no_judge_is_named(files: JudgeFiles) -> None:
    with pytest.raises(ModelError, match="cannot be opened"):
        open_judge(replace(files, graph=b"not a graph"))


def test_files_that_do_not_fit_together_are_named(files: JudgeFiles) -> None:
    with pytest.raises(ModelError, match="other tags"):
        open_judge(replace(files, about={**files.about, "tags": ["found"]}))
    with pytest.raises(ModelError, match="do not fit together"):
        open_judge(replace(files, matrices=files.matrices[:1000]))


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    for name in FILES:
        (tmp_path / "data" / name).write_text("{" if name == ABOUT else "nothing")
    monkeypatch.setattr(judge_file, "files", lambda _: tmp_path)
    with pytest.raises(ModelError, match="cannot be read"):
        judge_files()


def test_a_build_says_which_judge_it_was_made_with(shipped: Snapshot) -> None:
    assert shipped.manifest.recipe["judge"] == judge_hash()
    assert f"Text is judged by the network {str(judge_hash())[:12]}" in overview_text(overview(shipped))


def test_without_the_file_the_evidence_alone_decides(shipped: Snapshot, no_judge: None) -> None:
    assert judge() is None and judge_hash() is None and judged(None, GOLD, ()) == ()
    answer = ask(shipped, GOLD)
    assert answer.answered and answer.answer.startswith("Those who control illegal gold mining")
    assert "evidence alone" in overview_text({**overview(shipped), "judge": None})


def test_a_false_premise_is_answered_with_what_the_page_says(shipped: Snapshot) -> None:
    answer = ask(shipped, "why does the army run the illegal timber trade in Peru")
    assert isinstance(answer.result, Unavailable)
    assert answer.result.reason == RefusalReason.PREMISE_NOT_SUPPORTED
    assert "does not say what this question takes for granted; it says: “" in answer.answer
    quoted = answer.answer.split("“")[1].split("”")[0]
    assert quoted in answer.passages[0].text


def test_a_near_miss_is_told_what_the_page_does_not_give(shipped: Snapshot) -> None:
    answer = ask(shipped, "Which Peruvian bank was fined for dirty money?")
    assert isinstance(answer.result, Unavailable)
    assert answer.result.reason == RefusalReason.PAGE_SILENT
    assert "speaks of this but gives no such name; it says: “" in answer.answer


def test_a_judge_that_cannot_be_opened_leaves_the_evidence_alone(shipped: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise ModelError("the packaged model is another one")

    monkeypatch.setattr("index.retrieval.text_answer.judge", fails)
    answer = ask(shipped, GOLD)
    assert answer.answered and answer.answer.startswith("Those who control illegal gold mining")


def test_a_sentence_with_none_of_the_words_asked_is_not_quoted_instead(shipped: Snapshot) -> None:
    answer = ask(shipped, "how much does a fake passport cost in lima")
    assert not answer.answered and "it says" not in answer.answer
