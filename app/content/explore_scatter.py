"""Scatter: one score against another across the countries of a group, in one edition. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.content import charts
from app.content.explore_ranking import among_words
from app.content.file_names import file_stem
from app.content.panels import Drawing, Panel, figure, record
from corpus.taxonomy import WORLD, Indicator, Taxonomy
from index.language.phrases import group_in_sentence, in_sentence, joined
from index.scores.correlation import FEWEST, pearson, spearman
from index.scores.score import Score

_NO_CAUSE = (
    "Correlation is not causation: it says how closely two scores go together across these countries, not that one causes the "
    "other. A third factor may drive both."
)
_MOST_NAMED = 30


@dataclass(frozen=True, slots=True)
class ScatterChoice:
    """`across` and `up` are indicators by id; `group` is a group's name or "world"."""

    across: str
    up: str
    edition: int
    group: str = WORLD


def scatter_panel(choice: ScatterChoice, scores: Sequence[Score], taxonomy: Taxonomy) -> Panel:
    """The scatter; `scores` are those of both indicators in the edition."""
    across, up = taxonomy.indicators[choice.across], taxonomy.indicators[choice.up]
    title = f"{up.name} against {in_sentence(across)}, {choice.edition} edition, {group_in_sentence(choice.group, taxonomy)}"
    if choice.across == choice.up:
        return Panel("scatter", title, nothing="Both axes show the same indicator.", next_step="choose another for one of them.")
    members = taxonomy.members(choice.group, choice.edition)
    by_indicator = {
        i: {s.country: s for s in scores if s.indicator == i and s.country in members} for i in (choice.across, choice.up)
    }
    first, second = by_indicator[choice.across], by_indicator[choice.up]
    both = sorted(set(first) & set(second))
    if not both:
        where = group_in_sentence(choice.group, taxonomy)
        nothing = f"No country in {where} has both scores in the {choice.edition} edition."
        return Panel("scatter", title, nothing=nothing, next_step="choose another edition or group.")
    pairs = [(first[c], second[c]) for c in both]
    rows = _circles(pairs, taxonomy)
    correlations = _correlations(pairs)
    words = (
        f"Across {among_words(len(both), len(members), choice.group, taxonomy)}: {correlations}.",
        _NO_CAUSE,
        *_shared(across, up, choice.edition, taxonomy),
        "Circles are larger where several countries share the same two scores.",
    )
    axes = [f"{i.name} ({i.pillar.direction})" for i in (across, up)]
    chart = charts.scatter(rows, axes[0], axes[1], named=len(rows) <= _MOST_NAMED)
    return Panel(
        name=file_stem("scatter", choice.up, choice.across, str(choice.edition), choice.group),
        title=title,
        words=words,
        drawings=(
            Drawing(title, chart, f"Scatter plot, {title}, {len(both)} countries: {correlations}. The table lists every pair."),
        ),
        rows=tuple(
            {
                "Country": taxonomy.countries[a.country].name,
                across.name: figure(a.value),
                up.name: figure(b.value),
            }
            for a, b in sorted(pairs, key=lambda pair: taxonomy.countries[pair[0].country].name)
        ),
        records=tuple(record(score, taxonomy) for pair in pairs for score in pair),
    )


def _circles(pairs: Sequence[tuple[Score, Score]], taxonomy: Taxonomy) -> list[dict[str, object]]:
    at: dict[tuple[Decimal, Decimal], list[str]] = {}
    for first, second in pairs:
        at.setdefault((first.value, second.value), []).append(taxonomy.countries[first.country].name)
    return [
        {"first": float(x), "second": float(y), "countries": len(names), "names": ", ".join(sorted(names))}
        for (x, y), names in sorted(at.items(), key=lambda entry: -len(entry[1]))
    ]


def _correlations(pairs: Sequence[tuple[Score, Score]]) -> str:
    first, second = [float(a.value) for a, _ in pairs], [float(b.value) for _, b in pairs]
    linear, of_ranks = pearson(first, second), spearman(first, second)
    if linear is None or of_ranks is None:
        why = (
            f"fewer than {FEWEST} countries have both scores"
            if len(pairs) < FEWEST
            else "one of the scores is the same for all of them"
        )
        return f"no correlation can be computed, because {why}"
    return f"Pearson correlation {linear:+.2f}, Spearman rank correlation {of_ranks:+.2f}"


def _shared(across: Indicator, up: Indicator, edition: int, taxonomy: Taxonomy) -> tuple[str, ...]:
    """A warning if both scores average the same indicators."""
    leaves = [set(taxonomy.leaves(i.id, edition)) for i in (across, up)]
    common = leaves[0] & leaves[1]
    if not common:
        return ()
    names = joined([in_sentence(taxonomy.indicators[i]) for i in taxonomy.indicators if i in common][:3])
    more = f" and {len(common) - 3} more" if len(common) > 3 else ""
    return (f"Both include {names}{more}, so they are correlated by construction.",)
