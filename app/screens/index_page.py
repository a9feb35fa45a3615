"""Index: what is loaded, what the last build changed, problems in the sources, and how to update the index."""

from __future__ import annotations

import shlex
import tempfile
from collections import deque
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from app.content import index_rows
from app.content.markdown import escaped, source_link
from app.reports.index_text import overview, own_line
from app.screens.getting import getting, show_ways
from app.screens.opened import Opened, name_tab, opened, show_error, show_origin
from app.screens.operator import is_operator
from app.screens.rebuild import build_command, run_command
from corpus.errors import OcqaError
from corpus.intake import take_in
from corpus.sources import shipped_sources
from index.generations.folders import stored

_LINES = 40
_TAKEN = ["html", "htm", "mht", "mhtml", "pdf", "txt", "xlsx", "csv", "tsv", "json"]


def show_loaded(here: Opened) -> None:
    """Editions, countries, source files and their problems."""
    snapshot = here.snapshot
    shown = overview(snapshot)
    taxonomy = snapshot.taxonomy
    indicators = {e: len(taxonomy.measured(e)) for e in taxonomy.editions}
    st.table(index_rows.edition_rows(shown, indicators), hide_index=True)
    counts = shown["counts"]
    st.markdown(
        f"{counts['paragraphs']} paragraphs, {counts['definitions']} definitions, {counts['sentences']} sentences, "
        f"{counts['scores']} scores from {len(shown['sources'])} source files; model {escaped(shown['model'])}."
    )
    rows = index_rows.country_rows(snapshot)
    with st.expander(f"Countries ({len(rows)})"):
        st.table(rows, hide_index=True)
    if shown["own_indicators"]:
        with st.expander(f"Own indicators ({len(shown['own_indicators'])})"):
            st.markdown("\n".join(f"- {escaped(own_line(own))}" for own in shown["own_indicators"]))
    if shown["documents"]:
        with st.expander(f"Documents about the Index ({len(shown['documents'])})"):
            st.markdown("\n".join(f"- {escaped(title)}" for title in shown["documents"]))
    with st.expander(f"Source files ({len(shown['sources'])})"):
        st.markdown("\n".join(f"- {escaped(name)}" for name in shown["sources"]))
    if shown["problems"]:
        st.header(f"Problems ({len(shown['problems'])})")
        st.markdown("\n".join(f"- {escaped(problem)}" for problem in shown["problems"]))
    else:
        st.markdown("All sources were read without problems.")
    for address in shown["restated"]:
        st.markdown(f"Paraphrased in our own words, not the Index's wording: {source_link(address)}")


def show_builds(here: Opened) -> None:
    """The builds that are kept, and what the published one changed."""
    st.header("Builds")
    st.table(index_rows.generation_rows(stored(here.settings.index), here.snapshot.manifest.name), hide_index=True)
    lines = index_rows.report_lines(index_rows.report_of(here.snapshot.folder))
    if lines:
        with st.expander("Changes in the published build"):
            st.markdown("\n".join(f"- {line}" for line in lines))


def show_getting(here: Opened) -> None:
    """The ways to get the pages that are not loaded: commands, and for the operator a button that fetches them all."""
    ways = getting(here)
    if ways is None:
        return
    st.header("Get the country texts")
    show_ways(ways)
    if is_operator(here.settings) and st.button("Fetch all of them now"):
        run_with_status("Fetching and building…", ["fetch", "--all", "--build", "--index", str(here.settings.index)])


def show_update(here: Opened) -> None:
    """The command that updates the index; for its operator, an upload box and a button instead."""
    st.header("Update the index")
    roots = here.snapshot.manifest.roots
    if not is_operator(here.settings):
        st.markdown("On the server, add new files to the sources folder, then run:")
        st.code(shlex.join(build_command(here.settings.index, ())), language=None, wrap_lines=True)
        way = "start it with `ocqa page --admin` and open the address that it prints"
        st.markdown(f"This page switches to the new build by itself. To update from here, {way}.")
        return
    own = [Path(root) for root in roots if Path(root).is_dir() and Path(root) != shipped_sources().resolve()]
    if own:
        show_intake(here, own[0])
    else:
        st.markdown("To upload files here, first build the index from a folder of your own: `ocqa build --sources DIR`.")
    if st.button("Build now"):
        run_with_status("Building…", build_command(here.settings.index, ())[1:])


def run_with_status(what: str, arguments: Sequence[str]) -> None:
    """Run a command, show its output as it comes, and say how it ended."""
    with st.status(what, expanded=True) as status:
        last = ""
        # All lines of a long run would make the page slow.
        shown: deque[str] = deque(maxlen=_LINES)
        box = st.empty()
        for last in run_command(arguments):
            shown.append(last)
            box.text("\n".join(shown))
        done = last == "done"
        status.update(label="Done" if done else "It failed; see the lines above", state="complete" if done else "error")
    if done:
        st.button("Show the new build")


def show_intake(here: Opened, folder: Path) -> None:
    """An upload box: each file is checked and copied into the sources folder, or refused with the reason."""
    files = st.file_uploader("Upload profile pages, workbooks or score tables", type=_TAKEN, accept_multiple_files=True)
    editions = [str(e) for e in here.snapshot.taxonomy.editions]
    edition = st.segmented_control("Edition, for pages that do not state it", editions)
    replace = st.checkbox("Replace existing files that differ")
    if not files or not st.button("Add these files"):
        return
    for file in files:
        with tempfile.TemporaryDirectory() as temporary:
            path = Path(temporary) / Path(file.name).name
            path.write_bytes(file.getvalue())
            try:
                taken = take_in(path, folder, here.snapshot.taxonomy, int(edition) if edition else None, replace=replace)
            except OcqaError as error:
                st.markdown(f"**{escaped(file.name)}**")
                show_error(error)
            else:
                st.success(escaped(f"{file.name}: {taken.outcome} as {taken.file}"))


here = opened()
name_tab("Contents of the index")
st.title("Contents of the index")
show_loaded(here)
show_getting(here)
show_builds(here)
show_update(here)
show_origin(here.snapshot)
