"""The `ocqa` command: data on stdout, messages on stderr, an exit code to rely on."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import run
from faults import fails_on
from world import page

from app.cli.main import main
from app.settings import read_settings
from corpus.errors import OcqaError
from corpus.taxonomy import Taxonomy

GOLD = "who controls illegal gold mining in Peru"
COMMANDS = ("ask", "info", "build", "history", "rollback", "verify", "page", "eval", "fetch", "import", "export", "bench")


@pytest.fixture(autouse=True)
def no_folders_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCQA_INDEX", str(tmp_path / "unset"))
    monkeypatch.delenv("OCQA_SOURCES", raising=False)


def test_ask_prints_answer_scores_passages_and_notes(capsys: pytest.CaptureFixture[str], shipped_index: Path) -> None:
    code, out, _ = run(capsys, "ask", GOLD, "--index", shipped_index)
    assert code == 0
    assert out.startswith("Those who control illegal gold mining are")
    assert "Non-renewable resource crimes: 9.00 (higher is worse)  [https://ocindex.net/2021/country/peru]" in out
    assert "1. Peru, 2021 edition, Environment, paragraph 2" in out
    assert ">>Those who control" in " ".join(out.split())
    assert "Understood as: Peru · non-renewable resource crimes · 2021 edition" in out


def test_ask_json_prints_one_object_and_nothing_else(capsys: pytest.CaptureFixture[str], shipped_index: Path) -> None:
    code, out, _ = run(capsys, "ask", GOLD, "--json", "--limit", 2, "--index", shipped_index)
    answer = json.loads(out)
    assert (code, answer["answered"], len(answer["passages"])) == (0, True, 2)


def test_an_honest_no_answer_is_success(capsys: pytest.CaptureFixture[str], shipped_index: Path) -> None:
    code, out, _ = run(capsys, "ask", "gold mining in Norway", "--json", "--index", shipped_index)
    assert (code, json.loads(out)["answered"]) == (0, False)


@pytest.mark.parametrize("question", ["", "x" * 10_000, "🔫💰", "\x01\x02", "谁控制秘鲁的非法金矿"])
def test_a_text_that_is_not_a_question_is_a_usage_error(
    question: str, capsys: pytest.CaptureFixture[str], shipped_index: Path
) -> None:
    code, out, err = run(capsys, "ask", question, "--json", "--index", shipped_index)
    assert (code, out) == (2, "")
    assert "error: the question" in err and "hint: " in err


def test_a_missing_index_says_how_to_build_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = run(capsys, "ask", GOLD, "--index", tmp_path / "none")
    assert (code, out) == (1, "")
    assert str(tmp_path / "none") in err and "ocqa build" in err


def test_unknown_flags_are_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["ask", "--nonsense"])
    assert caught.value.code == 2
    capsys.readouterr()


def test_a_question_that_makes_the_program_fail_is_answered_with_that(
    capsys: pytest.CaptureFixture[str], shipped_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails_on(monkeypatch, "cocaine_trade")
    code, out, _ = run(capsys, "ask", "Peru cocaine score", "--index", shipped_index)
    assert code == 0 and "The program failed on this question (RuntimeError)" in out


def test_a_command_that_fails_for_an_unforeseen_reason_says_so_in_a_line(
    capsys: pytest.CaptureFixture[str], shipped_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.reports.index_text.overview", lambda snapshot: 1 / 0)
    code, out, err = run(capsys, "info", "--index", shipped_index)
    assert (code, out) == (1, "")
    assert "Traceback" in err and "error: ocqa failed (ZeroDivisionError: division by zero)\nhint: please report" in err


def test_build_info_verify_and_ask_work_on_the_users_own_sources(
    capsys: pytest.CaptureFixture[str], world_sources: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    code, out, err = run(capsys, "build", "--sources", world_sources, "--index", index)
    assert code == 0 and len(out.split()) == 1
    assert "4 files read: 4 profiles, 13 paragraphs, 126 scores; 49 passages; 0 problems. Published" in err
    code, out, _ = run(capsys, "info", "--json", "--index", index)
    shown = json.loads(out)
    assert code == 0 and shown["counts"]["profiles"] == 4
    assert shown["questions"]["runtime"] == "onnxruntime" and shown["search"]["chunks"]["way"] == "exact"
    assert [e["profiles"] for e in shown["editions"]] == [["Chad", "Niger", "Nigeria"], ["Chad"], []]
    code, out, _ = run(capsys, "verify", "--index", index)
    assert code == 0 and "are intact" in out
    code, out, _ = run(capsys, "ask", "who runs the marble quarries in Chad", "--json", "--index", index)
    assert json.loads(out)["passages"][0]["id"] == "TCD-2023-environment-1"


def test_verify_names_a_damaged_file(capsys: pytest.CaptureFixture[str], world_index: Path, tmp_path: Path) -> None:
    index = Path(shutil.copytree(world_index, tmp_path / "index"))
    (passages,) = index.glob("generations/*/passages.jsonl")
    passages.write_text(passages.read_text().replace("Heron", "Egret"))
    code, out, err = run(capsys, "verify", "--index", index)
    assert code == 1
    assert "damaged: passages.jsonl was changed" in out and "ocqa build" in err
    code, out, err = run(capsys, "ask", GOLD, "--index", index)
    assert (code, out) == (1, "") and "passages.jsonl" in err


def test_problems_are_printed_and_strict_makes_them_errors(
    capsys: pytest.CaptureFixture[str], world_index: Path, tmp_path: Path, taxonomy: Taxonomy
) -> None:
    sources, index = tmp_path / "s", tmp_path / "i"
    (sources / "2021").mkdir(parents=True)
    (sources / "2021" / "chad.txt").write_text(page("Chad", 2021, taxonomy))
    (sources / "2021" / "shop.txt").write_text("hats")
    code, out, err = run(capsys, "build", "--strict", "--sources", sources, "--index", index)
    assert (code, out) == (1, "") and not list(index.glob("generations/*"))
    assert "error: s/2021/shop.txt: this is not a profile page" in err
    other = shutil.copytree(world_index, tmp_path / "other")
    code, out, err = run(capsys, "build", "--json", "--sources", sources, "--index", other)
    report = json.loads(out)
    assert code == 0 and report["counts"]["profiles"] == 1
    assert [p["source"] for p in report["problems"]] == ["s/2021/shop.txt"]


def test_folders_come_from_flags_then_environment_then_defaults(tmp_path: Path) -> None:
    environment = {"OCQA_INDEX": "/env/index", "OCQA_SOURCES": os.pathsep.join(["/env/a", "/env/b"])}
    assert read_settings("x", ["y"], environment).index == Path("x")
    assert read_settings("x", ["y"], environment).sources == (Path("y"),)
    assert read_settings(None, (), environment).index == Path("/env/index")
    assert read_settings(None, (), environment).sources == (Path("/env/a"), Path("/env/b"))
    assert read_settings(None, (), {}).sources == ()


def help_of(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    with pytest.raises(SystemExit) as caught:
        main([*command, "--help"])
    assert caught.value.code == 0
    return capsys.readouterr().out


def test_the_help_of_every_command_ends_with_an_example_that_the_command_accepts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise OcqaError("understood")

    monkeypatch.setattr("app.cli.main.read_settings", stop)
    for command in COMMANDS:
        lines = help_of(capsys, command).splitlines()
        (example,) = [line for line in lines if line.startswith(f"example: ocqa {command}")]
        assert lines[-1] == example
        # An example that the parser refused would end in SystemExit.
        code, _, err = run(capsys, *shlex.split(example.removeprefix("example: ocqa ")))
        assert (code, err) == (1, "error: understood\n")
    assert help_of(capsys).endswith(f'\nexample: ocqa ask "{GOLD}"\n')


@pytest.mark.parametrize("command", ["ask", "info", "build", "history", "verify"])
def test_the_examples_work_when_they_are_pasted(
    command: str, capsys: pytest.CaptureFixture[str], shipped_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    example = help_of(capsys, command).splitlines()[-1].removeprefix("example: ocqa ")
    monkeypatch.setenv("OCQA_INDEX", str(shutil.copytree(shipped_index, tmp_path / "index")))
    code, out, _ = run(capsys, *shlex.split(example))
    assert code == 0 and out


def test_the_files_that_examples_name_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("eval", "import"):
        words = shlex.split(help_of(capsys, command).splitlines()[-1])
        assert (Path(__file__).parents[2] / words[3]).is_file()


def test_the_installed_command_needs_no_model_to_say_what_it_does() -> None:
    heavy = ("torch", "streamlit", "faiss", "duckdb", "transformers", "numpy", "altair", "jinja2", "pandas")
    code = f"import sys, app.cli.main; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    helped = subprocess.run([sys.executable, "-m", "app.cli.main", "--help"], capture_output=True, text=True, check=True)
    assert all(command in helped.stdout for command in ("ask", "build", "info", "verify", "page"))


@pytest.mark.parametrize(("question", "begins"), [("Peru cocaine score 2021", "Peru scored 9.00"), (GOLD, "")])
def test_a_question_is_answered_without_the_libraries_of_models_and_pages(
    question: str, begins: str, shipped_index: Path
) -> None:
    code = (
        "import sys; from app.cli.main import main; "
        f"assert main(['ask', {question!r}, '--index', {str(shipped_index)!r}]) == 0; "
        "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'pandas', 'streamlit') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(begins)
    assert done.stdout.strip().endswith("[]")


def test_no_connection_is_opened_by_building_and_asking(shipped_index: Path, tmp_path: Path) -> None:
    code = (
        "import socket\n"
        "def refuse(*a, **k): raise AssertionError('a connection was opened')\n"
        "socket.socket.connect = socket.socket.connect_ex = refuse\n"
        "from app.cli.main import main\n"
        f"assert main(['build', '--index', {str(tmp_path / 'i')!r}]) == 0\n"
        f"assert main(['ask', {GOLD!r}, '--index', {str(tmp_path / 'i')!r}]) == 0\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Those who control" in done.stdout


def test_strictness_moves_the_line_between_an_answer_and_silence(capsys: pytest.CaptureFixture[str], shipped_index: Path) -> None:
    for strictness, answered in ((0, True), (1, False)):
        code, out, _ = run(capsys, "ask", GOLD, "--json", "--strictness", strictness, "--index", shipped_index)
        assert (code, json.loads(out)["answered"]) == (0, answered)


@pytest.mark.parametrize("value", ["2", "-0.1", "high", "nan"])
def test_a_strictness_that_is_no_chance_is_a_usage_error(value: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["ask", GOLD, f"--strictness={value}"])
    assert stopped.value.code == 2
    assert f"{value} is not a number from 0 to 1" in capsys.readouterr().err
