"""`ocqa completion`: what a shell offers at the Tab key."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import run

PROJECT = Path(__file__).resolve().parents[2]
Press = Callable[..., list[list[str]]]
_OFFERED = """
press() {
    COMP_LINE="$1" COMP_POINT=${#1} COMP_TYPE=9 COMPREPLY=()
    _python_argcomplete ocqa
    printf '%s\\t' "${COMPREPLY[@]}"
    echo
}
"""


@pytest.fixture
def press(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Press:
    """Types lines into bash, which has read what `ocqa completion` prints, and presses Tab after each."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("needs bash, which is not here")
    ocqa = tmp_path / "ocqa"
    ocqa.write_text(
        f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(PROJECT))} exec {shlex.quote(sys.executable)} -m app.cli.main "$@"\n'
    )
    ocqa.chmod(0o755)
    script = run(capsys, "completion", "bash")[1]

    def offered(*lines: str) -> list[list[str]]:
        typed = "\n".join(f"press {shlex.quote(line)}" for line in lines)
        whole = f"PATH={shlex.quote(str(tmp_path))}:$PATH\n{script}\n{_OFFERED}\n{typed}\n"
        done = subprocess.run([bash, "--norc", "-c", whole], capture_output=True, text=True, check=True)
        return [[word.strip() for word in line.split("\t") if word.strip()] for line in done.stdout.splitlines()]

    return offered


def test_commands_indicators_countries_groups_and_editions_are_offered(press: Press) -> None:
    commands, indicator, code, group, editions, question = press(
        "ocqa pro", "ocqa rank coc", "ocqa scores PER colo", "ocqa rank x --group South\\ A", "ocqa profile PER ", "ocqa ask who"
    )
    assert commands == ["profile"]
    assert indicator == ["cocaine_trade"]
    assert code == ["Colombia"]
    assert group == ["South\\ America"]
    assert {"2021", "2023", "2025"} < set(editions)
    assert question == []


def test_flags_and_their_choices_are_offered(press: Press) -> None:
    flags, formats, code = press("ocqa compare PER --in", "ocqa rank x --format ", "ocqa fetch --country ")
    assert set(flags) == {"--indicator", "--index"}
    assert formats == ["table", "json", "csv", "markdown"]
    assert "PER" in code and "Peru" not in code


@pytest.mark.parametrize(
    ("shell", "registered", "check"),
    [
        ("bash", " _python_argcomplete ocqa", "-n"),
        ("zsh", "#compdef ocqa", "-n"),
        ("fish", "complete --command ocqa", "--no-execute"),
    ],
)
def test_the_script_is_one_for_the_shell(
    shell: str, registered: str, check: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, out, err = run(capsys, "completion", shell)
    assert (code, err) == (0, "") and registered in out
    if shutil.which(shell) is not None:
        (tmp_path / "script").write_text(out)
        subprocess.run([shell, check, str(tmp_path / "script")], check=True)
