"""Which editions a question means: years named, "the previous edition", "since last time", "over the years"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.meaning.asked import Asked
from index.meaning.slots.phrases import found

TABLE = "when"
_COUNTED = re.compile(
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


def when_of(asked: Asked) -> When:
    """The editions of a question, from its years and the phrases that stand for editions."""
    all_editions = tuple(sorted(asked.taxonomy.editions))
    text = asked.text
    hits = found(TABLE, text)
    means = {h.means for h in hits}
    years, latest, spans, ranged = _years(asked)
    named = tuple(y for y in years if y in all_editions)
    missing = tuple(y for y in years if y not in all_editions)
    if "last_step" in means and len(named) < 2:
        return When(all_editions[-2:], change=True, years_without_edition=missing)
    if "whole" in means and len(named) < 2:
        if named and ranged:
            return When((named[0], all_editions[-1]), change=True, years_without_edition=missing)
        return When(change=True, whole=not named, editions=named, years_without_edition=missing)
    if "previous" in means and not named:
        return When((all_editions[-2],), latest=latest, years_without_edition=missing)
    if "first" in means and not named:
        if latest:
            return When((all_editions[0], all_editions[-1]), change=True, years_without_edition=missing)
        return When(all_editions[:1], years_without_edition=missing)
    if len(named) == 1 and named[0] != all_editions[-1] and (ranged or latest or "since" in means) and "earlier" not in means:
        return When((named[0], all_editions[-1]), change=True, years_without_edition=missing)
    if len(named) > 1 and spans:
        return When(named, change=True, years_without_edition=missing)
    return When(named, latest and not named, years_without_edition=missing)


def _years(asked: Asked) -> tuple[tuple[int, ...], bool, bool, bool]:
    """The years in order; whether the latest edition is asked for in words; whether years form a span; whether it is open."""
    years: list[int] = []
    latest = joined = opened = False
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
        elif mark in short and span.number is not None:
            years.append(2000 + int(span.number))
    distinct = tuple(dict.fromkeys(years))
    in_words = re.search(r"\b(?:to|until|till|through) N\d+\b", asked.text) is not None
    return distinct, latest, joined or (len(distinct) > 1 and (opened or in_words)), opened


def short_years(asked: Asked) -> frozenset[str]:
    """The marks of numbers that are years in short: "'21 to '23"."""
    counted = {m for match in _COUNTED.finditer(asked.text) for m in match.groups() if m}
    short = {y % 100 for y in asked.taxonomy.editions}
    return frozenset(
        m
        for m, s in asked.masked.marks.items()
        if m[0] == "N" and m not in counted and s.number is not None and s.number in short
    )
