"""Yes/no questions: the claim, and the kind of result that decides it. Those about groups are in `verdict_of_groups`."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.claimed import PART_NUMBER, Claimed, claimed_of
from index.meaning.forms.reading import change_editions
from index.meaning.forms.verdict_of_groups import of_groups
from index.meaning.meaning import Direction, Meaning, OfPlace, Test
from index.meaning.phrase_patterns import phrases_in
from index.meaning.slots.order import order_of, orders_in
from index.scores.query import Op, Quantifier
from index.scores.statistics import Stat

_FIRST = LatePattern(
    r"\b(?:number|no|nr|n|rank(?:ed)?|place|position) \|? ?(?:one|first|N\d+)\b|\b(?:first|top|last) (?:place|spot"
    r"|position)\b|\bin head\b"
)
_SAME = LatePattern(r"\b(?:same|identical|equal|tied|level with|on a par)\b")
_OWN = r"(?:market|markets|actor|actors|crime|crimes|crime type|problem|threat|racket|indicator|indicators|headache|business)"
# "Is I1 the worst market of C1", "C1 biggest market is I1": the indicators of a country are set side by side.
_INDICATOR_FIRST = LatePattern(
    rf"\bI\d+\b(?!.*\bC\d+ (?:really |still )?(?:is |has )?the\b).*?\b(?:\w+est|worst|most \w+|main|top|leading)\b.*\b{_OWN}\b"
)
_COUNTRY_OWN = LatePattern(rf"\bC\d+ (?:s )?(?:\w+est|worst|most \w+|main|top|leading)(?: \w+)? {_OWN}\b.*\bI\d+\b")
_END = frozenset({"high", "low", "worst", "best"})
_PART = LatePattern(
    r"\b(top|bottom|upper|lower|worse|better|highest|lowest|worst|best|first|last) (quarter|quartile|third|tercile|half|fifth"
    r"|quintile|tenth|decile)\b"
)
_PARTS = {"quarter": 4, "quartile": 4, "third": 3, "tercile": 3, "half": 2, "fifth": 5, "quintile": 5, "tenth": 10, "decile": 10}
_OVERTAKEN = LatePattern(r"\b(?:overt(?:ake|akes|ook|aken|aking)|leapfrogged|caught up and passed)\b")
_BECAME = LatePattern(r"\b(?:become|becomes|became|becoming|get|gets|got|gotten|getting|turned)\b")
_THEN = LatePattern(
    r"\b([a-z]+)(?: [SI]\d+| Y\d+| off| now)* (?:than|then) (?:(?:it|they) (?:was|were"
    r"|had been) )?(?:back )?(?:in |at )?(?:the )?(?:Y\d+|before|previous|last)"
)
_AGAINST_GROUP = LatePattern(r"\b(?:than|above|below|over|under|beats?) (?:the )?(?:rest of (?:the )?)?(?:G\d+|world)\b")
_OWN_MEAN = LatePattern(r"\b(?:regional|continental|region s|continent s) (average|mean|median|norm)\b")
_ABOVE = LatePattern(r"\b(?:above|over|higher|more|exceeds?|beats?|worse|better|stronger|below|under|lower|less|weaker)\b")
_EITHER = LatePattern(r"\bC\d+ or (?:the )?C\d+\b")
_NEITHER = LatePattern(r"\b(?:neither|none|nor)\b")


def fill(asked: Asked) -> Meaning | None:
    """What a yes/no question claims; None if something in it could not be read, or it claims nothing that scores could decide."""
    claim = claimed_of(asked)
    if claim is None:
        return None
    return of_groups(claim) if not claim.subjects else _of_countries(claim)


def _of_countries(claim: Claimed) -> Meaning | None:
    text = claim.asked.text
    if _EITHER.search(text) and not _NEITHER.search(text):
        return None
    if claim.percent:
        return _in_a_part(claim)
    named = _of_named(claim)
    if named is not None:
        return named
    ordered = _ordered_change(claim)
    if ordered is not None:
        return ordered
    if claim.tests.tests:
        return _tested(claim)
    for read in (_moved, _of_indicators, _same, _in_a_part, _standing, _compared):
        meaning = read(claim)
        if meaning is not None:
            return meaning
    return None


def _of_named(claim: Claimed) -> Meaning | None:
    """ "Has C1 the best I1 of the C2": a country against others that one name stands for, such as the Baltics."""
    several = [span.ids for span in claim.asked.masked.spans("C") if len(span.ids) > 1]
    found = [f for f in orders_in(claim.asked.text) if f.way in _END]
    base = claim.base
    if len(several) != 1 or not found or claim.order not in (Direction.HIGH, Direction.LOW) or claim.tests.tests or base.groups:
        return None
    named = [c for span in claim.asked.masked.spans("C") if len(span.ids) == 1 for c in span.ids]
    if len(named) != 1 or len(base.indicators) != 1 or len(base.editions) > 1 or claim.limits.limit or claim.limits.place:
        return None
    countries = (*named, *(c for c in several[0] if c not in named))
    return replace(base, kind=Kind.COMPARISON, countries=countries, order=claim.order)


def _ordered_change(claim: Claimed) -> Meaning | None:
    """ "Has C1 improved most": whether a country is among the first by change."""
    text = claim.asked.text
    if claim.order not in (Direction.UP, Direction.DOWN) or not phrases_in("order", "ordered", text) or claim.has_numbers_tested:
        return None
    limit = claim.limits.limit or claim.limits.place or 1
    editions = change_editions(claim.asked, claim.when)
    return replace(claim.base, kind=Kind.SET, countries=claim.subjects, order=claim.order, limit=limit, editions=editions)


def _tested(claim: Claimed) -> Meaning | None:
    """Scores, changes or ranks against a number, another score, another country or a mean."""
    tests, base = claim.tests.tests, claim.base
    if claim.limits.limit or claim.limits.place or (base.groups and not claim.groups_hold):
        return None
    changes = any(t.change for row in tests for t in row)
    if changes:
        base = replace(base, editions=change_editions(claim.asked, claim.when))
    elif len(base.editions) > 1:
        return None
    base = replace(base, groups=(), countries=claim.subjects)
    if len(claim.subjects) == 1 and len(tests) == 1 and len(tests[0]) == 1:
        return _one_test(base, tests[0][0], tests)
    if len(claim.subjects) == 1 and _against_countries(tests):
        order = Direction.HIGH if tests[0][0].op is Op.ABOVE else Direction.LOW
        others = tuple(t.right.place for (t,) in tests if isinstance(t.right, OfPlace))
        return replace(base, kind=Kind.COMPARISON, countries=(*claim.subjects, *others), order=order)
    quantifier = Quantifier.NONE if _NEITHER.search(claim.asked.text) else Quantifier.ALL
    return replace(base, kind=Kind.SET, tests=tests, quantifier=quantifier)


def _against_countries(tests: tuple[tuple[Test, ...], ...]) -> bool:
    """Whether one score is to be above, or below, those of several countries."""
    single = [row[0] for row in tests if len(row) == 1]
    countries = all(isinstance(t.right, OfPlace) and _is_country(t.right) and not t.change for t in single)
    same = len({(t.indicator, t.op) for t in single}) == 1 and single[0].op in (Op.ABOVE, Op.BELOW)
    return len(single) == len(tests) and countries and same


def _is_country(place: OfPlace) -> bool:
    return len(place.place) == 3 and place.place.isupper()


def _one_test(base: Meaning, test: Test, tests: tuple[tuple[Test, ...], ...]) -> Meaning:
    base = replace(base, indicators=(test.indicator,) if test.indicator else base.indicators)
    right = test.right
    if isinstance(right, OfPlace) and _is_country(right) and not test.change and test.op in (Op.ABOVE, Op.BELOW):
        order = Direction.HIGH if test.op is Op.ABOVE else Direction.LOW
        return replace(base, kind=Kind.COMPARISON, countries=(*base.countries, right.place), order=order)
    return replace(base, kind=Kind.CHANGE if test.change else Kind.VALUE, tests=tests)


def _moved(claim: Claimed) -> Meaning | None:
    """ "Is C1 better than in 2021", "has C1 become safer": one score of one country over time."""
    text, base = claim.asked.text, claim.base
    if len(claim.subjects) != 1 or (base.groups and not claim.groups_hold):
        return None
    then = _THEN.search(text)
    found = [f for f in orders_in(text) if f.way.startswith("compare_")]
    in_time = claim.when.change or len(base.editions) == 2 or _BECAME.search(text)
    order = order_of(claim.asked.part(then[1]), base.indicators) if then else claim.order
    if order is None or not (then or (found and in_time) or (in_time and order in (Direction.UP, Direction.DOWN))):
        return None
    way = Direction.UP if order in (Direction.HIGH, Direction.UP) else Direction.DOWN
    return replace(base, kind=Kind.CHANGE, order=way, groups=(), editions=change_editions(claim.asked, claim.when))


def _of_indicators(claim: Claimed) -> Meaning | None:
    """Whether an indicator is the first of a country's own."""
    text, base = claim.asked.text, claim.base
    named = claim.asked.masked.ids("I") or claim.topics.indicators
    if len(claim.subjects) != 1 or claim.order is None or not named or base.groups or claim.scope.world:
        return None
    if not (_INDICATOR_FIRST.search(text) or _COUNTRY_OWN.search(text)):
        return None
    return replace(
        base, kind=Kind.INDICATOR_SET, indicators=named[:1], order=claim.order, limit=claim.limits.limit or 1, place=None
    )


