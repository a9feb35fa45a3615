"""Visitors of the page without a browser: each is a connection that asks a question and waits until the answer is laid out.

`python -m app.screens.headless_visitors PORT QUESTION` is one visitor: it waits for the server, asks, and prints one JSON
object a line when it is ready, when the server is up, and when the answer has come.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
import urllib.request
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

# Seconds.
_LONGEST_WAIT = 120
_POLL_INTERVAL = 0.02


@dataclass(frozen=True)
class Asked:
    """One question of one visitor: the seconds until the page was complete, its text, and the error if there was one."""

    question: str
    seconds: float
    text: str
    error: str = ""


async def visit(port: int, questions: Sequence[str]) -> list[Asked]:
    """Open the page and ask one question after another."""
    found = []
    async with connect(f"ws://localhost:{port}/_stcore/stream", max_size=None, subprotocols=[Subprotocol("streamlit")]) as socket:
        box = ""
        for question in questions:
            start = time.perf_counter()
            message = BackMsg()
            if box:
                message.rerun_script.widget_states.widgets.add(id=box, string_value=question)
            else:
                message.rerun_script.query_string = urlencode({"question": question})
            await socket.send(message.SerializeToString())
            asked, box = await _answered(socket, question, start)
            found.append(asked)
    return found


async def _answered(socket: ClientConnection, question: str, start: float) -> tuple[Asked, str]:
    """The answer to a question that was sent, and the id of the question box."""
    texts: list[str] = []
    box = ""
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(socket.recv(decode=False), _LONGEST_WAIT))
        kind = message.WhichOneof("type")
        if kind == "delta":
            element = message.delta.new_element
            what = element.WhichOneof("type")
            if what == "text_input":
                box = element.text_input.id
            elif what in ("markdown", "alert"):
                texts.append(getattr(element, what).body)
            elif what == "exception":
                return Asked(question, time.perf_counter() - start, "\n".join(texts), element.exception.message), box
        elif kind == "script_finished":
            return Asked(question, time.perf_counter() - start, "\n".join(texts).replace("\\", "")), box


def at_once(port: int, questions: Sequence[Sequence[str]]) -> list[Asked]:
    """All visitors at the same time, each with its own questions."""

    async def run() -> list[list[Asked]]:
        return list(await asyncio.gather(*(visit(port, asked) for asked in questions)))

    # In a thread of its own, since the caller may have a running event loop.
    with ThreadPoolExecutor(1) as thread:
        visitors = thread.submit(lambda: asyncio.run(run())).result()
    return [asked for visitor in visitors for asked in visitor]


def wait_for(port: int) -> bool:
    """Whether the server reports that it is up within the longest wait."""
    end = time.monotonic() + _LONGEST_WAIT
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://localhost:{port}/_stcore/health").read()
            return True
        except OSError:
            time.sleep(_POLL_INTERVAL)
    return False


def main() -> None:
    """One visitor, as a process of its own, for the benchmark that times it."""
    port, question = int(sys.argv[1]), sys.argv[2]
    _say(ready=True)
    if not wait_for(port):
        _say(error="no server came up")
        return
    _say(up=True)
    (asked,) = at_once(port, [[question]])
    _say(text=asked.text, error=asked.error or None)


def _say(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
