"""How a question was understood: as fields of the answer object, and in words for a person."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.taxonomy import Taxonomy
from index.contract.answer_object import Understood
from index.language.phrases import edition_list, in_sentence, joined
from index.questions.question import Question


def understood_as(question: Question, taxonomy: Taxonomy, kind: str, editions: Sequence[int]) -> Understood:
    """How the question was read, for the answer object; `editions` are those the answer is from."""
    return Understood(
        kind=kind,
        countries=question.countries or tuple(c for _, ids in question.ambiguous for c in ids),
        groups=question.groups,
        indicators=question.indicators,
        editions=tuple(editions),
        words=read_as(question, taxonomy, editions),
    )


def read_as(question: Question, taxonomy: Taxonomy, editions: Sequence[int]) -> str:
    """How the question was read, for a person; `editions` are those the answer is from."""
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
