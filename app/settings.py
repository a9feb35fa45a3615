"""Folders and switches of a run: flags first, then the environment, then defaults. The only reader of environment variables."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

INDEX_VARIABLE = "OCQA_INDEX"
SOURCES_VARIABLE = "OCQA_SOURCES"
FEEDBACK_VARIABLE = "OCQA_FEEDBACK"
ADMIN_VARIABLE = "OCQA_ADMIN"
BASE_URL_VARIABLE = "OCQA_BASE_URL"


@dataclass(frozen=True, slots=True)
class Settings:
    """The folders and switches of one run. `sources` is empty if none were named.

    `feedback` is the file that opinions of answers are kept in, None if that is not switched on. `base_url` is the site to
    download from, empty if none was named. `admin` lets visitors of the page add files and start builds.
    """

    index: Path
    sources: tuple[Path, ...]
    feedback: Path | None = None
    base_url: str = ""
    admin: bool = False


def read_settings(
    index: str | None = None, sources: Sequence[str] = (), environment: Mapping[str, str] | None = None
) -> Settings:
    """The settings of a run; several sources in the environment are separated as in PATH."""
    values = os.environ if environment is None else environment
    index_text = index or values.get(INDEX_VARIABLE, "")
    feedback_text = values.get(FEEDBACK_VARIABLE, "")
    source_texts = list(sources) or [part for part in values.get(SOURCES_VARIABLE, "").split(os.pathsep) if part]
    return Settings(
        index=Path(index_text).expanduser() if index_text else _folder_of_user(),
        sources=tuple(Path(text).expanduser() for text in source_texts),
        feedback=Path(feedback_text).expanduser() if feedback_text else None,
        base_url=values.get(BASE_URL_VARIABLE, ""),
        admin=values.get(ADMIN_VARIABLE, "") == "1",
    )


def _folder_of_user() -> Path:
    from platformdirs import user_data_path

    return user_data_path("ocqa", appauthor=False) / "index"
