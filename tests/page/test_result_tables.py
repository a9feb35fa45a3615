"""The table, the chart and the files of every kind of answer that gathers or compares."""

from __future__ import annotations

import csv
import io

import answers
import pytest

from app.content import answer_citation, answer_files
from app.content.answer_figure import Shape, figure_of
from app.content.answer_rows import lead_and_rest, notes_beside, result_rows
from app.content.charts import answer_line, answer_scatter
from app.content.table_files import csv_text
from app.reports.place_words import rank_heading
from app.reports.result_table import result_table
from app.reports.table import ResultTable, cell_text
from corpus.taxonomy import WORLD, Taxonomy
from index.contract.answer_object import Answer
from index.contract.group_results import DifferenceResult, GroupRankingResult, TrendResult
from index.contract.typed_results import ValueResult


def table(answer: Answer, taxonomy: Taxonomy) -> ResultTable:
    made = result_table(answer, taxonomy)
    assert made is not None
    return made


def shown(answer: Answer, taxonomy: Taxonomy) -> list[list[str]]:
    made = table(answer, taxonomy)
    return [[c.label for c in made.columns], *([cell_text(c) for c in row.cells] for row in made.rows)]


def file(answer: Answer, taxonomy: Taxonomy) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(csv_text(answer_files.table_rows(answer, taxonomy)))))


def test_an_overview_has_its_scores_under_headings_the_worst_first(taxonomy: Taxonomy) -> None:
    made = table(answers.overview(), taxonomy)
    assert made.groups == ("Overall", "Criminal markets", "Criminal actors", "Resilience")
    assert [c.label for c in made.columns] == [
        "Indicator",
        "Score",
        "Rank in the world",
        "Change since 2021",
        "Change like for like",
    ]
    resilience = result_rows(made, "Resilience")
    assert [row["Indicator"] for row in resilience] == ["Law enforcement", "Prevention"]
    assert (
        resilience[0]["Rank in the world"] == "120th of 193" and resilience[0]["Change since 2021"].replace("\\", "") == "-0.50"
    )
    first = file(answers.overview(), taxonomy)[0]
    assert (first["group"], first["id"], first["score"], first["like_for_like"]) == ("Overall", "criminality", "6.40", "-0.10")
    assert (first["country"], first["edition"], first["before"], first["source"]) == ("PER", "2023", "2021", "made.xlsx")


def test_an_overview_opens_with_its_first_sentence() -> None:
    lead, rest = lead_and_rest(answers.overview())
    assert lead == "Peru scores 6.40 for criminality."
    assert rest == "The worst market is cocaine trade (9.00). Since 2021 it rose; so did others."
    assert lead_and_rest(answers.difference()) == ("A sentence.", "")


def test_an_explanation_sets_each_part_against_its_reference(taxonomy: Taxonomy) -> None:
    assert shown(answers.explanation(), taxonomy) == [
        ["Part", "Score", "Mean of South America", "Difference", "Change since 2021"],
        ["Cocaine trade", "9.00", "7.25", "+1.75", "0.00"],
        ["Arms trafficking", "4.00", "5.50", "-1.50", "-0.50"],
    ]
    figure = figure_of(answers.explanation(), taxonomy)
    assert figure is not None and figure.values == (1.75, -1.5) and not figure.whole_scale
    assert figure.text == (
        "Bar chart, Peru, Criminality, 2023 edition, against the mean of South America: "
        "Cocaine trade +1.75; Arms trafficking -1.50."
    )
    rows = file(answers.explanation(), taxonomy)
    assert rows[0]["source"] == "made.xlsx, PER cocaine_trade 2023" and rows[1]["source"] == ""


def test_an_explained_change_is_drawn_as_the_changes_of_its_parts(taxonomy: Taxonomy) -> None:
    figure = figure_of(answers.explanation(change=True), taxonomy)
    assert figure is not None and (figure.values, figure.value_name) == ((0.0, -0.5), "Change")
    assert shown(answers.explanation(change=True), taxonomy)[0][-1] == "Change from 2021 to 2023"


