"""Updating an index from the command line: what is printed, what is remembered, when a build stops."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from world import TEXTS, page, write_world

from app.cli.main import main
from app.cli.progress import counter
from corpus.taxonomy import Taxonomy
from index.evals.drift import SAVED, read_questions
from index.generations import folders

SALT = "Who shares the gain of the salt in Niger?"


@pytest.fixture(autouse=True)
def no_folders_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCQA_INDEX", str(tmp_path / "unset"))
    monkeypatch.delenv("OCQA_SOURCES", raising=False)


class Desk:
    def __init__(self, folder: Path, world_index: Path, taxonomy: Taxonomy, capsys: pytest.CaptureFixture[str]) -> None:
        self.sources = write_world(folder / "sources", taxonomy)
        self.index = Path(shutil.copytree(world_index, folder / "index"))
        self.taxonomy, self.capsys = taxonomy, capsys

    def run(self, command: str, *arguments: object) -> tuple[int, str, str]:
        code = main([command, *map(str, arguments), "--index", str(self.index)])
        captured = self.capsys.readouterr()
        return code, captured.out, captured.err

    def build(self, *arguments: object) -> tuple[int, str, str]:
        return self.run("build", "--sources", self.sources, *arguments)

    def write(self, texts: dict[str, tuple[str, ...]]) -> None:
        (self.sources / "2021" / "niger.txt").write_text(page("Niger", 2021, self.taxonomy, texts), encoding="utf-8")

    @property
    def published(self) -> str:
        return folders.current_folder(self.index).name


@pytest.fixture
def desk(tmp_path: Path, world_index: Path, taxonomy: Taxonomy, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, world_index, taxonomy, capsys)


def test_a_plan_and_a_build_report_one_edited_sentence_alike(desk: Desk) -> None:
    desk.write({**TEXTS["Niger"], "Trade": ("Rifles are hidden in pumpkin carts.",)})
    code, out, err = desk.build("--plan")
    assert (code, out.strip(), desk.published) == (0, "000001" + desk.published[6:], out.strip())
    change = (
        "Paragraphs and definitions: 1 changed\n"
        "  ~ NER-2021-trade-1\n"
        "      - Rifles are hidden in melon carts.\n"
        "      + Rifles are hidden in pumpkin carts.\n"
    )
    assert change in err and "This is what a build would change" in err and "Texts to embed: 1 of " in err
    code, out, err = desk.build()
    assert code == 0 and out.strip() == desk.published and desk.published.startswith("000002-")
    assert change in err and f"Published {desk.published} (changes since 000001-" in err
    assert "Texts embedded: 1 of 49 chunks, 1 of 61 sentences" in err and "Seconds: read " in err
    code, out, err = desk.build()
    assert code == 0 and "Nothing changed, nothing was published" in err and out.strip() == desk.published


def test_the_report_as_json_has_everything_and_is_kept_with_the_build(desk: Desk) -> None:
    desk.write({**TEXTS["Niger"], "Trade": ("Rifles are hidden in pumpkin carts.",)})
    _, out, _ = desk.build("--json")
    report = json.loads(out)
    assert report["outcome"] == "published" and report["generation"] == report["name"] == desk.published
    (change,) = report["changes"]["passages"]
    assert (change["id"], change["change"], change["new"]) == (
        "NER-2021-trade-1", "changed", ["Rifles are hidden in pumpkin carts."]
    )  # fmt: skip
    assert report["work"]["chunks_embedded"] == 1
    assert set(report["seconds"]) >= {"read", "cut", "embed", "facts", "check", "publish"}
    _, out, _ = desk.run("history", "--json")
    newest, oldest = json.loads(out)
    assert newest["published"] and newest["report"]["changes"] == report["changes"]
    assert not oldest["published"] and oldest["report"]["before"] == ""


def test_a_first_build_lists_its_profiles_and_no_single_paragraph(desk: Desk, tmp_path: Path) -> None:
    code = main(["build", "--sources", str(desk.sources), "--index", str(tmp_path / "new")])
    err = desk.capsys.readouterr().err
    assert code == 0 and "Profiles: 4 added" in err and "+ Chad 2021, 5 paragraphs" not in err
    assert "Paragraphs" not in err and "Scores: 126 added" in err
    assert re.search(r"^  \+ 2021 edition: \d+ scores of 3 countries$", err, re.MULTILINE), err


def test_history_rollback_and_verify_lead_back_and_forth(desk: Desk) -> None:
    first = desk.published
    desk.write({**TEXTS["Niger"], "Trade": ("Rifles are hidden in pumpkin carts.",)})
    second = desk.build()[1].strip()
    code, out, _ = desk.run("history")
    assert code == 0 and [line.split()[:2] for line in out.splitlines()[:1]] == [["*", second]] and first in out
    code, out, err = desk.run("rollback")
    assert (code, out.strip(), desk.published) == (0, first, first) and "ocqa build" in err
    code, out, _ = desk.run("rollback", second)
    assert (code, desk.published) == (0, second)
    code, out, _ = desk.run("verify")
    assert code == 0 and "are intact" in out and "every part fits" in out
    (folders.current_folder(desk.index) / "chunks.faiss").write_bytes(b"")
    code, out, err = desk.run("verify")
    assert code == 1 and "chunks.faiss has 0 bytes" in out and f"next: ocqa rollback {first}" in err
    code, out, err = desk.run("ask", SALT, "--json")
    assert code == 0 and "warning: " in err and "chunks.faiss" in json.loads(out)["notes"][0]
    code, _, err = desk.run("rollback", "000099-none")
    assert code == 1 and "there is no generation '000099-none'" in err and second in err


def test_sources_and_model_of_the_last_build_are_remembered(desk: Desk) -> None:
    desk.build()
    desk.write({**TEXTS["Niger"], "Trade": ("Rifles are hidden in pumpkin carts.",)})
    code, _, err = desk.run("build")
    assert code == 0 and "1 changed" in err and "4 profiles" in err
    shutil.rmtree(desk.sources)
    code, _, err = desk.run("build")
    assert code == 1 and str(desk.sources) in err and "--sources" in err


def test_old_generations_are_removed(desk: Desk) -> None:
    for number in range(3):
        desk.write({"People": (f"Guide {number} knows the dunes.",)})
        _, _, err = desk.build("--keep", 2)
    assert len(folders.names(desk.index)) == 2 and "Removed generations: 000002-" in err


def test_a_saved_question_that_loses_its_answer_stops_the_build_until_it_is_accepted(desk: Desk) -> None:
    for question in (SALT, SALT, "Chad criminality score 2023"):
        code, _, err = desk.run("ask", question, "--save")
        assert code == 0
    assert "kept in" in err and len(read_questions(desk.index / SAVED)) == 2
    before = desk.published
    (desk.sources / "2021" / "niger.txt").unlink()
    code, out, err = desk.build()
    assert (code, out, desk.published) == (1, "", before)
    assert "50% of the saved questions would change their answer, more than the limit of 10%" in err and "--accept" in err
    assert f"lost: {SALT}" in err and "Salt is dug without licence by families" in err
    assert not list(desk.index.glob("generations/.*"))
    code, _, err = desk.build("--drift-limit", 0.5)
    assert code == 0 and "Saved questions: 2 asked, 50% changed their answer" in err
    desk.write(dict(TEXTS["Niger"]))
    code, _, err = desk.build()
    assert code == 0 and f"gained: {SALT}" in err and "0% changed their answer" in err


def test_changed_facts_and_first_passages_are_drift_and_moved_words_are_not(desk: Desk, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    asked = (SALT, "Who runs the marble quarries in Chad?", "Chad fauna crimes score 2025")
    questions.write_text("\n".join(json.dumps({"id": str(i), "question": q}) for i, q in enumerate(asked)), encoding="utf-8")
    table = desk.sources / "scores.csv"
    table.write_text("iso3,edition,fauna_crimes\nTCD,2025,3.50\n", encoding="utf-8")
    desk.build("--saved", questions, "--accept")
    table.write_text("iso3,edition,fauna_crimes\nTCD,2025,4.50\n", encoding="utf-8")
    salt = TEXTS["Niger"]["Environment"][0]
    desk.write({**TEXTS["Niger"], "Environment": ("Gulls are sold.", salt)})
    _, out, _ = desk.build("--saved", questions, "--accept", "--json")
    (drift,) = json.loads(out)["drift"]["drifts"]
    assert (drift["change"], drift["question"]) == ("facts", asked[2])
    assert "3.50" in drift["before"] and "4.50" in drift["after"]
    marble = TEXTS["Chad"]["Environment"]
    chad = {**TEXTS["Chad"], "Environment": (marble[1],), "Criminal justice and security": (marble[0],)}
    (desk.sources / "2023" / "chad.txt").write_text(page("Chad", 2023, desk.taxonomy, chad), encoding="utf-8")
    other = {**chad, "Drugs": ("The blue marble quarries of Chad are run by the Stork Family, who run all marble quarries.",)}
    _, out, _ = desk.build("--saved", questions, "--accept", "--json")
    assert json.loads(out)["drift"]["drifts"] == []
    (desk.sources / "2023" / "chad.txt").write_text(page("Chad", 2023, desk.taxonomy, other), encoding="utf-8")
    _, out, _ = desk.build("--saved", questions, "--accept", "--json")
    (drift,) = json.loads(out)["drift"]["drifts"]
    assert drift["change"] == "first passage" and drift["after"].startswith("TCD-2023-drugs-1: ")


@pytest.mark.parametrize("text", ["no json", "[]", '{"question": 5}', '{"id": "x"}'])
def test_a_bad_line_in_a_file_of_saved_questions_is_named(text: str, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "x"}\n\n' + text, encoding="utf-8")
    desk.write({"Trade": TEXTS["Niger"]["Trade"]})
    code, _, err = desk.build("--saved", path)
    assert code == 1 and "questions.jsonl, line 3: not a question" in err and not list(desk.index.glob("generations/.*"))


def test_lines_of_progress_give_the_speed_and_the_time_left(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = [100.0]
    monkeypatch.setattr("app.cli.progress.time.monotonic", lambda: now[0])
    show = counter("passages embedded")
    for seconds, done in ((0, 0), (0.5, 1000), (40, 2000), (60, 3000)):
        now[0] = 100 + seconds
        show(done, 3000)
    assert capsys.readouterr().err.splitlines() == [
        "1000 of 3000 passages embedded",
        "2000 of 3000 passages embedded, 50 per second, 20 s left",
        "3000 of 3000 passages embedded",
    ]


def test_progress_is_a_bar_in_a_terminal_and_lines_elsewhere(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    show = counter("passages embedded")
    for done in (0, 500, 1500, 2000):
        show(done, 2000)
    assert capsys.readouterr().err == "1500 of 2000 passages embedded\n2000 of 2000 passages embedded\n"
    ours, theirs = pytest.importorskip("pty").openpty()
    os.set_blocking(ours, False)  # a terminal left empty fails the test instead of being waited for
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        show = counter("passages embedded")
        for done in (0, 500, 2000):
            show(done, 2000)
        terminal.flush()
        drawn = os.read(ours, 10_000).decode()
    os.close(ours)
    assert "passages embedded:   0%|" in drawn and "0/2000" in drawn


def test_an_update_that_embeds_nothing_does_not_import_the_model_library(desk: Desk) -> None:
    (desk.sources / "2021" / "nigeria.txt").unlink()
    script = (
        "import sys\nfrom app.cli.main import main\n"
        f"assert main(['build', '--sources', {str(desk.sources)!r}, '--index', {str(desk.index)!r}]) == 0\n"
        "assert 'torch' not in sys.modules and 'sentence_transformers' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Profiles: 1 removed" in done.stderr
