"""Questions to go on with where a question could not be answered: on the same country and topic, each answerable. Pure."""

from __future__ import annotations

from index.answers.example_questions import example_questions
from index.contract.answer_object import Answer
from index.generations.snapshot import Snapshot
from index.language.phrases import in_sentence

_MOST = 3


def next_questions(answer: Answer, snapshot: Snapshot) -> tuple[str, ...]:
    """The questions that the answer offers; of a declined one that offers none, three on what the scores say instead."""
    if answer.answered or answer.alternatives:
        return answer.alternatives
    taxonomy, loaded = snapshot.taxonomy, snapshot.loaded
    scored = [c for c in answer.understood.countries if loaded.editions("criminality", (c,))]
    if not scored:
        return example_questions(snapshot)
    country = scored[0]
    name = taxonomy.countries[country].name
    topics = [i for i in answer.understood.indicators if loaded.editions(i, (country,))]
    topic = topics[0] if topics else "criminality"
    editions = sorted(loaded.editions("criminality", (country,)))
    questions = [f"Tell me about {name}", f"How does {name} rank for {in_sentence(taxonomy.indicators[topic])}?"]
    if len(editions) > 1:
        questions.append(f"How did {name}'s criminality change between {editions[-2]} and {editions[-1]}?")
    return tuple(questions[:_MOST])
