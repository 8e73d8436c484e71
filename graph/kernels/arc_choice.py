"""Arcs between given nodes: which there are, and what the best of them cost."""

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Adjacency, Indices, Offsets, Walk
from graph.csr import Mask, find_between, find_run, get_span
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
def find_arcs(adjacency: Adjacency, tails: Indices, heads: Indices) -> Offsets:
    """Return the places of all arcs from each tail to the head given with it, one pair's after another's.

    Args:
        adjacency: Locked.
        tails: (pairs,); beyond the nodes that the adjacency knows there are no arcs.
        heads: (pairs,).

    Cost: O(log arcs of the tail) a pair, and the arcs found.
    """
    starts, stops = np.empty(len(tails), np.int64), np.empty(len(tails), np.int64)
    # All spans first: what one has to wait for in memory then comes while others are looked at.
    for pair in range(len(tails)):
        starts[pair], stops[pair] = get_span(adjacency, tails[pair])
    for pair in range(len(tails)):
        starts[pair], stops[pair] = find_run(adjacency, starts[pair], stops[pair], heads[pair])
    found, size = np.empty((stops - starts).sum(), np.int64), 0
    for pair in range(len(tails)):
        for arc in range(starts[pair], stops[pair]):
            found[size] = arc
            size += 1
    return found


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
