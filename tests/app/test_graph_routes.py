"""Questions to the graph over HTTP: paths with their quotes, surroundings, rankings, counts, exports."""

import io
from collections.abc import Callable
from typing import Any

import networkx as nx
import pytest
from starlette.testclient import TestClient

Connect = Callable[..., TestClient]


def _ask(client: TestClient, path: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401
    answer = client.get(path, params=options)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_path_tells_each_hop_with_its_quotes(client: TestClient) -> None:
    """A path names its nodes, how each relation is walked, and the sentences behind it with outlet and date."""
    body = _ask(client, "/graph/path", **{"from": "Tehran", "to": "Daesh"})
    path = body["paths"][0]
    assert [node["id"] for node in path["nodes"]] == ["iran", "nouri-al-maliki", "isis"]
    assert [hop["walked"] for hop in path["hops"]] == ["forward", "forward"]
    assert [hop["edge"]["kind"] for hop in path["hops"]] == ["supports", "opposes"]
    quote = path["hops"][0]["quotes"][0]
    assert quote["text"] == "Iran backs Prime Minister Nouri al-Maliki, its foreign ministry said."
    assert (quote["document"]["source"], quote["document"]["published_on"]) == ("Gulf Courier", "2014-06-12")
    assert quote["attributed_to"] == {
        "text": "its foreign ministry",
        "entity": {"id": "iran", "name": "Iran", "type": "country"},
    }


def test_path_says_what_it_comes_to(client: TestClient) -> None:
    """Net sign is the product of the signs, confidence the product of the hops', and the weakest hop is named."""
    path = _ask(client, "/graph/path", **{"from": "Iran", "to": "ISIS"})["paths"][0]
    confidences = [hop["edge"]["confidence"] for hop in path["hops"]]
    assert path["sign"] == -1
    assert path["confidence"] == pytest.approx(confidences[0] * confidences[1])
    assert path["weakest_hop"] == confidences.index(min(confidences))


def test_copies_of_a_story_are_one_source(client: TestClient) -> None:
    """Three claims from two stories give two sources; each story is quoted before one is quoted twice."""
    hop = _ask(client, "/graph/path", **{"from": "Iran", "to": "Maliki"})["paths"][0]["hops"][0]
    assert (hop["edge"]["claims"], hop["edge"]["independent_sources"]) == (3, 2)
    assert hop["edge"]["confidence"] == pytest.approx(1 - 0.2 * 0.5)
    assert [quote["claim_id"] for quote in hop["quotes"]] == ["d-one-1", "d-two-4", "d-three-1"]


def test_path_walks_backward_and_says_so(client: TestClient) -> None:
    """From a target to its source a relation is walked against its direction, unless that is ruled out."""
    forward_only = {"from": "ISIS", "to": "Maliki", "direction": "out"}
    path = _ask(client, "/graph/path", **{"from": "ISIS", "to": "Maliki"})["paths"][0]
    assert path["hops"][0]["walked"] == "backward"
    assert path["hops"][0]["edge"]["source"] == "nouri-al-maliki"
    assert _ask(client, "/graph/path", **forward_only)["paths"] == []


def test_path_uses_geography_and_marks_it(client: TestClient) -> None:
    """Iraq is reached through Karbala because geography says so; without geography it is out of reach."""
    asked = {"from": "Quds Force", "to": "Iraq"}
    last = _ask(client, "/graph/path", **asked)["paths"][0]["hops"][-1]
    assert (last["edge"]["origin"], last["quotes"]) == ("gazetteer", [])
    without = _ask(client, "/graph/path", **asked, origin="text")
    assert (without["paths"], without["shown"], without["total"]) == ([], 0, 0)


def test_quotes_obey_the_filter(client: TestClient) -> None:
    """What was not yet published is neither counted nor quoted."""
    asked = {"from": "Iran", "to": "Maliki", "known_by": "2014-06-12"}
    hop = _ask(client, "/graph/path", **asked)["paths"][0]["hops"][0]
    assert hop["edge"]["claims"] == 1
    assert [quote["claim_id"] for quote in hop["quotes"]] == ["d-one-1"]


def test_graph_without_somebodys_own_words(client: TestClient) -> None:
    """Claims that Iran itself is quoted with can be left out; speakers are given by name."""
    edge = _ask(client, "/graph/path", **{"from": "Iran", "to": "Maliki", "not_said_by": "Tehran"})
    assert [quote["claim_id"] for quote in edge["paths"][0]["hops"][0]["quotes"]] == ["d-three-1", "d-two-4"]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"avoid": "Maliki"}, False),
        ({"relations": "supports,opposes"}, True),
        ({"relations": ["supports", "opposes"]}, True),
        ({"relations": "supports"}, False),
        ({"types": "country,person,armed-group"}, True),
        ({"types": "country,armed-group"}, False),
        ({"min_confidence": 0.8}, False),
        ({"min_confidence": 0.7}, True),
        ({"max_hops": 1}, False),
        ({"sign": "negative"}, True),
        ({"sign": "positive"}, False),
        ({"as_of": "2014-06-13"}, True),
        ({"sources": "Gulf Courier"}, True),
        ({"sources": "Tigris Wire"}, False),
        ({"weight": "confidence", "k": 3}, True),
    ],
)
def test_options_decide_whether_there_is_a_path(
    client: TestClient, options: dict[str, Any], found: bool
) -> None:
    """Each option of the contract takes effect."""
    body = _ask(client, "/graph/path", **{"from": "Iran", "to": "ISIS", **options})
    assert bool(body["paths"]) is found


