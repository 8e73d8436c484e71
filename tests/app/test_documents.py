"""Texts in, over HTTP and on the command line, through the real pipeline into a real database."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from app.cli import app
from app.main import create_app
from app.settings import Settings
from graph.store import Store

TEXT = "Qatar praised Turkey on Monday. Hezbollah denied that it had attacked Israel."
COMMAND = [sys.executable, "-c", "from app.cli import main; main()"]


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service over an empty database; its pipeline is loaded once for all tests here."""
    url = f"sqlite:///{tmp_path_factory.mktemp('inbox') / 'graph.db'}"
    with Store.open(url) as store:
        store.upgrade()
    app = create_app(Settings(database_url=url, max_document_chars=1_000))
    with TestClient(app, base_url="http://127.0.0.1", client=("127.0.0.1", 50_000)) as caller:
        yield caller


def _post(inbox: TestClient, content: str | bytes, media_type: str, **query: str) -> Any:  # noqa: ANN401
    return inbox.post("/documents", content=content, headers={"Content-Type": media_type}, params=query)


def test_json_text_is_stored_and_known_afterwards(inbox: TestClient) -> None:
    """A new text answers 201 with its place; the same content again answers 200, says so, and changes nothing."""
    sent = {
        "text": TEXT,
        "title": "Monday",
        "published_on": "2014-06-16",
        "source": "Gulf Courier",
        "external_id": "7",
    }
    first = inbox.post("/documents", json=sent)
    assert first.status_code == 201, first.text
    body = first.json()
    assert (body["stored"], body["known"], body["failed"]) == (1, 0, 0)
    document = body["items"][0]["document"]
    assert (document["title"], document["source"], document["external_id"]) == ("Monday", "Gulf Courier", "7")
    assert document["mentions"] >= 4
    etag = inbox.get("/graph/stats").headers["etag"]
    again = inbox.post("/documents", json={"text": TEXT, "title": "Another headline"})
    assert again.status_code == 200
    assert again.json()["items"][0]["status"] == "known"
    assert again.headers["location"] == first.headers["location"] == f"/documents/{document['id']}"
    assert inbox.get("/graph/stats").headers["etag"] == etag


def test_what_was_read_can_be_looked_at(inbox: TestClient) -> None:
    """The stored document has the text as sent, and every mark slices exactly out of it."""
    location = _post(inbox, TEXT, "text/plain").headers["location"]
    body = inbox.get(location).json()
    assert body["text"] == TEXT
    named = {mark["text"] for mark in body["mention_marks"]}
    assert {"Qatar", "Turkey", "Hezbollah", "Israel"} <= named
    for mark in body["mention_marks"]:
        assert TEXT[mark["start_char"] : mark["end_char"]] == mark["text"]
    for claim in body["claim_marks"]:
        assert TEXT[claim["quote_start"] : claim["quote_end"]] == claim["quote"]


def test_plain_text_takes_what_is_known_of_it_from_the_query(inbox: TestClient) -> None:
    """Title, day and outlet of a bare text can be given beside it."""
    answer = _post(
        inbox,
        "Kuwait thanked Oman.",
        "text/plain; charset=utf-8",
        source="Dune Post",
        published_on="2014-06-02",
    )
    document = answer.json()["items"][0]["document"]
    assert (document["source"], document["published_on"]) == ("Dune Post", "2014-06-02")


def test_front_matter_of_a_text_wins_over_the_query(inbox: TestClient) -> None:
    """What a text says of itself is not overruled."""
    text = "---\ntitle: Own title\nsource: Own Wire\n---\nChad thanked Niger."
    document = _post(inbox, text, "text/markdown", source="Dune Post", url="http://a.example/1").json()[
        "items"
    ][0]["document"]
    assert (document["title"], document["source"], document["url"]) == (
        "Own title",
        "Own Wire",
        "http://a.example/1",
    )


