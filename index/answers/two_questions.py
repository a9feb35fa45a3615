"""Two questions in one: "who makes this index and who pays for it". Both are answered, or the reader is told which one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index.about.match import AboutMatch
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.contract.briefing_results import AboutResult
from index.language.late_pattern import LatePattern

_SECOND = LatePattern(
    r"^(?P<first>(?:\S+\s+){2,}?\S+?)(?:[,;]?\s+(?:and|&)\s+(?:also\s+|then\s+)?|[?]\s+(?:and\s+|also\s+)?)"
    r"(?P<second>(?:who|whom|whose|what|how|why|where|when|is it|is that|are they|has it|have they|does it|do they|did it|can i|"
    r"can we|if it)\b\s*\w.*)$"
)
# What only asks for more of the same answer: "did it fall, and by how much", "is any above 7, and which is it".
_OF_THE_FIRST = LatePattern(r"^(?:by )?(?:how (?:much|many|far)|which|who|what)\b[\w\s]{0,25}[?.]?$")
# A second question is one for an entry from this chance on.
_CLEARLY = 0.8
_ONE_FIGURE = (Kind.VALUE, Kind.RANK, Kind.SET, Kind.RANKING, Kind.COMPARISON, Kind.OVERVIEW)


def clauses_of(text: str) -> tuple[str, str] | None:
    """The two questions of a text, each as typed; None where there is one."""
    found = _SECOND.match(text.strip().lower())
    if found is None:
        return None
    cut = found.start("second")
    return text.strip()[: found.end("first")], text.strip()[cut:]


def both_entries(text: str, whole: AboutMatch, match: Callable[[str], AboutMatch]) -> tuple[AboutMatch, ...]:
    """The entries of the two questions of a text about the Index, in their order; that of the whole if they are not two."""
    clauses = clauses_of(text)
    if clauses is None:
        return (whole,)
    found = [match(clause) for clause in clauses]
    clear = all(m.near and not m.beyond and m.probability >= _CLEARLY for m in found)
    return tuple(found) if clear and found[0].entry.id != found[1].entry.id else (whole,)


def joined_answers(first: Answer, second: Answer) -> Answer:
    """The first answer about the Index with the second behind it."""
    assert isinstance(first.result, AboutResult) and isinstance(second.result, AboutResult)
    said = f"{first.answer} {second.answer}"
    return replace(
        first,
        answer=said,
        result=replace(first.result, text=said),
        notes=tuple(dict.fromkeys([*first.notes, *second.notes])),
    )


def second_note(text: str, answer: Answer) -> tuple[str, ...]:
    """That only the first of two questions is answered, where the second asks for something else."""
    clauses = clauses_of(text)
    steps = answer.query is not None and answer.query.steps
    several = len({fact.indicator for fact in answer.facts}) > 1 and answer.understood.kind != Kind.OVERVIEW
    if clauses is None or steps or several or not answer.answered or answer.understood.kind not in _ONE_FIGURE:
        return ()
    if _OF_THE_FIRST.match(clauses[1].lower()):
        return ()
    other = clauses[1].rstrip("?. ")
    return (f"The question seems to ask two things; this answers the first. Ask the other by itself: {other!r}.",)
