"""Whether a file of fitted weights was made from the questions that are stored beside it."""

from __future__ import annotations

import importlib.util
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np

QUESTIONS = Path(__file__).parents[1] / "fitting" / "reader_questions.py"


def check_stored(file: str, most_bytes: int) -> None:
    """Fails where the questions have changed since the fit, or the file is larger than a package should carry."""
    path = files("index").joinpath("data", file)
    with path.open("rb") as opened, np.load(opened, allow_pickle=False) as arrays:
        check_questions(str(arrays["questions"]))
    assert len(path.read_bytes()) <= most_bytes


def check_questions(digest: str) -> None:
    """Fails where a hash is not that of the questions that readers are fitted on."""
    spec = importlib.util.spec_from_file_location("reader_questions", QUESTIONS)
    assert spec is not None and spec.loader is not None
    sys.path.insert(0, str(QUESTIONS.parent))
    questions = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = questions  # dataclasses look their module up
    spec.loader.exec_module(questions)
    assert digest == questions.digest(questions.question_files())
