"""The first step of a question of two: which countries it gives, and how a sentence names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.taxonomy import Taxonomy
from index.language.phrases import group_in_sentence, joined, ordinal
from index.scores.availability import count_loaded, partly_loaded
from index.scores.group_words import group_kind_words, group_stat_words
from index.scores.query import Change, Order, Query
from index.scores.query_rows import rows_of
from index.scores.query_text import condition_words, measure_words, scope_words
from index.scores.result_sentences import capitalised, countries_in, extreme_words, partly_loaded_words
from index.scores.score_store import ScoreBook
from index.scores.sql import Statement, group_statement

_MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class FirstStep:
    """The countries that a first step gives, in its order, a noun phrase for them, and the statement that gave them.

    `noun` is such as "the 3 countries with the highest score for ...", `names` are those of the countries, at most twelve.
    """

    countries: tuple[str, ...]
    noun: str
    names: str
    statement: Statement

    @property
    def words(self) -> str:
        """The noun phrase with the names in brackets."""
        return f"{self.noun} ({self.names})" if self.names else self.noun

    @property
    def sentence(self) -> str:
        """Which countries the step gave, as a sentence."""
        return f"{capitalised(self.noun)} {'is' if len(self.countries) == 1 else 'are'} {self.names}."


def first_step(book: ScoreBook, first: Query) -> FirstStep:
    """Run a first step: a table of countries, or groups whose countries are meant."""
    if first.by:
        return _of_groups(book, first)
    rows, statement = rows_of(book, first)
    countries = tuple(row.country for row in rows)
    noun = f"{_counted(len(countries), 'country', 'countries')}{_which(book, first)}"
    return FirstStep(countries, noun, _named(countries, book.taxonomy), statement)


def _of_groups(book: ScoreBook, first: Query) -> FirstStep:
    taxonomy = book.taxonomy
    statement = group_statement(first)
    groups = [row[0] for row in book.score_store.run(statement)]
    countries = sorted({c for g in groups for c in taxonomy.members(g, first.members_of)} & book.loaded.countries)
    names = joined([group_in_sentence(g, taxonomy) for g in groups])
    kind = group_kind_words(first.by, taxonomy, len(groups))
    figure = f"{_end(first)} {group_stat_words(first)} for {measure_words(first.measures[0], taxonomy)}"
    if isinstance(first.measures[0], Change):
        figure = f"{_end(first)} mean {measure_words(first.measures[0], taxonomy)}"
    loaded = " among those loaded" if partly_loaded(first, taxonomy, book.loaded) else ""
    words = f"{_counted(len(countries), 'country', 'countries')} of {names}, the {kind} with the {figure}{loaded}"
    return FirstStep(tuple(countries), words, _named(countries, taxonomy), statement)


def scope_of(book: ScoreBook, query: Query) -> tuple[str, list[str]]:
    """The countries that a query ranges over in words, and a note where not all of them are loaded."""
    taxonomy = book.taxonomy
    if query.among is None and query.countries:
        return joined([taxonomy.countries[c].name for c in query.countries]), []
    if query.among is None:
        loaded, members = count_loaded(query, taxonomy, book.loaded)
        notes = [partly_loaded_words(loaded, members)] if loaded < members else []
        return countries_in(query, taxonomy, loaded, members), notes
    _, notes = scope_of(book, query.among) if not query.among.by else ("", [])
    return first_step(book, query.among).words, notes


def within_step_words(query: Query, taxonomy: Taxonomy) -> str:
    """The groups that narrow a first step: " that are in the Americas"; empty where none does."""
    if query.groups or query.without_countries or query.without_groups:
        return f" that are in {scope_words(query, taxonomy)}"
    return ""


def _which(book: ScoreBook, first: Query) -> str:
    taxonomy = book.taxonomy
    words = ""
    if first.groups or first.without_countries or first.without_groups:
        words = f" in {scope_words(first, taxonomy)}"
    loaded, members = count_loaded(first, taxonomy, book.loaded)
    if loaded < members and first.among is None:
        words = f" of the {loaded} loaded{words} ({members} in all)"
    if first.order is not None and first.place is not None:
        words += f" with the {'' if first.place == 1 else ordinal(first.place) + ' '}{extreme_words(first, taxonomy)}"
    elif first.order is not None and first.limit is not None:
        words += f" with the {extreme_words(first, taxonomy)}"
    if first.among is not None:
        words += f" among {first_step(book, first.among).words}"
    if first.where:
        words += f" where {condition_words(first, taxonomy)}"
    return words


def _end(first: Query) -> str:
    if isinstance(first.measures[0], Change):
        return "largest" if first.order is not Order.LOWEST else "lowest"
    return "highest" if first.order is not Order.LOWEST else "lowest"


def _counted(number: int, one: str, many: str) -> str:
    return f"the {one}" if number == 1 else f"the {number} {many}"


def _named(countries: Sequence[str], taxonomy: Taxonomy) -> str:
    names = [taxonomy.countries[c].name for c in countries]
    if len(names) > _MOST_NAMED:
        return f"{', '.join(names[:_MOST_NAMED])} and {len(names) - _MOST_NAMED} others"
    return joined(names)
