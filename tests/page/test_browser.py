"""The Ask page in a real browser, wide and phone, light and dark: no sideways scrolling, no other host."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 360])
def test_a_question_is_asked_and_answered(browser, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    page.goto(address)
    box = page.get_by_label("Your question")
    box.wait_for(timeout=60_000)
    box.fill("who controls illegal gold mining in Peru")
    box.press("Enter")
    page.get_by_text("From the profile text, in our words").wait_for(timeout=60_000)
    page.get_by_role("cell", name="9.00").or_(page.get_by_text("9.00", exact=True)).first.wait_for(timeout=20_000)
    page.locator("strong", has_text="Those who control illegal gold mining").first.wait_for(timeout=20_000)
    assert (
        page.get_by_role("link", name="ocindex.net/2021/country/peru").first.get_attribute("href")
        == "https://ocindex.net/2021/country/peru"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert hosts - {None, ""} <= {"localhost"}
    context.close()


def test_an_answer_has_an_address_that_opens_it_again(browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/?question=Peru+cocaine+score+2021")
    page.get_by_text("Peru scored 9.00 for cocaine trade").wait_for(timeout=60_000)
    page.get_by_label("Your question").fill("Peru resilience score 2021")
    page.keyboard.press("Enter")
    page.get_by_text("Peru scored 4.58 for resilience").wait_for(timeout=60_000)
    assert "resilience" in page.url
    context.close()
