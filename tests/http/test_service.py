"""The service over HTTP: the same answers, told apart by build, with limits, and an error for everything that is wrong."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.http.addresses import ADDRESSES
from app.http.current import Kept
from app.http.limits import Limits, Rates
from app.http.openapi import openapi_document
from app.http.service import make_service
from app.programs.arguments import answer_request
from app.programs.operations import OPERATIONS
from index.answers.answer import ask
from index.generations.snapshot import Snapshot

QUESTION = "how does Peru rank for resilience in South America"


def client(index: Path, **limits: Any) -> TestClient:
    return TestClient(make_service(index, Limits(**limits)), base_url="http://localhost:8600", raise_server_exceptions=False)


@pytest.fixture(scope="module")
def service(shipped_index: Path) -> Iterator[TestClient]:
    with client(shipped_index) as opened:
        yield opened


def filled(address_path: str, example: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The path with the example's arguments in it, and the rest of them."""
    rest = dict(example)
    for name in [n for n in example if f"{{{n}}}" in address_path]:
        address_path = address_path.replace(f"{{{name}}}", str(rest.pop(name)))
    return address_path, rest


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda a: a.path)
def test_an_answer_is_the_same_by_get_by_post_and_in_this_process(address: Any, service: TestClient, shipped: Snapshot) -> None:
    example = dict(OPERATIONS[address.operation].example)
    path, rest = filled(address.path, example)
    # Every field, null or not: as text, since the order of fields is part of it.
    direct = json.dumps(answer_request(shipped, address.operation, example), ensure_ascii=False)
    assert service.post(path, json=rest).text == direct
    if not address.sent:
        sent = {name: ",".join(map(str, value)) if isinstance(value, list) else value for name, value in rest.items()}
        assert service.get(path, params=sent).text == direct


def test_several_questions_are_answered_in_one_request_in_order(service: TestClient, shipped: Snapshot) -> None:
    questions = [{"id": "A", "question": QUESTION}, {"id": "B", "question": "  "}, {"id": "C", "question": "who are you"}]
    answers = service.post("/ask", json={"questions": questions, "passages": 2}).json()["answers"]
    assert [a["id"] for a in answers] == ["A", "B", "C"]
    assert answers[0] == json.loads(json.dumps(ask(shipped, QUESTION, id="A", limit=2).to_dict()))
    assert not answers[1]["answered"] and "empty" in answers[1]["answer"]


def test_what_the_caller_has_is_not_sent_again(service: TestClient) -> None:
    first = service.get("/ask", params={"question": QUESTION})
    again = service.get("/ask", params={"question": QUESTION}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.text) == (304, "")
    other = service.get("/ask", params={"question": QUESTION, "passages": 1})
    assert other.headers["etag"] != first.headers["etag"]


def test_a_service_waits_for_its_index_and_takes_up_a_new_build(tmp_path: Path, world_index: Path, shipped_index: Path) -> None:
    index = tmp_path / "index"
    with client(index) as opened:
        health = opened.get("/health")
        assert (health.status_code, health.headers["retry-after"]) == (503, "1")
        refused = opened.get("/rank?indicator=resilience")
        assert refused.status_code == 503 and "ocqa build" in refused.json()["hint"]
        seen = []
        for source in (world_index, shipped_index):
            shutil.copytree(source / "generations", index / "generations", dirs_exist_ok=True)
            shutil.copy(source / "CURRENT", index / "CURRENT")
            name = (source / "CURRENT").read_text().strip()
            for _ in range(100):
                told = opened.get("/health").json()
                if name in str(told.get("generation")):
                    break
                time.sleep(0.1)
            answer = opened.get("/rank?indicator=resilience&limit=1")
            assert answer.json()["generation"] == told["generation"]
            seen.append(answer.headers["etag"])
        assert seen[0] != seen[1]