def _same(claim: Claimed) -> Meaning | None:
    if not _SAME.search(claim.asked.text) or len(claim.subjects) != 2 or len(claim.base.editions) > 1:
        return None
    test = Test(claim.base.indicators[0], Op.EQUAL, OfPlace(claim.subjects[1]))
    return replace(claim.base, countries=claim.subjects[:1], groups=(), tests=((test,),))


def _in_a_part(claim: Claimed) -> Meaning | None:
    """ "In the top quarter of G1": among so many of the first as are at most that part of all."""
    match, fraction = _PART.search(claim.asked.text), _fraction(claim)
    percent = claim.limits.limit if claim.percent else None
    if (match is None and percent is None and fraction is None) or len(claim.subjects) != 1 or len(claim.base.editions) > 1:
        return None
    taxonomy = claim.asked.taxonomy
    named = [g for either in claim.base.groups for g in either]
    if len(named) > 1:
        return None
    edition = max(claim.base.editions or taxonomy.editions)
    of = len(taxonomy.members(named[0], edition)) if named else len(taxonomy.countries)
    end = match[1] if match else fraction[0] if fraction else ""
    order = claim.order or (Direction.LOW if end in ("bottom", "lower", "last") else Direction.HIGH)
    if end in ("worse", "better", "safer", "cleaner"):
        order = order_of(claim.asked.part(end), claim.base.indicators) or order
    limit = of // _PARTS[match[2]] if match else of * (percent or 0) // 100
    if fraction:
        limit = int(of * fraction[1])
    return replace(claim.base, kind=Kind.RANK, order=order, limit=max(1, limit))


