"""Tables of an overview, of what lies behind a score, and of a fact that a page prints. Pure."""

from __future__ import annotations

from app.reports.place_words import capital, place_words, rank_heading
from app.reports.table import Column, ResultTable, Row, Signed, without_empty
from corpus.addresses import country_slug, page_address
from corpus.taxonomy import Taxonomy
from index.contract.answer_object import Answer
from index.contract.briefing_results import BriefScore, ExplanationResult, OverviewResult, PageFactResult
from index.language.phrases import in_sentence, rank_words
from index.profiles.page_field import page_fields

_OVERALL = "Overall"
# The heading of the parts of each average; averages above them stand under the first heading.
_HEADINGS = {
    "criminal_markets": "Criminal markets",
    "criminal_actors": "Criminal actors",
    "resilience": "Resilience",
}


def overview_table(result: OverviewResult, answer: Answer, taxonomy: Taxonomy) -> ResultTable:
    """The scores of an overview under the headings overall, markets, actors and resilience, the worst first in each."""
    places = {s.within for s in result.scores if s.rank is not None}
    among = min(map(str, places)) if len(places) == 1 else None
    befores = {s.before for s in result.scores if s.before is not None}
    since = f"Change since {min(befores)}" if len(befores) == 1 else "Change"
    columns = (
        Column("indicator", "Indicator"),
        Column("score", "Score"),
        Column("rank", "Rank" if among is None else rank_heading(among, (s.of for s in result.scores), taxonomy)),
        Column("change", since),
        Column("like_for_like", "Change like for like"),
    )
    rows = tuple(_score_row(s, among, taxonomy) for s in _in_order(result.scores, taxonomy))
    title = f"{taxonomy.countries[result.country].name}, {result.edition} edition"
    shared: dict[str, str | int] = {"country": result.country, "edition": result.edition}
    if len(befores) == 1:
        shared["before"] = min(befores)
    return without_empty(ResultTable(title, columns, rows, shared))


def _score_row(score: BriefScore, among: str | None, taxonomy: Taxonomy) -> Row:
    cells = (
        taxonomy.indicators[score.indicator].name,
        score.value,
        _rank(score, among, taxonomy),
        None if score.change is None else Signed(score.change),
        None if score.like_for_like is None else Signed(score.like_for_like),
    )
    return Row(score.indicator, cells, _heading(score.indicator, taxonomy), score.source)


def _rank(score: BriefScore, among: str | None, taxonomy: Taxonomy) -> str | None:
    """The rank in words, with the group it is in unless the column says so for all."""
    if score.rank is None:
        return None
    of = f" of {score.of}" if score.of is not None else ""
    where = f" in {place_words(score.within, taxonomy)}" if among is None and score.within is not None else ""
    return f"{rank_words(score.rank, score.sharing or 1)}{of}{where}"


def _heading(indicator: str, taxonomy: Taxonomy) -> str:
    return _HEADINGS.get(taxonomy.indicators[indicator].parent or "", _OVERALL)


def _in_order(scores: tuple[BriefScore, ...], taxonomy: Taxonomy) -> list[BriefScore]:
    """By heading; within one the worst first, which is the lowest on resilience. The two overall scores keep their order."""
    headings = [_OVERALL, *_HEADINGS.values()]

    def place(score: BriefScore) -> tuple[int, float]:
        heading = _heading(score.indicator, taxonomy)
        worst = 0.0 if heading == _OVERALL else score.value if heading == "Resilience" else -score.value
        return headings.index(heading), worst

    return sorted(scores, key=place)


def explanation_table(result: ExplanationResult, answer: Answer, taxonomy: Taxonomy) -> ResultTable:
    """The parts named by an explanation: value, that of the reference, the difference, and the change where one is known."""
    against = reference_words(result, taxonomy)
    before = max((f.edition for f in answer.facts if f.edition < result.edition), default=None)
    change = f"Change since {before}" if before is not None else "Change since the edition before"
    if result.start is not None:
        change = f"Change from {result.start} to {result.end}"
    columns = (
        Column("part", "Part"),
        Column("score", "Score"),
        Column("mean", capital(against)),
        Column("difference", "Difference"),
        Column("change", change),
    )
    sources = {f.indicator: f.source for f in answer.facts if (f.country, f.edition) == (result.country, result.edition)}
    rows = tuple(
        Row(
            p.indicator,
            (
                taxonomy.indicators[p.indicator].name,
                p.value,
                p.mean,
                Signed(p.difference),
                None if p.change is None else Signed(p.change),
            ),
            source=sources.get(p.indicator, ""),
        )
        for p in result.parts
    )
    country, indicator = taxonomy.countries[result.country].name, in_sentence(taxonomy.indicators[result.indicator])
    shared: dict[str, str | int] = {"country": result.country, "indicator": result.indicator, "edition": result.edition}
    title = f"Parts of {indicator}, {country}, {result.edition} edition"
    return without_empty(ResultTable(title, columns, rows, shared | {"reference": result.reference}))


def reference_words(result: ExplanationResult, taxonomy: Taxonomy) -> str:
    """What the parts are set against: "mean of West Africa", or "score of Peru" where it is one country."""
    of = "score" if result.reference in taxonomy.countries else "mean"
    return f"{of} of {place_words(result.reference, taxonomy)}"


def page_fact_table(result: PageFactResult, answer: Answer, taxonomy: Taxonomy) -> ResultTable:
    """One row: the fact as the page prints it, and the page's address."""
    columns = (
        Column("country", "Country"),
        Column("edition", "Edition"),
        Column("field", "Fact"),
        Column("value", "As printed on the page"),
    )
    country = taxonomy.countries[result.country]
    fact = page_fields()[result.field].name
    cells = (country.name, result.edition, capital(fact), result.value)
    row = Row(result.country, cells, source=page_address(result.edition, country_slug(country)))
    return ResultTable(f"{country.name}, {result.edition} edition", columns, (row,))
