"""What happens to every request: its id, who may ask, and how much may be sent."""

import json
import logging
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from app.logs import JsonFormatter, WordFormatter
from app.security import expand_scopes, generate_secret, hash_secret, is_loopback
from graph.store import Store

Connect = Callable[..., TestClient]


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.0.0.1:8000", True),
        ("127.8.9.1", True),
        ("localhost", True),
        ("LOCALHOST:80", True),
        ("::1", True),
        ("[::1]:8000", True),
        ("0.0.0.0", False),  # noqa: S104  # what must not count
        ("10.0.0.1", False),
        ("localhost.example.org", False),
        ("127.0.0.1.example.org:8000", False),
        ("example.org", False),
        ("", False),
    ],
)
def test_loopback(host: str, expected: bool) -> None:
    """Only names and addresses of this machine count, with or without a port."""
    assert is_loopback(host) is expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["read"], {"read"}),
        (["write"], {"read", "write"}),
        (["admin"], {"read", "write", "admin"}),
        (["nonsense"], set()),
        ([], set()),
    ],
)
def test_scopes_imply_others(given: list[str], expected: set[str]) -> None:
    """Who may write may read, and an administrator may both."""
    assert expand_scopes(given) == expected


def test_secrets_are_long_and_stored_hashed() -> None:
    """A secret has 256 bits, no two are alike, and its hash does not hold it."""
    first, second = generate_secret(), generate_secret()
    assert first != second
    assert len(first) == len("ag_") + 43
    assert len(hash_secret(first)) == 64
    assert first not in hash_secret(first)


def _add_key(url: str, *scopes: str) -> str:
    secret = generate_secret()
    with Store.open(url) as store:
        store.add_key("a test", hash_secret(secret), scopes)
    return secret


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "192.168.1.7:8000"])
def test_without_keys_foreign_names_are_refused(connect: Connect, host: str) -> None:
    """A page elsewhere that makes its own name point here gets nothing (DNS rebinding)."""
    answer = connect(host=host).get("/graph/stats")
    assert answer.status_code == 403
    assert answer.json()["type"] == "/problems/local-only"


def test_without_keys_foreign_peers_are_refused(connect: Connect) -> None:
    """A caller from the network gets nothing, whatever name he says he calls."""
    assert connect(peer="10.1.2.3").get("/graph/stats").status_code == 403


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9999"])
def test_without_keys_other_pages_cannot_write(connect: Connect, origin: str) -> None:
    """A page that this machine's browser has open cannot post a text or delete one."""
    caller = connect(headers={"Origin": origin})
    assert caller.delete("/documents/d-one").status_code == 403
    assert caller.get("/documents/d-one").status_code == 200


def test_without_keys_own_pages_can_write(connect: Connect) -> None:
    """The service's own page may."""
    caller = connect(headers={"Origin": "http://127.0.0.1:8000"})
    assert caller.delete("/documents/d-one").status_code == 204


def test_with_keys_every_route_but_health_needs_one(connect: Connect, writable_url: str) -> None:
    """Without a key, or with a wrong one, even the documentation is closed; health stays open."""
    _add_key(writable_url, "read")
    caller = connect(host="graph.example", peer="10.1.2.3")
    for path in ("/", "/graph/stats", "/docs", "/openapi.json", "/nowhere"):
        for headers in ({}, {"Authorization": "Bearer ag_wrong"}, {"Authorization": "Basic eDp5"}):
            answer = caller.get(path, headers=headers)
            assert answer.status_code == 401, path
            assert answer.headers["www-authenticate"].startswith("Bearer")
            assert answer.json()["type"] == "/problems/key-required"
    assert caller.get("/health/live").status_code == 200
    assert caller.get("/health/ready").status_code == 200


def test_a_key_opens_what_its_scopes_allow(connect: Connect, writable_url: str) -> None:
    """A reader reads from anywhere and may not delete; a writer may."""
    reader, writer = _add_key(writable_url, "read"), _add_key(writable_url, "write")
    caller = connect(host="graph.example", peer="10.1.2.3")
    as_reader, as_writer = ({"Authorization": f"Bearer {key}"} for key in (reader, writer))
    assert caller.get("/graph/stats", headers=as_reader).status_code == 200
    refused = caller.delete("/documents/d-one", headers=as_reader)
    assert refused.status_code == 403
    assert refused.json()["type"] == "/problems/scope-required"
    assert caller.delete("/documents/d-one", headers=as_writer).status_code == 204


