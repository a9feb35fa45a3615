"""Several pages in one file, pasted or saved one after the other: each is read on its own, none is lost or mixed up."""

from __future__ import annotations

import pytest
from saved_pages import headless, markup
from world import TEXTS, page, scores_of

from corpus.page_files import read_pages
from corpus.pages import PageReading
from corpus.records import Severity
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy

SITE = "https://ocindex.net"
BOTH = [("TCD", 2021), ("NER", 2021)]


def read(text: str, name: str, taxonomy: Taxonomy) -> tuple[PageReading, ...]:
    return read_pages(text.encode(), name, taxonomy)


def pages(readings: tuple[PageReading, ...]) -> list[tuple[str, int]]:
    return [(r.profile.country, r.profile.edition) for r in readings if r.profile is not None]


def canonical(country: str, edition: int) -> str:
    return f'<link rel="canonical" href="{SITE}/{edition}/country/{country}">'


@pytest.mark.parametrize("name", ["2021/x.txt", "2021/chad.txt", "2021/chad and niger.txt"])
@pytest.mark.parametrize("between", ["", "\n", "\n----------\n\n", "\nNext page:\n\n"])
def test_two_texts_give_two_pages_with_their_own_texts_and_scores(between: str, name: str, taxonomy: Taxonomy) -> None:
    readings = read(page("Chad", 2021, taxonomy) + between + page("Niger", 2021, taxonomy), name, taxonomy)
    assert pages(readings) == BOTH
    for reading, country in zip(readings, ("Chad", "Niger"), strict=True):
        assert reading.problems == () and reading.profile is not None
        assert {s.heading: s.paragraphs for s in reading.profile.sections if s.paragraphs} == dict(TEXTS[country])
        assert {s.indicator: s.value for s in reading.profile.scores} == scores_of(country, 2021, taxonomy)


@pytest.mark.parametrize("above", [True, False])
def test_each_address_belongs_to_the_page_it_stands_by(above: bool, taxonomy: Taxonomy) -> None:
    parts = []
    for country, edition in (("Chad", 2021), ("Chad", 2023), ("Niger", 2021)):
        line, text = f"Source: {SITE}/{edition}/country/{country.lower()}\n", page(country, edition, taxonomy)
        parts.append(line + text if above else text + line)
    readings = read("\n".join(parts), "saved/x.txt", taxonomy)
    assert pages(readings) == [("TCD", 2021), ("TCD", 2023), ("NER", 2021)]
    assert all(reading.problems == () for reading in readings)


def test_copies_without_heads_are_named_by_the_addresses_above_them(taxonomy: Taxonomy) -> None:
    parts = [f"{SITE}/2021/country/{c.lower()}\n{headless(page(c, 2021, taxonomy))}" for c in ("Chad", "Niger")]
    assert pages(read("\n".join(parts), "saved/x.txt", taxonomy)) == BOTH


def test_of_copies_without_heads_the_file_name_names_none(taxonomy: Taxonomy) -> None:
    text = headless(page("Chad", 2021, taxonomy)) + headless(page("Niger", 2021, taxonomy))
    readings = read(text, "saved/chad-2021.txt", taxonomy)
    assert pages(readings) == []
    assert {p.message for r in readings for p in r.problems} == {"one of several pages in this file does not say whose it is"}


@pytest.mark.parametrize("comment", [False, True])
def test_two_saved_documents_one_after_the_other_are_both_read(comment: bool, taxonomy: Taxonomy) -> None:
    documents = []
    for country, edition in (("chad", 2023), ("niger", 2021)):
        said = f"<!-- saved from url=(0040){SITE}/{edition}/country/{country} -->\n" if comment else ""
        document = markup(page(country.title(), edition, taxonomy), "" if comment else canonical(country, edition))
        documents.append(said + document)
    assert pages(read("\n".join(documents), "saved/x.html", taxonomy)) == [("TCD", 2023), ("NER", 2021)]


