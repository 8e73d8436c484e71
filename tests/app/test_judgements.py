"""Judgements over HTTP: two become one, or stay two, and either can be undone."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.security import hash_secret
from graph.models import Entity
from graph.store import Store

Connect = Callable[..., TestClient]

LISTS = ("/entities", "/entities?q=Sulaimani", "/relations?evidence=true", "/entities/Quds Force/relations")
EXPORTS = ("/graph/export?format=json", "/graph/export?format=graphml")


@pytest.fixture
def caller(doubled_url: str, connect: Connect) -> TestClient:
    """A caller of a service over the corpus with doubles in it."""
    return connect(database_url=doubled_url)


def _judge(caller: TestClient, left: str, right: str, verdict: str, **more: str) -> dict[str, Any]:
    answer = caller.post("/judgements", json={"left": left, "right": right, "verdict": verdict, **more})
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


def _find_pairs(caller: TestClient, **options: str | float) -> set[tuple[str, str]]:
    body = caller.get("/judgements/candidates", params=options).json()
    assert body["shown"] == len(body["items"]) <= body["total"]
    return {(item["left"]["id"], item["right"]["id"]) for item in body["items"]}


def _read_all(caller: TestClient) -> dict[str, bytes]:
    """Return the bytes of many answers; an export names the graph's version, which never goes back."""
    answers = {address: caller.get(address) for address in (*LISTS, *EXPORTS)}
    assert {answer.status_code for answer in answers.values()} == {200}
    version = str(caller.get("/graph/stats").json()["graph_version"]).encode()
    marks = {
        "/graph/export?format=json": b'"version":' + version,
        "/graph/export?format=graphml": b'"g_version">' + version + b"<",
    }
    for address, mark in marks.items():
        assert answers[address].content.count(mark) == 1
    return {
        address: answer.content.replace(marks[address], b"VERSION") if address in marks else answer.content
        for address, answer in answers.items()
    }


def test_the_same_become_one_everywhere(caller: TestClient) -> None:
    """One entity with both names and all mentions, one edge with the evidence of both, and either id leads to it."""
    kept = _judge(
        caller, "Kassem Sulaimani", "qasem-soleimani", "same", keep="qasem-soleimani", reason="One man."
    )
    assert (kept["left"]["name"], kept["right"]["name"]) == ("Kassem Sulaimani", "Qasem Soleimani")
    assert (kept["keep"], kept["reason"], kept["judged_by"]) == ("qasem-soleimani", "One man.", None)
    assert datetime.fromisoformat(kept["judged_at"]).tzinfo is not None

    joined = caller.get("/entities/kassem-sulaimani").json()
    assert (joined["id"], joined["name"]) == ("qasem-soleimani", "Qasem Soleimani")
    assert "Kassem Sulaimani" in joined["aliases"]
    assert joined["mentions"] == 3
    relations = {
        edge["id"]: edge for edge in caller.get("/entities/Kassem Sulaimani/relations").json()["items"]
    }
    assert set(relations) == {"qasem-soleimani.commands.quds-force", "qasem-soleimani.opposes.isis"}
    commands = relations["qasem-soleimani.commands.quds-force"]
    assert (commands["claims"], commands["independent_sources"]) == (2, 2)
    ids = [item["id"] for item in caller.get("/entities").json()["items"]]
    assert "kassem-sulaimani" not in ids


def test_without_a_keeper_both_names_still_are_one(caller: TestClient) -> None:
    """`keep` may be left out; both names lead to one entity then too."""
    assert _judge(caller, "kassem-sulaimani", "qasem-soleimani", "same")["keep"] is None
    found = {caller.get(f"/entities/{name}").json()["id"] for name in ("Kassem Sulaimani", "Qasem Soleimani")}
    assert len(found) == 1


