"""How many countries, or what part of them, meet conditions; how many regions or continents do."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from index.contract.answer_kind import Kind
from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.forms.parts import parts_of
from index.meaning.forms.set_of_countries import meaning_of
from index.meaning.meaning import Meaning
from index.meaning.slots.asides import without_asides
from index.meaning.slots.by import by_of
from index.meaning.slots.stat import share_of

_OF_ALL = LatePattern(r"\bof (?:the |all |all the )?(N\d+) (regions|continents|countries|states|nations)\b")


def fill(asked: Asked) -> Meaning | None:
    """A count; None if there is no condition, or a number that is no part of one."""
    asked = _without_the_whole(without_asides(asked))
    parts = parts_of(asked, ordered=False)
    if parts is None or not parts.tests.tests or parts.limits.place or parts.limits.limit:
        return None
    if parts.left_over or len(parts.scope.countries) == 1:
        return None
    indicators = tuple(dict.fromkeys((*parts.tests.indicators, *parts.indicators)))
    meaning = meaning_of(Kind.COUNT, parts, indicators, None, None)
    return replace(meaning, share=share_of(asked), by=by_of(parts.rest) if _groups_counted(asked) else None)


def _without_the_whole(asked: Asked) -> Asked:
    """ "How many of the 22 regions": a number that says how many there are in all limits nothing."""
    match = _OF_ALL.search(asked.text)
    if match is None:
        return asked
    taxonomy = asked.taxonomy
    kinds = Counter(group.kind.value for group in taxonomy.groups.values())
    in_all = kinds[match[2].rstrip("s")] if match[2] in ("regions", "continents") else len(taxonomy.countries)
    if asked.masked.marks[match[1]].number != in_all:
        return asked
    return asked.part(asked.text.replace(f"{match[1]} {match[2]}", match[2], 1))


def _groups_counted(asked: Asked) -> bool:
    """Whether groups are counted rather than countries: "in how many regions"."""
    words = asked.text.split()
    at = next((n for n, w in enumerate(words) if w in ("many", "number", "count", "percentage", "share")), None)
    if at is None:
        return False
    near = asked.part(" ".join(words[at : at + 5]))
    return by_of(near) is not None
