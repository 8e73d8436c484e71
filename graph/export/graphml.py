"""GraphML with a fixed schema, written row by row.

Every name has one type, whatever the data; what is unknown is left out. Nodes come before edges, parallel edges are
kept, and each edge has an id of its own. Keys are named for what they hold (`n_label`, `e_weight`).
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from math import isfinite
from typing import Any, Generic, Literal, TypeVar

from graph.edges import Edge
from graph.export.header import Header, build_header
from graph.filters import EdgeFilter
from graph.snapshot import Node, Snapshot

Row = TypeVar("Row")
Scalar = str | int | float | bool | date | None

ALIAS_SEPARATOR = " | "
EVIDENCE_WEIGHT = 1e-6
"""Weight of an edge that no claim counts for: weights must be positive, and no layout should be pulled by it."""

_ROWS_A_CHUNK = 500
_ILLEGAL = re.compile("[^\\t\\n\\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"})


@dataclass(frozen=True, slots=True)
class Attribute(Generic[Row]):
    """One column of the schema: `name` and `type` as readers see them, `get` takes it from a row."""

    name: str
    type: Literal["string", "int", "double", "boolean"]
    get: Callable[[Row], Scalar]


NODE_ATTRIBUTES: tuple[Attribute[Node], ...] = (
    Attribute("label", "string", lambda node: node.name),
    Attribute("name", "string", lambda node: node.name),
    Attribute("type", "string", lambda node: node.type),
    Attribute("aliases", "string", lambda node: ALIAS_SEPARATOR.join(node.aliases)),
    Attribute("country_code", "string", lambda node: node.country_code),
    Attribute("admin1", "string", lambda node: node.admin1),
    Attribute("lat", "double", lambda node: node.lat),
    Attribute("lon", "double", lambda node: node.lon),
    Attribute("geonames_id", "int", lambda node: node.geonames_id),
    Attribute("mentions", "int", lambda node: node.mentions),
)
EDGE_ATTRIBUTES: tuple[Attribute[Edge], ...] = (
    # The edge's id once more: igraph 1.0 gives edges the ids of nodes, and Gephi drops them.
    Attribute("relation_id", "string", lambda edge: edge.id),
    Attribute("label", "string", lambda edge: edge.how or edge.kind),
    Attribute("interaction", "string", lambda edge: edge.kind),
    Attribute("kind", "string", lambda edge: edge.kind),
    Attribute("how", "string", lambda edge: edge.how),
    Attribute("sign", "int", lambda edge: edge.sign),
    Attribute("weight", "double", lambda edge: edge.confidence if edge.counts else EVIDENCE_WEIGHT),
    Attribute("confidence", "double", lambda edge: edge.confidence),
    Attribute("counts", "boolean", lambda edge: edge.counts),
    Attribute("claims", "int", lambda edge: edge.claims),
    Attribute("denials", "int", lambda edge: edge.denials),
    Attribute("possibles", "int", lambda edge: edge.possibles),
    Attribute("independent_sources", "int", lambda edge: edge.independent_sources),
    Attribute("first", "string", lambda edge: edge.first),
    Attribute("last", "string", lambda edge: edge.last),
    Attribute("valid_from", "string", lambda edge: edge.valid_from),
    Attribute("valid_to", "string", lambda edge: edge.valid_to),
    Attribute("disputed", "boolean", lambda edge: edge.disputed),
    Attribute("symmetric", "boolean", lambda edge: edge.symmetric),
    Attribute("origin", "string", lambda edge: edge.origin),
    Attribute("review", "string", lambda edge: edge.review),
)
GRAPH_ATTRIBUTES: tuple[Attribute[Header], ...] = (
    Attribute("version", "int", lambda header: header.version),
    Attribute("filters", "string", lambda header: json.dumps(header.filters, sort_keys=True)),
    Attribute("generated_from", "string", lambda header: header.generated_from),
)

_START = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def iter_graphml(snapshot: Snapshot, where: EdgeFilter | None = None) -> Iterator[bytes]:
    """Yield a GraphML file, in UTF-8, in chunks of up to 500 rows.

    Control characters that XML forbids, and halves of surrogate pairs, are left out of texts. Aliases are one text,
    joined with ` | `; dates are ISO 8601 texts. `weight` is the edge's confidence. An edge's id is also its attribute
    `relation_id`, for readers that drop ids.

    Cost: O(nodes + edges) time; memory for one chunk above the snapshot's view.
    """
    view = snapshot.view(where)
    header = build_header(view)
    yield "".join(
        [
            _START,
            *_declare("graph", "g", GRAPH_ATTRIBUTES),
            *_declare("node", "n", NODE_ATTRIBUTES),
            *_declare("edge", "e", EDGE_ATTRIBUTES),
            '<graph id="actorgraph" edgedefault="directed">\n',
            _write_data("g", GRAPH_ATTRIBUTES, header),
            "\n",
        ]
    ).encode()
    yield from _chunk(
        f'<node id="{_escape(node.id)}">{_write_data("n", NODE_ATTRIBUTES, node)}</node>\n'
        for node in view.nodes.values()
    )
    yield from _chunk(
        f'<edge id="{_escape(edge.id)}" source="{_escape(edge.source)}" target="{_escape(edge.target)}">'
        f"{_write_data('e', EDGE_ATTRIBUTES, edge)}</edge>\n"
        for edge in view.edges.values()
    )
    yield b"</graph>\n</graphml>\n"


def _declare(domain: str, prefix: str, attributes: Iterable[Attribute[Any]]) -> Iterator[str]:
    for attribute in attributes:
        yield (
            f'<key id="{prefix}_{attribute.name}" for="{domain}" '
            f'attr.name="{attribute.name}" attr.type="{attribute.type}"/>\n'
        )


def _write_data(prefix: str, attributes: Iterable[Attribute[Row]], row: Row) -> str:
    return "".join(
        f'<data key="{prefix}_{attribute.name}">{text}</data>'
        for attribute in attributes
        if (text := _format(attribute.get(row)))
    )


def _format(value: Scalar) -> str:
    """Write a value as XML text; an empty one stands for what is left out."""
    if value is None or (isinstance(value, float) and not isfinite(value)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _escape(value)
    return value.isoformat() if isinstance(value, date) else repr(value)


def _escape(text: str) -> str:
    return _ILLEGAL.sub("", text).translate(_ESCAPES)


def _chunk(rows: Iterator[str]) -> Iterator[bytes]:
    while batch := "".join(islice(rows, _ROWS_A_CHUNK)):
        yield batch.encode()
