"""A question of two steps whose first is a part of a sentence: "how resilient on average are | the ten worst for heroin".

The part that chooses countries is read by itself, and what is left is read with a name in its place ("… are the ASEAN
countries"), which is a question like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.two_step import leaves_out_a_step
from index.meaning.framed.steps_read import LIKELY_ENOUGH, Filled, first_step, second_step, together
from index.meaning.meaning import Meaning
from index.meaning.phrase_tables import table
from index.meaning.pointing_back import Context, completed

# Names that few questions are about, for several countries, a single one and a region.
_GROUPS, _COUNTRIES, _REGIONS = (
    ("ASEAN", "Mercosur", "CARICOM"),
    ("FJI", "PRY", "TON"),
    ("Southern Asia", "West Africa", "Polynesia"),
)
_MOST = 16
_SHORTEST = 3
# Longer questions are rarely one sentence, and reading their parts would take seconds.
_LONGEST = 40


def with_stand_ins(asked: Asked, read: Callable[[str], Asked | None]) -> Filled | None:
    """The likeliest way to take a part of the question as its first step; None without one that is likely."""
    tokens = asked.text.split()
    if len(tokens) > _LONGEST or leaves_out_a_step(asked.text):
        return None
    found = []
    for start, end in _parts(tokens)[:_MOST]:
        first = first_step(read(asked.typed(" ".join(tokens[start:end]))))
        stand_in = None if first is None else _stand_in(asked, first.meaning)
        if first is None or stand_in is None or first.chance < LIKELY_ENOUGH:
            continue
        before, behind = (asked.typed(" ".join(part)).strip(" ,.") for part in (tokens[:start], tokens[end:]))
        for text in _rests(before, stand_in[1], behind):
            second = second_step(read(text), first.meaning, stand_in[0])
            if second is not None:
                found.append(together(first, second))
                break
    return max((steps for steps in found if steps.chance >= LIKELY_ENOUGH), key=lambda steps: steps.chance, default=None)


def _parts(tokens: list[str]) -> list[tuple[int, int]]:
    """Parts that may choose countries, as ranges of tokens, the longest first."""
    starts, before, ends = _patterns()
    found = [
        (start, end)
        for start in range(len(tokens))
        if starts.fullmatch(tokens[start]) and (start == 0 or before.fullmatch(tokens[start - 1]))
        for end in range(start + _SHORTEST, len(tokens) + 1)
        if (start, end) != (0, len(tokens)) and (end == len(tokens) or ends.fullmatch(tokens[end]))
    ]
    return sorted(found, key=lambda part: part[0] - part[1])


@cache
def _patterns() -> tuple[LatePattern, LatePattern, LatePattern]:
    words = table("stand_ins")
    starts, before, ends = (LatePattern("|".join(words[name])) for name in ("starts", "before", "ends"))
    return starts, before, ends


def _stand_in(asked: Asked, first: Meaning) -> tuple[str, str] | None:
    """A name that stands for what the first step gives, and how it is written; None if the question names all there are."""
    named = {*asked.question.countries, *asked.question.groups}
    single = first.limit == 1 or first.place is not None
    names = _REGIONS if first.kind is Kind.GROUP_RANKING else _COUNTRIES if single else _GROUPS
    name = next((name for name in names if name not in named), None)
    if name is None or names is _REGIONS:
        return None if name is None else (name, name)
    return name, asked.taxonomy.countries[name].name if single else f"the {name} countries"


def _rests(before: str, stand_in: str, behind: str) -> Iterator[str]:
    """What is left of the question with the name in place of the part; where the part stands first, in place of what points back
    to it."""
    if before:
        comma = "," if behind.startswith(("and ", "then ")) else ""
        yield f"{before} {stand_in}{comma} {behind}".rstrip()
    elif behind:
        yield from completed(behind, Context((stand_in,)))
        yield f"{stand_in} {behind}"
