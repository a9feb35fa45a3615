"""What the parser of `index.questions` makes of a question, and whether its queries hold all that the question says. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.meaning.asked import Asked
from index.meaning.forms.parts import asks_for_indicators
from index.meaning.forms.unread_places import in_unread_place, narrowed
from index.meaning.slots.asks import Asks, asks_for
from index.meaning.slots.by import memberships_meant
from index.meaning.slots.when import when_of
from index.questions.context import NotUnderstood
from index.questions.kind import kind_of
from index.questions.query_parser import Parsed, parse
from index.questions.question import Question
from index.questions.slots import slots_of
from index.scores.loaded_scores import LoadedScores
from index.scores.query import Change, OfCountry, Query, without_needless

# Scores run from 1 to 10.
_HIGHEST = 10


@dataclass(frozen=True, slots=True)
class ParserReading:
    """What the parser of `index.questions` makes of a question: queries, or the kind alone where it could not read the rest.

    `unused` are how many words its queries do not hold.
    """

    kind: Kind
    parsed: Parsed | None
    unused: int

    @property
    def clean(self) -> bool:
        """Whether it has queries, they hold every word, and there was nothing to choose between."""
        return self.parsed is not None and self.parsed.sure and not self.unused


def parser_reading(question: Question, taxonomy: Taxonomy, loaded: LoadedScores) -> ParserReading:
    """What the parser makes of a question."""
    slots = slots_of(question.reading)
    kind = kind_of(slots)
    if kind is Kind.PASSAGES or kind is Kind.DEFINITION:
        return ParserReading(kind, None, len(slots.unknown))
    if slots.restricting or (slots.unknown and not slots.topics):
        return ParserReading(kind, None, len(slots.unknown))
    try:
        parsed = parse(kind, slots, taxonomy, loaded)
        return ParserReading(kind, replace(parsed, queries=tuple(map(without_needless, parsed.queries))), len(slots.unknown))
    except NotUnderstood:
        return ParserReading(kind, None, len(slots.unknown))


def holds_all(asked: Asked, queries: Sequence[Query]) -> bool:
    """Whether the queries of the parser drop no country, no limit on the countries and no edition, do not put the same scores in
    order twice, take no number for a score that can be none, and give no figure where a reason is asked for."""
    several = len({q.editions for q in queries}) > 1 and any(q.order is not None for q in queries)
    unread = narrowed(asked) or in_unread_place(asked) or asks_for_indicators(asked) or memberships_meant(asked)
    why = asks_for(asked, Asks.WHY)
    beyond = any(isinstance(c.right, Decimal) and c.right > _HIGHEST for q in queries for either in q.where for c in either)
    rights = {c.right.country for q in queries for either in q.where for c in either if isinstance(c.right, OfCountry)}
    held = rights.union(*((*q.countries, *q.without_countries) for q in queries))
    dropped = set(asked.question.countries) - held
    return bool(queries) and not (several or unread or why or beyond or dropped) and _of_all_editions(asked, queries)


def _of_all_editions(asked: Asked, queries: Sequence[Query]) -> bool:
    """Whether the queries are of every edition that is meant, and no change is from an edition to itself."""
    when = when_of(asked)
    measured = {e for q in queries for m in q.measures for e in ((m.start, m.end) if isinstance(m, Change) else (m.edition,))}
    still = any(isinstance(m, Change) and m.start == m.end for q in queries for m in q.measures)
    return not still and measured >= set(when.editions) and (not when.whole or len(measured) > 1)
