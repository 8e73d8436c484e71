"""One filter for every question: each route and each command takes all of it, and each part of it really filters."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from app.cli import app
from app.cli.filtering import OPTIONS
from app.main import create_app
from app.queries import GraphFilter
from app.settings import Settings
from graph.models import Entity
from graph.store import Store

ONE, TWO, VOICE = "first-kept", "second-kept", "other-voice"


@dataclass(frozen=True)
class Tie:
    """How an actor is tied to the two that every filter keeps; the defaults pass every filter below."""

    kind: str = "supports"
    how: str = "endorses"
    type: str = "person"
    confidence: float = 0.9
    outlet: str = "Kept Courier"
    speaker: str = ONE
    published_on: date = date(2014, 6, 10)
    valid_from: date | None = None
    review_status: str = "accepted"
    is_denied_too: bool = False


@dataclass(frozen=True)
class Case:
    """A part of the filter: what is asked for, and the one actor that is gone with it."""

    value: str
    tie: Tie


CASES = {
    "relations": Case("supports,member-of", Tie(kind="opposes")),
    "how": Case("endorses", Tie(how="funds")),
    "types": Case("person", Tie(type="country")),
    "min_confidence": Case("0.5", Tie(confidence=0.3)),
    "sources": Case("Kept Courier", Tie(outlet="Other Post")),
    "said_by": Case("First Kept", Tie(speaker=TWO)),
    "not_said_by": Case("Other Voice", Tie(speaker=VOICE)),
    "as_of": Case("2014-06-12", Tie(valid_from=date(2014, 6, 20))),
    "known_by": Case("2014-06-30", Tie(published_on=date(2014, 7, 10))),
    "origin": Case("gazetteer", Tie()),
    "review": Case("accepted,rejected", Tie(review_status="unreviewed")),
    "disputed": Case("false", Tie(is_denied_too=True)),
}


def _name(actor: str) -> str:
    return actor.replace("-", " ").title()


def _tied(part: str) -> str:
    return f"tied-by-{part.replace('_', '-')}"


def _write_claim(store: Store, number: int, source: str, target: str, tie: Tie, *, denied: bool) -> None:
    """Store a document with one claim, whose quote names its source."""
    text = f"{_name(source)} and {_name(target)}, note {number}."
    start, end = text.index(_name(target)), text.index(_name(target)) + len(_name(target))
    with store.write_document() as writer:
        writer.add_document(
            {
                "id": f"d-{number}", "content_hash": sha256(text.encode()).hexdigest(), "story_id": f"d-{number}",
                "title": None, "text": text, "source": tie.outlet, "url": None, "external_id": None,
                "published_on": tie.published_on, "signature": None, "extractor": "by hand",
                "ingested_at": datetime(2026, 1, 1, tzinfo=UTC),
            },
            (),
        )  # fmt: skip
        writer.add_claims([
            {
                "id": f"d-{number}-1", "document_id": f"d-{number}", "source_id": source, "kind": tie.kind,
                "how": tie.how if tie.kind == "supports" else None, "target_id": target, "quote": text,
                "quote_start": 0, "quote_end": len(text), "source_start": 0, "source_end": len(_name(source)),
                "source_resolution": "name", "target_start": start, "target_end": end, "target_resolution": "name",
                "trigger": "and", "trigger_start": 0, "trigger_end": 3, "rule": "verb:active",
                "polarity": "denied" if denied else "affirmed", "modality": "asserted", "attributed_to": "they",
                "attributed_to_id": tie.speaker, "valid_from": tie.valid_from, "valid_to": None,
                "confidence": tie.confidence, "review_status": tie.review_status,
            }
        ])  # fmt: skip


def _mention_all(store: Store, actors: Iterable[str]) -> None:
    """Store an early document that names everybody, so that nobody is unknown on any day asked about."""
    text, mentions = "", []
    for actor in actors:
        start, text = len(text), f"{text}{_name(actor)}. "
        mentions.append(
            {
                "document_id": "d-0", "entity_id": actor, "start_char": start, "end_char": start + len(_name(actor)),
                "text": _name(actor), "resolution": "name",
            }
        )  # fmt: skip
    with store.write_document() as writer:
        writer.add_document(
            {
                "id": "d-0", "content_hash": sha256(text.encode()).hexdigest(), "story_id": "d-0", "title": None,
                "text": text, "source": "Kept Courier", "url": None, "external_id": None,
                "published_on": date(2014, 6, 1), "signature": None, "extractor": "by hand",
                "ingested_at": datetime(2026, 1, 1, tzinfo=UTC),
            },
            (),
        )  # fmt: skip
        writer.add_mentions(mentions)


def _fill(store: Store) -> None:
    ties = {_tied(part): case.tie for part, case in CASES.items()}
    kinds = {ONE: "person", TWO: "person", VOICE: "person", "town": "place", "land": "country"}
    kinds |= {actor: tie.type for actor, tie in ties.items()}
    with store.write_document() as writer:
        writer.add_entities(Entity(id=actor, name=_name(actor), type=kind) for actor, kind in kinds.items())
        writer.add_aliases(
            [
                {
                    "entity_id": actor,
                    "text": _name(actor),
                    "key": _name(actor).casefold(),
                    "origin": "gazetteer",
                }
                for actor in kinds
            ]
        )
        known = {"source_id": "town", "target_id": "land", "kind": "located-in", "how": "part-of-place"}
        writer.add_gazetteer_relations([{**known, "dataset": "geonames"}])
    _mention_all(store, kinds)
    pairs = [(ONE, TWO, Tie())] + [(actor, kept, tie) for actor, tie in ties.items() for kept in (ONE, TWO)]
    number = 0
    for source, target, tie in pairs:
        for denied in (False, True) if tie.is_denied_too else (False,):
            number += 1
            _write_claim(store, number, source, target, tie, denied=denied)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of a graph in which every part of the filter has one actor to leave out."""
    url = f"sqlite:///{tmp_path_factory.mktemp('filters') / 'graph.db'}"
    with Store.open(url) as store:
        store.upgrade()
        _fill(store)
    return url


