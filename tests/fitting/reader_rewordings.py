"""Light changes to masked questions: those that change nothing, and those that only turn the order round."""

from __future__ import annotations

from random import Random

from index.meaning.masked import Masked

BEGINNINGS = (
    "according to the index", "please", "can you tell me", "could you please say", "i would like to know", "hi ,", "hello |",
    "quick question |", "for a report |", "tell me", "as per the global organized crime index ,", "i need to know", "do you know",
    "just wondering ,", "in your data", "for my thesis ,", "sorry to bother you but", "ok so",
)  # fmt: skip
ENDINGS = (
    "please", "thanks", "thank you", "according to the index", "for a report", "in your data", "pls", "thanks in advance",
    "i need it today", "as per your site", "if you know", "for my boss", "roughly", "exactly", "right now",
)  # fmt: skip
SMALL_WORDS = frozenset(("the", "a", "an", "of", "is", "are", "does", "do"))
SHORTEST_MISTYPED = 4
OPPOSITES = (
    "highest lowest", "high low", "higher lower", "most least", "more less", "rise fall", "rose fell", "risen fallen",
    "rising falling", "rises falls", "increase decrease", "increased decreased", "increases decreases", "up down",
    "climbed dropped", "climb drop", "grew shrank", "top bottom", "biggest smallest", "largest smallest", "strongest weakest",
    "best worst", "better worse", "improved worsened", "improving worsening", "gained lost", "jumped plunged",
    "safest deadliest", "greatest smallest", "stronger weaker", "strong weak", "maximum minimum", "max min",
    "upward downward", "upwards downwards", "ascending descending", "good bad", "cleanest dirtiest", "growth decline",
)  # fmt: skip
# "The biggest fall" is turned round by "rise", not by "smallest".
SIZES = frozenset(("most", "least", "more", "less", "biggest", "smallest", "largest", "greatest", "top", "bottom"))
OTHER_END = {"high": "low", "low": "high", "up": "down", "down": "up"}


def reworded(question: Masked, random: Random) -> Masked:
    """The question with a polite or sourced beginning or ending, with typing errors, or without some small words."""
    words, change = question.text.split(), random.choice(("beginning", "ending", "both", "typing", "typing twice", "telegram"))
    if change in ("beginning", "both"):
        words = random.choice(BEGINNINGS).split() + words
    if change in ("ending", "both"):
        words = words + ([","] if random.random() < 0.3 else []) + random.choice(ENDINGS).split()
    if change.startswith("typing"):
        long = [at for at, w in enumerate(words) if w not in question.marks and len(w) >= SHORTEST_MISTYPED and w.isalpha()]
        for at in random.sample(long, min(len(long), 2 if change == "typing twice" else 1)):
            words[at] = mistyped(words[at], random)
    if change == "telegram":
        words = [w for w in words if w not in SMALL_WORDS or random.random() < 0.4]
    return Masked(" ".join(words), question.marks)


def mistyped(word: str, random: Random) -> str:
    """Two letters swapped, one left out, or one doubled; never the first."""
    at = random.randrange(1, len(word) - 1)
    middle = random.choice((word[at + 1] + word[at], word[at + 1], word[at] * 2 + word[at + 1]))
    return word[:at] + middle + word[at + 2 :]


def turned_round(question: Masked, order: str) -> tuple[Masked, str] | None:
    """The question about the other end with its order, if exactly one of its words says which end is meant."""
    opposite: dict[str, str] = {}
    for one, other in map(str.split, OPPOSITES):
        opposite.setdefault(one, other)
        opposite.setdefault(other, one)
    words = question.text.split()
    telling = [at for at, word in enumerate(words) if word in opposite and not (order in ("up", "down") and word in SIZES)]
    if not order or len(telling) != 1:
        return None
    words[telling[0]] = opposite[words[telling[0]]]
    return Masked(" ".join(words), question.marks), OTHER_END[order]
