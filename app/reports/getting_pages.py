"""How to get the pages that an answer lacks: which they are, and the command that fetches them and builds. Pure."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.addresses import page_address
from corpus.taxonomy import Taxonomy
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.contract.refusal import RefusalReason
from index.contract.typed_results import Unavailable
from index.language.phrases import joined

_NOT_LOADED = (RefusalReason.COUNTRY_NOT_LOADED, RefusalReason.EDITION_NOT_LOADED)
_TOLD_BY_PAGES = (Kind.OVERVIEW, Kind.EXPLANATION)
_FEW = 5


@dataclass(frozen=True, slots=True)
class PagesMissing:
    """The pages that would say more, by country and edition; no country means those of a whole group or of the world."""

    countries: tuple[str, ...]
    edition: int

    def words(self, taxonomy: Taxonomy) -> str:
        """What can be had: "The 2025 page of Mexico is not loaded. To get it:"."""
        if not self.countries:
            return "The pages are not loaded. To get all of them:"
        names = joined([taxonomy.countries[code].name for code in self.countries])
        one = len(self.countries) == 1
        return (
            f"The {self.edition} page{'' if one else 's'} of {names} {'is' if one else 'are'} not loaded. "
            f"To get {'it' if one else 'them'}:"
        )

    def command(self, taxonomy: Taxonomy, index: Path | None) -> str:
        """The command that fetches them and builds; `index` if it is not the one of the user's account."""
        names = (("--country", taxonomy.countries[code].name) for code in self.countries)
        which = [*(part for pair in names for part in pair), "--edition", str(self.edition)] if self.countries else ["--all"]
        return command_words("fetch", [*which, "--build"], index)


def command_words(name: str, flags: Sequence[str], index: Path | None) -> str:
    """A command of `ocqa` as it is typed; `index` if it is not the one of the user's account."""
    return shlex.join(["ocqa", name, *flags, *(["--index", str(index)] if index is not None else [])])


@dataclass(frozen=True, slots=True)
class Ways:
    """What is loaded of all pages, in words, and the ways to get the others, each a heading and a command."""

    words: str
    commands: tuple[tuple[str, str], ...]


def ways_to_get_pages(text_editions: Mapping[str, Sequence[int]], taxonomy: Taxonomy, index: Path | None) -> Ways | None:
    """How to get the pages that are not loaded; None if all are."""
    loaded = sum(len(set(editions) & set(taxonomy.editions)) for editions in text_editions.values())
    of = len(taxonomy.countries) * len(taxonomy.editions)
    if loaded >= of:
        return None
    latest = taxonomy.editions[-1]
    address = page_address(latest, "mexico")
    return Ways(
        f"Of {of} profile pages ({len(taxonomy.countries)} countries, {len(taxonomy.editions)} editions), {loaded} "
        f"{'is' if loaded == 1 else 'are'} loaded.",
        (
            ("All countries and editions", command_words("fetch", ["--all", "--build"], index)),
            ("One country", command_words("fetch", ["--country", "Mexico", "--edition", str(latest), "--build"], index)),
            (
                f"Pages saved in a browser (such as {address}), a file or a folder of them",
                command_words("import", ["saved-pages", "--build"], index),
            ),
        ),
    )


def pages_missing(answer: Answer, text_editions: Mapping[str, Sequence[int]], taxonomy: Taxonomy) -> PagesMissing | None:
    """The pages that this answer lacks; None if it lacks none, or if pages would not help."""
    refused = isinstance(answer.result, Unavailable) and answer.result.reason in _NOT_LOADED
    told = answer.answered and answer.understood.kind in _TOLD_BY_PAGES and not answer.passages
    if not (refused or told):
        return None
    edition = max((e for e in answer.understood.editions if e in taxonomy.editions), default=taxonomy.editions[-1])
    asked = answer.understood.countries
    lacking = tuple(code for code in asked if edition not in text_editions.get(code, ()))
    if asked and not lacking:
        return None
    return PagesMissing(lacking if len(lacking) <= _FEW else (), edition)
