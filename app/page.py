"""The site: its pages and what they share. Each page is a script in `views`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.links import EVALS, EXPLORE, LOADED, PROFILE

_VIEWS = Path(__file__).with_name("views")


def main() -> None:
    """Show the page of the address."""
    # No icons of pages: Streamlit fetches any from another host.
    st.set_page_config(page_title="Organized crime profiles")
    pages = [
        st.Page(_VIEWS / "ask.py", title="Ask", default=True),
        st.Page(_VIEWS / "profile.py", title="Profile", url_path=PROFILE),
        st.Page(_VIEWS / "explore.py", title="Explore", url_path=EXPLORE),
        st.Page(_VIEWS / "loaded.py", title="Index", url_path=LOADED),
        st.Page(_VIEWS / "evals.py", title="Evals", url_path=EVALS),
    ]
    st.navigation(pages, position="top").run()


main()
