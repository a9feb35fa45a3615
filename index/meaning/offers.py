"""A meaning put back into a complete question, to offer where it is not certain that it was meant. Pure."""

from __future__ import annotations

from collections.abc import Callable

from corpus.taxonomy import WORLD, Taxonomy
from index.contract.answer_kind import Kind
from index.language.phrases import group_in_sentence, in_sentence, joined
from index.meaning.meaning import By, Direction, Meaning, OfIndicator, OfPlace, Test
from index.questions.context import OVERALL
from index.scores.query import Op
from index.scores.statistics import STAT_WORDS, Stat

_ENDS = {
    Direction.HIGH: "highest",
    Direction.LOW: "lowest",
    Direction.UP: "largest rise in",
    Direction.DOWN: "largest fall in",
}
_PLACES = {2: "second ", 3: "third ", 4: "fourth ", 5: "fifth "}


def question_of(meaning: Meaning, taxonomy: Taxonomy) -> str | None:
    """A complete question with this meaning in plain words; None for one of several steps or about all or any of a group."""
    if meaning.among is not None or (meaning.yes_no and meaning.quantifier is not None):
        return None
    writers: dict[Kind, Callable[[Meaning, _Words], str]] = {
        Kind.VALUE: lambda m, w: f"What is the {w.topics} score of {w.countries}{w.when}?",
        Kind.RANK: lambda m, w: f"How does {w.countries} rank for {w.topics}{w.inside}{w.when}?",
        Kind.CHANGE: lambda m, w: f"How did the {w.topics} score of {w.countries} change{w.between}?",
        Kind.TREND: lambda m, w: f"How has {w.topics} developed in {w.where} over the editions?",
        Kind.COMPARISON: lambda m, w: f"Compare the {w.topics} scores of {w.countries or w.groups}{w.when}.",
        Kind.DIFFERENCE: lambda m, w: f"How far apart are {w.both} for {w.topics}{w.when}?",
        Kind.SET: _set,
        Kind.RANKING: _ranking,
        Kind.COUNT: lambda m, w: f"How many countries{w.inside} {w.conditions}{w.when}?",
        Kind.AGGREGATE: lambda m, w: f"What is the {w.stat} {w.topics} score{w.inside}{w.when}?",
        Kind.GROUP_RANKING: _group_ranking,
        Kind.INDICATOR_RANKING: lambda m, w: f"Which {w.family} has the {w.end} average{w.inside}{w.when}?",
        Kind.INDICATOR_SET: lambda m, w: f"Which {w.family} of {w.countries} has the {w.end} score{w.when}?",
        Kind.CORRELATION: lambda m, w: f"How do {w.topics} correlate{w.inside}{w.when}?",
        Kind.DEFINITION: lambda m, w: f"What does {w.topics} mean?",
        Kind.OVERVIEW: lambda m, w: f"Tell me about {w.topics_in}{w.countries}{w.when}.",
        Kind.EXPLANATION: _explanation,
        Kind.PAGE_FACT: lambda m, w: f"What is the {(m.field or '').replace('_', ' ')} of {w.countries}?",
    }
    writer = writers.get(meaning.kind)
    return None if writer is None else writer(meaning, _Words(meaning, taxonomy))


