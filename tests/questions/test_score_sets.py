"""The score question sets on the official workbook: how many typed results are exactly right, and how many are wrong.

The expected results are computed by `tests/questions/score_sets`, which shares nothing with the program. A refusal does not count
as wrong.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sharing import once

from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.answers.answer import ask
from index.builder.build import build_index
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.generations.snapshot import Snapshot, open_snapshot

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture(scope="module")
def workbook(
    shared: Path,
    shipped_index: Path,
    tmp_path_factory: pytest.TempPathFactory,
    encoder: SentenceTransformerEncoder,
    taxonomy: Taxonomy,
) -> Iterator[Snapshot]:
    def make(folder: Path) -> None:
        shutil.copytree(shipped_index, folder)
        build_index(load_corpus([shared / "workbook"], taxonomy), folder, encoder, taxonomy)

    snapshot = open_snapshot(once(tmp_path_factory, "workbook-index", make), lambda spec: encoder)
    yield snapshot
    snapshot.close()


def right(expected: Any, found: Any, key: str = "") -> bool:
    """Whether a result holds what is expected: figures to half a hundredth, sets in any order, all else exactly."""
    if isinstance(expected, dict):
        if expected.get("type") == "set" or key == "set":
            expected = {**expected, "countries": sorted(expected["countries"])}
            found = {**found, "countries": sorted(found.get("countries", ()))}
        return all(name in found and right(value, found[name], name) for name, value in expected.items())
    if key == "indicators":
        return sorted(expected) == sorted(found)
    if isinstance(expected, list):
        return len(expected) == len(found) and all(right(a, b) for a, b in zip(expected, found, strict=True))
    if isinstance(expected, float) and isinstance(found, float):
        return abs(expected - found) < 0.0051
    return bool(expected == found)


def verdict(line: dict[str, Any], snapshot: Snapshot) -> str:
    answer = ask(snapshot, line["question"])
    result = answer.to_dict()["result"]
    if line["expect"]["type"] == "unavailable":
        return "wrong" if answer.answered else "right"
    if not answer.answered:
        return "refused"
    return (
        "right" if result is not None and result["type"] == line["expect"]["type"] and right(line["expect"], result) else "wrong"
    )


@pytest.mark.parametrize(
    ("name", "least_right", "most_wrong"),
    [
        ("first_dev", 0.97, 0.01),
        ("first_held_back", 0.97, 0.01),
        ("second", 0.92, 0.03),
        ("third", 0.97, 0.01),
        ("fourth", 0.97, 0.01),
        ("fifth", 0.97, 0.01),
        ("sixth", 0.97, 0.015),
    ],
)
def test_enough_results_are_right_and_few_are_wrong(name: str, least_right: float, most_wrong: float, workbook: Snapshot) -> None:
    lines = [json.loads(line) for line in (DATA / f"scores_{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    counts = Counter(verdict(line, workbook) for line in lines)
    assert counts["right"] / len(lines) >= least_right, counts
    assert counts["wrong"] / len(lines) <= most_wrong, counts


def test_a_question_of_a_public_benchmark_is_answered_exactly(workbook: Snapshot) -> None:
    question = "Which countries saw criminality rise by at least 0.2 between 2021 and 2023 and resilience fall by more than 0.3?"
    expected = "ARG BLR ECU ETH GBR GEO JOR LBN LKA MMR NZL TUN".split()
    assert sorted(ask(workbook, question).result.countries) == expected  # type: ignore[union-attr]
    of_oecd = ask(workbook, question.replace("Which countries", "Which OECD countries"))
    assert sorted(of_oecd.result.countries) == ["GBR", "NZL"]  # type: ignore[union-attr]
    assert any("Members of the OECD as of" in note for note in of_oecd.notes)
    assert any("like-for-like" in note for note in of_oecd.notes)
    assert all(fact.source.endswith(tuple("0123456789")) and "cell" in fact.source for fact in of_oecd.facts)
