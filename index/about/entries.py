"""The reviewed entries about the Index and this program, with the sample questions by which they are found."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.errors import TaxonomyError


@dataclass(frozen=True, slots=True)
class AboutEntry:
    """An entry. `text` may hold names in braces, which are filled in when it is shown.

    `asks` are questions that the text answers; `beyond` questions that it declines, saying why. With `examples`, questions that
    the loaded data answers are shown beside it.
    """

    id: str
    topic: str
    text: str
    source: str
    asks: tuple[str, ...]
    beyond: tuple[str, ...] = ()
    examples: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample question: of which entry (None for a question of another kind), and whether that entry declines it."""

    text: str
    entry: str | None
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class AboutEntries:
    """The entries by id, and all sample questions in the order of the stored vectors."""

    entries: dict[str, AboutEntry]
    samples: tuple[Sample, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the sample questions: what the stored vectors were made of."""
        return hashlib.sha256("\n".join(sample.text for sample in self.samples).encode()).hexdigest()


@cache
def about_entries() -> AboutEntries:
    """Read and check the packaged data. Raises TaxonomyError if two entries share an id or a sample question."""
    data = tomllib.loads(files("corpus").joinpath("data", "about.toml").read_text(encoding="utf-8"))
    entries: dict[str, AboutEntry] = {}
    samples = [Sample(text, None) for text in data["other"]]
    for given in data["entry"]:
        entry = AboutEntry(
            **{**given, "asks": tuple(given["asks"]), "beyond": tuple(given.get("beyond", ()))},
        )
        if entry.id in entries:
            raise TaxonomyError(f"about.toml: two entries have the id {entry.id!r}")
        entries[entry.id] = entry
        samples += [Sample(text, entry.id) for text in entry.asks]
        samples += [Sample(text, entry.id, beyond=True) for text in entry.beyond]
    texts = [sample.text for sample in samples]
    if len(set(texts)) < len(texts):
        twice = next(text for text in texts if texts.count(text) > 1)
        raise TaxonomyError(f"about.toml: the sample question {twice!r} stands there twice")
    return AboutEntries(entries, tuple(samples))
