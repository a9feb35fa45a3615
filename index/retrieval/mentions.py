"""Questions such as "which profiles mention Serbian groups": the countries, each with a sentence that has the words.

Meaning plays no part: a profile mentions something or it does not. All content words must be in one sentence; a country
counts by any of its names or by its people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.naming import fold
from corpus.taxonomy import Country, Taxonomy
from index.contract.typed_results import Mention
from index.generations.snapshot import Snapshot
from index.language.stems import stem, stems
from index.passages.passage import Passage, PassageKind
from index.questions.names import Gazetteer, LinkKind, find_links
from index.questions.spelling import tokenize
from index.retrieval.scope import Scope

_VERBS = (
    r"(?:mention(?:s|ed|ing)?|name(?:s|d)?|cite(?:s|d)?|refer(?:s|red|ring)? to|talk(?:s|ing)? (?:about|of)|"
    r"speak(?:s|ing)? (?:about|of)|discuss(?:es|ed)?|report(?:s|ed)? (?:on|about)|contain(?:s|ing)?)"
)
_NAMED = r"(?:mentioned|named|cited|discussed)"
_PROFILES = r"(?:countr(?:y|ies)(?:'s?|’s?)?(?: (?:profiles?|pages?))?|profiles?|pages?|country profiles?|country pages?)"
_OPENING = rf"^(?:in |on )?(?:which|what|list|show|find|name|give me|show me|all|the|of|(?:the |all )?{_PROFILES}\b)"
_ASKED = re.compile(
    rf"{_OPENING}[\w' ]*?\b{_PROFILES}?\b.*?\b{_VERBS} (?P<what>.+)$"
    rf"|^(?:in |on )?(?:which|what) {_PROFILES} (?:is|are|was|were|do|does|can) (?P<named>.+?) "
    rf"(?:{_NAMED}|appear|found|come up)\b.*$"
    rf"|^where (?:is|are|was|were) (?P<where>.+?) {_NAMED}\b.*$"
    rf"|^(?:who|which countries|what countries) mentions? (?P<who>.+)$",
    re.IGNORECASE,
)
# "Which countries does Peru's page name" asks about one page, not about all of them.
_SUBJECT = re.compile(r"^.*\b(?:does|do|did) (?:the )?[\w' ’-]*(?:profile|page|country)\b", re.IGNORECASE)
_ASKS_PROFILES = re.compile(rf"\b{_PROFILES}\b|^where\b|^who mentions?\b", re.IGNORECASE)
_TRAILING = re.compile(r"\b(?:in their|in its|in the|on their|on the|anywhere|at all|by name)\b.*$|[?.!]+$", re.IGNORECASE)


# Generic words: a profile may name the group without them.
_GENERIC = frozenset(
    stems("group groups gang gangs cartel mafia criminals network networks organization organisation nationals people")
)


@dataclass(frozen=True, slots=True)
class Sought:
    """What must be mentioned: `phrase` as typed; each part needs one of its alternatives, each a set of stems."""

    phrase: str
    parts: tuple[tuple[frozenset[str], ...], ...]

    @property
    def without_generic_words(self) -> Sought | None:
        """The same without words such as "group"; None if nothing was left out or nothing is left."""
        parts = tuple(part for part in self.parts if not all(alternative <= _GENERIC for alternative in part))
        return Sought(self.phrase, parts) if parts and parts != self.parts else None


class Names(Protocol):
    """What reads the names in a question; a `Snapshot` has both."""

    @property
    def taxonomy(self) -> Taxonomy:
        """The names and ids of the Index."""

    @property
    def gazetteer(self) -> Gazetteer:
        """The names of countries, groups and indicators by their words."""


def sought_mention(text: str, names: Names) -> Sought | None:
    """What a question wants to be mentioned; None if it is not a question about mentions."""
    match = _ASKED.match(text)
    if match is None or not _ASKS_PROFILES.search(text):
        return None
    if _SUBJECT.match(text):
        return None
    phrase = _TRAILING.sub("", next(g for g in match.groups() if g)).strip(" ,'\"“”?.!")
    phrase = re.sub(r"\b(?:the )?(?:19|20)\d\d(?: edition)?\b", "", phrase).strip()
    tokens, _ = tokenize(phrase, names.gazetteer)
    linked: set[int] = set()
    parts: list[tuple[frozenset[str], ...]] = []
    for link in find_links(tokens, names.gazetteer):
        if link.target.kind in (LinkKind.COUNTRY, LinkKind.DEMONYM):
            linked.update(range(link.start, link.end))
            parts.append(_names(names.taxonomy.countries[link.target.ids[0]]))
    words = stems(" ".join(t.word for i, t in enumerate(tokens) if i not in linked))
    parts += [(frozenset((word,)),) for word in words]
    return Sought(phrase, tuple(parts)) if parts else None


def find_mentions(snapshot: Snapshot, sought: Sought, scope: Scope) -> tuple[Mention, ...]:
    """One sentence for each country, by code: in its latest edition with a mention, the one with the words closest together."""
    found: dict[str, tuple[tuple[int, int], Mention]] = {}
    for passage in snapshot.passages:
        if passage.kind is not PassageKind.PARAGRAPH or not _inside(passage, scope):
            continue
        assert passage.country is not None and passage.edition is not None
        for start, end in passage.sentences:
            sentence = passage.text[start:end]
            if not _mentions(sentence, sought.parts):
                continue
            worth = (-passage.edition, _spread(sentence, sought.parts))
            if passage.country not in found or worth < found[passage.country][0]:
                found[passage.country] = (worth, Mention(passage.country, passage.edition, passage.id, (start, end), sentence))
    return tuple(found[country][1] for country in sorted(found))


def _spread(sentence: str, parts: Sequence[tuple[frozenset[str], ...]]) -> int:
    """Over how many words of a sentence the nearest words of each part are spread."""
    words = [stem(word) for word in fold(sentence).split()]
    places = [[at for at, word in enumerate(words) if any(word in alternative for alternative in part)] for part in parts]
    if not all(places):
        return len(words)
    return min(max(near) - min(near) for near in ([min(own, key=lambda p: abs(p - at)) for own in places] for at in places[0]))


def mentions_of_country(snapshot: Snapshot, country: str) -> tuple[Mention, ...]:
    """Other countries' profiles that mention a country or its people, by code: the first sentence in the latest such edition.

    A sentence that only has the words ("the Niger Delta", "Equatorial Guinea") does not count.
    """
    names = _names(snapshot.taxonomy.countries[country])
    found: dict[str, Mention] = {}
    for passage in sorted(snapshot.passages, key=lambda p: (p.country or "", -(p.edition or 0))):
        if passage.country in (None, country) or passage.country in found:
            continue
        for start, end in passage.sentences:
            sentence = passage.text[start:end]
            if _mentions(sentence, (names,)) and _links_to(sentence, country, snapshot):
                assert passage.country is not None and passage.edition is not None
                found[passage.country] = Mention(passage.country, passage.edition, passage.id, (start, end), sentence)
                break
    return tuple(found[code] for code in sorted(found))


def _links_to(sentence: str, country: str, snapshot: Snapshot) -> bool:
    tokens, _ = tokenize(sentence, snapshot.gazetteer)
    targets = (link.target for link in find_links(tokens, snapshot.gazetteer))
    return any(t.kind in (LinkKind.COUNTRY, LinkKind.DEMONYM) and t.ids[0] == country for t in targets)


def _inside(passage: Passage, scope: Scope) -> bool:
    return (scope.countries is None or passage.country in scope.countries) and (
        scope.editions is None or passage.edition in scope.editions
    )


def _mentions(sentence: str, parts: Sequence[tuple[frozenset[str], ...]]) -> bool:
    held = set(stems(sentence))
    return all(any(alternative <= held for alternative in part) for part in parts)


def _names(country: Country) -> tuple[frozenset[str], ...]:
    names = (country.name, *country.aliases, *country.demonyms)
    return tuple(dict.fromkeys(frozenset(stems(name)) for name in names if stems(name)))
