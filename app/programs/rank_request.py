"""`rank`: the countries of a group in the order of a score, or of its change between two editions."""

from __future__ import annotations

from dataclasses import replace

from app.programs.asked import Arguments, countries_asked, edition_note, group_asked, measures_asked
from app.programs.names import indicator_id
from app.programs.rows import Json, country_of, figure_of, page_of, refused, scales_of
from corpus.taxonomy import WORLD
from index.contract.answer_kind import Kind
from index.contract.refusal import RefusalReason
from index.generations.snapshot import Snapshot
from index.language.phrases import group_in_sentence, in_sentence, rank_words
from index.scores.availability import refusal_of
from index.scores.query import Change, Measure, Order, Query
from index.scores.query_rows import like_for_like_figures, rows_of
from index.scores.run_query import result_of

_MOST_SAID = 5


def rank(snapshot: Snapshot, arguments: Arguments) -> Json:
    """The ranking as rows; with `countries`, the rows of these alone, each with its rank in the whole group.

    Rank 1 is the highest figure, whichever end comes first; `place` counts from the end that comes first. Countries with the same
    figure share a rank and are never cut apart.
    """
    taxonomy = snapshot.taxonomy
    group, shown = group_asked(snapshot, arguments), countries_asked(snapshot, arguments)
    (measure,) = measures_asked(snapshot, (indicator_id(arguments["indicator"], taxonomy),), arguments)
    query = Query(
        Kind.RANKING,
        (measure,),
        members_of=0,
        groups=((group,),) if group != WORLD else (),
        order=Order(arguments["order"]),
    )
    query = replace(query, members_of=max(query.editions))
    refusal = refusal_of(query, taxonomy, snapshot.loaded)
    if refusal is not None:
        return refused(refusal, snapshot.manifest.name)
    rows, _ = rows_of(snapshot, query)
    first = result_of(snapshot, replace(query, limit=arguments["limit"]))
    like, like_notes = like_for_like_figures(snapshot, query, tuple(row.country for row in rows))
    listed = [
        {
            **country_of(row.country, taxonomy),
            "rank": row.rank.rank,
            "of": row.rank.of,
            "sharing": row.rank.sharing,
            "place": row.rank.rank if query.order is Order.HIGHEST else row.rank.of - row.rank.rank - row.rank.sharing + 2,
            "figures": [figure_of(row, measure, like[n] if like else None)],
        }
        for n, row in enumerate(rows)
        if not shown or row.country in shown
    ]
    without = [c for c in shown if c not in {row["country"] for row in listed}]
    outside = [_outside(snapshot, c, group) for c in without]
    return {
        "answered": bool(listed),
        "answer": " ".join(_sentence(snapshot, row, measure, group) for row in listed[:_MOST_SAID]) if shown else first.text,
        "reason": None if listed else RefusalReason.NONE_MEETS.value,
        **page_of(listed, arguments["limit"], arguments["offset"], lambda a, b: bool(a["rank"] == b["rank"])),
        "within": group,
        "scales": scales_of(query.indicators, taxonomy),
        # Of the notes on changes the first names what an average gained; the others name figures, which the rows have.
        "notes": list(dict.fromkeys([*edition_note(arguments, max(query.editions)), *first.notes, *like_notes[:1], *outside])),
        "generation": snapshot.manifest.name,
    }


def _sentence(snapshot: Snapshot, row: Json, measure: Measure, group: str) -> str:
    """The rank of one country, the highest figure being first whichever end was asked for."""
    taxonomy = snapshot.taxonomy
    where = "" if group == WORLD else f" in {group_in_sentence(group, taxonomy)}"
    name = in_sentence(taxonomy.indicators[measure.indicator])
    figure = row["figures"][0]
    said = f"{figure['change']:+.2f}" if isinstance(measure, Change) else f"{figure['value']:.2f}"
    what = f"the change of {name} from {measure.start} to {measure.end}" if isinstance(measure, Change) else name
    when = "" if isinstance(measure, Change) else f" in the {measure.edition} edition"
    return f"{row['name']} ranks {rank_words(row['rank'], row['sharing'])} of {row['of']}{where} for {what}{when} ({said})."


def _outside(snapshot: Snapshot, country: str, group: str) -> str:
    name = snapshot.taxonomy.countries[country].name
    if group != WORLD and country not in snapshot.taxonomy.members(group, snapshot.taxonomy.editions[-1]):
        return f"{name} is not in {group_in_sentence(group, snapshot.taxonomy)}."
    return f"{name} has no such score loaded."
