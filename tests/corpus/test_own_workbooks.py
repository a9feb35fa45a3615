"""Workbooks as people have them: covers, titles, notes, formulas, hidden sheets, sheets named in any way."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from world import full_sheet, workbook

from corpus.errors import SourceError
from corpus.records import Problem, Severity
from corpus.taxonomy import Taxonomy
from corpus.workbooks import read_workbook

Sheet = list[list[object]]
LABELS: list[object] = ["Country", "Cocaine trade", "Resilience"]
ROWS: Sheet = [["Peru", 9, 4.46], ["Côte d'Ivoire", 7.5, 4.42], ["Chile", 7, 6.17]]
RIGHT = {
    ("PER", 2023, "cocaine_trade"): 9.0, ("PER", 2023, "resilience"): 4.46, ("CIV", 2023, "cocaine_trade"): 7.5,
    ("CIV", 2023, "resilience"): 4.42, ("CHL", 2023, "cocaine_trade"): 7.0, ("CHL", 2023, "resilience"): 6.17,
}  # fmt: skip


def read(
    data: bytes, taxonomy: Taxonomy, name: str = "my/w.xlsx"
) -> tuple[dict[tuple[str, int, str], float], tuple[Problem, ...]]:
    scores, problems = read_workbook(data, name, taxonomy)
    return {(s.country, s.edition, s.indicator): s.value for s in scores}, problems


@pytest.mark.parametrize("title", ["2023_dataset_mine", "OC Index 2023", "2023", "Data (2023 edition)", "scores2023"])
def test_a_year_in_the_name_of_a_sheet_is_its_edition(title: str, taxonomy: Taxonomy) -> None:
    assert read(workbook({title: [LABELS, *ROWS]}), taxonomy) == (RIGHT, ())


VARIANTS: dict[str, dict[str, Sheet]] = {
    "a cover sheet": {"About 2023": [["Scores, 2023"], ["Made by me"], [None, 193]], "2023": [LABELS, *ROWS]},
    "titles above the labels": {"2023": [["Organized crime"], [None], ["taken from the Index"], LABELS, *ROWS]},
    "numbers as text": {"2023": [LABELS, *[[c, str(a), str(b).replace(".", ",")] for c, a, b in ROWS]]},
    "binary fractions": {"2023": [LABELS, *[[c, a - 1e-15, b + 1e-15] for c, a, b in ROWS]]},
    "renamed columns": {"2023": [["Country name", "Cocaine trade score", "Resilience avg."], *ROWS]},
    "a column of editions": {"All": [["Year", *LABELS], *[[2023, *row] for row in ROWS]]},
    "years as columns": {"Cocaine": [["Country", "Cocaine trade 2023", "Resilience 2023"], *ROWS]},
    "a sheet for each indicator": {
        "Cocaine 2023": [["Country", "Cocaine trade"], *[[c, a] for c, a, _ in ROWS]],
        "Resilience 2023": [["Country", "Resilience"], *[[c, b] for c, _, b in ROWS]],
    },
}  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_workbook_in_any_of_these_shapes_gives_the_same_figures_without_a_complaint(variant: str, taxonomy: Taxonomy) -> None:
    assert read(workbook(VARIANTS[variant]), taxonomy) == (RIGHT, ())


def test_the_official_names_stand_for_whole_editions_and_others_do_not(taxonomy: Taxonomy) -> None:
    whole = full_sheet(2021, taxonomy)
    assert len(read(workbook({"Scores 2021": whole[:20]}), taxonomy)[0]) == 19 * 30
    assert read(workbook({"Scores 2021": whole[:20]}), taxonomy)[1] == ()
    (problem,) = read(workbook({"2021_dataset": whole[:20]}), taxonomy)[1]
    assert "only 19 of 193 countries were found" in problem.message


def test_one_edition_a_file_is_named_by_the_file(taxonomy: Taxonomy) -> None:
    assert read(workbook({"Sheet1": [LABELS, *ROWS]}), taxonomy, "2023/scores.xlsx") == (RIGHT, ())
    assert read(workbook({"Sheet1": [LABELS, *ROWS]}), taxonomy, "my/scores-2023.xlsx") == (RIGHT, ())


def test_notes_below_and_averages_among_the_rows_are_named_and_not_read(taxonomy: Taxonomy) -> None:
    rows: Sheet = [*ROWS, ["World average", 4.5, 4.8], [None], ["Source: the Index"]]
    scores, problems = read(workbook({"2023": [LABELS, *rows]}), taxonomy)
    assert scores == RIGHT
    assert {p.severity for p in problems} == {Severity.WARNING}
    assert [("group of countries" in p.message, "taken as a note" in p.message) for p in problems] == [
        (True, False),
        (False, True),
    ]


def test_a_hidden_sheet_is_named_and_not_read(taxonomy: Taxonomy) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook({"2023": [LABELS, *ROWS], "2021": [LABELS, *ROWS]})))
    book["2021"].sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    scores, (problem,) = read(stream.getvalue(), taxonomy)
    assert scores == RIGHT
    assert problem.place == "sheet 2021" and "hidden" in problem.message


def with_formula(data: bytes, stored: str) -> bytes:
    """The workbook with a formula in B2, with or without its value."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(found, "w") as after:
        for info in before.infolist():
            content = before.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                changed = re.sub(rb'<c r="B2"[^>]*><v>9</v></c>', f'<c r="B2"><f>4+5</f>{stored}</c>'.encode(), content)
                assert changed != content
                content = changed
            after.writestr(info, content)
    return found.getvalue()


