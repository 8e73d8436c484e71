"""Edges between many given pairs of nodes at once, whichever way they lead."""

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Adjacency, Indices
from graph.csr import get_span

Places = NDArray[np.int64]


@numba.njit(cache=True, nogil=True)
def find_pair_edges(
    adjacency: Adjacency, sources: Indices, targets: Indices, pairs: Places, nodes: int
) -> Places:
    """Return the numbers of the edges that join one of some pairs of nodes, in no order; none is there twice.

    Args:
        adjacency: The arcs of the first edges from source to target, locked.
        sources: (edges,) the node each edge starts at.
        targets: (edges,) the node it ends at.
        pairs: `low * nodes + high` of each, ascending, each once.
        nodes: How many nodes there are.

    Cost: O(log arcs of the nodes) a pair, and O(edges that are not among the arcs).
    """
    tails, heads = np.empty(2 * len(pairs), np.int64), np.empty(2 * len(pairs), np.int64)
    is_low = np.zeros(nodes, np.uint8)
    for pair in range(len(pairs)):
        low = pairs[pair] // nodes
        high = pairs[pair] - low * nodes
        tails[2 * pair], heads[2 * pair] = low, high
        # A loop is asked for once.
        tails[2 * pair + 1], heads[2 * pair + 1] = (nodes if low == high else high), low
        is_low[low] = 1
    found, size = np.empty(64, np.int64), 0
    places = _find_first_arcs(adjacency, tails, heads)
    for arc in range(len(tails)):
        _, stop = get_span(adjacency, tails[arc])
        place = places[arc]
        while place < stop and adjacency.heads[place] == heads[arc]:
            found, size = _add(found, size, np.int64(adjacency.edges[place]))
            place += 1
    for edge in range(len(adjacency.edges), len(sources)):
        low, high = min(sources[edge], targets[edge]), max(sources[edge], targets[edge])
        if is_low[low] != 0:
            pair = np.int64(low) * nodes + high
            place = np.searchsorted(pairs, pair)
            if place < len(pairs) and pairs[place] == pair:
                found, size = _add(found, size, np.int64(edge))
    return found[:size].copy()


@numba.njit(cache=True, nogil=True)
def _find_first_arcs(adjacency: Adjacency, tails: Places, heads: Places) -> Places:
    """Return, for each tail, the place of its first arc whose head is no less than the one given with it."""
    firsts, sizes = np.empty(len(tails), np.int64), np.empty(len(tails), np.int64)
    most, last = 0, len(adjacency.heads) - 1
    for arc in range(len(tails)):
        start, stop = get_span(adjacency, tails[arc])
        firsts[arc], sizes[arc] = start, stop - start
        most = max(most, stop - start)
    # One step for all at a time, and no branch: what one waits for in memory then comes while others are looked at.
    while most > 1:
        for arc in range(len(tails)):
            half = sizes[arc] >> 1
            place = min(firsts[arc] + half - (half > 0), last)
            firsts[arc] += half * (adjacency.heads[place] < heads[arc])
            sizes[arc] -= half
        most -= most >> 1
    for arc in range(len(tails)):
        if sizes[arc] == 1:
            firsts[arc] += adjacency.heads[firsts[arc]] < heads[arc]
    return firsts


@numba.njit(cache=True, nogil=True)
def _add(numbers: Places, size: int, number: int) -> tuple[Places, int]:
    if size == len(numbers):
        more = np.empty(2 * size, np.int64)
        more[:size] = numbers
        numbers = more
    numbers[size] = number
    return numbers, size + 1
