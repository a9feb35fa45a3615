"""What an index holds, for `ocqa info` and the page. Pure: a snapshot in, plain data and text out."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from app.reports.amounts import counted
from index.generations.snapshot import Snapshot
from index.scores.score import OwnFigure


def overview(snapshot: Snapshot) -> dict[str, Any]:
    """Generation, model, how questions are encoded and vectors searched, counts, and what is loaded by edition; JSON types."""
    manifest, taxonomy = snapshot.manifest, snapshot.taxonomy
    names = taxonomy.countries
    editions = []
    for edition in taxonomy.editions:
        profiles = [p for p in snapshot.coverage if p.edition == edition]
        scored = snapshot.loaded.having("criminality", edition)
        editions.append(
            {
                "edition": edition,
                "profiles": sorted(names[p.country].name for p in profiles),
                "placeholder_sections": sorted({s for p in profiles for s in p.placeholders}),
                "countries_with_scores": len(scored),
            }
        )
    return {
        "generation": manifest.name,
        "created_at": manifest.created_at,
        "model": manifest.model.name,
        "questions": dict(manifest.questions),
        "search": dict(manifest.search),
        "judge": manifest.recipe.get("judge"),
        "counts": dict(manifest.counts),
        "editions": editions,
        "sources": [source.name for source in manifest.sources],
        "own_indicators": own_indicators(snapshot.own_figures),
        "documents": list(dict.fromkeys(p.title for p in snapshot.passages if p.title)),
        "problems": [str(problem) for problem in snapshot.problems],
        "restated": sorted({p.url for p in snapshot.coverage if p.note}),
    }


def own_indicators(figures: Iterable[OwnFigure]) -> list[dict[str, Any]]:
    """The indicators that the Index does not have, by name: how many countries, which editions, which files."""
    listed = []
    for name, of_name in groupby(figures, key=lambda figure: figure.indicator):
        own = list(of_name)
        listed.append(
            {
                "name": name,
                "countries": len({figure.country for figure in own}),
                "editions": sorted({figure.edition for figure in own}),
                "files": sorted({figure.source.partition(", ")[0] for figure in own}),
            }
        )
    return listed


def own_line(own: dict[str, Any]) -> str:
    """One own indicator in words."""
    editions = ", ".join(map(str, own["editions"]))
    return f"{own['name']}: {counted(own['countries'], 'country', 'countries')}, {editions}, from {', '.join(own['files'])}"


def overview_text(shown: dict[str, Any]) -> str:
    """The overview for a terminal."""
    counts = shown["counts"]
    lines = [
        f"Generation {shown['generation']}, built {shown['created_at']}, model {shown['model']}",
        ", ".join(
            counted(counts[f"{noun}s"], noun) for noun in ("profile", "paragraph", "definition", "chunk", "sentence", "score")
        )
        + f", {counted(len(shown['sources']), 'source file')}",
    ]
    ways = ", ".join(dict.fromkeys(shown["search"][kind]["way"] for kind in ("chunks", "sentences")))
    lines.append(f"Questions are encoded by {shown['questions']['runtime']}; search is {ways}")
    by = f"the network {shown['judge'][:12]}" if shown["judge"] else "the evidence alone, without a network"
    lines.append(f"Text is judged by {by}")
    if shown["documents"]:
        lines.append(f"{counted(len(shown['documents']), 'document')} about the Index: {', '.join(shown['documents'])}")
    for entry in shown["editions"]:
        profiles = entry["profiles"]
        listed = ", ".join(profiles[:12]) + (f" and {len(profiles) - 12} more" if len(profiles) > 12 else "")
        lines.append(
            f"{entry['edition']}: scores of {counted(entry['countries_with_scores'], 'country', 'countries')}; "
            f"{counted(len(profiles), 'profile')}{': ' + listed if profiles else ''}"
        )
    lines += [f"own indicator: {own_line(own)}" for own in shown["own_indicators"]]
    lines += [f"problem: {problem}" for problem in shown["problems"]]
    lines += [f"restated in our own words: {url}" for url in shown["restated"]]
    return "\n".join(lines) + "\n"
