"""`ocqa fetch` as it is called: flags, words, exit codes, and what a run that was killed leaves to the next."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fault_server import ROBOTS, WORKBOOK, FaultServer, address_of, cut, fault_server, files_below, html, profile, status, whole
from world import full_sheet, workbook

from app.cli.main import main
from corpus.fetch.timing import Timing
from corpus.sources import shipped_sources
from corpus.taxonomy import Taxonomy
from index.generations.snapshot import open_snapshot

PROJECT = Path(__file__).resolve().parent.parent.parent
CHAD = address_of("Chad", 2021)


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with fault_server() as running:
        yield running


@pytest.fixture(autouse=True)
def surroundings(server: FaultServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault server is the site; a test that forgot it must not reach the real one."""
    monkeypatch.setenv("OCQA_BASE_URL", server.base)
    monkeypatch.setenv("OCQA_SOURCES", str(tmp_path / "sources"))
    monkeypatch.setenv("OCQA_INDEX", str(tmp_path / "index"))


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["fetch", "--delay", "0", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_fetch_reports_and_says_what_comes_next(
    capsys: pytest.CaptureFixture[str], server: FaultServer, tmp_path: Path, taxonomy: Taxonomy
) -> None:
    server.on(CHAD, whole(profile("Chad", 2021, taxonomy)))
    server.on(WORKBOOK, whole(workbook({"2021_dataset": full_sheet(2021, taxonomy)})))
    code, out, err = run(capsys, "--country", "td", "--edition", 2021, "--workbook")
    assert code == 0
    assert out.splitlines()[0] == "2 fetched"
    assert "does not know" in out
    next_build = f"ocqa build --sources shipped --sources {tmp_path / 'sources'} --index {tmp_path / 'index'}"
    assert out.splitlines()[-1] == f"next: {next_build}"
    assert "2 files: at least 2 requests to 127.0.0.1, one at a time, 0 s between two" in err
    assert "robots.txt of 127.0.0.1 allows these addresses" in err and "2 of 2: Chad 2021 fetched" in err
    assert server.asked[0].headers["user-agent"].startswith("ocqa/")
    code, out, _ = run(capsys, "--country", "Chad", "--edition", 2021)
    assert (code, out.splitlines()[0]) == (0, "1 unchanged")


def test_one_failure_is_exit_code_1_with_what_to_do(
    capsys: pytest.CaptureFixture[str], server: FaultServer, tmp_path: Path, taxonomy: Taxonomy
) -> None:
    server.on(CHAD, whole(html("Are you a person?")))
    server.on(address_of("Niger", 2021), whole(profile("Niger", 2021, taxonomy)))
    code, out, _ = run(capsys, "--country", "Chad", "--country", "Niger", "--edition", 2021)
    assert code == 1
    assert out.startswith("1 fetched, 1 failed\nfailed: Chad 2021: ")
    assert "what to do: " in out and "ocqa import FILE" in out
    assert files_below(tmp_path / "sources") == ["2021/niger.html"]


def test_the_report_is_one_json_object(
    capsys: pytest.CaptureFixture[str], server: FaultServer, tmp_path: Path, taxonomy: Taxonomy
) -> None:
    server.on(CHAD, whole(profile("Chad", 2021, taxonomy)))
    code, out, _ = run(
        capsys, "--json", "--country", "Chad", "--country", "Mali", "--edition", 2021, "--sources", tmp_path / "my own"
    )
    report = json.loads(out)
    assert code == 1
    assert [(i["country"], i["edition"], i["outcome"], i["file"]) for i in report["items"]] == [
        ("TCD", 2021, "fetched", "2021/chad.html"),
        ("MLI", 2021, "failed", "2021/mali.html"),
    ]
    assert report["next"].startswith(f"ocqa build --sources shipped --sources '{tmp_path / 'my own'}'")
    assert all(i["hint"] for i in report["items"] if i["outcome"] == "failed")


def test_a_rule_that_holds_for_all_is_said_once(capsys: pytest.CaptureFixture[str], server: FaultServer) -> None:
    server.on(ROBOTS, status(403))
    code, out, _ = run(capsys)
    assert code == 1
    assert out.count("robots.txt") == 1 and "and 188 more" in out
    assert server.paths() == []


@pytest.mark.parametrize(
    "arguments, words",
    [
        (["--country", "Perru"], "Peru"),
        (["--edition", "2022"], "2021, 2023, 2025"),
        (["--base-url", "http://ocindex.net"], "not HTTPS"),
        (["--base-url", "https://ocindex.net", "--delay", "0.5"], "too short"),
        (["--sources", "a", "--sources", "b"], "one folder"),
        (["--sources", str(shipped_sources())], "inside the program"),
        (["--sources", str(shipped_sources() / "deeper")], "inside the program"),
        (["--sources", str(PROJECT / "app" / "x")], "inside the program"),
        (["--sources", __file__], "is a file"),
    ],
)
def test_a_wrong_call_asks_for_nothing(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str], server: FaultServer
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out, server.asked) == (2, "", [])
    assert words in err and "hint: " in err


