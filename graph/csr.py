"""Compressed sparse rows: a graph as arrays, the form that every kernel reads.

Nodes and edges are numbered from 0. An *arc* is one way to walk an edge: an edge that is walked both ways has two.
A `Walk` is a tuple of adjacencies over the same nodes, whose arcs are taken together: the edges of a snapshot forward,
the same backward, and those that came since. An adjacency may know fewer nodes than there are: those beyond it have no
arcs in it.
"""

from typing import Final, TypeVar

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Adjacency, Bits, Indices, Offsets, Walk

Mask = NDArray[np.uint8]
Array = TypeVar("Array", bound=np.generic)

EVERY_EDGE: Mask = np.empty(0, np.uint8)
"""The mask that lets every edge be walked."""
EVERY_EDGE.flags.writeable = False

_LONG_ROW: Final = 48
"""Rows up to this length are sorted in place, by insertion."""


def lock(array: NDArray[Array]) -> NDArray[Array]:
    """Return a plain array that nobody can write to, over the same memory: the one type that kernels are compiled for."""
    if array.flags.writeable or type(array) is not np.ndarray or not array.flags.c_contiguous:
        array = np.ascontiguousarray(array).view(np.ndarray)
        array.flags.writeable = False
    return array


def lock_mask(mask: NDArray[np.uint8] | NDArray[np.bool_]) -> Mask:
    """Return a mask as kernels take it: locked, a byte an edge."""
    return lock(mask.view(np.uint8))


def lock_walk(walk: Walk) -> Walk:
    """Return a walk whose every array is locked; a new one must be locked once, before it is handed around."""
    return tuple(
        Adjacency(lock(part.indptr), lock(part.heads), lock(part.edges), lock(part.open)) for part in walk
    )


def fit_walk(walk: Walk, mask: Mask) -> Walk:
    """Return a walk with a mask told in the order of its arcs, one bit each; locked.

    Searches that look at nothing else of an edge read such bits beside the arcs, where a mask by edge would make them
    wait for memory at every arc. The mask itself is still handed to them, for what looks at edges anyway.

    Args:
        walk: How edges are walked.
        mask: (edges,), 1 where an edge may be walked.

    Cost: O(edges + arcs), some 3 nanoseconds an arc; an eighth of a byte an arc.
    """
    # A bit an edge fits into the processor's own cache, from which arcs then read it in any order.
    by_edge = lock(np.packbits(mask, bitorder="little"))
    return tuple(part._replace(open=lock(_gather_bits(by_edge, part.edges))) for part in lock_walk(walk))


def shut_arcs(arcs: Adjacency, edges: Indices, sources: Indices, targets: Indices) -> Bits:
    """Return the bits of arcs, locked, with those of some edges shut.

    Args:
        arcs: With a bit for each; they stay as they are.
        edges: Those to be shut; it may have arcs of none, one or both ways of each.
        sources: The node each starts at.
        targets: The node it ends at.

    Cost: a copy of the bits, and O(edges * log degree).
    """
    bits = arcs.open.copy()
    locked = lock_walk((arcs._replace(open=arcs.open[:0]),))[0]
    for tails, heads in ((sources, targets), (targets, sources)):
        _shut_bits(bits, locked, lock(edges), lock(tails), lock(heads))
    return lock(bits)


def build_walk(sources: Indices, targets: Indices, nodes: int, *, both_ways: bool = True) -> Walk:
    """Return how edges are walked, as one adjacency: along them and, with `both_ways`, back along them; locked.

    One adjacency is walked about half again as fast as one for each way, for a node's arcs lie together.

    Args:
        sources: (edges,), the node each edge starts at; edges are numbered as they stand here.
        targets: (edges,), the node it leads to.
        nodes: How many nodes there are.
        both_ways: Whether edges are walked back, too. A loop then has two arcs.

    Cost: O(nodes + edges), and sorting each node's arcs; 16 bytes an edge and 16 a node, nothing beside the result.
    """
    if not both_ways:
        edges = np.arange(len(sources), dtype=np.int32)
        return lock_walk((build_adjacency(sources, targets, edges, nodes),))
    indptr, heads, edges = _place_both(lock(sources), lock(targets), nodes)
    _sort_rows(indptr, heads, edges)
    return lock_walk((Adjacency(indptr, heads, edges),))


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


@numba.njit(cache=True, nogil=True, inline="always")
def get_span(adjacency: Adjacency, node: int) -> tuple[int, int]:
    """Return where the arcs of a node start and end; for compiled code."""
    if node + 1 >= len(adjacency.indptr):
        return 0, 0
    return adjacency.indptr[node], adjacency.indptr[node + 1]


