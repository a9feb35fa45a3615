"""Which words a pattern cannot do without, so that it is compiled and tried only on texts that have them. Pure.

Compiling all phrases of all slots would take longer than a question; a question has the words of a few of them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.language.late_pattern import LatePattern

_LOOK = LatePattern(r"\(\?(?:<?[=!])[^()]*\)")
_GROUP = LatePattern(r"\((?:\?:)?([^()]*)\)(\?|\*|\{0,\d+\})?\??")
_TOKEN = LatePattern(r"[0-9]*[a-z]+|[CGISYNP](?![a-z])")
# A part that begins with any letter ("\w+est") has no first word to look for.
_ANY_START = LatePattern(r"(?:^|[/_])(?:\\w|\\S|\[)")


def needed_words(pattern: str) -> tuple[frozenset[str], ...]:
    """For each part of a pattern (parts are parted by spaces), the beginnings of words of which a text must have one.

    Parts that may be absent, or may begin with anything, are left out: a text without the words never matches, one with them may.
    """
    flat = re.sub(r"\\[|.+*?()]", "/", pattern).replace("'?t", "").replace("'?", "/")
    while "(" in flat:
        before = flat
        flat = _LOOK.sub("", flat)
        flat = _GROUP.sub(_flat_group, flat)
        if flat == before:
            return ()
    if "|" in flat:
        # Alternatives side by side: one of their words is enough.
        flat = flat.replace("|", "/").replace(" ", "_")
    needed = []
    for part in flat.split(" "):
        if _ANY_START.search(part):
            continue
        plain = re.sub(r"\[[^\]]*\](?:\{[\d,]+\})?|\\[a-zA-Z][+*]?|\{[\d,]+\}", "/", part)
        tokens = frozenset(_TOKEN.findall(re.sub(r"[a-z]\?", "/", plain)))
        if tokens:
            needed.append(tokens)
    return tuple(needed)


def _flat_group(group: re.Match[str]) -> str:
    return "/" if group[2] else "/" + group[1].replace("|", "/").replace(" ", "_")


@lru_cache(maxsize=64)
def beginnings(text: str) -> frozenset[str]:
    """The beginnings of all words of a text, of every length."""
    return frozenset(word[:n] for word in re.findall(r"[\w]+", text) for n in range(1, len(word) + 1))
