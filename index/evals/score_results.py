"""Whether a typed result is the expected one: exact, wrong or refused. Plain JSON types, any type of result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from itertools import groupby
from typing import Any

TOLERANCE = 0.005
# Floating-point error, far below any published difference.
_DUST = 1e-9
_LISTED = ("countries", "indicators")
# Lists with one entry for each listed country or indicator.
_BESIDE = ("values", "like_for_like")


class Verdict(StrEnum):
    """How a score question was answered."""

    EXACT = "exact"
    WRONG = "wrong"
    REFUSED = "refused"


def judge(expect: Mapping[str, Any], result: Mapping[str, Any] | None, *, declined: bool) -> Verdict:
    """Compare the type and every key of `expect`; other keys may have any value."""
    if expect["type"] == "unavailable":
        return Verdict.EXACT if declined else Verdict.WRONG
    if declined:
        return Verdict.REFUSED
    if result is None or result.get("type") != expect["type"]:
        return Verdict.WRONG
    return Verdict.EXACT if all(_key_equal(key, expect, result) for key in expect) else Verdict.WRONG


def _key_equal(key: str, expect: Mapping[str, Any], result: Mapping[str, Any]) -> bool:
    if key not in result:
        return False
    if expect["type"] == "ranking" and key == "countries":
        return _same_order(expect, result)
    if key in _LISTED and isinstance(expect[key], list):
        return isinstance(result[key], list) and sorted(map(str, expect[key])) == sorted(map(str, result[key]))
    if key in _BESIDE:
        return _same_beside(key, expect, result)
    return same(expect[key], result[key])


def _same_order(expect: Mapping[str, Any], result: Mapping[str, Any]) -> bool:
    """Ties may be in any order among themselves; without values the order must be the expected one."""
    wanted, got = expect["countries"], result["countries"]
    values = expect.get("values", result.get("values"))
    if isinstance(values, Mapping):
        values = [values.get(country) for country in wanted]
    if not isinstance(values, list) or len(values) != len(wanted):
        return same(wanted, got)
    if not isinstance(got, list) or len(got) != len(wanted):
        return False
    at = 0
    for _, tied in groupby(zip(values, wanted, strict=True), key=lambda pair: pair[0]):
        group = sorted(country for _, country in tied)
        if group != sorted(map(str, got[at : at + len(group)])):
            return False
        at += len(group)
    return True


def _same_beside(key: str, expect: Mapping[str, Any], result: Mapping[str, Any]) -> bool:
    """Compare entries by the listed country or indicator they belong to, whose order may differ."""
    owners = next((key for key in _LISTED if isinstance(expect.get(key), list) and isinstance(result.get(key), list)), None)
    wanted, got = expect[key], result[key]
    if owners is None:
        return same(wanted, got)
    return same(_by_owner(expect[owners], wanted), _by_owner(result[owners], got))


def _by_owner(owners: Sequence[Any], values: Any) -> Any:
    return (
        dict(zip(map(str, owners), values, strict=False)) if isinstance(values, list) and len(values) == len(owners) else values
    )


def same(wanted: Any, got: Any) -> bool:
    """Whether two values are equal, numbers to within 0.005, also inside lists and objects."""
    if isinstance(wanted, bool) or isinstance(got, bool):
        return wanted is got
    if isinstance(wanted, int | float) and isinstance(got, int | float):
        return abs(wanted - got) <= TOLERANCE + _DUST
    if isinstance(wanted, Mapping) and isinstance(got, Mapping):
        return wanted.keys() == got.keys() and all(same(wanted[key], got[key]) for key in wanted)
    if isinstance(wanted, list) and isinstance(got, list):
        return len(wanted) == len(got) and all(map(same, wanted, got))
    return bool(wanted == got)
