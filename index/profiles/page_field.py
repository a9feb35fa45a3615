"""The facts on the head of a profile page, by field: capital, population, income group, GDP, area, geography type, Gini index."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from corpus.naming import fold
from index.passages.coverage import LoadedProfile

_NO_VALUE = frozenset({"", "n a", "na", "not available", "no data"})


@dataclass(frozen=True, slots=True)
class PageField:
    """A fact that pages print: its id, its name as written inside a sentence, and its folded labels."""

    id: str
    name: str
    labels: frozenset[str]


@cache
def page_fields() -> Mapping[str, PageField]:
    """The fields by id, from `corpus/data/page_fields.toml`."""
    data = tomllib.loads(files("corpus").joinpath("data", "page_fields.toml").read_text(encoding="utf-8"))
    return {f["id"]: PageField(f["id"], f["name"], frozenset(map(fold, f["labels"]))) for f in data["field"]}


def printed_value(profile: LoadedProfile, field: PageField) -> str | None:
    """The value as the page prints it, which may be "n/a"; None where the page has no such label."""
    return next((value for label, value in profile.header if fold(label) in field.labels), None)


def says_nothing(value: str) -> bool:
    """Whether a printed value is empty or only says that there is none, as "n/a" does."""
    return fold(value) in _NO_VALUE
