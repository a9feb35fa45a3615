"""`ocqa import` of whole folders, of several pages in a file, and of files that share a name: every file keeps its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run
from fault_server import files_below
from saved_pages import archive, headless, markup, pdf
from world import TEXTS, full_sheet, page, workbook

from app.cli.main import main
from corpus.errors import SourceError
from corpus.intake import Intake, take_in
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy
from index.generations.snapshot import open_snapshot

SITE = "https://ocindex.net"


pytestmark = pytest.mark.usefixtures("own_folders")


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_folder_is_taken_in_with_all_its_shapes_of_pages(
    capsys: pytest.CaptureFixture[str], saved: Path, sources: Path, taxonomy: Taxonomy
) -> None:
    def address(country: str, edition: int) -> str:
        return f"{SITE}/{edition}/country/{country}"

    write(saved / "a" / "Chad.html", markup(page("Chad", 2023, taxonomy), f'<base href="{address("chad", 2023)}">'))
    write(saved / "a" / "Chad_files" / "frame.html", "<html>hats</html>")
    write(saved / "b" / "niger.mht", archive(markup(page("Niger", 2021, taxonomy)), address("niger", 2021)))
    write(saved / "b" / "c" / "nigeria-2021.txt", headless(page("Nigeria", 2021, taxonomy)))
    write(saved / "ocindex_profile_chad_2021.pdf", pdf("Chad", 2021, taxonomy))
    write(saved / "niger-2025.php", markup(page("Niger", 2025, taxonomy)))
    write(saved / "figures.csv", "iso3,edition,cocaine_trade\nTCD,2021,6\n")
    write(saved / ".hidden" / "x.html", "hats")
    write(saved / ".DS_Store", "hats")
    write(saved / "photo.png", "hats")
    code, out, err = run(capsys, "import", saved)
    assert code == 0
    assert files_below(sources) == [
        "2021/chad.pdf",
        "2021/niger.mhtml",
        "2021/nigeria.txt",
        "2023/chad.html",
        "2025/niger.html",
        "scores/figures.csv",
    ]
    assert err.splitlines()[-1] == "left out: 1 files that are no page, workbook or table (.png)"
    assert f"{saved}/b/c/nigeria-2021.txt: taken in as 2021/nigeria.txt; Nigeria, 2021 edition: 2 paragraphs, 30 scores" in out
    corpus = load_corpus([sources], taxonomy)
    pages = [("NER", 2021), ("NER", 2025), ("NGA", 2021), ("TCD", 2021), ("TCD", 2023)]
    assert [(p.country, p.edition) for p in corpus.profiles] == pages
    assert [(p.country, p.edition) for p in load_corpus([saved], taxonomy).profiles] == pages
    assert [(p.country, p.edition) for p in load_corpus([saved, sources], taxonomy).profiles] == pages
    code, out, _ = run(capsys, "import", saved)
    assert code == 0 and out.count("already there as") == 6


def test_the_same_fault_of_many_files_is_one_line_with_a_count(
    capsys: pytest.CaptureFixture[str], saved: Path, sources: Path, taxonomy: Taxonomy
) -> None:
    for country in taxonomy.countries.values():
        write(saved / f"{country.iso3}.html", "<html><body>Please switch on scripts.</body></html>")
    write(saved / "congo-2021.txt", headless(page("Chad", 2021, taxonomy)))
    code, out, err = run(capsys, "import", saved)
    assert (code, out.strip()) == (1, "")
    lines = err.splitlines()
    assert len(lines) == 2
    assert (
        "193 files (" in lines[0]
        and " and 190 more): this is not a profile page" in lines[0]
        and "save the profile page" in lines[0]
    )
    assert "may mean Democratic Republic of the Congo or Republic of the Congo" in lines[1]
    _, out, _ = run(capsys, "import", "--json", saved)
    assert len(json.loads(out)["items"]) == 194


def test_a_folder_with_nothing_in_it_is_refused(capsys: pytest.CaptureFixture[str], saved: Path) -> None:
    write(saved / "photo.png", "hats")
    code, _, err = run(capsys, "import", saved)
    assert code == 1 and "no page, workbook or table in it" in err


@pytest.mark.parametrize("shape", ["text", "markup"])
def test_a_file_of_several_pages_is_kept_whole_where_a_build_reads_all(
    shape: str, saved: Path, sources: Path, taxonomy: Taxonomy
) -> None:
    text = page("Chad", 2021, taxonomy) + page("Niger", 2021, taxonomy)
    ending = "txt" if shape == "text" else "html"
    write(saved / f"both.{ending}", text if shape == "text" else markup(text.strip()))
    taken = take_in(saved / f"both.{ending}", sources, taxonomy, 2021)
    assert (taken.outcome, taken.file) == (Intake.TAKEN, f"2021/chad+niger.{ending}")
    assert taken.holds.pages == (("TCD", 2021), ("NER", 2021))
    corpus = load_corpus([sources], taxonomy)
    assert ([p.country for p in corpus.profiles], corpus.problems) == (["NER", "TCD"], ())
    assert take_in(saved / f"both.{ending}", sources, taxonomy, 2021).outcome is Intake.THERE


def test_pages_of_several_editions_are_kept_together_too(saved: Path, sources: Path, taxonomy: Taxonomy) -> None:
    parts = [f"{SITE}/{e}/country/chad\n{page('Chad', e, taxonomy)}" for e in (2021, 2023)]
    write(saved / "both.txt", "\n".join(parts))
    assert take_in(saved / "both.txt", sources, taxonomy).file == "pages/chad-2021+chad-2023.txt"
    corpus = load_corpus([sources], taxonomy)
    assert ([p.edition for p in corpus.profiles], corpus.problems) == ([2021, 2023], ())
    write(saved / "chad.txt", page("Chad", 2023, taxonomy))
    with pytest.raises(SourceError, match="already exists and differs"):
        take_in(saved / "chad.txt", sources, taxonomy, 2023)


def test_many_pages_in_a_file_have_a_short_name_and_are_found_again(saved: Path, sources: Path, taxonomy: Taxonomy) -> None:
    names = ("Chad", "Niger", "Nigeria", "Mali", "Benin", "Togo")
    pages = [page("Chad", 2021, taxonomy).replace("Chad", name) for name in names]
    write(saved / "all.txt", "".join(pages))
    taken = take_in(saved / "all.txt", sources, taxonomy, 2021)
    assert taken.file.startswith("2021/chad+5_more-") and len(taken.holds.pages) == 6
    write(saved / "togo.txt", page("Chad", 2021, taxonomy, TEXTS["Niger"]).replace("Chad", "Togo"))
    with pytest.raises(SourceError, match="already exists and differs"):
        take_in(saved / "togo.txt", sources, taxonomy, 2021)


def test_a_page_never_replaces_a_file_that_has_other_pages_too(saved: Path, sources: Path, taxonomy: Taxonomy) -> None:
    write(saved / "both.txt", page("Chad", 2021, taxonomy) + page("Niger", 2021, taxonomy))
    take_in(saved / "both.txt", sources, taxonomy, 2021)
    write(saved / "chad.txt", page("Chad", 2021, taxonomy, TEXTS["Nigeria"]))
    with pytest.raises(SourceError, match="has Niger 2021 too"):
        take_in(saved / "chad.txt", sources, taxonomy, 2021, replace=True)
    write(saved / "both.txt", page("Chad", 2021, taxonomy, TEXTS["Nigeria"]) + page("Niger", 2021, taxonomy))
    assert take_in(saved / "both.txt", sources, taxonomy, 2021, replace=True).outcome is Intake.REPLACED
    assert files_below(sources) == ["2021/chad+niger.txt"]


def test_two_versions_of_a_page_in_one_import_are_reported_and_never_replace_each_other(
    capsys: pytest.CaptureFixture[str], saved: Path, sources: Path, taxonomy: Taxonomy
) -> None:
    write(saved / "a" / "chad-2021.txt", page("Chad", 2021, taxonomy))
    write(saved / "b" / "chad-2021.txt", page("Chad", 2021, taxonomy, TEXTS["Niger"]))
    write(saved / "c" / "chad-2021.txt", page("Chad", 2021, taxonomy))
    code, out, err = run(capsys, "import", "--replace", saved)
    assert code == 1
    assert out.count("2021/chad.txt") == 2 and "already there" in out
    assert "another file of this import and differs" in err
    assert (sources / "2021" / "chad.txt").read_text() == page("Chad", 2021, taxonomy)


TABLES = {
    "2021/scores.csv": "iso3,edition,cocaine_trade\nTCD,2021,5.5\n",
    "2023/scores.csv": "iso3,edition,cocaine_trade\nTCD,2023,6\n",
    "other/scores.csv": "iso3,edition,cocaine_trade\nNER,2021,3\n",
    "wrong/scores.csv": "iso3,edition,cocaine_trade\nTCD,2021,5\n",
}


def test_tables_of_one_name_from_several_folders_each_keep_their_place(
    capsys: pytest.CaptureFixture[str], saved: Path, sources: Path, taxonomy: Taxonomy
) -> None:
    for name, text in TABLES.items():
        write(saved / name, text)
    assert run(capsys, "import", saved)[0] == 0
    assert {p.read_text() for p in (sources / "scores").iterdir()} == set(TABLES.values())
    corpus = load_corpus([sources], taxonomy)
    assert {(s.country, s.edition) for s in corpus.scores} == {("TCD", 2021), ("TCD", 2023), ("NER", 2021)}
    assert len(corpus.problems) == 1  # the two that contradict each other
    code, out, _ = run(capsys, "import", saved)
    assert code == 0 and out.count("already there") == 4


def test_replace_never_removes_another_edition(saved: Path, sources: Path, taxonomy: Taxonomy) -> None:
    def take(text: str, *, replace: bool) -> tuple[Intake, str]:
        taken = take_in(write(saved / "mine.csv", text), sources, taxonomy, replace=replace)
        return taken.outcome, taken.file

    both = "iso3,edition,cocaine_trade\nTCD,2021,5.5\nTCD,2023,6\n"
    assert take(both, replace=True) == (Intake.TAKEN, "scores/mine.csv")
    corrected = "iso3,edition,cocaine_trade\nTCD,2023,6.5\n"
    with pytest.raises(SourceError, match="already exists and differs") as caught:
        take(corrected, replace=False)
    assert "it has 2021 too" in caught.value.hint
    assert take(corrected, replace=True) == (Intake.TAKEN, "scores/mine-2023.csv")
    assert (sources / "scores" / "mine.csv").read_text() == both
    values = {s.edition: s.value for s in load_corpus([sources], taxonomy).scores}
    assert values == {2021: 5.5, 2023: 6.5}
    assert take(both.replace("5.5", "5"), replace=True) == (Intake.REPLACED, "scores/mine.csv")


def test_a_workbook_of_one_edition_goes_beside_that_of_another(saved: Path, sources: Path, taxonomy: Taxonomy) -> None:
    def take(*editions: int, replace: bool = False, score: float = 5) -> tuple[Intake, str]:
        sheets = {
            f"{e}_dataset": [[score if cell == 5 else cell for cell in row] for row in full_sheet(e, taxonomy)] for e in editions
        }
        taken = take_in(write(saved / "global_oc_index.xlsx", workbook(sheets)), sources, taxonomy, replace=replace)
        return taken.outcome, taken.file

    assert take(2021, replace=True) == (Intake.TAKEN, "workbook/global_oc_index.xlsx")
    assert take(2023, replace=True) == (Intake.TAKEN, "workbook/global_oc_index-2023.xlsx")
    with pytest.raises(SourceError, match="already exists and differs"):
        take(2021, score=6)
    assert take(2021, replace=True, score=6) == (Intake.REPLACED, "workbook/global_oc_index.xlsx")
    scores = load_corpus([sources], taxonomy).scores
    assert {(s.edition, s.value) for s in scores} == {(2021, 6.0), (2023, 5.0)}


def test_a_build_of_such_a_folder_says_each_fault_once(
    capsys: pytest.CaptureFixture[str], saved: Path, tmp_path: Path, taxonomy: Taxonomy
) -> None:
    write(saved / "chad-2021.txt", page("Chad", 2021, taxonomy))
    for n in range(5):
        write(saved / f"shop{n}.html", "<html><body>hats</body></html>")
    assert main(["build", "--plan", "--sources", str(saved), "--index", str(tmp_path / "index")]) == 0
    faults = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error")]
    assert len(faults) == 1
    assert "5 files (" in faults[0] and "not a profile page" in faults[0]


def test_the_index_is_built_of_what_it_had_and_what_was_imported(
    saved: Path, sources: Path, capsys: pytest.CaptureFixture[str], taxonomy: Taxonomy
) -> None:
    (saved / "chad-2021.txt").write_text(page("Chad", 2021, taxonomy), encoding="utf-8")
    code, out, err = run(capsys, "import", saved, "--build")
    assert code == 0 and "next:" not in out, err
    snapshot = open_snapshot(sources.parent / "index")
    assert dict(snapshot.text_editions) == {"PER": (2021,), "TCD": (2021,)}
    snapshot.close()
