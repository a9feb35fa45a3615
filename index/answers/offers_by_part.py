"""Questions to offer where one asks for a score of a whole section, which has none: one for each of its indicators.

"Which region has the most environmental crime?" may mean flora crimes, fauna crimes or non-renewable resource crimes.
"""

from __future__ import annotations

import re

from corpus.errors import QuestionError
from index.answers.reading import readings_of
from index.generations.snapshot import Snapshot
from index.language.phrases import in_sentence
from index.meaning.candidate import TEXT
from index.questions.cues import Role
from index.questions.question import Question, understand

_MOST_OFFERS = 4


def offers_by_part(snapshot: Snapshot, question: Question) -> tuple[str, ...]:
    """The question with each indicator of the one section that it names, where it is then understood."""
    spans = [span for span in question.reading.spans if span.role is Role.SECTION]
    if len(spans) != 1 or len(question.sections) != 1 or question.indicators:
        return ()
    typed = r"\W+".join(map(re.escape, question.reading.words[spans[0].start : spans[0].end]))
    section = next(s for s in snapshot.taxonomy.sections if s.id == question.sections[0])
    offers = []
    for indicator in section.indicators:
        name = in_sentence(snapshot.taxonomy.indicators[indicator])
        text = re.sub(typed, name, question.text, count=1, flags=re.IGNORECASE)
        if text != question.text and _understood(snapshot, text):
            offers.append(text)
    return tuple(offers[:_MOST_OFFERS])


def _understood(snapshot: Snapshot, text: str) -> bool:
    try:
        readings = readings_of(snapshot, understand(text, snapshot.gazetteer, snapshot.taxonomy.editions))
    except QuestionError:
        return False
    return readings.sure and readings.best.candidate.label != TEXT
