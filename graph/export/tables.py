"""The tables of an export, for the formats that are tables: nodes, edges and, where asked for, claims."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pyarrow as pa

from graph.export.batches import EDGE_SCHEMA, NODE_SCHEMA, iter_edge_batches, iter_node_batches
from graph.export.evidence import CLAIM_SCHEMA, iter_claim_batches
from graph.export.extras import Extras
from graph.snapshot.snapshot import GraphView


class Table(NamedTuple):
    """A name, the columns, and the rows in batches."""

    name: str
    schema: pa.Schema
    batches: Iterable[pa.RecordBatch]


def iter_tables(view: GraphView, extras: Extras | None) -> Iterator[Table]:
    """Yield nodes and edges, and the claims behind them if the filter asks for evidence and they can be looked up."""
    yield Table("nodes", _spell_out(NODE_SCHEMA), map(_decode, iter_node_batches(view)))
    yield Table("edges", _spell_out(EDGE_SCHEMA), map(_decode, iter_edge_batches(view)))
    if view.where.evidence and extras is not None and extras.claims is not None:
        yield Table("claims", CLAIM_SCHEMA, iter_claim_batches(view, extras.claims))


def _spell_out(schema: pa.Schema) -> pa.Schema:
    """Return a schema of plain texts instead of coded ones, which every reader takes for texts."""
    return pa.schema(
        [
            field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field
            for field in schema
        ]
    )


def _decode(batch: pa.RecordBatch) -> pa.RecordBatch:
    return batch.cast(_spell_out(batch.schema))
