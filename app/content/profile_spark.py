"""A score through the editions as a drawing of the height of a line of text, and the same in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from app.content.charts import COLOURS
from corpus.taxonomy import Taxonomy

# The scores of a country with their sources, by indicator and edition.
OwnScores = Mapping[tuple[str, int], tuple[Decimal, str]]

_WIDTH, _HEIGHT, _MARGIN = 64, 24, 4
# Points of the scale. Where scores lie closer together, the drawing still covers so many: a small change looks small.
_LEAST_COVERED = Decimal(2)


@dataclass(frozen=True, slots=True)
class Spark:
    """The scores of all editions, None where there is none; the edition `now` is marked."""

    values: tuple[tuple[int, Decimal | None], ...]
    now: int
    colour: str

    @property
    def words(self) -> str:
        """The text version: "no score in 2021, 5.00 in 2023"."""
        return ", ".join(f"{'no score' if value is None else f'{value:.2f}'} in {edition}" for edition, value in self.values)

    @property
    def points(self) -> tuple[tuple[float, float] | None, ...]:
        """Where each edition stands in the drawing, in SVG units; editions are equally far apart."""
        having = [value for _, value in self.values if value is not None]
        if not having:
            return (None,) * len(self.values)
        middle = (max(having) + min(having)) / 2
        covered = max(max(having) - min(having), _LEAST_COVERED)
        step = (_WIDTH - 2 * _MARGIN) / max(len(self.values) - 1, 1)
        return tuple(
            None
            if value is None
            else (_MARGIN + number * step, _HEIGHT / 2 - float((value - middle) / covered) * (_HEIGHT - 2 * _MARGIN))
            for number, (_, value) in enumerate(self.values)
        )

    @property
    def source(self) -> str:
        """The drawing as the address of an image: Streamlit removes SVG elements from HTML. The line is broken at a gap."""
        placed = self.points
        steps = [
            f"{'L' if number and placed[number - 1] else 'M'}{at[0]:.1f} {at[1]:.1f}" for number, at in enumerate(placed) if at
        ]
        dots = [
            f"<circle cx='{at[0]:.1f}' cy='{at[1]:.1f}' r='{3.5 if edition == self.now else 2}'/>"
            for (edition, _), at in zip(self.values, placed, strict=True)
            if at
        ]
        drawn = (
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {_WIDTH} {_HEIGHT}' fill='{self.colour}'>"
            f"<path d='{''.join(steps)}' fill='none' stroke='{self.colour}' stroke-width='1.5'/>{''.join(dots)}</svg>"
        )
        return f"data:image/svg+xml,{quote(drawn)}"


def spark_of(indicator: str, edition: int, own: OwnScores, taxonomy: Taxonomy) -> Spark:
    """The scores of an indicator in every edition of the Index, with this one marked."""
    values = tuple((e, own[indicator, e][0] if (indicator, e) in own else None) for e in taxonomy.editions)
    return Spark(values, edition, COLOURS[taxonomy.indicators[indicator].pillar])
