"""Typing errors, corrected word by word by edit distance, and only in words that are neither English nor known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from index.language.stems import stem
from index.questions.cues import cue_table
from index.questions.english import is_english
from index.questions.names import Gazetteer
from index.questions.phrase_words import phrase_words
from index.questions.shorthand import in_full
from index.questions.tokens import Token, split_words

_SHORTEST_CORRECTED = 5
_TWO_ERRORS_FROM = 7
# A word of a phrase has no list of names around it: fewer words are taken for it.
_SHORTEST_OF_PHRASES = 6


def tokenize(text: str, gazetteer: Gazetteer) -> tuple[tuple[Token, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """The words of a question with typing errors corrected, and the words (as typed) with several possible corrections."""
    tokens: list[Token] = []
    unsure: list[tuple[str, tuple[str, ...]]] = []
    for raw, word, gap in split_words(text):
        full = in_full(raw)
        if full is not None and (word,) not in gazetteer.by_word:
            tokens.append(Token(raw, word, full, gap))
            continue
        readings = _corrections(word, gazetteer) or (_of_a_phrase(word, gazetteer) if raw.islower() else ())
        if len(readings) > 1:
            unsure.append((raw, readings))
        tokens.append(Token(raw, word, readings[0] if len(readings) == 1 else word, gap))
    return tuple(tokens), tuple(unsure)


@lru_cache(maxsize=20_000)
def _corrections(word: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The known words nearest to a misspelt one; empty if the word is fine or too far from all of them."""
    if len(word) < _SHORTEST_CORRECTED or not word.isalpha() or word in gazetteer.words or stem(word) in gazetteer.stems:
        return ()
    if word in gazetteer.left_alone or word in phrase_words():
        return ()
    # Of its many modules none is needed by a question whose words are all known.
    from rapidfuzz.distance import OSA

    limit = 2 if len(word) >= _TWO_ERRORS_FROM else 1
    nearest: dict[int, list[str]] = defaultdict(list)
    for candidate in _by_first_letters(gazetteer.words).get(word[0], ()) if word.isascii() else ():
        if len(candidate) >= _SHORTEST_CORRECTED - 1 and abs(len(candidate) - len(word)) <= limit:
            distance = OSA.distance(word, candidate, score_cutoff=limit)
            if distance <= limit:
                nearest[distance].append(candidate)
    if is_english(word):
        return ()
    if not nearest:
        return _turned(word)
    found = sorted(nearest[min(nearest)])
    targets = {_meaning(w, gazetteer) for w in found}
    return tuple(found[:1]) if len(targets) == 1 else tuple(found)


def _turned(word: str) -> tuple[str, ...]:
    """The English word that a long word becomes when two neighbouring letters change places; empty unless there is just one."""
    if len(word) < _TWO_ERRORS_FROM:
        return ()
    turned = {word[:n] + word[n + 1] + word[n] + word[n + 2 :] for n in range(1, len(word) - 1)} - {word}
    found = [other for other in sorted(turned) if is_english(other)]
    return tuple(found) if len(found) == 1 else ()


@lru_cache(maxsize=20_000)
def _of_a_phrase(word: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The word of a phrase that a word in small letters is but for one error; empty if there is none or more than one."""
    known = word in gazetteer.words or word in gazetteer.left_alone or stem(word) in gazetteer.stems or word in phrase_words()
    if len(word) < _SHORTEST_OF_PHRASES or not (word.isascii() and word.isalpha()) or known or is_english(word):
        return ()
    from rapidfuzz.distance import OSA

    near = [w for w in _by_first_letters(phrase_words()).get(word[0], ()) if OSA.distance(word, w, score_cutoff=1) <= 1]
    return tuple(near) if len(near) == 1 else ()


def _meaning(word: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """What a single word stands for, so that "Pakistan" and "Pakistani" count as one correction."""
    target = gazetteer.by_word.get((word,)) or gazetteer.by_stem.get((stem(word),))
    if target is not None and target.ids:
        return target.ids
    cue = cue_table().by_phrase.get((word,))
    return (cue.role, cue.value) if cue is not None else (word,)


@cache
def _by_first_letters(words: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """Words by the letters their misspellings may begin with: the first, or the second if the two are swapped."""
    index: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        for letter in {word[0], word[1:2]}:
            index[letter].append(word)
    return {letter: tuple(found) for letter, found in index.items()}
