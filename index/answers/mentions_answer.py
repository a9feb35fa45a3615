"""The answer to which profiles mention something: the countries, each with its sentence."""

from __future__ import annotations

from dataclasses import replace

from index.answers.declined_answer import decline
from index.answers.found_passages import found_passage
from index.answers.notes import source_notes
from index.answers.understood import understood_as
from index.contract.answer_object import Answer
from index.contract.refusal import Refusal, RefusalReason
from index.contract.typed_results import MentionsResult
from index.generations.snapshot import Snapshot
from index.language.phrases import joined
from index.questions.question import Question
from index.retrieval.mentions import Sought, find_mentions
from index.retrieval.scope import scope_of
from index.retrieval.weights import weights


def answer_mentions(snapshot: Snapshot, question: Question, sought: Sought, limit: int) -> Answer:
    """The countries whose profiles mention what is sought, with the first sentence of each that does."""
    place = scope_of(snapshot, replace(question, countries=(), mentions=(), capitals=(), ambiguous=()))
    if place.refusal is not None:
        return decline(snapshot, question, place.refusal, editions=question.editions, notes=place.notes)
    exact = find_mentions(snapshot, sought, place)
    wider = sought.without_generic_words
    mentions = exact if exact or wider is None else find_mentions(snapshot, wider, place)
    notes = list(place.notes)
    if mentions and not exact:
        notes.append(f"No profile has all the words of {sought.phrase!r} in one sentence, so generic words were left out.")
    searched = len(snapshot.text_editions if place.countries is None else place.countries)
    if not mentions:
        why = Refusal(RefusalReason.PAGE_SILENT, f"{sought.phrase!r} is mentioned in none of {searched} loaded countries")
        return decline(snapshot, question, why, editions=question.editions, notes=notes)
    names = [f"{snapshot.taxonomy.countries[m.country].name} ({m.edition})" for m in mentions]
    rows = {passage.id: passage for passage in snapshot.passages}
    found = tuple(found_passage(rows[m.passage], 1.0, (m.at,)) for m in mentions[:limit])
    return Answer(
        question=question.text,
        understood=replace(
            understood_as(question, snapshot.taxonomy, "set", question.editions),
            words=f"profiles that mention {sought.phrase!r}",
        ),
        answered=True,
        confidence=weights().fixed.looked_up if exact else weights().fixed.looked_up_if_read_right,
        answer=f"{sought.phrase!r} is mentioned in {len(mentions)} of {searched} loaded countr{'y' if searched == 1 else 'ies'}: "
        f"{joined(names)}.",
        result=MentionsResult(tuple(m.country for m in mentions), sought.phrase, mentions),
        facts=(),
        passages=found,
        notes=(*notes, *source_notes(found)),
        generation=snapshot.manifest.name,
    )
