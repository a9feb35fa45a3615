"""Everything loaded for a chosen profile, gathered from the snapshot."""

from __future__ import annotations

from dataclasses import dataclass

from app.content.profile_choice import Choice
from app.content.profile_spark import OwnScores
from corpus.addresses import country_slug, page_address
from index.generations.snapshot import Snapshot
from index.passages.coverage import LoadedProfile
from index.profiles.edition_diff import ComparedSection, compared
from index.profiles.profile import AllScores, ScoreLine, SectionText, edition_before, profile_sections, score_lines


@dataclass(frozen=True)
class Shown:
    """A country in an edition; without a loaded page `profile` is None and `sections` is empty; `lines` are its scores.

    `own` are the scores of all its editions.
    """

    snapshot: Snapshot
    everyone: AllScores
    country: str
    edition: int
    name: str
    profile: LoadedProfile | None
    sections: tuple[SectionText, ...]
    lines: tuple[ScoreLine, ...]
    own: OwnScores

    @property
    def address(self) -> str:
        """The web address of the Index's own page."""
        if self.profile is not None:
            return self.profile.url
        return page_address(self.edition, country_slug(self.snapshot.taxonomy.countries[self.country]))

    @property
    def other_texts(self) -> tuple[int, ...]:
        """The other editions whose page is loaded, the latest first."""
        return tuple(e for e in self.snapshot.text_editions.get(self.country, ()) if e != self.edition)


@dataclass(frozen=True)
class Pair:
    """Two editions of a profile, compared, with the scores of the later and their changes since the earlier."""

    earlier: int
    later: int
    sections: tuple[ComparedSection, ...]
    lines: tuple[ScoreLine, ...]


def gather(snapshot: Snapshot, everyone: AllScores, choice: Choice) -> Shown:
    """Everything loaded for the choice. `everyone` holds all loaded scores; ranks are computed from it."""
    country, edition = choice.country, choice.edition
    own = snapshot.score_store.scores_of((country,))[country]
    before = edition_before(edition, {e for _, e in own})
    return Shown(
        snapshot,
        everyone,
        country,
        edition,
        snapshot.taxonomy.countries[country].name,
        snapshot.profiles.get((country, edition)),
        _sections(snapshot, country, edition),
        score_lines(country, edition, before, own, everyone, snapshot.taxonomy),
        own,
    )


def beside(shown: Shown, other: int) -> Pair:
    """The profile compared with that of another loaded edition."""
    earlier, later = sorted((shown.edition, other))
    sections = compared(*(_sections(shown.snapshot, shown.country, e) for e in (earlier, later)))
    lines = score_lines(shown.country, later, earlier, shown.own, shown.everyone, shown.snapshot.taxonomy)
    return Pair(earlier, later, sections, lines)


def _sections(snapshot: Snapshot, country: str, edition: int) -> tuple[SectionText, ...]:
    profile = snapshot.profiles.get((country, edition))
    return profile_sections(profile, snapshot.passages, snapshot.taxonomy) if profile else ()
