"""What of a question's reading can be changed with one choice, and the question that each choice asks. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.contract import Answer
from index.kinds import Kind
from index.question import Question
from index.rephrase import Part, Rephrasing
from index.snapshot import Snapshot

ANY_COUNTRY = "All loaded countries"
_MOST_COUNTRIES = 4
_KINDS = {
    Kind.PASSAGES: "What the profile says",
    Kind.VALUE: "Score",
    Kind.RANK: "Rank",
    Kind.CHANGE: "Change",
    Kind.DEFINITION: "Definition",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One part of the reading: what it is now, and the question for each other choice, by its label.

    `now` is None where the question does not say it; `few` where all choices can be shown at once.
    """

    label: str
    now: str | None
    questions: Mapping[str, str]
    few: bool = False


def chips_of(snapshot: Snapshot, question: Question, answer: Answer) -> tuple[Chip, ...]:
    """Country, indicator, edition and kind, as far as the index has something to choose from."""
    rephrasing = Rephrasing(snapshot.gazetteer, snapshot.taxonomy)
    return tuple(
        chip
        for chip in (
            *_countries(snapshot, question, rephrasing),
            *_indicators(snapshot, question, rephrasing),
            _editions(snapshot, question, answer, rephrasing),
            _kinds(question, answer, rephrasing),
        )
        if chip is not None and chip.questions
    )


def _countries(snapshot: Snapshot, question: Question, rephrasing: Rephrasing) -> list[Chip]:
    names = {c: snapshot.taxonomy.countries[c].name for c in snapshot.loaded.countries | set(snapshot.text_editions)}
    offered = sorted(names, key=names.__getitem__)
    if not question.countries:
        if question.groups:
            return []
        return [Chip("Country", None, {names[c]: rephrasing.with_part(question.text, Part.COUNTRY, c) for c in offered})]
    shown = question.countries[:_MOST_COUNTRIES]
    return [
        Chip(
            "Country" if len(shown) == 1 else f"Country {number}",
            snapshot.taxonomy.countries[now].name,
            {
                names[c]: rephrasing.with_part(question.text, Part.COUNTRY, c, now)
                for c in offered
                if c == now or c not in question.countries
            },
        )
        for number, now in enumerate(shown, start=1)
    ]


def _indicators(snapshot: Snapshot, question: Question, rephrasing: Rephrasing) -> list[Chip]:
    named = {n.value for n in rephrasing.named(question.text) if n.part is Part.INDICATOR}
    indicators = snapshot.taxonomy.indicators
    return [
        Chip(
            "Indicator",
            indicators[now].name,
            {i.name: rephrasing.with_part(question.text, Part.INDICATOR, i.id, now) for i in indicators.values()},
        )
        for now in question.indicators
        if now in named
    ][:2]


def _editions(snapshot: Snapshot, question: Question, answer: Answer, rephrasing: Rephrasing) -> Chip | None:
    named = [n.value for n in rephrasing.named(question.text) if n.part is Part.EDITION]
    if len(set(named)) > 1:
        return None
    used = answer.understood.editions
    now = named[0] if named else str(used[0]) if len(used) == 1 else None
    questions = {str(e): rephrasing.with_part(question.text, Part.EDITION, str(e)) for e in snapshot.taxonomy.editions}
    return Chip("Edition", now, questions, few=True)


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
    return Chip("Asked for", now, {label: questions[label] for label in _KINDS.values() if label in questions}, few=True)
