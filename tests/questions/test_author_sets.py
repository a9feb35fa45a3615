"""The questions of the authors: labels that a reader of questions can be trained on and judged by.

Those held back (`HELD_BACK` in `fitting/reader_questions.py`) are for reporting: nobody who works on the reader reads them.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from corpus.naming import fold
from corpus.taxonomy import WORLD, Taxonomy

AUTHORS = sorted((Path(__file__).parents[1] / "data" / "authors").glob("*.jsonl"))
# Authors who were asked for the kinds that were read worst, and how many questions each wrote.
SOME_KINDS = {"f": 200, "g": 150}
# Groups that people mean and nobody lists, or none that the Index's countries are listed by.
UNLISTED = frozenset(
    ("neighbours of Germany", "neighbours of Iraq", "Francophonie", "Congo Basin", "CSTO", "OAS", "Mediterranean", "Vatican")
)
KINDS = frozenset(
    (
        "value rank set ranking change trend comparison difference aggregate group_ranking indicator_ranking indicator_set count "
        "verdict two_step correlation definition overview explanation page_fact about text out none"
    ).split()
)
SIGNS = frozenset((">=", ">", "<", "<=", "="))


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", AUTHORS, ids=lambda p: p.stem)
def test_every_label_names_what_the_taxonomy_knows(path: Path, taxonomy: Taxonomy) -> None:
    called = {fold(name) for group in taxonomy.groups.values() for name in (group.name, *group.labels, *group.synonyms)}
    groups = {fold(WORLD), *called, *map(fold, UNLISTED)}
    for line in lines(path):
        slots = line["slots"]
        assert isinstance(slots, dict) and line["kind"] in KINDS, line
        assert set(slots.get("countries", ())) <= set(taxonomy.countries), line
        assert set(slots.get("indicators", ())) <= set(taxonomy.indicators), line
        assert set(map(fold, slots.get("groups", ()))) <= groups, line
        assert {c["op"] for c in slots.get("conditions", ())} <= SIGNS, line


@pytest.mark.parametrize("path", AUTHORS, ids=lambda p: p.stem)
def test_an_author_asks_no_question_twice_and_every_kind(path: Path) -> None:
    asked, kinds = [line["question"] for line in lines(path)], set(Counter(line["kind"] for line in lines(path)))
    narrow = path.stem[0] in SOME_KINDS
    assert len(asked) == len({str(q).casefold() for q in asked}) >= SOME_KINDS.get(path.stem[0], 250)
    assert kinds < KINDS if narrow else kinds == KINDS


def test_authors_did_not_copy_from_each_other() -> None:
    """Short questions are alike by chance ("what can I ask you?"), long ones hardly ever: fewer than one in a thousand."""
    seen = Counter(str(line["question"]).casefold().rstrip("?.! ") for path in AUTHORS for line in lines(path))
    alike = [q for q, n in seen.items() if n > 1 and len(q.split()) > 8]
    assert len(alike) < sum(seen.values()) / 1000, alike
