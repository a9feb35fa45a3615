"""The sources folder: every file by its kind, every problem collected, one bad file never stopping the others."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from world import full_sheet, page, workbook

from corpus.errors import OcqaError
from corpus.records import Severity, SourceKind
from corpus.sources import load_corpus, scan, shipped_sources
from corpus.taxonomy import Taxonomy


def test_files_are_found_by_kind_in_subfolders_and_the_rest_is_passed_over(tmp_path: Path) -> None:
    for name in ("a/2021/x.txt", "b.HTML", "c.csv", "d.xlsx", "readme.md", ".hidden/y.txt", "~$d.xlsx", ".z.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    found = {Path(f.name).relative_to(tmp_path.name).as_posix(): f.kind for f in scan([tmp_path])}
    assert found == {
        "a/2021/x.txt": SourceKind.PAGE,
        "b.HTML": SourceKind.PAGE,
        "c.csv": SourceKind.TABLE,
        "d.xlsx": SourceKind.WORKBOOK,
    }


def test_linked_folders_are_followed_once(tmp_path: Path, world_sources: Path, taxonomy: Taxonomy) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "pages").symlink_to(world_sources)
    (tmp_path / "sources" / "loop").symlink_to(tmp_path / "sources")
    corpus = load_corpus([tmp_path / "sources"], taxonomy)
    assert (len(corpus.profiles), corpus.problems) == (4, ())


def test_a_folder_that_does_not_exist_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(OcqaError, match="nowhere"):
        scan([tmp_path / "nowhere"])


def test_a_folder_named_for_the_edition_may_itself_be_the_sources_folder(tmp_path: Path, taxonomy: Taxonomy) -> None:
    (tmp_path / "2021").mkdir()
    (tmp_path / "2021" / "chad.txt").write_text(page("Chad", 2021, taxonomy))
    corpus = load_corpus([tmp_path / "2021"], taxonomy)
    assert [p.edition for p in corpus.profiles] == [2021]


def test_bad_files_are_reported_and_the_others_read(world_sources: Path, tmp_path: Path, taxonomy: Taxonomy) -> None:
    sources = tmp_path / "mixed"
    shutil.copytree(world_sources, sources)
    good = load_corpus([sources], taxonomy)
    (sources / "2021" / "empty.txt").write_bytes(b"")
    (sources / "2021" / "picture.txt").write_bytes(b"\x89PNG\x00\x00")
    (sources / "2021" / "shop.html").write_text("<html><body>Hats</body></html>")
    (sources / "locked.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64))
    (sources / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64))
    with (sources / "2021" / "huge.txt").open("wb") as stream:
        stream.truncate(50 * 2**20)
    corpus = load_corpus([sources], taxonomy)
    assert (corpus.profiles, corpus.scores) == (good.profiles, good.scores)
    reported = {Path(p.source).name: p.message for p in corpus.problems}
    assert reported.keys() == {"empty.txt", "picture.txt", "shop.html", "locked.xlsx", "old.xls", "huge.txt"}
    assert "50 MB" in reported["huge.txt"]
    assert all(p.hint for p in corpus.problems)


def test_a_workbook_wins_over_a_page_and_the_difference_is_reported(tmp_path: Path, taxonomy: Taxonomy) -> None:
    (tmp_path / "2021").mkdir()
    (tmp_path / "2021" / "chad.txt").write_text(page("Chad", 2021, taxonomy))
    (tmp_path / "w.xlsx").write_bytes(workbook({"2021_dataset": full_sheet(2021, taxonomy)}))
    corpus = load_corpus([tmp_path], taxonomy)
    chad = {s.indicator: s for s in corpus.scores if s.country == "TCD"}
    assert chad["cocaine_trade"].value == 5.0
    assert "w.xlsx, sheet 2021_dataset" in chad["cocaine_trade"].source
    differences = [p for p in corpus.problems if p.severity is Severity.WARNING]
    assert len(differences) == 30
    assert any("the score is 6.00 here but 5.00 in" in p.message for p in differences)


def test_two_files_of_one_page_are_used_once(tmp_path: Path, taxonomy: Taxonomy) -> None:
    (tmp_path / "2021").mkdir()
    for name in ("chad.txt", "chad.html"):
        (tmp_path / "2021" / name).write_text(page("Chad", 2021, taxonomy))
    corpus = load_corpus([tmp_path], taxonomy)
    assert len(corpus.profiles) == 1
    assert "was already read from" in corpus.problems[0].message


def test_the_order_of_folders_changes_nothing(world_sources: Path, taxonomy: Taxonomy) -> None:
    parts = [world_sources / "2021", world_sources / "2023"]
    assert load_corpus(parts, taxonomy) == load_corpus(parts[::-1], taxonomy)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_reported(tmp_path: Path, taxonomy: Taxonomy) -> None:
    (tmp_path / "x.txt").write_text("x")
    (tmp_path / "x.txt").chmod(0)
    assert "cannot be read" in load_corpus([tmp_path], taxonomy).problems[0].message


def test_a_file_of_ones_own_counts_more_than_what_ships(tmp_path: Path, taxonomy: Taxonomy) -> None:
    own = tmp_path / "zz" / "mine.csv"
    own.parent.mkdir()
    own.write_text("iso3,edition,cocaine_trade\nPER,2023,8.5\n", encoding="utf-8")
    corpus = load_corpus([shipped_sources(), own.parent], taxonomy)
    found = {(s.country, s.edition, s.indicator): s.value for s in corpus.scores}
    assert found["PER", 2023, "cocaine_trade"] == 8.5 and found["PER", 2021, "cocaine_trade"] == 9.0
    assert ["8.50 in zz/mine.csv, which is used" in p.message for p in corpus.problems] == [True]
