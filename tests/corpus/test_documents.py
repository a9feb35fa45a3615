"""Pages about the Index that are no profile: kept with their headings, whatever they were saved as; anything else is refused."""

from __future__ import annotations

from pathlib import Path

import method_page
import pytest
from saved_pages import archive
from world import page

from corpus.errors import SourceError
from corpus.intake import Intake, take_in
from corpus.page_files import read_pages
from corpus.records import Document
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy


def document(data: bytes, name: str, taxonomy: Taxonomy) -> Document:
    (reading,) = read_pages(data, name, taxonomy)
    assert reading.profile is None and reading.problems == () and reading.document is not None
    return reading.document


@pytest.mark.parametrize(
    "data",
    [
        method_page.as_text().encode(),
        method_page.as_text(marks="## ").encode(),
        method_page.as_text(wrapped=True).encode(),
        method_page.as_markup().encode(),
        archive(method_page.as_markup(), method_page.ADDRESS),
    ],
    ids=["text", "markdown", "wrapped", "HTML", "MHTML"],
)
def test_a_page_about_the_method_is_kept_with_its_headings(data: bytes, taxonomy: Taxonomy) -> None:
    kept = document(data, "saved/method", taxonomy)
    assert kept.title == method_page.TITLE and kept.url == method_page.ADDRESS
    assert {part.heading: part.paragraphs for part in kept.parts} == method_page.PARTS


def test_a_list_belongs_to_the_sentence_that_announces_it(taxonomy: Taxonomy) -> None:
    text = (
        method_page.as_text()
        + "\nThe figures are read in three bands, from bottom to top:\n\n1 to 3: low\n\n• 4 to 6: medium\n\nUse\n\n"
    )
    text += "Whoever uses the figures should name their source.\n"
    *_, listed, last = document(text.encode(), "saved/method.txt", taxonomy).parts
    assert listed.paragraphs[-1] == "The figures are read in three bands, from bottom to top: • 1 to 3: low • 4 to 6: medium"
    assert (last.heading, last.paragraphs) == ("Use", ("Whoever uses the figures should name their source.",))


def test_a_heading_named_as_a_score_makes_no_profile(taxonomy: Taxonomy) -> None:
    text = method_page.as_text() + "\nCriminality score\n\nThe score is the mean of the markets and the actors of a country.\n"
    assert document(text.encode(), "saved/method.txt", taxonomy).parts[-1].heading == "Criminality score"


@pytest.mark.parametrize(
    "text",
    [
        "The Global Organized Crime Index\n\nHome\n\nAbout\n",  # a menu
        method_page.as_text().replace("Organized Crime Index", "Weather Review").replace("ocindex.net", "example.org"),
        "Dear all,\n\nplease find the minutes below.\n",
    ],
    ids=["menu", "another subject", "letter"],
)
def test_what_is_no_text_about_the_index_is_refused_as_no_profile(text: str, taxonomy: Taxonomy) -> None:
    (reading,) = read_pages(text.encode(), "saved/notes.txt", taxonomy)
    assert reading.document is None
    assert "this is not a profile page of the Index" in reading.problems[0].message


def test_a_profile_that_names_the_index_stays_a_profile(taxonomy: Taxonomy) -> None:
    (reading,) = read_pages(page("Chad", 2023, taxonomy).encode(), "2023/chad.txt", taxonomy)
    assert reading.profile is not None and reading.document is None


def test_documents_are_imported_once_and_built_from_beside_profiles(tmp_path: Path, taxonomy: Taxonomy) -> None:
    saved, sources = tmp_path / "saved.html", tmp_path / "sources"
    sources.mkdir()
    saved.write_text(method_page.as_markup(), encoding="utf-8")
    taken = take_in(saved, sources, taxonomy)
    assert taken.outcome is Intake.TAKEN
    assert taken.file == "documents/how_the_scores_of_the_organized_crime_index_come_about.html"
    assert take_in(saved, sources, taxonomy).outcome is Intake.THERE
    saved.write_text(method_page.as_markup().replace("eleven weeks", "nine weeks"), encoding="utf-8")
    with pytest.raises(SourceError, match="already exists and differs: paragraphs: 1 only in the existing file"):
        take_in(saved, sources, taxonomy)
    (sources / "2023").mkdir()
    (sources / "2023" / "chad.txt").write_text(page("Chad", 2023, taxonomy), encoding="utf-8")
    corpus = load_corpus([sources], taxonomy)
    assert [d.title for d in corpus.documents] == [method_page.TITLE]
    assert [(p.country, p.edition) for p in corpus.profiles] == [("TCD", 2023)]
    assert corpus.problems == ()
