"""Rankings that explain themselves, over HTTP and in a terminal."""

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from app.cli import app


def test_explain_gives_the_relations_that_carry_a_score(client: TestClient) -> None:
    """So many of each actor's relations, with their ends by name, the one that carries most first."""
    body = client.get("/graph/centrality", params={"metric": "degree", "explain": 2}).json()
    for item in body["items"]:
        shares = [carrying["share"] for carrying in item["carried_by"]]
        assert len(shares) == min(2, item["relations"])
        assert shares == sorted(shares, reverse=True)
        for carrying in item["carried_by"]:
            relation = carrying["relation"]
            assert item["entity"]["id"] in {relation["source"], relation["target"]}
            assert item["entity"]["name"] in {relation["source_name"], relation["target_name"]}
            assert carrying["share"] == pytest.approx(1 / item["relations"])


def test_nothing_is_explained_unasked(client: TestClient) -> None:
    """The plain ranking costs nothing more than it did."""
    body = client.get("/graph/centrality", params={"metric": "betweenness"}).json()
    assert [item["carried_by"] for item in body["items"]] == [[]] * body["shown"]


@pytest.mark.parametrize("explain", [-1, 21])
def test_explain_has_limits(client: TestClient, explain: int) -> None:
    """The problem names the option."""
    answer = client.get("/graph/centrality", params={"metric": "degree", "explain": explain})
    assert answer.status_code == 422
    assert [fault["field"] for fault in answer.json()["errors"]] == ["explain"]


def test_top_prints_what_carries_each_score(filled_url: str) -> None:
    """Under the table, each actor with its relations and the share of the score they carry."""
    command = ["top", "pagerank", "--limit", "2", "--explain", "1", "--database", filled_url]
    result = CliRunner().invoke(app, command, env={"NO_COLOR": "1"})
    assert result.exit_code == 0
    assert result.stdout.count(" is carried by") == 2
    assert "%  " in result.stdout
