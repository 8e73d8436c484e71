"""Edges between many given pairs of nodes at once, whichever way they lead."""

from typing import Final

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Adjacency, Indices

Places = NDArray[np.int64]

_FEW: Final = 16
"""So many heads are in a cache line, and are all looked at as fast as one."""


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
    # Arrays are taken out of their tuple once: taking them out for each pair costs more than looking at it.
    indptr, arc_heads, arc_edges = adjacency.indptr, adjacency.heads, adjacency.edges
    starts, stops = np.zeros(2 * len(pairs), np.int64), np.zeros(2 * len(pairs), np.int64)
    is_low = np.zeros(nodes, np.uint8)
    # All spans first: what one has to wait for in memory then comes while others are looked at.
    for pair in range(len(pairs)):
        low = pairs[pair] // nodes
        high = pairs[pair] - low * nodes
        is_low[low] = 1
        if low + 1 < len(indptr):
            starts[2 * pair], stops[2 * pair] = indptr[low], indptr[low + 1]
        # A loop is looked for once.
        if high + 1 < len(indptr) and high != low:
            starts[2 * pair + 1], stops[2 * pair + 1] = indptr[high], indptr[high + 1]
    found, size = np.empty(64, np.int64), 0
    for span in range(len(starts)):
        low = pairs[span >> 1] // nodes
        head = low if span & 1 else pairs[span >> 1] - low * nodes
        place = _find_first(arc_heads, starts[span], stops[span], head)
        while place < stops[span] and arc_heads[place] == head:
            found, size = _add(found, size, arc_edges[place])
            place += 1
    for edge in range(len(arc_edges), len(sources)):
        low, high = min(sources[edge], targets[edge]), max(sources[edge], targets[edge])
        if is_low[low] != 0:
            pair = np.int64(low) * nodes + high
            place = np.searchsorted(pairs, pair)
            if place < len(pairs) and pairs[place] == pair:
                found, size = _add(found, size, edge)
    return found[:size].copy()


@numba.njit(cache=True, nogil=True)
def _find_first(heads: Indices, start: int, stop: int, head: int) -> int:
    """Return the first place of a node's arcs whose head is no less than this one."""
    # Whether a head is less is as good as random: to add it up is faster than to branch on it.
    while stop - start > _FEW:
        half = (stop - start) >> 1
        is_less = heads[start + half - 1] < head
        stop -= half * (not is_less)
        start += half * is_less
    less = 0
    for place in range(start, stop):
        less += heads[place] < head
    return start + less


@numba.njit(cache=True, nogil=True)
def _add(numbers: Places, size: int, number: int) -> tuple[Places, int]:
    if size == len(numbers):
        more = np.empty(2 * size, np.int64)
        more[:size] = numbers
        numbers = more
    numbers[size] = number
    return numbers, size + 1