def test_a_revoked_key_opens_nothing(connect: Connect, writable_url: str) -> None:
    """Revoking takes effect in a running service."""
    kept, revoked = _add_key(writable_url, "read"), _add_key(writable_url, "read")
    caller = connect()
    headers = {"Authorization": f"Bearer {revoked}"}
    assert caller.get("/graph/stats", headers=headers).status_code == 200
    with Store.open(writable_url) as store:
        found = store.find_key_by_hash(hash_secret(revoked))
        assert found is not None
        store.revoke_key(found.id)
    assert caller.get("/graph/stats", headers=headers).status_code == 401
    assert caller.get("/graph/stats", headers={"Authorization": f"Bearer {kept}"}).status_code == 200


def test_cors_is_off_by_default(connect: Connect) -> None:
    """No page of another origin may read an answer unless the settings name it."""
    origin = {"Origin": "https://desk.example"}
    assert "access-control-allow-origin" not in connect().get("/graph/stats", headers=origin).headers
    trusting = connect(cors_origins="https://desk.example")
    answer = trusting.get("/graph/stats", headers=origin)
    assert answer.headers["access-control-allow-origin"] == "https://desk.example"
    asked = trusting.options("/documents", headers={**origin, "Access-Control-Request-Method": "POST"})
    assert asked.status_code == 200


def test_request_ids_go_in_and_out(client: TestClient) -> None:
    """A sane id is kept; a missing or dangerous one is replaced."""
    assert client.get("/").headers["x-content-type-options"] == "nosniff"
    assert client.get("/", headers={"X-Request-ID": "trace-7"}).headers["x-request-id"] == "trace-7"
    assert len(client.get("/").headers["x-request-id"]) == 32
    assert client.get("/", headers={"X-Request-ID": "a b\t<c>"}).headers["x-request-id"] != "a b\t<c>"


def test_log_lines_are_json_without_bodies_or_keys(
    connect: Connect,
    writable_url: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A request's line names method, path, status and time; what was sent, and the key, are nowhere."""
    secret = _add_key(writable_url, "write")
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "image/png"}
    with caplog.at_level(logging.DEBUG):
        connect().post("/documents", content=b"the words of a text", headers=headers)
    record = next(r for r in caplog.records if r.name == "actorgraph.http")
    line = json.loads(JsonFormatter().format(record))
    assert {"time", "level", "request_id", "method", "path", "status", "ms"} <= set(line)
    assert (line["method"], line["path"], line["status"]) == ("POST", "/documents", 415)
    assert secret not in caplog.text
    assert "words of a text" not in caplog.text


def test_long_bodies_are_refused(connect: Connect) -> None:
    """A body beyond the limit answers 413, whether it says its length or comes in pieces."""
    caller = connect(max_body_bytes=2_000)
    for content in (b"x" * 2_001, (b"x" * 500 for _ in range(5))):
        answer = caller.post("/documents", content=content, headers={"Content-Type": "text/plain"})
        assert answer.status_code == 413
        assert answer.json()["type"] == "/problems/too-large"


def test_head_is_answered_like_get_without_a_body(client: TestClient) -> None:
    """HEAD gives the headers that GET would."""
    got, headed = client.get("/graph/stats"), client.head("/graph/stats")
    assert headed.status_code == 200
    assert headed.content == b""
    assert headed.headers["etag"] == got.headers["etag"]


def test_a_terminal_is_told_in_words() -> None:
    """Whoever watches a terminal reads time, method, path, status and duration; other lines keep their fields."""
    record = logging.LogRecord("actorgraph.http", logging.INFO, "", 0, "request", (), None)
    record.fields = {"request_id": "r", "method": "GET", "path": "/entities", "status": 200, "ms": 12.34}
    assert WordFormatter().format(record)[8:] == " GET /entities 200 12 ms"
    record.fields = {"path": "/entities", "error": "KeyError"}
    assert WordFormatter().format(record)[8:] == " info: request path=/entities error=KeyError"
