"""Which sentences of a passage are highlighted: the one that answers, and the one it refers back to.

Where the judge has read the passage, it says which sentence answers; elsewhere cosines and shared words do, and a neighbour that
is about as good is highlighted too.
"""

from __future__ import annotations

import re

from index.judging.judge import Judgement
from index.language.sentences import Span
from index.language.stems import held_stems, stems
from index.passages.passage import Passage
from index.questions.question import Question
from index.retrieval.judged import nearest_words
from index.retrieval.signals import PassageMatch
from index.retrieval.weights import weights

_MOST_SENTENCES = 3
# Only the sentence before says whom this one is about.
_REFERS_BACK = re.compile(r"(?:they|it|he|she|its|their|these|this)\b", re.IGNORECASE)


def highlighted_sentences(
    passage: Passage, match: PassageMatch, question: Question, judgement: Judgement | None = None
) -> tuple[Span, ...]:
    """The sentence that answers best, alone or with neighbours: one to three in a row.

    If the first of them opens with a word such as "they" or "it", the sentence before is highlighted too.
    """
    if not passage.sentences:
        return ()
    if judgement is None:
        chosen = _by_words(passage, match, question)
    else:
        said = nearest_words(passage, judgement)
        chosen = [n for n, (start, end) in enumerate(passage.sentences) if start < said[1] and end > said[0]]
    if chosen[0] > 0 and len(chosen) < _MOST_SENTENCES and _REFERS_BACK.match(passage.text[passage.sentences[chosen[0]][0] :]):
        chosen.insert(0, chosen[0] - 1)
    return tuple(passage.sentences[i] for i in chosen)


def _by_words(passage: Passage, match: PassageMatch, question: Question) -> list[int]:
    """The best sentence by cosines and shared words, with neighbours about as good, by position.

    A shared word that says what is asked counts twice as much as one that only names the topic; names of countries do not count.
    """
    own, topic = set(stems(" ".join(question.words))), set(stems(" ".join(question.topic_words)))
    total = 2 * len(own) + len(topic - own) or 1
    near, cosines = match.nearness.tolist(), match.sentences.tolist()
    numbers = weights().highlight
    scored = []
    for n, (start, end) in enumerate(passage.sentences):
        held = held_stems(passage.text[start:end])
        words = near[n] if n < len(near) else 0.0
        shared = numbers.shared_words * (2 * len(own & held) + len((topic - own) & held)) / total
        scored.append(cosines[n] + words + shared)
    best = max(range(len(scored)), key=lambda i: (scored[i], -i))
    enough = numbers.second_sentence * scored[best]
    return [i for i in (best - 1, best, best + 1) if 0 <= i < len(scored) and scored[i] >= enough]
