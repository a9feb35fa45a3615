"""A corpus in several indexes, asked as one: every shard has the profiles of its own countries and the scores of all.

A shard is an ordinary index, built by `build_index` from its share of the corpus and opened by `open_snapshot`. A question that
names countries goes to the shards with their profiles, any other question to all. The most relevant passage of the shards that
have an answer comes first. The weight of a word depends on how rare it is in a shard, and each shard judges its own passages, so
passages of different shards are ranked almost, but not exactly, as in one index.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from corpus.records import Corpus
from corpus.taxonomy import Taxonomy
from index.answers.answer import MOST_PASSAGES, ask
from index.answers.mentions_answer import mentions_words, silence_words
from index.contract.answer_object import Answer, FoundPassage
from index.contract.refusal import Refusal, RefusalReason
from index.contract.typed_results import Mention, MentionsResult, Unavailable
from index.generations.snapshot import Snapshot
from index.questions.names import Gazetteer, build_gazetteer
from index.questions.question import Question, understand
from index.retrieval.mentions import Sought, sought_mention

Awaited = Callable[[], Answer]


class Shard(Protocol):
    """An index that answers, here or in another process."""

    @property
    def countries(self) -> frozenset[str]:
        """The countries with a loaded profile."""

    def ask(self, text: str, limit: int) -> Awaited:
        """Start answering a question; call the result to wait for the answer."""


@dataclass(frozen=True)
class OpenShard:
    """A shard in this process; it answers when the result of `ask` is called."""

    snapshot: Snapshot

    @property
    def countries(self) -> frozenset[str]:
        """The countries with a loaded profile."""
        return frozenset(self.snapshot.text_editions)

    def ask(self, text: str, limit: int) -> Awaited:
        """Return a call that answers a question."""
        return partial(ask, self.snapshot, text, limit=limit)


def share(corpus: Corpus, number: int, of: int, taxonomy: Taxonomy) -> Corpus:
    """The part of a corpus for shard `number`, from 1, out of `of`: the profiles of every `of`-th country, and all scores.

    A country's shard depends on nothing else, so adding or changing a page affects only one shard.
    """
    own = {country for at, country in enumerate(sorted(taxonomy.countries)) if at % of == number - 1}
    elsewhere = {profile.source for profile in corpus.profiles if profile.country not in own}
    return replace(
        corpus,
        profiles=tuple(profile for profile in corpus.profiles if profile.country in own),
        sources=tuple(source for source in corpus.sources if source.name not in elsewhere),
        problems=tuple(problem for problem in corpus.problems if problem.source not in elsewhere),
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """What is needed to read a question."""

    taxonomy: Taxonomy
    gazetteer: Gazetteer


class Shards:
    """Shards asked as one index. Safe to share between threads if its shards are."""

    def __init__(self, shards: Sequence[Shard], taxonomy: Taxonomy) -> None:
        self._shards = tuple(shards)
        self._names = _Names(taxonomy, build_gazetteer(taxonomy))
        self._loaded = frozenset().union(*(shard.countries for shard in self._shards))

    def ask(self, text: str, *, id: str | None = None, limit: int = MOST_PASSAGES) -> Answer:
        """Answer a question from all shards it concerns. Raises QuestionError for a text that is not a question.

        If a shard fails, so does the question: an answer never leaves out pages silently.
        """
        question = understand(text, self._names.gazetteer, self._names.taxonomy.editions)
        sought = sought_mention(question.text, self._names)
        asked = self._shards if sought is not None else self.concerned(question)
        awaited = [shard.ask(text, limit) for shard in asked]
        answers = [answer() for answer in awaited]
        if len(answers) == 1:
            return replace(answers[0], id=id)
        if sought is not None:
            return replace(self._mentioning(sought, answers, limit), id=id)
        return replace(first_of(answers, question.countries, limit), id=id)

    def concerned(self, question: Question) -> tuple[Shard, ...]:
        """The shards with profiles of the countries asked about or, if there are none, mentioned; else all."""
        groups = self._members(question.groups, question.editions)
        ambiguous = {country for _, ids in question.ambiguous for country in ids}
        for countries in (question.countries, ambiguous, groups, question.capitals, question.mentions):
            holding = tuple(shard for shard in self._shards if not shard.countries.isdisjoint(countries))
            if holding:
                return holding
        return self._shards

    def _members(self, groups: Sequence[str], editions: Sequence[int]) -> set[str]:
        taxonomy = self._names.taxonomy
        return {country for group in groups for country in taxonomy.members(group, max(editions or taxonomy.editions))}

    def _mentioning(self, sought: Sought, answers: Sequence[Answer], limit: int) -> Answer:
        """The countries of all shards whose profiles mention something, with a sentence from each."""
        named = [a for a in answers if isinstance(a.result, MentionsResult)]
        understood = (named or answers)[0].understood
        of = len(self._loaded & self._members(understood.groups, understood.editions) if understood.groups else self._loaded)
        if not named:
            silent = Refusal(RefusalReason.PAGE_SILENT, silence_words(sought.phrase, of))
            return replace(answers[0], answer=silent.sentence, result=Unavailable(silent.why, silent.reason))
        # A shard with all words in one sentence is more certain than one where general words had to be dropped.
        surest = max(a.confidence for a in named)
        named = [a for a in named if a.confidence == surest]
        mentions = sorted((m for a in named for m in _mentions(a)), key=lambda m: m.country)
        names = [f"{self._names.taxonomy.countries[m.country].name} ({m.edition})" for m in mentions]
        passages = sorted((p for a in named for p in a.passages), key=lambda p: p.country or "")
        return replace(
            named[0],
            answer=mentions_words(sought.phrase, names, of),
            result=MentionsResult(tuple(m.country for m in mentions), sought.phrase, tuple(mentions)),
            passages=tuple(passages[:limit]),
            notes=tuple(dict.fromkeys(note for a in named for note in a.notes)),
        )


def _mentions(answer: Answer) -> tuple[Mention, ...]:
    return answer.result.mentions if isinstance(answer.result, MentionsResult) else ()


def first_of(answers: Sequence[Answer], countries: Sequence[str], limit: int) -> Answer:
    """The answer whose first passage is the most relevant, one that was given before one that was declined, ties by its place;
    with the passages of all, those of a shard in its order.

    If several countries are asked about, their passages alternate, as in one index. Answers about scores are the same in every
    shard, except for the paragraphs that explain them.
    """
    best = min(answers, key=_order)
    ordered = _merged([answer.passages for answer in sorted(answers, key=_order)])
    if len(countries) > 1:
        ordered = _in_turns(ordered)
    # Nothing is highlighted in a passage that does not answer.
    listed = tuple(ordered if best.answered else (replace(p, highlight=()) for p in ordered))
    note = f"The profiles are spread over {len(answers)} indexes; statements about loaded profiles refer to the one that answers."
    return replace(best, passages=listed[:limit], notes=best.notes if best.query is not None else (*best.notes, note))


def _order(answer: Answer) -> tuple[bool, float, tuple[str, int, str]]:
    first = next(iter(answer.passages), None)
    if first is None:
        return (not answer.answered, float("inf"), ("", 0, ""))
    return (not answer.answered, -first.score, _place(first))


def _merged(by_shard: Sequence[Sequence[FoundPassage]]) -> list[FoundPassage]:
    """The passages of the shards, in the order that the judge gave those of each; the most relevant of those next comes first.

    Several shards may have a definition; that of the first one is kept.
    """
    queues = [list(passages) for passages in by_shard if passages]
    found = {queues[0][0].id: queues[0].pop(0)} if queues else {}
    while queues := [queue for queue in queues if queue]:
        next_one = min(queues, key=lambda queue: (-queue[0].score, _place(queue[0]))).pop(0)
        found.setdefault(next_one.id, next_one)
    return list(found.values())


def _in_turns(passages: Sequence[FoundPassage]) -> list[FoundPassage]:
    queues: dict[str | None, list[FoundPassage]] = {}
    for passage in passages:
        queues.setdefault(passage.country, []).append(passage)
    longest = max(map(len, queues.values()), default=0)
    return [queue[i] for i in range(longest) for queue in queues.values() if i < len(queue)]


def _place(passage: FoundPassage) -> tuple[str, int, str]:
    return (passage.country or "", -(passage.edition or 0), passage.id)
