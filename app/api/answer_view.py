"""The card of an answer in a notebook: what the page's card says, without controls. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.content.answer_metrics import verdict_of
from app.content.answer_rows import fact_rank, notes_beside
from app.reports.answer_text import passage_place
from app.reports.answer_words import doubt_words, is_unsure, kind_line, offers_heading
from app.reports.html import fill, stretches
from app.reports.result_table import result_table
from app.reports.table import ResultTable, cell_text
from app.reports.web_address import ShownSource, shown_source
from corpus.taxonomy import Taxonomy
from index.contract.answer_object import Answer, Fact, FoundPassage
from index.contract.briefing_results import AboutResult

# So many passages and scores are shown at once; more of them are folded away or only counted.
_AT_ONCE = 2
_MOST_PASSAGES = 10
_MOST_FACTS = 12


@dataclass(frozen=True, slots=True)
class _ShownPassage:
    """A passage: where it is from, its text cut where the answer begins and ends, its source, whether it is restated."""

    place: str
    text: tuple[tuple[str, bool], ...]
    source: ShownSource
    restated: bool


def answer_html(answer: Answer, taxonomy: Taxonomy) -> str:
    """The answer as HTML that brings its own style: the sentence, how it was read, scores, passages with the quote, notes."""
    quoted = answer.answered and answer.result is None
    table = result_table(answer, taxonomy)
    passages = [_passage(passage, taxonomy) for passage in answer.passages[:_MOST_PASSAGES]]
    at_once = _AT_ONCE if answer.answered else 0
    return fill(
        "notebook_answer.html.j2",
        answer=answer,
        kind=kind_line(answer, taxonomy),
        verdict=verdict_of(answer),
        in_quotes=quoted and not answer.passages[0].note,
        understood="" if is_unsure(answer) else answer.understood.words,
        doubt=doubt_words(answer),
        offers=offers_heading(answer),
        about=shown_source(answer.result.source) if isinstance(answer.result, AboutResult) else None,
        table=table,
        groups=[(group, _group_rows(table, group)) for group in table.groups] if table is not None else [],
        facts=_fact_rows(answer.facts[:_MOST_FACTS], taxonomy),
        more_facts=len(answer.facts[_MOST_FACTS:]),
        ranked=any(fact.rank is not None for fact in answer.facts),
        passages=passages[:at_once],
        more_passages=passages[at_once:],
        notes=notes_beside(answer),
    )


def _group_rows(table: ResultTable, group: str) -> list[list[tuple[str, bool]]]:
    """The cells that stand under a heading, each with whether it is a figure."""
    return [[(cell_text(c), isinstance(c, (int, float))) for c in row.cells] for row in table.rows if row.group == group]


def _fact_rows(facts: Sequence[Fact], taxonomy: Taxonomy) -> list[dict[str, object]]:
    indicators = taxonomy.indicators
    return [
        {
            "indicator": indicators[f.indicator].name,
            "score": f"{f.value:.2f}",
            "rank": fact_rank(f, taxonomy),
            "country": taxonomy.countries[f.country].name,
            "edition": f.edition,
            "scale": indicators[f.indicator].pillar.direction,
            "source": shown_source(f.source),
        }
        for f in facts
    ]


def _passage(passage: FoundPassage, taxonomy: Taxonomy) -> _ShownPassage:
    text = stretches(passage.text, passage.highlight)
    return _ShownPassage(passage_place(passage, taxonomy), text, shown_source(passage.source), bool(passage.note))
