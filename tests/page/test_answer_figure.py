"""The chart beside an answer, and its text version."""

from __future__ import annotations

from app.content.answer_figure import MOST_BARS, Shape, figure_of
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
    assert scores["encoding"]["x"]["scale"]["domain"] == [0, 10]
    assert list(scores["datasets"].values()) == [[{"name": "Peru", "value": 6.35}, {"name": "Chile", "value": 5.18}]]
    changes = answer_bars(("Peru", "Chile"), (0.5, -0.3), "Change", scores=False).to_dict()
    assert "domain" not in changes["encoding"]["x"].get("scale", {})
