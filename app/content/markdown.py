"""What the page says, as plain strings and table rows. Pure: `page` only lays it out.

Text of sources is data: it reaches the screen through `escaped`, never as markup.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.reports.web_address import web_address
from corpus.taxonomy import Taxonomy
from index.contract.answer_object import Answer, Fact, FoundPassage, Why
from index.language.phrases import group_in_sentence, rank_words

EXAMPLES = (
    "Who controls illegal gold mining in Peru?",
    "Peru cocaine score 2023",
    "How does Peru rank for criminality in South America?",
    "Which South American countries have criminality above 6 and resilience below 5?",
    "How did Peru's criminal markets average change between 2021 and 2023?",
    "What counts as flora crimes?",
    "Are Peruvian judges under investigation?",
)
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>&:^=\"'@/])")


def escaped(text: str) -> str:
    """Text that Markdown, LaTeX, links and colour directives leave as it is, on one line."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def highlighted(passage: FoundPassage) -> str:
    """The passage as Markdown with the answering sentences marked."""
    return marked(passage.text, passage.highlight)


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Text as Markdown with these ranges, in order, on a background and in bold: never by colour alone."""
    parts, at = [], 0
    for start, end in spans:
        parts += [escaped_inside(text[at:start]), ":orange-background[**", escaped(text[start:end]), "**]"]
        at = end
    return "".join([*parts, escaped_inside(text[at:])])


def why_rows(why: Why) -> str:
    """Why a passage was found, as a Markdown list: what speaks for it in words, never as a percentage."""
    return "\n".join(f"- {escaped(part[0].upper() + part[1:])}" for part in why.text.split("; "))


def escaped_inside(text: str) -> str:
    """Escaped text that keeps the space at its ends, for stretches between highlights."""
    return (" " if text[:1].isspace() else "") + escaped(text) + (" " if text.strip() and text[-1:].isspace() else "")


def fact_rows(answer: Answer, taxonomy: Taxonomy) -> list[dict[str, str]]:
    """The facts as rows of a table, what matters most first, cells as Markdown."""
    return [
        {
            "Indicator": escaped(taxonomy.indicators[f.indicator].name),
            "Score": f"**{f.value:.2f}**",
            **({"Rank": escaped(rank)} if (rank := _fact_rank(f, taxonomy)) else {}),
            "Country": escaped(taxonomy.countries[f.country].name),
            "Edition": str(f.edition),
            "Scale": f"1 to 10, {taxonomy.indicators[f.indicator].pillar.direction}",
            "Source": source_link(f.source),
        }
        for f in answer.facts
    ]


def _fact_rank(fact: Fact, taxonomy: Taxonomy) -> str:
    """The rank of a fact that has one: "26th of 193 in the world"."""
    of = f" of {fact.of}" if fact.of is not None else ""
    where = f" in {group_in_sentence(fact.within, taxonomy)}" if fact.within is not None else ""
    return f"{rank_words(fact.rank)}{of}{where}" if fact.rank is not None else ""


def source_link(source: str) -> str:
    """A source as Markdown: a link where it is an address, else its words."""
    address = web_address(source)
    return f"[{escaped(address.split('://')[1])}]({address})" if address else escaped(source)


def reading_rows(answer: Answer, taxonomy: Taxonomy) -> list[tuple[str, str]]:
    """How the question was understood, label and value."""
    understood = answer.understood
    rows = [
        ("Kind", "" if understood.kind == "unavailable" else understood.kind.replace("_", " ")),
        ("Country", ", ".join(taxonomy.countries[c].name for c in understood.countries)),
        ("Group", ", ".join(understood.groups)),
        ("Indicator", ", ".join(taxonomy.indicators[i].name for i in understood.indicators)),
        ("Edition", ", ".join(map(str, understood.editions))),
    ]
    return [(label, value) for label, value in rows if value]


def confidence_word(answer: Answer) -> str:
    """How sure the answer is, as a word: a figure would look more exact than it is."""
    return next(word for floor, word in ((0.9, "strong"), (0.7, "fair"), (0.0, "weak")) if answer.confidence >= floor)
