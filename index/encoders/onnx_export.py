"""Exporting a model as an ONNX graph that encodes questions. The weights stay in the model's own file.

Running the graph needs neither torch nor a second copy of the weights. The only module that imports onnx.
"""

from __future__ import annotations

import hashlib
import json
import logging
import struct
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.errors import ModelError

if TYPE_CHECKING:
    from onnx import ModelProto, TensorProto
    from sentence_transformers import SentenceTransformer

INPUTS = ("input_ids", "attention_mask")
OUTPUTS = ("sentence_embedding", "token_embeddings")
# Tensors smaller than this, in bytes, stay in the graph.
_SMALL = 1024


@dataclass(frozen=True, slots=True)
class _Stored:
    """A tensor in a weights file: the file's name in the model's folder, and the tensor's offset and length in bytes."""

    file: str
    offset: int
    length: int


def exported_graph(model: SentenceTransformer, folder: Path) -> bytes:
    """The graph of all modules of a model, for any number of texts of any length.

    Inputs int64[texts, tokens]: token ids and attention mask. Outputs float32[texts, dimension] and
    float32[texts, tokens, dimension]. Weights found in a safetensors file of the folder are references into that file.
    Raises ModelError if the model cannot be traced.
    """
    try:
        graph = _traced(model)
    except Exception as error:  # the exporter raises many kinds
        raise ModelError(f"the model cannot be exported ({type(error).__name__}: {str(error)[:200]})") from error
    strip_traces(graph)
    point_to_weights(graph, folder)
    return bytes(graph.SerializeToString(deterministic=True))


def _traced(model: SentenceTransformer) -> ModelProto:
    import torch

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.parts = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            features = {"input_ids": input_ids, "attention_mask": attention_mask, "token_type_ids": torch.zeros_like(input_ids)}
            for part in self.parts:
                features = part(features)
            return features[OUTPUTS[0]], features[OUTPUTS[1]]

    ids = torch.ones((2, 8), dtype=torch.int64)
    free = {0: torch.export.Dim("texts"), 1: torch.export.Dim("tokens", min=2, max=int(model.max_seq_length or 512))}
    logger = logging.getLogger("torch.onnx")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            program = torch.onnx.export(
                Whole().eval(),
                (ids, torch.ones_like(ids)),
                input_names=list(INPUTS),
                output_names=list(OUTPUTS),
                dynamic_shapes=(free, free),
                dynamo=True,
                verbose=False,
            )
    finally:
        logger.setLevel(level)
    assert program is not None
    return program.model_proto


def strip_traces(model: ModelProto) -> None:
    """Remove what the tracing recorded of itself: lines of code and paths."""
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.value_info, *graph.initializer):
        part.ClearField("doc_string")
        part.ClearField("metadata_props")
    graph.ClearField("value_info")


def point_to_weights(model: ModelProto, folder: Path) -> None:
    """Make every weight that a safetensors file of a model's folder holds a reference into that file."""
    from onnx import helper, numpy_helper

    stored = _stored_tensors(folder)
    transposed = []
    for tensor in model.graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.nbytes < _SMALL:
            continue
        place = stored.get(_digest(values))
        if place is None and values.ndim == 2 and (place := stored.get(_digest(values.T))) is not None:
            # The exporter transposed a matrix, which a node can do as well.
            transposed.append(helper.make_node("Transpose", [f"{tensor.name}.transposed"], [tensor.name], perm=[1, 0]))
            tensor.name = f"{tensor.name}.transposed"
            tensor.dims.reverse()
        if place is not None:
            _name_place(tensor, place)
    for node in transposed:
        model.graph.node.insert(0, node)


def _name_place(tensor: TensorProto, place: _Stored) -> None:
    from onnx import TensorProto

    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", place.file), ("offset", str(place.offset)), ("length", str(place.length))):
        tensor.external_data.add(key=key, value=value)


def _stored_tensors(folder: Path) -> dict[bytes, _Stored]:
    """The tensors in the safetensors files of a model's folder, by the hash of their bytes."""
    found: dict[bytes, _Stored] = {}
    for path in sorted(folder.rglob("*.safetensors")):
        with path.open("rb") as stream:
            (length,) = struct.unpack("<Q", stream.read(8))
            header: dict[str, Any] = json.loads(stream.read(length))
            begin = stream.tell()
            for name, tensor in header.items():
                if name != "__metadata__":
                    first, end = tensor["data_offsets"]
                    stream.seek(begin + first)
                    place = _Stored(path.relative_to(folder).as_posix(), begin + first, end - first)
                    found[hashlib.sha256(stream.read(end - first)).digest()] = place
    return found


def _digest(values: np.ndarray[Any, Any]) -> bytes:
    return hashlib.sha256(np.ascontiguousarray(values).tobytes()).digest()
