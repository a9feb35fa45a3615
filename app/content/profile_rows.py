"""What the profile view says of scores and sections, as plain strings, Markdown and table rows. Pure.

A rise of one step is called that, never a percentage; which way a scale runs is said wherever a score stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from app.content.markdown import escaped, source_link
from corpus.taxonomy import WORLD, Pillar, Taxonomy
from index.language.phrases import (
    change_meaning,
    edition_list,
    first_rank_words,
    group_in_sentence,
    in_sentence,
    joined,
    number_word,
    rank_words,
    step_words,
)
from index.profiles.profile import ScoreLine, SectionText
from index.scores.ranking import Standing
from index.scores.result_sentences import rank_move

# The averages whose parts are listed, each as a table of its own.
FAMILIES = ("criminal_markets", "criminal_actors", "resilience")
_MOST_NAMED = 6


def by_indicator(lines: Sequence[ScoreLine]) -> dict[str, ScoreLine]:
    """The lines by indicator."""
    return {line.indicator: line for line in lines}


def standing_words(standing: Standing, where: str = "") -> str:
    """A rank: "joint 26th of 193"; where not all of the group is loaded, "2nd of the 12 loaded (54 in all)"."""
    if standing.of == standing.members:
        return f"{rank_words(standing.rank, standing.sharing)} of {standing.of}{where}"
    return f"{rank_words(standing.rank, standing.sharing)} of the {standing.of} loaded{where} ({standing.members} in all)"


def ranks_words(line: ScoreLine, taxonomy: Taxonomy) -> str:
    """A score's ranks in the world, its continent and its region, as a sentence; empty where it has none."""
    listed = joined([standing_words(s, f" in {group_in_sentence(s.within, taxonomy)}") for s in line.standings])
    return f"{listed[0].upper()}{listed[1:]}." if listed else ""


def first_words(indicator: str, taxonomy: Taxonomy) -> str:
    """What it means to rank first for an indicator, as a sentence."""
    return f"{first_rank_words(taxonomy.indicators[indicator].pillar)}."


def change_words(line: ScoreLine, taxonomy: Taxonomy) -> str:
    """How a score moved, in few words: "one step up", "up 0.12", "no change"; empty where there is no edition before."""
    if line.before is None:
        return ""
    change = line.change
    if change is None:
        since = taxonomy.indicators[line.indicator].since
        if since <= line.before:
            return f"not loaded for {line.before}"
        return "not measured before" if since == line.edition else f"not measured in {line.before}"
    steps = "" if line.indicator in _averages(taxonomy) else step_words(change)
    return f"{steps} {'up' if change > 0 else 'down'}" if change and steps else _moved(change)


def change_sentences(line: ScoreLine, taxonomy: Taxonomy) -> tuple[str, ...]:
    """How an average moved: as published, like for like where it gained parts, its rank in the world; empty without a change."""
    if line.before is None or line.change is None or line.earlier is None:
        return ()
    indicator = taxonomy.indicators[line.indicator]
    told = [
        f"Since {line.before}: {change_words(line, taxonomy)}, from {line.earlier:.2f} to {line.value:.2f}"
        f"{_meaning(line.change, indicator.pillar)}."
    ]
    if line.added:
        names = joined([in_sentence(taxonomy.indicators[i]) for i in line.added])
        what = names if len(line.added) < _MOST_NAMED else f"{number_word(len(line.added))} indicators"
        told.append(f"The two averages are not of the same things: the {line.before} edition did not measure {what}.")
        if line.like_for_like is not None:
            way = {1: "up", -1: "down", 0: ""}[(line.like_for_like > 0) - (line.like_for_like < 0)]
            moved = f"{way} {abs(line.like_for_like):.2f}" if way else "no change"
            told.append(
                f"Like for like, over what both editions measured: {moved}{_meaning(line.like_for_like, indicator.pillar)}."
            )
    world = _world(line)
    if line.was is not None and world is not None and line.indicator in ("criminality", "resilience"):
        moved = rank_move(line.was, world)
        told.append(f"{moved[0].upper()}{moved[1:]}.")
    return tuple(told)


