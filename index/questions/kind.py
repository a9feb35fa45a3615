"""Which kind of answer a question asks for: one of the typed answers about scores, or passages. Pure.

Most words used about scores are used about other things too: "the most active group in Peru" asks for text. So a question is
about scores only if every word in it is explained, or if it says so itself ("score", "rank", "above 7"); in the second case a
word that is not understood is a reason to decline, never a word to ignore.
"""

from __future__ import annotations

from index.contract.answer_kind import Kind
from index.questions.clauses import HeadKind
from index.questions.cues import Role
from index.questions.slots import Slots

_OVERALL = frozenset("criminality criminal_markets criminal_actors resilience".split())
_QUESTION_WORDS = frozenset("who whom whose why how where when which what does do did is are was were can has have".split())
_FIGURE_WORDS = frozenset("what what's what’s whats figure number value recorded how".split())
_SAY_MEAN = frozenset("mean measure measures capture stand".split())
_DEFINE_STARTS = (
    "what is",
    "what are",
    "whats",
    "what s",
    "what does",
    "what do",
    "what counts",
    "what falls",
    "who are",
    "who counts",
)


def kind_of(slots: Slots) -> Kind:
    """The kind of answer a question asks for, even if some of its words are not understood."""
    if asks_definition(slots):
        return Kind.DEFINITION
    if slots.has(Role.WHY) or not (slots.topics or slots.heads or slots.has(Role.SCORE, Role.RANK, Role.SAME)):
        return Kind.VALUE if _bare_country(slots) else Kind.PASSAGES
    counts = slots.asks_countries or bool(slots.groups) or slots.has(Role.FAMILY)
    counts = counts or slots.has_numbers
    if slots.has(Role.HOW_MANY) and counts and slots.of_kind(HeadKind.BOUND, HeadKind.CHANGE):
        return Kind.COUNT
    kind = _of_countries(slots) if slots.places else _over_countries(slots)
    if kind is not Kind.PASSAGES and slots.unknown and not says_score(slots):
        return Kind.PASSAGES
    return kind


def says_score(slots: Slots) -> bool:
    """Whether a question says outright that it is about scores, so that no text could answer it."""
    dated = slots.years is not None
    if slots.places:
        named = any(i.role in (Role.INDICATOR, Role.SECTION) and not i.is_implied for i in slots.spans)
        explicit = "" in slots.values(Role.SCORE) or slots.ranks or (slots.has(Role.SCORE) and dated) or slots.has_numbers
        if slots.asks_countries and slots.has_numbers and slots.topics:
            return True
        return "" in slots.values(Role.SCORE) if not named else explicit and not slots.restricting
    counted = slots.limit is not None and bool(slots.of_kind(HeadKind.ORDER, HeadKind.CHANGE))
    compared = any(i.bounds for i in slots.spans)
    official = _official(slots)
    moved = dated and bool(slots.of_kind(HeadKind.CHANGE))
    said = "" in slots.values(Role.SCORE) or slots.has(Role.STAT)
    explicit = said or slots.ranks or slots.has_numbers or (compared and official)
    return bool(slots.topics) and (explicit or (official and (counted or moved or bool(slots.of_kind(HeadKind.ORDER)))))


def asks_definition(slots: Slots) -> bool:
    """Whether a question asks what an indicator means."""
    if slots.places or slots.groups or not slots.topics or slots.has_numbers:
        return False
    text = " ".join(w.casefold() for w in slots.words)
    says_mean = bool(_SAY_MEAN & set(text.split())) and text.startswith(("what does", "what do", "what s"))
    starts = text.startswith(_DEFINE_STARTS) and not slots.has(Role.SCORE, Role.STAT)
    ordered = slots.of_kind(HeadKind.ORDER, HeadKind.BOUND, HeadKind.CHANGE)
    unread = slots.restricting if slots.has(Role.DEFINE) else slots.unknown
    return (slots.has(Role.DEFINE) or says_mean or starts) and not ordered and not unread


