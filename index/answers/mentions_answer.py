"""The answer to which profiles mention something: the countries, each with its sentence."""

from __future__ import annotations

from collections.abc import Sequence
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
        why = Refusal(RefusalReason.PAGE_SILENT, silence_words(sought.phrase, searched))
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
        answer=mentions_words(sought.phrase, names, searched),
        result=MentionsResult(tuple(m.country for m in mentions), sought.phrase, mentions),
        facts=(),
        passages=found,
        notes=(*notes, *source_notes(found)),
        generation=snapshot.manifest.name,
    )


def mentions_words(phrase: str, names: Sequence[str], searched: int) -> str:
    """Which profiles mention something, out of those of so many countries. The phrase is the question's: a page may word it
    differently, so it does not stand in quotation marks."""
    if searched == 1:
        return f"The one loaded profile mentions {phrase}: {joined(names)}."
    verb = "mentions" if len(names) == 1 else "mention"
    return f"Of {searched} countries with a loaded profile, {len(names)} {verb} {phrase}: {joined(names)}."


def silence_words(phrase: str, searched: int) -> str:
    """That no profile mentions something, as a clause."""
    return (
        f"no profile of the {searched} loaded countries mentions {phrase}"
        if searched > 1
        else f"the one loaded profile does not mention {phrase}"
    )
