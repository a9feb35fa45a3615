"""The judge's weights in four bits (`index.judging.packed`): how they are rounded while it learns, and how it is stored."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
import onnx
import torch
from judge_network import Judge, own_ids
from onnx import TensorProto, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from start_encoder import exported
from torch import nn

from index.encoders.onnx_export import strip_traces
from index.judging.judge import DIMENSION, LONGEST
from index.judging.judge_file import ABOUT, GRAPH, MATRICES, WORDS
from index.judging.packed import BLOCK

# The largest product of a weight and its multiplier, and the largest weight that the multiplier is chosen for.
_LARGEST, _OWN = 120.0, 7.6
# Smaller matrices are stored as they are.
_LEAST = 500_000
_NOTHING = 1e-8


class Rounded(NamedTuple):
    """A matrix as weights in -8..7 [rows, blocks, BLOCK], multipliers in 1..15 [rows, blocks] and scales [rows]. Rounding it once
    more would give another."""

    weights: torch.Tensor
    multipliers: torch.Tensor
    scales: torch.Tensor


def rounded(matrix: torch.Tensor) -> Rounded:
    blocks = matrix.reshape(matrix.shape[0], -1, BLOCK)
    most = blocks.abs().amax(2)
    scales = (most.amax(1) / _LARGEST).clamp(min=_NOTHING).half().float()
    multipliers = torch.ceil(most / (_OWN * scales[:, None])).clamp(1, 15)
    return Rounded(torch.round(blocks / (scales[:, None] * multipliers)[:, :, None]).clamp(-8, 7), multipliers, scales)


def restored(part: Rounded) -> torch.Tensor:
    """The matrix of what `rounded` gives."""
    return (part.weights * (part.scales[:, None] * part.multipliers)[:, :, None]).reshape(len(part.weights), -1)


def matrices_of(network: nn.Module) -> dict[str, nn.Parameter]:
    """The matrices that are learned and stored in four bits."""
    return {n: p for n, p in network.named_parameters() if p.requires_grad and p.ndim == 2 and p.numel() > _LEAST}


@contextmanager
def in_bytes(network: nn.Module) -> Iterator[None]:
    """Within it, the network runs on its rounded matrices; gradients are taken there and count for the exact ones."""
    kept = {name: weights.data for name, weights in matrices_of(network).items()}
    for weights in matrices_of(network).values():
        weights.data = restored(rounded(weights.data))
    try:
        yield
    finally:
        for name, weights in matrices_of(network).items():
            weights.data = kept[name]


def rounded_words(network: Judge) -> Rounded:
    """The word vectors as they are stored. From here on the network reads these, and does not learn them."""
    words = network.model.embeddings.word_embeddings.weight
    part = rounded(words.data)
    words.data = restored(part)
    words.requires_grad_(False)
    return part


def write_judge(
    folder: Path, network: Judge, matrices: Mapping[str, Rounded], words: Rounded, vocabulary: int, about: Mapping[str, Any]
) -> None:
    """The files of a judge with these rounded matrices and word vectors, for a tokenizer with so many words."""
    network = network.cpu().eval()
    own = own_ids(torch.arange(vocabulary))
    np.save(folder / WORDS, _stored_words(Rounded(*(part[own] for part in words))))
    for name, weights in matrices_of(network).items():
        weights.data = restored(matrices[name])
    positions = network.model.embeddings.position_embeddings
    positions.weight = nn.Parameter(positions.weight.data[: LONGEST + positions.padding_idx + 1])
    row = (torch.zeros((1, 8, DIMENSION)), *(torch.zeros((1, 8), dtype=torch.int64) for _ in range(2)))
    graph = _multiplied_in_bytes(exported(network, row, ("words", "texts", "tags"), ("whole", "each"), LONGEST))
    table, stored = _taken_out(graph, matrices)
    strip_traces(graph)
    (folder / GRAPH).write_bytes(graph.SerializeToString(deterministic=True))
    np.save(folder / MATRICES, np.concatenate(stored))
    (folder / ABOUT).write_text(json.dumps({**about, "matrices": table}, indent=1) + "\n", encoding="utf-8")


def _multiplied_in_bytes(graph: onnx.ModelProto) -> onnx.ModelProto:
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "whole.onnx", Path(folder) / "bytes.onnx"
        onnx.save(graph, source)
        quantize_dynamic(source, target, op_types_to_quantize=["MatMul", "Gemm"], weight_type=QuantType.QInt8, per_channel=True)
        return onnx.load(target)


def _taken_out(graph: onnx.ModelProto, parts: Mapping[str, Rounded]) -> tuple[list[tuple[str, int, int]], list[np.ndarray]]:
    """Name and shape of each matrix that is given to the graph when it is opened, and how it is stored; its scales stay."""
    held = {tensor.name: tensor for tensor in graph.graph.initializer}
    whole = {name: restored(part).T.numpy() for name, part in parts.items()}
    table, stored = [], []
    for node in graph.graph.node:
        name = node.input[1] if node.op_type == "MatMulInteger" else ""
        if name not in held or np.prod(held[name].dims) <= _LEAST:
            continue
        scales = held[name.replace("_quantized", "_scale")]
        values = numpy_helper.to_array(held[name]) * numpy_helper.to_array(scales)
        # The exporter names matrices anew, so each is found by its values.
        near = {n: float(np.abs(w[:8] - values[:8]).mean()) for n, w in whole.items() if w.shape == values.shape}
        part = parts[min(near, key=lambda n: near[n])]
        stored += _stored_matrix(part)
        scales.CopyFrom(numpy_helper.from_array(part.scales.numpy(), scales.name))
        table.append((name, *values.shape))
        held[name].ClearField("raw_data")
        held[name].data_location = TensorProto.EXTERNAL
        held[name].external_data.add(key="location", value=MATRICES)
    return table, stored


def _stored_matrix(part: Rounded) -> tuple[np.ndarray, np.ndarray]:
    """As `packed.matrix` reads it: the graph's matrices have a column for each row of the network's."""
    turned = (part.weights.reshape(len(part.weights), -1).T.numpy() + 8).astype(np.uint8)
    return (turned[0::2] | turned[1::2] << 4).ravel(), part.multipliers.T.numpy().astype(np.uint8).ravel()


def _stored_words(part: Rounded) -> np.ndarray:
    """As `packed.word_vectors` reads them."""
    flat = (part.weights.reshape(len(part.weights), -1).numpy() + 8).astype(np.uint8)
    ends = part.scales.numpy().astype(np.float16).reshape(-1, 1).view(np.uint8)
    return np.concatenate([flat[:, 0::2] | flat[:, 1::2] << 4, part.multipliers.numpy().astype(np.uint8), ends], 1)
