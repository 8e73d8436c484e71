"""Betweenness by Brandes' accumulation, from all nodes or from some, in parallel."""

from itertools import pairwise
from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Indices, Offsets
from graph.deadline import Deadline
from graph.kernels.arcs import Arcs
from graph.kernels.budget import get_end, is_late
from graph.kernels.parallel import count_workers, run_slices

Vector = NDArray[np.float64]

_NOT_SEEN = np.int32(-1)
_NODES_PER_LOOK = 256
"""How many nodes are visited between two looks at the clock."""


class Dependencies(NamedTuple):
    """How much of the shortest paths from some sources each node, and each arc, carries.

    The dependency of a source on a node is the sum, over all other ends, of the share of the shortest paths between
    the two that run through it (Brandes 2001).

    Attributes:
        totals: (nodes,), summed over the sources; a source's own is 0.
        squares: (nodes,), their squares summed.
        traffic: (arcs,), the same for arcs, the ends themselves counted; (0,) if not asked for.
    """

    totals: Vector
    squares: Vector
    traffic: Vector


def add_up_dependencies(
    arcs: Arcs,
    sources: Indices,
    deadline: Deadline,
    *,
    endpoints: bool = False,
    traffic: bool = False,
) -> Dependencies:
    """Return what shortest paths, in hops, from these sources to all nodes run through.

    Args:
        arcs: As they are walked; weights are not looked at.
        sources: (sources,), where paths start.
        deadline: Looked at every few hundred nodes.
        endpoints: Count a path for its two ends too.
        traffic: Also add up for every arc.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(sources * (nodes + arcs)), shared between threads; 40 bytes a node and thread, and 8 an arc with
    `traffic`.
    """
    workers = max(1, min(count_workers(), len(sources)))
    cuts = np.linspace(0, len(sources), workers + 1).astype(np.int64).tolist()
    ends_at = get_end(deadline)
    chosen = np.ascontiguousarray(sources, np.int32)
    found: dict[int, Dependencies] = {}

    def accumulate(first: int, last: int) -> None:
        part = Dependencies(
            np.zeros(arcs.nodes), np.zeros(arcs.nodes), np.zeros(len(arcs.heads) if traffic else 0)
        )
        _accumulate(arcs.indptr, arcs.heads, chosen[first:last], endpoints, *part, ends_at)
        found[first] = part

    run_slices(accumulate, [(a, b) for a, b in pairwise(cuts) if a < b], deadline)
    parts = [found[first] for first in sorted(found)]
    if not parts:
        return Dependencies(np.zeros(arcs.nodes), np.zeros(arcs.nodes), np.zeros(0))
    return Dependencies(*(np.sum(columns, axis=0) for columns in zip(*parts, strict=True)))


@numba.njit(cache=True, nogil=True)
def _accumulate(  # noqa: C901 (calls in the innermost loops are not always compiled away)
    indptr: Offsets,
    heads: Indices,
    sources: Indices,
    endpoints: bool,
    totals: Vector,
    squares: Vector,
    traffic: Vector,
    ends_at: int,
) -> None:
    """Add what each source depends on to `totals`, `squares` and `traffic`; stop early when it is late."""
    nodes = len(indptr) - 1
    hops = np.full(nodes, _NOT_SEEN)
    paths = np.empty(nodes)
    shares = np.empty(nodes)
    order = np.empty(nodes, np.int32)
    for source in sources:
        seen = _count_paths(indptr, heads, source, hops, paths, order, ends_at)
        if seen < 0:
            return
        for place in range(seen - 1, -1, -1):
            if place % _NODES_PER_LOOK == 0 and is_late(ends_at):
                return
            node = order[place]
            further = hops[node] + 1
            beyond = 0.0
            for arc in range(indptr[node], indptr[node + 1]):
                if hops[heads[arc]] == further:
                    beyond += shares[heads[arc]]
                    if len(traffic):
                        traffic[arc] += paths[node] * shares[heads[arc]]
            carried = paths[node] * beyond
            # What each of the paths to this node brings: an end of its own, and all that lies beyond.
            shares[node] = (1.0 + carried) / paths[node]
            if place:
                dependency = carried + 1.0 if endpoints else carried
                totals[node] += dependency
                squares[node] += dependency * dependency
        if endpoints:
            totals[source] += seen - 1
        for place in range(seen):
            hops[order[place]] = _NOT_SEEN


@numba.njit(cache=True, nogil=True)
def _count_paths(
    indptr: Offsets,
    heads: Indices,
    source: int,
    hops: Indices,
    paths: Vector,
    order: Indices,
    ends_at: int,
) -> int:
    """Walk breadth first: hops and shortest paths to every node in reach, in `order`; how many, or -1 if late."""
    hops[source] = 0
    paths[source] = 1.0
    order[0] = source
    seen = 1
    place = 0
    while place < seen:
        if place % _NODES_PER_LOOK == 0 and is_late(ends_at):
            return -1
        node = order[place]
        place += 1
        further = hops[node] + 1
        ways = paths[node]
        for arc in range(indptr[node], indptr[node + 1]):
            head = heads[arc]
            if hops[head] == _NOT_SEEN:
                hops[head] = further
                paths[head] = ways
                order[seen] = head
                seen += 1
            elif hops[head] == further:
                paths[head] += ways
    return seen
