"""What every form and every slot is read from: the masked question, its names, and what the learned reader makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from corpus.taxonomy import Taxonomy
from index.language.late_pattern import LatePattern
from index.meaning.masked import MARK, Masked, masked
from index.questions.question import Question


@dataclass(frozen=True, slots=True)
class Learned:
    """What the learned reader makes of a question: a probability for each kind, order and indicator.

    `kinds` and `orders` each sum to 1 (their keys are those of the labelled questions; "" is no order); each of `indicators` is a
    probability of its own. `slots` has the chance of each value of each slot in `roles.SLOTS`, `roles` that of each role in
    `roles.ROLES_OF` for each mark of the masked question; both are empty where only words were looked at.
    """

    kinds: Mapping[str, float] = field(default_factory=dict)
    orders: Mapping[str, float] = field(default_factory=dict)
    indicators: Mapping[str, float] = field(default_factory=dict)
    slots: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    roles: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, or a part of one, as the forms see it. `text` is the masked text."""

    question: Question
    masked: Masked
    taxonomy: Taxonomy
    learned: Learned = Learned()

    @property
    def is_bare(self) -> bool:
        """Whether it is a country alone, with or without an edition."""
        return _BARE.fullmatch(self.masked.text) is not None

    @property
    def text(self) -> str:
        """The masked text."""
        return self.masked.text

    def part(self, text: str) -> Asked:
        """The same with a part of the masked text and the marks in it."""
        marks = {mark: span for mark, span in self.masked.marks.items() if mark in text.split()}
        return replace(self, masked=Masked(text, marks))

    def typed(self, text: str) -> str:
        """A part of the masked text with the words of its marks, as a text to be read by itself."""
        words, marks = self.question.reading.words, self.masked.marks

        def said(mark: str) -> str:
            span = marks.get(mark)
            return mark if span is None else " ".join(words[span.start : max(span.end, span.start + 1)])

        return MARK.sub(lambda m: said(m[0]), text).replace(" |", ".").replace(" ,", ",")

    def step(self, text: str, default: str) -> Asked:
        """One step of a question of two. What was learned of the whole does not hold for it; if it names no indicator, `default`
        is meant."""
        step = self.part(text)
        named = step.masked.ids("I") or step.masked.ids("S")
        return replace(step, learned=Learned(indicators={} if named else {default: 1.0}))


_BARE = LatePattern(r"C\d+(?: ,)?(?: in)?(?: Y\d+)?")
# A country alone, with or without an edition, says nothing that could be learned from.
_BARE_COUNTRY = Learned({"overview": 0.97, "value": 0.03}, {"": 1.0})


def asked_of(question: Question, taxonomy: Taxonomy, learned: Learned | None = None) -> Asked:
    """A question as the forms see it."""
    asked = Asked(question, masked(question.reading), taxonomy, learned or Learned())
    return replace(asked, learned=_BARE_COUNTRY) if asked.is_bare else asked
