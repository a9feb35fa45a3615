"""Whether a question names a topic in words that nothing read: "Poland minus Ukraine, smuggled ciggies".

A form that would take criminality for granted asks this first, so that an unknown topic is not answered with another score.
"""

from __future__ import annotations

from functools import cache

from index.language.late_pattern import LatePattern
from index.language.stems import STOPWORDS
from index.meaning.asked import Asked
from index.meaning.masked import MARK
from index.meaning.phrase_patterns import found_in
from index.meaning.phrase_tables import table
from index.questions.cues import cue_table

_TABLES = ("topics", "scope", "when", "directions")
_AFTER = LatePattern(
    r"\b(?:for|on|about|regarding|concerning|re|versus|at|as regards|in terms of|when it comes to|by|with)"
    r" (?:(?:the|its|their|his|a|an|all|illegal|illicit|stopping|fighting|this|that|controlling|selling|handling) )*"
    r"([a-z']+)((?: [a-z']+){0,2})"
)
_BEFORE = LatePattern(
    r"\b([a-z']+) (?:scores?|mark|rating|figure|numbers?|crimes?|trade|trading|traffic|trafficking|smuggling|smugglers|markets?"
    r"|gangs?|controls?)\b"
)
_ALONE = LatePattern(r"(?:^|[,|] )((?:[a-z']+ ){0,2}[a-z']+)(?= [,|]|$)")


def topic_is_unread(asked: Asked) -> bool:
    """Whether an unknown word stands where a topic stands: after "for" or "on", before "score", or in a short clause alone."""
    text = asked.text
    read = [(h.start, h.end) for slot in _TABLES for h in found_in(slot, text)]
    found = [(match, True) for match in _AFTER.finditer(text)] + [(match, False) for match in _BEFORE.finditer(text)]
    for match, after in found:
        # "For the contrast paragraph": what it is for, not what it is about.
        purpose = after and any(word in _general_words() for word in match[2].split())
        if _unknown(match[1]) and not purpose and not any(start <= match.start(1) < end for start, end in read):
            return True
    return any(
        all(_unknown(word) or word in STOPWORDS for word in match[1].split())
        and any(_unknown(word) for word in match[1].split())
        and not any(start < match.end(1) and match.start(1) < end for start, end in read)
        for match in _ALONE.finditer(text)
    )


def has_unknown_words(asked: Asked) -> bool:
    """Whether any word is neither one of asking nor part of a name or topic."""
    return any(_unknown(word) for word in asked.text.split() if word not in (",", "|"))


def _unknown(word: str) -> bool:
    return word not in STOPWORDS and word not in cue_table().words and word not in _general_words() and not MARK.fullmatch(word)


@cache
def _general_words() -> frozenset[str]:
    return frozenset(table("general_words")["words"])
