"""A question of two steps, each read as a question of its own by what was learned; None where either is not read whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from index.meaning.asked import Asked
from index.meaning.forms.two_step import cuts_of
from index.meaning.framed.stand_ins import with_stand_ins
from index.meaning.framed.steps_read import LIKELY_ENOUGH, Filled, first_step, second_step, together

# Reads a part of a question as a question of its own; None if it is none.
Read = Callable[[str], Asked | None]


def two_steps(asked: Asked, read: Read, by_form: bool) -> Filled | None:
    """The likeliest way to cut the question of which both parts are read whole; None without one that is likely.

    Where neither a form (`by_form`) nor any cut gives two steps, the first may be a part of a sentence.
    """
    part = cache(read)
    found = []
    for before, after in dict.fromkeys(cuts_of(asked.text)):
        first = first_step(part(asked.typed(before)))
        second = None if first is None else second_step(part(asked.typed(after)), first.meaning)
        if first is not None and second is not None:
            found.append(together(first, second))
    likely = [steps for steps in found if steps.chance >= LIKELY_ENOUGH]
    if not likely and not by_form:
        return with_stand_ins(asked, part)
    return max(likely, key=lambda steps: steps.chance, default=None)
