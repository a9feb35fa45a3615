"""Question sets converted to BEIR folders and TREC qrels and back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import ir_measures
import pytest
from commands import run
from hypothesis import given
from hypothesis import strategies as st

from index.evals.convert import CORPUS, QRELS, QUERIES, from_beir, from_qrels, to_beir
from index.evals.measures import trec_qrels
from index.evals.sets import Case, Gold, SetError, cases_to_jsonl, read_sets
from index.generations.snapshot import Snapshot
from index.passages.passage import Passage, PassageKind

DATA = Path(__file__).parents[1] / "data"


def case(id: str, question: str, paragraph: int = 1, grade: int = 2, span: str = "", **parts: object) -> Case:
    return Case(id, question, "who", (Gold("TCD", 2021, "Environment", paragraph, grade),), span, **parts)  # type: ignore[arg-type]


VALUE = {"type": "value", "country": "TCD", "indicator": "human_trafficking", "edition": 2021, "value": 6.0}


MIXED = (
    replace(case("a", "who runs the quarries?", span="the Heron Brotherhood"),
            gold=(Gold("TCD", 2021, "Environment", 1, 2), Gold("TCD", 2021, "Environment", 2, 0))),
    Case("b", "Chad human trafficking 2021", "value", expect=VALUE),
    Case("c", "who lives on Mars", "near-miss", unanswerable=True),
)  # fmt: skip


def test_a_round_trip_through_a_beir_folder_changes_nothing(world: Snapshot) -> None:
    files = to_beir(MIXED, world.passages)
    assert from_beir(files, world.passages) == MIXED
    documents = [json.loads(line) for line in files[CORPUS].splitlines()]
    assert {d["_id"] for d in documents} == {p.id for p in world.passages if p.country}
    assert set(documents[0]) == {"_id", "title", "text", "metadata"}
    assert files[QRELS].splitlines() == [
        "query-id\tcorpus-id\tscore",
        "a\tTCD-2021-environment-1\t2",
        "a\tTCD-2021-environment-2\t0",
    ]
    assert [json.loads(line)["text"] for line in files[QUERIES].splitlines()] == [c.question for c in MIXED]


def test_the_project_s_own_set_survives_beir_with_the_same_qrels(shipped: Snapshot) -> None:
    cases = read_sets([DATA / "peru_dev.jsonl"])
    back = from_beir(to_beir(cases, shipped.passages), shipped.passages)
    assert back == cases
    assert trec_qrels(back) == trec_qrels(cases)


def test_a_foreign_beir_folder_is_matched_by_the_text_of_its_documents(world: Snapshot) -> None:
    texts = {p.id: p.text for p in world.passages}

    def folder(place: str) -> dict[str, str]:
        return {
            CORPUS: json.dumps({"_id": "d9", "title": "", "text": f" {texts[place].upper()} "}),
            QUERIES: json.dumps({"_id": 4, "text": "who?"}) + "\n" + json.dumps({"_id": 5, "text": "of another split"}),
            "qrels/dev.tsv": "query-id\tcorpus-id\tscore\n4\td9\t1\n",
        }

    salt = Gold("NER", 2021, "Environment", 1, 1)
    assert from_beir(folder(salt.place), world.passages) == (Case("4", "who?", "text", (salt,)),)
    with pytest.raises(SetError, match=r"is in several places: TCD-20.*, TCD-20"):
        from_beir(folder("TCD-2021-environment-1"), world.passages)


def test_everything_that_cannot_be_converted_is_named(world: Snapshot) -> None:
    files = to_beir(MIXED, world.passages)
    with pytest.raises(SetError, match=r"has no queries.jsonl or no qrels"):
        from_beir({CORPUS: ""}, world.passages)
    with pytest.raises(SetError) as caught:
        from_beir({**files, QRELS: "a\tnowhere\t1\nbad\n", QUERIES: files[QUERIES] + "broken\n"}, world.passages)
    for part in ("'nowhere' is not a paragraph", "judgement 2: 'bad'", "queries.jsonl, line 4"):
        assert part in caught.value.message
    with pytest.raises(SetError, match="no text for the questions zzz"):
        from_qrels("zzz 0 TCD-2021-environment-1 1", "x.qrels", [], world.passages)


PARAGRAPHS = tuple(
    Passage(f"TCD-2021-environment-{n}", PassageKind.PARAGRAPH, f"text {n}", "", "TCD", 2021, "Environment", "environment", n)
    for n in range(1, 6)
)


@given(st.dictionaries(st.integers(1, 5), st.integers(1, 3), min_size=1))
def test_labels_survive_trec_qrels(grades: dict[int, int]) -> None:
    labelled = Case("q", "who?", "text", tuple(Gold("TCD", 2021, "Environment", p, g) for p, g in grades.items()))
    words = [{"id": "q", "question": "who?"}]
    assert from_qrels(trec_qrels([labelled]), "x.qrels", words, PARAGRAPHS) == (labelled,)


@given(st.text(min_size=1, max_size=8), st.text(alphabet="who \u2028\x85\x0b\x1c\ud7ff?", min_size=3, max_size=12))
def test_what_is_written_is_read_back_or_refused_before_it_is_written(id: str, words: str) -> None:
    case = Case(id, f"who {words}", "text", (Gold("TCD", 2021, "Environment", 1, 2),))
    try:
        files = to_beir([case], PARAGRAPHS)
    except SetError as error:
        assert repr(id) in error.message
    else:
        assert from_beir(files, PARAGRAPHS) == (case,)


def test_labels_of_another_index_are_refused_before_anything_is_written(world: Snapshot) -> None:
    foreign = Case("q", "who?", "text", (Gold("TCD", 2021, "Environment", 99, 1),))
    with pytest.raises(SetError, match="no paragraph TCD-2021-environment-99"):
        to_beir([foreign], world.passages)


def test_the_command_converts_in_every_direction(capsys: pytest.CaptureFixture[str], world_index: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours.jsonl"
    ours.write_text(cases_to_jsonl(MIXED), encoding="utf-8")

    def convert(source: Path, target: str, *more: object) -> None:
        code, out, err = run(capsys, "eval", *more, "--convert", source, tmp_path / target, "--index", world_index)
        assert (code, out) == (0, ""), err

    convert(ours, "beir")
    convert(tmp_path / "beir", "back.jsonl")
    assert (tmp_path / "back.jsonl").read_text() == ours.read_text()
    convert(ours, "set.qrels")
    qrels = list(ir_measures.read_trec_qrels(str(tmp_path / "set.qrels")))
    assert [(q.query_id, q.doc_id, q.relevance) for q in qrels] == [
        ("a", "TCD-2021-environment-1", 2),
        ("a", "TCD-2021-environment-2", 0),
    ]
    convert(tmp_path / "set.qrels", "again.jsonl", tmp_path / "beir" / "queries.jsonl")
    assert read_sets([tmp_path / "again.jsonl"]) == MIXED[:1]
    code, _, err = run(capsys, "eval", "--convert", tmp_path / "set.qrels", tmp_path / "x.jsonl", "--index", world_index)
    assert code == 2 and "qrels do not contain the text of questions" in err
