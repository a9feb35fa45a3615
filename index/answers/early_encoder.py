"""Opens the encoder while the rest of the program is still loading, in a process that answers a single question.

Whether a question is likely to need the encoder can be seen from its words alone, before an index is opened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.taxonomy import load_taxonomy
from index.contract.answer_kind import Kind
from index.generations import folders
from index.generations.question_encoders import LazyEncoder, openers
from index.meaning.learned import learned_reader
from index.meaning.masked import masked
from index.questions.kind import kind_of
from index.questions.names import build_gazetteer
from index.questions.question import understand
from index.questions.slots import slots_of
from index.questions.spans import Reading

if TYPE_CHECKING:
    from index.generations.snapshot import Snapshot


# Below this chance of its kind by words alone, a question is read with its vector too.
_CERTAIN = 0.9


@dataclass(frozen=True, slots=True)
class EarlyEncoder:
    """The encoder of a generation, being opened in the background."""

    generation: str
    encoder: LazyEncoder

    def given_to(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with this encoder, if both are of the same generation."""
        return replace(snapshot, encoder=self.encoder) if snapshot.manifest.name == self.generation else snapshot


def early_encoder(index: Path, text: str) -> EarlyEncoder | None:
    """Start opening the encoder of the published generation if the question is likely to need it.

    None if it is not, or if anything is wrong: opening the index and asking will report it.
    """
    try:
        taxonomy = load_taxonomy()
        if not _needs_vector(understand(text, build_gazetteer(taxonomy), taxonomy.editions).reading):
            return None
        folder = folders.current_folder(index)
        manifest = folders.read_manifest(folder)
    except Exception:  # whoever asks meets it again, where it becomes an error message or an answer
        return None
    # Imported before the thread starts, because there it would wait for this thread again and again.
    import_module("index.encoders.onnx_question")
    encoder = LazyEncoder(manifest.model, *openers(folder, manifest))
    encoder.begin()
    return EarlyEncoder(manifest.name, encoder)


def _needs_vector(reading: Reading) -> bool:
    """Whether a question is about text, or words alone may not be enough to read it."""
    slots = slots_of(reading)
    if kind_of(slots) is Kind.PASSAGES or slots.unknown:
        return True
    return max(learned_reader().read(masked(reading)).kinds.values()) < _CERTAIN
