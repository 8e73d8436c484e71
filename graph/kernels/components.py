"""Which nodes hang together: connected components, and strongly connected ones."""

import numba
import numpy as np

from graph.adjacency import Adjacency, Indices, Offsets, Walk
from graph.csr import EVERY_EDGE, Mask, get_span, lock_mask
from graph.deadline import Deadline
from graph.kernels.arcs import Arcs
from graph.kernels.budget import get_end, is_late

_NODES_PER_LOOK = 256
_NONE = np.int32(-1)


def label_components(walk: Walk, nodes: int, deadline: Deadline, *, mask: Mask = EVERY_EDGE) -> Indices:
    """Return the component of each node, whichever way edges point; numbered from 0 in order of first node.

    Args:
        walk: Every edge at least one way.
        nodes: How many nodes there are.
        deadline: Looked at every few hundred nodes.
        mask: (edges,), 1 where an edge counts; empty for all.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: almost O(nodes + arcs): union-find with path halving (Tarjan and van Leeuwen 1984).
    """
    ends_at = get_end(deadline)
    roots = np.arange(nodes, dtype=np.int32)
    for adjacency in walk:
        _unite(adjacency, lock_mask(mask), roots, ends_at)
    labels: Indices = _number(roots)
    deadline.check()
    return labels


@numba.njit(cache=True, nogil=True, inline="always")
def _find_root(roots: Indices, node: int) -> int:
    while roots[node] != node:
        roots[node] = roots[roots[node]]
        node = roots[node]
    return node


@numba.njit(cache=True, nogil=True)
def _unite(adjacency: Adjacency, mask: Mask, roots: Indices, ends_at: int) -> None:
    masked = len(mask) > 0
    for node in range(len(roots)):
        if node % _NODES_PER_LOOK == 0 and is_late(ends_at):
            return
        first, end = get_span(adjacency, node)
        for arc in range(first, end):
            if masked and not mask[adjacency.edges[arc]]:
                continue
            left = _find_root(roots, node)
            right = _find_root(roots, adjacency.heads[arc])
            # The smaller number is the root, so that components are numbered by their first node.
            if left < right:
                roots[right] = left
            elif right < left:
                roots[left] = right


@numba.njit(cache=True, nogil=True)
def _number(roots: Indices) -> Indices:
    labels = np.empty(len(roots), np.int32)
    found = 0
    for node in range(len(roots)):
        root = _find_root(roots, node)
        if root == node:
            labels[node] = found
            found += 1
        else:
            labels[node] = labels[root]
    return labels


def label_strong_components(arcs: Arcs, deadline: Deadline) -> Indices:
    """Return the strongly connected component of each node, numbered from 0 in reverse topological order.

    Args:
        arcs: As they are walked, one way.
        deadline: Looked at every few hundred nodes.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(nodes + arcs): Tarjan (1972), without recursion; 28 bytes a node.
    """
    labels: Indices = _find_strong(arcs.indptr, arcs.heads, get_end(deadline))
    deadline.check()
    return labels


@numba.njit(cache=True, nogil=True)
def _find_strong(  # noqa: C901 (one walk, whose recursion is unrolled)
    indptr: Offsets, heads: Indices, ends_at: int
) -> Indices:
    nodes = len(indptr) - 1
    labels = np.full(nodes, _NONE)
    order = np.full(nodes, _NONE)
    low = np.empty(nodes, np.int32)
    cursor = indptr[:-1].copy()
    trail = np.empty(nodes, np.int32)
    waiting = np.empty(nodes, np.int32)
    found = waits = depth = entered = 0
    for start in range(nodes):
        if order[start] != _NONE:
            continue
        head = np.int32(start)
        while True:
            if order[head] == _NONE:
                order[head] = low[head] = entered
                entered += 1
                trail[depth] = waiting[waits] = head
                depth += 1
                waits += 1
                if entered % _NODES_PER_LOOK == 0 and is_late(ends_at):
                    return labels
            node = trail[depth - 1]
            if cursor[node] < indptr[node + 1]:
                head = heads[cursor[node]]
                cursor[node] += 1
                if order[head] != _NONE:
                    if labels[head] == _NONE:
                        low[node] = min(low[node], order[head])
                    head = node
                continue
            depth -= 1
            if low[node] == order[node]:
                while labels[node] == _NONE:
                    waits -= 1
                    labels[waiting[waits]] = found
                found += 1
            if depth == 0:
                break
            head = trail[depth - 1]
            low[head] = min(low[head], low[node])
    return labels
