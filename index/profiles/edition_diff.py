"""How the text of a profile changed between two editions, sentence by sentence. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from index.language.alignment import aligned
from index.profiles.profile import SectionText


class Fate(StrEnum):
    """What became of a sentence; one that moved has the same words elsewhere on the earlier page."""

    KEPT = "kept"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its passage and its character range in it."""

    text: str
    passage: str
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class ComparedSentence:
    """A sentence of the later edition, or a removed one of the earlier edition, and its fate."""

    sentence: Sentence
    fate: Fate


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """A section in both editions: its sentences in page order, and whether each edition has text."""

    section: SectionText
    sentences: tuple[ComparedSentence, ...]
    earlier_text: bool
    later_text: bool

    def count(self, fate: Fate) -> int:
        """How many of its sentences have this fate."""
        return sum(s.fate is fate for s in self.sentences)


def compared(earlier: Sequence[SectionText], later: Sequence[SectionText]) -> tuple[ComparedSection, ...]:
    """Both pages compared section by section; a sentence found elsewhere on the page is shown once, as moved, where it is now."""
    pairs = list(zip(earlier, later, strict=True))
    raw = [compare_sentences(sentences_of(before), sentences_of(after)) for before, after in pairs]
    shown = _with_moved(raw)
    return tuple(
        ComparedSection(after, sentences, bool(before.paragraphs), bool(after.paragraphs))
        for (before, after), sentences in zip(pairs, shown, strict=True)
    )


def sentences_of(section: SectionText) -> tuple[Sentence, ...]:
    """The sentences of a section, paragraph by paragraph."""
    return tuple(Sentence(p.text[a:b], p.id, (a, b)) for p in section.paragraphs for a, b in p.sentences)


def compare_sentences(before: Sequence[Sentence], after: Sequence[Sentence]) -> tuple[ComparedSentence, ...]:
    """The sentences kept, removed and added, in order; where some replace others, the removed ones come first."""
    result: list[ComparedSentence] = []
    for same, gone, new in aligned(before, after, lambda s: _words(s.text)):
        if same:
            result += [ComparedSentence(s, Fate.KEPT) for s in new]
        else:
            result += [ComparedSentence(s, Fate.REMOVED) for s in gone]
            result += [ComparedSentence(s, Fate.ADDED) for s in new]
    return tuple(result)


def _with_moved(sections: Sequence[Sequence[ComparedSentence]]) -> list[tuple[ComparedSentence, ...]]:
    """A sentence removed in one section and added in another is listed once, as moved."""
    counts = {
        fate: Counter(_words(c.sentence.text) for section in sections for c in section if c.fate is fate)
        for fate in (Fate.REMOVED, Fate.ADDED)
    }
    moved = counts[Fate.REMOVED] & counts[Fate.ADDED]
    gone, come = moved.copy(), moved.copy()
    result = []
    for section in sections:
        shown = []
        for c in section:
            words = _words(c.sentence.text)
            if c.fate is Fate.REMOVED and gone[words]:
                gone[words] -= 1
            elif c.fate is Fate.ADDED and come[words]:
                come[words] -= 1
                shown.append(replace(c, fate=Fate.MOVED))
            else:
                shown.append(c)
        result.append(tuple(shown))
    return result


def _words(text: str) -> str:
    return " ".join(text.split())
