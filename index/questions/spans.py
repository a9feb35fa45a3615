"""From the words of a question to spans: what each stretch of words does. Pure.

Names come from the links of `linking`, everything else from the table in `cues`. Numbers and years are read here, in digits and
in words, with what belongs to them: "seven and a half", "half a point", "2021 to 2023", "since 2021".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from index.questions.cues import CUES, LONGEST_CUES, NUMBER_WORDS, Role
from index.questions.names import Link, LinkKind
from index.questions.tokens import Token

YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_SIGNS = (
    (re.compile(r"-*[-=]>|→|⟶"), " to "),
    (re.compile(r"(?<![\w.])\+(?=\d)"), " up "),
    (re.compile(r">=|=>|≥|⩾"), " at least "),
    (re.compile(r"<=|=<|≤|⩽"), " at most "),
    (re.compile(r">"), " more than "),
    (re.compile(r"<"), " less than "),
    (re.compile(r"(?<=\d)\s*\+"), " or more "),
    (re.compile(r"="), " equal to "),
)
_SIDE = r"(?:south|north)?-?(?:east|west|north|south)(?:ern)?|central"
# "West or Central Africa" leaves out a word that is said once.
_ELISION = re.compile(
    rf"\b({_SIDE})( and | or |, )((?:{_SIDE}) (africa|america|asia|europe)(n|an)?)\b",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*[-–—−/]\s*")
_OPENING = re.compile(r"[.?!:;–—(\"“]")
_LISTED = re.compile(r"[,;]")
_ONE_IS_A_NUMBER = frozenset("point points step steps or country market actor indicator full whole".split())
_LIES = frozenset(("fall", "falls", "falling"))
_DIRECTIONS = frozenset(("up", "down"))
_COUNTS_ONE = frozenset("a full whole single one half".split())
_BEFORE_ONE = frozenset("than least most above over under below by top bottom exceeds exceeding exactly".split())
_LINKED_ROLES = {
    LinkKind.COUNTRY: Role.COUNTRY,
    LinkKind.DEMONYM: Role.COUNTRY,
    LinkKind.AMBIGUOUS: Role.COUNTRY,
    LinkKind.NOT_SCORED: Role.COUNTRY,
    LinkKind.GROUP: Role.GROUP,
    LinkKind.UNDEFINED_GROUP: Role.GROUP,
    LinkKind.INDICATOR: Role.INDICATOR,
    LinkKind.SECTION: Role.SECTION,
}


@dataclass(frozen=True, slots=True)
class Bound:
    """The side of a comparison that is given: a number, named countries, an indicator, or a figure of a group.

    `op` is a sign, or "worse", "better" and their like, whose sign depends on the indicator. `group` is "" for the world,
    "region" or "continent" for that of the country or group that the question is about.
    """

    op: str
    number: Decimal | None = None
    countries: tuple[str, ...] = ()
    either: bool = False
    indicator: str = ""
    stat: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """Words `start` to `end` (half-open) of a question and what they do.

    `value` says which way a cue goes, or how years are joined: "" (one), "list", "range", "since", "from". `ids` are those of
    a name, `number` is the number of a number, `years` are editions or years that are none. A name that is no official one
    has the value "synonym", one that is only implied by a word such as "crime" the value "implied"; a place or group that
    cannot be settled says so in its value. `bare` marks "up" and "down" that stand alone, `lies` words
    that may say where a score lies.
    """

    role: Role
    start: int
    end: int
    value: str = ""
    ids: tuple[str, ...] = ()
    number: Decimal | None = None
    years: tuple[int, ...] = ()
    bounds: tuple[Bound, ...] = ()
    bare: bool = False
    lies: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a question as typed, its spans from left to right, and the positions of words that nothing explains.

    `openings` are the positions where a sentence or a new start begins, so that a capital letter there says nothing.
    """

    words: tuple[str, ...]
    openings: frozenset[int]
    spans: tuple[TaggedSpan, ...]
    unknown: tuple[int, ...]


