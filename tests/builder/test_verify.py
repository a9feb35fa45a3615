"""A generation whose parts do not match is found out, whatever its checksums say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from desk import Desk

from corpus.taxonomy import Taxonomy
from index.builder.verify import failed_conditions
from index.generations import folders
from index.stores.vector_index import VectorIndex


def test_files_that_do_not_match_are_found_though_their_checksums_do(desk: Desk, taxonomy: Taxonomy) -> None:
    folder = folders.current_folder(desk.index)
    manifest = folders.read_manifest(folder)
    assert failed_conditions(folder, manifest, taxonomy) == ()

    def findings(name: str, write: Callable[[Path], None]) -> str:
        path = folder / name
        original = path.read_bytes()
        write(path)
        resigned = {**manifest.files, name: folders.record_file(path)}
        found = failed_conditions(folder, replace(manifest, files=resigned), taxonomy)
        path.write_bytes(original)
        return "; ".join(found)

    keys = np.load(folder / "chunk_texts.npy")
    assert "do not belong to the stored texts" in findings("chunk_texts.npy", lambda p: np.save(p, keys[::-1]))
    zeros = np.zeros((len(keys), 384), dtype=np.float32)
    assert "not of unit length" in findings("chunks.faiss", lambda p: VectorIndex.from_vectors(zeros).save(p))
    assert "chunks: 1 found" in findings("chunks.faiss", lambda p: VectorIndex.from_vectors(zeros[:1]).save(p))
    text = (folder / "passages.jsonl").read_text()
    assert "extends beyond the text" in findings(
        "passages.jsonl", lambda p: p.write_text(text.replace('"chunks": [[0, ', '"chunks": [[0, 9'))
    )
    assert "cannot be read" in findings("coverage.json", lambda p: p.write_text("{"))
