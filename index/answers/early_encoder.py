"""Opens the encoder while the rest of the program is still loading, in a process that answers a single question.

Whether a question needs the encoder can be seen from its words alone, before an index is opened.
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
from index.questions.kind import kind_of
from index.questions.names import build_gazetteer
from index.questions.question import understand
from index.questions.slots import slots_of

if TYPE_CHECKING:
    from index.generations.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class EarlyEncoder:
    """The encoder of a generation, being opened in the background."""

    generation: str
    encoder: LazyEncoder

    def given_to(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with this encoder, if both are of the same generation."""
        return replace(snapshot, encoder=self.encoder) if snapshot.manifest.name == self.generation else snapshot


def early_encoder(index: Path, text: str) -> EarlyEncoder | None:
    """Start opening the encoder of the published generation if the question is about text.

    None if it is not, or if anything is wrong: opening the index and asking will report it.
    """
    try:
        taxonomy = load_taxonomy()
        reading = understand(text, build_gazetteer(taxonomy), taxonomy.editions).reading
        if kind_of(slots_of(reading)) is not Kind.PASSAGES:
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
