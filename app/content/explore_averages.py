"""Averages: mean, median, lowest and highest of one score by group, or of every score for one group. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.content import charts
from app.content.explore_choices import Across
from app.content.file_names import file_stem
from app.content.panels import Drawing, Panel, figure
from corpus.taxonomy import WORLD, GroupKind, Pillar, Taxonomy
from index.language.phrases import group_in_sentence, joined
from index.scores.averages import GroupSummary, MeanChange, group_summary, mean_change
from index.scores.query import Change
from index.scores.result_sentences import added_words
from index.scores.score import Score

_KINDS = {Across.REGIONS: GroupKind.REGION, Across.CONTINENTS: GroupKind.CONTINENT, Across.MEMBERSHIPS: GroupKind.MEMBERSHIP}
_NONE = "none loaded"
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class AveragesChoice:
    """Averages by group use `indicator`, averages by indicator use `group`; `start` is an earlier edition to compare with."""

    across: Across
    indicator: str
    group: str
    edition: int
    start: int | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of the table: an indicator over the members of a group."""

    name: str
    indicator: str
    group: str
    members: tuple[str, ...]
    summary: GroupSummary | None
    move: MeanChange | None


def averages_panel(choice: AveragesChoice, scores: Sequence[Score], taxonomy: Taxonomy) -> Panel:
    """The averages; `scores` are those of the indicators, and of all that they average, in the editions chosen."""
    lines = [_line(choice, name, indicator, group, scores, taxonomy) for name, indicator, group in _asked(choice, taxonomy)]
    over_groups = choice.across is not Across.INDICATORS
    indicator = taxonomy.indicators[choice.indicator]
    group = group_in_sentence(choice.group, taxonomy)
    what = f"{indicator.name} by {choice.across.singular}" if over_groups else f"All indicators, {group}"
    title = f"{what}, {choice.edition} edition" + (f" and change since {choice.start}" if choice.start else "")
    known = [line for line in lines if line.summary is not None]
    if not known:
        nothing = f"None of the scores needed are loaded for the {choice.edition} edition."
        return Panel("averages", title, nothing=nothing, next_step="choose another edition, indicator or group.")
    scale = f"Score, 1 to 10 ({indicator.pillar.direction})" if over_groups else "Score, 1 to 10"
    return Panel(
        name=file_stem("averages", choice.across, choice.indicator if over_groups else choice.group, *_span(choice)),
        title=title,
        words=_words(choice, lines, taxonomy),
        drawings=tuple(_drawings(choice, known, title, scale, taxonomy)),
        rows=tuple(_row(choice, line, taxonomy) for line in lines),
        records=tuple(
            _record(choice, line, s, taxonomy)
            for line in known
            for s in _of(line.indicator, choice.edition, line.members, scores)
        ),
    )


def _span(choice: AveragesChoice) -> tuple[str, ...]:
    """The editions in the name of the file."""
    return tuple(str(e) for e in (choice.start, choice.edition) if e is not None)


def _asked(choice: AveragesChoice, taxonomy: Taxonomy) -> Iterator[tuple[str, str, str]]:
    """The name, indicator and group of each row."""
    if choice.across is Across.INDICATORS:
        for indicator in taxonomy.measured(choice.edition):
            yield indicator.name, indicator.id, choice.group
        return
    yield "The world", choice.indicator, WORLD
    for group in taxonomy.groups.values():
        if group.kind is _KINDS[choice.across] and not group.area:
            yield group.name, choice.indicator, group.name


def _line(choice: AveragesChoice, name: str, indicator: str, group: str, scores: Sequence[Score], taxonomy: Taxonomy) -> _Line:
    members = taxonomy.members(group, choice.edition)
    moved = None
    if choice.start is not None:
        moved = mean_change(Change(indicator, choice.start, choice.edition), members, scores, taxonomy)
    return _Line(name, indicator, group, members, group_summary(_of(indicator, choice.edition, members, scores)), moved)


def _of(indicator: str, edition: int, members: Sequence[str], scores: Sequence[Score]) -> list[Score]:
    return [s for s in scores if s.indicator == indicator and s.edition == edition and s.country in members]


