"""From the text of a question to what it asks: one pure function, no model, no database, no clock.

The result says which countries, groups, indicators and editions are meant and what could not be read, so that no part of a
question is silently dropped.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import QuestionError
from corpus.name_traps import SharedName
from index.language.stems import STOPWORDS
from index.questions.cues import Role
from index.questions.listed_names import completed, named_in_two_ways
from index.questions.names import Gazetteer, Link, LinkKind, capital_links, find_links
from index.questions.numbers import YEAR, half_read_numbers
from index.questions.search_rewording import in_profile_words
from index.questions.short_years import years_in_full
from index.questions.shorthand import beside_others_in_full
from index.questions.signs import spelt_out
from index.questions.spans import Reading
from index.questions.spelling import tokenize
from index.questions.tagging import spans_of
from index.questions.tokens import Token

LONGEST_QUESTION = 1000

# Words found in nearly every question, which say nothing about the passage wanted.
_EMPTY = frozenset(
    (
        "rank ranks ranked ranking rankings position placed standing score scores scored scoring rating ratings rated edition "
        "editions latest newest current world worldwide global globally high low level"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was read. All tuples are in the order of the text, without repeats.

    `countries` are those the question is about, `mentions` those named in passing ("Colombian groups in Peru"), `capitals` those
    whose capital it names. `read_text` is what is searched for: the text with typing errors corrected (`corrected`, as typed and
    as read) and everyday words replaced with those of the profiles (`reworded`, as typed and as searched). `words` are the words
    outside all links that can matter to a passage, `topic_words` those of the linked indicators and sections. `ambiguous` are
    names of several countries, `unsure` misspelt words with several corrections. `unread_years` are years without an edition,
    `unread_editions` those that the question calls an edition, `unread_numbers` numbers that cannot be read whole,
    `undefined_groups` groups without a member list, each with the nearest that have one. `shared` are names of both a country and
    its region. `reading` is the question as spans, from
    which its kind and queries are read.
    """

    text: str
    read_text: str
    reading: Reading
    countries: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    editions: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    topic_words: tuple[str, ...] = ()
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...] = ()
    not_scored: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    unsure: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unread_years: tuple[int, ...] = ()
    undefined_groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unread_editions: tuple[int, ...] = ()
    unread_numbers: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    reworded: tuple[tuple[str, str], ...] = ()
    shared: tuple[SharedName, ...] = ()


def understand(text: str, gazetteer: Gazetteer, editions: Sequence[int]) -> Question:
    """Read a question. Raises QuestionError if the text is empty, too long, or has no Latin letter."""
    clean = clean_question(text)
    dated = beside_others_in_full(years_in_full(clean, editions))
    tokens, unsure = tokenize(spelt_out(dated), gazetteer)
    links = completed(tokens, find_links(tokens, gazetteer), gazetteer)
    capitals = capital_links(tokens, gazetteer)
    linked = {i for link in links for i in range(link.start, link.end)}
    years = [int(t.folded) for i, t in enumerate(tokens) if i not in linked and YEAR.fullmatch(t.folded)]
    countries, mentions = _subjects(tokens, links)
    read_text, reworded = in_profile_words(_corrected(dated, tokens))
    return Question(
        text=clean,
        read_text=read_text,
        reading=_reading(tokens, capitals, gazetteer, editions, _doubtful(unsure, gazetteer)),
        countries=countries,
        mentions=mentions,
        groups=_ids(links, LinkKind.GROUP),
        indicators=_ids(links, LinkKind.INDICATOR),
        sections=_ids(links, LinkKind.SECTION),
        editions=tuple(dict.fromkeys(y for y in years if y in editions)),
        words=tuple(t.word for i, t in enumerate(tokens) if i not in linked and _says_something(t)),
        topic_words=tuple(
            t.word
            for link in links
            if link.target.kind in (LinkKind.INDICATOR, LinkKind.SECTION)
            for t in tokens[link.start : link.end]
        ),
        ambiguous=tuple(dict.fromkeys((_surface(tokens, k), k.target.ids) for k in links if k.target.kind is LinkKind.AMBIGUOUS)),
        not_scored=_ids(links, LinkKind.NOT_SCORED),
        corrected=tuple(dict.fromkeys((t.text, t.word) for t in tokens if t.corrected)),
        unsure=unsure,
        unread_years=tuple(dict.fromkeys(y for y in years if y not in editions)),
        undefined_groups=tuple(
            dict.fromkeys((_surface(tokens, k), k.target.ids) for k in links if k.target.kind is LinkKind.UNDEFINED_GROUP)
        ),
        unread_numbers=half_read_numbers(dated),
        unread_editions=tuple(y for y in _named_editions(dated) if y not in editions),
        capitals=_countries(capitals),
        shared=named_in_two_ways(tokens, links, gazetteer.shared),
        reworded=reworded,
    )


