"""Which program made a build: one hash of the code and data that decide what a generation stores.

The modules are named one by one, so that rewording an answer does not make the published index look out of date. A test
follows the imports of a build and fails if a module that it reaches is neither listed here nor excused there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

# Modules that decide a stored byte, by package. The ranking weights are not among them: the manifest holds their values, and
# a build compares those.
MODULES: Mapping[str, tuple[str, ...]] = {
    # Reading the sources
    "corpus": (
        "addresses",
        "comparisons",
        "confined",
        "csv_tables",
        "decoding",
        "documents",
        "editions",
        "figures",
        "file_bytes",
        "file_names",
        "folders",
        "formats",
        "integrity",
        "json_tables",
        "languages",
        "name_traps",
        "naming",
        "nesting",
        "page_files",
        "page_kinds",
        "page_owner",
        "page_scores",
        "pages",
        "pagetext",
        "pdf_columns",
        "pdf_pages",
        "reconcile",
        "records",
        "sections",
        "sheet_limits",
        "sheet_parts",
        "sniffing",
        "sources",
        "splitting",
        "taxonomy",
        "webarchives",
        "workbooks",
    ),
    "corpus.grids": ("alike", "cells", "entries", "header", "labels", "own_columns", "place", "places", "reading"),
    # Cutting them into passages, chunks and sentences
    "index.language": ("sentences", "stems"),
    "index.passages": ("coverage", "passage", "passage_file", "problem_file"),
    # Embedding
    "index.encoders": (
        "deferred",
        "mkldnn_linear",
        "model_files",
        "onnx_export",
        "onnx_question",
        "protocol",
        "sentence_transformer",
    ),
    # Storing
    "index.scores": ("score_store",),
    "index.stores": ("bm25_index", "vector_index", "ivf_index", "ivf_tuning", "row_ranges", "token_index"),
    "index.generations": ("folders", "manifest", "question_encoders"),
    "index.builder": ("build", "code_hash", "embedding", "generation_files", "previous_build", "vector_cache"),
}
# Folders of data that these modules read, by package. The axes of token vectors are part of the vector recipe.
DATA: Mapping[str, str] = {"corpus": "data"}
# Files of those folders that only answers are made from: a build reads none of them.
NOT_BUILT_FROM = frozenset(("about.toml", "page_fields.toml"))


@cache
def code_hash() -> str:
    """SHA-256 in hex; equal for equal code and data. The shipped corpus is a source, not part of the program."""
    digest = hashlib.sha256()
    for name, file in sorted(_modules()) + sorted(_data()):
        digest.update(f"{name}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _modules() -> Iterator[tuple[str, Traversable]]:
    for package, names in MODULES.items():
        for name in names:
            yield f"{package}.{name}", files(package).joinpath(f"{name}.py")


def _data() -> Iterator[tuple[str, Traversable]]:
    for package, folder in DATA.items():
        for file in files(package).joinpath(folder).iterdir():
            if file.is_file() and file.name not in NOT_BUILT_FROM:
                yield f"{package}/{folder}/{file.name}", file
