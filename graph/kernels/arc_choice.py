"""Arcs between given nodes: which there are, and what the best of them cost."""

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Indices, Walk
from graph.csr import Mask, find_between
from graph.kernels.terrain import Costs, Terrain, get_cost, get_sign_after, may_walk


@numba.njit(cache=True, nogil=True)
def find_edges(walk: Walk, mask: Mask, tail: int, head: int) -> Indices:
    """Return the edges that may be walked from one node to another, each once; ascending.

    Cost: O(log arcs of the tail) and the edges found, for arcs are sorted by head.
    """
    found, size = np.empty(8, np.int32), 0
    for adjacency in walk:
        start, stop = find_between(adjacency, tail, head)
        for arc in range(start, stop):
            edge = adjacency.edges[arc]
            if len(mask) == 0 or mask[edge] != 0:
                if size == len(found):
                    more = np.empty(2 * size, np.int32)
                    more[:size] = found
                    found = more
                found[size] = edge
                size += 1
    return np.unique(found[:size])


@numba.njit(cache=True, nogil=True)
def extend_costs(walk: Walk, terrain: Terrain, costs: Costs, tail: int, head: int) -> NDArray[np.float64]:
    """Return what a walk costs at least after one more hop.

    Args:
        walk: How edges are walked.
        terrain: The question.
        costs: (3,), before the hop, with a net sign of -1, 0 and +1.
        tail: Where the walk is.
        head: Where it goes.
    """
    extended = np.full(3, np.inf)
    for edge in find_edges(walk, terrain.mask, tail, head):
        if not may_walk(terrain, edge):
            continue
        for sign in range(-1, 2):
            after = get_sign_after(terrain, sign, edge)
            extended[after + 1] = min(extended[after + 1], costs[sign + 1] + get_cost(terrain, edge))
    return extended
