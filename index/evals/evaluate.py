"""Evaluates an open index on a question set, in one call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from index.evals.judged import judge_responses
from index.evals.result_file import About, Result, SetRecord, result_of
from index.evals.run import Progress, Respond, asking, run_cases
from index.evals.sets import Case
from index.generations.snapshot import Snapshot

AS_SHIPPED = "as shipped"


def evaluate(
    snapshot: Snapshot,
    cases: Sequence[Case],
    sets: Sequence[SetRecord],
    *,
    respond: Respond | None = None,
    configuration: str = AS_SHIPPED,
    progress: Progress | None = None,
) -> Result:
    """Ask every case and measure the responses. `respond` answers; by default it is the system as shipped."""
    responses = run_cases(respond or asking(snapshot), cases, progress)
    name = snapshot.manifest.model.name
    about = About(
        generation=snapshot.manifest.name,
        # Results are shown to others, to whom the path of a folder on this machine means nothing.
        model=Path(name).name if Path(name).is_dir() else name,
        configuration=configuration,
        sets=tuple(sets),
        program=version("ocqa"),
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    return result_of(about, judge_responses(responses, snapshot.taxonomy))
