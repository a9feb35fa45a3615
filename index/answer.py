"""`ask`: one question to one answer. Has no side effects and raises only for what is no question or a broken index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.errors import QuestionError
from index.chunk import Passage
from index.confidence import MODEL, confidence, evidence_of
from index.contract import Answer, DefinitionResult, Fact, FoundPassage, Unavailable, Understood
from index.features import features_of
from index.keyword import stems
from index.kinds import Kind, kind_of
from index.lookup import asked_indicators, lookup_facts
from index.notes import edition_notes, reading_notes, source_notes, text_notes, text_reading_notes
from index.passages import section_indicators
from index.query_words import query_words
from index.question import Question, understand
from index.retrieve import Hit, allowed_passages, find_passages
from index.scope import scope_of, silence, unclear_place
from index.scores import ScoreAnswer, answer_scores
from index.snapshot import Snapshot
from index.wording import in_sentence, joined, read_as

MOST_PASSAGES = 10
_NEAREST = 3
# A figure that was looked up is right if the question was read right.
_LOOKED_UP = 0.98
_LOOKED_UP_IF_READ_RIGHT = 0.9
_QUERIES_SAID = 4
_MOST_EXPLAINED = 3


def ask(snapshot: Snapshot, text: str, *, id: str | None = None, limit: int = MOST_PASSAGES) -> Answer:
    """Answer a question from what is loaded. Raises QuestionError for a text that is no question."""
    question = understand(text, snapshot.gazetteer, snapshot.taxonomy.editions)
    features = features_of(question.reading)
    kind = kind_of(features)
    refusal = unclear_place(snapshot, question) if kind is Kind.PASSAGES else None
    if refusal is not None:
        answer = _unclear(snapshot, question, refusal)
    elif kind is Kind.PASSAGES:
        answer = _from_passages(snapshot, question, limit)
    else:
        answer = _from_scores(snapshot, question, answer_scores(snapshot, question, kind, features), limit)
    return replace(answer, id=id)


def refused(snapshot: Snapshot, text: str, error: QuestionError, *, id: str | None = None) -> Answer:
    """The answer object for a text that is no question, for batches that must answer every line."""
    return Answer(
        question=text[:1000],
        understood=Understood("unavailable", (), (), (), (), "not understood"),
        answered=False,
        confidence=0.0,
        answer=f"{error.message[0].upper()}{error.message[1:]}: {error.hint}.",
        result=Unavailable(error.message),
        facts=(),
        passages=(),
        notes=(),
        generation=snapshot.manifest.name,
        id=id,
    )


def _unclear(snapshot: Snapshot, question: Question, why: str) -> Answer:
    candidates = tuple(c for _, countries in question.ambiguous for c in countries)
    facts = lookup_facts(snapshot, candidates, question.indicators, question.editions)
    return _decline(snapshot, question, why, (), facts, (), ())


def _from_scores(snapshot: Snapshot, question: Question, scored: ScoreAnswer, limit: int) -> Answer:
    countries = tuple(dict.fromkeys(c for q in scored.queries for c in q.countries)) or question.countries
    understood = Understood(
        kind=scored.result.type,
        countries=countries,
        groups=tuple(dict.fromkeys(g for q in scored.queries for g in q.named_groups)) or question.groups,
        indicators=tuple(dict.fromkeys(i for q in scored.queries for i in q.indicators)) or question.indicators,
        editions=scored.editions or question.editions,
        words=_score_words(snapshot, question, scored),
    )
    if isinstance(scored.result, Unavailable):
        notes = (*scored.notes, *reading_notes(snapshot, question))
        answer = _decline(snapshot, question, scored.result.why, scored.editions, scored.facts, (), notes)
        return replace(answer, answer=scored.text, understood=understood, query=scored.shown, alternatives=scored.offers)
    passages = _explaining(snapshot, question, scored, limit)
    sure = scored.sure and not question.mended
    return Answer(
        question=question.text,
        understood=understood,
        answered=True,
        confidence=_LOOKED_UP if sure else _LOOKED_UP_IF_READ_RIGHT,
        answer=scored.text,
        result=scored.result,
        facts=scored.facts,
        passages=passages,
        notes=(
            *scored.notes,
            *text_notes(scored.editions, passages),
            *reading_notes(snapshot, question),
            *source_notes(passages),
        ),
        generation=snapshot.manifest.name,
        query=scored.shown,
        alternatives=scored.offers,
    )


def _score_words(snapshot: Snapshot, question: Question, scored: ScoreAnswer) -> str:
    if isinstance(scored.result, DefinitionResult):
        return f"definition of {joined([in_sentence(snapshot.taxonomy.indicators[i]) for i in question.indicators])}"
    if not scored.queries:
        return read_as(question, snapshot.taxonomy, question.editions)
    return "; ".join(dict.fromkeys(query_words(q, snapshot.taxonomy) for q in scored.queries[:_QUERIES_SAID]))


def _explaining(snapshot: Snapshot, question: Question, scored: ScoreAnswer, limit: int) -> tuple[FoundPassage, ...]:
    """The paragraphs of the sections that explain a score, by shared words alone; for a definition, the definition.

    Where the edition of the score has no text, the latest edition that has one explains it. A table of many countries is not
    explained country by country.
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
    return tuple(_found(snapshot.passages[r], float(relevance[r]), ()) for r in ordered)


