"""Asks questions that nobody would type, made from those of the sets; reports failures, the slowest, and nonsense answered.

    python tests/fitting/measure_fuzzed.py INDEX [QUESTIONS [SEED]]

Each is a question of the sets with words shuffled, doubled, cut or swapped with another's, with letters changed, with signs from
anywhere in Unicode, or one that is thousands of signs long. 20,000 are asked by default.
"""

from __future__ import annotations

import json
import random
import string
import sys
import time
from collections.abc import Callable
from pathlib import Path

from corpus.errors import QuestionError
from index.answers.answer import ask
from index.contract.refusal import RefusalReason
from index.contract.typed_results import Unavailable
from index.generations.snapshot import open_snapshot

DATA = Path(__file__).parents[1] / "data"
LONGEST = 1000
SLOW = 1.0
Mutation = Callable[[random.Random, list[str], list[str]], list[str]]


def shuffled(dice: random.Random, words: list[str], _: list[str]) -> list[str]:
    return dice.sample(words, len(words))


def doubled(dice: random.Random, words: list[str], _: list[str]) -> list[str]:
    at = dice.randrange(len(words))
    return words[:at] + words[at : at + 3] * dice.randint(2, 60) + words[at:]


def cut(dice: random.Random, words: list[str], _: list[str]) -> list[str]:
    return words[dice.randrange(len(words)) :] or words


def crossed(dice: random.Random, words: list[str], others: list[str]) -> list[str]:
    return words[: dice.randint(1, len(words))] + others[dice.randrange(len(others)) :]


def misspelt(dice: random.Random, words: list[str], _: list[str]) -> list[str]:
    def wrong(word: str) -> str:
        at = dice.randrange(len(word))
        return word[:at] + dice.choice(string.ascii_lowercase) + word[at + dice.randint(0, 1) :]

    return [wrong(word) if dice.random() < 0.5 else word for word in words]


def strange(dice: random.Random, words: list[str], _: list[str]) -> list[str]:
    signs = "".join(chr(dice.randrange(32, 0x3000)) for _ in range(dice.randint(1, 12)))
    at = dice.randrange(len(words) + 1)
    return [*words[:at], signs, *words[at:]]


def numbered(dice: random.Random, words: list[str], _: list[str]) -> list[str]:
    at = dice.randrange(len(words) + 1)
    return [
        *words[:at],
        *(str(dice.choice([dice.randint(-9, 3000), dice.random() * 20])) for _ in range(dice.randint(1, 9))),
        *words[at:],
    ]


def mashed(dice: random.Random, words: list[str], _: list[str]) -> list[str]:
    return ["".join(dice.choice(string.ascii_lowercase) for _ in range(dice.randint(2, 14))) for _ in words]


MUTATIONS: tuple[Mutation, ...] = (shuffled, doubled, cut, crossed, misspelt, strange, numbered, mashed)
NONSENSE = {"mashed"}


def main(index: Path, wanted: int, seed: int) -> None:
    dice, snapshot = random.Random(seed), open_snapshot(index)
    paths = [*sorted(DATA.glob("*.jsonl")), *sorted((DATA / "authors").glob("*.jsonl"))]
    every = [json.loads(line)["question"].split() for path in paths for line in path.read_text("utf-8").splitlines()]
    ask(snapshot, "cocaine in Peru")
    failed, slow, answered, asked = 0, list[tuple[float, str]](), dict[str, list[float]](), dict[str, int]()
    for _ in range(wanted):
        words, chosen = dice.choice(every), dice.sample(MUTATIONS, dice.randint(1, 2))
        for mutation in chosen:
            words = mutation(dice, words, dice.choice(every)) or words
        text = " ".join(words)[:LONGEST]
        start = time.perf_counter()
        try:
            answer = ask(snapshot, text)
        except QuestionError:
            continue
        seconds = time.perf_counter() - start
        name = chosen[-1].__name__
        asked[name] = asked.get(name, 0) + 1
        failed += isinstance(answer.result, Unavailable) and answer.result.reason == RefusalReason.PROGRAM_FAILED
        if seconds > SLOW / 2:
            slow.append((seconds, text))
        if answer.answered:
            answered.setdefault(name, []).append(answer.confidence)
    print(f"{wanted} asked, {failed} failed in the program, {sum(s > SLOW for s, _ in slow)} took over {SLOW:.0f} s")
    for seconds, text in sorted(slow, reverse=True)[:5]:
        print(f"  {seconds:.2f} s: {text[:160]!r}")
    for name, number in sorted(asked.items()):
        sure = [c for c in answered.get(name, []) if c >= 0.7]
        print(f"  {name}: {number} asked, {len(answered.get(name, []))} answered, {len(sure)} of them with 0.7 or more")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000, int(sys.argv[3]) if len(sys.argv) > 3 else 1)
