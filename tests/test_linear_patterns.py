"""No regular expression over the text of sources takes longer than the text is long: each is tried on runs of its repetitions."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from pumping import pumped

import app
import corpus
import index.language
import index.passages
import index.profiles

METHODS = {"search", "match", "fullmatch", "finditer", "findall", "sub", "split"}
# Modules that do something when they are imported.
SCRIPTS = ("app.screens.", "app.server", "app.page")
SHORT, LONG, LONGER = 24, 3_000, 12_000
# In seconds: what a linear expression takes on the long text, and what none may take.
QUICK, ENDLESS = 0.004, 0.5
# A linear expression takes four times as long on a text four times as long, a quadratic one sixteen times.
MOST = 8.0

Use = tuple[str, re.Pattern, frozenset[str]]


def uses() -> Iterator[Use]:
    """Every expression over such text with its name and the methods that are called on it. Questions have a limit of length."""
    for package in (corpus, index.language, index.passages, index.profiles, app):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.ispkg and not module.name.startswith(SCRIPTS):
                yield from uses_in(module.name)


def uses_in(name: str) -> Iterator[Use]:
    module = importlib.import_module(name)
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    called: dict[str, set[str]] = {}
    for call in calls:
        if call.func.attr in METHODS and isinstance(call.func.value, ast.Name):
            called.setdefault(call.func.value.id, set()).add(call.func.attr)
            if call.func.value.id == "re" and call.args and isinstance(call.args[0], ast.Constant):
                flags = re.IGNORECASE if "IGNORECASE" in ast.unparse(call) else 0
                yield f"{name}, line {call.lineno}", re.compile(call.args[0].value, flags), frozenset((call.func.attr,))
    for variable, value in vars(module).items():
        if isinstance(value, re.Pattern) and variable in called:
            yield f"{name}.{variable}", value, frozenset(called[variable])


class Endless(Exception):
    pass


def seconds(call: Callable[[object], object], text: object) -> float:
    """Processor time of a call; raises Endless where it takes long."""
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS)
    try:
        start = time.process_time()
        call(text)
        return time.process_time() - start
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def calls_of(pattern: re.Pattern, methods: frozenset[str]) -> Iterator[Callable[[object], object]]:
    empty = pattern.pattern[:0]
    for method in methods & {"search", "match", "fullmatch"}:
        yield getattr(pattern, method)
    if methods & {"finditer", "findall", "sub", "split"}:
        yield lambda text: pattern.sub(empty, text)


def faults(pattern: re.Pattern, methods: frozenset[str]) -> Iterator[str]:
    """Texts on which the expression is not linear."""

    def taken(call: Callable[[object], object], text: str) -> float:
        return seconds(call, text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace"))

    for call, run in product(calls_of(pattern, methods), pumped(pattern)):
        try:
            taken(call, run.text(SHORT))
            if taken(call, run.text(LONG)) < QUICK:
                continue
            before, after = (min(taken(call, run.text(length)) for _ in range(3)) for length in (LONG, LONGER))
            if after > MOST * before:
                yield repr(run.text(SHORT))
        except Endless:
            yield repr(run.text(SHORT))


@pytest.fixture
def alarm() -> Iterator[None]:
    def ring(*_: object) -> None:
        raise Endless

    before = signal.signal(signal.SIGVTALRM, ring)
    yield
    signal.signal(signal.SIGVTALRM, before)


def test_every_expression_is_linear(alarm: None) -> None:
    found = {name: next(faults(pattern, methods), None) for name, pattern, methods in uses()}
    assert len(found) > 80
    assert {name: text for name, text in found.items() if text is not None} == {}


@pytest.mark.parametrize(
    ("expression", "method"),
    [
        (r"(?:\d{1,2}\s*)+", "fullmatch"),
        (r"(?:\s*(?:\[\w{1,3}\]|[*†]+))+$", "sub"),
        (r"(?P<name>\D+?)[\s:]+(?P<numbers>\d.*)", "fullmatch"),
        (r"\s+(?:vs|and)\s+", "split"),
        (r"<(/?)([a-z][\w:-]*)([^<>]*)>", "finditer"),
        (r"^\W*criminality score\W*$", "search"),
    ],
)
def test_an_expression_that_is_not_linear_is_found(expression: str, method: str, alarm: None) -> None:
    """The kinds that were once in the program: exponential, and quadratic from within or from every place in the text."""
    assert next(faults(re.compile(expression, re.IGNORECASE | re.MULTILINE), frozenset((method,))), None) is not None
