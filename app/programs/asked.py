"""What several requests share in their arguments: places, measures and editions, read into what the engine takes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.programs.names import country_code, group_name, indicator_id, known_edition, latest_edition
from corpus.errors import QuestionError
from corpus.taxonomy import WORLD
from index.generations.snapshot import Snapshot
from index.scores.query import Change, Level, Measure

# A request's arguments, checked against its schema.
Arguments = Mapping[str, Any]


def countries_asked(snapshot: Snapshot, arguments: Arguments) -> tuple[str, ...]:
    """The codes of the countries named, without repeats, in their order."""
    return tuple(dict.fromkeys(country_code(name, snapshot.taxonomy) for name in arguments.get("countries", ())))


def group_asked(snapshot: Snapshot, arguments: Arguments) -> str:
    """The group asked for; "world" where none was."""
    return group_name(arguments["group"], snapshot.taxonomy) if arguments.get("group") else WORLD


def indicators_asked(snapshot: Snapshot, arguments: Arguments, default: Sequence[str]) -> tuple[str, ...]:
    """The ids of the indicators named, without repeats, in their order."""
    named = arguments.get("indicators") or default
    return tuple(dict.fromkeys(indicator_id(name, snapshot.taxonomy) for name in named))


def measures_asked(
    snapshot: Snapshot, indicators: Sequence[str], arguments: Arguments, countries: Sequence[str] = ()
) -> tuple[Measure, ...]:
    """The scores in the edition asked for or, with `since`, their change from that edition on.

    Without an edition, the latest one that has all of them is meant.
    """
    taxonomy, edition, since = snapshot.taxonomy, arguments.get("edition"), arguments.get("since")
    end = (
        latest_edition(indicators, countries, snapshot.loaded, taxonomy) if edition is None else known_edition(edition, taxonomy)
    )
    if since is None:
        return tuple(Level(indicator, end) for indicator in indicators)
    if known_edition(since, taxonomy) >= end:
        raise QuestionError(f"since ({since}) is not before the edition ({end})", "send an earlier edition as since")
    return tuple(Change(indicator, since, end) for indicator in indicators)


def edition_note(arguments: Arguments, edition: int) -> list[str]:
    """Which edition was taken, where none was sent."""
    if arguments.get("edition") is not None:
        return []
    return [f"No edition was sent; {edition} is the latest one loaded that has what was asked for."]
