"""Triangles through each node."""

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Indices, Offsets
from graph.deadline import Deadline
from graph.kernels.arcs import Arcs
from graph.kernels.budget import get_end, is_late
from graph.kernels.parallel import count_workers, run_slices, split_evenly

Counts = NDArray[np.int64]

_SLICES_PER_WORKER = 4
_NODES_PER_LOOK = 256


def count_triangles(arcs: Arcs, deadline: Deadline) -> Counts:
    """Return the number of triangles each node is in.

    Args:
        arcs: Every pair both ways, no loops.
        deadline: Looked at every few hundred nodes.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(arcs ** 1.5), each triangle found once, from its corner of fewest arcs (Schank and Wagner 2005,
    "forward"); shared between threads.
    """
    indptr, heads = _point_upward(arcs.indptr, arcs.heads)
    ends_at = get_end(deadline)
    found: dict[int, Counts] = {}

    def count(start: int, stop: int) -> None:
        counts = np.zeros(arcs.nodes, np.int64)
        _count(indptr, heads, start, stop, counts, ends_at)
        found[start] = counts

    run_slices(count, split_evenly(indptr, count_workers() * _SLICES_PER_WORKER), deadline)
    return np.sum(list(found.values()), axis=0) if found else np.zeros(arcs.nodes, np.int64)


@numba.njit(cache=True, nogil=True)
def _point_upward(indptr: Offsets, heads: Indices) -> tuple[Offsets, Indices]:
    """Keep of each pair the way to the end with more arcs, the later of equals."""
    nodes = len(indptr) - 1
    upward = np.zeros(nodes + 1, np.int64)
    kept = np.empty(len(heads) // 2, np.int32)
    place = 0
    for node in range(nodes):
        degree = indptr[node + 1] - indptr[node]
        for arc in range(indptr[node], indptr[node + 1]):
            head = heads[arc]
            other = indptr[head + 1] - indptr[head]
            if degree < other or (degree == other and node < head):
                kept[place] = head
                place += 1
        upward[node + 1] = place
    return upward, kept


@numba.njit(cache=True, nogil=True)
def _count(indptr: Offsets, heads: Indices, start: int, stop: int, counts: Counts, ends_at: int) -> None:
    marked_by = np.full(len(indptr) - 1, np.int32(-1))
    for node in range(start, stop):
        if node % _NODES_PER_LOOK == 0 and is_late(ends_at):
            return
        for arc in range(indptr[node], indptr[node + 1]):
            marked_by[heads[arc]] = node
        for arc in range(indptr[node], indptr[node + 1]):
            middle = heads[arc]
            for closing in range(indptr[middle], indptr[middle + 1]):
                if marked_by[heads[closing]] == node:
                    counts[node] += 1
                    counts[middle] += 1
                    counts[heads[closing]] += 1
