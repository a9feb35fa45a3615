"""The care of question sets: converted and back, checked, and made of what readers said."""

from __future__ import annotations

import io
import json
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cli.main import main
from corpus.errors import OcqaError
from corpus.records import Severity
from corpus.taxonomy import Taxonomy
from index.answers.answer import ask
from index.evals.convert import CORPUS, QRELS, QUERIES, from_beir, from_qrels, to_beir
from index.evals.evaluate import evaluate
from index.evals.feedback import Opinion, append_feedback, cases_of_feedback, feedback_of
from index.evals.lint import lint
from index.evals.measures import trec_qrels
from index.evals.result_file import to_json
from index.evals.sets import Case, Gold, SetError, cases_to_jsonl, read_sets
from index.generations.snapshot import Snapshot
from index.passages.passage import Passage, PassageKind

DATA = Path(__file__).parents[1] / "data"
QUARRY = "Blue marble quarries near the lake are run by the Heron Brotherhood."


def case(id: str, question: str, paragraph: int = 1, grade: int = 2, span: str = "", **parts: object) -> Case:
    return Case(id, question, "who", (Gold("TCD", 2021, "Environment", paragraph, grade),), span, **parts)  # type: ignore[arg-type]


VALUE = {"type": "value", "country": "TCD", "indicator": "human_trafficking", "edition": 2021, "value": 6.0}
MIXED = (
    replace(case("a", "who runs the quarries?", span="the Heron Brotherhood"),
            gold=(Gold("TCD", 2021, "Environment", 1, 2), Gold("TCD", 2021, "Environment", 2, 0))),
    Case("b", "Chad human trafficking 2021", "value", expect=VALUE),
    Case("c", "who lives on Mars", "near-miss", unanswerable=True),
)  # fmt: skip


