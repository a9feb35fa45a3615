"""A whole result as one JSON object: what was measured, every figure and every case, so that two can be compared.

Nothing in it names a folder of this machine: a set is recorded as its file name and hash.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import OcqaError
from index.evals.judged import JudgedCase
from index.evals.set_measures import BY_NAME
from index.evals.sets import case_of_dict, case_to_dict
from index.evals.summary import ALL, Bin, Slice, reliability, summarise

FORMAT = "ocqa-eval-1"
# The latest result of `ocqa eval`, kept in the index folder for the page.
LATEST = "latest_eval.json"
_HINT = "save one: ocqa eval SET --json > RESULT.json"


@dataclass(frozen=True, slots=True)
class SetRecord:
    """A question set, as it was when it was measured."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class About:
    """What was measured: the generation of the index, its model, the configuration, the sets, and when (UTC)."""

    generation: str
    model: str
    configuration: str
    sets: tuple[SetRecord, ...]
    program: str
    created_at: str


@dataclass(frozen=True, slots=True)
class Result:
    """A measured system. `floors` are the limits of the measures over all cases that a gate enforces, set when it is saved."""

    about: About
    scored: tuple[JudgedCase, ...]
    slices: tuple[Slice, ...]
    bins: tuple[Bin, ...]
    floors: Mapping[str, float]

    @property
    def overall(self) -> Slice:
        """The figures of all cases."""
        return self.slices[-1]


def result_of(about: About, scored: Sequence[JudgedCase], floors: Mapping[str, float] | None = None) -> Result:
    """Compute the figures. By default a floor is the worse end of the interval of each figure that decides."""
    slices = summarise(scored)
    return Result(about, tuple(scored), slices, reliability(scored), _floors(slices[-1]) if floors is None else floors)


def _floors(overall: Slice) -> dict[str, float]:
    floors = {}
    for figure in overall.figures:
        measure = BY_NAME[figure.measure]
        if measure.name == "Country leaks":
            floors[measure.name] = figure.value
        elif measure.decides:
            floors[measure.name] = figure.low if measure.higher_is_better else figure.high
    return floors


def set_record(path: Path) -> SetRecord:
    """The name of a set and the SHA-256 of its bytes."""
    return SetRecord(path.name, hashlib.sha256(path.read_bytes()).hexdigest())


def to_json(result: Result) -> str:
    """The object that `ocqa eval --json` prints: overall figures first, cases last."""
    data = {"format": FORMAT, **asdict(result.about), "cases_asked": len(result.scored)}
    data["floors"] = dict(result.floors)
    data["figures"] = {f.measure: _figure(f) for f in result.overall.figures}
    data["slices"] = [
        {"by": s.by, "name": s.name, "cases": s.cases, "figures": {f.measure: _figure(f) for f in s.figures}}
        for s in result.slices
        if s.by != ALL
    ]
    data["reliability"] = [asdict(b) for b in result.bins]
    data["cases"] = [_case(s) for s in result.scored]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _figure(figure: Any) -> dict[str, float]:
    return {key: value for key, value in asdict(figure).items() if key != "measure"}


def _case(scored: JudgedCase) -> dict[str, Any]:
    got = {key: getattr(scored, key) for key in _GOT}
    return {
        **case_to_dict(scored.case),
        "got": {**got, "places": list(scored.places), "highlight": list(scored.highlight), "values": dict(scored.values)},
    }


_GOT = ("declined", "confidence", "chance", "right", "first_right", "seconds", "answer", "result")


def read_result(path: Path) -> Result:
    """Read what `to_json` wrote; figures are computed again from its cases. Raises OcqaError if it is not one."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise OcqaError(f"{path} cannot be read ({reason})", _HINT) from error
    except (ValueError, RecursionError):
        raise OcqaError(f"{path} is not JSON", _HINT) from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise OcqaError(f"{path} is not a saved result in this program's format", _HINT)
    try:
        sets = tuple(SetRecord(**entry) for entry in data["sets"])
        words = ("generation", "model", "configuration", "program", "created_at")
        about = About(sets=sets, **{key: str(data[key]) for key in words})
        scored = tuple(map(_scored, data["cases"]))
        floors = {name: float(value) for name, value in data["floors"].items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise OcqaError(f"{path} has a part that is missing or wrong ({error})", _HINT) from None
    if not scored:
        raise OcqaError(f"{path} has no cases", _HINT)
    if unknown := sorted(floors.keys() - BY_NAME.keys()):
        raise OcqaError(f"{path} has floors of unknown measures: {', '.join(unknown)}", f"known are {', '.join(BY_NAME)}")
    return result_of(about, scored, floors)


def _scored(entry: Mapping[str, Any]) -> JudgedCase:
    got = entry["got"]
    return JudgedCase(
        case=case_of_dict(dict(entry)),
        places=tuple(got["places"]),
        highlight=tuple((int(a), int(b)) for a, b in got["highlight"]),
        values={name: float(value) for name, value in got["values"].items()},
        **{key: got[key] for key in _GOT},
    )
