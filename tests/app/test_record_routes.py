"""Entities, relations, claims and documents over HTTP, one by one and in lists."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from graph.store import Store
from graph.store.database import HEAD_REVISION

Connect = Callable[..., TestClient]


def _get(client: TestClient, path: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401
    answer = client.get(path, params=options)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"q": "Quds"}, "quds-force"),
        ({"q": "qud"}, "quds-force"),
        ({"q": "Sulaimani"}, "qasem-soleimani"),
        ({"q": "tehran"}, "iran"),
        ({"q": "Badr", "type": "place"}, "badr-town"),
    ],
)
def test_search_finds_by_prefix_and_spelling(
    client: TestClient, options: dict[str, str], expected: str
) -> None:
    """The beginning of a name, another spelling, another name and a type all lead to the entity."""
    body = _get(client, "/entities", **options)
    assert body["items"][0]["id"] == expected
    assert body["items"][0]["match"] in {"exact", "prefix", "fuzzy"}
    assert body["total"] >= len(body["items"])


def test_entities_are_listed_whole(client: TestClient) -> None:
    """Without a query all are there: most mentioned first, or by name."""
    by_mentions = _get(client, "/entities")
    mentions = [item["mentions"] for item in by_mentions["items"]]
    assert (by_mentions["total"], by_mentions["next"]) == (10, None)
    assert mentions == sorted(mentions, reverse=True)
    names = [item["name"] for item in _get(client, "/entities", sort="name")["items"]]
    assert names == sorted(names, key=str.casefold)
    assert {item["type"] for item in _get(client, "/entities", type="place,country")["items"]} == {
        "place",
        "country",
    }


@pytest.mark.parametrize(
    "path",
    [
        "/entities",
        "/entities?sort=name",
        "/entities?q=qa",
        "/relations",
        "/documents",
        "/entities/iran/relations",
        "/entities/iran/mentions",
        "/relations/iran.supports.nouri-al-maliki/claims",
    ],
)
def test_pages_join_to_the_whole(client: TestClient, path: str) -> None:
    """Following `Link` through pages of one item gives every item once, in order, and then ends."""
    whole = client.get(path).json()
    assert whole["total"] == len(whole["items"]) > 1
    gathered = []
    following: str | None = path + ("&" if "?" in path else "?") + "limit=1"
    while following is not None:
        answer = client.get(following)
        body = answer.json()
        assert body["total"] == whole["total"]
        assert len(body["items"]) == 1
        gathered += body["items"]
        link = answer.headers.get("link")
        assert (link is None) == (body["next"] is None)
        following = link.partition(">")[0].lstrip("<") if link else None
    assert gathered == whole["items"]


def test_entity_tells_its_names_and_who_uses_them(client: TestClient) -> None:
    """An entity is found by any name and lists each with the outlets that use it."""
    body = _get(client, "/entities/Tehran")
    assert (body["id"], body["type"], body["country_code"]) == ("iran", "country", "IR")
    names = {name["text"]: name for name in body["names"]}
    assert names["Tehran"]["sources"] == ["Tigris Wire"]
    assert names["Iran"]["mentions"] == 3
    assert names["Islamic Republic"]["mentions"] == 0
    assert body["degree"] == {"in": 1, "out": 1, "total": 2}


def test_mentions_show_the_words_around(client: TestClient) -> None:
    """A mention's text stands at its offsets in the document, and its excerpt around it."""
    for mention in _get(client, "/entities/ISIS/mentions")["items"]:
        text = _get(client, f"/documents/{mention['document']['id']}")["text"]
        assert text[mention["start_char"] : mention["end_char"]] == mention["text"] == "ISIS"
        start = mention["excerpt_start"]
        assert text[start : start + len(mention["excerpt"])] == mention["excerpt"]
        assert "ISIS" in mention["excerpt"]


def test_relations_can_be_narrowed(client: TestClient) -> None:
    """By source, kind and target, in any of their names."""
    assert _get(client, "/relations", source="Tehran", kind="supports")["items"][0]["id"] == (
        "iran.supports.nouri-al-maliki"
    )
    assert _get(client, "/relations", target="Daesh")["total"] == 1
    assert _get(client, "/relations", source="Karbala", target="Iraq")["items"][0]["origin"] == "gazetteer"
    assert _get(client, "/entities/Quds Force/relations")["total"] == 3


