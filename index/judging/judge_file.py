"""The file of the judge that comes with the package."""

from __future__ import annotations

import hashlib
from importlib.resources import files

FILE = "judge.onnx"


def judge_graph() -> bytes | None:
    """The graph as it is stored; None if its file is not there."""
    path = files("index").joinpath("data", FILE)
    return path.read_bytes() if path.is_file() else None


def judge_hash() -> str | None:
    """The SHA-256 of the graph; None if its file is not there."""
    graph = judge_graph()
    return None if graph is None else hashlib.sha256(graph).hexdigest()
