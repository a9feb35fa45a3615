"""How a download fails: one attempt, one address, or the whole site."""

from __future__ import annotations

from corpus.errors import OcqaError

BY_BROWSER = "open the address in a browser, save the page and import it: ocqa import FILE"

BY_FOLDER = "open the pages in a browser, save them into one folder and import it: ocqa import FOLDER"


class Broken(Exception):
    """A failed attempt that may be repeated. `wait` is how many seconds the site asked to wait, None if it did not."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.wait = wait


class Refused(OcqaError):
    """An address that cannot be fetched; trying again in this run would not help."""


class Missing(Refused):
    """The site has nothing at this address."""


class SiteClosed(OcqaError):
    """No more requests may go to the site in this run."""
