"""The tables of an export, for the formats that are tables: nodes, edges and, where asked for, claims."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pyarrow as pa

from graph.export.batches import EDGE_SCHEMA, NODE_SCHEMA
from graph.export.choice import Column, choose, take_columns
from graph.export.evidence import CLAIM_SCHEMA, iter_claim_batches
from graph.export.extras import Extras
from graph.snapshot.snapshot import GraphView

_NODES, _EDGES = take_columns(NODE_SCHEMA), take_columns(EDGE_SCHEMA)


class Table(NamedTuple):
    """A name, the columns, and the rows in batches."""

    name: str
    schema: pa.Schema
    batches: Iterable[pa.RecordBatch]


def list_tables(view: GraphView, extras: Extras | None) -> list[Table]:
    """Return nodes and edges with the columns that are wanted, and claims if the filter asks for evidence and they can be looked up.

    Raises:
        InvalidQuery: A column is wanted that there is not.
    """
    extras = extras or Extras()
    chosen = choose(extras.attributes, _NODES, _EDGES)
    nodes, edges = _pick(NODE_SCHEMA, chosen.nodes), _pick(EDGE_SCHEMA, chosen.edges)
    tables = [
        Table("nodes", nodes, map(_decode, chosen.iter_node_batches(view))),
        Table("edges", edges, map(_decode, chosen.iter_edge_batches(view))),
    ]
    if view.where.evidence and extras.claims is not None:
        tables.append(Table("claims", CLAIM_SCHEMA, iter_claim_batches(view, extras.claims)))
    return tables


def _pick(schema: pa.Schema, columns: Sequence[Column]) -> pa.Schema:
    return _spell_out(pa.schema([schema.field(column.name) for column in columns]))


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
