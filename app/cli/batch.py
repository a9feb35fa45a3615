"""A file of questions to a file of answers: every line is answered or reported, and the output appears whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import OcqaError, QuestionError
from index.answers.answer import ask
from index.answers.declined_answer import refused
from index.contract.answer_object import Answer
from index.contract.refusal import RefusalReason
from index.contract.typed_results import Unavailable
from index.generations.snapshot import Snapshot

_LONGEST_LINE = 100_000


@dataclass(frozen=True, slots=True)
class BatchReport:
    """How many lines were answered or declined, and what was wrong with those that could be neither."""

    lines: int
    complaints: tuple[str, ...]


def answer_file(snapshot: Snapshot, questions: Path, output: Path, progress: Callable[[int], None]) -> BatchReport:
    """Answer a file of questions in order, one JSON object a line out for every line in that is not blank.

    A line that is not a question, or that cannot be answered, gives an object that says so, and the rest goes on. Raises
    OcqaError where a file cannot be read or written.
    """
    complaints: list[str] = []
    count = 0
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    except OSError as error:
        raise OcqaError(f"{output} cannot be written ({error.strerror})", "choose another file with --output") from error
    temporary = Path(name)
    try:
        # What UTF-8 cannot hold (half of a surrogate pair) is written as its JSON escape.
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as stream:
            for number, line in _lines(questions):
                answer, complaint = _answer_line(snapshot, line)
                if complaint:
                    complaints.append(f"{questions.name}, line {number}: {complaint}")
                stream.write(json.dumps(answer.to_dict(), ensure_ascii=False) + "\n")
                count += 1
                progress(count)
        temporary.chmod(0o644)
        temporary.replace(output)
    except OSError as error:
        raise OcqaError(f"{output} cannot be written ({error.strerror})", "choose another file with --output") from error
    finally:
        temporary.unlink(missing_ok=True)
    return BatchReport(count, tuple(complaints))


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with path.open("rb") as stream:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield number, line
    except OSError as error:
        raise OcqaError(f"{path} cannot be read ({error.strerror})", "give a JSON Lines file of questions") from error


def _answer_line(snapshot: Snapshot, line: bytes) -> tuple[Answer, str]:
    """The answer to one line, and a complaint where the line is not a question or could not be answered."""
    id, text = None, ""
    try:
        if len(line) > _LONGEST_LINE:
            raise QuestionError(f"the line has {len(line):,} bytes", "give one question a line")
        try:
            data = json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            raise QuestionError("the line is not JSON in UTF-8", 'write {"id": "Q1", "question": "…"}') from None
        if not isinstance(data, dict):
            raise QuestionError("the line is not a JSON object", 'write {"id": "Q1", "question": "…"}')
        id = str(data["id"]) if data.get("id") is not None else None
        if not isinstance(data.get("question"), str):
            raise QuestionError('the line has no text under "question"', 'write {"id": "Q1", "question": "…"}')
        text = data["question"]
        answer = ask(snapshot, text, id=id)
        failed = isinstance(answer.result, Unavailable) and answer.result.reason == RefusalReason.PROGRAM_FAILED
        return answer, answer.answer if failed else ""
    except OcqaError as error:
        return refused(snapshot, text, error, id=id), error.message