class _Words:
    """The parts of a meaning as words."""

    def __init__(self, meaning: Meaning, taxonomy: Taxonomy) -> None:
        self._meaning = meaning
        self._taxonomy = taxonomy

    def _indicator(self, name: str) -> str:
        return in_sentence(self._taxonomy.indicators[name])

    @property
    def countries(self) -> str:
        return joined([self._taxonomy.countries[c].name for c in self._meaning.countries])

    @property
    def groups(self) -> str:
        return joined([group_in_sentence(g, self._taxonomy) for any_of in self._meaning.groups for g in any_of])

    @property
    def where(self) -> str:
        return self.countries or self.groups or "the world"

    @property
    def both(self) -> str:
        return " and ".join(part for part in (self.countries, self.groups) if part)

    @property
    def inside(self) -> str:
        groups = [joined([group_in_sentence(g, self._taxonomy) for g in any_of], "or") for any_of in self._meaning.groups]
        words = "".join(f" in {words}" for words in groups)
        out = [self._taxonomy.countries[c].name for c in self._meaning.without_countries]
        out += [group_in_sentence(g, self._taxonomy) for g in self._meaning.without_groups]
        return f"{words} excluding {joined(out)}" if out else words

    @property
    def topics(self) -> str:
        return joined([self._indicator(i) for i in self._meaning.indicators or OVERALL[:1]])

    @property
    def topics_in(self) -> str:
        return f"{self.topics} in " if self._meaning.indicators else ""

    @property
    def when(self) -> str:
        return f" in {joined([str(e) for e in self._meaning.editions])}" if self._meaning.editions else ""

    @property
    def between(self) -> str:
        editions = self._meaning.editions
        return f" between {min(editions)} and {max(editions)}" if len(editions) > 1 else self.when

    @property
    def stat(self) -> str:
        return STAT_WORDS[self._meaning.stat or Stat.MEAN]

    @property
    def end(self) -> str:
        return "lowest" if self._meaning.order in (Direction.LOW, Direction.DOWN) else "highest"

    @property
    def family(self) -> str:
        roots = {"criminal_markets": "criminal market", "criminal_actors": "criminal actor", "resilience": "resilience indicator"}
        return next((roots[i] for i in self._meaning.indicators if i in roots), "indicator")

    @property
    def sides(self) -> str:
        return {By.REGION: "the regions", By.CONTINENT: "the continents"}.get(self._meaning.by or By.EDITION, self.groups)

    @property
    def conditions(self) -> str:
        return " and ".join(" or ".join(map(self._condition, any_of)) for any_of in self._meaning.tests)

    def _condition(self, test: Test) -> str:
        name = self._indicator(test.indicator or (self._meaning.indicators or OVERALL)[0])
        if test.change and test.right == 0 and test.op in (Op.ABOVE, Op.BELOW):
            return f"{'rose' if test.op is Op.ABOVE else 'fell'} in {name}{self.between}"
        return f"have a {name} score {test.op.words} {self._right(test)}"

    def _right(self, test: Test) -> str:
        if isinstance(test.right, OfIndicator):
            return f"{self._indicator(test.right.indicator)}"
        if isinstance(test.right, OfPlace):
            country = self._taxonomy.countries.get(test.right.place)
            group = WORLD if test.right.place == WORLD else test.right.place
            return country.name if country else f"the {STAT_WORDS[test.right.stat]} of {group_in_sentence(group, self._taxonomy)}"
        return str(test.right)


def _set(meaning: Meaning, words: _Words) -> str:
    if meaning.order is None:
        return f"Which countries{words.inside} {words.conditions}{words.when}?"
    end = f"{_PLACES.get(meaning.place or 1, '')}{_ENDS[meaning.order]}"
    score = "" if meaning.order in (Direction.UP, Direction.DOWN) else " score"
    when = words.between if not score else words.when
    return f"Which country{words.inside} has the {end} {words.topics}{score}{when}?"


def _ranking(meaning: Meaning, words: _Words) -> str:
    if meaning.limit is None:
        return f"Rank the countries{words.inside} by {words.topics}{words.when}."
    end = _ENDS[meaning.order or Direction.HIGH]
    return f"Which {meaning.limit} countries{words.inside} have the {end} {words.topics}{words.when}?"


def _group_ranking(meaning: Meaning, words: _Words) -> str:
    side = {By.REGION: "region", By.CONTINENT: "continent"}.get(meaning.by or By.EDITION)
    if side is not None and meaning.limit == 1 and meaning.order in (Direction.HIGH, Direction.LOW):
        return f"Which {side} has the {words.end} {words.stat} {words.topics}{words.when}?"
    return f"Rank {words.sides} by {words.stat} {words.topics}{words.when}."


def _explanation(meaning: Meaning, words: _Words) -> str:
    if meaning.order in (Direction.UP, Direction.DOWN):
        return (
            f"Why did {words.topics} {'rise' if meaning.order is Direction.UP else 'fall'} in {words.countries}{words.between}?"
        )
    return f"What lies behind the {words.topics} score of {words.countries}{words.when}?"
