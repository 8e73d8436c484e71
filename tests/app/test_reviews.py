"""Reviews over HTTP: a claim that somebody rejects is kept and counts for nothing, and a review can be taken back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.security import hash_secret
from graph.store import Store

Connect = Callable[..., TestClient]

RELATION = "/relations/iran.supports.nouri-al-maliki"
PATH = "/graph/path?from=Iran&to=Nouri al-Maliki&k=1&origin=text"


@pytest.fixture
def caller(writable_url: str, connect: Connect) -> TestClient:
    """A caller of a service over a corpus that may be changed."""
    return connect(database_url=writable_url)


def _review(caller: TestClient, claim_id: str, status: str) -> dict[str, Any]:
    answer = caller.patch(f"/claims/{claim_id}", json={"review_status": status})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def _list_claims(caller: TestClient) -> list[str]:
    return [claim["id"] for claim in caller.get(f"{RELATION}/claims").json()["items"]]


def _read_all(caller: TestClient) -> list[dict[str, Any]]:
    answers = [caller.get(address).json() for address in (RELATION, PATH, "/relations?evidence=true")]
    return [{name: told for name, told in answer.items() if name != "graph_version"} for answer in answers]


def test_a_rejected_claim_counts_for_nothing(caller: TestClient) -> None:
    """Its relation has one claim less; the claim is still there, and says who rejected it and when."""
    before = caller.get(RELATION).json()
    first, *others = _list_claims(caller)
    rejected = _review(caller, first, "rejected")
    assert (rejected["review_status"], rejected["counts"]) == ("rejected", False)
    assert datetime.fromisoformat(rejected["reviewed_at"]).tzinfo is not None
    assert caller.get(f"/claims/{first}").json() == rejected
    after = caller.get(RELATION).json()
    assert (after["claims"], before["claims"]) == (len(others), len(others) + 1)
    assert [
        claim["id"] for claim in caller.get(f"{RELATION}/claims").json()["items"] if claim["counts"]
    ] == others


def test_a_relation_without_a_claim_left_is_no_step_of_a_path(caller: TestClient) -> None:
    """Once each of its claims is rejected it is walked no more; with one of them back it is."""
    walked = caller.get(PATH).json()["paths"][0]["hops"]
    claims = _list_claims(caller)
    for claim in claims:
        _review(caller, claim, "rejected")
    assert caller.get(RELATION).json()["confidence"] == 0
    assert all(
        hop["edge"]["id"] != walked[0]["edge"]["id"]
        for path in caller.get(PATH).json()["paths"]
        for hop in path["hops"]
    )
    _review(caller, claims[0], "unreviewed")
    assert caller.get(PATH).json()["paths"][0]["hops"][0]["edge"]["id"] == walked[0]["edge"]["id"]


def test_taking_a_review_back_restores_every_answer(caller: TestClient) -> None:
    """But for the version, and for who looked at the claim last."""
    before = _read_all(caller)
    claim = _list_claims(caller)[0]
    _review(caller, claim, "rejected")
    assert _read_all(caller) != before
    assert _review(caller, claim, "unreviewed")["counts"]
    assert _read_all(caller) == before


def test_questions_can_be_narrowed_to_what_was_accepted(caller: TestClient) -> None:
    """Nothing at first; then the relation of the one claim that somebody accepted."""
    assert caller.get("/relations?review=accepted").json()["total"] == 0
    _review(caller, _list_claims(caller)[0], "accepted")
    asked = caller.get("/relations?review=accepted").json()
    assert [item["id"] for item in asked["items"]] == ["iran.supports.nouri-al-maliki"]


def test_what_is_no_review_is_refused(caller: TestClient) -> None:
    """An unknown claim, an unknown status, and anything else of the claim, each with what is wrong."""
    claim = _list_claims(caller)[0]
    assert caller.patch("/claims/none", json={"review_status": "accepted"}).status_code == 404
    for body, field in (
        ({"review_status": "maybe"}, "review_status"),
        ({"review_status": "accepted", "quote": "No."}, "quote"),
        ({}, "review_status"),
    ):
        answer = caller.patch(f"/claims/{claim}", json=body)
        assert (answer.status_code, [fault["field"] for fault in answer.json()["errors"]]) == (422, [field])
    assert caller.get(f"/claims/{claim}").json()["review_status"] == "unreviewed"


def test_reviewing_needs_a_key_that_may_write_and_keeps_its_name(writable_url: str, connect: Connect) -> None:
    """A reading key sees reviews and can give none."""
    with Store.open(writable_url) as store:
        store.add_key("desk", hash_secret("ag_reader"), ["read"])
        store.add_key("Amal's notebook", hash_secret("ag_writer"), ["write"])
    caller = connect(database_url=writable_url)
    reading, writing = ({"Authorization": f"Bearer ag_{name}"} for name in ("reader", "writer"))
    review = {"review_status": "accepted"}
    assert caller.patch("/claims/d-one-1", json=review, headers=reading).status_code == 403
    given = caller.patch("/claims/d-one-1", json=review, headers=writing)
    assert (given.status_code, given.json()["reviewed_by"]) == (200, "Amal's notebook")
    assert caller.get("/claims/d-one-1", headers=reading).json() == given.json()
