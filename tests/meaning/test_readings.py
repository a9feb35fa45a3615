"""Readings side by side: kinds that come to the same queries count together, and where two fillings differ is evidence."""

from __future__ import annotations

from decimal import Decimal

from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.meaning.asked import Asked, Learned, asked_of
from index.meaning.candidate import CandidateReading
from index.meaning.learned import learned_reader
from index.meaning.masked import masked
from index.meaning.parser_reading import holds_all, parser_reading
from index.meaning.readings import candidates
from index.meaning.roles import ROLES_OF, SLOTS
from index.questions.names import build_gazetteer
from index.questions.question import understand
from index.scores.loaded_scores import LoadedScores
from index.scores.query import Op

OPS = {"against >": Op.ABOVE, "against >=": Op.AT_LEAST}


def readings_of(
    text: str, taxonomy: Taxonomy, kinds: dict[str, float], order: str, roles: dict[str, str]
) -> tuple[CandidateReading, ...]:
    """The readings where these kinds, this order and these roles were learned; all scores are loaded."""
    question = understand(text, build_gazetteer(taxonomy), taxonomy.editions)
    loaded = LoadedScores.of((c, e, i.id) for c in taxonomy.countries for e in taxonomy.editions for i in taxonomy.measured(e))
    words = learned_reader().read(masked(question.reading))

    def sure(values: tuple[str, ...], value: str) -> dict[str, float]:
        return {v: 0.97 if v == value else 0.03 / (len(values) - 1) for v in values}

    tested = "1" if any(role in OPS for role in roles.values()) else "0"
    learned = Learned(
        kinds,
        sure(("", "high", "low", "up", "down"), order),
        words.indicators,
        {name: sure(values, tested if name == "conditions" else values[0]) for name, values in SLOTS.items()},
        {mark: sure(ROLES_OF[mark[0]], role) for mark, role in roles.items()},
    )
    asked: Asked = asked_of(question, taxonomy, learned)
    return candidates(asked, loaded, parser_reading(question, taxonomy, loaded), 0)


def test_kinds_that_come_to_the_same_queries_are_as_likely_as_all_of_them(taxonomy: Taxonomy) -> None:
    roles = {"N1": "limit", "G1": "asked", "I1": "asked"}
    found = readings_of(
        "the 3 worst of Asia for heroin trade", taxonomy, {"set": 0.5, "ranking": 0.45, "about": 0.05}, "high", roles
    )
    own = {c.label: c.evidence.likely for c in found if c.label in ("set", "ranking")}
    assert len(own) == 2
    assert own["set"] == own["ranking"] > 2.9  # log-odds of 0.95


def test_where_the_two_fillings_of_a_kind_differ_is_evidence_for_one_and_against_the_other(taxonomy: Taxonomy) -> None:
    roles = {"G1": "asked", "I1": "tested", "N1": "against >="}
    found = readings_of("which African states have 6 for heroin trade", taxonomy, {"set": 0.95, "about": 0.05}, "", roles)
    signs = {c.queries[0].where[0][0].op: c.evidence.by_tests for c in found if c.label == Kind.SET and c.queries}
    assert signs == {Op.EQUAL: -1.0, Op.AT_LEAST: 1.0}
    assert {c.evidence.by_places for c in found} == {0.0}


def test_two_fillings_that_are_the_same_are_one_reading(taxonomy: Taxonomy) -> None:
    roles = {"G1": "asked", "I1": "tested", "N1": "against >"}
    found = readings_of("which African states are above 6 for heroin trade", taxonomy, {"set": 0.95, "about": 0.05}, "", roles)
    sets = [c for c in found if c.label == Kind.SET]
    assert len(sets) == 1
    assert sets[0].evidence.framed == 1.0
    assert [c.right for either in sets[0].queries[0].where for c in either] == [Decimal(6)]


def test_queries_of_the_parser_that_drop_a_country_do_not_hold_all(taxonomy: Taxonomy) -> None:
    text = "how many of the two Sudans are under 4 on criminality"
    question = understand(text, build_gazetteer(taxonomy), taxonomy.editions)
    loaded = LoadedScores.of((c, e, i.id) for c in taxonomy.countries for e in taxonomy.editions for i in taxonomy.measured(e))
    parser = parser_reading(question, taxonomy, loaded)
    assert parser.parsed is not None
    assert not holds_all(asked_of(question, taxonomy), parser.parsed.queries)
