"""The sentences of answers that are stated and not quoted. Pure; every number arrives as an argument."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from corpus.taxonomy import WORLD, Indicator, Pillar, Taxonomy

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six")
_STEP = Decimal("0.5")


def number_word(number: int) -> str:
    """A small number in words, others in digits."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def step_words(change: Decimal) -> str:
    """How many steps of half a point a change is, up or down: "one step"; empty where it is not in whole steps."""
    steps = abs(change) / _STEP
    return f"{number_word(int(steps))} step{'' if steps == 1 else 's'}" if steps == int(steps) else ""


def joined(parts: Sequence[str], word: str = "and") -> str:
    """A list in words: "a, b and c"."""
    return " ".join(filter(None, (", ".join(parts[:-1]), word if len(parts) > 1 else "", *parts[-1:])))


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th, 22nd."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def in_sentence(indicator: Indicator) -> str:
    """The indicator's name as it stands inside a sentence."""
    return indicator.name[0].lower() + indicator.name[1:]


def place(group: str, taxonomy: Taxonomy) -> str:
    """A group's name as it stands inside a sentence."""
    return f"the {group}" if group == WORLD or taxonomy.groups[group].article else group


def scale(indicator: Indicator) -> str:
    """Which way the scale runs."""
    return f"scale 1 to 10, {indicator.pillar.direction}"


def value_sentence(country: str, indicator: Indicator, edition: int, value: float) -> str:
    """The sentence of one score."""
    return f"{country} scored {value:.2f} for {in_sentence(indicator)} in the {edition} edition ({scale(indicator)})."


def rank_sentence(
    country: str, indicator: Indicator, edition: int, value: float, rank: int, of: int, where: str, sharing: int
) -> str:
    """The sentence of one rank; a shared rank says so and with how many. `where` is empty for the world."""
    tie = f"joint {ordinal(rank)} (with {sharing - 1} other{'s' if sharing > 2 else ''})" if sharing > 1 else ordinal(rank)
    among = f"countries in {where}" if where else "countries"
    meaning = "worst" if indicator.pillar is Pillar.CRIMINALITY else "best"
    return (
        f"{country} ranks {tie} of {of} {among} for {in_sentence(indicator)} in the {edition} edition, "
        f"with a score of {value:.2f} (1st is the highest score, which is the {meaning})."
    )


def edition_list(editions: Sequence[int]) -> str:
    """Editions in words, the earliest first."""
    return joined([str(e) for e in sorted(editions)])
