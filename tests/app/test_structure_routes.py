"""Communities and balance over HTTP and on the command line: groups, camps, quotes, pictures."""

import cProfile
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from app.balance_schemas import BalanceAnswer
from app.cli import app
from app.plots.balance import draw_coalitions, draw_over_time
from app.structure_examples import BALANCE
from graph.balance import analyse_balance

Connect = Callable[..., TestClient]

_SVG = "{http://www.w3.org/2000/svg}"


def _ask(client: TestClient, path: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401
    answer = client.get(path, params=options)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_balance_tells_camps_and_their_evidence(client: TestClient) -> None:
    """Iran backs Maliki, who condemned ISIS: two against one, nothing contradicts it, and no triad closes."""
    body = _ask(client, "/graph/balance")
    part = body["parts"]["items"][0]
    camps = [{actor["id"] for actor in part[side]["items"]} for side in ("first", "second")]
    assert camps == [{"iran", "nouri-al-maliki"}, {"isis"}]
    assert body["frustration"] | {"method": ""} == {
        "weight": "ties",
        "exact": True,
        "lower": 0,
        "upper": 0,
        "total": 2,
        "balanced_share": 1.0,
        "method": "",
    }
    assert (body["ties"], body["walks"]["share"]) == ({"positive": 1, "negative": 1, "ambivalent": 0}, 1.0)
    assert body["triads"]["counts"] == {"+++": 0, "++-": 0, "+--": 0, "---": 0}


def test_triads_and_ties_to_check_have_their_quotes(doubled_url: str, connect: Connect) -> None:
    """Where three are all tied, each side of the triad shows the sentence behind it, and what to check does too."""
    caller = connect(database_url=doubled_url)
    judged = caller.post(
        "/judgements",
        json={"left": "kassem-sulaimani", "right": "iran", "verdict": "same", "keep": "iran"},
    )
    assert judged.status_code == 201, judged.text
    body = _ask(caller, "/graph/balance")
    triad = body["triads"]["balanced"]["items"][0]
    assert ([actor["id"] for actor in triad["actors"]], triad["signs"]) == (
        ["iran", "isis", "nouri-al-maliki"],
        "+--",
    )
    quotes = [tie["relations"][0]["quotes"][0]["text"] for tie in triad["ties"]]
    assert quotes[0] == "Kassem Sulaimani struck ISIS near Samarra."
    assert all(quotes)
    assert body["triads"]["balanced_share"] == 1.0


def test_balance_over_time(client: TestClient) -> None:
    """With spans asked for, the balance is told at the end of each; by the first day there was one claim on either side."""
    moments = _ask(client, "/graph/balance", bucket="day")["over_time"]
    assert [moment["day"] for moment in moments] == ["2014-06-12", "2014-06-13", "2014-06-14"]
    assert moments[0]["ties"] == {"positive": 1, "negative": 1, "ambivalent": 0}
    assert _ask(client, "/graph/balance")["over_time"] == []


@pytest.mark.parametrize(
    ("options", "actors"),
    [
        ({}, 3),
        ({"relations": "opposes"}, 2),
        ({"known_by": "2014-06-11"}, 0),
        ({"sources": "Tigris Wire"}, 2),
    ],
    ids=["all", "kind", "date", "outlet"],
)
def test_filters_are_those_of_everywhere(client: TestClient, options: dict[str, str], actors: int) -> None:
    """Balance is measured on what the usual filters leave."""
    assert _ask(client, "/graph/balance", **options)["actors"] == actors


def test_communities_are_named_and_evidenced(client: TestClient) -> None:
    """Who backs or leads whom makes a group, named by its most central; what lies between groups is quoted."""
    body = _ask(client, "/graph/communities")
    groups = body["communities"]["items"]
    assert [group["name"] for group in groups] == [
        "Iran and Nouri al-Maliki",
        "Qasem Soleimani and Quds Force",
    ]
    assert groups[0]["ties"]["items"][0]["edge"]["id"] == "iran.supports.nouri-al-maliki"
    assert groups[0]["ties"]["items"][0]["quotes"]
    border = body["borders"]["items"][0]
    assert (border["left"], border["right"]) == (1, 2)
    assert [item["edge"]["id"] for item in border["bridges"]["items"]] == ["quds-force.member-of.iran"]
    assert border["bridges"]["items"][0]["quotes"]
    assert [actor["id"] for actor in body["alone"]["items"]] == ["isis"]
    assert (body["communities"]["shown"], body["communities"]["total"]) == (2, 2)


def test_unsigned_communities_take_every_relation(client: TestClient) -> None:
    """Without signs, opposition and place tie as all else does."""
    body = _ask(client, "/graph/communities", signs="unsigned")
    ids = {
        member["entity"]["id"]
        for group in body["communities"]["items"]
        for member in group["members"]["items"]
    }
    assert {"isis", "karbala"} <= ids
    assert body["alone"]["total"] == 0


@pytest.mark.parametrize(
    ("path", "option"),
    [
        ("/graph/balance?weight=gold", "weight"),
        ("/graph/balance?limit=0", "limit"),
        ("/graph/balance?bucket=hour", "bucket"),
        ("/graph/communities?resolution=0", "resolution"),
        ("/graph/communities?signs=maybe", "signs"),
    ],
)
def test_wrong_options_are_told(client: TestClient, path: str, option: str) -> None:
    """A value that cannot be used is a 422 which names the option."""
    answer = client.get(path)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == option


@pytest.mark.parametrize("path", ["/graph/balance", "/graph/communities", "/graph/balance.svg"])
def test_answers_are_conditional(client: TestClient, path: str) -> None:
    """Asked again with the tag of the answer, nothing is sent."""
    etag = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("path", ["/graph/balance", "/graph/communities"])
def test_slow_questions_are_stopped(connect: Connect, path: str) -> None:
    """A question beyond its time answers 503."""
    assert connect(query_timeout_s=1e-9).get(path).status_code == 503


@pytest.mark.parametrize("plot", ["coalitions", "time"])
def test_the_picture_says_what_it_shows(client: TestClient, plot: str) -> None:
    """The SVG is well-formed, needs nothing from elsewhere, and has a title and a description in words."""
    answer = client.get("/graph/balance.svg", params={"plot": plot})
    assert answer.headers["content-type"].startswith("image/svg+xml")
    root = ET.fromstring(answer.content)  # noqa: S314 (our own)
    title, description = (root.findtext(f"{_SVG}{name}") or "" for name in ("title", "desc"))
    assert title
    assert ("Iran" in description) is (plot == "coalitions")
    assert "index 0" in description
    assert root.get("role") == "img"
    assert not re.search(r"(href|src|url\()", answer.text)
    assert "prefers-color-scheme: dark" in answer.text


def test_contradictions_are_drawn_apart() -> None:
    """A tie against the split has a shape of its own, not only a colour, and the words name it."""
    answer = BalanceAnswer.model_validate(BALANCE)
    ties = [tie for triad in answer.triads.unbalanced.items for tie in triad.ties]
    picture = draw_coalitions(answer, ties)
    assert picture.count('class="wrongfoe"') == 2  # in the legend, and once drawn
    assert "stroke-dasharray" in picture
    assert "ISIS and Saudi Arabia are foes within" in picture
    over_time = draw_over_time(answer)
    assert "by 2014-06-30: 1 friendly tie, 4 hostile ties, frustration index 1" in over_time


def test_names_cannot_break_a_picture() -> None:
    """Names come from texts; what is markup in them is shown as it is written."""
    told = BALANCE | {"parts": _rename_first('<b>"&')}
    picture = draw_coalitions(BalanceAnswer.model_validate(told), [])
    assert "&lt;b&gt;&quot;&amp;" in picture
    ET.fromstring(picture)  # noqa: S314 (our own)


def _rename_first(name: str) -> dict[str, Any]:
    parts: dict[str, Any] = BALANCE["parts"]  # type: ignore[assignment]
    part = parts["items"][0]
    camp = part["first"]
    renamed = {**camp, "items": [{**camp["items"][0], "name": name}, *camp["items"][1:]]}
    return {**parts, "items": [{**part, "first": renamed}]}


def test_commands_answer_people_and_machines(filled_url: str) -> None:
    """Both commands print text that names the actors, and the service's own JSON with `--json`."""
    run = CliRunner()
    for command, word, key in (
        ("balance", "One camp: Nouri al-Maliki, Iran", "frustration"),
        ("communities", "Pairs: Iran and Nouri al-Maliki", "communities"),
    ):
        told = run.invoke(app, [command, "--database", filled_url])
        assert told.exit_code == 0, told.output
        assert word in told.output
        plain = run.invoke(app, [command, "--json", "--database", filled_url])
        assert f'"{key}":' in plain.output


@pytest.mark.parametrize("options", [[], ["--bucket", "day"]], ids=["coalitions", "time"])
def test_a_picture_costs_no_second_analysis(
    client: TestClient, filled_url: str, tmp_path: Path, options: list[str]
) -> None:
    """With `--svg` the signs are analysed once, and answer and picture are those that the routes give."""
    file = tmp_path / "balance.svg"
    with cProfile.Profile() as profile:
        told = CliRunner().invoke(
            app, ["balance", "--json", "--svg", str(file), *options, "--database", filled_url]
        )
    assert told.exit_code == 0, told.output
    calls = [each.callcount for each in profile.getstats() if each.code is analyse_balance.__code__]
    assert calls == [1]
    asked = {"bucket": "day"} if options else {}
    assert told.output == client.get("/graph/balance", params={**asked, "limit": 5}).text + "\n"
    drawn = {**asked, "limit": 5, "plot": "time" if options else "coalitions"}
    assert file.read_text(encoding="utf-8") == client.get("/graph/balance.svg", params=drawn).text