@numba.njit(cache=True, nogil=True)
def find_between(adjacency: Adjacency, tail: int, head: int) -> tuple[int, int]:
    """Return where the arcs from one node to another start and end; for compiled code. O(log arcs of the tail)."""
    start, stop = get_span(adjacency, tail)
    return find_run(adjacency, start, stop, head)


@numba.njit(cache=True, nogil=True)
def find_run(adjacency: Adjacency, start: int, stop: int, head: int) -> tuple[int, int]:
    """Return where, among one node's arcs, those to another start and end; for compiled code. O(log arcs)."""
    low, high = start, stop
    while low < high:
        middle = (low + high) >> 1
        if adjacency.heads[middle] < head:
            low = middle + 1
        else:
            high = middle
    end = low
    while end < stop and adjacency.heads[end] == head:
        end += 1
    return low, end


@numba.njit(cache=True, nogil=True, inline="always")
def is_shut(adjacency: Adjacency, mask: Mask, arc: int) -> bool:
    """Say whether a mask keeps an arc from being walked; for compiled code."""
    if len(adjacency.open) > 0:
        return bool((adjacency.open[arc >> 3] >> (arc & 7)) & 1 == 0)
    return bool(len(mask) > 0 and mask[adjacency.edges[arc]] == 0)


@numba.njit(cache=True, nogil=True)
def _gather_bits(by_edge: Bits, edges: Indices) -> Bits:
    """Return the bit of each arc's edge, in order of arc."""
    bits = np.zeros((len(edges) + 7) >> 3, np.uint8)
    for place in range(len(bits)):
        start = place << 3
        byte = 0
        for arc in range(start, min(start + 8, len(edges))):
            edge = edges[arc]
            byte |= ((by_edge[edge >> 3] >> (edge & 7)) & 1) << (arc - start)
        bits[place] = byte
    return bits


@numba.njit(cache=True, nogil=True)
def _shut_bits(bits: Bits, arcs: Adjacency, edges: Indices, tails: Indices, heads: Indices) -> None:
    """Clear the bit of the arc that walks each edge from its tail to its head, if there is one."""
    for number in range(len(edges)):
        start, stop = find_between(arcs, tails[number], heads[number])
        for arc in range(start, stop):
            if arcs.edges[arc] == edges[number]:
                bits[arc >> 3] &= ~np.uint8(1 << (arc & 7))


@numba.njit(cache=True, nogil=True)
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


@numba.njit(cache=True, nogil=True)
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


@numba.njit(cache=True, nogil=True)
def _place_both(sources: Indices, targets: Indices, size: int) -> tuple[Offsets, Indices, Indices]:
    """Put both arcs of every edge into the rows of their tails, in order of edge."""
    indptr = np.zeros(size + 1, np.int64)
    for edge in range(len(sources)):
        indptr[sources[edge] + 1] += 1
        indptr[targets[edge] + 1] += 1
    for node in range(size):
        indptr[node + 1] += indptr[node]
    cursor = indptr[:-1].copy()
    heads = np.empty(2 * len(sources), np.int32)
    edges = np.empty(2 * len(sources), np.int32)
    for edge in range(len(sources)):
        source, target = sources[edge], targets[edge]
        place = cursor[source]
        heads[place], edges[place] = target, edge
        cursor[source] = place + 1
        place = cursor[target]
        heads[place], edges[place] = source, edge
        cursor[target] = place + 1
    return indptr, heads, edges


@numba.njit(cache=True, nogil=True)
def _sort_rows(indptr: Offsets, heads: Indices, edges: Indices) -> None:
    """Sort each row by head; what is equal stays in order of edge."""
    for node in range(len(indptr) - 1):
        start, stop = indptr[node], indptr[node + 1]
        if stop - start > _LONG_ROW:
            keys = np.empty(stop - start, np.int64)
            for place in range(start, stop):
                keys[place - start] = (np.int64(heads[place]) << 32) | edges[place]
            keys.sort()
            for place in range(start, stop):
                heads[place] = keys[place - start] >> 32
                edges[place] = keys[place - start] & 0xFFFFFFFF
            continue
        for place in range(start + 1, stop):
            head, edge, hole = heads[place], edges[place], place
            while hole > start and heads[hole - 1] > head:
                heads[hole], edges[hole] = heads[hole - 1], edges[hole - 1]
                hole -= 1
            heads[hole], edges[hole] = head, edge