def _from_passages(snapshot: Snapshot, question: Question, limit: int) -> Answer:
    scope = scope_of(snapshot, question)
    if scope.refusal:
        indicators = asked_indicators(snapshot, question)
        facts = lookup_facts(snapshot, question.countries, indicators, question.editions)
        notes = (*scope.notes, *text_reading_notes(snapshot, question))
        return _decline(snapshot, question, scope.refusal, question.editions, facts, (), notes)
    placed = scope.countries is not None
    allowed = allowed_passages(snapshot, scope.countries, scope.editions, definitions=not placed and not question.editions)
    hits = find_passages(snapshot, question, allowed, limit)
    chance = confidence(evidence_of(hits[0], question, snapshot)) if hits else 0.0
    found = tuple(_found(h.passage, h.relevance, h.highlight) for h in hits)
    notes = (*scope.notes, *text_reading_notes(snapshot, question))
    if chance < MODEL.declined_below:
        # Nothing is lit in a passage that does not answer.
        why, nearest = silence(snapshot, question, scope), tuple(replace(p, highlight=()) for p in found[:_NEAREST])
        facts = lookup_facts(snapshot, question.countries, asked_indicators(snapshot, question), question.editions)
        declined = _decline(snapshot, question, why, question.editions, facts, nearest, (*notes, *source_notes(nearest)))
        return replace(declined, confidence=round(1 - chance, 4))
    editions = _editions_of(question, hits)
    facts = _facts_beside(snapshot, question, hits[:1])
    top = found[0]
    quote = top.text[top.highlight[0][0] : top.highlight[-1][1]] if top.highlight else top.text
    return Answer(
        question=question.text,
        understood=_understood(snapshot, question, Kind.PASSAGES, editions),
        answered=True,
        confidence=round(chance, 4),
        answer=quote,
        result=None,
        facts=facts,
        passages=found,
        notes=(*edition_notes(snapshot, question, hits[0].passage), *notes, *source_notes(found)),
        generation=snapshot.manifest.name,
    )


def _editions_of(question: Question, hits: Sequence[Hit]) -> tuple[int, ...]:
    if question.editions or not hits or hits[0].passage.edition is None:
        return question.editions
    return (hits[0].passage.edition,)


def _facts_beside(snapshot: Snapshot, question: Question, first: Sequence[Hit]) -> tuple[Fact, ...]:
    """The scores that go with the text: of the indicators asked for, else of the first passage's section."""
    if not first or first[0].passage.country is None:
        return ()
    passage = first[0].passage
    indicators = asked_indicators(snapshot, question) or section_indicators(passage, snapshot.taxonomy)
    assert passage.country is not None and passage.edition is not None
    return lookup_facts(snapshot, question.countries or (passage.country,), indicators, question.editions or (passage.edition,))


def _understood(snapshot: Snapshot, question: Question, kind: str, editions: Sequence[int]) -> Understood:
    return Understood(
        kind=kind,
        countries=question.countries or tuple(c for _, ids in question.ambiguous for c in ids),
        groups=question.groups,
        indicators=question.indicators,
        editions=tuple(editions),
        words=read_as(question, snapshot.taxonomy, editions),
    )


def _decline(
    snapshot: Snapshot,
    question: Question,
    why: str,
    editions: Sequence[int],
    facts: Sequence[Fact],
    passages: Sequence[FoundPassage],
    notes: Sequence[str],
) -> Answer:
    """An answer that says why there is none."""
    return Answer(
        question=question.text,
        understood=_understood(snapshot, question, "unavailable", editions),
        answered=False,
        confidence=_LOOKED_UP,
        answer=f"{why[0].upper()}{why[1:]}.",
        result=Unavailable(why),
        facts=tuple(facts),
        passages=tuple(passages),
        notes=tuple(notes),
        generation=snapshot.manifest.name,
    )


def _found(passage: Passage, relevance: float, highlight: Sequence[tuple[int, int]]) -> FoundPassage:
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
        score=round(relevance, 4),
        source=passage.source,
        note=passage.note,
    )
