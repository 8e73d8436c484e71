"""The path of least weight between two nodes, searched from both ends."""

from typing import Final, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Indices, Walk
from graph.csr import EVERY_EDGE, Mask, get_span, lock, lock_mask
from graph.deadline import Deadline
from graph.kernels.budget import get_end, is_late
from graph.kernels.heap import Items, Keys, make_room, pop, push
from graph.kernels.hops import count_nodes
from graph.kernels.scratch import Marks, Pool

Weights = NDArray[np.float64]

_LABELS: Final = Pool([("weight", "f8"), ("parent", "i4"), ("stamp", "i4")])
_POPS_BETWEEN_LOOKS: Final = 64
_LATE: Final = -2
_NOWHERE: Final = -1


class WeightedPath(NamedTuple):
    """A path.

    Attributes:
        nodes: In walking order, both ends included; none where there is no path.
        weight: Summed over its edges; infinite where there is no path.
    """

    nodes: list[int]
    weight: float


def find_weighted_path(
    walk: Walk,
    source: int,
    target: int,
    weights: Weights,
    *,
    back: Walk | None = None,
    nodes: int | None = None,
    mask: Mask = EVERY_EDGE,
    deadline: Deadline | None = None,
) -> WeightedPath:
    """Return a path of least weight; of several it is always the same one.

    Args:
        walk: How edges are walked from the source on; locked.
        source: Where to start.
        target: Where to arrive; the source itself makes a path of one node.
        weights: (edges,), not below 0.
        back: How edges are walked backwards; None where that is the same.
        nodes: How many nodes there are; None for as many as the walk knows.
        mask: (edges,), 1 where an edge may be walked.
        deadline: When to stop.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O((nodes + edges) * log nodes) worst case; on graphs with hubs far less, for each side grows only until
    neither can better what joins them (Nicholson 1966).
    """
    ends_at = get_end(deadline)
    size = nodes or count_nodes(walk)
    near, far = _LABELS.take(size), _LABELS.take(size)
    try:
        left = _Side(near.marks, 2 * near.epoch, np.zeros(64), np.full(64, source, np.int32), 1)
        right = _Side(far.marks, 2 * far.epoch, np.zeros(64), np.full(64, target, np.int32), 1)
        ground = _Ground(lock_mask(mask), lock(weights), ends_at)
        met, weight, path = _find(walk, back or walk, ground, left, right)
    finally:
        _LABELS.give(near)
        _LABELS.give(far)
    if met == _LATE and deadline is not None:
        deadline.stop()
    return WeightedPath(path.tolist(), weight)


class _Side(NamedTuple):
    """What is known from one end.

    Attributes:
        labels: By node, if stamped: the least weight found and the node before.
        stamp: This query's.
        keys: (size or more,), the weights of the nodes in the queue.
        items: (size or more,), the nodes themselves, the least weight first; some stand there several times.
        size: How long the queue is; it starts with the end alone.
    """

    labels: Marks
    stamp: int
    keys: Keys
    items: Items
    size: int


class _Ground(NamedTuple):
    """What both sides share."""

    mask: Mask
    weights: Weights
    ends_at: int


@numba.njit(cache=True, nogil=True)
def _find(walk: Walk, back: Walk, ground: _Ground, left: _Side, right: _Side) -> tuple[int, float, Indices]:
    """Settle nodes on the side with fewer of them waiting, until no better meeting can come."""
    best, met = np.inf, _NOWHERE
    for side in (left, right):
        label = side.labels[side.items[0]]
        label.weight, label.parent, label.stamp = 0.0, _NOWHERE, side.stamp
    if left.items[0] == right.items[0]:
        return left.items[0], 0.0, left.items[:1].copy()
    pops = 0
    while left.size > 0 and right.size > 0 and left.keys[0] + right.keys[0] < best:
        if pops % _POPS_BETWEEN_LOOKS == 0 and is_late(ground.ends_at):
            return _LATE, np.inf, left.items[:0].copy()
        pops += 1
        if left.size <= right.size:
            left, best, met = _settle(walk, ground, left, right, best, met)
        else:
            right, best, met = _settle(back, ground, right, left, best, met)
    if met == _NOWHERE:
        return met, best, left.items[:0].copy()
    return met, best, _join(left.labels, right.labels, met)


@numba.njit(cache=True, nogil=True)
def _settle(
    walk: Walk, ground: _Ground, side: _Side, other: _Side, best: float, met: int
) -> tuple[_Side, float, int]:
    """Take the nearest node of one side's queue and look at its neighbours; return the side and the best meeting."""
    labels, stamp, keys, items = side.labels, side.stamp, side.keys, side.items
    node, weight = items[0], keys[0]
    size = pop(keys, items, side.size)
    if weight > labels[node].weight:
        return _Side(labels, stamp, keys, items, size), best, met
    nearest = other.keys[0]
    for adjacency in walk:
        start, stop = get_span(adjacency, node)
        for arc in range(start, stop):
            edge = adjacency.edges[arc]
            if len(ground.mask) > 0 and ground.mask[edge] == 0:
                continue
            total = weight + ground.weights[edge]
            # What is left to the other end weighs no less than the nearest that waits there, unless the head is settled
            # there; and then it is looked at as a meeting, whichever side reached it first.
            if total >= best:
                continue
            head = adjacency.heads[arc]
            label = labels[head]
            if label.stamp == stamp and label.weight <= total:
                continue
            label.weight, label.parent, label.stamp = total, node, stamp
            across = other.labels[head]
            if across.stamp == other.stamp and total + across.weight < best:
                best, met = total + across.weight, head
            if total + nearest < best:
                keys, items = make_room(keys, items, size)
                size = push(keys, items, size, total, head)
    return _Side(labels, stamp, keys, items, size), best, met


@numba.njit(cache=True, nogil=True)
def _join(before: Marks, after: Marks, met: int) -> NDArray[np.int32]:
    """Return the path through the node at which the sides met."""
    steps_before, steps_after = 0, 0
    node = before[met].parent
    while node >= 0:
        steps_before += 1
        node = before[node].parent
    node = after[met].parent
    while node >= 0:
        steps_after += 1
        node = after[node].parent
    path = np.empty(steps_before + 1 + steps_after, np.int32)
    node = met
    for place in range(steps_before, -1, -1):
        path[place] = node
        node = before[node].parent
    node = after[met].parent
    for place in range(steps_before + 1, len(path)):
        path[place] = node
        node = after[node].parent
    return path
