"""Whether the loaded scores can answer a query and, if not, why: no such edition, not measured then, or not loaded. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.taxonomy import Taxonomy
from index.contract.refusal import Refusal, RefusalReason
from index.language.phrases import edition_list, group_in_sentence, in_sentence, joined
from index.scores.loaded_scores import LoadedScores
from index.scores.query import Change, Level, Query, levels_of

_MOST_NAMED = 12


def refusal_of(query: Query, taxonomy: Taxonomy, loaded: LoadedScores) -> Refusal | None:
    """Why a query has no answer; None where it has one."""
    unknown = sorted(set(query.editions) - set(taxonomy.editions))
    if unknown:
        named = joined([str(e) for e in unknown], "or")
        why = f"the Index has no {named} edition; its editions are {edition_list(taxonomy.editions)}"
        return Refusal(RefusalReason.OUTSIDE_INDEX, why)
    for measure in query.all_measures:
        if isinstance(measure, Change) and measure.start >= measure.end:
            why = f"{measure.end} is the first edition, so there is no earlier score to compare with"
            return Refusal(RefusalReason.NOT_MEASURED, why)
    levels = levels_of(query.all_measures)
    whose = f" for {joined([taxonomy.countries[c].name for c in query.countries])}" if query.countries else ""
    for level in levels:
        indicator = taxonomy.indicators.get(level.indicator)
        if indicator is not None and level.edition < indicator.since:
            since = f"{in_sentence(indicator)} first appears in the {indicator.since} edition"
            return Refusal(RefusalReason.NOT_MEASURED, f"{since}, so the {level.edition} edition has no score{whose}")
    for group in (g for any_of in query.groups for g in any_of):
        if not set(taxonomy.members(group, query.members_of)) & loaded.countries:
            why = f"no scores for countries in {group_in_sentence(group, taxonomy)} are loaded"
            return Refusal(RefusalReason.COUNTRY_NOT_LOADED, why)
    return _country_not_loaded(query, taxonomy, loaded, levels) or _score_not_loaded(query, taxonomy, loaded, levels)


def _country_not_loaded(query: Query, taxonomy: Taxonomy, loaded: LoadedScores, levels: Sequence[Level]) -> Refusal | None:
    for country in query.countries:
        name = taxonomy.countries[country].name
        if country not in loaded.countries:
            others = _named(sorted(loaded.countries), taxonomy)
            return Refusal(RefusalReason.COUNTRY_NOT_LOADED, f"no scores for {name} are loaded (loaded: {others})")
        for level in levels:
            if not level.indicator or country in loaded.having(level.indicator, level.edition):
                continue
            indicator = in_sentence(taxonomy.indicators[level.indicator])
            having = [e for e in taxonomy.editions if country in loaded.having(level.indicator, e)]
            if not having:
                return Refusal(RefusalReason.EDITION_NOT_LOADED, f"no score for {indicator} is loaded for {name}")
            none = f"no {level.edition} score for {indicator} is loaded for {name}"
            return Refusal(RefusalReason.EDITION_NOT_LOADED, f"{none}; loaded editions: {edition_list(having)}")
    return None


def _score_not_loaded(query: Query, taxonomy: Taxonomy, loaded: LoadedScores, levels: Sequence[Level]) -> Refusal | None:
    for level in levels:
        if level.indicator and not loaded.having(level.indicator, level.edition):
            having = loaded.editions(level.indicator)
            listed = f"; loaded editions: {edition_list(having)}" if having else ""
            indicator = in_sentence(taxonomy.indicators[level.indicator])
            return Refusal(RefusalReason.EDITION_NOT_LOADED, f"no {level.edition} score for {indicator} is loaded{listed}")
    return None


def count_loaded(query: Query, taxonomy: Taxonomy, loaded: LoadedScores) -> tuple[int, int]:
    """How many countries within the query's scope have all the scores it looks up, and how many there are."""
    members = set(taxonomy.countries)
    for any_of in query.groups:
        members &= {c for g in any_of for c in taxonomy.members(g, query.members_of)}
    members -= {*query.without_countries, *(c for g in query.without_groups for c in taxonomy.members(g, query.members_of))}
    having = set(members)
    for level in levels_of(query.all_measures):
        having &= loaded.having(level.indicator, level.edition)
    return len(having), len(members)


def _named(codes: Sequence[str], taxonomy: Taxonomy) -> str:
    if len(codes) > _MOST_NAMED:
        return f"{len(codes)} other countries"
    return joined([taxonomy.countries[c].name for c in codes]) or "none"
