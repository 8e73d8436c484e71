"""Node-link JSON: what networkx's `node_link_graph(data, key="id", edges="edges")` and most web libraries read."""

from collections.abc import Iterator

from graph.export.batches import EDGE_SCHEMA, NODE_SCHEMA
from graph.export.choice import choose, read_columns, take_columns
from graph.export.extras import Extras
from graph.export.header import build_header
from graph.export.json_rows import dump, join_list, write_object
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot

_NODES, _EDGES = take_columns(NODE_SCHEMA), take_columns(EDGE_SCHEMA)


def iter_node_link(
    snapshot: Snapshot,
    where: EdgeFilter | None = None,
    extras: Extras | None = None,
) -> Iterator[bytes]:
    """Yield a JSON object with `directed`, `multigraph`, `graph` (the header), `nodes` and `edges`, in UTF-8.

    What is unknown is null; dates are ISO 8601; halves of surrogate pairs, which JSON readers refuse, are left out.
    Cost: O(nodes + edges) time; memory for one batch of rows above the view.
    """
    wanted = (extras or Extras()).attributes
    chosen = choose(wanted, _NODES, _EDGES)
    view = snapshot.view(where)
    header = dump(build_header(view, wanted).to_plain())
    yield b'{"directed":true,"multigraph":true,"graph":' + header + b',\n"nodes":[\n'
    yield from join_list(
        write_object(read_columns(chosen.nodes, batch)) for batch in chosen.iter_node_batches(view)
    )
    yield b'\n],\n"edges":[\n'
    yield from join_list(
        write_object(read_columns(chosen.edges, batch)) for batch in chosen.iter_edge_batches(view)
    )
    yield b"\n]}\n"