def _fraction(claim: Claimed) -> tuple[str, Decimal] | None:
    """Which end, and what part of it, where the part is read as a number below one."""
    match = PART_NUMBER.search(claim.asked.text)
    number = claim.asked.masked.marks[match[2]].number if match else None
    return (match[1], number) if match and number is not None and 0 < number < 1 else None


def _standing(claim: Claimed) -> Meaning | None:
    """Whether countries are among the first, the first, or hold one place."""
    text, limits, order = claim.asked.text, claim.limits, claim.order
    ends = [f for f in orders_in(text) if f.way in _END]
    compared = bool(_AGAINST_GROUP.search(text) or _OWN_MEAN.search(text)) and not (limits.limit or limits.place)
    first = limits.limit or limits.place or _FIRST.search(text)
    superlative = bool(ends) and order is not None and len(claim.subjects) == 1
    # A place among some of a group, or of the world, is none that the scores give as a rank.
    if claim.scope.without_countries or claim.scope.without_groups:
        return _first_without(claim) if superlative and not (compared or first) else None
    if compared or not (first or superlative) or len(claim.base.editions) > 1 or len(claim.base.indicators) > 1:
        return None
    if order in (Direction.UP, Direction.DOWN):
        return None
    base = replace(claim.base, kind=Kind.RANK, countries=claim.subjects, order=order or Direction.HIGH)
    if limits.place and limits.place > 1:
        return replace(base, place=limits.place)
    return replace(base, limit=limits.limit or 1)


def _first_without(claim: Claimed) -> Meaning | None:
    """ "The strongest in G1 bar C2": whether a country is the first of those that are left."""
    base = claim.base
    if len(base.editions) > 1 or len(base.indicators) > 1 or claim.order in (Direction.UP, Direction.DOWN, None):
        return None
    return replace(base, kind=Kind.SET, countries=claim.subjects, order=claim.order, limit=1)


def _compared(claim: Claimed) -> Meaning | None:
    """A country against another or against the mean of a group, in words that no condition holds."""
    text, base = claim.asked.text, claim.base
    if len(base.editions) > 1 or len(base.indicators) > 1:
        return None
    if len(claim.subjects) == 2 and _OVERTAKEN.search(text) and not base.groups:
        return replace(base, kind=Kind.COMPARISON, countries=claim.subjects, order=Direction.HIGH)
    named = [g for either in base.groups for g in either]
    if len(claim.subjects) != 1 or len(named) > 1:
        return None
    own = _OWN_MEAN.search(text)
    word = own and _ABOVE.search(text)
    against = _AGAINST_GROUP.search(text)
    if not against and not word:
        return None
    order = order_of(claim.asked.part(word[0]), base.indicators) if word else claim.order
    op = {"above": Op.ABOVE, "over": Op.ABOVE, "below": Op.BELOW, "under": Op.BELOW}.get(word[0]) if word else None
    if op is None and order is not None:
        op = Op.ABOVE if order in (Direction.HIGH, Direction.UP) else Op.BELOW
    if op is None:
        return None
    taxonomy, country = claim.asked.taxonomy, claim.subjects[0]
    if own and not named:
        edition = max(base.editions or taxonomy.editions)
        place = taxonomy.continent(country) if own[0].startswith("c") else taxonomy.region(country, edition)
    else:
        place = named[0] if named else "world"
    stat = Stat.MEDIAN if own and own[1] == "median" else Stat.MEAN
    test = Test(base.indicators[0], op, OfPlace(place, stat))
    return replace(base, countries=claim.subjects, groups=(), tests=((test,),))
