"""Whether a query can be answered from what is loaded, and if not why: no edition, not measured then, not loaded. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.taxonomy import Taxonomy
from index.contract.refusal import Refusal, RefusalReason
from index.language.phrases import edition_list, group_in_sentence, in_sentence, joined
from index.scores.loaded_scores import LoadedScores
from index.scores.query import Change, Level, Query, levels_of


def refusal_of(query: Query, taxonomy: Taxonomy, loaded: LoadedScores) -> Refusal | None:
    """Why a query has no answer; None where it has one."""
    editions = {e for m in query.all_measures for e in ([m.edition] if isinstance(m, Level) else [m.start, m.end])}
    unknown = sorted(editions - set(taxonomy.editions))
    if unknown:
        named = joined([str(e) for e in unknown])
        why = f"{named} is no edition of the Index; its editions are {edition_list(taxonomy.editions)}"
        return Refusal(RefusalReason.OUTSIDE_INDEX, why)
    for measure in query.all_measures:
        if isinstance(measure, Change) and measure.start >= measure.end:
            return Refusal(RefusalReason.NOT_MEASURED, f"{measure.end} is the first edition, so there is no change into it")
    levels = levels_of(query.all_measures)
    whose = f" for {joined([taxonomy.countries[c].name for c in query.countries])}" if query.countries else ""
    for level in levels:
        indicator = taxonomy.indicators.get(level.indicator)
        if indicator is not None and level.edition < indicator.since:
            since = f"{in_sentence(indicator)} first appears in the {indicator.since} edition"
            return Refusal(RefusalReason.NOT_MEASURED, f"{since}, so the {level.edition} edition has no score{whose}")
    for group in (g for any_of in query.groups for g in any_of):
        if not set(taxonomy.members(group, query.members_of)) & loaded.countries:
            return Refusal(
                RefusalReason.COUNTRY_NOT_LOADED, f"no scores of a country in {group_in_sentence(group, taxonomy)} are loaded"
            )
    return _country_not_loaded(query, taxonomy, loaded, levels) or _score_not_loaded(query, taxonomy, loaded, levels)


def _country_not_loaded(query: Query, taxonomy: Taxonomy, loaded: LoadedScores, levels: Sequence[Level]) -> Refusal | None:
    for country in query.countries:
        name = taxonomy.countries[country].name
        if country not in loaded.countries:
            near = _some(sorted(loaded.countries), name, taxonomy)
            return Refusal(RefusalReason.COUNTRY_NOT_LOADED, f"no scores of {name} are loaded (loaded: {near})")
        for level in levels:
            if not level.indicator or country in loaded.having(level.indicator, level.edition):
                continue
            indicator = in_sentence(taxonomy.indicators[level.indicator])
            having = [e for e in taxonomy.editions if country in loaded.having(level.indicator, e)]
            if not having:
                return Refusal(RefusalReason.EDITION_NOT_LOADED, f"no score of {name} for {indicator} is loaded")
            none = f"no {level.edition} score of {name} for {indicator} is loaded"
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


def count_loaded(query: Query, taxonomy: Taxonomy, loaded: LoadedScores, group: str | None = None) -> tuple[int, int]:
    """How many countries of the query's scope have the scores it looks into, and how many there are.

    `group` names one group instead of the query's own, as for a rank.
    """
    members = set(taxonomy.countries)
    for any_of in query.groups if group is None else ((group,),):
        members &= {c for g in any_of for c in taxonomy.members(g, query.members_of)}
    members -= {*query.without_countries, *(c for g in query.without_groups for c in taxonomy.members(g, query.members_of))}
    having = set(members)
    for level in levels_of(query.all_measures):
        having &= loaded.having(level.indicator, level.edition)
    return len(having), len(members)


def _some(codes: Sequence[str], name: str, taxonomy: Taxonomy) -> str:
    if len(codes) > 12:
        return f"{len(codes)} countries, {name} not among them"
    return joined([taxonomy.countries[c].name for c in codes]) or "none"