def test_groups_come_with_their_means_and_how_many_countries_they_have(taxonomy: Taxonomy) -> None:
    assert shown(answers.groups(), taxonomy) == [
        ["Group", "Mean score", "Countries"],
        ["South America", "6.13", "12"],
        ["The Caribbean", "3.87", "13"],
    ]
    figure = figure_of(answers.groups(), taxonomy)
    assert figure is not None and figure.whole_scale and figure.labels == ("South America", "The Caribbean")
    rows = file(answers.groups(), taxonomy)
    assert (rows[1]["id"], rows[1]["mean"], rows[1]["stat"], rows[1]["edition"]) == ("Caribbean", "3.87", "mean", "2025")


def test_a_single_group_needs_no_chart(taxonomy: Taxonomy) -> None:
    result = GroupRankingResult(("Africa",), (3.79,), (54,), "resilience", 2025, "mean", "world")
    assert figure_of(answers.made(result), taxonomy) is None


def test_changes_of_indicators_carry_their_sign_and_their_years(taxonomy: Taxonomy) -> None:
    assert shown(answers.indicators(), taxonomy) == [
        ["Indicator", "Mean change", "Scale"],
        ["Cocaine trade", "+0.42", "higher is worse"],
        ["Prevention", "-0.10", "higher is better"],
    ]
    assert table(answers.indicators(), taxonomy).title == "Africa, change from 2023 to 2025"
    figure = figure_of(answers.indicators(), taxonomy)
    assert figure is not None and figure.value_name == "Change" and "Prevention -0.10" in figure.text
    assert {(row["from"], row["to"], row["over"]) for row in file(answers.indicators(), taxonomy)} == {("2023", "2025", "Africa")}


@pytest.mark.parametrize(
    ("result", "title", "names"),
    [
        (DifferenceResult(-1.14, (5.48, 6.62), 2025, ("CHL", "PER"), "criminality"), "Criminality", ["Chile", "Peru"]),
        (
            DifferenceResult(1.0, (9.0, 8.0), 2025, ("PER",), None, ("cocaine_trade", "arms_trafficking")),
            "Peru",
            ["Cocaine trade", "Arms trafficking"],
        ),
        (
            DifferenceResult(0.5, (6.5, 6.0), 2025, ("PER",), "criminality", groups=("Caribbean",), stat="mean"),
            "Criminality",
            ["Peru", "The Caribbean, mean"],
        ),
        (
            DifferenceResult(0.5, (6.5, 6.0), 2025, (), "criminality", groups=("Asia", "Africa"), stat="median"),
            "Criminality",
            ["Asia, median", "Africa, median"],
        ),
    ],
)
def test_a_difference_names_both_sides(result: DifferenceResult, title: str, names: list[str], taxonomy: Taxonomy) -> None:
    made = table(answers.made(result), taxonomy)
    assert made.title == f"{title}, 2025 edition"
    assert [row.cells[0] for row in made.rows] == [*names, "The first minus the second"]
    figure = figure_of(answers.made(result), taxonomy)
    assert figure is not None and list(figure.labels) == names


def test_a_trend_has_a_row_and_a_point_for_each_edition(taxonomy: Taxonomy) -> None:
    assert shown(answers.trend(), taxonomy) == [
        ["Edition", "Score", "Rank in the world", "Change", "Change like for like", "Asked for"],
        ["2021", "6.98", "10th of 193", "–", "–", "–"],
        ["2023", "7.05", "11th of 193", "+0.07", "+0.09", "–"],
        ["2025", "7.10", "12th of 193", "+0.05", "–", "yes"],
    ]
    figure = figure_of(answers.trend(), taxonomy)
    assert figure is not None and figure.shape is Shape.LINE
    assert figure.text == "Line chart, Honduras, Criminality: 6.98 in 2021; 7.05 in 2023; 7.10 in 2025."
    assert "made.xlsx, HND criminality 2023" in file(answers.trend(), taxonomy)[1]["source"]


