"""What a downloaded table says about itself: what it is, editions, scale, source, how to cite it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.content.answer_citation import PUBLISHER, Source, as_text, sources_of
from app.content.panels import Panel
from corpus.addresses import SITE, country_slug, page_address
from corpus.taxonomy import Pillar, Taxonomy
from index.contract.answer_object import Answer
from index.generations.manifest import Manifest

_RESTATED = "Where the column note says so, the text is paraphrased and not the Index's own wording."


@dataclass(frozen=True, slots=True)
class About:
    """What stands on the sheet "About"; empty notes are left out."""

    what: str
    editions: tuple[int, ...]
    scale: tuple[str, ...]
    citation: str
    build: str
    notes: tuple[str, ...] = ()

    def lines(self) -> list[tuple[str, str]]:
        """A label and a text for each line."""
        return [
            ("What this is", self.what),
            *(("Note", note) for note in self.notes if note),
            ("Editions", ", ".join(map(str, self.editions)) or "none"),
            *(("Scale", line) for line in self.scale),
            ("Source", f"Global Organized Crime Index, {PUBLISHER}, {SITE}. Each row names where its figures were read."),
            ("How to cite", self.citation),
            ("Made from", self.build),
        ]


def build_words(manifest: Manifest) -> str:
    """The index build that a file was made from."""
    return f"ocqa index build {manifest.name} of {manifest.created_at[:10]}"


def scale_words(pillars: Iterable[Pillar]) -> tuple[str, ...]:
    """The scale and its direction, a sentence for each pillar among these; for none, both."""
    found = set(pillars) or set(Pillar)
    return tuple(f"{p.capitalize()} scores run from 1 to 10; {p.direction}." for p in Pillar if p in found)


def about_scores(what: str, editions: Sequence[int], manifest: Manifest, taxonomy: Taxonomy) -> About:
    """About all scores of these editions. They are cited as of the day of the build, so equal content gives equal files."""
    sources = [Source(None, edition, SITE) for edition in editions]
    return About(what, tuple(editions), scale_words(()), _cited(sources, manifest, taxonomy), build_words(manifest))


def about_profile(country: str, edition: int, manifest: Manifest, taxonomy: Taxonomy) -> About:
    """About the scores of a country in an edition."""
    known = taxonomy.countries[country]
    source = Source(country, edition, page_address(edition, country_slug(known)))
    return About(
        what=f"Scores of {known.name}, {edition} edition, with changes since the edition before and ranks",
        editions=(edition,),
        scale=scale_words(()),
        citation=_cited([source], manifest, taxonomy),
        build=build_words(manifest),
        notes=("Ranks are among the loaded countries of each group; equal scores share a rank.",),
    )


def about_panel(panel: Panel, manifest: Manifest, taxonomy: Taxonomy) -> About:
    """About a view of Explore, with what the view says in words."""
    editions = tuple(sorted({int(str(record["edition"])) for record in panel.records}))
    return About(
        what=panel.title,
        editions=editions,
        scale=scale_words(_pillars(panel.records, taxonomy)),
        citation=_cited([Source(None, edition, SITE) for edition in editions], manifest, taxonomy),
        build=build_words(manifest),
        notes=panel.words,
    )


def about_answer(answer: Answer, manifest: Manifest, taxonomy: Taxonomy) -> About:
    """About an answer: its question, and the answer in words."""
    editions = tuple(sorted({*answer.understood.editions, *(fact.edition for fact in answer.facts)}))
    indicators = {*answer.understood.indicators, *(fact.indicator for fact in answer.facts)}
    sources = sources_of(answer, len(answer.passages), taxonomy)
    return About(
        what=f"Answer to: {answer.question}",
        editions=editions,
        scale=scale_words(taxonomy.indicators[i].pillar for i in indicators),
        citation=_cited(sources or [Source(None, taxonomy.editions[-1], SITE)], manifest, taxonomy),
        build=build_words(manifest),
        notes=(answer.answer, *answer.notes, _RESTATED if any(source.restated for source in sources) else ""),
    )


def _cited(sources: Iterable[Source], manifest: Manifest, taxonomy: Taxonomy) -> str:
    return as_text(sources, taxonomy, date.fromisoformat(manifest.created_at[:10]))


def _pillars(records: Iterable[Mapping[str, object]], taxonomy: Taxonomy) -> set[Pillar]:
    ids = {taxonomy.indicator_of_label(str(record["indicator"])) for record in records}
    return {taxonomy.indicators[i].pillar for i in ids if i is not None}