def test_documents_without_their_end_are_told_apart_too(taxonomy: Taxonomy) -> None:
    documents = [
        markup(page(c.title(), 2021, taxonomy), canonical(c, 2021)).replace("</body></html>", "") for c in ("chad", "niger")
    ]
    assert pages(read("".join(documents), "saved/x.html", taxonomy)) == BOTH


def test_two_pages_in_one_document_and_text_beside_a_document(taxonomy: Taxonomy) -> None:
    chad, niger = page("Chad", 2021, taxonomy), page("Niger", 2021, taxonomy)
    assert pages(read(markup(f"{chad}\n\n{niger}"), "2021/x.html", taxonomy)) == BOTH
    assert pages(read(chad + markup(niger), "2021/x.html", taxonomy)) == BOTH
    assert pages(read(markup(chad) + niger, "2021/x.html", taxonomy)) == BOTH


def test_a_page_that_breaks_off_takes_nothing_from_the_next(taxonomy: Taxonomy) -> None:
    chad, niger = page("Chad", 2021, taxonomy), page("Niger", 2021, taxonomy)
    in_scores = read(chad[: chad.index("Law enforcement")] + niger, "2021/x.txt", taxonomy)
    assert pages(in_scores) == [("NER", 2021)]
    assert 'ends before "Analysis"' in in_scores[0].problems[0].message
    in_text = read(chad[: chad.index("Hashish")] + "\n\n" + niger, "2021/x.txt", taxonomy)
    assert pages(in_text) == BOTH
    assert in_text[0].profile is not None and [s.heading for s in in_text[0].profile.sections] == [
        "People",
        "Trade",
        "Environment",
    ]
    assert in_text[1].problems == ()


def test_pages_without_closing_lines_end_at_the_next_head(taxonomy: Taxonomy) -> None:
    parts = [text[: text.index("For a better")] for text in (page("Chad", 2021, taxonomy), page("Niger", 2021, taxonomy))]
    readings = read("".join(parts), "2021/x.txt", taxonomy)
    assert pages(readings) == BOTH
    assert all(p.severity is Severity.WARNING for r in readings for p in r.problems)
    assert readings[0].profile is not None and readings[0].profile.sections[-1].paragraphs == ()


def test_a_page_pasted_twice_is_one_page_and_two_versions_are_reported(taxonomy: Taxonomy) -> None:
    text = page("Chad", 2021, taxonomy)
    (reading,) = read(text + text, "2021/x.txt", taxonomy)
    assert reading.problems == ()
    first, second = read(text + text.replace("Heron", "Egret"), "2021/x.txt", taxonomy)
    assert first.profile is not None and second.profile is None
    assert "stands twice in this file, with differences" in second.problems[0].message


def test_the_repeated_blocks_of_one_page_are_no_second_page(taxonomy: Taxonomy) -> None:
    """Sites print the scores once for screens and once for phones."""
    text = page("Chad", 2021, taxonomy)
    block = text[text.index("Profile\n") : text.index("Analysis\n")]
    (reading,) = read(text.replace("Analysis\n", f"{block}Analysis\n", 1), "2021/x.txt", taxonomy)
    assert reading.profile is not None and reading.problems == ()


def test_a_build_keeps_the_pages_of_a_file_with_their_scores(taxonomy: Taxonomy, tmp_path) -> None:
    (tmp_path / "2021").mkdir()
    (tmp_path / "2021" / "all.txt").write_text("".join(page(country, 2021, taxonomy) for country in ("Chad", "Niger", "Nigeria")))
    (tmp_path / "2021" / "a-chad.txt").write_text(page("Chad", 2021, taxonomy))
    corpus = load_corpus([tmp_path], taxonomy)
    assert [p.country for p in corpus.profiles] == ["NER", "NGA", "TCD"]
    assert len(corpus.scores) == 90
    (problem,) = corpus.problems
    assert "TCD 2021 was already read from" in problem.message
