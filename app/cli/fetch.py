"""`ocqa fetch` and `ocqa import`: flags and reports. Downloading is in `corpus.fetch`, checking in `corpus`.

Both exit with 1 if one of their files failed. The report goes to stdout, progress to stderr.
"""

from __future__ import annotations

import argparse
import json
import shlex
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.progress import Say
from app.cli.shared_arguments import Commands, add_command
from app.settings import BASE_URL_VARIABLE, SOURCES_VARIABLE, Settings
from corpus.errors import QuestionError, SourceError

if TYPE_CHECKING:
    from corpus.fetch.run import Item
    from corpus.intake import Taken
    from corpus.taxonomy import Taxonomy

# Seconds. A guest on somebody else's site does not ask more often than this, whatever the flags say.
_LEAST_DELAY = 1.0
_NAMED = 5


def add_fetch_commands(commands: Commands, say: Say) -> None:
    """Add `fetch` and `import` to the commands."""
    sources_help = f"the folder to put the files in (default: ${SOURCES_VARIABLE}, if it names a single folder)"
    fetch = add_command(
        commands,
        "fetch",
        "download profile pages and the official workbook into a sources folder",
        example="--workbook --sources my-folder",
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
    fetch.add_argument("--base-url", metavar="URL", help=f"the site (default: ${BASE_URL_VARIABLE}, else https://ocindex.net)")
    fetch.add_argument(
        "--delay",
        type=_seconds,
        default=2.0,
        metavar="SECONDS",
        help="pause between two requests (default: 2, or more if robots.txt asks for it)",
    )
    fetch.set_defaults(run=lambda options, settings: run_fetch(options, settings, say))

    taking = add_command(
        commands,
        "import",
        "check saved pages and tables and copy them into a sources folder",
        example="corpus/shipped/scores/world.csv --sources my-folder",
    )
    taking.add_argument("files", nargs="+", metavar="FILE", help="a page (.html, .txt), a workbook (.xlsx) or a table (.csv)")
    taking.add_argument("--edition", type=int, metavar="Y", help="the edition of pages that do not state theirs")
    taking.add_argument("--replace", action="store_true", help="replace a file that is already there and differs")
    taking.set_defaults(run=lambda options, settings: run_import(options, settings, say))

    for command in (fetch, taking):
        command.add_argument("--sources", action="append", metavar="DIR", help=sources_help)
        command.add_argument("--json", action="store_true", help="print the report as JSON")


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value <= 3600:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 3600 seconds")
    return value


def run_fetch(options: argparse.Namespace, settings: Settings, say: Say) -> int:
    """Download what the flags ask for and report; 1 if something failed."""
    from importlib.metadata import version

    # Only this command loads the HTTP library.
    from corpus.addresses import SITE
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
    targets = plan(options.country or (), options.edition or (), workbook=options.workbook, base=base.address, taxonomy=taxonomy)
    agent = f"ocqa/{version('ocqa')} (+questions over the profiles of the Global Organized Crime Index)"
    site = Site(base, agent, options.delay, timing, lambda delay: say(f"{base.host}: {delay:g} s between two requests"))

    def progress(done: int, total: int, item: Item) -> None:
        say(f"{done} of {total}: {item.target.what} {item.outcome}")

    try:
        items = fetch(targets, sources, site, taxonomy, timing, progress)
    except KeyboardInterrupt:
        say("what was downloaded is kept; run the same command again and it goes on from there")
        raise
    finally:
        site.close()
    failed = any(item.outcome is Outcome.FAILED for item in items)
    following = f"ocqa build --sources {shlex.quote(str(sources))}"
    if options.json:
        shown = {"sources": str(sources), "items": [_as_json(item) for item in items], "next": following}
        print(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        print("\n".join([*_lines(items), f"next: {following}"]))
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
    """The folder that files are put in. Raises QuestionError if none or several are named, or if it belongs to the program."""
    if len(settings.sources) != 1:
        raise QuestionError(
            "name one folder to put the files in", f"give --sources DIR, or set ${SOURCES_VARIABLE} to a single folder"
        )
    (folder,) = settings.sources
    place = folder.resolve()
    from importlib.resources import files

    if any(place.is_relative_to(Path(str(files(package))).resolve()) for package in ("corpus", "index", "app")):
        raise QuestionError(f"{folder} is inside the program", "name a folder of your own with --sources")
    if place.exists() and not place.is_dir():
        raise QuestionError(f"{folder} is a file", "name a folder with --sources")
    return folder


def run_import(options: argparse.Namespace, settings: Settings, say: Say) -> int:
    """Take the files in, one by one, and report; 1 if one was refused."""
    from corpus.intake import take_in
    from corpus.taxonomy import load_taxonomy

    taxonomy = load_taxonomy()
    sources = target_folder(settings)
    if options.edition is not None and options.edition not in taxonomy.editions:
        known = ", ".join(map(str, taxonomy.editions))
        raise QuestionError(f"{options.edition} is not an edition of the Index", f"the editions are {known}")
    shown: list[dict[str, Any]] = []
    failed = 0
    for name in options.files:
        try:
            taken = take_in(Path(name).expanduser(), sources, taxonomy, options.edition, replace=options.replace)
        except SourceError as error:
            failed += 1
            where = f"{name}, {error.place}" if error.place else name
            say(f"error: {where}: {error.message}")
            if error.hint:
                say(f"hint: {error.hint}")
            shown.append({"given": name, "outcome": "refused", "reason": error.message, "hint": error.hint})
        else:
            for problem in taken.holds.problems:
                say(f"{problem.severity}: {problem}")
            shown.append(_taken_as_json(name, taken))
            if not options.json:
                print(_taken_line(name, taken, taxonomy))
    following = f"ocqa build --sources {shlex.quote(str(sources))}"
    if options.json:
        print(json.dumps({"sources": str(sources), "items": shown, "next": following}, ensure_ascii=False, indent=1))
    elif failed < len(options.files):
        print(f"next: {following}")
    return 1 if failed else 0


def _taken_line(name: str, taken: Taken, taxonomy: Taxonomy) -> str:
    from corpus.recognise import described, workbook_known

    known = workbook_known(taken.holds.kind, taken.sha256)
    return f"{name}: {taken.outcome} as {taken.file}; {described(taken.holds, taxonomy)}" + (f"; {known}" if known else "")


def _taken_as_json(name: str, taken: Taken) -> dict[str, Any]:
    from corpus.recognise import workbook_known

    holds = taken.holds
    return {
        "given": name,
        "outcome": taken.outcome,
        "file": taken.file,
        "sha256": taken.sha256,
        "kind": holds.kind,
        "countries": holds.countries,
        "editions": holds.editions,
        "paragraphs": len(holds.paragraphs),
        "scores": len(holds.scores),
        "known": workbook_known(holds.kind, taken.sha256),
        "problems": [str(problem) for problem in holds.problems],
    }
