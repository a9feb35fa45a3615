"""What the commands share in their arguments: how help is laid out, and numbers that are checked as they are read."""

from __future__ import annotations

import argparse
from typing import TypeAlias

from app.settings import INDEX_VARIABLE

# A question that the shipped corpus answers.
EXAMPLE = "who controls illegal gold mining in Peru"
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_command(commands: Commands, name: str, purpose: str, *, example: str = "") -> argparse.ArgumentParser:
    """Add a command with its purpose, a phrase in lower case; its help ends with an example that can be pasted."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=purpose,
        description=f"{purpose[0].upper()}{purpose[1:]}.",
        epilog=f"example: ocqa {name} {example}".rstrip(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser


def add_strictness_flag(parser: argparse.ArgumentParser) -> None:
    """Add `--strictness`, the line between an answer from the text and silence."""
    parser.add_argument(
        "--strictness",
        type=_chance,
        metavar="P",
        help="decline a question about text whose chance of an answer is below P, 0 to 1 (default: the line of the index)",
    )


def _chance(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 0 to 1")
    return value


def add_index_flag(parser: argparse.ArgumentParser) -> None:
    """Add `--index`."""
    parser.add_argument(
        "--index", metavar="DIR", help=f"the index folder (default: ${INDEX_VARIABLE}, else a folder of your user account)"
    )


def positive(text: str) -> int:
    """A whole number from 1 up."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text} is less than 1")
    return value


def port(text: str) -> int:
    """The number of a port that a program may listen on."""
    value = int(text)
    if not 1 <= value <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port, 1 to 65535")
    return value


def share(text: str) -> float:
    """A number from 0 to 1."""
    value = float(text)
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0 and 1")
    return value
