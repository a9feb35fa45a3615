"""The Profile page in a real browser: no other host, no sideways scrolling, links that open at their paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from serving import serving

from app.content.links import profile_link


@pytest.fixture(scope="module")
def address(world_index: Path) -> Iterator[str]:
    with serving(world_index) as server:
        yield server.address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_profile_is_shown_in_full(browser, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.goto(f"{address}{profile_link('TCD', 2023)}")
    page.get_by_role("heading", name="Chad, 2023 edition").wait_for(timeout=60_000)
    page.get_by_text("built 20").wait_for(timeout=20_000)
    assert [(v["id"], v["nodes"][0]["html"]) for v in Axe().run(page).response["violations"]] == []
    figure = page.get_by_role("img", name="a pyramid whose base is criminal markets")
    figure.wait_for(timeout=20_000)
    assert figure.bounding_box()["width"] <= width
    page.get_by_text("Show sentences that were kept").click()
    page.get_by_text("Environment: 4 kept").click()
    page.get_by_text("= kept").first.wait_for(timeout=20_000)
    for narrow in (width, min(width, 360)):
        page.set_viewport_size({"width": narrow, "height": 800})
        for box in ("documentElement", "querySelector('[data-testid=stMain]')"):
            page.wait_for_function(f"document.{box}.scrollWidth <= document.{box}.clientWidth", timeout=10_000)
        for table in page.locator("table").all():
            assert table.evaluate("e => !e.offsetParent || e.getBoundingClientRect().right <= window.innerWidth")
    assert hosts - {None, ""} <= {"localhost"}
    context.close()


def test_a_link_opens_at_the_paragraph_with_its_range_highlighted(browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{address}{profile_link('TCD', 2021, 'TCD-2021-criminal-justice-and-security-1', (0, 36))}")
    marked = page.locator("strong", has_text="There are two prisons, both flooded")
    marked.wait_for(timeout=60_000)
    page.wait_for_function(
        "() => { const r = document.getElementById('criminal-justice-and-security-1').getBoundingClientRect();"
        " return r.top >= 0 && r.bottom <= window.innerHeight; }",
        timeout=20_000,
    )
    assert marked.bounding_box()["y"] < 800
    context.close()


def test_a_choice_goes_into_the_address_and_the_back_button_undoes_it(browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}{profile_link('TCD', 2021)}")
    page.get_by_role("heading", name="Chad, 2021 edition").wait_for(timeout=60_000)
    page.get_by_role("combobox", name="Edition").click()
    page.get_by_role("option", name="2023").click()
    page.get_by_role("heading", name="Chad, 2023 edition").wait_for(timeout=20_000)
    assert "edition=2023" in page.url
    page.go_back()
    page.get_by_role("heading", name="Chad, 2021 edition").wait_for(timeout=20_000)
    context.close()


def test_scores_are_drawn_in_place_and_lead_on_in_the_same_tab(browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}{profile_link('TCD', 2021)}")
    page.get_by_text("built 20").wait_for(timeout=60_000)
    page.get_by_role("img", name="6.00 in 2021, 6.00 in 2023, no score in 2025").first.wait_for(timeout=20_000)
    table = page.get_by_role("table", name="Criminal markets, higher is worse")
    row = table.get_by_role("row", name="Arms trafficking")
    score = float(row.locator("strong").inner_text())
    bar = row.locator(".bar")
    drawn = bar.locator("span").bounding_box()["width"] / bar.bounding_box()["width"]
    assert abs(drawn - score / 10) < 0.01
    assert row.locator(".spark").evaluate("e => e.complete && e.naturalWidth > 0")
    text, scores = (page.locator(f".profile-section {part}").first.bounding_box() for part in (".column", ".beside"))
    assert scores["x"] > text["x"] + text["width"]
    page.set_viewport_size({"width": 390, "height": 800})
    heading, text, scores = (
        page.locator(f".profile-section {part}").first.bounding_box() for part in ("h3", ".column", ".beside")
    )
    assert heading["y"] < scores["y"] < text["y"]
    row.get_by_role("link", name="Arms trafficking").click()
    page.get_by_role("heading", name="Arms trafficking, 2021 edition").wait_for(timeout=30_000)
    page.go_back()
    page.get_by_role("link", name="tell me about Chad").click()
    page.wait_for_function("location.search.startsWith('?question=Tell+me+about+Chad')", timeout=30_000)
    assert len(context.pages) == 1
    context.close()


def test_the_address_of_a_paragraph_without_its_passage_opens_there_too(browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{address}{profile_link('TCD', 2021)}#criminal-justice-and-security-1")
    page.wait_for_function(
        "() => { const r = document.getElementById('criminal-justice-and-security-1')?.getBoundingClientRect();"
        " return r && r.top >= 0 && r.bottom <= window.innerHeight; }",
        timeout=60_000,
    )
    context.close()
