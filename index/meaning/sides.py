"""What is set side by side where it is not countries: groups, or the indicators of a family. Pure."""

from __future__ import annotations

from corpus.taxonomy import GroupKind, Taxonomy
from index.contract.answer_kind import Kind
from index.meaning.meaning import By, Meaning
from index.questions.context import OVERALL


def groups_meant(meaning: Meaning, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The groups set side by side: those named, or all regions or continents, or those inside a group that is named."""
    named = tuple(dict.fromkeys(g for any_of in meaning.groups for g in any_of))
    if meaning.by not in (By.REGION, By.CONTINENT):
        return named
    kind = GroupKind.REGION if meaning.by is By.REGION else GroupKind.CONTINENT
    every = [g for g in taxonomy.groups.values() if g.kind is kind]
    inside = [g.name for g in every if g.continent in named] or [g.name for g in every if g.name in named]
    without = meaning.without_groups
    return tuple(g for g in (inside or [g.name for g in every]) if g not in without)


def family_meant(meaning: Meaning, edition: int, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The indicators set side by side: several named, or the measured ones below the averages named, or all."""
    single = [i for i in meaning.indicators if not taxonomy.parts(i, edition)]
    averages = [i for i in meaning.indicators if taxonomy.parts(i, edition)]
    if len(single) > 1 and not averages:
        return tuple(single)
    if single and not averages:
        averages = [parent for i in single if (parent := taxonomy.indicators[i].parent) is not None]
    if len(averages) > 1 and set(averages) == set(OVERALL) and meaning.kind is Kind.INDICATOR_SET and meaning.order is None:
        return tuple(averages)
    return tuple(dict.fromkeys(leaf for top in averages or OVERALL for leaf in taxonomy.leaves(top, edition)))
