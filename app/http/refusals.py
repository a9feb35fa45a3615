"""Requests that are not answered: each says what is wrong and what to do, as JSON, with the status that fits."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.http.addresses import ADDRESSES, HEALTH, OPENAPI
from app.http.bodies import body_of
from corpus.errors import OcqaError, QuestionError

JSON = "application/json"
COME_AGAIN = {"Retry-After": "1"}
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]
_logger = logging.getLogger("ocqa")


class Refused(Exception):
    """Status, what is wrong, what to do, and further headers."""

    def __init__(self, status: int, error: str, hint: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(error)
        self.status, self.error, self.hint, self.headers = status, error, hint, dict(headers or {})


def answered(body: bytes, headers: Mapping[str, str] | None = None, status: int = 200) -> Response:
    """A response of JSON."""
    return Response(body, status, {**(headers or {}), "X-Content-Type-Options": "nosniff"}, media_type=JSON)


def saying_why(answer: Endpoint) -> Endpoint:
    """The endpoint with every error turned into a response."""

    async def endpoint(request: Request) -> Response:
        try:
            return await answer(request)
        except Refused as refused:
            return _error(refused.status, refused.error, refused.hint, refused.headers)
        except QuestionError as error:
            return _error(400, error.message, error.hint)
        except OcqaError as error:
            return _error(503, error.message, error.hint, COME_AGAIN)
        except Exception as error:
            _logger.exception("%s failed", request.url.path)
            return _error(500, f"the program failed ({type(error).__name__}: {error})", "other requests may still work")

    return endpoint


async def not_served(request: Request, error: Exception) -> Response:
    """No such address, or not by this method."""
    assert isinstance(error, HTTPException)
    paths = ", ".join(dict.fromkeys([*(a.path for a in ADDRESSES), HEALTH, OPENAPI]))
    hint = f"the addresses are {paths}" if error.status_code == 404 else f"{OPENAPI} says how each address is used"
    return _error(error.status_code, f"{request.method} {request.url.path}: {error.detail}", hint, error.headers)


def _error(status: int, error: str, hint: str, headers: Mapping[str, str] | None = None) -> Response:
    return answered(body_of({"error": error, "hint": hint, "status": status}), headers, status)
