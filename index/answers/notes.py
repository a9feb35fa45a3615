"""Notes for the reader of an answer: how the question was read, which edition the answer is from, where the text is from."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.naming import fold
from index.contract.answer_object import FoundPassage
from index.generations.snapshot import Snapshot
from index.language.phrases import edition_list, group_in_sentence, in_sentence, joined, on_their_own
from index.meaning.meaning import Meaning
from index.passages.passage import Passage
from index.questions.cues import Role
from index.questions.question import Question
from index.questions.topics import asked_indicators
from index.scores.facts import score_facts

# A word of which the Index makes two indicators.
_ANY_GANGS, _NAMED_GANGS = frozenset({"gang", "gangs"}), ("mafia_style_groups",)
_LOOSE_GANGS = "looser gangs among criminal networks"
_SAFETY = frozenset("safe safer safest unsafe dangerous danger violent secure peaceful risky rough".split())


def edition_notes(snapshot: Snapshot, question: Question, passage: Passage) -> list[str]:
    """Which edition the first passage is from, and the scores of later editions."""
    if question.editions or passage.country is None or passage.edition is None:
        return []
    name = snapshot.taxonomy.countries[passage.country].name
    loaded = snapshot.text_editions[passage.country]
    notes = []
    if passage.edition == loaded[0]:
        notes.append(f"The question names no edition; {passage.edition} is the latest with a loaded profile of {name}.")
    else:
        notes.append(
            f"The first passage is from the {passage.edition} edition; the {loaded[0]} profile matches the question less well."
        )
    indicators = asked_indicators(snapshot.taxonomy, question)
    country = (passage.country,)
    later = sorted({e for i in indicators for e in snapshot.loaded.editions(i, country) if e > passage.edition})
    if later:
        values = []
        for indicator in indicators:
            figures = [f"{f.value:.2f} in {f.edition}" for f in score_facts(snapshot, country, (indicator,), later)]
            values += [f"{in_sentence(snapshot.taxonomy.indicators[indicator])} {joined(figures)}"] if figures else []
        notes.append(f"Scores from later editions are loaded: {'; '.join(values)}.")
    return notes


def reading_notes(snapshot: Snapshot, question: Question) -> list[str]:
    """How the words of any question were read: corrected spellings, groups and their members."""
    notes = [f"Read {typed!r} as {word!r}." for typed, word in question.corrected if typed.casefold() != word]
    for typed, readings in question.unsure:
        notes.append(f"{typed!r} may mean {joined([repr(r) for r in readings], 'or')}; it was not used.")
    for item in (i for i in question.reading.spans if i.role is Role.INDICATOR and i.ids == _NAMED_GANGS):
        typed = " ".join(question.reading.words[item.start : item.end])
        if fold(typed) in _ANY_GANGS:
            notes.append(f"Read {typed!r} as mafia-style groups, which have a name and leaders; the Index counts {_LOOSE_GANGS}.")
    for item in (i for i in question.reading.spans if i.role is Role.GROUP and not i.value):
        group = snapshot.taxonomy.groups[item.ids[0]]
        typed = " ".join(question.reading.words[item.start : item.end])
        if group.regions:
            notes.append(f"Read {typed!r} as the Index's regions {joined(group.regions)} together.")
        elif group.as_of:
            belong = "Countries that belong to" if group.area else "Members of"
            notes.append(f"{belong} {group_in_sentence(group.name, snapshot.taxonomy)} as of {group.as_of} ({group.source}).")
        elif not _says_the_same(typed, group.name):
            notes.append(f"Read {typed!r} as the Index's {group.kind} {group.name}.")
    return list(dict.fromkeys(notes))


def meaning_notes(snapshot: Snapshot, question: Question, meaning: Meaning) -> list[str]:
    """What was taken for granted in reading a question about scores: the indicator, and what a word such as "safe" stands for."""
    if not meaning.indicators or question.indicators or meaning.among is not None:
        return []
    names = joined([in_sentence(snapshot.taxonomy.indicators[i]) for i in meaning.indicators])
    return [f"The question names no indicator of the Index; read as {names}."]


def safety_notes(question: Question) -> list[str]:
    """What the Index does not say where a question asks how safe or dangerous a country is."""
    if not set(fold(question.text).split()) & _SAFETY:
        return []
    return ["The Index measures organized crime, not how safe a place is for the people in it."]


def text_reading_notes(snapshot: Snapshot, question: Question) -> list[str]:
    """What in a question about text was not used, or was read in one of two ways."""
    notes = reading_notes(snapshot, question)
    if question.countries:
        for typed, countries in question.ambiguous:
            named = joined([snapshot.taxonomy.countries[c].name for c in countries], "or")
            notes.append(f"{typed!r} may mean {named}; it was not used.")
    if question.groups and question.countries:
        notes.append(f"{joined(question.groups)} was not used, because the question names a country.")
    if question.mentions and question.countries:
        named = joined([snapshot.taxonomy.countries[c].name for c in question.mentions])
        subject = joined([snapshot.taxonomy.countries[c].name for c in question.countries])
        notes.append(f"Read as a question about {subject}; {named} was taken as part of what is asked.")
    if question.unread_years:
        years = joined([str(y) for y in question.unread_years])
        notes.append(f"{years} is not an edition of the Index; the loaded editions were searched.")
    if question.not_scored:
        notes.append(f"The Index does not score {on_their_own(question.not_scored)}.")
    for typed, nearest in question.undefined_groups:
        notes.append(
            f"{typed!r} is not a group we have a member list for and was not used; the nearest we have are {joined(nearest)}."
        )
    return notes


def _says_the_same(typed: str, name: str) -> bool:
    """Whether the words typed already have the beginning of every word in a group's name."""
    return all(word[:4] in fold(typed) for word in fold(name).split() if word not in ("and", "the"))


def source_notes(passages: Sequence[FoundPassage]) -> list[str]:
    """What the pages say about their own text, for example that it is a restatement."""
    return list(dict.fromkeys(p.note for p in passages if p.note))


def text_notes(editions: Sequence[int], passages: Sequence[FoundPassage]) -> list[str]:
    """Whether the passages beside a score are from a different edition."""
    others = sorted({p.edition for p in passages if p.edition is not None and p.edition not in editions})
    return (
        [f"The passages are from the {edition_list(others)} edition; no text from the score's edition is loaded."]
        if others
        else []
    )
