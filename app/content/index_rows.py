"""The contents and builds of an index as table rows, and the report of a build as lines. Pure but for `report_of`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.content.markdown import escaped
from index.generations.folders import REPORT, Stored
from index.generations.snapshot import Snapshot


def edition_rows(shown: dict[str, Any], indicators: dict[int, int]) -> list[dict[str, str]]:
    """One row for each edition in an `overview`; `indicators` is how many each edition measures."""
    return [
        {
            "Edition": str(entry["edition"]),
            "Profiles": str(len(entry["profiles"])),
            "Countries with scores": str(entry["countries_with_scores"]),
            "Indicators measured": str(indicators[entry["edition"]]),
            "Sections without text": escaped(", ".join(s.replace("_", " ") for s in entry["placeholder_sections"]) or "none"),
        }
        for entry in shown["editions"]
    ]


def country_rows(snapshot: Snapshot) -> list[dict[str, str]]:
    """One row for each country with anything loaded: the editions of its profile and of its scores."""
    editions = snapshot.taxonomy.editions
    having = {e: snapshot.loaded.having("criminality", e) for e in editions}
    countries = snapshot.loaded.countries | set(snapshot.text_editions)
    names = snapshot.taxonomy.countries
    return [
        {
            "Country": escaped(names[c].name),
            "Profile": ", ".join(map(str, sorted(snapshot.text_editions.get(c, ())))) or "none",
            "Scores": ", ".join(str(e) for e in editions if c in having[e]) or "none",
        }
        for c in sorted(countries, key=lambda code: names[code].name)
    ]


def generation_rows(stored: tuple[Stored, ...], published: str) -> list[dict[str, str]]:
    """One row for each build that is kept, the newest first."""
    return [
        {
            "Build": escaped(entry.name),
            "Built (UTC)": escaped(entry.manifest.created_at[:16].replace("T", " ")) if entry.manifest else "",
            "Profiles": str(entry.manifest.counts["profiles"]) if entry.manifest else "",
            "State": "published" if entry.name == published else escaped(entry.trouble) or "kept",
        }
        for entry in stored
    ]


def report_of(folder: Path) -> dict[str, Any]:
    """The report stored with a build; empty if it cannot be read."""
    try:
        report = json.loads((folder / REPORT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return report if isinstance(report, dict) else {}


def report_lines(report: dict[str, Any]) -> list[str]:
    """What a build changed, as lines of Markdown; none for an empty report."""
    if not report:
        return []
    changes, work = report["changes"], report["work"]
    counted = [
        f"{len(changes[what])} {said}"
        for what, said in (
            ("files", "source files"),
            ("profiles", "profiles added or removed"),
            ("passages", "paragraphs and definitions"),
            ("scores", "scores"),
        )
    ]
    lines = [
        f"Compared with build {report['before']}" if report["before"] else "First build",
        "Changed: " + ", ".join(counted),
        f"Embedded: {work['chunks_embedded']} of {work['chunks']} chunks, "
        f"{work['sentences_embedded']} of {work['sentences']} sentences",
        "Time in seconds: " + ", ".join(f"{phase} {seconds:.1f}" for phase, seconds in report["seconds"].items()),
    ]
    lines += [f"Vectors of the previous build could not be reused: {report['anew']}"] if report["anew"] else []
    lines += [f"{c['change']}: {c['id']}" for c in changes["passages"][:20]]
    return [escaped(line) for line in lines]
