"""Whose page it is and of which edition: head, address, folder and file name, and what contradicts or leaves a doubt."""

from __future__ import annotations

import pytest
from saved_pages import headless, markup
from world import page

from corpus.file_names import read_file_name
from corpus.page_files import read_pages
from corpus.pages import PageReading
from corpus.taxonomy import Taxonomy

ADDRESS = "https://ocindex.net/2023/country/chad"


def only(text: str, name: str, taxonomy: Taxonomy) -> PageReading:
    (reading,) = read_pages(text.encode(), name, taxonomy)
    return reading


def owner(text: str, name: str, taxonomy: Taxonomy) -> tuple[str, int] | None:
    profile = only(text, name, taxonomy).profile
    return (profile.country, profile.edition) if profile is not None else None


@pytest.mark.parametrize(
    "line",
    [
        ADDRESS,
        "ocindex.net/2023/country/chad",
        f"<{ADDRESS}>",
        f"Source: {ADDRESS}",
        f"Source: {ADDRESS} (accessed 3 May 2024)",
        f"URL = {ADDRESS}.",
        f"Saved from url=(0037){ADDRESS}",
        f"<!-- saved from url=(0037){ADDRESS} -->",
        f"{ADDRESS}?lang=en#people 1/5",
        "https://www.ocindex.net/en/2023/country/chad",
    ],
)
@pytest.mark.parametrize("at_end", [False, True])
def test_a_line_with_the_address_says_country_and_edition(line: str, at_end: bool, taxonomy: Taxonomy) -> None:
    text = headless(page("Chad", 2023, taxonomy))
    assert owner(f"{text}\n{line}\n" if at_end else f"{line}\n\n{text}", "saved/x.txt", taxonomy) == ("TCD", 2023)


@pytest.mark.parametrize(
    ("head", "before"),
    [
        (f'<link rel="canonical" href="{ADDRESS}">', ""),
        (f"<link href='{ADDRESS}' rel=canonical>", ""),
        (f'<base href="{ADDRESS}">', ""),
        (f'<meta property="og:url" content="{ADDRESS}">', ""),
        (f'<meta content="{ADDRESS}" property="og:url">', ""),
        ("", f"<!-- saved from url=(0037){ADDRESS} -->\n"),
        (f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Mon\n-->", ""),
        ('<link rel="canonical" href="https://ocindex.net/country/chad">', f"<!-- saved from url=(0037){ADDRESS} -->\n"),
        ('<link rel="canonical" href="https://ocindex.net/2025/country/chad">', f"<!-- saved from url=(0037){ADDRESS} -->\n"),
    ],
)
def test_the_markup_says_country_and_edition(head: str, before: str, taxonomy: Taxonomy) -> None:
    text = markup(headless(page("Chad", 2023, taxonomy)), head, before)
    assert owner(text, "saved/x.html", taxonomy) == ("TCD", 2023)


def test_an_address_in_a_sentence_or_a_list_of_links_says_nothing(taxonomy: Taxonomy) -> None:
    text = page("Chad", 2023, taxonomy)
    assert owner(f"See https://ocindex.net/2025/country/chile for more.\n\n{text}", "2023/x.txt", taxonomy) == ("TCD", 2023)
    links = "\n".join(f"https://ocindex.net/2025/country/{c.name.lower()}" for c in taxonomy.countries.values())
    assert owner(f"{links}\n\n{text}", "2023/x.txt", taxonomy) == ("TCD", 2023)


@pytest.mark.parametrize(
    "name",
    [
        "saved/chad-2023.txt",
        "saved/2023_chad.txt",
        "saved/Chad 2023 (1).txt",
        "saved/chad2023.txt",
        "saved/TCD_2023.html",
        "saved/ocindex_profile_chad_2023.txt",
        "saved/Chad - Global Organized Crime Index 2023 (saved 2024-05-03).txt",
        "2023/chad.txt",
        "2023/Chad - copy.txt",
        "chad/2023.txt",
    ],
)
def test_a_copy_without_a_head_is_named_by_its_file(name: str, taxonomy: Taxonomy) -> None:
    text = headless(page("Chad", 2023, taxonomy))
    assert owner(text, name, taxonomy) == ("TCD", 2023)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("s/congo-2023.txt", "Democratic Republic of the Congo or Republic of the Congo"),
        ("s/korea.txt", "South Korea or North Korea"),
        ("s/chad and niger 2023.txt", "Chad or Niger"),
        ("s/saved.txt", "does not name a country"),
        ("s/chad smith 2023.txt", "does not name a country"),
        ("s/american samoa 2023.txt", "does not name a country"),
        ("s/taiwan-2023.txt", "does not name a country"),
        ("s/chad.txt", "edition is unknown"),
        ("s/chad-2021.txt", "file name says edition 2021, but the page has the layout of 2023"),
        ("2021/chad-2023.txt", "file name says edition 2023, but its folder says 2021"),
        ("s/chad-2022.txt", "2022 is not an edition"),
    ],
)
def test_a_name_that_leaves_a_doubt_is_refused_with_what_it_may_mean(name: str, says: str, taxonomy: Taxonomy) -> None:
    reading = only(headless(page("Chad", 2023, taxonomy)), name, taxonomy)
    assert reading.profile is None
    (problem,) = reading.problems
    assert says in problem.message
    assert problem.hint


