"""The files of the judge that come with the package: what it reads and says, a graph, its matrices and its word vectors."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import Any

import numpy as np

from corpus.errors import ModelError
from index.judging.packed import Bytes

ABOUT, GRAPH, MATRICES, WORDS = FILES = "judge.json", "judge.onnx", "judge_matrices.npy", "judge_words.npy"


@dataclass(frozen=True, slots=True, eq=False)
class JudgeFiles:
    """`about` says what it was fitted on and for, and the name and shape of each matrix; `graph` is as it is stored; `matrices`,
    uint8[bytes], are one after the other; `words`, uint8[vocabulary, bytes], has the vector of a token in each row."""

    about: Mapping[str, Any]
    graph: bytes
    matrices: Bytes
    words: Bytes


def judge_files() -> JudgeFiles | None:
    """The files as they are stored; None if one is not there. Raises ModelError if one cannot be read."""
    folder = files("index").joinpath("data")
    if not all(folder.joinpath(name).is_file() for name in FILES):
        return None
    try:
        with as_file(folder) as path:
            about = json.loads((path / ABOUT).read_text(encoding="utf-8"))
            graph = (path / GRAPH).read_bytes()
            matrices, words = (np.load(path / name, mmap_mode="r", allow_pickle=False) for name in (MATRICES, WORDS))
    except (OSError, ValueError) as error:
        raise ModelError(f"the files of the judge cannot be read ({error})", "install ocqa again") from error
    return JudgeFiles(about, graph, matrices, words)


def judge_hash() -> str | None:
    """The SHA-256 of the files together; None if one is not there. Raises ModelError if one cannot be read."""
    found = judge_files()
    if found is None:
        return None
    digest = hashlib.sha256(json.dumps(found.about, sort_keys=True).encode() + found.graph)
    for part in (found.matrices, found.words):
        digest.update(part.tobytes())
    return digest.hexdigest()
