"""A view of the graph as Arrow record batches: the columns that every writer writes from.

This is the one place that knows how a view holds its nodes and edges.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph.export.gathering import FEW, Texts, mend, to_array, to_days, to_flags, to_words, wrap_table
from graph.snapshot.columns import NO_DAY, ORIGINS, REVIEWS, EdgeColumns, Int32, from_day
from graph.snapshot.node_table import NO_NUMBER, NodeTable
from graph.snapshot.snapshot import GraphView

ROWS_A_BATCH = 6_144

NODE_SCHEMA = pa.schema(
    [
        pa.field("id", pa.string(), nullable=False),
        pa.field("name", pa.string(), nullable=False),
        pa.field("type", FEW, nullable=False),
        pa.field("aliases", pa.list_(pa.string()), nullable=False),
        pa.field("country_code", FEW),
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
        pa.field("kind", FEW, nullable=False),
        pa.field("how", FEW),
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
        pa.field("origin", FEW, nullable=False),
        pa.field("review", FEW, nullable=False),
        pa.field("dataset", FEW),
    ]
)

_KNOWN_FROM_GEOGRAPHY = ".gazetteer"
_DAYS = ("first", "last", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class ViewSize:
    """How much a view holds, and from when to when what it holds was published."""

    nodes: int
    edges: int
    first: date | None
    last: date | None


def measure(view: GraphView) -> ViewSize:
    """Count a view's nodes and edges, and find the first and last day of publication. Cost: O(edges)."""
    first, last = NO_DAY, NO_DAY
    for numbers in _iter_numbers(view, ROWS_A_BATCH):
        rows = view.take_edges(numbers)
        known = rows.first[rows.first != NO_DAY]
        if len(known):
            first = int(known.min()) if first == NO_DAY else min(first, int(known.min()))
        last = max(last, int(rows.last.max()))
    return ViewSize(len(view.nodes), len(view.edges), from_day(first), from_day(last))


def _cut(numbers: Int32, rows: int) -> Iterator[Int32]:
    for start in range(0, len(numbers), rows):
        yield numbers[start : start + rows]


def _iter_numbers(view: GraphView, rows: int) -> Iterator[Int32]:
    """Yield the numbers of a view's edges in order, as many at once as asked for but for the last."""
    if view.edge_count != view.columns.base.edges:
        yield from _cut(view.ordered_numbers, rows)
        return
    # As long as nothing came since, edges are numbered in order, and no list of all numbers is needed.
    waiting = np.zeros(0, np.int32)
    for start in range(0, view.edge_count, rows):
        found = np.flatnonzero(view.present[start : start + rows]).astype(np.int32) + np.int32(start)
        waiting = np.concatenate([waiting, found])
        if len(waiting) >= rows:
            yield waiting[:rows]
            waiting = waiting[rows:]
    if len(waiting):
        yield waiting


def iter_node_batches(view: GraphView, rows: int = ROWS_A_BATCH) -> Iterator[pa.RecordBatch]:
    """Yield a view's nodes by id, as `NODE_SCHEMA` has them, in batches of up to `rows`.

    Cost: O(nodes) in all; 4 bytes a node, and a batch, in memory.
    """
    nodes = view.columns.nodes
    numbers = np.flatnonzero(view.node_mask).astype(np.int32)
    if nodes.added:
        numbers = numbers[np.argsort(nodes.ranks[numbers], kind="stable")]
    # Those that came or changed since are few, and are objects already.
    odd = {*nodes.changed, *nodes.mentioned}
    gatherer = _NodeGatherer(nodes)
    for part in _cut(numbers, rows):
        listed = part.tolist()
        is_plain = nodes.is_whole and int(part.max()) < len(nodes.columns) and odd.isdisjoint(listed)
        yield gatherer.gather(part) if is_plain else _build_node_batch(nodes, listed)


def _build_node_batch(nodes: NodeTable, numbers: list[int]) -> pa.RecordBatch:
    found = [nodes.get(number) for number in numbers]
    columns = [to_array((getattr(node, field.name) for node in found), field.type) for field in NODE_SCHEMA]
    return pa.record_batch(columns, schema=NODE_SCHEMA)


