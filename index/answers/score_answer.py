"""Questions about scores: from a question to queries, and from queries to figures or to the reason why there are none.

Figures come from the score store and from nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.contract.answer_object import Fact, QueryShown
from index.contract.refusal import Refusal, RefusalReason
from index.contract.typed_results import DefinitionResult, Result, Unavailable
from index.generations.snapshot import Snapshot
from index.language.phrases import edition_list, in_sentence, joined
from index.questions.context import NotUnderstood
from index.questions.names import LinkKind
from index.questions.query_parser import Parsed, parse
from index.questions.question import Question
from index.questions.slots import Slots
from index.questions.topics import asked_indicators
from index.scores.availability import refusal_of
from index.scores.facts import score_facts
from index.scores.query import Query
from index.scores.query_rows import QueryResult
from index.scores.query_text import query_words
from index.scores.run_query import result_of


@dataclass(frozen=True, slots=True)
class ScoreAnswer:
    """A typed result, the sentence that states it, the facts behind it, how it was computed, and what the reader must know."""

    result: Result
    text: str
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    queries: tuple[Query, ...] = ()
    shown: QueryShown | None = None
    offers: tuple[str, ...] = ()
    sure: bool = True

    @property
    def editions(self) -> tuple[int, ...]:
        """The editions looked into, the earliest first."""
        return tuple(sorted({e for q in self.queries for e in q.editions}))


def answer_scores(snapshot: Snapshot, question: Question, kind: Kind, slots: Slots) -> ScoreAnswer:
    """The answer to a question of any kind but passages. Never raises for a hard question: it says why it cannot."""
    if kind is Kind.DEFINITION:
        return _definition(snapshot, question)
    refusal = _unread(snapshot, question, kind, slots)
    if refusal is not None:
        return refusal
    try:
        parsed = parse(kind, slots, snapshot.taxonomy, snapshot.loaded)
    except NotUnderstood as error:
        return _refuse(snapshot, question, Refusal(RefusalReason.NOT_UNDERSTOOD, error.why))
    return _answered(snapshot, question, parsed, tuple(slots.words[n] for n in slots.unknown))


def _unread(snapshot: Snapshot, question: Question, kind: Kind, slots: Slots) -> ScoreAnswer | None:
    """A refusal if the question holds places, years, groups or words that could not be read."""
    for typed, nearest in question.undefined_groups:
        why = f"{typed!r} is not a group we have a member list for; the nearest we have are {joined(nearest)}"
        return _refuse(
            snapshot, question, Refusal(RefusalReason.OUTSIDE_INDEX, why), [question.text.replace(typed, g) for g in nearest]
        )
    for typed, readings in question.unsure:
        if any(i.value == LinkKind.AMBIGUOUS and slots.typed(i) == typed for i in slots.spans):
            why = f"{typed!r} may mean {joined([r.title() for r in readings], 'or')}; name one of them"
            offers = [question.text.replace(typed, r.title()) for r in readings]
            return _refuse(snapshot, question, Refusal(RefusalReason.NOT_UNDERSTOOD, why), offers)
    enough = kind is Kind.COMPARISON and len(slots.subjects) > 1
    if question.not_scored and not enough:
        why = f"the Index does not score {joined(question.not_scored)} on its own"
        return _refuse(snapshot, question, Refusal(RefusalReason.OUTSIDE_INDEX, why))
    if question.ambiguous:
        surface, codes = question.ambiguous[0]
        names = [snapshot.taxonomy.countries[c].name for c in codes]
        offers = [question.text.replace(surface, name) for name in names]
        why = f"{surface!r} may mean {joined(names, 'or')}; name one of them"
        return _refuse(snapshot, question, Refusal(RefusalReason.NOT_UNDERSTOOD, why), offers)
    if question.unread_years:
        years = joined([str(y) for y in question.unread_years])
        why = f"the Index has no {years} edition; its editions are {edition_list(snapshot.taxonomy.editions)}"
        wrong = str(question.unread_years[0])
        offers = [question.text.replace(wrong, str(e)) for e in snapshot.taxonomy.editions]
        return _refuse(snapshot, question, Refusal(RefusalReason.OUTSIDE_INDEX, why), offers)
    if question.unread_numbers:
        typed = joined([repr(n) for n in question.unread_numbers])
        why = f"{typed} could not be read as a number; write it as digits with a decimal point, such as 7 or 0.5"
        return _refuse(snapshot, question, Refusal(RefusalReason.NOT_UNDERSTOOD, why))
    if slots.restricting or (slots.unknown and not slots.topics):
        words = [slots.words[n] for n in slots.restricting or slots.unknown]
        unsure = dict(question.unsure)
        offered = [f"{w!r} may be {joined([repr(r) for r in unsure[w]], 'or')}" for w in words if w in unsure]
        why = f"{joined([repr(w) for w in words])} could not be read, and leaving it out could change the answer"
        return _refuse(snapshot, question, Refusal(RefusalReason.NOT_UNDERSTOOD, "; ".join([why, *offered])))
    return None


def _answered(snapshot: Snapshot, question: Question, parsed: Parsed, unused: tuple[str, ...]) -> ScoreAnswer:
    """Run every query; the first that has an answer is the typed result, all are in the sentence and the facts."""
    taxonomy = snapshot.taxonomy
    outcomes: list[tuple[Query, QueryResult]] = []
    reasons: list[Refusal] = []
    for asked in parsed.queries:
        query, without = _of_loaded(snapshot, asked)
        if without:
            names = joined([taxonomy.countries[c].name for c in without])
            reasons.append(Refusal(RefusalReason.COUNTRY_NOT_LOADED, f"no scores for {names} are loaded"))
        why = refusal_of(query, taxonomy, snapshot.loaded)
        if why is None:
            outcomes.append((query, result_of(snapshot, query)))
        else:
            reasons.append(why)
    if not outcomes and not reasons:
        return _refuse(snapshot, question, _never_loaded(snapshot, question))
    if not outcomes:
        refusal = _refuse(snapshot, question, reasons[0], _other_editions(snapshot, question, parsed.queries[0]))
        return ScoreAnswer(refusal.result, refusal.text, refusal.facts, parsed.notes, parsed.queries, None, refusal.offers)
    first_query, first = outcomes[0]
    notes = [*parsed.notes, *(n for _, o in outcomes for n in o.notes), *(r.sentence for r in reasons)]
    notes += [f"The Index does not score {joined(question.not_scored)} on its own."] if question.not_scored else []
    if unused:
        notes.append(f"Not used: {joined([repr(w) for w in unused])}. Check that this does not change what you meant.")
    if not parsed.dated:
        notes.insert(0, _latest_note(first_query, taxonomy))
    if len(parsed.queries) > 1:
        notes.append(f"The question asks for {len(parsed.queries)} figures; the result is the first, and the facts list all.")
    return ScoreAnswer(
        first.result,
        " ".join(dict.fromkeys(o.text for _, o in outcomes)),
        tuple(dict.fromkeys(f for _, o in outcomes for f in o.facts)),
        tuple(dict.fromkeys(n for n in notes if n)),
        parsed.queries,
        _shown(first_query, first, taxonomy),
        parsed.offers,
        parsed.sure and not unused,
    )


def _never_loaded(snapshot: Snapshot, question: Question) -> Refusal:
    """Why a question gives no query at all: no loaded edition has the indicators it asks for."""
    taxonomy, editions = snapshot.taxonomy, snapshot.loaded.all_editions
    asked = [taxonomy.indicators[i] for i in asked_indicators(taxonomy, question)]
    if not asked or not editions:
        return Refusal(RefusalReason.EDITION_NOT_LOADED, "no scores that could answer this are loaded")
    names, loaded = joined([in_sentence(i) for i in asked]), edition_list(editions)
    since = max(i.since for i in asked)
    if since > max(editions):
        why = f"{names} first appeared in the {since} edition, and the only scores loaded are from {loaded}"
        return Refusal(RefusalReason.NOT_MEASURED, why)
    return Refusal(RefusalReason.EDITION_NOT_LOADED, f"no scores for {names} are loaded (editions loaded: {loaded})")


def _of_loaded(snapshot: Snapshot, query: Query) -> tuple[Query, tuple[str, ...]]:
    """A comparison reduced to its loaded countries, if at least two are left, and the countries that are not loaded."""
    without = tuple(c for c in query.countries if c not in snapshot.loaded.countries)
    left = tuple(c for c in query.countries if c not in without)
    if query.kind is not Kind.COMPARISON or not without or len(left) < 2:
        return query, ()
    return replace(query, countries=left), without


def _shown(query: Query, outcome: QueryResult, taxonomy: Taxonomy) -> QueryShown:
    values = tuple(v if isinstance(v, (str, int)) else float(str(v)) for v in outcome.statement.values)
    return QueryShown(query_words(query, taxonomy), outcome.statement.sql, values)


def _latest_note(query: Query, taxonomy: Taxonomy) -> str:
    name = joined([taxonomy.countries[c].name for c in query.countries])
    if len(query.editions) != 1 or not query.editions:
        return ""
    whose = f" for {name}" if name else ""
    return f"The question names no edition; {query.editions[0]} is the latest one loaded that has this score{whose}."


def _other_editions(snapshot: Snapshot, question: Question, query: Query) -> list[str]:
    """The same question in the editions that have what is asked."""
    if len(question.editions) != 1:
        return []
    having = [set(snapshot.loaded.editions(i, query.countries)) for i in query.indicators]
    common = set.intersection(*having) if having else set()
    return [question.text.replace(str(question.editions[0]), str(e)) for e in sorted(common - set(question.editions))]


def _refuse(snapshot: Snapshot, question: Question, why: Refusal, offers: Sequence[str] = ()) -> ScoreAnswer:
    countries = question.countries or tuple(c for _, ids in question.ambiguous for c in ids)
    indicators = asked_indicators(snapshot.taxonomy, question)
    facts = score_facts(snapshot, countries, indicators, question.editions) or score_facts(snapshot, countries, indicators, ())
    return ScoreAnswer(Unavailable(why.why, why.reason), why.sentence, facts, offers=tuple(offers))


def _definition(snapshot: Snapshot, question: Question) -> ScoreAnswer:
    if not question.indicators:
        why = "the question asks what something means and names none of the Index's indicators"
        return _refuse(snapshot, question, Refusal(RefusalReason.NOT_UNDERSTOOD, why))
    first = question.indicators[0]
    texts = [(i, snapshot.passages[snapshot.definition_rows[i]].text) for i in question.indicators]
    indicator = snapshot.taxonomy.indicators[first]
    notes = [
        f"{snapshot.taxonomy.indicators[i].name}: scale 1 to 10, {snapshot.taxonomy.indicators[i].pillar.direction}."
        for i, _ in texts
    ]
    if indicator.since > snapshot.taxonomy.editions[0]:
        notes.append(f"{indicator.name} has been measured since the {indicator.since} edition.")
    return ScoreAnswer(
        DefinitionResult(first, texts[0][1]),
        " ".join(f"{snapshot.taxonomy.indicators[i].name}: {text}" for i, text in texts),
        (),
        tuple(notes),
    )
