"""Compressed sparse rows: a graph as arrays, the form that every kernel reads.

Nodes and edges are numbered from 0. An *arc* is one way to walk an edge: an edge that is walked both ways has two.
A `Walk` is a tuple of adjacencies over the same nodes, whose arcs are taken together: the edges of a snapshot forward,
the same backward, and those that came since.
"""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int32]
Offsets = NDArray[np.int64]


class Adjacency(NamedTuple):
    """For each node, the arcs that leave it: those of node `u` stand at `indptr[u]:indptr[u + 1]`.

    Attributes:
        indptr: (nodes + 1,), ascending from 0 to the number of arcs.
        heads: (arcs,), the node an arc leads to; ascending within a node.
        edges: (arcs,), the edge it walks, an index into every edge column and edge mask.
    """

    indptr: Offsets
    heads: Indices
    edges: Indices


Walk = tuple[Adjacency, ...]


def build_adjacency(tails: Indices, heads: Indices, edges: Indices, nodes: int) -> Adjacency:
    """Return arcs sorted by tail, then head, then edge.

    Args:
        tails: (arcs,), the node each arc leaves, within [0, nodes).
        heads: (arcs,), the node it leads to, within [0, nodes).
        edges: (arcs,), the edge it walks.
        nodes: How many nodes there are.

    Cost: O(nodes + arcs): two counting sorts, by head and then by tail; 8 bytes an arc beside the result.
    """
    order_indptr, order = _sort_by(heads, nodes)
    del order_indptr
    indptr, sorted_heads, sorted_edges = _place(tails, heads, edges, order, nodes)
    return Adjacency(indptr, sorted_heads, sorted_edges)


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _sort_by(keys: Indices, size: int) -> tuple[Offsets, Indices]:
    """Stable counting sort: the offsets of each key, and the positions in order of key."""
    indptr = np.zeros(size + 1, np.int64)
    for key in keys:
        indptr[key + 1] += 1
    for key in range(size):
        indptr[key + 1] += indptr[key]
    cursor = indptr[:-1].copy()
    order = np.empty(len(keys), np.int32)
    for position in range(len(keys)):
        key = keys[position]
        order[cursor[key]] = position
        cursor[key] += 1
    return indptr, order


@numba.njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _place(
    tails: Indices, heads: Indices, edges: Indices, order: Indices, size: int
) -> tuple[Offsets, Indices, Indices]:
    indptr = np.zeros(size + 1, np.int64)
    for tail in tails:
        indptr[tail + 1] += 1
    for node in range(size):
        indptr[node + 1] += indptr[node]
    cursor = indptr[:-1].copy()
    sorted_heads = np.empty(len(heads), np.int32)
    sorted_edges = np.empty(len(edges), np.int32)
    for position in order:
        place = cursor[tails[position]]
        sorted_heads[place] = heads[position]
        sorted_edges[place] = edges[position]
        cursor[tails[position]] += 1
    return indptr, sorted_heads, sorted_edges
