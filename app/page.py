"""The Streamlit entry point: the navigation between the pages, each a script in `screens`, and what all of them share."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from app.content.links import ABOUT, EVALS, EXPLORE, LOADED, PROFILE

_SCREENS = Path(__file__).with_name("screens")
_STYLE = Path(__file__).with_name("data") / "page.css"

# Links within the site stay in the tab, on a phone the menu closes once a page is chosen, and a chart can be saved as a picture.
_MANNERS = """<script>
if (!window.ocqaManners) {
  window.ocqaManners = true;
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && link.origin === location.origin && link.target === "_blank") link.target = "_self";
    if (event.target.closest('[data-testid="stSidebarNavLink"]'))
      setTimeout(() => document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click(), 50);
    const wanted = event.target.closest("[data-picture]");
    if (wanted) savePicture(wanted, wanted.closest('[data-testid="stVerticalBlock"]'));
  }, true);
  // Streamlit's own button saves a PNG, but no SVG, and a phone does not show it.
  function savePicture(wanted, block) {
    if (wanted.dataset.picture === "png") return block.querySelector('button[aria-label^="Download as PNG"]')?.click();
    const drawn = block.querySelector('[data-testid="stVegaLiteChart"] svg').cloneNode(true);
    drawn.style.background = getComputedStyle(document.querySelector(".stApp")).backgroundColor;
    const text = new XMLSerializer().serializeToString(drawn);
    const href = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
    Object.assign(document.createElement("a"), {href, download: wanted.dataset.name + ".svg"}).click();
  }
}
</script>"""


def main() -> None:
    """Show the page that the address names."""
    # No page icons: Streamlit would fetch them from another host.
    st.set_page_config(page_title="Organized crime profiles", layout="wide", initial_sidebar_state="collapsed")
    st.html(_STYLE)
    st.html(_MANNERS, unsafe_allow_javascript=True)
    pages = [
        st.Page(_SCREENS / "ask_page.py", title="Ask", default=True),
        st.Page(_SCREENS / "profile_page.py", title="Profile", url_path=PROFILE),
        st.Page(_SCREENS / "explore_page.py", title="Explore", url_path=EXPLORE),
        st.Page(_SCREENS / "about_page.py", title="About", url_path=ABOUT),
        # These two are for whoever runs the page; "About" leads to them.
        st.Page(_SCREENS / "index_page.py", title="What is loaded", url_path=LOADED, visibility="hidden"),
        st.Page(_SCREENS / "evals_page.py", title="How well it answers", url_path=EVALS, visibility="hidden"),
    ]
    st.navigation(pages, position="top").run()


main()