def test_the_name_of_a_whole_page_gives_the_edition_and_must_not_contradict(taxonomy: Taxonomy) -> None:
    text = page("Chad", 2023, taxonomy)
    assert owner(text, "s/chad-2023.txt", taxonomy) == ("TCD", 2023)
    assert "file name says Niger" in only(text, "s/niger-2023.txt", taxonomy).problems[0].message
    assert (
        "address says Niger" in only(f"https://ocindex.net/2023/country/niger\n{text}", "s/x.txt", taxonomy).problems[0].message
    )


def test_a_title_above_a_copy_names_it(taxonomy: Taxonomy) -> None:
    assert owner(f"Chad 2023\n\n{headless(page('Chad', 2023, taxonomy))}", "s/x.txt", taxonomy) == ("TCD", 2023)


def test_the_end_of_a_menu_is_no_head(taxonomy: Taxonomy) -> None:
    text = f"Zambia\n\nZimbabwe\n\n{headless(page('Chad', 2023, taxonomy))}"
    reading = only(text, "2023/x.txt", taxonomy)
    assert reading.profile is None and "Zambia or Zimbabwe" in reading.problems[0].message
    assert owner(f"{ADDRESS}\nZambia\n\nChad\n\n{headless(page('Chad', 2023, taxonomy))}", "x.txt", taxonomy) == ("TCD", 2023)


@pytest.mark.parametrize(
    ("start", "scores"), [("Human smuggling", 33), ("Political leadership and governance", 13), ("Analysis", 0), ("People", 0)]
)
def test_a_copy_from_further_down_gives_what_it_has_and_one_line_on_the_rest(start: str, scores: int, taxonomy: Taxonomy) -> None:
    text = page("Chad", 2023, taxonomy)
    reading = only(text[text.index(f"\n{start}\n") :], "s/chad-2023.txt", taxonomy)
    assert reading.profile is not None
    assert len(reading.profile.scores) == scores
    assert sum(len(s.paragraphs) for s in reading.profile.sections) == 4
    assert len(reading.problems) == (3 if scores == 33 else 1)


def test_sections_that_contradict_the_edition_are_refused(taxonomy: Taxonomy) -> None:
    text = page("Chad", 2021, taxonomy)
    reading = only(text[text.index("\nAnalysis\n") :], "s/chad-2023.txt", taxonomy)
    assert reading.profile is None
    assert "calls 2023 a later edition" in reading.problems[0].message


@pytest.mark.parametrize(
    ("name", "countries", "edition"),
    [
        ("peru-2023.txt", "PER", 2023),
        ("2023_peru.html", "PER", 2023),
        ("Peru 2023 (1).txt", "PER", 2023),
        ("DRC_2021.html", "COD", 2021),
        ("congo-2023.txt", "COD COG", 2023),
        ("korea.txt", "KOR PRK", None),
        ("SouthAfrica_2021.html", "ZAF", 2021),
        ("cote_d_ivoire-2021.html", "CIV", 2021),
        ("C%C3%B4te%20d%27Ivoire_2021.html", "CIV", 2021),
        ("papua-new-guinea-2023.txt", "PNG", 2023),
        ("guinea-bissau_2021.txt", "GNB", 2021),
        ("St. Lucia 2021.txt", "LCA", 2021),
        ("eSwatini 2021.txt", "SWZ", 2021),
        ("US_2021.txt", "USA", 2021),
        ("per_2021.txt", "PER", 2021),
        ("korea_dpr_2021.txt", "PRK", 2021),
        ("2024-05-03 Peru 2021.html", "PER", 2021),
        ("Peru 2021 vs 2023.html", "PER", None),
        ("The Organized Crime Index.html", "", None),
    ],
)
def test_what_a_file_name_says(name: str, countries: str, edition: int | None, taxonomy: Taxonomy) -> None:
    said = read_file_name(name, taxonomy)
    assert (" ".join(said.countries), said.edition) == (countries, edition)
