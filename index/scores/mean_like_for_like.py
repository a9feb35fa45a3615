"""The like-for-like change in the mean of countries, from the stored scores; exact until it is rounded, once."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from index.scores.like_for_like import over_parts, rounded
from index.scores.query import Change
from index.scores.score_store import ScoreBook


def mean_like_for_like(book: ScoreBook, change: Change, countries: Collection[str]) -> Decimal | None:
    """How the mean of these countries changed over the indicators of the earlier edition; None where a part is not loaded."""
    changes = []
    for scores in book.score_store.scores_of(sorted(countries)).values():
        values = {key: value for key, (value, _) in scores.items()}
        before, after = (
            over_parts(change.indicator, edition, change.start, values, book.taxonomy) for edition in (change.start, change.end)
        )
        if before is None or after is None:
            return None
        changes.append(after - before)
    return rounded(sum(changes, Decimal(0)) / len(changes)) if changes else None
