"""Whether, or how much of, something there is in a country without a page: "is heroin common in Norway", "does Chile have gangs".

There is no text to quote, but the score of that market or actor is what the Index has to say on it.
"""

from __future__ import annotations

from index.answers.overview_answer import answer_overview
from index.answers.reading import Readings
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.generations.snapshot import Snapshot
from index.language.late_pattern import LatePattern
from index.meaning.meaning import Meaning
from index.questions.question import Question

_DEGREE = (
    r"(?:common|widespread|rife|rampant|prevalent|frequent|strong|powerful|weak|active|present|big|bad|serious|severe|important|"
    r"free|independent|effective|good|dangerous|a thing|a (?:big |serious |real |major )?(?:problem|issue|threat|concern)|"
    r"(?:big|serious|much|large) (?:of )?an? (?:deal|problem|issue|threat|concern|thing))"
)
_MUCH = r"(?:really |still |actually |very |so |that |any |many |much |a lot of |lots of |a |an |the )*"
_TAIL = r"(?: (?:really|actually|now|today|these days|nowadays|at the moment))?(?: in)?(?: Y\d+)?$"
_OF_DEGREE = LatePattern(
    "|".join(
        (
            rf"^(?:so )?(?:is|are|was|were) there {_MUCH}I\d+(?: I\d+)? in (?:the )?C\d+{_TAIL}",
            rf"^(?:so )?(?:does|do|did) (?:the )?C\d+ {_MUCH}have {_MUCH}I\d+{_TAIL}",
            rf"^(?:so )?(?:do|does) (?:they|we|you) {_MUCH}have {_MUCH}I\d+ in (?:the )?C\d+{_TAIL}",
            rf"^(?:so )?(?:is|are|was|were) {_MUCH}I\d+ {_MUCH}{_DEGREE}? ?in (?:the )?C\d+{_TAIL}",
            rf"^(?:so )?(?:does|do|did) {_MUCH}I\d+ in (?:the )?C\d+{_TAIL}",
            rf"^(?:the )?I\d+(?: (?:n|and|or|,) I\d+)? in (?:the )?C\d+ ?,? how {_DEGREE}(?: (?:is|are) (?:it|that|they|this))?$",
            rf"^how {_DEGREE} (?:is|are|was|were) {_MUCH}I\d+(?: (?:and|or|to) I\d+)? in (?:the )?C\d+{_TAIL}",
            rf"^(?:the )?I\d+ (?:market|trade|scene|business|industry|activity|level|risk|threat)s? (?:in|of) (?:the )?C\d+"
            rf"{_TAIL}",
        )
    )
)


def overview_instead(snapshot: Snapshot, question: Question, readings: Readings, limit: int) -> Answer | None:
    """The overview of the one market, actor or institution that is asked of a country without a page; None of other questions."""
    indicators = tuple(dict.fromkeys(readings.asked.masked.ids("I")))
    if len(question.countries) != 1 or question.countries[0] in snapshot.text_editions or not indicators:
        return None
    if not _OF_DEGREE.search(readings.asked.text):
        return None
    meaning = Meaning(
        Kind.OVERVIEW, countries=question.countries, indicators=indicators[:1], editions=tuple(sorted(question.editions))
    )
    answer = answer_overview(snapshot, question, meaning, limit)
    return answer if answer.answered else None
