"""What the judge makes of the passages that were retrieved for a question, the first ones first."""

from __future__ import annotations

from collections.abc import Sequence

from index.judging.judge import Judge, Judgement
from index.passages.passage import Passage
from index.retrieval.candidates import Hit
from index.retrieval.signals import PassageMatch

# So many passages are read at most: a page that answers has the answer among these nine times in ten.
READ = 4
# Below this, in log-odds, the judge surely denies that a passage answers, whatever else speaks for it: chosen on authors it has
# not seen, of whose first passages below this 77 in 82 were no answer.
SURELY_NOT = -6.0
# What one unit of the judge's log-odds is worth beside relevance, within these bounds: chosen on authors it has not seen.
_WORTH, _BOUND = 0.5, 4.0
# From this on, in log-odds, a passage surely answers, and no other is read.
_SURELY = 2.0


def judged(judge: Judge | None, question: str, hits: Sequence[Hit]) -> tuple[Judgement, ...]:
    """Of the first hits, in their order, until one surely answers; () without a judge. `question` is a `read_text`."""
    if judge is None:
        return ()
    found: list[Judgement] = []
    for hit in hits[:READ]:
        found.append(judge.judgement(question, hit.passage, best_sentence(hit.match)))
        if found[-1].answers >= _SURELY:
            break
    return tuple(found)


def reordered(hits: Sequence[Hit], judgements: Sequence[Judgement]) -> tuple[tuple[Hit, ...], tuple[Judgement, ...]]:
    """The hits with those that were judged in the order of relevance and the judge's word together, and the judgements in that
    order; the others follow as they were."""

    def worth(at: int) -> float:
        return hits[at].relevance + _WORTH * min(max(judgements[at].answers, -_BOUND), _BOUND)

    order = sorted(range(len(judgements)), key=lambda at: -worth(at))
    return (*(hits[at] for at in order), *hits[len(order) :]), tuple(judgements[at] for at in order)


def best_sentence(match: PassageMatch) -> int:
    """The position of the sentence nearest to the words of the question."""
    return int(match.nearness.argmax()) if match.nearness.size else 0


def nearest_words(passage: Passage, judgement: Judgement) -> tuple[int, int]:
    """The character range of the sentence of a judged window that answers or comes nearest."""
    start, end = judgement.window
    inside = [span for span in passage.sentences if span[0] < end and span[1] > start] or [(start, end)]
    return max(inside, key=lambda span: _likely(judgement, span))


def _likely(judgement: Judgement, span: tuple[int, int]) -> float:
    """The mean of the likeliest words of a sentence: a long one is not likelier for its length."""
    scores = sorted((score for (a, b), score in judgement.words if a >= span[0] and b <= span[1]), reverse=True)
    return sum(scores[:5]) / len(scores[:5]) if scores else float("-inf")