@pytest.fixture(scope="module")
def service(url: str) -> Iterator[TestClient]:
    """A caller of a service over it."""
    with TestClient(
        create_app(Settings(database_url=url)), base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000)
    ) as caller:
        yield caller


def _has_id(actor: str, items: list[dict[str, Any]]) -> bool:
    return any(item["id"] == actor for item in items)


def _ends(actor: str, items: list[dict[str, Any]]) -> bool:
    return any(actor in {item["source"], item["target"]} for item in items)


@dataclass(frozen=True)
class Asked:
    """A way to ask the graph: the address, what is asked of it, and whether an answer has seen an actor.

    `{actor}` in the address or the options stands for the actor that a filter leaves out.
    """

    path: str
    options: str
    sees: Callable[[str, Any], bool]


DIFF = "of={actor}&from=2014-06-01&to=2014-07-31"
ROUTES = {
    "path": Asked(
        "/graph/path",
        f"from={ONE}&to={TWO}&k=20&max_hops=2",
        lambda actor, body: any(_has_id(actor, path["nodes"]) for path in body["paths"]),
    ),
    "neighborhood": Asked(
        "/graph/neighborhood", f"of={ONE}", lambda actor, body: _has_id(actor, body["nodes"])
    ),
    "between": Asked(
        "/graph/between", f"from={ONE}&to={TWO}", lambda actor, body: _has_id(actor, body["nodes"])
    ),
    "centrality": Asked(
        "/graph/centrality",
        "metric=degree&limit=100",
        lambda actor, body: _has_id(actor, [item["entity"] for item in body["items"]]),
    ),
    "communities": Asked(
        "/graph/communities",
        "signs=unsigned&limit=100",
        lambda actor, body: any(
            _has_id(actor, [member["entity"] for member in group["members"]["items"]])
            for group in body["communities"]["items"]
        ),
    ),
    "balance": Asked(
        "/graph/balance",
        "limit=200",
        lambda actor, body: any(
            _has_id(actor, triad["actors"])
            for sort in ("balanced", "unbalanced")
            for triad in body["triads"][sort]["items"]
        ),
    ),
    "balance.svg": Asked("/graph/balance.svg", "", lambda actor, body: _name(actor) in body),
    "timeline": Asked("/graph/timeline", "of={actor}", lambda _, body: body["total"] > 0),
    "timeline.svg": Asked("/graph/timeline.svg", "of={actor}", lambda _, body: "<g><title>" in body),
    "diff": Asked("/graph/diff", DIFF, lambda actor, body: _ends(actor, [c["relation"] for c in body["appeared"]])),
    "stats": Asked("/graph/stats", "", lambda _, body: body["relations"] == 2 * len(CASES) + 2),
    "export": Asked("/graph/export", "format=json", lambda actor, body: _has_id(actor, body["nodes"])),
    "relations": Asked("/relations", "limit=200", lambda actor, body: _ends(actor, body["items"])),
    "an actor": Asked("/entities/{actor}", "", lambda _, body: body["degree"]["total"] > 0),
    "an actor's": Asked(
        "/entities/{actor}/relations", "", lambda actor, body: _ends(actor, body["items"])
    ),
}  # fmt: skip

