"""The parts of a question's reading that one choice can change, and the question that each choice asks. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.content.answer_rows import ANSWER_TYPES
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.generations.snapshot import Snapshot
from index.questions.question import Question
from index.questions.rephrase import Part, Rephrasing

_MOST_COUNTRIES = 4
# The types of answer that one country and one indicator are enough for.
_KINDS = {kind: ANSWER_TYPES[kind] for kind in (Kind.PASSAGES, Kind.VALUE, Kind.RANK, Kind.CHANGE, Kind.DEFINITION)}

# Answers that no country can be added to.
_NOT_OF_COUNTRIES = frozenset({Kind.GROUP_RANKING, Kind.INDICATOR_RANKING, Kind.CORRELATION})


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the reading: what it is now, and what it can be changed to.

    `now` is None if the question does not say; `question` turns a choice into the question it asks; `few` means that all
    choices fit side by side.
    """

    label: str
    now: str | None
    choices: tuple[str, ...]
    question: Callable[[str], str]
    few: bool = False


def chips_of(snapshot: Snapshot, question: Question, answer: Answer) -> tuple[Chip, ...]:
    """Country, indicator, edition and type of answer, each where the index offers a choice; none about the Index itself."""
    if answer.understood.kind == Kind.ABOUT:
        return ()
    rephrasing = Rephrasing(snapshot.gazetteer, snapshot.taxonomy)
    return tuple(
        chip
        for chip in (
            *_countries(snapshot, question, answer, rephrasing),
            *_indicators(snapshot, question, rephrasing),
            _editions(snapshot, question, answer, rephrasing),
            _kinds(question, answer, rephrasing),
        )
        if chip is not None and chip.choices
    )


def _countries(snapshot: Snapshot, question: Question, answer: Answer, rephrasing: Rephrasing) -> list[Chip]:
    names = {c: snapshot.taxonomy.countries[c].name for c in snapshot.loaded.countries | set(snapshot.text_editions)}
    codes = {name: code for code, name in sorted(names.items(), key=lambda pair: pair[1])}
    if not question.countries:
        if question.groups or answer.understood.kind in _NOT_OF_COUNTRIES:
            return []
        return [_chip("Country", None, codes, question, Part.COUNTRY, None, rephrasing)]
    shown = question.countries[:_MOST_COUNTRIES]
    chips = []
    for number, now in enumerate(shown, start=1):
        offered = {name: c for name, c in codes.items() if c == now or c not in question.countries}
        label = "Country" if len(shown) == 1 else f"Country {number}"
        chips.append(_chip(label, snapshot.taxonomy.countries[now].name, offered, question, Part.COUNTRY, now, rephrasing))
    return chips


def _chip(
    label: str,
    now: str | None,
    values: Mapping[str, str],
    question: Question,
    part: Part,
    instead_of: str | None,
    rephrasing: Rephrasing,
) -> Chip:
    return Chip(label, now, tuple(values), lambda chosen: rephrasing.with_part(question.text, part, values[chosen], instead_of))


def _indicators(snapshot: Snapshot, question: Question, rephrasing: Rephrasing) -> list[Chip]:
    named = {n.value for n in rephrasing.named(question.text) if n.part is Part.INDICATOR}
    indicators = snapshot.taxonomy.indicators
    ids = {i.name: i.id for i in indicators.values()}
    shown = [now for now in question.indicators if now in named][:2]
    labels = ["Indicator"] if len(shown) == 1 else [f"Indicator {number}" for number in range(1, len(shown) + 1)]
    return [
        _chip(label, indicators[now].name, ids, question, Part.INDICATOR, now, rephrasing)
        for label, now in zip(labels, shown, strict=True)
    ]


def _editions(snapshot: Snapshot, question: Question, answer: Answer, rephrasing: Rephrasing) -> Chip | None:
    named = [n.value for n in rephrasing.named(question.text) if n.part is Part.EDITION]
    used = answer.understood.editions
    # "Since 2021" names an edition that the answer is not of.
    if len(set(named)) > 1 or (named and used and int(named[0]) not in used):
        return None
    now = named[0] if named else str(used[0]) if len(used) == 1 else None
    years = {str(e): str(e) for e in snapshot.taxonomy.editions}
    return replace(_chip("Edition", now, years, question, Part.EDITION, None, rephrasing), few=True)


def _kinds(question: Question, answer: Answer, rephrasing: Rephrasing) -> Chip | None:
    if len(question.countries) != 1 or len(answer.understood.indicators) != 1:
        return None
    country, indicator = question.countries[0], answer.understood.indicators[0]
    edition = question.editions[0] if len(question.editions) == 1 else None
    now = next((label for kind, label in _KINDS.items() if kind == answer.understood.kind), None)
    questions = {} if now is None else {now: question.text}
    for kind, label in _KINDS.items():
        if label != now and (text := rephrasing.as_kind(question, kind, country, indicator, edition)) is not None:
            questions[label] = text
    return Chip(
        "Type of answer", now, tuple(label for label in _KINDS.values() if label in questions), questions.__getitem__, few=True
    )
