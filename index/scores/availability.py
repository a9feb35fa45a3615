"""Whether the loaded scores can answer a query and, if not, why: no such edition, not measured then, or not loaded. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.contract.refusal import Refusal, RefusalReason
from index.language.phrases import edition_list, group_in_sentence, in_sentence, joined
from index.scores.loaded_scores import LoadedScores
from index.scores.query import Change, FigureClaim, Level, Measure, OfCountry, OfGroup, Operand, Query, editions_of, levels_of

_MOST_NAMED = 12


def refusal_of(query: Query, taxonomy: Taxonomy, loaded: LoadedScores) -> Refusal | None:
    """Why a query has no answer; None where it has one. Of two steps, the first is looked at first."""
    if query.among is not None:
        refusal = refusal_of(query.among, taxonomy, loaded)
        if refusal is not None:
            return refusal
    unknown = sorted({e for m in _looked_up(query) for e in editions_of(m)} - set(taxonomy.editions))
    if unknown:
        named = joined([str(e) for e in unknown], "or")
        why = f"the Index has no {named} edition; its editions are {edition_list(taxonomy.editions)}"
        return Refusal(RefusalReason.OUTSIDE_INDEX, why)
    if query.kind is Kind.TREND:
        kept = trend_levels(query, taxonomy, loaded)
        if len(kept) < 2:
            return _no_trend(query, taxonomy, loaded, kept)
        query = replace(query, measures=kept)
    measures = _looked_up(query)
    for measure in measures:
        if isinstance(measure, Change) and measure.start >= measure.end:
            why = f"{measure.end} is the first edition, so there is no earlier score to compare with"
            return Refusal(RefusalReason.NOT_MEASURED, why)
    levels = levels_of(measures)
    whose = f" for {joined([taxonomy.countries[c].name for c in query.countries])}" if query.countries else ""
    for level in levels:
        indicator = taxonomy.indicators.get(level.indicator)
        if indicator is not None and level.edition < indicator.since:
            since = f"{in_sentence(indicator)} first appears in the {indicator.since} edition"
            return Refusal(RefusalReason.NOT_MEASURED, f"{since}, so the {level.edition} edition has no score{whose}")
    return (
        _group_not_loaded(query, taxonomy, loaded)
        or _country_not_loaded(query, taxonomy, loaded, levels_of(_of_countries(query)))
        or _operand_not_loaded(query, taxonomy, loaded)
        or _score_not_loaded(query, taxonomy, loaded, levels)
    )


def trend_levels(query: Query, taxonomy: Taxonomy, loaded: LoadedScores) -> tuple[Level, ...]:
    """The scores of a trend that are measured and loaded, the earliest first: an edition without the score is left out."""
    members = set(query.countries) or set(taxonomy.countries)
    for any_of in query.groups:
        members &= {c for g in any_of for c in taxonomy.members(g, query.members_of)}
    levels = sorted((m for m in query.measures if isinstance(m, Level)), key=lambda level: level.edition)
    return tuple(level for level in levels if loaded.having(level.indicator, level.edition) & members)


def _no_trend(query: Query, taxonomy: Taxonomy, loaded: LoadedScores, kept: Sequence[Level]) -> Refusal:
    names = [taxonomy.countries[c].name for c in query.countries]
    missing = _country_not_loaded(replace(query, measures=()), taxonomy, loaded, ())
    if missing is not None:
        return missing
    indicator = taxonomy.indicators[query.measures[0].indicator]
    whose = f" for {joined(names)}" if names else ""
    if indicator.since == max(taxonomy.editions):
        why = f"{in_sentence(indicator)} first appears in the {indicator.since} edition, so there is nothing to compare with"
        return Refusal(RefusalReason.NOT_MEASURED, why)
    only = f"only the {kept[0].edition} score" if kept else "no score"
    why = f"{only} for {in_sentence(indicator)} is loaded{whose} of the editions asked for, so no development can be shown"
    return Refusal(RefusalReason.EDITION_NOT_LOADED, why)


def _looked_up(query: Query) -> tuple[Measure, ...]:
    """Every measure of one step, those of its claim and of the group it is set against included."""
    found = list(query.all_measures)
    right = query.claim.right if isinstance(query.claim, FigureClaim) else None
    for operand in (right, query.against):
        if isinstance(operand, (OfCountry, OfGroup)):
            found.append(operand.measure)
        elif isinstance(operand, (Level, Change)):
            found.append(operand)
    return tuple(dict.fromkeys(found))


def _of_countries(query: Query) -> tuple[Measure, ...]:
    """The measures that each named country must have: those of others' figures among the conditions are looked up as well."""
    claimed = query.claim.right if isinstance(query.claim, FigureClaim) else None
    return (*query.all_measures, *([claimed] if isinstance(claimed, (Level, Change)) else []))


