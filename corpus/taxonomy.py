"""The countries, groups, indicators and sections of the Index, from the reviewed data files in `corpus/data`.

Official country names come from the pycountry library, which follows ISO 3166. It lacks demonyms, former and everyday names and
the Index's own spellings, and its bare "Congo" means one country of two: those are our data. Only the tests use
country_converter, as a second opinion: it matches patterns inside longer text, which suits tidy columns but not questions.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import pycountry

from corpus.errors import TaxonomyError
from corpus.name_traps import NameTraps, read_traps
from corpus.naming import fold, identifier

WORLD = "world"


class Pillar(StrEnum):
    """The two scales: on criminality a higher score is worse, on resilience it is better."""

    CRIMINALITY = "criminality"
    RESILIENCE = "resilience"

    @property
    def direction(self) -> str:
        """Which end of the scale is worse or better, in words."""
        return "higher is worse" if self is Pillar.CRIMINALITY else "higher is better"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A score that the Index publishes. `parent` is the average it is a component of, None for the two overall scores."""

    id: str
    name: str
    pillar: Pillar
    parent: str | None
    since: int
    labels: tuple[str, ...]
    synonyms: tuple[str, ...]
    definition: str


@dataclass(frozen=True, slots=True)
class Country:
    """A scored country. `labels` are the Index's spellings; `region` is that of the latest edition; `iso2` is the ISO 3166-1
    code of two letters.

    `capitals` are cities whose name may stand for the country in a headline; they count less than a name.
    """

    iso3: str
    name: str
    region: str
    labels: tuple[str, ...]
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...] = ()
    iso2: str = ""


class GroupKind(StrEnum):
    """The Index's own two levels, and groups that it does not have: memberships of organisations, and areas."""

    CONTINENT = "continent"
    REGION = "region"
    MEMBERSHIP = "membership"


@dataclass(frozen=True, slots=True)
class Group:
    """A group of countries.

    A region has a `continent`; a membership has its `members` on the date `as_of`, and a `source`. An `area` is a part of the
    world or a situation that nobody joins, with members as its source counts them or as its `regions` do; one that `narrows`
    stands for those of the region beside it ("island states in Asia").
    """

    name: str
    kind: GroupKind
    labels: tuple[str, ...]
    synonyms: tuple[str, ...]
    article: bool
    continent: str | None = None
    members: tuple[str, ...] = ()
    as_of: str = ""
    source: str = ""
    area: bool = False
    narrows: bool = False
    regions: tuple[str, ...] = ()

    @property
    def sort(self) -> str:
        """What it is called in a list: "continent", "region", "membership" or "area"."""
        return "area" if self.area else self.kind.value


@dataclass(frozen=True, slots=True)
class SectionKind:
    """One of the eleven sections and the indicators it covers."""

    id: str
    name: str
    indicators: tuple[str, ...]
    synonyms: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Taxonomy:
    """Everything by id. Lookups by label ignore case, accents and punctuation, and return None if the label is unknown."""

    editions: tuple[int, ...]
    countries: Mapping[str, Country]
    indicators: Mapping[str, Indicator]
    sections: tuple[SectionKind, ...]
    groups: Mapping[str, Group]
    traps: NameTraps
    _country_labels: Mapping[str, str]
    _indicator_labels: Mapping[str, str]
    _group_labels: Mapping[str, tuple[str, ...]]
    _moved: Mapping[tuple[str, int], str]

    def country_of_label(self, label: str) -> str | None:
        """The code of a country by a name that pages, workbooks, files or tables use."""
        return self._country_labels.get(fold(label))

    def country_labels(self) -> tuple[str, ...]:
        """Every folded label, to suggest the nearest one."""
        return tuple(self._country_labels)

    def indicator_of_label(self, label: str) -> str | None:
        """The id of an indicator by its official name, a printed label or its id."""
        return self._indicator_labels.get(fold(label))

    def region(self, country: str, edition: int) -> str:
        """The region a country belongs to in an edition."""
        return self._moved.get((country, edition), self.countries[country].region)

    def continent(self, country: str) -> str:
        """The continent a country belongs to."""
        continent = self.groups[self.countries[country].region].continent
        assert continent is not None
        return continent

    def belongs(self, country: str, edition: int, label: str) -> bool:
        """Whether a country is in the continent or region that a page or workbook names; some editions merge two regions."""
        groups = self._group_labels.get(fold(label), ())
        return self.region(country, edition) in groups or self.continent(country) in groups

    def members(self, group: str, edition: int) -> tuple[str, ...]:
        """The codes of a group's countries: for a continent or region in an edition, for a membership on its date."""
        if group == WORLD:
            return tuple(sorted(self.countries))
        if self.groups[group].kind is GroupKind.MEMBERSHIP:
            return self.groups[group].members
        return tuple(sorted(c for c in self.countries if group in (self.region(c, edition), self.continent(c))))

    def measured(self, edition: int) -> tuple[Indicator, ...]:
        """The indicators that an edition has scores for, in the order of the data file."""
        return tuple(i for i in self.indicators.values() if i.since <= edition)

    def parts(self, indicator: str, edition: int) -> tuple[str, ...]:
        """The indicators that an average is the mean of, in an edition; empty for a measured indicator."""
        return tuple(i.id for i in self.measured(edition) if i.parent == indicator)

    def leaves(self, indicator: str, edition: int) -> tuple[str, ...]:
        """The measured indicators below an average, in an edition; a measured indicator is its own."""
        parts = self.parts(indicator, edition)
        return tuple(leaf for part in parts for leaf in self.leaves(part, edition)) if parts else (indicator,)


