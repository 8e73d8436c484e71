"""Timelines, diffs and what would break a path: over HTTP, as a picture and in a terminal."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from app.cli import app
from app.main import create_app
from app.plots.timeline import draw_timeline
from app.settings import Settings
from app.timeline_schemas import TimelineAnswer

SVG = "{http://www.w3.org/2000/svg}"
Connect = Callable[..., TestClient]


def _ask(client: TestClient, path: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401
    answer = client.get(path, params=options)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def _run(*args: str, database: str) -> Result:
    return CliRunner().invoke(app, list(args), env={"ACTORGRAPH_DATABASE_URL": database})


def _draw(**changes: Any) -> ET.Element:  # noqa: ANN401 (any field)
    """Draw a timeline of three days and read it as XML."""
    none = {"claims": 0, "kinds": {}, "denied": 0, "possible": 0}
    answer: dict[str, Any] = {
        "of": [{"id": "iran", "name": "Iran", "type": "country"}],
        "bucket": "day",
        "clock": "published",
        "stories_once": False,
        "kinds": ["supports", "opposes"],
        "shown": 5,
        "total": 6,
        "graph_version": 1,
        "buckets": [
            {
                "start": "2014-06-12",
                "end": "2014-06-12",
                "claims": 4,
                "kinds": {"supports": 3, "opposes": 1},
                "denied": 2,
                "possible": 0,
            },
            {"start": "2014-06-13", "end": "2014-06-13", **none},
            {
                "start": "2014-06-14",
                "end": "2014-06-14",
                "claims": 1,
                "kinds": {"opposes": 1},
                "denied": 0,
                "possible": 0,
            },
        ],
        "undated": {"claims": 1, "kinds": {"supports": 1}, "denied": 0, "possible": 0},
        "before": none,
        "after": none,
    }
    return ET.fromstring(draw_timeline(TimelineAnswer.model_validate({**answer, **changes})))  # noqa: S314 (our own)


def _find_text(picture: ET.Element, tag: str) -> str:
    element = picture.find(f"{SVG}{tag}")
    assert element is not None
    return element.text or ""


def test_timeline_counts_by_kind_and_shows_empty_days(client: TestClient) -> None:
    """Each day has its claims by kind; the undated text is counted apart; nothing is lost between shown and total."""
    body = _ask(client, "/graph/timeline", bucket="day")
    assert [(b["start"], b["claims"], b["kinds"]) for b in body["buckets"]] == [
        ("2014-06-12", 2, {"supports": 1, "opposes": 1}),
        ("2014-06-13", 1, {"supports": 1}),
        ("2014-06-14", 3, {"supports": 1, "commands": 1, "located-in": 1}),
    ]
    assert (body["buckets"][2]["denied"], body["undated"]["kinds"]) == (1, {"member-of": 1})
    assert (body["shown"], body["total"], body["clock"]) == (6, 7, "published")
    assert body["kinds"] == ["supports", "opposes", "commands", "member-of", "located-in"]


def test_timeline_is_asked_of_actors_by_name(client: TestClient) -> None:
    """Any name of an actor will do, and copies of one story can be counted once."""
    body = _ask(client, "/graph/timeline", of="Tehran", bucket="day", stories_once=True)
    assert [entity["id"] for entity in body["of"]] == ["iran"]
    assert [(b["start"], b["claims"]) for b in body["buckets"]] == [
        ("2014-06-12", 1),
        ("2014-06-13", 0),
        ("2014-06-14", 1),
    ]


@pytest.mark.parametrize(
    ("path", "options", "status", "field"),
    [
        ("/graph/timeline", {"of": "Atlantis"}, 404, None),
        ("/graph/timeline", {"of": "Badr"}, 409, None),
        ("/graph/timeline", {"bucket": "year"}, 422, "bucket"),
        ("/graph/timeline", {"bucket": "day", "since": "1950-01-01"}, 422, "bucket"),
        ("/graph/timeline", {"since": "2014-07-01", "until": "2014-06-01"}, 422, "until"),
        ("/graph/timeline.svg", {"clock": "stored"}, 422, "clock"),
        ("/graph/diff", {"from": "2014-06-12"}, 422, "to"),
        ("/graph/diff", {"from": "2014-06-14", "to": "2014-06-12"}, 422, "to"),
        ("/graph/diff", {"from": "2014-06-12", "to": "2014-06-14", "as_of": "2014-06-13"}, 422, "as_of"),
        ("/graph/diff", {"from": "2014-06-12", "to": "2014-06-14", "of": "Atlantis"}, 404, None),
    ],
)
def test_impossible_questions_are_problems(
    client: TestClient, path: str, options: dict[str, str], status: int, field: str | None
) -> None:
    """Unknown names and options out of range are told as problems that name what is wrong."""
    answer = client.get(path, params=options)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert field is None or [fault["field"] for fault in answer.json()["errors"]] == [field]


def test_the_picture_stands_on_its_own(client: TestClient) -> None:
    """The SVG is well-formed, loads and runs nothing, and is conditional as every answer."""
    answer = client.get("/graph/timeline.svg?of=Iran&bucket=day")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    picture = ET.fromstring(answer.text)  # noqa: S314 (our own)
    assert picture.get("role") == "img"
    assert not [e for e in picture.iter() if e.tag in {f"{SVG}script", f"{SVG}image", f"{SVG}a"}]
    assert "href" not in answer.text
    again = client.get(
        "/graph/timeline.svg?of=Iran&bucket=day", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_the_picture_says_in_words_what_it_shows() -> None:
    """Title and description tell whose claims, how many of what, from when to when, the peak, and what is left out."""
    picture = _draw()
    assert _find_text(picture, "title") == "Claims about Iran per day"
    assert _find_text(picture, "desc") == (
        "5 claims from 2014-06-12 to 2014-06-14, counted by day of publication: 3 supports, 2 opposes. "
        "Most on 2014-06-12: 4. 1 day of 3 without any. Not in the bars: 2 denials, 1 undated claim."
    )


def test_bars_are_as_high_as_their_counts() -> None:
    """Within a bar and between bars, heights are in proportion; each bar has a title with its numbers."""
    bars = next(g for g in _draw().iter(f"{SVG}g") if g.get("class") == "bars")
    heights = [[float(rect.get("height", 0)) for rect in bar.iter(f"{SVG}rect")] for bar in bars]
    assert [len(bar) for bar in heights] == [2, 1]
    assert heights[0][0] == pytest.approx(3 * heights[0][1], abs=0.05)
    assert heights[1][0] == pytest.approx(heights[0][1], abs=0.05)
    assert _find_text(bars[0], "title") == "2014-06-12: 4 claims (supports 3, opposes 1)"


def test_kinds_are_told_apart_without_red_against_green() -> None:
    """Every kind has a colour of its own, in bars and legend alike, and both grounds are drawn."""
    picture = _draw()
    fills = {rect.get("fill") for rect in picture.iter(f"{SVG}rect") if rect.get("fill")}
    assert fills == {"#009e73", "#d55e00"}
    assert "prefers-color-scheme: dark" in _find_text(picture, "style")


def test_names_cannot_break_out_of_the_picture() -> None:
    """Markup and control characters in a name are text."""
    name = '</title><script>alert("1")</script>\x1b[31m & co'
    picture = _draw(of=[{"id": "x", "name": name, "type": "person"}])
    assert not list(picture.iter(f"{SVG}script"))
    assert _find_text(picture, "title") == (
        'Claims about </title><script>alert("1")</script>[31m & co per day'
    )


def test_a_timeline_without_a_date_is_a_picture_still() -> None:
    """Where nothing can be placed, the picture says so and has axes but no bars."""
    picture = _draw(buckets=[], shown=0, total=1)
    assert (
        _find_text(picture, "desc")
        == "No claim has a date to be placed on. Not in the bars: 1 undated claim."
    )


def test_diff_tells_what_appeared_with_its_quotes(client: TestClient) -> None:
    """Between two days, what was first told in between appeared, with the words that tell it and what it adds up to."""
    body = _ask(client, "/graph/diff", **{"from": "2014-06-12", "to": "2014-06-14"})
    found = {change["relation"]["id"]: change for change in body["appeared"]}
    assert set(found) == {"qasem-soleimani.commands.quds-force", "quds-force.located-in.karbala"}
    change = found["qasem-soleimani.commands.quds-force"]
    assert (change["before"], change["after"]["claims"], change["day"]) == (None, 1, "2014-06-14")
    assert change["claims"] == ["d-two-2"]
    assert change["quotes"][0]["text"] == "Qasem Soleimani commands the Quds Force."
    assert body["shown"] == body["total"]
    assert (body["reading"], body["ended"], body["changed_sign"]) == ("held", [], [])


def test_diff_says_how_many_of_how_many(client: TestClient) -> None:
    """Each list is cut at the limit, never silently; the surest come first."""
    whole = _ask(client, "/graph/diff", **{"from": "2014-06-01", "to": "2014-06-14", "reading": "known"})
    part = _ask(
        client, "/graph/diff", **{"from": "2014-06-01", "to": "2014-06-14", "reading": "known", "limit": 1}
    )
    assert (part["shown"]["appeared"], part["total"]) == (1, whole["total"])
    assert part["appeared"] == whole["appeared"][:1]
    confidences = [change["relation"]["confidence"] for change in whole["appeared"]]
    assert confidences == sorted(confidences, reverse=True)


def test_path_says_what_would_break_it_if_asked(client: TestClient) -> None:
    """Asked to explain, a path names the outlet without which the two are not connected; else nothing is looked for."""
    plain = _ask(client, "/graph/path", **{"from": "Iran", "to": "ISIS"})
    explained = _ask(client, "/graph/path", **{"from": "Iran", "to": "ISIS", "explain": True})
    assert plain["breaks"] is None
    assert explained["breaks"] == {"disconnect": [["Gulf Courier"]], "changes_sign": [], "exact": True}
    assert explained["paths"] == plain["paths"]
    nothing = _ask(client, "/graph/path", **{"from": "Qatar", "to": "Iran", "explain": True})
    assert (nothing["paths"], nothing["breaks"]) == ([], None)


def test_path_tells_in_a_sentence_what_would_break_it(filled_url: str) -> None:
    """In a terminal it is one sentence after the path; several outlets are named together."""
    last = _run("path", "Iran", "ISIS", "--explain", database=filled_url).stdout.splitlines()[-1]
    assert last == "Without Gulf Courier alone, nothing connects them."
    several = _run("path", "Iran", "Maliki", "--explain", database=filled_url).stdout
    assert "Without Gulf Courier, Oasis Herald and Tigris Wire together, nothing connects them." in several
    geography = _run("path", "Karbala", "Iraq", "--explain", database=filled_url).stdout
    assert "Whichever three sources are taken away, they stay connected." in geography


@pytest.mark.parametrize(
    ("command", "path"),
    [
        (
            ["timeline", "Tehran", "ISIS", "--bucket", "week"],
            "/graph/timeline?of=Tehran&of=ISIS&bucket=week",
        ),
        (
            ["timeline", "--clock", "valid", "--stories-once", "--since", "2014-06-01"],
            "/graph/timeline?clock=valid&stories_once=true&since=2014-06-01",
        ),
        (["diff", "2014-06-12", "2014-06-14"], "/graph/diff?from=2014-06-12&to=2014-06-14&limit=20"),
        (
            ["diff", "2014-06-12", "2014-06-14", "--of", "Tehran", "--reading", "known", "--limit", "2"],
            "/graph/diff?from=2014-06-12&to=2014-06-14&of=Tehran&reading=known&limit=2",
        ),
        (["between", "Iran", "ISIS"], "/graph/between?from=Iran&to=ISIS"),
        (["path", "Iran", "ISIS", "--explain"], "/graph/path?from=Iran&to=ISIS&explain=true"),
    ],
)
def test_json_answers_are_those_of_the_service(
    filled_url: str, client: TestClient, command: list[str], path: str
) -> None:
    """`--json` gives exactly what the REST route gives."""
    result = _run(*command, "--json", database=filled_url)
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout) == client.get(path).json()


def test_timeline_reads_in_a_terminal(filled_url: str, tmp_path: Path) -> None:
    """A line for each day with its counts and a bar, the sums in words, and the picture in a file if asked."""
    file = tmp_path / "iran.svg"
    result = _run("timeline", "Iran", "--bucket", "day", "--svg", str(file), database=filled_url)
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    assert lines[0] == "Claims about Iran per day"
    assert "3 claims from 2014-06-12 to 2014-06-14" in lines[1]
    days = [line.split() for line in lines[-3:]]
    assert [day[:3] for day in days] == [
        ["2014-06-12", "1", "1"],
        ["2014-06-13", "1", "1"],
        ["2014-06-14", "1", "1"],
    ]
    assert all("█" in day[-1] for day in days)
    assert ET.parse(file).getroot().tag == f"{SVG}svg"  # noqa: S314 (our own)


def test_diff_reads_in_a_terminal(filled_url: str) -> None:
    """Counts first, then each change with from when, and the sentence that made it."""
    out = _run("diff", "2014-06-12", "2014-06-14", database=filled_url).stdout.splitlines()
    assert out[:2] == [
        "From 2014-06-12 to 2014-06-14, by what held on each day",
        "2 appeared, 0 ended, 0 changed sign, 0 became disputed.",
    ]
    at = out.index("Appeared (2)")
    assert out[at + 1].startswith("Qasem Soleimani —commands/leads→ Quds Force")
    assert out[at + 2 : at + 5] == [
        "   From 2014-06-14:",
        "   “Qasem Soleimani commands the Quds Force.”",
        "     Tigris Wire, 2014-06-14",
    ]


def test_between_reads_in_a_terminal(filled_url: str) -> None:
    """Who lies between the two, and each relation with a quote; where nobody does, what to try."""
    out = _run("between", "Iran", "ISIS", database=filled_url).stdout
    assert out.startswith("Between Iran and ISIS, within 3 hops\nNouri al-Maliki (person)\n")
    assert "“Nouri al-Maliki condemned ISIS on Thursday.”" in out
    nothing = _run("between", "Qatar", "Iran", database=filled_url)
    assert (nothing.exit_code, "Nothing lies between Qatar and Iran" in nothing.stdout) == (0, True)


@pytest.mark.parametrize(
    ("command", "message"),
    [
        (["timeline", "--bucket", "year"], "--bucket"),
        (["diff", "2014-06-14", "2014-06-12"], "TO: 2014-06-12 is not after 2014-06-14"),
        (["diff", "yesterday", "2014-06-12"], "FROM: 'yesterday' is not a date"),
        (["between", "Atlantis", "Iran"], "Atlantis"),
    ],
)
def test_wrong_calls_are_one_line(filled_url: str, command: list[str], message: str) -> None:
    """A wrong call ends with one line that names what is wrong."""
    result = _run(*command, database=filled_url)
    assert result.exit_code in {1, 2}
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


QUESTIONS = (
    "/graph/path?from=Iran&to=ISIS&k=3&explain=true",
    "/graph/path?from=Soleimani&to=Iran&weight=confidence",
    "/graph/timeline?bucket=day",
    "/graph/timeline?of=isis&clock=valid",
    "/graph/diff?from=2014-06-12&to=2014-06-14",
    "/graph/centrality?metric=degree",
    "/graph/centrality?metric=pagerank",
    "/graph/centrality?metric=betweenness",
    "/graph/neighborhood?of=Iran&depth=2",
    "/graph/between?from=Iran&to=ISIS",
    "/graph/communities?seed=1",
    "/graph/balance?relations=supports,opposes",
    "/graph/export?format=json",
    "/graph/stats?origin=any",
    "/graph/between?from=Soleimani&to=Badr Organisation",
    "/entities/isis?evidence=true",
    "/entities/qasem-soleimani/relations?evidence=true",
    "/relations?evidence=true",
    "/graph/path?from=Kassem Sulaimani&to=ISIS",
    "/relations/iran.supports.nouri-al-maliki?",
    "/relations/iran.supports.nouri-al-maliki/claims?",
    "/relations/kassem-sulaimani.opposes.isis?",
    "/relations/kassem-sulaimani.opposes.isis/claims?",
    "/claims/d-one-1?",
    "/claims/d-five-2?",
    "/entities/isis/mentions?",
    "/entities/Kassem Sulaimani/mentions?",
)
_WITHOUT_AS_OF = ("/graph/diff", "/mentions")
"""A difference has days of its own, and a mention holds on none."""


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("dates", ["known_by=2014-06-14", "known_by=2014-06-14&as_of=2014-06-13"])
def test_the_same_question_with_the_same_dates_has_the_same_answer(
    filled_url: str, doubled_url: str, question: str, dates: str
) -> None:
    """A text of the next day, with new actors and other words on old ones, changes nothing that was known before.

    Only the version of the graph, which says what is stored, moves on.
    """
    if any(part in question for part in _WITHOUT_AS_OF):
        dates = "known_by=2014-06-14"
    bodies = []
    for url in (filled_url, doubled_url):
        service = create_app(Settings(database_url=url))
        with TestClient(service, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000)) as caller:
            answer = caller.get(f"{question}&{dates}")
            bodies.append((answer.status_code, _drop_version(answer.json())))
    assert bodies[0] == bodies[1]


def _drop_version(body: dict[str, Any]) -> dict[str, Any]:
    """Return an answer without what tells of the store and not of the question: its version."""
    body.pop("graph_version", None)
    body.get("graph", {}).pop("version", None)
    return body


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (
            ["timeline", "Iran", "--since", "2020-01-01"],
            "No claim is from the days asked for. Not in the bars",
        ),
        (["timeline", "Iran", "--how", "funds"], "There are no claims."),
        (
            ["timeline", "Quds Force", "Iran", "--relations", "member-of"],
            "No claim has a date to be placed on.",
        ),
    ],
)
def test_an_empty_timeline_says_why(filled_url: str, command: list[str], why: str) -> None:
    """Days without claims are told from claims without days, and both from nothing at all."""
    assert _run(*command, database=filled_url).stdout.splitlines()[1].startswith(why)
