"""What a briefing on a country picks out of its scores, and the sentences that state it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.taxonomy import Pillar, Taxonomy
from index.contract.briefing_results import BriefScore
from index.language.phrases import group_in_sentence, in_sentence, joined, number_word, ordinal, rank_words, step_words
from index.scores.like_for_like import added_parts, like_for_like, rounded
from index.scores.query import Change
from index.scores.ranking import Rank
from index.scores.standings import Leading, Placed, Standings, leading

OVERALL = ("criminality", "resilience")
_MARKETS, _ACTORS = "criminal_markets", "criminal_actors"
_MOST_TIED = 5
_EQUAL = {1: "", 2: "both "}


@dataclass(frozen=True, slots=True)
class Briefing:
    """What stands out in a country's scores; each list has ties cut as in `index.scores.standings.leading`."""

    overall: tuple[Placed, ...]
    markets: Leading
    actors: Leading
    weakest: Leading
    strongest: Leading
    moved: Leading

    @property
    def shown(self) -> tuple[Placed, ...]:
        """Every score that is named, without repeats."""
        parts = (self.markets, self.actors, self.weakest, self.strongest, self.moved)
        return tuple(dict.fromkeys([*self.overall, *(p for part in parts for p in part.shown)]))


def briefing_of(standings: Standings, taxonomy: Taxonomy) -> Briefing:
    """The highest three markets and two actor types, the weakest and strongest two of resilience, and the two largest moves."""
    markets, actors, resilience = (taxonomy.parts(i, standings.edition) for i in (_MARKETS, _ACTORS, "resilience"))
    return Briefing(
        tuple(standings.scores[i] for i in OVERALL if i in standings.scores),
        first_few(standings.highest(markets), 3),
        first_few(standings.highest(actors), 2),
        first_few(standings.lowest(resilience), 2),
        first_few(standings.highest(resilience), 2),
        most_moved(standings.moved((*markets, *actors, *resilience)), 2),
    )


def first_few(ordered: Sequence[Placed], wanted: int) -> Leading:
    """The first of a list ordered by score, ties cut sensibly."""
    return leading(ordered, [p.value for p in ordered], wanted, max(wanted + 1, _MOST_TIED - 1))


def most_moved(ordered: Sequence[Placed], wanted: int) -> Leading:
    """The first of a list ordered by the size of the change, ties cut sensibly."""
    return leading(ordered, [abs(p.change or Decimal(0)) for p in ordered], wanted, _MOST_TIED)


def overall_sentence(standings: Standings, briefing: Briefing, taxonomy: Taxonomy) -> str:
    """The two overall scores with their ranks in the world and the group, and which way each scale runs."""
    clauses = []
    for n, placed in enumerate(briefing.overall):
        indicator = taxonomy.indicators[placed.indicator]
        where = standing_words(placed, standings.group, taxonomy, short=n > 0)
        edition = f" in the {standings.edition} edition" if n == 0 else ""
        clauses.append(f"{placed.value:.2f} for {in_sentence(indicator)}{edition}, {where} ({indicator.pillar.direction})")
    return f"{taxonomy.countries[standings.country].name} scores {', and '.join(clauses)}."


def standing_words(placed: Placed, group: str, taxonomy: Taxonomy, *, short: bool = False) -> str:
    """The ranks of a score: "45th of 193 countries and joint 7th of 15 in West Africa", in short "45th and joint 7th"."""
    ranks = [(placed.world.rank, "countries" if _is_whole(placed, taxonomy) else "loaded countries")]
    if placed.group is not None:
        ranks.append((placed.group.rank, f"in {group_in_sentence(group, taxonomy)}"))
    return " and ".join(_rank(rank, "" if short else where) for rank, where in ranks if rank is not None)


def _rank(rank: Rank, where: str) -> str:
    words = rank_words(rank.rank, rank.sharing)
    return f"{words} of {rank.of} {where}" if where else words


