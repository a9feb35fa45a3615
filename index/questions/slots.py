"""What a question about scores says before its kind is known: countries, groups, exclusions, how many. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.questions.clauses import Head, HeadKind, read_heads, topics_of
from index.questions.comparisons import find_bounds
from index.questions.cues import Role
from index.questions.names import LinkKind
from index.questions.spans import Bound, Reading, TaggedSpan
from index.questions.unread_words import restricting

_SKIPPED = frozenset({Role.FILLER, Role.SCORE})
# The Index scores this many countries; a larger number does not say how many are wanted.
_MOST_PLACES = 193
_COUNTRY_WORDS = frozenset("country countries nation nations member members state states economies".split())
_COUNTED = frozenset({Role.COUNTRIES, Role.FAMILY, Role.MEMBERS})


@dataclass(frozen=True, slots=True)
class Slots:
    """What the words of a question say by themselves.

    `subjects` are countries (ISO codes); `unsettled` are places that the Index does not score and names of several countries. A
    country must be in one group of each tuple in `groups`. `limit` is how many are asked for. `unknown` are the positions of
    words that nothing explains, `restricting` those of them that may be a condition.
    """

    words: tuple[str, ...]
    spans: tuple[TaggedSpan, ...]
    heads: tuple[Head, ...]
    topics: tuple[TaggedSpan, ...]
    subjects: tuple[str, ...]
    unsettled: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    without_countries: tuple[str, ...]
    without_groups: tuple[str, ...]
    limit: int | None
    unknown: tuple[int, ...]
    restricting: tuple[int, ...]

    def has(self, *roles: Role) -> bool:
        """Whether any span has one of these roles."""
        return any(span.role in roles for span in self.spans)

    def values(self, role: Role) -> tuple[str, ...]:
        """The values of all spans of a role, in order."""
        return tuple(span.value for span in self.spans if span.role is role)

    def of_kind(self, *kinds: HeadKind) -> tuple[Head, ...]:
        """The heads of these kinds, in order."""
        return tuple(head for head in self.heads if head.kind in kinds)

    def typed(self, span: TaggedSpan) -> str:
        """The words of a span as typed."""
        return " ".join(self.words[span.start : span.end])

    @property
    def places(self) -> int:
        """How many places the question is about."""
        return len(self.subjects) + len(self.unsettled)

    @property
    def asks_countries(self) -> bool:
        """Whether countries are asked for rather than a figure."""
        return self.has(Role.COUNTRIES, Role.MEMBERS, Role.WHERE) or any(map(self.names_countries, self.spans))

    def names_countries(self, span: TaggedSpan) -> bool:
        """Whether a span stands for countries, as in "EU member states"."""
        if span.role in (Role.COUNTRIES, Role.MEMBERS):
            return True
        words = {word.casefold() for word in self.words[span.start : span.end]}
        return span.role is Role.GROUP and bool(words & _COUNTRY_WORDS)

    @property
    def ranks(self) -> bool:
        """Whether a rank or an order is asked for outright, not by a weaker word such as "stands"."""
        return any(value != "weak" for value in self.values(Role.RANK))

    @property
    def years(self) -> TaggedSpan | None:
        """The first years or editions mentioned; all years together for a change of named countries."""
        stated = [i for i in self.spans if i.role in (Role.YEARS, Role.EDITION)]
        single = [i for i in stated if i.role is Role.YEARS and not i.value]
        if self.subjects and len(single) > 1 and self.of_kind(HeadKind.CHANGE):
            return replace(single[0], value="range", years=tuple(y for i in single for y in i.years))
        return stated[0] if stated else None

    @property
    def has_numbers(self) -> bool:
        """Whether something is compared with a number of points."""
        return any(b.number is not None for i in self.spans for b in i.bounds)


def slots_of(reading: Reading) -> Slots:
    """Work out what each part of a question is about."""
    spans, limit = _limit(find_bounds(reading.spans), reading.words)
    spans = _equalities(_without_headings(spans))
    spans, countries_out, groups_out = _left_out(spans)
    groups = _groups(spans)
    return Slots(
        words=reading.words,
        spans=tuple(spans),
        heads=read_heads(spans),
        topics=topics_of(spans),
        subjects=tuple(dict.fromkeys(c for i in spans if i.role is Role.COUNTRY and not _unsettled(i) for c in i.ids)),
        unsettled=tuple(dict.fromkeys(i.ids[0] for i in spans if i.role is Role.COUNTRY and _unsettled(i))),
        groups=groups,
        without_countries=(*countries_out, *_equals(spans)),
        without_groups=groups_out,
        limit=limit,
        unknown=reading.unknown,
        restricting=restricting(reading),
    )


def _equals(spans: Sequence[TaggedSpan]) -> tuple[str, ...]:
    """The countries that others should be equal to: they are not in the result themselves."""
    return tuple(c for i in spans for b in i.bounds if b.op == "=" for c in b.countries)


def _unsettled(span: TaggedSpan) -> bool:
    return span.value in (LinkKind.AMBIGUOUS, LinkKind.NOT_SCORED)


def _limit(spans: Sequence[TaggedSpan], words: Sequence[str]) -> tuple[list[TaggedSpan], int | None]:
    """ "Top five", "the three weakest", "ten countries with the highest": a number that says how many."""
    orders = any(i.role in (Role.SUPERLATIVE, Role.RANK) for i in spans)
    found, limit = list(spans), None
    for n, span in enumerate(found):
        number = span.number
        if span.role is not Role.NUMBER or number is None or number != int(number) or not 1 <= number <= _MOST_PLACES:
            continue
        spoken = [word.casefold() for word in words[max(0, span.start - 2) : span.start]]
        if spoken == ["of", "the"]:
            # "Of the seven members": how many there are.
            found[n] = replace(span, role=Role.FILLER)
            continue
        before = next((i.role for i in reversed(found[:n]) if i.role not in _SKIPPED), None)
        grouped = next((i for i in found[n + 1 :] if i.role not in _SKIPPED), None)
        after = next((i.role for i in found[n + 1 :] if i.role not in _SKIPPED and i.role is not Role.GROUP), None)
        if grouped is not None and grouped.role is Role.GROUP:
            named = {w.casefold() for w in words[grouped.start : grouped.end]}
            after = Role.COUNTRIES if named & _COUNTRY_WORDS else after
        if grouped is not None and set(grouped.ids) & {"criminal_markets", "criminal_actors"}:
            after = Role.FAMILY
        beside_order = Role.SUPERLATIVE in (before, after)
        counted = after in _COUNTED
        if beside_order or counted or spoken[-1:] in (["first"], ["limit"]) or (after is Role.CHANGE and orders):
            limit = limit or int(number)
            found[n] = replace(span, role=Role.LIMIT)
    return found, limit


def _without_headings(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """ "The Southern Africa region", "the prevention indicator": next to a name, such a word adds nothing."""
    found = []
    for n, span in enumerate(spans):
        near = [i.role for i in (*spans[max(0, n - 2) : n], *spans[n + 1 : n + 3])]
        headed = (span.role is Role.HOME and Role.GROUP in near) or (
            span.role is Role.FAMILY and not span.value and Role.INDICATOR in near
        )
        if not headed:
            found.append(span)
    return found


def _equalities(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """A number that nothing else explains is one that a score should equal."""
    return [
        replace(i, role=Role.THRESHOLD, bounds=(Bound("=", i.number),)) if i.role in (Role.NUMBER, Role.AMOUNT) else i
        for i in spans
    ]


def _left_out(spans: Sequence[TaggedSpan]) -> tuple[list[TaggedSpan], tuple[str, ...], tuple[str, ...]]:
    """Countries and groups after "except", "outside", "not in", and the spans without them."""
    kept: list[TaggedSpan] = []
    countries: list[str] = []
    groups: list[str] = []
    at = 0
    while at < len(spans):
        span = spans[at]
        if span.role is Role.EXCEPT or (span.role is Role.NOT and _denies_membership(spans, at)):
            names, end = _names_after(spans, at)
            countries += [i for name in names if name.role is Role.COUNTRY for i in name.ids]
            groups += [i for name in names if name.role is Role.GROUP for i in name.ids]
            # With no name after it the word stays and is reported as unread.
            kept += [] if names else [span]
            at = end if names else at + 1
        else:
            kept.append(span)
            at += 1
    return kept, tuple(dict.fromkeys(countries)), tuple(dict.fromkeys(groups))


def _names_after(spans: Sequence[TaggedSpan], at: int) -> tuple[list[TaggedSpan], int]:
    """The list of names that starts after a span, and the position after it."""
    named = (Role.COUNTRY, Role.GROUP)
    passed = (*_SKIPPED, Role.MEMBERS, Role.COUNTRIES)
    end = next((n for n in range(at + 1, len(spans)) if spans[n].role not in passed), len(spans))
    if end == len(spans) or spans[end].role not in named:
        return [], at
    names = [spans[end]]
    while end + 1 < len(spans) and spans[end + 1].role in (Role.AND, Role.OR) and _goes_on(spans, end + 1):
        end = next(n for n in range(end + 2, len(spans)) if spans[n].role in named)
        names.append(spans[end])
    return names, end + 1


def _denies_membership(spans: Sequence[TaggedSpan], at: int) -> bool:
    after = [i.role for i in spans[at + 1 :] if i.role is not Role.FILLER][:2]
    return after[:1] == [Role.GROUP] or after == [Role.MEMBERS, Role.GROUP]


def _goes_on(spans: Sequence[TaggedSpan], at: int) -> bool:
    """Whether the list of exclusions continues: with the next word, or after a filler such as "the"."""
    following = list(spans[at + 1 : at + 3])
    named = (Role.COUNTRY, Role.GROUP)
    if following and following[0].role is Role.FILLER:
        return len(following) > 1 and following[1].role in named and following[1].start == following[0].end
    return bool(following) and following[0].role in named and following[0].start == spans[at].end


def _groups(spans: Sequence[TaggedSpan]) -> tuple[tuple[str, ...], ...]:
    """Groups in one list are alternatives; groups named apart, or in a list after "both", must all apply."""
    found: list[list[str]] = []
    last: TaggedSpan | None = None
    both = False
    for span in spans:
        if span.role is Role.BOTH:
            both = True
        if span.role is Role.GROUP:
            if found and last is not None and last.role in (Role.AND, Role.OR) and not both:
                found[-1] += span.ids
            else:
                found.append(list(span.ids))
            last = span
        elif span.role in (Role.AND, Role.OR) and last is not None and last.role is Role.GROUP:
            last = span
        elif span.role not in _SKIPPED and span.role not in (Role.BOTH, Role.MEMBERS, Role.COUNTRIES):
            last, both = None, False
    return tuple(dict.fromkeys(tuple(dict.fromkeys(group)) for group in found))
