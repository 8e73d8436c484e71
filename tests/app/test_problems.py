"""Every error is an RFC 9457 problem, and says no more than it should."""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from starlette.testclient import TestClient

from app.errors import ServiceError
from app.problems import KINDS, describe_error, find_kind, list_kinds
from app.routes import graph as graph_routes
from graph import errors
from graph.store import Store

Connect = Callable[..., TestClient]


MEMBERS = {"type", "title", "status", "detail", "instance"}


def _check(answer: httpx.Response, status: int, slug: str) -> dict[str, Any]:
    """Make sure that an answer is the problem expected, and return its members."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) >= MEMBERS
    assert body["status"] == status
    assert body["type"] == f"/problems/{slug}"
    return body


@pytest.mark.parametrize(
    ("method", "path", "status", "slug"),
    [
        ("GET", "/nowhere", 404, "not-found"),
        ("GET", "/graph/path/", 404, "not-found"),
        ("GET", "/entities/Atlantis", 404, "unknown-name"),
        ("GET", "/entities/Badr", 409, "ambiguous-name"),
        ("GET", "/claims/d-none-1", 404, "not-found"),
        ("GET", "/documents/d-none", 404, "not-found"),
        ("DELETE", "/documents/d-none", 404, "not-found"),
        ("GET", "/relations/iran.supports.qatar", 404, "not-found"),
        ("GET", "/relations/nonsense/claims", 404, "not-found"),
        ("POST", "/graph/path", 405, "method-not-allowed"),
        ("DELETE", "/documents", 405, "method-not-allowed"),
        ("GET", "/graph/path?from=Iran", 422, "invalid-request"),
        ("GET", "/graph/path?from=Iran&to=Iran", 422, "invalid-request"),
        ("GET", "/graph/path?from=Iran&to=ISIS&k=21", 422, "invalid-request"),
        ("GET", "/graph/path?from=Iran&to=ISIS&kk=2", 422, "invalid-request"),
        ("GET", "/graph/path?from=Iran&to=ISIS&relations=loves", 422, "invalid-request"),
        ("GET", "/graph/centrality?metric=fame", 422, "invalid-request"),
        ("GET", "/graph/export?format=docx", 422, "invalid-request"),
        ("GET", "/entities?cursor=!!", 422, "invalid-request"),
        ("GET", "/documents?cursor=WyJhIl0", 422, "invalid-request"),
        ("GET", "/problems/none", 404, "not-found"),
        ("GET", "/entities/AC%2FDC", 404, "unknown-name"),
        ("GET", "/entities/AC%2FDC/relations", 404, "unknown-name"),
        ("GET", "/entities/", 422, "invalid-request"),
        ("GET", "/entities/iran?limit=3", 422, "invalid-request"),
        ("GET", "/documents/d-one?text=no", 422, "invalid-request"),
        ("DELETE", "/documents/d-none?force=yes", 422, "invalid-request"),
    ],
)
def test_every_error_is_a_problem(client: TestClient, method: str, path: str, status: int, slug: str) -> None:
    """Unknown routes, methods, names, ids and options all answer in the one shape, which names the path."""
    body = _check(client.request(method, path), status, slug)
    assert body["instance"] == unquote(path.partition("?")[0])


def test_unknown_name_suggests_the_closest(client: TestClient) -> None:
    """A name spelled wrong is answered with those it may have meant."""
    body = _check(
        client.get("/graph/path", params={"from": "Iran", "to": "Karbalaa town"}), 404, "unknown-name"
    )
    assert 1 <= len(body["suggestions"]) <= 3
    assert body["suggestions"][0] == {"id": "karbala", "name": "Karbala", "type": "place"}


def test_ambiguous_name_lists_its_candidates(client: TestClient) -> None:
    """A name that several go by is answered with all of them, and each id then works."""
    body = _check(client.get("/entities/Badr"), 409, "ambiguous-name")
    ids = {candidate["id"] for candidate in body["candidates"]}
    assert ids == {"badr-organization", "badr-town"}
    assert all(client.get(f"/entities/{entity_id}").status_code == 200 for entity_id in ids)


def test_invalid_request_names_each_field(client: TestClient) -> None:
    """All faults of a request are told at once, each by the option's own name."""
    body = _check(client.get("/graph/path?from=Iran&k=0&max_hops=99"), 422, "invalid-request")
    assert {fault["field"] for fault in body["errors"]} == {"to", "k", "max_hops"}
    assert all(fault["message"] for fault in body["errors"])


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("max_hop=3", "max_hop: there is no such option; did you mean max_hops?"),
        ("colour=red", "colour: there is no such option"),
        ("k=two", "k: should be a whole number"),
        ("k=0", "k: should be greater than or equal to 1"),
        ("min_confidence=high", "min_confidence: should be a number"),
        ("disputed=perhaps", "disputed: should be true or false"),
        ("as_of=yesterday", "as_of: 'yesterday' is not a date; write it like 2014-06-12"),
        ("relations=loves", "relations: 'loves' is not a kind of relation; known are supports, opposes,"),
        ("sign=plus", "sign: should be 'any', 'positive' or 'negative'"),
    ],
)
def test_faults_are_worded_for_whoever_asks(client: TestClient, query: str, said: str) -> None:
    """A fault says what to write instead, a misspelt option which one was meant, and no class of ours by name."""
    body = _check(client.get(f"/graph/path?from=Iran&to=ISIS&{query}"), 422, "invalid-request")
    assert body["detail"].startswith(said)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"text": "Iran backs Iraq.", "titel": "x"}, "titel: there is no such option; did you mean title?"),
        ({"title": "x"}, "text: is required"),
        (["Iran backs Iraq."], "body: should be a JSON object"),
        ({"text": "Iran backs Iraq.", "published_on": "soon"}, "published_on: 'soon' is not a date"),
    ],
)
def test_faults_of_a_body_are_worded_alike(client: TestClient, body: object, said: str) -> None:
    """What is wrong with a text that is sent is told like what is wrong with an option."""
    answer = _check(client.post("/documents", json=body), 422, "invalid-request")
    assert answer["detail"].startswith(said)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/graph/path", "GET, HEAD, OPTIONS"),
        ("/documents", "GET, HEAD, OPTIONS, POST"),
        ("/documents/d-one", "DELETE, GET, HEAD, OPTIONS"),
        ("/docs", "GET, HEAD, OPTIONS"),
    ],
)
def test_wrong_method_says_which_are_right(client: TestClient, path: str, allowed: str) -> None:
    """405 carries all methods of an address in the Allow header that RFC 9110 asks for, and so does OPTIONS."""
    wrong = client.put(path)
    assert (wrong.status_code, wrong.headers["allow"]) == (405, allowed)
    asked = client.options(path)
    assert (asked.status_code, asked.headers["allow"], asked.content) == (204, allowed, b"")
    assert client.options("/nowhere").status_code == 404


