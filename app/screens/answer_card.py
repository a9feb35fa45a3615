"""One answer on the page: the answer, how the question was understood, scores, passages, notes, link and downloads."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from app.content import answer_citation, answer_files, answer_rows
from app.content.answer_chart import chart_of
from app.content.answer_choices import Chip, chips_of
from app.content.answer_leads import leads
from app.content.answer_metrics import metrics_of, verdict_of
from app.content.download_files import json_download, markdown_download, table_downloads
from app.content.explore_choices import Choices
from app.content.file_about import about_answer
from app.content.file_names import answer_stem
from app.content.linked_words import linked
from app.content.links import profile_link
from app.content.markdown import escaped, highlighted, source_link
from app.content.next_questions import next_questions
from app.reports.answer_text import passage_place
from app.reports.answer_words import doubt_words, is_unsure, kind_line, offers_heading
from app.reports.getting_pages import pages_missing
from app.reports.web_address import web_address
from app.screens.answer_scores import show_chart, show_scores
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
# So many of them without being asked for more.
_AT_ONCE = 2
_NARROWEST_BOX = 220


def show_answer(answer: Answer, snapshot: Snapshot, link: str) -> None:
    """The answer with its figures and its chart first, then what can be asked instead, passages, scores and notes.

    `link` asks it again.
    """
    feedback = read_settings().feedback
    with st.container(border=True, key="answer" if answer.answered else "answer_weak"):
        figure = chart_of(answer, snapshot)
        told, drawn = st.columns([3, 2], gap="large") if figure is not None else (st.container(), None)
        with told:
            rest = _show_words(answer, snapshot)
            _show_metrics(answer, snapshot)
            if rest:
                st.markdown(rest)
            _show_reading(answer, snapshot)
            _show_leads(answer, snapshot)
            if answer.result is not None:
                _show_opinion(answer, feedback)
        if figure is not None and drawn is not None:
            with drawn:
                show_chart(figure)
    missing = pages_missing(answer, snapshot.text_editions, snapshot.taxonomy)
    if missing is not None:
        show_missing(missing, snapshot.taxonomy)
    _show_alternatives(answer, snapshot)
    if answer.result is None:
        _show_passages(answer, snapshot, feedback)
    show_scores(answer, snapshot)
    if isinstance(answer.result, OverviewResult):
        _show_quotes(answer)
    elif answer.result is not None:
        _show_passages(answer, snapshot, feedback)
    notes = answer_rows.notes_beside(answer)
    if notes:
        st.header("Notes")
        st.markdown("\n".join(f"- {escaped(note)}" for note in notes))
    _show_downloads(answer, snapshot, link)


def _show_words(answer: Answer, snapshot: Snapshot) -> str:
    """What the answer is made of, and its sentence: a quotation in quotation marks, said to be a restatement where it is one.

    The sentences that can wait until after the figures are given back.
    """
    quoted = answer.answered and answer.result is None
    own_words = quoted and bool(answer.passages[0].note)
    st.markdown(f":small[{kind_line(answer, snapshot.taxonomy)}]")
    verdict = verdict_of(answer)
    if verdict:
        with st.container(key="answer_verdict"):
            st.markdown(verdict)
    lead, rest = answer_rows.lead_and_rest(answer)
    with st.container(key="answer_words"):
        choices = Choices(snapshot.taxonomy, snapshot.loaded)
        words = escaped(lead) if quoted else linked(lead, answer, choices)
        st.markdown(f"“{words}”" if quoted and not own_words else words)
    if isinstance(answer.result, AboutResult) and web_address(answer.result.source):
        st.markdown(f":small[Source: {source_link(answer.result.source)}]")
    doubt = doubt_words(answer)
    if doubt:
        st.info(escaped(f"{doubt} How it was understood can be changed below."), icon=":material/help:")
    return linked(rest, answer, choices) if rest else ""


def _show_metrics(answer: Answer, snapshot: Snapshot) -> None:
    """The figures that stand out, side by side."""
    metrics = metrics_of(answer, snapshot)
    if not metrics:
        return
    with st.container(horizontal=True):
        for metric in metrics:
            st.metric(metric.label, metric.figure, metric.beside or None, delta_color="off", delta_arrow="off", width="content")


def _show_reading(answer: Answer, snapshot: Snapshot) -> None:
    """How the question was understood in a line, and a control to change each part of it.

    On a phone, the controls stand behind a button.
    """
    # The line above an answer about the Index says all that there is to say of its reading.
    if isinstance(answer.result, AboutResult):
        return
    reading = answer_rows.reading_rows(answer, snapshot.taxonomy)
    shown = " · ".join(escaped(value) for _, value in reading)
    if is_unsure(answer):
        if not shown:
            return
        st.markdown(f"**Found in the question:** {shown}")
    else:
        st.markdown(f"**Read as:** {shown or 'a question about all loaded countries'}")
    question = understand(answer.question, snapshot.gazetteer, snapshot.taxonomy.editions)
    chips = chips_of(snapshot, question, answer)
    if not chips:
        return
    with st.container(key="change_question"):
        wanted = st.toggle("Change the question", key="change")
    with st.container(key="chips_open" if wanted else "chips_closed", horizontal=True, vertical_alignment="bottom"):
        for chip in chips:
            _show_chip(chip, f"chip-{chip.label}")


def _show_leads(answer: Answer, snapshot: Snapshot) -> None:
    """Links to the same scores in Explore."""
    found = leads(answer, Choices(snapshot.taxonomy, snapshot.loaded))
    if found:
        st.markdown("**See also:** " + " · ".join(f"[{words}]({link})" for words, link in found.items()))


def _show_chip(chip: Chip, key: str) -> None:
    """A control for one part of the reading; choosing in it asks the question of that choice. It keeps the keyboard's focus."""

    def choose() -> None:
        chosen = st.session_state[key]
        if chosen is not None:
            set_question(chip.question(chosen))

    options = list(chip.choices)
    st.session_state[key] = chip.now if chip.now in options else None
    if chip.few:
        st.segmented_control(chip.label, options, key=key, on_change=choose)
    else:
        width = max(_NARROWEST_BOX, 70 + 8 * len(chip.now or ""))  # pixels: wide enough for what is chosen
        st.selectbox(chip.label, options, key=key, on_change=choose, placeholder="Choose", width=width)


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


