"""What is said before or behind a question and is not part of it: a greeting, thanks, whose figures are meant, who wants to know.

Told by what it does rather than by its wording: it is cut off from the rest by a mark of punctuation, speaks between people or
of the source, and holds no name, number or word that does anything in a question. A word that could be a topic stays, unless the
rest names one. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from corpus.errors import QuestionError
from corpus.naming import fold
from index.language.late_pattern import LatePattern
from index.language.stems import STOPWORDS
from index.meaning.going_on import without_going_on
from index.meaning.masked import Masked, masked
from index.meaning.phrase_tables import table
from index.questions.cues import Role, cue_table
from index.questions.names import Gazetteer
from index.questions.question import Question, understand

_INDEX = LatePattern(
    r"\b(?:the )?(?:global )?organi[sz]ed crime index\b|\bocindex(?:\.net)?\b|\bgi-?toc\b(?:['’]s)?", re.IGNORECASE
)
_BEFORE = LatePattern(r"(?P<aside>[^,:;!?]+?)(?:,|:|;|!|\.| [-–—])\s+(?P<rest>.+)", re.DOTALL)
_BREAK = LatePattern(r"[.?!]+(?=\s)|[,;](?=\s)| [-–—](?=\s)")
_LONGEST = 10
# So many may stand one before another: "Hello! Quick one: …".
_MOST = 2
_SHORTEST = 2
_IDLE_ASKING = frozenset(("tell me", "give me", "show me", "show", "give", "provide", "present"))
_ADVERB = LatePattern(r"[a-z]{4,}ly")
_VERB = r"(?:is|are|am|was|were|do|does|did|has|have|had|can|could|will|would|should|may)"
_QUESTION = LatePattern(
    rf"(?:{_VERB}|what|whats|which|who|whos|whose|where|when|why|how|tell|give|show|list|name|find|count|compare|rank|explain|"
    r"describe|define|brief)\b"
)
_OWN_QUESTION = LatePattern(rf"{_VERB}\b")
_JOINED_ON = LatePattern(r"(?:and|or|but|nor|than|also|without)\b")
_DEPENDENT = LatePattern(r"(?:and|or|but|nor|than|also|without|that|to|because|since)\b")
# "For monarchies", "my list is democracies": which countries are meant.
_NARROWING = LatePattern(r"\b(?:for|in|of|among|across|within|from|is|are) ([a-z]+s)\b")
# Every answer that names who moved or leads says by how much.
_AMOUNT = LatePattern(r"(?<=\w)[,;]?\s+and (?:if so,? )?by how (?:much|many (?:points|steps))\s*\?*$", re.IGNORECASE)
# Which of the two is asked, not whether it is the first; "7 or above or below 3" are two conditions.
_EITHER = LatePattern(
    r"(?<!\bor )\b(above|higher|over) or (?:below|lower|under)\b|(?<!\bor )\b(?:below|lower|under) or (above|higher|over)\b",
    re.IGNORECASE,
)
# What is put between commas and limits nothing: "the EU, taken as a whole, …".
_BETWEEN = LatePattern(
    r",\s+(?:(?:when |if )?(?:taken|seen|viewed|considered)(?: (?:as a (?:whole|group|bloc)|together|overall|altogether))?|"
    r"as a (?:whole|group|bloc)|all told|all in all|by and large|(?:generally|broadly) speaking|in your data|in general|"
    r"so to speak),(?=\s)",
    re.IGNORECASE,
)
# "South America, Central America and the Caribbean, the three please": each by itself.
_EACH = LatePattern(
    r"(?:,\s+(?:all|the) (?:two|three|four|five|six|[2-6])(?: of (?:them|these))?(?: please| pls)?|"
    r"\s+all (?:two|three|four|five|six|[2-6]) (?:please|pls))(?=\s*(?:[,.?!;]|$))",
    re.IGNORECASE,
)
_CLOSED = LatePattern(rf"\W*{_VERB}\b", re.IGNORECASE)
_UNBALANCED = LatePattern(r"[()\[\]\"“”«»]")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads parts of a question on their own."""

    gazetteer: Gazetteer
    editions: Sequence[int]

    def read(self, part: str) -> Question | None:
        try:
            return understand(part, self.gazetteer, self.editions)
        except QuestionError:
            return None


def called_the_index(text: str) -> str:
    """A question with every name of the Index as "the index"."""
    return _INDEX.sub("the index", text)


