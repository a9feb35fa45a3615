"""One run of downloads: each target once, checked before it becomes visible, with a report on each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from corpus.errors import SourceError
from corpus.fetch.failures import BY_BROWSER, BY_FOLDER, Missing, Refused, SiteClosed
from corpus.fetch.hollow import needs_browser
from corpus.fetch.journal import Journal, Record, append, read_journal
from corpus.fetch.partial import Partial, only_one
from corpus.fetch.polite import Site
from corpus.fetch.receive import Received, receive
from corpus.fetch.targets import Place, Target
from corpus.fetch.timing import Timing
from corpus.fetch.unfinished import Unfinished, moment
from corpus.formats import SIZE_LIMITS
from corpus.placing import on_disk, publish
from corpus.recognise import Recognised, recognise, same_pages, workbook_known
from corpus.records import SourceKind
from corpus.taxonomy import Taxonomy

FRESH = timedelta(days=1)
ASIDE = ".refused"
_IN_A_ROW = 5


class Outcome(StrEnum):
    """What became of a target. KEPT: a file that a person put there stays. RECENT: the interrupted run already fetched it."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    RECENT = "recent"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Item:
    """The result for one target: `file` is its path below the sources folder; `reason` and `hint` may be empty."""

    target: Target
    outcome: Outcome
    file: str
    reason: str = ""
    hint: str = ""


Progress = Callable[[int, int, Item], None]


def fetch(
    targets: Sequence[Target], sources: Path, site: Site, taxonomy: Taxonomy, timing: Timing, progress: Progress
) -> tuple[Item, ...]:
    """Fetch the targets into a sources folder, one after another; `progress` gets (done, total, item) after each.

    A run that was interrupted, or in which something failed, is resumed for a day: what it fetched is not requested again. A
    failure is an item and does not stop the run, but after five failures in a row, or if the site asks to be left alone, the
    rest fails without a request. Raises OcqaError if the disk fails or another run is in progress.
    """
    items: list[Item] = []
    with only_one(sources):
        begun = Unfinished(sources).since(timing.now(), FRESH)
        run = _Run(sources, site, taxonomy, timing, begun)
        for done, item in enumerate(run.items(targets), start=1):
            items.append(item)
            progress(done, len(targets), item)
        if all(item.outcome is not Outcome.FAILED for item in items):
            Unfinished(sources).done()
    return tuple(items)


