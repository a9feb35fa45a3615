"""About: what the Index is, how its scores are made and read, its editions and limits, and how this page answers."""

from __future__ import annotations

import streamlit as st

from app.content.about_rows import about_parts
from app.content.links import EVALS, LOADED
from app.content.markdown import escaped, source_link
from app.screens.opened import name_tab, opened, show_origin

here = opened()
name_tab("About")
st.title("About the Index and this page")
st.markdown(
    f"Every answer below can also be asked for on the first page. See also [what is loaded](/{LOADED}) and "
    f"[how well questions are answered](/{EVALS})."
)
for heading, told in about_parts(here.snapshot).items():
    st.header(heading)
    for entry in told:
        st.subheader(escaped(entry.question), anchor=False)
        st.markdown(f"{escaped(entry.text)} :small[Source: {source_link(entry.source)}]")
show_origin(here.snapshot)
