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
# Names, divided by commas, under which the page may be asked for besides localhost.
HOSTS_VARIABLE = "OCQA_HOSTS"
# The token that programs must send to `ocqa serve`.
TOKEN_VARIABLE = "OCQA_TOKEN"
# The name of the data that ships, among the sources.
SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class Settings:
    """The folders and switches of one run. `sources` is empty if none were named.

    `feedback` is the file that opinions of answers are kept in, None if that is not switched on. `base_url` is the site to
    download from, empty if none was named. `admin` is the token with which a visitor of the page may add files and start builds,
    empty if nobody may. `hosts` are further names to be asked for under, `token` is what programs must send, empty for none.
    """

    index: Path
    sources: tuple[Path, ...]
    feedback: Path | None = None
    base_url: str = ""
    admin: str = ""
    hosts: tuple[str, ...] = ()
    token: str = ""

    @property
    def index_elsewhere(self) -> Path | None:
        """The index folder if it is not the one of the user's account, which commands use where none is named."""
        return self.index if self.index != _folder_of_user("index") else None

    @property
    def own_sources(self) -> Path:
        """The folder for downloads and imports where none is named."""
        return _folder_of_user("sources")


def read_settings(
    index: str | None = None, sources: Sequence[str] = (), environment: Mapping[str, str] | None = None
) -> Settings:
    """The settings of a run; several sources in the environment are separated as in PATH."""
    values = os.environ if environment is None else environment
    index_text = index or values.get(INDEX_VARIABLE, "")
    feedback_text = values.get(FEEDBACK_VARIABLE, "")
    source_texts = list(sources) or [part for part in values.get(SOURCES_VARIABLE, "").split(os.pathsep) if part]
    return Settings(
        index=Path(index_text).expanduser() if index_text else _folder_of_user("index"),
        sources=tuple(map(_source, source_texts)),
        feedback=Path(feedback_text).expanduser() if feedback_text else None,
        base_url=values.get(BASE_URL_VARIABLE, ""),
        admin=values.get(ADMIN_VARIABLE, ""),
        hosts=tuple(host.strip().lower() for host in values.get(HOSTS_VARIABLE, "").split(",") if host.strip()),
        token=values.get(TOKEN_VARIABLE, ""),
    )


def _source(text: str) -> Path:
    if text == SHIPPED and not Path(text).exists():
        from corpus.sources import shipped_sources

        return shipped_sources()
    return Path(text).expanduser()


def _folder_of_user(name: str) -> Path:
    from platformdirs import user_data_path

    return user_data_path("ocqa", appauthor=False) / name
