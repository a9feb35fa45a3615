"""Names in a question: countries, groups, indicators and sections, matched by whole words, the longest first. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from corpus.name_traps import SharedName
from corpus.taxonomy import Taxonomy
from index.language.stems import stem
from index.questions.cues import cue_table, longest_by_first_word
from index.questions.everyday import everyday_topics
from index.questions.tokens import Token, without_possessive, words_of

_AFTER_THE_STATES = frozenset("and or vs versus than for on since is has does gets score scores".split())
# What may stand between the members of a list of codes.
_LISTED = frozenset("and or vs v versus & with to than against".split())
_COMMA = re.compile(r"\s*[,/;]\s*")
_STOP = re.compile(r"[.,:;?!()]")
_ADJECTIVE = re.compile(r"(?:Africa|America|Asia|Europe)$")


class LinkKind(StrEnum):
    """What a phrase stands for. Where two kinds share a phrase, the one listed first here wins."""

    SOURCE = "the Index itself"
    NOT_A_COUNTRY = "not a country"
    NOT_SCORED = "place without scores"
    AMBIGUOUS = "several countries"
    UNDEFINED_GROUP = "group without a member list"
    COUNTRY = "country"
    GROUP = "group"
    DEMONYM = "demonym"
    INDICATOR = "indicator"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Target:
    """What a phrase stands for; `official` is True for the Index's own name and False for a synonym."""

    kind: LinkKind
    ids: tuple[str, ...]
    official: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """A target found in a question, at the tokens `start` to `end` (half-open)."""

    target: Target
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Every phrase that can be linked. Place names match by word, indicators and sections by stem.

    `codes` count in capitals, `small_codes` in lower case too, `listed_codes` in capitals beside another country alone. `words`
    and `stems` are known words, to which others may be corrected; `left_alone` are not known, but are never corrected.
    """

    by_word: Mapping[tuple[str, ...], Target]
    by_stem: Mapping[tuple[str, ...], Target]
    codes: Mapping[str, str]
    small_codes: Mapping[str, str]
    listed_codes: Mapping[str, str]
    capitals: Mapping[tuple[str, ...], str]
    words: frozenset[str]
    stems: frozenset[str]
    left_alone: frozenset[str]
    shared: tuple[SharedName, ...]
    longest_by_word: Mapping[str, int]
    longest_by_stem: Mapping[str, int]

    def longest_from(self, word: str) -> int:
        """How many words the longest phrase that starts with this word has; 0 if none does."""
        return max(self.longest_by_word.get(word, 0), self.longest_by_stem.get(stem(word), 0))


@cache
def build_gazetteer(taxonomy: Taxonomy) -> Gazetteer:
    """Collect all phrases of the taxonomy; if two kinds share one, the order of LinkKind decides."""
    by_word: dict[tuple[str, ...], Target] = {}
    for phrase, target in sorted(_place_phrases(taxonomy), key=lambda pair: list(LinkKind).index(pair[1].kind)):
        by_word.setdefault(words_of(phrase), target)
    by_stem: dict[tuple[str, ...], Target] = {}
    for phrase, target in _topic_phrases(taxonomy):
        by_stem.setdefault(tuple(map(stem, words_of(phrase))), target)
    known = frozenset(by_word)
    for phrase, target in _without_apostrophe(taxonomy):
        by_word.setdefault(words_of(phrase), target)
    by_word.pop((), None)
    by_stem.pop((), None)
    topic_words = {word for phrase, _ in _topic_phrases(taxonomy) for word in words_of(phrase)}
    codes = {c: c for c in taxonomy.countries if c not in taxonomy.traps.codes_left_out} | dict(taxonomy.traps.capitals_only)
    small = {c: c.upper() for c in taxonomy.traps.lower_case_codes}
    return Gazetteer(
        by_word,
        by_stem,
        codes,
        small,
        {c.iso2: c.iso3 for c in taxonomy.countries.values() if c.iso2},
        {words_of(name): c.iso3 for c in taxonomy.countries.values() for name in c.capitals},
        frozenset(topic_words.union(cue_table().words, *known)),
        frozenset(map(stem, topic_words)),
        everyday_topics().words.union(taxonomy.traps.never_corrected),
        taxonomy.traps.shared,
        longest_by_first_word(by_word),
        longest_by_first_word(by_stem),
    )


def find_links(tokens: Sequence[Token], gazetteer: Gazetteer, *, everyday: bool = False) -> tuple[Link, ...]:
    """The links of a question from left to right, the longest at each word; no two share a word.

    `everyday` also links the loose everyday words for indicators, which only a reading of what is asked for may use.
    """
    shouting = not any(c.islower() for token in tokens for c in token.text)
    words = [token.word for token in tokens]
    links: list[Link] = []
    at = 0
    while at < len(tokens):
        link = _longest_at(tokens, at, gazetteer) or _code_at(tokens, at, gazetteer, shouting)
        if everyday and (loose := _everyday_at(tokens, words, at)) is not None and (link is None or loose.end > link.end):
            link = loose
        if link is not None:
            links.append(link)
        at = link.end if link else at + 1
    return tuple(links if shouting else _with_listed_codes(tokens, links, gazetteer))


def capital_links(tokens: Sequence[Token], gazetteer: Gazetteer) -> tuple[Link, ...]:
    """The capitals that a question names, from left to right, each as a link to its country."""
    words = [token.word for token in tokens]
    longest = max(map(len, gazetteer.capitals), default=0)
    return tuple(
        Link(Target(LinkKind.COUNTRY, (gazetteer.capitals[key],), official=False), at, at + length)
        for at in range(len(words))
        for length in range(longest, 0, -1)
        if (key := tuple(words[at : at + length])) in gazetteer.capitals
    )


def _place_phrases(taxonomy: Taxonomy) -> Iterable[tuple[str, Target]]:
    traps = taxonomy.traps
    for phrase in traps.source_names:
        yield phrase, Target(LinkKind.SOURCE, ())
    for phrase in traps.not_a_country:
        yield phrase, Target(LinkKind.NOT_A_COUNTRY, ())
    for name, place in traps.not_scored:
        yield name, Target(LinkKind.NOT_SCORED, (place,))
    for name, countries in traps.ambiguous:
        yield name, Target(LinkKind.AMBIGUOUS, countries)
    for name, nearest in traps.undefined_groups:
        yield name, Target(LinkKind.UNDEFINED_GROUP, nearest)
    yield from _country_phrases(taxonomy)
    yield from _group_phrases(taxonomy)


def _country_phrases(taxonomy: Taxonomy) -> Iterable[tuple[str, Target]]:
    for name, countries in taxonomy.traps.together:
        yield name, Target(LinkKind.COUNTRY, countries)
    for country in taxonomy.countries.values():
        for name in (country.name, *country.labels, *country.aliases):
            yield name, Target(LinkKind.COUNTRY, (country.iso3,))
        for demonym in country.demonyms:
            for form in (demonym, f"{demonym}s"):
                yield form, Target(LinkKind.DEMONYM, (country.iso3,))


def _without_apostrophe(taxonomy: Taxonomy) -> Iterable[tuple[str, Target]]:
    """Names with the "s" of a possessive whose apostrophe was left out: "turkeys score", "costa ricas police"."""
    for country in taxonomy.countries.values():
        for name in (country.name, *country.labels, *country.aliases):
            if not name.endswith("s"):
                yield f"{name}s", Target(LinkKind.COUNTRY, (country.iso3,))
    for group in taxonomy.groups.values():
        for name in (group.name, *group.synonyms):
            if _ADJECTIVE.search(name) or name == group.name:
                yield f"{name}s", Target(LinkKind.GROUP, (group.name,))


def _group_phrases(taxonomy: Taxonomy) -> Iterable[tuple[str, Target]]:
    """Every name of a group, also as an adjective ("Western Asian")."""
    for group in taxonomy.groups.values():
        names = dict.fromkeys((group.name, *group.labels, *group.synonyms))
        for name in (*names, *(_ADJECTIVE.sub(_adjective, name) for name in names if _ADJECTIVE.search(name))):
            yield name, Target(LinkKind.GROUP, (group.name,))


def as_adjective(group: str) -> str:
    """A group's name as it stands before "countries": "South American", "Caribbean"."""
    return _ADJECTIVE.sub(_adjective, group)


