"""The panel that says which pages are missing and how to get them."""

from __future__ import annotations

import streamlit as st

from app.content.markdown import escaped
from app.reports.getting_pages import Ways, ways_to_get_pages
from app.screens.opened import Opened


def getting(here: Opened) -> Ways | None:
    """The ways to get the pages that are not loaded; None if all are."""
    index = here.settings.index_elsewhere
    return ways_to_get_pages(here.snapshot.text_editions, here.snapshot.taxonomy, index)


def show_ways(ways: Ways) -> None:
    """What is loaded, then each way with its command, to run where this page runs."""
    st.markdown(f"{escaped(ways.words)} Scores need none of them. On the machine that runs this page:")
    for what, command in ways.commands:
        st.markdown(f"{escaped(what)}:")
        st.code(command, language=None, wrap_lines=True)