def spelt_out(text: str) -> str:
    """The question with comparison signs in words, and with names of regions that it shortens written out."""
    text = _ELISION.sub(r"\1 \4\5\2\3", text)
    for sign, words in _SIGNS:
        text = sign.sub(words, text)
    return text


def spans_of(
    tokens: Sequence[Token], links: Sequence[Link], editions: Sequence[int], doubtful: Mapping[str, tuple[str, ...]]
) -> Reading:
    """Read every word. `editions` are those that exist, the earliest first; `doubtful` are misspelt words, maybe countries."""
    linked = {link.start: link for link in links if link.target.kind in _LINKED_ROLES}
    spans: list[TaggedSpan] = []
    unknown: list[int] = []
    at = 0
    while at < len(tokens):
        if at and _LISTED.search(tokens[at].gap):
            spans.append(TaggedSpan(Role.AND, at, at, ","))
        elif spans and _DASH.fullmatch(tokens[at].gap) and spans[-1].role in (Role.NUMBER, Role.YEARS):
            spans.append(TaggedSpan(Role.TO, at, at, "-"))
        item = _number_at(tokens, at) or _longer(_name_at(tokens, at, linked), _cue_at(tokens, at, linked, editions))
        if item is None and tokens[at].text in doubtful:
            item = TaggedSpan(Role.COUNTRY, at, at + 1, LinkKind.AMBIGUOUS, doubtful[tokens[at].text])
        if item is None:
            unknown.append(at)
        else:
            spans.append(item)
        at = item.end if item else at + 1
    openings = frozenset(n for n, token in enumerate(tokens) if n == 0 or _OPENING.search(token.gap))
    return Reading(
        tuple(token.text for token in tokens), openings, tuple(_join_years(_amounts(_one_joiner(spans)))), tuple(unknown)
    )


def _one_joiner(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """A comma before "and" or "or" says nothing of its own."""
    joiners = (Role.AND, Role.OR)
    return [i for n, i in enumerate(spans) if i.value != "," or n + 1 == len(spans) or spans[n + 1].role not in joiners]


def _longer(name: TaggedSpan | None, cue: TaggedSpan | None) -> TaggedSpan | None:
    """The longer of two readings, the name where they are equal."""
    return cue if cue is not None and (name is None or cue.end > name.end) else name


def _name_at(tokens: Sequence[Token], at: int, linked: Mapping[int, Link]) -> TaggedSpan | None:
    link = linked.get(at)
    if link is None:
        return None
    unsettled = link.target.kind in (LinkKind.AMBIGUOUS, LinkKind.NOT_SCORED, LinkKind.UNDEFINED_GROUP)
    value = link.target.kind.value if unsettled else ("" if link.target.official else "synonym")
    # "Criminality score" is a printed label; that a score is asked for is a cue of its own.
    scored = link.target.kind is LinkKind.INDICATOR and link.end - link.start > 1 and tokens[link.end - 1].word == "score"
    return TaggedSpan(_LINKED_ROLES[link.target.kind], link.start, link.end - scored, value, link.target.ids)


def _cue_at(tokens: Sequence[Token], at: int, linked: Mapping[int, Link], editions: Sequence[int]) -> TaggedSpan | None:
    for length in range(min(LONGEST_CUES.get(tokens[at].word, 0), len(tokens) - at), 0, -1):
        link = next((linked[n] for n in range(at, at + length) if n in linked), None)
        if link is not None and (link.end > at + length or length <= link.end - link.start):
            continue
        cue = CUES.get(tuple(token.word for token in tokens[at : at + length]))
        if cue is None:
            continue
        if cue.role is Role.POINTS and not cue.value.endswith("s") and not _counted(tokens, at):
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
            lies=tokens[at].word in _LIES,
        )
    return None


