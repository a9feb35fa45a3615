"""What is said around an answer: how sure the reading is, and what the questions offered beside it are. Pure."""

from __future__ import annotations

from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.contract.refusal import RefusalReason
from index.contract.typed_results import Unavailable

# A reading less likely than this is shown with a doubt. Readings less likely still are not answered at all.
_DOUBTED_BELOW = 0.7
# How sure an answer from text is, in words: a number would look more exact than it is.
_MATCHES = ((0.9, "a strong match"), (0.7, "a fair match"), (0.0, "the closest passage; it may not answer the question"))
_NEXT = frozenset({Kind.OVERVIEW, Kind.AGGREGATE})


def is_unsure(answer: Answer) -> bool:
    """Whether the question may not have been understood, so that nothing was answered."""
    return isinstance(answer.result, Unavailable) and answer.result.reason == RefusalReason.NOT_UNDERSTOOD


def doubt_words(answer: Answer) -> str:
    """A sentence where an answered question may have been read wrongly; empty where the reading is sure or was not weighed."""
    doubted = answer.answered and 0.0 < answer.understood.confidence < _DOUBTED_BELOW
    return "This may not be what you meant." if doubted else ""


def kind_line(answer: Answer, taxonomy: Taxonomy) -> str:
    """What the answer is made of, to stand above it: quoted, said in other words, computed, or that there is none."""
    if not answer.answered:
        return "I may not have understood" if is_unsure(answer) else "No answer in what is loaded"
    if answer.result is None:
        first = answer.passages[0]
        restated = "in our words, after" if first.note else "quoted from"
        sure = next(word for floor, word in _MATCHES if answer.confidence >= floor)
        if first.country is None:
            return f"Quoted from a definition · {sure}"
        return f"From the profile text, {restated} {taxonomy.countries[first.country].name} {first.edition} · {sure}"
    if answer.understood.kind == Kind.ABOUT:
        return "About the Index"
    if answer.understood.kind == Kind.PAGE_FACT:
        return "Printed on the page"
    return "From the scores"


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
