"""What an indicator means, as an object."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from app.reports.answer_text import WIDTH
from app.reports.harmless import harmless
from app.reports.html import fill
from app.reports.web_address import shown_source
from index.language.phrases import joined


@dataclass(frozen=True, repr=False)
class Definition:
    """An indicator of the Index: its id, name and meaning, the `scale` of its scores, and what it is part of or made of.

    `sections` are those of the profiles that treat it, `since` is the first edition that measured it, and `editions_loaded` are
    those with scores in the index.
    """

    indicator: str
    name: str
    definition: str
    scale: str
    part_of: str | None
    parts: tuple[str, ...]
    sections: tuple[str, ...]
    since: int
    editions_loaded: tuple[int, ...]
    source: str

    def to_dict(self) -> dict[str, Any]:
        """The same as a dictionary."""
        return asdict(self)

    def __repr__(self) -> str:
        return harmless("\n".join([f"{self.name} ({self.indicator})", *textwrap.wrap(self.definition, WIDTH), *self._lines()]))

    def _repr_html_(self) -> str:
        return fill("notebook_definition.html.j2", it=self, lines=self._lines(), source=shown_source(self.source))

    def _lines(self) -> list[str]:
        editions = joined([str(edition) for edition in self.editions_loaded]) or "none"
        return [
            f"Scale: {self.scale}. Measured since {self.since}; editions loaded: {editions}.",
            *([f"Part of: {self.part_of}."] if self.part_of else []),
            *([f"Made of: {joined(self.parts)}."] if self.parts else []),
        ]


def definition_of(found: Mapping[str, Any]) -> Definition:
    """The definition that a request's answer gives."""
    told = ((field.name, found[field.name]) for field in fields(Definition))
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told}
    return Definition(**values)
