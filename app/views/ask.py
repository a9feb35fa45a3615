"""Ask: a question box, and the answer laid out. All words and rows come from `page_text`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from app import page_text
from app.figures import Shape, figure_of
from app.opened import opened, show_error, show_origin
from app.render import passage_place
from corpus.errors import OcqaError
from index.answer import ask
from index.contract import Answer, FoundPassage
from index.evals.feedback import Opinion, append_feedback, feedback_of
from index.snapshot import Snapshot

SHOWN_PASSAGES = 5
SHOWN_FACTS = 40


def show_opinion(answer: Answer, path: Path | None, passage: int | None = None) -> None:
    """Buttons that keep an opinion of the answer, or of one of its passages, in the file that was named for it."""
    if path is None:
        return
    what = "answer" if passage is None else "passage"
    columns = st.columns(2)
    for column, opinion in zip(columns, Opinion, strict=True):
        if column.button(f"This {what} is {opinion}", key=f"{opinion}-{passage or 0}"):
            try:
                at = datetime.now(UTC).isoformat(timespec="seconds")
                append_feedback(path, feedback_of(answer.to_dict(), opinion, at, passage))
                st.caption(f"Kept: this {what} is {opinion}.")
            except OcqaError as error:
                show_error(error)


def show_passage(passage: FoundPassage, number: int, snapshot: Snapshot) -> None:
    """One passage with its place, its text and a link to its source."""
    with st.container(border=True):
        st.markdown(f"**{number}\\. {page_text.escaped(passage_place(passage, snapshot.taxonomy))}**")
        st.markdown(page_text.highlighted(passage))
        if passage.why is not None:
            with st.expander("Why this passage"):
                st.markdown(page_text.why_rows(passage.why))
        restated = " (the text here is restated in our own sentences)" if passage.note else ""
        st.caption(f"Source: {page_text.source_link(passage.source)}{restated}")


def show_alternatives(answer: Answer) -> None:
    """Other questions that may have been meant, each a button that asks it."""
    if answer.alternatives:
        st.markdown("Perhaps you meant:")
    for number, question in enumerate(answer.alternatives):
        st.button(question, key=f"offer-{number}", on_click=lambda text=question: st.session_state.update(question=text))


def show_figure(answer: Answer, snapshot: Snapshot) -> None:
    """The figure of a ranking, comparison or change, with the same in words for who cannot see it."""
    figure = figure_of(answer, snapshot.taxonomy)
    if figure is None:
        return
    st.caption(page_text.escaped(figure.title))
    data = {figure.label_name: list(figure.labels), figure.value_name: list(figure.values)}
    if figure.shape is Shape.LINE:
        st.line_chart(data, x=figure.label_name, y=figure.value_name, alt=figure.text)
    else:
        st.bar_chart(
            data, x=figure.label_name, y=figure.value_name, x_label="", y_label=figure.value_name, horizontal=True, sort=False,
            alt=figure.text,
        )  # fmt: skip
    with st.expander("The figure in words"):
        st.markdown(page_text.escaped(figure.text))


def show_query(answer: Answer) -> None:
    """How the figures were computed, for a reader who checks."""
    if answer.query is None:
        return
    with st.expander("How this was computed"):
        st.markdown(page_text.escaped(answer.query.words))
        st.code(answer.query.sql, language="sql", wrap_lines=True)
        st.caption(page_text.escaped("Bound values, in order: " + ", ".join(map(str, answer.query.values))))


def show_answer(answer: Answer, snapshot: Snapshot, feedback: Path | None) -> None:
    """The answer first, then how it was understood, facts, passages and notes; opinions where a file is named for them."""
    box = st.success if answer.answered else st.warning
    icon = ":material/check_circle:" if answer.answered else ":material/help:"
    quoted = answer.answered and answer.result is None
    box(("“{}”" if quoted else "{}").format(page_text.escaped(answer.answer)), icon=icon)
    if quoted:
        st.caption(f"Quoted from the first passage below. Match: {page_text.confidence_word(answer)}.")
    reading = page_text.reading_rows(answer, snapshot.taxonomy)
    shown = " · ".join(f"{label}: {page_text.escaped(value)}" for label, value in reading)
    st.markdown(f"**Understood as** {shown or 'a question about all loaded countries'}")
    if answer.result is not None:
        show_opinion(answer, feedback)
    show_alternatives(answer)
    show_figure(answer, snapshot)
    if answer.facts:
        st.subheader("Scores")
        st.table(page_text.fact_rows(answer, snapshot.taxonomy)[:SHOWN_FACTS], hide_index=True)
        if len(answer.facts) > SHOWN_FACTS:
            st.caption(f"{len(answer.facts) - SHOWN_FACTS} more scores: `ocqa ask --json` gives all of them.")
    show_query(answer)
    if answer.passages:
        st.subheader("Passages" if answer.answered else "Nearest passages (they do not answer the question)")
        for number, passage in enumerate(answer.passages[:SHOWN_PASSAGES], start=1):
            show_passage(passage, number, snapshot)
            if passage.country is not None and answer.result is None:
                show_opinion(answer, feedback, number)
    if answer.notes:
        st.subheader("Notes")
        st.markdown("\n".join(f"- {page_text.escaped(note)}" for note in answer.notes))


def main() -> None:
    """Lay out the page for the question in the box or the address."""
    here = opened()
    st.title("Ask the organized crime profiles")
    question = st.text_input(
        "Your question", key="question", bind="query-params", placeholder=page_text.EXAMPLES[0], max_chars=1000
    )
    if not question.strip():
        st.markdown("Try one of these:")
        for number, example in enumerate(page_text.EXAMPLES):
            st.button(example, key=f"example-{number}", on_click=lambda text=example: st.session_state.update(question=text))
    else:
        try:
            show_answer(ask(here.snapshot, question), here.snapshot, here.settings.feedback)
        except OcqaError as error:
            show_error(error)
    show_origin(here.snapshot)


main()
