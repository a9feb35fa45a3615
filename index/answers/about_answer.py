"""The answer to a question about the Index or this program, to talk, and to what nothing loaded could hold."""

from __future__ import annotations

from index.about.match import AboutMatch
from index.answers.about_words import filled
from index.answers.example_questions import example_questions
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer, Understood
from index.contract.briefing_results import AboutResult
from index.contract.refusal import RefusalReason
from index.contract.typed_results import Unavailable
from index.generations.snapshot import Snapshot


def answer_about(snapshot: Snapshot, text: str, match: AboutMatch) -> Answer:
    """The answer of an entry, or that it declines the question and why. `text` is the question as typed.

    Beside an answer to a greeting or a cry for help, and beside what is declined, stand questions that the loaded data answers.
    """
    entry = match.entry
    said = filled(entry.text, text, snapshot)
    result = Unavailable(said, RefusalReason.OUTSIDE_INDEX) if match.beyond else AboutResult(entry.topic, said, entry.source)
    topic = entry.id.replace("_", " ")
    return Answer(
        question=text,
        understood=Understood(
            kind="unavailable" if match.beyond else Kind.ABOUT,
            countries=(),
            groups=(),
            indicators=(),
            editions=(),
            words=f"{'not a question that the Index answers' if match.beyond else 'about the Index or this page'}: {topic}",
            confidence=match.probability,
        ),
        answered=not match.beyond,
        confidence=match.probability,
        answer=said,
        result=result,
        facts=(),
        passages=(),
        notes=(f"More: {entry.source}",) if entry.source.startswith("https://") and not match.beyond else (),
        generation=snapshot.manifest.name,
        alternatives=example_questions(snapshot) if entry.examples or match.beyond else (),
    )
