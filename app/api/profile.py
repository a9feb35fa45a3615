"""A country in one edition as an object: all scores with ranks and means, and the text of its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app.api.flat_rows import in_columns
from app.api.table import Table
from app.programs.rows import scales_of
from app.reports.harmless import harmless
from app.reports.html import fill
from app.reports.web_address import shown_source
from corpus.taxonomy import Taxonomy

_PLACES = tuple(f"{where}_{what}" for where in ("world", "region") for what in ("rank", "of", "sharing", "mean"))
_SCORE = ("indicator", "name", "value", "change", *_PLACES, "source")
_SHOWN = ("name", "value", "change", "world_rank", "world_mean", "region_rank", "region_mean")
_TEXT = ("section", "paragraph", "text", "source", "restated", "id")


@dataclass(frozen=True, repr=False)
class Profile:
    """Everything loaded of a country in an edition; where `answered` is false, `answer` says why there is nothing.

    `scores` has a row for each indicator, its rank in the world and in the country's region, and the means of both: scores and
    means are 1 to 10, rank 1 is the highest score, and `change` is in points since the edition `compared_with`. `text` has a row
    for each paragraph, none where the page is not loaded.
    """

    answered: bool
    answer: str
    country: str
    name: str
    edition: int | None
    region: str
    compared_with: int | None
    scores: Table
    text: Table
    notes: tuple[str, ...]
    source: str

    def __repr__(self) -> str:
        parts = [self._title(), *([repr(self.scores)] if self.answered else []), *([repr(self.text)] if len(self.text) else [])]
        return harmless("\n\n".join([*parts, *self.notes]))

    def _repr_html_(self) -> str:
        sections: dict[str, list[str]] = {}
        for row in self.text:
            sections.setdefault(row["section"], []).append(row["text"])
        return fill(
            "notebook_profile.html.j2",
            it=self,
            title=self._title(),
            scores=Markup(self.scores._repr_html_() if self.answered else ""),
            sections=sections,
            source=shown_source(self.source),
        )

    def _title(self) -> str:
        return f"{self.name}, {self.edition} edition" if self.answered else self.answer


def profile_of(found: Mapping[str, Any], taxonomy: Taxonomy) -> Profile:
    """The profile that a request's answer describes."""
    indicators = taxonomy.indicators
    scores = in_columns((_flat(s) | {"name": indicators[s["indicator"]].name} for s in found.get("scores", ())), _SCORE)
    scales = scales_of((row["indicator"] for row in scores), taxonomy)
    passages = [{**p, "section": s["section"]} for s in found.get("sections", ()) for p in s["passages"]]
    notes = dict.fromkeys(p["note"] for p in passages if p["note"])
    text = in_columns((p | {"restated": bool(p["note"])} for p in passages), _TEXT)
    shown = tuple(column for column in _SHOWN if column != "change" or found.get("compared_with") is not None)
    return Profile(
        answered=found["answered"],
        answer=found.get("answer", ""),
        country=found.get("country", ""),
        name=found.get("name", ""),
        edition=found.get("edition"),
        region=found.get("region", ""),
        compared_with=found.get("compared_with"),
        scores=Table(scores, _SCORE, answer="Scores", scales=tuple(scales), shown=shown),
        text=Table(text, _TEXT, answer="Text", shown=_TEXT[:3]),
        notes=(*found["notes"], *notes),
        source=found.get("source", ""),
    )


def _flat(score: Mapping[str, Any]) -> dict[str, Any]:
    """A score with the fields of its places in the world and the region under names of their own."""
    places = {f"{where}_{what}": v for where in ("world", "region") for what, v in (score[where] or {}).items()}
    return {
        "indicator": score["indicator"],
        "value": score["value"],
        "change": score["change"],
        "source": score["source"],
        **places,
    }
