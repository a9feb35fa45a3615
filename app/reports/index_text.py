"""What an index holds, for `ocqa info` and the page. Pure: a snapshot in, plain data and text out."""

from __future__ import annotations

from typing import Any

from app.reports.amounts import counted
from index.generations.snapshot import Snapshot


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
        "problems": [str(problem) for problem in snapshot.problems],
        "restated": sorted({p.url for p in snapshot.coverage if p.note}),
    }


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
    for entry in shown["editions"]:
        profiles = entry["profiles"]
        listed = ", ".join(profiles[:12]) + (f" and {len(profiles) - 12} more" if len(profiles) > 12 else "")
        lines.append(
            f"{entry['edition']}: scores of {counted(entry['countries_with_scores'], 'country', 'countries')}; "
            f"{counted(len(profiles), 'profile')}{': ' + listed if profiles else ''}"
        )
    lines += [f"problem: {problem}" for problem in shown["problems"]]
    lines += [f"restated in our own words: {url}" for url in shown["restated"]]
    return "\n".join(lines) + "\n"
