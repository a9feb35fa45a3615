"""How a question was understood, in words for a person."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.taxonomy import Taxonomy
from index.language.phrases import edition_list, in_sentence, joined
from index.questions.question import Question


def read_as(question: Question, taxonomy: Taxonomy, editions: Sequence[int]) -> str:
    """How the question was understood, for a person; `editions` are those the answer is from."""
    names = [taxonomy.countries[c].name for c in question.countries]
    parts = [joined(names)] if names else []
    if not names and question.ambiguous:
        parts += [f"{surface} ({joined([taxonomy.countries[c].name for c in ids], 'or')})" for surface, ids in question.ambiguous]
    parts += question.groups
    parts += [in_sentence(taxonomy.indicators[i]) for i in question.indicators]
    parts += [s.name for s in taxonomy.sections if s.id in question.sections]
    if not (question.countries or question.groups or question.ambiguous):
        parts.insert(0, "all loaded countries")
    if editions:
        latest = f" (the latest loaded{f' for {joined(names)}' if names else ''})" if not question.editions else ""
        parts.append(f"{edition_list(editions)} edition{'s' if len(editions) > 1 else ''}{latest}")
    return " · ".join(parts)
