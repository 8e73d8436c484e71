"""`/docs`: the API's description as one page that needs no script and fetches nothing from anywhere."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import orjson

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #2a6fb0; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
a { color: var(--accent); }
code, pre { font-family: ui-monospace, monospace; font-size: .875rem; overflow-wrap: anywhere; }
h2 code { font-size: 1.15rem; }
pre { background: var(--soft); padding: .75rem; overflow: auto; max-height: 24rem; border-radius: .25rem; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; vertical-align: top;
padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); } th { white-space: nowrap; }
"""
_METHODS = ("get", "post", "patch", "delete")


_CODE = re.compile(r"`([^`]+)`")


def build_manual(openapi: dict[str, Any], start: Sequence[str] = ()) -> bytes:
    """Return the page for an OpenAPI document, in UTF-8. Cost: linear in the document; build it once.

    Args:
        openapi: The document.
        start: Addresses to try first.
    """
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
        *_write_prose(openapi["info"]["description"]),
        '<p>For machines: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).</p>',
        *(["<p>To begin with:</p><ul>"] if start else []),
        *(f'<li><a href="{escape(address)}"><code>{escape(address)}</code></a></li>' for address in start),
        *(["</ul>"] if start else []),
        "<nav><table><tr><th>route</th><th>answers</th></tr>",
        *(_describe_row(*operation) for operation in operations),
        "</table></nav>",
    ]
    for method, path, operation in operations:
        parts += _describe_operation(method, path, operation)
    parts.append("</body></html>")
    return "\n".join(parts).encode()


def _anchor(method: str, path: str) -> str:
    return escape(f"{method}{path}".replace("/", "-").replace("{", "").replace("}", "").lower())


def _write_prose(text: str) -> Iterator[str]:
    """Yield a paragraph of HTML for each of a text's, what stands in backticks as code."""
    for part in text.strip().split("\n\n"):
        if part:
            yield f"<p>{_write_line(part)}</p>"


def _write_line(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escape(text))


def _describe_row(method: str, path: str, operation: dict[str, Any]) -> str:
    answers = operation.get("description", "").partition("\n\n")[0]
    link = f'<a href="#{_anchor(method, path)}"><code>{method} {escape(path)}</code></a>'
    return f"<tr><td>{link}</td><td>{_write_line(answers)}</td></tr>"


def _describe_operation(method: str, path: str, operation: dict[str, Any]) -> Iterator[str]:
    yield f'<h2 id="{_anchor(method, path)}"><code>{method} {escape(path)}</code></h2>'
    yield from _write_prose(operation.get("description", ""))
    parameters = sorted(operation.get("parameters", []), key=lambda option: not option.get("required"))
    if parameters:
        yield "<table><tr><th>option</th><th>meaning</th><th>values</th></tr>"
        yield from map(_describe_parameter, parameters)
        yield "</table>"
    for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
        yield from _show_example(f"Send {media_type}", content)
    for status, answer in sorted(operation["responses"].items()):
        contents = answer.get("content", {})
        if int(status) >= 400 or not contents:
            yield f"<p><b>{status}</b> {_write_line(answer['description'])}</p>"
        else:
            for media_type, content in contents.items():
                yield from _show_example(f"{status} {answer['description']} ({media_type})", content)


def _describe_parameter(parameter: dict[str, Any]) -> str:
    schema = parameter["schema"]
    meaning = parameter.get("description") or schema.get("description", "")
    required = " (required)" if parameter.get("required") else ""
    return (
        f"<tr><td><code>{escape(parameter['name'])}</code>{required}</td><td>{_write_line(meaning)}</td>"
        f"<td>{escape(_describe_values(schema))}</td></tr>"
    )


def _describe_values(schema: dict[str, Any]) -> str:
    """Say in words what an option takes."""
    options = [part for part in schema.get("anyOf", [schema]) if part.get("type") != "null"]
    first = options[0]
    several = first.get("type") == "array"
    kind = first.get("items", {}) if several else first
    named = (
        ", ".join(map(str, kind["enum"])) if "enum" in kind else kind.get("format") or kind.get("type", "")
    )
    said = [f"any of {named}" if several and "enum" in kind else "several" if several else named]
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
    yield f"<details><summary>{_write_line(heading)}</summary><pre>{escape(shown)}</pre></details>"
