"""Ask: one question box; the answer first, then how the question was understood, the scores and the passages."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.content.example_questions import Suggested, suggested_questions
from app.content.explore_choices import View
from app.content.links import ask_link, explore_link
from app.content.loaded_words import loaded_words
from app.content.markdown import escaped
from app.screens.answer_card import show_answer
from app.screens.getting import getting, show_ways
from app.screens.opened import name_tab, opened, show_error, show_origin
from app.screens.picture import show_picture
from app.screens.session import asked, question_in_address, remember, set_question, since, visited
from corpus.errors import OcqaError
from index.answers.answer import ask
from index.generations.snapshot import Snapshot

# Streamlit cannot focus a widget. The script does, unless something has the focus already, so that nobody is interrupted.
# On a slow machine it runs before the box is drawn, so it looks again until the box is there (for at most 20 seconds).
_FOCUS = """<script>
(function focus(looks) {
  const box = document.querySelector('input[aria-label="Your question"]');
  if (!box && looks > 0) setTimeout(focus, 100, looks - 1);
  else if (document.activeElement === document.body) box?.focus();
})(200)
</script>"""


# An answer asked for from the foot of the page stands at its head.
_UP = """<script>
document.querySelector('[data-testid="stMain"]')?.scrollTo({{top: 0}}); // {count}
</script>"""


def ask_from_below(text: str) -> None:
    """Ask a question that stands below the answer, and bring the answer into view."""
    set_question(text)
    st.session_state.ups = st.session_state.get("ups", 0) + 1


def show_start(suggested: Sequence[Suggested], snapshot: Snapshot) -> None:
    """What this is and what is loaded, suggested questions and the map while nothing is asked; the question box has the focus."""
    st.html(_FOCUS, unsafe_allow_javascript=True)
    st.markdown(
        "Scores, ranks and changes from the Global Organized Crime Index, and what its country profiles say. "
        "Every figure and every quotation is given with its source."
    )
    st.markdown(f":small[{escaped(loaded_words(snapshot))}]")
    show_suggested(suggested[:1])
    show_world(snapshot)
    show_suggested(suggested[1:])


def show_suggested(suggested: Sequence[Suggested]) -> None:
    """Questions of some kinds, each a button that asks it."""
    for part in suggested:
        st.markdown(part.heading)
        with st.container(horizontal=True):
            for example in part.questions:
                st.button(example, key=f"example-{example}", on_click=set_question, args=(example,))


def show_world(snapshot: Snapshot) -> None:
    """The map of criminality in the latest edition loaded, as a way in; nothing where no scores are loaded."""
    editions = snapshot.loaded.editions("criminality")
    if not editions:
        return
    from app.content.explore_map import map_panel  # imports Altair, which an answer does not need
    from app.content.world_shapes import world

    edition = editions[-1]
    scores = snapshot.score_store.scores_in(["criminality"], [edition])
    panel = map_panel("criminality", edition, scores, world(), snapshot.taxonomy, dark=st.context.theme.type == "dark")
    st.header(f"Criminality around the world, {edition}")
    st.markdown(
        f"Click on a country to read its profile. [The same map for every indicator and edition]({explore_link(View.MAP, {})}), "
        "and the scores as a table."
    )
    for drawing in panel.drawings:
        show_picture(drawing.chart, drawing.title, is_map=True)


def show_context() -> None:
    """That a question was read as a follow-up to the one before, and a button to ask it on its own."""
    followed = st.session_state.get("followed")
    if followed is not None and followed.question == st.session_state.question:
        st.caption(f"Read “{escaped(followed.typed)}” as a follow-up to “{escaped(followed.after)}”.")
        st.button("Ask it on its own", key="alone", on_click=set_question, args=(followed.typed,), type="tertiary")


def show_history(question: str) -> None:
    """The questions of this visit, each a button that asks it again."""
    others = [entry for entry in visited() if entry != question]
    if others:
        with st.expander(f"Questions from this visit ({len(others)})"):
            for number, entry in enumerate(others):
                st.button(escaped(entry), key=f"again-{number}", on_click=ask_from_below, args=(entry,), type="tertiary")


@st.fragment
def show_ask(snapshot: Snapshot) -> None:
    """Everything that changes with the question; a fragment, so that a choice reruns nothing else."""
    suggested = suggested_questions(snapshot)
    question = question_in_address()
    st.text_input(
        "Your question",
        key="question",
        placeholder=suggested[0].questions[0],
        on_change=asked,
        args=(snapshot,),
    )
    name_tab(question.strip() or "Ask")
    if not question.strip():
        show_start(suggested, snapshot)
        ways = getting(here)
        if ways is not None:
            with st.expander("Get the country texts"):
                show_ways(ways)
        return
    show_context()
    if st.session_state.get("ups"):
        st.html(_UP.format(count=st.session_state.ups), unsafe_allow_javascript=True)
    try:
        answer = ask(snapshot, question)
    except OcqaError as error:
        show_error(error)
        return
    remember(answer)
    for line in since(snapshot, answer):
        st.info(escaped(line), icon=":material/history:")
    address = str(st.context.url or "").split("?")[0].rstrip("/")
    show_answer(answer, snapshot, address + ask_link(answer.question, answer.generation))
    show_history(question)


here = opened()
st.title("Ask about organized crime in any country")
show_ask(here.snapshot)
show_origin(here.snapshot)
