"""`ocqa ask --format`: the same answer as text, JSON, Markdown and CSV."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from commands import run

from index.generations.snapshot import Snapshot

RANKING = "top 5 countries in South America by cocaine trade 2025"


def test_json_is_json_by_either_flag(capsys: pytest.CaptureFixture[str], shipped_index: Path) -> None:
    _, flagged, _ = run(capsys, "ask", RANKING, "--json", "--index", shipped_index)
    _, chosen, _ = run(capsys, "ask", RANKING, "--format", "json", "--index", shipped_index)
    assert json.loads(chosen) == json.loads(flagged)
    _, text, _ = run(capsys, "ask", RANKING, "--format", "text", "--index", shipped_index)
    assert text == run(capsys, "ask", RANKING, "--index", shipped_index)[1] and text.startswith(json.loads(chosen)["answer"][:40])


def test_csv_has_the_facts_of_the_answer_and_the_answer_goes_to_stderr(
    capsys: pytest.CaptureFixture[str], shipped_index: Path
) -> None:
    answer = json.loads(run(capsys, "ask", RANKING, "--json", "--index", shipped_index)[1])
    code, out, err = run(capsys, "ask", RANKING, "--format", "csv", "--index", shipped_index)
    read = list(csv.DictReader(io.StringIO(out)))
    assert code == 0 and len(read) == len(answer["facts"]) > 3
    assert [(r["iso3"], float(r["score"]), r["source"]) for r in read] == [
        (f["country"], f["value"], f["source"]) for f in answer["facts"]
    ]
    assert err.splitlines()[0] == answer["answer"]


def test_the_rows_of_a_declined_question_do_not_pass_for_an_answer(
    capsys: pytest.CaptureFixture[str], shipped_index: Path
) -> None:
    question = "gold mining in Norway"
    answer = json.loads(run(capsys, "ask", question, "--json", "--index", shipped_index)[1])
    code, _, err = run(capsys, "ask", question, "--format", "csv", "--index", shipped_index)
    assert code == 0 and not answer["answered"] and answer["answer"] in err


def test_markdown_is_the_page_s_download_without_an_address_of_the_page(
    capsys: pytest.CaptureFixture[str], shipped_index: Path, shipped: Snapshot
) -> None:
    code, out, err = run(capsys, "ask", RANKING, "--format", "markdown", "--index", shipped_index)
    assert (code, err) == (0, "") and out.startswith(f"# {RANKING}\n")
    assert "| Country | Edition | Indicator | Score | Source |" in out
    last = out.rstrip().splitlines()[-1].replace("\\", "")
    assert last == f"Answered by index build {shipped.manifest.name}"


def test_a_batch_has_a_format_of_its_own(capsys: pytest.CaptureFixture[str], tmp_path: Path, shipped_index: Path) -> None:
    batch = ("--batch", tmp_path / "q.jsonl", "--output", tmp_path / "a.jsonl", "--index", shipped_index)
    code, out, err = run(capsys, "ask", *batch, "--format", "csv")
    assert (code, out) == (2, "") and "--batch writes JSON Lines, not csv" in err


def test_an_answer_as_text_loads_nothing_that_other_formats_need(shipped_index: Path) -> None:
    code = (
        "import sys; from app.cli.main import main; "
        f"assert main(['ask', 'Peru cocaine score 2021', '--index', {str(shipped_index)!r}]) == 0; "
        "print([m for m in ('app.content', 'app.programs', 'rich', 'argcomplete', 'jsonschema') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")
