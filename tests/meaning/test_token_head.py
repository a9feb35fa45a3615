"""The token head: chances for kinds and orders from the tokens of a question, from a file made from the stored questions."""

from __future__ import annotations

import io

import numpy as np
import pytest
from stored_weights import check_stored

from corpus.taxonomy import Taxonomy
from index.encoders.protocol import Encoded, QuestionEncoder
from index.meaning.asked import Learned
from index.meaning.learned import learned_reader, pillars_of
from index.meaning.masked import masked
from index.meaning.token_head import FILE, open_token_head, stored_head, token_head
from index.meaning.token_tags import token_tags
from index.questions.names import build_gazetteer
from index.questions.question import Question, understand


def read(text: str, taxonomy: Taxonomy, encoder: QuestionEncoder) -> tuple[Question, Encoded]:
    question = understand(text, build_gazetteer(taxonomy), taxonomy.editions)
    return question, encoder.encode_question(question.read_text)


def both(text: str, taxonomy: Taxonomy, encoder: QuestionEncoder) -> Learned:
    question, encoded = read(text, taxonomy, encoder)
    return token_head().joined(learned_reader().read(masked(question.reading), encoded.vector), question, encoded)


def likeliest(chances: dict[str, float]) -> str:
    return max(chances, key=chances.__getitem__)


@pytest.mark.parametrize("text", ["which country is worst for heroin", "hello", "a", "Peru " * 150, "ωραία Peru é ½"])
def test_kinds_and_orders_sum_to_one_alone_and_joined(text: str, taxonomy: Taxonomy, encoder: QuestionEncoder) -> None:
    question, encoded = read(text, taxonomy, encoder)
    for found in (token_head().read(question, encoded), both(text, taxonomy, encoder)):
        assert sum(found.kinds.values()) == pytest.approx(1, abs=1e-5)
        assert sum(found.orders.values()) == pytest.approx(1, abs=1e-5)
        assert set(found.kinds) == set(learned_reader().kinds.labels)
        assert set(found.orders) == {"", "high", "low", "up", "down"}


def test_a_text_without_tokens_is_read_by_its_vector(taxonomy: Taxonomy, encoder: QuestionEncoder) -> None:
    question, encoded = read("Peru", taxonomy, encoder)
    none = Encoded(encoded.vector, encoded.tokens[:0], encoded.spans[:0])
    assert sum(token_head().read(question, none).kinds.values()) == pytest.approx(1, abs=1e-5)


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
def test_a_plain_question_is_read_as_its_kind_by_words_vector_and_tokens(
    text: str, kind: str, taxonomy: Taxonomy, encoder: QuestionEncoder
) -> None:
    assert likeliest(dict(both(text, taxonomy, encoder).kinds)) == kind


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("which country in Asia is worst for arms trafficking", "high"),
        ("which country in Asia has the weakest courts", "low"),
        ("which countries in Africa saw heroin rise the most since 2021", "up"),
        ("what does Malta score for heroin", ""),
    ],
)
def test_the_order_is_read_by_words_vector_and_tokens(
    text: str, order: str, taxonomy: Taxonomy, encoder: QuestionEncoder
) -> None:
    assert likeliest(dict(both(text, taxonomy, encoder).orders)) == order


def test_joining_leaves_the_indicators_alone(taxonomy: Taxonomy, encoder: QuestionEncoder) -> None:
    question, encoded = read("who are the gun runners in Yemen", taxonomy, encoder)
    learned = learned_reader().read(masked(question.reading), encoded.vector)
    assert token_head().joined(learned, question, encoded).indicators == learned.indicators


def test_each_token_is_tagged_with_what_its_word_is(taxonomy: Taxonomy, encoder: QuestionEncoder) -> None:
    question, encoded = read("Which EU states beat Perru in heroin, judges in 2023 by 2.5 points?", taxonomy, encoder)
    tags = token_tags(question, encoded.spans, pillars_of(taxonomy))
    words = [question.read_text[a:b] for a, b in encoded.spans.tolist()]
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
    question, encoded = read("how good are the cops in Peru", taxonomy, encoder)
    assert question.read_text != question.text
    tags = token_tags(question, encoded.spans, pillars_of(taxonomy))
    assert tags[-3] == "indicator of resilience"
    assert tags[-1] == "country"


def test_what_is_stored_is_what_is_read(taxonomy: Taxonomy, encoder: QuestionEncoder) -> None:
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **stored_head(token_head()))
    file.seek(0)
    question, encoded = read("which country is worst for heroin", taxonomy, encoder)
    assert open_token_head(file, taxonomy).read(question, encoded) == token_head().read(question, encoded)


def test_a_file_that_carries_code_is_not_opened(taxonomy: Taxonomy) -> None:
    file = io.BytesIO()
    np.savez(file, **{"joining": np.ones(4), "labels.tags": np.array([{"a": 1}], dtype=object)})
    file.seek(0)
    with pytest.raises((ValueError, KeyError)):
        open_token_head(file, taxonomy)


def test_the_stored_weights_were_fitted_on_the_stored_questions() -> None:
    """If this fails, questions have changed: run `tests/fitting/fit_token_head.py` again."""
    check_stored(FILE, 1_200_000)
