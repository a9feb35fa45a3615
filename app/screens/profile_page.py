"""Profile: a country in an edition as the Index shows it, with ranks, changes, another edition, and mentions elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping

import streamlit as st

from app.content.download_files import json_download, table_downloads
from app.content.explore_choices import Choices
from app.content.file_about import about_profile
from app.content.file_names import file_stem
from app.content.links import anchor_of, profile_link
from app.content.markdown import escaped, source_link
from app.content.profile_cards import ask_links, cards_of
from app.content.profile_choice import Choice, Offered, Opening, choose, offered_profiles, opening
from app.content.profile_data import Shown, beside, gather
from app.content.profile_diff import (
    compared_lines,
    counts_words,
    mention_lines,
    mentions_words,
    moved_rows,
    only_edition_words,
    sides_words,
)
from app.content.profile_files import score_rows, scores_json
from app.content.profile_rows import (
    FAMILIES,
    by_indicator,
    detail_list,
    header_rows,
    in_part_words,
    no_change_words,
    only_scores_words,
    only_text_words,
    top_list,
)
from app.content.profile_tables import family_table, shown_sections
from app.content.pyramid import WIDTH, Pyramid
from app.reports.getting_pages import PagesMissing
from app.reports.html import fill
from app.screens.downloads import show_downloads
from app.screens.getting import show_missing
from app.screens.opened import fill_address, name_tab, opened, show_origin
from app.screens.session import latest
from index.contract.typed_results import Mention
from index.generations.snapshot import Snapshot
from index.profiles.profile import AllScores, ScoreLine, edition_before, paragraphs_of
from index.retrieval.mentions import mentions_of_country

_COUNTRY, _EDITION, _OTHER = "profile_country", "profile_edition", "profile_other"
# What is drawn above the paragraph after it was reached would move it out of view, unless the reader has moved on already.
_STAY = """<script>
(function stay(looks) {{
  if (looks === 25) for (const how of ["wheel", "touchmove", "keydown"])
    addEventListener(how, () => {{ window.ocqaMoved = true; }}, {{once: true}});
  const place = document.getElementById({anchor} || location.hash.slice(1));
  if (window.ocqaMoved || looks === 0) return;
  const top = place?.getBoundingClientRect().top;
  if (top !== undefined && (top < 0 || top > innerHeight / 2)) place.scrollIntoView();
  setTimeout(stay, 200, looks - 1);
}})(25)
</script>"""


@st.cache_resource(max_entries=2, show_spinner=False)
def _everyone(folder: str, _snapshot: Snapshot) -> AllScores:
    return _snapshot.score_store.all_scores()


@st.cache_resource(max_entries=64, show_spinner="Finding mentions of the country…")
def _mentions(folder: str, country: str, _snapshot: Snapshot) -> tuple[Mention, ...]:
    return mentions_of_country(_snapshot, country)


def follow_choice(offered: Offered) -> None:
    """Write what was chosen in the boxes into the address; a passage of the previous profile is dropped from it."""
    country, edition = st.session_state[_COUNTRY], st.session_state[_EDITION]
    asked = {"country": country} | ({"edition": str(edition)} if edition in offered[country] else {})
    st.query_params.from_dict(asked)


def country_of_latest() -> dict[str, str]:
    """The country of the latest answer, as an address names it; nothing where it is about none."""
    answer = latest()
    named = [] if answer is None else [*answer.understood.countries, *(f.country for f in answer.facts)]
    return {"country": named[0]} if named else {}


def show_choice(choice: Choice, offered: Offered, snapshot: Snapshot) -> None:
    """The boxes for country and edition, set from the address."""
    st.session_state[_COUNTRY], st.session_state[_EDITION] = choice.country, choice.edition
    left, right = st.columns([2, 1])
    names = snapshot.taxonomy.countries
    left.selectbox(
        "Country",
        list(offered),
        format_func=lambda code: names[code].name,
        key=_COUNTRY,
        on_change=follow_choice,
        args=(offered,),
    )
    right.selectbox("Edition", list(offered[choice.country]), key=_EDITION, on_change=follow_choice, args=(offered,))
    for warning in choice.warnings:
        st.warning(escaped(warning), icon=":material/help:")
    for note in choice.notes:
        st.caption(escaped(note))


def show_opening(shown: Shown, opened_at: Opening) -> None:
    """Where the address opens the text, and the script that brings that place into view."""
    if opened_at.warning:
        st.warning(escaped(opened_at.warning), icon=":material/help:")
    if not shown.sections:
        return
    anchor = anchor_of(opened_at.passage.id) if opened_at.passage is not None else ""
    st.html(_STAY.format(anchor=json.dumps(anchor)), unsafe_allow_javascript=True)
    if opened_at.passage is not None:
        place = f"{opened_at.passage.section}, paragraph {opened_at.passage.paragraph}"
        st.info(f"Opened at [{escaped(place)}](#{anchor}).", icon=":material/bookmark:")


def show_head(shown: Shown) -> None:
    """The main scores as cards, the facts in the page's header, links, and what is not loaded."""
    country, edition, taxonomy = shown.country, shown.edition, shown.snapshot.taxonomy
    lines = by_indicator(shown.lines)
    if lines:
        st.html(fill("profile_cards.html.j2", cards=cards_of(lines, shown.own, Choices(taxonomy, shown.snapshot.loaded))))
    parts = [("scores", "Scores")] if shown.lines else []
    parts += [("text", "Profile text"), ("compared", "Comparison with another edition")] if shown.profile else []
    parts += [("mentions", "Mentions in other profiles")]
    parts += [("downloads", "Download the scores")] if shown.lines else []
    facts = [header_rows(shown.profile.header)] if shown.profile is not None and shown.profile.header else []
    told = (
        *facts,
        f"Source page: {source_link(shown.address)} · [Link to this profile]({profile_link(country, edition)})",
        "On this page: " + " · ".join(f"[{words}](#{anchor})" for anchor, words in parts),
        ask_links(shown.name, edition, lines, shown.sections, taxonomy),
    )
    st.markdown("\n\n".join(told))
    if shown.profile is None:
        st.info(escaped(only_scores_words(shown.name, edition, shown.other_texts)))
        show_missing(PagesMissing((country,), edition), taxonomy)
    elif not shown.lines:
        st.info(escaped(only_text_words(shown.name, edition)))


