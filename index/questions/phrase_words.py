"""The English words of the phrases in `index/data/meaning`: known words, to which typing errors may be corrected."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from index.questions.english import english_among

# A word that a pattern leaves open at either end ("contribut\\w+") is none.
_WORD = re.compile(r"(?<![\w\\?+*\])}'])[a-z]{5,}(?![\w\\?+*(\[{'])")


@cache
def phrase_words() -> frozenset[str]:
    """All whole English words of five letters or more in any phrase."""
    tables = files("index").joinpath("data", "meaning").iterdir()
    texts = (text for table in tables if table.name.endswith(".toml") for text in _texts(tomllib.loads(table.read_text("utf-8"))))
    return english_among(word for text in texts for word in _WORD.findall(text))


def _texts(value: Any) -> Iterator[str]:
    """The texts of a table that are phrases; examples are not."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in ("examples", "counter_examples", "way", "ids"):
                yield from _texts(one)
