"""Exports over HTTP and in a terminal: every format, with its name and type, filters, and words of its claims."""

import io
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
import rdflib
from rdflib.namespace import PROV
from typer.testing import CliRunner, Result

from app.cli import app
from app.main import create_app
from app.settings import Settings
from graph.export import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

    Connect = Callable[..., TestClient]


def run(*args: str, database: str, **env: str) -> Result:
    """Run a command over a database."""
    return CliRunner().invoke(app, ["export", *args], env={"ACTORGRAPH_DATABASE_URL": database, **env})


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_answered(client: "TestClient", name: str) -> None:
    """With its media type, a file name that says version and format, a tag, and the same bytes each time."""
    answer = client.get("/graph/export", params={"format": name})
    assert answer.status_code == 200
    assert answer.headers["content-type"].partition(";")[0] == FORMATS[name].media_type
    version = client.get("/graph/stats").json()["graph_version"]
    wanted = f'attachment; filename="actorgraph-v{version}{FORMATS[name].suffixes[0]}"'
    assert answer.headers["content-disposition"] == wanted
    assert client.get("/graph/export", params={"format": name}).content == answer.content
    again = client.get(
        "/graph/export", params={"format": name}, headers={"If-None-Match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_a_tag_stands_for_what_is_set_too(connect: "Connect") -> None:
    """Another base of names in Turtle makes another file, so its tag is another, and the old one is not known."""
    turtle = "/graph/export?format=turtle"
    first = connect().get(turtle)
    other = connect(iri_base="https://example.org/graph/")
    again = other.get(turtle, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 200
    assert again.headers["etag"] != first.headers["etag"]
    assert again.content != first.content


@pytest.mark.parametrize("name", FORMATS)
def test_the_command_writes_what_the_service_answers(
    client: "TestClient", filled_url: str, tmp_path: Path, name: str
) -> None:
    """Byte for byte, whichever way a format is chosen, with filters and with evidence."""
    file = tmp_path / f"june{FORMATS[name].suffixes[-1]}"
    asked = {"relations": "opposes", "known_by": "2014-06-20", "evidence": "true"}
    answer = client.get("/graph/export", params={"format": name, **asked})
    options = ("--relations", "opposes", "--known-by", "2014-06-20", "--evidence")
    told = run(str(file), *options, database=filled_url)
    assert told.exit_code == 0, told.stderr
    assert f"({name})." in told.stderr
    assert file.read_bytes() == answer.content
    piped = run("-", "--format", name, *options, database=filled_url)
    assert piped.stdout_bytes == answer.content


def test_claims_come_with_evidence(client: "TestClient") -> None:
    """Their words are slices of the documents' texts."""
    answer = client.get("/graph/export?format=csv&evidence=true")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        claims = pd.read_csv(archive.open("claims.csv"))
    assert len(claims) == 9
    for row in claims.to_dict("records"):
        text = client.get(f"/documents/{row['document_id']}").json()["text"]
        assert text[row["quote_start"] : row["quote_end"]] == row["quote"]


def test_turtle_names_start_with_the_base_that_is_set(filled_url: str, tmp_path: Path) -> None:
    """An option or the environment sets it for the command; what is no base is refused."""
    file = tmp_path / "june.ttl"
    assert run(str(file), "--iri-base", "https://example.org/g/", database=filled_url).exit_code == 0
    graph = rdflib.Graph().parse(file)
    quoted = {str(subject) for subject in graph.subjects(PROV.value)}
    assert quoted
    assert all(subject.startswith("https://example.org/g/claim/") for subject in quoted)
    assert run(str(file), database=filled_url, ACTORGRAPH_IRI_BASE="urn:example:").exit_code == 0
    assert b"<urn:example:entity:iran>" in file.read_bytes()
    told = run(str(file), "--iri-base", "nowhere special", database=filled_url)
    assert told.exit_code == 1
    assert "neither a URN such as urn:actorgraph: nor the address of a site" in told.stderr


def test_the_service_has_the_base_it_is_set_to(filled_url: str) -> None:
    """The setting reaches the file."""
    from starlette.testclient import TestClient  # noqa: PLC0415 (see conftest: it warns when imported)

    service = create_app(Settings(database_url=filled_url, iri_base="https://example.org/"))
    with TestClient(service, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000)) as caller:
        assert b"<https://example.org/entity/iran>" in caller.get("/graph/export?format=turtle").content


@pytest.mark.parametrize(
    ("option", "values", "edges"),
    [
        ("--how", ["endorses"], 1),
        ("--types", ["person,armed-group"], 1),
        ("--origin", ["gazetteer"], 1),
        ("--sources", ["gulf courier"], 2),
        ("--min-confidence", ["1"], 1),
    ],
)
def test_filters_of_the_command(
    client: "TestClient", filled_url: str, option: str, values: list[str], edges: int
) -> None:
    """Each is the one the service has."""
    told = json.loads(run("-", "--format", "json", option, *values, database=filled_url).stdout)
    asked = client.get("/graph/export", params={"format": "json", option[2:].replace("-", "_"): values[0]})
    assert told == asked.json()
    assert told["graph"]["edges"] == len(told["edges"]) == edges


def test_a_name_nobody_has_is_told_before_anything_is_written(filled_url: str, tmp_path: Path) -> None:
    """The file is not begun."""
    told = run(str(tmp_path / "x.json"), "--said-by", "Karbla", database=filled_url)
    assert told.exit_code != 0
    assert list(tmp_path.iterdir()) == []


def test_attributes_are_chosen_by_the_command_as_by_the_service(
    client: "TestClient", filled_url: str
) -> None:
    """With commas or one by one; the file's header names them, and its tag is another than the whole file's."""
    asked = {"format": "json", "attributes": "kind,name,confidence"}
    answer = client.get("/graph/export", params=asked)
    told = run("-", "--format", "json", "--attributes", "kind, name,confidence", database=filled_url)
    assert told.stdout_bytes == answer.content
    body = answer.json()
    assert body["graph"]["attributes"] == ["kind", "name", "confidence"]
    assert {frozenset(node) for node in body["nodes"]} == {frozenset({"id", "name"})}
    assert {frozenset(edge) for edge in body["edges"]} == {
        frozenset({"id", "source", "target", "kind", "confidence"})
    }
    whole = client.get("/graph/export", params={"format": "json"})
    assert "attributes" not in whole.json()["graph"]
    assert whole.headers["etag"] != answer.headers["etag"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        *((name, "'colour' is not known in this format; known are ") for name in ("graphml", "csv", "gexf")),
        ("turtle", "cannot be chosen in turtle; they can in graphml, gexf, json"),
    ],
)
def test_a_wrong_attribute_is_told_with_those_there_are(
    client: "TestClient", filled_url: str, tmp_path: Path, name: str, said: str
) -> None:
    """Over HTTP it is a problem about that field, in a terminal one line; no part of a file is written."""
    answer = client.get("/graph/export", params={"format": name, "attributes": "kind,colour"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    (fault,) = answer.json()["errors"]
    assert (fault["field"], fault["message"][: len(said)]) == ("attributes", said)
    told = run(str(tmp_path / "x"), "--format", name, "--attributes", "kind,colour", database=filled_url)
    assert told.exit_code == 2
    assert told.stderr.startswith(f"actorgraph: --attributes: {said}")
    assert list(tmp_path.iterdir()) == []
