"""The step behind PageRank, eigenvector and Katz centrality: every node sends its score along its arcs."""

from functools import cached_property

import numba
import numpy as np

from graph.adjacency import Indices, Offsets
from graph.centrality.spectral import Vector
from graph.deadline import Deadline
from graph.kernels.arcs import Arcs
from graph.kernels.parallel import count_workers, run_slices, split_evenly

PARALLEL_ARCS = 200_000
"""From how many arcs on a round is shared between threads; below, handing it out takes longer than the round."""

_SLICES_PER_WORKER = 4
"""So that a processor that is held up by something else does not hold up the others."""


class InwardArcs:
    """The arcs that lead to each node, as `graph.centrality.spectral` asks for them.

    Args:
        inward: For each node, the nodes one arc before it.
    """

    def __init__(self, inward: Arcs) -> None:
        self._inward = inward
        is_shared = len(inward.heads) >= PARALLEL_ARCS
        self._slices = split_evenly(inward.indptr, _SLICES_PER_WORKER * count_workers() if is_shared else 1)

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return self._inward.nodes

    @cached_property
    def sent(self) -> Vector:
        """(nodes,), the weight of the arcs that leave each node. Cost: O(arcs)."""
        weights = self._inward.weights if self._inward.is_weighted else None
        return np.bincount(self._inward.heads, weights, self.nodes).astype(np.float64)

    @cached_property
    def received(self) -> Vector:
        """(nodes,), the weight of the arcs that lead to each node. Cost: O(arcs)."""
        return self.push(np.ones(self.nodes), Deadline(None))

    def push(self, scores: Vector, deadline: Deadline) -> Vector:
        """Return what each node is given when every node sends its score along its arcs, times their weight.

        Raises:
            QueryTimeout: The deadline passed.

        Cost: O(nodes + arcs), shared between threads.
        """
        given = np.empty(self.nodes)
        run_slices(
            lambda start, stop: _pull(*self._inward, scores, given, start, stop), self._slices, deadline
        )
        return given


@numba.njit(cache=True, nogil=True)
def _pull(
    indptr: Offsets, tails: Indices, weights: Vector, scores: Vector, given: Vector, start: int, stop: int
) -> None:
    weighted = len(weights) > 0
    for node in range(start, stop):
        total = 0.0
        if weighted:
            for arc in range(indptr[node], indptr[node + 1]):
                total += scores[tails[arc]] * weights[arc]
        else:
            for arc in range(indptr[node], indptr[node + 1]):
                total += scores[tails[arc]]
        given[node] = total
