"""`ocqa scores`, `rank`, `compare` and `profile`: the figures of requests, in whichever format, and what is said beside them."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from commands import run

from app.cli.main import main
from app.programs.arguments import answer_request
from index.generations.snapshot import Snapshot

LONGEST = "Extortion and protection racketeering"
# Each command with the request that it stands for.
ASKED: list[tuple[tuple[object, ...], str, dict[str, Any]]] = [
    (
        ("scores", "PER", "Colombia", "--indicator", "cocaine_trade", "--edition", 2021, "--edition", 2025),
        "get_scores",
        {"countries": ["PER", "COL"], "indicators": ["cocaine_trade"], "editions": [2021, 2025]},
    ),
    (
        ("scores", "--group", "South America", "--parts", "--limit", 7, "--offset", 3),
        "get_scores",
        {"groups": ["South America"], "with_parts": True, "limit": 7, "offset": 3},
    ),
    (
        ("rank", "criminality", "--group", "South America", "--edition", 2023, "--since", 2021, "--lowest", "--limit", 4),
        "rank",
        {"indicator": "criminality", "group": "South America", "edition": 2023, "since": 2021, "order": "lowest", "limit": 4},
    ),
    (("rank", "resilience", "--country", "PER"), "rank", {"indicator": "resilience", "countries": ["PER"]}),
    (
        ("compare", "PER", "COL", "--group", "world", "--indicator", "resilience"),
        "compare",
        {"countries": ["PER", "COL"], "groups": ["world"], "indicators": ["resilience"]},
    ),
    (
        ("compare", "PER", "COL", "--group", "Africa", "--edition", 2023, "--since", 2021),
        "compare",
        {"countries": ["PER", "COL"], "groups": ["Africa"], "edition": 2023, "since": 2021},
    ),
    (("profile", "PER", 2021), "profile", {"country": "PER", "edition": 2021}),
    (("profile", "Norway"), "profile", {"country": "NOR"}),
]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def figures(request: str, found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every figure of a request's answer, in the order of the rows."""
    if request in ("get_scores", "profile"):
        return list(found["rows" if request == "get_scores" else "scores"])
    return [figure for row in found["rows"] for figure in row["figures"]]


@pytest.mark.parametrize(("command", "request_name", "sent"), ASKED, ids=lambda value: str(value)[:40])
def test_a_command_gives_the_figures_of_its_request_in_every_format(
    command: tuple[object, ...],
    request_name: str,
    sent: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
    shipped_index: Path,
    shipped: Snapshot,
) -> None:
    found = answer_request(shipped, request_name, sent)
    code, out, err = run(capsys, *command, "--format", "json", "--index", shipped_index)
    assert (code, json.loads(out), err) == (0, json.loads(json.dumps(found)), "")

    expected = figures(request_name, found)
    code, out, err = run(capsys, *command, "--format", "csv", "--index", shipped_index)
    read = rows(out)
    assert code == 0 and len(read) == len(expected) > 0
    for row, figure in zip(read, expected, strict=True):
        assert row["indicator"] == figure["indicator"]
        for name in ("value", "change", "like_for_like"):
            assert row.get(name, "") == ("" if figure.get(name) is None else f"{figure[name]:.2f}")
        if "values" in figure:
            assert [float(row[f"value_{end}"]) for end in ("from", "to")] == figure["values"]
            assert [row[f"source_{end}"] for end in ("from", "to")] == figure["sources"]
        assert row.get("source", "") == figure.get("source", "")
    assert [line for line in err.splitlines() if line.startswith("note: ")] == [f"note: {note}" for note in found["notes"]]

    for format in ("table", "markdown"):
        code, out, _ = run(capsys, *command, "--format", format, "--index", shipped_index)
        text = out.replace("\\", "")
        assert code == 0 and all(f"{figure.get('value', figure.get('change')):.2f}" in text for figure in expected)


def test_the_scores_are_those_that_a_question_is_answered_with(capsys: pytest.CaptureFixture[str], shipped_index: Path) -> None:
    _, out, _ = run(capsys, "ask", "Peru cocaine score 2021", "--json", "--index", shipped_index)
    (fact,) = json.loads(out)["facts"]
    scores = ("scores", "PER", "--indicator", "cocaine_trade", "--edition", 2021, "--format", "csv", "--index", shipped_index)
    (row,) = rows(run(capsys, *scores)[1])
    assert (float(row["value"]), row["source"]) == (fact["value"], fact["source"])


