"""Asking on the page: choices, follow-up questions, links and downloads. Without a browser."""

from __future__ import annotations

import csv
import io
import json
import shutil
from datetime import date
from pathlib import Path

import pytest
import world
from shown_text import plain
from streamlit.testing.v1 import AppTest

import app.settings
from app.content import answer_citation, answer_files
from app.content.answer_choices import chips_of
from app.content.links import ask_link, profile_link
from app.content.table_files import csv_text
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.answers.answer import ask
from index.builder.build import build_index
from index.contract.answer_object import Answer
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.generations.folders import current_folder
from index.generations.snapshot import Snapshot
from index.questions.question import understand

SCRIPT = str(Path(app.settings.__file__).with_name("page.py"))
GOLD = "who controls illegal gold mining in Peru"


@pytest.fixture
def page(shipped_index: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("OCQA_INDEX", str(shipped_index))
    return AppTest.from_file(SCRIPT, default_timeout=60).run()


def typed(page: AppTest, question: str) -> AppTest:
    page.text_input(key="question").set_value(question).run()
    assert not page.exception
    return page


def chip(page: AppTest, label: str):
    return next(w for w in (*page.selectbox, *page.segmented_control) if w.label == label)


def shown(page: AppTest) -> str:
    kinds = ("title", "markdown", "caption", "success", "warning", "info", "error")
    return plain("\n".join(e.value for kind in kinds for e in getattr(page, kind)))


def test_one_choice_changes_one_part_of_the_reading_and_the_answer_follows(page: AppTest) -> None:
    typed(page, "Peru cocaine score 2023")
    assert (chip(page, "Country").value, chip(page, "Indicator").value) == ("Peru", "Cocaine trade")
    assert (chip(page, "Edition").value, chip(page, "Type of answer").value) == ("2023", "Score")
    chip(page, "Country").set_value("Chile").run()
    assert page.text_input(key="question").value == "Chile cocaine score 2023" and "Chile scored" in shown(page)
    chip(page, "Edition").set_value("2021").run()
    assert "Chile scored" in shown(page) and "in the 2021 edition" in shown(page)
    chip(page, "Indicator").set_value("Fauna crimes").run()
    assert "for fauna crimes in the 2021 edition" in shown(page)
    chip(page, "Type of answer").set_value("Rank").run()
    assert page.text_input(key="question").value == "How does Chile rank for fauna crimes in 2021?"
    assert "Chile ranks" in shown(page)


def test_a_question_without_a_country_offers_all_that_are_loaded(page: AppTest) -> None:
    typed(page, "who controls illegal gold mining")
    country = chip(page, "Country")
    assert country.value is None and "Peru" in country.options and "Chile" in country.options
    country.set_value("Peru").run()
    assert page.text_input(key="question").value == f"{GOLD}"


def test_a_follow_up_is_completed_from_the_question_before_and_says_so(page: AppTest) -> None:
    typed(page, "Peru cocaine score 2023")
    typed(page, "and in Colombia?")
    assert page.text_input(key="question").value == "Colombia cocaine score 2023"
    assert "Read “and in Colombia?” as a follow-up to “Peru cocaine score 2023”" in shown(page)
    assert "Colombia scored" in shown(page)
    typed(page, "in 2021?")
    assert "Colombia scored" in shown(page) and "2021 edition" in shown(page)
    page.button(key="alone").click().run()
    assert page.text_input(key="question").value == "in 2021?" and "as a follow-up to" not in shown(page)


def test_the_questions_of_a_visit_can_be_asked_again(page: AppTest) -> None:
    typed(page, GOLD)
    typed(page, "Peru cocaine score 2023")
    assert page.button(key="again-0").label.replace("\\", "") == GOLD
    page.button(key="again-0").click().run()
    assert page.text_input(key="question").value == GOLD and "Those who control" in shown(page)


def test_a_passage_links_to_its_profile_at_the_sentence(page: AppTest, shipped: Snapshot) -> None:
    typed(page, GOLD)
    first = ask(shipped, GOLD).passages[0]
    link = profile_link("PER", 2021, first.id, (first.highlight[0][0], first.highlight[-1][1]))
    assert f"[Open in the profile]({link})" in "\n".join(m.value for m in page.markdown)
    assert link.startswith("/profile?country=PER&edition=2021&passage=PER-2021-environment-2&at=") and link.endswith(
        "#environment-2"
    )


def test_an_answer_can_be_linked_cited_and_downloaded(page: AppTest) -> None:
    typed(page, GOLD)
    codes = [c.value for c in page.code]
    assert any(code.endswith(ask_link(GOLD, current_folder_name(page))) for code in codes)
    assert any("@misc{ocindex2021per," in code for code in codes)
    assert any("TY  - ELEC" in code for code in codes)
    assert [b.label for b in page.download_button] == [f"Download as {kind}" for kind in ("CSV", "XLSX", "JSON", "Markdown")]


def current_folder_name(page: AppTest) -> str:
    return next(c.value.split()[1].rstrip(",") for c in page.caption if c.value.startswith("Index "))


def test_a_link_from_an_older_build_says_how_the_answer_has_changed(
    world_index: Path, tmp_path: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = Path(shutil.copytree(world_index, tmp_path / "index"))
    monkeypatch.setenv("OCQA_INDEX", str(index))
    old = current_folder(index).name
    sources = world.write_world(tmp_path / "sources", taxonomy)
    text = world.page("Niger", 2021, taxonomy, {"Environment": ("Salt is weighed by the Gazelle League.",)})
    (sources / "2021" / "niger.txt").write_text(text, encoding="utf-8")
    build_index(load_corpus([sources], taxonomy), index, encoder, taxonomy)

    def opened(question: str, generation: str) -> str:
        page = AppTest.from_file(SCRIPT, default_timeout=60)
        page.query_params["question"] = question
        page.query_params["generation"] = generation
        return shown(page.run())

    assert "Both builds give the same answer" in opened("Chad criminality score 2023", old)
    changed = opened("Who shares the gain of the salt in Niger?", old)
    assert "made with another build" in changed and "Changed (" in changed and "families" in changed
    assert "no longer kept" in opened("Chad criminality score 2023", "000000-gone")
    assert "another build" not in opened("Chad criminality score 2023", current_folder(index).name)


def test_chips_hold_a_question_for_every_choice(shipped: Snapshot) -> None:
    answer = ask(shipped, "compare Peru and Chile on criminality in 2023")
    question = understand(answer.question, shipped.gazetteer, shipped.taxonomy.editions)
    chips = {c.label: c for c in chips_of(shipped, question, answer)}
    assert (chips["Country 1"].now, chips["Country 2"].now) == ("Peru", "Chile")
    assert "Chile" not in chips["Country 1"].choices
    assert chips["Country 2"].question("Brazil") == "compare Peru and Brazil on criminality in 2023"
    assert chips["Edition"].question("2021").endswith("in 2021") and chips["Edition"].few


def test_citations_name_each_source_once_with_the_day_of_access(shipped: Snapshot) -> None:
    answer = ask(shipped, GOLD)
    sources = answer_citation.sources_of(answer, 5, shipped.taxonomy)
    assert [(s.country, s.edition, s.restated) for s in sources] == [("PER", 2021, True)]
    day = date(2026, 11, 5)
    text = answer_citation.as_text(sources, shipped.taxonomy, day)
    assert text == (
        "Global Initiative Against Transnational Organized Crime (2021). Global Organized Crime Index: Peru. "
        "https://ocindex.net/2021/country/peru (accessed 5 November 2026; text paraphrased here, not the source's own wording)."
    )
    bibtex = answer_citation.as_bibtex(sources, shipped.taxonomy, day)
    assert "urldate = {2026-11-05}" in bibtex and bibtex.count("{") == bibtex.count("}")
    ris = answer_citation.as_ris(sources, shipped.taxonomy, day).splitlines()
    assert ris[0] == "TY  - ELEC" and ris[-1] == "ER  - " and "Y2  - 2026/11/05" in ris
    assert answer_citation.sources_of(ask(shipped, "who runs gold mining in Norway"), 5, shipped.taxonomy) == ()


def rows(answer: Answer, snapshot: Snapshot) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_text(answer_files.table_rows(answer, snapshot.taxonomy)))))