def _number_at(tokens: Sequence[Token], at: int) -> TaggedSpan | None:
    """A number in digits or words, with "and a half" and "point five"; a year is a number of its own kind."""
    word = tokens[at].word
    if YEAR.fullmatch(word):
        return TaggedSpan(Role.YEARS, at, at + 1, years=(int(word),))
    following = [token.word for token in tokens[at + 1 : at + 4]]
    if word == "half" and following[:2] == ["a", "dozen"]:
        return TaggedSpan(Role.NUMBER, at, at + 3, number=Decimal(6))
    if word == "half" and following[:1] != ["year"]:
        return TaggedSpan(Role.NUMBER, at, at + 1 + (following[:1] == ["a"]), number=Decimal("0.5"))
    if word == "one" and not (
        (following[:1] and following[0] in _ONE_IS_A_NUMBER) or following[:3] == ["and", "a", "half"] or _after_cue(tokens, at)
    ):
        return None
    if _NUMBER.fullmatch(word):
        number = Decimal(word)
    elif word in NUMBER_WORDS:
        number = Decimal(NUMBER_WORDS[word])
    else:
        return None
    if following[:3] == ["and", "a", "half"]:
        return TaggedSpan(Role.NUMBER, at, at + 4, number=number + Decimal("0.5"))
    if following[:1] == ["point"] and len(following) > 1 and (digit := _digit(following[1])) is not None:
        return TaggedSpan(Role.NUMBER, at, at + 3, number=number + digit / 10)
    return TaggedSpan(Role.NUMBER, at, at + 1, number=number)


def _digit(word: str) -> Decimal | None:
    value = NUMBER_WORDS.get(word, int(word) if word.isdecimal() and len(word) == 1 else None)
    return Decimal(value) if value is not None and value < 10 else None


def _counted(tokens: Sequence[Token], at: int) -> bool:
    """Whether "point" is one of points, as in "a full point", and no word of another meaning."""
    word = tokens[at - 1].word if at else ""
    return word in _COUNTS_ONE or word in NUMBER_WORDS or bool(_NUMBER.fullmatch(word))


def _after_cue(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].word in _BEFORE_ONE


def _amounts(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Numbers with their unit: "two steps" is 1, "half a point" is 0.5, "a full point" is 1; "in points" is no number."""
    joined: list[TaggedSpan] = []
    for item in spans:
        last = joined[-1] if joined else None
        if item.role is not Role.POINTS or last is None:
            joined.append(item)
        elif last.role is Role.NUMBER and last.number is not None:
            joined[-1] = replace(last, role=Role.AMOUNT, end=item.end, number=last.number * _unit(item))
        elif item.value.endswith("s"):
            joined.append(TaggedSpan(Role.SCORE, item.start, item.end, "loose"))
        else:
            joined.append(TaggedSpan(Role.AMOUNT, item.start, item.end, number=_unit(item)))
    return joined


def _unit(item: TaggedSpan) -> Decimal:
    return Decimal("0.5") if item.value.startswith("step") else Decimal(1)


def _join_years(spans: Sequence[TaggedSpan]) -> list[TaggedSpan]:
    """Years that stand together become one item, which says how they are joined."""
    joined: list[TaggedSpan] = []
    for item in spans:
        before = _last_meaning(joined)
        if item.role is not Role.YEARS:
            joined.append(item)
        elif before is not None and joined[before].role in (Role.SINCE, Role.BETWEEN):
            value = "since" if joined[before].role is Role.SINCE else "from"
            joined[before:] = [replace(item, value=value, start=joined[before].start)]
        elif before is not None and (earlier := _last_meaning(joined[:before])) is not None and _joins(joined, earlier, before):
            first = joined[earlier]
            way = "range" if first.value == "from" or joined[before].role in (Role.TO, Role.VERSUS, Role.EXCEPT) else "list"
            joined[earlier:] = [replace(first, value=way, end=item.end, years=(*first.years, *item.years))]
        elif before is not None and joined[before].role is Role.YEARS and joined[before].value != "range":
            first = joined[before]
            joined[before:] = [replace(first, value="list", end=item.end, years=(*first.years, *item.years))]
        else:
            joined.append(item)
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
    """The position of the last item that is no filler."""
    return next((n for n in range(len(spans) - 1, -1, -1) if spans[n].role is not Role.FILLER), None)