def _show_alternatives(answer: Answer, snapshot: Snapshot) -> None:
    """Questions that may have been meant or that can be asked instead, each a button that asks it."""
    questions = next_questions(answer, snapshot)
    if not questions:
        return
    st.markdown(offers_heading(answer) or "You could ask:")
    with st.container(horizontal=True):
        for number, question in enumerate(questions):
            st.button(escaped(question), key=f"offer-{number}", on_click=set_question, args=(question,))


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
    """The first passages, the others on request; of an answer that was declined, all on request."""
    if not answer.passages:
        return
    if not answer.answered:
        with st.expander(f"The nearest passages, which do not answer the question ({len(answer.passages[:SHOWN_PASSAGES])})"):
            _show_some(answer, snapshot, feedback, 0, SHOWN_PASSAGES)
        return
    st.header("Passages")
    _show_some(answer, snapshot, feedback, 0, _AT_ONCE)
    more = len(answer.passages[_AT_ONCE:SHOWN_PASSAGES])
    if more:
        with st.expander(f"More passages ({more})"):
            _show_some(answer, snapshot, feedback, _AT_ONCE, SHOWN_PASSAGES)


def _show_some(answer: Answer, snapshot: Snapshot, feedback: Path | None, first: int, last: int) -> None:
    for number, passage in list(enumerate(answer.passages, start=1))[first:last]:
        _show_passage(passage, number, snapshot)
        if passage.country is not None and answer.result is None:
            _show_opinion(answer, feedback, number)


def _show_passage(passage: FoundPassage, number: int, snapshot: Snapshot) -> None:
    """One passage with its place, its text and links to the profile and to its source."""
    with st.container(border=True):
        st.markdown(f"**{number}\\. {escaped(passage_place(passage, snapshot.taxonomy))}**")
        st.markdown(highlighted(passage))
        if passage.why is not None:
            with st.popover("Why this passage", type="tertiary"):
                st.markdown(answer_rows.why_rows(passage.why))
        _show_origin(passage)


def _show_origin(passage: FoundPassage) -> None:
    """Links to a passage in the profile and to its source."""
    restated = " (paraphrased here, not the Index's wording)" if passage.note else ""
    inside = ""
    if passage.country is not None and passage.edition is not None:
        at = (passage.highlight[0][0], passage.highlight[-1][1]) if passage.highlight else None
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
