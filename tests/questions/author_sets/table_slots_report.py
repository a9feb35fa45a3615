"""How often the forms of questions over many countries fill the slots that an author labelled, given the right kind.

Run `python -m tests.questions.author_sets.table_slots_report KIND|all [AUTHOR ...] [--alone] [--quiet]`. The labelled
indicators are given to the forms as the learned reader would, unless `--alone`; what is measured is everything but the topic.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

from corpus.taxonomy import Taxonomy, load_taxonomy
from index.meaning.asked import Learned, asked_of
from index.meaning.meaning import Meaning, OfIndicator, OfPlace, Test
from index.questions.names import build_gazetteer
from index.questions.question import understand

FOLDER = Path(__file__).parents[2] / "data" / "authors"
OPEN = ("a01", "a02", "a04", "a05", "a06", "a08", "a09", "a11")
FORMS = {
    "set": "set_of_countries",
    "ranking": "ranking",
    "aggregate": "aggregate",
    "count": "count",
    "group_ranking": "group_ranking",
    "indicator_ranking": "indicator_ranking",
    "correlation": "correlation",
}


def labelled(kinds: tuple[str, ...], authors: tuple[str, ...]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The labelled questions of some kinds, with their author."""
    for author in authors:
        for line in (FOLDER / f"{author}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["kind"] in kinds and not row["slots"].get("ambiguous"):
                yield author, row


def differences(meaning: Meaning, slots: Mapping[str, Any], taxonomy: Taxonomy) -> list[str]:
    """The slots in which a meaning differs from a label; what a label leaves open is not compared."""
    tests = slots.get("conditions", [])
    # Some authors list a country that others are compared with among the countries, too.
    compared = {c["value"] for c in tests if isinstance(c["value"], str)}
    found = [
        name
        for name, got, wanted in (
            ("groups", _groups(meaning, taxonomy), _regions(slots, taxonomy)),
            ("without", {*meaning.without_countries, *meaning.without_groups}, set(slots.get("without", []))),
            ("countries", set(meaning.countries), set(slots.get("countries", [])) - compared),
            ("place", meaning.place, slots.get("place")),
        )
        if got != wanted
    ]
    if not tests and set(meaning.indicators) != set(slots.get("indicators", meaning.indicators)):
        found.append("indicators")
    if not _editions_agree(meaning, slots):
        found.append("editions")
    if "order" in slots and meaning.order != slots["order"] and not tests:
        found.append("order")
    whole = slots.get("n") is None and meaning.kind.value in ("group_ranking", "indicator_ranking", "set")
    if meaning.limit != slots.get("n") and not (whole and (meaning.limit or 1) == 1) and not tests:
        found.append("n")
    if tests and {_condition(t) for row in meaning.tests for t in row} != {_labelled(c) for c in tests}:
        found.append("conditions")
    if not tests and meaning.tests:
        found.append("conditions not labelled")
    return [*found, *_figures(meaning, slots)]


def _figures(meaning: Meaning, slots: Mapping[str, Any]) -> list[str]:
    found = []
    wanted_stat = slots.get("stat")
    if (wanted_stat == "share") != meaning.share:
        found.append("share")
    if wanted_stat in ("median", "min", "max") and meaning.stat != wanted_stat:
        found.append("stat")
    if meaning.by is not None and slots.get("by") not in (meaning.by.value, None):
        found.append("by")
    if meaning.by is None and slots.get("by") in ("region", "continent") and not slots.get("groups"):
        found.append("by")
    return found


def _groups(meaning: Meaning, taxonomy: Taxonomy) -> set[str]:
    groups = {g for either in meaning.groups for g in either}
    if meaning.by is not None and meaning.kind.value == "group_ranking" and len(groups) == 1:
        return {g.name for g in taxonomy.groups.values() if g.kind == "region" and g.continent in groups}
    if meaning.by is not None and meaning.by.value == "continent" and not groups:
        return set()
    return groups


def _regions(slots: Mapping[str, Any], taxonomy: Taxonomy) -> set[str]:
    """A continent whose regions are set side by side may be labelled as the continent or as its regions."""
    groups = set(slots.get("groups", [])) - {"World"}
    if slots.get("by") == "region" and len(groups) == 1 and "conditions" not in slots:
        return {g.name for g in taxonomy.groups.values() if g.kind == "region" and g.continent in groups} or groups
    if groups == {g.name for g in taxonomy.groups.values() if g.kind == "continent"}:
        return set()
    return groups


def _editions_agree(meaning: Meaning, slots: Mapping[str, Any]) -> bool:
    wanted = tuple(slots.get("editions", ()))
    if meaning.editions == wanted or set(meaning.editions) == set(wanted):
        return True
    into = {(2021, 2023): (2023,), (2023, 2025): (2025,)}.get(wanted)
    if into == meaning.editions and any(t.change for row in meaning.tests for t in row):
        return True
    return (not meaning.editions and wanted in ((2023, 2025), (2025,))) or (not wanted and meaning.editions[-1:] == (2025,))


def _condition(test: Test) -> tuple[Any, ...]:
    right = test.right
    value: Any = right
    if isinstance(right, OfPlace):
        value = right.place
    elif isinstance(right, OfIndicator):
        value = right.indicator
    else:
        value = Decimal(right).normalize()
    return test.indicator, test.op.value.replace("moved ", ""), value, test.change


def _labelled(condition: Mapping[str, Any]) -> tuple[Any, ...]:
    value = condition["value"]
    number = Decimal(str(value)).normalize() if isinstance(value, int | float) else value
    return condition["indicator"], condition["op"], number, bool(condition.get("change"))


def main() -> None:
    """Print the share of each kind and its misses."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind")
    parser.add_argument("authors", nargs="*", default=list(OPEN))
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    taxonomy = load_taxonomy()
    gazetteer = build_gazetteer(taxonomy)
    kinds = tuple(FORMS) if options.kind == "all" else (options.kind,)
    for kind in kinds:
        form = import_module(f"index.meaning.forms.{FORMS[kind]}")
        right = none = total = 0
        for author, row in labelled((kind,), tuple(options.authors)):
            total += 1
            gold = {i: 0.99 for i in row["slots"].get("indicators", [])}
            gold |= {c["indicator"]: 0.99 for c in row["slots"].get("conditions", [])}
            learned = Learned() if options.alone else Learned(indicators=gold)
            asked = asked_of(understand(row["question"], gazetteer, taxonomy.editions), taxonomy, learned)
            meaning = form.fill(asked)
            wrong = ["nothing"] if meaning is None else differences(meaning, row["slots"], taxonomy)
            right += not wrong
            none += meaning is None
            if wrong and not options.quiet:
                _say(f"{author} {', '.join(wrong)}: {row['question']}\n    {asked.text}\n    {json.dumps(row['slots'])}")
                if meaning is not None:
                    _say(f"    {_brief(meaning)}")
        _say(f"{kind}: {right} of {total} right, {none} not filled, {total - right - none} wrong")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _brief(meaning: Meaning) -> str:
    fields = ("countries", "groups", "without_countries", "without_groups", "indicators", "editions", "order", "limit", "place")
    said = {f: getattr(meaning, f) for f in (*fields, "stat", "share", "by") if getattr(meaning, f)}
    return f"{said} tests {[[_condition(t) for t in row] for row in meaning.tests]}"


if __name__ == "__main__":
    main()
