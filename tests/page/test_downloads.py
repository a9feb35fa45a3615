"""What people download from the page: files that a spreadsheet opens as they are meant, under names that say what is inside."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

import app.settings
from app.content.download_files import table_downloads
from app.content.file_about import About, about_answer, about_profile
from app.content.file_names import LONGEST_STEM, answer_stem, file_stem
from app.content.table_files import csv_bytes
from app.content.workbook_files import Sheet, xlsx_bytes
from index.answers.answer import ask
from index.generations.snapshot import Snapshot

GOLD = "who controls illegal gold mining in Peru"
ABOUT = About("A table of nothing", (2021, 2023), ("Higher is worse.",), "Somebody (2021).", "build 1", ("A note.", ""))
ROWS = [
    {"country": "Côte d'Ivoire", "score": Decimal("5.50"), "change": -0.5, "rank": 3, "before": None},
    {"country": "São Tomé", "score": Decimal("4.00"), "change": 0.0, "rank": 12, "before": 4.25},
]
Files = dict[str, tuple[str, Callable[[], bytes]]]


def sheet_of(rows: list[dict[str, object]]):
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes([Sheet("Data", rows)], ABOUT)))["Data"]


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Files:
    """The files behind the buttons of a page, by label: the name, and what makes the bytes."""
    found: Files = {}

    def button(label: str, data: Callable[[], bytes], file_name: str, mime: str, on_click: str) -> bool:
        assert on_click == "ignore" and "/" in mime
        found[label.removeprefix("Download as ")] = (file_name, data)
        return False

    monkeypatch.setattr(streamlit, "download_button", button)
    return found


def opened(index: Path, monkeypatch: pytest.MonkeyPatch, script: str, **asked: str) -> AppTest:
    monkeypatch.setenv("OCQA_INDEX", str(index))
    page = AppTest.from_file(str(Path(app.settings.__file__).parent / script), default_timeout=60)
    for name, value in asked.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return page


def names(offered: Files) -> dict[str, str]:
    return {kind: name for kind, (name, _) in offered.items()}


@pytest.mark.parametrize(
    ("parts", "stem"),
    [
        (("cocaine_trade", "2025", "West Africa"), "ocqa-cocaine-trade-2025-west-africa"),
        (("Côte d'Ivoire", "2021", "profile"), "ocqa-cote-divoire-2021-profile"),
        (("ranking", "criminality", "2025", "world"), "ocqa-ranking-criminality-2025-world"),
        (("谁控制", "", "../a\\b:*?\n"), "ocqa-a-b"),
        ((), "ocqa"),
    ],
)
def test_a_stem_is_ascii_in_lower_case_with_hyphens(parts: tuple[str, ...], stem: str) -> None:
    assert file_stem(*parts) == stem


def test_a_long_stem_loses_words_of_its_longest_part_and_keeps_the_edition() -> None:
    stem = file_stem("scatter", "extortion_and_protection_racketeering", "economic_regulatory_capacity", "2023", "Caribbean")
    assert stem == "ocqa-scatter-extortion-and-protection-economic-regulatory-2023-caribbean"


@given(st.lists(st.text(max_size=300), max_size=6))
def test_every_stem_is_a_safe_file_name(parts: list[str]) -> None:
    stem = file_stem(*parts)
    assert re.fullmatch(r"ocqa(-[a-z0-9]+)*", stem) and len(stem) <= LONGEST_STEM


@pytest.mark.parametrize(
    ("question", "editions", "stem"),
    [
        (GOLD, (2021,), "ocqa-answer-controls-illegal-gold-mining-peru-2021"),
        ("top five for cocaine trade in West Africa in 2023", (2023,), "ocqa-answer-top-five-cocaine-trade-west-africa-2023"),
        ("?", (), "ocqa-answer"),
    ],
)
def test_an_answer_is_named_after_its_question_and_the_edition_used(question: str, editions: tuple[int, ...], stem: str) -> None:
    assert answer_stem(question, editions) == stem


def test_a_csv_begins_with_the_mark_that_makes_a_spreadsheet_read_accents() -> None:
    data = csv_bytes(ROWS)
    assert data.startswith(codecs.BOM_UTF8) and data.count(codecs.BOM_UTF8) == 1
    assert data[3:].decode("utf-8").splitlines()[1] == "Côte d'Ivoire,5.50,-0.5,3,"


def test_a_workbook_has_a_bold_frozen_header_numbers_as_numbers_and_widths() -> None:
    sheet = sheet_of(ROWS)
    assert [c.value for c in sheet[1]] == ["country", "score", "change", "rank", "before"]
    assert all(c.font.bold for c in sheet[1]) and not any(c.font.bold for c in sheet[2])
    assert sheet.freeze_panes == "A2"
    assert [c.value for c in sheet[2]] == ["Côte d'Ivoire", 5.5, -0.5, 3, None]
    assert [c.data_type for c in sheet[2]] == ["s", "n", "n", "n", "n"]
    assert sheet["B2"].number_format == "0.00" and sheet["D2"].number_format == "General"
    # The longest cell of the first column has 13 characters.
    assert sheet.column_dimensions["A"].width == 15 and sheet.column_dimensions["B"].width == 8
    assert sheet_of([{"text": "x" * 500}]).column_dimensions["A"].width == 60


def test_text_that_looks_like_a_formula_or_an_error_stays_text_in_a_workbook() -> None:
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "#N/A", "a=b", "=", "12"]
    sheet = sheet_of([{"x": c} for c in cells])
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == cells
    assert {row[0].data_type for row in sheet.iter_rows(min_row=2)} == {"s"}
    assert [row[0].quotePrefix for row in sheet.iter_rows(min_row=2)] == [True] * 7 + [False, True, False]


def test_text_that_a_workbook_cannot_hold_is_replaced_or_visibly_cut() -> None:
    sheet = sheet_of([{"x": "a\x00b\x0bc"}, {"x": "y" * 40_000}, {"x": "\ud800"}])
    held = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert held[0] == "a\ufffdb\ufffdc" and held[2] == "?"
    assert len(held[1]) == 32_767 and held[1].endswith("(cut: too long for a cell)")


def test_the_second_sheet_says_what_the_table_is() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([Sheet("Data", ROWS)], ABOUT)))
    assert book.sheetnames == ["Data", "About"]
    assert [row[:2] for row in book["About"].iter_rows(values_only=True)] == [
        ("What this is", "A table of nothing"),
        ("Note", "A note."),
        ("Editions", "2021, 2023"),
        ("Scale", "Higher is worse."),
        (
            "Source",
            "Global Organized Crime Index, Global Initiative Against Transnational Organized Crime, https://ocindex.net. "
            "Each row names where its figures were read.",
        ),
        ("How to cite", "Somebody (2021)."),
        ("Made from", "build 1"),
    ]


def test_a_workbook_has_no_time_of_day_so_the_same_table_gives_the_same_bytes() -> None:
    data = xlsx_bytes([Sheet("Data", ROWS)], ABOUT)
    assert xlsx_bytes([Sheet("Data", ROWS)], ABOUT) == data
    stamps = {part.date_time for part in ZipFile(io.BytesIO(data)).infolist()}
    properties = openpyxl.load_workbook(io.BytesIO(data)).properties
    assert stamps == {(1980, 1, 1, 0, 0, 0)} and {properties.created, properties.modified} == {datetime(1980, 1, 1)}


def test_a_table_without_rows_is_not_offered() -> None:
    assert table_downloads("ocqa", [], ABOUT) == ()


def test_a_profile_says_its_edition_both_scales_and_its_page(shipped: Snapshot) -> None:
    lines = about_profile("PER", 2021, shipped.manifest, shipped.taxonomy).lines()
    assert ("Editions", "2021") in lines
    assert [text for label, text in lines if label == "Scale"] == [
        "Criminality scores run from 1 to 10; higher is worse.", "Resilience scores run from 1 to 10; higher is better."
    ]  # fmt: skip
    assert "Global Organized Crime Index: Peru. https://ocindex.net/2021/country/peru" in dict(lines)["How to cite"]


def test_restated_text_says_so_in_the_table_of_passages(shipped: Snapshot) -> None:
    lines = about_answer(ask(shipped, GOLD), shipped.manifest, shipped.taxonomy).lines()
    assert any("paraphrased and not the Index's own wording" in text for label, text in lines if label == "Note")
    assert ("Scale", "Criminality scores run from 1 to 10; higher is worse.") in lines


@pytest.mark.parametrize(
    ("asked", "stem"),
    [
        ({"indicator": "Cocaine trade", "edition": "2025", "group": "West Africa (region)"},
         "ranking-cocaine-trade-2025-west-africa"),
        ({}, "ranking-criminality-2025-world"),
        ({"view": "Map", "indicator": "Resilience", "edition": "2023"}, "map-resilience-2023-world"),
        ({"view": "Compare", "countries": ["Peru", "Chile"], "since": "2021"}, "compare-criminality-2021-2025-peru-chile"),
        ({"view": "Compare", "countries": ["Peru", "Chile", "Brazil", "Guyana"], "indicators": ["Resilience", "Criminality"]},
         "compare-2-scores-2025-per-chl-bra-guy"),
        ({"view": "Scatter", "edition": "2023"}, "scatter-criminality-resilience-2023-world"),
        ({"view": "Averages"}, "averages-regions-criminality-2025"),
        ({"view": "Averages", "across": "Indicators", "group": "OECD (membership)", "since": "2023"},
         "averages-indicators-oecd-2023-2025"),
    ],
)  # fmt: skip
def test_every_view_of_explore_offers_its_scores_under_a_name_that_says_what_they_are(
    asked: dict[str, str], stem: str, offered: Files, shipped_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(shipped_index, monkeypatch, "screens/explore_page.py", **asked)
    assert names(offered) == {kind: f"ocqa-{stem}.{kind.lower()}" for kind in ("CSV", "XLSX", "JSON")}
    header, *lines = csv.reader(io.StringIO(offered["CSV"][1]().decode("utf-8-sig")))
    book = openpyxl.load_workbook(io.BytesIO(offered["XLSX"][1]()))
    first, *others = book["Data"].iter_rows(values_only=True)
    assert list(first) == header and len(others) == len(lines) > 1
    at = header.index("score")
    assert [row[at] for row in others] == [float(line[at]) if line[at] else None for line in lines]
    about = dict(book["About"].iter_rows(values_only=True, max_col=2))
    assert about["What this is"] and re.search(r"20\d\d edition", about["How to cite"])


def test_the_profile_offers_its_scores_under_the_name_of_the_country(
    offered: Files, shipped_index: Path, shipped: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(shipped_index, monkeypatch, "page.py")
    page.switch_page("screens/profile_page.py")
    page.query_params["country"], page.query_params["edition"] = "PER", "2021"
    page.run()
    assert not page.exception
    assert names(offered) == {kind: f"ocqa-peru-2021-profile.{kind.lower()}" for kind in ("CSV", "XLSX", "JSON")}
    sheet = openpyxl.load_workbook(io.BytesIO(offered["XLSX"][1]()))["Data"]
    header = [cell.value for cell in sheet[1]]
    own = shipped.score_store.scores_of(("PER",))["PER"]
    shown = {row[header.index("indicator")]: row[header.index("score")] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert shown == {indicator: float(value) for (indicator, edition), (value, _) in own.items() if edition == 2021}


@pytest.mark.parametrize(
    ("question", "stem", "column", "value"),
    [
        ("Peru cocaine score 2023", "peru-cocaine-score-2023", "score", 9),
        (GOLD, "controls-illegal-gold-mining-peru-2021", "edition", 2021),
    ],
)
def test_an_answer_offers_all_its_files_under_one_stem(
    question: str, stem: str, column: str, value: float, offered: Files, shipped_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(shipped_index, monkeypatch, "page.py").text_input(key="question").set_value(question).run()
    endings = {"CSV": "csv", "XLSX": "xlsx", "JSON": "json", "Markdown": "md"}
    assert names(offered) == {kind: f"ocqa-answer-{stem}.{ending}" for kind, ending in endings.items()}
    data = {kind: make() for kind, (_, make) in offered.items()}
    assert data["CSV"].startswith(codecs.BOM_UTF8) and data["JSON"].startswith(b"{")
    assert data["Markdown"].decode().startswith(f"# {question}")
    book = openpyxl.load_workbook(io.BytesIO(data["XLSX"]))
    header, first, *_ = book["Data"].iter_rows(values_only=True)
    assert first[header.index(column)] == value
    assert book["About"]["B1"].value == f"Answer to: {question}"