def test_denials_are_kept_as_evidence_and_not_counted(client: TestClient) -> None:
    """What is only denied or only possible is no relation of the graph, but can be asked for with its words."""
    assert _get(client, "/relations", source="Iran", target="ISIS")["total"] == 0
    asked = _get(client, "/relations", source="Iran", target="ISIS", evidence=True)
    relation = asked["items"][0]
    assert (relation["claims"], relation["denials"], relation["confidence"]) == (0, 1, 0)
    claims = _get(client, f"/relations/{relation['id']}/claims")["items"]
    assert [(c["polarity"], c["counts"], c["quote"]) for c in claims] == [
        ("denied", False, "Tehran has never supported ISIS.")
    ]


def test_relation_by_id(client: TestClient) -> None:
    """One relation has the names of its ends and says what its claims add up to."""
    body = _get(client, "/relations/iran.supports.nouri-al-maliki")
    assert (body["source_name"], body["target_name"]) == ("Iran", "Nouri al-Maliki")
    assert (body["how"], body["sign"], body["first"], body["last"]) == (
        "endorses",
        1,
        "2014-06-12",
        "2014-06-14",
    )


@pytest.mark.parametrize("claim_id", ["d-one-1", "d-one-2", "d-two-3", "d-four-1"])
def test_claim_stands_in_its_document(client: TestClient, claim_id: str) -> None:
    """Quote, both ends and trigger slice exactly out of the stored text, and what surrounds it is given."""
    claim = _get(client, f"/claims/{claim_id}")
    text = _get(client, f"/documents/{claim['document']['id']}")["text"]
    assert text[claim["quote_start"] : claim["quote_end"]] == claim["quote"]
    assert text[claim["trigger_start"] : claim["trigger_end"]] == claim["trigger"]
    for end in ("source", "target"):
        assert text[claim[f"{end}_start"] : claim[f"{end}_end"]] in claim["quote"]
    assert claim["before"] + claim["quote"] + claim["after"] == text
    assert _get(client, f"/relations/{claim['relation']}")["id"] == claim["relation"]


def test_document_comes_with_its_marks(client: TestClient) -> None:
    """A document has its text, and every mention and claim in it with offsets into that text."""
    body = _get(client, "/documents/d-two")
    assert (body["source"], body["published_on"]) == ("Tigris Wire", "2014-06-14")
    assert body["length"] == len(body["text"])
    assert (len(body["claim_marks"]), body["claims"]) == (4, 4)
    for mark in body["mention_marks"]:
        assert body["text"][mark["start_char"] : mark["end_char"]] == mark["text"]


def test_documents_of_one_outlet(client: TestClient) -> None:
    """The list can be narrowed to an outlet; last stored comes first."""
    assert _get(client, "/documents")["items"][0]["id"] == "d-four"
    assert [item["id"] for item in _get(client, "/documents", source="Oasis Herald")["items"]] == ["d-three"]


def test_delete_takes_claims_along_and_nothing_else(connect: Connect, writable_url: str) -> None:
    """After a text is gone its claims no longer count; entities stay."""
    caller = connect()
    assert caller.delete("/documents/d-two").status_code == 204
    assert caller.get("/documents/d-two").status_code == 404
    assert caller.get("/claims/d-two-2").status_code == 404
    assert caller.get("/entities/qasem-soleimani").json()["degree"]["total"] == 0
    relation = caller.get("/relations/iran.supports.nouri-al-maliki").json()
    assert relation["claims"] == 2
    with Store.open(writable_url) as store:
        assert store.get_stats().documents == 3


def test_merged_entities_answer_as_one(connect: Connect, writable_url: str) -> None:
    """A judgement that two are the same shows everywhere, and ids from before still lead to the one."""
    with Store.open(writable_url) as store:
        store.add_judgement("qatar", "iran", "same", keep_id="iran")
    caller = connect()
    assert caller.get("/entities/qatar").json()["id"] == "iran"
    assert caller.get("/claims/d-four-1").json()["source"]["id"] == "iran"
    assert caller.get("/relations/qatar.supports.isis").json()["id"] == "iran.supports.isis"
    document = caller.get("/documents/d-four").json()
    assert {mark["entity"]["id"] for mark in document["mention_marks"]} == {"iran", "isis", "quds-force"}


def test_health(connect: Connect, writable_url: str) -> None:
    """Alive says only that; ready looks at the database and says what it saw."""
    caller = connect()
    assert caller.get("/health/live").json() == {"status": "ok", "checks": {}}
    assert caller.get("/health/ready").json()["checks"]["database"] == f"schema {HEAD_REVISION}"
    with Store.open(writable_url) as store, store.writing() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    answer = caller.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
    assert caller.get("/health/live").status_code == 200


