"""One search in the text: what is found in the asked place, what it is worth as an answer, and what other editions have."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter

from index.encoders.protocol import Encoded
from index.generations.snapshot import Snapshot
from index.questions.question import Question
from index.retrieval.candidates import Found, Hit, allowed_passages, find_passages
from index.retrieval.evidence import Evidence, evidence_of
from index.retrieval.scope import Scope
from index.retrieval.weights import MODEL, ConfidenceModel

_values = attrgetter(*(f.name for f in fields(Evidence)))


@dataclass(frozen=True, slots=True)
class Search:
    """`evidence` is None where nothing was found. `elsewhere` is the best passage of an edition that was not asked for."""

    found: Found
    evidence: Evidence | None
    elsewhere: Hit | None
    answerable: float
    right: float
    declined: bool

    @property
    def first(self) -> float:
        """The relevance of the first passage."""
        return self.found.hits[0].relevance if self.found.hits else float("-inf")

    @property
    def nearer_edition(self) -> int | None:
        """The edition that was not asked for and has a passage that fits the question better than all of the asked ones."""
        return self.elsewhere.passage.edition if self.elsewhere is not None and self.elsewhere.relevance > self.first else None


def search(
    snapshot: Snapshot,
    question: Question,
    scope: Scope,
    count: int,
    model: ConfidenceModel = MODEL,
    encoded: Encoded | None = None,
) -> Search:
    """Search the passages of a scope that is not a refusal. Definitions are seen where neither place nor edition is named."""
    definitions = scope.countries is None and not question.editions
    allowed = allowed_passages(snapshot, scope.countries, scope.editions, definitions=definitions)
    found = find_passages(snapshot, question, allowed, count, encoded=encoded)
    elsewhere = _in_other_editions(snapshot, question, scope, found.encoded)
    if not found.hits:
        return Search(found, None, elsewhere, 0.0, 0.0, True)
    better = elsewhere.relevance - found.hits[0].relevance if elsewhere else 0.0
    evidence = evidence_of(found, question, snapshot, better)
    values = _values(evidence)
    answerable = model.answerable.chance(values)
    return Search(found, evidence, elsewhere, answerable, model.right.chance(values), answerable < model.declined_below)


def _in_other_editions(snapshot: Snapshot, question: Question, scope: Scope, encoded: Encoded | None) -> Hit | None:
    """The best passage of the same countries in editions that the question does not name."""
    if scope.countries is None or not question.editions:
        return None
    loaded = {e for c in scope.countries for e in snapshot.text_editions.get(c, ())}
    others = tuple(sorted(loaded - set(question.editions)))
    if not others:
        return None
    allowed = allowed_passages(snapshot, scope.countries, others, definitions=False)
    return next(iter(find_passages(snapshot, question, allowed, 1, encoded=encoded).hits), None)
