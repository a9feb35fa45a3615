"""Which sentences of a passage are highlighted: the best, a neighbour that is about as good, and the one it refers back to."""

from __future__ import annotations

import re

from index.language.sentences import Span
from index.language.stems import held_stems, stems
from index.passages.passage import Passage
from index.questions.question import Question
from index.retrieval.signals import PassageMatch
from index.retrieval.weights import weights

_MOST_SENTENCES = 3
# Only the sentence before says whom this one is about.
_REFERS_BACK = re.compile(r"(?:they|it|he|she|its|their|these|this)\b", re.IGNORECASE)


def highlighted_sentences(passage: Passage, match: PassageMatch, question: Question) -> tuple[Span, ...]:
    """The sentence that answers best, by cosines and shared words, with neighbours about as good: one to three in a row.

    If the first of them opens with a word such as "they" or "it", the sentence before is highlighted too. A shared word that
    says what is asked counts twice as much as one that only names the topic; names of countries do not count.
    """
    if not passage.sentences:
        return ()
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
    chosen = [i for i in (best - 1, best, best + 1) if 0 <= i < len(scored) and scored[i] >= enough]
    if chosen[0] > 0 and len(chosen) < _MOST_SENTENCES and _REFERS_BACK.match(passage.text[passage.sentences[chosen[0]][0] :]):
        chosen.insert(0, chosen[0] - 1)
    return tuple(passage.sentences[i] for i in chosen)
