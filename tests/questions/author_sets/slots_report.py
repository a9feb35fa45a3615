"""How often the slots that a form fills are those of the label, given the right kind: a report by kind, with the misses.

    python -m tests.questions.author_sets.slots_report KIND [AUTHOR ...]

KIND is a kind of the labels or "all". Without authors: those that are open to everyone who works on the reader.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from corpus.taxonomy import Taxonomy, load_taxonomy
from index.meaning.asked import Asked, asked_of
from index.meaning.meaning import Meaning
from index.questions.names import build_gazetteer
from index.questions.question import understand

KINDS = (
    "value",
    "rank",
    "change",
    "trend",
    "comparison",
    "difference",
    "definition",
    "page_fact",
    "overview",
    "explanation",
    "indicator_set",
)
OPEN = ("a01", "a02", "a04", "a05", "a06", "a08", "a09", "a11")
AUTHORS = Path(__file__).resolve().parents[2] / "data" / "authors"
_FIELDS = {"income group": "income_group", "geography type": "geography_type", "geography": "geography_type"}


def differences(label: Mapping[str, Any], kind: str, meaning: Meaning | None, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The names of the slots that differ from the label. What authors left open is not held against them.

    An overview's topic is free text; whole spans of editions may be named or not; a comparison in general may be labelled with
    either scale; a family may be all indicators or criminality; orders count only where the label has one.
    """
    if meaning is None:
        return ("not filled",)
    wrong = []
    if set(label.get("countries", ())) != set(meaning.countries):
        wrong.append("countries")
    groups = {g for either in meaning.groups for g in either} - {"world"}
    wanted = {g for g in label.get("groups", ()) if g.casefold() != "world"}
    if wanted != groups and not (kind in ("explanation", "overview") and not wanted):
        wrong.append("groups")
    if not _indicators_agree(label, kind, meaning):
        wrong.append("indicators")
    if not _editions_agree(label, kind, meaning, taxonomy):
        wrong.append("editions")
    if "order" in label and kind in ("indicator_set", "explanation") and label["order"] != meaning.order:
        wrong.append("order")
    if "n" in label and label["n"] != meaning.limit and label.get("n") != 1:
        wrong.append("n")
    if kind == "page_fact" and _FIELDS.get(str(label["field"]).casefold(), str(label["field"]).casefold()) != meaning.field:
        wrong.append("field")
    if kind == "indicator_set" and not _tests_agree(label, meaning):
        wrong.append("conditions")
    return tuple(wrong)


def _indicators_agree(label: Mapping[str, Any], kind: str, meaning: Meaning) -> bool:
    wanted, got = set(label.get("indicators", ())), set(meaning.indicators)
    if wanted == got or (kind == "overview" and (not wanted or bool(wanted & got))):
        return True
    general: tuple[set[str], ...] = ({"criminality"}, {"criminality", "resilience"}, set())
    if kind == "comparison":
        return wanted in general and got in general
    return kind == "indicator_set" and wanted in ({"criminality"}, set()) and got in ({"criminality"}, set())


def _editions_agree(label: Mapping[str, Any], kind: str, meaning: Meaning, taxonomy: Taxonomy) -> bool:
    named = label.get("editions", [])
    wanted, got = tuple(sorted([named] if isinstance(named, int) else named)), tuple(sorted(meaning.editions))
    every = tuple(sorted(taxonomy.editions))
    latest = ((), every[-1:], every[-2:] if kind in ("change", "explanation", "indicator_set") else ())
    if wanted == got or (wanted in latest and got in latest):
        return True
    if kind == "trend":
        return {wanted, got} <= {(), every, (every[0], every[-1])}
    return kind in ("explanation", "change") and len(wanted) == 1 and wanted[0] in got


def _tests_agree(label: Mapping[str, Any], meaning: Meaning) -> bool:
    wanted = [c for c in label.get("conditions", ()) if not (c.get("change") and c["value"] == 0)]
    got = [t for either in meaning.tests for t in either if not (t.change and t.right == 0)]
    return sorted((c["op"], float(c["value"])) for c in wanted) == sorted(
        (str(t.op.value), float(str(t.right))) for t in got if not hasattr(t.right, "place") and not hasattr(t.right, "indicator")
    )


def asked_questions(authors: tuple[str, ...]) -> list[tuple[dict[str, Any], Asked]]:
    """The labelled questions of these authors, as the forms see them."""
    taxonomy = load_taxonomy()
    gazetteer = build_gazetteer(taxonomy)
    lines = [json.loads(line) for a in authors for line in (AUTHORS / f"{a}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        (line, asked_of(understand(line["question"], gazetteer, taxonomy.editions), taxonomy))
        for line in lines
        if line["kind"] in KINDS
    ]


def main(kind: str, authors: tuple[str, ...] = OPEN, *, show: bool = True) -> None:
    """Print, for each kind, how many labels are met, declined and missed, and the misses themselves."""
    questions = asked_questions(authors)
    for name in KINDS if kind == "all" else (kind,):
        fill: Callable[[Asked], Meaning | None] = import_module(f"index.meaning.forms.{name}").fill
        met = declined = total = 0
        for line, asked in (q for q in questions if q[0]["kind"] == name):
            meaning = fill(asked)
            wrong = differences(line["slots"], name, meaning, asked.taxonomy)
            total += 1
            met += not wrong
            declined += meaning is None
            if wrong and show:
                print(f"{', '.join(wrong)} | {line['question']}\n    {asked.text}\n    label {line['slots']}\n    {meaning}")
        print(f"{name}: {met} of {total} met ({met / total:.1%}), {declined} not filled, {total - met - declined} otherwise")


if __name__ == "__main__":
    main(sys.argv[1], tuple(a for a in sys.argv[2:] if a != "--figures") or OPEN, show="--figures" not in sys.argv)
