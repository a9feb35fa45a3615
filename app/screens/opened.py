"""What every page begins and ends with: the published index, or an error that says what to do, and the footer."""

from __future__ import annotations

import gc
import json
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from app.content.markdown import escaped
from app.reports.amounts import counted
from app.settings import Settings, read_settings
from corpus.errors import IndexMissing, OcqaError
from index.generations.follower import Published
from index.generations.snapshot import Snapshot

# In characters: browsers show less.
_LONGEST_TITLE = 80


@dataclass(frozen=True)
class Opened:
    """The published generation and the server's settings."""

    snapshot: Snapshot
    settings: Settings


@st.cache_resource(max_entries=2, show_spinner="Opening the index…")
def _published(index: str) -> Published:
    """The published generation of an index folder, shared by all visitors; it follows new builds by itself."""
    return Published(Path(index))


@st.cache_resource(max_entries=2, show_spinner=False)
def _settle(generation: str) -> None:
    """Leave what is loaded out of every later search for garbage: it stays, and looking through it takes a tenth of a second."""
    gc.collect()
    gc.freeze()


def opened() -> Opened:
    """The index for this run of a page. If it cannot be opened, the page says so and the run ends here."""
    settings = read_settings()
    try:
        snapshot = _published(str(settings.index)).snapshot()
    except OcqaError as error:
        st.title("There is no index yet" if isinstance(error, IndexMissing) else "The index cannot be opened")
        show_error(error)
        st.stop()
    _settle(snapshot.manifest.name)
    if snapshot.warning:
        st.warning(escaped(snapshot.warning), icon=":material/warning:")
    return Opened(snapshot, settings)


def name_tab(words: str) -> None:
    """Name the tab of the browser, and the entry in its history, after what is shown."""
    st.set_page_config(page_title=f"{words[:_LONGEST_TITLE]} · Organized crime profiles")


# In place of the entry in the browser's history, so that Back still leads to the page before.
_ADDRESS = """<script>
if (!location.search) history.replaceState(history.state, "", {address} + location.hash); // {count}
</script>"""


def fill_address(address: str) -> None:
    """Give an address that names nothing the words of what is shown, so that a reload and a copied link show the same."""
    if not st.query_params:
        # A script runs once for each text.
        st.session_state.filled = st.session_state.get("filled", 0) + 1
        st.html(_ADDRESS.format(address=json.dumps(address), count=st.session_state.filled), unsafe_allow_javascript=True)


def show_error(error: OcqaError) -> None:
    """An error: what went wrong, and what to do about it."""
    st.error(escaped(error.message), icon=":material/error:")
    if error.hint:
        st.markdown("**What to do:** " + escaped(error.hint))


def show_origin(snapshot: Snapshot) -> None:
    """The footer of every page: where scores and text come from, and which build this is."""
    counts, name, built = snapshot.manifest.counts, snapshot.manifest.name, snapshot.manifest.created_at[:10]
    units = ("profile", "paragraph", *(["document"] if counts.get("documents") else []), "score")
    held = ", ".join(counted(counts[f"{unit}s"], unit) for unit in units)
    st.divider()
    # A link in a caption is too faint to read.
    st.markdown(
        ":small[Source: Global Organized Crime Index, Global Initiative Against Transnational Organized Crime, "
        "[ocindex.net](https://ocindex.net). Every sentence about a country is quoted from a loaded source or derived from "
        "its scores; what is said of the Index itself is in our words, with its source.]"
    )
    st.caption(f"Index {name}, built {built}: {held}.")
