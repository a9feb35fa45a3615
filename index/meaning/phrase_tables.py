"""The tables of phrases in `index/data/meaning`, one file for each slot or form."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The table of this name, read once. Do not change what it returns."""
    return tomllib.loads(files("index").joinpath("data", "meaning", f"{name}.toml").read_text(encoding="utf-8"))
