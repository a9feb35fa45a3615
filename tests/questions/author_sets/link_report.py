"""How well the links of questions agree with the authors' labels: `python -m tests.questions.author_sets.link_report a01 b02`.

Prints recall and precision of countries, groups and indicators over the named authors' questions, and the misses with `--misses`.
Only kinds whose labels must name what the question names are counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.taxonomy import WORLD, Taxonomy, load_taxonomy
from index.questions.cues import Role
from index.questions.names import Gazetteer, LinkKind, build_gazetteer
from index.questions.question import understand

FOLDER = Path(__file__).parents[2] / "data" / "authors"
NOT_COUNTED = frozenset(("about", "out", "none", "two_step"))
# Their labels name only what the passage is about, not what is mentioned on the way.
OF_PASSAGES = frozenset(("text", "explanation", "overview", "definition"))
# What is asked for without naming it ("is it safe", "which market") is no matter of links.
AVERAGES = frozenset(("criminality", "criminal_markets", "criminal_actors", "resilience"))
WHAT = ("countries", "groups", "indicators")
_ROLES = {Role.COUNTRY: "countries", Role.GROUP: "groups", Role.INDICATOR: "indicators"}


@dataclass(frozen=True, slots=True)
class Compared:
    """The labels of one question and the links found, each by what they name."""

    author: str
    question: str
    kind: str
    wanted: Mapping[str, frozenset[str]]
    found: Mapping[str, frozenset[str]]


def compared(author: str, gazetteer: Gazetteer, taxonomy: Taxonomy) -> Iterator[Compared]:
    """Every counted question of one author; ambiguous ones are left out."""
    for line in (FOLDER / f"{author}.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        if label["kind"] in NOT_COUNTED or label["slots"].get("ambiguous"):
            continue
        wanted = _wanted(label["slots"], taxonomy)
        yield Compared(author, label["question"], label["kind"], wanted, _found(label["question"], gazetteer, taxonomy))


def _wanted(slots: Mapping[str, Any], taxonomy: Taxonomy) -> Mapping[str, frozenset[str]]:
    conditions = slots.get("conditions", ())
    names = [
        *(name for what in WHAT for name in slots.get(what, ())),
        *slots.get("without", ()),
        *(c[key] for c in conditions for key in ("indicator", "value") if isinstance(c.get(key), str)),
    ]
    known = {"countries": taxonomy.countries, "groups": taxonomy.groups, "indicators": taxonomy.indicators}
    return {
        what: frozenset(n for n in names if n in known[what] and n.casefold() != WORLD and n not in AVERAGES) for what in WHAT
    }


def _found(question: str, gazetteer: Gazetteer, taxonomy: Taxonomy) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {what: set() for what in WHAT}
    for span in understand(question, gazetteer, taxonomy.editions).reading.spans:
        if span.role is Role.SECTION:
            found["indicators"].update(i for s in taxonomy.sections if s.id in span.ids for i in s.indicators)
        elif span.role in _ROLES and not span.is_implied and span.value not in (LinkKind.AMBIGUOUS, LinkKind.UNDEFINED_GROUP):
            found[_ROLES[span.role]].update(span.ids)
    known = {*taxonomy.countries, *taxonomy.groups, *taxonomy.indicators} - AVERAGES
    return {what: frozenset(ids & known) for what, ids in found.items()}


def main() -> None:
    """Print the figures, then the misses if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("authors", nargs="+")
    parser.add_argument("--misses", choices=WHAT, action="append", default=[])
    arguments = parser.parse_args()
    taxonomy = load_taxonomy()
    gazetteer = build_gazetteer(taxonomy)
    questions = [c for author in arguments.authors for c in compared(author, gazetteer, taxonomy)]
    for what in WHAT:
        for part, kept in (("scores", False), ("passages", True)):
            _print_figures(what, part, [c for c in questions if (c.kind in OF_PASSAGES) is kept])
    for what in arguments.misses:
        for c in questions:
            missed, extra = c.wanted[what] - c.found[what], c.found[what] - c.wanted[what]
            if missed or extra:
                faults = [*(f"-{i}" for i in sorted(missed)), *(f"+{i}" for i in sorted(extra))]
                sys.stdout.write(f"{c.author} {c.kind}: {c.question} {' '.join(faults)}\n")


def _print_figures(what: str, part: str, questions: Sequence[Compared]) -> None:
    counts: Counter[str] = Counter()
    for c in questions:
        wanted, found = c.wanted[what], c.found[what]
        counts.update(wanted=len(wanted), found=len(found), both=len(wanted & found), exact=wanted == found)
    sys.stdout.write(
        f"{what} ({part}): recall {counts['both'] / counts['wanted']:.1%} of {counts['wanted']}, "
        f"precision {counts['both'] / counts['found']:.1%} of {counts['found']}, "
        f"all and no other in {counts['exact'] / len(questions):.1%} of {len(questions)} questions\n"
    )


if __name__ == "__main__":
    main()
