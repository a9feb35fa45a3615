"""`ask`: one question to one answer. Has no side effects and raises only for what is no question or a broken index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.errors import IndexDamaged, QuestionError
from index.answers.notes import edition_notes, reading_notes, source_notes, text_notes, text_reading_notes
from index.answers.score_answer import ScoreAnswer, answer_scores
from index.answers.understood import read_as
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer, Fact, FoundPassage, Understood, Why
from index.contract.refusal import Refusal, RefusalReason
from index.contract.typed_results import DefinitionResult, MentionsResult, Unavailable
from index.generations.manifest import REBUILD
from index.generations.snapshot import Snapshot
from index.language.phrases import in_sentence, joined
from index.language.stems import stems
from index.passages.passage import Passage
from index.passages.passage_file import section_indicators
from index.questions.kind import kind_of
from index.questions.question import Question, understand
from index.questions.slots import slots_of
from index.questions.topics import asked_indicators
from index.retrieval.candidates import Hit
from index.retrieval.explanation import whys_found
from index.retrieval.highlight import highlighted_sentences
from index.retrieval.mentions import Sought, find_mentions, sought_mention
from index.retrieval.scope import Scope, fallback_scope, scope_of, silence, unclear_place
from index.retrieval.text_search import search
from index.scores.facts import score_facts
from index.scores.query_text import query_words

MOST_PASSAGES = 10
# A figure that was looked up is right if the question was read right.
_LOOKED_UP = 0.98
_LOOKED_UP_IF_READ_RIGHT = 0.9
# Of the development questions declined since no page of their place is loaded, 106 of 115 have no answer.
_NO_PAGE = 0.92
_QUERIES_SAID = 4
# In units of relevance: what being an edition older costs a passage.
_MUCH_BETTER = 1.5
_MOST_EXPLAINED = 3


def ask(snapshot: Snapshot, text: str, *, id: str | None = None, limit: int = MOST_PASSAGES) -> Answer:
    """Answer a question from what is loaded. Raises QuestionError for a text that is no question."""
    question = understand(text, snapshot.gazetteer, snapshot.taxonomy.editions)
    answer = _answered(snapshot, question, limit)
    slow = f"Questions are encoded slowly: {snapshot.encoder.trouble}. Next: {REBUILD}" if snapshot.encoder.trouble else ""
    return replace(answer, id=id, notes=(*(note for note in (snapshot.warning, slow) if note), *answer.notes))


def _answered(snapshot: Snapshot, question: Question, limit: int) -> Answer:
    sought = sought_mention(question.text, snapshot)
    if sought is not None:
        return _mentioning(snapshot, question, sought, limit)
    slots = slots_of(question.reading)
    kind = kind_of(slots)
    refusal = unclear_place(snapshot, question) if kind is Kind.PASSAGES else None
    if refusal is not None:
        return _unclear(snapshot, question, refusal)
    if kind is Kind.PASSAGES:
        return _from_passages(snapshot, question, limit)
    return _from_scores(snapshot, question, answer_scores(snapshot, question, kind, slots), limit)


def refused(snapshot: Snapshot, text: str, error: QuestionError, *, id: str | None = None) -> Answer:
    """The answer object for a text that is no question, for batches that must answer every line."""
    return Answer(
        question=text[:1000],
        understood=Understood("unavailable", (), (), (), (), "not understood"),
        answered=False,
        confidence=_LOOKED_UP,
        answer=f"{error.message[0].upper()}{error.message[1:]}: {error.hint}.",
        result=Unavailable(error.message),
        facts=(),
        passages=(),
        notes=(),
        generation=snapshot.manifest.name,
        id=id,
    )


def _unclear(snapshot: Snapshot, question: Question, why: Refusal) -> Answer:
    candidates = tuple(c for _, countries in question.ambiguous for c in countries)
    facts = score_facts(snapshot, candidates, question.indicators, question.editions)
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
        why = Refusal(RefusalReason(scored.result.reason), scored.result.why)
        answer = _decline(snapshot, question, why, scored.editions, scored.facts, (), notes)
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
    if scope.refusal is not None:
        indicators = asked_indicators(snapshot.taxonomy, question)
        facts = score_facts(snapshot, question.countries, indicators, question.editions)
        notes = (*scope.notes, *text_reading_notes(snapshot, question))
        return replace(_decline(snapshot, question, scope.refusal, question.editions, facts, (), notes), confidence=_NO_PAGE)
    searched = search(snapshot, question, scope, limit)
    other = fallback_scope(snapshot, question, scope)
    if other is not None:
        second = search(snapshot, question, other, limit, encoded=searched.found.encoded)
        if not second.declined and (searched.declined or second.first > searched.first + _MUCH_BETTER):
            scope, searched = other, second
    question = _about(question, scope)
    hits = searched.found.hits
    whys = whys_found(searched.found, question, snapshot)
    # Nothing is lit in a passage that does not answer.
    lit = [() if searched.declined else highlighted_sentences(h.passage, h.seen, question) for h in hits]
    found = tuple(_found(h.passage, h.relevance, spans, why) for h, spans, why in zip(hits, lit, whys, strict=True))
    notes = (*scope.notes, *text_reading_notes(snapshot, question))
    if searched.declined:
        why = silence(snapshot, question, scope, searched.nearer_edition)
        facts = score_facts(snapshot, question.countries, asked_indicators(snapshot.taxonomy, question), question.editions)
        declined = _decline(snapshot, question, why, question.editions, facts, found, (*notes, *source_notes(found)))
        return replace(declined, confidence=round(1 - searched.answerable, 4))
    editions = _editions_of(question, hits)
    facts = _facts_beside(snapshot, question, hits[:1])
    return Answer(
        question=question.text,
        understood=_understood(snapshot, question, Kind.PASSAGES, editions),
        answered=True,
        confidence=round(searched.right, 4),
        answer=_quoted(found[0]),
        result=None,
        facts=facts,
        passages=found,
        notes=(*edition_notes(snapshot, question, hits[0].passage), *notes, *source_notes(found)),
        generation=snapshot.manifest.name,
    )


def _about(question: Question, scope: Scope) -> Question:
    """The question as one about the countries that were searched, where those are others than it names first."""
    named = {*question.countries, *(c for _, ids in question.ambiguous for c in ids)}
    if scope.countries is None or question.groups or set(scope.countries) <= named:
        return question
    return replace(question, countries=scope.countries, mentions=tuple(c for c in question.mentions if c not in scope.countries))


def _mentioning(snapshot: Snapshot, question: Question, sought: Sought, limit: int) -> Answer:
    """Which profiles mention something: the countries, and the sentence of each."""
    place = scope_of(snapshot, replace(question, countries=(), mentions=(), capitals=(), ambiguous=()))
    if place.refusal is not None:
        return _decline(snapshot, question, place.refusal, question.editions, (), (), place.notes)
    exact = find_mentions(snapshot, sought, place)
    wider = sought.without_sorts
    mentions = exact if exact or wider is None else find_mentions(snapshot, wider, place)
    notes = list(place.notes)
    if mentions and not exact:
        notes.append(f"No profile has all words of {sought.phrase!r} in one sentence; words of a general sort were left out.")
    searched = len(snapshot.text_editions if place.countries is None else place.countries)
    if not mentions:
        why = Refusal(RefusalReason.PAGE_SILENT, f"{sought.phrase!r} is mentioned in none of {searched} loaded countries")
        return _decline(snapshot, question, why, question.editions, (), (), notes)
    names = [f"{snapshot.taxonomy.countries[m.country].name} ({m.edition})" for m in mentions]
    rows = {passage.id: passage for passage in snapshot.passages}
    found = tuple(_found(rows[m.passage], 1.0, (m.at,)) for m in mentions[:limit])
    return Answer(
        question=question.text,
        understood=replace(
            _understood(snapshot, question, "set", question.editions), words=f"profiles that mention {sought.phrase!r}"
        ),
        answered=True,
        confidence=_LOOKED_UP if exact else _LOOKED_UP_IF_READ_RIGHT,
        answer=f"{sought.phrase!r} is mentioned in {len(mentions)} of {searched} loaded countr{'y' if searched == 1 else 'ies'}: "
        f"{joined(names)}.",
        result=MentionsResult(tuple(m.country for m in mentions), sought.phrase, mentions),
        facts=(),
        passages=found,
        notes=(*notes, *source_notes(found)),
        generation=snapshot.manifest.name,
    )


def _quoted(passage: FoundPassage) -> str:
    """The lit words of a passage, from the first to the last; the whole where none are lit. Always a part of its text."""
    lit = passage.highlight
    quote = passage.text[lit[0][0] : lit[-1][1]] if lit else passage.text
    if not quote or quote not in passage.text:
        raise IndexDamaged(f"the sentences of {passage.id} do not fit its text", "build the index again: ocqa build")
    return quote


def _editions_of(question: Question, hits: Sequence[Hit]) -> tuple[int, ...]:
    if question.editions or not hits or hits[0].passage.edition is None:
        return question.editions
    return (hits[0].passage.edition,)


def _facts_beside(snapshot: Snapshot, question: Question, first: Sequence[Hit]) -> tuple[Fact, ...]:
    """The scores that go with the text: of the indicators asked for, else of the first passage's section."""
    if not first or first[0].passage.country is None:
        return ()
    passage = first[0].passage
    indicators = asked_indicators(snapshot.taxonomy, question) or section_indicators(passage, snapshot.taxonomy)
    assert passage.country is not None and passage.edition is not None
    return score_facts(snapshot, question.countries or (passage.country,), indicators, question.editions or (passage.edition,))


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
    why: Refusal,
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
        answer=why.sentence,
        result=Unavailable(why.why, why.reason),
        facts=tuple(facts),
        passages=tuple(passages),
        notes=tuple(notes),
        generation=snapshot.manifest.name,
    )


def _found(passage: Passage, relevance: float, highlight: Sequence[tuple[int, int]], why: Why | None = None) -> FoundPassage:
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
        why=why,
        source=passage.source,
        note=passage.note,
    )
