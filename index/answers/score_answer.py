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
from index.language.phrases import edition_list, in_sentence, joined, on_their_own
from index.questions.query_parser import Parsed
from index.questions.question import Question
from index.questions.topics import asked_indicators
from index.scores.availability import refusal_of
from index.scores.facts import score_facts
from index.scores.query import Query
from index.scores.query_rows import QueryResult
from index.scores.query_text import query_words, step_words_of
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


def answer_queries(snapshot: Snapshot, question: Question, parsed: Parsed, unused: tuple[str, ...] = ()) -> ScoreAnswer:
    """The answer to a question that was read as queries. Never raises for a hard question: it says why it cannot.

    `unused` are words that no part of the queries holds.
    """
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
        return refused_scores(snapshot, question, _never_loaded(snapshot, question))
    if not outcomes:
        refusal = refused_scores(snapshot, question, reasons[0], _other_editions(snapshot, question, parsed.queries[0]))
        return ScoreAnswer(refusal.result, refusal.text, refusal.facts, parsed.notes, parsed.queries, None, refusal.offers)
    first_query, first = outcomes[0]
    notes = [*parsed.notes, *(n for _, o in outcomes for n in o.notes), *(r.sentence for r in reasons)]
    notes += [f"The Index does not score {on_their_own(question.not_scored)}."] if question.not_scored else []
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


def never_measured(snapshot: Snapshot, question: Question) -> ScoreAnswer | None:
    """A refusal if every indicator named is newer than every loaded edition, whatever is asked of it; None if one is not."""
    editions = snapshot.loaded.all_editions
    newer = [snapshot.taxonomy.indicators[i].since > max(editions, default=0) for i in question.indicators]
    return refused_scores(snapshot, question, _never_loaded(snapshot, question)) if editions and newer and all(newer) else None


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
    return QueryShown(query_words(query, taxonomy), outcome.statement.sql, values, step_words_of(query, taxonomy))


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


def refused_scores(snapshot: Snapshot, question: Question, why: Refusal, offers: Sequence[str] = ()) -> ScoreAnswer:
    """No figure, the reason, and the scores that are loaded of what was asked about."""
    countries = question.countries or tuple(c for _, ids in question.ambiguous for c in ids)
    indicators = asked_indicators(snapshot.taxonomy, question)
    facts = score_facts(snapshot, countries, indicators, question.editions) or score_facts(snapshot, countries, indicators, ())
    return ScoreAnswer(Unavailable(why.why, why.reason), why.sentence, facts, offers=tuple(offers))


def answer_definition(snapshot: Snapshot, question: Question) -> ScoreAnswer:
    """What the indicators named mean, in the words of the Index's definitions."""
    if not question.indicators:
        why = "the question asks what something means and names none of the Index's indicators"
        return refused_scores(snapshot, question, Refusal(RefusalReason.NOT_UNDERSTOOD, why))
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
