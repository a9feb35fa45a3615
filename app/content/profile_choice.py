"""Which profile an address opens, and which one instead if that is not loaded. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from corpus.taxonomy import Taxonomy
from index.language.phrases import edition_list
from index.language.sentences import Span
from index.passages.passage import Passage
from index.scores.loaded_scores import LoadedScores

# The editions of each country, the latest first; countries in order of name.
Offered = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Choice:
    """The country and edition shown; `notes` say what the address leaves open, `warnings` what it asks for that is not there."""

    country: str
    edition: int
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Opening:
    """The paragraph to open and the character range to highlight in it; `warning` if either is not there."""

    passage: Passage | None = None
    at: Span | None = None
    warning: str = ""


def offered_profiles(
    profiles: Collection[tuple[str, int]], loaded: LoadedScores, taxonomy: Taxonomy
) -> dict[str, tuple[int, ...]]:
    """The countries and editions with a profile or with scores."""
    having = set(profiles)
    for editions in loaded.cells.values():
        having |= {(country, edition) for edition, countries in editions.items() for country in countries}
    found: dict[str, tuple[int, ...]] = {}
    for country, edition in sorted(having, key=lambda pair: (taxonomy.countries[pair[0]].name, -pair[1])):
        found[country] = (*found.get(country, ()), edition)
    return found


def choose(asked: Mapping[str, str], offered: Offered, profiles: Collection[tuple[str, int]], taxonomy: Taxonomy) -> Choice:
    """The profile that an address names (`country` as ISO3 code, `edition`), or the first one loaded.

    Something is always offered, since no index is built from nothing.
    """
    notes: list[str] = []
    warnings: list[str] = []
    code = asked.get("country", "").strip().upper()
    with_text = {c for c, _ in profiles}
    country = code if code in offered else next((c for c in offered if c in with_text), next(iter(offered)))
    if not code:
        notes.append("The address names no country, so this is the first loaded profile.")
    elif code not in offered:
        known = taxonomy.countries.get(code)
        what = f"Nothing is loaded for {known.name}" if known else f"The Index has no country with the code {code[:40]!r}"
        warnings.append(f"{what}, so this is the first loaded profile instead.")
    edition = _default_edition(country, offered, profiles)
    year = asked.get("edition", "").strip()
    if year and code in offered:
        if year in map(str, offered[country]):
            edition = int(year)
        else:
            name = taxonomy.countries[country].name
            warnings.append(
                f"No {year[:40]!r} edition of {name} is loaded, only {edition_list(offered[country])}. This is {edition}."
            )
    elif not year and code in offered:
        notes.append(f"The address names no edition, so this is the latest one loaded, {edition}.")
    return Choice(country, edition, tuple(notes), tuple(warnings))


def opening(asked: Mapping[str, str], paragraphs: Mapping[str, Passage]) -> Opening:
    """The paragraph (`passage`, by id) and character range (`at`, as in "12-80") of an address, checked against the text."""
    wanted = asked.get("passage", "").strip()
    if not wanted:
        return Opening()
    passage = paragraphs.get(wanted)
    if passage is None:
        return Opening(warning=f"This profile has no passage {wanted[:80]!r}; the link may be from another build or edition.")
    span = asked.get("at", "").strip()
    if not span:
        return Opening(passage)
    start, _, end = span.partition("-")
    if start.isascii() and end.isascii() and start.isdigit() and end.isdigit() and len(span) < 20:
        at = (int(start), int(end))
        if at[0] < at[1] <= len(passage.text):
            return Opening(passage, at)
    return Opening(passage, warning="The range to highlight does not fit this passage, so nothing is highlighted.")


def _default_edition(country: str, offered: Offered, profiles: Collection[tuple[str, int]]) -> int:
    return next((e for e in offered[country] if (country, e) in profiles), offered[country][0])
