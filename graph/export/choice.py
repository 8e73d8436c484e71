"""Which columns an export shows: all that its format has, or those that were chosen by name."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import pyarrow as pa

from graph.errors import InvalidQuery
from graph.export.batches import EDGE_SCHEMA, NODE_SCHEMA, ROWS_A_BATCH, iter_edge_batches, iter_node_batches
from graph.snapshot.snapshot import GraphView

ALWAYS = ("id", "source", "target")
"""What a node or an edge is told by, whatever else is chosen."""


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that a format tells of nodes or edges.

    Attributes:
        name: As readers see it.
        needs: The columns of a batch that it is made of.
        get: Takes or makes it of a batch that has these.
    """

    name: str
    needs: tuple[str, ...]
    get: Callable[[pa.RecordBatch], pa.Array]


ColumnT = TypeVar("ColumnT", bound=Column)


def take_columns(schema: pa.Schema) -> tuple[Column, ...]:
    """Return every column of a schema as it is."""
    return tuple(_take(name) for name in schema.names)


def _take(name: str) -> Column:
    return Column(name, (name,), lambda batch: batch[name])


@dataclass(frozen=True, slots=True)
class Chosen(Generic[ColumnT]):
    """The columns that an export shows, in the order in which its format has them."""

    nodes: Sequence[ColumnT]
    edges: Sequence[ColumnT]

    def iter_node_batches(self, view: GraphView) -> Iterator[pa.RecordBatch]:
        """Yield a view's nodes with the columns that are needed."""
        return iter_node_batches(view, columns=_list_needs(NODE_SCHEMA, self.nodes))

    def iter_edge_batches(
        self, view: GraphView, *also: str, rows: int = ROWS_A_BATCH
    ) -> Iterator[pa.RecordBatch]:
        """Yield a view's edges with the columns that are needed, and those that the format has in any case."""
        return iter_edge_batches(view, rows, [*_list_needs(EDGE_SCHEMA, self.edges), *also])


def choose(
    wanted: Collection[str] | None, nodes: Sequence[ColumnT], edges: Sequence[ColumnT]
) -> Chosen[ColumnT]:
    """Return the columns of a format that are wanted; a name that nodes and edges share stands for both.

    Args:
        wanted: Names; None for everything. Ids and ends are always there, so naming them chooses nothing.
        nodes: What the format can tell of nodes.
        edges: What it can tell of edges.

    Raises:
        InvalidQuery: The format has nothing of that name.
    """
    if wanted is None:
        return Chosen(nodes, edges)
    known = list(dict.fromkeys(column.name for column in (*nodes, *edges) if column.name not in ALWAYS))
    if unknown := [name for name in wanted if name not in {*known, *ALWAYS}]:
        raise InvalidQuery(
            "attributes",
            f"{', '.join(map(repr, dict.fromkeys(unknown)))} is not known in this format;"
            f" known are {', '.join(known)}.",
        )
    kept = {*wanted, *ALWAYS}
    return Chosen(
        [column for column in nodes if column.name in kept],
        [column for column in edges if column.name in kept],
    )


def read_columns(columns: Iterable[Column], batch: pa.RecordBatch) -> dict[str, pa.Array]:
    """Return what these columns tell of a batch, by their names."""
    return {column.name: column.get(batch) for column in columns}


def _list_needs(schema: pa.Schema, columns: Iterable[Column]) -> list[str]:
    needs = {*ALWAYS, *(name for column in columns for name in column.needs)}
    return [name for name in schema.names if name in needs]
