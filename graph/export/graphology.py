"""Graphology's serialised form: what `Graph.from(data)` and sigma.js's loaders take."""

from collections.abc import Iterator, Sequence

import pyarrow as pa

from graph.export.assembly import Part, write_values
from graph.export.attributes import describe_header, get_labels, get_weights
from graph.export.batches import EDGE_SCHEMA, NODE_SCHEMA
from graph.export.choice import ALWAYS, Column, choose, read_columns, take_columns
from graph.export.extras import Extras
from graph.export.header import build_header
from graph.export.json_rows import JSON, dump, join_list, write_object
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot

_OPTIONS = {"type": "directed", "multi": True, "allowSelfLoops": True}
_NODES = (
    Column("label", ("name",), lambda batch: batch["name"]),
    *(column for column in take_columns(NODE_SCHEMA) if column.name not in ALWAYS),
)
_EDGES = (
    Column("label", ("kind", "how"), get_labels),
    Column("weight", ("confidence", "counts"), get_weights),
    *(column for column in take_columns(EDGE_SCHEMA) if column.name not in ALWAYS),
)


def iter_graphology(
    snapshot: Snapshot,
    where: EdgeFilter | None = None,
    extras: Extras | None = None,
) -> Iterator[bytes]:
    """Yield a JSON object with `options`, `attributes` (the header), `nodes` and `edges`, each with key and attributes.

    The graph is directed and keeps parallel edges. `label` is what sigma.js shows; an edge's `weight` is its
    confidence.

    Cost: O(nodes + edges) time; memory for one batch of rows above the view.
    """
    wanted = (extras or Extras()).attributes
    chosen = choose(wanted, _NODES, _EDGES)
    view = snapshot.view(where)
    about = {"options": _OPTIONS, "attributes": describe_header(build_header(view, wanted))}
    yield dump(about)[:-1] + b',\n"nodes":[\n'
    yield from join_list(_write_nodes(chosen.nodes, batch) for batch in chosen.iter_node_batches(view))
    yield b'\n],\n"edges":[\n'
    yield from join_list(_write_edges(chosen.edges, batch) for batch in chosen.iter_edge_batches(view))
    yield b"\n]}\n"


def _write_nodes(columns: Sequence[Column], batch: pa.RecordBatch) -> Iterator[Part]:
    yield from write_values(batch["id"], JSON, '{"key":')
    yield ',"attributes":'
    yield from write_object(read_columns(columns, batch))
    yield "}"


def _write_edges(columns: Sequence[Column], batch: pa.RecordBatch) -> Iterator[Part]:
    for name, column in (("key", "id"), ("source", "source"), ("target", "target")):
        yield from write_values(batch[column], JSON, f'{"{" if name == "key" else ","}"{name}":')
    yield ',"attributes":'
    yield from write_object(read_columns(columns, batch))
    yield "}"
