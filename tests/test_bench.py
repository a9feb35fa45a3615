"""The benchmark: what it gives and how it reckons. Never how long anything takes."""

from __future__ import annotations

import json
import re
import shutil
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

import index.answer
from app.bench_charts import plots_of, svg_file
from app.bench_report import bench_html
from app.bench_text import cell_words, report_json, report_markdown
from app.cli import main
from corpus.sources import load_corpus, shipped_sources
from corpus.taxonomy import Taxonomy
from index.bench.asked import questions_for, spread
from index.bench.building import CHANGED, SAME, WHOLE, Built, build_part, change_a_sentence
from index.bench.child import BenchError, Commands, Cost, cost_of, seconds_of
from index.bench.cold import ANSWERED, PLAIN, Start, cold_part, imports_of, measure_starts
from index.bench.figures import Bar, Bars, Curve, Line, Part, Report, Spread, Table, exponent, ratio
from index.bench.first_page import first_page
from index.bench.machine import busy_remarks, machine_table, this_machine
from index.bench.many import Crowd, many_part, measure_crowds
from index.bench.peers import OURS, PLAIN_BY_32, SENTENCES, Peers, measure_questions, measure_rates, peers_part, sampled
from index.bench.peers import PLAIN as PLAIN_WAY
from index.bench.plain import PlainSearch
from index.bench.run import Bench, Effort, run_parts
from index.bench.stages import ENCODE, REST, Stages
from index.bench.warm import ENCODING, SCORES, TEXT, Warm, measure_warm, warm_part
from index.chunk import chunk_texts
from index.embed import SentenceTransformerEncoder, model_folder
from index.snapshot import Snapshot

PROJECT = Path(__file__).resolve().parent.parent
COMMANDS = Commands((sys.executable, "-m", "app.cli"), (sys.executable, "-m", "app.visitors"), PROJECT)
EVIL = 'a|b <script>alert(1)</script> [x](javascript:y) `c` *d* \\| "&amp;'
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


# Reckoning.


@given(st.floats(-2, 3), st.floats(0.001, 1000), st.lists(st.integers(1, 10**6), min_size=2, unique=True))
def test_the_exponent_of_a_power_is_that_power(power: float, factor: float, xs: list[int]) -> None:
    assert exponent([(x, factor * x**power) for x in xs]) == pytest.approx(power, abs=1e-6)


def test_there_is_no_exponent_without_two_places_that_have_a_logarithm() -> None:
    assert exponent([]) is exponent([(10, 3), (10, 4)]) is exponent([(10, 3), (0, 4), (20, 0)]) is None


def test_a_ratio_needs_both_figures() -> None:
    assert ratio(3, 2) == 1.5
    assert ratio(0, 2) == 0
    assert ratio(None, 2) is ratio(3, None) is ratio(3, 0) is None


def test_a_spread_is_of_something() -> None:
    assert Spread.of([3, 1, 2]) == Spread(2, pytest.approx(2.9), 1, 3, 3)
    with pytest.raises(ValueError):
        Spread.of([])


def test_a_row_that_does_not_fit_its_head_is_refused() -> None:
    with pytest.raises(ValueError, match="'x'"):
        Table("x", ("a", "b"), (("1", 2), ("1",)))


def test_cold_figures_are_medians_held_against_the_plain_way() -> None:
    part = cold_part({"ask": (1.0, 9.0, 2.0), PLAIN: (4.0, 5.0, 3.0)}, {"q": {"torch": 2.0, "numpy": 0.5}})
    starts, imports = part.tables
    assert column(starts, "median, s") == {"ask": 2.0, PLAIN: 4.0}
    assert column(starts, "times the plain way") == {"ask": 0.5, PLAIN: 1.0}
    assert column(imports, "q, s") == {"torch": 2.0, "numpy": 0.5, "all": 2.5}
    assert [bar.name for bar in part.bars[0].bars if bar.reference] == [PLAIN]


def test_imports_are_summed_by_package_and_the_rest_of_stderr_is_passed_over() -> None:
    words = (
        "import time: self [us] | cumulative | imported package\n"
        "import time:       100 |        100 |   torch._C\n"
        "a warning | with | bars\n"
        "import time:        50 |        150 | torch\n"
        "import time:         7 |          7 |     json.decoder\n"
        "import time:         3 |         10 |   json\n"
    )
    assert imports_of(words) == pytest.approx({"torch": 150e-6, "standard library": 10e-6})


