"""From the words of a question to spans: what each stretch of words does. Pure.

Names come from the links in `names`, numbers from `numbers`, everything else from the table in `cues`. Years are joined here:
"2021 to 2023", "since 2021".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.questions.cues import CueTable, Role, cue_table
from index.questions.english import is_english
from index.questions.names import Link, LinkKind
from index.questions.numbers import amounts, counts_points, number_at
from index.questions.spans import Reading, TaggedSpan
from index.questions.tokens import Token

_DASH = re.compile(r"\s*[-–—−/]\s*")
_OPENING = re.compile(r"[.?!:;–—(\"“]")
_LISTED = re.compile(r"[,;]")
_LOCATING = frozenset(("fall", "falls", "falling"))
_DIRECTIONS = frozenset(("up", "down"))
_AVERAGES = frozenset(("resilience", "criminal_markets", "criminal_actors"))
_LINKED_ROLES = {
    LinkKind.SOURCE: Role.FILLER,
    LinkKind.COUNTRY: Role.COUNTRY,
    LinkKind.DEMONYM: Role.COUNTRY,
    LinkKind.AMBIGUOUS: Role.COUNTRY,
    LinkKind.NOT_SCORED: Role.COUNTRY,
    LinkKind.GROUP: Role.GROUP,
    LinkKind.UNDEFINED_GROUP: Role.GROUP,
    LinkKind.INDICATOR: Role.INDICATOR,
    LinkKind.SECTION: Role.SECTION,
}


def spans_of(
    tokens: Sequence[Token], links: Sequence[Link], editions: Sequence[int], doubtful: Mapping[str, tuple[str, ...]]
) -> Reading:
    """Read every word. `editions` are those that exist, earliest first; `doubtful` are misspelt words that may be countries."""
    cues = cue_table()
    linked = {link.start: link for link in links if link.target.kind in _LINKED_ROLES}
    spans: list[TaggedSpan] = []
    unknown: list[int] = []
    at = 0
    while at < len(tokens):
        if at and _LISTED.search(tokens[at].gap):
            spans.append(TaggedSpan(Role.AND, at, at, ","))
        elif spans and _DASH.fullmatch(tokens[at].gap) and spans[-1].role in (Role.NUMBER, Role.YEARS):
            spans.append(TaggedSpan(Role.TO, at, at, "-"))
        name = _name_at(tokens, at, linked)
        span = number_at(tokens, at)
        if span is None or (name is not None and name.end > span.end):
            # A name may begin with a number: "the two Koreas".
            span = _longer(name, _cue_at(tokens, at, linked, editions, cues))
        if span is None and tokens[at].text in doubtful:
            span = TaggedSpan(Role.COUNTRY, at, at + 1, LinkKind.AMBIGUOUS, doubtful[tokens[at].text])
        if span is None and _opens_as_adverb(tokens, at):
            span = TaggedSpan(Role.FILLER, at, at + 1)
        if span is None:
            unknown.append(at)
        else:
            spans.append(span)
        at = span.end if span else at + 1
    openings = frozenset(n for n, token in enumerate(tokens) if n == 0 or _OPENING.search(token.gap))
    corrected = tuple((n, token.word) for n, token in enumerate(tokens) if token.corrected)
    joined = tuple(_join_years(amounts(_one_joiner(_named_beside(spans)))))
    return Reading(tuple(token.text for token in tokens), openings, joined, tuple(unknown), corrected)


def _named_beside(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """ "Crime and resilience" names both averages, though "crime" alone only implies one."""
    named = list(spans)
    for at, span in enumerate(spans):
        if span.role is Role.INDICATOR and span.is_implied and (_joined(spans, at, 1) or _joined(spans, at, -1)):
            named[at] = replace(span, value="synonym")
    return named


def _joined(spans: Sequence[TaggedSpan], at: int, step: int) -> bool:
    """Whether the next indicator in this direction is an average, with nothing but "and" and filler between."""
    joined = False
    before = spans[at]
    for other in spans[at + 1 :] if step > 0 else spans[:at][::-1]:
        if (other.start != before.end) if step > 0 else (other.end != before.start):
            return False
        if other.role is Role.INDICATOR:
            return joined and not other.is_implied and set(other.ids) <= _AVERAGES
        if other.role not in (Role.AND, Role.FILLER):
            return False
        joined = joined or other.role is Role.AND
        before = other
    return False


def _opens_as_adverb(tokens: Sequence[Token], at: int) -> bool:
    """Whether this is an adverb with a comma that opens the question ("Honestly, …") and says nothing about what is asked."""
    return at == 0 < len(tokens) - 1 and bool(_LISTED.search(tokens[1].gap)) and _is_adverb(tokens[0].word)


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and is_english(word)


def _one_joiner(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Drop the commas that join nothing: those before "and" or "or", and those that only filler precedes."""
    joiners = (Role.AND, Role.OR)
    opening = next((n for n, i in enumerate(spans) if i.role is not Role.FILLER and i.value != ","), len(spans))
    return [
        i
        for n, i in enumerate(spans)
        if i.value != "," or (n > opening and (n + 1 == len(spans) or spans[n + 1].role not in joiners))
    ]


