"""The forms that a right answer can take. Each tells why an answer does not have this form, or "" where it has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from tests.questions.author_sets.figures import When
from tests.questions.author_sets.shown import TOLERANCE, Key, Shown


class Option(Protocol):
    """One form of a right answer."""

    def misses(self, shown: Shown) -> str:
        """Why the answer is not this one, "" if it is."""
        ...


@dataclass(frozen=True)
class Numbers:
    """Certain figures, at least one of them in the result itself, the others there, among the facts or in the sentence."""

    types: tuple[str, ...]
    needed: dict[Key, float]

    def misses(self, shown: Shown) -> str:
        if shown.type not in self.types:
            return f"type {shown.type}, not {'/'.join(self.types)}"
        for key, value in self.needed.items():
            if key not in shown.figures and not shown.prints(value):
                return f"lacks {key}"
            if abs(shown.figures.get(key, value) - value) > TOLERANCE:
                return f"{key} is {value}, not {shown.figures[key]}"
        derived = shown.own.keys() | {key for key in shown.figures if len(key[2]) == 2}
        return "" if self.needed.keys() & derived else "the result is about something else"


@dataclass(frozen=True)
class Fields:
    """A result of one type with certain fields: numbers to half a hundredth, a tuple stands for "one of these"."""

    type: str
    fields: dict[str, object]

    def misses(self, shown: Shown) -> str:
        if shown.type != self.type:
            return f"type {shown.type}, not {self.type}"
        for name, wanted in self.fields.items():
            found = shown.result.get(name)
            choices = wanted if isinstance(wanted, tuple) else (wanted,)
            if not any(_same(one, found) for one in choices):
                return f"{name} is {found}, not {wanted}"
        return ""


@dataclass(frozen=True)
class FactRank:
    """A rank that stands among the facts beside another rank of the same country."""

    country: str
    indicator: str
    edition: int
    rank: int
    of: int
    within: str | None

    def misses(self, shown: Shown) -> str:
        wanted = (self.country, self.indicator, self.edition, self.rank, self.of)
        for fact in shown.answer.get("facts") or () if shown.type == "rank" else ():
            found = tuple(fact[name] for name in ("country", "indicator", "edition", "rank", "of"))
            if found == wanted and self.within in (None, fact["within"]):
                return ""
        return f"no rank {self.rank} of {self.of} among the facts"


@dataclass(frozen=True)
class Share:
    """What part of a group meets the conditions: how many of how many, as a count or as those that do."""

    members: frozenset[str]
    of: int

    def misses(self, shown: Shown) -> str:
        if shown.type not in ("count", "set", "ranking"):
            return f"type {shown.type}, not count"
        items = shown.result.get("countries") or ()
        value = shown.result.get("value", len(items))
        if value != len(self.members) or (shown.type != "count" and set(items) != self.members):
            return f"{value} of them, not {len(self.members)}"
        if shown.result.get("of") == self.of or shown.says(rf"of (?:the )?{self.of}\b"):
            return ""
        share = shown.result.get("share")
        return "" if share is not None and abs(share - 100 * value / self.of) < 0.51 else f"says nothing of all {self.of}"


@dataclass(frozen=True)
class Listed:
    """Items from one end to the other (`tiers`, equal ones together), of which the first `least` to `most` tiers are shown.

    `name` is the field that holds the items. Where `ordered`, they must stand in the order of the tiers. `values` are the figures
    of items that are not countries.
    """

    types: tuple[str, ...]
    name: str
    tiers: tuple[frozenset[str], ...]
    least: int
    most: int
    when: When | None
    indicators: frozenset[str] = frozenset()
    ordered: bool = False
    fields: dict[str, object] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)
    whole: bool = False

    def misses(self, shown: Shown) -> str:
        if shown.type not in self.types:
            return f"type {shown.type}, not {'/'.join(self.types)}"
        items = list(shown.result.get(self.name) or ())
        cuts = [*range(self.least, self.most + 1), *([len(self.tiers)] if self.whole else [])]
        if set(items) not in [frozenset().union(*self.tiers[:cut]) for cut in cuts]:
            wanted = sorted(frozenset().union(*self.tiers[: self.least]))
            return f"{self.name} {_some(items)}, not {_some(wanted)}"
        place = {one: number for number, tier in enumerate(self.tiers) for one in tier}
        if self.ordered and shown.type != "set" and [place[i] for i in items] != sorted(place[i] for i in items):
            return "out of order"
        return self._frame(shown) or self._figures(shown, items)

    def _frame(self, shown: Shown) -> str:
        if self.when is not None and shown.when is not None and shown.when != self.when:
            return f"when {shown.when}, not {self.when}"
        if self.indicators and shown.result.get("indicator") and not shown.indicators & self.indicators:
            return f"indicator {sorted(shown.indicators)}, not {sorted(self.indicators)}"
        wrong = [n for n, wanted in self.fields.items() if not _same(wanted, shown.result.get(n))]
        return f"{wrong[0]} is {shown.result.get(wrong[0])}, not {self.fields[wrong[0]]}" if wrong else ""

    def _figures(self, shown: Shown, items: list[str]) -> str:
        for one, value in zip(items, shown.result.get("values") or (), strict=False):
            if one in self.values and not _same(self.values[one], value):
                return f"{one} is {self.values[one]}, not {value}"
        return ""


@dataclass(frozen=True)
class Verdict:
    """A yes or a no about certain countries or groups on a certain indicator."""

    truth: bool
    places: frozenset[str]
    indicators: frozenset[str]
    when: When | None

    def misses(self, shown: Shown) -> str:
        if shown.verdict is None:
            return f"no yes or no (type {shown.type})"
        named = {*shown.countries, *(shown.result.get("groups") or ()), shown.result.get("group"), shown.result.get("within")}
        if self.places and not self.places & named and shown.type != "count":
            return f"about {_some(sorted(n for n in named if n))}, not {_some(sorted(self.places))}"
        if shown.indicators and self.indicators and not shown.indicators & self.indicators:
            return f"indicator {sorted(shown.indicators)}, not {sorted(self.indicators)}"
        if self.when is not None and shown.when is not None and shown.when != self.when:
            return f"when {shown.when}, not {self.when}"
        return "" if shown.verdict == self.truth else f"says {shown.verdict}"


def _same(wanted: object, found: object) -> bool:
    if isinstance(wanted, float) and isinstance(found, (int, float)):
        return abs(wanted - found) <= TOLERANCE
    return wanted == found


def _some(items: list[str]) -> str:
    return ", ".join(map(str, items[:6])) + (f" … ({len(items)})" if len(items) > 6 else "") or "none"
