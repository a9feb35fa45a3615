"""Question sets are read whole or refused with every bad line named; labels name places, not passages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.evals.sets import Case, Gold, SetError, cases_to_jsonl, parse_set, place_id, read_sets
from index.generations.snapshot import Snapshot

DATA = Path(__file__).parents[1] / "data"
GOLD = {"iso3": "TCD", "edition": 2021, "section": "Environment", "paragraph": 1, "grade": 2}


def line(**parts: object) -> str:
    return json.dumps({"id": "A", "question": "who?", **parts})


def test_a_place_has_the_id_of_its_passage_in_every_index(world: Snapshot, shipped: Snapshot) -> None:
    for p in (*world.passages, *shipped.passages):
        if p.country is not None:
            assert p.edition is not None and p.section is not None and p.paragraph is not None
            assert place_id(p.country, p.edition, p.section, p.paragraph) == p.id


def test_text_score_and_unanswerable_questions_are_distinguished() -> None:
    text = "\n".join(
        [
            line(id="T", kind="who", gold=[GOLD], answer_span="the Heron Brotherhood"),
            line(id=7, expect={"type": "value", "country": "TCD", "edition": 2023, "value": 6}),
            line(id="U", unanswerable=True, why="not there"),
            line(id="N", expect={"type": "unavailable"}),
        ]
    )
    cases, complaints = parse_set(text, "set")
    assert complaints == ()
    assert [c.id for c in cases] == ["T", "7", "U", "N"]
    assert [c.kind for c in cases] == ["who", "value", "unanswerable", "unavailable"]
    assert [c.declinable for c in cases] == [False, False, True, True]
    assert [(c.section, c.edition, c.country) for c in cases[:2]] == [("Environment", 2021, "TCD"), (None, 2023, "TCD")]


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("nonsense", "not JSON"),
        ("[]", "not a JSON object"),
        (line(), "neither"),
        (line(id=""), '"id"'),
        (line(id="a b", unanswerable=True), "spaces"),
        (line(question=3.5), '"question"'),
        (line(gold=[]), "neither"),
        (line(gold={}), "neither"),
        (line(gold=[3]), "not an object"),
        (line(gold=[{**GOLD, "iso3": "QQQ"}]), "not a country of the Index"),
        (line(gold=[{**GOLD, "paragraph": 0}]), '"paragraph" 0'),
        (line(gold=[{**GOLD, "edition": "2021"}]), '"edition"'),
        (line(gold=[{**GOLD, "grade": 0}]), "grade above 0"),
        (line(gold=[GOLD, GOLD]), "is listed twice"),
        (line(gold=[GOLD], unanswerable=True), "marked unanswerable and has an answer"),
        (line(unanswerable="yes"), "not true or false"),
        (line(expect={"value": 3}), '"type"'),
        ('{"id": "A", "question": "\\ud800", "unanswerable": true}', "UTF-8"),
    ],
)
def test_a_bad_line_is_named_and_says_why(bad: str, said: str) -> None:
    cases, complaints = parse_set(f"\n{line(id='ok', unanswerable=True)}\n{bad}\n", "my.jsonl")
    assert [c.id for c in cases] == ["ok"]
    (complaint,) = complaints
    assert complaint.startswith("my.jsonl, line 3: ") and said in complaint


def test_every_bad_line_of_every_set_is_in_the_one_error(tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text("x\n" + line(unanswerable=True) + "\n" + line(unanswerable=True))
    with pytest.raises(SetError) as caught:
        read_sets([tmp_path / "a.jsonl", tmp_path / "b.jsonl"])
    for place in (
        "a.jsonl, line 1",
        "a.jsonl, line 3: the id 'A' is already used in line 2",
        "b.jsonl, line 1",
        "b.jsonl, line 3",
    ):
        assert place in caught.value.message


def test_ids_shared_by_two_sets_are_prefixed_with_the_name_of_the_set(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line(unanswerable=True) + "\n" + line(id="B", unanswerable=True))
    (tmp_path / "b.jsonl").write_text(line(unanswerable=True))
    assert [c.id for c in read_sets([tmp_path / "a.jsonl", tmp_path / "b.jsonl"])] == ["a:A", "B", "b:A"]


@pytest.mark.parametrize("content", [None, b"", b"\n \n", b"\xff\xfe\x00"])
def test_a_set_without_questions_is_an_error_with_a_hint(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SetError) as caught:
        read_sets([path])
    assert caught.value.hint


SIZES = {
    "peru_dev": 470, "peru_held_back": 135, "peru_unseen": 110, "world_dev": 760, "world_held_back": 172, "world_unseen": 132,
}  # fmt: skip


def test_the_project_s_own_sets_are_read_whole() -> None:
    found = {name: read_sets([DATA / f"{name}.jsonl"]) for name in SIZES}
    assert {name: len(cases) for name, cases in found.items()} == SIZES


golds = st.builds(
    Gold,
    country=st.sampled_from(["TCD", "PER", "NER"]),
    edition=st.sampled_from([2021, 2023]),
    section=st.sampled_from(["Environment", "Criminal Actors", "A section of another language: É"]),
    paragraph=st.integers(1, 9),
    grade=st.integers(1, 3),
)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda t: t.strip() != "")
ids = st.text(st.characters(categories=["L", "N", "P"]), min_size=1)
cases = st.builds(
    Case,
    id=ids,
    question=words,
    kind=words,
    gold=st.lists(golds, min_size=1, max_size=4, unique_by=lambda g: g.place).map(tuple),
    answer_span=st.just("") | words,
)


@given(st.lists(cases, max_size=5, unique_by=lambda c: c.id))
def test_a_written_set_reads_back_the_same(written: list[Case]) -> None:
    assert parse_set(cases_to_jsonl(written), "x") == (tuple(written), ())


@given(st.text())
def test_every_line_of_any_text_is_a_case_or_a_complaint(text: str) -> None:
    cases, complaints = parse_set(text, "x")
    assert len(cases) + len(complaints) == sum(bool(part.strip()) for part in text.split("\n"))
