"""The program held against the authors' questions: by kind how many answers are met, wrong and declined, and calibration.

python -m tests.questions.author_sets.report --index INDEX a01 a02 [--jsonl OUT] [--show KIND] [--authors-folder DIR]
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.questions.author_sets.calibration import calibration_table
from tests.questions.author_sets.figures import Figures, official_figures
from tests.questions.author_sets.judge import UNSAID, Judgement, Outcome, judge
from tests.questions.author_sets.judge_pages import Pages
from tests.questions.author_sets.labels import AUTHORS, Label, read_author

SHARED = Path(os.environ.get("OCQA_SHARED", Path(__file__).resolve().parents[4] / "shared"))
WORKBOOK = SHARED / "workbook" / "global_oc_index.xlsx"


@dataclass(frozen=True)
class Judged:
    """A question, its answer object and how it came out."""

    label: Label
    answer: dict[str, Any]
    judgement: Judgement

    @property
    def line(self) -> dict[str, Any]:
        """All that is needed to look at it again."""
        label = {"author": self.label.author, "question": self.label.question, "kind": self.label.kind, "slots": self.label.slots}
        return {**label, "outcome": self.judgement.outcome, "reason": self.judgement.reason, "answer": self.answer}


def pages_of(snapshot: Any) -> Pages:
    """The text of each loaded page, in lower case."""
    texts: dict[tuple[str, int], str] = {}
    for passage in snapshot.passages:
        if passage.country is not None and passage.edition is not None:
            key = (passage.country, passage.edition)
            texts[key] = texts.get(key, "") + "\n" + passage.text.lower()
    return Pages(texts)


def run(index: Path, labels: Iterable[Label], figures: Figures) -> Iterator[Judged]:
    """Ask the engine every question and judge what comes."""
    from index.answers.answer import ask  # so that this file can be read where the engine is not installed
    from index.generations.snapshot import open_snapshot

    snapshot = open_snapshot(index)
    pages = pages_of(snapshot)
    try:
        for label in labels:
            answer = _asked(ask, snapshot, label.question)
            yield Judged(label, answer, judge(label, answer, figures, pages))
    finally:
        snapshot.close()


def _asked(ask: Any, snapshot: Any, question: str) -> dict[str, Any]:
    from corpus.errors import OcqaError
    from index.answers.declined_answer import refused

    try:
        answer = ask(snapshot, question)
    except OcqaError as error:
        answer = refused(snapshot, question, error)
    return json.loads(json.dumps(answer.to_dict()))  # type: ignore[no-any-return]


def table(judged: list[Judged]) -> str:
    """By kind and over all: how many, and what part was met, wrong, declined, and left undetermined."""
    kinds: dict[str, Counter[str]] = {}
    for one in judged:
        kinds.setdefault(one.label.kind, Counter())[one.judgement.outcome] += 1
    rows = [f"{'kind':<18}{'n':>6}{'met':>8}{'wrong':>8}{'declined':>10}{'undetermined':>14}"]
    for kind, counts in sorted(kinds.items()):
        rows.append(_row(kind, counts))
    rows.append(_row("all", sum(kinds.values(), Counter())))
    met = [one for one in judged if one.judgement.outcome is Outcome.MET]
    refused = Counter(one.label.kind for one in met if not one.answer["answered"])
    rows.append("met by a refusal: " + ", ".join(f"{kind} {n}" for kind, n in sorted(refused.items())))
    rows.append(f"met, yes or no not said: {sum(one.judgement.reason == UNSAID for one in met)}")
    return "\n".join(rows)


def _row(name: str, counts: Counter[str]) -> str:
    n = counts.total()
    met, wrong, declined, open_ = (counts[o] for o in (Outcome.MET, Outcome.WRONG, Outcome.DECLINED, Outcome.UNDETERMINED))
    return f"{name:<18}{n:>6}{met / n:>8.1%}{wrong / n:>8.1%}{declined / n:>10.1%}{open_:>14}"


def shown(one: Judged) -> str:
    """One question with its label, how it was read, what came and why that is not it."""
    understood = one.answer["understood"]
    head = f"[{one.judgement.outcome}] {one.label.author} {one.label.question}"
    label = f"    label: {one.label.kind} {json.dumps(one.label.slots, ensure_ascii=False, default=vars)}"
    came = f"    read as {understood['kind']}: {understood['words']}\n    answer: {one.answer['answer'][:300]}"
    return f"{head}\n{label}\n{came}\n    reason: {one.judgement.reason}"


def main() -> None:
    """Run, print the tables, and write what came."""
    parser = argparse.ArgumentParser(description="Hold the program against the labelled questions of authors.")
    parser.add_argument("authors", nargs="+")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--workbook", type=Path, default=WORKBOOK)
    parser.add_argument("--authors-folder", type=Path, default=AUTHORS)
    parser.add_argument("--jsonl", type=Path)
    parser.add_argument("--show", nargs="*", metavar="KIND", help="print the questions of these kinds (no KIND: of all)")
    parser.add_argument("--outcome", nargs="+", default=["wrong", "declined", "undetermined"], help="of these outcomes")
    args = parser.parse_args()
    labels = [label for name in args.authors for label in read_author(name, args.authors_folder)]
    judged = list(run(args.index, labels, official_figures(str(args.workbook))))
    if args.jsonl:
        lines = (json.dumps(one.line, ensure_ascii=False, default=vars) for one in judged)
        args.jsonl.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    for one in judged if args.show is not None else ():
        if one.judgement.outcome in args.outcome and (not args.show or one.label.kind in args.show):
            print(shown(one))
    print(table(judged))
    for name in ("understood.confidence", "confidence"):
        print(f"\n{calibration_table(name, judged)}")


if __name__ == "__main__":
    main()
