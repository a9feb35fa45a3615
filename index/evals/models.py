"""The same index with another embedding model, in memory: the passages of a generation cut and embedded anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from index.build import embedded, embedded_chunks
from index.chunk import recut, sentence_texts
from index.embed import PassageEncoder, Progress, QuestionEncoder
from index.snapshot import LazyEncoder, Snapshot


class Encoder(PassageEncoder, QuestionEncoder, Protocol):
    """Encodes both sides."""


def with_model(snapshot: Snapshot, encoder: Encoder, report: Mapping[str, Progress] | None = None) -> Snapshot:
    """The snapshot as a build with this model would have made it. Paragraphs are cut for its window, words stay as they are.

    `report` holds what is told of the progress of "passages" and of "sentences".
    """
    told = report or dict.fromkeys(("passages", "sentences"), lambda done, total: None)
    passages = tuple(recut(p, snapshot.taxonomy, encoder.count_tokens, encoder.spec.window) for p in snapshot.passages)
    chunks, words = embedded_chunks(passages, snapshot.taxonomy, encoder, told["passages"])
    sentences = [text for p in passages for text in sentence_texts(p, snapshot.taxonomy)]
    return replace(
        snapshot,
        passages=passages,
        chunks=chunks,
        words=words,
        sentences=embedded(sentences, encoder, told["sentences"]),
        encoder=LazyEncoder(encoder.spec, lambda spec: encoder),
        manifest=replace(snapshot.manifest, model=encoder.spec),
    )