def test_a_formula_counts_with_its_stored_value(taxonomy: Taxonomy) -> None:
    assert read(with_formula(workbook({"2023": [LABELS, *ROWS]}), "<v>9</v>"), taxonomy) == (RIGHT, ())


def test_formulas_without_stored_values_are_said_once(taxonomy: Taxonomy) -> None:
    scores, (problem,) = read(with_formula(workbook({"2023": [LABELS, *ROWS]}), ""), taxonomy)
    assert scores == {key: value for key, value in RIGHT.items() if key != ("PER", 2023, "cocaine_trade")}
    assert "1 cell holds a formula without a stored value" in problem.message and "save" in problem.hint


def test_figures_in_which_two_sheets_differ_are_not_guessed_at(taxonomy: Taxonomy) -> None:
    book = workbook({"2023 draft": [LABELS, ["Peru", 8, 4.46]], "2023": [LABELS, *ROWS]})
    scores, (problem,) = read(book, taxonomy)
    assert scores == {key: value for key, value in RIGHT.items() if key != ("PER", 2023, "cocaine_trade")}
    assert problem.place == "sheet 2023 draft, cell B2 and sheet 2023, cell B2"
    assert "two sheets differ" in problem.message and problem.severity is Severity.ERROR


def test_hidden_rows_and_columns_are_named_and_not_read(taxonomy: Taxonomy) -> None:
    labels: list[object] = ["Country", "Cocaine trade", "Cocaine trade", "Resilience"]
    old: Sheet = [labels, ["Peru", 2, 9, 1], *[[c, 2, a, b] for c, a, b in ROWS]]
    book = openpyxl.load_workbook(io.BytesIO(workbook({"2023": old})))
    book["2023"].column_dimensions["B"].hidden = True
    book["2023"].row_dimensions[2].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    scores, (problem,) = read(stream.getvalue(), taxonomy)
    assert scores == RIGHT
    assert problem.message == "columns B and rows 2 are hidden; they are not read"


def test_a_sheet_full_of_numbers_that_is_no_table_of_scores_is_named(taxonomy: Taxonomy) -> None:
    numbers: Sheet = [["Town", "Murders"], *[[f"Town {n}", n] for n in range(40)]]
    scores, problems = read(workbook({"2023": [LABELS, *ROWS], "Murders": numbers}), taxonomy)
    assert scores == RIGHT
    assert [p.place.startswith("sheet Murders") for p in problems] == [True]


def packed(sheet: str | bytes) -> bytes:
    """A small workbook whose first sheet is this XML."""
    found = io.BytesIO()
    book = io.BytesIO(workbook({"2023": [LABELS, *ROWS]}))
    with zipfile.ZipFile(book) as before, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            after.writestr(info.filename, sheet if info.filename == "xl/worksheets/sheet1.xml" else before.read(info))
    return found.getvalue()


def xml_of(rows: str | bytes) -> str | bytes:
    if isinstance(rows, bytes):
        return rows
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'


def test_what_is_no_sheet_is_counted_as_well(taxonomy: Taxonomy) -> None:
    book = io.BytesIO(workbook({"2023": [LABELS, *ROWS]}))
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/any.bin", "<si/>" * 8_100_000)
    with pytest.raises(SourceError, match="more than 2,000,000 cells, or as much of something else"):
        read_workbook(book.getvalue(), "my/w.xlsx", taxonomy)
    with zipfile.ZipFile(book := io.BytesIO(), "w") as archive:
        for number in range(2_001):
            archive.writestr(f"xl/{number}", "")
    with pytest.raises(SourceError, match="more than 2,000 parts"):
        read_workbook(book.getvalue(), "my/w.xlsx", taxonomy)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (f'<row r="1">{"<c/>" * 1_000_000}</row>', "a row of more than 20,000 cells"),
        (f'<a-b:row r="1" xmlns:a-b="x">{"<a-b:c/>" * 1_000_000}</a-b:row>', "a row of more than 20,000 cells"),
        ("<row><c/><c/></row>" * 2_100_000, "more than 2,000,000 cells"),
        (f'<row r="1">{"<c/>" * 100_000}</row>'.encode("utf-16"), "a row of more than 20,000 cells"),
        ("<row/>" * 8_100_000, "more than 2,000,000 cells"),
        ("<row></row>" + " " * 300 * 2**20, "unpacks to 300 MB, more than the 128 MB allowed"),
    ],
    ids=["a row", "a row under another name", "a sheet", "a row in UTF-16", "rows", "spaces"],
)
def test_a_small_file_with_a_huge_sheet_is_refused_before_it_is_parsed(rows: str | bytes, says: str, taxonomy: Taxonomy) -> None:
    data = packed(xml_of(rows))
    assert len(data) < 2**20
    with pytest.raises(SourceError, match=says):
        read_workbook(data, "my/w.xlsx", taxonomy)
