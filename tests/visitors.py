"""Visitors of the page without a browser: each is a connection that asks by address and waits until the answer is laid out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect


@dataclass(frozen=True)
class Asked:
    """One question of one visitor: the seconds until the page was whole, the text on it, and what went wrong."""

    question: str
    seconds: float
    text: str
    error: str = ""


async def visit(port: int, questions: Sequence[str]) -> list[Asked]:
    """Open the page and ask one question after another."""
    found = []
    async with connect(f"ws://localhost:{port}/_stcore/stream", max_size=None, subprotocols=["streamlit"]) as socket:
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


async def _answered(socket, question: str, start: float) -> tuple[Asked, str]:
    """What came, and the id of the question box."""
    texts: list[str] = []
    box = ""
    while True:
        message = ForwardMsg()
        message.ParseFromString(await asyncio.wait_for(socket.recv(), 120))
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
    """All visitors at the same time, each with questions of its own."""

    async def run() -> list[list[Asked]]:
        return list(await asyncio.gather(*(visit(port, asked) for asked in questions)))

    return [asked for visitor in asyncio.run(run()) for asked in visitor]
