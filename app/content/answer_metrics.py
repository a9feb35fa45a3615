"""The figures of an answer that stand out, for a reader who reads nothing else. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.content.answer_course import told_since
from app.reports.place_words import capital, place_words
from corpus.taxonomy import Indicator, Pillar, Taxonomy
from index.contract.answer_object import Answer
from index.contract.briefing_results import OverviewResult
from index.contract.group_results import CorrelationResult, DifferenceResult
from index.contract.typed_results import (
    AggregateResult,
    ChangeResult,
    ComparisonResult,
    CountResult,
    RankResult,
    Result,
    SetResult,
    ValueResult,
)
from index.language.phrases import in_sentence, joined, rank_words
from index.scores.score_store import ScoreBook
from index.scores.standings import GroupPlace, Placed, standings_of

_MOST_COMPARED = 4


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure with what it is; `beside` says what it is to be read with: a rank's whole, a change, a direction."""

    label: str
    figure: str
    beside: str = ""


def verdict_of(answer: Answer) -> str:
    """ "Yes" or "No" for a question that asks for one, else empty."""
    verdict = getattr(answer.result, "verdict", None)
    return "" if verdict is None else "Yes" if verdict else "No"


def metrics_of(answer: Answer, book: ScoreBook) -> tuple[Metric, ...]:
    """One to four figures of the answer, the one asked for first; none where the answer is a list or a text."""
    result, taxonomy = answer.result, book.taxonomy
    if isinstance(result, (ValueResult, RankResult)):
        return _of_score(answer, result, book)
    if isinstance(result, ChangeResult):
        return _of_change(answer, result, taxonomy)
    if isinstance(result, OverviewResult):
        return _of_overview(result, taxonomy)
    if isinstance(result, ComparisonResult):
        return _of_comparison(answer, result, taxonomy)
    if isinstance(result, SetResult):
        return _of_set(answer, result, taxonomy)
    return _of_several(result, taxonomy)


def _of_score(answer: Answer, result: ValueResult | RankResult, book: ScoreBook) -> tuple[Metric, ...]:
    taxonomy = book.taxonomy
    indicator = taxonomy.indicators[result.indicator]
    region = taxonomy.region(result.country, result.edition)
    group = result.within if isinstance(result, RankResult) and result.within in taxonomy.groups else region
    before = told_since(answer, result) or next((e for e in reversed(taxonomy.editions) if e < result.edition), None)
    standings = standings_of(book, result.country, result.edition, before, group, result.edition)
    placed = standings.scores.get(result.indicator)
    if placed is None:
        return ()
    direction = indicator.pillar.direction
    score = Metric(f"{indicator.name}, {result.edition}", f"{placed.value:.2f}", f"of 10, {direction}")
    ranks = [_rank("Rank in the world", placed.world), _rank(f"Rank in {place_words(group, taxonomy)}", placed.group)]
    moved = _moved(placed, before)
    return tuple(metric for metric in (score, *ranks, moved) if metric is not None)


def _rank(label: str, place: GroupPlace | None) -> Metric | None:
    if place is None or place.rank is None:
        return None
    return Metric(label, rank_words(place.rank.rank, place.rank.sharing), f"of {place.rank.of}")


def _moved(placed: Placed, before: int | None) -> Metric | None:
    if placed.change is None or before is None:
        return None
    return Metric(f"Since {before}", _signed(placed.change), f"from {placed.earlier:.2f}")


def _of_change(answer: Answer, result: ChangeResult, taxonomy: Taxonomy) -> tuple[Metric, ...]:
    own = {f.edition: f.value for f in answer.facts if (f.country, f.indicator) == (result.country, result.indicator)}
    name = taxonomy.indicators[result.indicator].name
    ends = [Metric(f"{name}, {edition}", f"{own[edition]:.2f}") for edition in (result.start, result.end) if edition in own]
    like = f"like for like {_signed(result.like_for_like)}" if result.like_for_like is not None else ""
    direction = taxonomy.indicators[result.indicator].pillar.direction
    return (Metric("Change", _signed(result.value), like or direction), *ends)


