"""The API's own description: complete, and true to itself."""

import re
from collections.abc import Iterator
from html import escape
from typing import Any, get_args

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.queries import ExportFormat
from app.settings import Settings
from graph.export import FORMATS

METHODS = {"get", "post", "delete", "put", "patch"}
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


@pytest.fixture(scope="module")
def openapi(filled_url: str) -> dict[str, Any]:
    """The description that the service gives of itself."""
    return create_app(Settings(database_url=filled_url)).openapi()


def _find_faults(schema: dict[str, Any], value: Any, parts: dict[str, Any], at: str = "$") -> Iterator[str]:  # noqa: ANN401
    """Yield where a value departs from its JSON schema; the part of the language that our schemas use."""
    if "$ref" in schema:
        yield from _find_faults(parts[schema["$ref"].rpartition("/")[2]], value, parts, at)
    elif "anyOf" in schema:
        if all(list(_find_faults(option, value, parts, at)) for option in schema["anyOf"]):
            yield f"{at}: {value!r} is none of what it may be"
    elif not _is_of_type(schema.get("type"), value):
        yield f"{at}: {value!r} is not of type {schema['type']}"
    elif isinstance(value, dict):
        yield from _find_object_faults(schema, value, parts, at)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _find_faults(schema.get("items", {}), item, parts, f"{at}[{number}]")
    else:
        yield from _find_scalar_faults(schema, value, at)


def _is_of_type(expected: str | None, value: Any) -> bool:  # noqa: ANN401
    if expected is None:
        return True
    return isinstance(value, TYPES[expected]) and (expected == "boolean" or not isinstance(value, bool))


def _find_scalar_faults(schema: dict[str, Any], value: Any, at: str) -> Iterator[str]:  # noqa: ANN401
    if value not in schema.get("enum", [value]) or value != schema.get("const", value):
        yield f"{at}: {value!r} is not one of those it may be"
    if isinstance(value, (int, float)) and not (
        schema.get("minimum", value) <= value <= schema.get("maximum", value)
    ):
        yield f"{at}: {value!r} is out of range"
    if schema.get("format") == "date" and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)):
        yield f"{at}: {value!r} is not a date"


def _find_object_faults(
    schema: dict[str, Any], value: dict[str, Any], parts: dict[str, Any], at: str
) -> Iterator[str]:
    known = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{at}: {name} is missing"
    for name, item in value.items():
        if name in known:
            yield from _find_faults(known[name], item, parts, f"{at}.{name}")
        elif isinstance(schema.get("additionalProperties"), dict):
            yield from _find_faults(schema["additionalProperties"], item, parts, f"{at}.{name}")
        elif known:
            yield f"{at}: {name} is not described"


