"""What a list of country names cannot say by itself, from `corpus/data/names.toml`: names shared, ambiguous or not scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SharedName:
    """A name of both a country and a group that the country is in."""

    name: str
    iso3: str
    group: str


@dataclass(frozen=True, slots=True)
class NameTraps:
    """Names that a list of countries cannot resolve; `corpus/data/names.toml` says what each table is for."""

    capitals_only: Mapping[str, str]
    codes_left_out: tuple[str, ...]
    lower_case_codes: tuple[str, ...]
    never_corrected: tuple[str, ...]
    source_names: tuple[str, ...]
    not_a_country: tuple[str, ...]
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...]
    together: tuple[tuple[str, tuple[str, ...]], ...]
    shared: tuple[SharedName, ...]
    not_scored: tuple[tuple[str, str], ...]
    undefined_groups: tuple[tuple[str, tuple[str, ...]], ...]


def read_traps(data: Mapping[str, Any]) -> NameTraps:
    """The tables of the file as values. Raises KeyError if one is missing."""
    return NameTraps(
        capitals_only=dict(data["capitals_only"]),
        codes_left_out=tuple(data["codes_left_out"]),
        lower_case_codes=tuple(data["lower_case_codes"]),
        never_corrected=tuple(data["never_corrected"]),
        source_names=tuple(data["source_names"]),
        not_a_country=tuple(data["not_a_country"]),
        ambiguous=tuple((name, tuple(entry["iso3"])) for entry in data["ambiguous"] for name in entry["names"]),
        together=tuple((name, tuple(entry["iso3"])) for entry in data["together"] for name in entry["names"]),
        shared=tuple(SharedName(**entry) for entry in data["shared"]),
        not_scored=tuple((name, entry["place"]) for entry in data["not_scored"] for name in entry["names"]),
        undefined_groups=tuple((name, tuple(entry["nearest"])) for entry in data["undefined_group"] for name in entry["names"]),
    )
