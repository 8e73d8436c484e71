"""Cytoscape.js JSON: what `cytoscape({elements})` takes, and what Cytoscape's desktop program opens as `.cyjs`."""

from collections.abc import Iterator

import pyarrow as pa

from graph.export.attributes import describe_header, get_labels, get_weights
from graph.export.batches import iter_edge_batches, iter_node_batches
from graph.export.extras import Extras
from graph.export.header import build_header
from graph.export.json_rows import dump, join_list, write_object
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot


def iter_cytoscape(
    snapshot: Snapshot,
    where: EdgeFilter | None = None,
    extras: Extras | None = None,  # noqa: ARG001 (every writer takes them)
) -> Iterator[bytes]:
    """Yield a JSON object with `data` (the header) and `elements`, each of which has its columns as `data`.

    Ids of edges hold a dot and those of nodes do not, so no two elements share one. `weight` is an edge's
    confidence; `name` is what an element is called on the screen.

    Cost: O(nodes + edges) time; memory for one batch of rows above the view.
    """
    view = snapshot.view(where)
    header = build_header(view)
    data = {"name": header.generated_from, **describe_header(header)}
    about = {"format_version": "1.0", "generated_by": header.generated_from, "data": data}
    yield dump(about)[:-1] + b',\n"elements":{"nodes":[\n'
    for_nodes = (write_object(_describe_nodes(batch)) for batch in iter_node_batches(view))
    yield from join_list(['{"group":"nodes","data":', *parts, "}"] for parts in for_nodes)
    yield b'\n],\n"edges":[\n'
    for_edges = (write_object(_describe_edges(batch)) for batch in iter_edge_batches(view))
    yield from join_list(['{"group":"edges","data":', *parts, "}"] for parts in for_edges)
    yield b"\n]}}\n"


def _describe_nodes(batch: pa.RecordBatch) -> dict[str, pa.Array]:
    return {"label": batch["name"], **dict(zip(batch.schema.names, batch.columns, strict=True))}


def _describe_edges(batch: pa.RecordBatch) -> dict[str, pa.Array]:
    labels = get_labels(batch)
    return {
        **dict(zip(batch.schema.names, batch.columns, strict=True)),
        "label": labels,
        "name": labels,
        "interaction": batch["kind"],
        "weight": get_weights(batch),
    }
