"""Cytoscape.js JSON: what `cytoscape({elements})` takes, and what Cytoscape's desktop program opens as `.cyjs`."""

from collections.abc import Iterator

from graph.export.attributes import describe_header, get_labels, get_weights
from graph.export.batches import EDGE_SCHEMA, NODE_SCHEMA
from graph.export.choice import Column, choose, read_columns, take_columns
from graph.export.extras import Extras
from graph.export.header import build_header
from graph.export.json_rows import dump, join_list, write_object
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot

_LABEL = ("kind", "how")
_NODES = (Column("label", ("name",), lambda batch: batch["name"]), *take_columns(NODE_SCHEMA))
_EDGES = (
    *take_columns(EDGE_SCHEMA),
    Column("label", _LABEL, get_labels),
    Column("name", _LABEL, get_labels),
    Column("interaction", ("kind",), lambda batch: batch["kind"]),
    Column("weight", ("confidence", "counts"), get_weights),
)


def iter_cytoscape(
    snapshot: Snapshot,
    where: EdgeFilter | None = None,
    extras: Extras | None = None,
) -> Iterator[bytes]:
    """Yield a JSON object with `data` (the header) and `elements`, each of which has its columns as `data`.

    Ids of edges hold a dot and those of nodes do not, so no two elements share one. `weight` is an edge's
    confidence; `name` is what an element is called on the screen.

    Cost: O(nodes + edges) time; memory for one batch of rows above the view.
    """
    wanted = (extras or Extras()).attributes
    chosen = choose(wanted, _NODES, _EDGES)
    view = snapshot.view(where)
    header = build_header(view, wanted)
    data = {"name": header.generated_from, **describe_header(header)}
    about = {"format_version": "1.0", "generated_by": header.generated_from, "data": data}
    yield dump(about)[:-1] + b',\n"elements":{"nodes":[\n'
    for_nodes = (write_object(read_columns(chosen.nodes, batch)) for batch in chosen.iter_node_batches(view))
    yield from join_list(['{"group":"nodes","data":', *parts, "}"] for parts in for_nodes)
    yield b'\n],\n"edges":[\n'
    for_edges = (write_object(read_columns(chosen.edges, batch)) for batch in chosen.iter_edge_batches(view))
    yield from join_list(['{"group":"edges","data":', *parts, "}"] for parts in for_edges)
    yield b"\n]}}\n"
