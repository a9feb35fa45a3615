"""What the Profile page says about scores and sections, as text and Markdown. Pure.

A change is given in steps or points, never as a percentage, and every score says which way its scale runs.
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

# The averages whose indicators are listed, each in its own table.
FAMILIES = ("criminal_markets", "criminal_actors", "resilience")
_MOST_NAMED = 6


def by_indicator(lines: Sequence[ScoreLine]) -> dict[str, ScoreLine]:
    """The lines by indicator id."""
    return {line.indicator: line for line in lines}


def world_standing(line: ScoreLine) -> Standing | None:
    """The standing of a score within the world; None if it has none."""
    return next((s for s in line.standings if s.within == WORLD), None)


def standing_words(standing: Standing, where: str = "") -> str:
    """A rank: "joint 26th of 193"; where not all of the group is loaded, "2nd of the 12 loaded (54 in all)"."""
    if standing.of == standing.members:
        return f"{rank_words(standing.rank, standing.sharing)} of {standing.of}{where}"
    return f"{rank_words(standing.rank, standing.sharing)} of the {standing.of} loaded{where} ({standing.members} in all)"


def ranks_words(line: ScoreLine, taxonomy: Taxonomy) -> str:
    """The ranks of a score in the world, the continent and the region, as a sentence; empty if it has none."""
    listed = joined([standing_words(s, f" in {group_in_sentence(s.within, taxonomy)}") for s in line.standings])
    return f"{listed[0].upper()}{listed[1:]}." if listed else ""


def first_words(indicator: str, taxonomy: Taxonomy) -> str:
    """What it means to rank first for an indicator, as a sentence."""
    return f"{first_rank_words(taxonomy.indicators[indicator].pillar)}."


def change_words(line: ScoreLine, taxonomy: Taxonomy) -> str:
    """How a score changed, in a few words: "one step up", "up 0.12", "no change"; empty without an earlier edition."""
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
    """How an average changed: as published, like for like if indicators were added, and in world rank; empty without a change."""
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
        told.append(f"The two averages do not cover the same indicators: the {line.before} edition did not measure {what}.")
        if line.like_for_like is not None:
            way = {1: "up", -1: "down", 0: ""}[(line.like_for_like > 0) - (line.like_for_like < 0)]
            moved = f"{way} {abs(line.like_for_like):.2f}" if way else "no change"
            meaning = _meaning(line.like_for_like, indicator.pillar)
            told.append(f"Like for like, over the indicators that both editions measured: {moved}{meaning}.")
    world = world_standing(line)
    if line.was is not None and world is not None and line.indicator in ("criminality", "resilience"):
        moved = rank_move(line.was, world)
        told.append(f"{moved[0].upper()}{moved[1:]}.")
    return tuple(told)


def family_name(family: str, taxonomy: Taxonomy) -> str:
    """The heading over the indicators of a family; resilience itself has its own, so its indicators are named as such."""
    return "Resilience indicators" if family == "resilience" else taxonomy.indicators[family].name


def signed_number(change: Decimal) -> str:
    """A change with its sign: "+0.50", "−0.12", "0.00"."""
    return f"{change:+.2f}".replace("-", "−") if change else "0.00"


def signed(line: ScoreLine, taxonomy: Taxonomy) -> str:
    """How a score changed, with an arrow in front."""
    words = change_words(line, taxonomy)
    return f"{'↑ ' if line.change and line.change > 0 else '↓ ' if line.change else ''}{escaped(words)}"


def top_list(line: ScoreLine, taxonomy: Taxonomy) -> str:
    """Criminality or resilience, with its direction, all its ranks, its change and its source, as Markdown."""
    indicator = taxonomy.indicators[line.indicator]
    ranks = f"{ranks_words(line, taxonomy)} {first_words(line.indicator, taxonomy)}"
    sentences = map(escaped, (ranks, *change_sentences(line, taxonomy)))
    told = [f"Scale 1 to 10, **{indicator.pillar.direction}**.", *sentences, f"Source: {source_link(line.source)}"]
    return f"**{escaped(indicator.name)}**\n\n" + "\n".join(f"- {sentence}" for sentence in told)


def detail_list(family: str, lines: Mapping[str, ScoreLine], edition: int, texts: Mapping[str, str], taxonomy: Taxonomy) -> str:
    """The definitions of a family's indicators, all their ranks, and their sources, as Markdown.

    `texts` has the definitions by indicator id.
    """
    shown = dict.fromkeys(i for i in (family, *taxonomy.leaves(family, edition)) if i in lines)
    return f"{escaped(first_words(family, taxonomy))}\n\n" + "\n".join(
        f"- **{escaped(taxonomy.indicators[i].name)}**: "
        f"{escaped(f'{texts.get(i, taxonomy.indicators[i].definition)} {ranks_words(lines[i], taxonomy)}')} "
        f"Source: {source_link(lines[i].source)}"
        for i in shown
    )


def header_rows(header: Sequence[tuple[str, str]]) -> str:
    """The facts in the page's header as Markdown; a missing value is "not given"."""
    return " · ".join(f"{escaped(label)}: **{escaped(_given(value))}**" for label, value in header if label)


def silence_words(section: SectionText, edition: int) -> str:
    """Why a section has no paragraphs, which never means that there is no such crime."""
    if section.first_edition is not None:
        return (
            f"Not measured in this edition: the Index has covered this since {section.first_edition}. The {edition} page does "
            "not say whether it exists."
        )
    if not section.on_page:
        return "The loaded page does not have this section. This says nothing about the country."
    return "The loaded page has no text in this section. This says nothing about the country."


def only_scores_words(name: str, edition: int, texts: Sequence[int]) -> str:
    """That no text of this edition is loaded, and which editions have text."""
    others = f"Text is loaded for {edition_list(texts)}." if texts else "No text is loaded for any edition of this country."
    return f"Only the scores of {name} {edition} are loaded, not the profile text. {others}"


def only_text_words(name: str, edition: int) -> str:
    """That the page is loaded, but no valid scores."""
    return (
        f"Only the profile text of {name} {edition} is loaded: its page, the workbooks and the score tables gave no valid scores."
    )


def no_change_words(lines: Sequence[ScoreLine], edition: int, name: str, taxonomy: Taxonomy) -> str:
    """Why no changes are shown; empty if some are."""
    if any(line.before is not None for line in lines):
        return ""
    if edition == taxonomy.editions[0]:
        return f"{edition} is the first edition of the Index, so there are no changes to show."
    return f"No earlier scores of {name} are loaded, so no changes are shown."


def in_part_words(lines: Sequence[ScoreLine], edition: int, taxonomy: Taxonomy) -> str:
    """Which scores of the edition are not loaded; empty if all are."""
    having = {line.indicator for line in lines}
    missing = [i for i in taxonomy.measured(edition) if i.id not in having]
    if not missing:
        return ""
    if len(missing) > 6:
        return f"Only {len(lines)} of the {len(taxonomy.measured(edition))} scores of this edition are loaded."
    return f"Not loaded: {joined([in_sentence(i) for i in missing])}."


def _given(value: str) -> str:
    return "not given" if value.strip().lower() in ("", "n/a", "na") else value


def _averages(taxonomy: Taxonomy) -> frozenset[str]:
    return frozenset(i.parent for i in taxonomy.indicators.values() if i.parent is not None)


def _moved(change: Decimal) -> str:
    return f"{'up' if change > 0 else 'down'} {abs(change):.2f}" if change else "no change"


def _meaning(change: Decimal, pillar: Pillar) -> str:
    return f", {change_meaning(change, pillar)}" if change else ""
