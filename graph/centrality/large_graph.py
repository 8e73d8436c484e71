"""The graph that a ranking is counted over, for the kernels."""

from collections.abc import Sequence

import numpy as np

from graph.centrality.counted_graph import CountedGraph
from graph.centrality.spectral import Vector
from graph.csr import lock
from graph.deadline import Deadline
from graph.kernels.arcs import Arcs, gather_arcs
from graph.kernels.betweenness import add_up_dependencies
from graph.kernels.closeness import add_up_distances
from graph.kernels.pushing import InwardArcs
from graph.snapshot.graph_view import WalkDirection

_TURNED: dict[WalkDirection, WalkDirection] = {"any": "any", "out": "in", "in": "out"}


def prepare_large_ways(graph: CountedGraph, direction: WalkDirection) -> InwardArcs:
    """Return the arcs that lead to each node, weighed by the summed confidence of parallel edges."""
    return InwardArcs(_gather(graph, _TURNED[direction], weighted=True))


class LargeGraph:
    """A graph of any size; `graph.centrality.counted_graph.HopCounts` says what it answers.

    Args:
        graph: The graph.
        direction: How edges are walked.

    Cost: O(nodes + edges) once; 8 bytes a node and 4 an arc.
    """

    def __init__(self, graph: CountedGraph, direction: WalkDirection) -> None:
        self._arcs = _gather(graph, direction, weighted=False)

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return self._arcs.nodes

    @property
    def arcs(self) -> int:
        """How many ordered pairs of nodes have an arc."""
        return len(self._arcs.heads)

    def depend(self, sources: Sequence[int], deadline: Deadline) -> tuple[Vector, Vector]:
        """Return what each node carries of the shortest paths from these sources, and the squares of it, summed."""
        found = add_up_dependencies(self._arcs, np.array(sources, np.int32), deadline)
        return found.totals, found.squares

    def spread(self, sources: Sequence[int], of: Sequence[int], deadline: Deadline) -> list[dict[int, float]]:
        """Return for each of some nodes what leaves it to each neighbour, its own paths counted."""
        found = add_up_dependencies(self._arcs, np.array(sources, np.int32), deadline, traffic=True)
        spans = [slice(int(self._arcs.indptr[node]), int(self._arcs.indptr[node + 1])) for node in of]
        return [
            dict(zip(self._arcs.heads[span].tolist(), found.traffic[span].tolist(), strict=True))
            for span in spans
        ]

    def reach(self, sources: Sequence[int], deadline: Deadline) -> tuple[Vector, Vector, Vector]:
        """Return for each node how many sources reach it, their hops summed, and the inverse of their hops."""
        found = add_up_distances(self._arcs, np.array(sources, np.int32), deadline)
        return found.reached_by.astype(np.float64), found.lengths, found.inverse


def _gather(graph: CountedGraph, direction: WalkDirection, *, weighted: bool) -> Arcs:
    """Return the arcs between the nodes that are counted, by their places."""
    view = graph.view
    arcs = gather_arcs(
        view.walk(direction),
        view.node_count,
        mask=view.allowed,
        weights=view.confidences if weighted else None,
    )
    if graph.nodes == view.node_count:
        return arcs
    # Nodes that are left out have no arcs, so all that goes is their places.
    places = np.zeros(view.node_count, np.int32)
    places[graph.numbers] = np.arange(graph.nodes, dtype=np.int32)
    indptr = np.append(arcs.indptr[graph.numbers], arcs.indptr[-1])
    return Arcs(lock(indptr), lock(places[arcs.heads]), arcs.weights)
