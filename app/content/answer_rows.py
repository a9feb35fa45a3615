"""An answer as labels and table rows. Pure."""

from __future__ import annotations

from app.content.explore_choices import Choices
from app.content.linked_words import ranking_link
from app.content.links import profile_link
from app.content.markdown import escaped, source_link
from app.reports.place_words import place_words
from app.reports.table import ResultTable, cell_text
from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer, Fact, Why
from index.contract.briefing_results import AboutResult, OverviewResult
from index.language.phrases import rank_words
from index.language.sentences import sentence_spans

# What a reader calls each type of answer. An unavailable answer has no type.
ANSWER_TYPES = {
    Kind.PASSAGES: "Profile text",
    Kind.VALUE: "Score",
    Kind.RANK: "Rank",
    Kind.SET: "Set of countries",
    Kind.RANKING: "Ranking",
    Kind.CHANGE: "Change",
    Kind.COMPARISON: "Comparison",
    Kind.AGGREGATE: "Group statistic",
    Kind.COUNT: "Number of countries",
    Kind.INDICATOR_SET: "Set of indicators",
    Kind.DEFINITION: "Definition",
    Kind.OVERVIEW: "Overview",
    Kind.EXPLANATION: "What lies behind a score",
    Kind.ABOUT: "About the Index",
    Kind.GROUP_RANKING: "Groups in order",
    Kind.INDICATOR_RANKING: "Indicators in order",
    Kind.DIFFERENCE: "Difference",
    Kind.TREND: "Through the editions",
    Kind.CORRELATION: "Correlation",
    Kind.PAGE_FACT: "Fact from the page",
}

# Endings of notes on how an answer in several parts is divided among its fields, which the page does not show as such.
_FOR_PROGRAMS = ("the structured result is that of the first.", "the result is the first, and the facts list all.")


def why_rows(why: Why) -> str:
    """Why a passage was found, as a Markdown list in words, never as a percentage."""
    return "\n".join(f"- {escaped(part[0].upper() + part[1:])}" for part in why.text.split("; "))


def fact_rows(answer: Answer, choices: Choices) -> list[dict[str, str]]:
    """The facts as table rows, the most important columns first, cells as Markdown.

    An indicator leads to its ranking, a country to its profile.
    """
    taxonomy = choices.taxonomy
    return [
        {
            "Indicator": _named(taxonomy.indicators[f.indicator].name, ranking_link(f.indicator, f.edition, choices)),
            "Score": f"**{f.value:.2f}**",
            **({"Rank": escaped(rank)} if (rank := fact_rank(f, taxonomy)) else {}),
            "Country": _named(taxonomy.countries[f.country].name, profile_link(f.country, f.edition)),
            "Edition": str(f.edition),
            "Scale": f"1 to 10, {taxonomy.indicators[f.indicator].pillar.direction}",
            "Source": source_link(f.source),
        }
        for f in answer.facts
    ]


def _named(name: str, link: str) -> str:
    return f"[{escaped(name)}]({link})" if link else escaped(name)


def result_rows(table: ResultTable, group: str) -> list[dict[str, str]]:
    """The rows of a result's table that stand under this heading, cells as Markdown."""
    return [
        {c.label: escaped(cell_text(cell)) for c, cell in zip(table.columns, row.cells, strict=True)}
        for row in table.rows
        if row.group == group
    ]


def lead_and_rest(answer: Answer) -> tuple[str, str]:
    """The first sentence of an overview, to open with, and the sentences after it; any other answer whole."""
    if not isinstance(answer.result, OverviewResult):
        return answer.answer, ""
    end = next(iter(sentence_spans(answer.answer)), (0, len(answer.answer)))[1]
    return answer.answer[:end], answer.answer[end:].strip()


def notes_beside(answer: Answer) -> tuple[str, ...]:
    """The notes for a reader: none for programs, and none that only repeats the source shown under an answer about the Index."""
    left_out = (*_FOR_PROGRAMS, *([answer.result.source] if isinstance(answer.result, AboutResult) else []))
    return tuple(note for note in answer.notes if not note.endswith(left_out))


def fact_rank(fact: Fact, taxonomy: Taxonomy) -> str:
    """The rank of a fact, empty if it has none: "26th of 193 in the world"."""
    of = f" of {fact.of}" if fact.of is not None else ""
    where = f" in {place_words(fact.within, taxonomy)}" if fact.within is not None else ""
    return f"{rank_words(fact.rank, fact.sharing or 1)}{of}{where}" if fact.rank is not None else ""


def reading_rows(answer: Answer, taxonomy: Taxonomy) -> list[tuple[str, str]]:
    """How the question was understood, as labels and values; what the question does not say is left out."""
    understood = answer.understood
    rows = [
        ("Type of answer", next((words.lower() for kind, words in ANSWER_TYPES.items() if kind == understood.kind), "")),
        ("Country", ", ".join(taxonomy.countries[c].name for c in understood.countries)),
        ("Group", ", ".join(understood.groups)),
        ("Indicator", ", ".join(taxonomy.indicators[i].name for i in understood.indicators)),
        ("Edition", ", ".join(map(str, understood.editions))),
    ]
    return [(label, value) for label, value in rows if value]
