"""The part of a passage that is read beside a question."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.judging.windows import MOST_WORDS, lead_of, window_around
from index.language.sentences import sentence_spans
from index.passages.passage import Passage, PassageKind

WORDS = st.lists(st.sampled_from(["gold", "river", "the", "2014,", "mines", "of", "gangs."]), min_size=1, max_size=40)
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(
    lambda sentences: " ".join(" ".join([*s, "end."]).capitalize() for s in sentences)
)


@given(TEXTS, st.integers(0, 400))
def test_a_window_holds_its_sentence_and_at_most_sixty_words(text: str, number: int) -> None:
    sentences = sentence_spans(text)
    at = number % len(sentences)
    start, end = window_around(text, sentences, at)
    assert len(text[start:end].split()) <= MOST_WORDS
    first, last = sentences[at]
    if len(text[first:last].split()) <= MOST_WORDS:
        assert start <= first and last <= end
        assert start in {a for a, _ in sentences} and end in {b for _, b in sentences}
    else:
        assert first <= start and end <= last


def test_a_short_passage_is_read_whole() -> None:
    text = "Gold is mined in the east. The army guards the mines."
    assert window_around(text, sentence_spans(text), 1) == (0, len(text))


def test_of_a_long_sentence_the_part_around_a_word_is_read() -> None:
    words = [f"word{n}" for n in range(200)]
    text = " ".join(words)
    at = text.index("word150")
    start, end = window_around(text, ((0, len(text)),), 0, at)
    assert "word150" in text[start:end].split() and len(text[start:end].split()) == MOST_WORDS
    assert text[: window_around(text, ((0, len(text)),), 0)[1]].split() == words[:MOST_WORDS]


def test_a_window_is_read_with_the_place_it_comes_from() -> None:
    paragraph = Passage("id", PassageKind.PARAGRAPH, "text", "", "PER", 2021, "Trade", "trade", 1)
    definition = Passage("id", PassageKind.DEFINITION, "text", "", indicator="heroin_trade")
    assert (lead_of(paragraph), lead_of(definition)) == ("2021, Trade", "heroin trade")
