"""The site: its pages and what they share. Each page is a script in `views`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.links import PROFILE

_VIEWS = Path(__file__).with_name("views")


def main() -> None:
    """Show the page of the address."""
    # No icons of pages: Streamlit fetches any from another host.
    st.set_page_config(page_title="Organized crime profiles")
    ask = st.Page(_VIEWS / "ask.py", title="Ask", default=True)
    profile = st.Page(_VIEWS / "profile.py", title="Profile", url_path=PROFILE)
    st.navigation([ask, profile]).run()


main()
