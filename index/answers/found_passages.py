"""Passages as the answer object lists them, and the ones that explain a score."""

from __future__ import annotations

from collections.abc import Sequence

from index.answers.score_answer import ScoreAnswer
from index.contract.answer_object import FoundPassage, Why
from index.contract.typed_results import DefinitionResult
from index.generations.snapshot import Snapshot
from index.language.stems import stems
from index.passages.passage import Passage
from index.passages.passage_file import section_indicators
from index.questions.question import Question

_MOST_EXPLAINED = 3


def found_passage(
    passage: Passage, relevance: float, highlight: Sequence[tuple[int, int]], why: Why | None = None
) -> FoundPassage:
    """A passage with its relevance and the character ranges that are highlighted."""
    return FoundPassage(
        id=passage.id,
        kind=passage.kind,
        country=passage.country,
        edition=passage.edition,
        section=passage.section,
        paragraph=passage.paragraph,
        indicator=passage.indicator,
        text=passage.text,
        highlight=tuple(highlight),
        # Two digits: the last ones of a sum depend on the processor that added it up.
        score=round(relevance, 2),
        why=why,
        source=passage.source,
        note=passage.note,
        title=passage.title,
    )


def explaining_passages(snapshot: Snapshot, question: Question, scored: ScoreAnswer, limit: int) -> tuple[FoundPassage, ...]:
    """The paragraphs of the sections that explain a score, ranked by shared words alone; for a definition, the definition.

    If the edition of the score has no text, the latest edition with text explains it. Scores of more than three countries are
    not explained country by country.
    """
    if isinstance(scored.result, DefinitionResult):
        rows = [snapshot.definition_rows[indicator] for indicator in question.indicators]
    else:
        countries = list(dict.fromkeys(f.country for f in scored.facts))
        indicators = {f.indicator for f in scored.facts}
        wanted = {
            (country, edition)
            for country in (countries if len(countries) <= _MOST_EXPLAINED else ())
            for loaded in [snapshot.text_editions.get(country, ())]
            for edition in ([e for e in loaded if e in scored.editions] or loaded[:1])
        }
        rows = [
            r
            for r, p in enumerate(snapshot.passages)
            if (p.country, p.edition) in wanted and indicators & set(section_indicators(p, snapshot.taxonomy))
        ]
    if not rows:
        return ()
    relevance = snapshot.keywords.relevance(stems(question.text))
    ordered = sorted(rows, key=lambda r: (-round(float(relevance[r]), 6), r))[:limit]
    return tuple(found_passage(snapshot.passages[r], float(relevance[r]), ()) for r in ordered)
