"""Hops from many nodes at once: what closeness and harmonic centrality add up."""

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

Words = NDArray[np.uint64]
Counts = NDArray[np.int64]
Vector = NDArray[np.float64]

_AT_ONCE = 64
_NODES_PER_LOOK = 256


class Distances(NamedTuple):
    """What the hops from some sources add up to, at the node they lead to.

    Attributes:
        reached_by: (nodes,), how many of the sources reach it, itself left out.
        lengths: (nodes,), their hops to it, summed; where edges have lengths, those.
        inverse: (nodes,), the inverse of the same, summed.
    """

    reached_by: Counts
    lengths: Vector
    inverse: Vector


def add_up_distances(arcs: Arcs, sources: Indices, deadline: Deadline) -> Distances:
    """Return how far each node is from these sources, summed.

    64 breadth-first walks share one pass over the arcs, a bit of a word each (Then et al. 2014, "The more the
    merrier: efficient multi-source graph traversal").

    Args:
        arcs: As they are walked; weights are not looked at.
        sources: (sources,), where walks start; each once.
        deadline: Looked at every few hundred nodes.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(sources * (nodes + arcs)) at worst, up to 64 times less where walks meet; shared between threads; 56 bytes
    a node and thread.
    """
    batches = -(-len(sources) // _AT_ONCE)
    cuts = np.linspace(0, batches, min(count_workers(), max(batches, 1)) + 1).astype(np.int64) * _AT_ONCE
    bounds = [*cuts[:-1].tolist(), len(sources)]
    ends_at = get_end(deadline)
    chosen = np.ascontiguousarray(sources, np.int32)
    found: dict[int, Distances] = {}

    def sweep(first: int, last: int) -> None:
        nodes = arcs.nodes
        part = Distances(np.zeros(nodes, np.int64), np.zeros(nodes), np.zeros(nodes))
        _sweep(arcs.indptr, arcs.heads, chosen[first:last], *part, ends_at)
        found[first] = part

    run_slices(sweep, list(pairwise(bounds)), deadline)
    parts = [found[first] for first in sorted(found)]
    return Distances(*(np.sum(columns, axis=0) for columns in zip(*parts, strict=True)))


@numba.njit(cache=True, nogil=True)
def _sweep(
    indptr: Offsets,
    heads: Indices,
    sources: Indices,
    reached_by: Counts,
    lengths: Vector,
    inverse: Vector,
    ends_at: int,
) -> None:
    nodes = len(indptr) - 1
    seen = np.empty(nodes, np.uint64)
    front = np.zeros(nodes, np.uint64)
    coming = np.zeros(nodes, np.uint64)
    here = np.empty(nodes, np.int32)
    there = np.empty(nodes, np.int32)
    for first in range(0, len(sources), _AT_ONCE):
        batch = sources[first : first + _AT_ONCE]
        seen[:] = np.uint64(0)
        for bit in range(len(batch)):
            seen[batch[bit]] = front[batch[bit]] = np.uint64(1) << np.uint64(bit)
            here[bit] = batch[bit]
        active = len(batch)
        far = 0
        while active:
            far += 1
            found = _spread(indptr, heads, front, coming, here[:active], there, ends_at)
            if found < 0:
                return
            active = 0
            for place in range(found):
                node = there[place]
                new = coming[node] & ~seen[node]
                coming[node] = np.uint64(0)
                if new:
                    seen[node] |= new
                    front[node] = new
                    here[active] = node
                    active += 1
                    walks = _count_bits(new)
                    reached_by[node] += walks
                    lengths[node] += walks * far
                    inverse[node] += walks / far


@numba.njit(cache=True, nogil=True)
def _spread(
    indptr: Offsets, heads: Indices, front: Words, coming: Words, here: Indices, there: Indices, ends_at: int
) -> int:
    """Take every walk one hop further; how many nodes they come to, each once, in `there`; -1 if late."""
    found = 0
    for place in range(len(here)):
        if place % _NODES_PER_LOOK == 0 and is_late(ends_at):
            return -1
        node = here[place]
        walks = front[node]
        for arc in range(indptr[node], indptr[node + 1]):
            head = heads[arc]
            if not coming[head]:
                there[found] = head
                found += 1
            coming[head] |= walks
    return found


@numba.njit(cache=True, nogil=True, inline="always")
def _count_bits(word: np.uint64) -> int:
    """Count the bits that are set, in parallel within the word."""
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int((word * np.uint64(0x0101010101010101)) >> np.uint64(56))
