"""What differs between two builds: files, profiles, paragraphs sentence by sentence, scores, problems."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.records import Problem, SourceFile
from index.language.alignment import aligned
from index.passages.passage import Passage

ScoreKey = tuple[str, int, str]


class ChangeKind(StrEnum):
    """What happened to a file, profile or passage. MOVED: the same content under another name or number."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class FileChange:
    """A source file; `was` is its earlier name if it was moved."""

    name: str
    change: ChangeKind
    was: str = ""


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """A profile that was added or removed, with the number of its paragraphs."""

    country: str
    edition: int
    change: ChangeKind
    paragraphs: int


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A paragraph or definition: its id (the last one if it was removed), the id before, and the sentences that differ."""

    id: str
    change: ChangeKind
    was: str = ""
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A score before and after, with two decimals as published; None if there was or is none."""

    country: str
    edition: int
    indicator: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs, in a fixed order. Paragraphs of added or removed profiles are not listed again."""

    files: tuple[FileChange, ...]
    profiles: tuple[ProfileChange, ...]
    passages: tuple[PassageChange, ...]
    scores: tuple[ScoreChange, ...]
    problems: tuple[str, ...]
    problems_gone: tuple[str, ...]


def file_changes(before: Sequence[SourceFile], after: Sequence[SourceFile]) -> tuple[FileChange, ...]:
    """Files added, changed, removed or moved: a new file with the content of one that is gone was moved."""
    old, new = {f.name: f for f in before}, {f.name: f for f in after}
    gone: dict[str, list[str]] = defaultdict(list)
    for file in before:
        if file.name not in new:
            gone[file.sha256].append(file.name)
    changes = []
    for file in after:
        if file.name in old:
            if old[file.name].sha256 != file.sha256:
                changes.append(FileChange(file.name, ChangeKind.CHANGED))
        elif gone[file.sha256]:
            changes.append(FileChange(file.name, ChangeKind.MOVED, gone[file.sha256].pop(0)))
        else:
            changes.append(FileChange(file.name, ChangeKind.ADDED))
    changes += [FileChange(name, ChangeKind.REMOVED) for names in gone.values() for name in names]
    return tuple(sorted(changes, key=lambda c: c.name))


def profile_changes(before: Iterable[Passage], after: Iterable[Passage]) -> tuple[ProfileChange, ...]:
    """The profiles with paragraphs that only one of the builds has."""
    old, new = _by_profile(before), _by_profile(after)
    changes = [ProfileChange(*key, ChangeKind.ADDED, len(new[key])) for key in new.keys() - old.keys()]
    changes += [ProfileChange(*key, ChangeKind.REMOVED, len(old[key])) for key in old.keys() - new.keys()]
    return tuple(sorted(changes, key=lambda c: (c.country, c.edition)))


def _by_profile(passages: Iterable[Passage]) -> dict[tuple[str, int], list[Passage]]:
    found: dict[tuple[str, int], list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.country is not None and passage.edition is not None:
            found[passage.country, passage.edition].append(passage)
    return found


def passage_changes(before: Sequence[Passage], after: Sequence[Passage]) -> tuple[PassageChange, ...]:
    """By paragraph within each section of the profiles that both builds have, and by definition; none in a first build.

    Paragraphs are matched by their text first, so that one inserted in the middle does not change all that follow.
    """
    if not before:
        return ()
    both = _by_profile(before).keys() & _by_profile(after).keys()
    old, new = _by_section(before, both), _by_section(after, both)
    changes: list[PassageChange] = []
    for key in sorted(old.keys() | new.keys()):
        changes += _aligned(old.get(key, []), new.get(key, []))
    return tuple(changes)


def _by_section(passages: Iterable[Passage], profiles: set[tuple[str, int]]) -> dict[tuple[str, int, str], list[Passage]]:
    found: dict[tuple[str, int, str], list[Passage]] = defaultdict(list)
    for p in passages:
        if p.indicator is not None:
            found["", 0, p.indicator].append(p)
        elif p.title:
            found["", 0, p.title].append(p)
        elif p.country is not None and p.edition is not None and (p.country, p.edition) in profiles:
            found[p.country, p.edition, p.section_id or ""].append(p)
    return found


def _aligned(old: Sequence[Passage], new: Sequence[Passage]) -> list[PassageChange]:
    changes: list[PassageChange] = []
    for same, before, after in aligned(old, new, lambda p: p.text):
        if same:
            changes += [PassageChange(q.id, ChangeKind.MOVED, p.id) for p, q in zip(before, after, strict=True) if p.id != q.id]
            continue
        paired = min(len(before), len(after))
        changes += [_changed(p, q) for p, q in zip(before[:paired], after[:paired], strict=True)]
        changes += [PassageChange(p.id, ChangeKind.REMOVED, gone=_sentences(p)) for p in before[paired:]]
        changes += [PassageChange(q.id, ChangeKind.ADDED, new=_sentences(q)) for q in after[paired:]]
    return changes


def _changed(old: Passage, new: Passage) -> PassageChange:
    gone: list[str] = []
    added: list[str] = []
    for same, before, after in aligned(_sentences(old), _sentences(new), str):
        if not same:
            gone += before
            added += after
    return PassageChange(new.id, ChangeKind.CHANGED, old.id if old.id != new.id else "", tuple(gone), tuple(added))


def _sentences(passage: Passage) -> tuple[str, ...]:
    return tuple(passage.text[a:b] for a, b in passage.sentences)


def score_changes(before: Mapping[ScoreKey, Decimal], after: Mapping[ScoreKey, Decimal]) -> tuple[ScoreChange, ...]:
    """Every score that differs, by country, edition and indicator."""
    return tuple(
        ScoreChange(*key, _printed(before.get(key)), _printed(after.get(key)))
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    )


def _printed(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def problem_changes(before: Iterable[Problem], after: Iterable[Problem]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The problems that are new, and those that are gone."""
    old, new = {str(p) for p in before}, {str(p) for p in after}
    return tuple(sorted(new - old)), tuple(sorted(old - new))
