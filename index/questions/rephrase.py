"""Replacing parts of a question, and completing follow-up questions. Pure.

The result is always the text of a question, so that it can be read, linked to and asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.errors import QuestionError
from corpus.naming import fold
from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.language.phrases import in_sentence, joined
from index.questions.kind import kind_of
from index.questions.names import Gazetteer, LinkKind, find_links
from index.questions.numbers import YEAR
from index.questions.question import Question, clean_question, understand
from index.questions.signs import spelt_out
from index.questions.slots import slots_of
from index.questions.spelling import tokenize
from index.questions.tokens import Token


class Part(StrEnum):
    """A part of a question that can be replaced."""

    COUNTRY = "country"
    INDICATOR = "indicator"
    EDITION = "edition"


@dataclass(frozen=True, slots=True)
class Named:
    """Something a question names: an ISO code, an indicator id or a year, at the tokens `start` to `end` (half-open)."""

    part: Part
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that only makes sense after another, and the whole question it stands for."""

    typed: str
    after: str
    question: str


_KINDS = {LinkKind.COUNTRY: Part.COUNTRY, LinkKind.DEMONYM: Part.COUNTRY, LinkKind.INDICATOR: Part.INDICATOR}
# All that a follow-up has besides the names that it puts in place of others. A verb makes a question that stands by itself.
_FOLLOWING = frozenset(
    "a about again also and at but compared edition for from how in instead now of ok okay on only or please same that the then "
    "this to too versus vs what with".split()
)
_BEGINNINGS = frozenset("and what how but or ok okay then".split())
_WHY = frozenset(("why", "why is that", "why so", "how come", "why not", "and why", "but why", "why is it"))


