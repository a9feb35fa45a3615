"""One answer on the page: the answer, how the question was understood, scores, passages, notes, link and downloads."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from app.content import answer_citation, answer_files, answer_rows
from app.content.answer_choices import Chip, chips_of
from app.content.download_files import json_download, markdown_download, table_downloads
from app.content.file_about import about_answer
from app.content.file_names import answer_stem
from app.content.links import profile_link
from app.content.markdown import escaped, highlighted, source_link
from app.reports.answer_text import passage_place
from app.reports.answer_words import doubt_words, is_unsure, offers_heading
from app.reports.getting_pages import pages_missing
from app.screens.answer_scores import show_scores
from app.screens.downloads import show_downloads
from app.screens.getting import show_missing
from app.screens.session import set_question
from app.settings import read_settings
from corpus.errors import OcqaError
from index.contract.answer_object import Answer, FoundPassage
from index.contract.briefing_results import AboutResult, OverviewResult
from index.evals.feedback import Opinion, append_feedback, feedback_of
from index.generations.snapshot import Snapshot
from index.questions.question import understand

SHOWN_PASSAGES = 5
_NARROWEST_BOX = 220


def show_answer(answer: Answer, snapshot: Snapshot, link: str) -> None:
    """The answer first, then how the question was understood, scores, passages and notes; `link` asks it again."""
    feedback = read_settings().feedback
    _show_words(answer)
    unsure = is_unsure(answer)
    if unsure:
        _show_alternatives(answer)
    missing = pages_missing(answer, snapshot.text_editions, snapshot.taxonomy)
    if missing is not None:
        show_missing(missing, snapshot.taxonomy)
    _show_reading(answer, snapshot)
    if answer.result is not None:
        _show_opinion(answer, feedback)
    if not unsure:
        _show_alternatives(answer)
    show_scores(answer, snapshot)
    if isinstance(answer.result, OverviewResult):
        _show_quotes(answer)
    else:
        _show_passages(answer, snapshot, feedback)
    notes = answer_rows.notes_beside(answer)
    if notes:
        st.header("Notes")
        st.markdown("\n".join(f"- {escaped(note)}" for note in notes))
    _show_downloads(answer, snapshot, link)


def _show_words(answer: Answer) -> None:
    """The answer in its box: a success, a refusal, or calmly that the question may not have been understood."""
    if answer.answered:
        box, icon = st.success, ":material/check_circle:"
    elif is_unsure(answer):
        box, icon = st.info, ":material/help:"
    else:
        box, icon = st.warning, ":material/help:"
    quoted = answer.answered and answer.result is None
    lead, rest = answer_rows.lead_and_rest(answer)
    box(("“{}”" if quoted else "{}").format(escaped(lead)), icon=icon)
    if rest:
        st.markdown(escaped(rest))
    if quoted:
        st.caption(f"Quoted from the first passage below. Match: {answer_rows.confidence_word(answer)}.")
    if isinstance(answer.result, AboutResult):
        st.markdown(f":small[Source: {source_link(answer.result.source)}]")
    doubt = doubt_words(answer)
    if doubt:
        st.info(escaped(f"{doubt} How it was understood can be changed below."), icon=":material/help:")


def _show_reading(answer: Answer, snapshot: Snapshot) -> None:
    """How the question was understood, and a control to change each part of it; or what was found in it, if it was not."""
    reading = answer_rows.reading_rows(answer, snapshot.taxonomy)
    shown = " · ".join(f"{label}: {escaped(value)}" for label, value in reading)
    if is_unsure(answer):
        if not shown:
            return
        st.markdown(f"**Found in the question:** {shown}")
    else:
        st.markdown(f"**Understood as:** {shown or 'a question about all loaded countries'}")
    question = understand(answer.question, snapshot.gazetteer, snapshot.taxonomy.editions)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for number, chip in enumerate(chips_of(snapshot, question, answer)):
            _show_chip(chip, f"chip-{number}-{answer.question}")


def _show_chip(chip: Chip, key: str) -> None:
    """A control for one part of the reading; choosing in it asks the question of that choice."""

    def choose() -> None:
        chosen = st.session_state[key]
        if chosen is not None:
            set_question(chip.question(chosen))

    options = list(chip.choices)
    if chip.few:
        st.segmented_control(chip.label, options, default=chip.now if chip.now in options else None, key=key, on_change=choose)
    else:
        at = options.index(chip.now) if chip.now in options else None
        width = max(_NARROWEST_BOX, 70 + 8 * len(chip.now or ""))  # pixels: wide enough for what is chosen
        st.selectbox(chip.label, options, index=at, key=key, on_change=choose, placeholder="Choose", width=width)


def _show_opinion(answer: Answer, path: Path | None, passage: int | None = None) -> None:
    """Buttons that save an opinion on the answer, or on one of its passages, in the feedback file; none without such a file."""
    if path is None:
        return
    what = "answer" if passage is None else "passage"
    columns = st.columns(2)
    for column, opinion in zip(columns, Opinion, strict=True):
        if column.button(f"Mark this {what} as {opinion}", key=f"{opinion}-{passage or 0}"):
            try:
                at = datetime.now(UTC).isoformat(timespec="seconds")
                append_feedback(path, feedback_of(answer.to_dict(), opinion, at, passage))
                st.caption(f"Saved: this {what} is marked as {opinion}.")
            except OcqaError as error:
                st.error(escaped(f"{error.message}. {error.hint}"))


def _show_alternatives(answer: Answer) -> None:
    """Questions that may have been meant, each a button that asks it."""
    if answer.alternatives:
        st.markdown(offers_heading(answer))
    for number, question in enumerate(answer.alternatives):
        st.button(question, key=f"offer-{number}", on_click=set_question, args=(question,))


def _show_quotes(answer: Answer) -> None:
    """What a page says, section by section: the telling sentence of each, and the whole paragraph on request."""
    if not answer.passages:
        return
    edition = answer.passages[0].edition
    st.header(f"What the {edition} page says")
    for passage in answer.passages:
        said = " … ".join(passage.text[a:b] for a, b in passage.highlight) or passage.text
        with st.container(border=True):
            st.markdown(f"**{escaped(passage.section or '')}**")
            st.markdown(f"“{escaped(said)}”")
            _show_origin(passage)


def _show_passages(answer: Answer, snapshot: Snapshot, feedback: Path | None) -> None:
    if not answer.passages:
        return
    st.header("Passages" if answer.answered else "Nearest passages (they do not answer the question)")
    for number, passage in enumerate(answer.passages[:SHOWN_PASSAGES], start=1):
        _show_passage(passage, number, snapshot)
        if passage.country is not None and answer.result is None:
            _show_opinion(answer, feedback, number)


def _show_passage(passage: FoundPassage, number: int, snapshot: Snapshot) -> None:
    """One passage with its place, its text and links to the profile and to its source."""
    with st.container(border=True):
        st.markdown(f"**{number}\\. {escaped(passage_place(passage, snapshot.taxonomy))}**")
        st.markdown(highlighted(passage))
        if passage.why is not None:
            with st.expander("Why this passage"):
                st.markdown(answer_rows.why_rows(passage.why))
        _show_origin(passage)


def _show_origin(passage: FoundPassage) -> None:
    """Links to a passage in the profile and to its source."""
    restated = " (paraphrased here, not the Index's wording)" if passage.note else ""
    inside = ""
    if passage.country is not None and passage.edition is not None:
        at = passage.highlight[0] if passage.highlight else None
        inside = f"[Open in the profile]({profile_link(passage.country, passage.edition, passage.id, at)}) · "
    st.markdown(f":small[{inside}Source: {source_link(passage.source)}{restated}]")


def _show_downloads(answer: Answer, snapshot: Snapshot, link: str) -> None:
    """The link to the answer, citations of its sources, and the answer as files."""
    taxonomy = snapshot.taxonomy
    with st.expander("Link, cite, download"):
        st.markdown("**Link to this answer**")
        st.code(link, language=None, wrap_lines=True)
        sources = answer_citation.sources_of(answer, SHOWN_PASSAGES, taxonomy)
        if sources:
            day = datetime.now(UTC).date()
            st.markdown("**Cite the sources**")
            for tab, cited in zip(
                st.tabs(["Text", "BibTeX", "RIS"]),
                (answer_citation.as_text, answer_citation.as_bibtex, answer_citation.as_ris),
                strict=True,
            ):
                tab.code(cited(sources, taxonomy, day), language=None, wrap_lines=True)
        stem = answer_stem(answer.question, answer.understood.editions)
        about = about_answer(answer, snapshot.manifest, taxonomy)
        show_downloads(
            (
                *table_downloads(stem, answer_files.table_rows(answer, taxonomy), about),
                json_download(stem, lambda: json.dumps(answer.to_dict(), ensure_ascii=False, indent=1)),
                markdown_download(stem, lambda: answer_files.as_markdown(answer, taxonomy, link)),
            )
        )
