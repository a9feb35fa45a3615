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
    assert taxonomy.belongs("CUB", 2023, "Caribbean & Central") and taxonomy.belongs("MEX", 2023, "Caribbean & Central")
    assert taxonomy.belongs("CUB", 2021, "Caribbean ") and not taxonomy.belongs("CUB", 2021, "South America")
    assert taxonomy.members("South America", 2021) == (
        "ARG", "BOL", "BRA", "CHL", "COL", "ECU", "GUY", "PER", "PRY", "SUR", "URY", "VEN",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("group", "count"),
    [
        ("OECD", 38), ("European Union", 27), ("G20", 19), ("G7", 7), ("NATO", 32), ("African Union", 54), ("ASEAN", 11),
        ("Mercosur", 5), ("CARICOM", 14), ("ECOWAS", 12), ("Commonwealth", 56),
    ],
)  # fmt: skip
def test_memberships_are_complete_dated_and_sourced(group: str, count: int, taxonomy: Taxonomy) -> None:
    assert len(set(taxonomy.members(group, 2021))) == len(taxonomy.groups[group].members) == count
    assert taxonomy.groups[group].as_of and taxonomy.groups[group].source.startswith("https://")


def test_memberships_agree_with_geography_and_with_each_other(taxonomy: Taxonomy) -> None:
    def members(group: str) -> set[str]:
        return set(taxonomy.members(group, 2025))

    assert members("African Union") == members("Africa")
    assert members("ECOWAS") == members("West Africa") - {"BFA", "MLI", "NER"}
    assert members("G7") < members("G20")
    assert members("ASEAN") == members("South-Eastern Asia")
    assert members("Mercosur") < members("South America")
    assert members("European Union") < members("Europe") | {"CYP"}


def test_a_second_library_agrees_on_the_memberships_it_knows(taxonomy: Taxonomy) -> None:
    converter = country_converter.CountryConverter()
    assert set(converter.OECDas("ISO3")["ISO3"]) == set(taxonomy.members("OECD", 2025))
    assert set(converter.EU27as("ISO3")["ISO3"]) == set(taxonomy.members("European Union", 2025))


def test_names_fold_accents_signs_and_case() -> None:
    assert fold("  São Tomé & Príncipe’s ") == "sao tome and principes"
    assert identifier("Anti-money laundering") == "anti_money_laundering"


@pytest.mark.parametrize(
    ("group", "count"),
    [
        ("SADC", 16), ("East African Community", 8), ("COMESA", 21), ("CEMAC", 6), ("ECCAS", 11), ("WAEMU", 8),
        ("Alliance of Sahel States", 3), ("Arab League", 21), ("OIC", 56), ("BRICS", 11), ("OPEC", 12),
        ("Commonwealth of Independent States", 9), ("Shanghai Cooperation Organisation", 10), ("SAARC", 8), ("euro area", 21),
        ("Schengen area", 29), ("Andean Community", 4), ("CPLP", 9), ("Latin America", 20), ("Sahel", 10), ("Maghreb", 5),
        ("Western Balkans", 5), ("Balkans", 9), ("former Yugoslavia", 6), ("former Soviet Union", 15), ("Nordic countries", 5),
        ("least developed countries", 44),
    ],
)  # fmt: skip
def test_other_groups_have_the_members_that_their_source_counts(group: str, count: int, taxonomy: Taxonomy) -> None:
    assert len(taxonomy.groups[group].members) == count
    assert taxonomy.groups[group].as_of and taxonomy.groups[group].source.startswith("https://")


def test_an_area_may_be_made_up_of_regions(taxonomy: Taxonomy) -> None:
    south = taxonomy.groups["Sub-Saharan Africa"]
    assert south.area and set(south.members) == set(taxonomy.members("Africa", 2025)) - set(
        taxonomy.members("North Africa", 2025)
    )
    assert len(taxonomy.members("Latin America and the Caribbean", 2025)) == 33
    assert len(taxonomy.members("Middle East and North Africa", 2025)) == 20


def test_groups_agree_with_each_other(taxonomy: Taxonomy) -> None:
    def members(group: str) -> set[str]:
        return set(taxonomy.members(group, 2025))

    assert members("Latin America") < members("Latin America and the Caribbean")
    assert members("WAEMU") - {"BFA", "MLI", "NER"} < members("ECOWAS")
    assert members("Alliance of Sahel States") < members("WAEMU")
    assert members("Western Balkans") < members("Balkans") and members("Scandinavia") < members("Nordic countries")
    assert members("euro area") < members("European Union") and members("CEMAC") < members("ECCAS")
    assert members("Commonwealth of Independent States") < members("former Soviet Union")
    assert members("SAARC") == members("Southern Asia") and members("Maghreb") == members("North Africa") - {"EGY"}
    assert members("Andean Community") < members("South America")
