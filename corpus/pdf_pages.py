"""Profile PDFs: their words with places on the page, and what keeps them from being read.

pdfplumber gives the places. The order in which a PDF draws its text, which pypdf follows, is that of the columns in some files
and runs across them in others; `pdf_columns` goes by the white space between columns instead.
"""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

from corpus.errors import SourceError
from corpus.pdf_columns import Piece, reading_order

if TYPE_CHECKING:
    from pdfplumber.page import Page

# A profile has fewer pages and words, and a page of text has more words.
_PAGES, _WORDS, _FEWEST = 40, 60_000, 40
_SAVE = "save the profile page from the site as HTML or text instead"


def pdf_text(data: bytes) -> str:
    """The text of a PDF in reading order, a blank line between paragraphs.

    Raises SourceError if it is damaged, has a password, has no text layer, or is too long for a profile.
    """
    import pdfplumber  # takes a while to load
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    # It writes a line to the terminal for each font that it cannot measure.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    pages: list[tuple[float, list[Piece]]] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > _PAGES:
                raise _too_long(f"{len(document.pages)} pages, more than {_PAGES}")
            for page in document.pages:
                pages.append((float(page.height), _words(page)))
                if sum(len(words) for _, words in pages) > _WORDS:
                    raise _too_long(f"more than {_WORDS} words")
    except (SourceError, MemoryError):
        raise
    except Exception as error:  # pdfminer raises dozens of kinds for damaged files, wrapped or not
        causes = (error, error.__cause__, *error.args)
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
            raise SourceError("the PDF is protected by a password", f"save it without one, or {_SAVE}") from error
        raise SourceError("the PDF is damaged", f"download it again, or {_SAVE}") from error
    if sum(len(words) for _, words in pages) < _FEWEST:
        raise SourceError("the PDF has no text in it, only pictures of the pages", f"run text recognition over it, or {_SAVE}")
    return reading_order(pages)


def _too_long(what: str) -> SourceError:
    return SourceError(f"the PDF has {what}", "save the PDF of one country's profile, or remove the file")


def _words(page: Page) -> list[Piece]:
    found = page.extract_words(extra_attrs=["fontname", "size"])
    page.close()
    return [
        Piece(
            w["text"], float(w["x0"]), float(w["x1"]), float(w["top"]), float(w["bottom"]), str(w["fontname"]), round(w["size"])
        )
        for w in found
    ]
