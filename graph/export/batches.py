"""A view of the graph as Arrow record batches: the columns that every writer writes from.

This is the one place that knows how a view holds its nodes and edges.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
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
    for numbers in iter_edge_numbers(view):
        rows = view.take_edges(numbers)
        known = rows.first[rows.first != NO_DAY]
        if len(known):
            first = int(known.min()) if first == NO_DAY else min(first, int(known.min()))
        last = max(last, int(rows.last.max()))
    return ViewSize(len(view.nodes), len(view.edges), from_day(first), from_day(last))


def _cut(numbers: Int32, rows: int) -> Iterator[Int32]:
    for start in range(0, len(numbers), rows):
        yield numbers[start : start + rows]


def iter_edge_numbers(view: GraphView, rows: int = ROWS_A_BATCH) -> Iterator[Int32]:
    """Yield the numbers of a view's edges, those of one batch of `iter_edge_batches` after another."""
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


def _pick(schema: pa.Schema, columns: Collection[str] | None) -> pa.Schema:
    """Return the fields of these names, all for None, in the order of the schema."""
    return schema if columns is None else pa.schema([field for field in schema if field.name in columns])


def iter_node_batches(
    view: GraphView, rows: int = ROWS_A_BATCH, columns: Collection[str] | None = None
) -> Iterator[pa.RecordBatch]:
    """Yield a view's nodes by id, as `NODE_SCHEMA` has them, in batches of up to `rows`.

    Args:
        view: The nodes.
        rows: Most nodes of a batch.
        columns: Which of the schema's to gather; all by default.

    Cost: O(nodes) in all; 4 bytes a node, and a batch, in memory.
    """
    nodes = view.columns.nodes
    numbers = np.flatnonzero(view.node_mask).astype(np.int32)
    if nodes.added:
        numbers = numbers[np.argsort(nodes.ranks[numbers], kind="stable")]
    # Those that came or changed since are few, and are objects already.
    odd = {*nodes.changed, *nodes.mentioned}
    gatherer, schema = _NodeGatherer(nodes), _pick(NODE_SCHEMA, columns)
    for part in _cut(numbers, rows):
        listed = part.tolist()
        is_plain = nodes.is_whole and int(part.max()) < len(nodes.columns) and odd.isdisjoint(listed)
        yield gatherer.gather(part, schema) if is_plain else _build_node_batch(nodes, listed, schema)


def _build_node_batch(nodes: NodeTable, numbers: list[int], schema: pa.Schema) -> pa.RecordBatch:
    found = [nodes.get(number) for number in numbers]
    columns = [to_array((getattr(node, field.name) for node in found), field.type) for field in schema]
    return pa.record_batch(columns, schema=schema)


class _NodeGatherer:
    """Gathers rows of the columns that nodes were packed into."""

    def __init__(self, nodes: NodeTable) -> None:
        self._columns = nodes.columns
        self._ids = Texts(self._columns.ids)
        self._names = Texts(self._columns.names)
        offsets = pa.array(np.ascontiguousarray(self._columns.alias_offsets))
        self._aliases = pa.LargeListArray.from_arrays(offsets, wrap_table(self._columns.aliases))

    def gather(self, numbers: Int32, schema: pa.Schema) -> pa.RecordBatch:
        """Return these columns of the nodes of these numbers, all of them in the columns as they are."""
        nodes = self._columns
        ways: Mapping[str, Callable[[], pa.Array]] = {
            "id": lambda: self._ids.take(numbers),
            "name": lambda: self._names.take(numbers),
            "type": lambda: to_words(nodes.type[numbers], nodes.types.words),
            "aliases": lambda: self._take_aliases(numbers),
            "country_code": lambda: to_words(nodes.country[numbers], nodes.countries.words),
            "admin1": lambda: to_words(nodes.admin1[numbers], nodes.regions.words).cast(pa.string()),
            "lat": lambda: pa.array(nodes.lat[numbers], mask=np.isnan(nodes.lat[numbers])),
            "lon": lambda: pa.array(nodes.lon[numbers], mask=np.isnan(nodes.lon[numbers])),
            "geonames_id": lambda: pa.array(
                nodes.geonames_id[numbers], mask=nodes.geonames_id[numbers] == NO_NUMBER
            ),
            "mentions": lambda: pa.array(nodes.mentions[numbers].astype(np.int64)),
        }
        return pa.record_batch([ways[name]() for name in schema.names], schema=schema)

    def _take_aliases(self, numbers: Int32) -> pa.Array:
        aliases = self._aliases.take(pa.array(numbers))
        offsets = pc.cast(aliases.offsets, pa.int32())
        return pa.ListArray.from_arrays(offsets, mend(pc.list_flatten(aliases)))


