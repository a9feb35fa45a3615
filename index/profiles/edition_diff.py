"""What the prose of a profile says anew in another edition, sentence by sentence. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from index.language.alignment import aligned
from index.profiles.profile import SectionText


class Fate(StrEnum):
    """What became of a sentence. One that moved has the same words elsewhere on the earlier page."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place: the passage and the character range in it."""

    text: str
    passage: str
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ComparedSentence:
    """A sentence and its fate; its place is in the later edition, of a removed one in the earlier."""

    sentence: Sentence
    fate: Fate


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """A section of both editions: its sentences in the order of the page, and which of the two have text."""

    section: SectionText
    sentences: tuple[ComparedSentence, ...]
    earlier_text: bool
    later_text: bool

    def count(self, fate: Fate) -> int:
        """How many of its sentences had this fate."""
        return sum(s.fate is fate for s in self.sentences)


def compared(earlier: Sequence[SectionText], later: Sequence[SectionText]) -> tuple[ComparedSection, ...]:
    """Both pages, section by section; a sentence that only changed its place is told as moved, where it stands now."""
    pairs = list(zip(earlier, later, strict=True))
    raw = [compare_sentences(sentences_of(before), sentences_of(after)) for before, after in pairs]
    told = _told_as_moved(raw)
    return tuple(
        ComparedSection(after, sentences, bool(before.paragraphs), bool(after.paragraphs))
        for (before, after), sentences in zip(pairs, told, strict=True)
    )


def sentences_of(section: SectionText) -> tuple[Sentence, ...]:
    """The sentences of a section, paragraph after paragraph."""
    return tuple(Sentence(p.text[a:b], p.id, (a, b)) for p in section.paragraphs for a, b in p.sentences)


def compare_sentences(before: Sequence[Sentence], after: Sequence[Sentence]) -> tuple[ComparedSentence, ...]:
    """What was kept, removed and added, in order; where sentences replace others, those that went stand first."""
    result: list[ComparedSentence] = []
    for same, gone, new in aligned(before, after, lambda s: _words(s.text)):
        if same:
            result += [ComparedSentence(s, Fate.KEPT) for s in new]
        else:
            result += [ComparedSentence(s, Fate.REMOVED) for s in gone]
            result += [ComparedSentence(s, Fate.ADDED) for s in new]
    return tuple(result)


def _told_as_moved(sections: Sequence[Sequence[ComparedSentence]]) -> list[tuple[ComparedSentence, ...]]:
    """A sentence that went in one place and came in another is told once."""
    counts = {
        fate: Counter(_words(c.sentence.text) for section in sections for c in section if c.fate is fate)
        for fate in (Fate.REMOVED, Fate.ADDED)
    }
    moved = counts[Fate.REMOVED] & counts[Fate.ADDED]
    gone, come = moved.copy(), moved.copy()
    result = []
    for section in sections:
        told = []
        for c in section:
            words = _words(c.sentence.text)
            if c.fate is Fate.REMOVED and gone[words]:
                gone[words] -= 1
            elif c.fate is Fate.ADDED and come[words]:
                come[words] -= 1
                told.append(replace(c, fate=Fate.MOVED))
            else:
                told.append(c)
        result.append(tuple(told))
    return result


def _words(text: str) -> str:
    return " ".join(text.split())
