"""Control sequences in pages, files and questions never reach a terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import world
from hypothesis import given
from hypothesis import strategies as st

from app.cli.main import main
from app.cli.terminal import harmless
from app.content.answer_citation import Source, as_bibtex
from corpus.taxonomy import Taxonomy

HOSTILE = "\x1b]0;title\x07 \x1b[2J \x9b31m \u202eright to left\u202c \x08\x08"
SAFE = "\n\t"


@given(st.text(alphabet=st.characters(), max_size=60))
def test_no_control_sign_is_left_but_line_ends_tabs_and_the_two_marks(text: str) -> None:
    shown = harmless(text).replace("\x1b[1;7m", "").replace("\x1b[0m", "").removeprefix("\r")
    assert not [c for c in shown if (ord(c) < 32 and c not in SAFE) or 127 <= ord(c) < 160 or c in "\u202a\u202e\u2066\u2069"]
    assert len(harmless(text)) == len(text)


def test_what_is_printed_of_a_page_and_its_name_is_harmless(
    tmp_path: Path, world_index: Path, taxonomy: Taxonomy, capfd: pytest.CaptureFixture[str]
) -> None:
    sources = world.write_world(tmp_path / "sources", taxonomy)
    texts = {"Environment": (f"Hostile falcons {HOSTILE} live by the lake and are sold to sailors every spring.",)}
    (sources / "2021" / "niger.txt").write_text(world.page("Niger", 2021, taxonomy, texts), encoding="utf-8")
    (sources / "2021" / "a\x1b[31mb.txt").write_text("no page", encoding="utf-8")
    index = str(shutil.copytree(world_index, tmp_path / "index"))
    assert main(["build", "--index", index, "--sources", str(sources)]) == 0
    main(["ask", "Who buys the hostile falcons of Niger?", "--index", index])
    main(["info", "--index", index])
    out, err = capfd.readouterr()
    assert "Hostile falcons" in out and "b.txt" in out + err
    assert not [c for c in out + err if (ord(c) < 32 and c not in "\n\t\r") or 127 <= ord(c) < 160 or c == "\u202e"]


def test_an_address_cannot_end_a_field_of_a_citation(taxonomy: Taxonomy) -> None:
    from datetime import date

    source = Source("PER", 2021, "https://ocindex.net/2021/country/peru},note={made up")
    entry = as_bibtex([source], taxonomy, date(2026, 1, 2))
    assert entry.count("{") == entry.count("}") and "note=" not in entry.replace("%7D,note=%7B", "")
