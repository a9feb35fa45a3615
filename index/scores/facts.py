"""Facts: the stored scores given beside an answer or a refusal."""

from __future__ import annotations

from collections.abc import Sequence

from index.contract.answer_object import Fact
from index.scores.score_store import ScoreBook


def score_facts(
    book: ScoreBook, countries: Sequence[str], indicators: Sequence[str], editions: Sequence[int]
) -> tuple[Fact, ...]:
    """The stored scores for these; without editions, each from the latest edition that has it."""
    stored = book.score_store.scores_of(countries) if indicators else {}
    facts = []
    for country, scores in stored.items():
        for indicator in indicators:
            having = sorted((e for i, e in scores if i == indicator), reverse=True)
            for edition in editions or having[:1]:
                if (indicator, edition) in scores:
                    value, source = scores[indicator, edition]
                    facts.append(Fact(country, indicator, edition, float(value), source))
    return tuple(facts)