@pytest.fixture(autouse=True)
def no_folders_of_the_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCQA_INDEX", str(tmp_path / "unset"))
    monkeypatch.delenv("OCQA_SOURCES", raising=False)
    monkeypatch.delenv("OCQA_FEEDBACK", raising=False)


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main([str(a) for a in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


# Conversion


def test_a_set_comes_back_from_a_beir_folder_as_it_went(world: Snapshot) -> None:
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


def test_the_project_s_set_goes_through_beir_and_gives_the_same_qrels(shipped: Snapshot) -> None:
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
    with pytest.raises(SetError, match=r"stands in TCD-20.*, TCD-20"):
        from_beir(folder("TCD-2021-environment-1"), world.passages)


def test_what_cannot_be_converted_is_named(world: Snapshot) -> None:
    files = to_beir(MIXED, world.passages)
    with pytest.raises(SetError, match=r"lacks queries.jsonl or qrels"):
        from_beir({CORPUS: ""}, world.passages)
    with pytest.raises(SetError) as caught:
        from_beir({**files, QRELS: "a\tnowhere\t1\nbad\n", QUERIES: files[QUERIES] + "broken\n"}, world.passages)
    for part in ("'nowhere' is no paragraph", "judgement 2: 'bad'", "queries.jsonl, line 4"):
        assert part in caught.value.message
    with pytest.raises(SetError, match="no words for the questions zzz"):
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


def test_the_command_converts_all_ways_round(capsys: pytest.CaptureFixture[str], world_index: Path, tmp_path: Path) -> None:
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


# Lint


def linted(world: Snapshot, taxonomy: Taxonomy, **sets: list[Case]) -> list[tuple[str, str, str]]:
    kinds = [Case(f"fill{i}", f"word{i}", "who", unanswerable=True) for i in range(5)]
    found = lint({name: [*cases, *kinds] if name == "a" else cases for name, cases in sets.items()}, world.passages, taxonomy)
    return [(f.severity.value, f.case, f.message) for f in found if "only" not in f.message]


@pytest.mark.parametrize(
    ("bad", "severity", "said"),
    [
        (case("x", "who?", paragraph=9), "error", "TCD-2021-environment-9 is not in the index"),
        (case("x", "who?", span="the Egret Brotherhood"), "error", "answer_span does not stand in the text"),
        (case("x", "Who runs near-lake blue marble quarries near the lake?"), "warning", "a copy, no paraphrase"),
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


def test_questions_that_stand_twice_and_sets_that_leak_are_found(world: Snapshot, taxonomy: Taxonomy) -> None:
    first, again = case("1", "Who holds the pits?", span="Heron Brotherhood"), case("2", "who holds the pits")
    near, same_span = case("3", "Who holds the pitts"), case("4", "name the quarry gang", span="Heron Brotherhood")
    found = linted(world, taxonomy, a=[first, again])
    assert found == [("error", "2", "asks what 1 asks: 'Who holds the pits?'")]
    found = linted(world, taxonomy, a=[first], b=[near, same_span])
    assert found == [
        ("warning", "3", "asks what 1 of a asks: 'Who holds the pits?'"),
        ("warning", "4", "has the answer_span of 1 of a"),
    ]


def test_small_kinds_are_warned_of(world: Snapshot, taxonomy: Taxonomy) -> None:
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


# Feedback

AT = "2025-11-23T10:15:00+00:00"


def kept(tmp_path: Path, *given: tuple[dict, Opinion, int | None]) -> str:
    path = tmp_path / "folder" / "feedback.jsonl"
    for answer, opinion, passage in given:
        append_feedback(path, feedback_of(answer, opinion, AT, passage))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def answers(world: Snapshot) -> dict[str, dict]:
    asked = {
        "text": "who runs the marble quarries in Chad in 2021",
        "figure": "Chad human trafficking score 2021",
        "declined": "who sells melons on Mars in Norway",
        "definition": "what counts as flora crimes",
    }
    return {name: ask(world, question).to_dict() for name, question in asked.items()}


def test_opinions_become_labels_of_the_three_sorts(answers: dict, tmp_path: Path) -> None:
    text, figure, declined = answers["text"], answers["figure"], answers["declined"]
    given = [
        (text, Opinion.RIGHT, None),
        (text, Opinion.WRONG, 2),
        (figure, Opinion.RIGHT, None),
        (declined, Opinion.RIGHT, None),
    ]
    cases, complaints = cases_of_feedback(kept(tmp_path, *given), "f")
    assert complaints == ()
    assert [(g.place, g.grade) for g in cases[0].gold] == [("TCD-2021-environment-1", 2), (text["passages"][1]["id"], 0)]
    assert cases[1].expect == figure["result"] and cases[2].unanswerable
    assert [c.kind for c in cases] == ["feedback"] * 3


def test_the_majority_of_readers_decides_and_a_tie_decides_nothing(answers: dict, tmp_path: Path) -> None:
    text, figure = answers["text"], answers["figure"]
    given = [(text, Opinion.RIGHT, None)] * 2 + [
        (text, Opinion.WRONG, None),
        (figure, Opinion.RIGHT, None),
        (figure, Opinion.WRONG, None),
    ]
    cases, complaints = cases_of_feedback(kept(tmp_path, *given), "f")
    assert [c.question for c in cases] == [text["question"]]
    assert "nothing was called right more often than wrong" in complaints[0]


def test_readers_who_confirm_two_different_answers_are_told_apart_by_hand(answers: dict, tmp_path: Path) -> None:
    figure = answers["figure"]
    other = {**figure, "result": {**figure["result"], "value": 1.0}}
    cases, complaints = cases_of_feedback(kept(tmp_path, (figure, Opinion.RIGHT, None), (other, Opinion.RIGHT, None)), "f")
    assert cases == () and "confirmed different answers" in complaints[0]


def test_a_passage_that_is_not_there_or_has_no_place_takes_no_opinion(answers: dict) -> None:
    with pytest.raises(OcqaError, match="no passage 99"):
        feedback_of(answers["text"], Opinion.RIGHT, AT, 99)
    with pytest.raises(OcqaError, match="is a definition"):
        feedback_of(answers["definition"], Opinion.RIGHT, AT, 1)


@given(st.text())
def test_a_damaged_feedback_file_names_its_lines(text: str) -> None:
    cases, complaints = cases_of_feedback(text, "f")
    assert cases == () and len(complaints) == sum(bool(line.strip()) for line in text.split("\n"))


def test_feedback_is_off_unless_a_file_is_named_and_becomes_a_reviewed_set(
    capsys: pytest.CaptureFixture[str], world_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question, other = "who runs the marble quarries in Chad in 2021", "Chad human trafficking score 2021"
    code, out, err = run(capsys, "ask", question, "--feedback", "right", "--index", world_index)
    assert (code, out) == (1, "") and "feedback is not switched on" in err and "OCQA_FEEDBACK" in err
    file = tmp_path / "feedback.jsonl"
    monkeypatch.setenv("OCQA_FEEDBACK", str(file))
    run(capsys, "ask", question, "--index", world_index)
    assert not file.exists()
    for asked, opinion in ((question, "1"), (other, "right")):
        code, out, err = run(capsys, "ask", asked, "--feedback", opinion, "--index", world_index)
        assert code == 0 and out and f"feedback kept in {file}" in err
    code, out, err = run(capsys, "eval", "--from-feedback", file, "--yes")
    assert code == 0 and len(out.splitlines()) == 2 and "2 of 2 questions kept" in err
    monkeypatch.setattr("sys.stdin", io.StringIO("y\nn\n"))
    code, out, err = run(capsys, "eval", "--from-feedback", file, "--index", world_index)
    assert code == 0 and QUARRY in err and "1 of 2 questions kept" in err
    reviewed = tmp_path / "reviewed.jsonl"
    reviewed.write_text(out, encoding="utf-8")
    (case,) = read_sets([reviewed])
    assert (case.question, case.gold[0].place) == (question, "TCD-2021-environment-1")
    with pytest.raises(SystemExit):
        main(["ask", question, "--feedback", "maybe"])


# A build that must pass


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
