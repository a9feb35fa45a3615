"""The service: requests in, JSON out. Every answer is that of `app.programs`."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.http.addresses import ADDRESSES, HEALTH, OPENAPI, Address
from app.http.bodies import body_of, got, posted
from app.http.current import Current, Kept
from app.http.limits import Limits, Rates
from app.http.openapi import openapi_document
from app.http.refusals import COME_AGAIN, JSON, Refused, answered, not_served, saying_why
from corpus.errors import OcqaError
from index.generations.snapshot import Snapshot


def make_service(index: Path, limits: Limits | None = None) -> Starlette:
    """The application for one index. It starts without an index too, answers 503 and takes one up when it appears."""
    service = _Service(Current(index), limits or Limits())
    routes = [
        Route(
            address.path,
            saying_why(partial(service.answer, address)),
            methods=["POST"] if address.sent else ["GET", "POST"],
        )
        for address in ADDRESSES
    ]
    return Starlette(
        routes=[*routes, Route(HEALTH, service.health), Route(OPENAPI, saying_why(service.openapi))],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=[*service.limits.hosts], www_redirect=False)],
        exception_handlers={HTTPException: not_served},
        lifespan=service.lifespan,
    )


class _Service:
    """The endpoints, and what they share."""

    def __init__(self, current: Current, limits: Limits) -> None:
        self.limits = limits
        self._current = current
        self._kept = Kept()
        self._rates = Rates(limits.rate) if limits.rate else None
        self._document = json.dumps(openapi_document(version("ocqa")), ensure_ascii=False).encode()

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        """Open the index before the first request, and follow new builds until the server ends."""
        await self._current.look()
        following = asyncio.create_task(self._current.follow())
        yield
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following

    async def answer(self, address: Address, request: Request) -> Response:
        """The answer to a request; 304 where the one that the caller has is still right."""
        self._admit(request)
        snapshot = self._ready()
        if request.method == "POST":
            sent, in_path = await self._sent(request), request.path_params
            body = await self._current.run(lambda: posted(snapshot, address, in_path, sent, self.limits.questions))
            return answered(body)
        tag = _tag(request, snapshot)
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        kept = self._kept.get(tag)
        if kept is None:
            pairs = [*request.path_params.items(), *request.query_params.multi_items()]
            kept = await self._current.run(lambda: got(snapshot, address, pairs))
            self._kept.put(tag, kept)
        return answered(kept, {"ETag": tag, "Cache-Control": "no-cache"})

    async def health(self, _: Request) -> Response:
        """Whether questions can be answered, and by which build; open to all, since it tells nothing else."""
        snapshot, trouble = self._current.snapshot, self._current.trouble
        if snapshot is None:
            why = trouble.message if trouble is not None else "the index is being opened"
            return answered(body_of({"status": "not ready", "why": why}), COME_AGAIN, 503)
        told = {"status": "ready", "generation": snapshot.manifest.name, "built": snapshot.manifest.created_at}
        # With a damaged new build, the one before goes on answering.
        warning = snapshot.warning or (trouble.message if trouble is not None else "")
        return answered(body_of({**told, "warning": warning, "waiting": self._current.waiting}))

    async def openapi(self, request: Request) -> Response:
        """The description of all addresses."""
        self._admit(request)
        return answered(self._document)

    def _admit(self, request: Request) -> None:
        if not self.limits.admits(request.headers.get("authorization", "")):
            raise Refused(401, "a token is needed", "send Authorization: Bearer TOKEN", {"WWW-Authenticate": "Bearer"})
        wait = self._rates.seconds_to_wait(request.client.host if request.client else "") if self._rates is not None else 0.0
        if wait:
            seconds = str(int(wait) + 1)
            raise Refused(429, "too many requests from this address", f"come again in {seconds} s", {"Retry-After": seconds})

    def _ready(self) -> Snapshot:
        """The build that answers. Raises what keeps it from being opened, or Refused where too many wait already."""
        if self._current.waiting >= self.limits.waiting:
            raise Refused(503, "too many requests are waiting", "come again in a second", COME_AGAIN)
        if self._current.snapshot is None:
            raise self._current.trouble or OcqaError("the index is being opened", "come again in a second")
        return self._current.snapshot

    async def _sent(self, request: Request) -> dict[str, Any]:
        """The object in the body. JSON must be declared: browsers then ask before they send it from another site."""
        if request.headers.get("content-type", "").partition(";")[0].strip() != JSON:
            raise Refused(415, "the body is not declared as JSON", f"send Content-Type: {JSON}")
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > self.limits.body:
                raise Refused(413, f"the request has more than {self.limits.body:,} bytes", "divide it into several")
        try:
            sent = json.loads(body)
        except (ValueError, RecursionError):
            raise Refused(400, "the body is not JSON in UTF-8", 'send an object such as {"question": "…"}') from None
        if not isinstance(sent, dict):
            raise Refused(400, "the body is not a JSON object", 'send an object such as {"question": "…"}')
        return sent


def _tag(request: Request, snapshot: Snapshot) -> str:
    """What changes with the build and with what is asked, and with nothing else."""
    asked = f"{request.url.path}?{request.url.query}\n{snapshot.warning}"
    return f'"{snapshot.manifest.name}-{hashlib.sha256(asked.encode()).hexdigest()[:16]}"'
