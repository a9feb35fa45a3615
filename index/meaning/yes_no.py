"""Yes/no questions by their form, and the claim in them without the talk around it. Pure."""

from __future__ import annotations

import re
from functools import cache

from index.meaning.phrase_tables import table


def claim_in(text: str) -> str:
    """The claim of a masked text without what is said around it: "fact check | C1 is worse than C2 , right" is the middle."""
    talk = _talk()
    before = None
    while before != text:
        before = text
        for pattern in talk["before"]:
            match = pattern.match(text)
            if match is not None and text[match.end() :].strip(" ,|"):
                text = text[match.end() :].strip(" ,|")
        for pattern in talk["after"]:
            match = pattern.search(text)
            if match is not None and match.start():
                text = text[: match.start()].strip(" ,|")
    return text


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
    return any(p.search(text) for p in after) or any(p.match(text) for p in before)


@cache
def _compiled(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(p) for p in table("verdict")[name]["patterns"])


@cache
def _form() -> dict[str, tuple[re.Pattern[str], ...]]:
    return {name: tuple(map(re.compile, patterns)) for name, patterns in table("verdict")["form"].items()}


@cache
def _talk() -> dict[str, tuple[re.Pattern[str], ...]]:
    talk = table("verdict")["talk"]
    before = tuple(re.compile(f"(?:{p})") for p in talk["before"])
    return {"before": before, "after": tuple(re.compile(f"(?:{p})$") for p in talk["after"])}
