"""Statistics of a group of countries, and how its mean changed between editions. Pure and exact; rounded once, at the end."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.taxonomy import Taxonomy
from index.scores.like_for_like import added_parts, over_parts, rounded
from index.scores.query import Change
from index.scores.score import Score


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """One indicator in one edition over `countries` countries; the lowest and highest with every tied country, by code."""

    countries: int
    mean: Decimal
    median: Decimal
    lowest: Decimal
    lowest_in: tuple[str, ...]
    highest: Decimal
    highest_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeanChange:
    """How a mean changed over the countries that have the score in both editions.

    `added` are the indicators that came into an average in between. `like_for_like` leaves them out: it equals `published` where
    nothing was added, and is None where a part is not loaded.
    """

    countries: int
    published: Decimal
    like_for_like: Decimal | None
    added: tuple[str, ...]


def group_summary(scores: Sequence[Score]) -> GroupSummary | None:
    """The statistics of one indicator's scores in one edition; None where there are no scores."""
    if not scores:
        return None
    values = [s.value for s in scores]
    low, high = min(values), max(values)
    return GroupSummary(
        countries=len(values),
        mean=rounded(sum(values, Decimal(0)) / len(values)),
        median=rounded(statistics.median(values)),
        lowest=low,
        lowest_in=tuple(sorted(s.country for s in scores if s.value == low)),
        highest=high,
        highest_in=tuple(sorted(s.country for s in scores if s.value == high)),
    )


def mean_change(change: Change, members: Iterable[str], scores: Iterable[Score], taxonomy: Taxonomy) -> MeanChange | None:
    """How the mean of these countries changed; None where no country has the score in both editions.

    `scores` are those of the indicator and of all the indicators it is averaged from.
    """
    by_country: dict[str, dict[tuple[str, int], Decimal]] = {}
    for score in scores:
        by_country.setdefault(score.country, {})[score.indicator, score.edition] = score.value
    start, end = (change.indicator, change.start), (change.indicator, change.end)
    both = [found for c in sorted(members) if start in (found := by_country.get(c, {})) and end in found]
    if not both:
        return None
    published = rounded(sum((found[end] - found[start] for found in both), Decimal(0)) / len(both))
    added = added_parts(change, taxonomy)
    if not added:
        return MeanChange(len(both), published, published, ())
    changes = []
    for found in both:
        before, after = (over_parts(change.indicator, e, change.start, found, taxonomy) for e in (change.start, change.end))
        if before is None or after is None:
            return MeanChange(len(both), published, None, added)
        changes.append(after - before)
    return MeanChange(len(both), published, rounded(sum(changes, Decimal(0)) / len(changes)), added)
