"""What a person adds beside the Index: a page about its method answers questions about it, own figures are given in a note."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import method_page
import pytest
from sharing import once

from app.content.answer_citation import as_text, sources_of
from app.content.package_tables import own_figures
from app.reports.answer_text import passage_place
from app.reports.index_text import overview, overview_text
from corpus.csv_tables import read_table
from corpus.sources import load_corpus, shipped_sources
from corpus.taxonomy import Taxonomy
from index.answers.answer import ask
from index.builder.build import build_index
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.generations.snapshot import Snapshot, open_snapshot

TABLE = "country,edition,Cocaine trade,Fuel prices\nPeru,2021,9.00,4.125\nChile,2021,5.00,n/a\nPeru,2023,9.00,1500000\n"


@pytest.fixture(scope="module")
def own(
    tmp_path_factory: pytest.TempPathFactory, shipped_index: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy
) -> Iterator[Snapshot]:
    def make(folder: Path) -> None:
        sources = tmp_path_factory.mktemp("own") / "sources"
        sources.mkdir()
        (sources / "method.html").write_text(method_page.as_markup(), encoding="utf-8")
        (sources / "mine.csv").write_text(TABLE, encoding="utf-8")
        shutil.copytree(shipped_index, folder)
        build_index(load_corpus([shipped_sources(), sources], taxonomy), folder, encoder, taxonomy)

    snapshot = open_snapshot(once(tmp_path_factory, "own-index", make))
    yield snapshot
    snapshot.close()


@pytest.mark.parametrize(
    ("question", "section", "words"),
    [
        ("How many reviewers sit on a panel?", "The review panels", "seven reviewers"),
        ("Can a government dispute its score?", "Disputed scores", "within ninety days"),
    ],
)
def test_a_question_about_the_method_is_answered_from_the_document(
    question: str, section: str, words: str, own: Snapshot
) -> None:
    answer = ask(own, question)
    assert answer.answered and answer.understood.kind == "about"
    first = answer.passages[0]
    assert (first.kind, first.section, first.title) == ("document", section, method_page.TITLE)
    assert first.source == method_page.ADDRESS and any(words in first.text[a:b] for a, b in first.highlight)
    assert passage_place(first, own.taxonomy).startswith(f"{method_page.TITLE}, {section}, paragraph ")


def test_a_document_is_cited_by_its_title(own: Snapshot) -> None:
    answer = ask(own, "How many reviewers sit on a panel?")
    sources = sources_of(answer, 5, own.taxonomy)
    cited = as_text(sources, own.taxonomy, date(2026, 1, 2))
    assert f"(n.d.). {method_page.TITLE}. {method_page.ADDRESS} (accessed 2 January 2026)." in cited


@pytest.mark.parametrize(
    "question", ["Who controls illegal gold mining in Peru?", "Cocaine trade in Chile", "How corrupt is Peru?"]
)
def test_documents_take_no_part_in_questions_about_countries(question: str, own: Snapshot, shipped: Snapshot) -> None:
    answer, without = ask(own, question), ask(shipped, question)
    assert answer.answer == without.answer
    assert [p.id for p in answer.passages] == [p.id for p in without.passages]


def test_own_figures_are_given_beside_the_answer_and_as_what_they_are(own: Snapshot) -> None:
    notes = ask(own, "Fuel prices and the cocaine trade in Peru").notes
    figures = "Peru 2023: 1500000, Peru 2021: 4.125 (sources/mine.csv)"
    assert f"Your own indicator “Fuel prices”, which is not the Index's: {figures}." in notes
    assert not any("Fuel prices" in n for n in ask(own, "cocaine trade in Peru").notes)


def test_documents_and_own_indicators_are_listed(own: Snapshot) -> None:
    text = overview_text(overview(own))
    assert f"1 document about the Index: {method_page.TITLE}" in text
    assert "own indicator: Fuel prices: 1 country, 2021, 2023, from sources/mine.csv" in text


def test_exported_own_figures_are_read_as_such_again(own: Snapshot, taxonomy: Taxonomy) -> None:
    table = own_figures(own.own_figures, taxonomy)
    names = [field.name for field in table.fields]
    text = "\n".join([",".join(names), *(",".join(f'"{row[name]}"' for name in names) for row in table.rows)])
    scores, _ = read_table(text.encode(), "own_figures.csv", taxonomy)
    assert {(s.country, s.edition, s.indicator, s.value) for s in scores if s.own} == {
        (f.country, f.edition, f.indicator, f.value) for f in own.own_figures
    }
    assert all(s.own for s in scores)