def test_tables_hold_the_scores_asked_for_or_the_passages(shipped: Snapshot) -> None:
    (score,) = rows(ask(shipped, "Peru cocaine score 2023"), shipped)
    assert (score["iso3"], score["edition"], score["indicator"], score["score"]) == ("PER", "2023", "cocaine_trade", "9.00")
    passages = rows(ask(shipped, "which of its neighbours does Peru share crime with, and are prisons full"), shipped)
    assert passages and {"place", "marked", "text", "source"} <= passages[0].keys()


def test_cells_that_a_spreadsheet_would_run_are_made_harmless() -> None:
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "fine", "a=b"]
    (header, *lines) = csv.reader(io.StringIO(csv_text([{"x": c} for c in cells])))
    assert header == ["x"]
    assert [line[0] for line in lines] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\t=1", "' =1", "fine", "a=b"]
    assert csv_text([{"x": -1.5}]) == "x\n-1.5\n" and csv_text([]) == ""


def test_an_answer_as_markdown_keeps_text_as_text(shipped: Snapshot) -> None:
    answer = ask(shipped, GOLD)
    text = answer_files.as_markdown(answer, shipped.taxonomy, "http://localhost:8501/?question=x")
    assert text.startswith("# who controls illegal gold mining in Peru\n")
    assert "**Those who control illegal gold mining" in text and "background" not in text
    assert "<http://localhost:8501/?question=x>" in text
    json.dumps(answer.to_dict())
