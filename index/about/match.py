"""Which entry a question is about, and the chance that it is about the Index, this program, or nothing that is loaded.

Letters and meaning are compared with the sample questions of `corpus/data/about.toml`, and with sample questions of other kinds.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from index.about.entries import AboutEntry, about_entries
from index.about.likeness import LetterLikeness
from index.about.names import named_in
from index.encoders.protocol import Vectors

VECTORS = "about_vectors.npz"
WEIGHTS = "about_weights.toml"
# Chosen on the authors' questions; between 0.5 and 0.8 it makes no difference.
_MEANING_SHARE = 0.65
# A single sample that is alike by chance counts less where the next ones of the entry are not.
_BEST_SHARE = 0.75
_NEXT = 2
_YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)")
_NEAREST = 5

# Of the authors' questions about the Index fewer than one in a hundred have no sample this near (a cosine), of questions about
# other things two in three.
_NEAR = 0.4


@dataclass(frozen=True, slots=True)
class AboutMatch:
    """The best entry, whether it declines the question (`AboutEntry.beyond`), and the nearest sample question.

    `probability`, 0 to 1, is the calibrated chance that the question is about the Index or this program, is talk, or asks for
    what nothing loaded could hold, rather than a question about scores or profiles. `near` is False where no sample question is
    near in meaning, so that the best entry is only the least unlike: "what are the symptoms of measles".
    """

    entry: AboutEntry
    beyond: bool
    probability: float
    nearest: str
    near: bool = True


def best_entry(text: str, vector: Vectors | None = None) -> AboutMatch:
    """The entry that comes nearest to a question. `vector` is its float32[384] from the packaged model, if there is one."""
    at, evidence = evidence_of(text, vector)
    known = about_entries()
    sample = known.samples[at]
    weights = _weights()["letters" if vector is None else "meaning"]
    score = weights["constant"] + sum(weights[name] * value for name, value in evidence.items())
    near = evidence.get("meaning", 1.0) >= _NEAR
    entry = known.entries[_of_year(sample.entry or "", text)]
    return AboutMatch(entry, sample.beyond, 1 / (1 + math.exp(-score)), sample.text, near)


def entry_beyond(entry: str) -> AboutMatch:
    """An entry for a question that is beyond what is loaded, known by other means than its likeness to a sample."""
    return AboutMatch(about_entries().entries[entry], True, 1.0, "")


def _of_year(entry: str, text: str) -> str:
    """The entry on the latest edition that a question names, where the best one is on another: their samples differ by a year."""
    of_edition, year = entry[:-4], entry[-4:]
    named = [y for y in _YEARS.findall(text) if f"{of_edition}{y}" in about_entries().entries]
    return f"{of_edition}{max(named)}" if year.isdigit() and named else entry


def evidence_of(text: str, vector: Vectors | None) -> tuple[int, Mapping[str, float]]:
    """The row of the nearest sample of the best entry, and what speaks for and against that entry, by name."""
    table = _table()
    letters = table.letters.with_each(text)
    meaning = None if vector is None else table.vectors @ np.asarray(vector, dtype=np.float32)
    alike = letters if meaning is None else _MEANING_SHARE * meaning + (1 - _MEANING_SHARE) * letters
    by_entry = {entry: _of_entry(alike[rows]) for entry, rows in table.rows.items()}
    first, second = sorted(by_entry, key=lambda entry: (-by_entry[entry], entry))[:2]
    rows = table.rows[first]
    at = int(rows[np.argmax(alike[rows])])
    beyond, named = about_entries().samples[at].beyond, named_in(text)
    evidence = {
        "entry": by_entry[first],
        "other": float(alike[table.others].max()),
        "lead": by_entry[first] - by_entry[second],
        "beyond": float(beyond),
        "country": float(named.country and not beyond),
        "country_beyond": float(named.country and beyond),
        "indicator": float(named.indicator and not beyond),
        "indicator_beyond": float(named.indicator and beyond),
        "not_scored": float(named.not_scored),
        "other_year": float(named.other_year),
        "length": math.log1p(len(text.split())),
    }
    if meaning is not None:
        evidence |= {
            "letters": float(letters[table.samples].max()),
            "letters_other": float(letters[table.others].max()),
            "meaning": float(meaning[table.samples].max()),
            "meaning_other": float(meaning[table.others].max()),
            "meaning_near": float(np.sort(meaning[table.samples])[-_NEAREST:].mean()),
        }
    return at, evidence


def _of_entry(alike: NDArray[np.float64]) -> float:
    ordered = np.sort(alike)
    return float(_BEST_SHARE * ordered[-1] + (1 - _BEST_SHARE) * ordered[-1 - _NEXT : -1].mean())


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """The samples ready to be compared: rows by entry, all rows of entries, all rows of other kinds of question."""

    letters: LetterLikeness
    vectors: Vectors
    rows: Mapping[str, NDArray[np.int64]]
    samples: NDArray[np.int64]
    others: NDArray[np.int64]


@cache
def _table() -> _Table:
    samples = about_entries().samples
    with files("index").joinpath("data", VECTORS).open("rb") as file:
        vectors = np.load(file, allow_pickle=False)["vectors"].astype(np.float32)
    return _Table(
        letters=LetterLikeness([sample.text for sample in samples]),
        vectors=vectors,
        rows={
            entry: np.array([row for row, sample in enumerate(samples) if sample.entry == entry])
            for entry in about_entries().entries
        },
        samples=np.array([row for row, sample in enumerate(samples) if sample.entry is not None]),
        others=np.array([row for row, sample in enumerate(samples) if sample.entry is None]),
    )


def vectors_digest() -> str:
    """The digest of the sample questions that the stored vectors were made of: `AboutEntries.digest`, unless out of date."""
    with files("index").joinpath("data", VECTORS).open("rb") as file:
        return str(np.load(file, allow_pickle=False)["digest"])


@cache
def _weights() -> Mapping[str, Mapping[str, float]]:
    return tomllib.loads(files("index").joinpath("data", WEIGHTS).read_text(encoding="utf-8"))
