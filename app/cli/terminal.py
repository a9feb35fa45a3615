"""What reaches a terminal: text of pages, files and questions may hold control sequences, which must not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any, TextIO, cast

if TYPE_CHECKING:
    from collections.abc import Iterable

# Everything that moves a cursor, changes colours or titles, or turns text around; but for the two marks of a highlight.
_CONTROL = re.compile(r"(?!\x1b\[(?:1;7|0)m)[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def harmless(text: str) -> str:
    """The text with each control character as a sign that stands for one; a carriage return that opens it stays, for progress."""
    start = "\r" if text.startswith("\r") else ""
    return start + _CONTROL.sub("\ufffd", text[len(start) :])


class _Terminal:
    """A stream that writes what is harmless to another, and is that other in everything else."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(harmless(text))

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def harmless_output(stdout: TextIO, stderr: TextIO) -> Iterator[None]:
    """Within the block, everything printed is harmless to a terminal."""
    with redirect_stdout(cast("TextIO", _Terminal(stdout))), redirect_stderr(cast("TextIO", _Terminal(stderr))):
        yield
