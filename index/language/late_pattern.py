"""Regular expressions that are compiled when they are first used: a process that answers one question needs few of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property


class LatePattern:
    """A regular expression with the methods of `re.Pattern` that the readers of questions use, and the same meaning."""

    def __init__(self, source: str, flags: int = 0) -> None:
        self._source = source
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._source, self._flags)

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        """The first match at or after a character."""
        return self._compiled.search(text, at)

    def match(self, text: str, at: int = 0) -> re.Match[str] | None:
        """A match that begins at a character."""
        return self._compiled.match(text, at)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """A match of the whole text."""
        return self._compiled.fullmatch(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches, from left to right."""
        return self._compiled.finditer(text)

    def findall(self, text: str) -> list[str]:
        """The texts of all matches, or of their one group."""
        return self._compiled.findall(text)

    def sub(self, replacement: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """The text with matches replaced."""
        return self._compiled.sub(replacement, text, count)

    def split(self, text: str, most: int = 0) -> list[str]:
        """The text cut at matches."""
        return [part or "" for part in self._compiled.split(text, most)]