def test_warm_figures_are_held_against_encoding_alone() -> None:
    part = warm_part(Warm({ENCODING: (0.002,) * 3, TEXT: (0.003,) * 3, SCORES: (0.001,) * 3}, {ENCODE: 0.002, REST: 0.002}), "o")
    whole, stages = part.tables
    assert column(whole, "p50, times encoding alone") == pytest.approx({ENCODING: 1, TEXT: 1.5, SCORES: 0.5})
    assert column(whole, "p50, ms") == pytest.approx({ENCODING: 2, TEXT: 3, SCORES: 1})
    assert column(stages, "share") == {ENCODE: 0.5, REST: 0.5}


def test_sentences_are_extra_work_and_held_against_nothing() -> None:
    part = peers_part(Peers({PLAIN_WAY: (20.0,), PLAIN_BY_32: (10.0,), OURS: (50.0, 30.0), SENTENCES: (90.0,)}, {}, (7, 20), 0.5))
    (table,) = part.tables
    assert column(table, "times one call") == {PLAIN_WAY: 1, PLAIN_BY_32: 0.5, OURS: 2, SENTENCES: None}
    assert column(table, "times 32 at a time") == {PLAIN_WAY: 2, PLAIN_BY_32: 1, OURS: 4, SENTENCES: None}
    assert column(table, "texts") == {PLAIN_WAY: 7, PLAIN_BY_32: 7, OURS: 7, SENTENCES: 20}


def test_a_crowd_is_counted_by_what_it_got_done() -> None:
    crowds = (Crowd(1, 2.0, (0.5,) * 4, 0, 0), Crowd(4, 1.0, (0.8,) * 4, 1, 2))
    (table,) = many_part({"text": crowds}, "o").tables
    assert column(table, "answers/s") == {1: 2, 4: 4}
    assert column(table, "times the first row") == {1: 1, 4: 2}
    assert (column(table, "errors")[4], column(table, "other answers")[4]) == (1, 2)


def test_a_build_is_its_cost_and_what_it_reports() -> None:
    def built(name: str, embedded: int, **seconds: float) -> Built:
        work = {"chunks_embedded": embedded, "sentences_embedded": 2 * embedded}
        return Built(name, Cost(5.0, 4.0, 3 * 2**20, 0, "", ""), {"work": work, "counts": {"paragraphs": 9}, "seconds": seconds})

    whole, steps = build_part([built(WHOLE, 3, read=1.0, embed=2.0), built(SAME, 0, read=1.0)]).tables
    assert column(whole, "texts embedded") == {WHOLE: 9, SAME: 0}
    assert column(whole, "peak memory, MB") == {WHOLE: 3, SAME: 3}
    assert column(steps, f"{SAME}, s") == {"read": 1.0, "embed": None}


def test_a_busy_machine_is_said() -> None:
    assert busy_remarks(0.1, 2) == busy_remarks(None, 2) == ()
    assert "3.00 processes wanted its 2 cores" in busy_remarks(3.0, 2)[0]
    table = machine_table(this_machine(), 1.0, None)
    assert column(table, "value")["Python"] == sys.version.split()[0]


# Shown.


def report(part: Part) -> Report:
    return Report(EVIL, "2026-01-01T00:00:00+00:00", Table("Machine", ("what", "value"), (("cores", 2),)), (part,), (EVIL,))


@pytest.fixture(scope="module")
def wild() -> Report:
    table = Table(EVIL, (EVIL, "b"), ((EVIL, 1.5), ("line\nbreak", None)))
    line = Line(EVIL, ((1, 2), (10, 20), (0, 5)))
    part = Part("x", EVIL, (table,), (Bars(EVIL, EVIL, (Bar(EVIL, 1.0, 2.0),)),), (Curve(EVIL, EVIL, EVIL, (line,)),), (EVIL,))
    return report(part)


def test_wild_names_stay_in_their_cell_of_markdown(wild: Report) -> None:
    text = report_markdown(wild)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 3 + 4
    for row in rows:
        assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 3, row
    assert "<script" not in text and "[x](" not in text.replace("\\[x\\](", "")


def test_wild_names_are_shown_on_the_page_and_never_run(wild: Report) -> None:
    page = bench_html(wild)
    tree = LexborHTMLParser(page)
    assert not tree.css("script, link, img, iframe, object, a") and "@import" not in page and "url(" not in page
    assert EVIL in [node.text() for node in tree.css("td")]
    assert len(tree.css("svg")) == 2


