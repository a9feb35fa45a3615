"""Pages of the invented world as people save them: HTML with a head, MHTML, copies without a head, PDF in two columns."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Mapping

from fpdf import FPDF
from world import TEXTS, scores_of

from corpus.taxonomy import Taxonomy


def markup(text: str, head: str = "", before: str = "") -> str:
    """A page's text as HTML, with more in its head and between doctype and root."""
    blocks = "".join(f"<div><p>{block}</p></div>\n" for block in text.split("\n\n"))
    return f'<!DOCTYPE html>\n{before}<html lang="en"><head><meta charset="utf-8">{head}</head><body>{blocks}</body></html>\n'


def archive(
    page: str,
    address: str,
    *,
    encoding: str = "quoted-printable",
    charset: str = "utf-8",
    snapshot: bool = True,
    line: str = "\r\n",
) -> bytes:
    """The page as a browser's MHTML: its styles and a frame are parts too."""
    raw = page.encode(charset)
    body = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(encoding, bytes)(raw).decode("latin-1")
    lines = [
        "From: <Saved by Blink>",
        *([f"Snapshot-Content-Location: {address}"] if snapshot else []),
        "MIME-Version: 1.0",
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="--Frontier--"',
        "",
        "",
        "----Frontier--",
        f'Content-Type: text/html; charset="{charset}"',
        f"Content-Transfer-Encoding: {encoding}",
        f"Content-Location: {address}",
        "",
        body,
        "----Frontier--",
        "Content-Type: text/css",
        "Content-Location: https://ocindex.net/style.css",
        "",
        "p { color: red }",
        "----Frontier--",
        "Content-Type: text/html",
        "Content-Location: cid:frame",
        "",
        "<html><body>Hats in a frame</body></html>",
        "----Frontier----",
        "",
    ]
    return "\n".join(lines).replace("\n", line).encode("latin-1")


def headless(text: str) -> str:
    """A page copied from its first score on."""
    return text[text.rindex("\n\n", 0, text.index("\n\nCriminality score")) + 2 :]


def pdf(
    country: str,
    edition: int,
    taxonomy: Taxonomy,
    texts: Mapping[str, tuple[str, ...]] | None = None,
    *,
    across: bool = False,
    password: str = "",
) -> bytes:
    """A profile as a PDF: head with country and year, scores beside their names, running text in two columns.

    `across` draws the lines of both columns in turn, as some programs do.
    """
    document = FPDF(format="A4")
    document.set_auto_page_break(False)
    if password:
        document.set_encryption(owner_password=f"{password}!", user_password=password)
    document.add_page()
    document.set_font("Helvetica", size=22)
    document.text(20, 25, country.upper())
    document.set_font("Helvetica", size=12)
    document.text(20, 33, f"Global Organized Crime Index {edition}")
    document.set_font("Helvetica", size=9)
    places = [*_score_places(country, edition, taxonomy)]
    for x, y, word in sorted(places, key=lambda place: (place[1], place[0])) if across else places:
        document.text(x, y, word)
    lines = _running_text(document, edition, taxonomy, TEXTS[country] if texts is None else texts)
    columns = [lines[at : at + 56] for at in range(0, len(lines), 56)]
    for at in range(0, len(columns), 2):
        document.add_page()
        drawn = [
            (20 + 92 * c, 22 + 4.5 * n, line) for c, column in enumerate(columns[at : at + 2]) for n, line in enumerate(column)
        ]
        drawn += [(20, 10, "Organized Crime Index"), (100, 290, str(document.page_no()))]
        for x, y, word in sorted(drawn, key=lambda place: (place[1], place[0])) if across else drawn:
            heading = word in {section.name for section in taxonomy.sections}
            document.set_font("Helvetica", style="B" if heading else "", size=11 if heading else 9)
            document.text(x, y, word)
    return bytes(document.output())


def _score_places(country: str, edition: int, taxonomy: Taxonomy) -> list[tuple[float, float, str]]:
    values = scores_of(country, edition, taxonomy)
    places: list[tuple[float, float, str]] = []
    rows = {"criminality": 0, "resilience": 0}
    for indicator in taxonomy.measured(edition):
        name = f"{indicator.name} score" if indicator.id in ("criminality", "resilience") else indicator.name
        change = "" if edition == 2021 else " n/a" if indicator.since == edition else " -0.50"
        x, y = (20 if indicator.pillar == "criminality" else 110), 45 + 6 * rows[indicator.pillar]
        places += [(x, y, name), (x + 70, y, f"{values[indicator.id]:.2f}{change}")]
        rows[indicator.pillar] += 1
    return places


def _running_text(document: FPDF, edition: int, taxonomy: Taxonomy, texts: Mapping[str, tuple[str, ...]]) -> list[str]:
    lines: list[str] = []
    for section in taxonomy.sections:
        lines += ["", section.name]
        new = edition == 2021 and section.name in ("Cyber Crimes", "Financial Crimes")
        for paragraph in ("*first included in the 2023 iteration",) if new else texts.get(section.name, ()):
            line = ""
            for word in paragraph.split():
                if document.get_string_width(f"{line} {word}") > 80:
                    lines.append(line)
                    line = word
                else:
                    line = f"{line} {word}".strip()
            lines += [line, ""]
    return lines
