"""`ocqa fetch` and `ocqa import`: flags and reports. Downloading is in `corpus.fetch`, checking in `corpus`.

Both exit with 1 if one of their files failed. The report goes to stdout, progress to stderr.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.importing import run_import
from app.cli.next_build import Run, build_after, command_words
from app.cli.progress import Say
from app.cli.shared_arguments import Commands, add_command, add_index_flag
from app.reports.fetch_text import before_words, left_words
from app.settings import BASE_URL_VARIABLE, SOURCES_VARIABLE, Settings
from corpus.errors import QuestionError

if TYPE_CHECKING:
    from corpus.fetch.run import Item

# Seconds. A guest on somebody else's site does not ask more often than this, whatever the flags say.
_LEAST_DELAY = 1.0
_NAMED = 5


def add_fetch_commands(commands: Commands, say: Say, run: Run) -> None:
    """Add `fetch` and `import` to the commands; `run` runs another command of `ocqa` by its arguments."""
    sources_help = f"the folder to put the files in (default: ${SOURCES_VARIABLE}, else a folder of your user account)"
    fetch = add_command(
        commands,
        "fetch",
        "download profile pages and the official workbook into a sources folder",
        example="--country Mexico --edition 2025 --build",
    )
    fetch.add_argument(
        "--edition", action="append", type=int, metavar="Y", help="an edition; may be repeated (default: the latest)"
    )
    fetch.add_argument(
        "--country", action="append", metavar="C", help="a country by name, alias or ISO code; may be repeated (default: all)"
    )
    fetch.add_argument(
        "--workbook", action="store_true", help="the official workbook; without --country or --edition, nothing else"
    )
    fetch.add_argument("--all", action="store_true", help="the workbook, and the pages of all countries in all editions")
    fetch.add_argument("--base-url", metavar="URL", help=f"the site (default: ${BASE_URL_VARIABLE}, else https://ocindex.net)")
    fetch.add_argument(
        "--delay",
        type=_seconds,
        default=2.0,
        metavar="SECONDS",
        help="pause between two requests (default: 2, or more if robots.txt asks for it)",
    )
    fetch.set_defaults(run=lambda options, settings: run_fetch(options, settings, say, run))

    taking = add_command(
        commands,
        "import",
        "check saved pages and tables and copy them into a sources folder",
        example="corpus/shipped/scores/world.csv --sources my-folder",
    )
    taking.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="a page (.html, .mhtml, .pdf, .txt), a workbook (.xlsx), a table (.csv, .tsv, .json), or a folder of them",
    )
    taking.add_argument("--edition", type=int, metavar="Y", help="the edition of pages and tables that do not state theirs")
    taking.add_argument("--replace", action="store_true", help="replace a file that is already there and differs")
    taking.set_defaults(run=lambda options, settings: run_import(options, settings, target_folder(settings), say, run))

    for command in (fetch, taking):
        command.add_argument("--sources", action="append", metavar="DIR", help=sources_help)
        add_index_flag(command)
        command.add_argument("--build", action="store_true", help="build the index afterwards, from what it has and these files")
        command.add_argument("--json", action="store_true", help="print the report as JSON")


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 3600:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 3600 seconds")
    return value


def run_fetch(options: argparse.Namespace, settings: Settings, say: Say, build: Run) -> int:
    """Download what the flags ask for, report, and build if asked to; 1 if something failed."""
    from contextlib import suppress
    from importlib.metadata import version

    # Only this command loads the HTTP library.
    from corpus.addresses import SITE
    from corpus.errors import OcqaError
    from corpus.fetch.base import parse_base
    from corpus.fetch.polite import Site
    from corpus.fetch.run import Outcome, fetch
    from corpus.fetch.targets import plan
    from corpus.fetch.timing import Timing
    from corpus.taxonomy import load_taxonomy

    taxonomy, timing = load_taxonomy(), Timing()
    sources = target_folder(settings)
    base = parse_base(options.base_url or settings.base_url or SITE)
    if options.delay < _LEAST_DELAY and not base.loopback:
        raise QuestionError(f"a delay of {options.delay:g} s is too short for a public site", f"give {_LEAST_DELAY:g} s or more")
    editions = taxonomy.editions if options.all else options.edition or ()
    targets = plan(
        options.country or (), editions, workbook=options.workbook or options.all, base=base.address, taxonomy=taxonomy
    )
    agent = f"ocqa/{version('ocqa')} (+questions over the profiles of the Global Organized Crime Index)"
    site = Site(base, agent, options.delay, timing)

    began = delay = 0.0

    said = ""

    def progress(done: int, total: int, item: Item) -> None:
        nonlocal said
        # Once the site is closed, the rest fails for the same reason: the report says it once, with their number.
        if item.outcome is Outcome.FAILED and item.reason == said:
            return
        said = item.reason
        say(f"{done} of {total}: {item.target.what} {item.outcome}{left_words(done, total, timing.clock() - began, delay)}")

    try:
        # A site that cannot be surveyed is closed: the run says so of each file.
        with suppress(OcqaError):
            survey = site.survey([target.places[0].address for target in targets])
            delay = survey.delay
            for line in before_words(len(targets), survey.delay, survey.forbidden, base.host):
                say(line)
        began = timing.clock()
        items = fetch(targets, sources, site, taxonomy, timing, progress)
    except KeyboardInterrupt:
        say("what was downloaded is kept; run the same command again and it goes on from there")
        raise
    finally:
        site.close()
    failed = any(item.outcome is Outcome.FAILED for item in items)
    following, arrived = build_after(settings, sources), any(item.outcome is not Outcome.FAILED for item in items)
    if options.json:
        shown = {"sources": str(sources), "items": [_as_json(item) for item in items], "next": command_words(following)}
        print(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        print("\n".join([*_lines(items), *([f"next: {command_words(following)}"] if arrived and not options.build else [])]))
    if options.build and arrived:
        return max(build(following), int(failed))
    return 1 if failed else 0


def _as_json(item: Item) -> dict[str, Any]:
    target = item.target
    return {
        "what": target.what,
        "kind": target.kind,
        "country": target.country,
        "edition": target.edition,
        "outcome": item.outcome,
        "file": item.file,
        "reason": item.reason,
        "hint": item.hint,
    }


def _lines(items: tuple[Item, ...]) -> list[str]:
    from corpus.fetch.run import Outcome

    counts = Counter(item.outcome for item in items)
    lines = [", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome])]
    alike: dict[tuple[Outcome, str, str], list[str]] = {}
    for item in items:
        if item.reason and item.outcome is not Outcome.RECENT:
            alike.setdefault((item.outcome, item.reason, item.hint), []).append(item.target.what)
    for (outcome, reason, hint), names in alike.items():
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        lines.append(f"{outcome}: {', '.join(names[:_NAMED])}{more}: {reason}")
        lines += [f"  what to do: {hint}"] if hint else []
    return lines


def target_folder(settings: Settings) -> Path:
    """The folder that files are put in. Raises QuestionError if several are named, or if it belongs to the program."""
    if len(settings.sources) > 1:
        raise QuestionError(
            "name one folder to put the files in", f"give --sources DIR, or set ${SOURCES_VARIABLE} to a single folder"
        )
    folder = settings.sources[0] if settings.sources else settings.own_sources
    place = folder.resolve()
    from importlib.resources import files

    if any(place.is_relative_to(Path(str(files(package))).resolve()) for package in ("corpus", "index", "app")):
        raise QuestionError(f"{folder} is inside the program", "name a folder of your own with --sources")
    if place.exists() and not place.is_dir():
        raise QuestionError(f"{folder} is a file", "name a folder with --sources")
    return folder
