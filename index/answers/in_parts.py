"""Questions that ask several things ("its strongest and weakest market", "who leads, and how has it moved since 2021"), answered
part by part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, pairwise

from index.answers.at_both_ends import at_both_ends
from index.answers.part import Answering, Part, first_sure, joined_answers, names_of, of_texts, read_part
from index.answers.reading import Readings
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.generations.snapshot import Snapshot
from index.language.late_pattern import LatePattern
from index.language.phrases import in_sentence, joined
from index.language.stems import STOPWORDS
from index.meaning.framed.chances import likeliest
from index.meaning.halves import asks_more_of_the_first, both_ends, clauses_of
from index.meaning.masked import MARK, masked
from index.meaning.meaning import Meaning
from index.meaning.offers import question_of
from index.meaning.phrase_patterns import found_in
from index.meaning.pointing_back import Context, completed, pointing
from index.meaning.slots.order import orders_in
from index.meaning.slots.stat import stat_of
from index.meaning.slots.when import when_of
from index.questions.cues import Role
from index.questions.question import Question
from index.scores.statistics import Stat

_SURE = 0.85
# The first part is shown with its answer, so that a reader sees how it was read.
_SURE_FIRST = 0.75
# "It" or "they" stands for at most so many places.
_FEW = 8
_MOST = 4
# At most so many ways to cut a question in two are tried.
_MOST_CUTS = 3
_ENDS = frozenset(("high", "low", "worst", "best"))
_OF_GROUPS = frozenset(map(str, (Kind.GROUP_RANKING, Kind.COMPARISON, Kind.DIFFERENCE, Kind.AGGREGATE))) | {"verdict"}
_JOINED = frozenset((",", *"and & plus on in for of the average mean as well also both".split()))
_WORD = LatePattern(r"[^\W_]+")
_BESIDE_FIELDS = frozenset(
    "many much each bigger larger smaller figures number city town country give show tell name list page "
    "pages prints print printed per profile whatever year edition got ve latest both says say please".split()
)
_IS_IT = LatePattern(
    r"(?:is|was) (?:it|that|this)(?: (?:still|really|actually|maybe))? (?!(?:in|on|the|a|an|up|down)\b)(.+)", re.IGNORECASE
)
# What asks which indicator it is has no indicator of the first.
_FAMILY = LatePattern(
    r"\b(?:which|what|its|their|worst|biggest|strongest|weakest|main|top|single) (?:criminal )?"
    r"(?:markets?|trades?|actors?|crimes?|indicators?|blocks?)\b",
    re.IGNORECASE,
)
_DENYING = frozenset("not no nor without except but".split())
_REST = LatePattern(
    r"\b(?:than|vs\.?|versus|against|with|to|and|from)\s+(?:in\s+)?(?:the\s+)?"
    r"(?:rest(?: of the (?:world|planet|globe|countries))?(?! of)|everyone else|everybody else|everywhere else|others|"
    r"other (?:countries|states)|the remaining countries|those outside|"
    r"non[- ]\w+(?: (?:countries|members|states|average|mean|ones))?)\b",
    re.IGNORECASE,
)


def in_parts(snapshot: Snapshot, question: Question, whole: Readings, answering: Answering) -> Answer | None:
    """The answers to all parts of a question in one; None if it asks one thing, or a part is not read with certainty.

    Where the whole was read as something that holds them all (two steps, two figures), it is not taken apart.
    """
    best = whole.best.candidate if whole.sure else None
    if best is not None and any(q.among is not None for q in best.queries):
        # A second question that points to nothing in the first is none over its result.
        apart = any(not pointing(other) for _, other in islice(clauses_of(question.text), _MOST_CUTS))
        return _of_clauses(snapshot, question, answering) if apart else None
    if best is not None and len(best.queries) > 1:
        return None
    return (
        _of_rest(snapshot, question, whole, answering)
        or of_texts(snapshot, both_ends(question.text) or (), _SURE, answering)
        or at_both_ends(snapshot, question, whole, answering)
        or _of_clauses(snapshot, question, answering)
        or _of_fields(snapshot, question, whole, answering)
        or (None if best is not None and whole.best.probability >= _SURE else _of_topics(snapshot, question, whole, answering))
    )


def _of_rest(snapshot: Snapshot, question: Question, whole: Readings, answering: Answering) -> Answer | None:
    """A group beside all other countries: its mean and theirs."""
    asked = whole.asked
    named = len(question.groups) == 1 and not question.countries and question.indicators and len(question.editions) < 2
    ends = any(found.way in _ENDS for found in orders_in(asked.text))
    if not named or ends or _REST.search(question.text) is None or when_of(asked).change:
        return None
    kinds, stats = asked.learned.kinds, asked.learned.slots.get("stat", {})
    # "Who improved more than the rest" asks for one country.
    other_stat = stat_of(asked) not in (None, Stat.MEAN) or likeliest(stats)[0] not in ("", "mean")
    if other_stat or max(kinds, key=lambda kind: kinds[kind]) not in _OF_GROUPS:
        return None
    meant = [
        Meaning(Kind.AGGREGATE, (), groups, (), without, (indicator,), question.editions, stat=Stat.MEAN)
        for indicator in question.indicators[:_MOST]
        for groups, without in (((question.groups,), ()), ((), question.groups))
    ]
    parts = [read_part(snapshot, question_of(meaning, snapshot.taxonomy) or "") for meaning in meant]
    return joined_answers([answering(p.question, p.readings) for p in parts if p is not None and p.scores(_SURE)])


def _of_clauses(snapshot: Snapshot, question: Question, answering: Answering) -> Answer | None:
    """A question and another behind it, which may leave out what the first says or finds."""
    for one, other in islice(clauses_of(question.text), _MOST_CUTS):
        first = None if asks_more_of_the_first(other) else read_part(snapshot, one)
        if first is None or not first.scores(_SURE_FIRST) or _only_places(first.question) or _leaves_out(first):
            continue
        answer = answering(first.question, first.readings)
        context = _context(snapshot, first, answer, pointing(other) and _IS_IT.match(other) is None)
        if _FAMILY.search(other):
            context = replace(context, topic="")
        second = first_sure(snapshot, _whole_questions(other, context), _SURE, context) if answer.answered else None
        if second is None or not _alike(first, second):
            continue
        both = joined_answers([answer, answering(second.question, second.readings)])
        if both is not None:
            return both
    return None


def _whole_questions(second: str, context: Context) -> Iterator[str]:
    """A second question as it may be meant by itself. Whether what the first finds is X, the rank of X tells."""
    found = _IS_IT.match(second)
    if found is None:
        yield from completed(second, context)
        return
    topic = f" for {context.topic}" if context.topic else ""
    places = f" in {joined(context.places)}" if context.places else ""
    yield f"How does {found[1].rstrip(' ?.')} rank{topic}{places}{f' in {context.edition}' if context.edition else ''}?"


def _of_fields(snapshot: Snapshot, question: Question, whole: Readings, answering: Answering) -> Answer | None:
    """Facts at the head of pages, where several are asked for or several countries are held against each other by one of them.

    Nothing else may stand in the question: "capital / population of X", "which has more people, X or Y".
    """
    text = whole.asked.text
    found = found_in("page_fields", text)
    fields = tuple(dict.fromkeys(hit.way for hit in found))
    if not question.countries or question.indicators or not fields or len(fields) + len(question.countries) < 3:
        return None
    if question.groups or question.unread_years or question.ambiguous or question.not_scored:
        return None
    inside = {at for hit in found for at in range(hit.start, hit.end)}
    left = [m.group() for m in _WORD.finditer(text) if m.start() not in inside and not MARK.fullmatch(m.group())]
    if any(word in _DENYING or (word not in STOPWORDS and word not in _BESIDE_FIELDS) for word in left):
        return None
    meant = [Meaning(Kind.PAGE_FACT, question.countries, editions=question.editions, field=field) for field in fields]
    if len(meant) == 1 and whole.sure:
        return None
    parts = [read_part(snapshot, question_of(meaning, snapshot.taxonomy) or "") for meaning in meant]
    answers = [answering(p.question, p.readings) for p in parts if p is not None and p.scores(_SURE)]
    printed = [answer for answer in answers if answer.answered]
    if len(answers) < len(meant) or not printed:
        return answers[0] if len(answers) == len(meant) else None
    joined = joined_answers(printed) or printed[0]
    return replace(joined, notes=(*joined.notes, *(answer.answer for answer in answers if not answer.answered)))


def _of_topics(snapshot: Snapshot, question: Question, whole: Readings, answering: Answering) -> Answer | None:
    """The question of each of the indicators that it lists: "compare the EU with the OECD on criminality and resilience"."""
    words, spans = question.reading.words, [s for s in question.reading.spans if s.role is Role.INDICATOR]
    listed = all(set(map(str.casefold, words[a.end : b.start])) <= _JOINED for a, b in pairwise(spans))
    # Conditions on several indicators are one question.
    tested = likeliest(whole.asked.learned.slots.get("conditions", {}))[0] not in ("", "0")
    if not 1 < len(spans) <= _MOST or not listed or tested:
        return None
    before, behind = words[: spans[0].start], words[spans[-1].end :]
    return of_texts(snapshot, [" ".join((*before, *words[s.start : s.end], *behind)) for s in spans], _SURE, answering)


def _alike(first: Part, second: Part) -> bool:
    """Whether a second part without an indicator asks of the family of indicators that the first asks of ("which market …")."""
    families = [{q.family for q in part.readings.best.candidate.queries} for part in (first, second)]
    return bool(second.question.indicators) or not any(families[0]) or families[0] == families[1]


def _only_places(question: Question) -> bool:
    """Whether a part only names places: "Oman or Yemen, …" asks nothing by itself."""
    words = masked(question.reading).text.replace(",", " ").split()
    return all(word in STOPWORDS or word in ("vs", "versus") or MARK.fullmatch(word) for word in words)


def _leaves_out(first: Part) -> bool:
    """Whether a part is about all but some places, which a second part cannot be given in a few words."""
    return any(q.without_countries or q.without_groups for q in first.readings.best.candidate.queries)


def _context(snapshot: Snapshot, first: Part, answer: Answer, points_back: bool) -> Context:
    """What a second part may leave out: the places that the first names (or finds, if it points back), indicator and edition."""
    names = names_of(snapshot, first.question)
    if points_back and not first.question.countries and answer.understood.kind in (Kind.SET, Kind.RANKING):
        found: tuple[str, ...] = getattr(answer.result, "countries", ())
        names = tuple(snapshot.taxonomy.countries[c].name for c in found) or names
    topics = answer.understood.indicators if answer.understood.kind != Kind.OVERVIEW else ()
    topic = in_sentence(snapshot.taxonomy.indicators[topics[0]]) if len(topics) == 1 else ""
    editions = first.question.editions
    return Context(names if len(names) <= _FEW else (), topic, editions[0] if len(editions) == 1 else None)
