"""What a column of a table holds, by its label. Pure."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.grids.cells import Cell, text_of
from corpus.grids.places import code_in
from corpus.naming import fold
from corpus.taxonomy import Taxonomy

YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
# Spelling mistakes that still leave no doubt, by the length of a label.
_MISTAKES = ((7, 1), (14, 2))
_LONG_ENOUGH = 6
# Programs that cut labels leave at least so many characters.
_CUT_OFF = 20


class Role(Enum):
    """What the cells of a column are; `data/columns.toml` says what each is.

    OWN: figures of an indicator that the Index does not have. UNKNOWN: a label unheard of. NONE: no label.
    """

    CODE = "code"
    COUNTRY = "country"
    EDITION = "edition"
    INDICATOR = "indicator"
    SOURCE = "source"
    GROUP = "group"
    VALUE = "value"
    BESIDE = "beside"
    OWN = "own"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its role and, of figures, as much of their indicator, edition and country as the label says.

    `unsure` is the official name of the indicator where the label is spelt differently.
    """

    role: Role
    label: str
    indicator: str | None = None
    edition: int | None = None
    country: str | None = None
    unsure: str = ""


def _roles() -> dict[str, Role]:
    data = tomllib.loads(files("corpus").joinpath("data", "columns.toml").read_text(encoding="utf-8"))
    return {label: Role(role) for role, labels in data.items() for label in labels}


_ROLE_OF = _roles()
_RANK = re.compile(r"\b(?:rank|ranking|change|delta|diff|difference|percentile|quartile)\b")


def column_of(cell: Cell, taxonomy: Taxonomy) -> Column:
    """What a label says of its column. A year in it is the edition of its figures."""
    text = text_of(cell)
    if not text:
        return Column(Role.NONE, "")
    folded = fold(text.replace("_", " "))
    role = _ROLE_OF.get(folded) or _ROLE_OF.get(fold(text.partition(":")[0].replace("_", " ")))
    if role is not None:
        return Column(role, text)
    indicator = _indicator(text, taxonomy)
    if indicator is not None:
        return Column(Role.VALUE, text, indicator)
    if _RANK.search(folded):
        return Column(Role.BESIDE, text)
    years = YEAR.findall(text)
    if len(years) == 1:
        rest = fold(YEAR.sub(" ", text.replace("_", " ")))
        year = int(years[0])
        indicator = _indicator(rest, taxonomy)
        if indicator is not None or not rest or _ROLE_OF.get(rest) in (Role.VALUE, Role.EDITION):
            return Column(Role.VALUE, text, indicator, year)
    country = code_in(text, taxonomy) if len(text) > 2 else None
    if country is not None:
        return Column(Role.VALUE, text, country=country)
    near = _near(folded, taxonomy) if not years else None
    if near is None and (role := _misspelt_role(folded)) is not None:
        return Column(role, text)
    if near is not None:
        return Column(Role.VALUE, text, near, unsure=taxonomy.indicators[near].name)
    return Column(Role.UNKNOWN, text)


def is_derived(label: str) -> bool:
    """Whether a column holds what was worked out from scores: a rank, a change."""
    return _RANK.search(fold(label.replace("_", " "))) is not None


def _misspelt_role(folded: str) -> Role | None:
    """The role of a longer label with a slip in its spelling."""
    if len(folded) < _LONG_ENOUGH:
        return None
    close = process.extractOne(folded, [w for w in _ROLE_OF if len(w) >= _LONG_ENOUGH], scorer=OSA.distance, score_cutoff=1)
    return _ROLE_OF[close[0]] if close else None


def indicator_in(cell: Cell, taxonomy: Taxonomy) -> tuple[str, str] | None:
    """The indicator that a cell names, and its official name where the cell spells it differently, else ""; None if none."""
    text = text_of(cell)
    known = _indicator(text, taxonomy)
    if known is not None:
        return known, ""
    near = _near(fold(text.replace("_", " ")), taxonomy)
    return None if near is None else (near, taxonomy.indicators[near].name)


def _indicator(text: str, taxonomy: Taxonomy) -> str | None:
    """By official name, printed label or id, with what spreadsheets put around it."""
    folded = fold(text.replace("_", " "))
    return _exact(taxonomy).get(
        re.sub(r"^(?:\d{1,2}\s)+|\s(?:score|scores|avg|average|mean|index|value)$", "", folded)
    ) or _exact(taxonomy).get(folded)


@cache
def _exact(taxonomy: Taxonomy) -> dict[str, str]:
    found: dict[str, str] = {}
    for indicator in taxonomy.indicators.values():
        for label in (indicator.name, *indicator.labels):
            found.setdefault(fold(label.replace("_", " ")), indicator.id)
            found.setdefault(fold(label.replace("_", " ").replace("&", " and ")), indicator.id)
    return found


def _near(folded: str, taxonomy: Taxonomy) -> str | None:
    """The only indicator whose name differs from the label by a mistake or two in spelling."""
    allowed = max((mistakes for length, mistakes in _MISTAKES if len(folded) >= length), default=0)
    if not allowed:
        return None
    known = _exact(taxonomy)
    close = process.extract(folded, list(known), scorer=OSA.distance, score_cutoff=allowed, limit=5)
    # A word more is no slip: "change of arms trafficking".
    found = {known[label] for label, *_ in close if _alike(label, folded)}
    if len(folded) >= _CUT_OFF:
        found |= {id for label, id in known.items() if label.startswith(folded)}
    return found.pop() if len(found) == 1 else None


def _alike(label: str, folded: str) -> bool:
    return len(label.split()) == len(folded.split()) or label.replace(" ", "") == folded.replace(" ", "")
