"""The same index with another embedding model, in memory: the passages of a generation are cut and embedded again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from index.builder.embedding import embed_passages
from index.builder.vector_cache import VectorCache
from index.encoders.protocol import Encoder, Progress
from index.generations.question_encoders import LazyEncoder
from index.generations.snapshot import Snapshot
from index.passages.passage import recut


def with_model(snapshot: Snapshot, encoder: Encoder, report: Mapping[str, Progress] | None = None) -> Snapshot:
    """The snapshot as a build with this model would make it. Passages are cut for its window; BM25 stays the same.

    `report` has the progress callbacks of "passages" and "sentences".
    """
    progress = report or dict.fromkeys(("passages", "sentences"), lambda done, total: None)
    passages = tuple(recut(p, snapshot.taxonomy, encoder.count_tokens, encoder.spec.window) for p in snapshot.passages)
    embedded = embed_passages(passages, snapshot.taxonomy, encoder, VectorCache(), progress)
    return replace(
        snapshot,
        passages=passages,
        chunks=embedded.chunks,
        words=embedded.words,
        sentences=embedded.sentences,
        encoder=LazyEncoder(encoder.spec, lambda spec: encoder),
        manifest=replace(snapshot.manifest, model=encoder.spec),
    )
