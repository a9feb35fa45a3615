"""What a reader of a file may do to its process. The functions have the shape that `corpus.confined` calls."""

from __future__ import annotations

import os
import signal
import sys

from corpus import confined


def twice(number: int, shared: str) -> str:
    sys.stdout.write("a library that writes to the terminal")
    return shared * number


def endless(_: str) -> None:
    while True:
        pass


def greedy(_: str) -> int:
    return len([bytes(2**20) for _ in range(100_000)])


def crash(_: str) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def deep(_: str) -> None:
    def deeper() -> None:
        deeper()

    deeper()


class Unsendable(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def unsendable(_: str) -> None:
    raise Unsendable("odd", " error")


def process(_: str) -> int:
    return os.getpid()


def rest(_: str) -> None:
    confined._RESTS_AFTER = 0
