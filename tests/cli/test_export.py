"""`ocqa export`: all loaded scores as a data package that other programs read, and that `ocqa import` reads again."""

from __future__ import annotations

import csv
import errno
import hashlib
import json
import os
import shutil
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from commands import run

from app.cli.main import main
from app.content.package_tables import tidy_scores, wide_scores
from app.content.table_files import csv_text
from app.content.wide_source import shared_source
from corpus.csv_tables import read_table
from corpus.sources import shipped_sources
from corpus.taxonomy import Taxonomy
from index.generations.snapshot import Snapshot
from index.scores.score import Score
from index.scores.score_store import ScoreStore

DICTIONARY = ["indicators", "countries", "groups"]
CHAD = "https://ocindex.net/2023/country/chad"
Rows = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def package(shipped_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped scores in every format."""
    folder = tmp_path_factory.mktemp("export") / "all"
    assert main(["export", "--output", str(folder), "--format", "all", "--index", str(shipped_index)]) == 0
    return folder


def described(package: Path) -> dict[str, Any]:
    return json.loads((package / "datapackage.json").read_text(encoding="utf-8"))


def lines_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def as_stored(snapshot: Snapshot) -> list[tuple[str, int, str, Decimal, str]]:
    own = snapshot.score_store.scores_of(sorted(snapshot.taxonomy.countries))
    return sorted((c, e, i, value, source) for c, scores in own.items() for (i, e), (value, source) in scores.items())


def texts_of(table: dict[str, Any], package: Path) -> list[dict[str, str]]:
    """The rows of a resource with every value as CSV would have it."""
    names, path = [field["name"] for field in table["schema"]["fields"]], package / table["path"]
    if table["format"] == "csv":
        return lines_of(path)
    if table["format"] == "parquet":
        rows = duckdb.sql(f"select * from '{path}'").fetchall()
    else:
        sheet = openpyxl.load_workbook(path, read_only=True)[table["dialect"]["excel"]["sheet"]]
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
    numbers = {f["name"] for f in table["schema"]["fields"] if f["type"] == "number"}
    return [{n: "" if v is None else f"{v:.2f}" if n in numbers else str(v) for n, v in zip(names, r, strict=True)} for r in rows]


@pytest.fixture(scope="module")
def rows(package: Path) -> Rows:
    """What each resource of the package holds, by its name."""
    return {table["name"]: texts_of(table, package) for table in described(package)["resources"]}


def test_the_wide_table_is_the_table_of_scores_that_ships(
    capsys: pytest.CaptureFixture[str], shipped_index: Path, tmp_path: Path
) -> None:
    code, out, err = run(capsys, "export", "--output", tmp_path / "e", "--wide", "--index", shipped_index)
    assert code == 0
    assert out.split() == [
        str(tmp_path / "e" / n) for n in ("scores_wide.csv", *(f"{d}.csv" for d in DICTIONARY), "datapackage.json")
    ]
    assert err.startswith("19,686 scores of 193 countries, editions 2021, 2023, 2025, from index build 000001-")
    shipped = (shipped_sources() / "scores" / "world.csv").read_bytes()
    assert (tmp_path / "e" / "scores_wide.csv").read_bytes() == shipped


@pytest.mark.parametrize(("flags", "name"), [(["--wide"], "scores_wide.csv"), ([], "scores.csv")])
def test_an_export_that_is_imported_and_built_exports_the_same_bytes(
    flags: list[str], name: str, capsys: pytest.CaptureFixture[str], world_index: Path, shipped_index: Path, tmp_path: Path
) -> None:
    shutil.copytree(shipped_index, tmp_path / "i")
    assert run(capsys, "export", "--output", tmp_path / "first", *flags, "--index", world_index)[0] == 0
    assert run(capsys, "import", tmp_path / "first" / name, "--sources", tmp_path / "s")[0] == 0
    code, _, err = run(capsys, "build", "--strict", "--sources", tmp_path / "s", "--index", tmp_path / "i")
    assert code == 0 and "126 scores" in err and "0 problems" in err
    assert run(capsys, "export", "--output", tmp_path / "second", *flags, "--index", tmp_path / "i")[0] == 0
    assert (tmp_path / "second" / name).read_bytes() == (tmp_path / "first" / name).read_bytes()


def test_the_reader_of_tables_finds_every_score_and_source_in_the_tidy_table(
    package: Path, shipped: Snapshot, taxonomy: Taxonomy
) -> None:
    scores, problems = read_table((package / "scores.csv").read_bytes(), "scores/scores.csv", taxonomy)
    assert not problems
    read = sorted((s.country, s.edition, s.indicator, Decimal(f"{s.value:.2f}"), s.source) for s in scores)
    assert read == as_stored(shipped)


def test_a_tidy_row_says_what_its_score_is(capsys: pytest.CaptureFixture[str], world_index: Path, tmp_path: Path) -> None:
    run(capsys, "export", "--output", tmp_path, "--index", world_index)
    rows = {(r["iso3"], r["edition"], r["indicator"]): r for r in lines_of(tmp_path / "scores.csv")}
    assert len(rows) == 126
    assert rows["TCD", "2023", "cyber_dependent_crimes"] == {
        "iso3": "TCD", "country": "Chad", "continent": "Africa", "region": "Central Africa", "edition": "2023",
        "indicator": "cyber_dependent_crimes", "indicator_name": "Cyber-dependent crimes", "kind": "indicator",
        "pillar": "criminality", "score": "6.00", "direction": "higher is worse",
        "source": rows["TCD", "2023", "criminality"]["source"],
    }  # fmt: skip
    resilience = rows["NGA", "2021", "resilience"]
    assert [resilience[n] for n in ("kind", "score", "direction")] == ["average", "2.00", "higher is better"]
    assert ("TCD", "2021", "cyber_dependent_crimes") not in rows


def test_every_format_holds_the_scores_of_the_index(package: Path, rows: Rows, shipped: Snapshot) -> None:
    stored = [(c, e, i, f"{value:.2f}", source) for c, e, i, value, source in as_stored(shipped)]
    for table in described(package)["resources"]:
        if table["schema"]["primaryKey"] == ["iso3", "edition", "indicator"]:
            own = ((r["iso3"], int(r["edition"]), r["indicator"], r["score"], r["source"]) for r in rows[table["name"]])
            assert sorted(own) == stored, table["name"]


def test_every_format_holds_the_same_tables(package: Path, rows: Rows) -> None:
    tables: dict[str, Rows] = {}
    for table in described(package)["resources"]:
        tables.setdefault(table["title"], {})[table["format"]] = rows[table["name"]]
    assert list(tables) == ["Scores", "Indicators", "Countries", "Groups"]
    for held in tables.values():
        assert held.keys() == {"csv", "xlsx", "parquet"} and held["csv"]
        assert held["xlsx"] == held["csv"] == held["parquet"]


def test_numbers_have_number_types(package: Path) -> None:
    types = dict(
        duckdb.sql(f"select column_name, column_type from (describe select * from '{package / 'scores.parquet'}')").fetchall()
    )
    assert (types["score"], types["edition"], types["source"]) == ("DECIMAL(4,2)", "INTEGER", "VARCHAR")
    book = openpyxl.load_workbook(package / "scores.xlsx", read_only=True)
    assert book.sheetnames == ["scores", *DICTIONARY, "About"]
    header, first = book["scores"].iter_rows(max_row=2)
    kinds = {h.value: c.data_type for h, c in zip(header, first, strict=True)}
    assert (kinds["score"], kinds["edition"], kinds["source"]) == ("n", "n", "s")


def test_the_package_describes_every_file_and_every_column(package: Path, rows: Rows, shipped: Snapshot) -> None:
    whole = described(package)
    assert whole["index"]["generation"] == shipped.manifest.name
    assert {source["name"] for source in whole["index"]["read_from"]} == {
        "shipped/pages/2021/peru.txt",
        "shipped/scores/world.csv",
    }
    assert "under its own terms" in whole["licence_note"] and whole["licenses"][0]["path"] == whole["sources"][0]["path"]
    assert "(2025). Global Organized Crime Index" in whole["citation"]
    assert {t["path"] for t in whole["resources"]} | {"datapackage.json"} == {p.name for p in package.iterdir()}
    names = [table["name"] for table in whole["resources"]]
    assert len(set(names)) == len(names)
    for table in whole["resources"]:
        data = (package / table["path"]).read_bytes()
        if table["format"] != "parquet":
            assert (table["bytes"], table["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
        own = rows[table["name"]]
        assert [f["name"] for f in table["schema"]["fields"]] == list(own[0])
        assert all(field["description"] for field in table["schema"]["fields"])
        keys = [tuple(row[n] for n in table["schema"]["primaryKey"]) for row in own]
        assert len(set(keys)) == len(keys)


def test_every_reference_between_tables_leads_somewhere(package: Path, rows: Rows) -> None:
    tables = {table["name"]: table for table in described(package)["resources"] if table["format"] == "csv"}
    checked = 0
    for name, table in tables.items():
        for key in table["schema"]["foreignKeys"]:
            there = {row[key["reference"]["fields"]] for row in rows[key["reference"]["resource"] or name]}
            assert {row[key["fields"]] for row in rows[name]} - {""} <= there, (name, key)
            checked += 1
    assert checked == 5


def test_the_dictionary_says_what_is_measured_since_when_and_who_belongs_where(package: Path) -> None:
    indicators = {row["indicator"]: row for row in lines_of(package / "indicators.csv")}
    cyber = indicators["cyber_dependent_crimes"]
    assert (cyber["parent"], cyber["editions_measured"], cyber["kind"]) == ("criminal_markets", "2023; 2025", "indicator")
    assert indicators["criminality"]["parent"] == "" and indicators["criminality"]["kind"] == "average"
    assert all(row["definition"] and row["direction"] for row in indicators.values())
    countries = {row["iso3"]: row for row in lines_of(package / "countries.csv")}
    assert (countries["PER"]["region"], countries["PER"]["editions_loaded"]) == ("South America", "2021; 2023; 2025")
    assert "ECOWAS" in countries["GHA"]["memberships"].split("; ")
    groups = {row["group"]: row for row in lines_of(package / "groups.csv")}
    assert groups["ECOWAS"]["kind"] == "membership" and groups["ECOWAS"]["as_of"] and groups["ECOWAS"]["source"]
    assert "GHA" in groups["ECOWAS"]["members"].split("; ") and groups["West Africa"]["continent"] == "Africa"


def test_the_same_index_gives_the_same_bytes(package: Path, shipped_index: Path, tmp_path: Path, capsys) -> None:
    assert run(capsys, "export", "--output", tmp_path, "--format", "all", "--index", shipped_index)[0] == 0
    assert [p.name for p in sorted(tmp_path.iterdir()) if p.read_bytes() != (package / p.name).read_bytes()] == []


def test_a_folder_with_an_export_is_only_written_when_told_to(
    capsys: pytest.CaptureFixture[str], world_index: Path, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "scores.csv").write_text("mine too")
    (tmp_path / "groups.parquet").write_text("of an earlier export")
    code, out, err = run(capsys, "export", "--output", tmp_path, "--index", world_index)
    assert (code, out) == (1, "")
    assert f"error: {tmp_path} already has scores.csv, groups.parquet\nhint: use --replace" in err
    assert (tmp_path / "scores.csv").read_text() == "mine too" and len(list(tmp_path.iterdir())) == 3
    code, _, err = run(capsys, "export", "--output", tmp_path, "--replace", "--index", world_index)
    assert code == 0 and "left as they were, from an earlier export: groups.parquet" in err
    assert len(lines_of(tmp_path / "scores.csv")) == 126
    assert (tmp_path / "notes.txt").read_text() == "mine" and len(list(tmp_path.iterdir())) == 7


@pytest.mark.parametrize("broken", ["app.content.workbook_files.xlsx_bytes", "index.scores.parquet_file.write_parquet"])
def test_a_failure_on_the_way_leaves_the_folder_as_it_was(
    broken: str, capsys: pytest.CaptureFixture[str], world_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "scores.csv").write_text("old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(broken, full)
    code, out, err = run(capsys, "export", "--output", tmp_path, "--replace", "--format", "all", "--index", world_index)
    assert (code, out) == (1, "")
    assert "No space left on device" in err and "hint: free space" in err
    assert [p.name for p in tmp_path.iterdir()] == ["scores.csv"] and (tmp_path / "scores.csv").read_text() == "old"


def test_a_folder_that_cannot_be_one_says_which_flag_to_change(
    capsys: pytest.CaptureFixture[str], world_index: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    code, _, err = run(capsys, "export", "--output", tmp_path / "file", "--index", world_index)
    assert code == 2 and "is a file" in err and "--output" in err
    code, _, err = run(capsys, "export", "--output", tmp_path / "file" / "below", "--index", world_index)
    assert code == 1 and "cannot be read or written" in err and "--output" in err and "--sources" not in err


def test_no_index_and_an_index_without_scores_say_what_to_do(
    capsys: pytest.CaptureFixture[str], world_index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _, err = run(capsys, "export", "--output", tmp_path / "e", "--index", tmp_path / "none")
    assert code == 1 and "there is no index" in err and "ocqa build" in err
    monkeypatch.setattr(ScoreStore, "scores_in", lambda *_: ())
    code, _, err = run(capsys, "export", "--output", tmp_path / "e", "--index", world_index)
    assert code == 1 and "no scores to export" in err and "ocqa fetch --workbook" in err
    assert not (tmp_path / "e").exists()


@pytest.mark.parametrize(
    ("sources", "shared"),
    [
        ([CHAD, CHAD], CHAD),
        (["w.xlsx, sheet 2021_dataset, cell F12", "w.xlsx, sheet 2021_dataset, cell G12"], "w.xlsx, sheet 2021_dataset"),
        (["s/a.csv, row 2, column 'resilience'", "s/a.csv, row 2, column 'criminality'"], "s/a.csv, row 2"),
        ([CHAD, "w.xlsx, sheet 1, cell F12", "w.xlsx, sheet 2, cell F12"], f"{CHAD}; w.xlsx"),
        (["w.xlsx, sheet 1, cell F12"], "w.xlsx, sheet 1, cell F12"),
    ],
)
def test_the_source_of_a_wide_row_is_what_its_scores_have_in_common(sources: list[str], shared: str) -> None:
    assert shared_source(sources) == shared
    assert shared_source([shared, shared]) == shared


def test_a_score_that_is_not_loaded_is_an_empty_cell_and_no_row(taxonomy: Taxonomy) -> None:
    scores = [Score("PER", "resilience", 2021, Decimal("4.58"), "s"), Score("PER", "cocaine_trade", 2021, Decimal("9.00"), "s")]
    (row,) = wide_scores(scores, taxonomy).rows
    assert list(row) == ["iso3", "edition", "source", *taxonomy.indicators]
    assert {k: v for k, v in row.items() if v is not None} == {
        "iso3": "PER", "edition": 2021, "source": "s", "cocaine_trade": Decimal("9.00"), "resilience": Decimal("4.58")
    }  # fmt: skip
    # The order is that of the Index, whatever the order given.
    assert [r["indicator"] for r in tidy_scores(scores, taxonomy).rows] == ["cocaine_trade", "resilience"]


def test_a_source_that_a_spreadsheet_would_run_is_made_harmless_once(taxonomy: Taxonomy) -> None:
    for source in ("=1+1", "'=1+1"):
        scores = [Score("PER", "resilience", 2021, Decimal("4.58"), source)]
        for table in (tidy_scores(scores, taxonomy), wide_scores(scores, taxonomy)):
            (row,) = csv.DictReader(csv_text(table.rows).splitlines())
            assert row["source"] == "'=1+1"


def test_the_package_is_dated_by_its_index(package: Path) -> None:
    created = datetime.fromisoformat(described(package)["created"])
    assert created.tzinfo is not None and created <= datetime.now(UTC)
