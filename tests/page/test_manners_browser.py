"""How the page behaves in a real browser: addresses, focus, links, the menu on a phone, names of controls, printing."""

from __future__ import annotations

import io

import pdfplumber
import pytest
from axe_playwright_python.sync_playwright import Axe

from app.content.links import explore_link, profile_link

SCORE = "/?question=Peru+cocaine+score+2023"
GOLD = "/?question=who+controls+illegal+gold+mining+in+Peru"
READY = "Index 000001-"


@pytest.fixture
def page(browser, address: str):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def opened(page, address: str) -> None:
    page.goto(address)
    page.get_by_text(READY).wait_for(timeout=60_000)
    page.wait_for_function("!document.querySelector('[data-testid=stSkeleton], [data-stale=true]')", timeout=20_000)


def test_what_is_chosen_after_a_change_of_view_stands_in_the_address(page, address: str) -> None:
    opened(page, address + explore_link("Ranking", {}))
    for view in ("Map", "Scatter", "Ranking"):
        page.get_by_role("radio", name=view, exact=True).click()
        page.wait_for_function(f"location.search.includes('view={view}')", timeout=20_000)
        page.get_by_role("radio", name="2023", exact=True).click()
        page.wait_for_function("location.search.includes('edition=2023')", timeout=20_000)
        page.get_by_text("2023 edition, the world").first.wait_for(timeout=20_000)
        page.reload()
        page.get_by_text("2023 edition, the world").first.wait_for(timeout=60_000)
    page.get_by_role("radio", name="2021", exact=True).click()
    page.get_by_text("2021 edition, the world").first.wait_for(timeout=20_000)
    page.go_back()
    page.get_by_text("2023 edition, the world").first.wait_for(timeout=20_000)