@pytest.mark.parametrize("verdict", ["same", "not-same", "unsure"])
def test_deleting_a_judgement_brings_back_every_byte(caller: TestClient, verdict: str) -> None:
    """After the undo, lists, searches and exports are byte for byte what they were."""
    before, pairs = _read_all(caller), _find_pairs(caller)
    kept = _judge(caller, "kassem-sulaimani", "qasem-soleimani", verdict)
    assert (_read_all(caller) == before) is (verdict != "same")
    assert ("kassem-sulaimani", "qasem-soleimani") in pairs - _find_pairs(caller)
    gone = caller.delete(f"/judgements/{kept['id']}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert _read_all(caller) == before
    assert _find_pairs(caller) == pairs


def test_undoing_one_of_a_chain_leaves_the_other(caller: TestClient) -> None:
    """Judging one that was merged away is about itself: when its merge is undone, the later one holds."""
    first = _judge(caller, "kassem-sulaimani", "qasem-soleimani", "same", keep="qasem-soleimani")
    second = _judge(caller, "kassem-sulaimani", "qassem-suleimani", "same")
    assert second["left"] == {"id": "kassem-sulaimani", "name": "Kassem Sulaimani", "type": "person"}
    assert caller.get("/entities/qassem-suleimani").json()["id"] == "qasem-soleimani"
    caller.delete(f"/judgements/{first['id']}")
    assert caller.get("/entities/qasem-soleimani").json()["aliases"] == ["Soleimani"]
    assert caller.get("/entities/qassem-suleimani").json()["id"] == "kassem-sulaimani"


def test_not_the_same_is_never_overridden(caller: TestClient) -> None:
    """The pair is not proposed again, and nobody can join it, neither directly nor through a third."""
    kept = _judge(caller, "kassem-sulaimani", "qasem-soleimani", "not-same")
    assert ("kassem-sulaimani", "qasem-soleimani") not in _find_pairs(caller)
    _judge(caller, "qasem-soleimani", "qassem-suleimani", "same")
    for other in ("qasem-soleimani", "qassem-suleimani"):
        body = {"left": "kassem-sulaimani", "right": other, "verdict": "same"}
        answer = caller.post("/judgements", json=body)
        problem = answer.json()
        assert (answer.status_code, problem["type"]) == (409, "/problems/judgement-conflict")
        assert "delete that judgement first" in problem["detail"]
    caller.delete(f"/judgements/{kept['id']}")
    _judge(caller, "kassem-sulaimani", "qassem-suleimani", "same")


def test_keeping_apart_what_is_joined_conflicts_too(caller: TestClient) -> None:
    """A `not-same` between two that are judged the same is refused as long as that stands."""
    _judge(caller, "kassem-sulaimani", "qasem-soleimani", "same")
    body = {"left": "kassem-sulaimani", "right": "qasem-soleimani", "verdict": "not-same"}
    answer = caller.post("/judgements", json=body)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/judgement-conflict")


def test_candidates_come_best_first_with_what_to_judge_by(caller: TestClient) -> None:
    """Each pair has its score, reasons in words, and a place where a text names each side, if any does."""
    body = caller.get("/judgements/candidates").json()
    scores = [item["score"] for item in body["items"]]
    assert body["total"] == body["shown"] == 4
    assert scores == sorted(scores, reverse=True)
    by_ids = {(item["left"]["id"], item["right"]["id"]): item for item in body["items"]}
    pair = by_ids["kassem-sulaimani", "qasem-soleimani"]
    assert pair["reasons"] == ["'Kassem Sulaimani' and 'Qasem Soleimani' are spelled alike"]
    assert pair["left_mention"]["text"] == "Kassem Sulaimani"
    assert "commands the Quds Force" in pair["left_mention"]["excerpt"]
    assert pair["right_mention"]["document"]["source"] == "Tigris Wire"
    assert by_ids["badr-organisation", "badr-organization"]["left_mention"] is None


def test_what_lies_in_its_namesake_is_no_candidate(doubled_url: str, caller: TestClient) -> None:
    """A town in the province of its name is another place; without that knowledge the two would be proposed."""
    rows = [
        {"entity_id": key, "text": "Kerbala", "key": "kerbala", "origin": "gazetteer"}
        for key in ("karbala-province", "kerbala-camp")
    ]
    lies_in = {"kind": "located-in", "how": "part-of-place", "dataset": "geonames"}
    with Store.open(doubled_url) as store, store.write_document() as writer:
        writer.add_entities(
            [
                Entity(id="karbala-province", name="Karbala Province", type="place", country_code="IQ"),
                Entity(id="kerbala-camp", name="Kerbala", type="place", country_code="IQ"),
            ]
        )
        writer.add_aliases(rows)
        writer.add_gazetteer_relations([{**lies_in, "source_id": "karbala", "target_id": "karbala-province"}])
    found = _find_pairs(caller, type="place")
    assert ("karbala", "kerbala-camp") in found
    assert ("karbala", "karbala-province") not in found


def test_candidates_can_be_narrowed(caller: TestClient) -> None:
    """By type, by score and by number; what is left out is counted."""
    assert _find_pairs(caller, type="armed-group") == {("badr-organisation", "badr-organization")}
    assert len(_find_pairs(caller, type="person,armed-group")) == 4
    assert _find_pairs(caller, type="place") == set()
    best = caller.get("/judgements/candidates?limit=1").json()
    assert (best["shown"], best["total"]) == (1, 4)
    least = best["items"][0]["score"]
    narrowed = caller.get("/judgements/candidates", params={"min_score": least}).json()
    assert 0 < narrowed["total"] <= 4
    assert all(item["score"] >= least for item in narrowed["items"])


def test_judgements_are_listed_latest_first(caller: TestClient) -> None:
    """The list pages, names each side as it was before, and its tag changes with every judgement."""
    _judge(caller, "kassem-sulaimani", "qasem-soleimani", "same")
    first = caller.get("/judgements?limit=1")
    known = {"If-None-Match": first.headers["etag"]}
    assert caller.get("/judgements?limit=1", headers=known).status_code == 304
    _judge(caller, "Badr Organisation", "badr-organization", "unsure")
    page = caller.get("/judgements?limit=1", headers=known)
    assert page.status_code == 200
    assert [item["verdict"] for item in page.json()["items"]] == ["unsure"]
    assert page.json()["total"] == 2
    rest = caller.get(page.headers["link"].partition("<")[2].partition(">")[0]).json()
    assert [item["left"]["name"] for item in rest["items"]] == ["Kassem Sulaimani"]
    assert [item["right"]["name"] for item in rest["items"]] == ["Qasem Soleimani"]
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("body", "status", "slug", "said"),
    [
        ({"left": "Nobody", "right": "Iran", "verdict": "same"}, 404, "unknown-name", "Nobody"),
        ({"left": "Badr", "right": "Iran", "verdict": "same"}, 409, "ambiguous-name", "Badr (town)"),
        ({"left": "Tehran", "right": "Iran", "verdict": "same"}, 422, "invalid-request", "two different"),
        ({"left": "Iran", "right": "Iraq", "verdict": "maybe"}, 422, "invalid-request", "not-same"),
        ({"left": "Iran", "right": "Iraq"}, 422, "invalid-request", "verdict: is required"),
        (
            {"left": "Iran", "right": "Iraq", "verdict": "same", "keep": "Qatar"},
            422,
            "invalid-request",
            "neither",
        ),
        (
            {"left": "Iran", "right": "Iraq", "verdict": "unsure", "keep": "Iran"},
            422,
            "invalid-request",
            "'same' alone",
        ),
        (
            {"left": "Iran", "right": "Iraq", "verdict": "same", "why": "x"},
            422,
            "invalid-request",
            "no such option",
        ),
        (
            {"left": "Iran", "right": "Iraq", "verdict": "same", "reason": "a\x00"},
            422,
            "invalid-request",
            "reason",
        ),
        (["Iran", "Iraq"], 422, "invalid-request", "JSON object"),
    ],
)
def test_what_cannot_be_judged_is_a_problem(
    caller: TestClient, body: object, status: int, slug: str, said: str
) -> None:
    """Unknown, ambiguous and impossible judgements are refused in words, and nothing is stored."""
    answer = caller.post("/judgements", json=body)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}")
    assert said in answer.json()["detail"]
    assert caller.get("/judgements").json()["total"] == 0


