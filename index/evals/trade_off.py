"""What another line between answer and silence would do to questions about text. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.evals.judged import JudgedCase

LINES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class TradeOff:
    """With questions declined below `line`: the shares, 0 to 1, of the answerable and of the unanswerable that are declined."""

    line: float
    answerable: float
    unanswerable: float


def trade_off(cases: Sequence[JudgedCase]) -> tuple[TradeOff, ...]:
    """One for each of LINES, over the cases about text; none unless there are answerable and unanswerable ones.

    `chance` stands for the chance of an answer, so these are near to what `--strictness` does, not the same.
    """
    text = [case for case in cases if case.case.expect is None]
    answerable = [case.chance for case in text if not case.case.unanswerable]
    others = [case.chance for case in text if case.case.unanswerable]
    if not answerable or not others:
        return ()
    return tuple(TradeOff(line, _below(answerable, line), _below(others, line)) for line in LINES)


def _below(chances: Sequence[float], line: float) -> float:
    return sum(chance < line for chance in chances) / len(chances)
