"""The answer in the text of a scope: passages retrieved, the evidence for the first, and what other editions have."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from corpus.errors import ModelError
from index.encoders.protocol import Encoded
from index.generations.snapshot import Snapshot
from index.judging.judge import Judge, Judgement, judge
from index.questions.question import Question
from index.retrieval.candidates import Hit, Retrieved, allowed_passages, retrieve
from index.retrieval.evidence import Evidence, evidence_of
from index.retrieval.judged import READ, denied, judged, reordered
from index.retrieval.scope import Scope
from index.retrieval.weights import weights


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """What the text has for a question, whether or not it is good enough to be given.

    `evidence` is None if nothing was retrieved. `elsewhere` is the best passage of an edition that was not asked for.
    `answerable` and `right` are the estimated chances that these pages have an answer and that the first passage is one. Where
    `decisive` is below `line`, the question is declined: it is `right` with a judge, or 0 if the judge surely denies that the
    first passage answers, and `answerable` without one. `judgements` are what the judge makes of the first passages, in order.
    """

    retrieved: Retrieved
    evidence: Evidence | None
    elsewhere: Hit | None
    answerable: float
    right: float
    decisive: float
    line: float
    judgements: tuple[Judgement, ...] = ()

    @property
    def declined(self) -> bool:
        """Whether the chance of an answer is too low."""
        return self.decisive < self.line

    @property
    def first(self) -> float:
        """The relevance of the most relevant passage, minus infinity without one."""
        return max((hit.relevance for hit in self.retrieved.hits), default=float("-inf"))

    @property
    def nearer_edition(self) -> int | None:
        """An edition that was not asked for, if it has a passage more relevant than any of the editions that were."""
        return self.elsewhere.passage.edition if self.elsewhere is not None and self.elsewhere.relevance > self.first else None


def find_text_answer(
    snapshot: Snapshot, question: Question, scope: Scope, count: int, encoded: Encoded | None = None
) -> TextAnswer:
    """The answer in a scope that is not a refusal, with `count` passages at most. How many are asked for decides nothing else."""
    retrieved = retrieved_in(snapshot, question, scope, max(count, READ), encoded)
    elsewhere = _in_other_editions(snapshot, question, scope, retrieved.encoded)
    if not retrieved.hits:
        return TextAnswer(retrieved, None, elsewhere, 0.0, 0.0, 0.0, 1.0)
    better = elsewhere.relevance - retrieved.hits[0].relevance if elsewhere else 0.0
    judgements = judged(open_judge(), question.read_text, retrieved.hits)
    if len(question.countries) < 2:
        # Passages of several countries take turns.
        hits, judgements = reordered(retrieved.hits, judgements)
        retrieved = replace(retrieved, hits=hits)
    evidence = evidence_of(retrieved, question, snapshot, better, judgements)
    model, values = weights().model(judged=bool(judgements)), asdict(evidence)
    answerable = model.answerable.chance(values)
    # The two were fitted apart, and a passage is no likelier right than there is an answer at all.
    right = min(model.right.chance(values), answerable)
    line = model.declined_below if snapshot.strictness is None else snapshot.strictness
    shown = replace(retrieved, hits=retrieved.hits[:count])
    chance = right if judgements else answerable
    decisive = 0.0 if judgements and denied(judgements[0]) else chance
    return TextAnswer(shown, evidence, elsewhere, answerable, right, decisive, line, judgements)


def open_judge() -> Judge | None:
    """The judge; where it cannot be opened, the evidence alone has to do."""
    try:
        return judge()
    except ModelError:
        return None


def retrieved_in(snapshot: Snapshot, question: Question, scope: Scope, count: int, encoded: Encoded | None = None) -> Retrieved:
    """The passages of a scope. Definitions count if the question names neither a place nor an edition."""
    definitions = scope.countries is None and not question.editions
    allowed = allowed_passages(snapshot, scope.countries, scope.editions, definitions=definitions)
    return retrieve(snapshot, question, allowed, count, encoded=encoded)


def _in_other_editions(snapshot: Snapshot, question: Question, scope: Scope, encoded: Encoded | None) -> Hit | None:
    """The best passage of the same countries in editions that the question does not name; None without such editions."""
    if scope.countries is None or not question.editions:
        return None
    loaded = {e for c in scope.countries for e in snapshot.text_editions.get(c, ())}
    others = tuple(sorted(loaded - set(question.editions)))
    if not others:
        return None
    allowed = allowed_passages(snapshot, scope.countries, others, definitions=False)
    return next(iter(retrieve(snapshot, question, allowed, 1, encoded=encoded).hits), None)
