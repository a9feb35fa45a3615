"""Saved pages in the shapes that browsers and people give them: told by their content, whatever the file is called."""

from __future__ import annotations

from pathlib import Path

import pytest
from saved_pages import archive, headless, markup
from world import TEXTS, page, scores_of

from corpus.errors import SourceError
from corpus.page_files import read_pages
from corpus.records import Profile
from corpus.sources import load_corpus, scan
from corpus.taxonomy import Taxonomy

ADDRESS = "https://ocindex.net/2023/country/chad"


def only(data: bytes | str, name: str, taxonomy: Taxonomy) -> Profile:
    """The one page in a file, read without a problem."""
    (reading,) = read_pages(data.encode() if isinstance(data, str) else data, name, taxonomy)
    assert reading.problems == ()
    assert reading.profile is not None
    return reading.profile


def is_chad_2023(profile: Profile, taxonomy: Taxonomy) -> bool:
    texts = {s.heading: s.paragraphs for s in profile.sections if s.paragraphs}
    return (
        (profile.country, profile.edition) == ("TCD", 2023)
        and {s.indicator: s.value for s in profile.scores} == scores_of("Chad", 2023, taxonomy)
        and texts == dict(TEXTS["Chad"])
    )


@pytest.mark.parametrize("name", ["x.html", "x.htm", "x.xhtml", "x.txt", "x.mht", "x.pdf", "x", "x.php", "x.html.download"])
def test_markup_is_markup_under_any_name(name: str, taxonomy: Taxonomy, tmp_path: Path) -> None:
    text = markup(page("Chad", 2023, taxonomy), f'<link rel="canonical" href="{ADDRESS}">')
    assert is_chad_2023(only(text, name, taxonomy), taxonomy)
    (tmp_path / name).write_text(text)
    assert [p.country for p in load_corpus([tmp_path], taxonomy).profiles] == ["TCD"]


@pytest.mark.parametrize("name", ["x.mht", "x.mhtml", "x.html", "x.txt", "x.eml", "x"])
@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_web_archive_is_read_under_any_name(name: str, encoding: str, taxonomy: Taxonomy, tmp_path: Path) -> None:
    data = archive(markup(page("Chad", 2023, taxonomy)), ADDRESS, encoding=encoding)
    assert is_chad_2023(only(data, name, taxonomy), taxonomy)
    (tmp_path / name).write_bytes(data)
    corpus = load_corpus([tmp_path], taxonomy)
    assert ([p.country for p in corpus.profiles], corpus.problems) == (["TCD"], ())


def test_a_web_archive_states_its_encoding_outside_of_the_page(taxonomy: Taxonomy) -> None:
    text = markup(page("Chad", 2023, taxonomy).replace("Heron", "Héron\u2019s")).replace('<meta charset="utf-8">', "")
    profile = only(archive(text, ADDRESS, charset="windows-1252", snapshot=False, line="\n"), "x.mht", taxonomy)
    assert any("the Héron\u2019s Brotherhood" in p for s in profile.sections for p in s.paragraphs)


def test_two_web_archives_in_one_file_are_both_read(taxonomy: Taxonomy) -> None:
    second = archive(markup(page("Niger", 2021, taxonomy)), "https://ocindex.net/2021/country/niger")
    readings = read_pages(archive(markup(page("Chad", 2023, taxonomy)), ADDRESS) + second, "x.mht", taxonomy)
    assert [(r.profile.country, r.profile.edition) for r in readings if r.profile] == [("TCD", 2023), ("NER", 2021)]


def test_a_piece_of_markup_without_its_root_is_markup(taxonomy: Taxonomy) -> None:
    blocks = "".join(f"<p>{line}</p>" for line in page("Chad", 2023, taxonomy).split("\n\n"))
    assert is_chad_2023(only(blocks, "2023/x.html", taxonomy), taxonomy)


