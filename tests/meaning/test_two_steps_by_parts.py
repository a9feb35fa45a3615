"""Questions of two steps that no form holds, each step read as a question of its own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.meaning.asked import Asked, asked_of
from index.meaning.framed.two_steps import two_steps
from index.meaning.learned import learned_reader
from index.meaning.masked import masked
from index.meaning.meaning import By, Direction, Meaning
from index.meaning.question_reader import question_reader
from index.questions.names import Gazetteer, build_gazetteer
from index.questions.question import understand
from index.scores.query import Op


@pytest.fixture(scope="module")
def gazetteer(taxonomy: Taxonomy) -> Gazetteer:
    return build_gazetteer(taxonomy)


def read(text: str, gazetteer: Gazetteer, taxonomy: Taxonomy) -> Asked:
    question = understand(text, gazetteer, taxonomy.editions)
    shown = masked(question.reading)
    return asked_of(question, taxonomy, question_reader().joined(learned_reader().read(shown), question, shown))


def meaning_of(text: str, gazetteer: Gazetteer, taxonomy: Taxonomy) -> Meaning | None:
    found = two_steps(read(text, gazetteer, taxonomy), lambda step: read(step, gazetteer, taxonomy), by_form=False)
    return None if found is None else found.meaning


def test_the_first_step_chooses_and_the_second_asks_of_what_it_chose(gazetteer: Gazetteer, taxonomy: Taxonomy) -> None:
    found = meaning_of(
        "Ten biggest risers in financial crimes since 2023. How many of those belong to OECD?", gazetteer, taxonomy
    )
    assert found is not None and found.among is not None
    assert (found.kind, found.groups) == (Kind.COUNT, (("OECD",),))
    first = found.among
    assert (first.order, first.limit, first.editions, first.indicators) == (Direction.UP, 10, (2023, 2025), ("financial_crimes",))


def test_a_second_step_that_names_no_score_is_about_that_of_the_first(gazetteer: Gazetteer, taxonomy: Taxonomy) -> None:
    text = "first find the region with highest synthetic drug, second list top 3 countries inside it"
    found = meaning_of(text, gazetteer, taxonomy)
    assert found is not None and found.among is not None
    assert (found.kind, found.order, found.limit, found.indicators) == (
        Kind.RANKING,
        Direction.HIGH,
        3,
        ("synthetic_drug_trade",),
    )
    assert (found.among.kind, found.among.by, found.among.limit) == (Kind.GROUP_RANKING, By.REGION, 1)


def test_a_condition_chooses_as_well_as_an_order(gazetteer: Gazetteer, taxonomy: Taxonomy) -> None:
    text = "take the EU states with a cocaine score above 6, then rank those by resilience, highest first"
    found = meaning_of(text, gazetteer, taxonomy)
    assert found is not None and found.among is not None
    assert (found.kind, found.indicators) == (Kind.RANKING, ("resilience",))
    ((test,),) = found.among.tests
    assert (test.indicator, test.op, test.right) == ("cocaine_trade", Op.ABOVE, Decimal(6))


@pytest.mark.parametrize(
    "text",
    [
        "Peru cocaine score 2023",
        "take the ten worst for cocaine, then put them alongside Canada",
        "first search something nice, then tell me how it scores",
    ],
)
def test_what_is_not_two_whole_steps_has_no_meaning(text: str, gazetteer: Gazetteer, taxonomy: Taxonomy) -> None:
    assert meaning_of(text, gazetteer, taxonomy) is None


@pytest.mark.parametrize(
    ("text", "kind", "indicators", "first"),
    [
        (
            "which actor type rules in the ten most criminal countries?",
            Kind.INDICATOR_RANKING,
            ("criminal_actors",),
            "criminality",
        ),
        (
            "median extortion score, only for those countries where mafia groups got 8 and up",
            Kind.AGGREGATE,
            ("extortion_and_protection_racketeering",),
            "mafia_style_groups",
        ),
        ("best cops amongst the twenty countries with the most cocaine?", Kind.SET, ("law_enforcement",), "cocaine_trade"),
    ],
)
def test_the_first_step_may_be_a_part_of_a_sentence(
    text: str, kind: Kind, indicators: tuple[str, ...], first: str, gazetteer: Gazetteer, taxonomy: Taxonomy
) -> None:
    found = meaning_of(text, gazetteer, taxonomy)
    assert found is not None and found.among is not None
    assert (found.kind, found.indicators, found.among.indicators) == (kind, indicators, (first,))
    # The name that stood in for the first step is nowhere in the meaning.
    assert not found.countries and not found.groups


def test_a_part_of_a_sentence_may_give_a_single_country(gazetteer: Gazetteer, taxonomy: Taxonomy) -> None:
    found = meaning_of("cocaine score now, in the country with the highest resilience in Africa", gazetteer, taxonomy)
    assert found is not None and found.among is not None
    assert (found.kind, found.indicators, found.countries) == (Kind.VALUE, ("cocaine_trade",), ())
    assert (found.among.groups, found.among.order, found.among.limit) == ((("Africa",),), Direction.HIGH, 1)