def _iter_operations(openapi: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in openapi["paths"].items():
        for method, operation in methods.items():
            assert method in METHODS
            yield f"{method.upper()} {path}", operation


def _iter_examples(content: dict[str, Any]) -> Iterator[Any]:
    if "example" in content:
        yield content["example"]
    for example in content.get("examples", {}).values():
        yield example["value"]


def test_the_checker_sees_faults() -> None:
    """The validator used here finds what is wrong; else the tests below would show nothing."""
    schema = {
        "type": "object",
        "required": ["a"],
        "properties": {
            "a": {"type": "integer", "maximum": 3},
            "b": {"anyOf": [{"type": "null"}, {"$ref": "#/x/B"}]},
        },
    }
    parts = {"B": {"type": "array", "items": {"type": "string"}}}
    assert list(_find_faults(schema, {"a": 1, "b": ["x"]}, parts)) == []
    wrongs: tuple[Any, ...] = (
        {},
        {"a": "1"},
        {"a": True},
        {"a": 4},
        {"a": 1, "b": [1]},
        {"a": 1, "c": 1},
        [],
    )
    for wrong in wrongs:
        assert list(_find_faults(schema, wrong, parts)), wrong


def test_it_is_openapi_3_1(openapi: dict[str, Any]) -> None:
    """The description says which version of OpenAPI it speaks."""
    assert openapi["openapi"].startswith("3.1.")


def test_every_answer_has_an_example_that_fits_its_schema(openapi: dict[str, Any]) -> None:
    """Each answer of each route, problems included, shows an example, and each example is valid."""
    parts = openapi["components"]["schemas"]
    faults = []
    for name, operation in _iter_operations(openapi):
        for status, answer in operation["responses"].items():
            if status in {"204", "304"}:
                continue
            for media_type, content in answer["content"].items():
                where = f"{name} {status} {media_type}"
                examples = list(_iter_examples(content))
                faults += [] if examples else [f"{where}: no example"]
                faults += [
                    f"{where}: {f}" for e in examples for f in _find_faults(content["schema"], e, parts)
                ]
    assert faults == []


def test_every_body_has_an_example_that_fits_its_schema(openapi: dict[str, Any]) -> None:
    """So does each body that can be sent."""
    bodies = [op["requestBody"] for _, op in _iter_operations(openapi) if "requestBody" in op]
    assert len(bodies) == 3
    for content in (content for body in bodies for content in body["content"].values()):
        assert list(_iter_examples(content))
        for example in _iter_examples(content):
            assert list(_find_faults(content["schema"], example, openapi["components"]["schemas"])) == []


def test_every_problem_is_a_problem(openapi: dict[str, Any]) -> None:
    """Every answer from 400 up is `application/problem+json`, but for the health check's own."""
    for name, operation in _iter_operations(openapi):
        for status, answer in operation["responses"].items():
            if int(status) >= 400 and "/health/" not in name:
                assert set(answer["content"]) == {"application/problem+json"}, f"{name} {status}"


def test_every_reference_leads_somewhere(openapi: dict[str, Any]) -> None:
    """No schema refers to one that is not there."""
    wanted = set(re.findall(r"#/components/schemas/([^'\"]+)", str(openapi)))
    assert wanted <= set(openapi["components"]["schemas"])


def test_every_option_says_what_it_is(openapi: dict[str, Any]) -> None:
    """A caller can read what each query option means."""
    silent = [
        f"{name}: {parameter['name']}"
        for name, operation in _iter_operations(openapi)
        for parameter in operation.get("parameters", ())
        if not parameter.get("description") and not parameter["schema"].get("description")
    ]
    assert silent == []


def test_formats_are_those_that_can_be_written() -> None:
    """`?format=` offers what the exporter knows, no more and no less."""
    assert set(get_args(ExportFormat)) == set(FORMATS)


def test_the_manual_needs_nothing_from_elsewhere(client: TestClient, openapi: dict[str, Any]) -> None:
    """`/docs` describes every route and option on one page without scripts or anything to fetch."""
    answer = client.get("/docs")
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    page = answer.text
    assert "<script" not in page
    shown = re.sub(r"<pre>.*?</pre>", "", page, flags=re.DOTALL)  # examples name vocabularies by address
    assert "http://" not in shown
    assert "https://" not in shown
    for name, operation in _iter_operations(openapi):
        assert name in page
        for parameter in operation.get("parameters", ()):
            assert f"<code>{parameter['name']}</code>" in page
    assert "`" not in re.sub(r"<pre>.*?</pre>", "", page, flags=re.DOTALL)
    assert "any of supports, opposes, commands, member-of, located-in" in page


def test_a_browser_is_sent_to_the_manual(client: TestClient) -> None:
    """`/` tells programs where to go on, and takes people there; every address it names answers."""
    told = client.get("/", headers={"Accept": "application/json"})
    shown = client.get("/", headers={"Accept": "text/html,*/*;q=0.8"}, follow_redirects=False)
    assert (shown.status_code, shown.headers["location"]) == (303, "/docs")
    assert told.headers["vary"] == shown.headers["vary"] == "Accept"
    page = client.get("/docs").text
    for address in told.json()["try"]:
        assert escape(address) in page
        assert client.get(address.replace("Karbala", "ISIS")).status_code == 200