def _adjective(match: re.Match[str]) -> str:
    return f"{match[0]}n" if match[0].endswith("a") else f"{match[0]}an"


def _topic_phrases(taxonomy: Taxonomy) -> Iterable[tuple[str, Target]]:
    for indicator in taxonomy.indicators.values():
        for name in (indicator.name, *indicator.labels):
            # "Cocaine" is printed as a label but is also an everyday word.
            official = name == indicator.name or len(words_of(name)) > 1
            yield name, Target(LinkKind.INDICATOR, (indicator.id,), official)
    for indicator in taxonomy.indicators.values():
        for name in indicator.synonyms:
            yield name, Target(LinkKind.INDICATOR, (indicator.id,), official=False)
    for section in taxonomy.sections:
        for name in section.synonyms:
            yield name, Target(LinkKind.SECTION, (section.id,), official=False)


def _longest_at(tokens: Sequence[Token], at: int, gazetteer: Gazetteer) -> Link | None:
    longest = gazetteer.longest_from(tokens[at].word)
    for length in range(min(longest, len(tokens) - at), 0, -1):
        words = tuple(token.word for token in tokens[at : at + length])
        target = gazetteer.by_word.get(words) or gazetteer.by_stem.get(tuple(map(stem, words)))
        if target is not None:
            return Link(target, at, at + length)
    return None


