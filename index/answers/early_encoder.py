"""Opens the question reader, the encoder and the judge while the rest of the program is loading, where a process answers a single
question.

Whether a question is likely to need them can be seen from its words alone, before an index is opened.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import OcqaError
from corpus.taxonomy import load_taxonomy
from index.contract.answer_kind import Kind
from index.generations import folders
from index.generations.question_encoders import LazyEncoder, openers
from index.judging.judge import judge
from index.meaning.candidate import ABOUT, NONE, OUT, TEXT
from index.meaning.learned import learned_reader
from index.meaning.masked import masked
from index.meaning.question_reader import question_reader
from index.questions.cues import Role
from index.questions.kind import kind_of
from index.questions.names import build_gazetteer
from index.questions.question import understand
from index.questions.slots import slots_of
from index.questions.spans import Reading

if TYPE_CHECKING:
    from index.generations.snapshot import Snapshot


# From this chance on that it is not about scores, it may have to be encoded to be searched for.
_MAY_BE_SEARCHED = 0.5


@dataclass(frozen=True, slots=True)
class EarlyEncoder:
    """The encoder of a generation, being opened in the background."""

    generation: str
    encoder: LazyEncoder

    def given_to(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with this encoder, if both are of the same generation."""
        return replace(snapshot, encoder=self.encoder) if snapshot.manifest.name == self.generation else snapshot


def early_encoder(index: Path, text: str) -> EarlyEncoder | None:
    """Start opening what the question is likely to need: the question reader, the judge, and the encoder of the published
    generation.

    None if it is not likely to need the encoder, or if anything is wrong: opening the index and asking will report it.
    """
    try:
        taxonomy = load_taxonomy()
        reading = understand(text, build_gazetteer(taxonomy), taxonomy.editions).reading
        words = learned_reader().read(masked(reading)).kinds
        uncertain, searched = _is_uncertain(reading), _may_be_searched(words)
        if uncertain or searched:
            # Imported before a thread starts, because there it would wait for this thread again and again.
            import_module("index.encoders.onnx_reading")
        if uncertain:
            threading.Thread(target=_opened, args=(question_reader,)).start()
        if not searched:
            return None
        threading.Thread(target=_opened, args=(judge,)).start()
        folder = folders.current_folder(index)
        manifest = folders.read_manifest(folder)
    except Exception:  # whoever asks meets it again, where it becomes an error message or an answer
        return None
    encoder = LazyEncoder(manifest.model, *openers(folder, manifest))
    encoder.begin()
    return EarlyEncoder(manifest.name, encoder)


def _opened(reader: Callable[[], object]) -> None:
    with suppress(OcqaError):
        reader()


def _is_uncertain(reading: Reading) -> bool:
    """Whether words alone are not enough to read a question: a number or a word that the parser does not know stands in it."""
    slots = slots_of(reading)
    numbers = any(span.role in (Role.NUMBER, Role.AMOUNT) for span in reading.spans)
    return kind_of(slots) is Kind.PASSAGES or bool(slots.unknown) or numbers


def _may_be_searched(kinds: Mapping[str, float]) -> bool:
    """Whether a question may be about text or about the Index itself."""
    return sum(kinds.get(kind, 0.0) for kind in (TEXT, ABOUT, OUT, NONE)) >= _MAY_BE_SEARCHED
