"""What each part of the search earns: the same questions searched with parts left out.

A configuration changes the weights of the signals and whether passages are filtered by place; understanding and scope stay as
they are. Only the search is varied, so every question is searched for passages and none is declined.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
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
from index.retrieval.candidates import allowed_passages, find_passages
from index.retrieval.highlight import highlighted_sentences
from index.retrieval.scope import scope_of, unclear_place
from index.retrieval.weights import WEIGHTS, Weights


@dataclass(frozen=True, slots=True)
class Configuration:
    """A way to search: what each signal is worth, and whether only passages of the asked countries and editions are seen."""

    name: str
    meaning: str
    weights: Weights
    filtered: bool = True


# Place still counts: which edition is preferred is no signal of the text. Definitions stay below paragraphs.
_NONE = replace(WEIGHTS, passage=0, sentence=0, words=0, words_together=0, asked_words=0, keyword=0, topic=0, length=0)
_LEXICAL = replace(_NONE, keyword=1.0)
# Among plain cosines an edition counts as much less as they differ less.
_COSINES = replace(_NONE, older=-0.1, definition=-0.15)
_DENSE = replace(_COSINES, passage=1.0)
# A hybrid as others make it: cosines and BM25 in proportions that give both a say.
_FUSED = replace(_COSINES, passage=1.0, keyword=0.02)
_WORDS = {"words": 0.0, "words_together": 0.0, "asked_words": 0.0}

CONFIGURATIONS: tuple[Configuration, ...] = (
    Configuration("full", "every signal, filtered by place: the search as it is", WEIGHTS),
    Configuration("lexical", "shared words alone (BM25)", _LEXICAL),
    Configuration("dense", "vectors of passages alone", _DENSE),
    Configuration("fused", "vectors of passages and shared words", _FUSED),
    Configuration("words-alone", "words held against words alone", replace(_COSINES, words=1.0)),
    Configuration("no-passages", "every signal but the vectors of passages", replace(WEIGHTS, passage=0.0)),
    Configuration("no-sentences", "every signal but the vectors of sentences", replace(WEIGHTS, sentence=0.0)),
    Configuration("no-words", "every signal but words held against words", replace(WEIGHTS, **_WORDS)),
    Configuration("no-topic", "every signal but the section's indicators", replace(WEIGHTS, topic=0.0)),
    Configuration("no-edition", "every signal but the newer edition first", replace(WEIGHTS, older=0.0)),
    Configuration("no-length", "every signal but the length", replace(WEIGHTS, length=0.0)),
    Configuration("unfiltered", "every signal, passages of every country and edition seen", WEIGHTS, filtered=False),
    Configuration("lexical-unfiltered", "shared words alone, every country and edition", _LEXICAL, filtered=False),
    Configuration("dense-unfiltered", "vectors of passages alone, every country and edition", _DENSE, filtered=False),
    Configuration("fused-unfiltered", "vectors and shared words, every country and edition", _FUSED, filtered=False),
)
NAMED: Mapping[str, Configuration] = {c.name: c for c in CONFIGURATIONS}
HEADLINE = "nDCG@10"
# What a search alone can be measured by.
SEARCH_MEASURES = (*PASSAGE_MEASURES, "Country leaks")


def searching(snapshot: Snapshot, configuration: Configuration, depth: int = DEPTH) -> Respond:
    """Question in, an answer object out that holds what the search alone finds, best first."""

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
        found = find_passages(snapshot, question, allowed, depth, configuration.weights)
        listed = [
            {
                "id": h.passage.id,
                "country": h.passage.country,
                "text": h.passage.text,
                "highlight": highlighted_sentences(h.passage, h.seen, question),
            }
            for h in found.hits
        ]
        return _answer(question.countries, listed)

    return respond


def _answer(countries: tuple[str, ...], passages: list[dict[str, Any]]) -> Mapping[str, Any]:
    """The parts of an answer object that are measured. Whether it is right is not asked, so it claims nothing."""
    return {
        "answered": bool(passages),
        "confidence": 0.0,
        "answer": "",
        "result": None,
        "understood": {"countries": countries},
        "passages": passages,
    }


@dataclass(frozen=True, slots=True)
class Earned:
    """A configuration measured. `gain` is its nDCG@10 less that of the full search, `p` the corrected chance of that."""

    configuration: Configuration
    result: Result
    gain: float
    low: float
    high: float
    p: float


def ablate(measure: Callable[[Configuration], Result]) -> tuple[Earned, ...]:
    """Measure every configuration and compare each with the first, the full search."""
    results = [(configuration, measure(configuration)) for configuration in CONFIGURATIONS]
    headline = BY_NAME[HEADLINE]
    full = columns_of(results[0][1].scored)
    others = [columns_of(result.scored) for _, result in results]
    chances = [randomization_p(headline, full, other) for other in others[1:]]
    corrected = [1.0, *holm(chances, [2 * least_p(headline, full, other) for other in others[1:]], LEVEL)]
    return tuple(
        Earned(c, result, difference(headline, full, other), *bootstrap_interval(headline, full, other), p)
        for (c, result), other, p in zip(results, others, corrected, strict=True)
    )


class _Remembering:
    """Encodes each question once, whatever the number of configurations it is asked under."""

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
    """The same snapshot, whose encoder keeps the vectors of questions; times measured on it mean nothing."""
    inner = snapshot.encoder
    return replace(snapshot, encoder=LazyEncoder(snapshot.manifest.model, lambda spec: _Remembering(inner.get())))


def searchable(cases: Sequence[Case]) -> tuple[Case, ...]:
    """The cases that a search can be measured on: those with a gold place. Raises SetError where there is none."""
    found = tuple(replace(case, expect=None) for case in cases if case.gold)
    if not found:
        raise SetError("no question of the set has a gold place", "a search is measured on questions with gold places")
    return found