@pytest.mark.parametrize(
    ("method", "address", "status", "slug"),
    [
        ("DELETE", "/judgements/999", 404, "not-found"),
        ("DELETE", "/judgements/first", 422, "invalid-request"),
        ("DELETE", "/judgements/99999999999999999999", 422, "invalid-request"),
        ("GET", "/judgements/candidates?limit=0", 422, "invalid-request"),
        ("GET", "/judgements/candidates?min_score=2", 422, "invalid-request"),
        ("GET", "/judgements/candidates?type=ship", 422, "invalid-request"),
        ("GET", "/judgements?verdict=same", 422, "invalid-request"),
        ("GET", "/judgements/3", 405, "method-not-allowed"),
    ],
)
def test_wrong_calls_are_problems(
    caller: TestClient, method: str, address: str, status: int, slug: str
) -> None:
    """What is not there or cannot be asked is said so."""
    answer = caller.request(method, address)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{slug}")


def test_looking_for_candidates_ends_in_time(doubled_url: str, connect: Connect) -> None:
    """A service with no time to spare stops looking and says so."""
    caller = connect(database_url=doubled_url, query_timeout_s=1e-9)
    answer = caller.get("/judgements/candidates")
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/too-slow")


def test_judging_needs_a_key_that_may_write_and_keeps_its_name(doubled_url: str, connect: Connect) -> None:
    """A reading key sees judgements and can give or undo none; a writing key's name is kept with what it said."""
    with Store.open(doubled_url) as store:
        store.add_key("desk", hash_secret("ag_reader"), ["read"])
        store.add_key("Amal's notebook", hash_secret("ag_writer"), ["write"])
    caller = connect(database_url=doubled_url)
    reading, writing = ({"Authorization": f"Bearer ag_{name}"} for name in ("reader", "writer"))
    body = {"left": "kassem-sulaimani", "right": "qasem-soleimani", "verdict": "unsure"}
    assert caller.post("/judgements", json=body, headers=reading).status_code == 403
    given = caller.post("/judgements", json=body, headers=writing)
    assert (given.status_code, given.json()["judged_by"]) == (201, "Amal's notebook")
    assert caller.delete(given.headers["location"], headers=reading).status_code == 403
    assert caller.get("/judgements", headers=reading).json()["items"] == [given.json()]
    assert caller.delete(given.headers["location"], headers=writing).status_code == 204
