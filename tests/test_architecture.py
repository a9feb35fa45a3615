"""What keeps the whole in shape: imports, lint, and a README that says what is true."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.main import main

PROJECT = Path(__file__).resolve().parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
SOURCES = sorted(p for folder in ("corpus", "index", "app") for p in (PROJECT / folder).rglob("*.py"))


@pytest.mark.parametrize("command", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["importlinter.cli", "lint"]])
def test_the_linters_have_nothing_to_say(command: list[str]) -> None:
    module, *arguments = command
    call = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    if module == "ruff":
        call = [sys.executable, "-m", "ruff", *arguments]
    done = subprocess.run(call, cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_code_stands_in_four_folders() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True).stdout.split("\n")
    if not any(tracked):
        pytest.skip("not a git checkout")
    top = {name.split("/")[0] for name in tracked if name and not name.startswith(".")}
    assert top <= {"pyproject.toml", "README.md", "LICENSE", "Makefile", "index", "app", "corpus", "tests"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: p.relative_to(PROJECT).as_posix())
def test_files_are_small(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 400


def test_every_command_and_flag_stands_in_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("ask", "build", "history", "rollback", "verify", "info", "page", "eval", "bench", "fetch", "import"):
        assert f"ocqa {command}" in README
        with pytest.raises(SystemExit):
            main([command, "--help"])
        for flag in set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}:
            assert flag in README, flag


def test_the_ci_runs_the_readme_s_test_command() -> None:
    script = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    assert len(re.findall(r"^python3 -m venv .*pytest$", README, re.MULTILINE)) == 1
