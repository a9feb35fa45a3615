"""An unexpected error turned into an answer: it says that the program failed, and claims nothing about the question."""

from __future__ import annotations

import logging

from index.contract.answer_object import Answer, Understood
from index.contract.refusal import RefusalReason
from index.contract.typed_results import Unavailable

_WHY = "the program failed on this question"
_LOG = logging.getLogger("ocqa")


def failed_answer(text: str, error: Exception, generation: str) -> Answer:
    """The answer to a question that made the program fail. The traceback goes to the log: stderr, unless configured otherwise.

    Its confidence is 0, since a failure says nothing about whether the loaded sources hold an answer.
    """
    _LOG.error("unforeseen error while answering %r", text, exc_info=error)
    kind = type(error).__name__
    return Answer(
        question=text,
        understood=Understood("unavailable", (), (), (), (), "not read: the program failed"),
        answered=False,
        confidence=0.0,
        answer=f"{_WHY[0].upper()}{_WHY[1:]} ({kind}), so there is no answer. The fault is in the program, not in the question.",
        result=Unavailable(f"{_WHY} ({kind})", RefusalReason.PROGRAM_FAILED),
        facts=(),
        passages=(),
        notes=("The details are in the program's error output; please report them. Wording the question differently may help.",),
        generation=generation,
    )
