"""How a download fails: this attempt, this address, or the whole site."""

from __future__ import annotations

from corpus.errors import OcqaError

BY_BROWSER = "open the address in a browser, save the page, and take it in: ocqa import FILE"


class Broken(Exception):
    """An attempt that failed and may be repeated. `wait` is how many seconds the site asked to wait, None if it did not."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


class Refused(OcqaError):
    """An address that cannot be had; asking again in this run would not help."""


class Missing(Refused):
    """The site has nothing under this address."""


class SiteClosed(OcqaError):
    """The site is not to be asked any further in this run."""
