"""A build that does not pass the gate is not published."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from commands import run

from index.evals.evaluate import evaluate
from index.evals.result_file import to_json
from index.evals.sets import Case, Gold, cases_to_jsonl, read_sets
from index.generations.snapshot import Snapshot


def case(id: str, question: str, paragraph: int = 1, grade: int = 2, span: str = "", **parts: object) -> Case:
    return Case(id, question, "who", (Gold("TCD", 2021, "Environment", paragraph, grade),), span, **parts)  # type: ignore[arg-type]


def test_a_build_that_does_not_pass_is_not_published(
    capsys: pytest.CaptureFixture[str], world: Snapshot, world_sources: Path, tmp_path: Path
) -> None:
    questions, baseline, index = tmp_path / "set.jsonl", tmp_path / "baseline.json", tmp_path / "index"
    questions.write_text(cases_to_jsonl([case("1", "who runs the marble quarries in Chad in 2021")]), encoding="utf-8")
    good = evaluate(world, read_sets([questions]), [])
    gate = ["--gate", baseline, "--questions", questions]
    baseline.write_text(to_json(good), encoding="utf-8")
    code, _, err = run(capsys, "build", "--sources", world_sources, "--index", index, *gate)
    assert code == 0 and "gate: passed, 1 question compared" in err
    published = (index / "CURRENT").read_text()
    impossible = replace(good, floors={"Success@1": 1.1})
    baseline.write_text(to_json(impossible), encoding="utf-8")
    changed = Path(shutil.copytree(world_sources, tmp_path / "sources"))
    (changed / "2021" / "nigeria.txt").unlink()
    code, out, err = run(capsys, "build", "--sources", changed, "--index", index, *gate)
    assert (code, out) == (1, "") and "below its floor 1.1" in err and "did not pass the gate" in err
    assert (index / "CURRENT").read_text() == published
    assert [p.name for p in (index / "generations").iterdir()] == [published.strip()]
    code, _, err = run(capsys, "build", "--sources", world_sources, "--index", index, "--gate", baseline)
    assert code == 2 and "--gate and --questions go together" in err
