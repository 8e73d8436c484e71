"""A view of the graph as Arrow record batches: the columns that every writer writes from.

This is the one place that knows how a view holds its nodes and edges.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Any

import pyarrow as pa

from graph.snapshot import GraphView

ROWS_A_BATCH = 8_192
_FEW = pa.dictionary(pa.int32(), pa.string())
"""The type of texts of which there are few, so that each is worked on once a batch and not once a row."""

NODE_SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("type", _FEW, nullable=False),
        pa.field("aliases", pa.list_(pa.string()), nullable=False),
        pa.field("country_code", _FEW),
        pa.field("admin1", pa.string()),
        pa.field("lat", pa.float64()),
        pa.field("lon", pa.float64()),
        pa.field("geonames_id", pa.int64()),
        pa.field("mentions", pa.int64(), nullable=False),
    ]
)
EDGE_SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("target", pa.string(), nullable=False),
        pa.field("kind", _FEW, nullable=False),
        pa.field("how", _FEW),
        pa.field("sign", pa.int8(), nullable=False),
        pa.field("confidence", pa.float64(), nullable=False),
        pa.field("counts", pa.bool_(), nullable=False),
        pa.field("claims", pa.int32(), nullable=False),
        pa.field("denials", pa.int32(), nullable=False),
        pa.field("possibles", pa.int32(), nullable=False),
        pa.field("independent_sources", pa.int32(), nullable=False),
        pa.field("first", pa.date32()),
        pa.field("last", pa.date32()),
        pa.field("valid_from", pa.date32()),
        pa.field("valid_to", pa.date32()),
        pa.field("disputed", pa.bool_(), nullable=False),
        pa.field("symmetric", pa.bool_(), nullable=False),
        pa.field("origin", _FEW, nullable=False),
        pa.field("review", _FEW, nullable=False),
        pa.field("dataset", _FEW),
    ]
)

_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class ViewSize:
    """How much a view holds, and from when to when what it holds was published."""

    nodes: int
    edges: int
    first: date | None
    last: date | None


def measure(view: GraphView) -> ViewSize:
    """Count a view's nodes and edges, and find the first and last day of publication. Cost: O(edges)."""
    edges = view.edges.values()
    return ViewSize(
        nodes=len(view.nodes),
        edges=len(view.edges),
        first=min((edge.first for edge in edges if edge.first is not None), default=None),
        last=max((edge.last for edge in edges if edge.last is not None), default=None),
    )


def iter_node_batches(view: GraphView, rows: int = ROWS_A_BATCH) -> Iterator[pa.RecordBatch]:
    """Yield a view's nodes by id, as `NODE_SCHEMA` has them, in batches of up to `rows`."""
    return _iter_batches(view.nodes.values(), NODE_SCHEMA, rows)


def iter_edge_batches(view: GraphView, rows: int = ROWS_A_BATCH) -> Iterator[pa.RecordBatch]:
    """Yield a view's edges by id, as `EDGE_SCHEMA` has them, in batches of up to `rows`."""
    return _iter_batches(view.edges.values(), EDGE_SCHEMA, rows)


def _iter_batches(items: Iterable[object], schema: pa.Schema, rows: int) -> Iterator[pa.RecordBatch]:
    waiting = iter(items)
    while batch := list(islice(waiting, rows)):
        # Column by column: a tuple for each row would keep the garbage collector busy.
        columns = (to_array(map(attrgetter(field.name), batch), field.type) for field in schema)
        yield pa.record_batch(list(columns), schema=schema)


def to_array(values: Iterable[Any], type_: pa.DataType) -> pa.Array:
    """Return values as an Arrow array; halves of surrogate pairs, which UTF-8 cannot hold, are left out."""
    column = list(values)
    try:
        return pa.array(column, type_)
    except UnicodeEncodeError:
        return pa.array([strip_surrogates(value) for value in column], type_)


def strip_surrogates(value: Any) -> Any:  # noqa: ANN401 (whatever a column holds)
    """Return a text, or a list of texts, without halves of surrogate pairs; anything else as it is."""
    if isinstance(value, str):
        return _LONE_SURROGATES.sub("", value)
    return [strip_surrogates(item) for item in value] if isinstance(value, tuple | list) else value
