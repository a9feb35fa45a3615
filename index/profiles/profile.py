"""The whole profile of a country in an edition: every score with its change and ranks, every section with its text. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.taxonomy import WORLD, Taxonomy
from index.passages.coverage import LoadedProfile
from index.passages.passage import Passage
from index.scores.like_for_like import added_parts, like_for_like
from index.scores.query import Change
from index.scores.ranking import Standing, standing

# Every loaded score, by country, edition and indicator.
AllScores = Mapping[tuple[str, int, str], Decimal]


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One score of the edition and how it changed since the edition `before`; None where there is none to compare with.

    `earlier` is the score in that edition, or None. For an average that gained indicators in between, `added` names them and
    `like_for_like` is the change over the others. `standings` are within the world, the continent and the region; `was` is the
    earlier standing within the world.
    """

    indicator: str
    edition: int
    value: Decimal
    source: str
    before: int | None
    earlier: Decimal | None
    like_for_like: Decimal | None
    added: tuple[str, ...]
    standings: tuple[Standing, ...]
    was: Standing | None

    @property
    def change(self) -> Decimal | None:
        """The exact change since the edition before; None where that edition does not have the score."""
        return None if self.earlier is None else self.value - self.earlier


@dataclass(frozen=True, slots=True)
class SectionText:
    """One of the eleven sections of a loaded page.

    Where there are no paragraphs, `first_edition` is the later edition from which, according to the page, the topic is covered;
    `on_page` is False where the page does not even have the heading.
    """

    id: str
    name: str
    indicators: tuple[str, ...]
    paragraphs: tuple[Passage, ...]
    first_edition: int | None
    on_page: bool


def edition_before(edition: int, having: Iterable[int]) -> int | None:
    """The latest of these editions that is earlier."""
    return max((e for e in having if e < edition), default=None)


def score_lines(
    country: str,
    edition: int,
    before: int | None,
    own: Mapping[tuple[str, int], tuple[Decimal, str]],
    everyone: AllScores,
    taxonomy: Taxonomy,
) -> tuple[ScoreLine, ...]:
    """The loaded scores of an edition, in the order of the Index, with their changes since the edition `before`.

    `own` are the country's scores with their sources, by indicator and edition.
    """
    values = {key: value for key, (value, _) in own.items()}
    columns = _columns(everyone)
    groups = {g: taxonomy.members(g, edition) for g in (WORLD, taxonomy.continent(country), taxonomy.region(country, edition))}
    lines = []
    for indicator in (i.id for i in taxonomy.measured(edition) if (i.id, edition) in own):
        value, source = own[indicator, edition]
        column = columns.get((edition, indicator), {})
        ranks = (standing(column, country, group, members) for group, members in groups.items())
        earlier = like = was = None
        added: tuple[str, ...] = ()
        if before is not None and (earlier := values.get((indicator, before))) is not None:
            change = Change(indicator, before, edition)
            added = added_parts(change, taxonomy)
            like = like_for_like(change, values, taxonomy) if added else None
            was = standing(columns.get((before, indicator), {}), country, WORLD, groups[WORLD])
        standings = tuple(r for r in ranks if r is not None)
        lines.append(ScoreLine(indicator, edition, value, source, before, earlier, like, added, standings, was))
    return tuple(lines)


def profile_sections(profile: LoadedProfile, passages: Iterable[Passage], taxonomy: Taxonomy) -> tuple[SectionText, ...]:
    """The eleven sections in the order of the Index, including those the page does not have."""
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        if (passage.country, passage.edition) == (profile.country, profile.edition) and passage.section_id is not None:
            found.setdefault(passage.section_id, []).append(passage)
    return tuple(
        SectionText(
            s.id,
            s.name,
            s.indicators,
            tuple(sorted(found.get(s.id, ()), key=lambda p: p.paragraph or 0)),
            profile.placeholders.get(s.id),
            s.id in profile.paragraphs,
        )
        for s in taxonomy.sections
    )


def paragraphs_of(sections: Sequence[SectionText]) -> dict[str, Passage]:
    """The paragraphs of a page by id."""
    return {p.id: p for s in sections for p in s.paragraphs}


def _columns(everyone: AllScores) -> dict[tuple[int, str], dict[str, Decimal]]:
    """The scores by edition and indicator, then country."""
    columns: dict[tuple[int, str], dict[str, Decimal]] = {}
    for (country, edition, indicator), value in everyone.items():
        columns.setdefault((edition, indicator), {})[country] = value
    return columns
