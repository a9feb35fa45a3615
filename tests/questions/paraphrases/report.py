"""Every change on the sample, against an index: how many questions keep their result, get another, or are declined.

python -m tests.questions.paraphrases.report --index INDEX [--number 200] [--show NAME]
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Hashable
from pathlib import Path

from corpus.errors import QuestionError
from index.answers.answer import ask
from index.contract.answer_object import Answer
from index.generations.snapshot import Snapshot, open_snapshot
from tests.questions.paraphrases.changes import CHANGES
from tests.questions.paraphrases.sample import sampled

SAME, OTHER, DECLINED, MENDED = "same", "other", "declined", "answered only then"


def result_of(answer: Answer) -> Hashable:
    """What an answer comes to: None where it is declined, or else its result, or the passage that it quotes."""
    if not answer.answered:
        return None
    if answer.result is None:
        return answer.answer
    return repr(answer.result)


def outcome(before: Hashable, after: Hashable) -> str:
    """How the result of the changed question compares with that of the question as written."""
    if before == after:
        return SAME
    if before is None:
        return MENDED
    return DECLINED if after is None else OTHER


def _asked(snapshot: Snapshot) -> Callable[[str], Hashable]:
    def result(text: str) -> Hashable:
        try:
            return result_of(ask(snapshot, text))
        except QuestionError:
            return None

    return result


def main() -> None:
    """Print the table, and the questions of one change whose result is not the same."""
    parser = argparse.ArgumentParser(description="Try changes that mean nothing.")
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--number", type=int, default=200)
    parser.add_argument("--show", nargs="*", default=())
    args = parser.parse_args()
    read = _asked(open_snapshot(args.index))
    as_written = {question: read(question) for question in sampled(args.number)}
    print(f"{len(as_written)} questions, {sum(r is None for r in as_written.values())} of them declined as written")
    print(f"{'change':<52}{'n':>5}{SAME:>9}{OTHER:>9}{DECLINED:>10}{MENDED:>20}")
    for name, change in CHANGES.items():
        changed = {q: change(q) for q in as_written if change(q) != q}
        outcomes = {q: outcome(as_written[q], read(text)) for q, text in changed.items()}
        counts = Counter(outcomes.values())
        n = max(len(changed), 1)
        shares = "".join(f"{counts[o] / n:>{w}.1%}" for o, w in ((SAME, 9), (OTHER, 9), (DECLINED, 10), (MENDED, 20)))
        print(f"{name:<52}{len(changed):>5}{shares}", flush=True)
        if name in args.show or "all" in args.show:
            for question, came in outcomes.items():
                if came in (OTHER, DECLINED):
                    print(f"    [{came}] {changed[question]}")


if __name__ == "__main__":
    main()
