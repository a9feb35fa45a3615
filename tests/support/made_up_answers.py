"""Small made-up answer objects, and how the judge of the authors' questions takes them."""

from __future__ import annotations

from typing import Any

from tests.questions.author_sets.figures import Figures
from tests.questions.author_sets.judge import judge
from tests.questions.author_sets.judge_pages import Pages
from tests.questions.author_sets.labels import label_of

PERU = Pages({("PER", 2021): "illegal gold mining in madre de dios is run by family clans"})


def came(result: dict[str, Any] | None, text: str = "", **more: Any) -> dict[str, Any]:
    """An answer object with a result; None is a refusal."""
    shown = result or {"type": "unavailable", "why": "so", "reason": "not understood"}
    understood = {"kind": shown["type"], "countries": [], "indicators": [], "confidence": 0.9}
    base = {"understood": understood, "answered": result is not None, "confidence": 0.9, "answer": text}
    result = None if shown["type"] == "passages" else shown
    return {**base, "result": result, "facts": [], "passages": [], "query": None, **more}


def outcome(figures: Figures, kind: str, slots: dict[str, Any], answer: dict[str, Any], question: str = "") -> str:
    """Met, wrong, declined or undetermined, where one page of Peru is loaded."""
    return str(judge(label_of({"question": question, "kind": kind, "slots": slots}), answer, figures, PERU).outcome)


def value(**changed: Any) -> dict[str, Any]:
    """A result of type value."""
    return {"type": "value", "country": "PER", "indicator": "cocaine_trade", "edition": 2025, "value": 9.5, **changed}


def listed(type: str, countries: list[str], indicator: str, **more: Any) -> dict[str, Any]:
    """A result that lists countries."""
    return {
        "type": type,
        "countries": countries,
        "values": [],
        "indicator": indicator,
        "edition": 2025,
        "within": "world",
        **more,
    }