def test_the_json_has_every_figure_and_the_exponents(wild: Report) -> None:
    data = json.loads(report_json(wild))
    (part,) = data["parts"]
    assert part["tables"][0]["rows"] == [[EVIL, 1.5], ["line\nbreak", None]]
    assert part["curves"][0]["lines"][0]["exponent"] == pytest.approx(1)


POINTS = st.lists(st.tuples(st.floats(0, 1e9), st.floats(0, 1e6)), max_size=5)
NAMES = st.text("aé<>&\"'|", max_size=60)


@given(st.lists(st.tuples(NAMES, POINTS), min_size=1, max_size=7))
def test_every_plot_is_well_formed_and_inside_its_frame(lines: list[tuple[str, list[tuple[float, float]]]]) -> None:
    bars = Bars("bars", "ms", tuple(Bar(name, y, 2 * y) for name, points in lines for _, y in points))
    curve = Curve("curve", "x", "y", tuple(Line(name, tuple(points)) for name, points in lines))
    for _, drawing in plots_of(Part("p", "P", bars=(bars,), curves=(curve,))):
        root = ET.fromstring(svg_file(drawing))
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        for dot in root.iter("{http://www.w3.org/2000/svg}circle"):
            assert 0 <= float(dot.attrib["cx"]) <= width and 0 <= float(dot.attrib["cy"]) <= height
        for box in root.iter("{http://www.w3.org/2000/svg}rect"):
            assert 0 < float(box.attrib["width"]) <= width


def test_a_line_that_grows_is_drawn_upwards_and_says_its_exponent() -> None:
    curve = Curve("c", "passages", "ms", (Line("exact", ((1e3, 1.0), (1e6, 1000.0))),))
    ((_, drawing),) = plots_of(Part("p", "P", curves=(curve,)))
    dots = [(float(x), float(y)) for x, y in re.findall(r'cx="([\d.]+)" cy="([\d.]+)" r="3.5"><title>', drawing)]
    assert dots[0][0] < dots[1][0] and dots[0][1] > dots[1][1]
    assert "exact, exponent 1.00" in drawing


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, "–"),
        ("a", "a"),
        (12345, "12,345"),
        (0.001234, "0.00123"),
        (1.0, "1.00"),
        (99.96, "100"),
        (1234.5, "1,234"),
        (0.0, "0.00"),
    ],
)
def test_figures_are_shown_with_three_digits(cell: object, words: str) -> None:
    assert cell_words(cell) == words


# Measured.


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
    with pytest.raises(BenchError, match="ended with 3"):
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
    assert len(set(asked.text)) == len(set(asked.scores)) == 25
    assert all("Peru" in question for question in asked.text)
    assert len({question.split()[0] for question in asked.scores}) > 3


def test_questions_of_sets_are_told_apart_by_their_labels(shipped: Snapshot, tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    absent = '{"id": "4", "question": "who controls cocaine in Norway", "unanswerable": true}'
    path.write_text(SET + absent, encoding="utf-8")
    asked = questions_for(shipped, [path], 25)
    assert (len(asked.text), asked.scores) == (2, ("Peru cocaine score 2023",))
    assert asked.origin.startswith("of own.jsonl; 1 that")


def test_items_are_taken_evenly() -> None:
    assert spread("abcdef", 3) == ("a", "c", "e")
    assert spread("ab", 3) == ("a", "b")


def test_further_answers_are_timed_as_often_as_asked_and_stages_make_up_the_whole(shipped: Snapshot) -> None:
    functions = vars(index.answer).copy()
    asked = questions_for(shipped, (), 6)
    warm = measure_warm(shipped, asked, 2, silent)
    assert {name: len(times) for name, times in warm.seconds.items()} == {ENCODING: 12, TEXT: 12, SCORES: 12}
    assert {ENCODE, "search", "evidence", "understand"} <= warm.stages.keys()
    assert all(seconds >= 0 for seconds in warm.stages.values())
    assert vars(index.answer) == functions


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
    answers = iter([index.answer.ask(shipped, "Peru cocaine score 2023"), index.answer.ask(shipped, "Chile cocaine score 2023")])

    def ask(snapshot: Snapshot, question: str) -> object:
        for answer in answers:
            return answer
        raise RuntimeError("too many")

    monkeypatch.setattr("index.bench.many.ask", ask)
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
    bench = Bench(shipped_index, (), (), COMMANDS, tmp_path, silent, Effort(sizes=(300, 600)))
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
