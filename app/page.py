"""The Streamlit entry point: the navigation between the five pages, each a script in `screens`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.content.links import EVALS, EXPLORE, LOADED, PROFILE

_SCREENS = Path(__file__).with_name("screens")


def main() -> None:
    """Show the page that the address names."""
    # No page icons: Streamlit would fetch them from another host.
    st.set_page_config(page_title="Organized crime profiles")
    pages = [
        st.Page(_SCREENS / "ask_page.py", title="Ask", default=True),
        st.Page(_SCREENS / "profile_page.py", title="Profile", url_path=PROFILE),
        st.Page(_SCREENS / "explore_page.py", title="Explore", url_path=EXPLORE),
        st.Page(_SCREENS / "index_page.py", title="Index", url_path=LOADED),
        st.Page(_SCREENS / "evals_page.py", title="Evals", url_path=EVALS),
    ]
    st.navigation(pages, position="top").run()


main()
