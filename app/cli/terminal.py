"""What reaches a terminal: text of pages, files and questions may hold control sequences, which must not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any, TextIO, cast

from app.reports.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable


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
