"""Makes the shipped table of scores from the Index's official workbook. Not a test: run by hand.

    PYTHONPATH=. python tests/fitting/make_world_scores.py WORKBOOK

Each row names the page on which the Index publishes its figures; where they were taken from stands in `ATTRIBUTION.md`.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from corpus.addresses import country_slug, page_address
from corpus.sources import shipped_sources
from corpus.taxonomy import Taxonomy, load_taxonomy
from corpus.workbooks import read_workbook

TARGET = Path("scores", "world.csv")


def as_text(workbook: bytes, taxonomy: Taxonomy) -> str:
    """The table: a row for each country and edition, a column for each indicator; an empty cell was not measured."""
    scores, problems = read_workbook(workbook, "global_oc_index.xlsx", taxonomy)
    if problems:
        raise SystemExit("\n".join(map(str, problems)))
    values = {(s.country, s.edition, s.indicator): s.value for s in scores}
    rows = [["iso3", "edition", "source", *taxonomy.indicators]]
    for code, country in sorted(taxonomy.countries.items()):
        for edition in taxonomy.editions:
            figures = (values.get((code, edition, indicator)) for indicator in taxonomy.indicators)
            cells = ["" if value is None else f"{value:.2f}" for value in figures]
            rows.append([code, str(edition), page_address(edition, country_slug(country)), *cells])
    lines: list[str] = []
    csv.writer(_Lines(lines), lineterminator="\n").writerows(rows)
    return "".join(lines)


class _Lines:
    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


if __name__ == "__main__":
    (shipped_sources() / TARGET).write_text(as_text(Path(sys.argv[1]).read_bytes(), load_taxonomy()), encoding="utf-8")
