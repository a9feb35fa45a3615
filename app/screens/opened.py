"""What every view begins with: the published index, or a screen that says what is wrong and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from app.content.markdown import escaped
from app.settings import Settings, read_settings
from corpus.errors import IndexMissing, OcqaError
from index.generations.follower import Published
from index.generations.snapshot import Snapshot


@dataclass(frozen=True)
class Opened:
    """The published generation and the settings of the server."""

    snapshot: Snapshot
    settings: Settings


@st.cache_resource(max_entries=2, show_spinner="Opening the index …")
def _published(index: str) -> Published:
    """What is published in an index folder, shared by all visitors; it follows new builds by itself."""
    return Published(Path(index))


def opened() -> Opened:
    """The index, for this run of a view. Where there is none, a screen says so and the run ends here."""
    settings = read_settings()
    try:
        snapshot = _published(str(settings.index)).snapshot()
    except OcqaError as error:
        st.title("There is no index yet" if isinstance(error, IndexMissing) else "The index cannot be opened")
        show_error(error)
        st.stop()
    if snapshot.warning:
        st.warning(escaped(snapshot.warning), icon=":material/warning:")
    return Opened(snapshot, settings)


def show_error(error: OcqaError) -> None:
    """An error as a person can mend it."""
    st.error(escaped(error.message), icon=":material/error:")
    if error.hint:
        st.markdown("**What to do:** " + escaped(error.hint))


def show_origin(snapshot: Snapshot) -> None:
    """The foot of every view: where figures come from, and which build this is."""
    counts, name, built = snapshot.manifest.counts, snapshot.manifest.name, snapshot.manifest.created_at[:10]
    held = f"{counts['profiles']} profiles, {counts['paragraphs']} paragraphs, {counts['scores']} scores"
    st.divider()
    # A link in a caption is too faint to read.
    st.markdown(
        ":small[Figures and facts: Global Organized Crime Index, Global Initiative Against Transnational Organized Crime, "
        "[ocindex.net](https://ocindex.net). Every sentence shown is quoted from a loaded source or stated from its figures.]"
    )
    st.caption(f"Index {name}, built {built}: {held}.")
