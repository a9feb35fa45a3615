"""What a briefing says of one topic in a country: the score, its ranks, the means around it, its change. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.taxonomy import Taxonomy
from index.language.phrases import in_sentence, joined, step_words
from index.profiles.briefing import (
    change_words,
    family_noun,
    first_few,
    leading_words,
    mean_words,
    moved_words,
    position_words,
    sentence,
    standing_words,
)
from index.scores.standings import Placed, Standings

_MOST_TOPICS = 6


def topic_picks(standings: Standings, topics: Sequence[str], taxonomy: Taxonomy) -> tuple[Placed, ...]:
    """The scores of the topics, and for a single average its highest and lowest parts."""
    found = [standings.scores[i] for i in topics if i in standings.scores]
    if len(found) == 1:
        leaves = taxonomy.leaves(found[0].indicator, standings.edition)
        if len(leaves) > 1:
            found += first_few(standings.highest(leaves), 3).shown + first_few(standings.lowest(leaves), 2).shown
    return tuple(dict.fromkeys(found))


def topic_sentences(standings: Standings, topics: Sequence[str], taxonomy: Taxonomy) -> list[str]:
    """One topic in full; of several, the score, the world rank and the change of each."""
    found = [standings.scores[i] for i in topics if i in standings.scores]
    if len(found) == 1:
        return [_score_sentence(found[0], standings, taxonomy), *_rest(found[0], standings, taxonomy)]
    return [_several(found, standings, taxonomy)]


def _score_sentence(placed: Placed, standings: Standings, taxonomy: Taxonomy) -> str:
    indicator, name = taxonomy.indicators[placed.indicator], taxonomy.countries[standings.country].name
    return (
        f"{name} scores {placed.value:.2f} for {in_sentence(indicator)} in the {standings.edition} edition "
        f"({indicator.pillar.direction}), {standing_words(placed, standings.group, taxonomy)}, "
        f"{mean_words(placed, standings.group, taxonomy)}."
    )


def _rest(placed: Placed, standings: Standings, taxonomy: Taxonomy) -> list[str]:
    """Where it stands among the country's own indicators, or what its parts are, and its change."""
    parent = taxonomy.indicators[placed.indicator].parent
    leaves = taxonomy.leaves(placed.indicator, standings.edition)
    if len(leaves) > 1:
        high, low = first_few(standings.highest(leaves), 3), first_few(standings.lowest(leaves), 2)
        own = f"its highest parts: {leading_words(high, 'part', taxonomy)}; its lowest: {leading_words(low, 'part', taxonomy)}"
    else:
        siblings = standings.highest(taxonomy.parts(parent or "", standings.edition))
        place = position_words(placed, siblings, family_noun(parent))
        own = f"it is {place}" if place else ""
    return [s for s in (sentence(own), _change(placed, standings, taxonomy)) if s]


def _change(placed: Placed, standings: Standings, taxonomy: Taxonomy) -> str:
    if placed.change is None or standings.before is None:
        since = taxonomy.indicators[placed.indicator].since
        return f"It has been scored since {since}." if since == standings.edition else ""
    if not placed.change:
        return f"It has not changed since {standings.before}."
    steps = step_words(placed.change) if not taxonomy.parts(placed.indicator, standings.edition) else ""
    return f"Since {standings.before} it {moved_words(placed, standings, taxonomy)}{f' ({steps} of 0.5)' if steps else ''}."


def _several(found: Sequence[Placed], standings: Standings, taxonomy: Taxonomy) -> str:
    shown = found[:_MOST_TOPICS]
    listed = [_in_list(p, standings, taxonomy, first=n == 0) for n, p in enumerate(shown)]
    pillars = list(dict.fromkeys(taxonomy.indicators[p.indicator].pillar for p in shown))
    scale = pillars[0].direction if len(pillars) == 1 else joined([f"for {p.value} {p.direction}" for p in pillars])
    name = taxonomy.countries[standings.country].name
    more = f" and {len(found) - len(shown)} more" if len(found) > len(shown) else ""
    return f"{name} in the {standings.edition} edition ({scale}): {', '.join(listed)}{more}."


def _in_list(placed: Placed, standings: Standings, taxonomy: Taxonomy, *, first: bool) -> str:
    name = in_sentence(taxonomy.indicators[placed.indicator])
    words = (standing_words(placed, standings.group, taxonomy, short=not first), change_words(placed, standings))
    return f"{name} {placed.value:.2f} ({'; '.join(w for w in words if w)})"
