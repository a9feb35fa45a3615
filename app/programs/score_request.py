"""`get_scores`: countries by indicators by editions, and which of these scores do not exist or are not loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter

from app.programs.asked import Arguments, countries_asked, indicators_asked
from app.programs.names import group_name, known_edition
from app.programs.rows import Json, country_of, missing_of, page_of, scales_of
from corpus.taxonomy import WORLD, Taxonomy
from index.contract.refusal import RefusalReason
from index.generations.snapshot import Snapshot
from index.language.phrases import in_sentence
from index.questions.context import OVERALL
from index.scores.query import Level
from index.scores.score import Score

_Cell = tuple[str, str, int]
_AS_SENT = "as sent"


def get_scores(snapshot: Snapshot, arguments: Arguments) -> Json:
    """Scores as rows, in the order of countries, indicators and editions, or by value."""
    taxonomy = snapshot.taxonomy
    indicators = indicators_asked(snapshot, arguments, OVERALL)
    named = tuple(known_edition(e, taxonomy) for e in arguments.get("editions", ()))
    newest = max(named or snapshot.loaded.all_editions or taxonomy.editions)
    if arguments.get("with_parts"):
        indicators = tuple(dict.fromkeys(part for i in indicators for part in _with_parts(i, newest, taxonomy)))
    editions = {i: named or snapshot.loaded.editions(i)[-1:] for i in indicators}
    countries = _countries(snapshot, arguments, newest)
    stored = snapshot.score_store.scores_in(indicators, tuple(sorted({e for es in editions.values() for e in es})))
    found = {(s.country, s.indicator, s.edition): s for s in stored}
    asked = [(c, i, e) for c in countries for i in indicators for e in editions[i]]
    rows = [_row(snapshot, found[cell]) for cell in asked if cell in found]
    if arguments["order"] != _AS_SENT:
        rows.sort(key=itemgetter("value"), reverse=arguments["order"] == "highest")
    missing = _missing(taxonomy, countries, editions, found)
    return {
        "answered": bool(rows),
        "answer": _sentence(snapshot, rows, len(asked), missing),
        "reason": None if rows else _reason(snapshot, countries, editions),
        **page_of(rows, arguments["limit"], arguments["offset"]),
        "missing": missing,
        "scales": scales_of(indicators, taxonomy),
        "notes": [] if named else ["No editions were sent; each score is from the latest edition loaded that has it."],
        "generation": snapshot.manifest.name,
    }


def _with_parts(indicator: str, edition: int, taxonomy: Taxonomy) -> Sequence[str]:
    """An average, those it is the mean of, and so on down to what is measured."""
    return [indicator, *(p for part in taxonomy.parts(indicator, edition) for p in _with_parts(part, edition, taxonomy))]


def _countries(snapshot: Snapshot, arguments: Arguments, edition: int) -> tuple[str, ...]:
    groups = [group_name(g, snapshot.taxonomy) for g in arguments.get("groups", ())]
    named = countries_asked(snapshot, arguments)
    members = [c for g in groups for c in snapshot.taxonomy.members(g, edition)]
    return tuple(dict.fromkeys([*named, *members])) or snapshot.taxonomy.members(WORLD, edition)


def _row(snapshot: Snapshot, score: Score) -> Json:
    return {
        **country_of(score.country, snapshot.taxonomy),
        "indicator": score.indicator,
        "edition": score.edition,
        "value": float(score.value),
        "source": score.source,
    }


def _sentence(snapshot: Snapshot, rows: Sequence[Json], asked: int, missing: Sequence[Json]) -> str:
    if len(rows) == 1:
        row = rows[0]
        name = in_sentence(snapshot.taxonomy.indicators[row["indicator"]])
        return f"{row['name']} scores {row['value']:.2f} for {name} in the {row['edition']} edition."
    if not rows and missing:
        name = in_sentence(snapshot.taxonomy.indicators[missing[0]["indicator"]])
        return f"No {missing[0]['edition']} score for {name} to give: {missing[0]['why']}."
    return f"{len(rows)} of the {asked} scores asked for are loaded."


def _reason(snapshot: Snapshot, countries: Sequence[str], editions: Mapping[str, Sequence[int]]) -> str:
    since = snapshot.taxonomy.indicators
    if editions and all(e < since[i].since for i, listed in editions.items() for e in listed):
        return RefusalReason.NOT_MEASURED
    if not set(countries) & snapshot.loaded.countries:
        return RefusalReason.COUNTRY_NOT_LOADED
    return RefusalReason.EDITION_NOT_LOADED


def _missing(
    taxonomy: Taxonomy, countries: Sequence[str], editions: Mapping[str, Sequence[int]], found: Mapping[_Cell, Score]
) -> list[Json]:
    """Each score that is not there, with the countries that lack it and why; no countries where it is all of them."""
    missing = []
    for indicator, listed in editions.items():
        since = taxonomy.indicators[indicator].since
        for edition in listed:
            lacking = [c for c in countries if (c, indicator, edition) not in found]
            if lacking:
                why = f"first measured in the {since} edition" if edition < since else "not loaded"
                named = [] if len(lacking) == len(countries) else lacking
                missing.append(missing_of(Level(indicator, edition), why, named, len(lacking)))
    return missing
