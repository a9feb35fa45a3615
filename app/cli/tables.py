"""`ocqa scores`, `ocqa rank`, `ocqa compare` and `ocqa profile`: figures without a question, as tables, CSV, Markdown or JSON."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

from app.cli.left_out import left_out
from app.cli.progress import Say
from app.cli.shared_arguments import Commands, add_command, add_index_flag, positive
from app.settings import Settings
from corpus.errors import QuestionError

if TYPE_CHECKING:
    from corpus.taxonomy import Taxonomy

_TABLE, _JSON, _CSV, _MARKDOWN = _FORMATS = ("table", "json", "csv", "markdown")
# The request that each command sends, with the fields that it takes from the options.
_FIELDS = {
    "get_scores": ("countries", "groups", "indicators", "editions", "with_parts", "limit", "offset"),
    "rank": ("indicator", "edition", "since", "group", "order", "countries", "limit", "offset"),
    "compare": ("countries", "groups", "indicators", "edition", "since"),
    "profile": ("country", "edition"),
}
_COUNTRY_HELP = 'a country by ISO 3166-1 alpha-3 code or English name, such as PER or "Peru"'
_INDICATOR_HELP = 'an indicator by id or name, such as cocaine_trade or "Cocaine trade"'


def add_table_commands(commands: Commands, say: Say) -> None:
    """Add `ocqa scores`, `ocqa rank`, `ocqa compare` and `ocqa profile`."""
    _add_scores(commands, say)
    _add_rank(commands, say)
    _add_compare(commands, say)
    _add_profile(commands, say)


def _add_scores(commands: Commands, say: Say) -> None:
    parser = add_command(
        commands, "scores", "print scores with their sources", example="PER COL --indicator cocaine_trade --edition 2025"
    )
    parser.add_argument("countries", nargs="*", metavar="COUNTRY", help=f"{_COUNTRY_HELP}; without any, all are meant")
    _add_groups(parser)
    _add_indicators(parser)
    parser.add_argument("--parts", dest="with_parts", action="store_true", help="also the indicators that averages are made of")
    edition_help = "an edition; may be repeated (default: the latest that has the score)"
    parser.add_argument("--edition", dest="editions", action="append", type=int, metavar="YEAR", help=edition_help)
    _add_pages(parser, 50)
    _finish(parser, "get_scores", say)


def _add_rank(commands: Commands, say: Say) -> None:
    parser = add_command(
        commands, "rank", "rank countries by a score or its change", example='cocaine_trade --group "South America" --lowest'
    )
    parser.add_argument("indicator", metavar="INDICATOR", help=_INDICATOR_HELP)
    parser.add_argument("--group", metavar="GROUP", help="rank the countries of this group (default: the world)")
    country_help = "print the row of this country alone, ranked among all of the group; may be repeated"
    parser.add_argument("--country", dest="countries", action="append", metavar="COUNTRY", help=country_help)
    _add_edition(parser)
    parser.add_argument("--lowest", dest="order", action="store_const", const="lowest", help="begin with the lowest figure")
    _add_pages(parser, 10)
    _finish(parser, "rank", say)


def _add_compare(commands: Commands, say: Say) -> None:
    parser = add_command(
        commands,
        "compare",
        "set countries and the means of groups side by side",
        example="PER COL --group world --indicator resilience",
    )
    parser.add_argument("countries", nargs="*", metavar="COUNTRY", help=_COUNTRY_HELP)
    _add_groups(parser)
    _add_indicators(parser)
    _add_edition(parser)
    _finish(parser, "compare", say)


def _add_profile(commands: Commands, say: Say) -> None:
    parser = add_command(commands, "profile", "print all scores of a country and the text of its page", example="PER 2021")
    parser.add_argument("country", metavar="COUNTRY", help=_COUNTRY_HELP)
    parser.add_argument("edition", nargs="?", type=int, metavar="YEAR", help="the edition (default: the latest that is loaded)")
    _finish(parser, "profile", say)


def _add_groups(parser: argparse.ArgumentParser) -> None:
    group_help = 'a continent, region or membership, such as "South America" or OECD, or world; may be repeated'
    parser.add_argument("--group", dest="groups", action="append", metavar="GROUP", help=group_help)


def _add_indicators(parser: argparse.ArgumentParser) -> None:
    indicator_help = f"{_INDICATOR_HELP}; may be repeated (default: criminality and resilience)"
    parser.add_argument("--indicator", dest="indicators", action="append", metavar="INDICATOR", help=indicator_help)


def _add_edition(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--edition", type=int, metavar="YEAR", help="the edition (default: the latest that has the figures)")
    parser.add_argument("--since", type=int, metavar="YEAR", help="the change since this earlier edition, instead of the score")


def _add_pages(parser: argparse.ArgumentParser, limit: int) -> None:
    parser.add_argument("--limit", type=positive, default=limit, metavar="N", help=f"print at most N rows (default: {limit})")
    parser.add_argument("--offset", type=int, default=0, metavar="N", help="leave out the first N rows")


def _finish(parser: argparse.ArgumentParser, request: str, say: Say) -> None:
    parser.add_argument("--format", choices=_FORMATS, default=_TABLE, help=f"how to print it (default: {_TABLE})")
    add_index_flag(parser)
    parser.set_defaults(run=lambda options, settings: _run(request, options, settings, say))


def _run(request: str, options: argparse.Namespace, settings: Settings, say: Say) -> int:
    # A list that names nothing was not sent.
    sent = {field: value for field in _FIELDS[request] if (value := getattr(options, field)) not in (None, [])}
    if request == "compare" and len(sent.get("countries", ())) + len(sent.get("groups", ())) < 2:
        raise QuestionError("a comparison needs two countries or groups", "for example: ocqa compare PER COL --group world")
    with left_out("pandas"):
        from app.programs.arguments import answer_request
        from index.generations.snapshot import open_snapshot

        with closing(open_snapshot(settings.index)) as snapshot:
            try:
                found = answer_request(snapshot, request, sent)
            except QuestionError as error:
                raise QuestionError(error.message, _hint_here(error.hint)) from error
    if options.format == _JSON:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    elif found["answered"] and found.get("rows", True):
        print(_shown(request, found, options.format, snapshot.taxonomy), end="")
    if not found["answered"]:
        say(found["answer"])
    if options.format != _JSON:
        for line in _beside(found):
            say(line)
    return 0 if found["answered"] else 1


def _hint_here(hint: str) -> str:
    """The hint without the request that lists all names, which is no command."""
    from app.programs.names import LISTED_BY

    return hint.partition(f"; {LISTED_BY.partition('{')[0]}")[0]


def _shown(request: str, found: Mapping[str, Any], format: str, taxonomy: Taxonomy) -> str:
    """What was found as CSV, as Markdown, or as text that is laid out for a terminal if there is one."""
    from app.reports.request_tables import FILE_ROWS, SOURCES, TABLES, profile_texts

    if format == _CSV:
        from app.content.table_files import csv_text

        return csv_text(FILE_ROWS[request](found))
    table = TABLES[request](found, taxonomy)
    texts = profile_texts(found) if request == "profile" else []
    if format == _MARKDOWN:
        from app.content.answer_files import table_blocks
        from app.content.markdown import escaped, source_link

        told = [block for head, texts_of in texts for block in (f"## {escaped(head)}", *map(source_link, texts_of))]
        return "\n\n".join([*table_blocks(table), *told]) + "\n"
    words = [block for head, texts_of in texts for block in (head, *texts_of)]
    if not sys.stdout.isatty():
        from app.reports.answer_text import table_text

        return "\n\n".join([table_text(table), *words]) + "\n"
    from textwrap import fill

    from app.reports.drawn_table import drawn

    width = shutil.get_terminal_size().columns
    return "\n\n".join([drawn(table, width, SOURCES).rstrip("\n"), *(fill(text, width) for text in words)]) + "\n"


def _beside(found: Mapping[str, Any]) -> Iterator[str]:
    """What must be known to use the rows: what is missing, notes, and where the rows go on."""
    for entry in found.get("missing", ()):
        what = entry.get("figure") or f"{entry['indicator']} {entry['edition']}"
        without = f" for {', '.join(entry['countries'])}" if entry.get("countries") else ""
        more = entry.get("count", 0) - len(entry.get("countries", ()))
        yield f"missing: {what}{without}{f' and {more} more' if without and more else ''}: {entry['why']}"
    yield from (f"note: {note}" for note in found["notes"])
    if found.get("rows") == [] and found.get("offset"):
        yield f"no rows after the first {found['offset']}: there are {found['total']}"
    if found.get("next_offset") is not None:
        first, last = found["offset"] + 1, found["next_offset"]
        yield f"rows {first} to {last} of {found['total']}; more rows: --offset {last}"
