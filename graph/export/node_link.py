"""Node-link JSON: what networkx's `node_link_graph(data, key="id", edges="edges")` and most web libraries read."""

from collections.abc import Iterator

import pyarrow as pa

from graph.export.batches import iter_edge_batches, iter_node_batches
from graph.export.extras import Extras
from graph.export.header import build_header
from graph.export.json_rows import dump, join_list, write_object
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot


def iter_node_link(
    snapshot: Snapshot,
    where: EdgeFilter | None = None,
    extras: Extras | None = None,  # noqa: ARG001 (every writer takes them)
) -> Iterator[bytes]:
    """Yield a JSON object with `directed`, `multigraph`, `graph` (the header), `nodes` and `edges`, in UTF-8.

    What is unknown is null; dates are ISO 8601; halves of surrogate pairs, which JSON readers refuse, are left out.
    Cost: O(nodes + edges) time; memory for one batch of rows above the view.
    """
    view = snapshot.view(where)
    header = dump(build_header(view).to_plain())
    yield b'{"directed":true,"multigraph":true,"graph":' + header + b',\n"nodes":[\n'
    yield from join_list(write_object(_get_columns(batch)) for batch in iter_node_batches(view))
    yield b'\n],\n"edges":[\n'
    yield from join_list(write_object(_get_columns(batch)) for batch in iter_edge_batches(view))
    yield b"\n]}\n"


def _get_columns(batch: pa.RecordBatch) -> dict[str, pa.Array]:
    return dict(zip(batch.schema.names, batch.columns, strict=True))
