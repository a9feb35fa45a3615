"""The questions that the Ask page suggests: some of every kind of answer, each one that what is loaded can answer. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.taxonomy import GroupKind, Taxonomy
from index.answers.example_questions import example_questions
from index.generations.snapshot import Snapshot
from index.language.phrases import group_in_sentence, in_sentence
from index.profiles.page_field import page_fields, printed_value, says_nothing

_KNOWN = ("PER", 2021)
_OF_PERU = ("Who controls illegal gold mining in Peru?", "Are Peruvian judges under investigation?")
_FEWEST_TO_CORRELATE = 3


@dataclass(frozen=True, slots=True)
class Suggested:
    """Questions that belong together, under a heading."""

    heading: str
    questions: tuple[str, ...]


def suggested_questions(snapshot: Snapshot) -> tuple[Suggested, ...]:
    """The suggested questions under their headings, of which none is empty; the first one also stands in the empty box."""
    countries = _one_a_continent(snapshot)
    known = _KNOWN[1] in snapshot.text_editions.get(_KNOWN[0], ())
    first = (*(_OF_PERU if known else example_questions(snapshot)), *_of_scores(snapshot, countries))
    found = (
        Suggested("Try one of these:", first),
        Suggested("A country:", tuple(_of_countries(snapshot, countries))),
        Suggested("Across countries:", tuple(_across(snapshot, countries[0] if countries else None))),
        Suggested("The Index:", ("What do the scores mean?", "Which editions are there?", "What counts as flora crimes?")),
    )
    return tuple(s for s in found if s.questions)


def _one_a_continent(snapshot: Snapshot) -> tuple[str, ...]:
    """Of each continent, the country with the highest criminality in the latest edition loaded; continents by name.

    Names of one word come first: they read well in every question.
    """
    editions = snapshot.loaded.editions("criminality")
    if not editions:
        return ()
    latest, taxonomy = max(editions), snapshot.taxonomy
    scores = snapshot.score_store.scores_of(sorted(snapshot.loaded.having("criminality", latest)))
    found: dict[str, str] = {}
    by_score = sorted(scores, key=lambda c: (-scores[c]["criminality", latest][0], taxonomy.countries[c].name))
    for country in sorted(by_score, key=lambda c: " " in taxonomy.countries[c].name):
        found.setdefault(taxonomy.continent(country), country)
    return tuple(found[continent] for continent in sorted(found))


def _of_scores(snapshot: Snapshot, countries: Sequence[str]) -> Iterator[str]:
    """A rank in a continent, conditions, and a change, each of another country where there are several."""
    names = _names(snapshot, countries)
    if not countries:
        return
    editions = snapshot.loaded.editions("criminality", (countries[-1],))
    yield f"How does {names[0]} rank for criminality in {_continent(snapshot, countries[0])}?"
    if len(countries) > 1:
        yield f"Which countries in {_continent(snapshot, countries[1])} have criminality above 6 and resilience below 5?"
    if len(editions) > 1:
        yield f"How did {names[-1]}'s criminality change between {editions[-2]} and {editions[-1]}?"


def _continent(snapshot: Snapshot, country: str) -> str:
    return group_in_sentence(snapshot.taxonomy.continent(country), snapshot.taxonomy)


def _names(snapshot: Snapshot, countries: Sequence[str]) -> tuple[str, ...]:
    return tuple(snapshot.taxonomy.countries[country].name for country in countries)


def _of_countries(snapshot: Snapshot, countries: Sequence[str]) -> Iterator[str]:
    """An overview, an explanation and a trend, each of another country where there are several, and what a page prints."""
    if not countries:
        return
    names = _names(snapshot, countries)
    told, explained, followed = (at % len(countries) for at in (2, 3, 1))
    yield f"Tell me about {names[told]}"
    yield f"Why does {names[explained]} score as it does for criminality?"
    if len(snapshot.loaded.editions("criminality", (countries[followed],))) > 1:
        yield f"How has criminality developed in {names[followed]} over the editions?"
    for profile in snapshot.coverage:
        for field in page_fields().values():
            printed = printed_value(profile, field)
            if printed is not None and not says_nothing(printed):
                yield f"What is the {field.name} of {snapshot.taxonomy.countries[profile.country].name}?"
                return


def _across(snapshot: Snapshot, country: str | None) -> Iterator[str]:
    if country is None:
        return
    taxonomy, edition = snapshot.taxonomy, max(snapshot.loaded.editions("criminality"))
    having = set(snapshot.loaded.having("criminality", edition))
    for kind, word in ((GroupKind.CONTINENT, "continents"), (GroupKind.REGION, "regions")):
        if len(_present(taxonomy, kind, having, edition)) > 1:
            yield f"Rank the {word} by mean criminality"
            break
    region = taxonomy.region(country, edition)
    yield f"Rank the criminal markets in {group_in_sentence(region, taxonomy)}"
    others = sorted(c for c in having & set(taxonomy.members(region, edition)) if c != country)
    others = others or sorted(having - {country})
    if others:
        yield f"How far apart are {taxonomy.countries[country].name} and {taxonomy.countries[others[0]].name} on criminality?"
    if len(having & set(snapshot.loaded.having("resilience", edition))) >= _FEWEST_TO_CORRELATE:
        low = in_sentence(taxonomy.indicators["criminality"])
        yield f"Do {low} and {in_sentence(taxonomy.indicators['resilience'])} go together across countries?"


def _present(taxonomy: Taxonomy, kind: GroupKind, having: set[str], edition: int) -> list[str]:
    return [g.name for g in taxonomy.groups.values() if g.kind is kind and having & set(taxonomy.members(g.name, edition))]
