"""The frozen records that readers hand to the index.

Scores are floats with two decimals, 1 to 10, as published. Editions are years. Countries are ISO 3166-1 alpha-3 codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """ERROR: something was left out of the corpus. WARNING: everything was read, but a person should check."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in a source: which file, where in it, what, and what to do."""

    source: str
    place: str
    message: str
    hint: str
    severity: Severity

    def __str__(self) -> str:
        where = f"{self.source}, {self.place}" if self.place else self.source
        return f"{where}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class SourceKind(StrEnum):
    """What a source file is, by its extension. If scores differ, the kind later in this list is trusted."""

    PAGE = "page"
    TABLE = "table"
    WORKBOOK = "workbook"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read: its path (led by the name of the sources folder), kind, size in bytes and SHA-256."""

    name: str
    kind: SourceKind
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Score:
    """One published score and its source: the address of a page, or a file and cell.

    `own`: the figure is no score of the Index; then `indicator` is the name that its table gives it, and any value will do.
    """

    country: str
    edition: int
    indicator: str
    value: float
    source: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class PrintedRank:
    """A rank as a page prints it. `within` is the printed continent or region, or "world"."""

    indicator: str
    rank: int
    of: int
    within: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the eleven sections: the page's own heading and its paragraphs, numbered from 1.

    `first_edition` is set if the page only says that a later edition was the first to cover the topic.
    """

    id: str
    heading: str
    paragraphs: tuple[str, ...]
    first_edition: int | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """An indicator's definition as a page prints it."""

    indicator: str
    text: str


@dataclass(frozen=True, slots=True)
class Profile:
    """A country's page in one edition. `note` is set if the page says that its text is a restatement."""

    country: str
    edition: int
    url: str
    source: str
    header: tuple[tuple[str, str], ...]
    scores: tuple[Score, ...]
    ranks: tuple[PrintedRank, ...]
    definitions: tuple[Definition, ...]
    sections: tuple[Section, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """What stands below one heading of a document, paragraph by paragraph; `heading` is empty above the first."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A report on the Index or a description of its method. `url` is its address, or its file if it states none."""

    title: str
    url: str
    source: str
    parts: tuple[DocumentPart, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that was read, in a fixed order, and every problem found."""

    profiles: tuple[Profile, ...]
    scores: tuple[Score, ...]
    sources: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]
    documents: tuple[Document, ...] = ()
    own_figures: tuple[Score, ...] = ()
