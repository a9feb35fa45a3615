"""The scores of a profile as they stand in its tables and beside its text. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.content.charts import COLOURS
from app.content.explore_choices import Choices
from app.content.linked_words import ranking_link
from app.content.links import anchor_of, profile_link
from app.content.profile_choice import Opening
from app.content.profile_rows import (
    change_sentences,
    change_words,
    family_name,
    signed_number,
    silence_words,
    standing_words,
    world_standing,
)
from app.content.profile_spark import OwnScores, Spark, spark_of
from app.reports.html import stretches
from index.language.phrases import joined, rank_words
from index.profiles.profile import ScoreLine, SectionText

_DASH = "–"


@dataclass(frozen=True, slots=True)
class Barred:
    """A score with its bar: `width` in hundredths of the scale's top, so that twice the score is twice the length."""

    name: str
    link: str
    score: str
    width: str
    colour: str


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """A row of a table: `change` as a signed number, a dash where the edition before has none, and the same in words."""

    barred: Barred
    spark: Spark
    change: str
    change_words: str
    rank: str


@dataclass(frozen=True, slots=True)
class FamilyTable:
    """The indicators under an average; `average` is empty where a card alone shows it, `rank_head` where there are no ranks.

    `dash` says what a dash in the column of changes means; empty if there is none.
    """

    name: str
    average: str
    direction: str
    sentences: tuple[str, ...]
    editions_head: str
    before: int | None
    dash: str
    rank_head: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True, slots=True)
class ShownParagraph:
    """A paragraph with its address; `stretches` is its text, each stretch with whether it is highlighted."""

    anchor: str
    link: str
    name: str
    stretches: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with its scores; `silence` says why it has no paragraphs."""

    name: str
    scores: tuple[Barred, ...]
    paragraphs: tuple[ShownParagraph, ...]
    silence: str


def family_table(
    family: str, lines: Mapping[str, ScoreLine], edition: int, own: OwnScores, choices: Choices
) -> FamilyTable | None:
    """The table of the measured indicators under an average; None if no score of them is loaded.

    If all ranks are out of the same number, the column's header gives it, so that cells stay short.
    """
    taxonomy = choices.taxonomy
    shown = [lines[i] for i in taxonomy.leaves(family, edition) if i in lines]
    if not shown:
        return None
    worlds = [world_standing(line) for line in shown]
    totals = {(s.of, s.members) for s in worlds if s is not None}
    of, members = next(iter(totals)) if len(totals) == 1 else (0, 0)
    head = (f"Rank out of {of}" if of == members else f"Rank out of the {of} loaded") if of else "World rank" if totals else ""
    rows = tuple(
        IndicatorRow(
            barred(line, choices),
            spark_of(line.indicator, edition, own, taxonomy),
            _DASH if line.change is None else signed_number(line.change),
            change_words(line, taxonomy),
            "" if world is None else rank_words(world.rank, world.sharing) if of else standing_words(world),
        )
        for line, world in zip(shown, worlds, strict=True)
    )
    average = lines[family] if family in lines and family != "resilience" else None
    return FamilyTable(
        family_name(family, taxonomy),
        "" if average is None else f"{average.value:.2f}",
        taxonomy.indicators[family].pillar.direction,
        () if average is None else change_sentences(average, taxonomy),
        f"{taxonomy.editions[0]}–{taxonomy.editions[-1]}",
        shown[0].before,
        joined(list(dict.fromkeys(row.change_words for row in rows if row.change == _DASH and row.change_words)), "or"),
        head,
        rows,
    )


def barred(line: ScoreLine, choices: Choices) -> Barred:
    """A score with its bar and the address of its ranking."""
    indicator = choices.taxonomy.indicators[line.indicator]
    link = ranking_link(line.indicator, line.edition, choices)
    return Barred(indicator.name, link, f"{line.value:.2f}", f"{line.value * 10:.1f}", COLOURS[indicator.pillar])


def shown_sections(
    sections: Sequence[SectionText],
    lines: Mapping[str, ScoreLine],
    country: str,
    edition: int,
    opened_at: Opening,
    choices: Choices,
) -> tuple[ShownSection, ...]:
    """The sections of a page, each with the scores that it is about; what the address asks for is highlighted."""
    marks = {opened_at.passage.id: [opened_at.at]} if opened_at.passage is not None and opened_at.at else {}
    return tuple(
        ShownSection(
            section.name,
            tuple(barred(lines[i], choices) for i in section.indicators if i in lines),
            tuple(
                ShownParagraph(
                    anchor_of(passage.id),
                    profile_link(country, edition, passage.id),
                    f"{section.name} {passage.paragraph}",
                    stretches(passage.text, marks.get(passage.id, [])),
                )
                for passage in section.paragraphs
            ),
            "" if section.paragraphs else silence_words(section, edition),
        )
        for section in sections
    )
