"""Whether a text is a question in English at all: other languages, keys hit at random, and signs without words are declined."""

from __future__ import annotations

import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from corpus.naming import fold
from corpus.taxonomy import load_taxonomy
from index.contract.refusal import Refusal, RefusalReason
from index.language.late_pattern import LatePattern
from index.language.phrases import joined
from index.language.stems import STOPWORDS
from index.questions.english import is_english
from index.questions.question import Question

_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "yxcvbnm")
# So many neighbouring keys are in no English word but the name of the keyboard: four are in "property".
_RUN = 5
_WORD = 4
_LONGEST_NAME = 6
_HANDS = LatePattern(r"asd|sdf|dfg|fgh|ghj|hjk|jkl|lkj|kjh|jhg|hgf|gfd|zxc|xcv")
_NO_VOWEL = LatePattern(r"[bcdfghjklmnpqrstvwxz]{5,}")
_REPEATED = LatePattern(r"(.)\1{3,}")
_SHORT = 3
_SURE = 2


def not_a_question(question: Question) -> Refusal | None:
    """Why a text cannot be read as a question in English; None if it may be one, however short or misspelt."""
    refusal = in_other_language(question.text)
    if refusal is not None:
        return refusal
    if not _names_something(question) and _is_noise(fold(question.text).split()):
        return Refusal(RefusalReason.NOT_UNDERSTOOD, "the question holds no word that is known")
    return None


def in_other_language(text: str) -> Refusal | None:
    """Why a text is declined for its language; None for English. Needs no reading, which fails for other scripts."""
    language = language_of(text)
    if language is None:
        return None
    why = f"the question seems to be in {language}, and only English is understood; ask in English"
    return Refusal(RefusalReason.NOT_UNDERSTOOD, why)


def language_of(text: str) -> str | None:
    """The language, in words, that a text other than English seems to be in; None for English and where it cannot be told.

    A language is named if at least two of its common words (in a text of up to three words, one) outnumber the English ones.
    """
    script = _script_of(text)
    if script is not None:
        return script
    words = _without_names(fold(text).split())
    found = {name: len(common.intersection(words)) for name, common in _languages().items()}
    most = max(found.values())
    if not most:
        return None
    nearest = [name for name in found if found[name] == most]
    foreign = frozenset[str]().union(*(_languages()[name] for name in nearest))
    english = len({w for w in words if w not in foreign and (w in STOPWORDS or (is_english(w) and len(w) >= _WORD))})
    outnumbered = most >= _SURE and most >= english and most > len(STOPWORDS.intersection(words))
    if outnumbered or (len(words) <= _SHORT and not english and _all_foreign(words, foreign)):
        return joined(nearest[:_SHORT], "or")
    return None


def _all_foreign(words: list[str], foreign: frozenset[str]) -> bool:
    known = [word for word in words if word in foreign and not is_english(word)]
    return all(word in foreign or not is_english(word) for word in words) and any(len(word) >= _WORD for word in known)


def _script_of(text: str) -> str | None:
    """What is said of the script of most letters; None for Latin letters."""
    scripts = Counter(unicodedata.name(c, "").split(" ")[0] for c in text if c.isalpha())
    if not scripts:
        return None
    script, letters = scripts.most_common(1)[0]
    return _data()["scripts"].get(script) if letters * 2 > scripts.total() else None


def _names_something(question: Question) -> bool:
    return bool(question.countries or question.groups or question.indicators or question.ambiguous or question.mentions)


def _is_noise(words: list[str]) -> bool:
    """Whether some word is keys hit at random and no other is English."""
    letters = [word for word in words if not word.isdigit()]
    return any(map(_is_mashed, letters)) and not any(
        word in STOPWORDS or (len(word) >= _WORD and is_english(word) and not _is_mashed(word)) for word in letters
    )


def _is_mashed(word: str) -> bool:
    if any(word[i : i + _RUN] in f"{row} {row[::-1]}" for row in _KEYS for i in range(len(word) - _RUN + 1)):
        return True
    hands = len(word) >= _WORD and _HANDS.search(word)
    return not is_english(word) and bool(hands or _NO_VOWEL.search(word) or _REPEATED.search(word))


def _without_names(words: list[str]) -> list[str]:
    """The words outside the names of countries, which are often not English."""
    kept: list[str] = []
    at = 0
    while at < len(words):
        named = next((n for n in range(_LONGEST_NAME, 0, -1) if " ".join(words[at : at + n]) in _names()), 0)
        if not named:
            kept.append(words[at])
        at += max(named, 1)
    return kept


@cache
def _names() -> frozenset[str]:
    countries = load_taxonomy().countries.values()
    return frozenset(fold(name) for c in countries for name in (c.name, *c.labels, *c.aliases, *c.capitals))


@cache
def _data() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("index").joinpath("data", "languages.toml").read_text(encoding="utf-8"))


@cache
def _languages() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words.split()) for name, words in _data()["language"].items()}
