"""The questions that the judge is fitted on, each beside windows of passages that answer it or do not."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.generations.snapshot import Snapshot
from index.judging.windows import lead_of, window_around
from index.language.sentences import sentence_spans
from index.language.stems import held_stems, stems
from index.meaning.asides import without_asides
from index.passages.passage import Passage, PassageKind
from index.questions.question import understand
from index.retrieval.judged import best_sentence
from index.retrieval.scope import scope_of
from index.retrieval.text_answer import retrieved_in

DATA = Path(__file__).parents[1] / "data"
PAIRS = DATA / "pairs"
# Every third country, so that neither the authors nor the pages of these are seen; of Peru, one author; five invented countries.
HELD_BACK = frozenset(
    "AND BHS BWA CUB DNK ETH GAB GNB IDN KNA LIE LUX MDV MOZ NLD PAK SUR TGO TON VEN PERb X13 X14 X15 X25 X33".split()
)
# Why a page does not answer; "" is that it does, "other" another passage than the one that the question is about.
FAULTS = (
    "", "actor", "verb", "direction", "number", "time", "place", "entity", "cause", "sibling", "negation", "detail", "other",
)  # fmt: skip
# How many passages are read beside a question at most.
READ = 3
# The `rank` of a passage without the sentences that answer.
SILENT = -2
_CONTENT = re.compile(r"[a-z]{4,}|\d+")


@dataclass(frozen=True)
class Asked:
    """A question of a pair: the passage it is about, the words there that answer it or come nearest, and why they do not."""

    author: str
    number: int
    text: str
    answered: bool
    place: tuple[str, int, str, int] | None
    words: str
    fault: str
    wording: str = ""


@dataclass(frozen=True)
class Beside:
    """A question beside a window. `evidence` is the character range in the window of the words that answer or come nearest.

    `rank` is the place of the passage among those retrieved, from 0; -1 for a window around the words that were written down,
    SILENT for one without them.
    """

    asked: Asked
    question: str
    lead: str
    window: str
    answers: bool
    fault: str
    evidence: tuple[int, int] | None
    rank: int


def pair_files() -> list[Path]:
    """The files that the judge is fitted on."""
    return sorted(path for path in PAIRS.glob("*.jsonl") if path.stem not in HELD_BACK)


def page_of(author: str) -> str | None:
    """The page that an author wrote about an invented country; None if the author wrote about a page of the corpus."""
    path = PAIRS / f"{author}.txt"
    return path.read_text(encoding="utf-8") if path.is_file() else None


def digest(paths: Sequence[Path]) -> str:
    """A hash of the questions and labels."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def asked_in(path: Path) -> list[Asked]:
    """The questions of an author of pairs, in order."""
    found = []
    for number, entry in enumerate(map(json.loads, path.read_text(encoding="utf-8").splitlines())):
        place = (entry["country"], entry["edition"], entry["section"], entry["paragraph"])
        found.append(
            Asked(
                path.stem,
                number,
                entry["question"],
                entry["answered"],
                place,
                entry["words"],
                entry.get("fault", ""),
                entry.get("wording", ""),
            )
        )
    return found


def beside_windows(asked: Sequence[Asked], snapshot: Snapshot) -> Iterator[Beside]:
    """Each question beside a window around the words that were written down, and around the best sentence of each passage that
    is retrieved for it."""
    by_place = {(p.country, p.edition, p.section, p.paragraph): p for p in snapshot.passages if p.kind is PassageKind.PARAGRAPH}
    for one in asked:
        question = without_asides(
            understand(one.text, snapshot.gazetteer, snapshot.taxonomy.editions), snapshot.gazetteer, snapshot.taxonomy.editions
        )
        own = by_place.get(one.place)  # type: ignore[arg-type]
        if own is not None and one.words:
            at = _found(own.text, one.words)
            if at is not None:
                yield _row(one, question.read_text, own, at, -1)
                yield from _silent(one, question.read_text, own, at)
        scope = scope_of(snapshot, question)
        if scope.refusal is None:
            hits = retrieved_in(snapshot, question, scope, READ).hits
            for rank, hit in enumerate(hits):
                start = hit.passage.sentences[best_sentence(hit.match)][0] if hit.passage.sentences else 0
                yield _row(one, question.read_text, hit.passage, start, rank)


