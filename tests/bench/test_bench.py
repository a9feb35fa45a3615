"""Measuring: what is started, asked and built to be timed. Never how long anything takes."""

from __future__ import annotations

import json
import re
import shutil
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

import index.answers.answer
from app.cli.main import main
from corpus.sources import load_corpus, shipped_sources
from corpus.taxonomy import Taxonomy
from index.bench.against_baseline import measure_questions, measure_rates, sampled
from index.bench.baseline import PlainSearch
from index.bench.building import CHANGED, WHOLE, change_a_sentence
from index.bench.child import BenchError, Commands, cost_of, seconds_of
from index.bench.cold import ANSWERED, Start, cold_part, measure_starts
from index.bench.concurrency import measure_crowds
from index.bench.figures import Table
from index.bench.first_page import first_page
from index.bench.run import Bench, Effort, run_parts
from index.bench.sample_questions import questions_for, spread
from index.bench.stages import ENCODE, Stages, watched
from index.bench.warm import ENCODING, SCORES, TEXT, measure_warm
from index.encoders.model_files import model_folder
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.generations.snapshot import Snapshot
from index.passages.passage import chunk_texts

PROJECT = Path(__file__).resolve().parents[2]
COMMANDS = Commands((sys.executable, "-m", "app.cli.main"), (sys.executable, "-m", "app.screens.headless_visitors"), PROJECT)
SET = (
    '{"id": "1", "question": "who controls illegal gold mining in Peru", '
    '"gold": [{"iso3": "PER", "edition": 2021, "section": "Environment", "paragraph": 2}]}\n'
    '{"id": "2", "question": "Are Peruvian judges under investigation?", "unanswerable": true}\n'
    '{"id": "3", "question": "Peru cocaine score 2023", "expect": {"type": "value"}}\n'
)


def silent(words: str) -> None:
    pass


def column(table: Table, name: str) -> dict[object, object]:
    return {row[0]: row[table.head.index(name)] for row in table.rows}


def test_starts_take_turns_and_the_first_of_each_does_not_count() -> None:
    order: list[str] = []

    def start(name: str) -> Start:
        def run() -> dict[str, float]:
            order.append(name)
            return {name: float(len(order))}

        return Start(run)

    assert measure_starts([start("a"), start("b")], 2, silent) == {"a": (3.0, 5.0), "b": (4.0, 6.0)}
    assert order == ["a", "b"] * 3


def test_a_command_that_fails_is_no_figure() -> None:
    with pytest.raises(BenchError, match="exited with 3"):
        seconds_of([sys.executable, "-c", "raise SystemExit(3)"], PROJECT)
    with pytest.raises(BenchError) as caught:
        cost_of([sys.executable, "-c", "raise SystemExit('the reason')"], PROJECT)
    assert "the reason" in caught.value.hint


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not say what a process has cost")
def test_the_peak_of_a_command_is_its_own_and_not_that_of_who_started_it() -> None:
    held = bytearray(b"x" * 150_000_000)
    small, large = (cost_of([sys.executable, "-c", f"x = b'x' * {size}"], PROJECT) for size in (1, 60_000_000))
    del held
    assert small.peak and large.peak and small.peak < 60_000_000
    assert 55_000_000 < large.peak - small.peak < 65_000_000
    assert small.cpu and small.cpu > 0


def test_questions_are_made_for_what_is_loaded(shipped: Snapshot) -> None:
    asked = questions_for(shipped, (), 25)
    assert len(set(asked.scores)) == 25
    # Those that are read as questions about scores are not searched for, and left out.
    assert 20 <= len(set(asked.text)) == len(asked.text)
    assert all("Peru" in question for question in asked.text)
    assert len({question.split()[0] for question in asked.scores}) > 3


