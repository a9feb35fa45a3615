"""An answer as a file to download: Markdown for notes, rows for a table. Pure."""

from __future__ import annotations

from decimal import Decimal

from app.content.markdown import escaped, highlighted, source_link
from app.reports.answer_text import passage_place
from app.reports.result_table import result_table
from app.reports.table import ResultTable, cell_text, file_rows
from corpus.taxonomy import Taxonomy
from index.contract.answer_object import Answer
from index.contract.briefing_results import AboutResult


def as_markdown(answer: Answer, taxonomy: Taxonomy, link: str = "") -> str:
    """Question, answer, the result's table, scores, passages with what answers in bold, notes, and a link that asks again."""
    blocks = [f"# {escaped(answer.question)}", escaped(answer.answer)]
    if isinstance(answer.result, AboutResult):
        blocks.append(f"Source: {source_link(answer.result.source)}")
    table = result_table(answer, taxonomy)
    if table is not None:
        blocks += table_blocks(table)
    if answer.facts:
        rows = ["| Country | Edition | Indicator | Score | Source |", "|---|---|---|---|---|"]
        for f in answer.facts:
            cells = (taxonomy.countries[f.country].name, str(f.edition), taxonomy.indicators[f.indicator].name, f"{f.value:.2f}")
            rows.append("| " + " | ".join((*map(escaped, cells), source_link(f.source))) + " |")
        blocks.append("\n".join(rows))
    for passage in answer.passages:
        text = highlighted(passage).replace(":orange-background[**", "**").replace("**]", "**")
        blocks += [f"## {escaped(passage_place(passage, taxonomy))}", text, f"Source: {source_link(passage.source)}"]
    if answer.notes:
        blocks.append("\n".join(f"- {escaped(note)}" for note in answer.notes))
    blocks.append(f"Answered by index build {escaped(answer.generation)}" + (f": <{link}>" if link else ""))
    return "\n\n".join(blocks) + "\n"


def table_blocks(table: ResultTable) -> list[str]:
    """The table in Markdown, under its title; one table for each heading that rows stand under."""
    labels = [escaped(column.label) for column in table.columns]
    blocks = [f"## {escaped(table.title)}"]
    for group in table.groups:
        lines = ["| " + " | ".join(labels) + " |", "|---" * len(labels) + "|"]
        lines += ["| " + " | ".join(escaped(cell_text(c)) for c in row.cells) + " |" for row in table.rows if row.group == group]
        blocks += ([f"### {escaped(group)}"] if group else []) + ["\n".join(lines)]
    return blocks


def table_rows(answer: Answer, taxonomy: Taxonomy) -> list[dict[str, object]]:
    """The rows of the result's table; without one, a row for each score of an answer about scores, or for each passage."""
    table = result_table(answer, taxonomy)
    if table is not None:
        return file_rows(table)
    if isinstance(answer.result, AboutResult):
        return [{"topic": answer.result.topic, "text": answer.result.text, "source": answer.result.source}]
    if answer.result is not None and answer.facts:
        return [
            {
                "iso3": f.country,
                "country": taxonomy.countries[f.country].name,
                "edition": f.edition,
                "indicator": f.indicator,
                "score": Decimal(f"{f.value:.2f}"),
                "rank": f.rank if f.rank is not None else "",
                "of": f.of if f.of is not None else "",
                "within": f.within or "",
                "source": f.source,
            }
            for f in answer.facts
        ]
    return [
        {
            "place": p.id,
            "country": taxonomy.countries[p.country].name if p.country else "",
            "edition": p.edition or "",
            "section": p.section or "",
            "paragraph": p.paragraph or "",
            "marked": " ".join(p.text[a:b] for a, b in p.highlight),
            "text": p.text,
            "note": p.note,
            "source": p.source,
        }
        for p in answer.passages
    ]
