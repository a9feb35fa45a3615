"""Changes that mean nothing change nothing of how a question is read, and may at most get it declined.

Each question of a fixed sample is read as written and again with each change, by all readers together, against scores that are
all loaded; no workbook is needed, since what is compared is how a question is read. The table holds, for each change, the largest
share in percent that may be read otherwise: what was measured when it was written, rounded up.
`python -m tests.questions.paraphrases.report` does the same on more questions with whole answers.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from types import SimpleNamespace

import pytest

from corpus.errors import QuestionError
from index.about.match import best_entry
from index.answers.reading import readings_of
from index.generations.snapshot import Snapshot
from index.meaning.asides import without_asides
from index.meaning.candidate import ABOUT
from index.meaning.talk import not_a_question
from index.questions.question import understand
from index.scores.loaded_scores import LoadedScores
from tests.questions.paraphrases.changes import CHANGES
from tests.questions.paraphrases.sample import sampled

NUMBER = 60
Reading = Hashable
LIMITS = {
    "…, per ocindex.net": 1,
    # Five questions: "the topmost anyone goes" gives the country, "the highest anyone goes" the figure.
    "highest → topmost": 20,
    # One of twenty: the same countries, out of those that fell rather than out of all.
    "score → rating": 5,
    "…, if you would": 1,
    # One of eighteen: the reason for a low score, asked with or without saying that it is low.
    "score → mark": 6,
    "country → nation": 4,
    "no final mark": 2,
    "two letters transposed": 3,
}


@pytest.fixture(scope="session")
def read(shipped: Snapshot) -> Callable[[str], Reading]:
    """Reads a question: what it was taken for, or None where it is declined."""
    taxonomy, gazetteer = shipped.taxonomy, shipped.gazetteer
    every = ((c, e, i.id) for c in taxonomy.countries for e in taxonomy.editions for i in taxonomy.measured(e))
    world = SimpleNamespace(
        taxonomy=taxonomy,
        gazetteer=gazetteer,
        loaded=LoadedScores.of(every),
        manifest=shipped.manifest,
        encoder=shipped.encoder,
    )

    def reading(text: str) -> Reading:
        try:
            question = without_asides(understand(text, gazetteer, taxonomy.editions), gazetteer, taxonomy.editions)
        except QuestionError:
            return None
        if not_a_question(question) is not None:
            return None
        readings = readings_of(world, question)  # type: ignore[arg-type]
        if not readings.sure:
            return None
        best = readings.best.candidate
        if best.label == ABOUT:
            return ABOUT, best_entry(question.text, None).entry.id
        return best.label, frozenset(map(repr, best.queries)) or repr(best.meaning)

    return reading


@pytest.fixture(scope="session")
def as_written(read: Callable[[str], Reading]) -> dict[str, Reading]:
    return {question: read(question) for question in sampled(NUMBER)}


@pytest.mark.parametrize("name", CHANGES)
def test_what_means_nothing_changes_nothing(name: str, read: Callable[[str], Reading], as_written: dict[str, Reading]) -> None:
    changed = {q: CHANGES[name](q) for q, reading in as_written.items() if reading is not None and CHANGES[name](q) != q}
    readings = {text: (as_written[q], read(text)) for q, text in changed.items()}
    other = [text for text, (before, after) in readings.items() if after is not None and after != before]
    assert len(other) <= len(changed) * LIMITS.get(name, 0) / 100, (round(100 * len(other) / len(changed), 1), other)
