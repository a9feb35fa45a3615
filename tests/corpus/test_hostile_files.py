"""Files made to hang or break the reader: each is read or refused soon, and never ends a build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import SourceError
from corpus.page_files import read_pages
from corpus.pagetext import html_to_text
from corpus.records import Severity
from corpus.sources import load_corpus, shipped_sources
from corpus.taxonomy import Taxonomy

PERU = (shipped_sources() / "pages" / "2021" / "peru.txt").read_text(encoding="utf-8")


# The suite's limit of time is what fails them: each took minutes, or for ever, with a pattern or a parser that is not linear.
@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "text",
    [
        PERU.replace("Profile", "\n" * 5_000 + "Profile", 1),
        "\n \t\n" * 20_000 + PERU,
        PERU.replace("\nPeople\n", "\nPeople\n\n" + " ".join(["2021"] * 40) + " and\n", 1),
        PERU + "1 " * 50_000 + "x",
        PERU + "1.11 " * 50_000,
        PERU + " A" * 100_000,
        PERU + '"' * 200_000 + "-" * 200_000,
        "Profile" + " " * 200_000 + "Peru\n" + PERU,
        "https://ocindex.net/" + "a/" * 100_000 + PERU,
        PERU + "a" * 1_000_000,
        PERU * 60,
        "https://ocindex.net/" + "2" * 5_000 + "/country/peru\n" + PERU,
    ],
    ids=[
        "blank lines",
        "blank and tab",
        "years",
        "digits",
        "figures",
        "capitals",
        "signs",
        "spaces",
        "path",
        "a word",
        "copies",
        "year",
    ],
)
def test_long_runs_of_anything_take_no_longer_than_other_text(text: str, taxonomy: Taxonomy) -> None:
    try:
        readings = read_pages(text.encode(), "2021/peru.txt", taxonomy)
    except SourceError as error:
        assert error.message and error.hint
    else:
        assert any(r.profile is not None for r in readings) or all(r.problems for r in readings)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (PERU + "\nx" * 200_000, "more than 200,000 lines"),
        (PERU + "\nPeople\nThe gold of the people is more than all the gold of others\nTrade" * 601, "more than 600 pages"),
    ],
)
def test_a_file_with_more_than_all_profiles_is_refused(text: str, says: str, taxonomy: Taxonomy) -> None:
    with pytest.raises(SourceError, match=says):
        read_pages(text.encode(), "2021/peru.txt", taxonomy)


@pytest.mark.timeout(30)
def test_tags_nested_without_end_are_refused_and_those_left_open_are_not() -> None:
    with pytest.raises(SourceError, match="nested more than 20,000 deep"):
        html_to_text("<html><body>" + "<div>" * 100_000 + "gold" + "</div>" * 100_000)
    assert html_to_text("<html><body>" + "<p>gold<br>" * 20_000).count("gold") == 20_000
    assert html_to_text("<html><body>" + "<div>gold</div><path d='x'/>" * 20_000).count("gold") == 20_000


@pytest.mark.parametrize("charset", ["undefined", "unicode_escape", "idna", "punycode", "base64", "no-such-thing", "rot13"])
def test_an_encoding_that_is_none_is_refused_with_what_to_do(charset: str, taxonomy: Taxonomy) -> None:
    data = f'<html><meta charset="{charset}"><body>{PERU}</body></html>'.encode()
    try:
        readings = read_pages(data, "2021/peru.html", taxonomy)
    except SourceError as error:
        assert error.hint
    else:
        assert all(r.profile is None or r.profile.country == "PER" for r in readings)


def test_what_nobody_foresaw_is_a_problem_of_its_file_alone(
    tmp_path: Path, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "2021").mkdir()
    (tmp_path / "2021" / "peru.txt").write_text(PERU, encoding="utf-8")
    (tmp_path / "bad.txt").write_text("boom", encoding="utf-8")

    def breaking(function: Callable[..., object], data: bytes, *rest: object, shared: Taxonomy) -> object:
        if data == b"boom":
            raise ZeroDivisionError("division by zero")
        return function(data, *rest, shared)

    monkeypatch.setattr("corpus.sources.confined", breaking)
    corpus = load_corpus([tmp_path], taxonomy)
    assert [profile.country for profile in corpus.profiles] == ["PER"]
    (problem,) = corpus.problems
    assert problem.source.endswith("bad.txt") and problem.severity is Severity.ERROR
    assert "ZeroDivisionError: division by zero" in problem.message and "leave the file out" in problem.hint
