"""What lies behind a score, by arithmetic alone: parts furthest from a mean, those that moved most, those that differ most. Pure.

If the score is not what the question takes it to be, the first sentence begins by saying so, and the parts are those that go the
way the score does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.taxonomy import Taxonomy
from index.contract.briefing_results import ExplanationPart
from index.language.phrases import group_in_sentence, in_sentence, joined, number_word
from index.profiles.briefing import (
    family_noun,
    like_for_like_change,
    mean_words,
    most_moved,
    move,
    moved_words,
    position_words,
    sentence,
    world_words,
)
from index.scores.like_for_like import rounded
from index.scores.standings import Leading, Placed, Standings, leading

_PARTS, _MOST_PARTS = 3, 5


@dataclass(frozen=True, slots=True)
class Explained:
    """The sentences, and the parts with what each is set against; `premise` is False where the question takes it wrongly.

    `world` is True where the reference is the world and not the group.
    """

    sentences: tuple[str, ...]
    shown: tuple[Placed, ...]
    parts: tuple[ExplanationPart, ...]
    premise: bool = True
    world: bool = False


def explain_level(
    standings: Standings, indicator: str, asked_high: bool | None, taxonomy: Taxonomy, *, named: bool = False
) -> Explained:
    """Why a score is high or low: its parts (for a single indicator, what its section covers) against the mean of the reference.

    `asked_high` is what the question takes the score to be, None where it does not say. High means not below the mean of the
    world, or of the group where the question has `named` it. The reference is the group, but the world where the score is high
    (or low) in the world and not in a group that was not named.
    """
    placed = standings.scores[indicator]
    judged = _mean(placed, False) if named else placed.world.mean
    premise = asked_high is None or (placed.value >= judged if asked_high else placed.value <= judged)
    high = placed.value >= _mean(placed, False) if asked_high is None else asked_high is premise
    beside = placed.value >= _mean(placed, False) if high else placed.value <= _mean(placed, False)
    world = placed.group is None or not (named or beside)
    name, about = taxonomy.countries[standings.country].name, taxonomy.indicators[indicator]
    means, scale = mean_words(placed, standings.group, taxonomy), about.pillar.direction
    if premise:
        first = (
            f"{name} scores {placed.value:.2f} for {in_sentence(about)} in the {standings.edition} edition ({scale}), {means}."
        )
    else:
        first = (
            f"{name}'s score for {in_sentence(about)} is not {'high' if asked_high else 'low'}: {placed.value:.2f} in the "
            f"{standings.edition} edition ({scale}), {means}."
        )
    leaves = taxonomy.leaves(indicator, standings.edition)
    if len(leaves) == 1:
        kin = [p for p in _same_section(standings, indicator, taxonomy) if p.indicator != indicator]
        shown = (placed, *sorted(kin, key=lambda p: (-p.value, p.indicator))[: _MOST_PARTS - 1])
        return Explained((first, _own_place(placed, standings, taxonomy)), shown, _against_mean(shown, world), premise, world)
    found = [standings.scores[i] for i in leaves if i in standings.scores]
    sign = 1 if high else -1
    ordered = sorted((p for p in found if sign * _apart(p, world) > 0), key=lambda p: (-sign * _apart(p, world), p.indicator))
    part = leading(ordered, [_apart(p, world) for p in ordered], _PARTS, _MOST_PARTS)
    shown = part.shown or part.tied[:_MOST_PARTS]
    where = world_words(placed, taxonomy) if world else group_in_sentence(standings.group, taxonomy)
    told = _furthest(part, len(found), f"{'above' if high else 'below'} the mean of {where}", world, taxonomy)
    return Explained((first, told), (placed, *shown), _against_mean(shown, world), premise, world)


def explain_change(standings: Standings, indicator: str, asked_up: bool | None, taxonomy: Taxonomy) -> Explained:
    """Why a score moved from the earlier edition of the standings: the parts that moved most the way it did.

    `asked_up` is what the question takes the move to be, None where it does not say. Raises ValueError without an earlier score.
    """
    placed = standings.scores[indicator]
    change, like = placed.change, like_for_like_change(placed, standings, taxonomy)
    if change is None or placed.earlier is None:
        raise ValueError(f"{indicator} has no earlier score to explain a change from")
    premise = asked_up is None or (change > 0 if asked_up else change < 0)
    first = _moved_sentence(placed, standings, asked_up if not premise else None, taxonomy)
    way = (like if like is not None else change) or change
    leaves = taxonomy.leaves(indicator, standings.edition)
    kin = [p.indicator for p in _same_section(standings, indicator, taxonomy)] if len(leaves) == 1 else leaves
    moved = [p for p in standings.moved(kin) if not way or ((p.change or 0) > 0) is (way > 0)]
    part = most_moved([p for p in moved if p.indicator != indicator], _PARTS)
    shown = part.shown or part.tied[:_MOST_PARTS]
    own = (placed,) if len(leaves) == 1 else ()
    told = (_movers(part, way, taxonomy),) if len(leaves) > 1 else _beside(placed, shown, standings, taxonomy)
    world = placed.group is None
    parts = _against_mean((*own, *shown), world)
    return Explained((first, *told), tuple(dict.fromkeys((placed, *shown))), parts, premise, world)


def explain_difference(
    ours: Standings, other: Standings, indicator: str, asked_high: bool | None, taxonomy: Taxonomy
) -> Explained:
    """Why one country scores otherwise than another: the parts in which they differ most, the way the scores do."""
    placed, against = ours.scores[indicator], other.scores[indicator]
    apart = placed.value - against.value
    premise = asked_high is None or (apart > 0 if asked_high else apart < 0)
    names = [taxonomy.countries[s.country].name for s in (ours, other)]
    about = taxonomy.indicators[indicator]
    both = (
        f"{placed.value:.2f} and {against.value:.2f} for {in_sentence(about)} in the {ours.edition} edition "
        f"({about.pillar.direction})"
    )
    if premise:
        first = f"{names[0]} and {names[1]} score {both}, {f'{abs(apart):.2f} apart' if apart else 'the same'}."
    else:
        first = f"{names[0]} does not score {'higher' if asked_high else 'lower'} than {names[1]}: they score {both}."
    pairs = [
        (p, p.value - other.scores[i].value)
        for i in taxonomy.leaves(indicator, ours.edition)
        if i in other.scores and (p := ours.scores.get(i)) is not None
    ]
    wanted = sorted(
        ((p, d) for p, d in pairs if d and (not apart or (d > 0) is (apart > 0))),
        key=lambda pair: (-abs(pair[1]), pair[0].indicator),
    )
    part = leading([p for p, _ in wanted], [d for _, d in wanted], _PARTS, _MOST_PARTS)
    shown = part.shown or part.tied[:_MOST_PARTS]
    told = [_pair_words(p, other.scores[p.indicator].value, taxonomy) for p in shown]
    parts = tuple(_part(p, other.scores[p.indicator].value) for p in shown)
    gap = sentence(f"the gap is widest in {joined(told)}") if len(pairs) > 1 and told else ""
    return Explained((first, gap), tuple(dict.fromkeys((placed, *shown))), parts, premise)


def _beside(placed: Placed, kin: Sequence[Placed], standings: Standings, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Where a single indicator now stands against the means, and what else in its section moved the same way."""
    stands = f"At {placed.value:.2f} it is {mean_words(placed, standings.group, taxonomy)}."
    if not kin or not placed.change:
        return (stands,)
    return stands, sentence(f"in the same section, {joined([move(p, taxonomy) for p in kin])} moved the same way")