COMMANDS = {
    "path": ["path", ONE, TWO, "-k", "20", "--max-hops", "2"],
    "between": ["between", ONE, TWO],
    "centrality": ["top", "degree", "--limit", "100"],
    "communities": ["communities", "--signs", "unsigned", "--limit", "100", "--edges", "3"],
    "balance": ["balance", "--limit", "200"],
    "timeline": ["timeline", "{actor}"],
    "diff": ["diff", "2014-06-01", "2014-07-31", "--of", "{actor}", "--limit", "50"],
    "export": ["export", "-", "--format", "json"],
    "an actor": ["show", "{actor}"],
}
"""The commands that ask what a route asks."""


def _query(route: str, part: str, *, filtered: bool) -> tuple[str, str]:
    """Return the address and the query of a question, with or without one part of the filter."""
    asked = ROUTES[route]
    # A difference by what held on each day has a day of its own, and so has one by what was known.
    reading = f"&reading={_reading(part)}" if route == "diff" else ""
    filtering = f"&{part}={CASES[part].value}" if filtered else ""
    actor = _tied(part)
    return asked.path.format(actor=actor), asked.options.format(actor=actor) + reading + filtering


def _reading(part: str) -> str:
    return "known" if part == "as_of" else "held"


def _ask(service: TestClient, route: str, part: str, *, filtered: bool) -> Any:  # noqa: ANN401
    path, query = _query(route, part, filtered=filtered)
    answer = service.get(f"{path}?{query}")
    assert answer.status_code == 200, answer.text
    return answer.json() if "json" in answer.headers["content-type"] else answer.text


def _run(url: str, route: str, part: str, *more: str, filtered: bool) -> Result:
    words = [word.format(actor=_tied(part)) for word in COMMANDS[route]]
    words += ["--reading", _reading(part)] if route == "diff" else []
    if filtered:
        flag = f"--{part.replace('_', '-')}"
        words += ["--undisputed"] if part == "disputed" else [flag, CASES[part].value]
    result = CliRunner().invoke(app, [*words, *more], env={"ACTORGRAPH_DATABASE_URL": url})
    assert result.exit_code == 0, result.output
    return result


def test_the_filter_is_the_same_over_http_and_on_the_command_line() -> None:
    """Each part of the filter has an option, and a case below."""
    assert set(OPTIONS) == set(GraphFilter.model_fields) == set(CASES)


def test_every_route_that_asks_the_graph_is_tried(service: TestClient) -> None:
    """No route takes a part of the filter, or asks the graph, without being in the table above."""
    described = service.get("/openapi.json").json()["paths"]
    takes_filter = {
        path
        for path, methods in described.items()
        if set(CASES) <= {option["name"] for option in methods.get("get", {}).get("parameters", ())}
    }
    tried = {asked.path.format(actor="{name}") for asked in ROUTES.values()}
    assert takes_filter == {path.replace("{name:path}", "{name}") for path in tried}
    assert {path for path in described if path.startswith("/graph/")} <= takes_filter


@pytest.mark.parametrize("part", CASES)
@pytest.mark.parametrize("route", ROUTES)
def test_every_route_filters(service: TestClient, route: str, part: str) -> None:
    """What a part of the filter leaves out is in the answer without it, and not in the answer with it."""
    sees = ROUTES[route].sees
    assert sees(_tied(part), _ask(service, route, part, filtered=False))
    assert not sees(_tied(part), _ask(service, route, part, filtered=True))


_SEEING_OTHERS = sorted(set(ROUTES) - {"stats"})


@pytest.mark.parametrize("part", sorted(set(CASES) - {"origin"}))
@pytest.mark.parametrize("route", _SEEING_OTHERS)
def test_no_filter_leaves_out_too_much(service: TestClient, route: str, part: str) -> None:
    """An actor that passes a part of the filter is still in the answer with it."""
    asked = ROUTES[route]
    passing = _tied("origin")
    reading = f"&reading={_reading(part)}" if route == "diff" else ""
    query = f"{asked.options.format(actor=passing)}{reading}&{part}={CASES[part].value}"
    answer = service.get(f"{asked.path.format(actor=passing)}?{query}")
    body = answer.json() if "json" in answer.headers["content-type"] else answer.text
    assert asked.sees(passing, body)