def test_other_encodings_are_read(inbox: TestClient) -> None:
    """A body that names its encoding is brought to UTF-8 before it is read."""
    answer = _post(inbox, "Türkei meets España in Peru.".encode("utf-16"), "text/plain; charset=utf-16")
    assert inbox.get(answer.headers["location"]).json()["text"] == "Türkei meets España in Peru."


def test_files_can_be_uploaded(inbox: TestClient) -> None:
    """Several files go in at once; a bad one is listed with its reason and the rest is stored."""
    files = [
        ("file", ("a.txt", b"Mali praised Ghana.")),
        ("file", ("b.jsonl", b'{"id": "1", "text": "Peru praised Chile."}\n{"id": "2"}\n')),
        ("file", ("c.pdf", b"%PDF-1.4 ...")),
    ]
    answer = inbox.post("/documents", files=files)
    assert answer.status_code == 201
    body = answer.json()
    assert (body["stored"], body["failed"]) == (2, 2)
    reasons = {item["origin"]: item["reason"] for item in body["items"] if item["status"] == "failed"}
    assert set(reasons) == {"b.jsonl, line 2", "c.pdf"}
    assert "PDF" in reasons["c.pdf"]
    assert "location" not in answer.headers


def test_json_lines_in_the_body(inbox: TestClient) -> None:
    """Lines of JSON are texts of their own; messages call the body by that name."""
    answer = _post(inbox, '{"text": "Fiji praised Samoa."}\nnot json\n', "application/x-ndjson")
    body = answer.json()
    assert (body["stored"], body["failed"]) == (1, 1)
    assert body["items"][1]["origin"] == "body, line 2"


@pytest.mark.parametrize(
    ("content", "media_type", "status", "slug", "said"),
    [
        (b"", "text/plain", 422, "document-rejected", "empty"),
        (b"   \n ", "text/plain", 422, "document-rejected", "empty"),
        (b"PK\x03\x04", "text/plain", 422, "document-rejected", "binary"),
        (b"word " * 300, "text/plain", 422, "document-rejected", "too long"),
        (b"x", "text/plain; charset=klingon", 422, "document-rejected", "klingon"),
        (b"{", "application/json", 422, "document-rejected", "not JSON"),
        (b"[]", "application/json", 422, "invalid-request", "body"),
        (b'{"title": "x"}', "application/json", 422, "invalid-request", "text"),
        (b'{"text": "Iran.", "day": 1}', "application/json", 422, "invalid-request", "day"),
        (
            b'{"text": "Iran.", "published_on": "soon"}',
            "application/json",
            422,
            "invalid-request",
            "published_on",
        ),
        (b'{"text": "a\\u0000b"}', "application/json", 422, "document-rejected", "NUL"),
        (b"<p>", "text/html", 415, "unsupported-media-type", "text/plain"),
        (b"x", "", 415, "unsupported-media-type", "text/plain"),
        (b"x", "multipart/form-data", 422, "document-rejected", "form"),
    ],
)
def test_bad_bodies_are_refused_with_the_reason(
    inbox: TestClient, content: bytes, media_type: str, status: int, slug: str, said: str
) -> None:
    """Each fault of a body has its status, and `errors` or the detail say what it is."""
    before = inbox.get("/graph/stats").json()["documents"]
    answer = _post(inbox, content, media_type)
    assert answer.status_code == status, answer.text
    body = answer.json()
    assert body["type"] == f"/problems/{slug}"
    assert said in body["detail"] + str(body.get("errors"))
    assert inbox.get("/graph/stats").json()["documents"] == before


def test_questions_are_answered_while_a_text_is_read(inbox: TestClient) -> None:
    """Reading has threads of its own; the limits of one never hold up the other."""
    service = inbox.app.state.service  # type: ignore[attr-defined]
    assert service.uploads is not service.questions
    assert service.probes not in {service.uploads, service.questions}


