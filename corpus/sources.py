"""The sources folders: finds files, reads each by its kind, collects every problem. The only reader of source files."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from corpus.confined import confined
from corpus.errors import OcqaError, SourceError
from corpus.file_bytes import read_bytes
from corpus.folders import files_below
from corpus.formats import SAVED_LIMITS, SCORE_READERS, kind_of_file
from corpus.page_files import read_pages
from corpus.reconcile import SourcedScores, reconcile_documents, reconcile_profiles, reconcile_scores
from corpus.records import Corpus, Document, Problem, Profile, Score, Severity, SourceFile, SourceKind
from corpus.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class _Read:
    """What one file holds. The scores of pages are in their profiles."""

    problems: tuple[Problem, ...]
    scores: tuple[Score, ...] = ()
    profiles: tuple[Profile, ...] = ()
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A source file to be read: its path, its name in reports, its kind."""

    path: Path
    name: str
    kind: SourceKind


def shipped_sources() -> Path:
    """The folder of the corpus that comes with the project."""
    return Path(str(files("corpus").joinpath("shipped")))


def scan(roots: Sequence[Path]) -> tuple[FoundFile, ...]:
    """Every page, workbook and table below the folders, by name. What `folders.files_below` passes over is skipped.

    Names are paths below their folder, led by the folder's own name so that a folder such as 2021 counts. Raises OcqaError if
    a folder does not exist.
    """
    found: dict[Path, FoundFile] = {}
    for root in roots:
        if not root.exists():
            raise OcqaError(f"the sources folder {root} does not exist", "choose another with --sources, or create it")
        base = root.resolve()
        for path in files_below(base):
            kind = kind_of_file(path)
            if kind is not None and path not in found:
                found[path] = FoundFile(path, path.relative_to(base.parent).as_posix(), kind)
    return tuple(sorted(found.values(), key=lambda f: (f.name, str(f.path))))


def load_corpus(roots: Sequence[Path], taxonomy: Taxonomy, progress: Callable[[int, int, str], None] | None = None) -> Corpus:
    """Read everything below the folders. One bad file never stops the others; `progress` gets (done, total, name)."""
    found = scan(roots)
    profiles: list[Profile] = []
    documents: list[Document] = []
    scored: list[SourcedScores] = []
    sources: list[SourceFile] = []
    problems: list[Problem] = []
    for done, file in enumerate(found, start=1):
        try:
            data = read_bytes(file.path, SAVED_LIMITS[file.kind], file.kind)
            sources.append(SourceFile(file.name, file.kind, len(data), hashlib.sha256(data).hexdigest()))
            read = confined(_read_file, data, file.name, file.kind, shared=taxonomy)
        except SourceError as error:
            problems.append(Problem(file.name, error.place, error.message, error.hint, Severity.ERROR))
        except Exception as error:  # nobody foresaw it; the other files are read all the same
            problems.append(unforeseen(file.name, error))
        else:
            profiles += read.profiles
            documents += read.documents
            scored += [SourcedScores(file.name, file.kind, read.scores, _is_shipped(file.path))] if read.scores else []
            problems += read.problems
        if progress:
            progress(done, len(found), file.name)
    own_figures, own_problems = reconcile_scores(
        replace(file, scores=tuple(score for score in file.scores if score.own)) for file in scored
    )
    scored = [replace(file, scores=tuple(score for score in file.scores if not score.own)) for file in scored]
    kept_profiles, profile_problems = reconcile_profiles(profiles)
    scored += [SourcedScores(profile.source, SourceKind.PAGE, profile.scores) for profile in kept_profiles if profile.scores]
    scores, score_problems = reconcile_scores(scored)
    return Corpus(
        profiles=kept_profiles,
        scores=scores,
        sources=tuple(sources),
        problems=tuple(sorted((*problems, *profile_problems, *score_problems, *own_problems))),
        documents=reconcile_documents(documents),
        own_figures=own_figures,
    )


def _is_shipped(path: Path) -> bool:
    return path.is_relative_to(shipped_sources().resolve())


def unforeseen(name: str, error: Exception) -> Problem:
    """A fault in the program, as a problem of the file that it was met in."""
    what = f"the file made the program fail ({type(error).__name__}: {str(error)[:200]}); nothing of it is used"
    return Problem(name, "", what, "please report this with the file, and leave the file out meanwhile", Severity.ERROR)


def _read_file(data: bytes, name: str, kind: SourceKind, taxonomy: Taxonomy) -> _Read:
    if not data.strip():
        raise SourceError("the file is empty", "save it again, or remove it")
    if kind in SCORE_READERS:
        scores, problems = SCORE_READERS[kind](data, name, taxonomy)
        return _Read(problems, scores)
    readings = read_pages(data, name, taxonomy)
    return _Read(
        problems=tuple(problem for reading in readings for problem in reading.problems),
        profiles=tuple(reading.profile for reading in readings if reading.profile is not None),
        documents=tuple(reading.document for reading in readings if reading.document is not None),
    )
