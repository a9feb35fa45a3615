"""The errors a user can meet: each says what is wrong and what to do about it."""

from __future__ import annotations


class OcqaError(Exception):
    """Something a user can fix. `message` says what is wrong and where, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class SourceError(OcqaError):
    """A source file that cannot be used at all; `place` is where in the file, or empty."""

    def __init__(self, message: str, hint: str = "", place: str = "") -> None:
        super().__init__(message, hint)
        self.place = place


class NotAProfile(SourceError):
    """A page that is no country's profile and nothing that looks like one."""


class TaxonomyError(OcqaError):
    """The data files of the taxonomy are inconsistent."""


class QuestionError(OcqaError):
    """The text cannot be read as a question (empty, too long, no word in Latin letters), or the call is wrong."""


class ModelError(OcqaError):
    """The embedding model is missing, damaged, or not the one the index was built with."""


class IndexMissing(OcqaError):
    """There is no index in the folder."""


class IndexDamaged(OcqaError):
    """A stored file is missing or differs from what was written."""


class BuildError(OcqaError):
    """A build stopped before publishing anything."""


class BuildLocked(BuildError):
    """Another build of the same index is running."""


class DriftTooFar(BuildError):
    """Too many saved questions would get different answers."""