def test_a_choice_keeps_the_focus_of_the_keyboard(page, address: str) -> None:
    opened(page, address + SCORE)
    page.get_by_role("radio", name="2021", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_text("in the 2021 edition (scale").wait_for(timeout=30_000)
    page.wait_for_function("!document.querySelector('[data-stale=true]')", timeout=20_000)
    assert page.evaluate("document.activeElement.innerText.trim()") == "2021"


def test_names_lead_on_in_the_same_tab_and_back_returns_to_the_answer(page, address: str) -> None:
    opened(page, address + SCORE)
    page.locator(".st-key-answer_words").get_by_role("link", name="Peru").click()
    page.get_by_role("heading", name="Peru, 2023 edition").wait_for(timeout=30_000)
    page.go_back()
    page.get_by_text("in the 2023 edition (scale").wait_for(timeout=30_000)
    page.locator(".st-key-answer_words").get_by_role("link", name="cocaine trade").click()
    page.get_by_role("heading", name="Cocaine trade, 2023 edition, the world").wait_for(timeout=30_000)
    assert len(page.context.pages) == 1


def test_explore_and_profile_open_on_what_the_latest_answer_is_about(page, address: str) -> None:
    opened(page, address + "/?question=Kenya+heroin+score+2023")
    page.locator("[data-testid=stTopNavLink]", has_text="Explore").click()
    for _ in range(2):
        page.get_by_role("heading", name="Heroin trade, 2023 edition, the world").wait_for(timeout=30_000)
        page.get_by_text("Marked: Kenya, joint 13th of 193 with 7.50.").wait_for(timeout=20_000)
        page.wait_for_function("location.search.includes('countries=Kenya')", timeout=20_000)
        page.reload()
    page.get_by_role("radio", name="2025", exact=True).click()
    page.get_by_text("Marked: Kenya, joint 7th of 193 with 8.00.").wait_for(timeout=30_000)
    assert "indicator=Heroin+trade" in page.url and "edition=2025" in page.url
    page.go_back()
    page.get_by_role("heading", name="Heroin trade, 2023 edition, the world").wait_for(timeout=30_000)
    page.go_back()
    page.get_by_text("Kenya scored 7.50 for heroin trade").wait_for(timeout=30_000)
    page.locator("[data-testid=stTopNavLink]", has_text="Profile").click()
    page.get_by_role("heading", name="Kenya, 2025 edition").wait_for(timeout=30_000)
    page.wait_for_function("location.search.includes('country=KEN')", timeout=20_000)


def test_a_passage_opens_in_the_profile_with_all_that_answers_marked(page, address: str) -> None:
    opened(page, address + GOLD)
    quoted = page.locator(".st-key-answer_words").inner_text().strip()
    page.get_by_role("link", name="Open in the profile").first.click()
    page.locator("[data-testid=stMain] strong", has_text=quoted).wait_for(timeout=30_000)
    assert len(page.context.pages) == 1


def test_a_country_on_the_map_opens_its_profile(page, address: str) -> None:
    opened(page, address + explore_link("Map", {"edition": "2023"}))
    australia = page.locator('[data-testid=stVegaLiteChart] [aria-label*="Australia"]').first
    australia.wait_for(timeout=20_000)
    australia.click()
    page.get_by_role("heading", name="Australia, 2023 edition").wait_for(timeout=30_000)


def test_the_map_shows_a_group_and_its_legend_picks_out_countries(browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    opened(page, address + explore_link("Map", {"edition": "2023", "group": "Africa (continent)"}))
    kenya = page.locator('[data-testid=stVegaLiteChart] [aria-label*="Country: Kenya"]').first
    kenya.wait_for(timeout=20_000)
    chart = page.locator("[data-testid=stVegaLiteChart]").bounding_box()
    assert kenya.bounding_box()["height"] > chart["height"] / 14 and chart["height"] < 1.2 * chart["width"]
    page.locator('.mark-rect [aria-label*="1.00 to 2.99"]').first.hover()
    page.wait_for_function(
        "document.querySelector('[data-testid=stVegaLiteChart] [aria-label*=\"Country: Kenya\"]').getAttribute('opacity') < 0.5",
        timeout=10_000,
    )
    context.close()


def test_the_first_view_has_the_map(page, address: str) -> None:
    opened(page, address)
    page.get_by_role("heading", name="Criminality around the world, 2025").wait_for(timeout=20_000)
    page.locator('[data-testid=stVegaLiteChart] [aria-label*="Myanmar"]').first.wait_for(timeout=20_000)


def test_on_a_phone_the_menu_closes_once_a_page_is_chosen_and_the_answer_is_in_view(browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    opened(page, address + SCORE)
    words = page.locator(".st-key-answer_words").bounding_box()
    assert words["y"] + words["height"] < 844
    assert not page.get_by_role("radio", name="2021", exact=True).is_visible()
    page.get_by_text("Change the question").click()
    page.get_by_role("radio", name="2021", exact=True).wait_for(timeout=20_000)
    page.locator("[data-testid=stExpandSidebarButton]").click()
    page.locator("[data-testid=stSidebarNavLink]").get_by_text("Explore").click()
    page.get_by_role("heading", name="Explore the scores").wait_for(timeout=30_000)
    page.wait_for_function("document.querySelector('[data-testid=stSidebar]').getBoundingClientRect().right <= 1", timeout=10_000)
    context.close()


def test_names_of_controls_are_short(page, address: str) -> None:
    for path in (explore_link("Ranking", {"show": "All"}), explore_link("Averages", {}), SCORE):
        opened(page, address + path)
        page.locator("[data-testid=stVegaLiteChart] svg").first.wait_for(timeout=20_000)
        names = page.evaluate(
            "[...document.querySelectorAll('button, [role=button]')].map(b => b.getAttribute('aria-label') || '')"
        )
        assert max(map(len, names)) <= 150, (path, max(names, key=len))


def test_the_focus_can_be_seen_in_the_navigation(page, address: str) -> None:
    opened(page, address)
    page.get_by_label("Your question").focus()
    for _ in range(8):
        page.keyboard.press("Shift+Tab")
        shown = page.evaluate(
            "[document.activeElement.innerText, getComputedStyle(document.activeElement).outlineStyle, "
            "parseFloat(getComputedStyle(document.activeElement).outlineWidth)]"
        )
        if shown[0].strip() == "Profile":
            break
    assert shown[0].strip() == "Profile" and shown[1] == "solid" and shown[2] >= 2


@pytest.mark.parametrize("path", [SCORE, GOLD, profile_link("PER", 2021)])
def test_what_is_printed_has_no_blank_page_and_no_heading_at_the_foot(path: str, page, address: str) -> None:
    opened(page, address + path)
    headings = {text.strip() for text in page.locator("h1, h2, h3, h4, h5, h6").all_inner_texts()}
    with pdfplumber.open(io.BytesIO(page.pdf(format="A4"))) as printed:
        texts = [printed_page.extract_text() or "" for printed_page in printed.pages]
    assert all(len(text) > 40 for text in texts), [len(text) for text in texts]
    assert not [text for text in texts[:-1] if text.strip().splitlines()[-1].strip() in headings]


def test_a_chart_is_saved_as_a_picture_that_can_stand_alone(browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    opened(page, address + SCORE)
    page.locator("[data-testid=stVegaLiteChart] svg").wait_for(timeout=20_000)
    with page.expect_download(timeout=20_000) as coming:
        page.get_by_role("button", name="Save the chart as SVG").click()
    assert coming.value.suggested_filename == "ocqa-peru-among-the-193-countries-of-the-world.svg"
    drawn = coming.value.path().read_text(encoding="utf-8")
    assert "Peru among the 193 countries of the world" in drawn and "Source: Global Organized Crime Index, ocindex.net" in drawn
    assert drawn.startswith("<svg xmlns=") and "background: rgb(23, 22, 20)" in drawn
    with page.expect_download(timeout=20_000) as coming:
        page.get_by_role("button", name="Save the chart as PNG").click()
    head = coming.value.path().read_bytes()[:24]
    assert head[1:4] == b"PNG" and int.from_bytes(head[16:20], "big") >= 600
    context.close()


def test_on_a_phone_scores_are_cards_that_lead_on_and_questions_on_buttons_are_whole(browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, color_scheme="dark")
    page = context.new_page()
    opened(page, address + "/?question=compare+Kenya+and+Tanzania")
    cells = page.locator(".st-key-facts td").all()
    assert len(cells) == 24
    assert all((box := cell.bounding_box()) and box["x"] >= 0 and box["x"] + box["width"] <= 390 for cell in cells)
    serious = [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert not serious
    page.locator(".st-key-answer").get_by_role("link", name="Side by side").click()
    page.get_by_text("Kenya and Tanzania, 2025 edition").first.wait_for(timeout=30_000)
    opened(page, address + "/?question=good+morning")
    page.get_by_text("Hello. This page answers").wait_for(timeout=20_000)
    assert page.get_by_text("Read as").count() == 0
    cut = "[...document.querySelectorAll('[data-testid=stButton] button p')].map(p => [p.clientWidth, p.scrollWidth])"
    widths = page.evaluate(cut)
    assert len(widths) == 3 and all(whole <= shown for shown, whole in widths)
    context.close()


def test_on_a_phone_explore_shows_its_chart_before_its_boxes(browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    opened(page, address + explore_link("Ranking", {}))
    page.locator("[data-testid=stVegaLiteChart] svg").wait_for(timeout=20_000)
    assert page.locator("[data-testid=stVegaLiteChart]").bounding_box()["y"] < 844
    assert not page.get_by_role("radio", name="2023", exact=True).is_visible()
    page.get_by_text("Change what is shown").click()
    page.get_by_role("radio", name="2023", exact=True).click(timeout=20_000)
    page.get_by_role("heading", name="Criminality, 2023 edition, the world").wait_for(timeout=20_000)
    context.close()