def _of_countries(f: Slots) -> Kind:
    """The kind of a question that is about named countries."""
    bounds = [b for i in f.spans for b in i.bounds]
    scored = f.has(Role.SCORE) or (bool(f.topics) and _says_average(f))
    several = f.places > 1
    moved = bool(f.of_kind(HeadKind.CHANGE))
    ordered = bool(f.of_kind(HeadKind.ORDER)) or f.has(Role.COMPARATIVE)
    if f.unknown and not says_score(f):
        return Kind.PASSAGES
    if _asks_rank(f):
        return Kind.RANK
    if several and f.of_kind(HeadKind.STAT) and f.topics:
        return Kind.AGGREGATE
    if several or (any(b.countries for b in bounds) and f.subjects):
        explicit = (
            scored or ordered or moved or bool(bounds) or f.has(Role.VERSUS) or (f.has(Role.OR, Role.SAME) and _official(f))
        )
        plain = _official(f) and not {w.casefold() for w in f.words} & _QUESTION_WORDS
        explicit = explicit or bool(plain)
        return Kind.COMPARISON if explicit and (f.topics or scored or f.has(Role.VERSUS)) else Kind.PASSAGES
    if _asks_indicators(f):
        return Kind.INDICATOR_SET
    dated = f.years is not None
    if moved or (dated and f.years is not None and f.years.value in ("range", "since")):
        overall = all(i in _OVERALL for t in f.topics for i in t.ids)
        explicit = scored or dated or f.has(Role.FAMILY) or (overall and bool(f.topics) and _official(f))
        return Kind.CHANGE if explicit and (f.topics or scored or f.has(Role.FAMILY)) else Kind.PASSAGES
    if scored or bounds or f.of_kind(HeadKind.STAT):
        return Kind.VALUE if not ordered else Kind.PASSAGES
    asks_index = "index" in {w.casefold() for w in f.words}
    if f.topics and ("score" in f.values(Role.HOW) or (f.has(Role.HOW) and _official(f) and (dated or asks_index))):
        return Kind.VALUE
    if _asks_how_resilient(f):
        return Kind.VALUE
    bare = not {w.casefold() for w in f.words} & _QUESTION_WORDS and not ordered
    named = _official(f) or _bare_country(f) or (dated and bool(f.topics))
    return Kind.VALUE if bare and named and not f.has(Role.SECTION) else Kind.PASSAGES


def _asks_rank(f: Slots) -> bool:
    """Whether a rank is asked for: outright, by "where does … stand", or by "in the top ten"."""
    if _asks_indicators(f) or not (f.topics or f.has(Role.RANK)):
        return False
    scored = any(i.role is Role.SCORE and i.value != "verb" for i in f.spans)
    if f.ranks or (f.has(Role.RANK) and f.topics and not scored):
        return True
    among = bool(f.groups) or f.has(Role.WORLD)
    return (f.has(Role.WHERE) and among and _official(f)) or (f.limit is not None and f.places == 1 and _official(f))


def _asks_indicators(f: Slots) -> bool:
    """Whether a country's own indicators are compared: its worst market, its actors at 8 or above, cocaine against heroin."""
    if "who" in {w.casefold() for w in f.words} and not f.has(Role.SCORE) and not f.has_numbers:
        # "Who are the main criminal actors" asks for names, which only the text has.
        return False
    heads = f.of_kind(HeadKind.ORDER, HeadKind.BOUND, HeadKind.CHANGE)
    averages = bool(f.topics) and all(i in _OVERALL for t in f.topics for i in t.ids) and _official(f)
    named = [t for t in f.topics if not t.is_implied]
    only_moved = all(h.kind is HeadKind.CHANGE and not h.order for h in heads)
    if f.has(Role.FAMILY) and heads and (not only_moved or f.has(Role.ASK, Role.HOW_MANY)):
        return True
    if f.has(Role.SECTION) and not f.topics and f.of_kind(HeadKind.ORDER):
        return True
    if averages and named and f.of_kind(HeadKind.ORDER):
        return True
    families = any(i in ("criminal_markets", "criminal_actors") for t in named for i in t.ids)
    if families and f.has_numbers and not _says_average(f) and not f.of_kind(HeadKind.CHANGE):
        return True
    contest = bool(f.of_kind(HeadKind.ORDER)) or f.has(Role.COMPARATIVE, Role.VERSUS)
    against = any(b.indicator for i in f.spans for b in i.bounds)
    return (len(named) > 1 and contest and not f.of_kind(HeadKind.CHANGE)) or against