def asks_which(text: str) -> bool:
    """Whether a question leaves open which of two ways it is, so that yes or no would be no answer: "above or below the mean"."""
    return _CLOSED.match(text) is not None and _EITHER.search(text) is not None


def without_asides(question: Question, gazetteer: Gazetteer, editions: Sequence[int]) -> Question:
    """The question that is left without what is said before and behind it; the same where nothing is."""
    reader = _Reader(gazetteer, editions)
    text = without_going_on(_EACH.sub(" each", _BETWEEN.sub("", _AMOUNT.sub("", question.text))))
    if asks_which(text):
        text = _EITHER.sub(lambda either: either[1] or either[2], text)
    for _ in range(_MOST):
        text = _without_one(text, reader)
    return question if text == question.text else understand(text, gazetteer, editions)


def _without_one(text: str, reader: _Reader) -> str:
    """The text without one such part before it and one behind."""
    before = _BEFORE.fullmatch(text)
    if before and _is_aside(before["aside"], before["rest"], reader):
        text = before["rest"]
    *_, behind = (None, *_BREAK.finditer(text))
    if behind is None:
        return text
    aside, rest = text[behind.end() :], text[: behind.start()]
    # What asks by itself behind a question decides it: "…, am I right?"
    if _OWN_QUESTION.match(fold(aside)) or not _is_aside(aside, rest, reader):
        return text
    return rest + ("?" if "?" in behind[0] else "")


def _is_aside(part: str, rest: str, reader: _Reader) -> bool:
    """Whether a part says nothing of what the rest asks."""
    plain = _INDEX.sub("index", part)
    words = fold(plain).split()
    if not words or len(words) > _LONGEST or any(character.isdigit() for character in plain) or _UNBALANCED.search(plain):
        return False
    stored = _words()
    said = " ".join(words)
    if stored.idle.fullmatch(said):
        return _asked_in(rest, reader) is not None
    if _JOINED_ON.match(said) or stored.working.intersection(words):
        return False
    personal = not stored.between_people.isdisjoint(words)
    if not personal and stored.signs.isdisjoint(words) and not any(_ADVERB.fullmatch(word) for word in words):
        return False
    asked = _asked_in(rest, reader)
    if asked is None:
        return False
    content = [word for word in words if not (word in stored.without_content or word in STOPWORDS or _ADVERB.fullmatch(word))]
    if any(match[1] in content for match in _NARROWING.finditer(said)):
        return False
    names_topic = bool(asked.ids("I") or asked.ids("S"))
    return (not content or (personal and names_topic)) and _does_nothing(plain, reader)


def _does_nothing(part: str, reader: _Reader) -> bool:
    """Whether a part holds no name, no number, and no word that compares, counts, orders or limits."""
    question = reader.read(part)
    if question is None or masked(question.reading).marks:
        return False
    if question.ambiguous or question.not_scored or question.undefined_groups or question.unread_numbers:
        return False
    reading, stored = question.reading, _words()
    for span in reading.spans:
        said = " ".join(reading.words[span.start : span.end]).casefold()
        if span.role is not Role.FILLER and said not in _IDLE_ASKING and said not in stored.without_content:
            return False
    return True


def _asked_in(rest: str, reader: _Reader) -> Masked | None:
    """What is left with marks, if it can be a question by itself."""
    folded = fold(rest)
    words = len(folded.split())
    question = None if _DEPENDENT.match(folded) or words < _SHORTEST else reader.read(rest)
    if question is None:
        return None
    asked = masked(question.reading)
    return asked if asked.marks or words > _SHORTEST or _QUESTION.match(folded) else None


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of index/data/meaning/asides.toml."""

    between_people: frozenset[str]
    signs: frozenset[str]
    working: frozenset[str]
    without_content: frozenset[str]
    idle: LatePattern


@cache
def _words() -> _Words:
    data = table("asides")
    people, signs = frozenset(data["between_people"]), frozenset(data["signs"])
    fillers = frozenset(
        word for phrase, cue in cue_table().by_phrase.items() if cue.role is Role.FILLER and not cue.value for word in phrase
    )
    without = people | signs | fillers | frozenset(data["empty"]) | frozenset(table("general_words")["words"])
    working = frozenset(data["working"])
    return _Words(people, signs, working, without - working, LatePattern("|".join(data["idle"])))
