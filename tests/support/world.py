"""A small invented world in the page's layout: invented text and scores, chosen so that answers can be worked out in the head.

The countries are real names, since only those are scored; nothing said of them here is true.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import openpyxl

from corpus.taxonomy import Taxonomy

TEXTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "Chad": {
        "Environment": (
            "Blue marble quarries near the lake are run by the Heron Brotherhood. Its foremen pay the harbour guards.",
            "Parrots are caught at night and sold to sailors. The trade is small; nobody has ever been tried for it.",
        ),
        "Drugs": ("Poppies do not grow here. Hashish comes over the western hills on mules.",),
        "Criminal justice and security": ("There are two prisons, both flooded. The police own one boat.",),
    },
    "Niger": {
        "Environment": ("Salt is dug without licence by families from the oasis, who share the gain with nobody.",),
        "People": ("Shepherds guide travellers through the dunes for a fee. A same sentence stands here.",),
        "Trade": ("Rifles are hidden in melon carts.",),
    },
    "Nigeria": {
        "Environment": ("Barges tap the pipeline at new moon. The Pelican Circle sells the fuel upriver.",),
        "People": ("A same sentence stands here.",),
    },
}
SCORES: Mapping[str, float] = {"Chad": 6.0, "Niger": 4.0, "Nigeria": 8.0}


def scores_of(country: str, edition: int, taxonomy: Taxonomy) -> dict[str, float]:
    """Every measured criminality score is the country's number, every resilience score ten minus it."""
    value = SCORES[country]
    return {i.id: value if i.pillar == "criminality" else 10 - value for i in taxonomy.measured(edition)}


def page(
    country: str,
    edition: int,
    taxonomy: Taxonomy,
    texts: Mapping[str, tuple[str, ...]] | None = None,
    scores: Mapping[str, float] | None = None,
) -> str:
    """A profile page as saved text, with the layout and the glued changes of its edition."""
    values = {**scores_of(country, edition, taxonomy), **(scores or {})}
    texts = TEXTS[country] if texts is None else texts

    def figure(indicator: str) -> str:
        score = f"{values[indicator]:.2f}"
        if edition == 2021:
            return score
        new = edition == 2023 and taxonomy.indicators[indicator].since == 2023
        return f"{score} n/a" if new else f"{score}-0.50"

    lines = ["The Organized Crime Index | ENACT", "Year:", country, "x", "Profile", country, "Capital", "Somewhere"]
    lines += ["Population", "12,345", figure("criminality"), "Criminality score", "3rd of 193 countries"]
    for indicator in taxonomy.measured(edition):
        if indicator.id == "resilience":
            lines += [figure("resilience"), "Resilience score", "9th of 193 countries", "4th of 54 countries in Africa-5"]
        elif indicator.id != "criminality":
            lines += [indicator.name, figure(indicator.id), f"What an invented page says of {indicator.name} in general terms."]
    lines += ["3.10 2.20 4.40 3.10 2.20 4.40", figure("resilience"), "Resilience score", "9th of 193 countries"]
    lines += ["Analysis", "01 02 03 04 05 06 07 08 09 10 11"]
    for section in taxonomy.sections:
        lines.append(section.name)
        if edition == 2021 and section.name in ("Cyber Crimes", "Financial Crimes"):
            lines.append("*first included in the 2023 iteration")
        lines += texts.get(section.name, ())
    lines += ["For a better experience on this device", "Give us feedback"]
    return "\n\n".join(lines) + "\n"


def write_world(folder: Path, taxonomy: Taxonomy) -> Path:
    """Three countries, Chad in two editions, as a sources folder."""
    for country, edition in (("Chad", 2021), ("Chad", 2023), ("Niger", 2021), ("Nigeria", 2021)):
        path = folder / str(edition) / f"{country.lower()}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page(country, edition, taxonomy), encoding="utf-8")
    return folder


def workbook(sheets: Mapping[str, list[list[object]]]) -> bytes:
    """An .xlsx file with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def full_sheet(edition: int, taxonomy: Taxonomy) -> list[list[object]]:
    """A sheet with all 193 countries, every score 5."""
    indicators = taxonomy.measured(edition)
    header: list[object] = ["Continent", "Region", "Country", *(i.name for i in indicators)]
    return [header] + [["", "", c.name, *(5 for _ in indicators)] for c in taxonomy.countries.values()]
