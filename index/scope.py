"""Where a question is looked for, and why nothing is found there: the place comes before the search.

A country that is named is never answered from another one's page, and silence always has its reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.coverage import LoadedProfile
from index.lookup import asked_indicators
from index.question import Question
from index.snapshot import Snapshot
from index.wording import edition_list, in_sentence, joined


@dataclass(frozen=True, slots=True)
class Scope:
    """Which countries and editions are searched (None: all), and why nothing is, if so."""

    countries: tuple[str, ...] | None
    editions: tuple[int, ...] | None
    notes: tuple[str, ...] = ()
    refusal: str = ""


def unclear_place(snapshot: Snapshot, question: Question) -> str | None:
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
    return None


def scope_of(snapshot: Snapshot, question: Question) -> Scope:
    """The countries and editions a text question is searched in."""
    names = snapshot.taxonomy.countries
    asked: tuple[str, ...] | None = question.countries or tuple(c for _, ids in question.ambiguous for c in ids) or None
    notes: list[str] = []
    if asked is None and question.groups:
        edition = max(question.editions or snapshot.taxonomy.editions)
        asked = tuple(dict.fromkeys(c for g in question.groups for c in snapshot.taxonomy.members(g, edition)))
        loaded = tuple(c for c in asked if c in snapshot.text_editions)
        if not loaded:
            return Scope((), (), refusal=f"no profile of a country in {joined(question.groups)} is loaded ({_loaded(snapshot)})")
        notes.append(f"{len(loaded)} of the {len(asked)} countries of {joined(question.groups)} have a loaded profile.")
        return Scope(loaded, question.editions or None, tuple(notes))
    if asked is None:
        if not snapshot.text_editions:
            return Scope((), (), refusal="no profile is loaded, only scores")
        return Scope(None, question.editions or None)
    loaded = tuple(c for c in asked if c in snapshot.text_editions)
    if not loaded:
        missing = joined([names[c].name for c in asked], "or")
        return Scope((), (), refusal=f"no profile of {missing} is loaded, so there is no text to search ({_loaded(snapshot)})")
    if len(loaded) < len(asked):
        notes.append(f"No profile of {joined([names[c].name for c in asked if c not in loaded])} is loaded.")
    if question.editions:
        kept = tuple(c for c in loaded if set(question.editions) & set(snapshot.text_editions[c]))
        if not kept:
            where = joined([f"{names[c].name}: {edition_list(snapshot.text_editions[c])}" for c in loaded])
            return Scope(
                (),
                (),
                refusal=f"no profile of the {edition_list(question.editions)} edition is loaded for this (loaded: {where})",
            )
    if not question.countries and question.ambiguous:
        surface, ids = question.ambiguous[0]
        notes.append(f"{surface!r} may mean {joined([names[c].name for c in ids], 'or')}; both were searched.")
    return Scope(loaded, question.editions or None, tuple(notes))


def _loaded(snapshot: Snapshot) -> str:
    names = [snapshot.taxonomy.countries[c].name for c in snapshot.text_editions]
    return f"loaded: {joined(sorted(names))}" if len(names) <= 12 else f"{len(names)} countries are loaded"


def silence(snapshot: Snapshot, question: Question, scope: Scope) -> str:
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


def _searched(snapshot: Snapshot, profiles: Sequence[LoadedProfile]) -> str:
    if len(profiles) > 4:
        return f"the text of the {len(profiles)} profiles searched"
    return "the loaded profile of " + joined([f"{snapshot.taxonomy.countries[p.country].name} {p.edition}" for p in profiles])
