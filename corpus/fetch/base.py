"""Which addresses may be requested: those of one host, over HTTPS. Plain HTTP is only for a server on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from corpus.errors import QuestionError
from corpus.fetch.failures import Refused

_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Base:
    """The site: `address` ends without a slash and may have a path; every address must share the other fields."""

    address: str
    scheme: str
    host: str
    port: int

    @property
    def loopback(self) -> bool:
        """Whether the site is on this machine."""
        return _is_loopback(self.host)

    @property
    def root(self) -> str:
        """The address of the host without a path."""
        return urljoin(self.address, "/").rstrip("/")

    def follow(self, address: str, location: str) -> str:
        """The target of a redirect. Raises Refused if it leaves the host or HTTPS, or is not an address."""
        try:
            target = urljoin(address, location.strip())
            parts = urlsplit(target)
            origin = _origin(parts)
        except ValueError:
            raise Refused(f"the site redirects to {location[:200]!r}, which is not an address") from None
        if not location.strip() or origin != (self.scheme, self.host, self.port):
            where = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
            raise Refused(
                f"the site redirects away from {self.root}, to {where[:200]}",
                f"if that is the Index's site, use --base-url {where[:200]}" if parts.scheme == "https" else "",
            )
        return parts._replace(fragment="").geturl()


def parse_base(text: str) -> Base:
    """Read a base address. Raises QuestionError if it is not one, or is plain HTTP to another machine."""
    try:
        parts = urlsplit(text.strip())
        scheme, host, port = _origin(parts)
    except ValueError as error:
        raise QuestionError(f"{text!r} is not a base address ({error})", "give one such as https://ocindex.net") from None
    if scheme not in _PORTS or not host or parts.query or parts.fragment:
        raise QuestionError(f"{text!r} is not a base address", "give one such as https://ocindex.net")
    if scheme == "http" and not _is_loopback(host):
        raise QuestionError(f"{text!r} is not HTTPS", f"use https://{host}")
    return Base(text.strip().rstrip("/"), scheme, host, port)


def _origin(parts: SplitResult) -> tuple[str, str, int]:
    if parts.username is not None or parts.password is not None:
        raise ValueError("it contains a user name")
    # Port 0 is invalid, and must not be taken for the default one.
    port = parts.port if parts.port is not None else _PORTS.get(parts.scheme, 0)
    return parts.scheme, parts.hostname or "", port


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
