"""Walking folders of saved files: hidden files, lock files and the folders that browsers save beside a page are passed over."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import SourceError
from corpus.file_bytes import open_file
from corpus.sniffing import is_markup

# What browsers of many languages append to the name of a page saved as "web page, complete".
_COMPANION = re.compile(
    r"(?P<page>.+?)(?:[_-](?:files|file|dateien|fichiers|archivos|arquivos|ficheiros|bestanden|filer|tiedostot|pliki|soubory|"
    r"elemei|fajlok|dosyalar|datoteke|fitxers|failid|faili|fajlovi|fisiere|bylos|fitxategiak|skrar|arxius)|\.files)",
    re.IGNORECASE,
)
_RESOURCE = re.compile(
    r".*\.(?:js|css|woff2?|ttf|svg)(?:\.\w+)?|saved_resource(?:\(\d+\))?\.html?|css(?:\(\d+\))?", re.IGNORECASE
)
_PAGES = (".html", ".htm", ".xhtml")
_HEAD = 4096


def files_below(base: Path) -> Iterator[Path]:
    """Every file below a folder, or the file itself, in a fixed order. Links are followed once."""
    if base.is_file():
        yield base
        return
    entered: set[str] = set()
    for folder, folders, names in os.walk(base, followlinks=True):
        # A link may lead back to a folder above it.
        entered.add(os.path.realpath(folder))
        folders[:] = sorted(
            f
            for f in folders
            if not f.startswith(".")
            and os.path.realpath(Path(folder, f)) not in entered
            and not is_companion(Path(folder, f), names)
        )
        for name in sorted(names):
            if not name.startswith((".", "~$")):
                yield Path(folder, name)


def is_companion(folder: Path, beside: list[str]) -> bool:
    """Whether a folder has the scripts, styles and fragments of a page; `beside` are the names of the files next to it.

    Its name says so, and either the page lies beside it or scripts and styles lie in it: a folder that a person named "my_files"
    is read.
    """
    match = _COMPANION.fullmatch(folder.name)
    if match is None:
        return False
    pages = [Path(name) for name in beside if _same(Path(name).stem, match["page"])]
    try:
        return any(page.suffix.lower() in _PAGES or _begins_as_markup(folder.parent / page) for page in pages) or any(
            _RESOURCE.fullmatch(entry.name) for entry in folder.iterdir()
        )
    except (OSError, SourceError):
        return False


def _same(name: str, other: str) -> bool:
    return unicodedata.normalize("NFC", name) == unicodedata.normalize("NFC", other)


def _begins_as_markup(path: Path) -> bool:
    with open_file(path) as stream:
        return is_markup(stream.read(_HEAD).decode("latin-1"))