def show_scores(shown: Shown) -> None:
    """The two main scores in sentences, the figure, and the indicators family by family."""
    taxonomy, edition = shown.snapshot.taxonomy, shown.edition
    lines = by_indicator(shown.lines)
    st.header("Scores", anchor="scores")
    notes = (
        in_part_words(shown.lines, edition, taxonomy),
        no_change_words(shown.lines, edition, shown.name, taxonomy),
        "Ranks are computed here from the loaded scores.",
    )
    st.caption(escaped(" ".join(filter(None, notes))))
    told, figure = st.columns(2)
    with told:
        st.markdown("\n\n".join(top_list(lines[top], taxonomy) for top in ("criminality", "resilience") if top in lines))
    with figure:
        show_pyramid(shown, lines)
    texts = {i: shown.snapshot.passages[row].text for i, row in shown.snapshot.definition_rows.items()}
    for family in FAMILIES:
        table = family_table(family, lines, edition, shown.own, Choices(taxonomy, shown.snapshot.loaded))
        if table is None:
            continue
        st.html(fill("profile_table.html.j2", table=table))
        with st.expander(f"{table.name}: definitions, ranks and sources"):
            st.markdown(detail_list(family, lines, edition, texts, taxonomy))


def show_pyramid(shown: Shown, lines: Mapping[str, ScoreLine]) -> None:
    """The Index's pyramid figure, and the same as a table."""
    wanted = ("criminal_markets", "criminal_actors", "resilience")
    if not all(i in lines for i in wanted):
        return
    pyramid = Pyramid(*(float(lines[i].value) for i in wanted))
    title = f"{shown.name}, {shown.edition} edition"
    st.image(pyramid.svg(title, dark=st.context.theme.type == "dark"), width=WIDTH, alt=pyramid.words(title))
    parts = ("Base of the pyramid", "Height of the pyramid", "Height of the panel")
    with st.expander("Table version of the figure"):
        st.table(
            [
                {
                    "Shape": part,
                    "Shows": shown.snapshot.taxonomy.indicators[i].name,
                    "Score": f"**{lines[i].value:.2f}**",
                    "Scale": f"1 to 10, {shown.snapshot.taxonomy.indicators[i].pillar.direction}",
                }
                for part, i in zip(parts, wanted, strict=True)
            ],
            hide_index=True,
        )


