"""About thirty changes to a question that change nothing of what it asks, by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from hashlib import sha256

_LOWER_FIRST = frozenset(
    (
        "what which how where who whose when why is are was were did does do has have had can could give show list name tell in "
        "by among compare between rank take of for the a an if sort order find count explain describe put"
    ).split()
)
_LONG = re.compile(r"\b[a-z]{8,}\b")
_BRITISH = {
    "organized": "organised", "labor": "labour", "defense": "defence", "smuggled": "smuggled", "counterfeiting": "counterfeiting",
    "center": "centre", "favor": "favour", "analyze": "analyse", "program": "programme", "neighboring": "neighbouring",
    "neighbor": "neighbour", "neighbors": "neighbours", "behavior": "behaviour",
}  # fmt: skip
_AMERICAN = {british: american for american, british in _BRITISH.items()}


def _joined(before: str, question: str) -> str:
    """The question behind a beginning, its first letter small unless it begins with a name."""
    first = re.match(r"[A-Za-z]+", question)
    small = first is not None and first[0].lower() in _LOWER_FIRST
    return before + (question[0].lower() + question[1:] if small else question)


def _beginning(words: str) -> Callable[[str], str]:
    return lambda question: _joined(words, question)


def _ending(words: str) -> Callable[[str], str]:
    """Words behind the question: inside its last sentence where they begin with a comma, or else as a sentence of their own."""
    if words.startswith(","):
        return lambda question: question.rstrip("?.! ") + words
    return lambda question: question + ("" if question.rstrip().endswith(("?", ".", "!")) else ".") + words


def _swapped(words: Mapping[str, str]) -> Callable[[str], str]:
    """Each of these words in place of the other, whatever its case."""
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b", re.IGNORECASE)
    return lambda question: pattern.sub(lambda m: _cased(words[m[0].lower()], m[0]), question)


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[0].isupper() else word


def _quoted(question: str) -> str:
    return question.replace("'", "’").replace(' "', " “").replace('"', "”")


def _transposed(question: str) -> str:
    """Two neighbouring letters inside one long word in lower case change places; which ones is settled by a hash."""
    words = [m for m in _LONG.finditer(question)]
    if not words:
        return question
    number = int(sha256(question.encode()).hexdigest(), 16)
    word = words[number % len(words)]
    at = word.start() + 2 + number // 7 % (len(word[0]) - 4)
    return question[:at] + question[at + 1] + question[at] + question[at + 2 :]


CHANGES: Mapping[str, Callable[[str], str]] = {
    "According to the Global Organized Crime Index, …": _beginning("According to the Global Organized Crime Index, "),
    "In the Organized Crime Index, …": _beginning("In the Organized Crime Index, "),
    "Going by the Index: …": _beginning("Going by the Index: "),
    "As of your data, …": _beginning("As of your data, "),
    "Honestly, …": _beginning("Honestly, "),
    "Quick one: …": _beginning("Quick one: "),
    "My editor wants to know: …": _beginning("My editor wants to know: "),
    "Morning! …": lambda question: "Morning! " + question,
    "For a seminar I am giving - …": _beginning("For a seminar I am giving - "),
    "Would you kindly tell me, …": _beginning("Would you kindly tell me, "),
    "… Please show your working.": _ending(" Please show your working."),
    "… Give a source.": _ending(" Give a source."),
    "… Thanks!": _ending(" Thanks!"),
    "… Much appreciated.": _ending(" Much appreciated."),
    "…, per ocindex.net": _ending(", per ocindex.net"),
    "…, if you would": _ending(", if you would"),
    "highest → topmost": _swapped({"highest": "topmost"}),
    "lowest → bottommost": _swapped({"lowest": "bottommost"}),
    "largest ↔ biggest": _swapped({"largest": "biggest", "biggest": "largest"}),
    "and → as well as": lambda question: re.sub(r"(?<=\w) and (?=[A-Z][a-z])", " as well as ", question),
    "country → nation": _swapped({"country": "nation", "countries": "nations"}),
    "score → rating": _swapped({"score": "rating", "scores": "ratings"}),
    "score → mark": _swapped({"score": "mark", "scores": "marks"}),
    "increased → went up": _swapped({"increased": "went up", "rose": "went up", "went up": "rose"}),
    "fell → came down": _swapped({"fell": "came down", "dropped": "came down", "went down": "fell", "decreased": "dropped"}),
    "small letters": str.lower,
    "no final mark": lambda question: question.rstrip("?.! "),
    "typographic quotes": _quoted,
    "double spaces": lambda question: question.replace(" ", "  "),
    "British spelling": _swapped(_BRITISH),
    "American spelling": _swapped(_AMERICAN),
    "two letters transposed": _transposed,
}  # fmt: skip
