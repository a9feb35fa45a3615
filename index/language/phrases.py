"""Words and phrases that sentences about scores are made of: numbers, lists, ranks, changes, names. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from corpus.taxonomy import WORLD, Indicator, Pillar, Taxonomy

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")
_STEP = Decimal("0.5")


def number_word(number: int) -> str:
    """A number up to six in words, a larger one in digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def joined(parts: Sequence[str], word: str = "and") -> str:
    """A list in words: "a, b and c"."""
    return " ".join(filter(None, (", ".join(parts[:-1]), word if len(parts) > 1 else "", *parts[-1:])))


def on_their_own(places: Sequence[str]) -> str:
    """Places that have no score of their own, behind "does not score": "Kosovo on its own", "Kosovo or Taiwan on their own"."""
    return f"{joined(places, 'or')} on {'their' if len(places) > 1 else 'its'} own"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th, 22nd."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def edition_list(editions: Sequence[int]) -> str:
    """Editions in words, the earliest first."""
    return joined([str(e) for e in sorted(editions)])


def in_sentence(indicator: Indicator) -> str:
    """An indicator's name as written inside a sentence."""
    return indicator.name[0].lower() + indicator.name[1:]


def group_in_sentence(group: str, taxonomy: Taxonomy) -> str:
    """A group's name as written inside a sentence: "the world", "the OECD", "West Africa"."""
    return f"the {group}" if group == WORLD or taxonomy.groups[group].article else group


def rank_words(rank: int, sharing: int = 1) -> str:
    """A rank, `sharing` countries holding it: "3rd", "joint 3rd"."""
    return f"joint {ordinal(rank)}" if sharing > 1 else ordinal(rank)


def first_rank_words(pillar: Pillar) -> str:
    """What it means to rank first on this scale."""
    return f"1st is the highest and {'worst' if pillar is Pillar.CRIMINALITY else 'best'} score"


def scale_words(pillar: Pillar) -> str:
    """The scale and which way it runs."""
    return f"scale 1 to 10, {pillar.direction}"


def step_words(change: Decimal) -> str:
    """The size of a change in steps of half a point: "one step"; empty where it is not in whole steps."""
    steps = abs(change) / _STEP
    return f"{number_word(int(steps))} step{'' if steps == 1 else 's'}" if steps == int(steps) else ""


def change_meaning(change: Decimal | float, pillar: Pillar) -> str:
    """Whether a change is for the worse: "which is worse", "which is better"; empty where there is none."""
    if not change:
        return ""
    return "which is worse" if (change > 0) is (pillar is Pillar.CRIMINALITY) else "which is better"
