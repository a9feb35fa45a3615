"""The page's server as a process of its own, as `ocqa page` starts it, and a real browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

CHROMIUM = next(
    (p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if Path(p).exists()), None
)
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
).split()


@dataclass(frozen=True)
class Server:
    """A running page: its port and its process."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        return f"http://localhost:{self.port}"

    def megabytes(self) -> float:
        """The memory of the process that is in use now."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) / 1024


@contextmanager
def serving(index: Path, *flags: str) -> Iterator[Server]:
    """The page of an index, until the block ends."""
    command = ["app.cli.main", "page", "--index", str(index), "--no-browser", *flags]
    with _served([sys.executable, "-m", *command, "--port"], os.environ) as server:
        yield server


@contextmanager
def serving_script(script: Path, index: Path) -> Iterator[Server]:
    """A Streamlit script of a test that runs the page of an index in its own way, until the block ends."""
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        "--server.headless",
        "true",
        "--server.address",
        "localhost",
    ]
    command += ["--server.fileWatcherType", "none", "--browser.gatherUsageStats", "false", "--server.port"]
    path = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[2])])
    with _served(command, {**os.environ, "OCQA_INDEX": str(index), "PYTHONPATH": path}) as server:
        yield server


@contextmanager
def _served(command: list[str], environment: Mapping[str, str]) -> Iterator[Server]:
    """A server that this command starts, given a free port as its last argument, from when it answers to the end of the block."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [*command, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, env=environment
    )
    try:
        server = Server(port, process.pid)
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{server.address}/_stcore/health").read()
                break
            except OSError:
                assert process.poll() is None, "the page's server stopped"
                time.sleep(0.25)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


@contextmanager
def chromium() -> Iterator[object]:
    """A browser; without Chromium the tests are skipped, and fail where `CI` is set."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine; .ci/run installs it")
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()
