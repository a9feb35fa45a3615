"""What an answer object shows, taken apart: the figures of its result and of its facts, and a yes or no.

A figure's key is (place, indicator, when): the place is a country's code, or "mean:Africa" for a statistic of a group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from tests.questions.author_sets.figures import When

Key = tuple[str, str, When]
TOLERANCE = 0.0051


@dataclass(frozen=True)
class Shown:
    """An answer as the judge sees it. `result` is {} where there is none; `figures` are those of result and facts together."""

    answer: dict[str, Any]
    result: dict[str, Any]
    own: dict[Key, float]
    figures: dict[Key, float]

    @property
    def type(self) -> str:
        """The type of the result, or what the question was understood as."""
        return str(self.result.get("type") or self.answer["understood"]["kind"])

    @property
    def when(self) -> When | None:
        """The edition or the span of the result."""
        if self.result.get("from") is not None:
            return (self.result["from"], self.result["to"])
        return (self.result["edition"],) if self.result.get("edition") else None

    @property
    def indicators(self) -> frozenset[str]:
        """The indicators that the result names."""
        named = {self.result.get("indicator"), *(self.result.get("indicators") or ())}
        return frozenset(str(i) for i in named if i)

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that the result names, in its order."""
        return tuple(c for c in (self.result.get("country"), *(self.result.get("countries") or ())) if c)

    def says(self, pattern: str) -> bool:
        """Whether the sentence of the answer matches a pattern."""
        return re.search(pattern, str(self.answer["answer"])) is not None

    def prints(self, value: float) -> bool:
        """Whether the sentence prints a figure, as an answer does that gives several results one after another."""
        return self.says(rf"(?<![\d.]){re.escape(f'{abs(value):.2f}')}(?!\d)")

    @property
    def verdict(self) -> bool | None:
        """The yes or no: the result's, or the one that the sentence begins with."""
        if self.result.get("verdict") is not None:
            return bool(self.result["verdict"])
        word = re.match(r"\s*(yes|no)\b", self.answer["answer"], re.IGNORECASE)
        return None if word is None else word.group(1).lower() == "yes"


def shown_of(answer: dict[str, Any]) -> Shown:
    """Take an answer object apart."""
    result = answer.get("result") or {}
    own = dict(_result_figures(result)) if result.get("type") != "unavailable" else {}
    facts = {(f["country"], f["indicator"], (f["edition"],)): f["value"] for f in answer.get("facts") or ()}
    return Shown(answer, result, own, facts | own | _changes(own))


def _changes(own: dict[Key, float]) -> dict[Key, float]:
    """Between any two editions of a place that a result shows the reader sees the change."""
    lines: dict[tuple[str, str], dict[int, float]] = {}
    for (place, indicator, when), value in own.items():
        if len(when) == 1:
            lines.setdefault((place, indicator), {})[when[0]] = value
    return {
        (place, indicator, (start, end)): round(line[end] - line[start], 2)
        for (place, indicator), line in lines.items()
        for start, end in combinations(sorted(line), 2)
    }


def _result_figures(result: dict[str, Any]) -> list[tuple[Key, float]]:
    kind, indicator = result.get("type"), result.get("indicator") or ""
    when: When = (result["from"], result["to"]) if result.get("from") is not None else (result.get("edition") or 0,)
    if kind in ("comparison", "ranking", "set"):
        return _by_country(result, indicator, when)
    if kind == "trend":
        place = result.get("country") or f"mean:{result.get('group')}"
        return [((place, indicator, (e,)), v) for e, v in zip(result["editions"], result["values"], strict=True)]
    if kind == "difference":
        return _difference(result, when)
    if kind == "overview":
        return [((s["country"], s["indicator"], (s["edition"],)), s["value"]) for s in result["scores"]]
    if kind == "explanation":
        return [((result["country"], p["indicator"], (result["edition"],)), p["value"]) for p in result["parts"]]
    return _one_or_a_row(result, indicator, when)


def _one_or_a_row(result: dict[str, Any], indicator: str, when: When) -> list[tuple[Key, float]]:
    """One figure, or a row of groups or of indicators."""
    kind, values = result.get("type"), result.get("values") or ()
    if kind in ("value", "rank", "change"):
        return [((result["country"], indicator, when), result["value"])]
    if kind == "aggregate":
        return [((f"{result['stat']}:{result['group']}", indicator, when), result["value"])]
    if kind == "group_ranking":
        return [((f"{result['stat']}:{g}", indicator, when), v) for g, v in zip(result["groups"], values, strict=True)]
    if kind in ("indicator_set", "indicator_ranking"):
        place = result["country"] if kind == "indicator_set" else f"{result['stat']}:{result.get('group') or 'world'}"
        return [((place, i, when), v) for i, v in zip(result["indicators"], values, strict=True)]
    return []


def _by_country(result: dict[str, Any], indicator: str, when: When) -> list[tuple[Key, float]]:
    found: list[tuple[Key, float]] = []
    indicators = result.get("indicators") or ()
    for country, value in zip(result["countries"], result.get("values") or (), strict=False):
        if not isinstance(value, (list, tuple)):
            if when != (0,):
                found.append(((country, indicator, when), value))
        elif len(value) == len(indicators) and when != (0,):
            found += [((country, i, when), v) for i, v in zip(indicators, value, strict=True)]
    return found


def _difference(result: dict[str, Any], when: When) -> list[tuple[Key, float]]:
    stat = result.get("stat") or "mean"
    places = [*(result.get("countries") or ()), *(f"{stat}:{g}" for g in result.get("groups") or ())]
    indicators = list(result.get("indicators") or ()) or [result.get("indicator")]
    pairs = [(p, str(i)) for p in places for i in indicators]
    return [((p, i, when), v) for (p, i), v in zip(pairs, result["values"], strict=False)] if len(pairs) == 2 else []