def _longer(name: TaggedSpan | None, cue: TaggedSpan | None) -> TaggedSpan | None:
    """The longer of two readings; the name if they are equally long."""
    return cue if cue is not None and (name is None or cue.end > name.end) else name


def _name_at(tokens: Sequence[Token], at: int, linked: Mapping[int, Link]) -> TaggedSpan | None:
    link = linked.get(at)
    if link is None:
        return None
    unsettled = link.target.kind in (LinkKind.AMBIGUOUS, LinkKind.NOT_SCORED, LinkKind.UNDEFINED_GROUP)
    value = link.target.kind.value if unsettled else ("" if link.target.official else "synonym")
    # "Criminality score" is a printed label, but "score" is also a cue, so it is left to a span of its own.
    scored = link.target.kind is LinkKind.INDICATOR and link.end - link.start > 1 and tokens[link.end - 1].word == "score"
    return TaggedSpan(_LINKED_ROLES[link.target.kind], link.start, link.end - scored, value, link.target.ids)


def _cue_at(
    tokens: Sequence[Token], at: int, linked: Mapping[int, Link], editions: Sequence[int], cues: CueTable
) -> TaggedSpan | None:
    for length in range(min(cues.longest.get(tokens[at].word, 0), len(tokens) - at), 0, -1):
        link = next((linked[n] for n in range(at, at + length) if n in linked), None)
        if link is not None and (link.end > at + length or length <= link.end - link.start):
            continue
        cue = cues.by_phrase.get(tuple(token.word for token in tokens[at : at + length]))
        if cue is None:
            continue
        if cue.role is Role.POSTFIX and _is_number(number_at(tokens, at + length) if at + length < len(tokens) else None):
            # "Above 7 or below 3": the second threshold belongs to the number after it.
            continue
        if cue.role is Role.POINTS and not cue.value.endswith("s") and not counts_points(tokens, at):
            return TaggedSpan(Role.FILLER, at, at + length)
        if (
            cue.role is Role.HOW_MANY
            and tokens[at + length : at + length + 1]
            and tokens[at + length].word in ("points", "steps")
        ):
            return TaggedSpan(Role.SCORE, at, at + length + 1, "loose")
        if cue.role is Role.INDICATOR:
            return TaggedSpan(cue.role, at, at + length, "implied", ids=(cue.value,))
        if cue.role is Role.EDITION and cue.value in ("latest", "first"):
            return TaggedSpan(Role.YEARS, at, at + length, cue.value, years=(editions[-1 if cue.value == "latest" else 0],))
        return TaggedSpan(
            cue.role,
            at,
            at + length,
            cue.value,
            bare=tokens[at].word in _DIRECTIONS and length == 1,
            locates=tokens[at].word in _LOCATING,
        )
    return None


def _is_number(span: TaggedSpan | None) -> bool:
    return span is not None and span.role is Role.NUMBER


def _join_years(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Join years that belong together into one span that says how they are joined."""
    joined: list[TaggedSpan] = []
    for span in spans:
        before = _last_meaning(joined)
        if span.role is not Role.YEARS:
            joined.append(span)
        elif before is not None and joined[before].role in (Role.SINCE, Role.BETWEEN):
            value = "since" if joined[before].role is Role.SINCE else "from"
            joined[before:] = [replace(span, value=value, start=joined[before].start)]
        elif before is not None and (earlier := _last_meaning(joined[:before])) is not None and _joins(joined, earlier, before):
            first = joined[earlier]
            way = "range" if first.value == "from" or joined[before].role in (Role.TO, Role.VERSUS, Role.EXCEPT) else "list"
            joined[earlier:] = [replace(first, value=way, end=span.end, years=(*first.years, *span.years))]
        elif before is not None and joined[before].role is Role.YEARS and joined[before].value != "range":
            first = joined[before]
            joined[before:] = [replace(first, value="list", end=span.end, years=(*first.years, *span.years))]
        else:
            joined.append(span)
    return [replace(i, years=tuple(dict.fromkeys(i.years))) if i.role is Role.YEARS else i for i in joined]


def _joins(spans: Sequence[TaggedSpan], years: int, joiner: int) -> bool:
    if spans[years].value == "range" and spans[joiner].role in (Role.AND, Role.OR):
        # "2021 to 2023 and 2023 to 2025" is two ranges.
        return False
    return spans[years].role is Role.YEARS and spans[joiner].role in (
        Role.TO,
        Role.AND,
        Role.OR,
        Role.VERSUS,
        Role.EXCEPT,
    )


def _last_meaning(spans: Sequence[TaggedSpan]) -> int | None:
    """The position of the last span that is not filler."""
    return next((n for n in range(len(spans) - 1, -1, -1) if spans[n].role is not Role.FILLER), None)
