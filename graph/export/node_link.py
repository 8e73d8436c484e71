"""Node-link JSON: what networkx's `node_link_graph(data, key="id", edges="edges")` and most web libraries read."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

import orjson

from graph.edges import Edge
from graph.export.header import build_header
from graph.filters import EdgeFilter
from graph.snapshot import Node, Snapshot

_ROWS_A_CHUNK = 500
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


def iter_node_link(snapshot: Snapshot, where: EdgeFilter | None = None) -> Iterator[bytes]:
    """Yield a JSON object with `directed`, `multigraph`, `graph` (the header), `nodes` and `edges`, in UTF-8.

    What is unknown is null; dates are ISO 8601; halves of surrogate pairs, which JSON readers refuse, are left out.
    It comes in chunks of up to 500 rows. Cost: O(nodes + edges) time; memory for one chunk above the view.
    """
    view = snapshot.view(where)
    header = orjson.dumps(asdict(build_header(view)), option=orjson.OPT_SORT_KEYS)
    yield b'{"directed":true,"multigraph":true,"graph":' + header + b',\n"nodes":[\n'
    yield from _join_rows(build_node(node) for node in view.nodes.values())
    yield b'\n],\n"edges":[\n'
    yield from _join_rows(build_edge(edge) for edge in view.edges.values())
    yield b"\n]}\n"


def build_node(node: Node) -> dict[str, Any]:
    """Return a node as the JSON export has it."""
    return {
        "id": node.id,
        "name": node.name,
        "type": node.type,
        "aliases": list(node.aliases),
        "country_code": node.country_code,
        "admin1": node.admin1,
        "lat": node.lat,
        "lon": node.lon,
        "geonames_id": node.geonames_id,
        "mentions": node.mentions,
    }


def build_edge(edge: Edge) -> dict[str, Any]:
    """Return an edge as the JSON export has it."""
    return {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "kind": edge.kind,
        "how": edge.how,
        "sign": edge.sign,
        "confidence": edge.confidence,
        "claims": edge.claims,
        "independent_sources": edge.independent_sources,
        "first": edge.first,
        "last": edge.last,
        "disputed": edge.disputed,
        "origin": edge.origin,
    }


def _join_rows(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    waiting: list[bytes] = []
    glue = b""
    for row in rows:
        waiting.append(_dump(row))
        if len(waiting) == _ROWS_A_CHUNK:
            yield glue + b",\n".join(waiting)
            waiting.clear()
            glue = b",\n"
    if waiting:
        yield glue + b",\n".join(waiting)


def _dump(row: dict[str, Any]) -> bytes:
    try:
        return orjson.dumps(row)
    except TypeError:
        return orjson.dumps({key: _strip(value) for key, value in row.items()})


def _strip(value: Any) -> Any:  # noqa: ANN401 (whatever a JSON value may be)
    if isinstance(value, str):
        return _LONE_SURROGATES.sub("", value)
    return [_strip(item) for item in value] if isinstance(value, list) else value
