"""Addresses on the Index's site: how those of profiles are made and read, where the workbook is, and lines that state one."""

from __future__ import annotations

import re
from urllib.parse import unquote

from corpus.naming import identifier
from corpus.taxonomy import Country, Taxonomy

SITE = "https://ocindex.net"
# A year and a language may stand between the site and the kind of page.
_BEFORE = r"ocindex\.net/(?:(?:(?P<edition>\d{4})|[a-z]{2}(?:-[a-z]{2})?)/){0,3}"
_ADDRESS = re.compile(rf"{_BEFORE}country/(?P<slug>[\w%.'-]+)", re.IGNORECASE)
_OTHER = re.compile(rf"{_BEFORE}(?:country/)?(?P<kind>compar\w*|ranking\w*|region\w*|continent\w*|subregion\w*)\b", re.IGNORECASE)
_KINDS = {"compar": "comparison", "rankin": "ranking", "region": "region", "contin": "region", "subreg": "region"}

_LABELS = (
    "source|sources|url|uri|address|link|page|web ?page|web ?site|site|web|from|original|permalink|location|via|available at|"
    r"reference|ref|(?:saved|copied|downloaded|retrieved|taken|printed|accessed)(?: (?:from|at|on))?(?: url)?"
)
_LINE = re.compile(
    rf"^[^\w\n]{{0,12}}(?:(?:{_LABELS})\b[^\n:=/]{{0,20}}[:=]?[^\w\n]{{0,4}})?(?:\(\d+\))?"
    r"[\s<(\[]{0,3}(?P<url>(?:https?://)?(?:[\w-]+\.)*ocindex\.net/[^\s\"'<>()\[\]]+)"
    r"[^\w\n]{0,6}(?:(?:accessed|retrieved|saved|visited|downloaded|on|\d)[^\n]{0,40})?$",
    re.IGNORECASE | re.MULTILINE,
)


def address_edition(address: str) -> int | None:
    """The edition in a profile's address; None for an address without a year."""
    match = _ADDRESS.search(address)
    return int(match["edition"]) if match and match["edition"] else None


def address_slug(address: str) -> str | None:
    """The country's part of a profile's address."""
    match = _ADDRESS.search(address)
    return match["slug"] if match else None


def address_country(address: str, taxonomy: Taxonomy) -> str | None:
    """The code of the country that a profile's address names; None for another address or an unknown name."""
    slug = address_slug(address)
    return taxonomy.country_of_label(re.sub(r"\.html?$", "", unquote(slug), flags=re.IGNORECASE)) if slug else None


def address_kind(address: str) -> str:
    """Which other page an address leads to: "comparison", "ranking" or "region"; empty for every other address."""
    match = _OTHER.search(address)
    return _KINDS[match["kind"][:6].lower()] if match else ""


def stated_addresses(text: str) -> tuple[str, ...]:
    """The site's addresses that stand on a line of their own, bare or after a word such as "Source:"."""
    found = (match["url"].rstrip(".,;:!?") for match in _LINE.finditer(text))
    return tuple(dict.fromkeys(url if "://" in url else f"https://{url}" for url in found))


def country_slug(country: Country) -> str:
    """The country's part of its address, from the Index's own spelling: `congo_dem_rep`."""
    return identifier((*country.labels, country.name)[0])


def page_address(edition: int, slug: str, base: str = SITE) -> str:
    """The address of a profile in one edition; `base` ends without a slash."""
    return f"{base}/{edition}/country/{slug}"


def workbook_address(base: str = SITE) -> str:
    """The address of the official workbook; `base` ends without a slash."""
    return f"{base}/assets/downloads/global_oc_index.xlsx"
