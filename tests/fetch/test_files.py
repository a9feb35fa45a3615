"""Which files a run leaves: checked and recorded, and never over a file that a person put there."""

from __future__ import annotations

from pathlib import Path

import pytest
from fault_server import (
    WORKBOOK,
    Act,
    FaultServer,
    address_of,
    files_below,
    html,
    profile,
    status,
    whole,
)
from fetching import Time, run
from world import full_sheet, page, workbook

from corpus.addresses import country_slug
from corpus.fetch.journal import read_journal
from corpus.fetch.partial import PARTIAL
from corpus.fetch.run import ASIDE, Outcome
from corpus.pages import read_page
from corpus.pagetext import read_page_text
from corpus.sources import load_corpus
from corpus.taxonomy import Taxonomy

CHAD = address_of("Chad", 2021)
DAY = 24 * 3600.0


def test_a_run_leaves_what_a_build_reads_with_its_edition_and_address(
    server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy
) -> None:
    for country in ("Chad", "Niger", "Nigeria"):
        server.on(address_of(country, 2023), whole(profile(country, 2023, taxonomy)))
    server.on(WORKBOOK, whole(workbook({"2021_dataset": full_sheet(2021, taxonomy)})))
    items = run(server, sources, time, "Chad", "NER", "Nigeria", editions=[2023], workbook=True)
    assert [i.outcome for i in items] == [Outcome.FETCHED] * 4
    assert files_below(sources) == ["2023/chad.html", "2023/niger.html", "2023/nigeria.html", "workbook/global_oc_index.xlsx"]
    corpus = load_corpus([sources], taxonomy)
    assert (corpus.problems, len(corpus.sources)) == ((), 4)
    assert [(p.country, p.edition, p.url) for p in corpus.profiles] == [
        ("NER", 2023, "https://ocindex.net/2023/country/niger"),
        ("NGA", 2023, "https://ocindex.net/2023/country/nigeria"),
        ("TCD", 2023, "https://ocindex.net/2023/country/chad"),
    ]


@pytest.mark.parametrize(
    "what, words",
    [
        ("another country", "Niger"),
        ("another edition", "2021"),
        ("a check for browsers", "not a profile page"),
        ("nothing", "empty"),
        ("a picture", "not text"),
    ],
)
def test_what_is_not_the_page_is_kept_aside_and_the_old_file_stays(
    what: str, words: str, server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy, chad: bytes
) -> None:
    server.on(CHAD, whole(chad))
    run(server, sources, time, "Chad")
    time.at += 2 * DAY
    body = {
        "another country": profile("Niger", 2021, taxonomy),
        "another edition": profile("Chad", 2023, taxonomy),
        "a check for browsers": html("Please switch on scripts to go on."),
        "nothing": b"",
        "a picture": b"\x89PNG\x00\x00",
    }[what]
    server.on(CHAD, whole(body))
    (item,) = run(server, sources, time, "Chad")
    assert item.outcome is Outcome.FAILED
    assert words in item.reason and "ocqa import" in item.hint
    assert files_below(sources) == ["2021/chad.html"]
    assert (sources / "2021" / "chad.html").read_bytes() == chad
    (aside,) = (sources / ASIDE).iterdir()
    assert aside.read_bytes() == body
    assert str(aside) in item.hint
    assert read_journal(sources).last[server.base + CHAD].file == aside.relative_to(sources).as_posix()
    assert not list((sources / PARTIAL).glob("*.part*"))


def test_a_workbook_is_checked_and_told_apart_from_the_known_one(
    server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy
) -> None:
    server.on(WORKBOOK, whole(workbook({"2021_dataset": full_sheet(2021, taxonomy)})))
    (item,) = run(server, sources, time, workbook=True)
    assert item.outcome is Outcome.FETCHED and "does not know" in item.reason
    time.at += 2 * DAY
    server.on(WORKBOOK, whole(workbook({"Sheet1": [["hats"]]})))
    (item,) = run(server, sources, time, workbook=True)
    assert item.outcome is Outcome.FAILED and "names of countries and indicators" in item.reason