def test_with_several_folders_nothing_is_fetched(
    capsys: pytest.CaptureFixture[str], server: FaultServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OCQA_SOURCES", os.pathsep.join(["a", "b"]))
    code, _, err = run(capsys, "--workbook")
    assert (code, server.asked) == (2, []) and "--sources DIR" in err


def test_without_a_folder_the_files_go_into_one_of_the_user_s_account(
    capsys: pytest.CaptureFixture[str], server: FaultServer, tmp_path: Path, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OCQA_SOURCES")
    monkeypatch.setattr("platformdirs.user_data_path", lambda *names, **more: tmp_path / "account")
    server.on(CHAD, whole(profile("Chad", 2021, taxonomy)))
    assert run(capsys, "--country", "Chad", "--edition", 2021)[0] == 0
    assert files_below(tmp_path / "account" / "sources") == ["2021/chad.html"]


def test_all_means_the_workbook_and_every_page_and_says_what_that_takes(
    capsys: pytest.CaptureFixture[str], server: FaultServer
) -> None:
    server.on(ROBOTS, status(200, b"User-agent: *\nCrawl-delay: 0.1\nDisallow: /2021/"))
    server.on(WORKBOOK, status(403))
    code, _, err = run(capsys, "--all")
    assert code == 1
    assert "580 files: at least 580 requests to 127.0.0.1, one at a time, 0.1 s between two" in err
    assert "does not allow programs to fetch 193 of them: " in err
    assert "1 of 580: the workbook failed" in err


def test_a_page_without_text_ends_the_run_at_the_first_country(
    capsys: pytest.CaptureFixture[str], server: FaultServer, taxonomy: Taxonomy
) -> None:
    frame = b"<html><body><nav>Countries</nav><div id=app></div><script src=app.js></script></body></html>"
    server.on(CHAD, whole(frame))
    code, out, _ = run(capsys, "--country", "Chad", "--country", "Niger", "--edition", 2021)
    assert code == 1 and server.paths() == [CHAD]
    assert out.startswith("2 failed\nfailed: Chad 2021, Niger 2021: ")
    assert "holds no text until a browser runs its scripts" in out and "ocqa import FOLDER" in out


def test_the_index_is_built_of_what_it_had_and_what_came(
    capsys: pytest.CaptureFixture[str], server: FaultServer, tmp_path: Path, taxonomy: Taxonomy
) -> None:
    server.on(CHAD, whole(profile("Chad", 2021, taxonomy)))
    code, out, err = run(capsys, "--country", "Chad", "--edition", 2021, "--build")
    assert code == 0 and "next:" not in out, err
    snapshot = open_snapshot(tmp_path / "index")
    assert dict(snapshot.text_editions) == {"PER": (2021,), "TCD": (2021,)}
    snapshot.close()


def test_an_interrupted_fetch_says_that_it_can_go_on(
    capsys: pytest.CaptureFixture[str], server: FaultServer, monkeypatch: pytest.MonkeyPatch, taxonomy: Taxonomy
) -> None:
    def interrupted(seconds: float) -> None:
        raise KeyboardInterrupt

    server.on(CHAD, status(500), whole(profile("Chad", 2021, taxonomy)))
    with monkeypatch.context() as patched:
        patched.setattr("corpus.fetch.timing.Timing", lambda: replace(Timing(), sleep=interrupted))
        code, out, err = run(capsys, "--country", "Chad", "--edition", 2021)
    assert (code, out) == (130, "") and "goes on from there" in err
    assert run(capsys, "--country", "Chad", "--edition", 2021)[0] == 0


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9")
def test_a_run_that_was_killed_in_the_middle_of_a_body_is_gone_on_with(
    capsys: pytest.CaptureFixture[str], server: FaultServer, tmp_path: Path, taxonomy: Taxonomy
) -> None:
    chad, niger = profile("Chad", 2021, taxonomy), profile("Niger", 2021, taxonomy)
    server.on(address_of("Niger", 2021), whole(niger))
    server.on(CHAD, cut(chad, 1500, stall=True), whole(chad))
    flags = ["--country", "Niger", "--country", "Chad", "--edition", "2021"]
    command = [sys.executable, "-m", "app.cli.main", "fetch", "--delay", "0", *flags]
    killed = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        assert server.stalled.wait(20)
        (partial,) = _waited_for(tmp_path / "sources" / ".partial", "*.part", 1500)
    finally:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
    assert files_below(tmp_path / "sources") == ["2021/niger.html"]
    assert partial.read_bytes() == chad[:1500]
    code, out, _ = run(capsys, *flags)
    assert (code, out.splitlines()[0]) == (0, "1 fetched, 1 recent")
    assert (tmp_path / "sources" / "2021" / "chad.html").read_bytes() == chad
    assert server.paths() == [address_of("Niger", 2021), CHAD, CHAD]
    assert server.asked[-1].headers["range"] == "bytes=1500-"


def _waited_for(folder: Path, pattern: str, size: int) -> list[Path]:
    """What the other process writes is there soon after it was sent; yields the processor until then."""
    give_up = time.monotonic() + 20
    while not any(p.stat().st_size == size for p in folder.glob(pattern)):
        assert time.monotonic() < give_up, "the other process wrote nothing"
        os.sched_yield()
    return list(folder.glob(pattern))


def test_nothing_but_a_fetch_loads_what_opens_connections() -> None:
    code = (
        "import sys, app.cli.main, corpus.sources, corpus.intake, app.cli.fetch; "
        "print([m for m in ('urllib3', 'protego', 'requests', 'corpus.fetch') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