class Rephrasing:
    """Replaces parts of questions, using the known names."""

    def __init__(self, gazetteer: Gazetteer, taxonomy: Taxonomy) -> None:
        self._gazetteer = gazetteer
        self._taxonomy = taxonomy

    def named(self, text: str) -> tuple[Named, ...]:
        """What a question names, from left to right. Raises QuestionError if the text is not a question."""
        return self._named(self._tokens(text))

    def with_part(self, text: str, part: Part, value: str, instead_of: str | None = None) -> str:
        """The question with this country, indicator or edition in place of the one it names.

        `instead_of` says which one to replace; None replaces all of that part. If there is none, the new one is added at the end.
        """
        return self._with_values(text, part, (value,), instead_of)

    def as_kind(self, question: Question, kind: Kind, country: str, indicator: str, edition: int | None) -> str | None:
        """A question that asks for this kind of answer; None if there is none or it would be the same question."""
        where = self._taxonomy.countries[country].name
        what = in_sentence(self._taxonomy.indicators[indicator])
        when = f" in {edition}" if edition else ""
        wording = {
            Kind.PASSAGES: f"What does the profile of {where} say about {what}{when}?",
            Kind.VALUE: f"{where} {what} score{when}",
            Kind.RANK: f"How does {where} rank for {what}{when}?",
            Kind.CHANGE: f"How did the {what} score of {where} change?",
            Kind.DEFINITION: f"What is {what}?",
        }.get(kind)
        if wording is None or self._kind(wording) is not kind or wording == question.text:
            return None
        return wording

    def follow_up(self, typed: str, after: str) -> FollowUp | None:
        """The whole question meant by a follow-up to `after`; None if `typed` is complete in itself."""
        try:
            tokens = self._tokens(typed)
            clean_question(after)
        except QuestionError:
            return None
        named = self._named(tokens)
        if " ".join(t.word for t in tokens) in _WHY:
            return self._why(typed, after)
        parts = {n.part for n in named}
        linked = {i for n in named for i in range(n.start, n.end)}
        rest = [t.word for i, t in enumerate(tokens) if i not in linked]
        if any(word not in _FOLLOWING for word in rest):
            return self._there(typed, tokens, after) if Part.COUNTRY not in parts else None
        leads = bool(rest) and tokens[0].word in _BEGINNINGS
        if not named or ({Part.COUNTRY, Part.INDICATOR} <= parts and not leads):
            return None
        question = self._leaned(named, after)
        return FollowUp(typed, after, question) if question != after else None

    def _with_values(self, text: str, part: Part, values: Sequence[str], instead_of: str | None) -> str:
        tokens = self._tokens(text)
        found = [n for n in self._named(tokens) if n.part is part and instead_of in (None, n.value)]
        if not found:
            return (
                f"{text.rstrip(' ?.!')} {'' if part is Part.INDICATOR else 'in '}{joined(self._names(part, values))}{_end(text)}"
            )
        words = [token.gap + token.text for token in tokens]
        for named in reversed(found):
            words[named.start : named.end] = [self._replacing(tokens, named, values)]
        return "".join(words).strip() + _end(text)

    def _leaned(self, named: Sequence[Named], after: str) -> str:
        """The previous question with the follow-up's names in place of its own, or added to them if it named several."""
        question = after
        earlier = self.named(after)
        for part in Part:
            values = list(dict.fromkeys(n.value for n in named if n.part is part))
            before = list(dict.fromkeys(n.value for n in earlier if n.part is part))
            if values and len(before) > 1:
                question = self._with_values(question, part, (before[-1], *(v for v in values if v not in before)), before[-1])
            elif values:
                question = self._with_values(question, part, values, None)
        return question

    def _there(self, typed: str, tokens: Sequence[Token], after: str) -> FollowUp | None:
        """ "There" is the only country of the previous question."""
        countries = {n.value for n in self.named(after) if n.part is Part.COUNTRY}
        if len(countries) != 1 or "there" not in [t.word for t in tokens[1:]]:
            return None
        where = f"in {self._taxonomy.countries[min(countries)].name}"
        words = [t.gap + (where if i and t.word == "there" else t.text) for i, t in enumerate(tokens)]
        return FollowUp(typed, after, "".join(words).strip() + _end(typed))

    def _why(self, typed: str, after: str) -> FollowUp | None:
        """Why a score is what it is: what the profile says about it."""
        try:
            question = understand(after, self._gazetteer, self._taxonomy.editions)
        except QuestionError:
            return None
        if kind_of(slots_of(question.reading)) is Kind.PASSAGES or not (question.countries and question.indicators):
            return None
        edition = question.editions[-1] if question.editions else None
        asked = self.as_kind(question, Kind.PASSAGES, question.countries[0], question.indicators[0], edition)
        return FollowUp(typed, after, asked) if asked else None

    def _kind(self, text: str) -> Kind:
        return kind_of(slots_of(understand(text, self._gazetteer, self._taxonomy.editions).reading))

    def _tokens(self, text: str) -> tuple[Token, ...]:
        return tokenize(spelt_out(clean_question(text)), self._gazetteer)[0]

    def _named(self, tokens: Sequence[Token]) -> tuple[Named, ...]:
        links = find_links(tokens, self._gazetteer)
        found = [
            Named(_KINDS[k.target.kind], k.target.ids[0], k.start, k.end)
            for k in links
            if k.target.kind in _KINDS and len(k.target.ids) == 1
        ]
        linked = {i for link in links for i in range(link.start, link.end)}
        editions = {str(e) for e in self._taxonomy.editions}
        found += [
            Named(Part.EDITION, t.folded, i, i + 1)
            for i, t in enumerate(tokens)
            if i not in linked and YEAR.fullmatch(t.folded) and t.folded in editions
        ]
        return tuple(sorted(found, key=lambda n: n.start))

    def _names(self, part: Part, values: Sequence[str]) -> list[str]:
        if part is Part.EDITION:
            return list(values)
        if part is Part.INDICATOR:
            return [in_sentence(self._taxonomy.indicators[value]) for value in values]
        return [self._taxonomy.countries[value].name for value in values]

    def _replacing(self, tokens: Sequence[Token], named: Named, values: Sequence[str]) -> str:
        """The new words in the form of the old: a demonym for a demonym, a possessive for a possessive."""
        gap, last = tokens[named.start].gap, tokens[named.end - 1].text
        if named.part is Part.COUNTRY and len(values) == 1:
            old, new = self._taxonomy.countries[named.value], self._taxonomy.countries[values[0]]
            typed = " ".join(t.folded for t in tokens[named.start : named.end])
            for plural in ("", "s"):
                if new.demonyms and typed in {fold(d + plural) for d in old.demonyms}:
                    return gap + new.demonyms[0] + plural
        return gap + joined(self._names(named.part, values)) + (last[-2:] if last[-2:] in ("'s", "’s") else "")


def _end(text: str) -> str:
    return "?" if text.rstrip().endswith("?") else ""
