"""The questions that the Ask page suggests: some of every kind of answer, each one that what is loaded can answer. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from corpus.taxonomy import GroupKind, Taxonomy
from index.answers.example_questions import example_questions
from index.generations.snapshot import Snapshot
from index.language.phrases import group_in_sentence, in_sentence
from index.profiles.page_field import page_fields, printed_value, says_nothing

_KNOWN = ("PER", 2021)
_OF_PERU = (
    "Who controls illegal gold mining in Peru?",
    "Peru cocaine score 2023",
    "How does Peru rank for criminality in South America?",
    "Which South American countries have criminality above 6 and resilience below 5?",
    "How did Peru's criminal markets average change between 2021 and 2023?",
    "Are Peruvian judges under investigation?",
)
_FEWEST_TO_CORRELATE = 3


@dataclass(frozen=True, slots=True)
class Suggested:
    """Questions that belong together, under a heading."""

    heading: str
    questions: tuple[str, ...]


def suggested_questions(snapshot: Snapshot) -> tuple[Suggested, ...]:
    """The suggested questions under their headings, of which none is empty; the first one also stands in the empty box."""
    country = _country(snapshot)
    known = country == _KNOWN[0] and _KNOWN[1] in snapshot.text_editions.get(country, ())
    first = _OF_PERU if known else example_questions(snapshot)
    of_country = () if country is None else tuple(_of_country(snapshot, country))
    found = (
        Suggested("Try one of these:", first),
        Suggested("A country:", of_country),
        Suggested("Across countries:", tuple(_across(snapshot, country))),
        Suggested("The Index:", ("What do the scores mean?", "Which editions are there?", "What counts as flora crimes?")),
    )
    return tuple(s for s in found if s.questions)


def _country(snapshot: Snapshot) -> str | None:
    """A country that the latest edition loaded has scores of, one with text if any: Peru, or else from the middle of the list."""
    editions = snapshot.loaded.editions("criminality")
    if not editions:
        return None
    scored = sorted(snapshot.loaded.having("criminality", max(editions)))
    preferred = [c for c in scored if c in snapshot.text_editions] or scored
    return _KNOWN[0] if _KNOWN[0] in preferred else preferred[len(preferred) // 2]


def _of_country(snapshot: Snapshot, country: str) -> Iterator[str]:
    name = snapshot.taxonomy.countries[country].name
    yield f"Tell me about {name}"
    yield f"Why does {name} score as it does for criminality?"
    if len(snapshot.loaded.editions("criminality", (country,))) > 1:
        yield f"How has criminality developed in {name} over the editions?"
    for profile in snapshot.coverage:
        for field in page_fields().values():
            printed = printed_value(profile, field)
            if profile.country == country and printed is not None and not says_nothing(printed):
                yield f"What is the {field.name} of {name}?"
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