def iter_edge_batches(
    view: GraphView, rows: int = ROWS_A_BATCH, columns: Collection[str] | None = None
) -> Iterator[pa.RecordBatch]:
    """Yield a view's edges, as `EDGE_SCHEMA` has them, in batches of up to `rows`.

    They are in order of source id, target id and kind, whatever was stored first.

    Args:
        view: The edges.
        rows: Most edges of a batch.
        columns: Which of the schema's to gather; all by default.

    Cost: O(edges) in all; a batch in memory, and 4 bytes an edge if some came since the snapshot's columns were built.
    """
    ids = view.columns.nodes.ids
    texts, schema = Texts(ids.base, ids.added), _pick(EDGE_SCHEMA, columns)
    for numbers in iter_edge_numbers(view, rows):
        yield _gather_edges(view, texts, view.take_edges(numbers), schema)


def _gather_edges(view: GraphView, ids: Texts, edges: EdgeColumns, schema: pa.Schema) -> pa.RecordBatch:
    words = view.columns.words
    source, target = ids.take(edges.source), ids.take(edges.target)
    kind = to_words(edges.kind, words.kinds.words)
    ways: Mapping[str, Callable[[], pa.Array]] = {
        "id": lambda: _join_ids(source, kind, target, edges),
        "source": lambda: source,
        "target": lambda: target,
        "kind": lambda: kind,
        "how": lambda: to_words(edges.how, words.hows.words),
        "sign": lambda: pa.array(edges.sign),
        "confidence": lambda: pa.array(edges.confidence),
        "claims": lambda: pa.array(edges.claims),
        "denials": lambda: pa.array(edges.denials),
        "possibles": lambda: pa.array(edges.possibles),
        "independent_sources": lambda: pa.array(edges.sources),
        "origin": lambda: to_words(edges.origin, ORIGINS),
        "review": lambda: to_words(edges.review, REVIEWS),
        "dataset": lambda: to_words(edges.dataset, words.datasets.words),
        "counts": lambda: to_flags(edges.counts),
        "disputed": lambda: to_flags(edges.disputed),
        "symmetric": lambda: to_flags(edges.symmetric),
        "first": lambda: to_days(edges.first),
        "last": lambda: to_days(edges.last),
        "valid_from": lambda: to_days(edges.valid_from),
        "valid_to": lambda: to_days(edges.valid_to),
    }
    return pa.record_batch([ways[name]() for name in schema.names], schema=schema)


def _join_ids(source: pa.Array, kind: pa.Array, target: pa.Array, edges: EdgeColumns) -> pa.Array:
    """Return the ids of edges; those that only the gazetteer knows end in a word that says so."""
    ids = pc.binary_join_element_wise(source, kind.cast(pa.string()), target, ".")
    if not edges.origin.any():
        return ids
    suffix = to_words(edges.origin, ["", _KNOWN_FROM_GEOGRAPHY]).cast(pa.string())
    return pc.binary_join_element_wise(ids, suffix, "")


def iter_edge_ids(view: GraphView, rows: int = ROWS_A_BATCH) -> Iterator[str]:
    """Yield the ids of a view's edges, in the order of `iter_edge_batches`."""
    for batch in iter_edge_batches(view, rows, ["id"]):
        yield from batch["id"].to_pylist()
