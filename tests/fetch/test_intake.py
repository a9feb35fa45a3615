"""`ocqa import`: saved files are recognised, checked, and put where a build finds them; nothing is replaced unasked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run
from fault_server import files_below, html
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from world import full_sheet, page, workbook

from corpus.errors import SourceError
from corpus.intake import Intake, take_in
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy, load_taxonomy

TABLE = "iso3,edition,cocaine_trade\nTCD,2021,5.5\nNER,2021,3\n"


pytestmark = pytest.mark.usefixtures("own_folders")


def test_a_page_a_workbook_and_a_table_go_where_a_build_reads_them(
    capsys: pytest.CaptureFixture[str], saved: Path, sources: Path, taxonomy: Taxonomy
) -> None:
    address = "https://ocindex.net/2023/country/chad"
    (saved / "The Organized Crime Index.html").write_bytes(html(page("Chad", 2023, taxonomy), address))
    (saved / "download (1).xlsx").write_bytes(workbook({"2021_dataset": full_sheet(2021, taxonomy)}))
    (saved / "mine.csv").write_text(TABLE)
    code, out, _ = run(capsys, "import", *sorted(saved.iterdir()))
    assert code == 0
    assert files_below(sources) == ["2023/chad.html", "scores/mine.csv", "workbook/global_oc_index.xlsx"]
    assert "taken in as 2023/chad.html; Chad, 2023 edition: 4 paragraphs, 36 scores" in out
    assert "workbook, sheets 2021: 193 countries, 5790 scores; a release of the workbook that this program does not know" in out
    assert "table, editions 2021: 2 countries, 2 scores" in out
    assert out.splitlines()[-1] == f"next: ocqa build --sources shipped --sources {sources} --index {sources.parent / 'index'}"
    (chad,) = load_corpus([sources], taxonomy).profiles
    assert (chad.edition, chad.url) == (2023, address)
    assert not any(p.name.startswith(".import") for p in sources.iterdir())


def test_the_edition_comes_from_address_folder_or_flag(
    capsys: pytest.CaptureFixture[str], saved: Path, sources: Path, taxonomy: Taxonomy
) -> None:
    (saved / "chad.txt").write_text(page("Chad", 2021, taxonomy))
    code, _, err = run(capsys, "import", saved / "chad.txt")
    assert code == 1
    assert "edition of this page is unknown" in err and "layout is that of 2021" in err and "--edition 2021" in err
    assert files_below(sources) == []
    (saved / "2021").mkdir()
    (saved / "2021" / "niger.txt").write_text(page("Niger", 2021, taxonomy))
    assert run(capsys, "import", saved / "chad.txt", "--edition", 2021)[0] == 0
    assert run(capsys, "import", saved / "2021" / "niger.txt")[0] == 0
    assert files_below(sources) == ["2021/chad.txt", "2021/niger.txt"]


@pytest.mark.parametrize("edition, words", [(2023, "layout of"), (2022, "not an edition")])
def test_an_edition_that_cannot_be_is_refused(
    edition: int, words: str, capsys: pytest.CaptureFixture[str], saved: Path, sources: Path, taxonomy: Taxonomy
) -> None:
    (saved / "chad.txt").write_text(page("Chad", 2021, taxonomy))
    code, _, err = run(capsys, "import", saved / "chad.txt", "--edition", edition)
    assert code != 0 and words in err
    assert files_below(sources) == []


def test_what_is_there_already_stays_and_what_differs_needs_a_word(
    capsys: pytest.CaptureFixture[str], saved: Path, sources: Path, taxonomy: Taxonomy
) -> None:
    old, new = page("Chad", 2021, taxonomy), page("Chad", 2021, taxonomy, scores={"cocaine_trade": 6.0})
    new = new.replace("Heron", "Egret")
    file = saved / "chad.txt"
    file.write_text(old)
    run(capsys, "import", file, "--edition", 2021)
    code, out, _ = run(capsys, "import", file, "--edition", 2021)
    assert code == 0 and "already there as 2021/chad.txt" in out
    file.write_text(new)
    code, _, err = run(capsys, "import", file, "--edition", 2021)
    assert code == 1
    assert "paragraphs: 1 only in the existing file, 1 only in this one" in err and "--replace" in err
    assert (sources / "2021" / "chad.txt").read_text() == old
    code, out, _ = run(capsys, "import", file, "--edition", 2021, "--replace")
    assert code == 0 and "replaced as" in out
    assert (sources / "2021" / "chad.txt").read_text() == new


def test_one_page_under_another_ending_or_spelling_is_the_same_page(saved: Path, sources: Path, taxonomy: Taxonomy) -> None:
    """A build would find two files of one page and use only one of them."""
    (saved / "chad.txt").write_text(page("Chad", 2021, taxonomy))
    take_in(saved / "chad.txt", sources, taxonomy, 2021)
    (saved / "chad.html").write_bytes(html(page("Chad", 2021, taxonomy)))
    again = take_in(saved / "chad.html", sources, taxonomy, 2021)
    assert (again.outcome, again.file) == (Intake.THERE, "2021/chad.txt")
    assert take_in(saved / "chad.html", sources, taxonomy, 2021, replace=True).outcome is Intake.REPLACED
    assert files_below(sources) == ["2021/chad.html"]


def test_a_file_that_lies_in_its_place_already_is_there(sources: Path, taxonomy: Taxonomy) -> None:
    (sources / "2021").mkdir(parents=True)
    (sources / "2021" / "chad.txt").write_text(page("Chad", 2021, taxonomy))
    taken = take_in(sources / "2021" / "chad.txt", sources, taxonomy)
    assert (taken.outcome, taken.file) == (Intake.THERE, "2021/chad.txt")


def test_a_bad_file_does_not_stop_the_others(
    capsys: pytest.CaptureFixture[str], saved: Path, sources: Path, taxonomy: Taxonomy
) -> None:
    (saved / "a-shop.html").write_bytes(html("hats"))
    (saved / "b.pdf").write_bytes(b"%PDF")
    (saved / "c.xlsx").write_bytes(b"PK\x03\x04")
    (saved / "d.csv").write_text("hats\n1\n")
    (saved / "e.txt").write_text("")
    (saved / "f.txt").mkdir()
    (saved / "niger.txt").write_text(page("Chad", 2021, taxonomy))
    (saved / "z.txt").write_text(page("Chad", 2021, taxonomy))
    given = [*sorted(saved.iterdir()), saved / "absent.txt"]
    code, out, err = run(capsys, "import", "--json", "--edition", 2021, *given)
    items = json.loads(out)["items"]
    assert code == 1
    assert [i["outcome"] for i in items] == ["refused"] * 7 + ["taken in", "refused"]
    assert files_below(sources) == ["2021/chad.txt"]
    assert all(i["reason"] and i["hint"] for i in items if i["outcome"] == "refused")
    assert err.count("error: ") == 8
    assert "says Niger" in err


def test_every_remark_of_the_reader_is_said(
    capsys: pytest.CaptureFixture[str], saved: Path, sources: Path, taxonomy: Taxonomy
) -> None:
    (saved / "chad.txt").write_text(page("Chad", 2021, taxonomy, scores={"cocaine_trade": 99.0}))
    code, out, err = run(capsys, "import", "--json", "--edition", 2021, saved / "chad.txt")
    (item,) = json.loads(out)["items"]
    assert code == 0
    assert "outside the scale of 1 to 10" in err
    assert len(item["problems"]) == err.count("error: ") > 0


def test_the_known_workbook_is_recognised(capsys: pytest.CaptureFixture[str], shared: Path, sources: Path) -> None:
    code, out, _ = run(capsys, "import", shared / "workbook" / "global_oc_index.xlsx")
    assert code == 0
    assert "sheets 2021, 2023, 2025: 193 countries, 19686 scores; the workbook of the 2025 release" in out


def test_a_table_is_never_hidden_from_a_build(saved: Path, sources: Path, taxonomy: Taxonomy) -> None:
    for name in (".mine.csv", "~$mine.csv", "~$.csv"):
        (saved / name).write_text(TABLE)
        take_in(saved / name, sources, taxonomy, replace=True)
    assert files_below(sources) == ["scores/mine.csv", "scores/table.csv"]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(slug=st.from_regex(r"[\w%.'-]{1,20}", fullmatch=True))
def test_no_address_in_a_page_leads_out_of_the_folder(tmp_path_factory: pytest.TempPathFactory, slug: str) -> None:
    taxonomy, folder = load_taxonomy(), tmp_path_factory.mktemp("intake")
    (folder / "saved.html").write_bytes(html(page("Chad", 2021, taxonomy), f"https://ocindex.net/2021/country/{slug}"))
    try:
        taken = take_in(folder / "saved.html", folder / "sources", taxonomy)
    except SourceError:
        return
    assert files_below(folder) == ["saved.html", f"sources/{taken.file}"]
    assert taxonomy.country_of_label(Path(taken.file).stem) == "TCD"
