"""What the judge makes of the passages that were retrieved for a question, the most promising parts of them first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.judging.judge import Judge, Judgement
from index.judging.windows import window_around
from index.passages.passage import Passage
from index.retrieval.candidates import Hit
from index.retrieval.signals import PassageMatch
from index.retrieval.weights import weights

# Of so many passages windows are read: a page that answers has the answer among these 49 times in 50.
READ = 8
# So many windows are read at most. With twelve, hardly more is found (index/judging/README.md).
_MOST_WINDOWS = 8
# A window that promises less than the first by more than this, in units of relevance, is not read.
_TOO_FAR = 3.5
# A second window of a passage promises less than the passage by this, and by half of what its sentence is less near.
_SECOND, _NEARNESS = 1.5, 0.5
# Below this, in log-odds, the judge surely denies that a passage answers, whatever else speaks for it; less will do where it is
# as good as sure that the passage says otherwise. Chosen on authors it has not seen and on the development questions.
_SURELY_NOT, _NOT, _SAYS_OTHERWISE = -6.0, -3.0, 0.8
# What one unit of the judge's log-odds is worth beside relevance, within these bounds: chosen on authors it has not seen.
_WORTH, _BOUND = 2.0, 8.0
# From this on, in log-odds, a passage surely answers, and no other is read.
_SURELY = 2.0


@dataclass(frozen=True, slots=True)
class _Window:
    """The window around a sentence of a hit, both by position, and how much it promises, in units of relevance."""

    hit: int
    sentence: int
    promise: float


def judged(judge: Judge | None, question: str, hits: Sequence[Hit]) -> tuple[Judgement, ...]:
    """Of the first hits, in their order: for each the judgement of its window that answers most likely, of those read until one
    surely answers; () without a judge. `question` is a `read_text`."""
    if judge is None or not hits:
        return ()
    windows = sorted(_windows(hits), key=lambda window: -window.promise)
    found: dict[int, Judgement] = {}
    for window in windows[:_MOST_WINDOWS]:
        if window.promise < windows[0].promise - _TOO_FAR:
            break
        said = judge.judgement(question, hits[window.hit].passage, window.sentence)
        if window.hit not in found or said.answers > found[window.hit].answers:
            found[window.hit] = said
        if said.answers >= _SURELY:
            break
    return tuple(found[at] for at in range(len(found)))


def _windows(hits: Sequence[Hit]) -> Iterator[_Window]:
    """The windows of the first hits: around the best sentence of each, and around the best that this one does not show.

    A hit never promises more than one before it, so that the first hits are read first in any order of the hits.
    """
    promise = hits[0].relevance
    for at, hit in enumerate(hits[:READ]):
        promise = min(promise, hit.relevance)
        best = best_sentence(hit.match)
        yield _Window(at, best, promise)
        near, sentences = hit.match.nearness, hit.passage.sentences
        start, end = window_around(hit.passage.text, sentences, best)
        left = [n for n, (a, b) in enumerate(sentences[: len(near)]) if a < start or b > end]
        if left:
            second = max(left, key=lambda n: (near[n], -n))
            less = _SECOND + _NEARNESS * weights().ranking.sentence * float(near[best] - near[second])
            yield _Window(at, second, promise - less)


def denied(judgement: Judgement) -> bool:
    """Whether the judge surely denies that a passage answers."""
    says_otherwise = judgement.against > _SAYS_OTHERWISE and judgement.answers < _NOT
    return says_otherwise or judgement.answers < _SURELY_NOT


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