def test_neighborhood_says_how_much_of_how_much(client: TestClient) -> None:
    """Nothing is cut silently: what is shown and what there is stand side by side."""
    whole = _ask(client, "/graph/neighborhood", of="Iran", depth=2)
    part = _ask(client, "/graph/neighborhood", of="Iran", depth=2, limit=2)
    assert whole["shown"] == whole["total"] == part["total"]
    assert part["shown"]["nodes"] == 2
    assert {node["id"] for node in whole["nodes"]} >= {"iran", "nouri-al-maliki", "isis", "quds-force"}
    ids = {node["id"] for node in part["nodes"]}
    assert all({edge["source"], edge["target"]} <= ids for edge in part["edges"])


def test_neighborhood_of_several(client: TestClient) -> None:
    """Several actors may stand in the middle, by any of their names."""
    body = _ask(client, "/graph/neighborhood", of="Tehran,Daesh")
    assert [entity["id"] for entity in body["of"]] == ["iran", "isis"]


def test_between_shows_what_paths_run_through(client: TestClient) -> None:
    """Between two actors lie those on their paths and no others, with all relations among them."""
    body = _ask(client, "/graph/between", **{"from": "Iran", "to": "Daesh"})
    assert {node["id"] for node in body["nodes"]} == {"iran", "nouri-al-maliki", "isis"}
    assert body["shown"] == body["total"] == {"nodes": 3, "edges": 2}
    assert _ask(client, "/graph/between", **{"from": "Iran", "to": "Daesh", "max_hops": 1})["nodes"] == []


@pytest.mark.parametrize(
    "metric",
    [
        "degree",
        "in-degree",
        "out-degree",
        "pagerank",
        "betweenness",
        "closeness",
        "harmonic",
        "eigenvector",
        "katz",
    ],
)
def test_every_centrality_answers(client: TestClient, metric: str) -> None:
    """Each metric of the contract ranks the actors, highest first, and says whether it is exact."""
    body = _ask(client, "/graph/centrality", metric=metric, limit=3)
    scores = [item["score"] for item in body["items"]]
    assert scores == sorted(scores, reverse=True)
    assert body["exact"] is True
    assert (body["shown"], body["metric"]) == (3, metric)
    assert body["total"] >= 5


