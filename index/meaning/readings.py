"""The readings of one question: what each reader makes of it, side by side, with the evidence by which they are weighed. Pure.

One reader is the parser of `index.questions`, which explains every word or says which it could not. The other picks kinds by what
it has learned from labelled questions, and fills each from the slots. Where both come to the same query, that counts for it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.language.stems import STOPWORDS
from index.meaning.asked import Asked
from index.meaning.editions_meant import NotLoaded
from index.meaning.form_table import FORMS
from index.meaning.forms.parts import asks_for_indicators
from index.meaning.forms.unread_places import in_unread_place, narrowed
from index.meaning.kinds_by_form import by_form
from index.meaning.masked import MARK
from index.meaning.meaning import Meaning
from index.meaning.plans import queries_of
from index.meaning.slots.asks import Asks, asks_for
from index.meaning.slots.by import memberships_meant
from index.meaning.slots.when import when_of
from index.questions.context import NotUnderstood
from index.questions.kind import kind_of
from index.questions.query_parser import Parsed, parse
from index.questions.question import Question
from index.questions.slots import slots_of
from index.scores.loaded_scores import LoadedScores
from index.scores.query import Change, Query

# A kind less likely than this is not tried.
_LEAST = 0.02
_UNLIKELY = 1e-3
# A number that is no mark was not read: "1000 dollars" is no score and no count of countries.
_UNREAD_NUMBER = LatePattern(r"(?<!\S)\d[\d.,]*(?!\S)")
# Kinds that are answered without a query.
_WITHOUT_QUERY = frozenset({Kind.DEFINITION, Kind.OVERVIEW, Kind.EXPLANATION, Kind.PAGE_FACT})
TEXT, ABOUT, OUT, NONE = "text", "about", "out", "none"


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


@dataclass(frozen=True, slots=True)
class ReadingEvidence:
    """By what a reading is weighed; each is 0 or 1 unless said otherwise.

    - `likely`: the log-odds of its kind for the learned reader; `lead`: by how much that is above the next kind.
    - `agreed`: the parser comes to the same query; `disagreed`: it comes to another; `refused`: it could not read a word;
      `as_text`: it takes the question for one about text. `parser_only`: the learned reader could not fill this kind.
    - `unused`: how many words the queries of the parser do not hold, where it agrees; `unsure`: it chose between readings.
      `clean`: it explains every word, and agrees or is alone; `against_clean`: it does, and comes to another query.
    - `unknown`: how many words the learned reader does not know.
    - `implied`: no indicator is named; `learned_topic`: one was learned instead. `topic`: the log of the learned probability of
      the least likely indicator of the reading, 0 without one; `missed`: that of the likeliest indicator that it leaves out.
    - `order`: the log of the learned probability of the order chosen.
    - `corrected`: words with mended spelling. `words`: the logarithm of their number.
    """

    likely: float
    lead: float
    agreed: float
    disagreed: float
    refused: float
    as_text: float
    parser_only: float
    unused: float
    unsure: float
    clean: float
    against_clean: float
    unknown: float
    implied: float
    learned_topic: float
    topic: float
    missed: float
    order: float
    corrected: float
    words: float


@dataclass(frozen=True, slots=True)
class CandidateReading:
    """One way to read a question: the kind as labelled, its meaning and queries if it has any, and the evidence for it."""

    label: str
    evidence: ReadingEvidence
    meaning: Meaning | None = None
    queries: tuple[Query, ...] = ()
    parsed: Parsed | None = None


def parser_reading(question: Question, taxonomy: Taxonomy, loaded: LoadedScores) -> ParserReading:
    """What the parser makes of a question."""
    slots = slots_of(question.reading)
    kind = kind_of(slots)
    if kind is Kind.PASSAGES or kind is Kind.DEFINITION:
        return ParserReading(kind, None, len(slots.unknown))
    if slots.restricting or (slots.unknown and not slots.topics):
        return ParserReading(kind, None, len(slots.unknown))
    try:
        return ParserReading(kind, parse(kind, slots, taxonomy, loaded), len(slots.unknown))
    except NotUnderstood:
        return ParserReading(kind, None, len(slots.unknown))


def candidates(asked: Asked, loaded: LoadedScores, parser: ParserReading, unknown_words: int) -> tuple[CandidateReading, ...]:
    """Every reading that makes a whole question, the kinds in order of how likely they are.

    `unknown_words` are how many words the learned reader does not know.
    """
    asked, decided = by_form(_as_held(asked, parser), FORMS)
    kinds = sorted(asked.learned.kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    found: list[CandidateReading] = []
    for label, probability in kinds:
        if probability < _LEAST and label not in (TEXT, ABOUT):
            continue
        candidate = _candidate(asked, label, loaded, parser, unknown_words)
        if candidate is not None:
            found.append(candidate)
    agreed = any(c.evidence.agreed for c in found)
    # Where both fill the same kind and differ, the forms are right more often, unless the parser explains every word.
    filled = agreed or (not parser.clean and any(c.label == str(parser.kind) for c in found))
    if parser.parsed is not None and not filled and not (decided or asked.is_bare) and _whole(asked, parser.parsed.queries):
        found.append(_of_parser(asked, parser, unknown_words))
    return tuple(found)


def _as_held(asked: Asked, parser: ParserReading) -> Asked:
    """The question without the chance that it is out of reach, where the parser makes a query of its every word; and without that
    of being about text where it holds nothing but names, which no text could be sought by."""
    dropped = set()
    if parser.parsed is not None and parser.parsed.queries and not parser.unused:
        dropped.add(OUT)
        if all(word in STOPWORDS or MARK.fullmatch(word) for word in asked.text.split()) and not asked.masked.ids("I"):
            dropped.add(TEXT)
    left = {kind: p for kind, p in asked.learned.kinds.items() if kind not in dropped}
    total = sum(left.values())
    if not dropped or not total:
        return asked
    return replace(asked, learned=replace(asked.learned, kinds={kind: p / total for kind, p in left.items()}))


def _whole(asked: Asked, queries: Sequence[Query]) -> bool:
    """Whether the queries of the parser drop no limit on the countries and no edition, do not put the same scores in order
    twice, and give no figure where a reason is asked for."""
    several = len({q.editions for q in queries}) > 1 and any(q.order is not None for q in queries)
    unread = narrowed(asked) or in_unread_place(asked) or asks_for_indicators(asked) or memberships_meant(asked)
    why = asks_for(asked, Asks.WHY)
    return bool(queries) and not (several or unread or why) and _of_all_editions(asked, queries)


def _of_all_editions(asked: Asked, queries: Sequence[Query]) -> bool:
    """Whether the queries are of every edition that is meant, and no change is from an edition to itself."""
    when = when_of(asked)
    measured = {e for q in queries for m in q.measures for e in ((m.start, m.end) if isinstance(m, Change) else (m.edition,))}
    still = any(isinstance(m, Change) and m.start == m.end for q in queries for m in q.measures)
    return not still and measured >= set(when.editions) and (not when.whole or len(measured) > 1)


def _candidate(
    asked: Asked, label: str, loaded: LoadedScores, parser: ParserReading, unknown_words: int
) -> CandidateReading | None:
    if label == OUT:
        # What nothing loaded holds is only known once the text has been searched, so it is read as a question about text.
        return None
    if label in (TEXT, ABOUT, NONE):
        return CandidateReading(label, _evidence(asked, label, None, (), parser, unknown_words))
    form = FORMS.get(label)
    meaning = None if form is None else form(asked)
    if meaning is None or (_UNREAD_NUMBER.search(asked.text) and meaning.kind not in _WITHOUT_QUERY):
        return None
    queries: tuple[Query, ...] = ()
    if meaning.kind not in _WITHOUT_QUERY:
        try:
            queries = queries_of(meaning, asked.taxonomy, loaded)
        except NotLoaded:
            queries = ()
        except NotUnderstood:
            return None
    evidence = _evidence(asked, label, meaning, queries, parser, unknown_words)
    parsed = parser.parsed if evidence.agreed and not meaning.yes_no else None
    return CandidateReading(label, evidence, meaning, queries, parsed)


def _of_parser(asked: Asked, parser: ParserReading, unknown_words: int) -> CandidateReading:
    assert parser.parsed is not None
    label = str(parser.kind)
    evidence = replace(_evidence(asked, label, None, parser.parsed.queries, parser, unknown_words), parser_only=1.0, agreed=0.0)
    return CandidateReading(label, evidence, None, parser.parsed.queries, parser.parsed)


def _evidence(
    asked: Asked, label: str, meaning: Meaning | None, queries: Sequence[Query], parser: ParserReading, unknown_words: int
) -> ReadingEvidence:
    learned = asked.learned
    same = (TEXT, OUT) if label == TEXT else (label,)
    own = sum(learned.kinds.get(kind, 0.0) for kind in same)
    others = max((p for other, p in learned.kinds.items() if other not in same), default=0.0)
    agreed = _agreed(label, queries, parser)
    answered = parser.parsed is not None or parser.kind is Kind.DEFINITION
    order = "" if meaning is None or meaning.order is None else str(meaning.order)
    words = [w for w in asked.text.split() if w not in (",", "|")]
    chosen = _indicators(meaning, queries)
    topic = min((learned.indicators.get(i, 0.0) for i in chosen), default=1.0)
    missed = max((p for i, p in learned.indicators.items() if i not in chosen), default=0.0)
    return ReadingEvidence(
        likely=_log_odds(own),
        lead=_log_odds(own) - _log_odds(others),
        agreed=float(agreed),
        disagreed=float(answered and not agreed),
        refused=float(not answered and parser.kind is not Kind.PASSAGES),
        as_text=float(parser.kind is Kind.PASSAGES),
        parser_only=0.0,
        unused=float(parser.unused) if agreed else 0.0,
        unsure=float(parser.parsed is not None and not parser.parsed.sure) if agreed else 0.0,
        clean=float(agreed and parser.clean),
        against_clean=float(parser.clean and not agreed),
        unknown=float(unknown_words),
        implied=float(meaning is not None and not asked.masked.ids("I")),
        learned_topic=float(meaning is not None and bool(meaning.indicators) and not asked.masked.ids("I")),
        topic=math.log(max(topic, _UNLIKELY)),
        missed=math.log(max(missed, _UNLIKELY)),
        order=math.log(max(learned.orders.get(order, _UNLIKELY), _UNLIKELY)) if learned.orders else 0.0,
        corrected=float(len(asked.question.corrected)),
        words=math.log(max(len(words), 1)),
    )


def _indicators(meaning: Meaning | None, queries: Sequence[Query]) -> frozenset[str]:
    """Every indicator that a reading asks for or tests, in any of its steps."""
    found = {i for q in queries for step in (q, q.among) if step is not None for i in step.indicators}
    while meaning is not None:
        found |= set(meaning.indicators)
        meaning = meaning.among
    return frozenset(found)


def _agreed(label: str, queries: Sequence[Query], parser: ParserReading) -> bool:
    if parser.parsed is None or not queries:
        return (label == TEXT and parser.kind is Kind.PASSAGES) or (label == Kind.DEFINITION and parser.kind is Kind.DEFINITION)
    return {_core(q) for q in queries} == {_core(q) for q in parser.parsed.queries}


def _core(query: Query) -> Query:
    """A query without what two readers may write differently though it asks the same."""
    return replace(
        query,
        claim=None,
        countries=tuple(sorted(query.countries)) if query.kind is not Kind.DIFFERENCE else query.countries,
        where=tuple(sorted(query.where, key=repr)),
    )


def _log_odds(probability: float) -> float:
    bounded = min(max(probability, _UNLIKELY), 1 - _UNLIKELY)
    return math.log(bounded / (1 - bounded))
