"""Which indicators a question is about, by name or by section."""

from __future__ import annotations

from corpus.taxonomy import Taxonomy
from index.questions.question import Question


def asked_indicators(taxonomy: Taxonomy, question: Question) -> tuple[str, ...]:
    """The ids of the indicators named, or else of those in the sections named."""
    if question.indicators:
        return question.indicators
    return tuple(i for s in taxonomy.sections if s.id in question.sections for i in s.indicators)