def beside_invented(asked: Sequence[Asked], page: str) -> Iterator[Beside]:
    """Questions on a page about an invented country: beside the window of the words written down, and beside those of the two
    other paragraphs that share most words with the question."""
    passages = {p.id: p for p in _invented(page)}
    for one in asked:
        assert one.place is not None
        own = passages["|".join(map(str, one.place[1:]))]
        at = _found(own.text, one.words)
        assert at is not None
        yield _row(one, one.text, own, at, -1)
        yield from _silent(one, one.text, own, at)
        words = set(stems(one.text))
        others = sorted((p for p in passages.values() if p is not own), key=lambda p: -len(words & held_stems(p.text)))
        for rank, other in enumerate(others[:2], 1):
            best = max(other.sentences, key=lambda s: len(words & held_stems(other.text[s[0] : s[1]])))
            yield _row(one, one.text, other, best[0], rank)


def _silent(one: Asked, question: str, passage: Passage, at: int) -> Iterator[Beside]:
    """An answered question beside its own passage without the sentences that answer: the same wording, and no answer."""
    end = at + len(one.words)
    left = [span for span in passage.sentences if span[1] <= at or span[0] >= end]
    if not one.answered or not left:
        return
    text = " ".join(passage.text[a:b] for a, b in left)
    if _found(text, one.words) is not None:
        return
    silent = replace(passage, text=text, sentences=sentence_spans(text))
    near = max(n for n, span in enumerate(left) if span[0] < end or n == 0)
    start, stop = window_around(text, silent.sentences, min(near, len(silent.sentences) - 1))
    yield Beside(one, question, lead_of(passage), text[start:stop], False, "detail", None, SILENT)


def _invented(page: str) -> Iterator[Passage]:
    for head, text in re.findall(r"^\[([^\]|]+\|[^\]|]+\|\d+)\]\n(.+)$", page, re.MULTILINE):
        edition, section, number = head.split("|")
        yield Passage(
            id=head,
            kind=PassageKind.PARAGRAPH,
            text=text,
            source="",
            edition=int(edition),
            section=section,
            paragraph=int(number),
            sentences=sentence_spans(text),
        )


def _row(one: Asked, question: str, passage: Passage, at: int, rank: int) -> Beside:
    sentence = next((n for n, (a, b) in enumerate(passage.sentences) if a <= at < b), 0)
    start, end = window_around(passage.text, passage.sentences, sentence, at)
    window = passage.text[start:end]
    found = _found(window, one.words) if one.words else None
    same = found is not None
    answers = one.answered and same
    fault = "" if answers else one.fault if same else "other"
    evidence = None if found is None else (found, found + len(one.words))
    return Beside(one, question, lead_of(passage), window, answers, fault, evidence, rank)


def _found(text: str, words: str) -> int | None:
    """Where these words stand in a text, whatever the spaces between them."""
    match = re.search(r"\s+".join(map(re.escape, words.split())), text)
    return match.start() if match else None


def is_sure(row: Beside) -> bool:
    """Whether a window that is not the one written down surely does not answer: the words of the answer are not there."""
    if row.answers or not row.asked.answered:
        return True
    words = set(_CONTENT.findall(row.asked.words.lower()))
    held = set(_CONTENT.findall(row.window.lower()))
    return not words or len(words & held) / len(words) < 0.4


def to_json(row: Beside) -> dict[str, Any]:
    return {
        "author": row.asked.author,
        "number": row.asked.number,
        "question": row.question,
        "lead": row.lead,
        "window": row.window,
        "answers": row.answers,
        "fault": row.fault,
        "evidence": row.evidence,
        "rank": row.rank,
        "sure": is_sure(row),
        "answered": row.asked.answered,
        "asked_fault": row.asked.fault,
        "wording": row.asked.wording,
    }