def _everyday_at(tokens: Sequence[Token], words: Sequence[str], at: int) -> Link | None:
    # "Boats? People?" is not about boat people.
    stop = next((n for n in range(at + 1, len(tokens)) if _STOP.search(tokens[n].gap)), len(tokens))
    found = everyday_topics().at(words[:stop], at)
    if found is None:
        return None
    kind = LinkKind.GROUP if found[0] in everyday_topics().groups else LinkKind.INDICATOR
    return Link(Target(kind, (found[0],), official=False), at, found[1])


def _code_at(tokens: Sequence[Token], at: int, gazetteer: Gazetteer, shouting: bool) -> Link | None:
    """A country by its code: in capitals within a sentence that has small letters, or in small letters if it is no word."""
    typed = without_possessive(tokens[at].text)
    code = gazetteer.small_codes.get(typed) or (None if shouting else gazetteer.codes.get(typed))
    if code is None and _the_states(tokens, at):
        code = "USA"
    return Link(Target(LinkKind.COUNTRY, (code,)), at, at + 1) if code is not None else None


def _with_listed_codes(tokens: Sequence[Token], links: Sequence[Link], gazetteer: Gazetteer) -> list[Link]:
    """The links with those of codes of two letters that stand in a list with another country: "ID vs PH", "KE, ZA and NG"."""
    linked = {at: link for link in links for at in range(link.start, link.end)}
    codes = {
        at: gazetteer.listed_codes[typed]
        for at, token in enumerate(tokens)
        if at not in linked and (typed := without_possessive(token.text)) in gazetteer.listed_codes
    }
    places = {at for at, link in linked.items() if link.target.kind in (LinkKind.COUNTRY, LinkKind.NOT_SCORED)} | set(codes)
    listed = [at for at in codes if places.intersection(_beside_in_list(tokens, at))]
    new = [Link(Target(LinkKind.COUNTRY, (codes[at],)), at, at + 1) for at in listed]
    return sorted((*links, *new), key=lambda link: link.start)


def _beside_in_list(tokens: Sequence[Token], at: int) -> Iterable[int]:
    """The positions that a comma, a slash or one joining word keeps apart from this one."""
    for step in (-1, 1):
        first, second = at + step, at + 2 * step
        gap = tokens[at].gap if step < 0 else tokens[first].gap if first < len(tokens) else ""
        if 0 <= first < len(tokens) and _COMMA.fullmatch(gap):
            yield first
        if 0 <= second < len(tokens) and tokens[first].word in _LISTED:
            yield second


def _the_states(tokens: Sequence[Token], at: int) -> bool:
    """Whether this is "the States" for the United States: with a capital, and not the states of or that something."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        tokens[at].text == "States"
        and at > 0
        and tokens[at - 1].word == "the"
        and (following is None or bool(following.gap.strip()) or following.word in _AFTER_THE_STATES)
    )
