"""Question sets checked for labels that point nowhere, duplicates, copies and leakage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run

from corpus.records import Severity
from corpus.taxonomy import Taxonomy
from index.evals.lint import lint
from index.evals.sets import Case, Gold, cases_to_jsonl
from index.generations.snapshot import Snapshot


def case(id: str, question: str, paragraph: int = 1, grade: int = 2, span: str = "", **parts: object) -> Case:
    return Case(id, question, "who", (Gold("TCD", 2021, "Environment", paragraph, grade),), span, **parts)  # type: ignore[arg-type]


VALUE = {"type": "value", "country": "TCD", "indicator": "human_trafficking", "edition": 2021, "value": 6.0}


def linted(world: Snapshot, taxonomy: Taxonomy, **sets: list[Case]) -> list[tuple[str, str, str]]:
    kinds = [Case(f"fill{i}", f"word{i}", "who", unanswerable=True) for i in range(5)]
    found = lint({name: [*cases, *kinds] if name == "a" else cases for name, cases in sets.items()}, world.passages, taxonomy)
    return [(f.severity.value, f.case, f.message) for f in found if "only" not in f.message]


@pytest.mark.parametrize(
    ("bad", "severity", "said"),
    [
        (case("x", "who?", paragraph=9), "error", "TCD-2021-environment-9 is not in the index"),
        (case("x", "who?", span="the Egret Brotherhood"), "error", "answer_span is not in the text of any gold place"),
        (case("x", "Who runs near-lake blue marble quarries near the lake?"), "warning", "a copy, not a paraphrase"),
        (Case("x", "q", "who", expect={**VALUE, "country": "QQQ"}), "error", "\"country\" 'QQQ' does not exist"),
        (Case("x", "q", "who", expect={"type": "set", "countries": ["TCD", "Q"]}), "error", "\"countries\" 'Q'"),
        (Case("x", "q", "who", expect={**VALUE, "indicator": "x"}), "error", "\"indicator\" 'x'"),
        (Case("x", "q", "who", expect={**VALUE, "edition": 2022}), "error", '"edition" 2022'),
    ],
)
def test_what_is_wrong_with_a_question_is_found(bad: Case, severity: str, said: str, world: Snapshot, taxonomy: Taxonomy) -> None:
    (found,) = linted(world, taxonomy, a=[bad])
    assert found[:2] == (severity, "x") and said in found[2]


def test_a_sound_set_has_no_finding(world: Snapshot, taxonomy: Taxonomy) -> None:
    good = case("x", "which gang holds the stone pits of Chad?", span="the  Heron Brotherhood")
    years = [Case(f"y{y}", f"Chad human trafficking score {y}", "who", expect={**VALUE, "edition": y}) for y in (2021, 2023)]
    assert linted(world, taxonomy, a=[good, *years]) == []


def test_duplicate_questions_and_leaking_sets_are_found(world: Snapshot, taxonomy: Taxonomy) -> None:
    first, again = case("1", "Who holds the pits?", span="Heron Brotherhood"), case("2", "who holds the pits")
    near, same_span = case("3", "Who holds the pitts"), case("4", "name the quarry gang", span="Heron Brotherhood")
    found = linted(world, taxonomy, a=[first, again])
    assert found == [("error", "2", "asks the same as 1: 'Who holds the pits?'")]
    found = linted(world, taxonomy, a=[first], b=[near, same_span])
    assert found == [
        ("warning", "3", "asks the same as 1 in a: 'Who holds the pits?'"),
        ("warning", "4", "has the same answer_span as 1 in a"),
    ]


def test_kinds_with_few_questions_get_a_warning(world: Snapshot, taxonomy: Taxonomy) -> None:
    (found,) = lint({"a": [Case("1", "who?", "rare", unanswerable=True)]}, world.passages, taxonomy)
    assert found.severity is Severity.WARNING and "only 1 of kind 'rare'" in str(found)


def test_lint_prints_findings_and_fails_on_errors_alone(
    capsys: pytest.CaptureFixture[str], world_index: Path, tmp_path: Path
) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text(cases_to_jsonl([case("1", "which gang holds the pits?")]))
    bad.write_text(cases_to_jsonl([case("1", "which gang holds the pits?", paragraph=7)]))
    code, out, err = run(capsys, "eval", good, "--lint", "--index", world_index)
    assert code == 0 and out.startswith("warning: good.jsonl: only 1") and "0 errors, 1 warning" in err
    code, out, _ = run(capsys, "eval", bad, "--lint", "--json", "--index", world_index)
    assert code == 1 and [f["severity"] for f in json.loads(out)] == ["error", "warning"]
    code, out, err = run(capsys, "eval", bad, "--lint", "--index", world_index)
    assert code == 1 and out.startswith("error: bad.jsonl, 1: the gold place TCD-2021-environment-7")
