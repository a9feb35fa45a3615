"""Everyday words for indicators and groups ("smack", "crooked cops", "countries with no sea"). Pure.

They come from `index/data/everyday_topics.toml` and are read only to find out which score is meant. A search for text does not
see them: there a loose word would widen the search too far.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.questions.cues import longest_by_first_word

_Phrase = tuple[str, ...]
# What may stand between an act and what it is done to: "smuggling of the arms", "support to victims".
_BETWEEN = frozenset("of in to for the with a".split())
_MOST_BETWEEN = 3
# What may stand between someone and what is said of them: "politicians being so crooked", "witnesses get any protection".
_SAID = frozenset("is are being so more most very who that themselves get gets getting given receive any enough".split())
# Words whose singular means something else: "laws" and "a law", "states" (countries) and "the state".
_KEPT = frozenset("laws states arms spirits scales".split())


@dataclass(frozen=True, slots=True, eq=False)
class EverydayTopics:
    """The table by phrases in the singular, with the id of an indicator or the name of a group for each.

    `acts` and `objects` only count together, where they share a topic. `words` are all words in use, as written, and `groups` the
    groups among what is named.
    """

    phrases: Mapping[_Phrase, str]
    acts: Mapping[_Phrase, frozenset[str]]
    objects: Mapping[_Phrase, frozenset[str]]
    longest_phrase: Mapping[str, int]
    longest_act: Mapping[str, int]
    longest_object: Mapping[str, int]
    words: frozenset[str]
    groups: frozenset[str]

    def at(self, words: Sequence[str], at: int) -> tuple[str, int] | None:
        """What the longest phrase from a position stands for, and where it ends; None if none starts there."""
        found = [*self._phrase(words, at), *self._act_first(words, at), *self._object_first(words, at)]
        # Of equally long readings the first wins: a phrase before an act with its object.
        return max(found, key=lambda pair: pair[1], default=None)

    def _phrase(self, words: Sequence[str], at: int) -> Iterator[tuple[str, int]]:
        for end in _ends(words, at, self.longest_phrase):
            if (topic := self.phrases.get(_key(words[at:end]))) is not None:
                yield topic, end

    def _act_first(self, words: Sequence[str], at: int) -> Iterator[tuple[str, int]]:
        for end in _ends(words, at, self.longest_act):
            topics = self.acts.get(_key(words[at:end]))
            for start in _after_any(_BETWEEN, words, end) if topics else ():
                yield from self._together(topics or frozenset(), words, start, self.objects, self.longest_object)

    def _object_first(self, words: Sequence[str], at: int) -> Iterator[tuple[str, int]]:
        for end in _ends(words, at, self.longest_object):
            topics = self.objects.get(_key(words[at:end]))
            for start in _after_any(_SAID, words, end) if topics else ():
                yield from self._together(topics or frozenset(), words, start, self.acts, self.longest_act)

    def _together(
        self,
        topics: frozenset[str],
        words: Sequence[str],
        at: int,
        others: Mapping[_Phrase, frozenset[str]],
        longest: Mapping[str, int],
    ) -> Iterator[tuple[str, int]]:
        for end in _ends(words, at, longest):
            both = topics & others.get(_key(words[at:end]), frozenset())
            # "Traffic of persons" is in one topic only; where two share an act and an object, nothing says which is meant.
            if len(both) == 1:
                yield next(iter(both)), end


@cache
def everyday_topics() -> EverydayTopics:
    """The table, read once."""
    text = files("index").joinpath("data", "everyday_topics.toml").read_text(encoding="utf-8")
    phrases: dict[_Phrase, str] = {}
    acts: dict[_Phrase, frozenset[str]] = {}
    objects: dict[_Phrase, frozenset[str]] = {}
    words: set[str] = set()
    entries = tomllib.loads(text)["topic"]
    for entry in entries:
        topic, things = entry.get("indicator") or entry["group"], entry.get("things", ())
        for phrase in (*entry.get("phrases", ()), *things):
            phrases.setdefault(_key(phrase.split()), topic)
        for kind, names in ((acts, entry.get("acts", ())), (objects, (*entry.get("objects", ()), *things))):
            for name in names:
                key = _key(name.split())
                kind[key] = kind.get(key, frozenset()) | {topic}
        for name in (*entry.get("phrases", ()), *things, *entry.get("objects", ()), *entry.get("acts", ())):
            words.update(name.split())
    return EverydayTopics(
        phrases,
        acts,
        objects,
        longest_by_first_word(phrases),
        longest_by_first_word(acts),
        longest_by_first_word(objects),
        frozenset(word for word in words if len(word) > 1),
        frozenset(entry["group"] for entry in entries if "group" in entry),
    )


def _key(words: Sequence[str]) -> _Phrase:
    return tuple(map(_singular, words))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") and word not in _KEPT else word


def _ends(words: Sequence[str], at: int, longest: Mapping[str, int]) -> Iterator[int]:
    """Where phrases that start at a position may end, the longest first."""
    if at < len(words):
        yield from range(min(len(words), at + longest.get(_singular(words[at]), 0)), at, -1)


def _after_any(joining: frozenset[str], words: Sequence[str], at: int) -> Iterator[int]:
    """The position itself, and those after a few joining words."""
    yield at
    for after in range(at, min(at + _MOST_BETWEEN, len(words))):
        if words[after] not in joining:
            return
        yield after + 1
