"""The four main scores of a profile as cards, and questions that lead on from it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.content.explore_choices import Choices
from app.content.linked_words import ranking_link
from app.content.links import ask_link
from app.content.markdown import escaped
from app.content.profile_rows import FAMILIES, change_words, signed_number, standing_words, world_standing
from app.content.profile_spark import OwnScores, Spark, spark_of
from corpus.taxonomy import Taxonomy
from index.language.phrases import change_meaning, in_sentence
from index.profiles.profile import ScoreLine, SectionText

_SHOWN = ("criminality", *FAMILIES)


@dataclass(frozen=True, slots=True)
class Card:
    """A score and what it is to be read with. `change` and `like_for_like` are sentences, empty where there is none."""

    name: str
    link: str
    score: str
    direction: str
    change: str
    like_for_like: str
    rank: str
    spark: Spark


def cards_of(lines: Mapping[str, ScoreLine], own: OwnScores, choices: Choices) -> tuple[Card, ...]:
    """The cards of the main scores that are loaded."""
    return tuple(_card(lines[i], own, choices) for i in _SHOWN if i in lines)


def ask_links(
    name: str, edition: int, lines: Mapping[str, ScoreLine], sections: Sequence[SectionText], taxonomy: Taxonomy
) -> str:
    """Questions about the country as Markdown, each a link that asks it; who controls a market only where text says something."""
    asked = {f"tell me about {name}": f"Tell me about {name} in {edition}"}
    before = next((line.before for line in lines.values() if line.before is not None), None)
    if before is not None:
        asked[f"what changed since {before}"] = f"What changed in {name} between {before} and {edition}?"
    told = {i for section in sections if section.paragraphs for i in section.indicators}
    markets = [i for i in taxonomy.leaves("criminal_markets", edition) if i in told and i in lines]
    if markets:
        market = in_sentence(taxonomy.indicators[max(markets, key=lambda i: lines[i].value)])
        asked[f"who controls {market}"] = f"Who controls {market} in {name} in {edition}?"
    links = (f"[{escaped(words)}]({ask_link(question)})" for words, question in asked.items())
    return f"Ask about {escaped(name)}: {' · '.join(links)}"


def _card(line: ScoreLine, own: OwnScores, choices: Choices) -> Card:
    taxonomy = choices.taxonomy
    indicator = taxonomy.indicators[line.indicator]
    world = world_standing(line)
    change = like = ""
    if line.change is not None:
        meaning = change_meaning(line.change, indicator.pillar)
        change = f"{signed_number(line.change)} since {line.before}{f', {meaning}' if meaning else ''}"
    elif line.before is not None:
        change = change_words(line, taxonomy)
    if line.like_for_like is not None:
        meaning = change_meaning(line.like_for_like, indicator.pillar)
        like = f"{signed_number(line.like_for_like)} like for like{f', {meaning}' if meaning else ''}"
    return Card(
        indicator.name,
        ranking_link(line.indicator, line.edition, choices),
        f"{line.value:.2f}",
        indicator.pillar.direction,
        change,
        like,
        f"{standing_words(world)} in the world" if world is not None else "",
        spark_of(line.indicator, line.edition, own, taxonomy),
    )
