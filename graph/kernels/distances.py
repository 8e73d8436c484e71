"""From one node to all others: in hops, or in the sum of weights, and the way back."""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Indices, Offsets
from graph.deadline import Deadline
from graph.kernels.arcs import Arcs, Weights
from graph.kernels.budget import get_end, is_late
from graph.kernels.heap import pop, push

Vector = NDArray[np.float64]

_NONE = np.int32(-1)
_NODES_PER_LOOK = 256
_NEVER = 2**31 - 1


class Tree(NamedTuple):
    """What lies in reach of a node, nearest first, the node itself at the head.

    Attributes:
        order: (reached,), nodes.
        distances: (nodes,), hops or summed weights; infinite out of reach.
        parents: (nodes,), the node before on a shortest path; -1 for the first, and out of reach.
    """

    order: Indices
    distances: Vector
    parents: Indices


def build_hop_tree(arcs: Arcs, source: int, deadline: Deadline, *, max_hops: int | None = None) -> Tree:
    """Return all nodes within some hops of one, breadth first.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(nodes + arcs).
    """
    limit = _NEVER if max_hops is None else min(max(max_hops, 0), _NEVER)
    tree = Tree(*_spread(arcs.indptr, arcs.heads, source, limit, get_end(deadline)))
    deadline.check()
    return tree


def build_weighted_tree(
    arcs: Arcs, source: int, deadline: Deadline, *, max_distance: float = np.inf, target: int = -1
) -> Tree:
    """Return all nodes within some distance of one, by Dijkstra (1959) with a heap.

    Args:
        arcs: Their weights are distances, 0 or more.
        source: Where to start.
        deadline: Looked at every few hundred nodes.
        max_distance: Nothing further is looked at.
        target: Where to end, once it is reached; -1 for nowhere.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O((nodes + arcs) log arcs).
    """
    tree = Tree(
        *settle(arcs.indptr, arcs.heads, arcs.weights, source, max_distance, target, get_end(deadline))
    )
    deadline.check()
    return tree


@numba.njit(cache=True, nogil=True)
def _spread(
    indptr: Offsets, heads: Indices, source: int, limit: int, ends_at: int
) -> tuple[Indices, Vector, Indices]:
    nodes = len(indptr) - 1
    distances = np.full(nodes, np.inf)
    parents = np.full(nodes, _NONE)
    order = np.empty(nodes, np.int32)
    order[0] = source
    distances[source] = 0.0
    seen = 1
    place = 0
    while place < seen and distances[order[place]] < limit:
        if place % _NODES_PER_LOOK == 0 and is_late(ends_at):
            break
        node = order[place]
        place += 1
        for arc in range(indptr[node], indptr[node + 1]):
            head = heads[arc]
            if distances[head] == np.inf:
                distances[head] = distances[node] + 1.0
                parents[head] = node
                order[seen] = head
                seen += 1
    return order[:seen].copy(), distances, parents


@numba.njit(cache=True, nogil=True)
def settle(
    indptr: Offsets,
    heads: Indices,
    weights: Weights,
    source: int,
    max_distance: float,
    target: int,
    ends_at: int,
) -> tuple[Indices, Vector, Indices]:
    """Return order, distances and parents as `build_weighted_tree` does; all but whole if late. For compiled code."""
    nodes = len(indptr) - 1
    distances = np.full(nodes, np.inf)
    parents = np.full(nodes, _NONE)
    order = np.empty(nodes, np.int32)
    done = np.zeros(nodes, np.uint8)
    keys = np.empty(len(heads) + 1)
    items = np.empty(len(heads) + 1, np.int32)
    keys[0] = 0.0
    items[0] = source
    distances[source] = 0.0
    size = 1
    seen = 0
    while size:
        node = items[0]
        size = pop(keys, items, size)
        if done[node]:
            continue
        done[node] = 1
        order[seen] = node
        seen += 1
        if node == target or (seen % _NODES_PER_LOOK == 0 and is_late(ends_at)):
            break
        for arc in range(indptr[node], indptr[node + 1]):
            head = heads[arc]
            length = distances[node] + weights[arc]
            if length < distances[head] and length <= max_distance:
                distances[head] = length
                parents[head] = node
                size = push(keys, items, size, length, head)
    return order[:seen].copy(), distances, parents