def _mean(placed: Placed, world: bool) -> Decimal:
    return placed.world.mean if world or placed.group is None else placed.group.mean


def _apart(placed: Placed, world: bool) -> Decimal:
    return placed.value - _mean(placed, world)


def _same_section(standings: Standings, indicator: str, taxonomy: Taxonomy) -> list[Placed]:
    """The single indicators that the same section of a page covers."""
    section = next((s.indicators for s in taxonomy.sections if indicator in s.indicators), (indicator,))
    return [standings.scores[i] for i in section if i in standings.scores and not taxonomy.parts(i, standings.edition)]


def _own_place(placed: Placed, standings: Standings, taxonomy: Taxonomy) -> str:
    """Where a single indicator stands among the country's own, and its change."""
    parent = taxonomy.indicators[placed.indicator].parent
    siblings = standings.highest(taxonomy.parts(parent or "", standings.edition))
    words = [f"it is {place}"] if (place := position_words(placed, siblings, family_noun(parent))) else []
    if placed.change is not None:
        moved = moved_words(placed, standings, taxonomy)
        words.append(f"since {standings.before} it {moved}" if placed.change else f"it has not changed since {standings.before}")
    return sentence("; ".join(words))


def _furthest(part: Leading, of: int, side: str, world: bool, taxonomy: Taxonomy) -> str:
    if not part.shown and not part.tied:
        return f"None of its {of} parts lies {side}."
    told = [_pair_words(p, _mean(p, world), taxonomy) for p in part.shown]
    told += [f"{number_word(len(part.tied))} that are {abs(_apart(part.tied[0], world)):.2f} from it"] if part.tied else []
    which = "ones furthest {} are" if len(part.shown) + len(part.tied) > 1 else "one furthest {} is"
    return f"Of its {of} parts, the {which.format(side)} {joined(told)}."


