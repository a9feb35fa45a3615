"""The download buttons. A file is made only when its button is pressed."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from app.content.download_files import Download


def show_downloads(files: Iterable[Download]) -> None:
    """A button for each file, side by side."""
    with st.container(horizontal=True):
        for file in files:
            st.download_button(f"Download as {file.kind}", file.content, file.name, file.media, on_click="ignore")
