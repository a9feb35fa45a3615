"""Who may speak to the page's server, and what its answers may load."""

from __future__ import annotations

import urllib.request
from urllib.error import HTTPError

import pytest
from serving import Server
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.guard import OWN_HOSTS, Guard


async def inside(request: object) -> PlainTextResponse:
    return PlainTextResponse("inside", headers={"X-Frame-Options": "ALLOWALL"})


async def talk(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("inside")


METHODS = ["GET", "POST", "PUT", "DELETE"]
INNER = Starlette(routes=[WebSocketRoute("/talk", talk), Route("/{path:path}", inside, methods=METHODS)])


def client(host: str = "localhost:8501", **settings: object) -> TestClient:
    return TestClient(Guard(INNER, **settings), base_url=f"http://{host}")


@pytest.mark.parametrize("host", ["localhost", "localhost:8501", "127.0.0.1:8501", "[::1]:8501", "LOCALHOST"])
def test_the_machine_itself_may_ask(host: str) -> None:
    assert client(host).get("/").text == "inside"


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example:8501", "192.168.0.7:8501", "127.0.0.1.nip.io"])
def test_no_other_name_for_this_machine_is_served(host: str) -> None:
    assert client(host).get("/").status_code == 403
    with pytest.raises(WebSocketDisconnect), client(host).websocket_connect(f"ws://{host}/talk"):
        pass


def test_a_name_that_the_operator_gives_is_served() -> None:
    assert client("desk.example", hosts=(*OWN_HOSTS, "desk.example")).get("/").text == "inside"


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost.evil.example:8501", "null"])
def test_another_site_may_not_speak_to_the_page(origin: str) -> None:
    assert client().get("/", headers={"Origin": origin}).status_code == 403
    with pytest.raises(WebSocketDisconnect), client().websocket_connect("ws://localhost:8501/talk", headers={"Origin": origin}):
        pass
    with client().websocket_connect("ws://localhost:8501/talk", headers={"Origin": "http://localhost:8501"}) as socket:
        assert socket.receive_text() == "inside"


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_files_are_let_in_for_an_operator_alone(method: str) -> None:
    path = "/_stcore/upload_file/session/file"
    assert client().request(method, path).status_code == 403
    assert client().request(method, f"//{path}").status_code == 403
    assert client(uploads=True).request(method, path).text == "inside"
    assert client().request(method, "/_stcore/other").text == "inside"


def answer(address: str, **headers: str) -> tuple[int, dict[str, str]]:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as response:
            return response.status, {name.lower(): value for name, value in response.headers.items()}
    except HTTPError as error:
        return error.code, {name.lower(): value for name, value in error.headers.items()}


def test_the_served_page_stands_behind_the_guard(server: Server) -> None:
    status, headers = answer(server.address)
    assert status == 200
    assert "default-src 'self'" in headers["content-security-policy"] and headers["x-frame-options"] == "SAMEORIGIN"
    assert answer(server.address, Host="evil.example")[0] == 403
    assert answer(server.address, Origin="https://evil.example")[0] == 403


def test_the_browser_loads_no_picture_from_another_host(browser, server: Server) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.goto(
        f"{server.address}/?question=top+five+of+Latin+America+%21%5Bx%5D%28http%3A%2F%2Fevil.example%2Fp.png%29+for+criminality"
    )
    page.get_by_text("You could ask:").or_(page.get_by_text("Did you mean:")).first.wait_for(timeout=60_000)
    assert page.locator("[data-testid=stMain] img[src*=evil]").count() == 0
    assert not [address for address in asked if "evil" in address.split("?")[0]]
    context.close()
