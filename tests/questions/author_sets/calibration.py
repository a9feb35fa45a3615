"""How often what is given with a chance of p is right, in ten bins of p, and the expected calibration error."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from tests.questions.author_sets.judge import Judgement, Outcome

BINS = 10


class Scored(Protocol):
    """An answer object with its outcome."""

    answer: dict[str, Any]
    judgement: Judgement


def calibration_table(name: str, judged: Iterable[Scored]) -> str:
    """Of the answered questions whose outcome is settled: chance given against part met, by bin; and the error."""
    pairs = [
        (float(_chance(one.answer, name)), one.judgement.outcome is Outcome.MET)
        for one in judged
        if one.answer["answered"] and one.judgement.outcome in (Outcome.MET, Outcome.WRONG)
    ]
    rows = [f"{name} of {len(pairs)} answered: bin, n, mean given, part met"]
    error = 0.0
    for number in range(BINS):
        inside = [(p, met) for p, met in pairs if min(int(p * BINS), BINS - 1) == number]
        if inside:
            given = sum(p for p, _ in inside) / len(inside)
            came = sum(met for _, met in inside) / len(inside)
            error += abs(given - came) * len(inside) / len(pairs)
            rows.append(f"  {number / BINS:.1f}-{(number + 1) / BINS:.1f}{len(inside):>7}{given:>8.3f}{came:>8.3f}")
    return "\n".join([*rows, f"  expected calibration error {error:.3f}"])


def _chance(answer: dict[str, Any], name: str) -> float:
    return float(answer["understood"]["confidence"] if name.startswith("understood") else answer["confidence"])