def test_the_graph_has_followed_when_the_upload_is_answered(inbox: TestClient) -> None:
    """So that whoever asks next need not wait for it."""
    snapshots = inbox.app.state.service.reader.snapshots  # type: ignore[attr-defined]
    before = snapshots.current().version
    answer = _post(inbox, "Norway thanked Chile for its help.", "text/plain")
    assert answer.status_code == 201, answer.text
    assert snapshots.version == before + 1


# The command line


def _run(*args: str, database: Path, text: str | None = None) -> Any:  # noqa: ANN401
    return CliRunner().invoke(
        app, list(args), env={"ACTORGRAPH_DATABASE_URL": f"sqlite:///{database}"}, input=text
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two good texts and three bad ones."""
    made = tmp_path / "texts"
    made.mkdir()
    (made / "a.md").write_text(
        "---\ntitle: One\ndate: 2014-06-12\nsource: Gulf Courier\n---\nQatar praised Turkey."
    )
    (made / "b.txt").write_text("Kenya praised Uganda.")
    (made / "empty.txt").write_text("")
    (made / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    (made / "long.txt").write_text("word " * 500)
    return made


def test_ingest_stores_the_good_and_lists_the_bad(folder: Path, tmp_path: Path) -> None:
    """What can be read is stored, what cannot is listed with its reason, and the status is 1."""
    database = tmp_path / "graph.db"
    result = _run("ingest", str(folder), "--max-chars", "1000", database=database)
    assert result.exit_code == 1
    assert "2 texts stored; 3 not stored." in result.stdout
    for name, reason in (("empty.txt", "empty"), ("picture.txt", "PNG"), ("long.txt", "too long")):
        assert any(name in line and reason in line for line in result.stderr.splitlines())
    with Store.open(f"sqlite:///{database}") as store:
        assert store.get_stats().documents == 2
    again = _run("ingest", str(folder / "*.md"), str(folder / "b.txt"), database=database)
    assert again.exit_code == 0
    assert "0 texts stored; 2 known already and left alone." in again.stdout


def test_ingest_reads_standard_input(tmp_path: Path) -> None:
    """`-` takes a text from a pipe."""
    result = _run("ingest", "-", database=tmp_path / "graph.db", text="Qatar praised Turkey.")
    assert result.exit_code == 0
    assert "1 text stored." in result.stdout


def test_ingest_stops_between_documents(tmp_path: Path) -> None:
    """Ctrl-C ends after the document at hand; what was stored stays, and the same command goes on from there."""
    lines = tmp_path / "many.jsonl"
    with lines.open("w") as file:
        for number in range(2_000):
            file.write(
                json.dumps({"id": str(number), "text": f"Qatar praised Turkey {number} times."}) + "\n"
            )
    env = {**os.environ, "ACTORGRAPH_DATABASE_URL": f"sqlite:///{tmp_path / 'graph.db'}"}
    process = subprocess.Popen(
        [*COMMAND, "ingest", str(lines)], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with Store.open(f"sqlite:///{tmp_path / 'graph.db'}") as store:
        for _ in range(600):
            try:
                if store.get_stats().documents:
                    break
            except Exception:  # noqa: BLE001, S110  # the tables are not there yet
                pass
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
        stored = store.get_stats().documents
    assert process.returncode == 130, err
    assert 0 < stored < 2_000
    assert f"{stored} text" in out
    assert "The same command goes on from here" in err
    assert "Traceback" not in err


def test_extract_writes_one_answer_a_line(tmp_path: Path) -> None:
    """Each line in gives a line out, with its id as given, and offsets into the text as given."""
    texts = {"a": TEXT, "b": "", "c": "\r\nQatar praised Turkey.\r\nKenya praised Uganda."}
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [json.dumps({"id": key, "text": text}) for key, text in texts.items()]
    source.write_text("\n".join([*lines, json.dumps({"id": 4, "text": "Peru."})]))
    result = CliRunner().invoke(app, ["extract", "--jsonl", str(source), "-o", str(target)])
    assert result.exit_code == 0, result.stderr
    answers = [json.loads(line) for line in target.read_text().splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", "c", 4]
    for answer in answers:
        assert set(answer) == {"id", "entities", "claims", "edges"}
        text = texts.get(answer["id"], "Peru.")
        for entity in answer["entities"]:
            assert set(entity) == {"text", "type", "start_char", "end_char", "resolution", "entity"}
            assert text[entity["start_char"] : entity["end_char"]] == entity["text"]
        for edge in answer["edges"]:
            assert set(edge) == {"source", "relation", "target", "confidence", "origin"}
    named = {entity["text"] for entity in answers[0]["entities"] if entity["resolution"] == "name"}
    assert named == {"Qatar", "Turkey", "Hezbollah", "Israel"}
    assert [entity["type"] for entity in answers[2]["entities"]] == ["country"] * 4
    assert answers[1] == {"id": "b", "entities": [], "claims": [], "edges": []}


def test_extract_shows_references_and_geography(tmp_path: Path) -> None:
    """A pronoun stands among the mentions with whom it means; places lie where geography knows, and that is said."""
    source = tmp_path / "text.txt"
    source.write_text("Turkey shelled Kobani in Syria. It praised Qatar.")
    result = CliRunner().invoke(app, ["extract", str(source), "--json"])
    answer = json.loads(result.stdout)
    assert ("It", "pronoun", "Turkey") in {
        (entity["text"], entity["resolution"], entity["entity"]) for entity in answer["entities"]
    }
    edges = {(edge["source"], edge["relation"], edge["target"], edge["origin"]) for edge in answer["edges"]}
    assert ("Turkey", "supports", "Qatar", "text") in edges
    assert ("Kobani", "located-in", "Syria", "gazetteer") in edges


def test_extract_climbs_from_place_to_place(tmp_path: Path) -> None:
    """A village that only the text knows is in the country of its province; a state's force is at home in the state."""
    source = tmp_path / "text.txt"
    source.write_text(
        "The Kenyan Navy left. It had held the coast. Clashes began in Umbala, a village in Lamu County, Kenya."
    )
    result = CliRunner().invoke(app, ["extract", str(source), "--json"])
    edges = {
        (edge["source"], edge["relation"], edge["target"]) for edge in json.loads(result.stdout)["edges"]
    }
    assert ("Umbala", "located-in", "Kenya") in edges
    assert ("Kenyan Navy", "located-in", "Kenya") in edges


def test_extract_tells_what_it_cannot_read(tmp_path: Path) -> None:
    """A bad line is named and makes the status 1; the good ones are answered."""
    source = tmp_path / "in.jsonl"
    source.write_text(
        '{"id": "1", "text": "Peru."}\nnonsense\n{"id": "3"}\n{"text": "Mali.", "published_on": "soon"}\n'
    )
    result = CliRunner().invoke(app, ["extract", "--jsonl", str(source)])
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["1"]
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == [
        "line 2",
        "line 3",
        "actorgraph",
    ]


def test_extract_for_people(tmp_path: Path) -> None:
    """One text shows its actors by name and type, and nothing is stored."""
    file = tmp_path / "note.txt"
    file.write_text(TEXT)
    result = CliRunner().invoke(app, ["extract", str(file)])
    assert result.exit_code == 0
    assert "4 actors and places" in result.stdout
    assert "  Qatar (country)" in result.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["note.txt"]
    assert CliRunner().invoke(app, ["extract", str(tmp_path / "none.txt")]).exit_code == 1


def test_doctor_finds_all_well(writable_url: str) -> None:
    """With model, lexicon and database in place everything is in order."""
    result = CliRunner().invoke(app, ["doctor"], env={"ACTORGRAPH_DATABASE_URL": writable_url})
    assert result.exit_code == 0, result.stdout
    assert all(line.startswith("ok") for line in result.stdout.splitlines())
