"""`ask`: one question to one answer. Has no side effects; raises only for a text that is not a question or a damaged index."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import reduce

from corpus.errors import OcqaError
from corpus.naming import fold
from index.about.match import AboutMatch, best_entry, entry_beyond
from index.answers.about_answer import answer_about
from index.answers.declined_answer import decline
from index.answers.degree_instead import overview_instead
from index.answers.document_answer import with_documents
from index.answers.explanation_answer import answer_explanation
from index.answers.in_parts import in_parts
from index.answers.in_story import without_its_story
from index.answers.mentions_answer import answer_mentions
from index.answers.overview_answer import answer_overview
from index.answers.own_figures import own_figure_notes
from index.answers.page_fact_answer import answer_page_fact
from index.answers.part import SEVERAL
from index.answers.quoted_answer import answer_from_text
from index.answers.reading import Readings, readings_of
from index.answers.score_answer import ScoreAnswer, never_measured
from index.answers.scored_answer import refused_answer, scored_answer
from index.answers.two_questions import both_entries, joined_entries, second_note
from index.answers.unforeseen import failed_answer
from index.answers.unread_names import unread_name
from index.answers.unscored_topic import unscored_topic
from index.answers.unsure_answer import offered_questions, unsure_answer
from index.answers.yes_or_no import said_yes_or_no
from index.contract.answer_kind import Kind
from index.contract.answer_object import Answer
from index.contract.refusal import Refusal, RefusalReason
from index.encoders.protocol import PACKAGED_MODEL
from index.generations.manifest import REBUILD
from index.generations.snapshot import Snapshot
from index.language.late_pattern import LatePattern
from index.meaning.ahead import asks_ahead
from index.meaning.asides import called_the_index, without_asides
from index.meaning.candidate import ABOUT, NONE, TEXT, CandidateReading
from index.meaning.going_on import goes_on
from index.meaning.meaning import Meaning
from index.meaning.talk import not_a_question
from index.questions.question import Question, understand
from index.retrieval.mentions import sought_mention
from index.retrieval.scope import unclear_place
from index.scores.facts import score_facts

MOST_PASSAGES = 10
# From here on a greeting or a remark is answered by the entry that is most like it.
_LIKE_AN_ENTRY = 0.5
# A reading less likely than this is answered with the other readings beside it.
_DOUBTED = 0.7
# From here on a question may be about text, though another reading is likelier.
_MAY_BE_TEXT = 0.05
# A name inside a question: "the Shining Path", "Tren de Aragua".
_CAPITALS = LatePattern(r"(?<=[a-z,] )[A-Z][\w'’-]+(?: (?:(?:de|del|da|of|the|la|el|al) )?[A-Z][\w'’-]+)*")
# Entries that answer talk.
_TALK = frozenset(("greeting", "thanks", "goodbye", "insult", "test", "acknowledgement"))
# The entry on what no edition says.
_FORECASTS = "forecasts"
_NOTHING_ASKED = "no question about the Index or its countries could be found in this"

_GATHERED: Mapping[Kind, Callable[[Snapshot, Question, Meaning, int], Answer]] = {
    Kind.OVERVIEW: answer_overview,
    Kind.EXPLANATION: answer_explanation,
    Kind.PAGE_FACT: lambda snapshot, question, meaning, _: answer_page_fact(snapshot, question, meaning),
}


def ask(snapshot: Snapshot, text: str, *, id: str | None = None, limit: int = MOST_PASSAGES) -> Answer:
    """Answer a question from what is loaded.

    Raises QuestionError for a text that is not a question, and IndexDamaged or ModelError where nothing can be answered. Any
    other error is a fault in the program: it is logged and becomes an answer that says so.
    """
    try:
        question = understand(text, snapshot.gazetteer, snapshot.taxonomy.editions)
        plain = without_asides(question, snapshot.gazetteer, snapshot.taxonomy.editions)
        answer = replace(_answered(snapshot, plain, limit), question=question.text)
        answer = said_yes_or_no(answer, question.text)
        several = SEVERAL in answer.notes or any(note.startswith("The question asks for ") for note in answer.notes)
        second = () if several else second_note(text, answer)
        answer = replace(answer, notes=(*answer.notes, *second, *own_figure_notes(snapshot, question)))
    except OcqaError:
        raise
    except Exception as error:
        answer = failed_answer(text, error, snapshot.manifest.name)
    trouble = snapshot.encoder.trouble
    slow = f"Questions take longer than usual to encode: {trouble}. Next: {REBUILD}" if trouble else ""
    return replace(answer, id=id, notes=(*(note for note in (snapshot.warning, slow) if note), *answer.notes))


def _answered(snapshot: Snapshot, question: Question, limit: int) -> Answer:
    sought = sought_mention(question.text, snapshot)
    if sought is not None:
        return answer_mentions(snapshot, question, sought, limit)
    noise = not_a_question(question) or goes_on(question)
    if noise is not None:
        return decline(snapshot, question, noise)
    readings = readings_of(snapshot, question)

    def answering(part: Question, read: Readings) -> Answer:
        return _of_readings(snapshot, part, read, limit)

    two = in_parts(snapshot, question, readings, answering)
    if two is not None:
        return two
    unread = _unread(snapshot, question, readings)
    if unread is not None or not readings.sure:
        instead = _text_instead(snapshot, question, readings, limit)
        if instead is not None:
            return instead
        if unread is None and readings.asks_scores:
            unread = unscored_topic(snapshot, question, readings)
        if unread is not None:
            return refused_answer(snapshot, question, unread, limit)
        plain = without_its_story(snapshot, question, answering)
        return plain or unsure_answer(snapshot, question, readings.readings)
    return _of_readings(snapshot, question, readings, limit)


def _of_readings(snapshot: Snapshot, question: Question, readings: Readings, limit: int) -> Answer:
    """The answer to the likeliest reading of a question that was read with certainty."""
    of_scores = readings.best.candidate.meaning is not None
    if (of_scores or readings.best.candidate.label == TEXT) and asks_ahead(readings.asked.text):
        return answer_about(snapshot, question.text, entry_beyond(_FORECASTS))
    unscored = unscored_topic(snapshot, question, readings) if of_scores else None
    if unscored is not None:
        return refused_answer(snapshot, question, unscored, limit)
    answer = answer_reading(snapshot, question, readings, readings.best.candidate, limit)
    answer = _as_sure(answer, readings.best.probability)
    if not answer.answered or readings.best.probability >= _DOUBTED or answer.alternatives:
        return answer
    others = (w.candidate for w in readings.readings[1:])
    return replace(answer, alternatives=offered_questions(snapshot, question, others))


def _as_sure(answer: Answer, probability: float) -> Answer:
    """The answer with the probability that its question was read as meant."""
    answer = replace(answer, understood=replace(answer.understood, confidence=round(probability, 4)))
    # The two err on the same questions: a hard one is both read and answered with less certainty. Their product is too low.
    return replace(answer, confidence=round(min(answer.confidence, probability), 4)) if answer.answered else answer


def _text_instead(snapshot: Snapshot, question: Question, readings: Readings, limit: int) -> Answer | None:
    """The answer from the pages, where no reading is sure enough, the question may be about text, and the text answers it."""
    text = next((w for w in readings.readings if w.candidate.label == TEXT and w.probability >= _MAY_BE_TEXT), None)
    if text is None:
        return None
    answer = _from_text(snapshot, question, readings, limit)
    return _as_sure(answer, text.probability) if answer.answered and answer.understood.kind == Kind.PASSAGES else None


def _unread(snapshot: Snapshot, question: Question, readings: Readings) -> ScoreAnswer | None:
    """Why a question about scores cannot be answered whatever it asks of them: its indicators are newer than what is loaded, or,
    if no reading makes a whole, a name, year or number is not known."""
    never = never_measured(snapshot, question) if readings.asks_scores else None
    if never is not None:
        return never
    whole = any(w.candidate.meaning is not None or w.candidate.queries for w in readings.readings)
    return None if whole or not readings.asks_scores else unread_name(snapshot, question)


def answer_reading(snapshot: Snapshot, question: Question, readings: Readings, best: CandidateReading, limit: int) -> Answer:
    """The answer to one reading of a question, without the probability that it is the one that was meant."""
    if best.label == TEXT:
        return _from_text(snapshot, question, readings, limit)
    if best.label in (ABOUT, NONE):
        return _not_of_countries(snapshot, question, best.label, limit)
    if best.meaning is not None and best.meaning.kind in _GATHERED:
        return _GATHERED[best.meaning.kind](snapshot, question, best.meaning, limit)
    return scored_answer(snapshot, question, best, limit)


def _of_a_name(snapshot: Snapshot, question: Question, limit: int) -> Answer | None:
    """The answer from the pages to a question about a name that only they may know: "What is the Shining Path?"."""
    names = _CAPITALS.findall(question.text)
    answer = answer_from_text(snapshot, question, limit) if names else None
    if answer is None or not answer.answered or not all(fold(name) in fold(answer.passages[0].text) for name in names):
        return None
    return answer


def _not_of_countries(snapshot: Snapshot, question: Question, label: str, limit: int) -> Answer:
    """About the Index or this program; otherwise declined, with the reason of the entry that comes nearest if there is one."""
    named = _of_a_name(snapshot, question, limit) if label == NONE else None
    if named is not None:
        return named
    match = _nearest_entry(snapshot, question)
    # "Weather in Lima tomorrow" says no goodbye.
    placed = question.countries or question.capitals or question.groups
    likely = label == ABOUT or match.beyond or match.probability >= _LIKE_AN_ENTRY
    if match.near and likely and not (placed and match.entry.id in _TALK):
        matches = both_entries(question.text, match, lambda text: _nearest_entry_to(snapshot, text, text))
        answers = [answer_about(snapshot, question.text, m) for m in matches]
        return with_documents(snapshot, question, reduce(joined_entries, answers))
    return with_documents(snapshot, question, decline(snapshot, question, Refusal(RefusalReason.NOT_UNDERSTOOD, _NOTHING_ASKED)))


def _nearest_entry(snapshot: Snapshot, question: Question) -> AboutMatch:
    return _nearest_entry_to(snapshot, question.text, question.read_text)


def _nearest_entry_to(snapshot: Snapshot, typed: str, read: str) -> AboutMatch:
    """The entry about the Index, this program or what is out of reach that comes nearest; the vectors of entries are those of the
    packaged model."""
    packaged = snapshot.manifest.model.name == PACKAGED_MODEL
    # Its full name would draw every question about the Index to what the Index is.
    encoded = snapshot.encoder.get().encode_question(called_the_index(read)) if packaged else None
    return best_entry(called_the_index(typed), None if encoded is None else encoded.vector)


def _from_text(snapshot: Snapshot, question: Question, readings: Readings, limit: int) -> Answer:
    reason = unclear_place(snapshot, question)
    if reason is None:
        answer = overview_instead(snapshot, question, readings, limit) or answer_from_text(
            snapshot, question, limit, readings.in_pages
        )
        if answer.answered:
            return answer
        match = _nearest_entry(snapshot, question)
        # What the pages do not hold and an entry says is out of reach has the entry's reason.
        beyond = match.beyond and match.near and match.probability >= _LIKE_AN_ENTRY
        answer = answer_about(snapshot, question.text, match) if beyond else answer
        return answer if question.countries or question.groups else with_documents(snapshot, question, answer)
    candidates = tuple(c for _, countries in question.ambiguous for c in countries)
    return decline(snapshot, question, reason, facts=score_facts(snapshot, candidates, question.indicators, question.editions))
