"""Who comes next, where a question asks for "the biggest drops" or "the worst countries" and gives no number.

The result is still who is first, ties included; the sentence goes on with those behind them.
"""

from __future__ import annotations

from dataclasses import replace

from index.answers.score_answer import ScoreAnswer
from index.contract.answer_kind import Kind
from index.contract.answer_object import Fact
from index.contract.typed_results import RankingResult, SetResult
from index.generations.snapshot import Snapshot
from index.language.late_pattern import LatePattern
from index.language.phrases import joined
from index.scores.query import Query
from index.scores.result_sentences import figure_words
from index.scores.run_query import result_of

# How many further places are looked at, and how many countries are named at most: a longer tie is left out.
_PLACES, _MOST = 5, 10
_END = r"(?:highest|lowest|worst|best|biggest|largest|greatest|steepest|sharpest|strongest|weakest|most|least|top|fewest)"
_SEVERAL = LatePattern(
    rf"\b{_END}\b(?: [\w'-]+){{0,4}}? (?:countries|nations|states|places|drops|falls|rises|gains|losses|increases|decreases|"
    rf"declines|jumps|improvements|climbers|fallers|movers|losers|winners|performers|offenders|scorers|scores)\b|"
    rf"\b(?:countries|nations|states|places)\b(?: [\w'-]+){{0,6}}? {_END}\b|"
    rf"\b{_END} (?:improvers|risers|gainers|fallers|decliners|droppers)\b"
)


def with_runners_up(snapshot: Snapshot, text: str, scored: ScoreAnswer) -> ScoreAnswer:
    """The answer with those who come next, where several were asked for; the same answer elsewhere."""
    if len(scored.queries) != 1 or not isinstance(scored.result, SetResult) or not _SEVERAL.search(text.lower()):
        return scored
    query = scored.queries[0]
    if query.order is None or query.limit != 1 or query.claim is not None or query.among is not None or query.by:
        return scored
    behind = _behind(snapshot, query, scored.result)
    if behind is None:
        return scored
    result, facts = behind
    names = [
        f"{snapshot.taxonomy.countries[country].name} ({figure_words(query, value)})"
        for country, value in zip(result.countries, result.values, strict=True)
    ]
    return replace(scored, text=f"{scored.text} Next: {joined(names)}.", facts=(*scored.facts, *facts))


def _behind(snapshot: Snapshot, query: Query, first: SetResult) -> tuple[RankingResult, tuple[Fact, ...]] | None:
    """The countries behind the first, with their facts; None if there are none or too many share a place."""
    outcome = result_of(snapshot, replace(query, kind=Kind.RANKING, limit=len(first.countries) + _PLACES - 1))
    if not isinstance(outcome.result, RankingResult):
        return None
    shown = [(c, v) for c, v in zip(outcome.result.countries, outcome.result.values, strict=True) if c not in first.countries]
    if not shown or len(shown) > _MOST:
        return None
    countries, values = zip(*shown, strict=True)
    facts = tuple(fact for fact in outcome.facts if fact.country in countries)
    return replace(outcome.result, countries=countries, values=values), facts
