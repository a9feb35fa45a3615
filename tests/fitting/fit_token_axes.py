"""Makes `index/data/token_axes.npy`, the axes that token vectors are projected on. Not a test: run by hand.

    python tests/fitting/fit_token_axes.py ../shared/pages-dev

The axes are the principal directions of the tokens of the development pages (public-domain text). They are part of the recipe
of an index: other axes make other vectors, so a change to this file means a full build.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from corpus.sources import load_corpus
from corpus.taxonomy import load_taxonomy
from index.encoders.sentence_transformer import open_encoder
from index.passages.passage import chunk_texts, cut_passages

AXES = 128
EVERY = 9


def main(sources: str) -> None:
    taxonomy, encoder = load_taxonomy(), open_encoder()
    passages = cut_passages(load_corpus([Path(sources)], taxonomy), taxonomy, encoder.count_tokens, encoder.spec.window)
    texts = list(dict.fromkeys(text for passage in passages for text in chunk_texts(passage, taxonomy)))
    sample = np.concatenate([encoded.tokens[::EVERY] for _, encoded in encoder.encode_chunks(texts)])
    strengths, axes = np.linalg.eigh(sample.T @ sample)
    chosen = axes[:, ::-1][:, :AXES].T
    kept = strengths[::-1][:AXES].sum() / strengths.sum()
    print(f"{len(sample)} tokens of {len(texts)} chunks; {AXES} axes keep {kept:.1%} of the squared length")
    np.save(Path(__file__).parents[2] / "index" / "data" / "token_axes.npy", chosen.astype(np.float16), allow_pickle=False)


if __name__ == "__main__":
    main(sys.argv[1])
