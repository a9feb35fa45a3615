"""A profile page, read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from world import TEXTS, page, scores_of

from corpus.pages import PageReading, read_page
from corpus.pagetext import PageText, read_page_text
from corpus.records import Severity
from corpus.taxonomy import Taxonomy, load_taxonomy

EDITIONS = (2021, 2023, 2025)


def read(text: str, name: str, taxonomy: Taxonomy, address: str = "") -> PageReading:
    return read_page(PageText(text, address), name, taxonomy)


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_gives_its_scores_sections_and_paragraphs(edition: int, taxonomy: Taxonomy) -> None:
    reading = read(page("Chad", edition, taxonomy), f"{edition}/chad.txt", taxonomy)
    assert reading.problems == ()
    profile = reading.profile
    assert profile is not None
    assert (profile.country, profile.edition, profile.url) == ("TCD", edition, f"https://ocindex.net/{edition}/country/chad")
    assert {s.indicator: s.value for s in profile.scores} == scores_of("Chad", edition, taxonomy)
    assert {s.heading: s.paragraphs for s in profile.sections if s.paragraphs} == dict(TEXTS["Chad"])
    assert profile.header == (("Capital", "Somewhere"), ("Population", "12,345"))
    assert [(r.indicator, r.rank, r.of, r.within) for r in profile.ranks] == [
        ("criminality", 3, 193, "world"),
        ("resilience", 9, 193, "world"),
        ("resilience", 4, 54, "Africa"),
    ]


@pytest.mark.parametrize("figure", ["6.00-0.50", "6.00\n\n-0.50", "6.00\n\nn/a", "6.00"])
def test_a_fact_without_a_value_keeps_its_place(figure: str, taxonomy: Taxonomy) -> None:
    text = page("Chad", 2023, taxonomy)
    text = text.replace("Population\n", "GDP\n\nn/a\n\nGini\n\n43.75\n\nPopulation\n")
    text = text.replace("6.00-0.50\n\nCriminality score", f"{figure}\n\nCriminality score")
    profile = read(text, "2023/chad.txt", taxonomy).profile
    assert profile is not None
    assert profile.header == (("Capital", "Somewhere"), ("GDP", "n/a"), ("Gini", "43.75"), ("Population", "12,345"))


def test_a_placeholder_is_no_paragraph_and_names_its_first_edition(taxonomy: Taxonomy) -> None:
    profile = read(page("Chad", 2021, taxonomy), "2021/chad.txt", taxonomy).profile
    assert profile is not None
    cyber = next(s for s in profile.sections if s.heading == "Cyber Crimes")
    assert (cyber.paragraphs, cyber.first_edition) == ((), 2023)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_same_page_as_markup_reads_the_same(edition: int, taxonomy: Taxonomy) -> None:
    text = page("Chad", edition, taxonomy)
    blocks = "".join(f"<div class='x{i}'><p>{line}</p></div>" for i, line in enumerate(text.split("\n\n")))
    markup = f"<!doctype html><html><head><script>var x='Analysis'</script></head><body>{blocks}</body></html>"
    name = f"{edition}/chad.html"
    as_text, as_markup = read(text, name, taxonomy), read_page(read_page_text(markup.encode()), name, taxonomy)
    assert as_markup == as_text


def test_a_change_in_an_element_of_its_own_is_still_a_change(taxonomy: Taxonomy) -> None:
    text = page("Chad", 2025, taxonomy).replace("-0.50\n", "\n\n-0.50\n")
    reading = read(text, "2025/chad.txt", taxonomy)
    assert reading.problems == ()
    assert reading.profile is not None and len(reading.profile.scores) == 36


def test_a_label_and_its_figure_may_share_a_line(taxonomy: Taxonomy) -> None:
    text = page("Chad", 2023, taxonomy).replace("Human trafficking\n\n", "Human trafficking ")
    assert read(text, "2023/chad.txt", taxonomy).problems == ()


def test_hard_wrapped_paragraphs_are_joined_and_long_lines_are_not(taxonomy: Taxonomy) -> None:
    wrapped = "Blue marble quarries near the lake are run\nby the Heron Brotherhood. Its foremen pay\nthe harbour guards."
    long = "A paragraph of its own that no program would ever have wrapped at this width, since it goes on " + "and on " * 10
    texts = {"Environment": (wrapped, f"{long.strip()}\n{long.strip()} again")}
    profile = read(page("Chad", 2021, taxonomy, texts), "2021/chad.txt", taxonomy).profile
    assert profile is not None
    environment = next(s for s in profile.sections if s.heading == "Environment")
    assert environment.paragraphs == (wrapped.replace("\n", " "), long.strip(), f"{long.strip()} again")


@pytest.mark.parametrize(
    ("name", "address", "says"),
    [
        ("chad.txt", "", "edition is unknown: .* layout is that of 2021"),
        ("2023/chad.txt", "", "folder says edition 2023, but the page has the layout of 2021"),
        ("2021/chad.txt", "https://ocindex.net/2025/country/chad", "address says edition 2025, but its folder says 2021"),
        ("2019/chad.txt", "", "2019 is not an edition"),
        ("2021/niger.txt", "", "file name says Niger, but the page is about Chad"),
        ("2021/x.txt", "https://ocindex.net/2021/country/niger", "address says Niger, but the page is about Chad"),
        ("chad.txt", "https://ocindex.net/country/chad", "edition is unknown"),
    ],
)
def test_an_edition_or_country_that_is_not_sure_is_a_problem(name: str, address: str, says: str, taxonomy: Taxonomy) -> None:
    reading = read(page("Chad", 2021, taxonomy), name, taxonomy, address)
    assert reading.profile is None
    (problem,) = reading.problems
    assert re.search(says, problem.message)
    assert problem.hint


def test_the_address_establishes_the_edition_without_a_folder(taxonomy: Taxonomy) -> None:
    profile = read(page("Chad", 2021, taxonomy), "chad.txt", taxonomy, "https://ocindex.net/2021/country/chad").profile
    assert profile is not None and profile.edition == 2021


def test_a_page_of_another_site_says_so(taxonomy: Taxonomy) -> None:
    reading = read("Welcome to my shop.\n\nBuy hats.\n", "2021/shop.txt", taxonomy)
    assert reading.profile is None
    assert "not a profile page" in reading.problems[0].message


def test_an_unknown_country_says_where(taxonomy: Taxonomy) -> None:
    reading = read(page("Chad", 2021, taxonomy).replace("Chad", "Freedonia"), "2021/freedonia.txt", taxonomy)
    assert "'Freedonia'" in reading.problems[0].message
    assert reading.problems[0].place.startswith("line ")


def test_a_truncated_page_keeps_whole_sections_and_reports_the_rest(taxonomy: Taxonomy) -> None:
    text = page("Chad", 2021, taxonomy)
    cut = text[: text.index("Hashish")]
    reading = read(cut, "2021/chad.txt", taxonomy)
    assert reading.profile is not None
    assert [s.heading for s in reading.profile.sections] == ["People", "Trade", "Environment"]
    (problem,) = reading.problems
    assert problem.severity is Severity.ERROR
    assert "the end of Drugs" in problem.message and "Civil society" in problem.message


def test_text_below_a_missing_heading_is_not_taken_for_the_section_above(taxonomy: Taxonomy) -> None:
    text = page("Niger", 2021, taxonomy).replace("\nTrade\n", "\nTrayd\n")
    reading = read(text, "2021/niger.txt", taxonomy)
    assert reading.profile is not None
    headings = [s.heading for s in reading.profile.sections]
    assert "People" not in headings and "Environment" in headings
    assert not any("melon" in p for s in reading.profile.sections for p in s.paragraphs)
    (problem,) = reading.problems
    assert "Trade, the end of People" in problem.message


def test_signs_nobody_sees_do_not_hide_a_label(taxonomy: Taxonomy) -> None:
    text = page("Chad", 2021, taxonomy).replace("Law enforcement", "\u200bLaw\u00a0enforce\u00adment\ufeff")
    assert read(text.replace("\n", "\r\n"), "2021/chad.txt", taxonomy).problems == ()


def test_the_menus_of_a_site_do_not_confuse_the_reader(taxonomy: Taxonomy) -> None:
    menu = "".join(f"<li><a href='/2025/country/x'>{c.name}</a></li>" for c in taxonomy.countries.values())
    head = (
        f"<nav><ul><li>Profile</li><li>Analysis</li>{menu}</ul><select><option>2021</option><option>2025</option></select></nav>"
    )
    blocks = "".join(f"<section><div><p>{line}</p></div></section>" for line in page("Chad", 2023, taxonomy).split("\n\n"))
    reading = read_page(read_page_text(f"<html><body>{head}{blocks}</body></html>".encode()), "2023/chad.html", taxonomy)
    assert reading.problems == ()
    assert reading.profile is not None and reading.profile.country == "TCD"


def test_a_page_cut_inside_its_scores_gives_no_profile(taxonomy: Taxonomy) -> None:
    text = page("Chad", 2021, taxonomy)
    reading = read(text[: text.index("Law enforcement")], "2021/chad.txt", taxonomy)
    assert reading.profile is None
    assert "ends before" in reading.problems[0].message


def test_a_page_without_closing_lines_is_read_with_a_warning(taxonomy: Taxonomy) -> None:
    text = page("Chad", 2021, taxonomy, {**TEXTS["Chad"], "Civil society and social protection": ("People help.",)})
    reading = read(text[: text.index("For a better")], "2021/chad.txt", taxonomy)
    assert reading.profile is not None and reading.profile.sections[-1].paragraphs == ("People help.",)
    assert [p.severity for p in reading.problems] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("changed", "says", "left_out"),
    [
        ({"fauna_crimes": 11.0}, "outside the scale of 1 to 10", {"fauna_crimes"}),
        (
            {"criminal_actors": 7.0},
            "the mean of its components is 6.00",
            {"criminal_actors", "mafia_style_groups", "criminality"},
        ),
    ],
)
def test_a_wrong_figure_is_reported_and_never_used(
    changed: dict[str, float], says: str, left_out: set[str], taxonomy: Taxonomy
) -> None:
    reading = read(page("Chad", 2021, taxonomy, scores=changed), "2021/chad.txt", taxonomy)
    assert any(says in p.message for p in reading.problems)
    assert reading.profile is not None
    assert not left_out & {s.indicator for s in reading.profile.scores}
    assert "resilience" in {s.indicator for s in reading.profile.scores}


def test_a_missing_figure_and_an_unknown_label_are_reported(taxonomy: Taxonomy) -> None:
    text = page("Chad", 2021, taxonomy).replace("Fauna crimes\n", "Fawna crymes\n")
    messages = [p.message for p in read(text, "2021/chad.txt", taxonomy).problems]
    assert any("'Fauna crimes' is missing" in m for m in messages)
    assert any("'Fawna crymes', which is not a known indicator" in m for m in messages)


def test_a_rank_in_a_foreign_group_is_reported(taxonomy: Taxonomy) -> None:
    text = page("Chad", 2021, taxonomy).replace("countries in Africa-5", "countries in Europe")
    messages = [p.message for p in read(text, "2021/chad.txt", taxonomy).problems]
    assert messages == ["the page ranks Chad within 'Europe', which it does not belong to"]


def test_a_repeated_block_that_disagrees_is_reported(taxonomy: Taxonomy) -> None:
    text = page("Chad", 2021, taxonomy)
    head, tail = text.rsplit("4.00\n\nResilience score", 1)
    messages = [p.message for p in read(f"{head}4.50\n\nResilience score{tail}", "2021/chad.txt", taxonomy).problems]
    assert messages == ["the score of 'Resilience score' is first 4.00, then 4.50"]


TEXT = page("Chad", 2023, load_taxonomy())


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)), st.text(max_size=60))
def test_any_damage_to_a_page_gives_problems_and_never_an_exception(start: int, length: int, junk: str) -> None:
    taxonomy = load_taxonomy()
    reading = read(TEXT[:start] + junk + TEXT[start + length // 8 :], "2023/chad.txt", taxonomy)
    assert reading.profile is not None or reading.problems
    if reading.profile is not None:
        assert all(1 <= s.value <= 10 for s in reading.profile.scores)


@given(st.text(max_size=500))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert read(text, "2021/x.txt", load_taxonomy()).profile is None