def picked_sentence(briefing: Briefing, taxonomy: Taxonomy) -> str:
    """The highest markets, the strongest actors, and what is weakest and strongest in resilience."""
    clauses = [
        _clause("the highest-scoring criminal {} {}", ("market is", "markets are"), briefing.markets, "market", taxonomy),
        _clause("the strongest criminal {} {}", ("actor type is", "actor types are"), briefing.actors, "actor type", taxonomy),
    ]
    resilience = [
        _clause("resilience is weakest in{} {}", ("", ""), briefing.weakest, "measure", taxonomy),
        _clause("strongest in{} {}", ("", ""), briefing.strongest, "measure", taxonomy),
    ]
    found = [*(c for c in clauses if c), " and ".join(c for c in resilience if c)]
    return sentence("; ".join(c for c in found if c))


def _clause(form: str, verbs: tuple[str, str], part: Leading, noun: str, taxonomy: Taxonomy) -> str:
    words = leading_words(part, noun, taxonomy)
    several = len(part.shown) + len(part.tied) > 1
    return form.format(verbs[several], words) if words else ""


def leading_words(part: Leading, noun: str, taxonomy: Taxonomy) -> str:
    """Names with their scores, equal scores said once: "cocaine trade (7.50), then flora and fauna crimes (both 7.00)"."""
    listed = []
    for value in dict.fromkeys(p.value for p in part.shown):
        names = [in_sentence(taxonomy.indicators[p.indicator]) for p in part.shown if p.value == value]
        listed.append(f"{joined(names)} ({_EQUAL.get(len(names), 'each ')}{value:.2f})")
    if part.tied:
        listed.append(f"{number_word(len(part.tied))} {noun}s at {part.tied[0].value:.2f}")
    return ", then ".join(listed)


def change_sentence(standings: Standings, briefing: Briefing, taxonomy: Taxonomy) -> str:
    """How the overall scores changed since the edition before, like for like where parts were added, and what moved most."""
    if standings.before is None:
        return ""
    overall = [f"{p.indicator} {moved_words(p, standings, taxonomy)}" for p in briefing.overall if p.change is not None]
    most = [move(p, taxonomy) for p in briefing.moved.shown]
    if briefing.moved.tied:
        size = abs(briefing.moved.tied[0].change or Decimal(0))
        most.append(f"{number_word(len(briefing.moved.tied))} indicators (by {size:.2f}{_steps(size)} each)")
    if not overall:
        return ""
    end = f"; the largest moves were in {joined(most)}" if most else "; no single indicator moved"
    return f"Since {standings.before}, {' and '.join(overall)}{end}."


def move(placed: Placed, taxonomy: Taxonomy) -> str:
    """One indicator's change: "heroin trade (up 0.50 or one step, to 4.00)"."""
    change = placed.change or Decimal(0)
    way = "up" if change > 0 else "down"
    return (
        f"{in_sentence(taxonomy.indicators[placed.indicator])} ({way} {abs(change):.2f}{_steps(change)}, to {placed.value:.2f})"
    )


def _steps(change: Decimal) -> str:
    words = step_words(change)
    return f" or {words}" if words else ""


def change_words(placed: Placed, standings: Standings) -> str:
    """A change in short: "up 0.50 since 2023", "unchanged since 2023"; empty where there is none to tell."""
    if placed.change is None:
        return ""
    way = f"{'up' if placed.change > 0 else 'down'} {abs(placed.change):.2f}" if placed.change else "unchanged"
    return f"{way} since {standings.before}"


def moved_words(placed: Placed, standings: Standings, taxonomy: Taxonomy) -> str:
    """A change as a verb phrase, with the change over the indicators that both editions measured where parts were added."""
    change = placed.change
    if change is None or standings.before is None:
        return ""
    words = _verb(change)
    like = like_for_like_change(placed, standings, taxonomy)
    if like is None:
        return words
    if (like > 0) is (change > 0) and like:
        return f"{words} ({'the same' if like == rounded(change) else f'by {abs(like):.2f}'} like for like)"
    return f"{words} (but {_verb(like)} like for like)"