@cache
def load_taxonomy() -> Taxonomy:
    """Read and check the packaged data files. Raises TaxonomyError if they are inconsistent."""
    indicator_data, group_data, name_data = _toml("indicators"), _toml("groups"), _toml("names")
    indicators = {i.id: i for i in map(_indicator, indicator_data["indicator"])}
    countries = {c.iso3: c for c in _countries(frozenset(map(fold, name_data["library_names_left_out"])))}
    groups = {g.name: g for g in _groups(group_data | _toml("memberships") | _toml("areas"), countries)}
    sections = tuple(
        SectionKind(identifier(s["name"]), s["name"], tuple(s["indicators"]), tuple(s.get("synonyms", ())))
        for s in _toml("sections")["section"]
    )
    for country in countries.values():
        if country.region not in groups:
            raise TaxonomyError(f"countries.csv: {country.iso3} has the unknown region {country.region!r}")
    for group in groups.values():
        for member in group.members:
            if member not in countries:
                raise TaxonomyError(f"{group.name} in memberships.toml or areas.toml lists {member!r}, which is not scored")
    for section in sections:
        for indicator in section.indicators:
            if indicator not in indicators:
                raise TaxonomyError(f"sections.toml: {section.name} names the unknown indicator {indicator!r}")
    return Taxonomy(
        editions=tuple(indicator_data["editions"]),
        countries=countries,
        indicators=indicators,
        sections=sections,
        groups=groups,
        traps=read_traps(name_data),
        _country_labels=_label_map(
            "country", ((label, c.iso3) for c in countries.values() for label in (c.name, *c.labels, *c.aliases))
        ),
        _indicator_labels=_label_map(
            "indicator", ((label, i.id) for i in indicators.values() for label in (i.id, i.name, *i.labels))
        ),
        _group_labels={
            **{fold(label): (g.name,) for g in groups.values() for label in (g.name, *g.labels) if not g.members},
            **{fold(m["label"]): tuple(m["regions"]) for m in group_data["merged"]},
        },
        _moved={(m["iso3"], edition): m["region"] for m in group_data["moved"] for edition in m["editions"]},
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("corpus").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


def _indicator(data: Mapping[str, Any]) -> Indicator:
    return Indicator(
        id=identifier(data["name"]),
        name=data["name"],
        pillar=Pillar(data["pillar"]),
        parent=identifier(data["parent"]) if "parent" in data else None,
        since=data["since"],
        labels=tuple(data.get("labels", ())),
        synonyms=tuple(data.get("synonyms", ())),
        definition=data["definition"],
    )


def _groups(data: Mapping[str, Any], countries: Mapping[str, Country]) -> Iterable[Group]:
    for kind in ("continent", "region", "membership", "area"):
        for entry in data.get(kind, ()):
            regions = tuple(entry.get("regions", ()))
            made_up = (c.iso3 for c in countries.values() if c.region in regions)
            yield Group(
                name=entry["name"],
                kind=GroupKind.MEMBERSHIP if kind == "area" else GroupKind(kind),
                labels=tuple(entry.get("labels", ())),
                synonyms=tuple(entry.get("synonyms", ())),
                article=entry.get("article", False),
                continent=entry.get("continent"),
                members=tuple(sorted((*entry.get("members", "").split(), *made_up))),
                as_of=entry.get("as_of", ""),
                source=entry.get("source", ""),
                area=kind == "area",
                narrows=entry.get("narrows", False),
                regions=regions,
            )


def _countries(library_names_left_out: frozenset[str]) -> Iterable[Country]:
    text = files("corpus").joinpath("data", "countries.csv").read_text(encoding="utf-8")
    capitals = _toml("capitals")["capitals"]
    for row in csv.DictReader(text.splitlines()):
        known = pycountry.countries.get(alpha_3=row["iso3"])
        if known is None:
            raise TaxonomyError(f"countries.csv: {row['iso3']} is not an ISO 3166-1 alpha-3 code")
        library_names = [known.name, getattr(known, "common_name", ""), getattr(known, "official_name", "")]
        aliases = [*_cell_list(row["aliases"]), *library_names]
        kept = (a for a in aliases if a and fold(a) not in library_names_left_out)
        yield Country(
            iso3=row["iso3"],
            name=row["name"],
            region=row["region"],
            labels=_cell_list(row["labels"]),
            aliases=tuple(dict.fromkeys(kept)),
            demonyms=_cell_list(row["demonyms"]),
            capitals=tuple(capitals.get(row["iso3"], ())),
            iso2=known.alpha_2,
        )


def _cell_list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _label_map(what: str, pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for label, target in pairs:
        if labels.setdefault(fold(label), target) != target:
            raise TaxonomyError(f"the {what} label {label!r} stands for both {labels[fold(label)]} and {target}")
    return labels
