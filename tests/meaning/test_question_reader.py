"""The question reader: kinds, orders, indicators and slots of a question, and what each of its names and numbers does in it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import numpy as np
import onnx
import pytest
from stored_weights import check_questions

from corpus.errors import ModelError
from corpus.taxonomy import Taxonomy
from index.encoders.protocol import QuestionEncoder
from index.meaning.asked import Learned
from index.meaning.framed.chances import likeliest
from index.meaning.learned import learned_reader, pillars_of
from index.meaning.masked import Masked, masked
from index.meaning.question_reader import FILE, mark_tokens, open_question_reader, question_reader
from index.meaning.roles import ROLES_OF, SLOTS
from index.meaning.token_tags import token_tags
from index.questions.names import build_gazetteer
from index.questions.question import Question, understand

GRAPH = files("index").joinpath("data", FILE).read_bytes()


def asked(text: str, taxonomy: Taxonomy) -> tuple[Question, Masked]:
    question = understand(text, build_gazetteer(taxonomy), taxonomy.editions)
    return question, masked(question.reading)


def read(text: str, taxonomy: Taxonomy) -> Learned:
    question, text_masked = asked(text, taxonomy)
    return question_reader().joined(learned_reader().read(text_masked), question, text_masked)


@pytest.mark.parametrize("text", ["which country is worst for heroin", "hello", "a", "Peru " * 150, "ωραία Peru é ½"])
def test_the_chances_of_values_of_which_one_holds_sum_to_one(text: str, taxonomy: Taxonomy) -> None:
    found = read(text, taxonomy)
    for chances in (found.kinds, found.orders, *found.slots.values(), *found.roles.values()):
        assert sum(chances.values()) == pytest.approx(1, abs=1e-4)
    assert set(found.kinds) == set(learned_reader().kinds.labels)
    assert set(found.orders) == {"", "high", "low", "up", "down"}
    assert set(found.indicators) == set(taxonomy.indicators)
    assert {name: tuple(chances) for name, chances in found.slots.items()} == dict(SLOTS)
    assert all(tuple(chances) == ROLES_OF[mark[0]] for mark, chances in found.roles.items())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("what did Malta get for money laundering controls in 2023", "value"),
        ("where does Malta sit in the world for human trafficking", "rank"),
        ("which country in Asia has the worst cybercrime", "set"),
        ("top five for cocaine in Europe", "ranking"),
        ("how much did Fiji's resilience change between 2021 and 2023", "change"),
        ("Spain or Portugal, who is worse for hashish", "comparison"),
        ("how many countries in Africa score over 7 for arms trafficking", "count"),
        ("tell me about Ghana", "overview"),
        ("capital of Chile", "page_fact"),
        ("who makes this index", "about"),
        ("which gangs control the ports in Ecuador and how do they move the cocaine", "text"),
    ],
)
def test_a_plain_question_is_read_as_its_kind(text: str, kind: str, taxonomy: Taxonomy) -> None:
    assert likeliest(read(text, taxonomy).kinds)[0] == kind


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("which country in Asia is worst for arms trafficking", "high"),
        ("which country in Asia has the weakest courts", "low"),
        ("which countries in Africa saw heroin rise the most since 2021", "up"),
        ("what does Malta score for heroin", ""),
    ],
)
def test_the_order_is_read(text: str, order: str, taxonomy: Taxonomy) -> None:
    assert likeliest(read(text, taxonomy).orders)[0] == order


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("top 5 for cocaine in Europe", {"N1": "limit", "I1": "asked", "G1": "asked"}),
        ("which African countries score above 7 for heroin", {"G1": "asked", "N1": "against >", "I1": "tested"}),
        ("which countries have 6 or more for arms trafficking", {"N1": "against >=", "I1": "tested"}),
        ("which countries of Asia are above Nepal for fauna crimes", {"G1": "asked", "C1": "against >", "I1": "tested"}),
        ("highest cocaine score in the Americas excluding Colombia", {"I1": "asked", "G1": "asked", "C1": "without"}),
    ],
)
def test_what_each_name_and_number_does_is_read(text: str, roles: dict[str, str], taxonomy: Taxonomy) -> None:
    assert {mark: likeliest(chances)[0] for mark, chances in read(text, taxonomy).roles.items()} == roles


def test_an_indicator_in_everyday_words_is_read(taxonomy: Taxonomy) -> None:
    found = read("where are people bought and sold the most", taxonomy)
    assert likeliest(found.indicators)[0] == "human_trafficking"


def test_the_tokens_of_a_mark_are_those_of_its_words(taxonomy: Taxonomy) -> None:
    question, text = asked("which EU states are above 7.5 for money laundering", taxonomy)
    read = question_reader().session.tokens(question.read_text)
    spans = read.spans
    tokens = mark_tokens(question, text, spans)
    said = {mark: question.read_text[spans[at[0], 0] : spans[at[-1], 1]] for mark, at in tokens.items()}
    assert said == {"G1": "EU", "N1": "7.5", "I1": "money laundering"}
    assert len(read.ids) == len(spans)


def test_threads_read_the_same(taxonomy: Taxonomy) -> None:
    texts = ["top five for cocaine in Europe", "tell me about Ghana", "is Kenya above Uganda for heroin"] * 4
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda text: read(text, taxonomy), texts))
    assert together == [read(text, taxonomy) for text in texts]


def test_a_graph_that_is_none_or_says_nothing_of_itself_is_refused() -> None:
    with pytest.raises(ModelError, match="cannot be opened"):
        open_question_reader(b"no graph")
    graph = onnx.load_from_string(GRAPH)
    del graph.metadata_props[:]
    with pytest.raises(ModelError, match="does not say what it reads"):
        open_question_reader(graph.SerializeToString())


def test_a_graph_for_other_slots_is_refused() -> None:
    graph = onnx.load_from_string(GRAPH)
    described = json.loads(graph.metadata_props[0].value)
    graph.metadata_props[0].value = json.dumps(described | {"roles": ["asked"]})
    with pytest.raises(ModelError, match="other slots"):
        open_question_reader(graph.SerializeToString())


def test_the_graph_reads_weights_from_the_model_s_file_alone() -> None:
    """Nothing in the graph can name another file."""
    graph = onnx.load_from_string(GRAPH)
    outside = [dict((e.key, e.value) for e in t.external_data)["location"] for t in graph.graph.initializer if t.external_data]
    assert outside
    assert set(outside) == {"model.safetensors"}


def test_the_stored_graph_was_fitted_on_the_stored_questions() -> None:
    """If this fails, questions have changed: run `tests/fitting/fit_question_reader.py` again."""
    check_questions(question_reader().questions)
    assert len(GRAPH) < 2_500_000


def test_each_token_is_tagged_with_what_its_word_is(taxonomy: Taxonomy, encoder: QuestionEncoder) -> None:
    question, _ = asked("Which EU states beat Perru in heroin, judges in 2023 by 2.5 points?", taxonomy)
    spans = encoder.encode_question(question.read_text).spans
    tags = token_tags(question, spans, pillars_of(taxonomy))
    words = [question.read_text[a:b] for a, b in spans.tolist()]
    found = dict(zip(words, tags, strict=True))
    assert found["EU"] == "group"
    assert found["peru"] == "country"
    assert found["heroin"] == "indicator of criminality"
    assert found["judges"] == "indicator of resilience"
    assert found["202"] == found["3"] == "years"
    assert found["2"] == found["5"] == "number of points"
    assert found["?"] == "nothing"


def test_words_put_in_the_place_of_others_keep_their_tags(taxonomy: Taxonomy, encoder: QuestionEncoder) -> None:
    """`read_text` has the words of the profiles: "cops" is searched for as "police"."""
    question, _ = asked("how good are the cops in Peru", taxonomy)
    assert question.read_text != question.text
    tags = token_tags(question, encoder.encode_question(question.read_text).spans, pillars_of(taxonomy))
    assert tags[-3] == "indicator of resilience"
    assert tags[-1] == "country"


def test_no_tokens_have_no_tags(taxonomy: Taxonomy) -> None:
    question, _ = asked("Peru", taxonomy)
    assert token_tags(question, np.zeros((0, 2), dtype=np.int32), pillars_of(taxonomy)) == []
