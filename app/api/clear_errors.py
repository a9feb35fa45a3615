"""Errors that say in a traceback what to do, in words that fit Python."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.programs.names import LISTED_BY
from corpus.errors import OcqaError

_LISTS = ("countries", "indicators", "groups", "texts")


@contextmanager
def clear_errors() -> Iterator[None]:
    """Whatever a user can fix is raised with its hint as a note, which Python and notebooks show under the message."""
    try:
        yield
    except OcqaError as error:
        for of in _LISTS:
            error.hint = error.hint.replace(LISTED_BY.format(of), f'coverage("{of}") lists them')
        if error.hint and not hasattr(error, "__notes__"):
            error.add_note(f"What to do: {error.hint}")
        raise