def test_index_points_to_the_documentation(client: TestClient) -> None:
    """The root says where to go, and each place it names answers."""
    body = _get(client, "/")
    assert body["name"] == "actorgraph"
    for path in (body["docs"], body["openapi"]):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("dates", "sums"),
    [
        ({}, (3, 2, "2014-06-14")),
        # That one of the two is a copy is known of their story alone, not since when.
        ({"known_by": "2014-06-13"}, (2, 2, "2014-06-13")),
        ({"known_by": "2014-06-12"}, (1, 1, "2014-06-12")),
        ({"as_of": "2014-06-13"}, (2, 1, "2014-06-13")),
    ],
    ids=str,
)
def test_a_relation_is_added_up_as_it_was_known(
    client: TestClient, dates: dict[str, str], sums: tuple[int, int, str]
) -> None:
    """Claims, independent sources and last day are those of the texts that the dates leave, and so is its evidence."""
    address = "/relations/iran.supports.nouri-al-maliki"
    body = _get(client, address, **dates)
    assert (body["claims"], body["independent_sources"], body["last"]) == sums
    listed = _get(client, f"{address}/claims", **dates)
    assert listed["total"] == body["claims"] == len(listed["items"])
    assert {claim["relation"] for claim in listed["items"]} == {body["id"]}
    assert max(claim["document"]["published_on"] for claim in listed["items"]) == body["last"]


@pytest.mark.parametrize(
    ("path", "dates", "detail"),
    [
        (
            "/relations/iran.supports.nouri-al-maliki",
            {"known_by": "2014-06-11"},
            "No relation with id 'iran.supports.nouri-al-maliki' was known by 2014-06-11.",
        ),
        (
            "/relations/iran.supports.nouri-al-maliki/claims",
            {"as_of": "2014-06-11"},
            "No relation with id 'iran.supports.nouri-al-maliki' held on 2014-06-11.",
        ),
        (
            "/claims/d-two-2",
            {"known_by": "2014-06-13", "as_of": "2014-06-14"},
            "No claim with id 'd-two-2' was known by 2014-06-13 to have held on 2014-06-14.",
        ),
        (
            "/claims/d-four-2",
            {"known_by": "2030-01-01"},
            "No claim with id 'd-four-2' was known by 2030-01-01.",
        ),
        ("/claims/none", {"known_by": "2030-01-01"}, "No claim with id 'none' was known by 2030-01-01."),
        ("/claims/none", {}, "There is no claim with id 'none'."),
    ],
)
def test_what_was_not_known_yet_is_not_found(
    client: TestClient, path: str, dates: dict[str, str], detail: str
) -> None:
    """The problem says by when; the words are the same for what is not known today, and for undated texts."""
    answer = client.get(path, params=dates)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")
    assert (answer.json()["type"], answer.json()["detail"]) == ("/problems/not-found", detail)


def test_a_claim_is_the_same_on_every_day_it_was_known(client: TestClient) -> None:
    """What one sentence says does not change; a copy of a story is known when it is published itself."""
    claim = _get(client, "/claims/d-one-1")
    assert _get(client, "/claims/d-one-1", known_by="2014-06-12", as_of="2014-06-30") == claim
    assert client.get("/claims/d-three-1?known_by=2014-06-12").status_code == 404
    assert client.get("/claims/d-three-1?known_by=2014-06-13").status_code == 200


def test_mentions_are_those_of_texts_known_by_a_day(client: TestClient) -> None:
    """Later and undated texts are left out, page by page; nobody is found before anybody wrote of them."""
    whole = _get(client, "/entities/ISIS/mentions")
    assert {m["document"]["published_on"] for m in whole["items"]} == {"2014-06-12", "2014-06-14", None}
    known = _get(client, "/entities/ISIS/mentions", known_by="2014-06-14")
    assert known["items"] == [m for m in whole["items"] if m["document"]["published_on"] is not None]
    assert known["total"] == len(known["items"])
    first = _get(client, "/entities/ISIS/mentions", known_by="2014-06-14", limit=1)
    rest = _get(client, "/entities/ISIS/mentions", known_by="2014-06-14", cursor=first["next"])
    assert first["items"] + rest["items"] == known["items"]
    early = client.get("/entities/Soleimani/mentions?known_by=2014-06-13")
    assert (early.status_code, early.json()["type"]) == (404, "/problems/unknown-name")
    refused = client.get("/entities/ISIS/mentions?as_of=2014-06-13")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "as_of")
