"""Every page in a real browser: it passes axe, loads from no other host, never scrolls sideways, keeps hostile text as text."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import world
from axe_playwright_python.sync_playwright import Axe
from serving import serving

from app.cli.main import main
from app.content.links import explore_link, profile_link
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.builder.build import build_index
from index.encoders.sentence_transformer import SentenceTransformerEncoder

PAGES = {
    "start": "/",
    "answer": "/?question=who+controls+illegal+gold+mining+in+Peru",
    "score": "/?question=Peru+cocaine+score+2023",
    "ranking": "/?question=which+South+American+countries+score+7+or+more+for+cocaine+trade",
    "declined": "/?question=who+controls+cocaine+in+Norway",
    "profile": profile_link("PER", 2021),
    "explore": explore_link("Ranking", {}),
    "map": explore_link("Map", {}),
    "compare": explore_link("Compare", {"countries": ["Peru", "Chile"]}),
    "about": "/about",
    "index": "/loaded",
    "evals": "/evals",
}
HOSTILE = (
    '<script>window.hacked = 1</script> <img src=x onerror="window.hacked=1"> ![pixel](https://example.com/p.png) '
    "[press](javascript:alert(1)) $\\frac{1}{2}$ :red[colour] **bold** `code` # head "
    "\u202eright to left\u202c about hostile falcons."
)


@pytest.fixture(scope="module")
def index(shipped_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(shipped_index, tmp_path_factory.mktemp("site") / "index"))
    questions = folder.parent / "set.jsonl"
    questions.write_text(
        '{"id": "1", "kind": "who", "question": "who controls illegal gold mining in Peru", "unanswerable": true}\n',
        encoding="utf-8",
    )
    assert main(["eval", str(questions), "--index", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def address(index: Path) -> Iterator[str]:
    with serving(index) as server:
        yield server.address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_passes_axe_and_never_scrolls_sideways(browser, address: str, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    hosts: set[str | None] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
    for name, path in PAGES.items():
        page.goto(f"{address}{path}")
        page.get_by_text("Index 000001-").wait_for(timeout=60_000)
        page.wait_for_function("!document.querySelector('[data-testid=stSkeleton], [data-stale=true]')", timeout=20_000)
        found = Axe().run(page).response["violations"]
        serious = [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in ("serious", "critical")]
        assert not serious, (name, serious)
        for narrow in (width, min(width, 360)):
            page.set_viewport_size({"width": narrow, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= narrow, name
        page.set_viewport_size({"width": width, "height": 900})
    assert hosts - {None, ""} <= {"localhost"}
    context.close()


def test_the_question_box_has_the_focus_on_a_slow_machine_too(browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 15})
    page.goto(address)
    page.wait_for_function(
        "document.activeElement && document.activeElement.getAttribute('aria-label') === 'Your question'", timeout=90_000
    )
    context.close()


def test_the_site_can_be_used_by_keyboard_alone(browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    box = page.get_by_label("Your question")
    box.wait_for(timeout=60_000)
    page.wait_for_function("document.activeElement.getAttribute('aria-label') === 'Your question'", timeout=10_000)
    page.keyboard.type("Peru cocaine score 2023")
    page.keyboard.press("Enter")
    page.get_by_text("Peru scored 9.00 for cocaine trade in the 2023 edition").wait_for(timeout=60_000)
    edition = page.get_by_role("radio", name="2021")
    for _ in range(30):
        page.keyboard.press("Tab")
        if edition.evaluate("e => e === document.activeElement || e.parentElement.contains(document.activeElement)"):
            break
    assert page.evaluate(
        "getComputedStyle(document.activeElement).outlineStyle !== 'none' || document.activeElement.matches(':focus-visible')"
    )
    context.close()


def test_a_choice_updates_the_answer_without_reloading_the_page(browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/?question=Peru+cocaine+score+2023")
    page.get_by_text("in the 2023 edition (scale").wait_for(timeout=60_000)
    page.evaluate("window.same = document.querySelector('h1')")
    page.get_by_role("radio", name="2021", exact=True).click()
    page.get_by_text("in the 2021 edition (scale").wait_for(timeout=30_000)
    assert page.evaluate("window.same === document.querySelector('h1') && window.same.isConnected")
    assert page.get_by_label("Your question").input_value() == "Peru cocaine score 2021"
    assert "2021" in page.url
    context.close()


def test_hostile_text_of_a_source_stays_text(
    browser, world_index: Path, world_sources: Path, tmp_path: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy
) -> None:
    sources = Path(shutil.copytree(world_sources, tmp_path / "sources"))
    long_word = "falcon" * 1700
    texts = {"Environment": (HOSTILE, f"{long_word} is one word about falcons.")}
    (sources / "2021" / "niger.txt").write_text(world.page("Niger", 2021, taxonomy, texts), encoding="utf-8")
    shutil.copytree(world_index, tmp_path / "index")
    build_index(load_corpus([sources], taxonomy), tmp_path / "index", encoder, taxonomy)
    with serving(tmp_path / "index") as server:
        context = browser.new_context(viewport={"width": 390, "height": 900})
        page = context.new_page()
        hosts: set[str | None] = set()
        page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname))
        for path in ("/?question=hostile+falcons+in+Niger", profile_link("NER", 2021)):
            page.goto(f"{server.address}{path}")
            page.get_by_text("<script>window.hacked = 1</script>").first.wait_for(timeout=60_000)
            page.get_by_text("Index 000002-").wait_for(timeout=60_000)
            shown = page.locator("[data-testid=stMain]").inner_text()
            for text in ("![pixel](https://example.com/p.png)", "[press](javascript:alert(1))", "$\\frac{1}{2}$", ":red[colour]"):
                assert text in shown, (path, text)
            assert page.evaluate("window.hacked") is None
            assert page.locator("[data-testid=stMain] a[href^=javascript], [data-testid=stMain] .katex").count() == 0
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert hosts - {None, ""} <= {"localhost"}
        context.close()


def test_the_tab_is_named_after_what_is_shown(browser, address: str) -> None:
    page = browser.new_page()
    for path, title in (
        ("/", "Ask"),
        (PAGES["profile"], "Peru 2021"),
        (PAGES["map"], "Criminality, 2025 edition, the world"),
        ("/loaded", "Contents of the index"),
        (PAGES["score"], "Peru cocaine score 2023"),
    ):
        page.goto(address + path)
        page.wait_for_function("title => document.title.startsWith(title + ' · ')", arg=title, timeout=30_000)
    box = page.get_by_label("Your question")
    box.fill("Chile cocaine score 2023")
    box.press("Enter")
    page.wait_for_function("document.title.startsWith('Chile cocaine score 2023 · ')", timeout=30_000)
    page.close()


def test_a_question_asked_again_from_the_foot_of_the_page_brings_its_answer_into_view(browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 700})
    page.goto(address + PAGES["answer"])
    page.get_by_text("Those who control illegal gold mining").first.wait_for(timeout=30_000)
    box = page.get_by_label("Your question")
    box.fill("Peru cocaine score 2023")
    box.press("Enter")
    page.get_by_text("Peru scored 9.00 for cocaine trade").first.wait_for(timeout=30_000)
    page.get_by_text("Questions from this visit").click()
    entry = page.get_by_role("button", name="who controls illegal gold mining in Peru")
    entry.scroll_into_view_if_needed()
    entry.click()
    page.get_by_text("Those who control illegal gold mining").first.wait_for(timeout=30_000)
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop === 0", timeout=30_000)
    page.close()


def test_back_and_forward_walk_through_the_answers(browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "/")
    box = page.get_by_label("Your question")
    box.wait_for(timeout=60_000)

    def shown(title: str, asked: str) -> None:
        page.wait_for_function("title => document.title.startsWith(title)", arg=title, timeout=30_000)
        page.wait_for_function(
            "asked => document.querySelector('input[aria-label=\"Your question\"]')?.value === asked", arg=asked, timeout=30_000
        )

    for question in ("Peru cocaine score 2023", "Chile cocaine score 2023"):
        box.fill(question)
        box.press("Enter")
        shown(question, question)
        assert "question=" in page.url
    page.get_by_role("link", name="Explore", exact=True).click()
    page.get_by_role("heading", name="Explore the scores").wait_for(timeout=30_000)
    page.go_back()
    shown("Chile cocaine score 2023", "Chile cocaine score 2023")
    page.go_back()
    shown("Peru cocaine score 2023", "Peru cocaine score 2023")
    page.go_back()
    shown("Ask", "")
    page.go_forward()
    shown("Peru cocaine score 2023", "Peru cocaine score 2023")
    page.close()
