"""Asks an index many mangled questions and reports every one that made the program fail. Not a test: run by hand.

    PYTHONPATH=. python tests/fitting/fuzz_questions.py INDEX [COUNT]

Questions are made from those of the open authors: words dropped, doubled, swapped, taken from other questions, letters and signs
changed, numbers and names put in, and strings of any characters. The same COUNT gives the same questions.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from corpus.errors import OcqaError
from index.answers.answer import ask
from index.contract.refusal import RefusalReason
from index.contract.typed_results import Unavailable
from index.generations.snapshot import open_snapshot
from tests.questions.author_sets.labels import read_author

AUTHORS = ("a01", "a02", "a04", "a05", "a06", "a08", "a09", "a11", "b01", "b02", "b04", "b05", "b07", "b08", "b10", "b11")
SEED = 20261127
PUT_IN = (
    "2021", "2023", "2025", "2019", "1e9", "-4", "½", "0", "10", "193", "999", "seven", "than", "and", "or", "not", "except",
    "top", "Peru", "Congo", "the world", "Europe", "EU", "Micronesia", "Kosovo", "criminality", "resilience", "cocaine trade",
    "it", "there", "then", ",", ":", "?", "—", "'", '"', "%", "(", "$", "é", "中", "🙂", "select * from scores", "<b>", "\x00",
    "\u202e",
)  # fmt: skip


def mangled(words: list[str], others: Sequence[str], random: Random) -> str:
    """The words after one to six changes."""
    words = list(words)
    for _ in range(random.randint(1, 6)):
        at = random.randrange(len(words) + 1)
        change = random.randrange(7)
        if change == 0 and words:
            del words[min(at, len(words) - 1)]
        elif change == 1:
            words.insert(at, random.choice(PUT_IN))
        elif change == 2:
            words.insert(at, random.choice(others))
        elif change == 3 and words:
            words[min(at, len(words) - 1)] *= 2
        elif change == 4:
            random.shuffle(words)
        elif change == 5 and words:
            word = words[min(at, len(words) - 1)]
            letter = random.randrange(len(word) + 1)
            words[min(at, len(words) - 1)] = (
                word[:letter] + chr(random.choice((32, 45, 46, 101, 0x2019, 0x301))) + word[letter + 1 :]
            )
        else:
            words = words[:at] + random.choice(others).split() + words[at:]
    return " ".join(words)


def questions(count: int) -> Iterator[str]:
    """So many questions, one in twenty of random characters alone."""
    random = Random(SEED)
    asked = [label.question for name in AUTHORS for label in read_author(name)]
    words = [word for question in asked for word in question.split()]
    for number in range(count):
        if number % 20 == 0:
            yield "".join(chr(random.choice((random.randrange(32, 127), random.randrange(160, 0x2FFF)))) for _ in range(40))
        else:
            yield mangled(random.choice(asked).split(), words, random)


def main() -> None:
    snapshot = open_snapshot(Path(sys.argv[1]))
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    refused = failed = 0
    for text in questions(count):
        try:
            answer = ask(snapshot, text)
        except OcqaError:
            refused += 1
            continue
        if isinstance(answer.result, Unavailable) and answer.result.reason == RefusalReason.PROGRAM_FAILED:
            failed += 1
            sys.stdout.write(f"{text!r}\n")
        answer.to_dict()
    sys.stdout.write(f"{count} questions: {failed} made the program fail, {refused} were no questions\n")


if __name__ == "__main__":
    main()
