"""Why a question has no answer: a fixed reason for programs and a clause for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RefusalReason(StrEnum):
    """The fixed reasons; their values are those of `result.reason`."""

    OUTSIDE_INDEX = "outside the Index"
    COUNTRY_NOT_LOADED = "country not loaded"
    EDITION_NOT_LOADED = "edition not loaded"
    NOT_MEASURED = "not measured in that edition"
    PAGE_SILENT = "the page says nothing on this"
    PREMISE_NOT_SUPPORTED = "premise not supported"
    NOT_UNDERSTOOD = "not understood"
    NONE_MEETS = "nothing meets the conditions"
    PROGRAM_FAILED = "the program failed"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A reason and the clause that explains it; `why` can follow "because"."""

    reason: RefusalReason
    why: str

    @property
    def sentence(self) -> str:
        """The clause as a sentence."""
        return f"{self.why[0].upper()}{self.why[1:]}."