def test_unexpected_error_tells_nothing(
    connect: Connect,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A fault of ours is a 500 without its message, which goes into no log either; the log has type and place."""

    def fail(*_: object) -> None:
        raise RuntimeError("the secret text of a document")

    monkeypatch.setattr(graph_routes, "answer_stats", fail)
    with caplog.at_level(logging.INFO, logger="actorgraph.http"):
        answer = connect().get("/graph/stats", headers={"X-Request-ID": "abc-1"})
    body = _check(answer, 500, "internal")
    assert "secret" not in answer.text
    assert body["detail"]
    assert answer.headers["x-request-id"] == "abc-1"
    fields = [vars(record)["fields"] for record in caplog.records if hasattr(record, "fields")]
    failed = next(entry for entry in fields if "error" in entry)
    assert failed["error"] == "RuntimeError"
    assert failed["request_id"] == "abc-1"
    assert any("test_problems" in line for line in failed["stack"])
    assert "secret" not in str(fields) + caplog.text


def test_a_broken_database_is_not_described(
    connect: Connect, writable_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Where the database is, and what is wrong with it, is for the log and not for the caller."""
    caller = connect()
    with Store.open(writable_url) as store, store.writing() as connection:
        connection.exec_driver_sql("DROP TABLE graph_state")
    body = _check(caller.get("/graph/stats"), 503, "store-unavailable")
    assert "sqlite" not in body["detail"]
    assert "lacks our tables" in str([vars(record).get("fields") for record in caplog.records])


def test_every_domain_error_has_its_problem() -> None:
    """Nothing that the domain raises on purpose about a question falls through to 500."""
    about_questions = {
        errors.EntityNotFound,
        errors.AmbiguousName,
        errors.RecordNotFound,
        errors.InvalidQuery,
        errors.QueryTimeout,
        errors.NotSettled,
        errors.GraphTooLarge,
        errors.StoreError,
        *ServiceError.__subclasses__(),
    }
    assert about_questions <= set(KINDS)


@pytest.mark.parametrize(
    ("error", "slug"),
    [
        (errors.NotSettled("katz", 1_000), "not-settled"),
        (errors.GraphTooLarge("diameter", 2_000_000, 9_000_000, 1_000_000), "graph-too-large"),
    ],
)
def test_what_a_graph_cannot_answer_is_the_question_s_fault(error: Exception, slug: str) -> None:
    """It is answered with 422 and advice for a caller over HTTP, who has no use for the names of our functions."""
    problem = describe_error(error)
    assert (problem.status, problem.slug) == (422, slug)
    assert "filter" in KINDS[type(error)].meaning
    assert "nx." not in problem.detail


def test_problems_are_found_by_ancestry() -> None:
    """A more special error is answered like the nearest of its ancestors that has an answer."""

    class DamagedStore(errors.StoreError):
        """Made up here."""

    assert find_kind(DamagedStore) is KINDS[errors.StoreError]
    assert describe_error(DamagedStore("x")).status == 503
    assert find_kind(KeyError) is None
    assert describe_error(KeyError("x")).status == 500


def test_every_type_can_be_looked_up(client: TestClient) -> None:
    """A problem's `type` is an address that explains it."""
    for kind in list_kinds():
        answer = client.get(f"/problems/{kind.slug}")
        assert answer.status_code == 200
        assert answer.json()["status"] == kind.status
        assert answer.json()["meaning"]
