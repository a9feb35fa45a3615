"""Questions that ask two things: the text of each. Pure.

The words are those of `index/data/meaning/halves.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from index.language.late_pattern import LatePattern
from index.meaning.phrase_tables import table

_POINTING = r"(?:it|its|they|their|them|he|she|that|this|these|those|there)"
# A question has at least so many words.
_SHORTEST = 3
_DEPENDENT = LatePattern(r"(?:when|if|once|after|where|suppos\w+|given|consider\w*)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """`cut` ends at a second question; `asks` is found in what asks by itself: "Oman or Yemen, who is safer" is one question."""

    cut: LatePattern
    asks: LatePattern
    of_the_first: LatePattern
    ends: LatePattern


def clauses_of(text: str) -> Iterator[tuple[str, str]]:
    """Every way to take a text as two questions, each as typed, the shortest first question first."""
    plain, at = text.strip(), 0
    while (found := _patterns().cut.search(plain, at)) is not None:
        first = plain[: found.start()]
        # "When all are lined up, which place is Ghana's" is one question.
        comma = plain[found.start() : found.start("second")].strip() == ","
        depends = comma and _DEPENDENT.match(first) is not None
        if len(first.split()) >= _SHORTEST and _patterns().asks.search(first) and not depends:
            yield first, plain[found.start("second") :]
        at = found.start() + 1


def asks_more_of_the_first(second: str) -> bool:
    """Whether a second question only asks for more of the answer to the first: "did it fall, and by how much"."""
    return _patterns().of_the_first.match(second) is not None


def both_ends(text: str) -> tuple[str, str] | None:
    """ "Strongest and weakest markets of X", "X's three best and three worst": each end's question; None if only one is named.

    Words after the first end belong to it alone; without any, the two ends share what follows the second, and how many are asked
    for.
    """
    plain = " ".join(text.split())
    found = _patterns().ends.match(plain)
    if found is None:
        return None
    parts = found.groupdict("")
    middle = parts["middle"].rstrip(" ,")
    one, two = (f"{parts[f'before_{n}']}{parts[f'end_{n}']}{parts[f'behind_{n}']}" for n in (1, 2))
    if parts["end_1"].lower() == parts["end_2"].lower() and not middle.strip():
        return None
    if middle.strip():
        # Where nothing follows the second end, it has what follows the first: "the best resilience, and the worst?"
        behind = parts["tail"] if parts["tail"].strip(" ?.!") else f"{middle}{parts['tail']}"
        return f"{parts['head']}{one}{middle}", f"{parts['head']}{two}{behind}"
    if not (parts["before_2"] or parts["behind_2"]):
        two = f"{parts['before_1']}{parts['end_2']}{parts['behind_1']}"
    elif not (parts["before_1"] or parts["behind_1"]):
        one = f"{parts['before_2']}{parts['end_1']}{parts['behind_2']}"
    return f"{parts['head']}{one}{parts['tail']}", f"{parts['head']}{two}{parts['tail']}"


@cache
def _patterns() -> _Patterns:
    words = {name: f"(?:{'|'.join(patterns)})" for name, patterns in table("halves").items()}
    asking = rf"(?:{words['asking']}|can i|can we|if it|in which|by how|(?:tell|give|show) me|name)"
    second = rf"(?:{asking}|{words['verbs']} (?:{_POINTING}|(?:the|that|this) {words['figures']}))"
    cut = rf"(?:[,;]?\s+(?:and|&)\s+|[?.;]\s+(?:and\s+)?|,\s+)(?:(?:also|then|so)\s+)?(?P<second>{second}\b\s*\w.*)$"
    begins = rf"(?:^|[,:;–—-] |\b{words['leading']} )(?:{words['prepositions']} )?"
    ends = [
        rf"(?P<before_{n}>(?:{words['numbers']} )?)(?P<end_{n}>{words['ends']})(?P<behind_{n}>(?: {words['numbers']})?)"
        for n in (1, 2)
    ]
    apart = r"(?:,? (?:and|&) |\s?/\s?)(?:(?:the|its|their|also|which) )*"
    patterns = (
        cut,
        # What is asked about may stand first: "cyber scams who is worst in Africa".
        rf"{begins}(?:{words['verbs']}|{words['asking']}|{words['telling']})\b"
        rf"|^(?:[\w'-]+ ){{1,4}}(?:who|which|where|what) {words['verbs']}\b",
        rf"^(?:(?:by )?(?:how (?:much|many|far)|which|who|what)|(?:please )?(?:name|list|show|give)(?: me)?)"
        rf"(?: {words['of_the_first']})*[?.]?$",
        rf"^(?P<head>.*?)\b{ends[0]}\b(?P<middle>[^,;.?]*?){apart}{ends[1]}\b(?P<tail>.*)$",
    )
    return _Patterns(*(LatePattern(pattern, re.IGNORECASE) for pattern in patterns))