class _NodeGatherer:
    """Gathers rows of the columns that nodes were packed into."""

    def __init__(self, nodes: NodeTable) -> None:
        self._columns = nodes.columns
        self._ids = Texts(self._columns.ids)
        self._names = Texts(self._columns.names)
        offsets = pa.array(np.ascontiguousarray(self._columns.alias_offsets))
        self._aliases = pa.LargeListArray.from_arrays(offsets, wrap_table(self._columns.aliases))

    def gather(self, numbers: Int32) -> pa.RecordBatch:
        """Return the nodes of these numbers, all of them in the columns as they are."""
        nodes = self._columns
        aliases = self._aliases.take(pa.array(numbers))
        lat, lon, geonames_id = nodes.lat[numbers], nodes.lon[numbers], nodes.geonames_id[numbers]
        columns = {
            "id": self._ids.take(numbers),
            "name": self._names.take(numbers),
            "type": to_words(nodes.type[numbers], nodes.types.words),
            "aliases": pa.ListArray.from_arrays(
                pc.cast(aliases.offsets, pa.int32()), mend(pc.list_flatten(aliases))
            ),
            "country_code": to_words(nodes.country[numbers], nodes.countries.words),
            "admin1": to_words(nodes.admin1[numbers], nodes.regions.words).cast(pa.string()),
            "lat": pa.array(lat, mask=np.isnan(lat)),
            "lon": pa.array(lon, mask=np.isnan(lon)),
            "geonames_id": pa.array(geonames_id, mask=geonames_id == NO_NUMBER),
            "mentions": pa.array(nodes.mentions[numbers].astype(np.int64)),
        }
        return pa.record_batch([columns[name] for name in NODE_SCHEMA.names], schema=NODE_SCHEMA)


def iter_edge_batches(view: GraphView, rows: int = ROWS_A_BATCH) -> Iterator[pa.RecordBatch]:
    """Yield a view's edges, as `EDGE_SCHEMA` has them, in batches of up to `rows`.

    They are in order of source id, target id and kind, whatever was stored first.

    Cost: O(edges) in all; a batch in memory, and 4 bytes an edge if some came since the snapshot's columns were built.
    """
    ids = view.columns.nodes.ids
    texts = Texts(ids.base, ids.added)
    for numbers in _iter_numbers(view, rows):
        yield _gather_edges(view, texts, view.take_edges(numbers))


def _gather_edges(view: GraphView, ids: Texts, edges: EdgeColumns) -> pa.RecordBatch:
    words = view.columns.words
    source, target = ids.take(edges.source), ids.take(edges.target)
    kind = to_words(edges.kind, words.kinds.words)
    suffix = to_words(edges.origin, ["", _KNOWN_FROM_GEOGRAPHY]).cast(pa.string())
    ends = pc.binary_join_element_wise(source, kind.cast(pa.string()), target, ".")
    columns = {
        "id": pc.binary_join_element_wise(ends, suffix, ""),
        "source": source,
        "target": target,
        "kind": kind,
        "how": to_words(edges.how, words.hows.words),
        "sign": pa.array(edges.sign),
        "confidence": pa.array(edges.confidence),
        "claims": pa.array(edges.claims),
        "denials": pa.array(edges.denials),
        "possibles": pa.array(edges.possibles),
        "independent_sources": pa.array(edges.sources),
        "origin": to_words(edges.origin, ORIGINS),
        "review": to_words(edges.review, REVIEWS),
        "dataset": to_words(edges.dataset, words.datasets.words),
        **{name: to_flags(getattr(edges, name)) for name in ("counts", "disputed", "symmetric")},
        **{name: to_days(getattr(edges, name)) for name in _DAYS},
    }
    return pa.record_batch([columns[name] for name in EDGE_SCHEMA.names], schema=EDGE_SCHEMA)


def iter_edge_ids(view: GraphView, rows: int = ROWS_A_BATCH) -> Iterator[str]:
    """Yield the ids of a view's edges, in the order of `iter_edge_batches`."""
    for batch in iter_edge_batches(view, rows):
        yield from batch["id"].to_pylist()
