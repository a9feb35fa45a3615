"""`app.api`: the same answers as everywhere, as objects, frames and cards."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.api import Corpus, Reply, Table
from app.api.table import LibraryMissing
from app.programs.arguments import answer_request
from corpus.errors import IndexMissing, QuestionError
from index.answers.answer import ask
from index.contract.answer_object import Answer
from index.generations.snapshot import Snapshot

GOLD = "who controls illegal gold mining in Peru"
RANK = "How does Peru rank for criminality in 2021?"
HOSTILE = "<script>alert(1)</script> who controls illegal gold mining in Peru"
RISING = [
    {"indicator": "criminality", "op": ">=", "value": 0.2, "since": 2021},
    {"indicator": "resilience", "op": "<", "value": -0.3, "since": 2021},
]


@pytest.fixture(scope="module")
def corpus(shipped_index: Path) -> Corpus:
    return Corpus.open(shipped_index)


@pytest.mark.parametrize("question", [GOLD, RANK, "Which countries border Peru?", "Tell me about Peru in 2021"])
def test_a_reply_is_the_answer_object_of_the_engine(corpus: Corpus, shipped: Snapshot, question: str) -> None:
    assert json.dumps(corpus.ask(question).to_dict()) == json.dumps(ask(shipped, question).to_dict())
    assert len(corpus.ask(GOLD, passages=3).passages) == 3


def test_the_parts_of_a_reply_have_names(corpus: Corpus) -> None:
    reply = corpus.ask(GOLD)
    assert reply.answered and reply.result is None and 0.9 < reply.confidence <= 1
    assert reply.passages[0]["quote"] == reply.answer
    assert [(row["name"], row["edition"], row["value"]) for row in reply.facts] == [("Peru", 2021, 9.0)]
    assert reply.chart() is None
    assert repr(reply).startswith("Those who control illegal gold mining") and ">>Those who control" in repr(reply)
    ranked = corpus.ask(RANK)
    assert ranked.result is not None and (ranked.result["type"], ranked.result["rank"]) == ("rank", 26)
    assert ranked.facts[0]["rank"] == 26


def test_a_chart_has_its_data_inside_and_its_figures_in_words(corpus: Corpus) -> None:
    chart = corpus.ask("How did Peru's criminality change between 2021 and 2025?").chart()
    assert chart is not None
    drawn = chart.to_dict()
    assert drawn["description"] == "Line chart, Peru, Criminality: 6.35 in 2021; 6.40 in 2023; 6.62 in 2025."
    assert "url" not in json.dumps(drawn["data"] if "data" in drawn else drawn["datasets"])


def test_several_questions_are_answered_in_order_and_one_that_is_none_says_so(corpus: Corpus) -> None:
    replies = corpus.ask_all([GOLD, "", RANK])
    assert [reply.answered for reply in replies] == [True, False, True]
    assert "empty" in replies[1].answer


def test_scores_come_whole_with_their_sources_and_what_is_missing(corpus: Corpus) -> None:
    table = corpus.scores(indicators=["criminality", "resilience"], editions=[2021, 2025], with_parts=True)
    # 193 countries; the 2021 edition has 6 indicators fewer than the 36 of later ones.
    assert len(table) == 193 * (30 + 36)
    assert {(m["edition"], m["why"]) for m in table.missing} == {(2021, "first measured in the 2023 edition")}
    assert len(table.missing) == 6
    assert all(row["source"].startswith("https://ocindex.net/") for row in table)


def test_one_name_or_a_number_from_a_frame_will_do(corpus: Corpus) -> None:
    (row,) = corpus.scores("Peru", indicators="criminality", editions=np.int64(2021))
    assert (row["country"], row["edition"], row["value"]) == ("PER", 2021, 6.35)
    assert corpus.rank("criminality", edition=np.int64(2021), limit=1)[0]["edition"] == 2021


def test_a_pandas_frame_has_whole_editions_and_float_scores(corpus: Corpus) -> None:
    frame = corpus.scores(["PER", "COL"], indicators="criminality", editions=[2021, 2025]).to_pandas()
    assert (str(frame["edition"].dtype), str(frame["value"].dtype)) == ("int64", "float64")
    pivot = frame.pivot(index="country", columns="edition", values="value")
    assert pivot.loc["PER"].to_dict() == {2021: 6.35, 2025: 6.62}
    means = corpus.compare("PER", "world", "criminality", edition=2025).to_pandas()
    assert str(means["countries"].dtype) == "Int64" and list(means["name"]) == ["Peru", "world"]
    nothing = corpus.rank("criminality", edition=2021, countries="PER")[:0].to_pandas()
    assert list(nothing.columns) == [
        "country",
        "name",
        "rank",
        "of",
        "sharing",
        "place",
        "indicator",
        "edition",
        "value",
        "source",
    ]


def test_a_polars_frame_has_the_same_types(corpus: Corpus) -> None:
    polars = pytest.importorskip("polars")
    frame = corpus.filter(RISING, "OECD", 2023).to_polars()
    assert frame.schema["from"] == polars.Int64 and frame.schema["like_for_like"] == polars.Float64
    assert frame["value_from"].to_list()[0] == 4.89


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_not_there_is_named_with_how_to_get_it(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(LibraryMissing, match=f"{library} is not installed") as caught:
        getattr(corpus.coverage(), f"to_{library}")()
    assert caught.value.hint == f"pip install {library}"


def test_a_filter_has_a_row_for_each_country_and_figure(corpus: Corpus) -> None:
    table = corpus.filter(RISING, groups="OECD", edition=2023)
    assert [(r["country"], r["indicator"], r["change"]) for r in table] == [
        ("GBR", "criminality", 0.86),
        ("GBR", "resilience", -0.34),
        ("NZL", "criminality", 0.83),
        ("NZL", "resilience", -0.5),
    ]
    first = table[0]
    assert (first["from"], first["to"], first["value_from"], first["value_to"]) == (2021, 2023, 4.89, 5.75)
    assert (first["like_for_like"], table[1]["like_for_like"]) == (0.43, None)
    assert table.notes[0].startswith("Read as: countries by change in criminality")
    assert "+0.86" in repr(table) and "-0.34" in table._repr_html_()


def test_a_ranking_counts_from_the_end_asked_for(corpus: Corpus) -> None:
    table = corpus.rank("resilience", "South America", 2025, order="lowest", limit=5)
    assert (table[0]["country"], table[0]["rank"], table[0]["place"]) == ("VEN", 12, 1)
    # Ecuador and Peru share the fifth place and are not cut apart.
    assert len(table) == 6 and table[-1]["sharing"] == 2
    assert corpus.rank("criminality", since=2021, limit=1)[0]["change"] == 1.24


def test_an_overview_is_what_programs_get_too(corpus: Corpus, shipped: Snapshot) -> None:
    sent = {"country": "PER", "edition": 2021}
    told = corpus.overview("Peru", edition=2021).to_dict()
    for passage in told["passages"]:
        del passage["why"]
    assert told == answer_request(shipped, "country_overview", sent)


def test_definitions_profiles_and_what_is_loaded(corpus: Corpus) -> None:
    flora = corpus.define("flora crimes")
    assert (flora.indicator, flora.scale, flora.part_of) == ("flora_crimes", "1 to 10, higher is worse", "criminal_markets")
    assert "Illegal logging" in repr(flora) and "Illegal logging" in flora._repr_html_()
    profile = corpus.profile("Peru", 2021)
    assert (profile.scores[0]["world_rank"], len(profile.scores), len(profile.text)) == (26, 30, 15)
    assert "<details><summary>Environment</summary>" in profile._repr_html_()
    assert not corpus.profile("PER", 2025).text.rows and corpus.profile("PER").edition == 2025
    assert [row["edition"] for row in corpus.coverage()] == [2021, 2023, 2025]
    assert len(corpus.coverage("countries")) == 193
    assert "19,686 scores" in repr(corpus).replace("19686", "19,686")


def test_passages_can_be_searched_in_a_section(corpus: Corpus) -> None:
    table = corpus.passages("gold mining", "PER", sections="Environment", limit=2)
    assert [row["section"] for row in table] == ["Environment", "Environment"]
    assert table.notes[-1].startswith("About this text:") and table[0]["restated"]


def test_a_card_marks_the_quote_and_links_only_to_the_web(corpus: Corpus, shipped: Snapshot) -> None:
    reply = corpus.ask(GOLD)
    html = reply._repr_html_()
    assert f"<mark>{reply.answer}</mark>" in html
    assert "From the profile text, in our words, after Peru 2021 · a strong match" in html
    assert set(re.findall(r'href="([^"]+)"', html)) == {"https://ocindex.net/2021/country/peru"}
    odd = Reply(_with_source(ask(shipped, GOLD), "javascript:alert(1)"), shipped)._repr_html_()
    assert "href=" not in odd and "javascript:alert(1)" in odd


def test_hostile_questions_texts_and_cells_stay_text(corpus: Corpus, shipped: Snapshot) -> None:
    assert "<script>" not in corpus.ask(HOSTILE)._repr_html_()
    assert "&lt;script&gt;" in corpus.ask(HOSTILE)._repr_html_()
    answer = ask(shipped, GOLD)
    passage = replace(answer.passages[0], text="<script>alert(1)</script>", highlight=((0, 8),), section="<b>", note="")
    hostile = replace(answer, answer="<script>", passages=(passage,), notes=("<script>",), facts=())
    html = Reply(hostile, shipped)._repr_html_()
    assert "<script>" not in html and "<mark>&lt;script&gt;</mark>" in html
    table = Table(
        ({"<i>": "<script>", "source": "https://x.org/a\"onclick='b'"},),
        ("<i>", "source"),
        answer="<script>",
        notes=("<script>",),
    )
    assert "<script>" not in table._repr_html_() and "<i>" not in table._repr_html_() and "href" not in table._repr_html_()


def test_nothing_printed_controls_a_terminal(corpus: Corpus, shipped: Snapshot) -> None:
    hostile = replace(ask(shipped, GOLD), answer="\x1b[2J\u202egone")
    assert repr(Reply(hostile, shipped)).startswith("\ufffd[2J\ufffdgone\n")
    assert repr(Table(({"a": "\x1b[2J"},), ("a",))) == "  a\n  \ufffd[2J"


def test_a_question_that_is_not_answered_shows_its_passages_folded(corpus: Corpus) -> None:
    reply = corpus.ask("Who won the football world cup in Peru?")
    html = reply._repr_html_()
    assert not reply.answered
    assert "card weak" in html and 'class="title">Passages' not in html


def test_errors_say_what_to_do(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(IndexMissing) as none:
        Corpus.open(tmp_path / "none")
    assert none.value.__notes__ == ["What to do: build one: ocqa build"]
    with pytest.raises(QuestionError, match="'Perru' is not a country that the Index scores; nearest: Peru") as unknown:
        corpus.scores("Perru")
    assert unknown.value.hint.endswith('coverage("countries") lists them')
    with pytest.raises(QuestionError, match="the question is empty"):
        corpus.ask("")
    with pytest.raises(QuestionError, match="passages: 99 is greater than the maximum of 50"):
        corpus.ask(GOLD, passages=99)
    with pytest.raises(QuestionError, match="has nothing to compare with"):
        corpus.filter({"indicator": "criminality", "op": ">="})


def test_the_index_is_that_of_the_environment_where_none_is_named(shipped_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCQA_INDEX", str(shipped_index))
    assert len(Corpus.open().coverage()) == 3


def _with_source(answer: Answer, source: str) -> Answer:
    passages = tuple(replace(passage, source=source) for passage in answer.passages)
    return replace(answer, passages=passages, facts=tuple(replace(fact, source=source) for fact in answer.facts))
