"""The names in a request: countries, groups, indicators and editions, as codes or in words. Pure.

A name that is not known is an error that gives the nearest ones and says where all are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from rapidfuzz import process

from corpus.errors import QuestionError
from corpus.naming import fold
from corpus.taxonomy import WORLD, Taxonomy
from index.language.phrases import edition_list, joined
from index.questions.names import LinkKind, build_gazetteer
from index.questions.question import understand
from index.questions.tokens import words_of
from index.scores.loaded_scores import LoadedScores

_NEAREST = 3
_NEAR = 75
LISTED_BY = 'list_coverage with of="{}" lists them'


def country_code(name: str, taxonomy: Taxonomy) -> str:
    """The ISO 3166-1 alpha-3 code of a country by its code or a name. Raises QuestionError for another name."""
    code = name.strip().upper()
    if code in taxonomy.countries:
        return code
    found = taxonomy.country_of_label(name)
    if found is not None:
        return found
    shared = build_gazetteer(taxonomy).by_word.get(words_of(name))
    several = shared.ids if shared is not None and shared.kind is LinkKind.AMBIGUOUS else ()
    nearest = [f"{taxonomy.countries[c].name} ({c})" for c in several or _nearest(name, _country_names(taxonomy))]
    hint = f"send an ISO 3166-1 alpha-3 code such as PER, or the English name; {LISTED_BY.format('countries')}"
    if several:
        raise QuestionError(f"{name!r} may mean {joined(nearest, 'or')}", hint)
    raise _unknown(name, "a country that the Index scores", nearest, hint)


def indicator_id(name: str, taxonomy: Taxonomy) -> str:
    """The id of an indicator by its id, its name or an everyday word for it. Raises QuestionError for another name."""
    found = taxonomy.indicator_of_label(name) or _indicator_names(taxonomy).get(fold(name)) or _as_in_a_question(name, taxonomy)
    if found is not None:
        return found
    raise _unknown(
        name,
        "an indicator of the Index",
        _nearest(name, _indicator_names(taxonomy)),
        f"send the id or the name of an indicator, such as cocaine_trade; {LISTED_BY.format('indicators')}",
    )


def group_name(name: str, taxonomy: Taxonomy) -> str:
    """The name of a group, or "world". Raises QuestionError for a name that is none."""
    found = _group_names(taxonomy).get(fold(name))
    if found is not None:
        return found
    raise _unknown(
        name,
        "a group with a member list",
        _nearest(name, _group_names(taxonomy)),
        f"send a continent, region, membership (OECD) or area (Sahel), or name the countries; {LISTED_BY.format('groups')}",
    )


def known_edition(edition: int, taxonomy: Taxonomy) -> int:
    """The edition itself. Raises QuestionError if the Index has no such edition."""
    if edition in taxonomy.editions:
        return edition
    raise QuestionError(
        f"the Index has no {edition} edition; its editions are {edition_list(taxonomy.editions)}", "send one of these editions"
    )


def latest_edition(indicators: Iterable[str], countries: Sequence[str], loaded: LoadedScores, taxonomy: Taxonomy) -> int:
    """The latest edition that has all of these indicators for all of these countries; failing that, the latest of the Index."""
    having = [set(loaded.editions(i, countries)) for i in indicators]
    common = set.intersection(*having) if having else set(loaded.all_editions)
    return max(common or loaded.all_editions or taxonomy.editions)


def _as_in_a_question(name: str, taxonomy: Taxonomy) -> str | None:
    """The one indicator that these words stand for in a question, if they say nothing else: "cybercrime", "illegal logging"."""
    try:
        read = understand(name, build_gazetteer(taxonomy), taxonomy.editions)
    except QuestionError:
        return None
    plain = len(read.indicators) == 1 and not (read.corrected or read.words or read.countries or read.groups)
    return read.indicators[0] if plain else None


@cache
def _country_names(taxonomy: Taxonomy) -> Mapping[str, str]:
    return {fold(n): c.iso3 for c in taxonomy.countries.values() for n in (*c.aliases, *c.labels, c.name)}


@cache
def _indicator_names(taxonomy: Taxonomy) -> Mapping[str, str]:
    """Names, labels and those everyday words that stand for one indicator alone."""
    found: dict[str, set[str]] = {}
    for indicator in taxonomy.indicators.values():
        for name in (indicator.id.replace("_", " "), indicator.name, *indicator.labels, *indicator.synonyms):
            found.setdefault(fold(name), set()).add(indicator.id)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


@cache
def _group_names(taxonomy: Taxonomy) -> Mapping[str, str]:
    names = {fold(n): g.name for g in taxonomy.groups.values() for n in (*g.synonyms, *g.labels, g.name)}
    return {fold("the world"): WORLD, WORLD: WORLD} | names


def _nearest(name: str, names: Mapping[str, str]) -> list[str]:
    found = process.extract(fold(name), list(names), limit=_NEAREST, score_cutoff=_NEAR)
    return list(dict.fromkeys(names[text] for text, _, _ in found))


def _unknown(name: str, what: str, nearest: Sequence[str], hint: str) -> QuestionError:
    near = f"; nearest: {joined(nearest, 'or')}" if nearest else ""
    return QuestionError(f"{name!r} is not {what}{near}", hint)
