"""The report page: complete, self-contained, and nothing of a question or a source reaches it as markup."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from app.reports.eval_html import report_html
from index.evals.evaluate import evaluate
from index.evals.result_file import Result, SetRecord, result_of
from index.evals.sets import Case, Gold, parse_set, read_sets
from index.generations.snapshot import Snapshot

DATA = Path(__file__).parents[1] / "data"
EVIL = '</summary><script>alert(1)</script><img src=x onerror="alert(2)">&amp;'


@pytest.fixture(scope="module")
def measured(shipped: Snapshot) -> Result:
    cases = read_sets([DATA / "peru_dev.jsonl"])[::4]
    facts = {"type": "value", "country": "PER", "indicator": "cocaine_trade", "edition": 2021, "value": 1.0}
    wrong = Case("F1", "Peru cocaine score 2021", "value", expect=facts)
    gone = Case("G1", "who guards the port of Callao in Peru", "who", (Gold("PER", 1999, "Environment", 1, 2),), "x")
    return evaluate(shipped, [*cases, wrong, gone], [SetRecord("peru.jsonl", "ab" * 32)])


@pytest.fixture(scope="module")
def page(measured: Result, shipped: Snapshot) -> str:
    return report_html(measured, {p.id: p for p in shipped.passages})


def test_every_failure_is_there_with_expected_and_got_side_by_side(page: str, measured: Result) -> None:
    failures = [s for s in measured.scored if not s.right]
    tree = LexborHTMLParser(page)
    assert len(tree.css("details")) == len(failures) > 5
    assert len(tree.css(".expected")) == len(tree.css(".got")) == len(failures)
    said = [node.text() for node in tree.css("summary b")]
    assert sorted(said) == sorted(s.case.question for s in failures)
    first = next(s for s in failures if s.case.gold and s.places and s.case.id != "G1")
    block = next(n for n in tree.css("details") if first.case.question in n.text())
    assert first.case.gold[0].place in block.css_first(".expected").text()
    assert first.places[0] in block.css_first(".got").text()


def test_a_wrong_figure_and_a_place_that_is_not_there_are_shown(page: str) -> None:
    tree = LexborHTMLParser(page)
    figure = next(n for n in tree.css("details") if "Peru cocaine score 2021" in n.text())
    assert '"value": 1.0' in figure.css_first(".expected pre").text()
    assert '"value": 9.0' in figure.css_first(".got pre").text()
    gone = next(n for n in tree.css("details") if "port of Callao" in n.text())
    assert "PER-1999-environment-1" in gone.text() and "This passage is not in the index." in gone.text()


def test_passages_link_to_their_source_and_nothing_is_loaded_from_elsewhere(page: str) -> None:
    tree = LexborHTMLParser(page)
    addresses = {a.attributes["href"] for a in tree.css("a")}
    assert addresses == {"https://ocindex.net/2021/country/peru"}
    assert not tree.css("script, link, img, iframe, object") and "@import" not in page and "url(" not in page
    assert len(tree.css("svg")) >= 3 and len(tree.css("svg circle")) == page.count("<circle")


def test_figures_on_the_page_are_those_of_the_result(page: str, measured: Result) -> None:
    tiles = {t.text(deep=False).strip(): t.css_first("b").text() for t in LexborHTMLParser(page).css(".tile")}
    for name in ("Right", "nDCG@10", "False answers"):
        figure = measured.overall.figure(name)
        assert figure is not None and tiles[name] == f"{figure.value:.3f}"


def test_markup_in_a_question_is_shown_and_never_run(measured: Result, shipped: Snapshot) -> None:
    line = json.dumps({"id": "<b>", "question": EVIL, "kind": EVIL, "answer_span": EVIL, "unanswerable": True})
    (case,), complaints = parse_set(line, "x")
    assert complaints == ()
    wild = replace(measured.scored[0], case=case, right=False, answer=EVIL, result={"type": EVIL}, places=(EVIL,))
    about = replace(measured.about, generation=EVIL, model=EVIL, sets=(SetRecord(EVIL, EVIL),))
    html = report_html(result_of(about, [wild]), {})
    tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append(tag)
            assert not any(name.startswith("on") for name, _ in attrs)

    Reader().feed(html)
    assert not {"script", "img", "iframe"} & set(tags)
    assert LexborHTMLParser(html).css_first("summary b").text() == EVIL


def test_the_page_fits_phones_and_desktops_in_light_and_dark(page: str, tmp_path: Path, browser) -> None:
    path = tmp_path / "report.html"
    path.write_text(page, encoding="utf-8")
    grounds = set()
    for width, scheme in ((390, "light"), (1280, "dark")):
        tab = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        requests: list[str] = []
        tab.on("request", lambda r, seen=requests: seen.append(r.url))
        tab.goto(path.as_uri())
        tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert requests == [path.as_uri()]
        grounds.add(tab.evaluate("getComputedStyle(document.body).backgroundColor"))
        tab.close()
    assert len(grounds) == 2
    assert re.search(r"prefers-color-scheme", page)
