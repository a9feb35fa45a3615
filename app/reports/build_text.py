"""Build reports and the history of builds as text for a terminal. Pure: a record in, a string out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from app.reports.amounts import counted
from corpus.taxonomy import Taxonomy
from index.builder.changes import ChangeKind, Changes, PassageChange, ScoreChange
from index.builder.report import BuildOutcome, BuildReport, DriftReport
from index.generations.folders import Stored

_MARKS = {ChangeKind.ADDED: "+", ChangeKind.CHANGED: "~", ChangeKind.REMOVED: "-", ChangeKind.MOVED: ">"}
_SHOWN = 20


def report_text(report: BuildReport, taxonomy: Taxonomy) -> str:
    """What changed, what was embedded, how long it took. A long list is cut and says how many entries are missing."""
    lines = [_headline(report)]
    lines += _changes(report.changes, taxonomy)
    lines += _work(report)
    if report.slow_questions:
        lines.append(f"Questions are encoded by the model itself, which is slower, because {report.slow_questions}")
    if report.drift is not None:
        lines += drift_lines(report.drift)
    if report.seconds:
        lines.append("Seconds: " + ", ".join(f"{phase} {seconds:.1f}" for phase, seconds in report.seconds.items()))
    if report.removed:
        lines.append(f"Removed generations: {', '.join(report.removed)}")
    return "\n".join(lines) + "\n"


def _headline(report: BuildReport) -> str:
    c = report.counts
    contents = (
        f"{counted(c['files'], 'file')} read: {_loaded(c)}; {counted(c['passages'], 'passage')}; "
        f"{counted(c['problems'], 'problem')}"
    )
    since = f" (changes since {report.before})" if report.before else ""
    return {
        BuildOutcome.PUBLISHED: f"{contents}. Published {report.name}{since}",
        BuildOutcome.UNCHANGED: f"{contents}. Nothing changed, nothing was published: {report.before} is still current",
        BuildOutcome.PLANNED: f"{contents}. This is what a build would change{since}",
    }[report.outcome]


def _loaded(counts: Mapping[str, int]) -> str:
    nouns = ("profile", "paragraph", *(["document"] if counts["documents"] else []), "score")
    return ", ".join(counted(counts[f"{noun}s"], noun) for noun in nouns)


def _changes(changes: Changes, taxonomy: Taxonomy) -> list[str]:
    lines = _listed(
        "Files",
        Counter(c.change for c in changes.files),
        [f"{_MARKS[c.change]} {c.name}" + (f" (was {c.was})" if c.was else "") for c in changes.files],
    )
    lines += _listed(
        "Profiles",
        Counter(c.change for c in changes.profiles),
        [
            f"{_MARKS[c.change]} {_country(c.country, taxonomy)} {c.edition}, {counted(c.paragraphs, 'paragraph')}"
            for c in changes.profiles
        ],
    )
    lines += _listed(
        "Paragraphs and definitions", Counter(c.change for c in changes.passages), [_passage(c) for c in changes.passages]
    )
    lines += _listed("Scores", _score_counts(changes.scores), _scores(changes.scores, taxonomy))
    lines += _listed("Problems", {"new": len(changes.problems)}, [f"! {p}" for p in changes.problems])
    lines += _listed("Problems", {"resolved": len(changes.problems_gone)}, [f"- {p}" for p in changes.problems_gone])
    return lines


def _listed(what: str, counts: Mapping[str, int], entries: Sequence[str]) -> list[str]:
    if not entries:
        return []
    told = ", ".join(f"{n} {change}" for change, n in counts.items() if n)
    shown = [line for entry in entries[:_SHOWN] for line in f"  {entry}".split("\n")]
    more = [f"  … and {len(entries) - _SHOWN} more (--json lists all)"] if len(entries) > _SHOWN else []
    return [f"{what}: {told}", *shown, *more]


def _passage(change: PassageChange) -> str:
    lines = [f"{_MARKS[change.change]} {change.id}" + (f" (was {change.was})" if change.was else "")]
    if change.change is ChangeKind.CHANGED:
        lines += [f"    - {s}" for s in change.gone] + [f"    + {s}" for s in change.new]
    return "\n  ".join(lines)


def _score_counts(scores: Sequence[ScoreChange]) -> dict[str, int]:
    return dict(Counter("added" if c.before is None else "removed" if c.after is None else "changed" for c in scores))


def _scores(changes: Sequence[ScoreChange], taxonomy: Taxonomy) -> list[str]:
    """Each change as a line; many scores added to an edition, or removed from it, are one line together."""
    alike: dict[tuple[str, int], list[ScoreChange]] = {}
    for change in changes:
        kind = "+" if change.before is None else "-" if change.after is None else "~"
        alike.setdefault((kind, change.edition), []).append(change)
    lines: list[str] = []
    for (kind, edition), group in alike.items():
        if kind != "~" and len(group) > _SHOWN:
            countries = counted(len({c.country for c in group}), "country", "countries")
            lines.append(f"{kind} {edition} edition: {counted(len(group), 'score')} of {countries}")
        else:
            lines += [_score(change, taxonomy) for change in group]
    return lines


def _score(change: ScoreChange, taxonomy: Taxonomy) -> str:
    indicator = taxonomy.indicators.get(change.indicator)
    where = f"{_country(change.country, taxonomy)} {change.edition}, {indicator.name if indicator else change.indicator}"
    if change.before is None:
        return f"+ {where}: {change.after}"
    return f"- {where}: {change.before}" if change.after is None else f"~ {where}: {change.before} → {change.after}"


def _country(code: str, taxonomy: Taxonomy) -> str:
    """The name of a country, or its code where an earlier build had one that the taxonomy has no longer."""
    return taxonomy.countries[code].name if code in taxonomy.countries else code


def _work(report: BuildReport) -> list[str]:
    w = report.work
    verb = "to embed" if report.outcome is BuildOutcome.PLANNED else "embedded"
    reused = w.chunks + w.sentences - w.chunks_embedded - w.sentences_embedded
    more = f"; {counted(reused, 'vector')} reused" if reused else ""
    lines = [f"Texts {verb}: {w.chunks_embedded} of {w.chunks} chunks, {w.sentences_embedded} of {w.sentences} sentences{more}"]
    return [*lines, f"The vectors of the previous build cannot be reused: {report.anew}"] if report.anew else lines


def drift_lines(drift: DriftReport) -> list[str]:
    """Which saved questions changed their answer, and how."""
    if drift.skipped:
        return [f"Saved questions: not compared ({drift.skipped})"]
    if not drift.asked:
        return []
    lines = [f"Saved questions: {drift.asked} asked, {drift.share:.0%} changed their answer"]
    for d in drift.drifts:
        lines += [f"  {d.change}: {d.question}", f"    - {d.before}", f"    + {d.after}"]
    return lines


def history_text(generations: Sequence[Stored], published: str) -> str:
    """The generations, the newest first, the published one marked."""
    lines = []
    for stored in generations:
        mark = "*" if stored.name == published else " "
        if stored.manifest is None:
            lines.append(f"{mark} {stored.name}  {stored.trouble}")
            continue
        c = stored.manifest.counts
        built = stored.manifest.created_at[:19].replace("T", " ")
        lines.append(f"{mark} {stored.name}  built {built} UTC  {_loaded(c)}")
    return "\n".join([*lines, "* published"]) + "\n"
