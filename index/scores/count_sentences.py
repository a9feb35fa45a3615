"""The sentences that state how many: of countries, of a country's indicators, of groups, and what share that is. Pure."""

from __future__ import annotations

from corpus.taxonomy import Taxonomy
from index.contract.typed_results import CountResult
from index.language.phrases import group_in_sentence, in_sentence, joined, number_word
from index.scores.group_words import group_kind_words, group_stat_words
from index.scores.query import Query
from index.scores.query_text import condition_words, scope_words
from index.scores.result_sentences import country_names, meet_words


def count_sentence(result: CountResult, query: Query, among: str, taxonomy: Taxonomy) -> str:
    """How many meet the conditions, which, and what share of all that is where it is asked for."""
    if query.family:
        names = joined([in_sentence(taxonomy.indicators[i]) for i in result.indicators])
        among = f"the {len(query.family)} indicators for {taxonomy.countries[query.countries[0]].name}"
    else:
        names = country_names(result.countries, taxonomy)
    named = f": {names}" if names else ""
    if query.among is not None:
        return f"Of {among}, {_number(result.value)}{share_words(result)} {_of_step(result.value, query, taxonomy)}{named}."
    if result.of is not None and not query.where:
        return f"{result.value}{share_words(result)} of {among}{named}."
    return f"{result.value}{share_words(result)} of {among} {meet_words(result.value, query)}{named}."


def group_count_sentence(result: CountResult, query: Query, total: int, taxonomy: Taxonomy) -> str:
    """How many groups have a statistic that meets the conditions, and which."""
    names = joined([group_in_sentence(g, taxonomy) for g in result.groups])
    number = f"{_number(result.value)}{share_words(result)}"
    return (
        f"Of the {number_word(total)} {group_kind_words(query.by, taxonomy, total)}, {number} "
        f"{meet_words(result.value or 1, query)} by the {group_stat_words(query)} of their countries "
        f"({condition_words(query, taxonomy)}){': ' + names if names else ''}."
    )


def share_words(result: CountResult) -> str:
    """The percentage in brackets, with a space before it; empty where none is asked for."""
    return "" if result.share is None else f" ({result.share:.1f}%)"


def _number(number: int) -> str:
    return "none" if number == 0 else number_word(number)


def _of_step(number: int, query: Query, taxonomy: Taxonomy) -> str:
    is_in = ""
    if query.groups or query.without_countries or query.without_groups:
        is_in = f"{'is' if number < 2 else 'are'} in {scope_words(query, taxonomy)}"
    if not query.where:
        return is_in or meet_words(number, query)
    words = meet_words(number if number else 1, query)
    met = f"{words} that {condition_words(query, taxonomy)}"
    return f"{is_in} and {met}" if is_in else met
