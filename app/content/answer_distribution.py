"""Where the countries of an answer stand among all countries of its group: a count of countries by score. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from app.reports.place_words import place_words
from corpus.taxonomy import WORLD, Taxonomy
from index.contract.answer_object import Answer
from index.contract.typed_results import RankResult, SetResult, ValueResult
from index.language.phrases import joined
from index.scores.score import Score

# Scores are counted in steps of so much; a score on the line belongs to the step that it begins.
_STEPS_A_POINT = 2
_MOST_NAMED = 4
_FEWEST = 6
# A name is about so wide on the scale to either side; it stands above all columns there.
_NAME_WIDTH = 1


@dataclass(frozen=True, slots=True)
class Step:
    """How many countries score from `start` up to but not including the next step; `own` are those of the answer, by name."""

    start: float
    countries: int
    own: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Distribution:
    """The steps from the lowest score to the highest; `text` is the version for readers who cannot see the chart."""

    title: str
    steps: tuple[Step, ...]
    axis: str
    text: str


def asked_scores(answer: Answer, taxonomy: Taxonomy) -> tuple[str, int, str] | None:
    """The indicator, edition and group whose scores the answer is best seen among; None for every other kind of answer."""
    result = answer.result
    if isinstance(result, ValueResult):
        return result.indicator, result.edition, WORLD
    if isinstance(result, RankResult) or (isinstance(result, SetResult) and _is_plain(result)):
        within = result.within
        known = within == WORLD or within in taxonomy.groups
        return (result.indicator, result.edition, within) if known and result.edition is not None else None
    return None


def distribution_of(answer: Answer, group: str, scores: Iterable[Score], taxonomy: Taxonomy) -> Distribution | None:
    """The distribution over the members of a group; None where too few have a score, or the answer's countries are not there."""
    result = answer.result
    assert isinstance(result, (ValueResult, RankResult, SetResult))
    assert result.edition is not None
    found = result.countries if isinstance(result, SetResult) else (result.country,)
    # An answer in several parts has its later countries among its facts alone.
    beside = (f.country for f in answer.facts if (f.indicator, f.edition) == (result.indicator, result.edition))
    own = tuple(dict.fromkeys((*found, *beside)))
    members = set(taxonomy.members(group, result.edition))
    values = {s.country: s.value for s in scores if s.country in members}
    if len(values) < _FEWEST or not set(own) <= values.keys() or len(own) > len(values) / 2:
        return None
    at = {country: int(value * _STEPS_A_POINT) for country, value in values.items()}
    counts = Counter(at.values())
    steps = tuple(
        Step(n / _STEPS_A_POINT, counts[n], tuple(taxonomy.countries[c].name for c in own if at[c] == n))
        for n in range(min(counts), max(counts) + 1)
    )
    indicator = taxonomy.indicators[result.indicator]
    place = place_words(group, taxonomy)
    names = [taxonomy.countries[c].name for c in own]
    named = joined(names) if len(names) <= _MOST_NAMED else f"the {len(names)} countries of the answer"
    title = f"{named} among the {len(values)} countries of {place}"
    told = "; ".join(f"{s.start:g} to {s.start + 1 / _STEPS_A_POINT:g}: {s.countries}" for s in steps if s.countries)
    axis = f"{indicator.name}, {result.edition} ({indicator.pillar.direction})"
    return Distribution(title, steps, axis, f"Countries by score, {axis}: {told}. Marked: {named}.")


def step_rows(distribution: Distribution) -> list[dict[str, object]]:
    """The steps as the rows of `charts.distribution`."""
    width = 1 / _STEPS_A_POINT
    return [
        {
            "start": step.start,
            "end": step.start + width,
            "middle": step.start + width / 2,
            "countries": step.countries,
            "height": max(near.countries for near in distribution.steps if abs(near.start - step.start) <= _NAME_WIDTH),
            "names": joined(list(step.own[:_MOST_NAMED])) + (" …" if len(step.own) > _MOST_NAMED else ""),
        }
        for step in distribution.steps
    ]


def _is_plain(result: SetResult) -> bool:
    """Whether a set has one score for each country, rather than changes or several scores."""
    return result.start is None and bool(result.countries) and all(isinstance(v, float) for v in result.values)
