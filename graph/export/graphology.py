"""Graphology's serialised form: what `Graph.from(data)` and sigma.js's loaders take."""

from collections.abc import Iterator

import pyarrow as pa

from graph.export.assembly import Part, write_values
from graph.export.attributes import describe_header, get_labels, get_weights
from graph.export.batches import iter_edge_batches, iter_node_batches
from graph.export.extras import Extras
from graph.export.header import build_header
from graph.export.json_rows import JSON, dump, join_list, write_object
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot

_OPTIONS = {"type": "directed", "multi": True, "allowSelfLoops": True}
_ENDS = {"id", "source", "target"}


def iter_graphology(
    snapshot: Snapshot,
    where: EdgeFilter | None = None,
    extras: Extras | None = None,  # noqa: ARG001 (every writer takes them)
) -> Iterator[bytes]:
    """Yield a JSON object with `options`, `attributes` (the header), `nodes` and `edges`, each with key and attributes.

    The graph is directed and keeps parallel edges. `label` is what sigma.js shows; an edge's `weight` is its
    confidence.

    Cost: O(nodes + edges) time; memory for one batch of rows above the view.
    """
    view = snapshot.view(where)
    about = {"options": _OPTIONS, "attributes": describe_header(build_header(view))}
    yield dump(about)[:-1] + b',\n"nodes":[\n'
    yield from join_list(_write_nodes(batch) for batch in iter_node_batches(view))
    yield b'\n],\n"edges":[\n'
    yield from join_list(_write_edges(batch) for batch in iter_edge_batches(view))
    yield b"\n]}\n"


def _write_nodes(batch: pa.RecordBatch) -> Iterator[Part]:
    yield from write_values(batch["id"], JSON, '{"key":')
    yield ',"attributes":'
    yield from write_object({"label": batch["name"], **_get_attributes(batch)})
    yield "}"


def _write_edges(batch: pa.RecordBatch) -> Iterator[Part]:
    for name, column in (("key", "id"), ("source", "source"), ("target", "target")):
        yield from write_values(batch[column], JSON, f'{"{" if name == "key" else ","}"{name}":')
    yield ',"attributes":'
    yield from write_object(
        {"label": get_labels(batch), "weight": get_weights(batch), **_get_attributes(batch)}
    )
    yield "}"


def _get_attributes(batch: pa.RecordBatch) -> dict[str, pa.Array]:
    return {
        name: column
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
        if name not in _ENDS
    }
