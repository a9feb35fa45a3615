"""Evals: how well the index answered the question sets it was last measured on, and where it failed."""

from __future__ import annotations

import streamlit as st

from app.content import eval_rows
from app.content.markdown import escaped
from app.screens.opened import name_tab, opened, show_error, show_origin
from corpus.errors import OcqaError
from index.evals.result_file import LATEST, Result, read_result

SHOWN_FAILURES = 50


def show_result(result: Result, published: str) -> None:
    """One measure by question type, then all measures, then the failures. `published` names the generation now in use."""
    about = result.about
    names = ", ".join(s.name for s in about.sets)
    st.markdown(
        escaped(f"{len(result.scored)} questions from {names}, asked of build {about.generation} at {about.created_at[:16]} UTC.")
    )
    if about.generation != published:
        st.info("The index has been rebuilt since. Run the eval again for current results.", icon=":material/history:")
    measure = st.selectbox("Measure", [m for m in eval_rows.MEASURES if result.overall.figure(m) is not None])
    st.table(eval_rows.kind_rows(result, measure), hide_index=True)
    with st.expander("All measures"):
        st.table(eval_rows.overall_rows(result), hide_index=True)
    failed = eval_rows.failures(result)
    st.header(f"Failures ({len(failed)})")
    kinds = sorted({s.case.kind for s in failed})
    chosen = st.selectbox("Question type", ["All", *kinds]) if len(kinds) > 1 else "All"
    shown = [s for s in failed if chosen in ("All", s.case.kind)]
    st.markdown("\n".join(f"- {eval_rows.failure_line(s)}" for s in shown[:SHOWN_FAILURES]) or "None.")
    if len(shown) > SHOWN_FAILURES:
        st.caption(f"{len(shown) - SHOWN_FAILURES} more. `ocqa eval SET --report FILE` lists them all.")


here = opened()
name_tab("How well the index answers")
st.title("How well the index answers")
path = here.settings.index / LATEST
if path.exists():
    try:
        show_result(read_result(path), here.snapshot.manifest.name)
    except OcqaError as error:
        show_error(error)
else:
    st.markdown("This index has not been measured yet. On the server, run:")
    st.code(f"ocqa eval SET.jsonl --index {here.settings.index}", language=None, wrap_lines=True)
show_origin(here.snapshot)
