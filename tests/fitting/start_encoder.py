"""The packaged encoder as the start of a network that learns to read, and how such a network is stored.

Where a small change is enough, its matrices get differences of low rank (LoRA, Hu et al. 2021), which alone are learned and
stored: a megabyte or two. What stays of the encoder's own weights is read from its file.
"""

from __future__ import annotations

import json
import logging
import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from transformers import AutoModel

from index.encoders.model_files import model_folder
from index.encoders.onnx_export import point_to_weights, strip_traces
from index.encoders.onnx_reading import DESCRIBED
from index.encoders.protocol import PACKAGED_MODEL

# Matrices of the file are stored in half precision from this size in bytes on.
_SMALL = 1024


@dataclass(frozen=True)
class Learning:
    """How a network learns: the rates inside the encoder and beside it; rows in a batch differ in length by about `mixed`."""

    seed: int
    epochs: float
    batch: int
    rate: float
    rate_beside: float
    decay: float
    mixed: float


class Changed(nn.Module):
    """A linear layer with a difference of low rank."""

    def __init__(self, layer: nn.Linear, rank: int) -> None:
        super().__init__()
        self.layer = layer
        self.narrow = nn.Linear(layer.in_features, rank, bias=False)
        self.wide = nn.Linear(rank, layer.out_features, bias=False)
        nn.init.normal_(self.narrow.weight, std=1 / math.sqrt(layer.in_features))
        nn.init.zeros_(self.wide.weight)

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        return self.layer(rows) + self.wide(self.narrow(rows))


def changed_encoder(rank: int) -> Any:
    """The packaged encoder, every matrix of its layers with a difference that starts at nothing."""
    model = AutoModel.from_pretrained(str(model_folder(PACKAGED_MODEL)), attn_implementation="sdpa")
    for weights in model.parameters():
        weights.requires_grad_(False)
    for layer in model.encoder.layer:
        own = layer.attention.self
        own.query, own.key, own.value = (Changed(part, rank) for part in (own.query, own.key, own.value))
        for part in (layer.attention.output, layer.intermediate, layer.output):
            part.dense = Changed(part.dense, rank)
    return model


def learned_in(network: nn.Module) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
    """The parameters that are learned of a network with an encoder named `model`: those inside it, those beside it."""
    named = [(name, weights) for name, weights in network.named_parameters() if weights.requires_grad]
    inside = [weights for name, weights in named if name.startswith("model.")]
    return inside, [weights for name, weights in named if not name.startswith("model.")]


def learned_state(network: nn.Module) -> dict[str, torch.Tensor]:
    """The weights that are learned, to be loaded with `strict=False`."""
    learned = {name for name, weights in network.named_parameters() if weights.requires_grad}
    return {name: weights for name, weights in network.state_dict().items() if name in learned}


def learn(
    network: nn.Module,
    lengths: Sequence[int],
    loss_of: Callable[[list[int]], torch.Tensor],
    how: Learning,
    after: Callable[[int, float], None],
    around: Callable[[float], AbstractContextManager[None]] = lambda left: nullcontext(),
) -> None:
    """Learn from rows of these lengths in tokens. `loss_of` gives the loss of some rows, by position; `after` is told each epoch
    that has passed, from 1, and its mean loss; a step runs within what `around` gives for the number of epochs left."""
    random = np.random.default_rng(how.seed)
    device = next(network.parameters()).device.type
    inside, beside = learned_in(network)
    groups = [{"params": inside, "lr": how.rate}, {"params": beside, "lr": how.rate_beside}]
    optimizer = torch.optim.AdamW(groups, weight_decay=how.decay)
    whole = math.ceil(len(lengths) / how.batch)
    left = round(how.epochs * whole)
    rates = [how.rate, how.rate_beside]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total_steps=left + 2, pct_start=0.1)
    for epoch in range(1, math.ceil(how.epochs) + 1):
        # Rows of about the same length are together, so that little is padding.
        by_length = np.argsort(np.array(lengths) + how.mixed * random.random(len(lengths)), kind="stable")
        parts = [by_length[at : at + how.batch].tolist() for at in range(0, len(lengths), how.batch)]
        order, total = random.permutation(len(parts))[:left], 0.0
        for part in order:
            optimizer.zero_grad()
            # Half precision is more than twice as fast here, and as good.
            with around(left / whole):
                with torch.autocast(device, dtype=torch.bfloat16):
                    loss = loss_of(parts[part])
                loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_([*inside, *beside], 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
            left -= 1
        after(epoch, total / len(order))


def exported(
    network: nn.Module, row: tuple[torch.Tensor, ...], inputs: Sequence[str], outputs: Sequence[str], longest: int
) -> onnx.ModelProto:
    """A network as an ONNX graph of a single row of each input, [1, tokens, ...] like those of `row`."""
    free = {1: torch.export.Dim("tokens", min=2, max=longest)}
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        program = torch.onnx.export(
            network.eval(),
            row,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_shapes=(free,) * len(inputs),
            dynamo=True,
            verbose=False,
        )
    assert program is not None
    return program.model_proto


def write_graph(
    path: Path, network: nn.Module, inputs: Sequence[str], outputs: Sequence[str], longest: int, described: Mapping[str, object]
) -> None:
    """A network as an ONNX graph of a single row of each input, int64[1, tokens], with what describes it; weights of the encoder
    are references into its file."""
    folder = model_folder(PACKAGED_MODEL)
    assert folder is not None
    ids = torch.ones((1, 8), dtype=torch.int64)
    graph = exported(network, (ids, *(torch.zeros_like(ids) for _ in inputs[1:])), inputs, outputs, longest)
    strip_traces(graph)
    point_to_weights(graph, folder)
    _halved(graph)
    entry = graph.metadata_props.add()
    entry.key, entry.value = DESCRIBED, json.dumps(described)
    path.write_bytes(graph.SerializeToString(deterministic=True))


def _halved(graph: onnx.ModelProto) -> None:
    """Store the weights that were learned in half precision."""
    for tensor in graph.graph.initializer:
        if tensor.data_location == TensorProto.EXTERNAL or tensor.data_type != TensorProto.FLOAT:
            continue
        values = numpy_helper.to_array(tensor)
        if values.nbytes >= _SMALL:
            name = tensor.name
            tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
            graph.graph.node.insert(0, helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
