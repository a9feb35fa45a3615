"""Templates of the HTML reports, filled in. Each page stands alone: no script, no other host; light and dark, desk and phone.

Everything from outside is escaped by the templates; only drawings of our own (`Markup`) pass as markup. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined


def fill(template: str, **values: Any) -> str:
    """A template of `app/reports/templates` with its values. A name the template uses and nobody gives raises UndefinedError."""
    return _environment().get_template(template).render(values) + "\n"


def stylesheet(*names: str) -> str:
    """The text of these stylesheets, for a drawing that is a file of its own."""
    return "\n".join(_environment().get_template(name).render() for name in names)


def stretches(text: str, marks: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """The text cut at these character ranges, which are in order; each stretch with whether it is marked."""
    cut, at = [], 0
    for start, end in marks:
        cut += [(text[at:start], False), (text[start:end], True)]
        at = end
    return (*cut, (text[at:], False))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("app.reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
