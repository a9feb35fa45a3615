"""Saved questions answered by the previous build and by the new one: what readers would notice of an update."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corpus.errors import OcqaError, QuestionError
from corpus.placing import append_line
from index.answers.answer import ask
from index.builder.report import Drift, DriftReport
from index.contract.answer_object import Answer
from index.generations.snapshot import Snapshot

SAVED = "saved_questions.jsonl"
_LONGEST = 160


def save_question(path: Path, question: str) -> bool:
    """Add a question to a file unless it is there already; whether it was added. Raises OcqaError if the file cannot be used."""
    if path.exists() and question in read_questions(path):
        return False
    try:
        append_line(path, json.dumps({"question": question}, ensure_ascii=False), 0o644)
    except OSError as error:
        raise OcqaError(f"{path} cannot be written ({error.strerror})", "check its permissions") from error
    return True


def read_questions(path: Path) -> tuple[str, ...]:
    """The questions of a JSON Lines file with a "question" a line: saved ones, a batch or a question set.

    Raises OcqaError naming the first line that is not one.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise OcqaError(f"{path} cannot be read ({error})", "give a JSON Lines file of questions") from error
    questions = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)["question"]
        except (ValueError, TypeError, KeyError, RecursionError):
            question = None
        if not isinstance(question, str):
            raise OcqaError(f"{path}, line {number}: not a question", 'write {"question": "…"} on each line')
        questions.append(question)
    return tuple(dict.fromkeys(questions))


def compare_answers(
    before: Snapshot, after: Snapshot, questions: Sequence[str], progress: Callable[[int, int], None] | None = None
) -> DriftReport:
    """Ask both builds; a text that is not a question is left out."""
    drifts: list[Drift] = []
    asked = 0
    for done, question in enumerate(questions, start=1):
        try:
            old, new = ask(before, question), ask(after, question)
        except QuestionError:
            continue
        asked += 1
        drifts += _drifts(old, new)
        if progress:
            progress(done, len(questions))
    return DriftReport(asked, tuple(drifts))


def _drifts(old: Answer, new: Answer) -> Iterator[Drift]:
    if old.answered and not new.answered:
        yield Drift(old.question, "lost", _short(old.answer), _short(new.answer))
    elif new.answered and not old.answered:
        yield Drift(old.question, "gained", _short(old.answer), _short(new.answer))
    elif old.answered:
        yield from _moved(old, new)
    yield from _other_facts(old, new)


def _moved(old: Answer, new: Answer) -> Iterator[Drift]:
    """A different first passage, or other words quoted from the same one."""
    if old.result is None and new.result is None and old.passages and new.passages:
        a, b = old.passages[0], new.passages[0]
        if a.id != b.id and a.text != b.text:
            yield Drift(old.question, "first passage", f"{a.id}: {_short(old.answer)}", f"{b.id}: {_short(new.answer)}")
        elif old.answer != new.answer:
            yield Drift(old.question, "words", _short(old.answer), _short(new.answer))


def _other_facts(old: Answer, new: Answer) -> Iterator[Drift]:
    a = {(f.country, f.edition, f.indicator): f.value for f in old.facts}
    b = {(f.country, f.edition, f.indicator): f.value for f in new.facts}
    # Which scores are shown beside a passage depends on the passage, so only differing figures count as a change.
    compared = a.keys() & b.keys() if old.result is None or new.result is None else a.keys() | b.keys()
    differing = [key for key in sorted(compared) if a.get(key) != b.get(key)]
    results = (json.dumps(_result(old), sort_keys=True), json.dumps(_result(new), sort_keys=True))
    if differing:
        yield Drift(old.question, "facts", _facts(a, differing), _facts(b, differing))
    elif old.answered and new.answered and results[0] != results[1]:
        yield Drift(old.question, "result", _short(old.answer), _short(new.answer))


def _result(answer: Answer) -> object:
    return answer.to_dict()["result"]


def _facts(values: dict[tuple[str, int, str], float], keys: Sequence[tuple[str, int, str]]) -> str:
    shown = [f"{c} {e} {i} {values[c, e, i]:.2f}" if (c, e, i) in values else f"{c} {e} {i} none" for c, e, i in keys[:4]]
    return _short(", ".join(shown) + (f" and {len(keys) - 4} more" if len(keys) > 4 else ""))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