def family_rows(family: str, lines: Mapping[str, ScoreLine], edition: int, taxonomy: Taxonomy) -> list[dict[str, str]]:
    """The measured indicators below an average as rows of a table, cells as Markdown. Ranks are in the world.

    Out of how many they are stands in the head of the column where it is the same for all, so that rows stay short.
    """
    shown = [lines[i] for i in taxonomy.leaves(family, edition) if i in lines]
    worlds = [_world(line) for line in shown]
    totals = {(s.of, s.members) for s in worlds if s is not None}
    of, members = next(iter(totals)) if len(totals) == 1 else (0, 0)
    head = f"Rank of {of}" if of == members else f"Rank of the {of} loaded"
    rows = []
    for line, world in zip(shown, worlds, strict=True):
        row = {"Indicator": escaped(taxonomy.indicators[line.indicator].name), "Score": f"**{line.value:.2f}**"}
        if line.before is not None:
            row[f"Since {line.before}"] = signed(line, taxonomy)
        if world is not None:
            row[head if of else "World rank"] = escaped(rank_words(world.rank, world.sharing) if of else standing_words(world))
        rows.append(row)
    return rows


def signed(line: ScoreLine, taxonomy: Taxonomy) -> str:
    """How a score moved, led by an arrow for who skims."""
    words = change_words(line, taxonomy)
    return f"{'↑ ' if line.change and line.change > 0 else '↓ ' if line.change else ''}{escaped(words)}"


def detail_list(family: str, lines: Mapping[str, ScoreLine], edition: int, texts: Mapping[str, str], taxonomy: Taxonomy) -> str:
    """What the indicators of a family mean, their ranks in the continent and region too, and their sources, as Markdown.

    `texts` has the definitions by indicator.
    """
    shown = dict.fromkeys(i for i in (family, *taxonomy.leaves(family, edition)) if i in lines)
    return f"{escaped(first_words(family, taxonomy))}\n\n" + "\n".join(
        f"- **{escaped(taxonomy.indicators[i].name)}**: "
        f"{escaped(f'{texts.get(i, taxonomy.indicators[i].definition)} {ranks_words(lines[i], taxonomy)}')} "
        f"Source: {source_link(lines[i].source)}"
        for i in shown
    )


def header_rows(header: Sequence[tuple[str, str]]) -> str:
    """The facts of the page's head as Markdown; one whose value the page does not give says so."""
    return " · ".join(f"{escaped(label)}: **{escaped(_given(value))}**" for label, value in header if label)


def silence_words(section: SectionText, edition: int) -> str:
    """Why a section has no paragraphs: never that there is no such crime."""
    if section.first_edition is not None:
        return (
            f"Not measured in this edition: the Index covers this from {section.first_edition} on. The {edition} page says "
            "nothing about it, neither that it exists nor that it does not."
        )
    if not section.on_page:
        return "The loaded page does not have this section. That says nothing about the country."
    return "The loaded page has no text in this section. That says nothing about the country."


def only_scores_words(name: str, edition: int, texts: Sequence[int]) -> str:
    """That no text of this edition is loaded, and which editions have one."""
    others = f" Its text is loaded for {edition_list(texts)}." if texts else " No text of this country is loaded at all."
    return f"The scores of {name} {edition} are loaded, the text of its page is not.{others}"


def only_text_words(name: str, edition: int) -> str:
    """That the page is loaded, but no sound scores."""
    return f"The text of {name} {edition} is loaded, its scores are not: neither from its page nor from a workbook or table."


def no_change_words(lines: Sequence[ScoreLine], edition: int, name: str, taxonomy: Taxonomy) -> str:
    """Why no changes are shown; empty where they are."""
    if any(line.before is not None for line in lines):
        return ""
    if edition == taxonomy.editions[0]:
        return f"{edition} is the first edition of the Index, so no score has changed yet."
    return f"No earlier scores of {name} are loaded, so no change is shown."


def in_part_words(lines: Sequence[ScoreLine], edition: int, taxonomy: Taxonomy) -> str:
    """Which scores of the edition are not loaded; empty where all are."""
    having = {line.indicator for line in lines}
    missing = [i for i in taxonomy.measured(edition) if i.id not in having]
    if not missing:
        return ""
    if len(missing) > 6:
        return f"Only {len(lines)} of the {len(taxonomy.measured(edition))} scores of this edition are loaded."
    return f"Not loaded: {joined([in_sentence(i) for i in missing])}."


def _world(line: ScoreLine) -> Standing | None:
    return next((s for s in line.standings if s.within == WORLD), None)


def _given(value: str) -> str:
    return "not given" if value.strip().lower() in ("", "n/a", "na") else value


def _averages(taxonomy: Taxonomy) -> frozenset[str]:
    return frozenset(i.parent for i in taxonomy.indicators.values() if i.parent is not None)


def _moved(change: Decimal) -> str:
    return f"{'up' if change > 0 else 'down'} {abs(change):.2f}" if change else "no change"


def _meaning(change: Decimal, pillar: Pillar) -> str:
    return f", {change_meaning(change, pillar)}" if change else ""