def test_text_that_a_browser_wrapped_in_markup_keeps_its_lines(taxonomy: Taxonomy) -> None:
    assert is_chad_2023(
        only(f"<html><body><pre>{page('Chad', 2023, taxonomy)}</pre></body></html>", "2023/x.html", taxonomy), taxonomy
    )


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_the_line_ends_of_any_system_are_line_ends(end: str, taxonomy: Taxonomy) -> None:
    text = f"{ADDRESS}\n{page('Chad', 2023, taxonomy)}".replace("\n", end)
    assert is_chad_2023(only(text, "x.txt", taxonomy), taxonomy)


def test_latin_1_is_what_browsers_take_it_for(taxonomy: Taxonomy) -> None:
    text = markup(page("Chad", 2023, taxonomy).replace("Heron", "Heron\u2019s")).replace("utf-8", "iso-8859-1")
    assert any("Heron\u2019s" in p for s in only(text.encode("cp1252"), "2023/x.html", taxonomy).sections for p in s.paragraphs)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04" + bytes(60), "a Word document, a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), "an old Word document"),
        (b"{\\rtf1 Peru}", "a rich text document"),
        (b"bplist00\xd1", "a web archive of Safari"),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/css\n\np {}\n--b--\n",
            "no page in it",
        ),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\nnothing", "no page in it"),
    ],
)
def test_what_holds_a_page_but_cannot_be_read_says_what_it_is(data: bytes, says: str, taxonomy: Taxonomy) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        read_pages(data, "2021/x.txt", taxonomy)
    assert caught.value.hint


@pytest.mark.parametrize("suffix", ["_files", "-Dateien", "_fichiers", "_archivos", "_bestanden", "-filer", ".files"])
@pytest.mark.parametrize("page_name", ["Chad.html", "Chad.htm", "Chad.txt"])
def test_the_folder_of_a_page_saved_complete_is_passed_over(
    suffix: str, page_name: str, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    (tmp_path / "2023").mkdir()
    (tmp_path / "2023" / page_name).write_text(markup(page("Chad", 2023, taxonomy)))
    folder = tmp_path / "2023" / f"Chad{suffix}"
    (folder / "deeper").mkdir(parents=True)
    for name in ("saved_resource.html", "a.js.download", "style.css", "data.csv", "note.txt", "deeper/frame.html"):
        (folder / name).write_text("<html><body>Criminality score</body></html>")
    corpus = load_corpus([tmp_path], taxonomy)
    assert [p.country for p in corpus.profiles] == ["TCD"]
    assert corpus.problems == ()


def test_the_folder_of_a_page_that_was_moved_is_passed_over_too(tmp_path: Path) -> None:
    folder = tmp_path / "The Organized Crime Index_files"
    folder.mkdir()
    for name in ("saved_resource(1).html", "main.css", "x.txt"):
        (folder / name).write_text("x")
    assert scan([tmp_path]) == ()


def test_a_folder_that_a_person_named_so_is_read(taxonomy: Taxonomy, tmp_path: Path) -> None:
    (tmp_path / "my_files" / "2021").mkdir(parents=True)
    (tmp_path / "my_files" / "2021" / "chad.txt").write_text(page("Chad", 2021, taxonomy))
    (tmp_path / "my_files" / "niger-2021.txt").write_text(headless(page("Niger", 2021, taxonomy)))
    assert [p.country for p in load_corpus([tmp_path], taxonomy).profiles] == ["NER", "TCD"]


def test_files_of_no_kind_are_passed_over_unless_they_hold_a_page(taxonomy: Taxonomy, tmp_path: Path) -> None:
    for name, text in {
        "notes.md": "Criminality score: see ocindex.net",
        "a.js": "var a",
        "b.html.bak": "<html>hats</html>",
    }.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "chad-2021.md").write_text(page("Chad", 2021, taxonomy))
    assert [Path(file.name).name for file in scan([tmp_path])] == ["chad-2021.md"]
