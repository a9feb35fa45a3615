"""Workbooks and score tables: found by label, checked cell by cell."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from world import full_sheet, workbook

from corpus.csv_tables import read_table
from corpus.errors import SourceError
from corpus.taxonomy import Taxonomy, load_taxonomy
from corpus.workbooks import read_workbook

SMALL_WORKBOOK = workbook({"2021_dataset": full_sheet(2021, load_taxonomy())[:6]})


def test_a_whole_sheet_is_read_with_the_cell_of_each_score(taxonomy: Taxonomy) -> None:
    scores, problems = read_workbook(workbook({"2021_dataset": full_sheet(2021, taxonomy)}), "w.xlsx", taxonomy)
    assert problems == ()
    assert len(scores) == 193 * 30
    first = next(s for s in scores if s.country == "AFG" and s.indicator == "criminality")
    assert (first.value, first.source) == (5.0, "w.xlsx, sheet 2021_dataset, cell D2")


def test_columns_are_found_by_label_in_any_order_and_spelling(taxonomy: Taxonomy) -> None:
    sheet = [list(reversed(row)) for row in full_sheet(2023, taxonomy)]
    sheet[0] = [{"Criminality": "Criminality avg,", "Resilience": "Resilience avg."}.get(str(c), c) for c in sheet[0]]
    scores, problems = read_workbook(workbook({"2023_dataset": sheet}), "w.xlsx", taxonomy)
    assert (len(scores), problems) == (193 * 36, ())


def change(sheet: list[list[object]], country: str, indicator: str, value: object) -> None:
    row = next(r for r in sheet if r[2] == country)
    row[sheet[0].index(indicator)] = value


@pytest.mark.parametrize(
    ("value", "says", "also_lost"),
    [
        (11, "is 11, outside the scale of 1 to 10", 0),
        ("seven", "is 'seven', not a number", 0),
        (None, "is missing", 0),
        (True, "is 'True', not a number", 0),
        (9, "the mean of its components is 5.40", 10),
    ],
)
def test_a_bad_cell_is_named_and_the_rest_is_read(value: object, says: str, also_lost: int, taxonomy: Taxonomy) -> None:
    sheet = full_sheet(2021, taxonomy)
    change(sheet, "Chad", "Fauna crimes", value)
    scores, problems = read_workbook(workbook({"2021_dataset": sheet}), "w.xlsx", taxonomy)
    (problem,) = problems
    assert says in problem.message
    assert problem.place.startswith("sheet 2021_dataset, cell ")
    assert not any(s.country == "TCD" and s.indicator == "fauna_crimes" for s in scores)
    assert len(scores) == 193 * 30 - 1 - also_lost


def test_an_unknown_country_is_named_with_the_nearest_and_the_missing_one(taxonomy: Taxonomy) -> None:
    sheet = full_sheet(2021, taxonomy)
    next(row for row in sheet if row[2] == "Chad")[2] = "Chadd"
    scores, problems = read_workbook(workbook({"2021_dataset": sheet}), "w.xlsx", taxonomy)
    assert len(scores) == 192 * 30
    assert {p.message for p in problems} == {
        "'Chadd' is not a country that the Index scores; the row is skipped",
        "only 192 of 193 countries were found; missing: TCD",
    }
    assert any("chad" in p.hint for p in problems)


def test_a_missing_column_is_named_and_the_others_are_read(taxonomy: Taxonomy) -> None:
    sheet = full_sheet(2021, taxonomy)
    at = sheet[0].index("Prevention")
    scores, problems = read_workbook(workbook({"2021_dataset": [r[:at] + r[at + 1 :] for r in sheet]}), "w.xlsx", taxonomy)
    assert [p.message for p in problems] == ["the column 'Prevention' is missing"]
    assert len(scores) == 193 * 29


def test_a_country_in_a_foreign_region_is_reported_and_read(taxonomy: Taxonomy) -> None:
    sheet = full_sheet(2021, taxonomy)
    row = next(r for r in sheet if r[2] == "Chad")
    row[0], row[1] = "Africa", "Polynesia"
    scores, problems = read_workbook(workbook({"2021_dataset": sheet}), "w.xlsx", taxonomy)
    assert len(scores) == 193 * 30
    assert [p.message for p in problems] == ["TCD is listed under 'Polynesia', but belongs to Central Africa, Africa"]


def test_a_sheet_without_countries_and_one_of_an_unknown_year_are_reported(taxonomy: Taxonomy) -> None:
    sheet = full_sheet(2021, taxonomy)
    sheet[0][2] = "Where"
    book = workbook({"2021_dataset": sheet, "1999_dataset": [["Country"]], "Notes": [["x"]]})
    scores, problems = read_workbook(book, "w.xlsx", taxonomy)
    assert scores == ()
    assert {p.message.partition(" (labels")[0] for p in problems} == {
        'there is no column "Country" or "iso3"',
        "1999 is not a known edition; the sheet is skipped",
    }


def test_a_country_that_stands_twice_is_read_once(taxonomy: Taxonomy) -> None:
    sheet = full_sheet(2021, taxonomy)
    sheet.append([*sheet[5][:3], *([7] * 30)])
    scores, problems = read_workbook(workbook({"2021_dataset": sheet}), "w.xlsx", taxonomy)
    assert "is already in row 6" in problems[0].message
    assert {s.value for s in scores} == {5.0}


def zip_of(name: str, size: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w", force_zip64=True) as member:
        for _ in range(size):
            member.write(bytes(2**20))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "password"),
        (b"not a workbook", "not an .xlsx"),
        (
            SMALL_WORKBOOK.replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\x46"),
            "not an .xlsx workbook .zip file version 7",
        ),
        (workbook({"Sheet": [["x"]]}), "no sheet with the names of countries and indicators"),
    ],
)
def test_what_is_no_workbook_of_the_index_says_why(data: bytes, says: str, taxonomy: Taxonomy) -> None:
    with pytest.raises(SourceError, match=says):
        read_workbook(data, "w.xlsx", taxonomy)


@pytest.mark.parametrize(("size", "says"), [(1, "cannot be read"), (600, "unpacks to 600 MB")])
def test_what_unpacks_to_no_workbook_says_why(size: int, says: str, taxonomy: Taxonomy) -> None:
    with pytest.raises(SourceError, match=says):
        read_workbook(zip_of("xl/x.xml", size), "w.xlsx", taxonomy)


def test_a_table_gives_scores_with_their_address(taxonomy: Taxonomy) -> None:
    text = "iso3,edition,source,Cocaine trade,prevention\nPER,2023,https://x.example/peru,9.0,3\nPER,2021,,8.5,\n"
    scores, problems = read_table(text.encode(), "t.csv", taxonomy)
    assert [(s.country, s.edition, s.indicator, s.value, s.source) for s in scores] == [
        ("PER", 2023, "cocaine_trade", 9.0, "https://x.example/peru"),
        ("PER", 2023, "prevention", 3.0, "https://x.example/peru"),
        ("PER", 2021, "cocaine_trade", 8.5, "t.csv, row 3, column 'Cocaine trade'"),
    ]
    assert [p.message for p in problems] == ["the score for 'Prevention' is missing"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("iso3,cocaine_trade\nPER,9\n", 'no column "edition"'),
        ("edition,cocaine_trade\n2021,9\n", 'no column "Country"'),
        ("iso3,edition,cocaine_trade\nPER,2022,9\n", "is not an edition"),
        ("iso3,edition,cocaine_trade\nQQQ,2021,9\n", "'QQQ' is not a country"),
        ("iso3,edition,cocaine_trade\nPER,2021,high\n", "is 'high', not a number"),
        ("iso3,edition,cyber_dependent_crimes\nPER,2021,5\n", "2021 edition did not measure it"),
        ("iso3,edition,cocaine_trade,cocaine_trade\nPER,2021,5,6\n", "appears twice"),
        ("iso3,edition,magic\nPER,2021,5\n", "'magic' is not a known indicator"),
    ],
)
def test_a_fault_in_a_table_is_named_with_its_row(text: str, says: str, taxonomy: Taxonomy) -> None:
    _, problems = read_table(text.encode(), "t.csv", taxonomy)
    assert any(says in p.message and p.place.startswith("row ") for p in problems)


CELLS = st.none() | st.integers(-5, 20) | st.floats(-5, 20) | st.text(max_size=5) | st.booleans()


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 40), CELLS), max_size=12))
def test_whatever_stands_in_a_workbook_gives_sound_scores_or_problems(changes: list[tuple[int, int, object]]) -> None:
    taxonomy = load_taxonomy()
    sheet = full_sheet(2023, taxonomy)[:13]
    touched = set()
    for row, column, value in changes:
        if column < len(sheet[row]):
            sheet[row][column] = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
            touched.add(row)
    scores, problems = read_workbook(workbook({"2023_dataset": sheet}), "w.xlsx", taxonomy)
    assert all(1 <= score.value <= 10 for score in scores)
    assert any("of 193 countries were found" in p.message or "no column" in p.message for p in problems)
    if 0 not in touched:
        assert len(scores) >= 36 * (12 - len(touched))


@settings(max_examples=50)
@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_is_refused_or_read_but_never_breaks(at: int, junk: bytes) -> None:
    taxonomy = load_taxonomy()
    data = SMALL_WORKBOOK
    at %= len(data)
    try:
        scores, _ = read_workbook(data[:at] + junk + data[at + len(junk) :], "w.xlsx", taxonomy)
    except SourceError as error:
        assert error.message and error.hint
    else:
        assert all(1 <= score.value <= 10 for score in scores)


@given(st.text(max_size=200))
def test_any_text_as_a_table_gives_scores_or_problems(text: str) -> None:
    try:
        scores, problems = read_table(text.encode("utf-8", "replace"), "t.csv", load_taxonomy())
    except SourceError:
        return
    assert scores == () and problems
