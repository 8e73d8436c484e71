"""The plain graph behind a walk: what the filter leaves, parallel ways made one, ready to be counted over."""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Adjacency, Indices, Offsets, Walk
from graph.csr import EVERY_EDGE, Mask, get_span, lock, lock_mask

Weights = NDArray[np.float64]

NO_WEIGHTS: Weights = lock(np.empty(0))
"""The weights of arcs that all weigh 1."""


class Arcs(NamedTuple):
    """For each node, the nodes one arc away, each once. Its arrays are locked.

    Attributes:
        indptr: (nodes + 1,), those of node `u` stand at `indptr[u]:indptr[u + 1]`.
        heads: (arcs,), ascending within a node.
        weights: (arcs,), summed over parallel arcs; (0,) where every arc weighs 1.
    """

    indptr: Offsets
    heads: Indices
    weights: Weights

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.indptr) - 1

    @property
    def is_weighted(self) -> bool:
        """Whether arcs have weights of their own."""
        return len(self.weights) == len(self.heads) > 0


def gather_arcs(
    walk: Walk,
    nodes: int,
    *,
    mask: Mask = EVERY_EDGE,
    weights: Weights | None = None,
    lightest: bool = False,
    keep_loops: bool = False,
) -> Arcs:
    """Return the arcs of a walk without those a mask leaves out, parallel ones made one.

    Args:
        walk: What may be walked.
        nodes: How many nodes there are.
        mask: (edges,), 1 where an edge may be walked; empty for all.
        weights: (edges,), how much each edge weighs; None where every *pair* is to weigh 1.
        lightest: Of parallel arcs take the least weight; otherwise weights are summed.
        keep_loops: Keep arcs from a node to itself.

    Cost: O(nodes + arcs), two passes over each adjacency; 12 bytes an arc, 4 without weights.
    """
    gathered: Arcs | None = None
    for adjacency in walk:
        part = _select(adjacency, nodes, mask, weights, lightest=lightest, keep_loops=keep_loops)
        gathered = part if gathered is None else _lock(*_merge(*gathered, *part, lightest))
    if gathered is None:
        return _lock(np.zeros(nodes + 1, np.int64), np.empty(0, np.int32), NO_WEIGHTS)
    return gathered


def _select(
    adjacency: Adjacency,
    nodes: int,
    mask: Mask,
    weights: Weights | None,
    *,
    lightest: bool,
    keep_loops: bool,
) -> Arcs:
    mask = lock_mask(mask)
    indptr = _count(adjacency, nodes, mask, keep_loops)
    chosen = NO_WEIGHTS if weights is None else lock(weights)
    heads, summed = _fill(adjacency, indptr, mask, keep_loops, chosen, weights is not None, lightest)
    return _lock(indptr, heads, summed)


def _lock(indptr: Offsets, heads: Indices, weights: Weights) -> Arcs:
    return Arcs(lock(indptr), lock(heads), lock(weights))


@numba.njit(cache=True, nogil=True)
def _count(adjacency: Adjacency, nodes: int, mask: Mask, keep_loops: bool) -> Offsets:
    """Return where each node's arcs start once parallel ones are one."""
    masked = len(mask) > 0
    starts = np.zeros(nodes + 1, np.int64)
    for node in range(nodes):
        before = np.int32(-1)
        found = 0
        first, end = get_span(adjacency, node)
        for arc in range(first, end):
            head = adjacency.heads[arc]
            if (masked and not mask[adjacency.edges[arc]]) or (head == node and not keep_loops):
                continue
            if head != before:
                found += 1
                before = head
        starts[node + 1] = starts[node] + found
    return starts


@numba.njit(cache=True, nogil=True)
def _fill(
    adjacency: Adjacency,
    starts: Offsets,
    mask: Mask,
    keep_loops: bool,
    weights: Weights,
    weighted: bool,
    lightest: bool,
) -> tuple[Indices, Weights]:
    masked = len(mask) > 0
    chosen = np.empty(starts[-1], np.int32)
    summed = np.zeros(starts[-1] if weighted else 0)
    for node in range(len(starts) - 1):
        place = starts[node] - 1
        before = np.int32(-1)
        first, end = get_span(adjacency, node)
        for arc in range(first, end):
            head = adjacency.heads[arc]
            if (masked and not mask[adjacency.edges[arc]]) or (head == node and not keep_loops):
                continue
            if head != before:
                place += 1
                chosen[place] = head
                before = head
                if weighted:
                    summed[place] = weights[adjacency.edges[arc]]
            elif weighted and lightest:
                summed[place] = min(summed[place], weights[adjacency.edges[arc]])
            elif weighted:
                summed[place] += weights[adjacency.edges[arc]]
    return chosen, summed


@numba.njit(cache=True, nogil=True)
def _merge(
    left_indptr: Offsets,
    left_heads: Indices,
    left_weights: Weights,
    right_indptr: Offsets,
    right_heads: Indices,
    right_weights: Weights,
    lightest: bool,
) -> tuple[Offsets, Indices, Weights]:
    """Join two sets of arcs over the same nodes; both have weights, or neither."""
    nodes = len(left_indptr) - 1
    weighted = len(left_weights) + len(right_weights) > 0
    indptr = np.zeros(nodes + 1, np.int64)
    heads = np.empty(len(left_heads) + len(right_heads), np.int32)
    weights = np.empty(len(heads) if weighted else 0)
    place = 0
    for node in range(nodes):
        left, left_end = left_indptr[node], left_indptr[node + 1]
        right, right_end = right_indptr[node], right_indptr[node + 1]
        while left < left_end or right < right_end:
            from_left = left < left_end and (right >= right_end or left_heads[left] <= right_heads[right])
            from_right = right < right_end and (left >= left_end or right_heads[right] <= left_heads[left])
            heads[place] = left_heads[left] if from_left else right_heads[right]
            if weighted:
                weights[place] = left_weights[left] if from_left else right_weights[right]
                if from_left and from_right:
                    other = right_weights[right]
                    weights[place] = min(weights[place], other) if lightest else weights[place] + other
            left += from_left
            right += from_right
            place += 1
        indptr[node + 1] = place
    return indptr, heads[:place].copy(), weights[: place if weighted else 0].copy()


def transpose(arcs: Arcs) -> Arcs:
    """Return the arcs turned round. Cost: O(nodes + arcs), one counting sort."""
    return _lock(*_transpose(*arcs))


@numba.njit(cache=True, nogil=True)
def _transpose(indptr: Offsets, heads: Indices, weights: Weights) -> tuple[Offsets, Indices, Weights]:
    nodes = len(indptr) - 1
    turned = np.zeros(nodes + 1, np.int64)
    for head in heads:
        turned[head + 1] += 1
    for node in range(nodes):
        turned[node + 1] += turned[node]
    cursor = turned[:-1].copy()
    tails = np.empty(len(heads), np.int32)
    turned_weights = np.empty(len(weights))
    for node in range(nodes):
        for arc in range(indptr[node], indptr[node + 1]):
            place = cursor[heads[arc]]
            cursor[heads[arc]] += 1
            tails[place] = node
            if len(weights):
                turned_weights[place] = weights[arc]
    return turned, tails, turned_weights
