"""`ask`: one question to one answer. Has no side effects and raises only for what is no question or a broken index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.errors import QuestionError
from index.chunk import Passage
from index.confidence import MODEL, confidence, evidence_of
from index.contract import Answer, Fact, FoundPassage, Unavailable, Understood
from index.keyword import stems
from index.kinds import Kind
from index.passages import section_indicators
from index.question import Question, understand
from index.retrieve import Hit, allowed_passages, find_passages
from index.scores import answer_scores, asked_indicators, lookup_facts
from index.snapshot import Snapshot
from index.wording import edition_list, in_sentence, joined, read_as

MOST_PASSAGES = 10
_NEAREST = 3
# A figure that was looked up is right if the question was read right.
_LOOKED_UP = 0.98
_LOOKED_UP_AFTER_MENDING = 0.9


def ask(snapshot: Snapshot, text: str, *, id: str | None = None, limit: int = MOST_PASSAGES) -> Answer:
    """Answer a question from what is loaded. Raises QuestionError for a text that is no question."""
    question = understand(text, snapshot.gazetteer, snapshot.taxonomy.editions)
    refusal = _unclear_place(snapshot, question)
    if refusal is not None:
        answer = _declined(snapshot, question, refusal)
    elif question.kind is Kind.PASSAGES:
        answer = _from_passages(snapshot, question, limit)
    else:
        answer = _from_scores(snapshot, question, limit)
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


@dataclass(frozen=True, slots=True)
class _Scope:
    """Which countries and editions are searched (None: all), and why nothing is, if so."""

    countries: tuple[str, ...] | None
    editions: tuple[int, ...] | None
    notes: tuple[str, ...] = ()
    refusal: str = ""


def _unclear_place(snapshot: Snapshot, question: Question) -> str | None:
    """Why the place of a question cannot be settled, or None where it can or where none is named."""
    if question.countries:
        return None
    names = snapshot.taxonomy.countries
    if question.not_scored and not question.groups:
        return f"the Index does not score {joined(question.not_scored)} on its own"
    for typed, readings in question.unsure:
        places = [snapshot.gazetteer.by_word[(r,)].ids[0] for r in readings if (r,) in snapshot.gazetteer.by_word]
        if places:
            return f"{typed!r} may mean {joined([names[p].name if p in names else p for p in places], 'or')}; name one of them"
    if question.ambiguous and question.kind is not Kind.PASSAGES:
        surface, countries = question.ambiguous[0]
        return f"{surface!r} may mean {joined([names[c].name for c in countries], 'or')}; name one of them"
    return None


def _declined(snapshot: Snapshot, question: Question, why: str) -> Answer:
    candidates = tuple(c for _, countries in question.ambiguous for c in countries)
    facts = lookup_facts(snapshot, candidates, question.indicators, question.editions)
    return _answer(snapshot, question, why, (), facts, (), ())


def _from_scores(snapshot: Snapshot, question: Question, limit: int) -> Answer:
    scored = answer_scores(snapshot, question)
    if isinstance(scored.result, Unavailable):
        answer = _answer(snapshot, question, scored.result.why, scored.editions, scored.facts, (), scored.notes)
        return replace(answer, answer=scored.text)
    passages = _explaining(snapshot, question, scored.editions, limit)
    return Answer(
        question=question.text,
        understood=_understood(snapshot, question, scored.result.type, scored.editions),
        answered=True,
        confidence=_LOOKED_UP_AFTER_MENDING if question.mended else _LOOKED_UP,
        answer=scored.text,
        result=scored.result,
        facts=scored.facts,
        passages=passages,
        notes=(
            *scored.notes,
            *_text_notes(snapshot, scored.editions, passages),
            *_reading_notes(snapshot, question),
            *_source_notes(passages),
        ),
        generation=snapshot.manifest.name,
    )


def _explaining(snapshot: Snapshot, question: Question, editions: Sequence[int], limit: int) -> tuple[FoundPassage, ...]:
    """The paragraphs of the sections that explain a score, by shared words alone; for a definition, the definition.

    Where the edition of the score has no text, the latest edition that has one explains it.
    """
    indicators = set(asked_indicators(snapshot, question))
    if question.kind is Kind.DEFINITION:
        rows = [r for r, p in enumerate(snapshot.passages) if p.indicator in indicators]
    else:
        wanted = {
            (country, edition)
            for country in question.countries
            for loaded in [snapshot.text_editions.get(country, ())]
            for edition in ([e for e in loaded if e in editions] or loaded[:1])
        }
        rows = [
            r
            for r, p in enumerate(snapshot.passages)
            if (p.country, p.edition) in wanted and indicators & set(section_indicators(p, snapshot.taxonomy))
        ]
    relevance = snapshot.keywords.relevance(stems(question.text))
    ordered = sorted(rows, key=lambda r: (-round(float(relevance[r]), 6), r))[:limit]
    return tuple(_found(snapshot.passages[r], float(relevance[r]), ()) for r in ordered)


def _text_notes(snapshot: Snapshot, editions: Sequence[int], passages: Sequence[FoundPassage]) -> list[str]:
    """That the passages beside a score are from another edition than the score."""
    others = sorted({p.edition for p in passages if p.edition is not None and p.edition not in editions})
    return (
        [f"The passages are from the {edition_list(others)} edition; no text of the score's edition is loaded."] if others else []
    )


def _from_passages(snapshot: Snapshot, question: Question, limit: int) -> Answer:
    scope = _scope(snapshot, question)
    if scope.refusal:
        indicators = asked_indicators(snapshot, question)
        facts = lookup_facts(snapshot, question.countries, indicators, question.editions)
        return _answer(snapshot, question, scope.refusal, question.editions, facts, (), scope.notes)
    placed = scope.countries is not None
    allowed = allowed_passages(snapshot, scope.countries, scope.editions, definitions=not placed and not question.editions)
    hits = find_passages(snapshot, question, allowed, limit)
    chance = confidence(evidence_of(hits[0], question, snapshot)) if hits else 0.0
    found = tuple(_found(h.passage, h.relevance, h.highlight) for h in hits)
    notes = (*scope.notes, *_reading_notes(snapshot, question))
    if chance < MODEL.declined_below:
        why, nearest = _silence(snapshot, question, scope), found[:_NEAREST]
        facts = lookup_facts(snapshot, question.countries, asked_indicators(snapshot, question), question.editions)
        declined = _answer(snapshot, question, why, question.editions, facts, nearest, (*notes, *_source_notes(nearest)))
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
        notes=(*_edition_notes(snapshot, question, hits[0].passage), *notes, *_source_notes(found)),
        generation=snapshot.manifest.name,
    )


def _scope(snapshot: Snapshot, question: Question) -> _Scope:
    names = snapshot.taxonomy.countries
    asked: tuple[str, ...] | None = question.countries or tuple(c for _, ids in question.ambiguous for c in ids) or None
    notes: list[str] = []
    if asked is None and question.groups:
        edition = max(question.editions or snapshot.taxonomy.editions)
        asked = tuple(dict.fromkeys(c for g in question.groups for c in snapshot.taxonomy.members(g, edition)))
        loaded = tuple(c for c in asked if c in snapshot.text_editions)
        if not loaded:
            return _Scope((), (), refusal=f"no profile of a country in {joined(question.groups)} is loaded ({_loaded(snapshot)})")
        notes.append(f"{len(loaded)} of the {len(asked)} countries of {joined(question.groups)} have a loaded profile.")
        return _Scope(loaded, question.editions or None, tuple(notes))
    if asked is None:
        if not snapshot.text_editions:
            return _Scope((), (), refusal="no profile is loaded, only scores")
        return _Scope(None, question.editions or None)
    loaded = tuple(c for c in asked if c in snapshot.text_editions)
    if not loaded:
        missing = joined([names[c].name for c in asked], "or")
        return _Scope((), (), refusal=f"no profile of {missing} is loaded, so there is no text to search ({_loaded(snapshot)})")
    if len(loaded) < len(asked):
        notes.append(f"No profile of {joined([names[c].name for c in asked if c not in loaded])} is loaded.")
    if question.editions:
        kept = tuple(c for c in loaded if set(question.editions) & set(snapshot.text_editions[c]))
        if not kept:
            where = joined([f"{names[c].name}: {edition_list(snapshot.text_editions[c])}" for c in loaded])
            return _Scope(
                (),
                (),
                refusal=f"no profile of the {edition_list(question.editions)} edition is loaded for this (loaded: {where})",
            )
    if not question.countries and question.ambiguous:
        surface, ids = question.ambiguous[0]
        notes.append(f"{surface!r} may mean {joined([names[c].name for c in ids], 'or')}; both were searched.")
    return _Scope(loaded, question.editions or None, tuple(notes))


def _loaded(snapshot: Snapshot) -> str:
    names = [snapshot.taxonomy.countries[c].name for c in snapshot.text_editions]
    return f"loaded: {joined(sorted(names))}" if len(names) <= 12 else f"{len(names)} countries are loaded"


def _silence(snapshot: Snapshot, question: Question, scope: _Scope) -> str:
    """Why the searched pages give no answer: a placeholder section, or simply nothing on this."""
    indicators = asked_indicators(snapshot, question)
    profiles = [
        p
        for p in snapshot.coverage
        if scope.countries is not None
        and p.country in scope.countries
        and (scope.editions is None or p.edition in scope.editions)
    ]
    sections = [s.id for s in snapshot.taxonomy.sections if set(s.indicators) & set(indicators)]
    waiting = {p.placeholders[s] for p in profiles for s in sections if s in p.placeholders}
    where = _searched(snapshot, profiles)
    if profiles and waiting and all(s in p.placeholders for p in profiles for s in sections):
        topic = joined([in_sentence(snapshot.taxonomy.indicators[i]) for i in indicators])
        return f"{topic} first appears in the {min(waiting)} edition; {where} only announces that section"
    if profiles:
        return f"{where} says nothing that answers this"
    return "nothing in the loaded profiles and definitions answers this"


def _searched(snapshot: Snapshot, profiles: Sequence[object]) -> str:
    pages = [p for p in snapshot.coverage if p in profiles]
    if len(pages) > 4:
        return f"the text of the {len(pages)} profiles searched"
    return "the loaded profile of " + joined([f"{snapshot.taxonomy.countries[p.country].name} {p.edition}" for p in pages])


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


def _edition_notes(snapshot: Snapshot, question: Question, passage: Passage) -> list[str]:
    if question.editions or passage.country is None or passage.edition is None:
        return []
    name = snapshot.taxonomy.countries[passage.country].name
    loaded = snapshot.text_editions[passage.country]
    notes = []
    if passage.edition == loaded[0]:
        notes.append(f"The question names no edition; {passage.edition} is the latest with a loaded profile of {name}.")
    else:
        notes.append(
            f"The first passage is from the {passage.edition} edition; the profile of {loaded[0]} fits the question less."
        )
    indicators = asked_indicators(snapshot, question)
    later = sorted({e for i in indicators for e in snapshot.facts.editions(passage.country, i) if e > passage.edition})
    if later:
        values = []
        for indicator in indicators:
            figures = [f"{f.value:.2f} in {f.edition}" for f in lookup_facts(snapshot, (passage.country,), (indicator,), later)]
            values += [f"{in_sentence(snapshot.taxonomy.indicators[indicator])} {joined(figures)}"] if figures else []
        notes.append(f"Scores of later editions are loaded: {'; '.join(values)}.")
    return notes


def _reading_notes(snapshot: Snapshot, question: Question) -> list[str]:
    """What of the question was read in a way the reader should check."""
    notes = [f"Read {typed!r} as {word!r}." for typed, word in question.mended]
    if question.mentions:
        named = joined([snapshot.taxonomy.countries[c].name for c in question.mentions])
        subject = joined([snapshot.taxonomy.countries[c].name for c in question.countries])
        notes.append(f"Read as a question about {subject}; {named} was taken as part of what is asked.")
    if question.unread_years and question.kind is Kind.PASSAGES:
        years = joined([str(y) for y in question.unread_years])
        notes.append(f"{years} is no edition of the Index; the editions loaded were searched.")
    if question.not_scored:
        notes.append(f"The Index does not score {joined(question.not_scored)} on its own.")
    return notes


def _source_notes(passages: Sequence[FoundPassage]) -> list[str]:
    return list(dict.fromkeys(p.note for p in passages if p.note))


def _understood(snapshot: Snapshot, question: Question, kind: str, editions: Sequence[int]) -> Understood:
    return Understood(
        kind=kind,
        countries=question.countries or tuple(c for _, ids in question.ambiguous for c in ids),
        groups=question.groups,
        indicators=question.indicators,
        editions=tuple(editions),
        words=read_as(question, snapshot.taxonomy, editions),
    )


def _answer(
    snapshot: Snapshot,
    question: Question,
    why: str,
    editions: Sequence[int],
    facts: Sequence[Fact],
    passages: Sequence[FoundPassage],
    notes: Sequence[str],
) -> Answer:
    """An answer that declines."""
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
