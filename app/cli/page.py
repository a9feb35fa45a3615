"""`ocqa page`: serve the page on this machine with Streamlit, building the index first where that is needed."""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from app.cli.progress import Say
from app.cli.shared_arguments import Commands, add_command, add_index_flag, port
from app.settings import ADMIN_VARIABLE, INDEX_VARIABLE, Settings
from corpus.errors import IndexMissing

Run = Callable[[Sequence[str]], int]
# Colours that can be read on each other: AA contrast, faded text included.
_THEME = {
    "light.primaryColor": "#0b5394",
    "light.textColor": "#101418",
    "light.linkColor": "#0b4a8f",
    "dark.primaryColor": "#8ec5ff",
    "dark.linkColor": "#9ecbff",
}


def add_page_command(commands: Commands, say: Say, run: Run) -> None:
    """Add `page` to the commands; `run` runs another command of `ocqa` by its arguments."""
    page = add_command(
        commands,
        "page",
        "serve the page on this machine, building the index first if there is none",
        example="--port 8600 --no-browser",
    )
    page.add_argument(
        "--sources", action="append", metavar="DIR", help="build from these sources first, as ocqa build does; may be repeated"
    )
    page.add_argument("--port", type=port, default=8501, help="the port to listen on (default: 8501)")
    page.add_argument("--admin", action="store_true", help="print an address whose visitors can add files and start builds")
    page.add_argument("--no-browser", action="store_true", help="do not open a browser window")
    add_index_flag(page)
    page.set_defaults(run=lambda options, settings: run_page(options, settings, say, run))


def run_page(options: argparse.Namespace, settings: Settings, say: Say, run: Run) -> int:
    """Build if needed, then become Streamlit's process."""
    if options.sources or not _has_index(settings.index):
        say(f"building the index in {settings.index}")
        build = ["build", "--index", str(settings.index)]
        for folder in settings.sources:
            build += ["--sources", str(folder)]
        if (code := run(build)) != 0:
            return code
    token = secrets.token_urlsafe(16) if options.admin else ""
    if token:
        say(f"to add files and build, open http://localhost:{options.port}/loaded?admin={token}")
    say(f"the page is at http://localhost:{options.port}; end it with Ctrl+C")
    # Streamlit's own process: its watcher trips over torch, and its statistics would leave the machine.
    command = [
        sys.executable, "-m", "streamlit", "run", str(Path(__file__).parents[1] / "server.py"),
        "--server.address", "localhost",
        "--server.port", str(options.port),
        "--server.headless", str(options.no_browser).lower(),
        "--server.showEmailPrompt", "false",
        # What it says to developers at the start, in the terminal and over the page, is not for those who ask questions.
        "--logger.hideWelcomeMessage", "true",
        "--server.fileWatcherType", "none",
        "--browser.gatherUsageStats", "false",
        # Looking for garbage after every run takes longer than the run: what is loaded is half a gigabyte of live objects. Python
        # looks by itself where there is much of it.
        "--runner.postScriptGC", "false",
        "--client.toolbarMode", "minimal",
        *(part for name, value in _THEME.items() for part in (f"--theme.{name}", value)),
        "--client.showErrorDetails", "none",
    ]  # fmt: skip
    environment = {
        # Streamlit imports NumPy before `index` can say that one thread is enough (see there).
        "OPENBLAS_NUM_THREADS": "1",
        **os.environ,
        INDEX_VARIABLE: str(settings.index),
        ADMIN_VARIABLE: token,
    }
    if os.name == "nt":
        return subprocess.call(command, env=environment)
    # Streamlit takes the place of this process, so that whoever ends this process ends the page.
    sys.stdout.flush()
    os.execve(sys.executable, command, environment)


def _has_index(index: Path) -> bool:
    from index.generations.folders import current_folder

    try:
        current_folder(index)
    except IndexMissing:
        return False
    return True
