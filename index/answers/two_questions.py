"""Two questions in one: "who makes this index and who pays for it". Both are answered, or the reader is told which one is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index.about.match import AboutMatch
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.contract.briefing_results import AboutResult
from index.meaning.halves import asks_more_of_the_first, clauses_of

# A second question is one for an entry from this chance on.
_CLEARLY = 0.8
_ONE_FIGURE = (Kind.VALUE, Kind.RANK, Kind.SET, Kind.RANKING, Kind.COMPARISON, Kind.OVERVIEW)


def both_entries(text: str, whole: AboutMatch, match: Callable[[str], AboutMatch]) -> tuple[AboutMatch, ...]:
    """The entries of the two questions of a text about the Index, in their order; that of the whole if they are not two."""
    for clauses in clauses_of(text):
        found = [match(clause) for clause in clauses]
        clear = all(m.near and not m.beyond and m.probability >= _CLEARLY for m in found)
        if clear and found[0].entry.id != found[1].entry.id:
            return tuple(found)
    return (whole,)


def joined_entries(first: Answer, second: Answer) -> Answer:
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
    clauses = next(clauses_of(text), None)
    steps = answer.query is not None and answer.query.steps
    several = len({fact.indicator for fact in answer.facts}) > 1 and answer.understood.kind != Kind.OVERVIEW
    if clauses is None or steps or several or not answer.answered or answer.understood.kind not in _ONE_FIGURE:
        return ()
    if asks_more_of_the_first(clauses[1]):
        return ()
    other = clauses[1].rstrip("?. ")
    return (f"The question seems to ask two things; this answers the first. Ask the other by itself: {other!r}.",)
