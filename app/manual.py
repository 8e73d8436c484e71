"""`/docs`: the API's description as one page that needs no script and fetches nothing from anywhere."""

from collections.abc import Iterator
from html import escape
from typing import Any

import orjson

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #2a6fb0; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
h3 code { font-size: 1.05rem; } a { color: var(--accent); }
code, pre { font-family: ui-monospace, monospace; font-size: .875rem; }
pre { background: var(--soft); padding: .75rem; overflow: auto; max-height: 24rem; border-radius: .25rem; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top;
padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); } nav li { margin: .15rem 0; }
"""
_METHODS = ("get", "post", "patch", "delete")


def build_manual(openapi: dict[str, Any]) -> bytes:
    """Return the page for an OpenAPI document, in UTF-8. Cost: linear in the document; build it once."""
    operations = [
        (method.upper(), path, item[method])
        for path, item in openapi["paths"].items()
        for method in _METHODS
        if method in item
    ]
    title = escape(openapi["info"]["title"])
    parts = [
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} API</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{_STYLE}</style></head><body><h1>{title} {escape(openapi['info']['version'])}</h1>",
        *(f"<p>{escape(part)}</p>" for part in openapi["info"]["description"].strip().split("\n\n")),
        '<p>For machines: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).</p><nav><ul>',
        *(f'<li><a href="#{_anchor(m, p)}"><code>{m} {escape(p)}</code></a></li>' for m, p, _ in operations),
        "</ul></nav>",
    ]
    for method, path, operation in operations:
        parts += _describe_operation(method, path, operation)
    parts.append("</body></html>")
    return "\n".join(parts).encode()


def _anchor(method: str, path: str) -> str:
    return escape(f"{method}{path}".replace("/", "-").replace("{", "").replace("}", "").lower())


def _describe_operation(method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f'<h2 id="{_anchor(method, path)}"><code>{method} {escape(path)}</code></h2>'
    yield from (f"<p>{escape(part)}</p>" for part in operation.get("description", "").split("\n\n") if part)
    parameters = operation.get("parameters", [])
    if parameters:
        yield "<table><tr><th>option</th><th>meaning</th><th>values</th></tr>"
        yield from map(_describe_parameter, parameters)
        yield "</table>"
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        yield from _show_example(f"Send {media_type}", content)
    for status, answer in operation["responses"].items():
        contents = answer.get("content", {})
        if int(status) >= 400 or not contents:
            yield f"<p><b>{status}</b> {escape(answer['description'])}</p>"
        else:
            for media_type, content in contents.items():
                yield from _show_example(f"{status} {answer['description']} ({media_type})", content)


def _describe_parameter(parameter: dict[str, Any]) -> str:
    schema = parameter["schema"]
    meaning = parameter.get("description") or schema.get("description", "")
    required = " (required)" if parameter.get("required") else ""
    return (
        f"<tr><td><code>{escape(parameter['name'])}</code>{required}</td><td>{escape(meaning)}</td>"
        f"<td>{escape(_describe_values(schema))}</td></tr>"
    )


def _describe_values(schema: dict[str, Any]) -> str:
    """Say in words what an option takes."""
    options = [part for part in schema.get("anyOf", [schema]) if part.get("type") != "null"]
    first = options[0]
    said = (
        [", ".join(map(str, first["enum"]))]
        if "enum" in first
        else [first.get("format") or first.get("type", "")]
    )
    if "minimum" in first or "maximum" in first:
        said.append(f"{first.get('minimum', '')} to {first.get('maximum', '')}")
    if schema.get("default") not in (None, [], ""):
        said.append(f"default {schema['default']}")
    return "; ".join(filter(None, said))


def _show_example(heading: str, content: dict[str, Any]) -> Iterator[str]:
    example = content.get("example")
    shown = (
        example if isinstance(example, str) else orjson.dumps(example, option=orjson.OPT_INDENT_2).decode()
    )
    yield f"<details><summary>{escape(heading)}</summary><pre>{escape(shown)}</pre></details>"
