"""What a visitor has asked so far: follow-up questions, the history of the visit, and links to answers of older builds."""

from __future__ import annotations

import streamlit as st

from corpus.errors import OcqaError, QuestionError
from index.answers.follow_up import follow_up
from index.contract.answer_object import Answer
from index.evals.drift import compare_answers
from index.generations import folders
from index.generations.snapshot import Snapshot, open_generation

_LONGEST_HISTORY = 30
_LINKED_BUILD = "generation"
_QUESTION = "question"


def set_question(text: str) -> None:
    """Ask this question as it is, even if it could be read as a follow-up.

    It goes into the address: a new entry in the browser's history, from which the page takes its question.
    """
    st.session_state.followed = None
    st.query_params.from_dict({_QUESTION: text} if text.strip() else {})


def question_in_address() -> str:
    """The question that the address asks, put into the box; empty if it asks none."""
    st.session_state.question = st.query_params.get(_QUESTION, "")
    return str(st.session_state.question)


def asked(snapshot: Snapshot) -> None:
    """Ask what was typed: on its own, or completed from the question before if it is a follow-up."""
    typed = st.session_state.question
    before = next(iter(visited()), None)
    followed = follow_up(snapshot, typed, before) if before and typed.strip() else None
    set_question(followed.question if followed is not None else typed)
    st.session_state.followed = followed


def visited() -> list[str]:
    """The questions of this visit, the latest first."""
    return list(st.session_state.get("visited", []))


def remember(answer: Answer) -> None:
    """Put a question at the head of the history of this visit; the other pages open on its answer."""
    st.session_state.visited = [answer.question, *(q for q in visited() if q != answer.question)][:_LONGEST_HISTORY]
    st.session_state.latest = answer


def latest() -> Answer | None:
    """The latest answer of this visit."""
    found: Answer | None = st.session_state.get("latest")
    return found


def since(snapshot: Snapshot, answer: Answer) -> list[str]:
    """For a link made with another build: that the index has changed, and how the answer has."""
    name = st.query_params.get(_LINKED_BUILD, "")
    if not name or name == answer.generation:
        return []
    folder = snapshot.folder.parent / name
    head = f"This link was made with another build of the index ({name[:60]}); the answer below is from {answer.generation}."
    if name not in {stored.name for stored in folders.stored(snapshot.folder.parent.parent)}:
        return [f"{head} That build is no longer kept, so the two cannot be compared."]
    try:
        manifest = folders.read_manifest(folder)
        if damaged := folders.damaged_files(folder, manifest, all_of=False):
            return [f"{head} That build is damaged: {'; '.join(damaged)[:200]}."]
        before = open_generation(folder, manifest, lambda spec: snapshot.encoder.get())
    except OcqaError as error:
        return [f"{head} That build cannot be opened: {error.message}."]
    try:
        drift = compare_answers(before, snapshot, [answer.question])
    except QuestionError:
        return [head]
    finally:
        before.close()
    if not drift.drifts:
        return [f"{head} Both builds give the same answer."]
    return [head, *(f"Changed ({d.change}): before “{d.before}”, now “{d.after}”." for d in drift.drifts)]
