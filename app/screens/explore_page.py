"""Explore: five views of the scores, the boxes at the left. What is chosen stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Literal, cast

import streamlit as st

from app.content.answer_leads import Chosen, explored
from app.content.download_files import json_download, table_downloads
from app.content.explore_averages import AveragesChoice, averages_panel
from app.content.explore_choices import Across, Choices, Cut, Order, View, ignored_words, is_score
from app.content.explore_compare import MOST, ComparisonChoice, comparison_panel
from app.content.explore_map import map_panel
from app.content.explore_ranking import RankingChoice, ranking_panel
from app.content.explore_scatter import ScatterChoice, scatter_panel
from app.content.file_about import about_panel
from app.content.links import explore_link
from app.content.markdown import escaped
from app.content.panels import Panel
from app.content.table_files import json_text
from app.content.world_shapes import world
from app.screens.downloads import show_downloads
from app.screens.opened import fill_address, name_tab, opened, show_origin
from app.screens.picture import show_picture
from app.screens.session import latest
from index.generations.snapshot import Snapshot
from index.scores.score import Score

NO_START = "No other edition"
# A table of more rows than LONG scrolls within TABLE_HEIGHT pixels.
LONG, TABLE_HEIGHT = 60, 560
NAMES = (
    "view", "indicator", "edition", "group", "scores", "order", "show", "countries", "indicators", "since", "against", "across",
)  # fmt: skip


class Boxes:
    """The boxes of a view: what the address asked each for, what each offered, and what is chosen.

    An address that asks for nothing stands for `otherwise`. A box takes its value from the address and writes what is chosen
    there, so that a reload, a link and the browser's back button show the same.
    """

    def __init__(self, otherwise: Chosen) -> None:
        self.address = {name: st.query_params.get_all(name) for name in st.query_params if not name.startswith("embed")}
        self.asked = self.address or {name: [v] if isinstance(v, str) else list(v) for name, v in otherwise.items()}
        self.offered: dict[str, Sequence[str] | None] = {}
        self.chosen: dict[str, str | Sequence[str]] = {}

    def one(self, label: str, name: str, options: Sequence[str], first: str = "") -> str:
        """One option from a list."""
        key = self._put(name, self._asked(name, options, [first or options[0]])[0], options)
        value = st.selectbox(label, options, key=key, on_change=_write, args=(name, key))
        self.chosen[name] = value
        return value

    def switch(self, label: str, name: str, options: Sequence[str], first: str = "") -> str:
        """One of a few options, all visible at once."""
        key = self._put(name, self._asked(name, options, [first or options[0]])[0], options)
        value = st.segmented_control(label, options, required=True, key=key, on_change=_write, args=(name, key))
        self.chosen[name] = value or options[0]
        return value or options[0]

    def several(self, label: str, name: str, options: Sequence[str], first: Sequence[str], most: int) -> list[str]:
        """Up to `most` options, in the order chosen."""
        key = self._put(name, self._asked(name, options, first)[:most], options)
        value = st.multiselect(label, options, key=key, max_selections=most, wrap=True, on_change=_write, args=(name, key))
        self.chosen[name] = value
        return value

    def between(self, label: str, name: str) -> tuple[Decimal, Decimal]:
        """A range of scores, both ends included."""
        numbers = sorted(float(text) for text in self.asked.get(name, ()) if is_score(text))
        key = self._put(name, (numbers[0], numbers[-1]) if numbers else (1.0, 10.0), None)
        ends = st.slider(label, 1.0, 10.0, step=0.5, key=key, on_change=_write, args=(name, key))
        low, high = cast("tuple[float, float]", ends)
        self.chosen[name] = [f"{low:g}", f"{high:g}"]
        return Decimal(str(low)), Decimal(str(high))

    def _asked(self, name: str, options: Sequence[str], first: Sequence[str]) -> list[str]:
        """What the address asks a box for, as far as it is offered; else what the box begins with."""
        asked = [value for value in dict.fromkeys(self.asked.get(name, ())) if value in options]
        return asked or list(first)

    def _put(self, name: str, value: object, options: Sequence[str] | None) -> str:
        """Give a box its value before it is drawn; its key."""
        self.offered[name] = options
        key = f"explore-{name}"
        st.session_state[key] = value
        return key


def _write(name: str, key: str) -> None:
    """Write what was chosen in a box into the address."""
    value = st.session_state[key]
    if isinstance(value, tuple):
        value = [f"{end:g}" for end in value]
    st.query_params[name] = value


def ranking(snapshot: Snapshot, choices: Choices, boxes: Boxes) -> Panel:
    """The boxes and content of the ranking."""
    indicator = choices.indicators[boxes.one("Indicator", "indicator", list(choices.indicators))]
    edition = int(boxes.switch("Edition", "edition", choices.editions(indicator)))
    order = Order(boxes.switch("Order", "order", list(Order)))
    group = choices.groups[boxes.one("Group of countries", "group", list(choices.groups))]
    cut = Cut(boxes.switch("Countries shown", "show", list(Cut), Cut.TWENTY_FIVE))
    low, high = boxes.between("Score range", "scores")
    marked = boxes.several("Countries to mark (up to six)", "countries", list(choices.countries), [], MOST)
    codes = tuple(choices.countries[name] for name in marked)
    choice = RankingChoice(indicator, edition, group, low, high, order, cut, codes)
    return ranking_panel(choice, snapshot.score_store.scores_in([indicator], [edition]), snapshot.taxonomy)


def world_map(snapshot: Snapshot, choices: Choices, boxes: Boxes) -> Panel:
    """The boxes and content of the map."""
    indicator = choices.indicators[boxes.one("Indicator", "indicator", list(choices.indicators))]
    edition = int(boxes.switch("Edition", "edition", choices.editions(indicator)))
    group = choices.groups[boxes.one("Group of countries", "group", list(choices.groups))]
    scores = snapshot.score_store.scores_in([indicator], [edition])
    dark = st.context.theme.type == "dark"
    return map_panel(indicator, edition, scores, world(), snapshot.taxonomy, group=group, dark=dark)


def compare(snapshot: Snapshot, choices: Choices, boxes: Boxes) -> Panel:
    """The boxes and content of the comparison."""
    with_profile = [name for name, code in choices.countries.items() if code in snapshot.text_editions]
    names = list(choices.indicators)
    first = [*with_profile, *choices.countries][:2]
    countries = boxes.several("Countries (two to six)", "countries", list(choices.countries), first, MOST)
    edition = int(boxes.switch("Edition", "edition", choices.any_edition(list(choices.indicators.values()))))
    own = [choices.indicators[n] for n in boxes.several("Indicators (up to six)", "indicators", names, names[:1], MOST)]
    start = since(snapshot, boxes, edition)
    choice = ComparisonChoice(tuple(choices.countries[n] for n in countries), tuple(own), edition, start)
    return comparison_panel(choice, made_of(snapshot, own, snapshot.taxonomy.editions), snapshot.taxonomy)


def scatter(snapshot: Snapshot, choices: Choices, boxes: Boxes) -> Panel:
    """The boxes and content of the scatter plot."""
    names = list(choices.indicators)
    up = choices.indicators[boxes.one("Vertical axis", "indicator", names)]
    resilience = snapshot.taxonomy.indicators["resilience"].name
    across = choices.indicators[boxes.one("Horizontal axis", "against", names, resilience)]
    group = choices.groups[boxes.one("Group of countries", "group", list(choices.groups))]
    editions = choices.editions(up, across) or choices.any_edition([up, across])
    edition = int(boxes.switch("Edition", "edition", editions))
    scores = snapshot.score_store.scores_in([across, up], [edition])
    return scatter_panel(ScatterChoice(across, up, edition, group), scores, snapshot.taxonomy)


def averages(snapshot: Snapshot, choices: Choices, boxes: Boxes) -> Panel:
    """The boxes and content of the averages."""
    across = Across(boxes.switch("Averages by", "across", list(Across)))
    indicator, group = next(iter(choices.indicators.values())), next(iter(choices.groups.values()))
    if across is Across.INDICATORS:
        group = choices.groups[boxes.one("Group of countries", "group", list(choices.groups))]
        used = list(choices.indicators.values())
    else:
        indicator = choices.indicators[boxes.one("Indicator", "indicator", list(choices.indicators))]
        used = [indicator]
    edition = int(boxes.switch("Edition", "edition", choices.any_edition(used)))
    start = since(snapshot, boxes, edition)
    scores = made_of(snapshot, used, [e for e in (edition, start) if e is not None])
    return averages_panel(AveragesChoice(across, indicator, group, edition, start), scores, snapshot.taxonomy)


VIEWS: dict[View, Callable[[Snapshot, Choices, Boxes], Panel]] = {
    View.RANKING: ranking,
    View.MAP: world_map,
    View.COMPARE: compare,
    View.SCATTER: scatter,
    View.AVERAGES: averages,
}


def since(snapshot: Snapshot, boxes: Boxes, edition: int) -> int | None:
    """The earlier edition to compare with; None if none is chosen."""
    earlier = [str(e) for e in reversed(snapshot.taxonomy.editions) if e < edition]
    chosen = boxes.one("Compare with", "since", [NO_START, *earlier])
    return None if chosen == NO_START else int(chosen)


def made_of(snapshot: Snapshot, indicators: Sequence[str], editions: Sequence[int]) -> tuple[Score, ...]:
    """The scores of these indicators and of all indicators that they average."""
    taxonomy = snapshot.taxonomy
    leaves = [leaf for i in indicators for e in taxonomy.editions for leaf in taxonomy.leaves(i, e)]
    return snapshot.score_store.scores_in(list(dict.fromkeys([*indicators, *leaves])), list(editions))


def show(panel: Panel, view: View, snapshot: Snapshot) -> None:
    """A panel: words, charts side by side, the table, and downloads."""
    if panel.title:
        st.subheader(escaped(panel.title), anchor=False)
    if panel.nothing:
        st.warning(escaped(panel.nothing), icon=":material/help:")
        st.markdown("**What to do:** " + escaped(panel.next_step))
        return
    for words in panel.words:
        st.markdown(escaped(words))
    for pair in (panel.drawings[n : n + 2] for n in range(0, len(panel.drawings), 2)):
        for column, drawing in zip(st.columns(min(len(panel.drawings), 2)), pair, strict=False):
            with column:
                show_picture(drawing.chart, drawing.title, is_map=view is View.MAP)
    with st.expander("Text version of the chart" if len(panel.drawings) == 1 else "Text version of the charts"):
        for drawing in panel.drawings:
            st.markdown(escaped(drawing.alt))
    height: int | Literal["content"] = "content" if len(panel.rows) <= LONG else TABLE_HEIGHT
    st.table([{name: escaped(cell) for name, cell in row.items()} for row in panel.rows], hide_index=True, height=height)
    st.caption("The files name the workbook cell or page that each score was read from.")
    about = about_panel(panel, snapshot.manifest, snapshot.taxonomy)
    json_file = json_download(panel.name, partial(json_text, panel.records))
    show_downloads((*table_downloads(panel.name, panel.records, about), json_file))


def main() -> None:
    """Lay out the view that the address names."""
    here = opened()
    st.title("Explore the scores")
    choices = Choices(here.snapshot.taxonomy, here.snapshot.loaded)
    if not choices.indicators:
        st.warning("This index has no scores.", icon=":material/help:")
        st.markdown("**What to do:** add the Index's workbook to the sources and rebuild: `ocqa fetch --workbook`, `ocqa build`.")
    else:
        answer = latest()
        boxes = Boxes(explored(answer, choices) if answer is not None else {})
        view = View(boxes.switch("View", "view", list(View)))
        controls, drawn = st.columns([1, 3], gap="large")
        with controls:
            with st.container(key="change_view"):
                wanted = st.toggle("Change what is shown", key="change_boxes")
            with st.container(key="boxes_open" if wanted else "boxes_closed"):
                panel = VIEWS[view](here.snapshot, choices, boxes)
        name_tab(panel.title)
        known = dict.fromkeys(NAMES, ()) | boxes.offered
        asked = {name: values for name, values in boxes.address.items() if name not in NAMES or name in boxes.offered}
        if ignored := ignored_words(asked, known):
            st.info(escaped(ignored), icon=":material/link_off:")
        with drawn:
            show(panel, view, here.snapshot)
        choice = {name: value for name, value in boxes.chosen.items() if name != "view"}
        link = explore_link(view, choice)
        st.markdown(f"[Link to this view]({link})")
        fill_address(link)
    show_origin(here.snapshot)


main()
