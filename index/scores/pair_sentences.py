"""The sentences that state how far apart two figures are and how two scores go together. Pure."""

from __future__ import annotations

from corpus.taxonomy import Taxonomy
from index.contract.group_results import CorrelationResult, DifferenceResult
from index.language.phrases import group_in_sentence, in_sentence
from index.scores.group_words import group_stat_words
from index.scores.query import Change, Query
from index.scores.query_text import measure_words, scope_words
from index.scores.result_sentences import capitalised
from index.scores.statistics import STAT_WORDS, Stat


def difference_sentence(result: DifferenceResult, query: Query, taxonomy: Taxonomy) -> str:
    """Which of two figures is higher, by how much, and both figures in the order of the question."""
    measure = query.measures[0]
    pillar = taxonomy.indicators[measure.indicator].pillar
    both = " and ".join(f"{v:+.2f}" if isinstance(measure, Change) else f"{v:.2f}" for v in result.values)
    kind = "" if isinstance(measure, Change) else "score for "
    if result.indicators:
        name = taxonomy.countries[result.countries[0]].name
        first, second = (measure_words(m, taxonomy) for m in query.measures)
        one_scale = len({taxonomy.indicators[i].pillar for i in result.indicators}) == 1
        end = f" ({pillar.direction})" if one_scale else ""
        if not result.value:
            return f"{name} has the same {kind}{first} and {kind}{second}: {both}{end}."
        return f"{name}'s {kind}{first} is {_points(result.value)} than its {kind}{second}: {both}{end}."
    if result.countries and result.groups:
        name, group = taxonomy.countries[result.countries[0]].name, group_in_sentence(result.groups[0], taxonomy)
        level = f"the {STAT_WORDS[Stat(result.stat or Stat.MEAN)]} for {group}"
        what = f"{name}'s {kind}{measure_words(measure, taxonomy)}"
        if not result.value:
            return f"{what} equals {level}: {both} ({pillar.direction})."
        side = "above" if result.value > 0 else "below"
        return f"{what} is {_number(result.value)} {side} {level}: {both} ({pillar.direction})."
    if result.groups:
        first, second = (group_in_sentence(g, taxonomy) for g in result.groups)
        within = f" in {scope_words(query, taxonomy)}" if query.groups else ""
        name = in_sentence(taxonomy.indicators[measure.indicator])
        when = f"from {measure.start} to {measure.end}" if isinstance(measure, Change) else f"in the {measure.edition} edition"
        what = f"The {group_stat_words(query)} {'in' if isinstance(measure, Change) else 'for'} {name} {when}{within}"
    else:
        first, second = (taxonomy.countries[c].name for c in result.countries)
        what = capitalised(measure_words(measure, taxonomy))
    if not result.value:
        return f"{what} is the same for {first} and {second}: {both} ({pillar.direction})."
    return f"{what} is {_points(result.value)} for {first} than for {second}: {both} ({pillar.direction})."


def correlation_sentence(result: CorrelationResult, query: Query, among: str, taxonomy: Taxonomy) -> str:
    """How closely two scores go together, in words and as two coefficients; never a claim of cause."""
    first, second = (measure_words(m, taxonomy) for m in query.measures)
    size = abs(result.pearson)
    strength = next(
        word for least, word in ((0.7, "strongly"), (0.4, "moderately"), (0.2, "weakly"), (0.0, "hardly")) if size >= least
    )
    if strength == "hardly":
        how = "hardly go together"
    elif result.pearson > 0:
        how = f"go together {strength}: where one is higher, the other tends to be higher"
    else:
        how = f"run {strength} against each other: where one is higher, the other tends to be lower"
    return (
        f"Across {among}, {first} and {second} {how} (Pearson {result.pearson:.2f}, Spearman {result.spearman:.2f}, "
        f"{result.n} countries). This says nothing about cause."
    )


def rounding_words() -> str:
    """Why two figures as shown may not give the difference as shown, as a note."""
    return "The difference is taken from the exact figures and rounded once, so it can differ by 0.01 from that of the two shown."


def _number(value: float) -> str:
    return f"{abs(value):.2f} point{'' if abs(value) == 1 else 's'}"


def _points(value: float) -> str:
    return f"{_number(value)} {'higher' if value > 0 else 'lower'}"
