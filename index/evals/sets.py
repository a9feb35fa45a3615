"""Question sets: JSON Lines of questions with their labels. Every bad line is reported before anything is asked.

A label names a place (country, edition, section, paragraph), never a passage of one index, so it stays valid when pages are
cut differently.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from corpus.errors import OcqaError
from corpus.naming import fold, identifier
from corpus.taxonomy import load_taxonomy

_HINT = (
    'each line is one object such as {"id": "T1", "question": "…", '
    '"gold": [{"iso3": "PER", "edition": 2021, "section": "Environment", "paragraph": 2, "grade": 2}]}'
)


class SetError(OcqaError):
    """A question set that cannot be used; the message names every bad line."""


# A gain is two to the power of the grade.
HIGHEST_GRADE = 10


@dataclass(frozen=True, slots=True)
class Gold:
    """A place and how well it answers: 2 fully, 1 in part, 0 not at all. `paragraph` counts from 1."""

    country: str
    edition: int
    section: str
    paragraph: int
    grade: int

    @property
    def place(self) -> str:
        """The id of the paragraph at this place, the same in every index."""
        return place_id(self.country, self.edition, self.section, self.paragraph)


@dataclass(frozen=True, slots=True)
class Case:
    """A question and its label: `gold` places, an `expect`ed result, both, or that it is unanswerable."""

    id: str
    question: str
    kind: str
    gold: tuple[Gold, ...] = ()
    answer_span: str = ""
    expect: Mapping[str, Any] | None = None
    unanswerable: bool = False

    @property
    def declinable(self) -> bool:
        """Whether declining is the right answer."""
        return self.unanswerable or (self.expect is not None and self.expect["type"] == "unavailable")

    @property
    def section(self) -> str | None:
        """The section of the best gold place, None without one."""
        return self._best.section if self._best else None

    @property
    def edition(self) -> int | None:
        """The edition of the best gold place or the expected result (the later one of a change), None if neither has one."""
        if self._best:
            return self._best.edition
        expect = self.expect or {}
        edition = expect.get("edition", expect.get("to"))
        return edition if isinstance(edition, int) else None

    @property
    def country(self) -> str | None:
        """The country of the best gold place or the expected result, None if neither has one."""
        if self._best:
            return self._best.country
        country = (self.expect or {}).get("country")
        return country if isinstance(country, str) else None

    @property
    def _best(self) -> Gold | None:
        return max(self.gold, key=lambda g: g.grade, default=None)


@cache
def _section_ids() -> Mapping[str, str]:
    return {fold(section.name): section.id for section in load_taxonomy().sections}


def place_id(country: str, edition: int, section: str, paragraph: int) -> str:
    """The id of the passage at a place, with the section as its heading has it: `PER-2021-environment-2`."""
    part = _section_ids().get(fold(section)) or identifier(section)
    return f"{country}-{edition}-{part.replace('_', '-')}-{paragraph}"


def read_sets(paths: Sequence[Path]) -> tuple[Case, ...]:
    """All cases of the sets, in order. An id in more than one set is prefixed with the name of its set.

    Raises SetError naming every bad line of every set.
    """
    sets: list[tuple[str, tuple[Case, ...]]] = []
    complaints: list[str] = []
    for path in paths:
        cases, bad = parse_set(_read(path), path.name)
        sets.append((path.stem, cases))
        complaints += bad
    if complaints:
        raise SetError("; ".join(complaints), _HINT)
    shared = Counter(case.id for _, cases in sets for case in cases)
    named = [replace(c, id=f"{name}:{c.id}") if shared[c.id] > 1 else c for name, cases in sets for c in cases]
    if not named:
        raise SetError("there are no questions in the set", _HINT)
    if len({c.id for c in named}) < len(named):
        raise SetError("two sets of the same name share ids", "give each set once, or rename one file")
    return tuple(named)


def parse_set(text: str, name: str) -> tuple[tuple[Case, ...], tuple[str, ...]]:
    """The cases of a set and, for each bad line, a sentence that names it. Blank lines are skipped."""
    cases: list[Case] = []
    complaints: list[str] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            case = _case(line)
            if case.id in seen:
                raise ValueError(f"the id {case.id!r} is already used in line {seen[case.id]}")
        except ValueError as error:
            complaints.append(f"{name}, line {number}: {error}")
            continue
        seen[case.id] = number
        cases.append(case)
    return tuple(cases), tuple(complaints)


def cases_to_jsonl(cases: Iterable[Case]) -> str:
    """A set in the format that `parse_set` reads."""
    return "".join(json.dumps(case_to_dict(case), ensure_ascii=False) + "\n" for case in cases)


def case_to_dict(case: Case) -> dict[str, Any]:
    """A case in plain JSON types, without the parts that are empty."""
    gold = [
        {"iso3": g.country, "edition": g.edition, "section": g.section, "paragraph": g.paragraph, "grade": g.grade}
        for g in case.gold
    ]
    data: dict[str, Any] = {
        "id": case.id,
        "question": case.question,
        "kind": case.kind,
        "gold": gold,
        "answer_span": case.answer_span,
    }
    data |= {"expect": dict(case.expect) if case.expect is not None else None, "unanswerable": case.unanswerable}
    return {key: value for key, value in data.items() if value}


def case_of_dict(data: object) -> Case:
    """A case from plain JSON types. Raises ValueError with a sentence that says what is wrong."""
    if not isinstance(data, dict):
        raise ValueError("the line is not a JSON object")
    id = _text(data, "id")
    if id != "".join(id.split()):
        raise ValueError(f"the id {id!r} has spaces, which TREC run files do not allow")
    question = _text(data, "question")
    gold = tuple(map(_gold, _list(data, "gold")))
    if len({g.place for g in gold}) < len(gold):
        raise ValueError("a gold place is listed twice")
    if gold and not any(g.grade > 0 for g in gold):
        raise ValueError("no gold place has a grade above 0")
    expect = data.get("expect")
    if expect is not None and not (isinstance(expect, dict) and isinstance(expect.get("type"), str)):
        raise ValueError('"expect" is not an object with a "type"')
    unanswerable = data.get("unanswerable", False)
    if not isinstance(unanswerable, bool):
        raise ValueError('"unanswerable" is not true or false')
    if unanswerable and (gold or expect):
        raise ValueError("the question is marked unanswerable and has an answer")
    if not (unanswerable or gold or expect):
        raise ValueError('there is neither "gold" nor "expect" nor "unanswerable": true')
    span = data.get("answer_span") or ""
    kind = data.get("kind") or ("unanswerable" if unanswerable else expect["type"] if expect else "text")
    if not isinstance(span, str) or not isinstance(kind, str):
        raise ValueError('"answer_span" and "kind" are not text')
    return Case(id, question, kind, gold, span, expect, unanswerable)


def _case(line: str) -> Case:
    try:
        data = json.loads(line)
        json.dumps(data, ensure_ascii=False).encode()  # half a surrogate pair can be read but not written
    except (ValueError, RecursionError):
        raise ValueError("the line is not JSON in UTF-8") from None
    return case_of_dict(data)


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f'"{key}" is missing or is not text')
    return value


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    value = data.get(key) or []
    if not isinstance(value, list):
        raise ValueError(f'"{key}" is not a list')
    return value


def _gold(entry: object) -> Gold:
    if not isinstance(entry, dict):
        raise ValueError("a gold place is not an object")
    country, section = entry.get("iso3"), entry.get("section")
    edition, paragraph, grade = (entry.get(key, 1 if key == "grade" else None) for key in ("edition", "paragraph", "grade"))
    if not isinstance(country, str) or country not in load_taxonomy().countries:
        raise ValueError(f'the gold place\'s "iso3" {country!r} is not a country of the Index')
    if not isinstance(section, str) or not section.strip():
        raise ValueError('a gold place has no "section"')
    for name, number, lowest, highest in (
        ("edition", edition, 1900, 9999), ("paragraph", paragraph, 1, 100_000), ("grade", grade, 0, HIGHEST_GRADE)
    ):  # fmt: skip
        if not isinstance(number, int) or isinstance(number, bool) or not lowest <= number <= highest:
            said = str(number)[:20]
            raise ValueError(f'the gold place\'s "{name}" {said} is not a whole number from {lowest} to {highest}')
    assert isinstance(edition, int) and isinstance(paragraph, int) and isinstance(grade, int)
    return Gold(country, edition, section, paragraph, grade)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise SetError(f"{path} cannot be read ({reason})", "give a JSON Lines file of questions") from error