def _row(choice: AveragesChoice, line: _Line, taxonomy: Taxonomy) -> dict[str, str]:
    found = line.summary
    row = {
        "Indicator" if choice.across is Across.INDICATORS else "Group": line.name,
        "Countries": f"{found.countries if found else 0} of {len(line.members)}",
        "Mean": figure(found.mean) if found else _NONE,
        "Median": figure(found.median) if found else _NONE,
        "Lowest": f"{figure(found.lowest)}, {_named(found.lowest_in, taxonomy)}" if found else _NONE,
        "Highest": f"{figure(found.highest)}, {_named(found.highest_in, taxonomy)}" if found else _NONE,
    }
    if choice.start is not None:
        row[f"Change in mean since {choice.start}"] = figure(line.move.published if line.move else None, signed=True)
        row["Like for like"] = figure(line.move.like_for_like if line.move else None, signed=True)
    return row


def _named(codes: Sequence[str], taxonomy: Taxonomy) -> str:
    names = [taxonomy.countries[c].name for c in codes]
    return joined(names) if len(names) <= _MOST_NAMED else f"{len(names)} countries"


def _record(choice: AveragesChoice, line: _Line, score: Score, taxonomy: Taxonomy) -> dict[str, object]:
    """One score behind a row, with the row's averages, so that every average can be checked against its sources."""
    assert line.summary is not None
    moved = line.move
    return {
        "group": line.group,
        "indicator": taxonomy.indicators[line.indicator].name,
        "edition": choice.edition,
        "mean": float(line.summary.mean),
        "median": float(line.summary.median),
        "lowest": float(line.summary.lowest),
        "highest": float(line.summary.highest),
        "countries": line.summary.countries,
        "compared_with": choice.start,
        "mean_change": float(moved.published) if moved else None,
        "mean_change_like_for_like": float(moved.like_for_like) if moved and moved.like_for_like is not None else None,
        "country": taxonomy.countries[score.country].name,
        "iso3": score.country,
        "score": float(score.value),
        "source": score.source,
    }


def _words(choice: AveragesChoice, lines: Sequence[_Line], taxonomy: Taxonomy) -> tuple[str, ...]:
    words = ["Every country counts equally, whatever its size. Countries without a score are left out, not counted as zero."]
    if choice.across is not Across.INDICATORS:
        words[0] = f"{taxonomy.indicators[choice.indicator].pillar.direction.capitalize()}. {words[0]}"
    words.append(
        "In the chart, each line runs from the lowest to the highest score; the diamond is the mean, the upright bar the median."
    )
    if any(line.summary and line.summary.countries < len(line.members) for line in lines):
        words.append(
            "The Countries column says how many countries of a group have a loaded score; the averages cover only those."
        )
    first, last = taxonomy.editions[0], taxonomy.editions[-1]
    averages = [i for i in {line.indicator for line in lines} if len(taxonomy.leaves(i, first)) < len(taxonomy.leaves(i, last))]
    if choice.start is None:
        if averages:
            words.append(
                f"The {first} averages cannot be compared directly with later ones, because indicators were added in "
                f"{taxonomy.editions[1]}. To see the like-for-like change, over the indicators that both editions measured, "
                "choose an edition under “Compare with”."
            )
        return tuple(words)
    words.append(f"Changes cover the countries that have a score in both {choice.start} and {choice.edition}.")
    if longest := max((line.move.added for line in lines if line.move), key=len, default=()):
        words.append(added_words(longest, choice.edition, taxonomy))
    return tuple(words)


def _drawings(choice: AveragesChoice, known: Sequence[_Line], title: str, scale: str, taxonomy: Taxonomy) -> Iterator[Drawing]:
    """One chart by group; by indicator one for each of the two scales, which run in opposite directions."""
    if choice.across is not Across.INDICATORS:
        yield _drawing(known, title, scale)
        return
    for pillar in Pillar:
        own = [line for line in known if taxonomy.indicators[line.indicator].pillar is pillar]
        if own:
            yield _drawing(own, f"{title}: {pillar} ({pillar.direction})", f"{scale} ({pillar.direction})")


def _drawing(lines: Sequence[_Line], title: str, axis: str) -> Drawing:
    rows = [
        {
            "name": line.name,
            "countries": found.countries,
            **{field: float(getattr(found, field)) for field in ("lowest", "highest", "mean", "median")},
        }
        for line in lines
        if (found := line.summary) is not None
    ]
    told = "; ".join(
        f"{r['name']} mean {r['mean']:.2f}, median {r['median']:.2f}, {r['lowest']:.2f} to {r['highest']:.2f}" for r in rows
    )
    return Drawing(title, charts.ranges(rows, axis), f"Range chart, {title}: {told}.")
