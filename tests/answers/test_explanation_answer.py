"""An explanation is arithmetic and quotation: parts of a score against the means around it, what moved, what the page says."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from brute import Table, table_of

from index.answers.explanation_answer import answer_explanation
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.contract.briefing_results import ExplanationResult
from index.contract.typed_results import Unavailable
from index.generations.snapshot import Snapshot
from index.meaning.meaning import Direction, Meaning
from index.questions.question import understand
from index.scores.like_for_like import rounded


@pytest.fixture(scope="module")
def table(shipped: Snapshot) -> Iterator[Table]:
    """The scores of South America."""
    yield table_of(shipped.score_store, shipped.taxonomy.members("South America", 2025))


def asked(snapshot: Snapshot, text: str, order: Direction | None = None, **slots: tuple[object, ...]) -> Answer:
    question = understand(text, snapshot.gazetteer, snapshot.taxonomy.editions)
    return answer_explanation(snapshot, question, Meaning(Kind.EXPLANATION, order=order, **slots))  # type: ignore[arg-type]


def explained(answer: Answer) -> ExplanationResult:
    assert answer.answered and isinstance(answer.result, ExplanationResult)
    return answer.result


def mean(table: Table, indicator: str, edition: int) -> Decimal:
    values = [v for (_, i, e), v in table.items() if (i, e) == (indicator, edition)]
    return rounded(sum(values, Decimal(0)) / len(values))


def test_the_parts_of_a_high_average_are_those_furthest_above_the_mean_of_the_region(shipped: Snapshot, table: Table) -> None:
    answer = asked(shipped, "why is criminality so high in Peru in 2021", Direction.HIGH, countries=("PER",), editions=(2021,))
    result = explained(answer)
    leaves = shipped.taxonomy.leaves("criminality", 2021)
    apart = {i: table["PER", i, 2021] - mean(table, i, 2021) for i in leaves}
    assert [p.indicator for p in result.parts] == sorted(leaves, key=lambda i: -apart[i])[:3]
    for part in result.parts:
        assert (part.value, part.mean) == (float(table["PER", part.indicator, 2021]), float(mean(table, part.indicator, 2021)))
        assert part.difference == float(apart[part.indicator]) and part.change is None
    assert (result.indicator, result.reference, result.start) == ("criminality", "South America", None)


def test_the_page_is_quoted_under_the_sections_of_the_parts(shipped: Snapshot) -> None:
    answer = asked(
        shipped, "why is illegal gold mining so high in Peru", Direction.HIGH,
        countries=("PER",), indicators=("non_renewable_resource_crimes",), editions=(2021,),
    )  # fmt: skip
    assert {p.section for p in answer.passages} == {"Environment"}
    assert "The 2021 page says under Environment: “Those who control illegal gold mining are" in answer.answer
    assert any("do not state causes" in note for note in answer.notes)


def test_without_a_page_there_is_arithmetic_alone_and_that_is_said(shipped: Snapshot) -> None:
    answer = asked(shipped, "why is Chile low", Direction.LOW, countries=("CHL",))
    assert explained(answer).indicator == "criminality" and not answer.passages
    assert "No page of Chile is loaded, so there is arithmetic alone and nothing to quote." in answer.notes


@pytest.mark.parametrize("country", ["CHL", "PER", "COL", "URY"])
@pytest.mark.parametrize("order", [Direction.HIGH, Direction.LOW])
@pytest.mark.parametrize("indicator", ["criminality", "resilience", "cocaine_trade"])
def test_a_score_on_the_other_side_of_the_mean_is_denied_first(
    country: str, order: Direction, indicator: str, south_america: Snapshot, table: Table
) -> None:
    answer = asked(south_america, "why", order, countries=(country,), indicators=(indicator,), editions=(2025,))
    value, middle = table[country, indicator, 2025], mean(table, indicator, 2025)
    wrong = value < middle if order is Direction.HIGH else value > middle
    name, what = south_america.taxonomy.countries[country].name, "high" if order is Direction.HIGH else "low"
    assert (f"is not {what}: {value:.2f} in the 2025 edition" in answer.answer) is wrong
    assert answer.answer.startswith(f"{name}'s score for" if wrong else f"{name} scores {value:.2f}")


@pytest.mark.parametrize("country", ["ARG", "BOL", "BRA", "CHL", "COL", "ECU", "PER", "URY"])
@pytest.mark.parametrize("order", [Direction.UP, Direction.DOWN])
def test_a_move_the_other_way_is_denied_first_and_the_parts_follow_the_score(
    country: str, order: Direction, shipped: Snapshot, table: Table
) -> None:
    answer = asked(shipped, "why did it move", order, countries=(country,))
    result = explained(answer)
    change = table[country, "criminality", 2025] - table[country, "criminality", 2023]
    assert (result.start, result.end) == (2023, 2025)
    wrong = change <= 0 if order is Direction.UP else change >= 0
    assert (f"did not {'rise' if order is Direction.UP else 'fall'} between 2023 and 2025" in answer.answer) is wrong
    leaves = shipped.taxonomy.leaves("criminality", 2025)
    same_way = [i for i in leaves if (table[country, i, 2025] - table[country, i, 2023]) * change > 0]
    assert {p.indicator for p in result.parts} <= set(same_way) or not change
    if same_way and change:
        most = max(abs(table[country, i, 2025] - table[country, i, 2023]) for i in same_way)
        assert result.parts[0].change is not None and abs(result.parts[0].change) == float(most)


def test_a_change_across_new_indicators_is_also_given_like_for_like(shipped: Snapshot) -> None:
    answer = asked(shipped, "why did criminality rise in Peru", Direction.UP, countries=("PER",), editions=(2021, 2023))
    assert "like for like" in answer.answer and any("do not cover the same indicators" in n for n in answer.notes)


def test_a_rise_since_the_first_edition_ends_at_the_latest(shipped: Snapshot) -> None:
    result = explained(asked(shipped, "why did Peru rise since 2021", Direction.UP, countries=("PER",), editions=(2021,)))
    assert (result.start, result.end) == (2021, 2025)


def test_two_countries_are_compared_part_by_part(shipped: Snapshot, table: Table) -> None:
    answer = asked(shipped, "why Colombia rather than Uruguay", Direction.HIGH, countries=("COL", "URY"))
    result = explained(answer)
    assert result.reference == "URY"
    for part in result.parts:
        assert part.mean == float(table["URY", part.indicator, 2025])
        assert part.difference == float(table["COL", part.indicator, 2025] - table["URY", part.indicator, 2025]) > 0
    assert asked(shipped, "why", Direction.LOW, countries=("COL", "URY")).answer.startswith("Colombia does not score lower than")


def test_a_change_of_what_was_not_measured_before_is_declined(shipped: Snapshot) -> None:
    answer = asked(
        shipped, "why did cyber crime rise in Peru", Direction.UP,
        countries=("PER",), indicators=("cyber_dependent_crimes",), editions=(2021, 2023),
    )  # fmt: skip
    assert isinstance(answer.result, Unavailable) and "first appears in the 2023 edition" in answer.answer


def test_every_figure_comes_with_its_fact(shipped: Snapshot, table: Table) -> None:
    answer = asked(shipped, "why is Peru's resilience weak", Direction.LOW, countries=("PER",), indicators=("resilience",))
    told = {(f.indicator, f.edition) for f in answer.facts}
    assert {("resilience", 2025), *((p.indicator, 2025) for p in explained(answer).parts)} <= told
    assert all(f.value == float(table[f.country, f.indicator, f.edition]) and f.source for f in answer.facts)


def test_an_explanation_without_a_country_is_declined(shipped: Snapshot) -> None:
    assert not asked(shipped, "why").answered
