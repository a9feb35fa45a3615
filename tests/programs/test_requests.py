"""What programs may ask for: figures equal those of the engine, every answer fits its schema, and what is wrong is said."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from app.programs.arguments import answer_request, from_text
from app.programs.operations import OPERATIONS
from corpus.errors import QuestionError
from index.answers.answer import ask
from index.contract.group_results import GroupRankingResult
from index.contract.typed_results import AggregateResult, ComparisonResult, RankingResult, SetResult
from index.generations.snapshot import Snapshot

CALLS = [json.loads(line) for line in (Path(__file__).parents[1] / "data" / "tool_calls.jsonl").read_text("utf-8").splitlines()]


def figures(found: dict[str, Any]) -> dict[str, float]:
    """The first figure of each row, by country or group."""
    return {r.get("country", r.get("group")): r["figures"][0].get("value", r["figures"][0].get("change")) for r in found["rows"]}


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_example_is_answered_and_fits_the_schema(name: str, shipped: Snapshot) -> None:
    operation = OPERATIONS[name]
    found = answer_request(shipped, name, operation.example)
    Draft202012Validator.check_schema(operation.takes)
    Draft202012Validator.check_schema(operation.gives)
    Draft202012Validator(operation.gives).validate(json.loads(json.dumps(found)))
    assert found.get("answered", True)
    assert len(operation.purpose) > 80 and operation.title


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call["id"])
def test_questions_of_analysts_are_answered_by_one_call(call: dict[str, Any], shipped: Snapshot) -> None:
    """The calls were decided, and their answers worked out from the workbook, by people who saw the descriptions alone."""
    found = answer_request(shipped, call["tool"], call["arguments"])
    Draft202012Validator(OPERATIONS[call["tool"]].gives).validate(json.loads(json.dumps(found)))
    expect = call["expect"]
    # An overview is an answer object, whose facts are its figures.
    rows = found.get("rows", found.get("facts", []))
    named = {row.get("country", row.get("group")): row for row in reversed(rows)}
    if "countries" in expect:
        assert sorted(r["country"] for r in rows if "country" in r) == sorted(expect["countries"])
    if "order" in expect:
        assert [r["country"] for r in rows] == expect["order"]
    for country, rank in expect.get("ranks", {}).items():
        assert named[country]["rank"] == rank
    for who, wanted in expect.get("figures", {}).items():
        assert {key: number(rows, who, key) for key in wanted} == pytest.approx(wanted, abs=0.005)
    if "total" in expect:
        assert found["total"] == expect["total"]
    for missing in expect.get("missing", []):
        assert missing in {f"{m['indicator']} {m['edition']}" for m in found["missing"]}
    if "answered" in expect:
        assert found["answered"] is expect["answered"]
    text = json.dumps(found, ensure_ascii=False).casefold()
    assert [phrase for phrase in expect.get("contains", []) if phrase.casefold() not in text] == []


def number(rows: list[dict[str, Any]], who: str, key: str) -> float:
    """The figure of a country or group: "cocaine_trade", or "cocaine_trade 2021" in an edition."""
    indicator, _, edition = key.partition(" ")
    own = [r for r in rows if who in (r.get("country"), r.get("group"))]
    listed = [f for r in own for f in r.get("figures", [r])]
    of = [f for f in listed if f["indicator"] == indicator and (not edition or str(f.get("edition", f.get("to"))) == edition)]
    return float(of[0].get("value", of[0].get("change")))


def test_a_ranking_is_that_of_the_engine(shipped: Snapshot) -> None:
    found = answer_request(shipped, "rank", {"indicator": "heroin", "group": "asia", "limit": 8, "edition": 2023})
    answer = ask(shipped, "the 8 Asian countries with the highest heroin trade score in 2023")
    assert isinstance(answer.result, RankingResult)
    assert tuple(row["country"] for row in found["rows"]) == answer.result.countries
    assert tuple(row["figures"][0]["value"] for row in found["rows"]) == answer.result.values
    assert found["answer"] == answer.answer


def test_a_filter_is_that_of_the_engine(shipped: Snapshot) -> None:
    example = OPERATIONS["filter_countries"].example
    found = answer_request(shipped, "filter_countries", example)
    asked = "which OECD countries saw criminality rise by at least 0.2 between 2021 and 2023 and resilience fall by more than 0.3"
    answer = ask(shipped, asked)
    assert isinstance(answer.result, SetResult)
    assert {row["country"] for row in found["rows"]} == set(answer.result.countries) == {"GBR", "NZL"}
    everywhere = answer_request(shipped, "filter_countries", {"conditions": example["conditions"]})
    assert everywhere["total"] == 12


def test_a_comparison_is_that_of_the_engine(shipped: Snapshot) -> None:
    found = answer_request(
        shipped, "compare", {"countries": ["Peru", "Chile"], "groups": ["Europe", "world"], "indicators": ["resilience"]}
    )
    sides = ask(shipped, "compare the resilience of Peru and Chile").result
    means = [ask(shipped, f"average resilience of {group}").result for group in ("Europe", "the world")]
    assert isinstance(sides, ComparisonResult) and all(isinstance(m, AggregateResult) for m in means)
    assert figures(found) == {
        **dict(zip(sides.countries, sides.values, strict=True)),
        "Europe": means[0].value,
        "world": means[1].value,
    }
    assert found["highest"] == [{"indicator": "resilience", "who": ["Europe"], "figure": means[0].value}]


def test_means_of_regions_are_those_of_the_engine(shipped: Snapshot) -> None:
    regions = [g.name for g in shipped.taxonomy.groups.values() if g.kind == "region"]
    found = answer_request(shipped, "compare", {"groups": regions, "indicators": ["criminality"], "edition": 2023})
    ranking = ask(shipped, "mean criminality by region in 2023").result
    assert isinstance(ranking, GroupRankingResult)
    assert figures(found) == dict(zip(ranking.groups, ranking.values, strict=True))


def test_countries_that_tie_are_never_cut_apart(shipped: Snapshot) -> None:
    found = answer_request(shipped, "rank", {"indicator": "cocaine_trade", "limit": 2})
    ranks = [row["rank"] for row in found["rows"]]
    assert len(ranks) >= 2 and found["rows"][-1]["sharing"] == ranks.count(ranks[-1])
    after = answer_request(shipped, "rank", {"indicator": "cocaine_trade", "limit": 2, "offset": found["next_offset"]})
    assert after["rows"][0]["rank"] == len(ranks) + 1


def test_the_lowest_first_keep_the_rank_they_have_and_get_a_place(shipped: Snapshot) -> None:
    found = answer_request(
        shipped, "rank", {"indicator": "resilience", "order": "lowest", "group": "South America", "edition": 2025}
    )
    first, *_, last = found["rows"]
    assert (first["country"], first["rank"], first["place"]) == ("VEN", 12, 1)
    tied = [row for row in found["rows"] if row["country"] in ("PER", "ECU")]
    assert [(row["rank"], row["place"], row["sharing"]) for row in tied] == [(7, 5, 2), (7, 5, 2)]
    assert last["place"] > tied[0]["place"]


def test_all_pages_together_are_the_whole(shipped: Snapshot) -> None:
    sent = {"groups": ["Africa"], "indicators": ["criminality", "cybercrimes"], "editions": [2021, 2023, 2025], "limit": 70}
    pages, offset = [], 0
    while offset is not None:
        page = answer_request(shipped, "get_scores", sent | {"offset": offset})
        pages += page["rows"]
        offset = page["next_offset"]
    assert len(pages) == page["total"] == 54 * 5
    assert len({(r["country"], r["indicator"], r["edition"]) for r in pages}) == len(pages)
    (missing,) = page["missing"]
    assert (missing["indicator"], missing["edition"], missing["why"]) == ("cyber_dependent_crimes", 2021, missing["why"])
    assert "2023" in missing["why"] and missing["count"] == 54


def test_parts_of_an_average_come_with_it(shipped: Snapshot) -> None:
    found = answer_request(shipped, "get_scores", {"countries": ["PER"], "indicators": ["criminal_actors"], "with_parts": True})
    assert [row["indicator"] for row in found["rows"]] == ["criminal_actors", *shipped.taxonomy.parts("criminal_actors", 2025)]


def test_a_change_comes_with_both_scores_and_like_for_like(shipped: Snapshot) -> None:
    found = answer_request(shipped, "rank", {"indicator": "criminality", "since": 2021, "edition": 2023, "countries": ["GBR"]})
    (figure,) = found["rows"][0]["figures"]
    assert figure["change"] == round(figure["values"][1] - figure["values"][0], 2) == 0.86
    assert figure["like_for_like"] == 0.43 and len(figure["sources"]) == 2
    assert any("cyber" in note for note in found["notes"])


def test_what_is_not_loaded_is_said(south_america: Snapshot) -> None:
    refused = answer_request(south_america, "rank", {"indicator": "criminality", "group": "Europe"})
    assert not refused["answered"] and refused["reason"] == "country not loaded" and "Europe" in refused["answer"]
    some = answer_request(south_america, "compare", {"countries": ["PER", "COL", "FRA"], "indicators": ["criminality"]})
    assert list(figures({"rows": some["rows"][:2]})) == ["PER", "COL"]
    assert "France" in some["missing"][0]["why"]
    none = answer_request(south_america, "compare", {"countries": ["FRA", "DEU"]})
    assert not none["answered"] and none["rows"] == []


@pytest.mark.parametrize(
    ("name", "sent", "says"),
    [
        ("rank", {"indicator": "cokaine trafic"}, "cocaine_trade"),
        ("rank", {"indicator": "resilience", "group": "Sout America"}, "South America"),
        ("compare", {"countries": ["Perru", "CHL"]}, "Peru (PER)"),
        ("rank", {"indicator": "resilience", "edition": 2022}, "2021, 2023 and 2025"),
        ("rank", {"indicator": "resilience", "since": 2025}, "not before"),
        ("rank", {}, "needs 'indicator'"),
        ("rank", {"indicator": "resilience", "top": 5}, "no argument 'top'"),
        ("rank", {"indicator": "resilience", "limit": "many"}, "integer"),
        ("rank", {"indicator": "resilience", "order": "worst"}, "highest"),
        ("compare", {"countries": ["PER"]}, "two countries or groups"),
        ("filter_countries", {"conditions": [{"indicator": "resilience", "op": ">="}]}, "nothing to compare with"),
        (
            "filter_countries",
            {"conditions": [{"indicator": "resilience", "op": ">=", "value": 1, "group": "OECD"}]},
            "value and group",
        ),
        ("search_passages", {"query": "gold", "sections": ["Mining"]}, "not a section"),
        ("no_such", {}, "no request 'no_such'"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_send(name: str, sent: dict[str, Any], says: str, shipped: Snapshot) -> None:
    with pytest.raises(QuestionError) as raised:
        answer_request(shipped, name, sent)
    assert says in f"{raised.value.message} {raised.value.hint}" and raised.value.hint


def test_a_text_that_is_no_question_is_an_answer_that_says_so(shipped: Snapshot) -> None:
    found = answer_request(shipped, "ask", {"question": "x" * 2000, "id": "Q1"})
    assert not found["answered"] and found["id"] == "Q1" and "characters" in found["answer"]


def test_only_the_fields_asked_for_are_given(shipped: Snapshot) -> None:
    found = answer_request(shipped, "ask", {"question": "cocaine score of Peru", "fields": ["answer", "facts"]})
    assert list(found) == ["answer", "facts"]


def test_passages_are_those_of_the_places_and_sections_named(shipped: Snapshot) -> None:
    found = answer_request(shipped, "search_passages", {"query": "money", "sections": ["Drugs", "People"], "limit": 50})
    assert {row["section"] for row in found["rows"]} == {"Drugs", "People"}
    assert [row["score"] for row in found["rows"]] == sorted((row["score"] for row in found["rows"]), reverse=True)
    none = answer_request(shipped, "search_passages", {"query": "money", "countries": ["FRA"]})
    assert not none["answered"] and "France" in none["notes"][0]


def test_a_damaged_build_is_told_in_every_answer(shipped: Snapshot) -> None:
    damaged = replace(shipped, warning="chunks.faiss is damaged")
    for name in ("rank", "ask", "profile", "compare"):
        notes = answer_request(damaged, name, OPERATIONS[name].example)["notes"]
        assert notes.count("chunks.faiss is damaged") == 1


def test_arguments_of_an_address_are_read_by_their_type() -> None:
    pairs = [("countries", "PER,COL"), ("countries", "Chile"), ("editions", "2021, x"), ("with_parts", "true"), ("limit", "5")]
    assert from_text(OPERATIONS["get_scores"], pairs) == {
        "countries": ["PER", "COL", "Chile"],
        "editions": [2021, "x"],
        "with_parts": True,
        "limit": 5,
    }


WORDS = st.sampled_from(["PER", "Peru", "world", "OECD", "resilience", "cocaine_trade", "xx", "", "2021", "Environment", "texts"])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-5, 3000), st.floats(allow_nan=False), WORDS, st.text(max_size=8)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["indicator", "op", "value"]), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_whatever_is_sent_is_answered_or_refused_with_a_reason(shipped: Snapshot, data: st.DataObject) -> None:
    operation = data.draw(st.sampled_from(list(OPERATIONS.values())))
    names = st.sampled_from(list(operation.takes["properties"]))
    sent = dict(operation.example) | data.draw(st.dictionaries(names, VALUES, max_size=3))
    try:
        found = answer_request(shipped, operation.name, sent)
    except QuestionError as error:
        assert error.message and error.hint
    else:
        Draft202012Validator(operation.gives).validate(json.loads(json.dumps(found)))