def _of_overview(result: OverviewResult, taxonomy: Taxonomy) -> tuple[Metric, ...]:
    wanted = ("criminality", "resilience") if result.indicator is None else (result.indicator,)
    found: list[Metric] = []
    for score in (s for s in result.scores if s.indicator in wanted):
        beside = f"{rank_words(score.rank, score.sharing or 1)} of {score.of}" if score.rank is not None else ""
        indicator = taxonomy.indicators[score.indicator]
        found.append(Metric(f"{indicator.name}, {score.edition}", f"{score.value:.2f}", beside))
        if score.change is not None and score.before is not None:
            found.append(Metric(f"Since {score.before}", _signed(score.change), _turn(indicator, score.change)))
    return tuple(found[:_MOST_COMPARED])


def _turn(indicator: Indicator, change: float) -> str:
    if not change:
        return f"{in_sentence(indicator)}, unchanged"
    return f"{in_sentence(indicator)}, {'worse' if (change > 0) == (indicator.pillar is Pillar.CRIMINALITY) else 'better'}"


def _of_comparison(answer: Answer, result: ComparisonResult, taxonomy: Taxonomy) -> tuple[Metric, ...]:
    """A figure for each country, of every indicator that is compared; of the first alone where they would be too many."""
    figures = [(result.indicator, c, value) for c, value in zip(result.countries, result.values, strict=True)]
    if result.start is None:
        told = [(f.indicator, f.country, f.value) for f in answer.facts if f.edition == result.edition]
        figures += [figure for figure in told if figure[0] != result.indicator]
    shown = figures if len(figures) <= _MOST_COMPARED else figures[: len(result.countries)]
    if len(shown) > _MOST_COMPARED:
        return ()
    written, indicators = _signed if result.start is not None else _plain, taxonomy.indicators
    return tuple(
        Metric(f"{taxonomy.countries[c].name}, {in_sentence(indicators[i])}", written(value), indicators[i].pillar.direction)
        for i, c, value in shown
    )


def _of_set(answer: Answer, result: SetResult, taxonomy: Taxonomy) -> tuple[Metric, ...]:
    """The score of the country or countries found, of every part of the answer; none for a long set."""
    told = [f for f in answer.facts if (f.indicator, f.edition) == (result.indicator, result.edition)]
    if result.start is not None or result.edition is None or len({f.country for f in told}) > _MOST_COMPARED:
        return ()
    indicator = taxonomy.indicators[result.indicator]
    at: dict[float, list[str]] = {}
    for fact in told:
        at.setdefault(fact.value, []).append(taxonomy.countries[fact.country].name)
    beside = f"{in_sentence(indicator)}, {indicator.pillar.direction}"
    return tuple(Metric(joined(list(dict.fromkeys(names))), _plain(value), beside) for value, names in at.items())


def _of_several(result: Result | None, taxonomy: Taxonomy) -> tuple[Metric, ...]:
    if isinstance(result, DifferenceResult):
        return (Metric("Difference", _plain(result.value)),)
    if isinstance(result, AggregateResult):
        written = _signed if result.start is not None else _plain
        label = f"{capital(result.stat)}, {place_words(result.group, taxonomy)}"
        direction = taxonomy.indicators[result.indicator].pillar.direction
        return (Metric(label, written(result.value), f"{result.of} countries, {direction}"),)
    if isinstance(result, CountResult):
        of = f"of {result.of}" if result.of is not None else ""
        share = (Metric("Share", f"{result.share:g}%"),) if result.share is not None else ()
        what = "Indicators" if result.indicators else "Groups" if result.groups else "Countries"
        return (Metric(what, str(result.value), of), *share)
    if isinstance(result, CorrelationResult):
        return (
            Metric("Pearson", f"{result.pearson:.2f}", f"{result.n} countries"),
            Metric("Spearman", f"{result.spearman:.2f}", "of ranks"),
        )
    return ()


def _plain(value: float) -> str:
    return f"{value:.2f}"


def _signed(value: float | Decimal) -> str:
    return f"{value:+.2f}".replace("-", "−") if value else "0.00"
