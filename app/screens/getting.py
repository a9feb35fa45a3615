"""Which pages are missing and how to get them: beside an answer or a profile, and the panel of all ways."""

from __future__ import annotations

import streamlit as st

from app.content.links import LOADED
from app.content.markdown import escaped
from app.reports.getting_pages import PagesMissing, Ways, ways_to_get_pages
from app.screens.opened import Opened
from app.settings import read_settings
from corpus.taxonomy import Taxonomy


def getting(here: Opened) -> Ways | None:
    """The ways to get the pages that are not loaded; None if all are."""
    index = here.settings.index_elsewhere
    return ways_to_get_pages(here.snapshot.text_editions, here.snapshot.taxonomy, index)


def show_missing(missing: PagesMissing, taxonomy: Taxonomy) -> None:
    """The pages that would say more, and the command that gets them."""
    st.markdown(escaped(missing.words(taxonomy)))
    st.code(missing.command(taxonomy, read_settings().index_elsewhere), language=None, wrap_lines=True)
    st.markdown(f":small[[Other ways to get pages](/{LOADED})]")


def show_ways(ways: Ways) -> None:
    """What is loaded, then each way with its command, to run where this page runs."""
    st.markdown(f"{escaped(ways.words)} Scores need none of them. On the machine that runs this page:")
    for what, command in ways.commands:
        st.markdown(f"{escaped(what)}:")
        st.code(command, language=None, wrap_lines=True)
