"""The evidence for and against the first passage as an answer: its place, its topic, every word asked, the answer type.

A text close to a question is on its topic, but need not answer it: a near miss is recognised by what is *not* there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.naming import fold
from corpus.taxonomy import Taxonomy
from index.encoders.protocol import Vectors
from index.generations.snapshot import Snapshot
from index.judging.judge import DETAIL, Judgement
from index.language.stems import held_stems, stems
from index.passages.passage import Passage
from index.passages.passage_file import keyword_text
from index.questions.question import Question
from index.retrieval.answer_type import AnswerType, answer_type_of, holds
from index.retrieval.candidates import Hit, Retrieved
from index.retrieval.entity_names import missing_entities
from index.retrieval.judged import best_sentence
from index.retrieval.missing_words import missing_word_vector, missing_word_weights
from index.retrieval.signals import AskedWord
from index.retrieval.weights import weights
from index.stores.token_index import Likeness

_EXACT = re.compile(r"\b(?:exact|exactly|precise|precisely|specific|specifically)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\bhow many ((?:[\w'-]+ ?){1,3})", re.IGNORECASE)
# Beyond this the judge's log-odds say nothing more.
_SUREST = 8.0
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_NAMES_NOTHING = frozenset(
    (
        "i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september october november december"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence for the first passage and against it. The manifest of a build has these names.

    For: `sentence` is the cosine of the nearest sentence. Against, each 0 to 1: `weak_words` is the share of asked words with
    nothing near them in the passage, `missing_entities` the share that are named entities (`index.retrieval.entity_names`)
    the passage does not name, `off_topic` the share of indicators asked for that no words around the best sentence name.
    `no_name`, `no_date` and `no_count` mean that the passage has nothing of the answer type (for a count, how far the thing
    counted is from any number), `missing_country` and `missing_number` that it lacks one the question mentions, `unmeasured`
    that its edition does not have an indicator asked for. `asks_sum`, `asks_person` and `asks_exactly` are 1 if the question
    asks for a sum of money, a person or something exact, which pages seldom give. `elsewhere` is how much more relevant
    the best passage of an edition not asked for is, 0 or more. `missing_words` is the missing-word evidence
    (`index.retrieval.missing_words`) in log-odds, 0 for an index with another model than the packaged one. `judged` is what the
    judge (`index.judging`) says of the first passage, in log-odds, `judged_others` how much more it says of the best of the next
    ones, 0 or more; `judged_against` and `judged_detail` are the chances, 0 to 1, that the first passage speaks against the
    question or lacks the detail asked for. All are 0 where there is no judge.
    """

    sentence: float
    weak_words: float
    missing_entities: float
    off_topic: float
    no_name: float
    no_date: float
    no_count: float
    missing_country: float
    missing_number: float
    unmeasured: float
    asks_sum: float
    asks_person: float
    asks_exactly: float
    elsewhere: float
    missing_words: float
    judged: float = 0.0
    judged_others: float = 0.0
    judged_against: float = 0.0
    judged_detail: float = 0.0


def evidence_of(
    retrieved: Retrieved,
    question: Question,
    snapshot: Snapshot,
    elsewhere: float = 0.0,
    judgements: Sequence[Judgement] = (),
) -> Evidence:
    """The evidence for the first hit. `elsewhere`: how much more relevant the best passage of other editions is; `judgements`:
    what the judge makes of the first hits, in their order."""
    hit, taxonomy = retrieved.hits[0], snapshot.taxonomy
    passage, asked = hit.passage, retrieved.asked
    best = best_sentence(hit.match)
    sentence, beside = _sentence(passage, best), _beside(passage, best)
    wanted = answer_type_of(question.read_text)
    held = held_stems(keyword_text(passage, taxonomy))
    return Evidence(
        sentence=hit.signals.sentence,
        weak_words=_weak_words(hit.match.likeness, asked),
        missing_entities=_missing_entities(asked, passage.text),
        off_topic=_off_topic(question, beside, taxonomy),
        no_name=float(
            wanted in (AnswerType.NAME, AnswerType.PLACE_NAME) and not holds(wanted, sentence, _known(question, snapshot))
        ),
        no_date=float(wanted is AnswerType.DATE and not holds(wanted, passage.text)),
        no_count=_no_count(hit, question, retrieved),
        missing_country=float(any(not held & names for names in _mentioned(question, taxonomy))),
        missing_number=float(any(n not in passage.text for n in _numbers(question))),
        unmeasured=float(any(taxonomy.indicators[i].since > (passage.edition or 0) for i in question.indicators)),
        asks_sum=float(wanted is AnswerType.MONEY),
        asks_person=float(wanted is AnswerType.PERSON),
        asks_exactly=float(bool(_EXACT.search(question.text))),
        elsewhere=max(0.0, elsewhere),
        missing_words=_missing_words(retrieved, snapshot),
        judged=_bounded(judgements[0].answers) if judgements else 0.0,
        judged_others=max((max(0.0, _bounded(j.answers) - _bounded(judgements[0].answers)) for j in judgements[1:]), default=0.0),
        judged_against=judgements[0].against if judgements else 0.0,
        judged_detail=judgements[0].faults.get(DETAIL, 0.0) if judgements else 0.0,
    )


