"""In a real browser: a question that may not have been understood, and a click on the one that is offered instead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import answers
import pytest
from serving import serving_script

# The page as it is, but this one question is answered by hand: how sure the engine is of any real one will change.
_SCRIPT = """
import runpy
from collections.abc import Iterator
from pathlib import Path

import answers
import app.settings
import index.answers.answer as engine

if not hasattr(engine, "asked_of_engine"):
    engine.asked_of_engine = engine.ask
engine.ask = lambda snapshot, text, **how: (
    answers.unsure() if text == answers.unsure().question else engine.asked_of_engine(snapshot, text, **how)
)
runpy.run_path(str(Path(app.settings.__file__).with_name("page.py")))
"""


@pytest.fixture(scope="module")
def unsure_address(shipped_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    script = tmp_path_factory.mktemp("unsure") / "page_with_an_unsure_answer.py"
    script.write_text(_SCRIPT, encoding="utf-8")
    with serving_script(script, shipped_index) as server:
        yield server.address


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_the_offered_question_is_asked_with_one_click(browser, unsure_address: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(unsure_address)
    box = page.get_by_label("Your question")
    box.wait_for(timeout=60_000)
    box.fill(answers.unsure().question)
    box.press("Enter")
    page.get_by_text("I may not have understood", exact=True).wait_for(timeout=60_000)
    page.get_by_role("button", name=answers.OFFERED).click()
    page.get_by_text("Criminality in 2025 is 1.14 points higher for Peru than for Chile").wait_for(timeout=60_000)
    assert box.input_value() == answers.OFFERED
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
