"""A small web server that serves pages of the invented world and misbehaves on demand.

Each address has a script: a list of acts, one for each request, the last of which is repeated. Every request is noted, and how
many were under way at once.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from world import page

from corpus.taxonomy import Taxonomy

ROBOTS = "/robots.txt"
WORKBOOK = "/assets/downloads/global_oc_index.xlsx"


@dataclass(frozen=True)
class Request:
    """What was asked: path and headers, header names in lower case."""

    path: str
    headers: Mapping[str, str]


@dataclass
class FaultServer:
    """`acts` says what each path does; `asked` is every request in order, `most_at_once` how many overlapped at most."""

    base: str = ""
    acts: dict[str, list[Act]] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)
    under_way: int = 0
    most_at_once: int = 0
    # Set when a server that stalls has sent what it will send, and when the test is over.
    stalled: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def on(self, path: str, *acts: Act) -> None:
        """Set the script of a path."""
        self.acts[path] = list(acts)

    def paths(self) -> list[str]:
        """The paths that were asked for, robots.txt left out."""
        return [r.path for r in self.asked if r.path != ROBOTS]


class Handler(BaseHTTPRequestHandler):
    """Looks the act up and plays it."""

    protocol_version = "HTTP/1.1"
    faults: FaultServer
    counted = False

    def do_GET(self) -> None:
        faults = self.faults
        with faults.lock:
            faults.asked.append(Request(self.path, {k.lower(): v for k, v in self.headers.items()}))
            faults.under_way += 1
            faults.most_at_once = max(faults.most_at_once, faults.under_way)
            script = faults.acts.get(self.path, [])
            self.counted = True
            act = script.pop(0) if len(script) > 1 else script[0] if script else status(404)
        try:
            act(self)
        except OSError:
            self.close_connection = True
        finally:
            self.count_as_over()

    def count_as_over(self) -> None:
        """Take this request off the count; a client may ask on as soon as it has the last byte, before this thread is done."""
        with self.faults.lock:
            self.faults.under_way -= self.counted
            self.counted = False

    def reply(self, code: int, body: bytes = b"", **headers: str) -> None:
        """A whole answer; underscores in header names stand for hyphens."""
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if code != 304 and "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        if not body:
            self.count_as_over()
        self.end_headers()
        self.wfile.write(body[:-1])
        self.count_as_over()
        self.wfile.write(body[-1:])

    def log_message(self, format: str, *args: object) -> None: ...


class QuietServer(ThreadingHTTPServer):
    """Says nothing of clients that hang up, which is what half of the faults make them do."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None: ...


Act = Callable[[Handler], None]


def status(code: int, body: bytes = b"", **headers: str) -> Act:
    """A plain answer."""
    return lambda handler: handler.reply(code, body, **headers)


def whole(body: bytes, etag: str | None = None, ranges: bool = True, modified: str = "") -> Act:
    """A well-behaved file: conditional and range requests are understood; `etag` is made of the body unless given."""
    tag = f'"{sha256(body).hexdigest()[:12]}"' if etag is None else etag

    def act(handler: Handler) -> None:
        asked = handler.headers
        headers = {"Content_Type": "text/html; charset=utf-8"} | ({"ETag": tag} if tag else {})
        headers |= {"Last_Modified": modified} if modified else {}
        if tag and asked.get("If-None-Match") == tag:
            handler.reply(304, **headers)
        elif ranges and "Range" in asked and asked.get("If-Range") in (tag, modified):
            start = int(asked["Range"].removeprefix("bytes=").rstrip("-"))
            if start >= len(body):
                handler.reply(416, Content_Range=f"bytes */{len(body)}")
            else:
                handler.reply(206, body[start:], Content_Range=f"bytes {start}-{len(body) - 1}/{len(body)}", **headers)
        else:
            handler.reply(200, body, **headers)

    return act


def cut(body: bytes, at: int, etag: str | None = None, stall: bool = False) -> Act:
    """The first `at` bytes of a body announced whole, then a closed connection, or a silent one."""
    tag = f'"{sha256(body).hexdigest()[:12]}"' if etag is None else etag

    def act(handler: Handler) -> None:
        handler.send_response(200)
        if tag:
            handler.send_header("ETag", tag)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[:at])
        handler.wfile.flush()
        if stall:
            handler.faults.stalled.set()
            handler.faults.over.wait(20)
        handler.close_connection = True

    return act


def endless(announced: int | None) -> Act:
    """A body without an end; it announces a length, or sends chunks and announces none."""

    def act(handler: Handler) -> None:
        handler.send_response(200)
        if announced is None:
            handler.send_header("Transfer-Encoding", "chunked")
        else:
            handler.send_header("Content-Length", str(announced))
        handler.end_headers()
        piece = b"x" * 2**16
        while not handler.faults.over.is_set():
            handler.wfile.write(b"10000\r\n" + piece + b"\r\n" if announced is None else piece)

    return act


def raw(data: bytes) -> Act:
    """These very bytes instead of an HTTP answer."""

    def act(handler: Handler) -> None:
        handler.wfile.write(data)
        handler.wfile.flush()
        handler.close_connection = True

    return act


def broken(handler: Handler) -> None:
    """The connection is torn down without a word."""
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


def html(text: str, address: str = "") -> bytes:
    """A page's text as the markup of a site."""
    canonical = f'<link rel="canonical" href="{address}">' if address else ""
    blocks = "".join(f"<p>{block.replace(chr(10), '<br>')}</p>\n" for block in text.split("\n\n"))
    return f'<!doctype html><html><head><meta charset="utf-8">{canonical}</head><body>{blocks}</body></html>'.encode()


def profile(country: str, edition: int, taxonomy: Taxonomy) -> bytes:
    """The page of a country of the invented world."""
    return html(page(country, edition, taxonomy))


def address_of(country: str, edition: int) -> str:
    """The path of a country's page."""
    return f"/{edition}/country/{country.lower()}"


@contextmanager
def fault_server() -> Iterator[FaultServer]:
    """A running server without robots.txt and without pages."""
    faults = FaultServer()
    handler = type("Bound", (Handler,), {"faults": faults})
    server = QuietServer(("127.0.0.1", 0), handler)
    faults.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01), daemon=True)
    thread.start()
    try:
        yield faults
    finally:
        faults.over.set()
        server.shutdown()
        server.server_close()


def files_below(folder: Path) -> list[str]:
    """Every file that is not hidden, as a build would meet it."""
    found = (p.relative_to(folder) for p in folder.rglob("*") if p.is_file())
    return sorted(p.as_posix() for p in found if not any(part.startswith(".") for part in p.parts))
