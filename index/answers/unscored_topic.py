"""A topic that the Index does not score, in the place where a question names its indicator: "got worse in education".

Read without it, such a question would be answered with the overall score, which is not what was asked.
"""

from __future__ import annotations

from index.answers.reading import Readings
from index.answers.score_answer import ScoreAnswer, refused_scores
from index.contract.answer_kind import Kind
from index.contract.refusal import Refusal, RefusalReason
from index.generations.snapshot import Snapshot
from index.language.late_pattern import LatePattern
from index.meaning.meaning import Direction, Meaning
from index.meaning.offers import question_of
from index.questions.question import Question

# What stands for the whole of what the Index scores, or narrows nothing.
_WHOLE = frozenset(
    (
        "crime crimes criminality criminals criminal organized organised gangs gangsters mafia resilience index scores score "
        "scoring rankings ranking ratings rating report reports data terms general total sum average overall particular "
        "comparison contrast this that it these those them all everything anything both each either years year time times months "
        "decade decades edition editions period recent last past world region continent whole end short fact practice theory "
        "reality places place countries"
    ).split()
)
_FILLING = frozenset("a an the their its his her of and or other more less most".split())
_JUDGED = LatePattern(
    r"\b(?:worse|better|improve[sd]?(?: (?:the )?most)?|improving|worsen(?:s|ed|ing)?(?: (?:the )?most)?|"
    r"deteriorat(?:es?|ed|ing)|"
    r"(?:best|worst|highest|lowest|weakest|strongest|top)(?: N1)?"
    r"(?: (?:countr(?:y|ies)|nations?|states?|places?|performers?|scor(?:es?|ers?)|in|of|on|C1|G1|the|world|earth))*?)"
    r" (?:in|at|on|for|regarding|concerning|when it comes to|in terms of|with (?:respect|regard) to)"
    r" ((?:[a-z]+ ){0,3}?[a-z]{4,})"
    r"(?=\s*(?:$|[,|?.!]|(?:since|from|between|in|according|over|by|of|to|than|among|across|during)\b|Y1))"
)


def unscored_topic(snapshot: Snapshot, question: Question, readings: Readings) -> ScoreAnswer | None:
    """A refusal if the likeliest reading takes the overall scores, or nothing could be read, and the question names another topic
    for them; else None."""
    meaning = readings.best.candidate.meaning if readings.readings else None
    named = readings.asked.masked.ids("I") or question.sections
    parts = snapshot.taxonomy.parts
    overall = meaning is None or all(parts(i, snapshot.taxonomy.editions[-1]) for i in meaning.indicators)
    if named or not overall:
        return None
    for found in _JUDGED.finditer(readings.asked.text):
        words = [word for word in found[1].split() if word not in _FILLING]
        if words and not set(words) & _WHOLE:
            why = f"{found[1]!r} is not something that the Index scores"
            offer = question_of(meaning or _nearest(question), snapshot.taxonomy)
            return refused_scores(snapshot, question, Refusal(RefusalReason.OUTSIDE_INDEX, why), [offer] if offer else [])
    return None


def _nearest(question: Question) -> Meaning:
    """What can be asked of the same places: their overall scores."""
    if question.countries:
        return Meaning(Kind.OVERVIEW, countries=question.countries)
    groups = tuple((group,) for group in question.groups)
    return Meaning(Kind.SET, groups=groups, indicators=("criminality",), order=Direction.HIGH, limit=1)
