"""What each part of retrieval contributes: the same questions with parts left out.

A configuration changes the weights of the signals and whether passages are filtered by place; how questions are understood and
scoped stays the same. Only retrieval varies, so every question gets passages and none is declined.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from corpus.errors import QuestionError
from index.encoders.protocol import Encoded, ModelSpec, QuestionEncoder
from index.evals.compare import LEVEL
from index.evals.judged import columns_of
from index.evals.measures import PASSAGE_MEASURES
from index.evals.result_file import Result
from index.evals.run import DEPTH, Respond
from index.evals.set_measures import BY_NAME
from index.evals.sets import Case, SetError
from index.evals.significance import bootstrap_interval, difference, holm, least_p, randomization_p
from index.generations.question_encoders import LazyEncoder
from index.generations.snapshot import Snapshot
from index.questions.question import understand
from index.retrieval.candidates import allowed_passages, retrieve
from index.retrieval.highlight import highlighted_sentences
from index.retrieval.scope import scope_of, unclear_place
from index.retrieval.weights import RankingWeights, weights


@dataclass(frozen=True, slots=True)
class Configuration:
    """A way to retrieve: the weight of each signal, and whether passages are filtered by country and edition."""

    name: str
    meaning: str
    weights: RankingWeights
    filtered: bool = True


HEADLINE = "nDCG@10"
FULL = "full"
# What retrieval alone can be measured by.
SEARCH_MEASURES = (*PASSAGE_MEASURES, "Country leaks")


@cache
def configurations() -> Mapping[str, Configuration]:
    """All configurations by name, the full one first."""
    full = weights().ranking
    # Place still counts: the preference for newer editions is not a signal of the text. Definitions stay below paragraphs.
    none = replace(full, passage=0, sentence=0, words=0, words_together=0, asked_words=0, keyword=0, topic=0, length=0)
    lexical = replace(none, keyword=1.0)
    # Plain cosines differ less than the full relevance does, so the penalties shrink with them.
    cosines = replace(none, older=-0.1, definition=-0.15)
    dense = replace(cosines, passage=1.0)
    # A conventional hybrid: cosines and BM25, in proportions that let both count.
    fused = replace(cosines, passage=1.0, keyword=0.02)
    no_words = replace(full, words=0.0, words_together=0.0, asked_words=0.0)
    listed = (
        Configuration(FULL, "every signal, filtered by place: the system as it is", full),
        Configuration("lexical", "shared words alone (BM25)", lexical),
        Configuration("dense", "vectors of passages alone", dense),
        Configuration("fused", "vectors of passages and shared words", fused),
        Configuration("words-alone", "likeness of words (token vectors) alone", replace(cosines, words=1.0)),
        Configuration("no-passages", "every signal but the vectors of passages", replace(full, passage=0.0)),
        Configuration("no-sentences", "every signal but the vectors of sentences", replace(full, sentence=0.0)),
        Configuration("no-words", "every signal but the likeness of words", no_words),
        Configuration("no-topic", "every signal but the section's indicators", replace(full, topic=0.0)),
        Configuration("no-edition", "every signal but the preference for newer editions", replace(full, older=0.0)),
        Configuration("no-length", "every signal but the length", replace(full, length=0.0)),
        Configuration("unfiltered", "every signal, any country and edition", full, filtered=False),
        Configuration("lexical-unfiltered", "shared words alone, any country and edition", lexical, filtered=False),
        Configuration("dense-unfiltered", "vectors of passages alone, any country and edition", dense, filtered=False),
        Configuration("fused-unfiltered", "vectors and shared words, any country and edition", fused, filtered=False),
    )
    return {configuration.name: configuration for configuration in listed}


def searching(snapshot: Snapshot, configuration: Configuration, depth: int = DEPTH) -> Respond:
    """A function from a question to an answer object with the passages that retrieval alone finds, best first."""

    def respond(text: str) -> Mapping[str, Any]:
        try:
            question = understand(text, snapshot.gazetteer, snapshot.taxonomy.editions)
        except QuestionError:
            return _answer((), [])
        if unclear_place(snapshot, question) is not None:
            return _answer(question.countries, [])
        scope = scope_of(snapshot, question)
        if scope.refusal is not None:
            return _answer(question.countries, [])
        countries, editions = (scope.countries, scope.editions) if configuration.filtered else (None, None)
        definitions = scope.countries is None and not question.editions
        allowed = allowed_passages(snapshot, countries, editions, definitions=definitions)
        retrieved = retrieve(snapshot, question, allowed, depth, configuration.weights)
        listed = [
            {
                "id": h.passage.id,
                "country": h.passage.country,
                "text": h.passage.text,
                "highlight": highlighted_sentences(h.passage, h.match, question),
            }
            for h in retrieved.hits
        ]
        return _answer(question.countries, listed)

    return respond


def _answer(countries: tuple[str, ...], passages: list[dict[str, Any]]) -> Mapping[str, Any]:
    """The parts of an answer object that are measured. Confidence is not, so it is 0."""
    return {
        "answered": bool(passages),
        "confidence": 0.0,
        "answer": "",
        "result": None,
        "understood": {"countries": countries},
        "passages": passages,
    }


@dataclass(frozen=True, slots=True)
class AblationResult:
    """A measured configuration.

    `gain` is its nDCG@10 minus that of the full configuration, `low` and `high` the 95% interval of that, `p` its corrected
    p-value.
    """

    configuration: Configuration
    result: Result
    gain: float
    low: float
    high: float
    p: float


def ablate(measure: Callable[[Configuration], Result]) -> tuple[AblationResult, ...]:
    """Measure every configuration and compare each with the first, the full one."""
    results = [(configuration, measure(configuration)) for configuration in configurations().values()]
    headline = BY_NAME[HEADLINE]
    full = columns_of(results[0][1].scored)
    others = [columns_of(result.scored) for _, result in results]
    chances = [randomization_p(headline, full, other) for other in others[1:]]
    corrected = [1.0, *holm(chances, [2 * least_p(headline, full, other) for other in others[1:]], LEVEL)]
    return tuple(
        AblationResult(c, result, difference(headline, full, other), *bootstrap_interval(headline, full, other), p)
        for (c, result), other, p in zip(results, others, corrected, strict=True)
    )


class _Remembering:
    """Encodes each question once, however many configurations it is asked under."""

    def __init__(self, encoder: QuestionEncoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Encoded] = {}

    @property
    def spec(self) -> ModelSpec:
        return self._encoder.spec

    def encode_question(self, text: str) -> Encoded:
        if text not in self._vectors:
            self._vectors[text] = self._encoder.encode_question(text)
        return self._vectors[text]


def remembering(snapshot: Snapshot) -> Snapshot:
    """The same snapshot with an encoder that keeps the vectors of questions; times measured on it mean nothing."""
    inner = snapshot.encoder
    return replace(snapshot, encoder=LazyEncoder(snapshot.manifest.model, lambda spec: _Remembering(inner.get())))


def searchable(cases: Sequence[Case]) -> tuple[Case, ...]:
    """The cases that retrieval can be measured on: those with a gold place. Raises SetError if there are none."""
    found = tuple(replace(case, expect=None) for case in cases if case.gold)
    if not found:
        raise SetError("no question of the set has a gold place", "retrieval is measured on questions with gold places")
    return found