def show_text(shown: Shown, opened_at: Opening) -> None:
    """The text of all sections, each beside the scores that it is about, each paragraph under a heading that can be linked to."""
    if shown.profile is None:
        return
    st.header("Profile text", anchor="text")
    if shown.profile.note:
        st.markdown(f":small[{escaped(shown.profile.note)} Source: {source_link(shown.profile.url)}]")
    taxonomy, lines = shown.snapshot.taxonomy, by_indicator(shown.lines)
    choices = Choices(taxonomy, shown.snapshot.loaded)
    sections = shown_sections(shown.sections, lines, shown.country, shown.edition, opened_at, choices)
    st.html(fill("profile_text.html.j2", sections=sections))


def show_compared(shown: Shown) -> None:
    """The text of two editions, sentence by sentence, with the scores that each section is about."""
    if shown.profile is None:
        return
    taxonomy, others = shown.snapshot.taxonomy, shown.other_texts
    st.header("Comparison with another edition", anchor="compared")
    if not others:
        st.caption(escaped(only_edition_words(shown.name, shown.edition)))
        return
    nearest = edition_before(shown.edition, others) or min(others)
    other = st.selectbox("Compare with", others, index=others.index(nearest), key=_OTHER) if len(others) > 1 else nearest
    pair = beside(shown, other)
    lines = by_indicator(pair.lines)
    st.markdown(f"Sentences from {pair.earlier} to {pair.later}: {escaped(counts_words(pair.sections))}.")
    kept = st.toggle("Show sentences that were kept", key="profile_kept")
    for compared in pair.sections:
        with st.expander(f"{compared.section.name}: {counts_words([compared]) or 'no text'}"):
            moved = moved_rows(compared.section.indicators, lines, taxonomy)
            if moved:
                st.markdown(moved)
            sides = sides_words(compared, pair.earlier, pair.later)
            if sides:
                st.caption(escaped(sides))
            st.markdown(compared_lines(compared, kept=kept))


def show_mentions(shown: Shown) -> None:
    """The sentences in which other loaded profiles name this country."""
    st.header("Mentions in other profiles", anchor="mentions")
    snapshot, country = shown.snapshot, shown.country
    mentions = _mentions(str(snapshot.folder), country, snapshot)
    others = len({c for c, _ in snapshot.profiles if c != country})
    said = mentions_words(shown.name, len(mentions), others)
    if not mentions:
        st.caption(escaped(said))
        return
    with st.expander(said, expanded=len(mentions) <= 6):
        st.markdown(mention_lines(mentions, snapshot.taxonomy))


def show_files(shown: Shown) -> None:
    """Downloads of the scores."""
    if not shown.lines:
        return
    country, edition, taxonomy = shown.country, shown.edition, shown.snapshot.taxonomy
    header = shown.profile.header if shown.profile else ()
    st.header("Download the scores", anchor="downloads")
    rows = score_rows(country, edition, shown.lines, taxonomy)
    manifest = shown.snapshot.manifest
    stem = file_stem(shown.name, str(edition), "profile")
    show_downloads(
        (
            *table_downloads(stem, rows, about_profile(country, edition, manifest, taxonomy)),
            json_download(stem, lambda: scores_json(country, edition, shown.lines, header, manifest.name, taxonomy)),
        )
    )


def main() -> None:
    """Lay out the profile that the address names."""
    snapshot = opened().snapshot
    asked = st.query_params.to_dict() or country_of_latest()
    offered = offered_profiles(snapshot.profiles, snapshot.loaded, snapshot.taxonomy)
    choice = choose(asked, offered, snapshot.profiles, snapshot.taxonomy)
    shown = gather(snapshot, _everyone(str(snapshot.folder), snapshot), choice)
    opened_at = opening(asked, paragraphs_of(shown.sections))
    name_tab(f"{shown.name} {choice.edition}")
    st.title(f"{shown.name}, {choice.edition} edition", anchor=False)
    show_choice(choice, offered, snapshot)
    show_opening(shown, opened_at)
    show_head(shown)
    if shown.lines:
        show_scores(shown)
    show_text(shown, opened_at)
    show_compared(shown)
    show_mentions(shown)
    show_files(shown)
    show_origin(snapshot)
    fill_address(profile_link(choice.country, choice.edition))


main()
