"""What the Tab key offers: `ocqa completion` prints what a shell needs, which then asks this for every word."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from app.cli.shared_arguments import Commands, add_command
from app.settings import Settings
from corpus.taxonomy import WORLD, Taxonomy, load_taxonomy

_SHELLS = ("bash", "zsh", "fish")
_FOLDERS, _FILES = ("DIR", "FOLDER"), ("FILE", "SET", "BASELINE")


def add_completion_command(commands: Commands) -> None:
    """Add `ocqa completion`."""
    parser = add_command(commands, "completion", "print what a shell must read to complete commands", example="bash")
    parser.add_argument("shell", choices=_SHELLS, help="the shell that is to read it")
    parser.set_defaults(run=_print_script)


def _print_script(options: argparse.Namespace, settings: Settings) -> int:
    from argcomplete.shell_integration import shellcode

    print(shellcode(["ocqa"], shell=options.shell).strip())
    return 0


def complete(parser_of: Callable[[str], argparse.ArgumentParser]) -> None:
    """Tell the shell how the line in its environment can go on, and end the process.

    `parser_of` makes the parser of a command, or of all commands for a name that is none.
    """
    import argcomplete

    # The mark makes a word of the space under the cursor, and no command of a name that is not finished.
    words = f"{os.environ.get('COMP_LINE', '')}|".split()
    parser = parser_of(words[1] if len(words) > 1 else "")
    # Any function will do, though its type names a class.
    argcomplete.autocomplete(parser, validator=_begins, default_completer=_values)  # type: ignore[arg-type]


def _begins(value: str, typed: str) -> bool:
    return value.casefold().startswith(typed.casefold())


def _values(prefix: str, action: argparse.Action, **more: Any) -> Iterable[str]:
    """The values of an argument, with words for shells that show them; nothing for free text such as a question."""
    from argcomplete.completers import DirectoriesCompleter, FilesCompleter

    if action.dest in _NAMES:
        return _NAMES[action.dest](prefix, load_taxonomy())
    if action.metavar in _FOLDERS:
        return list(DirectoriesCompleter()(prefix))
    return list(FilesCompleter()(prefix)) if action.metavar in _FILES else ()


def _countries(prefix: str, taxonomy: Taxonomy) -> Mapping[str, str]:
    """Codes, and names once somebody has begun to write one."""
    codes = {country.iso3: country.name for country in taxonomy.countries.values()}
    return codes | {name: code for code, name in codes.items()} if prefix else codes


def _indicators(prefix: str, taxonomy: Taxonomy) -> Mapping[str, str]:
    return {indicator.id: indicator.name for indicator in taxonomy.indicators.values()}


def _groups(prefix: str, taxonomy: Taxonomy) -> Mapping[str, str]:
    return {WORLD: "all countries"} | {group.name: group.kind.value for group in taxonomy.groups.values()}


def _editions(prefix: str, taxonomy: Taxonomy) -> Mapping[str, str]:
    return {str(edition): "edition of the Index" for edition in taxonomy.editions}


# What the arguments of this name stand for, in whichever command.
_NAMES: Mapping[str, Callable[[str, Taxonomy], Mapping[str, str]]] = {
    **dict.fromkeys(("country", "countries"), _countries),
    **dict.fromkeys(("indicator", "indicators"), _indicators),
    **dict.fromkeys(("group", "groups"), _groups),
    **dict.fromkeys(("edition", "editions", "since"), _editions),
}
