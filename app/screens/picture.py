"""A chart on a page, with its title and source in the picture, and buttons that save the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.content.file_names import file_stem
from app.reports.html import fill

if TYPE_CHECKING:
    from app.content.charts import Drawn


def show_picture(chart: Drawn, title: str, *, is_map: bool = False) -> None:
    """The chart, and below it what to save it as. `title` is also what readers hear who cannot see it.

    The height of a map follows its width.
    """
    from app.content.charts import titled  # imports Altair, which answers without a chart do not need

    with st.container(key="map" if is_map else None):
        st.altair_chart(titled(chart, title), width="stretch", height="stretch" if is_map else "content", alt=title)
        st.html(fill("picture.html.j2", name=file_stem(title)))
