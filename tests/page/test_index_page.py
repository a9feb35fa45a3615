"""The pages Index and Evals, and every page with a missing or broken index. Without a browser."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import world
from streamlit.testing.v1 import AppTest

import app.settings
from app.cli.main import main
from app.content import index_rows
from app.screens.rebuild import build_command, run_command
from corpus.taxonomy import Taxonomy
from index.generations.folders import current_folder, names
from index.generations.snapshot import Snapshot

SCREENS = Path(app.settings.__file__).with_name("screens")


def shown(page: AppTest) -> str:
    assert not page.exception
    kinds = ("title", "header", "markdown", "caption", "success", "warning", "info", "error", "code")
    return "\n".join(str(e.value) for kind in kinds for e in getattr(page, kind)).replace("\\", "")


def view(name: str, **address: str) -> AppTest:
    page = AppTest.from_file(str(SCREENS / f"{name}.py"), default_timeout=60)
    for key, value in address.items():
        page.query_params[key] = value
    return page.run()


@pytest.fixture
def index(world_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = Path(shutil.copytree(world_index, tmp_path / "index"))
    monkeypatch.setenv("OCQA_INDEX", str(folder))
    monkeypatch.delenv("OCQA_ADMIN", raising=False)
    return folder


def test_what_is_loaded_is_listed_by_edition_country_and_build(index: Path) -> None:
    page = view("index_page")
    text = shown(page)
    assert "13 paragraphs, 36 definitions" in text and "read without problems" in text
    editions, countries, builds = (table.value for table in page.table)
    assert list(editions["Profiles"]) == ["3", "1", "0"]
    assert list(countries["Country"]) == ["Chad", "Niger", "Nigeria"] and list(countries["Profile"]) == [
        "2021, 2023",
        "2021",
        "2021",
    ]
    assert list(builds["State"]) == ["published"]
    assert f"ocqa build --index {index}" in text and "Build now" not in [b.label for b in page.button]


@pytest.mark.parametrize(("token", "address"), [("", {}), ("", {"admin": ""}), ("secret", {}), ("secret", {"admin": "guess"})])
def test_without_the_token_of_the_server_nobody_builds(
    token: str, address: dict[str, str], index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCQA_ADMIN", token)
    page = view("index_page", **address)
    assert "Build now" not in [b.label for b in page.button] and not page.exception


def test_whoever_has_the_token_builds_from_the_page(
    index: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, taxonomy: Taxonomy
) -> None:
    sources = world.write_world(tmp_path / "sources", taxonomy)
    assert main(["build", "--sources", str(sources), "--index", str(index)]) == 0
    (sources / "2021" / "nigeria.txt").unlink()
    monkeypatch.setenv("OCQA_ADMIN", "secret")
    page = view("index_page", admin="secret")
    assert "admin" not in page.query_params
    button = next(b for b in page.button if b.label == "Build now")
    button.click().run(timeout=120)
    assert not page.exception
    assert page.status[0].label == "Done"
    assert "3 profiles" in shown(view("index_page"))


def test_a_build_from_the_page_says_how_it_ended(index: Path, tmp_path: Path) -> None:
    said = list(run_command(build_command(index, [str(tmp_path / "nothing")])[1:]))
    assert said[-1] == "failed" and any("does not exist" in line for line in said)
    assert build_command(Path("i"), ["a", "b"]) == ["ocqa", "build", "--index", "i", "--sources", "a", "--sources", "b"]


def test_the_changes_of_a_build_are_read_from_its_report(world: Snapshot) -> None:
    lines = "\n".join(index_rows.report_lines(index_rows.report_of(world.folder))).replace("\\", "")
    assert "First build" in lines and "4 source files" in lines and "49 of 49 chunks" in lines
    assert index_rows.report_lines(index_rows.report_of(Path("nowhere"))) == []


def test_an_unmeasured_index_says_how_to_measure_it(index: Path) -> None:
    (index / "latest_eval.json").unlink(missing_ok=True)
    assert "has not been measured" in shown(view("evals_page")) and "ocqa eval SET.jsonl" in shown(view("evals_page"))


def test_the_last_measurement_is_shown_with_failures_that_can_be_asked(index: Path, tmp_path: Path) -> None:
    questions = tmp_path / "set.jsonl"
    rows = [
        {"id": "1", "kind": "who", "question": "Who runs the marble quarries in Chad?", "unanswerable": True},
        {"id": "2", "kind": "what", "question": "What is sold to sailors in Chad?", "unanswerable": True},
    ]
    questions.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main(["eval", str(questions), "--index", str(index)]) == 0
    text = shown(view("evals_page"))
    assert "2 questions from set.jsonl" in text and "Failures (2)" in text
    assert "[Who runs the marble quarries in Chad?](/?question=Who+runs+the+marble+quarries+in+Chad%3F)" in text
    (index / "latest_eval.json").write_text("{")
    assert "What to do" in shown(view("evals_page"))


@pytest.mark.parametrize("name", ["ask_page", "profile_page", "explore_page", "index_page", "evals_page"])
def test_every_page_says_what_to_do_where_there_is_no_index_or_a_broken_one(
    name: str, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCQA_INDEX", str(tmp_path / "none"))
    text = shown(view(name))
    assert "There is no index yet" in text and "ocqa build" in text
    (current_folder(index) / "facts.duckdb").unlink()
    broken = Path(shutil.copytree(index, tmp_path / f"broken-{name}"))
    monkeypatch.setenv("OCQA_INDEX", str(broken))
    text = shown(view(name))
    assert "The index cannot be opened" in text and "facts.duckdb" in text and "ocqa build" in text
    assert len(names(broken)) == 1
