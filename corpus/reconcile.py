"""Which source to use if several have the same score or page, and what to report about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.records import Document, DocumentPart, Problem, Profile, Score, Severity, SourceKind

_TRUST = {kind: trust for trust, kind in enumerate(SourceKind)}


@dataclass(frozen=True, slots=True)
class SourcedScores:
    """The scores read from one file. `shipped`: the file came with the program, not from the person who builds."""

    name: str
    kind: SourceKind
    scores: tuple[Score, ...]
    shipped: bool = False


def reconcile_scores(files: Iterable[SourcedScores]) -> tuple[tuple[Score, ...], tuple[Problem, ...]]:
    """One score for each country, edition and indicator: the workbook's, else a table's, else the page's, else what ships.

    Equal figures are not reported. If two files of one kind differ, the first by name is used and the difference is reported.
    """
    chosen: dict[tuple[str, int, str], tuple[SourcedScores, Score]] = {}
    problems: list[Problem] = []
    for file in sorted(files, key=lambda f: (f.shipped, -_TRUST[f.kind], f.name)):
        for score in file.scores:
            key = (score.country, score.edition, score.indicator)
            winner, kept = chosen.setdefault(key, (file, score))
            if kept.value != score.value:
                problems.append(
                    Problem(
                        file.name,
                        f"{score.country} {score.edition}, {score.indicator}",
                        f"the score is {score.value:.2f} here but {kept.value:.2f} in {winner.name}, which is used",
                        "find out which is right and correct the other file",
                        Severity.WARNING,
                    )
                )
    return tuple(sorted((s for _, s in chosen.values()), key=score_key)), tuple(problems)


def reconcile_profiles(profiles: Sequence[Profile]) -> tuple[tuple[Profile, ...], tuple[Problem, ...]]:
    """One profile for each country and edition: the first by file name. Every other file is reported.

    A restatement stands in for a page: it gives way to the page itself, which needs no report.
    """
    chosen: dict[tuple[str, int], Profile] = {}
    problems: list[Problem] = []
    for profile in sorted(profiles, key=lambda p: (p.note != "", p.source)):
        kept = chosen.setdefault((profile.country, profile.edition), profile)
        if kept is not profile and bool(kept.note) == bool(profile.note):
            problems.append(
                Problem(
                    profile.source,
                    "",
                    f"{profile.country} {profile.edition} was already read from {kept.source}; this file is not used",
                    "keep one of the two files",
                    Severity.ERROR,
                )
            )
    return tuple(profile for _, profile in sorted(chosen.items())), tuple(problems)


def reconcile_documents(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Every document once, by title and file: one that was saved twice is one document."""
    kept: dict[tuple[DocumentPart, ...], Document] = {}
    for document in sorted(documents, key=lambda d: (d.title, d.source)):
        kept.setdefault(document.parts, document)
    return tuple(kept.values())


def score_key(score: Score) -> tuple[str, int, str]:
    """The order of scores in a corpus."""
    return (score.country, score.edition, score.indicator)
