"""An encoder that has not opened its model yet."""

from __future__ import annotations

import numpy as np
from world import TEXTS

from index.encoders.deferred import DeferredEncoder, passage_encoder
from index.encoders.sentence_transformer import SentenceTransformerEncoder


def test_tokens_are_counted_without_the_model_as_with_it(encoder: SentenceTransformerEncoder) -> None:
    deferred = passage_encoder(known=encoder.spec)
    assert isinstance(deferred, DeferredEncoder)
    texts = [
        "",
        "Salt",
        "naïve façades, São Tomé",
        "word " * 400,
        "🙂 \x00 ­",
        *(t for s in TEXTS.values() for v in s.values() for t in v),
    ]
    assert deferred.count_tokens(texts) == encoder.count_tokens(texts)
    assert deferred.count_tokens([]) == encoder.count_tokens([]) == []
    assert np.array_equal(deferred.encode_passages(texts[1:3]), encoder.encode_passages(texts[1:3]))
