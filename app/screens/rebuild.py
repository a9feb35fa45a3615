"""Fetching and building from the page: the command runs in its own process, so that a visitor who leaves cannot interrupt it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path


def build_command(index: Path, sources: Sequence[str]) -> list[str]:
    """The command that updates an index from these sources; without any, from those it was built from."""
    return ["ocqa", "build", "--index", str(index), *(part for folder in sources for part in ("--sources", folder))]


def run_command(arguments: Sequence[str]) -> Iterator[str]:
    """Run a command of `ocqa` and yield its output line by line; the last line is "done" or "failed"."""
    command = [sys.executable, "-m", "app.cli.main", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONUNBUFFERED": "1"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            yield line.rstrip()
    yield "done" if process.returncode == 0 else "failed"
