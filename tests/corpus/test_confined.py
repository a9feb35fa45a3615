"""Readers of foreign bytes run in a process with limits; whatever one does there, the program goes on with the next file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import runaway

from corpus import confined as module
from corpus.confined import confined
from corpus.errors import SourceError
from corpus.sources import load_corpus, shipped_sources
from corpus.taxonomy import Taxonomy


@pytest.fixture(autouse=True)
def a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_reader", None)
    # The process takes the limit from the code that it starts with.
    start = module._START.replace("serve()", "import corpus.confined as c; c.PROCESSOR_SECONDS = 1; serve()")
    monkeypatch.setattr(module, "_START", start)


def test_a_function_runs_in_another_process_that_stays(capfd: pytest.CaptureFixture[str]) -> None:
    assert confined(runaway.twice, 2, shared="ab") == "abab"
    assert confined(runaway.twice, 3, shared="x") == "xxx"
    first = confined(runaway.process, shared="x")
    assert first == confined(runaway.process, shared="x") != os.getpid()
    assert capfd.readouterr() == ("", "")


READERS = [(runaway.endless, "SIGPROF"), (runaway.crash, "SIGSEGV"), (runaway.greedy, "2 GB of memory")]


@pytest.mark.parametrize(("reader", "how"), READERS)
def test_a_reader_that_goes_too_far_is_a_problem_of_its_file_and_the_next_is_read(reader, how: str) -> None:
    with pytest.raises(SourceError, match=how) as raised:
        confined(reader, shared="x")
    assert "leave it out" in raised.value.hint
    assert confined(runaway.twice, 2, shared="ab") == "abab"


def test_errors_come_back_as_they_are(taxonomy: Taxonomy) -> None:
    with pytest.raises(RecursionError):
        confined(runaway.deep, shared="x")
    with pytest.raises(RuntimeError, match="Unsendable: odd error"):
        confined(runaway.unsendable, shared="x")


def test_a_process_that_rests_is_started_again() -> None:
    first = confined(runaway.process, shared="x")
    confined(runaway.rest, shared="x")
    assert module._reader is not None and module._reader._process.wait(timeout=60) == 0
    assert confined(runaway.process, shared="x") != first


def test_the_rest_of_a_folder_is_read_beside_files_that_are_none(tmp_path: Path, taxonomy: Taxonomy) -> None:
    (tmp_path / "2021").mkdir()
    (tmp_path / "2021" / "peru.txt").write_bytes((shipped_sources() / "pages" / "2021" / "peru.txt").read_bytes())
    os.mkfifo(tmp_path / "pipe.txt")
    os.mkfifo(tmp_path / "pipe")
    os.mkfifo(tmp_path / "beside")
    (tmp_path / "beside_files").mkdir()
    (tmp_path / "endless.html").symlink_to("/dev/zero")
    (tmp_path / "endless").symlink_to("/dev/zero")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    with (tmp_path / "huge.csv").open("wb") as stream:
        stream.truncate(10**12)
    corpus = load_corpus([tmp_path], taxonomy)
    assert [profile.country for profile in corpus.profiles] == ["PER"]
    found = {Path(problem.source).name: problem.message for problem in corpus.problems}
    assert found.keys() == {"pipe.txt", "endless.html", "loop.txt", "huge.csv"}
    assert "a pipe, a device" in found["pipe.txt"] and "a pipe, a device" in found["endless.html"]
    assert "more than the 16 MB allowed" in found["huge.csv"] and "cannot be read" in found["loop.txt"]
