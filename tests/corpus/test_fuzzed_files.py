"""Files with bytes changed, doubled, cut and put in at random are read or refused in words; no reader fails on any."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from random import Random

import pytest
from world import full_sheet, workbook

from corpus.errors import SourceError
from corpus.formats import SCORE_READERS
from corpus.page_files import read_pages
from corpus.records import SourceKind
from corpus.sources import shipped_sources
from corpus.taxonomy import Taxonomy

# Of each kind of file: as many as take a second or two.
TRIES = 30
PERU = (shipped_sources() / "pages" / "2021" / "peru.txt").read_bytes()
HTML = b"<html><body>" + b"".join(b"<p>%s</p>" % line for line in PERU.splitlines()) + b"</body></html>"
HEADERS = b'From: <Saved by>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n'
PUT_IN = [
    *(b"\x00", b"\xff", b"\x1c", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\n\n", b"\r\n", b",", b";", b'"', b"{", b"[", b"%", b"="),
    *(b"<html>", b"</html>", b"<!--", b'charset="', b"boundary=", b"Profile", b"Analysis", b"People", b"Congo"),
    *(b"Criminality score", b"1.11", b"1e999", b"nan", b"2023", b"9" * 400, b"26th of 193 countries", b"in Africa-5", b"vs"),
]
KINDS = {"csv": SourceKind.TABLE, "json": SourceKind.TABLE, "xlsx": SourceKind.WORKBOOK}


def mangled(data: bytes, dice: Random) -> bytes:
    found = bytearray(data)
    for _ in range(dice.choice([1, 2, 4, 12, 40])):
        at, other = dice.randrange(len(found) + 1), dice.randrange(len(found) + 1)
        change = dice.randrange(4)
        if change == 0:
            found[at : at + 1] = bytes([dice.randrange(256)])
        elif change == 1:
            found[at : at + dice.choice([0, 4])] = dice.choice(PUT_IN)
        elif change == 2:
            del found[at : at + dice.choice([1, 5, 50, 500])]
        else:
            found[at:at] = found[other : other + dice.choice([10, 100, 1000])]
    return bytes(found)


def mangled_parts(data: bytes, dice: Random) -> bytes:
    """A workbook with its parts changed before they are packed."""
    book = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(book, "w") as after:
        for info in before.infolist():
            part = before.read(info)
            after.writestr(info.filename, mangled(part, dice) if dice.random() < 0.3 else part)
    return book.getvalue()


def seed_of(kind: str, taxonomy: Taxonomy) -> bytes:
    seeds: dict[str, Callable[[], bytes]] = {
        "text": lambda: PERU,
        "html": lambda: HTML,
        "mhtml": lambda: HEADERS + b"--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + HTML + b"\r\n--B--\r\n",
        "csv": lambda: (shipped_sources() / "scores" / "world.csv").read_bytes()[:6_000],
        "json": lambda: json.dumps([{"country": "Peru", "edition": 2021, "human_trafficking": 5.5}] * 3).encode(),
        "xlsx": lambda: workbook({"2021_dataset": full_sheet(2021, taxonomy)[:12]}),
    }
    return seeds[kind]()


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", ["text", "html", "mhtml", "csv", "json", "xlsx"])
def test_a_mangled_file_is_read_or_refused_in_words(kind: str, taxonomy: Taxonomy) -> None:
    seed, dice = seed_of(kind, taxonomy), Random(20)
    read = SCORE_READERS[KINDS[kind]] if kind in KINDS else read_pages
    for _ in range(TRIES):
        data = (mangled_parts if kind == "xlsx" else mangled)(seed, dice)
        try:
            read(data, f"2021/peru.{kind}", taxonomy)
        except SourceError as error:
            assert error.message and error.hint
