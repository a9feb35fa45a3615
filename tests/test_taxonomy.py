"""The reviewed data: countries, groups, indicators, sections."""

from __future__ import annotations

import logging

import country_converter
import pycountry
import pytest

from corpus.naming import fold, identifier
from corpus.taxonomy import Pillar, Taxonomy


def test_there_are_193_countries_in_22_regions_of_5_continents(taxonomy: Taxonomy) -> None:
    assert len(taxonomy.countries) == 193
    assert len({c.region for c in taxonomy.countries.values()}) == 22
    assert {taxonomy.continent(c) for c in taxonomy.countries} == {"Africa", "Americas", "Asia", "Europe", "Oceania"}


@pytest.mark.parametrize(("edition", "markets", "actors"), [(2021, 10, 4), (2023, 15, 5), (2025, 15, 5)])
def test_editions_measure_what_the_index_says(edition: int, markets: int, actors: int, taxonomy: Taxonomy) -> None:
    assert len(taxonomy.parts("criminal_markets", edition)) == markets
    assert len(taxonomy.parts("criminal_actors", edition)) == actors
    assert len(taxonomy.parts("resilience", edition)) == 12
    assert taxonomy.parts("criminality", edition) == ("criminal_markets", "criminal_actors")


def test_every_indicator_has_its_direction_and_a_section(taxonomy: Taxonomy) -> None:
    in_sections = {i for s in taxonomy.sections for i in s.indicators}
    averages = {"criminality", "criminal_markets", "resilience"}
    assert in_sections == taxonomy.indicators.keys() - averages
    assert taxonomy.indicators["cocaine_trade"].pillar is Pillar.CRIMINALITY
    assert taxonomy.indicators["prevention"].pillar.direction == "higher is better"
    assert len(taxonomy.sections) == 11


@pytest.mark.parametrize(
    ("label", "country"),
    [
        ("Congo, Dem, Rep,", "COD"),
        ("Congo, Rep.", "COG"),
        ("Korea, DPR", "PRK"),
        ("korea_dpr", "PRK"),
        ("St, Lucia", "LCA"),
        ("eSwatini", "SWZ"),
        ("Côte d’Ivoire", "CIV"),
        ("Cote d'Ivoire", "CIV"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("Micronesia (Federated States of)", "FSM"),
        ("Plurinational State of Bolivia", "BOL"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_labels_of_pages_and_workbooks_resolve(label: str, country: str | None, taxonomy: Taxonomy) -> None:
    assert taxonomy.country_of_label(label) == country


def test_a_second_library_agrees_on_every_name_it_understands(taxonomy: Taxonomy) -> None:
    """country_converter reads names by patterns; where it reads one of ours as another country, ours must be looked at."""
    logging.getLogger("country_converter").setLevel(logging.ERROR)
    converter = country_converter.CountryConverter()
    names = {(n, c.iso3) for c in taxonomy.countries.values() for n in (c.name, *c.labels)}
    read = converter.convert([n for n, _ in sorted(names)], to="ISO3", not_found="?")
    assert {n: r for (n, i), r in zip(sorted(names), read, strict=True) if r not in ("?", i)} == {}


def test_every_country_is_in_the_standard(taxonomy: Taxonomy) -> None:
    assert all(pycountry.countries.get(alpha_3=iso3) for iso3 in taxonomy.countries)


def test_regions_follow_the_edition(taxonomy: Taxonomy) -> None:
    assert taxonomy.region("KIR", 2021) == "Melanesia"
    assert taxonomy.region("KIR", 2025) == "Micronesia"
    assert taxonomy.groups_of_label("Caribbean & Central") == ("Caribbean", "Central America")
    assert taxonomy.members("South America", 2021) == (
        "ARG", "BOL", "BRA", "CHL", "COL", "ECU", "GUY", "PER", "PRY", "SUR", "URY", "VEN",
    )  # fmt: skip


def test_names_fold_accents_signs_and_case() -> None:
    assert fold("  São Tomé & Príncipe’s ") == "sao tome and principes"
    assert identifier("Anti-money laundering") == "anti_money_laundering"
