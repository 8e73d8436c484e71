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
    arc_heads, arc_edges = adjacency.heads, adjacency.edges
    is_low = np.zeros(nodes, np.uint8)
    heads = _list_ends(pairs, nodes, is_low)
    starts, stops = _find_spans(adjacency.indptr, arc_heads, heads)
    found, size = np.empty(64, np.int64), 0
    for span in range(len(heads)):
        head = heads[span]
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
def _list_ends(pairs: Places, nodes: int, is_low: NDArray[np.uint8]) -> Places:
    """Return the higher node of each pair and then the lower, and mark all lower ones."""
    ends = np.empty(2 * len(pairs), np.int64)
    for pair in range(len(pairs)):
        low = pairs[pair] // nodes
        ends[2 * pair], ends[2 * pair + 1] = pairs[pair] - low * nodes, low
        is_low[low] = 1
    return ends


@numba.njit(cache=True, nogil=True)
def _find_spans(indptr: NDArray[np.int64], arc_heads: Indices, heads: Places) -> tuple[Places, Places]:
    """Return where the arcs begin and end that may lead to each of some nodes: those of the other of its pair."""
    starts, stops = np.zeros(len(heads), np.int64), np.zeros(len(heads), np.int64)
    for span in range(len(heads)):
        tail = heads[span ^ 1]
        # A loop is looked for once.
        if tail + 1 < len(indptr) and (span & 1 == 0 or tail != heads[span]):
            starts[span], stops[span] = indptr[tail], indptr[tail + 1]
    # Whoever looks at all spans in turn waits for each; to touch them first lets many come from memory at once.
    touched = np.int64(0)
    for span in range(len(heads)):
        if starts[span] < stops[span]:
            touched += arc_heads[starts[span]] + arc_heads[(starts[span] + stops[span]) >> 1]
            touched += arc_heads[stops[span] - 1]
    if touched < 0:
        # No node has a negative number; this keeps the touching from being compiled away.
        stops[:] = starts
    return starts, stops


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
