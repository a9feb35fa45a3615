"""Folding of names, so that case, accents and punctuation do not make two labels of one thing differ."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_JOINED = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "&": " and "}
_SIGNS = str.maketrans({**_JOINED, **dict.fromkeys("'’‘`´ʼ", "")})
_WORD = re.compile(r"[^\W_]+")
_SHORT = 40


def fold(text: str) -> str:
    """Lower case, no accents or apostrophes, "&" as "and", every other sign a single space; empty stays empty."""
    return _fold_short(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    lowered = text.casefold().translate(_SIGNS)
    plain = lowered
    if not lowered.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return " ".join(_WORD.findall(plain))


# Short texts recur, long ones do not.
_fold_short = lru_cache(maxsize=50_000)(_fold)


def identifier(name: str) -> str:
    """The official English name in lower snake case: "Anti-money laundering" gives `anti_money_laundering`."""
    return fold(name).replace(" ", "_")
