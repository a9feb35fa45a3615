"""What is said around an answer: how sure the reading is, and what the questions offered beside it are. Pure."""

from __future__ import annotations

from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.contract.refusal import RefusalReason
from index.contract.typed_results import Unavailable

# A reading less likely than this is shown with a doubt. Readings less likely still are not answered at all.
_DOUBTED_BELOW = 0.7
_NEXT = frozenset({Kind.OVERVIEW, Kind.AGGREGATE})


def is_unsure(answer: Answer) -> bool:
    """Whether the question may not have been understood, so that nothing was answered."""
    return isinstance(answer.result, Unavailable) and answer.result.reason == RefusalReason.NOT_UNDERSTOOD


def doubt_words(answer: Answer) -> str:
    """A sentence where an answered question may have been read wrongly; empty where the reading is sure or was not weighed."""
    doubted = answer.answered and 0.0 < answer.understood.confidence < _DOUBTED_BELOW
    return "This may not be what you meant." if doubted else ""


def offers_heading(answer: Answer) -> str:
    """What the questions offered beside an answer are; empty if there are none."""
    if not answer.alternatives:
        return ""
    if answer.understood.kind == Kind.ABOUT or (not answer.answered and _outside(answer)):
        return "You could ask:"
    if answer.answered and answer.understood.kind in _NEXT:
        return "Go on with:"
    return "Did you mean:"


def _outside(answer: Answer) -> bool:
    return isinstance(answer.result, Unavailable) and answer.result.reason == RefusalReason.OUTSIDE_INDEX
