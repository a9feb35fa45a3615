"""`ocqa eval`: the result on stdout, messages on stderr, documented exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import ir_measures
import pytest
from commands import run
from planted import plant

from index.evals.evaluate import evaluate
from index.evals.sets import parse_set
from index.generations.snapshot import Snapshot, open_snapshot

DATA = Path(__file__).parents[1] / "data"


def place(section: str, paragraph: int) -> dict[str, object]:
    return {"iso3": "TCD", "edition": 2021, "section": section, "paragraph": paragraph, "grade": 2}


WORLD_SET = [
    {
        "id": "W1",
        "question": "who runs the marble quarries in Chad in 2021",
        "kind": "who",
        "gold": [place("Environment", 1)],
        "answer_span": "the Heron Brotherhood",
    },
    {
        "id": "W2",
        "question": "where does hashish come from in Chad in 2021",
        "kind": "where",
        "gold": [place("Drugs", 1)],
        "answer_span": "over the western hills",
    },
    {
        "id": "W3",
        "question": "Chad human trafficking score 2021",
        "expect": {"type": "value", "country": "TCD", "indicator": "human_trafficking", "edition": 2021, "value": 6.0},
    },
    {"id": "W4", "question": "who sells melons on Mars", "unanswerable": True},
]


@pytest.fixture
def world_set(tmp_path: Path) -> Path:
    path = tmp_path / "world.jsonl"
    path.write_text("".join(json.dumps(entry) + "\n" for entry in WORLD_SET), encoding="utf-8")
    return path


def test_eval_prints_figures_with_intervals_and_cases(
    capsys: pytest.CaptureFixture[str], world_index: Path, world_set: Path
) -> None:
    code, out, err = run(capsys, "eval", world_set, "--index", world_index)
    assert code == 0
    assert out.startswith("4 questions from world.jsonl; index ")
    for part in ("by kind", "by section", "by edition", "confidence", "overall"):
        assert f"\n{part} " in out
    (line,) = [line for line in out.splitlines() if line.startswith("Exact ")]
    assert line.split()[:5] == ["Exact", "1.000", "[1.000,", "1.000]", "1"]
    assert "4 of 4 questions asked" in err


def test_eval_json_holds_figures_slices_and_every_case(
    capsys: pytest.CaptureFixture[str], world_index: Path, world_set: Path, tmp_path: Path
) -> None:
    code, out, _ = run(capsys, "eval", world_set, "--json", "--run", tmp_path / "x.run", "--index", world_index)
    data = json.loads(out)
    assert code == 0 and data["format"] == "ocqa-eval-1" and data["cases_asked"] == 4
    assert data["figures"]["Exact"]["value"] == 1.0
    assert {(s["by"], s["name"]) for s in data["slices"]} >= {("kind", "who"), ("section", "Drugs"), ("edition", "2021")}
    first = data["cases"][0]
    assert first["got"]["places"][0] == "TCD-2021-environment-1" and first["got"]["values"]["nDCG@10"] == 1.0
    assert str(tmp_path) not in out
    lines = list(ir_measures.read_trec_run(str(tmp_path / "x.run")))
    assert [d.doc_id for d in lines if d.query_id == "W1"] == first["got"]["places"]


def test_two_saved_results_and_two_indexes_are_compared(
    capsys: pytest.CaptureFixture[str], world: Snapshot, world_index: Path, world_set: Path, tmp_path: Path
) -> None:
    planted = plant(world, world_index, tmp_path / "planted", "TCD")
    code, out, _ = run(capsys, "eval", world_set, "--compare", world_index, planted)
    assert code == 0 and out.splitlines()[-1].startswith("no clear difference: ")
    code, out, _ = run(capsys, "eval", world_set, "--json", "--index", world_index)
    (tmp_path / "a.json").write_text(out, encoding="utf-8")
    code, out, _ = run(capsys, "eval", world_set, "--json", "--compare", tmp_path / "a.json", planted)
    found = json.loads(out)
    assert code == 0 and found["cases"] == 4
    assert {"measure", "before", "after", "low", "high", "p", "wins", "losses"} <= found["differences"][0].keys()
    assert {c["id"] for c in found["changed"]} <= {"W1", "W2", "W3", "W4"}


def test_the_gate_passes_an_unchanged_index_and_stops_a_planted_regression(
    capsys: pytest.CaptureFixture[str], shipped: Snapshot, shipped_index: Path, tmp_path: Path
) -> None:
    questions, baseline = tmp_path / "questions.jsonl", tmp_path / "baseline.json"
    lines = (DATA / "peru_dev.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    questions.write_text("".join(lines[::4]), encoding="utf-8")
    code, out, _ = run(capsys, "eval", questions, "--json", "--index", shipped_index)
    baseline.write_text(out, encoding="utf-8")
    code, _, err = run(capsys, "eval", questions, "--gate", baseline, "--index", shipped_index)
    assert code == 0 and "gate: passed, 118 questions compared" in err
    planted = plant(shipped, shipped_index, tmp_path / "planted", "PER")
    code, _, err = run(capsys, "eval", questions, "--gate", baseline, "--index", planted)
    assert code == 1 and "gate: not passed" in err
    assert "gate: nDCG@10 of all questions fell from" in err and "by kind: " in err


def test_opening_the_model_does_not_count_as_latency(world_index: Path) -> None:
    """A score question comes first and needs no model; the first text question must not wait for it."""
    opened = open_snapshot(world_index)
    cases, _ = parse_set("".join(json.dumps(entry) + "\n" for entry in reversed(WORLD_SET)), "x")
    result = evaluate(opened, (cases[1], cases[0], *cases[2:]), [])
    opened.close()
    assert max(s.seconds for s in result.scored) < 1.0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["eval"], 2, "no question set was given"),
        (["eval", "none.jsonl"], 1, "none.jsonl cannot be read"),
        (["eval", "--compare", "x", "y"], 1, "'x' is neither a saved result nor"),
        (["eval", "none.jsonl", "--gate", "none.json"], 1, "none.json cannot be read"),
        (["eval", "none.jsonl", "--ablate", "--report", "x.html"], 2, "--run and --report need a set to be measured"),
    ],
)
def test_a_usage_error_says_what_is_wrong_and_what_to_do(
    arguments: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    got, out, err = run(capsys, *arguments)
    assert (got, out) == (code, "")
    assert said in err and "hint: " in err
