"""The encoder opened while the rest of the program is read: what a process does first that answers a single question.

Whether a question wants the encoder is known from its words alone, before any index is opened.
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
    """The encoder of a generation, being opened."""

    generation: str
    encoder: LazyEncoder

    def given_to(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with this encoder, if it is of the same folders."""
        return replace(snapshot, encoder=self.encoder) if snapshot.manifest.name == self.generation else snapshot


def early_encoder(index: Path, text: str) -> EarlyEncoder | None:
    """Begin to open the encoder of the published generation, if the question is one about text.

    None where it is not, and where anything is wrong: whoever opens the index and asks will say what.
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
    # Imported before the thread begins, where it would wait for this one again and again.
    import_module("index.encoders.onnx_question")
    encoder = LazyEncoder(manifest.model, *openers(folder, manifest))
    encoder.begin()
    return EarlyEncoder(manifest.name, encoder)
