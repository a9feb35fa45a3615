"""An answer as an object: its parts by name, its chart, and a card in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from app.api.answer_view import answer_html
from app.api.flat_rows import fact_table, passage_table
from app.api.table import Table
from app.content.answer_chart import chart_of, drawn
from app.reports.answer_text import as_text
from app.reports.harmless import harmless
from index.contract.answer_object import Answer
from index.generations.snapshot import Snapshot

if TYPE_CHECKING:
    import altair

_CHART_WIDTH = 460


@dataclass(frozen=True, repr=False, eq=False)
class Reply:
    """The answer to a question. Printed, it is the text that `ocqa ask` prints; in a notebook it is a card.

    It keeps the build of the index that answered in memory, so that a later build does not change it.
    """

    _answer: Answer
    _snapshot: Snapshot

    @property
    def question(self) -> str:
        """The question that was answered."""
        return self._answer.question

    @property
    def understood(self) -> str:
        """How the question was read, in words."""
        return self._answer.understood.words

    @property
    def answered(self) -> bool:
        """Whether what is loaded answers the question; if not, `answer` says why."""
        return self._answer.answered

    @property
    def answer(self) -> str:
        """The answer as a sentence: quoted from a passage, or computed from scores."""
        return self._answer.answer

    @property
    def confidence(self) -> float:
        """The estimated probability, 0 to 1, that the answer is right; below 0.7 it should be checked."""
        return self._answer.confidence

    @property
    def result(self) -> dict[str, Any] | None:
        """The typed result of a question about scores as plain JSON types; None where the answer is text."""
        result: dict[str, Any] | None = self.to_dict()["result"]
        return result

    @property
    def facts(self) -> Table:
        """The scores beside the answer, 1 to 10, each with its source; ranks where the answer is about ranks."""
        return fact_table(self.to_dict()["facts"], self._snapshot.taxonomy)

    @property
    def passages(self) -> Table:
        """The passages found, best first; `quote` is the part that answers, `score` only orders them, higher first."""
        return passage_table({}, self.to_dict()["passages"])

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know: editions chosen, comparability, gaps."""
        return self._answer.notes

    @property
    def alternatives(self) -> tuple[str, ...]:
        """Complete questions that may have been meant, or that can be asked next."""
        return self._answer.alternatives

    def to_dict(self) -> dict[str, Any]:
        """The answer object as plain JSON types, the same that `ocqa ask --json` prints."""
        return self._answer.to_dict()

    def chart(self) -> altair.Chart | altair.LayerChart | altair.FacetChart | None:
        """The chart that fits the answer, with all its data inside; None where a chart would show nothing.

        Its `description` tells the figures in words, for readers who cannot see it. Scores are 1 to 10.
        """
        figure = chart_of(self._answer, self._snapshot)
        if figure is None:
            return None
        return drawn(figure).properties(title=figure.title, description=figure.text, width=_CHART_WIDTH)

    def __repr__(self) -> str:
        return harmless(as_text(self._answer, self._snapshot.taxonomy, rest="in to_dict()"))

    def _repr_html_(self) -> str:
        return answer_html(self._answer, self._snapshot.taxonomy)
