"""One step of Dijkstra's search over states: the nearest is settled, and what lies beyond it gets its cost."""

from typing import Final, NamedTuple

import numba
import numpy as np

from graph.adjacency import Walk
from graph.csr import get_span, is_shut
from graph.kernels.budget import is_late
from graph.kernels.heap import Items, Keys, make_room, pop, push
from graph.kernels.scratch import Marks
from graph.kernels.terrain import (
    UNSIGNED,
    Terrain,
    can_precede,
    get_cost,
    get_state,
    may_visit,
)

BACK: Final = 0
ONWARD: Final = 1
_STEPS_BETWEEN_LOOKS: Final = 64


class Queue(NamedTuple):
    """States to settle, the nearest first.

    Attributes:
        keys: (size or more,), their costs.
        items: (size or more,), the states; some stand there several times.
        size: How long the queue is.
    """

    keys: Keys
    items: Items
    size: int


def start_queue(state: int) -> Queue:
    """Return a queue of one state, at no cost."""
    return Queue(np.zeros(64), np.full(64, state, np.int32), 1)


@numba.njit(cache=True, nogil=True)
def settle_nearest(
    walk: Walk, terrain: Terrain, labels: Marks, stamp: int, queue: Queue, onward: int
) -> tuple[int, Queue]:
    """Settle the nearest state of a queue, which has one, and label those beyond it.

    Args:
        walk: How edges are walked on this side.
        terrain: The question.
        labels: By state: `cost`, stamped `stamp`, and `stamp + 1` where settled.
        stamp: Of this side.
        queue: What waits.
        onward: `ONWARD` from the source to the target, or `BACK`.

    Returns:
        The state, or -1 where all that waited was settled before; and what waits now.
    """
    keys, items, size = queue.keys, queue.items, queue.size
    while size > 0 and labels[items[0]].stamp == stamp + 1:
        size = pop(keys, items, size)
    if size == 0:
        return -1, Queue(keys, items, size)
    cost, state = keys[0], items[0]
    size = pop(keys, items, size)
    labels[state].stamp = stamp + 1
    lowest = 0 if terrain.final_sign == UNSIGNED else -1
    node, sign = state, 0
    if terrain.final_sign != UNSIGNED:
        node, sign = state // 3, state % 3 - 1
    for adjacency in walk:
        start, stop = get_span(adjacency, node)
        for arc in range(start, stop):
            edge, head = adjacency.edges[arc], adjacency.heads[arc]
            if is_shut(adjacency, terrain.mask, arc) or not may_visit(terrain, head):
                continue
            total = cost + get_cost(terrain, edge)
            for next_sign in range(lowest, -lowest + 1):
                before, after = (sign, next_sign) if onward else (next_sign, sign)
                if not can_precede(terrain, before, after, edge):
                    continue
                other = get_state(terrain, head, next_sign)
                label = labels[other]
                if label.stamp == stamp + 1 or (label.stamp == stamp and label.cost <= total):
                    continue
                label.cost, label.stamp = total, stamp
                keys, items = make_room(keys, items, size)
                size = push(keys, items, size, total, other)
    return state, Queue(keys, items, size)


@numba.njit(cache=True, nogil=True)
def settle(
    walk: Walk, terrain: Terrain, labels: Marks, stamp: int, queue: Queue, count: int, ends_at: int
) -> tuple[bool, Queue]:
    """Settle so many states more, walking back from the target; return False if there was no time."""
    for done in range(count):
        if queue.size == 0:
            break
        if done % _STEPS_BETWEEN_LOOKS == 0 and is_late(ends_at):
            return False, queue
        _, queue = settle_nearest(walk, terrain, labels, stamp, queue, BACK)
    return True, queue


@numba.njit(cache=True, nogil=True)
def meet(
    walks: tuple[Walk, Walk],
    terrain: Terrain,
    labels: tuple[Marks, Marks],
    stamps: tuple[int, int],
    near: Queue,
    far: Queue,
    ends_at: int,
) -> tuple[bool, float, Queue]:
    """Search from both ends until no better meeting can come (Nicholson 1966).

    Args:
        walks: How edges are walked, and how they are walked backwards.
        terrain: The question.
        labels: By state, from the source and from the target.
        stamps: Of each.
        near: What waits on the side of the source.
        far: What waits on the side of the target.
        ends_at: When to stop.

    Returns:
        Whether there was time; what the best walk costs, infinite where there is none; what waits on the target's side.
    """
    walk, back = walks
    ours, theirs = labels
    best, steps = np.inf, 0
    while near.size > 0 and far.size > 0 and near.keys[0] + far.keys[0] < best:
        if steps % _STEPS_BETWEEN_LOOKS == 0 and is_late(ends_at):
            return False, best, far
        steps += 1
        # Of the two ends of a walk's middle arc the one that is settled later sees the other's label.
        if near.size <= far.size:
            state, near = settle_nearest(walk, terrain, ours, stamps[0], near, ONWARD)
            if state >= 0 and theirs[state].stamp >= stamps[1]:
                best = min(best, ours[state].cost + theirs[state].cost)
        else:
            state, far = settle_nearest(back, terrain, theirs, stamps[1], far, BACK)
            if state >= 0 and ours[state].stamp >= stamps[0]:
                best = min(best, ours[state].cost + theirs[state].cost)
    return True, best, far