def test_questions_of_sets_are_told_apart_by_their_labels(shipped: Snapshot, tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    absent = '{"id": "4", "question": "who controls cocaine in Norway", "unanswerable": true}'
    path.write_text(SET + absent, encoding="utf-8")
    asked = questions_for(shipped, [path], 25)
    assert (len(asked.text), asked.scores) == (2, ("Peru cocaine score 2023",))
    assert asked.origin.startswith("from own.jsonl; 1 that")


def test_items_are_taken_evenly() -> None:
    assert spread("abcdef", 3) == ("a", "c", "e")
    assert spread("ab", 3) == ("a", "b")


def test_further_answers_are_timed_as_often_as_asked_and_stages_make_up_the_whole(shipped: Snapshot) -> None:
    functions = vars(index.answers.answer).copy()
    asked = questions_for(shipped, (), 6)
    warm = measure_warm(shipped, asked, 2, silent)
    assert {name: len(times) for name, times in warm.seconds.items()} == {ENCODING: 12, TEXT: 12, SCORES: 12}
    assert {ENCODE, "search", "evidence", "understand"} <= warm.stages.keys()
    assert all(seconds >= 0 for seconds in warm.stages.values())
    assert vars(index.answers.answer) == functions


def test_a_stage_inside_another_counts_once() -> None:
    stages = Stages()
    inner = stages.measured("inner", lambda: sum(range(200_000)))
    outer = stages.measured("outer", lambda: inner())
    outer()
    assert stages.seconds["outer"] < stages.seconds["inner"]


def test_a_crowd_asks_everything_once_and_gets_what_one_alone_gets(shipped: Snapshot) -> None:
    crowds = measure_crowds(shipped, ("who controls illegal gold mining in Peru", "Peru cocaine score 2023"), (1, 3), silent)
    assert [(c.threads, len(c.each), c.errors, c.otherwise) for c in crowds] == [(1, 2, 0, 0), (3, 2, 0, 0)]


def test_what_goes_wrong_in_a_crowd_is_counted(shipped: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(
        [
            index.answers.answer.ask(shipped, "Peru cocaine score 2023"),
            index.answers.answer.ask(shipped, "Chile cocaine score 2023"),
        ]
    )

    def ask(snapshot: Snapshot, question: str) -> object:
        for answer in answers:
            return answer
        raise RuntimeError("too many")

    monkeypatch.setattr("index.bench.concurrency.ask", ask)
    crowds = measure_crowds(shipped, ("q",), (1, 2), silent)
    assert [(c.errors, c.otherwise) for c in crowds] == [(0, 1), (1, 0)]


def test_both_ways_embed_the_same_texts_to_the_same_vectors(
    shipped: Snapshot, encoder: SentenceTransformerEncoder, tmp_path: Path
) -> None:
    passages = sampled(shipped, 4)
    texts = [text for p in passages for text in chunk_texts(p, shipped.taxonomy)]
    plain = PlainSearch.of(str(model_folder(encoder.spec.name)), texts, encoder.encode_passages(texts))
    plain.save(tmp_path)
    cosine, found = PlainSearch.load(tmp_path).search(texts[2])[0]
    assert found == texts[2] and cosine == pytest.approx(1, abs=1e-4)
    peers = measure_rates(passages, shipped, encoder, plain, 1, silent)
    assert peers.texts[0] == len(texts) < peers.texts[1]
    assert peers.alike == pytest.approx(1, abs=1e-4)
    assert all(len(rates) == 1 and rates[0] > 0 for rates in peers.rates.values())
    asked = measure_questions(shipped, plain, ["who controls illegal gold mining in Peru"] * 2, silent)
    assert {len(times) for times in asked.values()} == {2} and len(asked) == 3


def test_one_sentence_is_changed_and_nothing_else(tmp_path: Path, taxonomy: Taxonomy) -> None:
    folder = Path(shutil.copytree(shipped_sources(), tmp_path / "copied"))
    before = load_corpus([folder], taxonomy)
    assert change_a_sentence([folder])
    after = load_corpus([folder], taxonomy)
    pairs = [
        (old, new)
        for p, q in zip(before.profiles, after.profiles, strict=True)
        for s, t in zip(p.sections, q.sections, strict=True)
        for old, new in zip(s.paragraphs, t.paragraphs, strict=True)
    ]
    changed = [(old, new) for old, new in pairs if old != new]
    assert len(changed) == 1 and len(changed[0][1]) > len(changed[0][0])
    assert before.scores == after.scores and not change_a_sentence([])
    assert CHANGED != WHOLE


def test_the_page_is_up_before_it_answers(shipped_index: Path) -> None:
    found = first_page(COMMANDS, shipped_index, "Peru cocaine score 2023")
    assert 0 < found.up < found.answered
    assert ANSWERED in column(cold_part({ANSWERED: (found.answered,)}, {}).tables[0], "median, s")


def test_larger_corpora_are_made_of_all_that_is_loaded_and_their_costs_are_shown(shipped_index: Path, tmp_path: Path) -> None:
    bench = Bench(shipped_index, (), (), COMMANDS, tmp_path, silent, Effort(questions=30, sizes=(300, 600)))
    (part,) = run_parts(bench, ["growth"])
    questions, stored, lists = part.tables
    ways = {(row[0], row[1]) for row in questions.rows}
    assert {row[2] for row in questions.rows} == {300, 600}
    assert len(questions.rows) == len(stored.rows) == 2 * len(ways)
    assert all(row[5] == 1 for row in questions.rows if "exact" in str(row[0]))
    assert all(0.5 < row[5] <= 1 for row in questions.rows)
    assert {row[2] for row in lists.rows} <= {"approximate", "exact"}
    assert {curve.title.partition(":")[0] for curve in part.curves} == {"A question", "A page"}
    assert list(tmp_path.iterdir()) == []


# The command.


def test_the_command_writes_tables_plots_and_figures(
    shipped_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, out = tmp_path / "own.jsonl", tmp_path / "out"
    own.write_text(SET, encoding="utf-8")
    call = [
        "bench",
        "--index",
        str(shipped_index),
        "--questions",
        str(own),
        "--parts",
        "warm,many",
        "--output",
        str(out),
        "--json",
    ]
    assert main(call) == 0
    printed = capsys.readouterr()
    data = json.loads(printed.out)
    assert data == json.loads((out / "bench.json").read_text(encoding="utf-8"))
    assert [part["name"] for part in data["parts"]] == ["warm", "many"]
    assert [row[0] for row in data["parts"][1]["tables"][0]["rows"]] == list(Effort().threads)
    assert "part warm" in printed.err and "part many" in printed.err
    text = (out / "bench.md").read_text(encoding="utf-8")
    plots = re.findall(r"\]\((bench-[a-z]+-\d\.svg)\)", text)
    assert sorted(plots) == sorted(p.name for p in out.glob("*.svg")) and len(plots) == 3
    for plot in plots:
        ET.parse(out / plot)
    assert len(LexborHTMLParser((out / "bench.html").read_text(encoding="utf-8")).css("svg")) == 3


@pytest.mark.parametrize(
    ("flags", "code", "words"),
    [
        (["--parts", "warm,luck"], 2, "there is no part luck"),
        (["--questions", "no-such-set.jsonl"], 1, "no-such-set.jsonl cannot be read"),
    ],
)
def test_a_wrong_call_is_said_before_anything_is_measured(
    shipped_index: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], flags: list[str], code: int, words: str
) -> None:
    assert main(["bench", "--index", str(shipped_index), "--output", str(tmp_path / "out"), *flags]) == code
    assert words in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_without_an_index_there_is_nothing_to_measure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--index", str(tmp_path / "none"), "--output", str(tmp_path / "out")]) == 1
    assert "hint: " in capsys.readouterr().err


def test_every_stage_of_an_answer_is_measured(shipped: Snapshot) -> None:
    """A stage whose function was renamed would be counted with the rest in silence."""
    stages = Stages()
    watching, encoder = watched(shipped)
    encoder.watch(stages)
    with stages.watching():
        index.answers.answer.ask(watching, "who controls illegal gold mining in Peru")
        index.answers.answer.ask(watching, "What is the cocaine trade score of Peru in 2023?")
    names = {"understand", "read", ENCODE, "search", "evidence", "why found", "facts beside the text", "scores"}
    assert stages.seconds.keys() == names
