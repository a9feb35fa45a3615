"""An interrupted run: when it began, so that the next one knows what it need not request again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpus.fetch.partial import PARTIAL
from corpus.placing import on_disk, write_flushed

_NAME = "begun"


class Unfinished:
    """The mark of a run that did not finish, in `<sources>/.partial`. Every method raises OcqaError if the disk fails."""

    def __init__(self, sources: Path) -> None:
        self._path = sources / PARTIAL / _NAME

    def since(self, now: datetime, longest: timedelta) -> datetime:
        """When the run began: `now`, unless it resumes one that began less than `longest` ago. Sets the mark."""
        with on_disk(self._path):
            text = self._path.read_text(encoding="utf-8", errors="replace") if self._path.exists() else ""
        begun = moment(text)
        if timedelta() <= now - begun < longest:
            return begun
        write_flushed(self._path, now.isoformat().encode())
        return now

    def done(self) -> None:
        """Remove the mark."""
        with on_disk(self._path):
            self._path.unlink(missing_ok=True)


def moment(text: str) -> datetime:
    """A time given as text; the earliest time if the text is invalid."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)
