"""The one family of errors a user meets: each says what is wrong and what to do about it."""

from __future__ import annotations


class OcqaError(Exception):
    """Something a user can mend. `message` says what and where, `hint` says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class SourceError(OcqaError):
    """A source file that cannot be read at all; `place` is where in the file, or empty."""

    def __init__(self, message: str, hint: str = "", place: str = "") -> None:
        super().__init__(message, hint)
        self.place = place


class TaxonomyError(OcqaError):
    """The data files of the taxonomy contradict each other or themselves."""


class QuestionError(OcqaError):
    """The text is not a question that can be read: empty, too long, or without a word in Latin letters."""


class ModelError(OcqaError):
    """The embedding model is missing, damaged, or not the one the index was built with."""


class IndexMissing(OcqaError):
    """There is no index where one was looked for."""


class IndexDamaged(OcqaError):
    """A stored file is missing or not the one that was written."""


class BuildError(OcqaError):
    """A build stopped before publishing anything."""


class BuildLocked(BuildError):
    """Another build of the same index is under way."""


class DriftTooFar(BuildError):
    """Too many saved questions would be answered differently."""
