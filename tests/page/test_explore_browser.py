"""The Explore views in a real browser, wide and phone, light and dark: no sideways scrolling, no other host."""

from __future__ import annotations

import codecs
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import openpyxl
import pytest


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_view_is_drawn(browser, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.goto(f"{address}/explore?countries=Peru&countries=Chile&view=Compare")
    page.get_by_role("heading", name="Peru and Chile, 2025 edition").wait_for(timeout=60_000)
    for view, heading in (
        ("Ranking", "Criminality, 2025 edition, the world"),
        ("Scatter", "Criminality against resilience"),
        ("Averages", "Criminality by region"),
        ("Map", "Criminality, 2025 edition, the world"),
    ):
        page.get_by_role("radio", name=view, exact=True).click()
        page.wait_for_url(f"**view={view}**" if view != "Ranking" else "**/explore*", timeout=20_000)
        page.get_by_role("heading", name=heading).wait_for(timeout=20_000)
        page.locator(f"[role=graphics-document][aria-label*='{heading}'] svg").first.wait_for(timeout=20_000)
        for narrow in (width, min(width, 360)):
            page.set_viewport_size({"width": narrow, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= narrow, (view, narrow)
    assert hosts - {None, ""} <= {"localhost"}
    context.close()


def test_the_files_hold_what_the_table_holds(browser, address: str, tmp_path: Path) -> None:
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.goto(f"{address}/explore?indicator=Cocaine+trade&edition=2023")
    page.get_by_role("heading", name="Cocaine trade, 2023 edition, the world").wait_for(timeout=60_000)
    with page.expect_download(timeout=20_000) as coming:
        page.get_by_role("button", name="Download as CSV").click()
    assert coming.value.suggested_filename == "ocqa-ranking-cocaine-trade-2023-world.csv"
    assert coming.value.path().read_bytes().startswith(codecs.BOM_UTF8)
    lines = coming.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "place,sharing,of,country,iso3,indicator,edition,score,scale,source"
    assert len(lines) == 1 + page.locator("table tbody tr").count()
    assert any(line.split(",")[3:8] == ["Peru", "PER", "Cocaine trade", "2023", "9.0"] for line in lines)
    with page.expect_download(timeout=20_000) as coming:
        page.get_by_role("button", name="Download as XLSX").click()
    assert coming.value.suggested_filename == "ocqa-ranking-cocaine-trade-2023-world.xlsx"
    shutil.copy(coming.value.path(), tmp_path / "ranking.xlsx")
    header, *rows = openpyxl.load_workbook(tmp_path / "ranking.xlsx")["Data"].iter_rows(values_only=True)
    assert ",".join(map(str, header)) == lines[0] and len(rows) == len(lines) - 1
    assert any(row[3:8] == ("Peru", "PER", "Cocaine trade", 2023, 9) for row in rows)
    context.close()
