"""Questions that name both ends of an order ("where is it at its worst, and where at its mildest"), or how far apart they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.answers.part import Answering, joined_answers
from index.answers.reading import Readings
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.contract.typed_results import SetResult
from index.generations.snapshot import Snapshot
from index.language.late_pattern import LatePattern
from index.meaning.candidate import CandidateReading
from index.meaning.forms.reading import CRIMINALITY, RESILIENCE
from index.meaning.meaning import Direction, Meaning
from index.meaning.plans import queries_of
from index.meaning.slots.order import OTHER_END, end_of, orders_in
from index.meaning.slots.scope import scope_of
from index.meaning.slots.topics import only_learned
from index.meaning.slots.when import when_of
from index.meaning.weighing import Weighed
from index.questions.context import NotUnderstood
from index.questions.question import Question

# Kinds that put the same in order: countries, the indicators of one, those of many, groups.
_OF_ONE_END = ((Kind.SET, Kind.RANKING), (Kind.INDICATOR_SET,), (Kind.INDICATOR_RANKING,), (Kind.GROUP_RANKING,))
# So likely must it be that an end of an order is asked for, and how far apart two are.
_SURE, _SURE_APART = 0.75, 0.5
# No chance of a reading that was put together is higher.
_MOST = 0.95
_VALUED = frozenset(("worst", "best"))
_APART = LatePattern(
    r"\b(?:spread|range(?! of (?:countries|states))|minus|subtract\w*|separat\w+|apart|distance|gap|gulf|differ\w*|"
    r"how (?:far|wide|big))\b"
)
# What joins the two ends; a list runs "from worst to mildest".
_AND = LatePattern(r"\b(?:and|n|plus|or)\b|[&|]")


def at_both_ends(snapshot: Snapshot, question: Question, whole: Readings, answering: Answering) -> Answer | None:
    """The answers for both ends in one; None where not both are named, or what is put in order was not read with certainty."""
    asked, kinds = whole.asked, whole.asked.learned.kinds
    if len(asked.masked.ids("I")) > 1:
        # "The lowest criminality and the highest resilience": an end of each.
        return None
    apart = _APART.search(asked.text) is not None
    if apart:
        ends, chance = _of_a_range(whole), kinds.get("difference", 0.0) + kinds.get("aggregate", 0.0)
    else:
        ends = _of_an_order(whole)
        alike = next((kinds_alike for kinds_alike in _OF_ONE_END if ends and ends[0].kind in kinds_alike), ())
        chance = sum(kinds.get(str(kind), 0.0) for kind in alike)
    if not ends or chance < (_SURE_APART if apart else _SURE):
        return None
    answers = list(_answers(snapshot, question, whole, ends, min(chance, _MOST), answering))
    joined = joined_answers(answers) if len(answers) == len(ends) else None
    return joined if joined is None or not apart else _with_distance(joined, answers)


def _of_an_order(whole: Readings) -> tuple[Meaning, ...]:
    """What is asked for at each end, the end named first at first."""
    named = [f for f in orders_in(whole.asked.text) if not f.way.startswith(("list_", "compare_"))]
    found = [w.candidate.meaning for w in whole.readings if w.candidate.meaning is not None]
    ordered = {kind for kinds in _OF_ONE_END for kind in kinds}
    meaning = next((m for m in found if m.kind in ordered and m.order and not (m.tests or m.place or m.among)), None)
    if meaning is None or meaning.order is None:
        return ()
    family = meaning.indicators in ((), (CRIMINALITY,)) and only_learned(whole.asked)
    if meaning.kind is Kind.INDICATOR_SET and family and {f.way for f in named} >= _VALUED:
        # The worst of a country is its strongest crime, its best what it resists with.
        of = {"worst": ("criminal_markets",), "best": (RESILIENCE,)}
        first = [f.way for f in named if f.way in _VALUED]
        return tuple(
            replace(meaning, indicators=of[way], order=Direction.HIGH, limit=meaning.limit or 1) for way in dict.fromkeys(first)
        )
    if not any(_AND.search(whole.asked.text[one.end : other.start]) for one, other in pairwise(named)):
        # "Which should worry us most, having the lowest": one end, and what is said of it.
        return ()
    ends = tuple(dict.fromkeys(end_of(f.way, whole.asked, meaning.indicators) for f in named))
    if len(ends) != 2 or ends[1] is not OTHER_END[ends[0]]:
        return ()
    return tuple(replace(meaning, order=end, limit=meaning.limit or 1) for end in ends)


def _of_a_range(whole: Readings) -> tuple[Meaning, ...]:
    """The highest and the lowest country of the world or of one group on one indicator."""
    asked = whole.asked
    scope, when = scope_of(asked), when_of(asked)
    indicators = asked.masked.ids("I") or (CRIMINALITY,)
    plain = scope.settled and not scope.countries and len(scope.groups) < 2 and not when.change and len(when.editions) < 2
    if not plain or len(indicators) != 1 or asked.masked.spans("N") or asked.question.unread_years:
        return ()
    meaning = Meaning(
        Kind.SET,
        groups=scope.groups,
        without_countries=scope.without_countries,
        without_groups=scope.without_groups,
        indicators=indicators,
        editions=when.editions,
        limit=1,
    )
    return replace(meaning, order=Direction.HIGH), replace(meaning, order=Direction.LOW)


def _answers(
    snapshot: Snapshot, question: Question, whole: Readings, ends: Sequence[Meaning], chance: float, answering: Answering
) -> Iterator[Answer]:
    for meaning in ends:
        try:
            queries = queries_of(meaning, snapshot.taxonomy, snapshot.loaded)
        except NotUnderstood:
            return
        candidate = CandidateReading(str(meaning.kind), whole.readings[0].candidate.evidence, meaning, queries)
        yield answering(question, Readings(whole.asked, (Weighed(candidate, chance),)))


def _with_distance(joined: Answer, answers: Sequence[Answer]) -> Answer:
    """The answer with the difference of the two scores."""
    values = [a.result.values[0] for a in answers if isinstance(a.result, SetResult) and a.result.values]
    if len(values) != 2 or isinstance(values[0], tuple) or isinstance(values[1], tuple):
        return joined
    return replace(joined, answer=f"{joined.answer} The two are {abs(values[0] - values[1]):.2f} points apart.")
