"""Question sets in `ocqa eval`: check them, convert them, make them from feedback; and `ocqa ask --feedback`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.progress import Say
from app.reports.amounts import counted
from app.settings import FEEDBACK_VARIABLE, Settings
from corpus.errors import OcqaError, QuestionError

if TYPE_CHECKING:
    from index.evals.sets import Case
    from index.passages.passage import Passage


def lint_sets(paths: Sequence[Path], settings: Settings, say: Say, *, as_json: bool) -> int:
    """Print every finding in the sets, one per line or as a JSON list; 1 if one of them is an error."""
    from corpus.records import Severity
    from corpus.taxonomy import load_taxonomy
    from index.evals.lint import lint
    from index.evals.sets import read_sets

    sets: dict[str, tuple[Case, ...]] = {}
    for path in paths:
        name = path.name if path.name not in sets else str(path)
        sets[name] = read_sets([path])
    findings = lint(sets, _passages(settings), load_taxonomy())
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        print("".join(f"{finding}\n" for finding in findings), end="")
    errors = sum(f.severity is Severity.ERROR for f in findings)
    say(
        f"{counted(sum(map(len, sets.values())), 'question')} in {counted(len(sets), 'set')}: "
        f"{counted(errors, 'error')}, {counted(len(findings) - errors, 'warning')}"
    )
    return 1 if errors else 0


def convert_set(source: Path, target: Path, questions: Sequence[Path], settings: Settings, say: Say) -> int:
    """Convert between JSON Lines (.jsonl), a BEIR folder (no extension) and TREC qrels (any other extension)."""
    from index.evals.convert import to_beir, to_qrels
    from index.evals.sets import cases_to_jsonl

    cases = _read_any(source, questions, settings)
    if target.suffix == ".jsonl":
        files = {"": cases_to_jsonl(cases)}
    elif target.suffix:
        files = {"": to_qrels(cases)}
    else:
        files = to_beir(cases, _passages(settings))
    for name, text in files.items():
        path = target / name if name else target
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise OcqaError(f"{path} cannot be written ({error.strerror})", "choose another file or folder") from error
    say(f"{counted(len(cases), 'question')} written to {target}")
    return 0


def _read_any(source: Path, questions: Sequence[Path], settings: Settings) -> tuple[Case, ...]:
    from index.evals.convert import from_beir, from_qrels, read_questions
    from index.evals.sets import read_sets

    if source.is_dir():
        names = sorted(p.relative_to(source).as_posix() for p in [*source.glob("*.jsonl"), *source.glob("qrels/*.tsv")])
        return from_beir({name: _text(source / name) for name in names}, _passages(settings))
    if source.suffix == ".jsonl":
        return read_sets([source])
    if not questions:
        raise QuestionError(
            "qrels do not contain the text of questions", "ocqa eval QUESTIONS.jsonl --convert FILE.qrels SET.jsonl"
        )
    asked = [row for path in questions for row in read_questions(_text(path), path.name)]
    return from_qrels(_text(source), source.name, asked, _passages(settings))


def review_feedback(path: Path, settings: Settings, say: Say, *, keep_all: bool) -> int:
    """Print the feedback that a person keeps as a question set; asks on stderr and reads the replies from stdin."""
    from index.evals.feedback import cases_of_feedback
    from index.evals.sets import cases_to_jsonl

    cases, complaints = cases_of_feedback(_text(path), path.name)
    for complaint in complaints:
        say(complaint)
    texts = {} if keep_all else {p.id: p.text for p in _passages(settings)}
    kept: list[Case] = []
    for number, case in enumerate(cases, start=1):
        if keep_all:
            kept.append(case)
            continue
        say(f"\n{number} of {len(cases)}: {case.question}\n{_label_words(case, texts)}\nkeep? y or n, q to stop")
        reply = sys.stdin.readline().strip().lower()
        if reply in ("q", ""):
            break
        if reply in ("y", "yes"):
            kept.append(case)
    print(cases_to_jsonl(kept), end="")
    say(f"{len(kept)} of {len(cases)} questions kept")
    return 0


def keep_feedback(answer: Mapping[str, Any], said: str, settings: Settings, say: Say) -> None:
    """Append an opinion of an answer to the local file. Raises OcqaError if feedback is not switched on."""
    from index.evals.feedback import Opinion, append_feedback, feedback_of

    file = feedback_file(settings)
    opinion, number = (Opinion.RIGHT, int(said)) if said.isdigit() else (Opinion(said), None)
    append_feedback(file, feedback_of(answer, opinion, datetime.now(UTC).isoformat(timespec="seconds"), number))
    say(f"feedback kept in {file}")


def feedback_file(settings: Settings) -> Path:
    """The file that feedback goes to. Raises OcqaError if none is named."""
    if settings.feedback is None:
        raise OcqaError("feedback is not switched on", f"name a file to keep it in: {FEEDBACK_VARIABLE}=feedback.jsonl")
    return settings.feedback


def _label_words(case: Case, texts: Mapping[str, str]) -> str:
    if case.unanswerable:
        return "label: no answer"
    if case.expect is not None:
        return f"label: {dict(case.expect)}"
    return "\n".join(f"label: {g.place}, grade {g.grade}\n  {texts.get(g.place, 'not in the index')}" for g in case.gold)


def _passages(settings: Settings) -> tuple[Passage, ...]:
    from index.generations.snapshot import open_snapshot

    snapshot = open_snapshot(settings.index)
    snapshot.close()
    return snapshot.passages


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise OcqaError(f"{path} cannot be read ({reason})", "give a readable text file") from error