def _over_countries(f: Slots) -> Kind:
    """The kind of a question about scores that names no country."""
    orders, stats = f.of_kind(HeadKind.ORDER), f.of_kind(HeadKind.STAT)
    ordered_moves = [h for h in f.of_kind(HeadKind.CHANGE) if h.order]
    scored = f.has(Role.SCORE)
    says_so = scored or f.ranks or bool(stats) or bool(f.of_kind(HeadKind.BOUND))
    says_so = says_so or any(h.way in ("safest", "worst", "best") for h in orders)
    if not f.topics and not (says_so and f.heads and not f.unknown):
        return Kind.PASSAGES
    averaged = bool(stats) or (bool(f.groups) and not f.heads and _says_average(f))
    if averaged and not ordered_moves and not (orders and f.asks_countries):
        return Kind.AGGREGATE
    if orders and scored and _asks_figure(f):
        return Kind.AGGREGATE
    if not f.heads and f.limit is not None:
        return Kind.RANKING
    if orders or ordered_moves:
        named = scored or f.limit is not None or f.years is not None
        if not (named or f.asks_countries or f.groups or f.has(Role.WORLD, Role.ASK)):
            return Kind.PASSAGES
        return Kind.RANKING if f.limit is not None or f.ranks else Kind.SET
    if f.ranks:
        return Kind.RANKING
    if f.of_kind(HeadKind.BOUND, HeadKind.CHANGE):
        moved_only = not f.of_kind(HeadKind.BOUND)
        asked = f.has(Role.ASK) or f.years is not None
        fragment = f.years is not None and _official(f) and not {w.casefold() for w in f.words} & _QUESTION_WORDS
        explicit = fragment or bool(f.groups and asked) or f.asks_countries or f.has_numbers or not moved_only
        return Kind.SET if explicit else Kind.PASSAGES
    if scored and (f.groups or f.has(Role.WORLD) or f.asks_countries):
        return Kind.RANKING if f.asks_countries or f.has(Role.EVERY) or "scores" in f.words else Kind.AGGREGATE
    return Kind.PASSAGES


def _asks_figure(f: Slots) -> bool:
    """Whether the highest or lowest score is asked for, not the country that has it: "the lowest score any member has"."""
    words = {w.casefold() for w in f.words}
    if f.limit is not None or f.has(Role.WHERE) or f.ranks or "which" in words or not words & _FIGURE_WORDS:
        return False
    first = f.of_kind(HeadKind.ORDER)[0].start
    return not any(f.names_countries(i) for i in f.spans if i.start < first)


def _says_average(f: Slots) -> bool:
    """Whether "average" is part of a score's name: "criminality average"."""
    return bool({"average", "avg", "mean"} & {w.casefold() for w in f.words})


def _official(f: Slots) -> bool:
    return bool(f.topics) and all(t.value == "" for t in f.topics)


def _bare_country(f: Slots) -> bool:
    """Whether there is only a country, and perhaps an edition: its two overall scores are meant."""
    plain = (Role.COUNTRY, Role.YEARS, Role.FILLER, Role.EDITION, Role.SCORE)
    if {w.casefold() for w in f.words} & _QUESTION_WORDS and not f.has(Role.SCORE):
        return False
    return f.places == 1 and not f.unknown and all(i.role in plain for i in f.spans)


def _asks_how_resilient(f: Slots) -> bool:
    typed = [w.casefold() for w in f.words]
    return "how" in typed and "resilient" in typed
