"""`filter_countries`: the countries that meet conditions on scores, on their changes, or against another figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from app.programs.asked import Arguments, countries_asked, measures_asked
from app.programs.names import country_code, group_name, indicator_id, latest_edition
from app.programs.rows import Json, country_of, figure_of, page_of, refused, scales_of
from corpus.errors import QuestionError
from index.contract.answer_kind import Kind
from index.generations.snapshot import Snapshot
from index.scores.availability import refusal_of
from index.scores.query import Change, Condition, Level, Measure, OfCountry, OfGroup, Op, Operand, Order, Query
from index.scores.query_rows import like_for_like_figures, rows_of
from index.scores.query_text import query_words
from index.scores.run_query import result_of
from index.scores.statistics import Stat

_RIGHT_SIDES = ("value", "country", "group", "other_indicator")


def filter_countries(snapshot: Snapshot, arguments: Arguments) -> Json:
    """The countries as rows, each with every figure that was tested, in the order asked for."""
    taxonomy = snapshot.taxonomy
    conditions = tuple(_condition(snapshot, c, arguments) for c in arguments["conditions"])
    measures = tuple(dict.fromkeys(c.left for c in conditions))
    query = Query(
        Kind.SET,
        measures,
        members_of=0,
        countries=countries_asked(snapshot, arguments),
        groups=tuple((group_name(g, taxonomy),) for g in arguments.get("groups", ())),
        without_groups=tuple(group_name(g, taxonomy) for g in arguments.get("without_groups", ())),
        without_countries=tuple(country_code(c, taxonomy) for c in arguments.get("without_countries", ())),
        where=(conditions,) if arguments["match"] == "any" else tuple((c,) for c in conditions),
    )
    query = replace(query, members_of=max(query.editions))
    refusal = refusal_of(query, taxonomy, snapshot.loaded)
    if refusal is not None:
        return refused(refusal, snapshot.manifest.name)
    stated = result_of(snapshot, query)
    found, _ = rows_of(snapshot, replace(query, order=Order(arguments["order"])))
    codes = tuple(row.country for row in found)
    likes, like_notes = {}, list[str]()
    for measure in query.all_measures:
        likes[measure], notes = like_for_like_figures(snapshot, replace(query, measures=(measure,)), codes)
        like_notes += notes
    rows = [
        {
            **country_of(row.country, taxonomy),
            "figures": [figure_of(row, m, likes[m][n] if likes[m] else None) for m in query.all_measures],  # type: ignore[index]
        }
        for n, row in enumerate(found)
    ]
    return {
        "answered": True,
        "answer": stated.text,
        "reason": None,
        "read_as": query_words(query, taxonomy),
        **page_of(rows, arguments["limit"], arguments["offset"]),
        "scales": scales_of(query.indicators, taxonomy),
        "notes": list(dict.fromkeys([*_edition_notes(arguments, query), *stated.notes, *like_notes])),
        "generation": snapshot.manifest.name,
    }


def _condition(snapshot: Snapshot, sent: Mapping[str, Any], arguments: Arguments) -> Condition:
    taxonomy = snapshot.taxonomy
    given = [name for name in _RIGHT_SIDES if name in sent]
    if len(given) != 1:
        what = f"has {' and '.join(given)}" if given else "has nothing to compare with"
        raise QuestionError(f"a condition on {sent['indicator']!r} {what}", f"send exactly one of {', '.join(_RIGHT_SIDES)}")
    indicator = indicator_id(sent["indicator"], taxonomy)
    # A condition's own editions come before those of the whole request.
    own = {"edition": sent.get("edition", arguments.get("edition")), "since": sent.get("since")}
    if own["edition"] is None:
        own["edition"] = latest_edition(_indicators_sent(snapshot, arguments), (), snapshot.loaded, taxonomy)
    (left,) = measures_asked(snapshot, (indicator,), own)
    plus = Decimal(str(sent.get("plus", 0)))
    return Condition(left, Op(sent["op"]), _right(snapshot, sent, given[0], left), plus)


def _right(snapshot: Snapshot, sent: Mapping[str, Any], name: str, left: Measure) -> Operand:
    taxonomy = snapshot.taxonomy
    if name == "value":
        return Decimal(str(sent["value"]))
    if name == "country":
        return OfCountry(country_code(sent["country"], taxonomy), left)
    if name == "group":
        return OfGroup(group_name(sent["group"], taxonomy), Stat.MEAN, left)
    other = indicator_id(sent["other_indicator"], taxonomy)
    return Level(other, left.edition) if isinstance(left, Level) else Change(other, left.start, left.end)


def _indicators_sent(snapshot: Snapshot, arguments: Arguments) -> list[str]:
    return [indicator_id(c["indicator"], snapshot.taxonomy) for c in arguments["conditions"]]


def _edition_notes(arguments: Arguments, query: Query) -> list[str]:
    if arguments.get("edition") is not None or all("edition" in c for c in arguments["conditions"]):
        return []
    return [f"Where no edition was sent, {max(query.editions)} is meant, the latest one loaded that has all of these scores."]