def test_centrality_lists_the_types_asked_for(client: TestClient) -> None:
    """A ranking of places still counts the actors around them."""
    body = _ask(client, "/graph/centrality", metric="degree", types="place")
    assert body["items"][0]["entity"]["id"] == "karbala"
    assert body["items"][0]["relations"] == 2


def test_stats_count_what_is_there(client: TestClient) -> None:
    """Counts by type, kind and origin add up, and copies are one story."""
    body = _ask(client, "/graph/stats")
    assert body["entities"] == 10 == sum(body["entities_by_type"].values())
    assert body["relations"] == 6 == sum(body["relations_by_kind"].values())
    assert body["relations_by_origin"] == {"text": 5, "gazetteer": 1}
    assert (body["documents"], body["stories"]) == (4, 3)
    assert body["evidence_only"] == 2
    assert body["published"] == {"first": "2014-06-12", "last": "2014-06-14"}


def test_export_graphml_can_be_read(client: TestClient) -> None:
    """The GraphML answer opens in networkx with names and relations, control characters gone."""
    answer = client.get("/graph/export?format=graphml")
    assert answer.headers["content-type"].startswith("application/graphml+xml")
    assert "attachment" in answer.headers["content-disposition"]
    graph = nx.read_graphml(io.BytesIO(answer.content), force_multigraph=True)
    assert graph.nodes["iran"]["name"] == "Iran"
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (10, 6)


def test_export_json_obeys_filters(client: TestClient) -> None:
    """Node-link JSON has the same filters as everything else."""
    body = _ask(client, "/graph/export", format="json", relations="opposes")
    assert [edge["id"] for edge in body["edges"]] == ["nouri-al-maliki.opposes.isis"]
    assert {node["id"] for node in body["nodes"]} == {"isis", "nouri-al-maliki"}


@pytest.mark.parametrize(
    "path",
    [
        "/graph/path?from=Iran&to=ISIS",
        "/graph/stats",
        "/entities",
        "/relations",
        "/documents",
        "/graph/export",
    ],
)
def test_answers_are_conditional(client: TestClient, path: str) -> None:
    """An answer carries an ETag; asked again with it, nothing is sent, and another question has another tag."""
    first = client.get(path)
    etag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    again = client.get(path, headers={"If-None-Match": f'"other", {etag}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == etag
    other = client.get(
        path + ("&" if "?" in path else "?") + "limit=1"
        if "graph" not in path
        else "/graph/stats?types=place"
    )
    assert other.headers["etag"] != etag


def test_etag_moves_with_the_graph(connect: Connect) -> None:
    """After a write the old tag no longer answers 304."""
    caller = connect()
    etag = caller.get("/graph/stats").headers["etag"]
    assert caller.delete("/documents/d-four").status_code == 204
    answer = caller.get("/graph/stats", headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer.json()["documents"] == 3


def test_limits_of_a_service_can_be_lower(connect: Connect) -> None:
    """Settings lower what may be asked; the answer says the limit."""
    caller = connect(max_hops=2, max_k=1, max_page_size=5)
    for path in (
        "/graph/path?from=Iran&to=ISIS&max_hops=3",
        "/graph/path?from=Iran&to=ISIS&max_hops=2&k=2",
        "/entities?limit=6",
    ):
        answer = caller.get(path)
        assert answer.status_code == 422
        assert "at most" in answer.json()["errors"][0]["message"]


def test_slow_questions_are_stopped(connect: Connect) -> None:
    """A question beyond its time answers 503 and says when to try again."""
    answer = connect(query_timeout_s=1e-9).get("/graph/centrality?metric=betweenness")
    assert answer.status_code == 503
    assert answer.json()["type"] == "/problems/too-slow"
    assert int(answer.headers["retry-after"]) > 0


def test_nobody_is_known_before_a_text_names_them(client: TestClient) -> None:
    """Asked by what was known before the first text, a name means nobody yet, and none is suggested."""
    answer = client.get("/graph/path", params={"from": "Iran", "to": "ISIS", "known_by": "2014-06-11"})
    assert (answer.status_code, answer.json()["suggestions"]) == (404, [])
