"""Scores to stand beside an answer or a refusal, straight from the fact store."""

from __future__ import annotations

from collections.abc import Sequence

from index.contract import Fact
from index.question import Question
from index.snapshot import Snapshot


def lookup_facts(
    snapshot: Snapshot, countries: Sequence[str], indicators: Sequence[str], editions: Sequence[int]
) -> tuple[Fact, ...]:
    """The scores that exist for these; without editions, each from the latest edition that has it."""
    stored = snapshot.facts.scores_of(countries) if indicators else {}
    facts = []
    for country, scores in stored.items():
        for indicator in indicators:
            having = sorted((e for i, e in scores if i == indicator), reverse=True)
            for edition in editions or having[:1]:
                if (indicator, edition) in scores:
                    value, source = scores[indicator, edition]
                    facts.append(Fact(country, indicator, edition, float(value), source))
    return tuple(facts)


def asked_indicators(snapshot: Snapshot, question: Question) -> tuple[str, ...]:
    """The indicators named, or those of the sections named."""
    if question.indicators:
        return question.indicators
    return tuple(i for s in snapshot.taxonomy.sections if s.id in question.sections for i in s.indicators)