def _reading(
    tokens: Sequence[Token],
    capitals: Sequence[Link],
    gazetteer: Gazetteer,
    editions: Sequence[int],
    doubtful: Mapping[str, tuple[str, ...]],
) -> Reading:
    """The question as spans. Where no place is named, a capital stands for its country, in small letters only where a score is
    asked for ("male" is mostly a word)."""
    links = completed(tokens, find_links(tokens, gazetteer, everyday=True), gazetteer)
    reading = spans_of(tokens, links, editions, doubtful)
    if not capitals or any(i.role is Role.COUNTRY for i in reading.spans):
        return reading
    if not _asks_score(reading, len(capitals)):
        placed = any(i.role is Role.GROUP for i in reading.spans)
        capitals = [] if placed else [k for k in capitals if k.start and tokens[k.start].text.istitle()]
    taken = {i for link in links for i in range(link.start, link.end)}
    free = [link for link in capitals if not taken.intersection(range(link.start, link.end))]
    return spans_of(tokens, sorted((*links, *free), key=lambda link: link.start), editions, doubtful)


def _asks_score(reading: Reading, capitals: int) -> bool:
    """Whether a score, a rank or a comparison of several is asked for in so many words."""
    return any(
        (i.role is Role.SCORE and not i.value)
        or (i.role is Role.RANK and i.value != "weak")
        or (i.role in (Role.VERSUS, Role.COMPARATIVE) and capitals > 1)
        for i in reading.spans
    )


_EDITION_NAMED = re.compile(
    r"\b((?:19|20)\d\d) (?:[a-z]+ )?(?:edition|iteration|profile|page|index|version)\b"
    r"|\b(?:edition|iteration|profile|page|version) (?:of |from |in )?((?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def _named_editions(text: str) -> tuple[int, ...]:
    """The years that a question calls an edition, a page or a profile, such as "the 2019 edition"."""
    return tuple(int(a or b) for a, b in _EDITION_NAMED.findall(text))


def _corrected(text: str, tokens: Sequence[Token]) -> str:
    for token in tokens:
        if token.corrected:
            text = re.sub(rf"\b{re.escape(token.text)}\b", token.word, text)
    return text


def _says_something(token: Token) -> bool:
    return token.word not in STOPWORDS and token.word not in _EMPTY and not YEAR.fullmatch(token.word)


def clean_question(text: str) -> str:
    """The question on one line, without control characters. Raises QuestionError if nothing readable is left."""
    printable = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Co", "Cn") else c for c in text)
    clean = " ".join(printable.split())
    if not clean:
        raise QuestionError("the question is empty", 'ask something, such as "who controls illegal gold mining in Peru"')
    if len(clean) > LONGEST_QUESTION:
        raise QuestionError(
            f"the question has {len(clean):,} characters, more than the {LONGEST_QUESTION:,} allowed",
            "ask it in one or two sentences",
        )
    if not any("LATIN" in unicodedata.name(c, "") for c in clean if c.isalpha()):
        raise QuestionError("the question has no word in Latin letters", "ask in English; the profiles are in English")
    return clean


_INSIDE = frozenset(["in", "inside", "within", "of", "across", "on", "about", "throughout"])
_ARTICLES = frozenset(("the a an its entire whole mainland northern southern eastern western today present").split())
_JOINERS = frozenset(["and", "or", "vs", "versus", "than"])


def _subjects(tokens: Sequence[Token], links: Sequence[Link]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which countries a question is about, and which it only mentions.

    A single country is the subject. Of several, the subjects are those that follow "in", "of" or a similar word, alone or in a
    list; or else those named rather than implied by a demonym; or else all. If the place after such a word is one that the Index
    does not score, that place is the subject, and the countries beside it are only mentioned.
    """
    named = (LinkKind.COUNTRY, LinkKind.NOT_SCORED)
    found = [k for k in links if k.target.kind in (*named, LinkKind.DEMONYM)]
    inside: list[Link] = []
    for link in found:
        before = link.start - 1
        while before >= 0 and (tokens[before].word in _ARTICLES or YEAR.fullmatch(tokens[before].word)):
            before -= 1
        joined = bool(inside) and before >= 0 and tokens[before].word in _JOINERS and inside[-1].end == before
        listed = bool(inside) and inside[-1].end == link.start
        if (before >= 0 and tokens[before].word in _INSIDE) or joined or listed:
            inside.append(link)
    by_name = [k for k in found if k.target.kind is LinkKind.COUNTRY]
    chosen = inside if inside and inside[0].target.kind in named else by_name or found
    subjects = _countries(chosen)
    return subjects, tuple(c for c in _countries(found) if c not in subjects)


def _countries(links: Iterable[Link]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for k in links if k.target.kind is not LinkKind.NOT_SCORED for c in k.target.ids))


def _ids(links: Iterable[Link], kind: LinkKind) -> tuple[str, ...]:
    return tuple(dict.fromkeys(i for link in links if link.target.kind is kind for i in link.target.ids))


def _surface(tokens: Sequence[Token], link: Link) -> str:
    """The words of a link as typed, with the characters between them."""
    first, *rest = tokens[link.start : link.end]
    return first.text + "".join(token.gap + token.text for token in rest)


def _doubtful(unsure: Sequence[tuple[str, tuple[str, ...]]], gazetteer: Gazetteer) -> dict[str, tuple[str, ...]]:
    """Misspelt words that may be one of several countries, with the codes of those."""
    found = {}
    for typed, readings in unsure:
        targets = [gazetteer.by_word[(r,)] for r in readings if (r,) in gazetteer.by_word]
        places = [t.ids[0] for t in targets if t.kind in (LinkKind.COUNTRY, LinkKind.DEMONYM)]
        if places:
            found[typed] = tuple(dict.fromkeys(places))
    return found