def test_the_trend_of_a_group_gives_no_change_that_was_not_computed(taxonomy: Taxonomy) -> None:
    result = TrendResult("criminality", (2023, 2025), (5.25, 5.34), (None, None), None, "Africa")
    assert shown(answers.made(result), taxonomy) == [["Edition", "Mean score"], ["2023", "5.25"], ["2025", "5.34"]]
    assert table(answers.made(result), taxonomy).title == "Mean of Africa, Criminality"


def test_a_correlation_is_a_row_and_a_scatter_where_all_its_scores_are_known(taxonomy: Taxonomy) -> None:
    assert shown(answers.correlation(), taxonomy)[1] == ["Criminality", "Resilience", "3", "-0.47", "-0.25"]
    figure = figure_of(answers.correlation(), taxonomy)
    assert figure is not None and figure.shape is Shape.SCATTER
    assert (figure.labels, figure.heights) == (("Brazil", "Chile", "Peru"), (5.04, 6.2, 4.5))
    assert "Peru 6.62 and 4.50." in figure.text
    unlisted = answers.made(answers.correlation().result)  # type: ignore[arg-type]
    assert figure_of(unlisted, taxonomy) is None


def test_a_fact_from_a_page_is_one_row_with_the_address_of_the_page(taxonomy: Taxonomy) -> None:
    (row,) = file(answers.page_fact(), taxonomy)
    assert (row["country"], row["field"], row["value"]) == ("Peru", "Capital", "Lima")
    assert row["source"] == "https://ocindex.net/2021/country/peru"


def test_an_answer_about_the_index_is_a_row_with_its_source_which_no_note_repeats(taxonomy: Taxonomy) -> None:
    assert result_table(answers.about(), taxonomy) is None and notes_beside(answers.about()) == ()
    (row,) = file(answers.about(), taxonomy)
    assert (row["topic"], row["text"]) == ("scale", "Scores run from 1 to 10.")


def test_a_result_that_its_scores_tell_has_no_table_of_its_own(taxonomy: Taxonomy) -> None:
    assert result_table(answers.made(ValueResult("PER", "cocaine_trade", 2023, 9.0)), taxonomy) is None


def test_figures_without_listed_scores_cite_the_data_and_a_page_its_address(taxonomy: Taxonomy) -> None:
    (data,) = answer_citation.sources_of(answers.groups(), 5, taxonomy)
    assert (data.country, data.edition, data.address) == (None, 2025, "https://ocindex.net")
    (page,) = answer_citation.sources_of(answers.page_fact(), 5, taxonomy)
    assert (page.country, page.address) == ("PER", "https://ocindex.net/2021/country/peru")
    assert answer_citation.sources_of(answers.about(), 5, taxonomy) == ()


def test_markdown_has_the_table_under_its_headings(taxonomy: Taxonomy) -> None:
    text = answer_files.as_markdown(answers.overview(), taxonomy, "http://localhost/").replace("\\", "")
    assert "### Criminal markets\n\n| Indicator | Score | Rank in the world |" in text
    assert "| Cocaine trade | 9.00 | 2nd of 193 | 0.00 | – |" in text


def test_points_of_a_line_and_of_a_scatter_hold_their_scores() -> None:
    line = answer_line(("2021", "2023"), (6.98, 7.05), "Score").to_dict()
    assert {"edition": "2021", "value": 6.98} in next(iter(line["datasets"].values()))
    scatter = answer_scatter(("Peru", "Chile", "Brazil"), (1, 2, 1), (3, 4, 3), "Across", "Up").to_dict()
    assert {"first": 1, "second": 3, "countries": 2, "names": "Peru, Brazil"} in next(iter(scatter["datasets"].values()))


def test_a_rank_among_part_of_the_world_is_not_headed_as_one_in_the_world(taxonomy: Taxonomy) -> None:
    assert rank_heading(WORLD, [12, 12], taxonomy) == "Rank among those loaded"
    assert rank_heading(WORLD, [len(taxonomy.countries), None], taxonomy) == "Rank in the world"
    assert rank_heading("Europe", [3], taxonomy) == "Rank in Europe"
