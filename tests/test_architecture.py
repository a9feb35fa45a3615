"""What keeps the whole in shape: imports, lint, and a README that says what is true."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from app.cli.main import main

PROJECT = Path(__file__).resolve().parent.parent
README = (PROJECT / "README.md").read_text(encoding="utf-8")
READMES = sorted(p for folder in ("corpus", "index", "app", "tests") for p in (PROJECT / folder).rglob("README.md"))
CODE = sorted(p for folder in ("corpus", "index", "app", "tests") for p in (PROJECT / folder).rglob("*.py"))
PACKAGES = sorted(p.parent for p in CODE if p.name == "__init__.py")
COMMANDS = (
    *("ask", "scores", "rank", "compare", "profile", "build", "history", "rollback", "verify", "info", "page"),
    *("eval", "bench", "fetch", "import", "export", "serve", "mcp", "completion"),
)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)[^)]*\)")


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


@pytest.mark.parametrize("path", CODE, ids=lambda p: p.relative_to(PROJECT).as_posix())
def test_files_are_small(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") <= 300


def test_the_readme_is_short_and_maps_the_folders() -> None:
    assert README.count("\n") <= 150
    assert all(f"]({path.relative_to(PROJECT).as_posix()})" in README for path in READMES)


@pytest.mark.parametrize("path", [PROJECT / "README.md", *READMES], ids=lambda p: p.relative_to(PROJECT).as_posix())
def test_links_in_a_readme_lead_somewhere(path: Path) -> None:
    links = LINK.findall(path.read_text(encoding="utf-8"))
    assert links or path.parent.name in ("bench", "corpus", "evals", "tests")
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_files_that_the_readme_of_index_says_to_open_exist() -> None:
    text = (PROJECT / "index" / "README.md").read_text(encoding="utf-8")
    table = text[text.index("## Where do I change") : text.index("## Glossary")]
    named = re.findall(r"`([\w/]+(?:/|\.py|\.toml))`", table)
    assert len(named) > 10
    assert [n for n in named if not any((PROJECT / base / n).exists() for base in ("", "index"))] == []


def test_every_command_and_flag_stands_in_the_readme_of_the_app(capsys: pytest.CaptureFixture[str]) -> None:
    text = "".join(
        (PROJECT / name).read_text(encoding="utf-8")
        for name in ("app/README.md", "index/evals/README.md", "index/bench/README.md")
    )
    for command in COMMANDS:
        assert f"ocqa {command}" in text
        with pytest.raises(SystemExit):
            main([command, "--help"])
        for flag in set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}:
            assert f"{flag}`" in text or f"{flag} " in text, flag


@pytest.mark.parametrize("package", PACKAGES, ids=lambda p: p.relative_to(PROJECT).as_posix())
def test_a_package_says_what_it_is_and_what_is_public(package: Path) -> None:
    """Each `module.name` in backquotes in the docstring of a package exists."""
    name = package.relative_to(PROJECT).as_posix().replace("/", ".")
    text = ast.get_docstring(ast.parse((package / "__init__.py").read_text(encoding="utf-8")))
    assert text is not None and len(text) > 40
    named = re.findall(r"`([a-z_]+(?:\.\w+)*)`", text)
    assert named, "names nothing that is public"
    for public in re.findall(r"`([a-z_]+(?:\.\w+)+)`", text):
        path, _, attribute = public.rpartition(".")
        path = path if path.split(".")[0] in ("corpus", "index", "app") else f"{name}.{path}"
        assert hasattr(import_module(path), attribute) or find_spec(f"{path}.{attribute}"), public


def test_the_ci_runs_the_readme_s_test_command() -> None:
    script = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    assert len(re.findall(r"^python3 -m venv .*pytest$", README, re.MULTILINE)) == 1
