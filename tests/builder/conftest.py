"""What every test of an update has: a sources folder and its index."""

from __future__ import annotations

from pathlib import Path

import pytest
from desk import Desk

from corpus.taxonomy import Taxonomy
from index.encoders.sentence_transformer import SentenceTransformerEncoder


@pytest.fixture
def desk(tmp_path: Path, world_index: Path, encoder: SentenceTransformerEncoder, taxonomy: Taxonomy) -> Desk:
    return Desk(tmp_path, world_index, encoder, taxonomy)
