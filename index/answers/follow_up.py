"""Follow-up questions: a few words that change the question before, put into a whole question.

Names in place of names are exchanged in the text (`index.questions.rephrase`); another end, place, number, group or step changes
the meaning of the question before, which is then written out. A question that stands by itself is left alone.
"""

from __future__ import annotations

from dataclasses import replace

from corpus.errors import QuestionError
from corpus.taxonomy import Pillar
from index.answers.answer import ask
from index.answers.reading import readings_of
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.generations.snapshot import Snapshot
from index.language.phrases import group_in_sentence, in_sentence
from index.meaning.asides import without_asides
from index.meaning.meaning import Direction, Meaning
from index.meaning.offers import question_of
from index.questions.context import OVERALL
from index.questions.fragments import NEXT, Asks, End, Fragment, fragment_of
from index.questions.question import clean_question, understand
from index.questions.rephrase import FollowUp, Rephrasing
from index.questions.signs import spelt_out
from index.questions.spelling import tokenize
from index.scores.statistics import Stat

_ORDERED = (Kind.SET, Kind.RANKING, Kind.INDICATOR_SET, Kind.INDICATOR_RANKING, Kind.GROUP_RANKING)
# "It" and "they" are no more countries than these.
_FEW = 12


def follow_up(snapshot: Snapshot, typed: str, after: str) -> FollowUp | None:
    """The whole question meant by a follow-up to `after`; None if `typed` stands by itself, or nothing sure comes of it."""
    found = Rephrasing(snapshot.gazetteer, snapshot.taxonomy).follow_up(typed, after)
    if found is not None:
        return found
    try:
        tokens = tokenize(spelt_out(clean_question(typed)), snapshot.gazetteer)[0]
        fragment = fragment_of(tokens, snapshot.gazetteer, snapshot.taxonomy.editions)
        meaning = _meaning_of(snapshot, after) if fragment is not None else None
    except QuestionError:
        return None
    if fragment is None or meaning is None:
        return None
    question = _changed(snapshot, meaning, fragment, after)
    if question is None or _meaning_of(snapshot, question) is None:
        return None
    return FollowUp(typed, after, question)


def _meaning_of(snapshot: Snapshot, text: str) -> Meaning | None:
    """What a question was read as, if it was read as one about scores with certainty."""
    editions = snapshot.taxonomy.editions
    readings = readings_of(snapshot, without_asides(understand(text, snapshot.gazetteer, editions), snapshot.gazetteer, editions))
    return readings.best.candidate.meaning if readings.sure else None


def _changed(snapshot: Snapshot, meaning: Meaning, fragment: Fragment, after: str) -> str | None:
    topics = meaning.indicators or OVERALL[:1]
    if fragment.asks in (Asks.CHANGE, Asks.RANK):
        countries = meaning.countries or _answered(ask(snapshot, after))
        kind = Kind.CHANGE if fragment.asks is Asks.CHANGE else Kind.RANK
        if not countries:
            return None
        editions = _span(snapshot, fragment, meaning) if kind is Kind.CHANGE else meaning.editions
        return _written(snapshot, Meaning(kind, countries, indicators=topics[:1], editions=editions))
    if fragment.asks is Asks.MEAN:
        groups = tuple((g,) for g in fragment.groups) or meaning.groups
        return _written(
            snapshot, Meaning(Kind.AGGREGATE, groups=groups, indicators=topics[:1], editions=meaning.editions, stat=Stat.MEAN)
        )
    if fragment.asks in (Asks.COUNT, Asks.WHICH):
        return _of_them(snapshot, meaning, fragment)
    return _written(snapshot, _turned(snapshot, meaning, fragment))


def _turned(snapshot: Snapshot, meaning: Meaning, fragment: Fragment) -> Meaning:
    """The meaning with another end, number, place or group."""
    changed = meaning if meaning.kind in _ORDERED or fragment.groups else replace(meaning, kind=Kind.SET, countries=(), limit=1)
    if fragment.end is not None:
        changed = replace(changed, order=_direction(snapshot, changed, fragment.end), place=None, yes_no=False)
        if changed.kind in (Kind.SET, Kind.GROUP_RANKING) and changed.limit is None:
            changed = replace(changed, limit=1)
    if fragment.place is not None:
        place = (meaning.place or 1) + 1 if fragment.place == NEXT else fragment.place
        order = changed.order or Direction.HIGH
        changed = replace(changed, kind=Kind.SET, place=place, limit=None, order=order)
    elif fragment.limit is not None:
        changed = replace(changed, kind=Kind.RANKING, limit=fragment.limit, place=None)
    if fragment.groups:
        changed = replace(changed, groups=tuple((group,) for group in fragment.groups))
    return changed


def _direction(snapshot: Snapshot, meaning: Meaning, end: End) -> Direction:
    if end in (End.UP, End.DOWN):
        return Direction.UP if end is End.UP else Direction.DOWN
    if meaning.order in (Direction.UP, Direction.DOWN):
        return Direction.UP if end is End.HIGH else Direction.DOWN if end is End.LOW else meaning.order
    topics = meaning.indicators or OVERALL[:1]
    bad_is_high = snapshot.taxonomy.indicators[topics[0]].pillar is Pillar.CRIMINALITY
    if end in (End.WORSE, End.BETTER):
        return Direction.HIGH if bad_is_high is (end is End.WORSE) else Direction.LOW
    return Direction.HIGH if end is End.HIGH else Direction.LOW


def _of_them(snapshot: Snapshot, meaning: Meaning, fragment: Fragment) -> str | None:
    """How many, or which, of the countries of the question before are in a group."""
    if not fragment.groups:
        return None
    group = group_in_sentence(fragment.groups[0], snapshot.taxonomy)
    if meaning.tests:
        kind = Kind.COUNT if fragment.asks is Asks.COUNT else Kind.SET
        return _written(snapshot, replace(meaning, kind=kind, groups=(*meaning.groups, (fragment.groups[0],)), yes_no=False))
    if meaning.limit is None or meaning.limit < 2 or meaning.order not in (Direction.HIGH, Direction.LOW):
        return None
    topic = in_sentence(snapshot.taxonomy.indicators[(meaning.indicators or OVERALL[:1])[0]])
    end = "highest" if meaning.order is Direction.HIGH else "lowest"
    inside = "".join(f" in {group_in_sentence(g, snapshot.taxonomy)}" for any_of in meaning.groups for g in any_of)
    when = f" in {meaning.editions[0]}" if meaning.editions else ""
    step = f"the {meaning.limit} countries{inside} with the {end} {topic} score{when}"
    if fragment.asks is Asks.COUNT:
        return f"Of {step}, how many are in {group}?"
    return f"Which of {step} are in {group}?"


def _span(snapshot: Snapshot, fragment: Fragment, meaning: Meaning) -> tuple[int, ...]:
    """The editions between which a change is asked for; none if the fragment names none."""
    if len(fragment.editions) != 1:
        return fragment.editions
    end = max((e for e in meaning.editions if e > fragment.editions[0]), default=snapshot.taxonomy.editions[-1])
    return (fragment.editions[0], end)


def _answered(answer: Answer) -> tuple[str, ...]:
    """The countries that an answer names, if they are few."""
    country = getattr(answer.result, "country", None)
    countries: tuple[str, ...] = getattr(answer.result, "countries", ()) or ((country,) if country else ())
    return countries if len(countries) <= _FEW else ()


def _written(snapshot: Snapshot, meaning: Meaning) -> str | None:
    return question_of(meaning, snapshot.taxonomy)
