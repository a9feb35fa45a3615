"""The readings of a question, weighed: the learned reader, the parser, and what is loaded brought together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from corpus.errors import ModelError, QuestionError
from corpus.naming import fold
from index.generations.snapshot import Snapshot
from index.meaning.asked import Asked, Learned, asked_of
from index.meaning.candidate import ABOUT, NONE, OUT, TEXT
from index.meaning.contradictions import contradictory
from index.meaning.framed.two_steps import Read
from index.meaning.learned import LearnedReader, learned_reader
from index.meaning.masked import masked
from index.meaning.offers import question_of
from index.meaning.parser_reading import parser_reading
from index.meaning.question_reader import QuestionReader, question_reader
from index.meaning.readings import candidates
from index.meaning.weighing import Weighed, reading_lines, weighed
from index.questions.question import Question, understand

# Such a question was written by `index.meaning.offers`; what is left to doubt is chance agreement.
_OFFERED = 0.99


@dataclass(frozen=True, slots=True)
class Readings:
    """A question as the forms saw it, and its readings, the likeliest first."""

    asked: Asked
    readings: tuple[Weighed, ...]

    @property
    def best(self) -> Weighed:
        """The likeliest reading."""
        return self.readings[0]

    @property
    def sure(self) -> bool:
        """Whether there is a reading, and the likeliest is likely enough to be answered."""
        if not self.readings:
            return False
        lines = reading_lines()
        line = lines.text_unsure_below if self.best.candidate.label == TEXT else lines.unsure_below
        return self.best.probability >= line

    @property
    def certain(self) -> bool:
        """Whether the parser comes to the likeliest reading too, it is as good as certain, and no number stands in the question,
        whose part words alone may not tell."""
        numbers = self.asked.masked.spans("N") or self.asked.masked.spans("P")
        if not self.readings or not self.best.candidate.evidence.agreed or numbers:
            return False
        return self.best.probability >= reading_lines().certain_from

    @property
    def asks_scores(self) -> bool:
        """Whether it is more likely about scores or a country than about text, the Index or nothing."""
        kinds = self.asked.learned.kinds
        return sum(p for kind, p in kinds.items() if kind not in (TEXT, OUT, ABOUT, NONE)) > 0.5

    @property
    def in_pages(self) -> float:
        """The learned chance, 0 to 1, that pages speak of what is asked, if it is about text or about what nothing holds."""
        text, out = (self.asked.learned.kinds.get(kind, 0.0) for kind in (TEXT, OUT))
        return text / (text + out) if text + out else 1.0


def readings_of(snapshot: Snapshot, question: Question) -> Readings:
    """Every reading of a question against what is loaded."""
    return readings_with(snapshot, question, learned_reader(), question_reader)


def readings_with(snapshot: Snapshot, question: Question, words: LearnedReader, opened: Callable[[], QuestionReader]) -> Readings:
    """Every reading of a question, with this reader of words alone and this question reader.

    Where words alone and the parser come to the same queries, and that is as good as certain, the question reader is not asked;
    where it cannot be opened, words alone have to do.
    """
    text = masked(question.reading)
    parser = parser_reading(question, snapshot.taxonomy, snapshot.loaded)

    def readings(learned: Learned, read: Read | None = None) -> Readings:
        asked = asked_of(question, snapshot.taxonomy, learned)
        found = weighed(candidates(asked, snapshot.loaded, parser, words.unknown_words(text), read))
        return Readings(asked, tuple(sorted((_as_offered(asked, w) for w in found), key=lambda w: -w.probability)))

    by_words = words.read(text)
    first = readings(by_words) if parser.parsed is not None else None
    if first is not None and first.certain:
        return first
    try:
        reader = opened()
    except ModelError:
        return first or readings(by_words)

    def read(step: str) -> Asked | None:
        try:
            part = understand(step, snapshot.gazetteer, snapshot.taxonomy.editions)
        except QuestionError:
            return None
        shown = masked(part.reading)
        return asked_of(part, snapshot.taxonomy, reader.joined(words.read(shown), part, shown))

    return readings(reader.joined(by_words, question, text), read)


def _as_offered(asked: Asked, reading: Weighed) -> Weighed:
    """A question in the very words in which it would be offered is read as it was offered; a reading that no score can meet is
    none."""
    meaning = reading.candidate.meaning
    if meaning is not None and contradictory(meaning):
        return replace(reading, probability=0.0)
    offer = None if meaning is None else question_of(meaning, asked.taxonomy)
    if offer is None or fold(offer) != fold(asked.question.text):
        return reading
    return replace(reading, probability=max(reading.probability, _OFFERED))
