"""What each name and number of a labelled question does in it, and the slots of the whole, worked out from its labels."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from index.meaning.masked import Masked
from index.meaning.roles import ASKED, FELL, LIMIT, NONE, PLACE, ROSE, SAME, SLOTS, TESTED, WITHOUT

Slots = Mapping[str, Any]
_MOVES = {">": ROSE, ">=": ROSE, "<": FELL, "<=": FELL, "=": SAME}


def roles_of(masked: Masked, slots: Slots) -> dict[str, str]:
    """The role of each mark of a question that can have one."""
    found = {}
    for mark, span in masked.marks.items():
        if mark[0] in "NP" and span.number is not None:
            found[mark] = _of_number(span.number, slots)
        elif mark[0] in "CGI":
            found[mark] = _of_name(set(span.ids), slots, group=mark[0] == "G")
    return found


def slot_values(slots: Slots) -> dict[str, str]:
    """The value of each slot of the question; one that no value is known for gets the empty one."""
    conditions = slots.get("conditions", ())
    moves = {_MOVES[c["op"]] for c in conditions if c.get("change") and c["value"] == 0}
    n = slots.get("n")
    values = {
        "limit": "" if n is None else "one" if n == 1 else "number",
        "place": PLACE if slots.get("place") else "",
        "moves": moves.pop() if len(moves) == 1 else "",
        "conditions": str(min(len(conditions), 2)),
        "editions": " ".join(map(str, sorted(set(slots.get("editions", ()))))),
        **{name: slots.get(name) or "" for name in ("stat", "by", "of")},
    }
    return {name: value if value in SLOTS[name] else SLOTS[name][0] for name, value in values.items()}


def _of_number(number: Decimal, slots: Slots) -> str:
    for condition in slots.get("conditions", ()):
        value = condition["value"]
        if isinstance(value, (int, float)) and value != 0 and abs(Decimal(str(value))) == number:
            return _bound(condition)
    if slots.get("n") == number:
        return LIMIT
    return PLACE if slots.get("place") == number else NONE


def _bound(condition: Mapping[str, Any]) -> str:
    """The role of the right-hand side of a condition."""
    sign, value = condition["op"], condition["value"]
    if not condition.get("change"):
        return f"against {sign}"
    least = "=" if len(sign) > 1 else ""
    if isinstance(value, str):
        return NONE
    if sign[0] == ">" and value > 0:
        return f"rose by >{least}"
    return f"fell by >{least}" if sign[0] == "<" and value < 0 else NONE


def _of_name(ids: set[str], slots: Slots, *, group: bool) -> str:
    conditions = slots.get("conditions", ())
    against = [c for c in conditions if c["value"] in ids]
    tested = [c for c in conditions if c["indicator"] in ids]
    if ids & set(slots.get("without", ())):
        return WITHOUT
    if against and not tested:
        return _bound(against[0])
    if tested:
        moved = tested[0].get("change") and tested[0]["value"] == 0
        return _MOVES[tested[0]["op"]] if moved else TESTED
    if group and slots.get("by") in ("region", "continent") and slots.get("groups") and not ids & set(slots["groups"]):
        # "The regions of Africa" are labelled one by one.
        return ASKED
    named = {*slots.get("countries", ()), *slots.get("groups", ()), *slots.get("indicators", ())}
    return ASKED if ids & named else NONE
