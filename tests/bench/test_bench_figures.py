"""What a benchmark gives: figures reckoned right and shown whole, whatever is in them."""

from __future__ import annotations

import json
import re
import sys
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from app.reports.bench_html import report_html
from app.reports.bench_plots import plots_of, svg_file
from app.reports.bench_text import cell_words, report_json, report_markdown
from index.bench.against_baseline import OURS, PLAIN_BY_32, SENTENCES, Peers, peers_part
from index.bench.against_baseline import PLAIN as PLAIN_WAY
from index.bench.building import SAME, WHOLE, Built, build_part
from index.bench.child import Cost
from index.bench.cold import PLAIN, cold_part, imports_of
from index.bench.concurrency import Crowd, many_part
from index.bench.figures import Bar, Bars, Curve, Line, Part, Report, Spread, Table, exponent, ratio
from index.bench.machine import busy_remarks, machine_table, this_machine
from index.bench.stages import ENCODE, REST
from index.bench.warm import ENCODING, SCORES, TEXT, Warm, warm_part

EVIL = 'a|b <script>alert(1)</script> [x](javascript:y) `c` *d* \\| "&amp;'


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
    assert column(starts, "ratio to the baseline") == {"ask": 0.5, PLAIN: 1.0}
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
    assert column(whole, "p50, ratio to encoding only") == pytest.approx({ENCODING: 1, TEXT: 1.5, SCORES: 0.5})
    assert column(whole, "p50, ms") == pytest.approx({ENCODING: 2, TEXT: 3, SCORES: 1})
    assert column(stages, "share") == {ENCODE: 0.5, REST: 0.5}


def test_sentences_are_extra_work_and_held_against_nothing() -> None:
    part = peers_part(Peers({PLAIN_WAY: (20.0,), PLAIN_BY_32: (10.0,), OURS: (50.0, 30.0), SENTENCES: (90.0,)}, {}, (7, 20), 0.5))
    (table,) = part.tables
    assert column(table, "ratio to one call") == {PLAIN_WAY: 1, PLAIN_BY_32: 0.5, OURS: 2, SENTENCES: None}
    assert column(table, "ratio to 32 at a time") == {PLAIN_WAY: 2, PLAIN_BY_32: 1, OURS: 4, SENTENCES: None}
    assert column(table, "texts") == {PLAIN_WAY: 7, PLAIN_BY_32: 7, OURS: 7, SENTENCES: 20}


def test_a_crowd_is_counted_by_what_it_got_done() -> None:
    crowds = (Crowd(1, 2.0, (0.5,) * 4, 0, 0), Crowd(4, 1.0, (0.8,) * 4, 1, 2))
    (table,) = many_part({"text": crowds}, "o").tables
    assert column(table, "answers/s") == {1: 2, 4: 4}
    assert column(table, "ratio to the first row") == {1: 1, 4: 2}
    assert (column(table, "errors")[4], column(table, "different answers")[4]) == (1, 2)


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
    assert "load average 3.00 on 2 cores" in busy_remarks(3.0, 2)[0]
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
    page = report_html(wild)
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
