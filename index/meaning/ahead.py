"""Questions about what is to come: "will Kenya be in the top ten next time". Pure."""

from __future__ import annotations

from index.language.late_pattern import LatePattern

_ABOUT = r"(?:the )?(?:[CGI]\d+|it|they|things|crime|organi[sz]ed crime|the situation)(?: s)?"
_BECOMES = (
    r"(?:be|become|get|go|rank|rise|fall|improve|worsen|climb|drop|overtake|stay|remain|reach|grow|increase|decrease|decline|"
    r"end up|look|stand|score|make it|enter|leave|lead|top|win|happen|move|change|keep|continue|develop|evolve)"
)
_AHEAD = LatePattern(
    rf"\b(?:will|wont|won't|shall) {_ABOUT}\b"
    rf"|\b(?:{_ABOUT}|who|which(?: \w+){{1,3}}|what) (?:will|ll|(?:is |are )?(?:going to|gonna)) (?:\w+ ){{0,2}}{_BECOMES}\b"
    rf"|\b(?:is|are) {_ABOUT} (?:\w+ )?(?:going to|gonna|likely to|set to|about to) (?:\w+ )?{_BECOMES}\b"
)


def asks_ahead(text: str) -> bool:
    """Whether a masked text asks what will be; "will you show", "that will do" do not."""
    return _AHEAD.search(text) is not None
