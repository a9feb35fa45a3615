"""A process that has the model open and forks a build whenever it is told to, so that builds can be killed by the hundred.

It has never computed anything itself, so its children start with sound libraries. One JSON object a line on stdin (index,
sources and what is to happen to the child), one a line on stdout: {"pid": …} when the child has begun, {"status": …, "said": …}
when it has ended.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import threading
from pathlib import Path

from index.generations import folders

os.environ.update(OMP_NUM_THREADS="1", TOKENIZERS_PARALLELISM="false", HF_HUB_OFFLINE="1")

import torch
import tqdm

from corpus.errors import OcqaError
from corpus.sources import load_corpus
from corpus.taxonomy import load_taxonomy
from index.builder.build import build_index
from index.builder.phases import Phases
from index.encoders.sentence_transformer import open_encoder


def child(order: dict[str, object], encoder: object, taxonomy: object) -> str:
    """The build, with what is ordered to go wrong; gives the error a user would see."""
    torch.set_num_threads(1)
    if order.get("file_limit"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(order["file_limit"]), resource.RLIM_INFINITY))
    if order.get("user"):
        # The process that reads files begins now: another user may not be allowed to start Python.
        load_corpus([Path(str(order["sources"]))], taxonomy)
        os.setuid(int(order["user"]))
    told = iter(range(10**6))

    def progress(what: str, done: int, total: int) -> None:
        if next(told) == order.get("die_at"):
            os.kill(os.getpid(), signal.SIGKILL)
        if (what, done) == ("publish", 0) and order.get("fill"):
            fill(Path(str(order["fill"])))

    if order.get("die_in"):
        die_in(str(order["die_in"]))
    try:
        corpus = load_corpus([Path(str(order["sources"]))], taxonomy)
        build_index(corpus, Path(str(order["index"])), encoder, taxonomy, Phases(progress))
    except OcqaError as error:
        return f"{type(error).__name__}: {error.message}"
    return f"told {next(told)} times"


def die_in(function: str) -> None:
    """Kill this process when it is about to call a function of the publication, or right after it ("after publish")."""
    after = function.startswith("after ")
    name = function.removeprefix("after ")
    original = getattr(folders, name)

    def deadly(*arguments: object) -> object:
        if not after:
            os.kill(os.getpid(), signal.SIGKILL)
        original(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(folders, name, deadly)


def fill(path: Path) -> None:
    """Use up what is left of a disk, to the last byte."""
    with path.open("wb", buffering=0) as stream:
        for size in (2**16, 2**10, 1):
            try:
                while True:
                    stream.write(b"x" * size)
            except OSError:
                continue


def main() -> None:
    # Its thread may hold a lock at the moment of a fork, and the child would wait for it forever.
    tqdm.tqdm.monitor_interval = 0
    # Its own lock is shared by all processes: a child that is killed while it holds it would hold up every later one.
    tqdm.tqdm.set_lock(threading.RLock())
    taxonomy = load_taxonomy()
    encoder = open_encoder()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            try:
                said = child(order, encoder, taxonomy)
            except BaseException as error:
                said = f"{type(error).__name__}: {error}"
            os.write(writing, said.encode()[:60_000])
            os._exit(0)
        os.close(writing)
        print(json.dumps({"pid": pid}), flush=True)
        with os.fdopen(reading, encoding="utf-8") as stream:
            said = stream.read()
        _, status = os.waitpid(pid, 0)
        print(json.dumps({"status": status, "said": said}), flush=True)


if __name__ == "__main__":
    main()
