"""What speaks for and against the first passage as an answer: the place, the topic, every word asked, the sort of answer.

That a text is near a question says that it is on the topic, not that it answers; a near miss is told by what is *not* there.
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
from index.language.stems import held_stems, stems
from index.passages.passage import Passage
from index.passages.passage_file import keyword_text
from index.questions.question import Question
from index.retrieval.answer_type import AnswerType, answer_type_of, holds
from index.retrieval.candidates import Found, Hit
from index.retrieval.entity_names import unnamed
from index.retrieval.missing_words import lack, missing_word_weights
from index.retrieval.signals import AskedWord
from index.stores.token_index import Likeness

_WEAK = 0.45
_EXACT = re.compile(r"\b(?:exact|exactly|precise|precisely|specific|specifically)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\bhow many ((?:[\w'-]+ ?){1,3})", re.IGNORECASE)
_NUMBER = re.compile(r"\b\d[\d,.]*\b")
_NAMES_NOTHING = frozenset(
    (
        "i monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
        "september "
        "october november december"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the first passage, and what against it.

    For: `sentence` is the cosine of the nearest sentence. Against, each 0 to 1: `weak_words` is the share of the asked words
    that have nothing near in the passage; `unnamed` that of things of few names (see `index.retrieval.entity_names`) that it
    does not name; `off_topic` the share of the indicators asked for of which no word stands beside the best sentence;
    `no_name`, `no_date` and `no_count` say that the sort of answer that is wanted is not there (of a count, how far the counted
    thing is from every number); `missing_country` and `missing_number` that the passage lacks one that the question mentions;
    `unmeasured` that the edition lacks an indicator asked for. `asks_sum`, `asks_person` and `asks_exactly` are 1 where a sum
    of money, a person or something exact is asked for, which pages seldom give. `elsewhere` is how much better the best passage
    of an edition that was not asked for is, in units of relevance, 0 or more. `lacking` is what the words without their like
    say (see `index.retrieval.missing_words`), in log-odds; 0 where the model of the index is not the packaged one.
    """

    sentence: float
    weak_words: float
    unnamed: float
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
    lacking: float


def evidence_of(found: Found, question: Question, snapshot: Snapshot, elsewhere: float = 0.0) -> Evidence:
    """Weigh the first passage against the question. `elsewhere`: relevance of the best of other editions, less its own."""
    hit, taxonomy = found.hits[0], snapshot.taxonomy
    passage, asked = hit.passage, found.asked
    best = best_sentence(hit)
    sentence, beside = _sentence(passage, best), _beside(passage, best)
    wanted = answer_type_of(question.read_text)
    held = held_stems(keyword_text(passage, taxonomy))
    return Evidence(
        sentence=hit.signals.sentence,
        weak_words=_weak_words(hit.seen.likeness, asked),
        unnamed=_unnamed(asked, passage.text),
        off_topic=_off_topic(question, beside, taxonomy),
        no_name=float(
            wanted in (AnswerType.NAME, AnswerType.PLACE_NAME) and not holds(wanted, sentence, _known(question, snapshot))
        ),
        no_date=float(wanted is AnswerType.DATE and not holds(wanted, passage.text)),
        no_count=_no_count(hit, question, found),
        missing_country=float(any(not held & names for names in _mentioned(question, taxonomy))),
        missing_number=float(any(n not in passage.text for n in _numbers(question))),
        unmeasured=float(any(taxonomy.indicators[i].since > (passage.edition or 0) for i in question.indicators)),
        asks_sum=float(wanted is AnswerType.MONEY),
        asks_person=float(wanted is AnswerType.PERSON),
        asks_exactly=float(bool(_EXACT.search(question.text))),
        elsewhere=max(0.0, elsewhere),
        lacking=_lacking(found, snapshot),
    )


def _known(question: Question, snapshot: Snapshot) -> frozenset[str]:
    """The folded words that name nothing new."""
    return frozenset(fold(question.text).split()) | snapshot.country_words | _NAMES_NOTHING


def best_sentence(hit: Hit) -> int:
    """The number of the sentence in which the words of the question come nearest."""
    return int(hit.seen.nearness.argmax()) if hit.seen.nearness.size else 0


def missing_words_of(found: Found) -> Vectors | None:
    """The lack of the first passage, taken in its best sentence; None where the question was not encoded."""
    if found.encoded is None:
        return None
    hit = found.hits[0]
    likeness = hit.seen.likeness
    near = likeness.sentences[best_sentence(hit)] if len(likeness.sentences) else likeness.passage
    return lack(found.encoded.tokens, near)


def _lacking(found: Found, snapshot: Snapshot) -> float:
    lacked = missing_words_of(found)
    return 0.0 if lacked is None else float(lacked @ missing_word_weights(snapshot.manifest.model))


def _unnamed(asked: Sequence[AskedWord], text: str) -> float:
    words = {s for word in asked for s in stems(word.text)}
    return len(unnamed(words, held_stems(text))) / len(asked) if asked else 0.0


def _weak_words(likeness: Likeness, asked: Sequence[AskedWord]) -> float:
    near = [float(np.mean(likeness.passage[list(word.tokens)])) for word in asked]
    return sum(n < _WEAK for n in near) / len(near) if near else 0.0


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
    """The numbers that a question mentions, editions left out."""
    found = (n.rstrip(".,") for n in _NUMBER.findall(question.text))
    return [n for n in found if not (n.isdigit() and int(n) in question.editions)]


def _no_count(hit: Hit, question: Question, found: Found) -> float:
    """For "how many …": one less how near the counted thing comes to a word of a sentence that has a number."""
    counted = _COUNTED.search(question.read_text)
    if counted is None or found.encoded is None:
        return 0.0
    spans = found.encoded.spans
    tokens = [i for w in found.asked for i in w.tokens if spans[i][0] >= counted.start(1) and spans[i][1] <= counted.end(1)]
    if not tokens:
        return 0.0
    sentences = zip(hit.seen.likeness.sentences, hit.passage.sentences, strict=False)
    near = [float(np.mean(s[tokens])) for s, (a, b) in sentences if holds(AnswerType.NUMBER, hit.passage.text[a:b])]
    return 1 - max(near, default=0.0)
