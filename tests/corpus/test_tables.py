"""Tables of scores as people have them: each variant gives the same figures, or says what is wrong in a line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.csv_tables import read_table
from corpus.errors import SourceError
from corpus.records import Problem, Severity
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy

LABELS = ("country", "edition", "Cocaine trade", "Resilience")
ROWS = (("Peru", "2023", "9.00", "4.46"), ("Côte d'Ivoire", "2023", "7.50", "4.42"), ("Chile", "2023", "7.00", "6.17"))
RIGHT = {
    ("PER", 2023, "cocaine_trade"): 9.0, ("PER", 2023, "resilience"): 4.46, ("CIV", 2023, "cocaine_trade"): 7.5,
    ("CIV", 2023, "resilience"): 4.42, ("CHL", 2023, "cocaine_trade"): 7.0, ("CHL", 2023, "resilience"): 6.17,
}  # fmt: skip


def written(rows: tuple[tuple[str, ...], ...] = ROWS, labels: tuple[str, ...] = LABELS, sign: str = ",") -> str:
    quoted = ((f'"{cell}"' if sign in cell else cell for cell in row) for row in (labels, *rows))
    return "\n".join(sign.join(row) for row in quoted) + "\n"


def read(
    data: bytes | str, taxonomy: Taxonomy, name: str = "my/t.csv"
) -> tuple[dict[tuple[str, int, str], float], tuple[Problem, ...]]:
    scores, problems = read_table(data.encode() if isinstance(data, str) else data, name, taxonomy)
    return {(s.country, s.edition, s.indicator): s.value for s in scores if not s.own}, problems


def coded(*codes: str) -> tuple[tuple[str, ...], ...]:
    return tuple((code, *row[1:]) for code, row in zip(codes, ROWS, strict=True))


COMMAS = tuple((c, e, a.replace(".", ","), b.replace(".", ",")) for c, e, a, b in ROWS)
LONG = tuple((c, e, what, v) for c, e, *values in ROWS for what, v in zip(LABELS[2:], values, strict=True))
NOISE = (
    ("Peru", "2023", "9.000000000000002", "4.4600000000000004"),
    *((c, e, f"{float(a) - 1e-15!r}", b) for c, e, a, b in ROWS[1:]),
)
VARIANTS = {
    "comma": written(),
    "semicolon": written(sign=";"),
    "tab": written(sign="\t"),
    "bar": written(sign="|"),
    "semicolons and decimal commas": written(COMMAS, sign=";"),
    "quoted decimal commas": written(COMMAS),
    "byte order mark": "\ufeff" + written(),
    "lines of Windows": written().replace("\n", "\r\n"),
    "lines of an old Mac": written().replace("\n", "\r"),
    "binary fractions": written(NOISE),
    "title and an empty line": "Scores of three countries\n\n" + written(),
    "title longer than the table is wide": "Scores; of, three, countries, and, much, more\n" + written(),
    "empty lines inside": written().replace("\nChile", "\n\n,,,\nChile"),
    "columns in another order": written(
        tuple((b, c, a, e) for c, e, a, b in ROWS), ("Resilience", "Country", "cocaine_trade", "Year")
    ),
    "labels with a suffix": written(labels=("Country name", "Index year", "Cocaine trade score", "Resilience avg.")),
    "labels in capitals": written(labels=("COUNTRY", "EDITION", "COCAINE TRADE", "RESILIENCE")),
    "codes": written(coded("PER", "CIV", "CHL"), ("iso3", *LABELS[1:])),
    "codes of two letters": written(coded("PE", "CI", "CL"), ("ISO2", *LABELS[1:])),
    "codes beside names": written(
        tuple((code, *row) for code, row in zip(("PER", "CIV", "CHL"), ROWS, strict=True)), ("Country code", *LABELS)
    ),
    "editions as decimals": written(tuple((c, "2023.0", a, b) for c, _, a, b in ROWS)),
    "long": written(LONG, ("country", "edition", "indicator", "value")),
    "long, by id": written(
        tuple((c, e, {"Cocaine trade": "cocaine_trade", "Resilience": "resilience"}[i], v) for c, e, i, v in LONG),
        ("iso3", "year", "variable", "score"),
    ),
    "years beside indicators": written(
        tuple((c, a, b) for c, _, a, b in ROWS), ("country", "Cocaine trade 2023", "2023 resilience")
    ),
    "years in ids": written(tuple((c, a, b) for c, _, a, b in ROWS), ("country", "cocaine_trade_2023", "resilience (2023)")),
    "years as columns": written(tuple((c, i, v) for c, _, i, v in LONG), ("country", "indicator", "2023")),
    "countries as columns": written(
        (("Cocaine trade", "2023", "9", "7.5", "7"), ("Resilience", "2023", "4.46", "4.42", "6.17")),
        ("indicator", "edition", "Peru", "Côte d'Ivoire", "Chile"),
    ),
    "records": json.dumps([dict(zip(LABELS, row, strict=True)) for row in ROWS]),
    "records with numbers": json.dumps(
        [{"iso3": c, "year": int(e), "cocaine_trade": float(a), "resilience": float(b)} for c, e, a, b in ROWS]
    ),
    "records inside": json.dumps({"source": "me", "data": [dict(zip(LABELS, row, strict=True)) for row in ROWS]}),
    "a record a line": "\n".join(json.dumps(dict(zip(LABELS, row, strict=True))) for row in ROWS),
    "lists of columns": json.dumps({label: [row[n] for row in ROWS] for n, label in enumerate(LABELS)}),
}  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_table_in_any_of_these_shapes_gives_the_same_figures_without_a_complaint(variant: str, taxonomy: Taxonomy) -> None:
    assert read(VARIANTS[variant], taxonomy) == (RIGHT, ())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_encodings_of_unicode_are_read(encoding: str, taxonomy: Taxonomy) -> None:
    assert read(written().encode(encoding), taxonomy) == (RIGHT, ())


def test_a_table_of_windows_is_read_and_that_is_said(taxonomy: Taxonomy) -> None:
    scores, (problem,) = read(written().encode("cp1252"), taxonomy)
    assert scores == RIGHT
    assert "read as Windows-1252" in problem.message and problem.severity is Severity.WARNING


def test_a_label_with_a_slip_is_used_and_named(taxonomy: Taxonomy) -> None:
    scores, (problem,) = read(written(labels=("country", "edition", "Cocain trade", "Resilience")), taxonomy)
    assert scores == RIGHT
    assert problem.message == "the column 'Cocain trade' was read as 'Cocaine trade'"


def test_a_column_of_figures_that_the_index_does_not_have_is_kept_as_an_own_indicator(taxonomy: Taxonomy) -> None:
    table = written(tuple((*row, "33715471.5") for row in ROWS), (*LABELS, "Fuel prices"))
    scores, problems = read_table(table.encode(), "my/t.csv", taxonomy)
    own = [score for score in scores if score.own]
    assert {(s.country, s.edition, s.indicator): s.value for s in scores if not s.own} == RIGHT
    assert {(s.country, s.edition, s.indicator, s.value) for s in own} == {
        (country, edition, "Fuel prices", 33715471.5) for country, edition, _ in RIGHT
    }
    assert own[0].source == "my/t.csv, row 2, column 'Fuel prices'"
    assert [(p.severity, p.message) for p in problems] == [
        (Severity.WARNING, "'Fuel prices' is no indicator of the Index; its figures are kept as your own")
    ]


def test_a_row_for_an_indicator_that_the_index_does_not_have_is_kept_too(taxonomy: Taxonomy) -> None:
    table = "country,year,indicator,value\nPeru,2023,Cocaine trade,9\nPeru,2023,Fuel prices,4.125\nPeru,2023,12,3\n"
    scores, problems = read_table(table.encode(), "my/t.csv", taxonomy)
    assert [(s.indicator, s.value, s.own) for s in scores] == [("cocaine_trade", 9.0, False), ("Fuel prices", 4.125, True)]
    assert [p.message for p in problems] == [
        "'Fuel prices' is no indicator of the Index; its figures are kept as your own",
        "'12' is not a known indicator; the row is skipped",
    ]


def test_a_column_of_words_is_no_indicator_and_is_named(taxonomy: Taxonomy) -> None:
    scores, (problem,) = read(written(tuple((*row, "steady") for row in ROWS), (*LABELS, "Outlook")), taxonomy)
    assert scores == RIGHT
    assert "'Outlook' is not a known indicator; it is skipped" in problem.message and problem.place.startswith("row 1")


@pytest.mark.parametrize("sign", ["n/a", "NA", "-", "..", "–", "null"])
def test_a_sign_for_no_figure_is_no_score_and_is_said(sign: str, taxonomy: Taxonomy) -> None:
    scores, (problem,) = read(written((("Peru", "2023", sign, "4.46"),)), taxonomy)
    assert scores == {("PER", 2023, "resilience"): 4.46}
    assert repr(sign) in problem.message and problem.severity is Severity.WARNING


def test_the_same_complaint_about_many_rows_is_one_line_with_their_number(taxonomy: Taxonomy) -> None:
    codes = sorted(taxonomy.countries)
    scores, (problem,) = read(written(tuple((code, "2023", "n/a", "5") for code in codes)), taxonomy)
    assert len(scores) == 193
    assert problem.place == "row 2, column 'Cocaine trade' and 192 other places"


@pytest.mark.parametrize(
    ("written_as", "code"),
    [
        ("The Gambia", "GMB"), ("Gambia, The", "GMB"), ("Türkiye", "TUR"), ("Perú", "PER"), ("DROC", "COD"), ("RDC", "COD"),
        ("Congo, Dem. Rep.", "COD"), ("Congo-Brazzaville", "COG"), ("Iran, Islamic Rep.", "IRN"), ("Venezuela, RB", "VEN"),
        ("Yemen, Rep.", "YEM"), ("Egypt, Arab Rep.", "EGY"), ("Bolivia (Plurinational State of)", "BOL"), ("Micronesia", "FSM"),
        ("Micronesia, Fed. Sts.", "FSM"), ("Netherlands (the)", "NLD"), ("U.S.A.", "USA"), ("per", "PER"), ("Peru*", "PER"),
        ("Peru [1]", "PER"), ("CAR", "CAF"), ("Viet Nam", "VNM"), ("Burma", "MMR"),
    ],
)  # fmt: skip
def test_names_are_understood_as_people_write_them_in_tables(written_as: str, code: str, taxonomy: Taxonomy) -> None:
    assert read(written(((written_as, "2023", "5", "6"),)), taxonomy) == (
        {(code, 2023, "cocaine_trade"): 5.0, (code, 2023, "resilience"): 6.0}, ()
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "says", "severity"),
    [
        ("Congo", "may be Democratic Republic of the Congo or Republic of the Congo", Severity.ERROR),
        ("Korea", "may be South Korea or North Korea", Severity.ERROR),
        ("Taiwan", "the Index does not score Taiwan", Severity.ERROR),
        ("Atlantis", "'Atlantis' is not a country that the Index scores", Severity.ERROR),
        ("Africa", "'Africa' is a group of countries", Severity.WARNING),
        ("Global average", "'Global average' is a group of countries", Severity.WARNING),
        ("", "the row names no country", Severity.ERROR),
    ],
)
def test_a_row_that_is_of_no_country_is_named_and_the_rest_is_read(
    name: str, says: str, severity: Severity, taxonomy: Taxonomy
) -> None:
    scores, (problem,) = read(written((*ROWS, (name, "2023", "5", "6"))), taxonomy)
    assert scores == RIGHT
    assert says in problem.message and problem.severity is severity and "row 5" in problem.place


def test_a_note_below_a_table_is_called_one(taxonomy: Taxonomy) -> None:
    scores, problems = read(written() + "\nSource: Global Organized Crime Index\n", taxonomy)
    assert scores == RIGHT
    assert [(p.severity, "taken as a note" in p.message) for p in problems] == [(Severity.WARNING, True)]


def test_a_code_and_a_name_of_different_countries_are_not_read(taxonomy: Taxonomy) -> None:
    scores, (problem,) = read("iso3,country,edition,Cocaine trade\nPER,Chile,2023,9\nCOL,Colombia,2023,9.5\n", taxonomy)
    assert scores == {("COL", 2023, "cocaine_trade"): 9.5}
    assert "the code says PER, but the name is 'Chile'" in problem.message


@pytest.mark.parametrize(
    ("name", "text", "warns"),
    [
        ("2023/t.csv", "country,Cocaine trade\nPeru,9\n", ""),
        ("my/scores_2023.csv", "country,Cocaine trade\nPeru,9\n", "from the name of the file"),
        ("my/t.csv", "Index 2023\ncountry,Cocaine trade\nPeru,9\n", "from the title"),
    ],
)
def test_without_a_column_the_edition_is_that_of_the_folder_the_file_or_the_title(
    name: str, text: str, warns: str, taxonomy: Taxonomy
) -> None:
    scores, problems = read(text, taxonomy, name)
    assert scores == {("PER", 2023, "cocaine_trade"): 9.0}
    assert [warns in p.message for p in problems] == ([True] if warns else [])


def test_without_any_edition_nothing_is_read_and_it_is_asked_for(taxonomy: Taxonomy) -> None:
    scores, (problem,) = read("country,Cocaine trade\nPeru,9\n", taxonomy)
    assert scores == {} and "--edition" in problem.hint


def test_two_figures_for_one_thing_are_not_mixed(taxonomy: Taxonomy) -> None:
    scores, (problem,) = read(written((*ROWS, ("Peru", "2023", "8.00", "4.46"))), taxonomy)
    assert scores == RIGHT
    assert "is already in row 2" in problem.message


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x00\x01\x02\x03" * 50, "zero bytes"),
        (b"  \n \n", "the table is empty"),
        (b'[{"country": "Peru", ', "not valid JSON"),
        (b'{"a": 1}', "no records"),
        (b"[" * 5_000, "not valid JSON|nested too deeply"),
    ],
)
def test_what_is_no_table_says_why(data: bytes, says: str, taxonomy: Taxonomy) -> None:
    with pytest.raises(SourceError, match=says):
        read_table(data, "my/t.csv", taxonomy)


def test_the_small_tables_that_failed_before_are_read(shared: Path, taxonomy: Taxonomy) -> None:
    for name in ("cp1252", "float-noise", "semicolon", "semicolon-comma", "tab", "title-row", "utf16"):
        scores, _ = read((shared / "cases" / "tables" / f"{name}.csv").read_bytes(), taxonomy)
        assert scores == {**RIGHT, ("STP", 2023, "cocaine_trade"): 2.5, ("STP", 2023, "resilience"): 5.1}, name
    own, problems = read((shared / "cases" / "tables" / "own_export.csv").read_bytes(), taxonomy)
    assert own == {("GNB", 2023, "cocaine_trade"): 8.5, ("CPV", 2023, "cocaine_trade"): 7.5}
    assert [p.message for p in problems] == ["beside the scores stand columns that are not read: rank"]


def test_a_table_of_faults_alone_is_left_soon(taxonomy: Taxonomy) -> None:
    text = "country,edition,Cocaine trade\n" + "".join(f"Land {n},2023,5\n" for n in range(100_000))
    scores, problems = read(text, taxonomy)
    assert scores == {}
    assert "more than 2,000 faults; the table is not read from here on" in [p.message for p in problems]
    assert len(problems) < 2_100


def test_columns_without_end_are_cut_and_the_others_are_read(taxonomy: Taxonomy) -> None:
    labels = (*LABELS, *(f"x{n}" for n in range(60_000)))
    scores, problems = read(written(tuple((*row, *("1" for _ in range(60_000))) for row in ROWS), labels), taxonomy)
    assert scores == RIGHT
    assert any("more than 500 columns" in p.message for p in problems)


def test_json_in_a_folder_counts_only_where_it_holds_scores(tmp_path: Path, taxonomy: Taxonomy) -> None:
    (tmp_path / "scores.json").write_text(VARIANTS["records"], encoding="utf-8")
    (tmp_path / "lines.jsonl").write_text('{"country": "Peru", "edition": 2021, "text": "gold"}\n', encoding="utf-8")
    (tmp_path / "settings.json").write_text('{"colour": "red"}', encoding="utf-8")
    (tmp_path / "scores.tsv").write_text(VARIANTS["tab"], encoding="utf-8")
    corpus = load_corpus([tmp_path], taxonomy)
    assert [source.name.split("/")[-1] for source in corpus.sources] == ["scores.json", "scores.tsv"]
    assert {(s.country, s.edition, s.indicator): s.value for s in corpus.scores} == RIGHT
    assert corpus.problems == ()
