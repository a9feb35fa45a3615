"""Work spread over Ray processes, on this machine or on many. The only module that imports Ray, and only when it is used.

Ray Data hands texts to workers part by part; every worker opens the model once. A text has the same bits in any batch (see
`index.encoders.sentence_transformer`), so an index built this way equals one built by a single process byte for byte, provided
that all workers compute identically. Each worker proves that before it embeds anything.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import ModelError, OcqaError
from index.answers.answer import ask
from index.builder.embedding import recipe_difference, vector_recipe
from index.contract.answer_object import Answer
from index.encoders.protocol import Encoded, Encoder, ModelSpec, Progress, Vectors
from index.encoders.sentence_transformer import open_encoder
from index.generations.snapshot import open_snapshot

# How many texts go to a worker at a time: seconds of work, and a few megabytes of vectors to send back.
_PART = 64
# In seconds.
_PATIENCE = 10
_PROBE = "Every worker must give this sentence the same bits."
INSTALL = 'pip install "ray[data]"'


@contextmanager
def workers(count: int, cluster: str | None = None) -> Iterator[None]:
    """Ray started on this machine for `count` workers, or a running cluster joined at its address; shut down at the end.

    Raises OcqaError if Ray is not installed or the cluster cannot be reached.
    """
    ray = _ray()
    if cluster is not None:
        _check_listening(cluster)
    quiet = {"log_to_driver": False, "logging_level": "error"}
    try:
        if cluster is None:
            ray.init(address="local", num_cpus=count, include_dashboard=False, **quiet)
        else:
            ray.init(address=cluster, **quiet)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise _unreachable(cluster, error) from error
    try:
        yield
    finally:
        ray.shutdown()


def _check_listening(cluster: str) -> None:
    """Raise OcqaError if nothing listens at HOST:PORT: Ray itself would retry for minutes."""
    host, _, port = cluster.rpartition(":")
    if not host or not port.isdecimal():
        raise _unreachable(cluster, ValueError("it is not of the form HOST:PORT"))
    try:
        socket.create_connection((host, int(port)), timeout=_PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise _unreachable(cluster, error) from error


def _unreachable(cluster: str | None, error: Exception) -> OcqaError:
    where = "started" if cluster is None else f"reached at {cluster}"
    return OcqaError(
        f"Ray cannot be {where} ({(str(error) or type(error).__name__).splitlines()[0]})",
        "give the address that ray start --head printed, as HOST:PORT, or leave out --cluster",
    )


def _ray() -> Any:
    # Ray sends usage statistics to its makers unless told not to.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    try:
        import ray
        import ray.data
    except ImportError:
        raise OcqaError("Ray is not installed, so work cannot be spread over workers", f"install it: {INSTALL}") from None
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    ray.data.DataContext.get_current().enable_progress_bars = False
    return ray


class SpreadEncoder:
    """An Encoder whose passages are encoded by `count` workers. Use it inside `workers`.

    `near` is the same model on this machine: it counts tokens, encodes questions and computes what every worker must reproduce.
    """

    def __init__(self, near: Encoder, count: int) -> None:
        self._near = near
        self._count = count

    @property
    def spec(self) -> ModelSpec:
        """The model and its weights."""
        return self._near.spec

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, special tokens excluded."""
        return self._near.count_tokens(texts)

    def encode_question(self, text: str) -> Encoded:
        """A question with its tokens."""
        return self._near.encode_question(text)

    def export_questions(self) -> bytes:
        """The graph that encodes questions (see `index.encoders.onnx_export`). Raises ModelError if it cannot be exported."""
        return self._near.export_questions()

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Rows of unit length, float32[len(texts), dimension]; no texts give shape (0, dimension)."""
        rows = np.zeros((len(texts), self.spec.dimension), dtype=np.float32)
        for part in self._encoded(texts, progress, tokens=False):
            rows[part["at"]] = np.stack(list(part["vector"]))
        return rows

    def encode_chunks(self, texts: Sequence[str], progress: Progress | None = None) -> Iterator[tuple[int, Encoded]]:
        """Each text with its tokens, as (its index in `texts`, its encoding), as workers finish them."""
        for part in self._encoded(texts, progress, tokens=True):
            for at, vector, tokens, spans in zip(part["at"], part["vector"], part["tokens"], part["spans"], strict=True):
                yield int(at), Encoded(np.asarray(vector), np.asarray(tokens), np.asarray(spans))

    def _encoded(self, texts: Sequence[str], progress: Progress | None, *, tokens: bool) -> Iterator[Mapping[str, Any]]:
        """The parts as they are finished, as columns by name. The longest texts start first, so that none is left to the end."""
        if not texts:
            return
        ray = _ray()
        lengths = self._near.count_tokens(texts)
        items = [{"at": i, "text": texts[i]} for i in sorted(range(len(texts)), key=lambda i: (-lengths[i], i))]
        opening = {
            "name": self.spec.name,
            "recipe": vector_recipe(self.spec),
            "probe": self._near.encode_passages([_PROBE]).tobytes(),
            "tokens": tokens,
        }
        done = 0
        parts = -(-len(items) // _PART)
        spread = ray.data.from_items(items, override_num_blocks=parts).map_batches(
            _Worker,
            fn_constructor_kwargs=opening,
            batch_size=None,
            batch_format="numpy",
            compute=ray.data.ActorPoolStrategy(size=min(self._count, parts)),
            num_cpus=1,
        )
        try:
            for part in spread.iter_batches(batch_size=None, batch_format="numpy"):
                if trouble := next((str(said) for said in part["trouble"] if said), ""):
                    raise ModelError(
                        f"a worker does not embed exactly as this machine does ({trouble})",
                        "use the same package versions and the same kind of processor on all machines",
                    )
                yield part
                done += len(part["at"])
                if progress:
                    progress(done, len(texts))
        except ray.exceptions.RayError as error:
            raise _original(error) from error


class _Worker:
    """A Ray process with the model open."""

    def __init__(self, name: str, recipe: Mapping[str, str], probe: bytes, tokens: bool) -> None:
        self._encoder = open_encoder(name)
        self._tokens = tokens
        self._trouble = recipe_difference(recipe, vector_recipe(self._encoder.spec))
        if not self._trouble and self._encoder.encode_passages([_PROBE]).tobytes() != probe:
            self._trouble = "its processor gives different bits for the same text"

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, Any]:
        texts = [str(text) for text in batch["text"]]
        # Returned rather than raised: Ray would wrap the error and retry.
        said = {"at": batch["at"], "trouble": [self._trouble] * len(texts)}
        if self._trouble:
            return said
        if not self._tokens:
            return {**said, "vector": self._encoder.encode_passages(texts)}
        encoded = dict(self._encoder.encode_chunks(texts))
        found = [encoded[i] for i in range(len(texts))]
        return {
            **said,
            "vector": np.stack([e.vector for e in found]),
            "tokens": _ragged([e.tokens for e in found]),
            "spans": _ragged([e.spans for e in found]),
        }


def _ragged(arrays: Sequence[Any]) -> Any:
    """A column of arrays of different lengths."""
    column = np.empty(len(arrays), dtype=object)
    column[:] = arrays
    return column


class ShardProcess:
    """An index opened by a Ray process, on any machine of the cluster. Use it inside `workers`. A `shards.Shard`.

    The folder must be at the same path on every machine. Raises what `open_snapshot` raises.
    """

    def __init__(self, index: Path) -> None:
        self._ray = _ray()
        # An open index mostly waits for questions. If it claimed a core, more shards than cores would never open.
        self._process = self._ray.remote(num_cpus=0, scheduling_strategy="SPREAD")(_Opened).remote()
        self._countries: frozenset[str] = self._got(self._process.open.remote(str(index)))

    @property
    def countries(self) -> frozenset[str]:
        """The countries with a loaded profile."""
        return self._countries

    def ask(self, text: str, limit: int) -> Callable[[], Answer]:
        """Start answering a question; call the result to wait for the answer."""
        awaited = self._process.ask.remote(text, limit)
        return lambda: self._got(awaited)

    def _got(self, awaited: Any) -> Any:
        try:
            return self._ray.get(awaited)
        except self._ray.exceptions.RayError as error:
            raise _original(error) from error


class _Opened:
    """A Ray process with an index open."""

    def open(self, index: str) -> frozenset[str]:
        self._snapshot = open_snapshot(Path(index))
        return frozenset(self._snapshot.text_editions)

    def ask(self, text: str, limit: int) -> Answer:
        return ask(self._snapshot, text, limit=limit)


def _original(error: Exception) -> OcqaError:
    """The OcqaError that a worker raised, or one that says that the worker was lost."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, OcqaError):
        cause = getattr(cause, "cause", None) or cause.__cause__
    lost = f"a Ray worker was lost ({type(error).__name__}: {str(error).strip().splitlines()[0]})"
    return cause if isinstance(cause, OcqaError) else OcqaError(lost, "check the machines of the cluster: ray status")