def _pair_words(placed: Placed, against: Decimal, taxonomy: Taxonomy) -> str:
    return f"{in_sentence(taxonomy.indicators[placed.indicator])} ({placed.value:.2f} against {against:.2f})"


def _moved_sentence(placed: Placed, standings: Standings, wrongly_up: bool | None, taxonomy: Taxonomy) -> str:
    """The change; where the question has it wrong, what did not happen comes first."""
    name, about = taxonomy.countries[standings.country].name, taxonomy.indicators[placed.indicator]
    whose, span = f"{name}'s score for {in_sentence(about)}", f"between {standings.before} and {standings.edition}"
    change = placed.change or Decimal(0)
    told = moved_words(placed, standings, taxonomy)
    figures = f"from {placed.earlier:.2f} to {placed.value:.2f}" if change else f"it was {placed.value:.2f} in both"
    if wrongly_up is not None:
        not_so = f"{whose} did not {'rise' if wrongly_up else 'fall'} {span}"
        return f"{not_so}: it {told}, {figures} ({about.pillar.direction})."
    return f"{whose} {told} {span}, {figures} ({about.pillar.direction})."


def _movers(part: Leading, way: Decimal, taxonomy: Taxonomy) -> str:
    verb = "rose" if way > 0 else "fell" if way < 0 else "moved"
    told = [move(p, taxonomy) for p in part.shown]
    if part.tied:
        told.append(f"{number_word(len(part.tied))} that moved by {abs(part.tied[0].change or Decimal(0)):.2f} each")
    if not told:
        return f"None of the parts that both editions measured {verb}."
    return f"The part{'s' if len(part.shown) + len(part.tied) > 1 else ''} that {verb} most: {joined(told)}."


def _against_mean(shown: Sequence[Placed], world: bool) -> tuple[ExplanationPart, ...]:
    return tuple(_part(p, _mean(p, world)) for p in shown)


def _part(placed: Placed, against: Decimal) -> ExplanationPart:
    change = placed.change
    return ExplanationPart(
        placed.indicator,
        float(placed.value),
        float(against),
        float(rounded(placed.value - against)),
        None if change is None else float(change),
    )
