"""What nodes and edges of a snapshot carry, looked up when it is asked for: paths over millions of edges never ask."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, TypeVar, overload

import numpy as np

from graph.snapshot.columns import Int32
from graph.snapshot.edge_records import list_edge_ids
from graph.snapshot.graph_view import GraphView

Item = TypeVar("Item")


class _LookedUp(Sequence[Item]):
    """A sequence whose items are made from their place."""

    def __init__(self, size: int, make: Callable[[int], Item]) -> None:
        self._size = size
        self._make = make

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, place: int) -> Item: ...

    @overload
    def __getitem__(self, place: slice) -> list[Item]: ...

    def __getitem__(self, place: int | slice) -> Item | list[Item]:
        if isinstance(place, slice):
            return [self._make(at) for at in range(self._size)[place]]
        return self._make(range(self._size)[place])


class ViewAttributes:
    """Attributes of what a view lets be walked.

    Args:
        view: The view.

    Attributes:
        numbers: (nodes,), the view's number of each node, in order of ids.
        edges: (edges,), the view's number of each edge, ascending.
    """

    def __init__(self, view: GraphView) -> None:
        self._view = view
        self.numbers: Int32 = np.flatnonzero(view.node_mask).astype(np.int32)
        self.numbers = self.numbers[np.argsort(view.node_ranks[self.numbers], kind="stable")]
        self.edges: Int32 = np.flatnonzero(view.allowed).astype(np.int32)

    @cached_property
    def _ids(self) -> list[str]:
        return list_edge_ids(self._view.columns, self.edges)

    @property
    def keys(self) -> Sequence[str]:
        """(edges,), ids of edges."""
        return _LookedUp(len(self.edges), lambda place: self._ids[place])

    @property
    def of_edges(self) -> Sequence[dict[str, Any]]:
        """(edges,), kind and sign."""
        columns = self._view.columns
        kind, sign, words = columns.edges.kind, columns.edges.sign, columns.words.kinds

        def describe(place: int) -> dict[str, Any]:
            edge = self.edges[place]
            return {"kind": words[int(kind[edge])], "sign": int(sign[edge])}

        return _LookedUp(len(self.edges), describe)

    @property
    def of_nodes(self) -> Sequence[dict[str, Any]]:
        """(nodes,), name and type."""

        def describe(place: int) -> dict[str, Any]:
            node = self._view.node_at(int(self.numbers[place]))
            return {"name": node.name, "type": node.type}

        return _LookedUp(len(self.numbers), describe)
