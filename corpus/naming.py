"""Folding of names, so that spelling, accents and punctuation do not tell two labels of one thing apart."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = str.maketrans("", "", "'’‘`´ʼ")
_JOINED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "&": " and "})


def fold(text: str) -> str:
    """Lower case, no accents or apostrophes, "&" as "and", every other sign a single space; empty stays empty."""
    lowered = text.casefold().translate(_JOINED).translate(_APOSTROPHES)
    plain = lowered
    if not lowered.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain))


def identifier(name: str) -> str:
    """The official English name in lower snake case: "Anti-money laundering" gives `anti_money_laundering`."""
    return fold(name).replace(" ", "_")
