"""Rows with named columns: figures or passages, with what must be known to use them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, overload

from app.api.table_view import missing_words, table_html, table_words
from app.reports.harmless import harmless
from corpus.errors import OcqaError

if TYPE_CHECKING:
    import pandas
    import polars

Row = dict[str, Any]

_FLOATS = frozenset({"value", "value_from", "value_to", "change", "like_for_like", "score", "world_mean", "region_mean"})
_WHOLES = frozenset(
    {"edition", "from", "to", "rank", "of", "sharing", "place", "countries", "paragraph"}
    | {f"{where}_{what}" for where in ("world", "region") for what in ("rank", "of", "sharing")}
)


class LibraryMissing(OcqaError):
    """A library that is not needed to ask, only for this one form of the result, is not installed."""


@dataclass(frozen=True, repr=False)
class Table:
    """A table: `rows` are dictionaries that all have the keys `columns`, with None where there is nothing.

    Scores and means (`value`, `value_from`, `value_to`) are on the scale from 1 to 10; `change` and `like_for_like` are points on
    that scale, later minus earlier, the latter over the indicators that both editions measured, where an average gained some.
    `answer` is the result as a sentence; where `answered` is false, it says why there is nothing. `notes` is what a reader must
    know, `missing` what was asked for and is not there, each with the reason, and `scales` which end of each scale is worse.
    """

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    answer: str = ""
    answered: bool = True
    notes: tuple[str, ...] = ()
    missing: tuple[Row, ...] = ()
    scales: tuple[Row, ...] = ()
    shown: tuple[str, ...] = ()
    """The columns to print and to show in a notebook, in their order; empty for all."""

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @overload
    def __getitem__(self, at: int) -> Row: ...

    @overload
    def __getitem__(self, at: slice) -> Table: ...

    def __getitem__(self, at: int | slice) -> Row | Table:
        """A row by its number from 0, or the table of a slice. Raises IndexError for a row that is not there."""
        return replace(self, rows=self.rows[at]) if isinstance(at, slice) else self.rows[at]

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a pandas frame: scores as float64, editions and ranks as int64, or Int64 where some are missing.

        Raises LibraryMissing if pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise _missing("pandas") from None
        frame = pandas.DataFrame(self._by_column(), columns=list(self.columns))
        floats = {c: "float64" for c in self.columns if c in _FLOATS}
        wholes = {c: "Int64" if frame[c].isna().any() else "int64" for c in self.columns if c in _WHOLES}
        return frame.astype(floats | wholes)

    def to_polars(self) -> polars.DataFrame:
        """The rows as a polars frame: scores as Float64, editions and ranks as Int64.

        Raises LibraryMissing if polars is not installed.
        """
        try:
            import polars
        except ImportError:
            raise _missing("polars") from None
        types = {c: polars.Float64 for c in self.columns if c in _FLOATS} | {
            c: polars.Int64 for c in self.columns if c in _WHOLES
        }
        return polars.DataFrame(self._by_column(), schema_overrides=types)

    def _by_column(self) -> dict[str, list[Any]]:
        return {column: [row[column] for row in self.rows] for column in self.columns}

    def _below(self) -> list[str]:
        return [*missing_words(self.missing), *self.notes]

    def __repr__(self) -> str:
        return harmless(table_words(self.rows, self.shown or self.columns, self.answer, self._below()))

    def _repr_html_(self) -> str:
        return table_html(self.rows, self.shown or self.columns, self.answer, self._below(), self.scales)


def _missing(library: str) -> LibraryMissing:
    error = LibraryMissing(f"{library} is not installed", f"pip install {library}")
    error.add_note(f"What to do: {error.hint}")
    return error
