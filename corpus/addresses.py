"""Addresses on the Index's site: how those of profiles are made and read, and where the workbook is."""

from __future__ import annotations

import re

from corpus.naming import identifier
from corpus.taxonomy import Country

SITE = "https://ocindex.net"
_ADDRESS = re.compile(r"ocindex\.net/(?:(?P<edition>\d{4})/)?country/(?P<slug>[\w%.'-]+)", re.IGNORECASE)


def address_edition(address: str) -> int | None:
    """The edition in a profile's address; None for an address without a year."""
    match = _ADDRESS.search(address)
    return int(match["edition"]) if match and match["edition"] else None


def address_slug(address: str) -> str | None:
    """The country's part of a profile's address."""
    match = _ADDRESS.search(address)
    return match["slug"] if match else None


def country_slug(country: Country) -> str:
    """The country's part of its address, from the Index's own spelling: `congo_dem_rep`."""
    return identifier((*country.labels, country.name)[0])


def page_address(edition: int, slug: str, base: str = SITE) -> str:
    """The address of a profile in one edition; `base` ends without a slash."""
    return f"{base}/{edition}/country/{slug}"


def workbook_address(base: str = SITE) -> str:
    """The address of the official workbook; `base` ends without a slash."""
    return f"{base}/assets/downloads/global_oc_index.xlsx"