def test_what_goes_through_a_pipe_is_one_whole_line_a_row(
    capsys: pytest.CaptureFixture[str], shipped_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    code, out, err = run(capsys, "scores", "PER", "--indicator", LONGEST, "--edition", 2025, "--index", shipped_index)
    title, labels, row = out.splitlines()
    assert (code, err, title) == (0, "", "Scores (1 to 10, higher is worse)")
    assert labels.split() == ["Country", "Code", "Indicator", "Edition", "Score", "Source"]
    assert re.split(r"\s{2,}", row.strip()) == ["Peru", "PER", LONGEST, "2025", "5.50", "https://ocindex.net/2025/country/peru"]


def test_a_terminal_is_drawn_for_in_its_width(
    capsys: pytest.CaptureFixture[str], shipped_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "64")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    _, out, _ = run(capsys, "scores", "PER", "--indicator", LONGEST, "--edition", 2025, "--index", shipped_index)
    assert "───" in out and "5.50" in out and "https" not in out and "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 64


def test_the_profile_has_its_families_its_sections_and_whose_words_they_are(
    capsys: pytest.CaptureFixture[str], shipped_index: Path
) -> None:
    _, out, _ = run(capsys, "profile", "PER", 2021, "--index", shipped_index)
    lines = out.splitlines()
    order = ("Overall", "Criminal markets", "Criminal actors", "Resilience", "People", "Environment", "About this text")
    assert [line for line in lines if line in order] == list(order)
    cocaine = next(line for line in lines if line.startswith("  Cocaine trade "))
    assert cocaine.split("  ")[-2:] == ["9.00", "joint 2nd of 193"]
    assert "Not covered before the 2023 edition." in lines
    assert any(line.startswith("No country in the region produces more gold than Peru") for line in lines)


def test_from_the_lowest_the_place_stands_beside_the_rank(capsys: pytest.CaptureFixture[str], shipped_index: Path) -> None:
    rank = ("rank", "resilience", "--group", "South America", "--edition", 2025, "--lowest", "--limit", 1)
    code, out, err = run(capsys, *rank, "--index", shipped_index)
    assert code == 0 and out.splitlines()[2].split()[:5] == ["1st", "12th", "Venezuela", "VEN", "1.88"]
    assert err == "rows 1 to 1 of 12; more rows: --offset 1\n"
    code, out, err = run(capsys, *rank, "--offset", 20, "--index", shipped_index)
    assert (code, out, err) == (0, "", "no rows after the first 20: there are 12\n")


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (("rank", "financial_crimes", "--edition", 2021), "Financial crimes first appears in the 2023 edition"),
        (("scores", "PER", "--indicator", "financial_crimes", "--edition", 2021), "first measured in the 2023 edition"),
        (("compare", "PER", "COL", "--indicator", "financial_crimes", "--edition", 2021), "first appears in the 2023 edition"),
    ],
)
def test_where_nothing_is_loaded_the_reason_is_said_and_the_code_is_1(
    command: tuple[object, ...], reason: str, capsys: pytest.CaptureFixture[str], shipped_index: Path
) -> None:
    code, out, err = run(capsys, *command, "--index", shipped_index)
    assert (code, out) == (1, "") and reason in err
    code, out, err = run(capsys, *command, "--format", "json", "--index", shipped_index)
    assert (code, json.loads(out)["answered"]) == (1, False) and reason in err


def test_what_is_missing_beside_scores_is_said(capsys: pytest.CaptureFixture[str], shipped_index: Path) -> None:
    scores = ("scores", "PER", "--indicator", "cocaine_trade", "--indicator", "financial_crimes", "--edition", 2021)
    code, out, err = run(capsys, *scores, "--format", "csv", "--index", shipped_index)
    assert (code, len(rows(out))) == (0, 1)
    assert err == "missing: financial_crimes 2021: first measured in the 2023 edition\n"


@pytest.mark.parametrize(
    ("command", "error", "hint"),
    [
        (("scores", "Narnia"), "'Narnia' is not a country", "ISO 3166-1 alpha-3 code such as PER, or the English name\n"),
        (("rank", "cocain_trad"), "nearest: cocaine_trade", "such as cocaine_trade\n"),
        (("compare", "PER", "--group", "Afrca"), "nearest: Africa", "a continent, region, membership"),
        (("compare", "PER"), "needs two countries or groups", "ocqa compare PER COL --group world"),
        (("profile", "PER", 2019), "its editions are 2021, 2023 and 2025", "one of these editions"),
        (("rank", "resilience", "--since", 2025, "--edition", 2023), "is not before the edition", "an earlier edition"),
        (("scores", "PER", "--limit", 5000), "greater than the maximum of 1000", ""),
    ],
)
def test_a_wrong_name_is_a_usage_error_with_a_hint(
    command: tuple[object, ...], error: str, hint: str, capsys: pytest.CaptureFixture[str], shipped_index: Path
) -> None:
    code, out, err = run(capsys, *command, "--index", shipped_index)
    assert (code, out) == (2, "")
    assert error in err.splitlines()[0] and "hint: " in err and hint in err


@pytest.mark.parametrize("command", ["scores", "rank", "compare", "profile"])
def test_the_example_of_the_help_works_when_it_is_pasted(
    command: str, capsys: pytest.CaptureFixture[str], shipped_index: Path
) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    example = capsys.readouterr().out.splitlines()[-1].removeprefix("example: ocqa ")
    code, out, _ = run(capsys, *shlex.split(example), "--index", shipped_index)
    assert example.startswith(command) and code == 0 and out
