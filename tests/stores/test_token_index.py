"""Words held against words: what is stored of every token, and how near a question's words come."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus.errors import IndexDamaged
from index.encoders.protocol import ModelSpec
from index.encoders.sentence_transformer import SentenceTransformerEncoder
from index.generations.snapshot import Snapshot
from index.stores.token_index import TokenIndex, token_axes


def row_of(snapshot: Snapshot, place: str) -> int:
    return next(row for row, p in enumerate(snapshot.passages) if p.id == place)


def test_an_encoded_text_has_its_tokens_in_place(encoder: SentenceTransformerEncoder) -> None:
    text = "Salt is dug without licence"
    (_, encoded), (_, longer) = sorted(encoder.encode_chunks([text, text + " by families from the oasis"]), key=lambda p: p[0])
    assert [text[a:b] for a, b in encoded.spans][:3] == ["Salt", "is", "dug"]
    assert len(encoded.tokens) == len(encoded.spans) < len(longer.tokens)
    assert np.allclose(np.linalg.norm(encoded.tokens, axis=1), 1, atol=1e-5)
    assert np.allclose(encoded.vector, encoder.encode_passages([text])[0], atol=1e-5)


def test_a_word_is_nearest_to_itself_or_its_like(world: Snapshot, encoder: SentenceTransformerEncoder) -> None:
    row = row_of(world, "NER-2021-trade-1")
    question = encoder.encode_question("who hides guns among melons")
    text = world.passages[row].text
    found = {
        "who hides guns among melons"[a:b]: text[x:y]
        for (a, b), ((x, y), _) in zip(question.spans, world.words.nearest(question.tokens, [row])[0], strict=True)
    }
    assert found["hides"] == "hidden"
    assert found["guns"] == "Rifles"
    assert found["among"] in text


def test_likeness_is_high_where_a_sentence_holds_the_words_and_low_elsewhere(
    world: Snapshot, encoder: SentenceTransformerEncoder
) -> None:
    words = encoder.encode_question("Parrots sold to sailors").tokens
    rows = np.array([row_of(world, "TCD-2021-environment-2"), row_of(world, "NER-2021-trade-1")])
    right, wrong = map(world.words.likeness(words, rows).of, range(2))
    assert right.passage.shape == (len(words),)
    assert right.sentences.shape == (len(world.passages[row_of(world, "TCD-2021-environment-2")].sentences), len(words))
    assert right.passage.mean() > 0.75 > 0.6 > wrong.passage.mean()
    assert right.sentences[0].mean() > right.sentences[1].mean()
    assert (right.sentences.max(axis=0) <= right.passage + 1e-6).all()


def test_every_stored_token_is_a_word_of_its_passage(world: Snapshot) -> None:
    for row, passage in enumerate(world.passages):
        vectors = np.eye(384, dtype=np.float32)[:5]
        for (start, end), likeness in world.words.nearest(vectors, [row])[0]:
            assert any(c.isalnum() for c in passage.text[start:end])
            assert -1.1 <= likeness <= 1.1


def test_words_are_read_back_as_written(world: Snapshot, encoder: SentenceTransformerEncoder, tmp_path: Path) -> None:
    world.words.save(tmp_path / "words")
    again = TokenIndex.load(tmp_path / "words")
    words = encoder.encode_question("who taps the pipeline").tokens
    rows = np.arange(world.words.passages)
    assert len(again) == len(world.words)
    for before, after in ((world.words.likeness(words, rows).of(row), again.likeness(words, rows).of(row)) for row in rows):
        assert np.array_equal(before.passage, after.passage) and np.array_equal(before.sentences, after.sentences)


def test_parts_that_do_not_belong_together_are_refused(world: Snapshot, tmp_path: Path) -> None:
    world.words.save(tmp_path / "words")
    np.save(tmp_path / "words" / "spans.npy", np.zeros((3, 2), np.int32))
    with pytest.raises(IndexDamaged, match="do not match"):
        TokenIndex.load(tmp_path / "words")


def test_another_model_keeps_all_of_its_axes() -> None:
    assert token_axes(ModelSpec("some/other", "hash", 12, 64)).tolist() == np.eye(12).tolist()
    packaged = token_axes(ModelSpec("all-MiniLM-L6-v2", "hash", 384, 254))
    assert packaged.shape == (128, 384)
    assert np.allclose(packaged @ packaged.T, np.eye(128), atol=2e-3)


def test_no_words_and_no_passages_are_no_error(world: Snapshot) -> None:
    nothing = np.zeros((0, 384), np.float32)
    assert world.words.likeness(nothing, np.array([0])).of(0).passage.shape == (0,)
    assert world.words.likeness(np.eye(384, dtype=np.float32)[:2], np.zeros(0, np.int64)).passages.shape == (0, 2)
    assert world.words.nearest(nothing, [0]) == [[]]