class _Run:
    def __init__(self, sources: Path, site: Site, taxonomy: Taxonomy, timing: Timing, begun: datetime) -> None:
        self._begun = begun
        self._sources = sources
        self._site = site
        self._taxonomy = taxonomy
        self._timing = timing
        self._pages = 0

    def items(self, targets: Sequence[Target]) -> Iterator[Item]:
        journal = read_journal(self._sources)
        closed: SiteClosed | None = None
        in_a_row = 0
        for target in targets:
            item = self._without_asking(target, journal)
            if item is None and closed is None:
                try:
                    item = self._ask(target, journal)
                except SiteClosed as error:
                    closed = error
                in_a_row = in_a_row + 1 if item is not None and item.outcome is Outcome.FAILED else 0
                if in_a_row == _IN_A_ROW:
                    closed = SiteClosed(f"{_IN_A_ROW} downloads in a row failed, so no more were tried", BY_BROWSER)
            if item is None:
                assert closed is not None
                item = Item(target, Outcome.FAILED, target.places[0].file, closed.message, closed.hint)
            yield item

    def _without_asking(self, target: Target, journal: Journal) -> Item | None:
        """The item of a target that needs no request."""
        for file in self._standing(target):
            digest = _digest(self._sources / file)
            if (file, digest) not in journal.written:
                why = "the existing file was not downloaded, or was changed since; it was left as it is"
                return Item(target, Outcome.KEPT, file, why, "remove it to fetch the page")
            record = _known(target, file, digest, journal)
            if record is not None and self._begun <= moment(record.time) <= self._timing.now():
                return Item(target, Outcome.RECENT, file, f"fetched by the interrupted run, at {record.time}")
        return None

    def _standing(self, target: Target) -> tuple[str, ...]:
        if target.country is not None and target.edition is not None:
            return same_pages(self._sources, target.country, target.edition, self._taxonomy)
        return tuple(p.file for p in target.places if (self._sources / p.file).exists())

    def _ask(self, target: Target, journal: Journal) -> Item:
        standing = self._standing(target)
        failed: list[Item] = []
        places = [replace(place, file=standing[0]) for place in target.places] if standing else target.places
        # The address that the file came from is tried first.
        for place in sorted(places, key=lambda p: p.address not in journal.last or journal.last[p.address].file != p.file):
            try:
                item = self._ask_at(target, place, journal)
            except Missing as error:
                failed.append(Item(target, Outcome.FAILED, place.file, f"{place.address}: {error.message}", error.hint))
                continue
            except Refused as error:
                return Item(target, Outcome.FAILED, place.file, f"{place.address}: {error.message}", error.hint)
            if item.outcome is not Outcome.FAILED:
                return item
            failed.append(item)
        hints = dict.fromkeys(item.hint for item in failed)
        return replace(failed[0], reason="; ".join(item.reason for item in failed), hint="; ".join(hints))

    def _ask_at(self, target: Target, place: Place, journal: Journal) -> Item:
        path = self._sources / place.file
        known = journal.last.get(place.address)
        if known is not None and (not path.exists() or _digest(path) != known.sha256):
            known = None
        partial = Partial(self._sources, place.file)
        received = receive(self._site, place.address, partial, SIZE_LIMITS[target.kind], known)
        if received.unchanged:
            assert known is not None
            again = replace(known, time=self._now(), status=received.status)
            append(self._sources, replace(again, etag=received.etag or known.etag))
            return Item(target, Outcome.UNCHANGED, place.file, workbook_known(target.kind, known.sha256))
        return self._keep(target, place, partial, received)

    def _keep(self, target: Target, place: Place, partial: Partial, received: Received) -> Item:
        """Check a complete body, and put it in place or aside."""
        with on_disk(partial.path):
            data = partial.path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        record = Record(
            place.address, self._now(), received.status, place.file, digest, len(data), received.etag, received.last_modified
        )
        try:
            holds = self._checked(target, data, place, received)
        except SourceError as error:
            aside = f"{ASIDE}/{place.file.replace('/', '-')}-{digest[:8]}"
            append(self._sources, replace(record, file=aside))
            publish(partial.path, self._sources / aside)
            partial.discard()
            if target.kind is SourceKind.PAGE and not self._pages and needs_browser(data):
                why = "the page holds no text until a browser runs its scripts, so no more pages were tried"
                raise SiteClosed(f"{place.address}: {why}", BY_FOLDER) from error
            reason = f"{place.address}: the site did not send {target.what}: {error.message}"
            hint = f"the file was kept as {self._sources / aside}; the site may require a browser: {BY_BROWSER}"
            return Item(target, Outcome.FAILED, place.file, reason, hint)
        self._pages += target.kind is SourceKind.PAGE
        path = self._sources / place.file
        same = path.exists() and _digest(path) == digest
        append(self._sources, record)
        if not same:
            publish(partial.path, path)
        partial.discard()
        told = "; ".join(filter(None, (workbook_known(target.kind, digest), _problems(holds))))
        return Item(target, Outcome.UNCHANGED if same else Outcome.FETCHED, place.file, told)

    def _checked(self, target: Target, data: bytes, place: Place, received: Received) -> Recognised:
        if target.kind is SourceKind.PAGE and not received.framed and b"</html>" not in data[-4096:].lower():
            raise SourceError("the page may be incomplete: it has no end, and the site did not state its length")
        return recognise(data, target.kind, place.file, self._taxonomy)

    def _now(self) -> str:
        return self._timing.now().astimezone(UTC).isoformat()


def _known(target: Target, file: str, digest: str, journal: Journal) -> Record | None:
    """The last download of a file, if the file is unchanged since."""
    records = (journal.last.get(place.address) for place in target.places)
    return next((r for r in records if r is not None and (r.file, r.sha256) == (file, digest)), None)


def _problems(holds: Recognised) -> str:
    count = len(holds.problems)
    return f"{count} problem{'s' * (count > 1)} found in it; ocqa build lists them" if count else ""


def _digest(path: Path) -> str:
    with on_disk(path), path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
