"""Sentences, passages and chunks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world import TEXTS

from corpus.records import Corpus
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.language.sentences import sentence_spans
from index.passages.passage import PassageKind, chunk_texts, cut_passages, sentence_texts


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two.", ["One.", "Two."]),
        (
            "It cost US$1.2 billion in 2019. Dr. Smith of the U.S. agreed.",
            ["It cost US$1.2 billion in 2019.", "Dr. Smith of the U.S. agreed."],
        ),
        ("The army, est. 1961, is small. It has boats.", ["The army, est. 1961, is small.", "It has boats."]),
        (
            "overuse of pastures and subsequent erosion; desertification of the northern half; loss of forests and wildlife",
            [
                "overuse of pastures and subsequent erosion",
                "desertification of the northern half",
                "loss of forests and wildlife",
            ],
        ),
        ("gold; silver; tin", ["gold; silver; tin"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_are_cut_where_a_reader_would(text: str, sentences: list[str]) -> None:
    assert [text[a:b] for a, b in sentence_spans(text)] == sentences


@given(st.text(alphabet="abc DE.;!?\n1é ", max_size=200))
def test_spans_are_in_order_apart_and_lose_nothing_but_space_and_semicolons(text: str) -> None:
    spans = sentence_spans(text)
    ends = [0, *(end for _, end in spans)]
    gaps = [text[a:b] for a, b in zip(ends, [*(start for start, _ in spans), len(text)], strict=True)]
    assert all(start < end for start, end in spans)
    assert "".join(gaps).replace(";", "").strip() == ""


def count_words(texts: list[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def cut(corpus: Corpus, taxonomy: Taxonomy, window: int):
    return cut_passages(corpus, taxonomy, count_words, window)


def test_every_paragraph_and_definition_is_one_passage_named_for_its_place(world_sources, taxonomy: Taxonomy) -> None:
    corpus = load_corpus([world_sources], taxonomy)
    passages = cut(corpus, taxonomy, 254)
    paragraphs = [p for p in passages if p.kind is PassageKind.PARAGRAPH]
    assert len(passages) - len(paragraphs) == 36
    assert {p.id: p.text for p in paragraphs if p.country == "TCD" and p.edition == 2021} == {
        "TCD-2021-environment-1": TEXTS["Chad"]["Environment"][0],
        "TCD-2021-environment-2": TEXTS["Chad"]["Environment"][1],
        "TCD-2021-drugs-1": TEXTS["Chad"]["Drugs"][0],
        "TCD-2021-criminal-justice-and-security-1": TEXTS["Chad"]["Criminal justice and security"][0],
    }
    assert len({p.id for p in passages}) == len(passages)


def test_the_place_goes_into_what_is_embedded_and_not_into_what_is_shown(world_sources, taxonomy: Taxonomy) -> None:
    passage = next(p for p in cut(load_corpus([world_sources], taxonomy), taxonomy, 254) if p.id == "NER-2021-trade-1")
    assert chunk_texts(passage, taxonomy) == ["Niger, 2021. Trade: Rifles are hidden in melon carts."]
    assert sentence_texts(passage, taxonomy) == ["Niger, 2021. Trade: Rifles are hidden in melon carts."]
    assert passage.text == "Rifles are hidden in melon carts."


@pytest.mark.parametrize("window", [12, 16, 30])
def test_a_long_paragraph_is_cut_at_sentences_to_fit_the_window(window: int, world_sources, taxonomy: Taxonomy) -> None:
    for passage in cut(load_corpus([world_sources], taxonomy), taxonomy, window):
        texts = chunk_texts(passage, taxonomy)
        assert all(len(text.split()) <= window for text in texts)
        kept = " ".join(passage.text[a:b] for a, b in passage.chunks)
        assert kept.replace(";", "").split() == passage.text.replace(";", "").split()


def test_a_sentence_longer_than_the_window_is_cut_between_words(
    encoder: SentenceTransformerEncoder, taxonomy: Taxonomy, tmp_path
) -> None:
    from world import page

    endless = "gold " * 900
    (tmp_path / "2021").mkdir()
    (tmp_path / "2021" / "chad.txt").write_text(page("Chad", 2021, taxonomy, {"Environment": (endless.strip(),)}))
    window = encoder.spec.window
    passages = cut_passages(load_corpus([tmp_path], taxonomy), taxonomy, encoder.count_tokens, window)
    (passage,) = [p for p in passages if p.country]
    assert len(passage.chunks) >= 4
    assert max(encoder.count_tokens(chunk_texts(passage, taxonomy))) <= window
    assert "".join(passage.text[a:b] for a, b in passage.chunks).replace(" ", "") == endless.replace(" ", "")


def test_the_newest_printed_definition_is_used(world_sources, taxonomy: Taxonomy) -> None:
    passages = cut(load_corpus([world_sources], taxonomy), taxonomy, 254)
    flora = next(p for p in passages if p.indicator == "flora_crimes")
    assert flora.text == "What an invented page says of Flora crimes in general terms."
    assert flora.source == "https://ocindex.net/2023/country/chad"
    assert next(p for p in passages if p.indicator == "resilience").text == taxonomy.indicators["resilience"].definition
