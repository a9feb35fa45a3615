"""Meanings from what was learned of each name and number: the same in whatever words, none where one is unclear."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.meaning.asked import Asked, Learned, asked_of
from index.meaning.framed.fill import filled
from index.meaning.framed.frame import frame_of
from index.meaning.masked import masked
from index.meaning.meaning import By, Direction, Meaning, OfIndicator, OfPlace, Test
from index.meaning.roles import ROLES_OF, SLOTS
from index.questions.names import build_gazetteer
from index.questions.question import understand
from index.scores.query import Op
from index.scores.statistics import Stat

COCAINE, HEROIN, ARMS = "cocaine_trade", "heroin_trade", "arms_trafficking"


def learned_of(
    text: str,
    taxonomy: Taxonomy,
    roles: Mapping[str, str],
    order: str = "",
    indicators: tuple[str, ...] = (),
    chance: float = 0.95,
    **slots: str,
) -> Asked:
    """The question with these roles and slots, each of this chance."""
    question = understand(text, build_gazetteer(taxonomy), taxonomy.editions)
    marks = masked(question.reading).marks
    assert set(roles) == {m for m in marks if m[0] in ROLES_OF}

    def chances(values: tuple[str, ...], likely: str) -> dict[str, float]:
        return {value: chance if value == likely else (1 - chance) / (len(values) - 1) for value in values}

    learned = Learned(
        orders=chances(("", "high", "low", "up", "down"), order),
        indicators={i: chance if i in indicators else 0.01 for i in taxonomy.indicators},
        slots={name: chances(values, slots.get(name, values[0])) for name, values in SLOTS.items()},
        roles={mark: chances(ROLES_OF[mark[0]], role) for mark, role in roles.items()},
    )
    return asked_of(question, taxonomy, learned)


def meaning_of(label: str, asked: Asked) -> Meaning | None:
    frame = frame_of(asked)
    return None if frame is None else filled(frame, label)


def test_a_score_of_a_country(taxonomy: Taxonomy) -> None:
    asked = learned_of("so give me the Ghana cocaine thing for 2023", taxonomy, {"C1": "asked", "I1": "asked"})
    assert meaning_of("value", asked) == Meaning(Kind.VALUE, countries=("GHA",), indicators=(COCAINE,), editions=(2023,))


def test_a_place_in_a_group(taxonomy: Taxonomy) -> None:
    asked = learned_of("Ghana within Africa, heroin, what spot", taxonomy, dict.fromkeys(("C1", "G1", "I1"), "asked"))
    expected = Meaning(Kind.RANK, countries=("GHA",), groups=(("Africa",),), indicators=(HEROIN,))
    assert meaning_of("rank", asked) == expected


@pytest.mark.parametrize(
    "text", ["top 3 for heroin in Asia", "Asia, heroin: gimme the 3 nastiest", "heroin's 3 champions, Asia only"]
)
def test_so_many_of_an_order_in_any_words(text: str, taxonomy: Taxonomy) -> None:
    roles = {"N1": "limit", "I1": "asked", "G1": "asked"}
    found = meaning_of("ranking", learned_of(text, taxonomy, roles, "high", limit="number"))
    expected = Meaning(Kind.RANKING, groups=(("Asia",),), indicators=(HEROIN,), order=Direction.HIGH, limit=3)
    assert found == expected


def test_one_of_an_order_without_those_left_out(taxonomy: Taxonomy) -> None:
    roles = {"I1": "asked", "G1": "asked", "C1": "without", "C2": "without"}
    text = "safest for heroin across Europe, not my Poland and not Malta either"
    found = meaning_of("set", learned_of(text, taxonomy, roles, "low", limit="one"))
    assert found is not None
    assert (found.without_countries, found.limit, found.order) == (("POL", "MLT"), 1, Direction.LOW)


def test_a_place_said_as_a_word(taxonomy: Taxonomy) -> None:
    asked = learned_of("who is third worst for heroin in Asia", taxonomy, {"I1": "asked", "G1": "asked"}, "high", place="place")
    found = meaning_of("set", asked)
    assert found is not None
    assert (found.place, found.limit, found.order) == (3, None, Direction.HIGH)


@pytest.mark.parametrize(
    ("text", "roles", "test"),
    [
        (
            "African states, heroin, 7 upwards",
            {"G1": "asked", "I1": "tested", "N1": "against >="},
            Test(HEROIN, Op.AT_LEAST, Decimal(7)),
        ),
        (
            "African states topping Kenya, heroin",
            {"G1": "asked", "C1": "against >", "I1": "tested"},
            Test(HEROIN, Op.ABOVE, OfPlace("KEN")),
        ),
        (
            "African states, more heroin than cocaine",
            {"G1": "asked", "I1": "tested", "I2": "against >"},
            Test(HEROIN, Op.ABOVE, OfIndicator(COCAINE)),
        ),
        (
            "African states whose heroin dropped 0.5 or more since 2021",
            {"G1": "asked", "I1": "tested", "N1": "fell by >="},
            Test(HEROIN, Op.AT_MOST, Decimal("-0.5"), change=True),
        ),
    ],
)
def test_conditions_of_a_set(text: str, roles: dict[str, str], test: Test, taxonomy: Taxonomy) -> None:
    found = meaning_of("set", learned_of(text, taxonomy, roles, conditions="1"))
    assert found is not None
    assert found.tests == ((test,),)
    assert found.groups == (("Africa",),)
    assert found.order is None


def test_each_condition_is_about_its_own_indicator(taxonomy: Taxonomy) -> None:
    roles = {"I1": "tested", "N1": "against >", "I2": "tested", "N2": "against <"}
    found = meaning_of("count", learned_of("heroin over 6, cocaine under 3, how many", taxonomy, roles, conditions="2"))
    assert found is not None
    assert found.tests == ((Test(HEROIN, Op.ABOVE, Decimal(6)),), (Test(COCAINE, Op.BELOW, Decimal(3)),))


def test_a_rise_without_an_amount(taxonomy: Taxonomy) -> None:
    roles = {"G1": "asked", "I1": "rose"}
    asked = learned_of("where in Africa did heroin go up since 2021", taxonomy, roles, conditions="1", moves="rose")
    found = meaning_of("set", asked)
    assert found is not None
    assert found.tests == ((Test(HEROIN, Op.ABOVE, Decimal(0), change=True),),)


def test_the_mean_of_a_group(taxonomy: Taxonomy) -> None:
    found = meaning_of("aggregate", learned_of("EU heroin, typical", taxonomy, {"G1": "asked", "I1": "asked"}, stat="mean"))
    assert found == Meaning(Kind.AGGREGATE, groups=(("European Union",),), indicators=(HEROIN,), stat=Stat.MEAN)


def test_regions_of_a_continent_side_by_side(taxonomy: Taxonomy) -> None:
    asked = learned_of("Africa's zones by heroin", taxonomy, {"G1": "asked", "I1": "asked"}, "high", by="region")
    found = meaning_of("group_ranking", asked)
    assert found is not None
    assert (found.by, found.groups, found.limit) == (By.REGION, (("Africa",),), None)


def test_a_claim_about_two_countries_and_one_about_a_number(taxonomy: Taxonomy) -> None:
    roles = dict.fromkeys(("C1", "C2", "I1"), "asked")
    found = meaning_of("verdict", learned_of("Kenya tops Ghana for heroin, true?", taxonomy, roles, "high", of="comparison"))
    assert found is not None
    assert (found.kind, found.countries, found.order, found.yes_no) == (Kind.COMPARISON, ("KEN", "GHA"), Direction.HIGH, True)
    roles = {"C1": "asked", "I1": "tested", "N1": "against >"}
    found = meaning_of("verdict", learned_of("Kenya tops 7 for heroin, true?", taxonomy, roles, of="value", conditions="1"))
    assert found is not None
    assert (found.kind, found.tests) == (Kind.VALUE, ((Test(HEROIN, Op.ABOVE, Decimal(7)),),))


def test_an_indicator_without_a_name_is_the_one_that_was_learned(taxonomy: Taxonomy) -> None:
    asked = learned_of("shooters flowing into Yemen, the mark", taxonomy, {"C1": "asked"}, indicators=(ARMS,))
    found = meaning_of("value", asked)
    assert found is not None
    assert found.indicators == (ARMS,)


@pytest.mark.parametrize(
    ("text", "roles", "why"),
    [
        ("top 3 for heroin in Asia", {"N1": "none", "I1": "asked", "G1": "asked"}, "a number that may mean something"),
        ("heroin in the Mediterranean, worst", {"I1": "asked", "G1": "asked"}, "a group without a member list"),
        ("heroin in Asia in 2019, worst", {"I1": "asked", "G1": "asked"}, "a year without an edition"),
        ("heroin in Congo, worst", {"I1": "asked", "C1": "asked"}, "a name of two countries"),
        ("more heroin than Kosovo, which", {"I1": "tested", "C1": "against >"}, "a place that is not scored"),
        ("heroin in Asia save Taiwan, worst", {"I1": "asked", "G1": "asked", "C1": "without"}, "a place that is not scored"),
    ],
)
def test_nothing_is_filled_where_a_part_is_not_settled(text: str, roles: dict[str, str], why: str, taxonomy: Taxonomy) -> None:
    assert meaning_of("set", learned_of(text, taxonomy, roles, "high", chance=0.75)) is None, why


def test_conditions_that_were_learned_but_not_found_fill_nothing(taxonomy: Taxonomy) -> None:
    asked = learned_of("heroin hubs of Asia that are serious", taxonomy, {"I1": "asked", "G1": "asked"}, conditions="1")
    assert meaning_of("set", asked) is None


def test_a_condition_that_was_learned_and_not_found_is_not_dropped(taxonomy: Taxonomy) -> None:
    text = "countries high on heroin AND on cocaine, both above 5.5"
    roles = {"I1": "tested", "I2": "asked", "N1": "against >"}
    assert meaning_of("set", learned_of(text, taxonomy, roles, conditions="1")) is not None
    assert meaning_of("set", learned_of(text, taxonomy, roles, conditions="2")) is None


@given(st.data())
def test_whatever_was_learned_a_meaning_holds_only_what_was_named(taxonomy: Taxonomy, data: st.DataObject) -> None:
    text = "in Africa which of Kenya or Ghana is at 7 or 2.5 points over for heroin than cocaine"
    question = understand(text, build_gazetteer(taxonomy), taxonomy.editions)
    marks = [m for m in masked(question.reading).marks if m[0] in ROLES_OF]
    roles = {mark: data.draw(st.sampled_from(ROLES_OF[mark[0]])) for mark in marks}
    slots = {name: data.draw(st.sampled_from(values)) for name, values in SLOTS.items()}
    order = data.draw(st.sampled_from(("", "high", "low", "up", "down")))
    asked = learned_of(text, taxonomy, roles, order, **slots)
    for label in ("value", "rank", "set", "ranking", "count", "comparison", "difference", "aggregate", "verdict", "trend"):
        found = meaning_of(label, asked)
        if found is not None:
            assert set(found.countries) <= {"KEN", "GHA"}
            assert {g for either in found.groups for g in either} <= {"Africa", "East Africa", "world"}
            assert set(found.indicators) <= {HEROIN, COCAINE, "criminality", "resilience"}
            rights = {t.right for row in found.tests for t in row if isinstance(t.right, Decimal)}
            assert rights <= {Decimal(7), Decimal("2.5"), Decimal("-2.5"), Decimal(0), Decimal(-7)}
