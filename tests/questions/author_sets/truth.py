"""Whether what an answer says beside its point is true: every score, rank, change and mean of a group that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from tests.questions.author_sets.figures import Figures
from tests.questions.author_sets.shown import TOLERANCE, Shown


def untrue(shown: Shown, figures: Figures) -> str:
    """The first figure of a country that the workbook contradicts, or ""."""
    for (place, indicator, when), value in shown.figures.items():
        if place in figures.world.countries:
            if not figures.has(indicator, when):
                return f"no such score: {place} {indicator} {when}"
            if abs(float(figures.value(place, indicator, when)) - value) > TOLERANCE:
                return f"untrue: {place} {indicator} {when} is not {value}"
    return ""


def untrue_beside(shown: Shown, figures: Figures) -> str:
    """The first rank, change or reference mean that the workbook contradicts, or ""."""
    return next(chain(_ranks(shown, figures), _moves(shown, figures), _means(shown, figures)), "")


def _ranks(shown: Shown, figures: Figures) -> Iterator[str]:
    for score in (*(shown.answer.get("facts") or ()), *(shown.result.get("scores") or ())):
        group, when = score.get("within"), (score["edition"],)
        if score.get("rank") is None or not (group == "world" or figures.is_group(str(group))):
            continue
        members = figures.members(() if group == "world" else (group,), edition=when[0])
        value = figures.value(score["country"], score["indicator"], when)
        rank = 1 + sum(figures.value(one, score["indicator"], when) > value for one in members)
        if len(members) == score["of"] and rank != score["rank"]:
            yield f"untrue: {score['country']} {score['indicator']} is not {score['rank']} of {score['of']} in {group}"


def _moves(shown: Shown, figures: Figures) -> Iterator[str]:
    for score in shown.result.get("scores") or ():
        if score.get("change") is not None:
            change = figures.value(score["country"], score["indicator"], (score["before"], score["edition"]))
            if abs(float(change) - score["change"]) > TOLERANCE:
                yield f"untrue: {score['indicator']} did not change by {score['change']} since {score['before']}"


def _means(shown: Shown, figures: Figures) -> Iterator[str]:
    group = str(shown.result.get("reference") or "")
    if shown.type != "explanation" or not (group == "world" or figures.is_group(group)):
        return
    when = (shown.result["edition"],)
    members = figures.members(() if group == "world" else (group,), edition=when[0])
    for part in shown.result["parts"]:
        mean = float(figures.stat(members, part["indicator"], when))
        if abs(mean - part["mean"]) > TOLERANCE or abs(part["value"] - mean - part["difference"]) > 2 * TOLERANCE:
            yield f"untrue: the mean of {group} for {part['indicator']} is {mean:.2f}, not {part['mean']}"
