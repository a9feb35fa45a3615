"""The readings of one question: what each reader makes of it, side by side, with the evidence by which they are weighed. Pure.

One reader is the parser of `index.questions`, which explains every word or says which it could not. The other picks kinds by what
it has learned from labelled questions, and fills each from the slots. Where both come to the same query, that counts for it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.language.stems import STOPWORDS
from index.meaning.asked import Asked
from index.meaning.candidate import ABOUT, NONE, OUT, TEXT, CandidateReading, ReadingEvidence
from index.meaning.editions_meant import NotLoaded
from index.meaning.form_table import FORMS
from index.meaning.framed.fill import filled
from index.meaning.framed.frame import Frame, frame_of
from index.meaning.framed.steps_read import Filled
from index.meaning.framed.two_steps import Read, two_steps
from index.meaning.kinds_by_form import TWO_STEP, by_form
from index.meaning.masked import MARK
from index.meaning.meaning import Meaning
from index.meaning.parser_reading import ParserReading, holds_all
from index.meaning.plans import queries_of
from index.meaning.slots.order import settled_by_scale
from index.questions.context import NotUnderstood
from index.scores.loaded_scores import LoadedScores
from index.scores.query import Query

# A kind less likely than this is not tried.
_LEAST = 0.02
_UNLIKELY = 1e-3
# A number that is no mark was not read: "1000 dollars" is no score and no count of countries.
_UNREAD_NUMBER = LatePattern(r"(?<!\S)\d[\d.,]*(?!\S)")
_OF_SEVERAL = frozenset({Kind.SET, Kind.RANKING, Kind.COUNT})
# Kinds that are answered without a query.
_WITHOUT_QUERY = frozenset({Kind.DEFINITION, Kind.OVERVIEW, Kind.EXPLANATION, Kind.PAGE_FACT})


@dataclass(frozen=True, slots=True)
class _Seen:
    """What all readings of a question are made of. `unknown_words`: how many words the reader of words does not know."""

    asked: Asked
    loaded: LoadedScores
    parser: ParserReading
    unknown_words: int
    read: Read | None


def candidates(
    asked: Asked, loaded: LoadedScores, parser: ParserReading, unknown_words: int, read: Read | None = None
) -> tuple[CandidateReading, ...]:
    """Every reading that makes a whole question, the kinds in order of how likely they are.

    `unknown_words` are how many words the learned reader does not know; `read` reads a step of a question as one of its own.
    """
    asked, decided = by_form(_as_held(asked, parser), FORMS)
    asked = replace(asked, learned=replace(asked.learned, orders=settled_by_scale(asked)))
    seen = _Seen(asked, loaded, parser, unknown_words, read)
    kinds = sorted(asked.learned.kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    found: list[CandidateReading] = []
    frame = frame_of(asked)
    for label, probability in kinds:
        if probability < _LEAST and label not in (TEXT, ABOUT):
            continue
        found += _of_kind(seen, label, frame)
    found = _together(found, asked.learned.kinds)
    agreed = any(c.evidence.agreed for c in found)
    # Where both fill the same kind and differ, the forms are right more often, unless the parser explains every word.
    filled = agreed or (not parser.clean and any(c.label == str(parser.kind) for c in found))
    nobody = parser.parsed is not None and any(_of_nobody(query, asked) for query in parser.parsed.queries)
    settled = filled or nobody or decided or asked.is_bare
    if parser.parsed is not None and not settled and holds_all(asked, parser.parsed.queries):
        outvoted = any(c.evidence.framed and c.label == str(parser.kind) for c in found)
        found.append(_of_parser(seen, outvoted))
    return tuple(found)


def _together(found: Sequence[CandidateReading], kinds: Mapping[str, float]) -> list[CandidateReading]:
    """The readings, each as likely as all kinds together that come to the same queries: "the three worst" is a set to some and a
    ranking to others."""
    labels: dict[frozenset[Query], set[str]] = {}
    asking = [frozenset(map(_core, c.queries)) for c in found]
    for candidate, queries in zip(found, asking, strict=True):
        labels.setdefault(queries, set()).add(candidate.label)
    made = []
    for candidate, queries in zip(found, asking, strict=True):
        alike = labels[queries] if queries else set()
        if len(alike) > 1:
            own = _log_odds(sum(kinds.get(label, 0.0) for label in alike))
            other = _log_odds(max((p for label, p in kinds.items() if label not in alike), default=0.0))
            candidate = replace(candidate, evidence=replace(candidate.evidence, likely=own, lead=own - other))
        made.append(candidate)
    return made


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


def _of_kind(seen: _Seen, label: str, frame: Frame | None) -> list[CandidateReading]:
    """The reading of a kind by its form, and that by what was learned of each name and number, if they differ."""
    by_form = _by_form(seen, label)
    parts = _by_parts(seen, label, frame, by_form is not None)
    meaning = None if parts is None else parts.meaning
    framed = None if meaning is None else _filled(seen, label, meaning)
    if parts is None or meaning is None or framed is None:
        return [] if by_form is None else [by_form]
    sure = math.log(max(parts.chance, _UNLIKELY))
    alone = replace(framed, evidence=replace(framed.evidence, frame_only=1.0, frame=sure))
    if label == TWO_STEP:
        # What was learned of the whole says nothing of the topics and orders of its steps.
        own = {"in_steps": 1.0, "topic": 0.0, "missed": 0.0, "order": 0.0}
        alone = replace(alone, evidence=replace(alone.evidence, **own))
    if by_form is None:
        return [alone]
    if _same(by_form, framed):
        return [replace(by_form, evidence=replace(by_form.evidence, framed=1.0, frame=sure))]
    differ = _differences(by_form.meaning, meaning)
    unframed = replace(by_form.evidence, unframed=1.0, frame=sure, **{name: -1.0 for name in differ})
    return [
        replace(by_form, evidence=unframed),
        replace(alone, evidence=replace(alone.evidence, **dict.fromkeys(differ, 1.0))),
    ]


def _by_parts(seen: _Seen, label: str, frame: Frame | None, by_form: bool) -> Filled | None:
    """The meaning by what was learned of each name and number, and how likely it is that all of that is right."""
    if label == TWO_STEP:
        return None if seen.read is None else two_steps(seen.asked, seen.read, by_form)
    meaning = None if frame is None else filled(frame, label)
    return None if frame is None or meaning is None else Filled(meaning, frame.chance)


def _differences(one: Meaning | None, other: Meaning) -> list[str]:
    """In what two meanings of a kind differ, as fields of the evidence."""
    if one is None:
        return []
    parts: dict[str, Callable[[Meaning], object]] = {
        "by_places": lambda m: (set(m.countries), set(m.groups), set(m.without_countries), set(m.without_groups)),
        "by_topics": lambda m: set(m.indicators),
        "by_editions": lambda m: (m.editions, m.latest),
        "by_tests": lambda m: set(m.tests),
        "by_order": lambda m: m.order,
        "by_limit": lambda m: (m.limit, m.place),
    }
    return [name for name, part in parts.items() if part(one) != part(other)]


def _by_form(seen: _Seen, label: str) -> CandidateReading | None:
    """The reading that the form of a kind fills."""
    if label == OUT:
        # What nothing loaded holds is only known once the text has been searched, so it is read as a question about text.
        return None
    if label in (TEXT, ABOUT, NONE):
        return CandidateReading(label, _evidence(seen, label, None, ()))
    form = FORMS.get(label)
    meaning = None if form is None else form(seen.asked)
    return None if meaning is None else _filled(seen, label, meaning)


def _filled(seen: _Seen, label: str, meaning: Meaning) -> CandidateReading | None:
    """The reading with a meaning; None if it makes no whole question."""
    if (_UNREAD_NUMBER.search(seen.asked.text) and meaning.kind not in _WITHOUT_QUERY) or _puts_one_in_order(meaning):
        return None
    queries: tuple[Query, ...] = ()
    if meaning.kind not in _WITHOUT_QUERY:
        try:
            queries = queries_of(meaning, seen.asked.taxonomy, seen.loaded)
        except NotLoaded:
            queries = ()
        except NotUnderstood:
            return None
    if any(_of_nobody(query, seen.asked) for query in queries):
        return None
    evidence = _evidence(seen, label, meaning, queries)
    parsed = seen.parser.parsed if evidence.agreed and not meaning.yes_no else None
    return CandidateReading(label, evidence, meaning, queries, parsed)


def _puts_one_in_order(meaning: Meaning) -> bool:
    """Whether a second step orders or counts the one country that the first finds: its words were divided wrongly."""
    first = meaning.among
    return first is not None and first.limit == 1 and meaning.kind in _OF_SEVERAL and not meaning.tests


def _of_nobody(query: Query, asked: Asked) -> bool:
    """Whether groups that have no member in common are asked about as one: "Africa vs Europe" are two."""
    if len(query.groups) < 2:
        return False
    members = [{c for g in any_of for c in asked.taxonomy.members(g, query.members_of)} for any_of in query.groups]
    return not set.intersection(*members)


def _same(one: CandidateReading, other: CandidateReading) -> bool:
    """Whether two readings of a kind ask the same."""
    if one.queries or other.queries:
        return {_core(q) for q in one.queries} == {_core(q) for q in other.queries}
    return one.meaning == other.meaning


def _of_parser(seen: _Seen, outvoted: bool) -> CandidateReading:
    parsed = seen.parser.parsed
    assert parsed is not None
    label = str(seen.parser.kind)
    evidence = replace(_evidence(seen, label, None, parsed.queries), parser_only=1.0, agreed=0.0, outvoted=float(outvoted))
    return CandidateReading(label, evidence, None, parsed.queries, parsed)


def _evidence(seen: _Seen, label: str, meaning: Meaning | None, queries: Sequence[Query]) -> ReadingEvidence:
    asked, parser, learned = seen.asked, seen.parser, seen.asked.learned
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
        unknown=float(seen.unknown_words),
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