@pytest.mark.parametrize("name", ["chad.txt", "chad.html", "Chad.htm"])
def test_a_file_that_a_person_put_there_is_left_alone(
    name: str, server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy
) -> None:
    (sources / "2021").mkdir(parents=True)
    (sources / "2021" / name).write_text(page("Chad", 2021, taxonomy))
    (item,) = run(server, sources, time, "Chad")
    assert (item.outcome, item.file) == (Outcome.KEPT, f"2021/{name}")
    assert "left as it is" in item.reason
    assert server.asked == []


@pytest.mark.parametrize("first", [status(404), status(410), whole(html("There is no such page."))], ids=["404", "410", "200"])
def test_names_of_several_words_are_tried_with_hyphens_too(
    first: Act, server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy
) -> None:
    server.on("/2021/country/united_kingdom", first)
    uk = page("Chad", 2021, taxonomy).replace("Chad", "United Kingdom")
    server.on("/2021/country/united-kingdom", whole(html(uk)))
    (item,) = run(server, sources, time, "UK")
    assert (item.outcome, item.file) == (Outcome.FETCHED, "2021/united-kingdom.html")
    (uk_profile,) = load_corpus([sources], taxonomy).profiles
    assert uk_profile.url == "https://ocindex.net/2021/country/united-kingdom"
    time.at += 2 * DAY
    run(server, sources, time, "UK")
    assert server.paths()[2:] == ["/2021/country/united-kingdom"]


def test_a_page_whose_address_moved_stays_one_file(server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy) -> None:
    uk = html(page("Chad", 2021, taxonomy).replace("Chad", "United Kingdom"))
    server.on("/2021/country/united_kingdom", whole(uk), status(404))
    server.on("/2021/country/united-kingdom", whole(uk.replace(b"Heron", b"Egret")))
    for _ in range(2):
        assert run(server, sources, time, "UK")[0].outcome is Outcome.FETCHED
        time.at += 2 * DAY
    assert files_below(sources) == ["2021/united_kingdom.html"]


def test_a_page_that_is_nowhere_says_where_it_was_looked_for(server: FaultServer, sources: Path, time: Time) -> None:
    (item,) = run(server, sources, time, "UK")
    assert item.reason.count("HTTP 404") == 2
    assert "united_kingdom" in item.reason and "united-kingdom" in item.reason


def test_what_the_reader_remarks_is_said(server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy) -> None:
    odd = page("Chad", 2021, taxonomy, scores={"cocaine_trade": 9.0})
    server.on(CHAD, whole(html(odd)))
    (item,) = run(server, sources, time, "Chad")
    assert item.outcome is Outcome.FETCHED and "1 problem found" in item.reason


def test_pages_and_workbook_of_the_index_come_through_as_they_are(
    shared: Path, server: FaultServer, sources: Path, time: Time, taxonomy: Taxonomy
) -> None:
    names = ["chad", "congo_rep", "korea_dpr", "united_arab_emirates", "micronesia_federated_states_of"]
    for name in names:
        text = (shared / "pages-dev" / "2023" / f"{name}.txt").read_text(encoding="utf-8")
        server.on(f"/2023/country/{name}", whole(html(text)))
    server.on(WORKBOOK, whole((shared / "workbook" / "global_oc_index.xlsx").read_bytes()))
    codes = ["TCD", "COG", "PRK", "ARE", "FSM"]
    items = run(server, sources, time, *codes, editions=[2023], workbook=True)
    assert [i.outcome for i in items] == [Outcome.FETCHED] * 6
    assert items[0].reason == "the workbook of the 2025 release"
    got = load_corpus([sources], taxonomy)
    assert (got.problems, len(got.profiles), len(got.scores)) == ((), 5, 193 * (30 + 36 + 36))
    for came in got.profiles:
        name = f"2023/{country_slug(taxonomy.countries[came.country])}.txt"
        plain = read_page(read_page_text((shared / "pages-dev" / name).read_bytes()), name, taxonomy).profile
        assert plain is not None
        assert (came.sections, came.scores, came.url) == (plain.sections, plain.scores, plain.url)
