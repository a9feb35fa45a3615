from __future__ import annotations

from corpus.taxonomy import load_taxonomy
from index.meaning.asked import Asked, Learned, asked_of
from index.questions.names import build_gazetteer
from index.questions.question import understand


def asked(question: str, learned: Learned | None = None) -> Asked:
    """A question as the forms see it."""
    taxonomy = load_taxonomy()
    return asked_of(understand(question, build_gazetteer(taxonomy), taxonomy.editions), taxonomy, learned)
