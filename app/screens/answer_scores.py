"""The scores of an answer on the page: the chart, the table of its result, the scores with their sources, how it was computed."""

from __future__ import annotations

import streamlit as st

from app.content import answer_rows
from app.content.answer_chart import Charted, drawn
from app.content.explore_choices import Choices
from app.content.links import scatter_link
from app.content.markdown import escaped, source_link
from app.reports.result_table import result_table
from app.reports.table import ResultTable
from app.screens.picture import show_picture
from index.contract.answer_object import Answer
from index.contract.briefing_results import PageFactResult
from index.contract.group_results import CorrelationResult
from index.generations.snapshot import Snapshot

SHOWN_FACTS = 40


def show_scores(answer: Answer, snapshot: Snapshot) -> None:
    """Everything of an answer that is figures but its chart; nothing for an answer from text alone."""
    taxonomy = snapshot.taxonomy
    table = result_table(answer, taxonomy)
    if table is not None:
        _show_table(table, sourced=not isinstance(answer.result, PageFactResult))
    if isinstance(answer.result, CorrelationResult):
        link = scatter_link(answer.result, Choices(taxonomy, snapshot.loaded))
        if link:
            st.markdown(f"[Every country in a scatter plot]({link})")
    if answer.facts and table is not None:
        with st.expander(f"The scores behind this, with their sources ({len(answer.facts)})"):
            _show_facts(answer, snapshot)
    elif answer.facts:
        st.header("Scores")
        _show_facts(answer, snapshot)
    _show_query(answer)


def show_chart(figure: Charted) -> None:
    """The chart of the scores, with a text version for readers who cannot see it."""
    show_picture(drawn(figure), figure.title)
    with st.expander("Text version of the chart"):
        st.markdown(escaped(figure.text))


def _show_table(table: ResultTable, *, sourced: bool) -> None:
    """The result's table, one for each heading that its rows stand under; with its source unless the scores below have theirs."""
    st.header("Scores" if sourced else "From the page")
    st.caption(escaped(table.title))
    for group in table.groups:
        if group:
            st.markdown(f"**{escaped(group)}**")
        st.table(answer_rows.result_rows(table, group), hide_index=True)
    sources = dict.fromkeys(row.source for row in table.rows if row.source)
    if not sourced and sources:
        st.markdown(f":small[Source: {', '.join(map(source_link, sources))}]")


def _show_facts(answer: Answer, snapshot: Snapshot) -> None:
    with st.container(key="facts"):
        st.table(answer_rows.fact_rows(answer, Choices(snapshot.taxonomy, snapshot.loaded))[:SHOWN_FACTS], hide_index=True)
    if len(answer.facts) > SHOWN_FACTS:
        st.caption(f"{len(answer.facts) - SHOWN_FACTS} more scores are in the downloads below.")


def _show_query(answer: Answer) -> None:
    """How the scores were computed, for readers who want to check."""
    if answer.query is None:
        return
    with st.expander("How this was computed"):
        st.markdown(escaped(answer.query.words))
        if answer.query.steps:
            st.markdown("\n".join(f"{n}. {escaped(step)}" for n, step in enumerate(answer.query.steps, start=1)))
        st.code(answer.query.sql, language=None, wrap_lines=True)
        st.caption(escaped("Parameter values, in order: " + ", ".join(map(str, answer.query.values))))
