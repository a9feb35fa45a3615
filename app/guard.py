"""What stands before the page's server: who may speak to it, what its answers may load, and that only an operator sends files.

Another site could otherwise reach the server through the browser of somebody who visits it (DNS rebinding), and make Streamlit
ask a service on the internet for this machine's address.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Inner = Callable[[Scope, Receive, Send], Awaitable[None]]

OWN_HOSTS = ("localhost", "127.0.0.1", "::1")
_UPLOADS = "/_stcore/upload_file"
# Charts are drawn by code that is made from their description.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


@dataclass(frozen=True)
class Guard:
    """An ASGI application around another. `hosts` are the names that the page may be asked for under; `uploads` lets files in."""

    app: Inner
    hosts: tuple[str, ...] = OWN_HOSTS
    uploads: bool = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with the page's rules added to the answer, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal:
            await _refuse(scope, send, refusal)
            return

        async def with_rules(message: Message) -> None:
            if message["type"] == "http.response.start":
                named = {name for name, _ in _HEADERS}
                kept = [(name, value) for name, value in message.get("headers", ()) if name.lower() not in named]
                message["headers"] = [*kept, *_HEADERS]
            await send(message)

        await self.app(scope, receive, with_rules)

    def _refusal(self, scope: Scope) -> str:
        host, origin = (_header(scope["headers"], name) for name in (b"host", b"origin"))
        if _name(f"//{host}") not in self.hosts:
            return "this page is not served under that name; open it at localhost"
        if origin and _name(origin) not in self.hosts:
            return "another site may not speak to this page"
        writes = scope["type"] == "http" and scope["method"] not in ("GET", "HEAD", "OPTIONS")
        if writes and not self.uploads and _UPLOADS in str(scope["path"]):
            return "files are taken in only where the page was started with --admin"
        return ""


def _header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in headers if key.lower() == name), "")


def _name(address: str) -> str:
    """The host of an address without its port; empty if there is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


async def _refuse(scope: Scope, send: Send, why: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008, "reason": why})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *_HEADERS]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": why.encode()})
