"""The chart beside an answer, and its text version."""

from __future__ import annotations

from app.content.answer_chart import chart_of, drawn
from app.content.answer_course import Course
from app.content.answer_figure import MOST_BARS, Figure, Shape, figure_of
from app.content.charts import answer_bars
from index.answers.answer import ask
from index.generations.snapshot import Snapshot


def test_a_change_is_a_line_through_its_editions(shipped: Snapshot) -> None:
    figure = figure_of(ask(shipped, "how did Peru's criminality change from 2021 to 2025"), shipped.taxonomy)
    assert figure is not None and figure.shape is Shape.LINE
    assert (figure.labels, figure.values) == (("2021", "2025"), (6.35, 6.62))
    assert figure.text == "Line chart, Peru, Criminality: 6.35 in 2021; 6.62 in 2025."


def test_a_comparison_is_bars_in_the_order_of_the_question(shipped: Snapshot) -> None:
    figure = figure_of(ask(shipped, "compare Peru, Chile and Brazil on criminality in 2021"), shipped.taxonomy)
    assert figure is not None and figure.shape is Shape.BARS
    assert figure.labels == ("Peru", "Chile", "Brazil")
    assert figure.text.startswith("Bar chart, Criminality, 2021 edition: Peru 6.35; Chile ")


def test_a_comparison_of_two_scores_has_bars_for_both(shipped: Snapshot) -> None:
    answer = ask(shipped, "compare Kenya and Tanzania")
    figure = figure_of(answer, shipped.taxonomy)
    assert figure is not None and figure.labels == ("Kenya", "Tanzania", "Kenya", "Tanzania")
    assert figure.groups == (*["Criminality (higher is worse)"] * 2, *["Resilience (higher is better)"] * 2)
    assert figure.values == tuple(f.value for f in answer.facts)
    assert figure.text.startswith("Bar chart, Kenya and Tanzania, 2025 edition: Criminality (higher is worse), Kenya 7.18; ")


def test_a_change_is_drawn_through_all_editions_even_where_it_is_the_second_thing_asked(shipped: Snapshot) -> None:
    for question in ("how bad is Kenya for heroin and has it moved since 2021", "how did Kenya's heroin score change since 2021"):
        chart = chart_of(ask(shipped, question), shipped)
        assert isinstance(chart, Figure) and chart.shape is Shape.LINE, question
        assert (chart.labels, chart.values) == (("2021", "2023", "2025"), (7.5, 7.5, 8.0))


def test_an_overview_is_drawn_as_the_course_of_its_two_main_scores(shipped: Snapshot) -> None:
    chart = chart_of(ask(shipped, "tell me about Laos"), shipped)
    assert isinstance(chart, Course) and chart.title == "Laos, 2021 to 2025"
    assert [(name, edition) for name, edition, _ in chart.points] == [
        (name, edition) for name in ("Criminality", "Resilience") for edition in (2021, 2023, 2025)
    ]
    assert "Criminality (higher is worse): 5.51 in 2021" in chart.text
    named = [row["name"] for row in drawn(chart).to_dict()["datasets"].popitem()[1]]
    assert set(named) == {"Criminality", "Resilience"}


def test_changes_carry_their_sign(shipped: Snapshot) -> None:
    figure = figure_of(ask(shipped, "top 3 risers in criminality in South America, 2021 to 2023"), shipped.taxonomy)
    assert figure is not None and "+" in figure.text and figure.value_name == "Change"


def test_a_long_list_is_cut_and_says_so(shipped: Snapshot) -> None:
    figure = figure_of(ask(shipped, "Peru's indicators at 1 or above in 2023"), shipped.taxonomy)
    assert figure is not None and len(figure.labels) == MOST_BARS
    assert figure.text.endswith("7 more are not shown.")


def test_a_single_score_or_text_has_no_chart(shipped: Snapshot) -> None:
    for question in ("Peru cocaine score 2021", "who controls gold mining in Peru", "what counts as flora crimes"):
        assert figure_of(ask(shipped, question), shipped.taxonomy) is None


def test_scores_are_drawn_on_the_whole_scale_and_changes_on_their_own() -> None:
    scores = answer_bars(("Peru", "Chile"), (6.35, 5.18), "Score", scores=True).to_dict()
    bars, written = scores["layer"]
    assert bars["encoding"]["x"]["axis"]["values"][-1] == 10 and bars["encoding"]["x"]["scale"]["domain"][0] == 0
    assert written["encoding"]["text"] == {"field": "value", "format": ".2f", "type": "quantitative"}
    assert list(scores["datasets"].values()) == [[{"name": "Peru", "value": 6.35}, {"name": "Chile", "value": 5.18}]]
    changes = answer_bars(("Peru", "Chile"), (0.5, -0.3), "Change", scores=False).to_dict()
    assert "domain" not in changes["layer"][0]["encoding"]["x"]["scale"]
