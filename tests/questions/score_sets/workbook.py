"""The official workbook as plain numbers, read by code that shares nothing with the program.

- A cell is rounded to two decimals, halves up; a change or a mean is rounded again at the end, halves away from zero.
- A country belongs to the region that the edition's sheet gives it. Where the 2023 sheet has one region for the Caribbean and
  Central America, the region of 2025 counts.
"""

import csv
import re
import tomllib
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl

DATA = Path(__file__).resolve().parents[3] / "corpus" / "data"
EDITIONS = (2021, 2023, 2025)
LATEST = 2025
MERGED_REGION = "Caribbean & Central"


@dataclass(frozen=True)
class Term:
    """An indicator in one edition, or its change from an earlier edition to a later one."""

    indicator: str
    edition: int
    start: int | None = None

    @property
    def editions(self) -> set[int]:
        """Every edition the term looks at."""
        return {self.edition} if self.start is None else {self.start, self.edition}


@dataclass(frozen=True)
class World:
    """The cells of the workbook, the countries of each group by edition, and who is a member of what."""

    values: dict[tuple[int, str, str], Decimal]
    groups: dict[tuple[int, str], frozenset[str]]
    countries: frozenset[str]

    def value(self, country: str, term: Term) -> Decimal:
        """Return the country's score, or its later score minus its earlier one."""
        later = self.values[term.edition, country, term.indicator]
        return later if term.start is None else later - self.values[term.start, country, term.indicator]

    def mean(self, term: Term, members: frozenset[str]) -> Decimal:
        """Return the unrounded mean over the members."""
        return sum((self.value(one, term) for one in members), Decimal(0)) / len(members)

    def scope(self, tokens: list[str], edition: int) -> frozenset[str]:
        """Return the countries that the scope tokens leave: all, cut by each group, without each exclusion."""
        left = self.countries
        for token in tokens:
            name = token.lstrip("-").strip("[]")
            named = self.groups[edition, name] if "[" in token else frozenset([name])
            left = left - named if token.startswith("-") else left & named
        return left


def two_places(number: Decimal) -> Decimal:
    """Round to two decimals, halves away from zero."""
    return number.quantize(Decimal("0.01"), ROUND_HALF_UP)


def plain(number: Decimal) -> float:
    """Return the number as JSON prints it, to two decimals and never as minus zero."""
    return float(two_places(number)) + 0.0


def indicator_id(heading: str) -> str:
    """Turn a column heading of any sheet into the indicator's id."""
    name = re.sub(r"[\s-]+", "_", heading.strip().lower())
    return re.sub(r"_(avg|average)[.,]?$", "", name)


def read_names(data: Path) -> dict[str, str]:
    """Return the code of every name, label and alias in the list of countries, in lower case."""
    names: dict[str, str] = {}
    with (data / "countries.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in [row["name"], *row["labels"].split(";"), *row["aliases"].split(";")]:
                if name.strip():
                    names[name.strip().lower()] = row["iso3"]
    return names


def read_world(workbook: Path, data: Path) -> World:
    """Read the three sheets and the memberships, and stop unless every sheet names all countries once."""
    names = read_names(data)
    values: dict[tuple[int, str, str], Decimal] = {}
    places: dict[int, dict[str, tuple[str, str]]] = {}
    book = openpyxl.load_workbook(workbook, data_only=True, read_only=True)
    for edition in EDITIONS:
        head, *rows = book[f"{edition}_dataset"].iter_rows(values_only=True)
        places[edition] = {}
        for continent, region, name, *cells in rows:
            country = names[str(name).strip().lower()]
            places[edition][country] = (str(continent).strip(), str(region).strip())
            for heading, cell in zip(head[3:], cells, strict=True):
                values[edition, country, indicator_id(str(heading))] = two_places(Decimal(repr(cell)))
    countries = frozenset(names.values())
    if any(len(rows) != len(countries) for rows in places.values()):
        raise SystemExit("a sheet does not name every country once")
    members = [*named_groups(data, "membership"), *named_groups(data, "area")]
    return World(values, group_countries(places, members), countries)


def named_groups(data: Path, sort: str) -> list[dict[str, Any]]:
    """Return the groups of a sort, "membership" or "area", as their file has them."""
    file = {"membership": "memberships.toml", "area": "areas.toml"}[sort]
    return list(tomllib.loads((data / file).read_text(encoding="utf-8"))[sort])


def group_countries(
    places: dict[int, dict[str, tuple[str, str]]], members: list[dict[str, Any]]
) -> dict[tuple[int, str], frozenset[str]]:
    """Return the countries of every continent, region and membership in every edition."""
    found: dict[tuple[int, str], set[str]] = {}
    for edition, countries in places.items():
        for country, (continent, region) in countries.items():
            told = places[LATEST][country][1] if region == MERGED_REGION else region
            for name in (continent, told):
                found.setdefault((edition, name), set()).add(country)
    for edition in places:
        for group in members:
            parts = (found[LATEST, region] for region in group.get("regions", ()))
            found[edition, group["name"]] = set(group.get("members", "").split()).union(*parts)
    return {key: frozenset(group) for key, group in found.items()}
