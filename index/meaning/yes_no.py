"""Yes/no questions by their form, and the claim in them without the talk around it. Pure."""

from __future__ import annotations

from functools import cache

from index.language.late_pattern import LatePattern
from index.meaning.phrase_patterns import found_in
from index.meaning.phrase_tables import table

_LAST = LatePattern(r"[ ,]*\| ([^|]+)$")
_NAME = LatePattern(r"\b[CGINPSY]\d")
# A last sentence with a phrase of these tables may limit the claim.
_LIMITING = ("order", "scope", "when", "tests", "directions", "stat", "by")


def claim_in(text: str) -> str:
    """The claim of a masked text without what is said around it: "fact check | C1 is worse than C2 , right" is the middle."""
    talk = _talk()
    before = None
    while before != text:
        before = text
        text = _without_nameless(text)
        for pattern in talk["before"]:
            match = pattern.match(text)
            if match is not None and text[match.end() :].strip(" ,|"):
                text = text[match.end() :].strip(" ,|")
        for pattern in talk["after"]:
            match = pattern.search(text)
            if match is not None and match.start():
                text = text[: match.start()].strip(" ,|")
    return text


def _without_nameless(text: str) -> str:
    """The text without sentences, and words before "that", which name nothing the claim could be about."""
    for pattern in _nameless()[:2]:
        match = pattern.match(text)
        if match is not None:
            text = text[match.end() :].strip(" ,|")
    last = _LAST.search(text)
    if last is not None and last.start() and _says_nothing(last[1]):
        text = text[: last.start()].strip(" ,|")
    return text


def _says_nothing(text: str) -> bool:
    """Whether a last sentence ("has he won") holds no name, no order, no time and no word that the claim could hang on."""
    return not (_NAME.search(text) or _nameless()[2].search(text) or any(found_in(name, text) for name in _LIMITING))


def expects_yes_or_no(text: str) -> bool:
    """Whether a masked text expects yes or no: it begins with a verb, or is a claim that the reader is asked to confirm."""
    patterns = _form()
    claim = claim_in(text)
    if any(p.search(claim) for p in patterns["counter_patterns"]):
        return False
    return _is_tagged(text) or any(p.search(claim) for p in patterns["patterns"])


def is_denied(text: str) -> bool:
    """Whether a masked text denies its claim or asks whether it is false, so that it is unclear what "yes" would mean."""
    return any(p.search(text) for p in _compiled("denied"))


def _is_tagged(text: str) -> bool:
    """Whether the reader is asked to confirm, before the claim or after it."""
    after = _talk()["after"][:5]
    before = _talk()["before"][:2]
    return any(p.search(text) for p in after) or any(p.match(text) for p in before) or _nameless()[0].match(text) is not None


@cache
def _compiled(name: str) -> tuple[LatePattern, ...]:
    return tuple(LatePattern(p) for p in table("verdict")[name]["patterns"])


@cache
def _form() -> dict[str, tuple[LatePattern, ...]]:
    return {name: tuple(map(LatePattern, patterns)) for name, patterns in table("verdict")["form"].items()}


@cache
def _talk() -> dict[str, tuple[LatePattern, ...]]:
    talk = table("verdict")["talk"]
    before = tuple(LatePattern(f"(?:{p})") for p in talk["before"])
    return {"before": before, "after": tuple(LatePattern(f"(?:{p})$") for p in talk["after"])}


@cache
def _nameless() -> tuple[LatePattern, LatePattern, LatePattern]:
    """What stands before "that" and names nothing, a first sentence that names nothing, and words that a claim may hang on.

    "Somebody at the club bet me that C1 is ...", "verify this sentence of my text | C1 is ...".
    """
    words = {name: "|".join(table("verdict")["nameless"][name]) for name in ("asks", "said", "bears")}
    silent = rf"(?:(?!\b(?:[CGNPY]\d|(?:{words['asks']})\b)).)*?"
    # "Tell me things that C1 does well" asks for things.
    told = (
        r"(?!(?:[^|]*[,|] )?(?:please |can you |could you )*"
        r"(?:read|tell|show|give|find|quote|cite|list|copy|name)\b(?! me (?:that|if)\b))"
    )
    said = LatePattern(rf"{told}{silent}\b(?:{words['said']})\b{silent}\bthat (?=.*\b[CG]\d)")
    first = LatePattern(rf"(?:(?!\b(?:[CGINPSY]\d|(?:{words['asks']})\b)|\|).)+ \| (?=.*\b[CG]\d)")
    return said, first, LatePattern(rf"\b(?:{words['asks']}|{words['bears']})\b")
