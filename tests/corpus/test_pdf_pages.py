"""Profile PDFs: read in the order of their columns, or refused with what to do."""

from __future__ import annotations

import pytest
from fpdf import FPDF
from saved_pages import pdf
from world import scores_of

from corpus.errors import SourceError
from corpus.page_files import read_pages
from corpus.pdf_columns import Piece, reading_order
from corpus.taxonomy import Taxonomy

EDITIONS = (2021, 2023, 2025)


def long_texts(taxonomy: Taxonomy) -> dict[str, tuple[str, ...]]:
    """Two paragraphs for each section, long enough to run over columns and pages."""
    return {
        s.name: tuple(
            f"Paragraph {n} on {s.name} begins here. "
            + " ".join(f"Sentence {i} of {s.name} {n} tells of herons, people and trade." for i in range(9))
            for n in (1, 2)
        )
        for s in taxonomy.sections
    }


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("across", [False, True])
def test_a_pdf_gives_its_scores_sections_and_paragraphs(edition: int, across: bool, taxonomy: Taxonomy) -> None:
    texts = long_texts(taxonomy)
    data = pdf("Chad", edition, taxonomy, texts, across=across)
    (reading,) = read_pages(data, f"saved/ocindex_profile_chad_{edition}.pdf", taxonomy)
    profile = reading.profile
    assert profile is not None and reading.problems == ()
    assert (profile.country, profile.edition) == ("TCD", edition)
    assert {s.indicator: s.value for s in profile.scores} == scores_of("Chad", edition, taxonomy)
    new = ("Cyber Crimes", "Financial Crimes") if edition == 2021 else ()
    assert {s.heading: s.paragraphs for s in profile.sections if s.paragraphs} == {k: v for k, v in texts.items() if k not in new}


def test_the_head_alone_says_country_and_edition_and_the_ending_does_not_matter(taxonomy: Taxonomy) -> None:
    for name in ("saved/download.pdf", "saved/download.txt"):
        (reading,) = read_pages(pdf("Chad", 2023, taxonomy, long_texts(taxonomy)), name, taxonomy)
        assert reading.profile is not None and (reading.profile.country, reading.profile.edition) == ("TCD", 2023)


def empty(pages: int) -> bytes:
    document = FPDF()
    for _ in range(pages):
        document.add_page()
        document.rect(10, 10, 50, 50)
    return bytes(document.output())


@pytest.mark.parametrize(
    ("what", "says", "do"),
    [
        ("locked", "protected by a password", "without one"),
        ("pictures", "has no text in it", "text recognition"),
        ("long", "has 300 pages", "one country's profile"),
        ("junk", "damaged", "again"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_what_to_do(what: str, says: str, do: str, taxonomy: Taxonomy) -> None:
    data = {
        "locked": lambda: pdf("Chad", 2021, taxonomy, password="sesame"),
        "pictures": lambda: empty(2),
        "long": lambda: empty(300),
        "junk": lambda: b"%PDF-1.7\n" + b"junk " * 200,
    }[what]()
    with pytest.raises(SourceError, match=says) as caught:
        read_pages(data, "2021/chad.pdf", taxonomy)
    assert do in caught.value.hint


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_pdf_that_was_cut_short_is_refused_or_reported(share: float, taxonomy: Taxonomy) -> None:
    data = pdf("Chad", 2021, taxonomy, long_texts(taxonomy))
    try:
        (reading,) = read_pages(data[: int(len(data) * share)], "2021/chad.pdf", taxonomy)
    except SourceError as error:
        assert error.hint
    else:
        assert reading.problems


def test_a_pdf_of_something_else_is_no_profile(taxonomy: Taxonomy) -> None:
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica", size=12)
    document.multi_cell(0, 6, "A catalogue of hats and of the people who wear them. " * 20)
    (reading,) = read_pages(bytes(document.output()), "2021/hats.pdf", taxonomy)
    assert reading.profile is None and "not a profile page" in reading.problems[0].message


def column(words: str, x: float, width: float, rows: int) -> list[Piece]:
    """Rows of one word each, from the top of the page down."""
    return [Piece(f"{words}{n}", x, x + width, 100 + 12 * n, 109 + 12 * n, "Body", 9) for n in range(rows)]


def test_a_column_of_two_lines_is_still_a_column() -> None:
    """Told by where the columns of the other pages begin."""
    full = [*column("a", 50, 200, 9), *column("b", 300, 200, 9)]
    short = [*column("c", 50, 200, 9), *column("d", 300, 200, 2)]
    words = reading_order([(800.0, full), (800.0, short)]).split()
    assert words == [f"{letter}{n}" for letter, rows in zip("abcd", (9, 9, 9, 2), strict=True) for n in range(rows)]


def test_words_that_are_drawn_backwards_lose_nothing_and_end() -> None:
    """Found by damaged files: such a word lies on both sides of a gap."""
    assert len(reading_order([(800.0, column("x", 100, -50, 30))]).split()) == 30
