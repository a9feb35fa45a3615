"""Compared with the baseline: texts embedded per CPU-second, and one warm question."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from index.answers.answer import ask
from index.bench.baseline import BATCH, PlainSearch, library_threads
from index.bench.clock import seconds_of_call
from index.bench.figures import Bar, Bars, Cell, Part, Spread, Table, Told, milliseconds, ratio
from index.encoders.protocol import PassageEncoder, Vectors
from index.generations.snapshot import Snapshot
from index.passages.passage import Passage, chunk_texts, sentence_texts

PLAIN, PLAIN_BY_32, OURS, SENTENCES = (
    "baseline, all in one call",
    f"baseline, {BATCH} at a time, unsorted",
    "this project, paragraphs with token vectors",
    "this project, sentences (extra)",
)
PLAIN_QUESTION, OUR_QUESTION, OUR_ENCODING = (
    "baseline, encode and search",
    "this project, whole answer",
    "this project, encoding only",
)


@dataclass(frozen=True, slots=True)
class Peers:
    """Texts per CPU-second by method, one figure per round; seconds of each warm question by method.

    `texts` counts paragraphs and sentences; `alike` is the lowest cosine between both vectors of a paragraph; `threads` is how
    many threads one call of the libraries may use.
    """

    rates: Mapping[str, tuple[float, ...]]
    questions: Mapping[str, tuple[float, ...]]
    texts: tuple[int, int]
    alike: float
    threads: int = 1


def sampled(snapshot: Snapshot, most: int) -> tuple[Passage, ...]:
    """At most `most` passages, evenly spaced."""
    passages = snapshot.passages
    count = min(most, len(passages))
    return tuple(passages[i * len(passages) // count] for i in range(count))


def measure_rates(
    passages: Sequence[Passage], snapshot: Snapshot, encoder: PassageEncoder, plain: PlainSearch, rounds: int, told: Told
) -> Peers:
    """Embed the same texts with every method, in turn, after a few uncounted ones."""
    paragraphs = list(dict.fromkeys(chain.from_iterable(chunk_texts(p, snapshot.taxonomy) for p in passages)))
    sentences = list(dict.fromkeys(chain.from_iterable(sentence_texts(p, snapshot.taxonomy) for p in passages)))
    vectors: dict[str, Vectors] = {}

    def ours(texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), encoder.spec.dimension), dtype=np.float32)
        for at, encoded in encoder.encode_chunks(texts):
            rows[at] = encoded.vector
        return rows

    def by_32(texts: Sequence[str]) -> Vectors:
        return np.concatenate([plain.encode(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)])

    ways: tuple[tuple[str, Sequence[str], Callable[[Sequence[str]], Vectors]], ...] = (
        (PLAIN, paragraphs, plain.encode),
        (PLAIN_BY_32, paragraphs, by_32),
        (OURS, paragraphs, ours),
        (SENTENCES, sentences, encoder.encode_passages),
    )
    for _, texts, embed in ways:
        embed(texts[:4])
    rates: dict[str, list[float]] = {}
    for number in range(rounds):
        for name, texts, embed in ways:
            told(f"embedding round {number + 1} of {rounds}: {len(texts)} texts, {name}")
            start = time.process_time()
            vectors[name] = embed(texts)
            rates.setdefault(name, []).append(len(texts) / (time.process_time() - start))
    alike = float((vectors[PLAIN] * vectors[OURS]).sum(axis=1).min())
    return Peers({n: tuple(r) for n, r in rates.items()}, {}, (len(paragraphs), len(sentences)), alike, library_threads())


def measure_questions(
    snapshot: Snapshot, plain: PlainSearch, questions: Iterable[str], told: Told
) -> dict[str, tuple[float, ...]]:
    """Seconds of each question with every method, in turn, after an uncounted one."""
    encode = snapshot.encoder.get().encode_question
    ways: tuple[tuple[str, Callable[[str], object]], ...] = (
        (PLAIN_QUESTION, plain.search),
        (OUR_ENCODING, encode),
        (OUR_QUESTION, lambda question: ask(snapshot, question)),
    )
    asked = list(questions)
    told(f"asking {len(asked)} questions of the baseline and of this project")
    for _, answer in ways:
        answer(asked[0])
    found: dict[str, list[float]] = {name: [] for name, _ in ways}
    for at in range(len(asked)):
        for turn, (name, answer) in enumerate(ways):
            # Never the same question twice in a row, so that nothing cached for it helps.
            question = asked[(at + turn * len(asked) // len(ways)) % len(asked)]
            found[name].append(seconds_of_call(answer, question))
    return {name: tuple(times) for name, times in found.items()}


def peers_part(peers: Peers) -> Part:
    """The figures side by side; ratios to the baseline of the same run."""
    middle = {name: Spread.of(rates).median for name, rates in peers.rates.items()}
    paragraphs, sentences = peers.texts
    rows: list[tuple[Cell, ...]] = []
    for name, rate in middle.items():
        compared = name != SENTENCES
        rows.append(
            (
                name,
                rate,
                ratio(rate, middle.get(PLAIN)) if compared else None,
                ratio(rate, middle.get(PLAIN_BY_32)) if compared else None,
                paragraphs if compared else sentences,
                len(peers.rates[name]),
            )
        )
    tables = [
        Table(
            "Embedding",
            ("method", "texts per CPU-second", "ratio to one call", f"ratio to {BATCH} at a time", "texts", "rounds"),
            tuple(rows),
        )
    ]
    bars = [Bars("Texts per CPU-second, median", "1/s", tuple(Bar(n, r, reference=n == PLAIN) for n, r in middle.items()))]
    if peers.questions:
        spreads = {name: Spread.of(seconds) for name, seconds in peers.questions.items()}
        plain = spreads[PLAIN_QUESTION].median
        asked: list[tuple[Cell, ...]] = [
            (n, milliseconds(s.median), milliseconds(s.p95), ratio(s.median, plain), s.count) for n, s in spreads.items()
        ]
        head = ("method", "p50, ms", "p95, ms", "p50, ratio to the baseline", "questions")
        tables.append(Table("One warm question", head, tuple(asked)))
        shown = (Bar(n, milliseconds(s.median), milliseconds(s.p95), n == PLAIN_QUESTION) for n, s in spreads.items())
        bars.append(Bars("One warm question, median and 95th percentile", "ms", tuple(shown)))
    return Part(
        name="peers",
        title="Compared with plain sentence-transformers and faiss",
        tables=tuple(tables),
        bars=tuple(bars),
        remarks=(
            f"The baseline is SentenceTransformer.encode with batch_size={BATCH} and faiss.IndexFlatIP over the same texts; "
            "in one call the library sorts them by length itself. CPU-seconds are summed over all cores; one call may use "
            f"{peers.threads} of them.",
            "This project also computes a vector for each token, and embeds sentences; the baseline does neither.",
            f"The lowest cosine between both vectors of a paragraph is {peers.alike:.6f}.",
        ),
    )
