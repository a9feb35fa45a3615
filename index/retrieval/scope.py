"""The countries and editions in which a question is searched, and the reason if there is no answer there.

The scope is settled before anything is searched: a question about one country is not answered from another's page unless it
names that one too and the reader is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.naming import fold
from index.contract.refusal import Refusal, RefusalReason
from index.generations.snapshot import Snapshot
from index.language.phrases import edition_list, in_sentence, joined, on_their_own
from index.language.stems import held_stems, stem
from index.passages.coverage import LoadedProfile
from index.passages.passage import Passage
from index.passages.passage_file import keyword_text
from index.questions.question import Question
from index.questions.topics import asked_indicators
from index.questions.unknown_names import unknown_names

_FEW = 12


@dataclass(frozen=True, slots=True)
class Scope:
    """The countries and editions to search (None: all), or the reason why there is nothing to search."""

    countries: tuple[str, ...] | None
    editions: tuple[int, ...] | None
    notes: tuple[str, ...] = ()
    refusal: Refusal | None = None


def unclear_place(snapshot: Snapshot, question: Question) -> Refusal | None:
    """Why it is unclear which place a question is about; None if it is clear, or if no place is named."""
    if question.countries:
        return None
    names = snapshot.taxonomy.countries
    if question.not_scored and not question.groups:
        return Refusal(RefusalReason.OUTSIDE_INDEX, f"the Index does not score {on_their_own(question.not_scored)}")
    for typed, readings in question.unsure:
        places = [snapshot.gazetteer.by_word[(r,)].ids[0] for r in readings if (r,) in snapshot.gazetteer.by_word]
        if places:
            named = joined([names[p].name if p in names else p for p in places], "or")
            return Refusal(RefusalReason.NOT_UNDERSTOOD, f"{typed!r} may mean {named}; name one of them")
    return None


def _nothing_to_search(snapshot: Snapshot, question: Question) -> Refusal | None:
    """Why no page needs to be searched: an edition that does not exist, or only words that occur in nearly every question."""
    if question.unread_editions:
        named = joined([str(y) for y in question.unread_editions])
        editions = edition_list(snapshot.taxonomy.editions)
        return Refusal(RefusalReason.OUTSIDE_INDEX, f"{named} is not an edition of the Index; its editions are {editions}")
    if _names_place_or_topic(question) or question.words:
        return None
    return Refusal(RefusalReason.NOT_UNDERSTOOD, "the question names no country, no indicator and nothing else to look for")


def _names_place_or_topic(question: Question) -> bool:
    places = question.countries or question.mentions or question.groups or question.capitals or question.ambiguous
    return bool(places or question.indicators or question.sections)


def scope_of(snapshot: Snapshot, question: Question) -> Scope:
    """The countries and editions in which a text question is searched.

    A country named takes precedence over a group, a group over a capital. If no page of the countries asked about is loaded,
    other countries that the question mentions are searched instead, and the reader is told.
    """
    refusal = _nothing_to_search(snapshot, question)
    if refusal is not None:
        return Scope((), (), refusal=refusal)
    asked = question.countries or tuple(c for _, ids in question.ambiguous for c in ids)
    if not asked and question.groups:
        return _of_groups(snapshot, question)
    asked = asked or question.capitals
    if not asked:
        if not snapshot.text_editions:
            return _none(RefusalReason.COUNTRY_NOT_LOADED, "no profiles are loaded, only scores")
        return Scope(None, question.editions or None)
    names = snapshot.taxonomy.countries
    loaded = tuple(c for c in asked if c in snapshot.text_editions)
    missing = joined([names[c].name for c in asked if c not in loaded], "or")
    notes: list[str] = []
    if not loaded:
        loaded = _mentioned(snapshot, question, asked)
        if not loaded:
            near = _near(snapshot, asked)
            why = f"no profile of {missing} is loaded, so there is no text to search ({near})"
            return _none(RefusalReason.COUNTRY_NOT_LOADED, why)
        instead = joined([names[c].name for c in loaded])
        notes.append(f"No profile of {missing} is loaded; that of {instead} was searched instead.")
    elif missing:
        notes.append(f"No profile of {missing} is loaded.")
    if question.editions and not any(set(question.editions) & set(snapshot.text_editions[c]) for c in loaded):
        where = joined([f"{names[c].name}: {edition_list(snapshot.text_editions[c])}" for c in loaded])
        wanted = edition_list(question.editions)
        why = f"no profile from the {wanted} edition is loaded for this question (loaded: {where})"
        return _none(RefusalReason.EDITION_NOT_LOADED, f"{why}; add its page to the sources folder and build again")
    if not question.countries and question.ambiguous:
        surface, ids = question.ambiguous[0]
        notes.append(f"{surface!r} may mean {joined([names[c].name for c in ids], 'or')}; both were searched.")
    return Scope(loaded, question.editions or None, tuple(notes))


def fallback_scope(snapshot: Snapshot, question: Question, scope: Scope) -> Scope | None:
    """Where else to look if the pages of the countries asked about have no answer: other countries the question mentions."""
    if scope.countries is None:
        return None
    names = snapshot.taxonomy.countries
    mentioned = _mentioned(snapshot, question, scope.countries)
    if not mentioned:
        return None
    searched, now = (joined([names[c].name for c in countries]) for countries in (scope.countries, mentioned))
    note = (
        f"The answer is from the profile of {now}, which the question also names; the profile of {searched} matches it less well."
    )
    return Scope(mentioned, scope.editions, (*scope.notes, note))


def _none(reason: RefusalReason, why: str) -> Scope:
    return Scope((), (), refusal=Refusal(reason, why))


def _of_groups(snapshot: Snapshot, question: Question) -> Scope:
    edition = max(question.editions or snapshot.taxonomy.editions)
    asked = tuple(dict.fromkeys(c for g in question.groups for c in snapshot.taxonomy.members(g, edition)))
    loaded = tuple(c for c in asked if c in snapshot.text_editions)
    groups = joined(question.groups)
    if not loaded:
        return _none(RefusalReason.COUNTRY_NOT_LOADED, f"no profile of a country in {groups} is loaded ({_near(snapshot, ())})")
    note = f"Profiles of {len(loaded)} of the {len(asked)} countries in {groups} are loaded."
    return Scope(loaded, question.editions or None, (note,))


def _mentioned(snapshot: Snapshot, question: Question, besides: Sequence[str]) -> tuple[str, ...]:
    """The countries with a loaded page that the question mentions by name, people or capital, other than `besides`."""
    found = dict.fromkeys((*question.mentions, *question.capitals))
    return tuple(c for c in found if c in snapshot.text_editions and c not in besides)


def _near(snapshot: Snapshot, asked: Sequence[str]) -> str:
    """What is loaded; if that is a lot, the countries of the same region."""
    taxonomy = snapshot.taxonomy
    names = sorted(taxonomy.countries[c].name for c in snapshot.text_editions)
    if len(names) <= _FEW:
        return f"loaded: {joined(names)}"
    regions = {taxonomy.countries[c].region for c in asked}
    near = sorted(taxonomy.countries[c].name for c in snapshot.text_editions if taxonomy.countries[c].region in regions)
    beside = f", including {joined(near[:_FEW])} in the same region" if near else ""
    return f"{len(names)} countries are loaded{beside}"


def names_nothing_in(question: Question, passage: Passage, snapshot: Snapshot) -> bool:
    """Whether a question that names neither a place nor a topic has no more than half of its words in the passage found for it,
    or whether it names no known place and the passage does not hold an unknown name that it has.

    Vectors always find something near; without a place, a topic or shared words it is near by chance.
    """
    held = held_stems(keyword_text(passage, snapshot.taxonomy))
    if not (question.countries or question.groups) and any(stem(fold(name)) not in held for name in unknown_names(question)):
        return True
    asked = {stem(word) for word in question.words}
    return not _names_place_or_topic(question) and 2 * len(asked & held) <= len(asked)


def no_answer_reason(snapshot: Snapshot, question: Question, scope: Scope, nearer: int | None = None) -> Refusal:
    """Why the pages searched have no answer: a placeholder section, or simply nothing on this.

    `nearer` is an edition that was not asked for and whose page matches the question better.
    """
    indicators = asked_indicators(snapshot.taxonomy, question)
    profiles = [
        p
        for p in snapshot.coverage
        if scope.countries is not None
        and p.country in scope.countries
        and (scope.editions is None or p.edition in scope.editions)
    ]
    sections = [s.id for s in snapshot.taxonomy.sections if set(s.indicators) & set(indicators)]
    waiting = {p.placeholders[s] for p in profiles for s in sections if s in p.placeholders}
    where, plural = _searched(snapshot, profiles), len(profiles) > 1
    if profiles and waiting and all(s in p.placeholders for p in profiles for s in sections):
        topic = joined([in_sentence(snapshot.taxonomy.indicators[i]) for i in indicators])
        only = f"{where} {'have' if plural else 'has'} only a placeholder for that section"
        return Refusal(RefusalReason.NOT_MEASURED, f"{topic} first appears in the {min(waiting)} edition; {only}")
    if profiles:
        other = f"; the {nearer} edition comes closer" if nearer is not None else ""
        return Refusal(RefusalReason.PAGE_SILENT, f"{where} {'do' if plural else 'does'} not answer this{other}")
    return Refusal(RefusalReason.PAGE_SILENT, "nothing in the loaded profiles and definitions answers this")


def _searched(snapshot: Snapshot, profiles: Sequence[LoadedProfile]) -> str:
    if len(profiles) > 4:
        return f"the {len(profiles)} profiles searched"
    return f"the loaded profile{'' if len(profiles) == 1 else 's'} of " + joined(
        [f"{snapshot.taxonomy.countries[p.country].name} {p.edition}" for p in profiles]
    )
