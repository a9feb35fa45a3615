"""Which editions a question means: years named, "the previous edition", "since last time", "over the years"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.phrase_patterns import Found, found_in

TABLE = "when"
_WORDS = {"two": 2, "three": 3, "four": 4}
_COUNTED = LatePattern(
    r"\b(?:top|bottom|first|last|worst|best|highest|lowest) (N\d+)\b"
    r"|\b(N\d+) (?:countries|states|nations|members|places|points|percent|worst|best|highest|lowest|minutes|years|lines|words)\b"
)


@dataclass(frozen=True, slots=True)
class When:
    """The editions of a question.

    - `editions`: existing ones, in the order named; for a span that is "since" something, both its ends.
    - `latest`: whether the latest was asked for in words ("now", "the current one").
    - `change`: whether a span of time is named: since, from and to, over the years.
    - `whole`: whether the span is that of all editions ("over the years"); `editions` are then empty.
    - `years_without_edition`: years named for which there is no edition.
    """

    editions: tuple[int, ...] = ()
    latest: bool = False
    change: bool = False
    whole: bool = False
    years_without_edition: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Years:
    """The years of a text: in order, whether the latest is asked for in words, whether they form a span, and an open one;
    `since`: whether it is open by that very word."""

    named: tuple[int, ...]
    latest: bool
    joined: bool
    opened: bool
    since: bool


def when_of(asked: Asked) -> When:
    """The editions of a question, from its years and the phrases that stand for editions."""
    all_editions = tuple(sorted(asked.taxonomy.editions))
    hits = found_in(TABLE, asked.text)
    years = _years(asked)
    back = [h for h in hits if h.way == "ago"]
    if back and not years.named:
        return _ago(asked, back[0], all_editions)
    counted = [all_editions[int(n) - 1] for h in hits if h.way == "nth" for n in h.ids]
    if counted:
        return When(tuple(counted), change=len(counted) > 1)
    existing = tuple(y for y in years.named if y in all_editions)
    means = frozenset(h.way for h in hits)
    when = _in_words(means, existing, years, all_editions) or _in_years(means, existing, years, all_editions)
    return replace(when, years_without_edition=tuple(y for y in years.named if y not in all_editions))


def _in_words(means: frozenset[str], named: tuple[int, ...], years: Years, all_editions: tuple[int, ...]) -> When | None:
    """What phrases such as "since last time" say; None if none does, or two years are named and say it themselves."""
    if "last_step" in means and len(named) < 2:
        return When(all_editions[-2:], change=True)
    if "whole" in means and len(named) < 2:
        if named and named != all_editions[-1:]:
            return When((named[0], all_editions[-1]) if years.opened else named, change=True)
        return When(change=True, whole=True)
    if "previous" in means and not named:
        return When((all_editions[-2],), latest=years.latest)
    if "first" in means and not named:
        return When((all_editions[0], all_editions[-1]), change=True) if years.latest else When(all_editions[:1])
    return None


def _in_years(means: frozenset[str], named: tuple[int, ...], years: Years, all_editions: tuple[int, ...]) -> When:
    """What the years say that are named: editions, or a span that is open to the latest or closed."""
    if len(named) == 1 and "then_too" in means:
        return When(tuple(dict.fromkeys((*named, all_editions[-1]))))
    open_span = years.opened or years.latest or "since" in means
    if len(named) == 1 and named[0] != all_editions[-1] and open_span and "earlier" not in means:
        return When((named[0], all_editions[-1]), change=True)
    if named == all_editions[-1:] and years.since and len(all_editions) > 1:
        # "Since the last edition": into the latest from the one before it.
        return When(all_editions[-2:], change=True)
    if len(named) > 1 and years.joined:
        return When(named, change=True)
    return When(named, years.latest and not named)


def _years(asked: Asked) -> Years:
    """The years of the text, written out or in short."""
    years: list[int] = []
    latest = joined = opened = since = False
    short = short_years(asked)
    for mark in asked.text.split():
        span = asked.masked.marks.get(mark)
        if span is None:
            continue
        if mark[0] == "Y":
            if span.value == "latest":
                latest = True
                continue
            years.extend(span.years)
            joined = joined or span.value == "range"
            opened = opened or span.value in ("since", "from")
            since = since or span.value == "since"
        elif mark in short and span.number is not None:
            years.append(2000 + int(span.number))
    distinct = tuple(dict.fromkeys(years))
    in_words = re.search(r"\b(?:to|until|till|through) N\d+\b", asked.text) is not None
    return Years(distinct, latest, joined or (len(distinct) > 1 and (opened or in_words)), opened, since)


def _ago(asked: Asked, phrase: Found, all_editions: tuple[int, ...]) -> When:
    """The edition so many years before the latest; a year without an edition if that was none."""
    words = asked.text[phrase.start : phrase.end].split()
    numbers = [n for m in phrase.marks if (n := asked.masked.marks[m].number) is not None]
    back = [*map(int, numbers), *(_WORDS[w] for w in words if w in _WORDS)]
    year = all_editions[-1] - back[0] if back else 0
    if year not in all_editions:
        return When(years_without_edition=(year,))
    before = asked.text[: phrase.start].split()[-2:]
    span = bool({"last", "past"} & {*words} or {"since", "with", "to", "than", "vs", "versus", "from"} & {*before})
    return When((year, all_editions[-1]) if span else (year,), change=span)


def short_years(asked: Asked) -> frozenset[str]:
    """The marks of numbers that are years in short: "'21 to '23"."""
    counted = {m for match in _COUNTED.finditer(asked.text) for m in match.groups() if m}
    short = {y % 100 for y in asked.taxonomy.editions}
    return frozenset(
        m
        for m, s in asked.masked.marks.items()
        if m[0] == "N" and m not in counted and s.number is not None and s.number in short
    )
