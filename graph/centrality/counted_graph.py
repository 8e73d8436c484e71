"""The graph that a ranking is counted over: what a filter leaves, its nodes numbered from 0, in plain arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from graph.centrality.spectral import Vector, Ways
from graph.deadline import Deadline
from graph.snapshot.columns import Float64, Int32
from graph.snapshot.graph_view import GraphView, WalkDirection

SMALL_EDGES = 5_000
"""Edges up to which plain Python counts, so that nobody waits for a compiler to load: under half a second."""

SMALL_WORK = 400_000
"""Nodes times arcs up to which it walks from every node as well."""


class HopCounts(Protocol):
    """A plain graph whose shortest paths, in hops, can be counted; parallel edges are one."""

    @property
    def nodes(self) -> int:
        """How many nodes there are."""

    @property
    def arcs(self) -> int:
        """How many ordered pairs of nodes have an arc."""

    def depend(self, sources: Sequence[int], deadline: Deadline) -> tuple[Vector, Vector]:
        """Return what each node carries of the shortest paths from these sources, and the squares of it, summed."""

    def spread(self, sources: Sequence[int], of: Sequence[int], deadline: Deadline) -> list[dict[int, float]]:
        """Return for each of some nodes what leaves it to each neighbour, its own paths counted.

        Each path from a source counts for each arc on it with its share of the shortest paths between its ends.
        """

    def reach(self, sources: Sequence[int], deadline: Deadline) -> tuple[Vector, Vector, Vector]:
        """Return for each node how many sources reach it, their hops summed, and the inverse of their hops."""


@dataclass(frozen=True, eq=False)
class CountedGraph:
    """What a filter leaves of a view to walk; ends are numbered by their place in `numbers`.

    Attributes:
        view: Where it comes from.
        numbers: (nodes,), the view's number of each node, ascending.
        edges: (edges,), the view's number of each edge that may be walked.
        sources: (edges,), where it starts.
        targets: (edges,), where it ends.
        confidences: (edges,), within (0, 1].
        symmetric: (edges,), whether it reads the same from both ends.
    """

    view: GraphView
    numbers: Int32
    edges: Int32
    sources: Int32
    targets: Int32
    confidences: Float64
    symmetric: NDArray[np.bool_]

    @classmethod
    def of(cls, view: GraphView) -> "CountedGraph":
        """Return the walkable part of a view. Cost: O(nodes + edges)."""
        numbers = np.flatnonzero(view.node_mask).astype(np.int32)
        edges = np.flatnonzero(view.allowed).astype(np.int32)
        places = np.zeros(view.node_count, np.int32)
        places[numbers] = np.arange(len(numbers), dtype=np.int32)
        columns = view.columns.edges
        return cls(
            view=view,
            numbers=numbers,
            edges=edges,
            sources=places[columns.source[edges]],
            targets=places[columns.target[edges]],
            confidences=view.confidences[edges],
            symmetric=view.symmetric[edges] != 0,
        )

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.numbers)

    def count_edges(self) -> NDArray[np.int64]:
        """Return (nodes,): the edges at each node, parallel ones each."""
        ends = np.concatenate([self.sources, self.targets])
        return np.bincount(ends, minlength=self.nodes).astype(np.int64)

    def list_arcs(self, direction: WalkDirection) -> tuple[Int32, Int32, Float64]:
        """Return tail, head and confidence of every way to walk an edge, parallel ones each."""
        back = np.ones(len(self.edges), np.bool_) if direction == "any" else self.symmetric
        tails = np.concatenate([self.sources, self.targets[back]])
        heads = np.concatenate([self.targets, self.sources[back]])
        weights = np.concatenate([self.confidences, self.confidences[back]])
        return (heads, tails, weights) if direction == "in" else (tails, heads, weights)

    def prepare_ways(self, direction: WalkDirection) -> Ways:
        """Return it as `graph.centrality.spectral` takes it, weighed by confidence."""
        if len(self.edges) <= SMALL_EDGES:
            from graph.centrality.spectral import ListedWays  # noqa: PLC0415 (beside its other, below)

            return ListedWays(self.nodes, *self.list_arcs(direction))
        from graph.centrality.large_graph import prepare_large_ways  # noqa: PLC0415 (loads the compiler)

        return prepare_large_ways(self, direction)

    def prepare_hops(self, direction: WalkDirection) -> HopCounts:
        """Return it as what counts shortest paths."""
        if len(self.edges) <= SMALL_EDGES and self.nodes * len(self.edges) <= SMALL_WORK:
            from graph.centrality.small_graph import SmallGraph  # noqa: PLC0415 (beside its other, below)

            tails, heads, _ = self.list_arcs(direction)
            return SmallGraph(self.nodes, tails.tolist(), heads.tolist())
        from graph.centrality.large_graph import LargeGraph  # noqa: PLC0415 (loads the compiler)

        return LargeGraph(self, direction)