@pytest.mark.parametrize("part", CASES)
@pytest.mark.parametrize("route", COMMANDS)
def test_every_command_answers_as_its_route_does(
    url: str, service: TestClient, route: str, part: str
) -> None:
    """With the same filter, a command says for machines what its route says."""
    more = [] if route == "export" else ["--json"]
    said = json.loads(_run(url, route, part, *more, filtered=True).stdout)
    path, query = _query(route, part, filtered=True)
    query += "&limit=20" if route == "centrality" and "limit" not in query else ""
    assert said == service.get(f"{path}?{query}").json()


@pytest.mark.parametrize("part", CASES)
@pytest.mark.parametrize("route", ["path", "between", "diff", "balance", "an actor"])
def test_people_are_not_shown_what_a_filter_leaves_out(url: str, route: str, part: str) -> None:
    """Neither relations nor quotes of what is left out are printed."""
    quote = f"“{_name(_tied(part))} and "
    assert quote in _run(url, route, part, filtered=False).stdout
    assert quote not in _run(url, route, part, filtered=True).stdout


def test_quotes_of_a_relation_obey_the_filter(url: str, tmp_path: Path) -> None:
    """Where a filter leaves a part of a relation's claims, only these are quoted."""
    copy = tmp_path / "graph.db"
    copy.write_bytes(Path(url.removeprefix("sqlite:///")).read_bytes())
    with Store.open(f"sqlite:///{copy}") as store:
        _write_claim(store, 900, ONE, TWO, replace(Tie(), outlet="Late Post", confidence=0.95), denied=False)
    runner = CliRunner()
    for words in (["between", ONE, TWO], ["show", ONE]):
        asked = [*words, "--sources", "Kept Courier", "--database", f"sqlite:///{copy}"]
        said = runner.invoke(app, asked).stdout
        assert "note 1." in said
        assert "note 900" not in said


@pytest.fixture(scope="module")
def quiet(url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A caller of a service over a copy with a text of one more outlet, in which no relation was read."""
    copy = tmp_path_factory.mktemp("quiet") / "graph.db"
    copy.write_bytes(Path(url.removeprefix("sqlite:///")).read_bytes())
    with Store.open(f"sqlite:///{copy}") as store, store.write_document() as writer:
        writer.add_document(
            {
                "id": "d-quiet", "content_hash": "quiet", "story_id": "d-quiet", "title": None, "text": "Nothing.",
                "source": "Quiet  Gazette", "url": None, "external_id": None, "published_on": date(2014, 6, 5),
                "signature": None, "extractor": "by hand", "ingested_at": datetime(2026, 1, 1, tzinfo=UTC),
            },
            (),
        )  # fmt: skip
    service = create_app(Settings(database_url=f"sqlite:///{copy}"))
    with TestClient(service, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000)) as caller:
        yield caller


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("sources=Kept Currier", "no text is from 'Kept Currier'. Did you mean Kept Courier?"),
        ("sources=other post,kept", "no text is from 'kept'. Did you mean Kept Courier?"),
        ("sources=Zzz", "no text is from 'Zzz'."),
        (
            "sources=Quiet Gazette&known_by=2014-06-04",
            "no text of 2014-06-04 or before is from 'Quiet Gazette'.",
        ),
        ("sources=quiet gazette", None),
        ("sources=QUIET GAZETTE&known_by=2014-06-05", None),
        ("sources=Other Post&relations=commands", None),
    ],
)
@pytest.mark.parametrize("route", ROUTES)
def test_an_outlet_that_nobody_read_is_told(
    quiet: TestClient, route: str, asked: str, message: str | None
) -> None:
    """With outlets called nearly so; one whose texts say nothing that is asked for is known, and filters as any other."""
    path, query = _query(route, "sources", filtered=False)
    answer = quiet.get(f"{path}?{query}&{asked}")
    if message is None:
        assert answer.status_code == 200, answer.text
        assert route == "stats" or not ROUTES[route].sees(_tied("origin"), _read_body(answer))
    else:
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
        assert answer.json()["errors"] == [{"field": "sources", "message": message}]


def _read_body(answer: Response) -> Any:  # noqa: ANN401
    return answer.json() if "json" in answer.headers["content-type"] else answer.text


@pytest.mark.parametrize("route", COMMANDS)
def test_commands_tell_of_an_unknown_outlet_in_one_line(url: str, route: str) -> None:
    """In the words of the option, with the names that are like it."""
    words = [word.format(actor=_tied("sources")) for word in COMMANDS[route]]
    asked = [*words, "--sources", "Kept Curier"]
    result = CliRunner().invoke(app, asked, env={"ACTORGRAPH_DATABASE_URL": url})
    assert result.exit_code == 2
    line = "actorgraph: --sources: no text is from 'Kept Curier'. Did you mean Kept Courier?"
    assert result.stderr.splitlines() == [line]
