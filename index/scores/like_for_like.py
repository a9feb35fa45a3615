"""Like for like: the change in an average over the indicators that both editions measured.

The 2023 edition added five markets and one type of actor, so the averages published before and since do not cover the same
indicators. Wherever an average is compared across that break, the change over the common indicators is given beside the published
one.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from corpus.taxonomy import Taxonomy
from index.scores.query import Change

Scores = Mapping[tuple[str, int], Decimal]


def added_parts(change: Change, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The measured indicators that came into an average between two editions; empty where both cover the same ones."""
    before, after = (taxonomy.leaves(change.indicator, edition) for edition in (change.start, change.end))
    return tuple(leaf for leaf in after if leaf not in before)


def like_for_like(change: Change, scores: Scores, taxonomy: Taxonomy) -> Decimal | None:
    """The change over the indicators of the earlier edition, rounded once to two decimals; None where one is not loaded.

    `scores` are one country's, by indicator and edition.
    """
    earlier, later = (over_parts(change.indicator, e, change.start, scores, taxonomy) for e in (change.start, change.end))
    return rounded(later - earlier) if earlier is not None and later is not None else None


def rounded(value: Decimal) -> Decimal:
    """Rounded to two decimals, halves away from zero, never to a negative zero."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP) + 0


def over_parts(indicator: str, edition: int, parts_of: int, scores: Scores, taxonomy: Taxonomy) -> Decimal | None:
    """One country's average in an edition over the parts it had in `parts_of`, not rounded; None where a part is not loaded."""
    parts = taxonomy.parts(indicator, parts_of)
    if not parts:
        return scores.get((indicator, edition))
    means = [over_parts(part, edition, parts_of, scores, taxonomy) for part in parts]
    known = [m for m in means if m is not None]
    return sum(known, Decimal(0)) / len(known) if len(known) == len(means) else None
