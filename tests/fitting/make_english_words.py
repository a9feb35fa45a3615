"""Makes `index/data/english_words.txt.gz`, the words that are never corrected into a name. Not a test: run it by hand.

    python tests/fitting/make_english_words.py

The words come from the English dictionary of pyspellchecker (MIT licence), which was counted in film subtitles (OpenSubtitles).
Only words that `index.questions.spelling` can look up are kept: five or more ASCII letters. They are sorted, one per line, below
a comment that names the source.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from spellchecker import SpellChecker

TARGET = Path(__file__).resolve().parents[2] / "index" / "data" / "english_words.txt.gz"
HEADER = "# English words of five letters or more, from pyspellchecker (MIT licence; counted in OpenSubtitles).\n"


def word_file() -> str:
    """The whole text of the file, the same on every run."""
    known = SpellChecker(language="en").word_frequency.words()
    words = sorted(word for word in known if len(word) >= 5 and word.isascii() and word.isalpha() and word.islower())
    return HEADER + "".join(f"{word}\n" for word in words)


if __name__ == "__main__":
    # No time and no name in the file, so that the same words give the same bytes.
    TARGET.write_bytes(gzip.compress(word_file().encode(), 9, mtime=0))
