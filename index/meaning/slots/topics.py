"""Which indicators a question is about: named, named in everyday words, or only implied."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.language.late_pattern import LatePattern
from index.meaning.asked import Asked
from index.meaning.phrase_patterns import found_in
from index.meaning.slots.background import without_background

TABLE = "topics"
LIKELY = 0.5
# The likeliest indicator counts from here on where nothing names one.
LIKELIEST = 0.3
_SIDE_BY_SIDE = LatePattern(r"\b(?=(I\d+) (I\d+)\b)")
_SURELY, _HARDLY = 0.8, 0.25
_SOURCE = LatePattern(r"\b(?:global )?(?:initiative s? ?)?(?:organi[sz]ed )crime index\b")


@dataclass(frozen=True, slots=True)
class Topics:
    """The indicators of a question, as ids in order. `implied`: none is named and one is only hinted at ("dangerous")."""

    indicators: tuple[str, ...] = ()
    implied: bool = False


def indicators_of(asked: Asked) -> Topics:
    """The indicators of a question.

    Names count first, in the order of the text, together with everyday names beside them. A section of a page ("drugs") stands
    for its indicators; if one of them is named beside it, for that one. Words such as "crime" count only if nothing else names an
    indicator.
    """
    text = without_background(_SOURCE.sub("index", asked.text), _names_a_topic)
    hits = found_in(TABLE, text)
    named = [h for h in hits if h.way == "named"]
    explained = {m for h in named for m in h.marks}
    passed_over = halves_of_names(asked)
    at: list[tuple[int, tuple[str, ...]]] = []
    for mark, span in asked.masked.marks.items():
        if mark in explained or mark in passed_over or mark not in text.split():
            continue
        if mark[0] == "I" and not _only_said(asked, text, mark):
            at.append((text.find(mark), span.ids))
        elif mark[0] == "S":
            at.append((text.find(mark), tuple(i for s in asked.taxonomy.sections if s.id in span.ids for i in s.indicators)))
    at.extend((h.start, h.ids) for h in named)
    single = {i for _, ids in at if len(ids) == 1 for i in ids}
    at = [(start, ids) for start, ids in at if len(ids) == 1 or not single & set(ids)]
    learned = _learned(asked)
    if at:
        return Topics(tuple(dict.fromkeys(i for _, ids in sorted(at) for i in ids)))
    alone = tuple(dict.fromkeys(i for h in hits if h.way == "alone" for i in h.ids))
    if alone or learned:
        return Topics(alone or learned)
    implied = tuple(dict.fromkeys(i for h in hits if h.way == "implied" for i in h.ids))
    return Topics(implied[:1], implied=bool(implied))


def only_learned(asked: Asked) -> bool:
    """Whether no word of a question stands for an indicator, so that one can only have been learned."""
    return not (asked.masked.ids("I") or asked.masked.ids("S") or found_in(TABLE, asked.text))


def halves_of_names(asked: Asked) -> frozenset[str]:
    """The marks of names that only make another one more exact: in "cyber scams" one is meant, which was learned."""
    learned, dropped = asked.learned.indicators, set[str]()
    for pair in _SIDE_BY_SIDE.finditer(asked.text):
        ids = [asked.masked.marks[mark].ids for mark in pair.groups()]
        likely = [max((learned.get(i, 0.0) for i in one), default=0.0) for one in ids]
        if min(likely) <= _HARDLY and max(likely) >= _SURELY and ids[0] != ids[1]:
            dropped.add(pair[1 + likely.index(min(likely))])
    return frozenset(dropped)


def _learned(asked: Asked) -> tuple[str, ...]:
    """The indicators that are likely by what was learned, or the likeliest alone if it is likely enough."""
    ordered = sorted(asked.learned.indicators.items(), key=lambda pair: -pair[1])
    return tuple(i for i, p in ordered if p > LIKELY) or tuple(i for i, p in ordered[:1] if p > LIKELIEST)


def _only_said(asked: Asked, text: str, mark: str) -> bool:
    """Whether a name is none here: "what accounts for", "migrant workers", "non-drug", "criminals" beside another name."""
    span = asked.masked.marks[mark]
    words = asked.question.reading.words
    if words[span.start].casefold() in ("accounts", "account") and words[span.end : span.end + 1] == ("for",):
        return True
    if words[span.start].casefold() in ("migrant", "migrants") and words[span.end : span.end + 1] in (("workers",), ("worker",)):
        return True
    if words[span.start].casefold().startswith("border") and re.search(
        rf"\b(?:over|across)(?: (?:the|its|our|a))? {mark}\b", text
    ):
        return True
    if re.search(rf"\bnon {mark}\b", text) or (span.ids == ("prevention",) and re.search(rf"\b{mark} of (?:the )?I\d", text)):
        # "Non-drug"; "the prevention of money laundering".
        return True
    if words[span.start].casefold() == "criminal" and re.search(rf"\b{mark} [IS]\d", text):
        return True
    # "Gold panning by criminals": "criminals" has the stem of "criminality", so it is linked as if it were the name of the score.
    if span.ids != ("criminality",) or words[span.start].casefold() not in ("criminal", "criminals"):
        return False
    joined = rf"[IS]\d+ (?:, |and |or |& |the )*{mark}\b|\b{mark} (?:, |and |or |& |the )*[IS]\d+"
    others = set(asked.masked.ids("I")) - {"criminality"} or any(
        h.way == "named" and h.ids != ("criminality",) for h in found_in(TABLE, text)
    )
    return bool(others) and re.search(joined, text) is None


def _names_a_topic(part: str) -> bool:
    return re.search(r"\b[IS]\d+\b", part) is not None or any(h.way == "named" for h in found_in(TABLE, part))
