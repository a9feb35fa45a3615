"""Which sentences of a passage are lit: the one that answers best, a neighbour that is as good, the one it leans on."""

from __future__ import annotations

import re

from index.language.sentences import Span
from index.language.stems import held_stems, stems
from index.passages.passage import Passage
from index.questions.question import Question
from index.retrieval.signals import Seen

_SECOND_SENTENCE = 0.92
_SHARED_WORDS = 0.2
_MOST_LIT = 3
# Says of whom it speaks only in the sentence before.
_LEANS_BACK = re.compile(r"(?:they|it|he|she|its|their|these|this)\b", re.IGNORECASE)


def highlighted_sentences(passage: Passage, seen: Seen, question: Question) -> tuple[Span, ...]:
    """The sentence that answers best, by closeness and shared words, with a neighbour that is as good: one to three in a row.

    A first one that opens with "they" or "it" is lit together with the one before.

    A word that says what is asked counts double against one that only names the topic; the country does not count.
    """
    if not passage.sentences:
        return ()
    own, topic = set(stems(" ".join(question.words))), set(stems(" ".join(question.topic_words)))
    total = 2 * len(own) + len(topic - own) or 1
    near, cosines = seen.nearness.tolist(), seen.sentences.tolist()
    scored = []
    for n, (start, end) in enumerate(passage.sentences):
        held = held_stems(passage.text[start:end])
        words = near[n] if n < len(near) else 0.0
        shared = _SHARED_WORDS * (2 * len(own & held) + len((topic - own) & held)) / total
        scored.append(cosines[n] + words + shared)
    best = max(range(len(scored)), key=lambda i: (scored[i], -i))
    chosen = [i for i in (best - 1, best, best + 1) if 0 <= i < len(scored) and scored[i] >= _SECOND_SENTENCE * scored[best]]
    if chosen[0] > 0 and len(chosen) < _MOST_LIT and _LEANS_BACK.match(passage.text[passage.sentences[chosen[0]][0] :]):
        chosen.insert(0, chosen[0] - 1)
    return tuple(passage.sentences[i] for i in chosen)