def _verb(change: Decimal) -> str:
    return f"{'rose' if change > 0 else 'fell'} by {abs(change):.2f}" if change else "did not change"


def like_for_like_change(placed: Placed, standings: Standings, taxonomy: Taxonomy) -> Decimal | None:
    """The change over the parts that both editions have; None where an average gained none, or a part is not loaded."""
    if standings.before is None or placed.change is None:
        return None
    change = Change(placed.indicator, standings.before, standings.edition)
    if not added_parts(change, taxonomy):
        return None
    later = {(i, standings.edition): p.value for i, p in standings.scores.items()}
    earlier = {(i, standings.before): p.earlier for i, p in standings.scores.items() if p.earlier is not None}
    return like_for_like(change, {**later, **earlier}, taxonomy)


def brief_scores(found: Iterable[Placed], standings: Standings, taxonomy: Taxonomy) -> tuple[BriefScore, ...]:
    """The scores as the result of an overview lists them, ranked within the world."""
    scores = []
    for placed in found:
        change, like = placed.change, like_for_like_change(placed, standings, taxonomy)
        scores.append(
            BriefScore(
                standings.country,
                placed.indicator,
                standings.edition,
                float(placed.value),
                placed.source,
                placed.world.rank.rank if placed.world.rank else None,
                placed.world.rank.of if placed.world.rank else None,
                "world" if placed.world.rank else None,
                None if change is None else float(change),
                None if change is None else standings.before,
                None if like is None else float(like),
                placed.world.rank.sharing if placed.world.rank else None,
            )
        )
    return tuple(scores)


def mean_words(placed: Placed, group: str, taxonomy: Taxonomy) -> str:
    """How a score lies to two means: "above the mean of West Africa (5.49) and of the world (5.08)"."""
    means = [(placed.world.mean, world_words(placed, taxonomy))]
    if placed.group is not None and group != "world":
        means.insert(0, (placed.group.mean, group_in_sentence(group, taxonomy)))
    sides = [_side(placed.value, mean) for mean, _ in means]
    if len(set(sides)) == 1:
        return f"{sides[0]} the mean of {' and of '.join(f'{name} ({mean:.2f})' for mean, name in means)}"
    return " but ".join(f"{side} the mean of {name} ({mean:.2f})" for side, (mean, name) in zip(sides, means, strict=True))


def world_words(placed: Placed, taxonomy: Taxonomy) -> str:
    """The world inside a sentence, or how much of it is loaded."""
    of = placed.world.rank.of if placed.world.rank else 0
    return "the world" if _is_whole(placed, taxonomy) else f"the {of} countries loaded"


def _is_whole(placed: Placed, taxonomy: Taxonomy) -> bool:
    return placed.world.rank is not None and placed.world.rank.of == len(taxonomy.countries)


def _side(value: Decimal, mean: Decimal) -> str:
    return "above" if value > mean else "below" if value < mean else "equal to"


def position_words(placed: Placed, siblings: Sequence[Placed], noun: str) -> str:
    """Where an indicator stands among a country's own: "the highest of its 15 criminal markets"; empty where it is alone."""
    if len(siblings) < 2:
        return ""
    above = sum(p.value > placed.value for p in siblings)
    sharing = sum(p.value == placed.value for p in siblings)
    place = "highest" if above == 0 else f"{ordinal(above + 1)} highest"
    return f"{'joint ' if sharing > 1 else 'the '}{place} of its {len(siblings)} {noun}"


def family_noun(indicator_parent: str | None) -> str:
    """What the parts of an average are called."""
    return {_MARKETS: "criminal markets", _ACTORS: "actor types"}.get(indicator_parent or "", "resilience indicators")


def direction_words(pillar: Pillar) -> str:
    """Which way the scale runs, in brackets."""
    return f"(scale 1 to 10, {pillar.direction})"


def sentence(clause: str) -> str:
    """A clause as a sentence; empty stays empty."""
    return f"{clause[0].upper()}{clause[1:]}." if clause else ""