def _operands(query: Query) -> list[Operand]:
    claimed = [query.claim.right] if isinstance(query.claim, FigureClaim) else []
    against: list[Operand] = [query.against] if query.against is not None else []
    return [c.right for any_of in query.where for c in any_of] + claimed + against


def _group_not_loaded(query: Query, taxonomy: Taxonomy, loaded: LoadedScores) -> Refusal | None:
    for group in (g for any_of in query.groups for g in any_of):
        if not set(taxonomy.members(group, query.members_of)) & loaded.countries:
            why = f"no scores for countries in {group_in_sentence(group, taxonomy)} are loaded"
            return Refusal(RefusalReason.COUNTRY_NOT_LOADED, why)
    if len(query.by) > 1 and query.among is None:
        with_scores = [g for g in query.by if _has_scores(g, query, taxonomy, loaded)]
        if len(with_scores) < 2:
            only = f"only for countries in {group_in_sentence(with_scores[0], taxonomy)}" if with_scores else "for none of them"
            why = f"groups can only be set side by side if scores are loaded for two of them, and they are loaded {only}"
            return Refusal(RefusalReason.COUNTRY_NOT_LOADED, why)
    return None


def _has_scores(group: str, query: Query, taxonomy: Taxonomy, loaded: LoadedScores) -> bool:
    one = replace(query, kind=Kind.SET, by=(), groups=(*query.groups, (group,)))
    return count_loaded(one, taxonomy, loaded)[0] > 0


def _operand_not_loaded(query: Query, taxonomy: Taxonomy, loaded: LoadedScores) -> Refusal | None:
    """A figure that others are compared with must be there: without it nothing would be above or below it."""
    for operand in _operands(query):
        if isinstance(operand, OfCountry):
            named = Query(Kind.VALUE, (operand.measure,), query.members_of, (operand.country,))
            refusal = _country_not_loaded(named, taxonomy, loaded, levels_of((operand.measure,)))
            if refusal is not None:
                return refusal
        if isinstance(operand, OfGroup) and operand.measure.indicator:
            members = set(taxonomy.members(operand.group, query.members_of))
            if not all(members & loaded.having(level.indicator, level.edition) for level in levels_of((operand.measure,))):
                why = f"the scores for countries in {group_in_sentence(operand.group, taxonomy)} to compare with are not loaded"
                return Refusal(RefusalReason.COUNTRY_NOT_LOADED, why)
    return None


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
    if query.kind is Kind.INDICATOR_RANKING and not any(
        all(loaded.having(i, e) for e in query.editions) for i in query.family if i in taxonomy.indicators
    ):
        editions = edition_list(query.editions)
        return Refusal(RefusalReason.EDITION_NOT_LOADED, f"none of the indicators in question is loaded for {editions}")
    for level in levels:
        if level.indicator and not loaded.having(level.indicator, level.edition):
            having = loaded.editions(level.indicator)
            listed = f"; loaded editions: {edition_list(having)}" if having else ""
            indicator = in_sentence(taxonomy.indicators[level.indicator])
            return Refusal(RefusalReason.EDITION_NOT_LOADED, f"no {level.edition} score for {indicator} is loaded{listed}")
    return None


def count_loaded(query: Query, taxonomy: Taxonomy, loaded: LoadedScores) -> tuple[int, int]:
    """How many countries within the query's scope have all the scores it looks up, and how many there are."""
    members = countries_in_scope(query, taxonomy)
    having = set(members)
    for level in levels_of(query.all_measures):
        having &= loaded.having(level.indicator, level.edition)
    return len(having), len(members)


def countries_in_scope(query: Query, taxonomy: Taxonomy) -> frozenset[str]:
    """The countries that the groups of a query leave, loaded or not; those of any group set side by side if there are such."""
    members = set(taxonomy.countries)
    for any_of in (*query.groups, *([query.by] if query.by else [])):
        members &= {c for g in any_of for c in taxonomy.members(g, query.members_of)}
    without = {*query.without_countries, *(c for g in query.without_groups for c in taxonomy.members(g, query.members_of))}
    return frozenset(members - without)


def partly_loaded(query: Query, taxonomy: Taxonomy, loaded: LoadedScores) -> bool:
    """Whether some countries in the query's scope lack the scores it looks up."""
    having, members = count_loaded(query, taxonomy, loaded)
    return having < members


def _named(codes: Sequence[str], taxonomy: Taxonomy) -> str:
    if len(codes) > _MOST_NAMED:
        return f"{len(codes)} other countries"
    return joined([taxonomy.countries[c].name for c in codes]) or "none"
