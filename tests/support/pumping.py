"""Texts that make a regular expression work hardest: what leads to each of its repetitions, then that repetition again and again.

An expression that tries a run in more than one way, or again from each place in it, takes a time on some of these that grows with
the square of their length or faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

_SIGNS = " \n\t0129aZé_-.,;:/()[]<>\"'=*†&#%|\x01"
_MANY = 50
_SAMPLES = 8


@dataclass(frozen=True)
class Pumped:
    """A text of any length: what stands before its run, what is repeated, and how it ends."""

    before: str
    body: str
    end: str

    def text(self, length: int) -> str:
        """The text, with a run of about `length` characters."""
        return self.before + self.body * (length // len(self.body)) + self.end


def pumped(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[Pumped]:
    """Texts for an expression, each with an end that it does not expect and without one."""
    for before, body in dict.fromkeys(_repeated(_parsed(pattern), "")):
        yield from (Pumped(before, body, end) for end in ("", "\x01", "\n\x01"))


def _parsed(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Sequence[tuple[object, object]]:
    text = pattern.pattern
    return parser.parse(text if isinstance(text, str) else text.decode("latin-1"), pattern.flags & ~re.DEBUG)


def _repeated(nodes: Sequence[tuple], before: str) -> Iterator[tuple[str, str]]:
    """(a text that leads there, a text that a long repetition takes) for every long repetition."""
    for node in nodes:
        kind, value = node
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            _, most, inner = value
            bodies = list(islice((s for s in _samples(inner) if s), _SAMPLES))
            if most > _MANY:
                yield from ((before, body) for body in bodies)
                # Two different turns of a repetition may match what another reads as one.
                yield from ((before, one + two) for one, two in product(bodies[:3], repeat=2) if one != two)
            yield from _repeated(inner, before)
        elif kind is op.SUBPATTERN:
            yield from _repeated(value[3], before)
        elif kind is op.BRANCH:
            for branch in value[1]:
                yield from _repeated(branch, before)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from _repeated(value[1], before)
        before += next(iter(_samples([node])), "")


def _samples(nodes: Sequence[tuple]) -> list[str]:
    """Some of the shortest texts that these nodes match."""
    found = [""]
    for node in nodes:
        found = [a + b for a in found for b in _of(node)][: 4 * _SAMPLES]
    return found


def _of(node: tuple) -> list[str]:
    kind, value = node
    if kind is op.LITERAL:
        return [chr(value)]
    if kind is op.NOT_LITERAL:
        return [sign for sign in _SIGNS if ord(sign) != value]
    if kind is op.ANY:
        return [sign for sign in _SIGNS if sign != "\n"]
    if kind is op.IN:
        return _in_class(value)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, inner = value
        once = _samples(inner)
        return [sample * max(least, 1) for sample in once] + ([""] if least == 0 else []) if most else [""]
    if kind is op.SUBPATTERN:
        return _samples(value[3])
    if kind is op.BRANCH:
        return [sample for branch in value[1] for sample in _samples(branch)[:4]]
    return [""]


def _in_class(members: Sequence[tuple]) -> list[str]:
    text = _class_text(members)
    if text is None:
        return []
    own = [chr(value) for kind, value in members if kind is op.LITERAL]
    own += [chr(value[0]) for kind, value in members if kind is op.RANGE]
    return [sign for sign in dict.fromkeys((*own, *_SIGNS)) if text.fullmatch(sign)]


_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d", op.CATEGORY_NOT_DIGIT: r"\D", op.CATEGORY_SPACE: r"\s", op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w", op.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def _class_text(members: Sequence[tuple]) -> re.Pattern[str] | None:
    """The class of characters as an expression of its own."""
    parts, negated = [], ""
    for kind, value in members:
        if kind is op.NEGATE:
            negated = "^"
        elif kind is op.LITERAL:
            parts.append(re.escape(chr(value)))
        elif kind is op.RANGE:
            parts.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        elif kind is op.CATEGORY:
            parts.append(_CATEGORIES[value])
    return re.compile(f"[{negated}{''.join(parts)}]") if parts else None