def _known(question: Question, snapshot: Snapshot) -> frozenset[str]:
    """The folded words that do not count as new names: those of the question, and countries, weekdays and months."""
    return frozenset(fold(question.text).split()) | snapshot.country_words | _NAMES_NOTHING


def _bounded(log_odds: float) -> float:
    """What the judge says, but never more than it can know."""
    return min(max(log_odds, -_SUREST), _SUREST)


def missing_word_vector_of(retrieved: Retrieved) -> Vectors | None:
    """The missing-word vector of the first hit, against its best sentence; None if the question was not encoded."""
    if retrieved.encoded is None:
        return None
    hit = retrieved.hits[0]
    likeness = hit.match.likeness
    near = likeness.sentences[best_sentence(hit.match)] if len(likeness.sentences) else likeness.passage
    return missing_word_vector(retrieved.encoded.tokens, near)


def _missing_words(retrieved: Retrieved, snapshot: Snapshot) -> float:
    vector = missing_word_vector_of(retrieved)
    return 0.0 if vector is None else float(vector @ missing_word_weights(snapshot.manifest.model))


def _missing_entities(asked: Sequence[AskedWord], text: str) -> float:
    words = {s for word in asked for s in stems(word.text)}
    return len(missing_entities(words, held_stems(text))) / len(asked) if asked else 0.0


def _weak_words(likeness: Likeness, asked: Sequence[AskedWord]) -> float:
    near = [float(np.mean(likeness.passage[list(word.tokens)])) for word in asked]
    weak = weights().likeness.weak
    return sum(n < weak for n in near) / len(near) if near else 0.0


def _sentence(passage: Passage, number: int) -> str:
    if not passage.sentences:
        return passage.text
    start, end = passage.sentences[number]
    return passage.text[start:end]


def _beside(passage: Passage, number: int) -> str:
    """A sentence with its neighbours."""
    return " ".join(passage.text[a:b] for a, b in passage.sentences[max(0, number - 1) : number + 2]) or passage.text


def _off_topic(question: Question, text: str, taxonomy: Taxonomy) -> float:
    held = held_stems(text)
    asked = [taxonomy.indicators[i] for i in question.indicators if taxonomy.indicators[i].parent in _AVERAGES]
    phrases = [[set(stems(name)) for name in (i.name, *i.labels, *i.synonyms)] for i in asked]
    return sum(not any(p and p <= held for p in of_one) for of_one in phrases) / len(asked) if asked else 0.0


_AVERAGES = ("criminal_markets", "criminal_actors", "resilience")


def _mentioned(question: Question, taxonomy: Taxonomy) -> list[set[str]]:
    countries = (taxonomy.countries[c] for c in question.mentions)
    return [{s for name in (c.name, *c.aliases, *c.demonyms) for s in stems(name)} for c in countries]


def _numbers(question: Question) -> list[str]:
    """The numbers that a question mentions, other than editions."""
    found = (n.rstrip(".,") for n in _NUMBER.findall(question.text))
    return [n for n in found if not (n.isdigit() and int(n) in question.editions)]


def _no_count(hit: Hit, question: Question, retrieved: Retrieved) -> float:
    """For "how many …": 1 minus the best cosine of the thing counted with a word of a sentence that has a number."""
    counted = _COUNTED.search(question.read_text)
    if counted is None or retrieved.encoded is None:
        return 0.0
    spans = retrieved.encoded.spans
    tokens = [i for w in retrieved.asked for i in w.tokens if spans[i][0] >= counted.start(1) and spans[i][1] <= counted.end(1)]
    if not tokens:
        return 0.0
    sentences = zip(hit.match.likeness.sentences, hit.passage.sentences, strict=False)
    near = [float(np.mean(s[tokens])) for s, (a, b) in sentences if holds(AnswerType.NUMBER, hit.passage.text[a:b])]
    return 1 - max(near, default=0.0)
