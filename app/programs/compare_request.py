"""`compare`: countries and the means of groups side by side, in an edition or by their change since an earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.programs.asked import Arguments, countries_asked, edition_note, indicators_asked, measures_asked
from app.programs.names import group_name
from app.programs.rows import Json, country_of, figure_of, missing_of, scales_of
from corpus.errors import QuestionError
from corpus.taxonomy import WORLD, GroupKind, Taxonomy
from index.contract.answer_kind import Kind
from index.contract.refusal import Refusal
from index.contract.typed_results import AggregateResult
from index.generations.snapshot import Snapshot
from index.questions.context import OVERALL
from index.scores.availability import refusal_of
from index.scores.query import Change, Measure, Query
from index.scores.query_rows import like_for_like_figures, rows_of
from index.scores.run_query import result_of
from index.scores.statistics import Stat

# Words that stand for all groups of a kind.
_KINDS = {"continents": GroupKind.CONTINENT, "regions": GroupKind.REGION, "memberships": GroupKind.MEMBERSHIP}


def compare(snapshot: Snapshot, arguments: Arguments) -> Json:
    """One row for each country and each group, in the order sent, with its figures; `highest` says who leads, ties included."""
    taxonomy = snapshot.taxonomy
    countries = countries_asked(snapshot, arguments)
    groups = tuple(dict.fromkeys(g for name in arguments.get("groups", ()) for g in _groups(name, taxonomy)))
    if len(countries) + len(groups) < 2:
        raise QuestionError(
            "a comparison needs two countries or groups", 'send several, such as "countries": ["PER", "COL"], "groups": ["world"]'
        )
    indicators = indicators_asked(snapshot, arguments, OVERALL)
    measures = measures_asked(snapshot, indicators, arguments, countries)
    edition = max(m.end if isinstance(m, Change) else m.edition for m in measures)
    rows: list[Json] = [country_of(c, taxonomy) | {"figures": list[Json]()} for c in countries]
    rows += [{"group": g, "countries": 0, "figures": list[Json]()} for g in groups]
    notes, sentences, missing, reasons = edition_note(arguments, edition), list[str](), list[Json](), list[Refusal]()
    for measure in measures:
        told = [
            _of_countries(snapshot, measure, edition, countries, rows),
            *(_of_group(snapshot, measure, edition, g, row) for g, row in zip(groups, rows[len(countries) :], strict=True)),
        ]
        sentences += [sentence for sentence, _, _ in told if sentence]
        notes += [note for _, own, _ in told for note in own]
        for reason, lacking in (gap for _, _, gaps in told for gap in gaps):
            missing.append(missing_of(measure, reason.why, lacking))
            reasons.append(reason)
    answered = any(row["figures"] for row in rows)
    return {
        "answered": answered,
        "answer": " ".join(sentences) if answered or not reasons else reasons[0].sentence,
        "reason": None if answered or not reasons else reasons[0].reason.value,
        "rows": rows if answered else [],
        "highest": [_highest(measure, rows) for measure in measures],
        "missing": missing,
        "scales": scales_of(indicators, taxonomy),
        "notes": list(dict.fromkeys(notes)),
        "generation": snapshot.manifest.name,
    }


# A sentence, notes, and why some have no figure: each reason with the countries or the group it holds for.
_Told = tuple[str, Sequence[str], Sequence[tuple[Refusal, Sequence[str]]]]


def _groups(name: str, taxonomy: Taxonomy) -> Iterator[str]:
    kind = _KINDS.get(name.strip().casefold())
    if kind is None:
        yield group_name(name, taxonomy)
    else:
        yield from (group.name for group in taxonomy.groups.values() if group.kind is kind and not group.area)


def _of_countries(snapshot: Snapshot, measure: Measure, edition: int, countries: Sequence[str], rows: Sequence[Json]) -> _Told:
    """Add the figure of each country to its row."""
    lacking: dict[str, tuple[Refusal, list[str]]] = {}
    having: list[str] = []
    for country in countries:
        refusal = refusal_of(Query(Kind.VALUE, (measure,), edition, countries=(country,)), snapshot.taxonomy, snapshot.loaded)
        if refusal is None:
            having.append(country)
        else:
            lacking.setdefault(refusal.why, (refusal, []))[1].append(country)
    if not having:
        return "", (), tuple(lacking.values())
    query = Query(Kind.SET, (measure,), edition, countries=tuple(having))
    found, _ = rows_of(snapshot, query)
    like, notes = like_for_like_figures(snapshot, query, tuple(row.country for row in found))
    for n, row in enumerate(found):
        rows[countries.index(row.country)]["figures"].append(figure_of(row, measure, like[n] if like else None))
    sentence = result_of(snapshot, replace(query, kind=Kind.COMPARISON)).text if len(having) > 1 else ""
    return sentence, notes, tuple(lacking.values())


def _of_group(snapshot: Snapshot, measure: Measure, edition: int, group: str, row: Json) -> _Told:
    """Add the mean of a group to its row."""
    query = Query(Kind.AGGREGATE, (measure,), edition, groups=((group,),) if group != WORLD else (), stat=Stat.MEAN)
    refusal = refusal_of(query, snapshot.taxonomy, snapshot.loaded)
    if refusal is not None:
        return "", (), ((refusal, (group,)),)
    outcome = result_of(snapshot, query)
    assert isinstance(outcome.result, AggregateResult)
    row["countries"] = outcome.result.of
    span = {"from": measure.start, "to": measure.end} if isinstance(measure, Change) else {"edition": measure.edition}
    figure = "change" if isinstance(measure, Change) else "value"
    row["figures"].append({"indicator": measure.indicator, **span, "stat": "mean", figure: outcome.result.value})
    return outcome.text, outcome.notes, ()


def _highest(measure: Measure, rows: Sequence[Json]) -> Json:
    """Who has the highest figure: country codes or names of groups, all that tie."""
    figures = [
        (str(row.get("country", row.get("group"))), float(f.get("value", f.get("change"))))
        for row in rows
        for f in row["figures"]
        if f["indicator"] == measure.indicator
    ]
    best = max((value for _, value in figures), default=None)
    return {"indicator": measure.indicator, "who": [name for name, value in figures if value == best], "figure": best}