@pytest.mark.parametrize(
    ("method", "path", "status", "says"),
    [
        ("GET", "/nothing", 404, "/rank"),
        ("GET", "/filter", 405, "openapi"),
        ("DELETE", "/ask", 405, "openapi"),
        ("GET", "/ask", 400, "needs 'question'"),
        ("GET", "/rank?indicator=resilience&limit=0", 400, "minimum"),
        ("GET", "/rank?indicator=nonsense", 400, "not an indicator"),
        ("GET", "/profile/XYZ/2025", 400, "not a country"),
        ("GET", "/profile/PER/199x", 400, "integer"),
    ],
)
def test_what_is_wrong_with_an_address_is_said(method: str, path: str, status: int, says: str, service: TestClient) -> None:
    response = service.request(method, path)
    error = response.json()
    assert (response.status_code, error["status"]) == (status, status)
    assert says in f"{error['error']} {error['hint']}" and error["hint"]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"question": "\xff"}', "application/json", 400),
        (b'{"question": 5}', "application/json", 400),
        (b'{"questions": 5}', "application/json", 400),
        (b'{"question": "\\ud800 cocaine"}', "application/json", 200),
        (b'{"question": "x"}', "text/plain", 415),
        (b"x" * 2_000_000, "application/json", 413),
    ],
)
def test_what_is_wrong_with_a_body_is_said(body: bytes, kind: str, status: int, service: TestClient) -> None:
    response = service.post("/ask", content=body, headers={"Content-Type": kind})
    assert response.status_code == status
    assert response.json().get("hint") or status == 200


def test_other_names_and_other_sites_are_kept_out(service: TestClient) -> None:
    assert service.get("/health", headers={"Host": "evil.example"}).status_code == 400
    asked = service.options("/ask", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"})
    answer = service.get("/health", headers={"Origin": "https://evil.example"})
    assert not [h for r in (asked, answer) for h in r.headers if h.startswith("access-control")]


def test_a_token_is_asked_for_where_one_is_set(shipped_index: Path) -> None:
    with client(shipped_index, token="secret") as opened:
        assert opened.get("/rank?indicator=resilience").status_code == 401
        assert opened.get("/openapi.json", headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert opened.get("/rank?indicator=resilience", headers={"Authorization": "Bearer secret"}).status_code == 200
        assert opened.get("/health").status_code == 200


def test_who_asks_too_often_is_told_when_to_come_again(shipped_index: Path) -> None:
    with client(shipped_index, rate=1.0) as opened:
        statuses = [opened.get("/definitions/flora_crimes").status_code for _ in range(7)]
        refused = opened.get("/definitions/flora_crimes")
    assert statuses[:5] == [200] * 5 and refused.status_code == 429 and int(refused.headers["retry-after"]) >= 1


def test_a_rate_is_kept_for_each_address_and_fills_up_with_time() -> None:
    now = [0.0]
    rates = Rates(2.0, clock=lambda: now[0])
    assert [rates.seconds_to_wait("a") for _ in range(10)] == [0.0] * 10
    assert rates.seconds_to_wait("a") == pytest.approx(0.5)
    assert rates.seconds_to_wait("b") == 0.0
    now[0] = 0.5
    assert rates.seconds_to_wait("a") == 0.0


def test_where_too_many_wait_the_next_is_sent_away(shipped_index: Path) -> None:
    with client(shipped_index, waiting=0) as opened:
        refused = opened.get("/rank?indicator=resilience")
    assert refused.status_code == 503 and refused.headers["retry-after"] == "1"


def test_kept_answers_stay_within_their_bounds() -> None:
    kept = Kept(most=10)
    for key in "abc":
        kept.put(key, b"1234")
    assert [kept.get(key) for key in "abc"] == [None, b"1234", b"1234"]
    kept.put("c", b"123456")
    assert kept.get("b") == b"1234" and kept.get("c") == b"123456"


def test_the_openapi_document_describes_every_address(service: TestClient) -> None:
    document = service.get("/openapi.json").json()
    assert document == json.loads(json.dumps(openapi_document(document["info"]["version"])))
    assert set(document["paths"]) == {a.path for a in ADDRESSES} | {"/health"}
    operations = [op for path in document["paths"].values() for op in path.values()]
    names = [op["operationId"] for op in operations]
    assert len(names) == len(set(names))
    ranks = document["paths"]["/rank"]["get"]["parameters"]
    assert {p["name"]: p["required"] for p in ranks}["indicator"] is True
