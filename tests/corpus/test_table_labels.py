"""What the labels of a table say: two rows of them, what is beside scores, years and dates; and what is not guessed at."""

from __future__ import annotations

import pytest

from corpus.csv_tables import read_table
from corpus.records import Problem, Severity
from corpus.taxonomy import Taxonomy

LABELS = ("country", "edition", "Cocaine trade", "Resilience")
ROWS = (("Peru", "2023", "9.00", "4.46"), ("Chile", "2023", "7.00", "6.17"))
RIGHT = {
    ("PER", 2023, "cocaine_trade"): 9.0, ("PER", 2023, "resilience"): 4.46,
    ("CHL", 2023, "cocaine_trade"): 7.0, ("CHL", 2023, "resilience"): 6.17,
}  # fmt: skip


def written(rows: tuple[tuple[str, ...], ...], labels: tuple[str, ...]) -> str:
    return "\n".join(",".join(row) for row in (labels, *rows)) + "\n"


def read(text: str, taxonomy: Taxonomy, name: str = "my/t.csv") -> tuple[dict[tuple[str, int, str], float], tuple[Problem, ...]]:
    scores, problems = read_table(text.encode(), name, taxonomy)
    return {(s.country, s.edition, s.indicator): s.value for s in scores if not s.own}, problems


def test_ranks_and_changes_beside_the_scores_are_named_and_not_read(taxonomy: Taxonomy) -> None:
    labels = ("country", "edition", "Rank", "Cocaine trade", "Cocaine trade rank", "Resilience", "Resilience change 2021-2023")
    scores, (problem,) = read(written(tuple((c, e, "1", a, "2", b, "3") for c, e, a, b in ROWS), labels), taxonomy)
    assert scores == RIGHT
    assert problem.message.endswith("not read: Rank, Cocaine trade rank, Resilience change 2021-2023")
    assert problem.severity is Severity.WARNING


TWO_ROWS = {
    "score and rank": ("country,edition,Cocaine trade,,Resilience,\n,,Rank,Score,Rank,Score\n", "{c},2023,1,{a},2,{b}\n"),
    "change and year": ("country,Cocaine trade,,Resilience,\n,Change,2023,Change,2023\n", "{c},1.5,{a},2.5,{b}\n"),
    "years above": (
        "Index 2025\n,2023,,2025,\ncountry,Cocaine trade,Resilience,Cocaine trade,Resilience\n", "{c},{a},{b},5,5\n"
    ),
}  # fmt: skip


@pytest.mark.parametrize("shape", TWO_ROWS)
def test_labels_in_two_rows_are_read_together(shape: str, taxonomy: Taxonomy) -> None:
    head, line = TWO_ROWS[shape]
    text = head + "".join(line.format(c=c, a=a, b=b) for c, _, a, b in ROWS)
    scores = read(text, taxonomy)[0]
    assert {key: value for key, value in scores.items() if key[1] == 2023} == RIGHT
    assert {key[1] for key in scores} == ({2023, 2025} if shape == "years above" else {2023})


def test_a_column_that_appears_twice_is_not_guessed_at(taxonomy: Taxonomy) -> None:
    scores, (problem,) = read(written(tuple((*row, "2") for row in ROWS), (*LABELS, "Cocaine trade")), taxonomy)
    assert scores == {key: value for key, value in RIGHT.items() if key[2] == "resilience"}
    assert "appears twice; neither is used" in problem.message


def test_a_word_before_a_name_is_no_slip_and_a_label_that_was_cut_is_completed(taxonomy: Taxonomy) -> None:
    scores, (problem,) = read("country,edition,Δ Arms trafficking,Cocaine trade\nPeru,2023,1.5,9\n", taxonomy)
    assert scores == {("PER", 2023, "cocaine_trade"): 9.0}
    assert "'Δ Arms trafficking' is no indicator of the Index" in problem.message
    scores, (problem,) = read("Contry,Editon,Government transparency and acco\nPeru,2023,4\n", taxonomy)
    assert scores == {("PER", 2023, "government_transparency_and_accountability"): 4.0}
    assert "was read as 'Government transparency and accountability'" in problem.message


@pytest.mark.parametrize("title", ["Downloaded 10 November 2025", "As of 2025", "Exported on 2025-11-27"])
def test_the_year_of_a_date_is_no_edition(title: str, taxonomy: Taxonomy) -> None:
    scores, problems = read(f"{title}\ncountry,Cocaine trade\nPeru,9\n", taxonomy)
    assert scores == {} and "--edition" in problems[-1].hint
    assert read("country,Cocaine trade\nPeru,9\n", taxonomy, "my/export-2025-11-27.csv")[0] == {}


def test_a_year_in_the_label_of_a_column_counts_more_than_that_of_the_row(taxonomy: Taxonomy) -> None:
    found = read("country,edition,Cocaine trade,Fauna crimes 2021\nPeru,2023,9,5\n", taxonomy)
    assert found == ({("PER", 2023, "cocaine_trade"): 9.0, ("PER", 2021, "fauna_crimes"): 5.0}, ())


def test_below_a_banner_with_another_year_the_rows_are_of_that_edition(taxonomy: Taxonomy) -> None:
    text = "Edition 2021\ncountry,Cocaine trade\nPeru,9\nEdition 2023\ncountry,Cocaine trade\nPeru,8.5\n"
    assert read(text, taxonomy)[0] == {("PER", 2021, "cocaine_trade"): 9.0, ("PER", 2023, "cocaine_trade"): 8.5}


def test_a_table_without_countries_says_which_labels_it_has(taxonomy: Taxonomy) -> None:
    _, (problem,) = read("Ülke,Yil,Cocaine trade\nPeru,2023,9\n", taxonomy)
    assert "Ülke, Yil, Cocaine trade" in problem.message
    _, (problem,) = read("Market,Peru,Chile,Colombia,Ghana\nCocaine trade,9,7,9.5,6\n", taxonomy)
    assert problem.message and problem.hint


def test_tables_side_by_side_are_refused(taxonomy: Taxonomy) -> None:
    scores, (problem,) = read("country,edition,Cocaine trade,,Country,Cocaine trade\nPeru,2021,9,,Peru,8.5\n", taxonomy)
    assert scores == {} and "side by side" in problem.message


def test_what_may_be_thousands_is_no_score(taxonomy: Taxonomy) -> None:
    scores, (problem,) = read('country,edition,Cocaine trade,Resilience\nPeru,2023,"1,234","4,46"\n', taxonomy)
    assert scores == {("PER", 2023, "resilience"): 4.46} and "'1,234', not a number" in problem.message
