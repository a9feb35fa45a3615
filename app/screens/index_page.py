"""Index: what is loaded, what the last build did, what is wrong; and how to bring it up to date."""

from __future__ import annotations

import shlex
import tempfile
from pathlib import Path

import streamlit as st

from app.content import index_rows
from app.content.markdown import escaped, source_link
from app.reports.index_text import overview
from app.screens.opened import Opened, opened, show_error, show_origin
from app.screens.rebuild import build_command, run_build
from corpus.errors import OcqaError
from corpus.intake import take_in
from corpus.sources import shipped_sources
from index.generations.folders import stored


def show_held(here: Opened) -> None:
    """Editions, countries, problems."""
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
    with st.expander(f"Source files ({len(shown['sources'])})"):
        st.markdown("\n".join(f"- {escaped(name)}" for name in shown["sources"]))
    if shown["problems"]:
        st.header(f"Problems ({len(shown['problems'])})")
        st.markdown("\n".join(f"- {escaped(problem)}" for problem in shown["problems"]))
    else:
        st.markdown("The sources were read without a problem.")
    for address in shown["restated"]:
        st.markdown(f"Restated in our own sentences, not the Index's wording: {source_link(address)}")


def show_builds(here: Opened) -> None:
    """The last build's report and the builds that are kept."""
    st.header("Builds")
    st.table(index_rows.generation_rows(stored(here.settings.index), here.snapshot.manifest.name), hide_index=True)
    lines = index_rows.report_lines(index_rows.report_of(here.snapshot.folder))
    if lines:
        with st.expander("What the published build changed"):
            st.markdown("\n".join(f"- {line}" for line in lines))


def show_update(here: Opened) -> None:
    """The commands that bring the index up to date; on a server for that, a button and a place for files."""
    st.header("Bring it up to date")
    roots = here.snapshot.manifest.roots
    if not here.settings.admin:
        st.markdown("On the machine of this page, put new files into the sources folder and run:")
        st.code(shlex.join(build_command(here.settings.index, ())), language=None, wrap_lines=True)
        st.markdown("This page takes up the new build by itself. `ocqa page --admin` puts a button here.")
        return
    own = [Path(root) for root in roots if Path(root).is_dir() and Path(root) != shipped_sources().resolve()]
    if own:
        show_intake(here, own[0])
    else:
        st.markdown("Files can be dropped here once the index is built of a folder of your own: `ocqa build --sources DIR`.")
    if st.button("Build now"):
        with st.status("Building …", expanded=True) as status:
            last = ""
            for last in run_build(here.settings.index, ()):
                st.text(last)
            done = last == "done"
            status.update(
                label="Built" if done else "The build failed; the index is as it was", state="complete" if done else "error"
            )
        if done:
            st.button("Show what is loaded now")


def show_intake(here: Opened, folder: Path) -> None:
    """A place for files: each is checked and copied into the sources folder, or refused with the reason."""
    files = st.file_uploader(
        "Profile pages, workbooks or score tables", type=["html", "htm", "txt", "xlsx", "csv"], accept_multiple_files=True
    )
    editions = [str(e) for e in here.snapshot.taxonomy.editions]
    edition = st.segmented_control("Edition of pages that do not say their own", editions)
    replace = st.checkbox("Replace files that differ")
    if not files or not st.button("Take these files in"):
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
st.title("What is loaded")
show_held(here)
show_builds(here)
show_update(here)
show_origin(here.snapshot)
