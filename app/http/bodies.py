"""What is sent back, as bytes: the answer to the arguments of an address or of a body. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from app.http.addresses import Address
from app.programs.arguments import answer_request, from_text, operation_of
from corpus.errors import QuestionError
from index.generations.snapshot import Snapshot


def body_of(data: Mapping[str, Any]) -> bytes:
    """JSON in UTF-8."""
    # Half of a surrogate pair, which UTF-8 cannot hold, is written as its escape.
    return json.dumps(data, ensure_ascii=False).encode("utf-8", errors="backslashreplace")


def got(snapshot: Snapshot, address: Address, pairs: Sequence[tuple[str, str]]) -> bytes:
    """The answer to the arguments of an address. Raises QuestionError where they are wrong."""
    return body_of(answer_request(snapshot, address.operation, from_text(operation_of(address.operation), pairs)))


def posted(
    snapshot: Snapshot, address: Address, in_path: Mapping[str, str], sent: Mapping[str, Any], most_questions: int
) -> bytes:
    """The answer to the arguments of a body; for several questions, their answers in the same order.

    Raises QuestionError where they are wrong.
    """
    named = from_text(operation_of(address.operation), list(in_path.items()))
    several = sent.get("questions")
    if address.operation != "ask" or several is None:
        return body_of(answer_request(snapshot, address.operation, {**sent, **named}))
    if not isinstance(several, list) or len(several) > most_questions or not all(isinstance(q, dict) for q in several):
        raise QuestionError(
            "questions is not a list of questions, or too long", f'send up to {most_questions} objects {{"id": …, "question": …}}'
        )
    rest = {name: value for name, value in sent.items() if name != "questions"}
    return body_of({"answers": [answer_request(snapshot, "ask", rest | question) for question in several]})
