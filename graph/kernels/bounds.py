"""How far the target is at least: exactly where it is near, and by how far was looked where it is not.

A search from the source is guided by what a search from the target has found so far. It grows only as the question
needs it, so that a path between neighbours costs nothing like a look at the whole graph.
"""

from typing import Final, NamedTuple

import numba
import numpy as np

from graph.adjacency import Indices, Walk
from graph.csr import get_span
from graph.kernels.budget import is_late
from graph.kernels.heap import Items, Keys, make_room, pop, push
from graph.kernels.scratch import Marks, Pool
from graph.kernels.terrain import (
    UNSIGNED,
    Terrain,
    can_precede,
    count_states,
    get_cost,
    get_state,
    may_visit,
    may_walk,
)

_LABELS: Final = Pool([("cost", "f8"), ("stamp", "i4")])
_HOPS: Final = Pool([("hops", "i4"), ("stamp", "i4")])
_POPS_BETWEEN_LOOKS: Final = 64
_LATE: Final = -1
_OUT_OF_REACH: Final = 2**30


class Bounds(NamedTuple):
    """Lower bounds of what is left to the target, by state.

    Attributes:
        labels: Costs; exact where stamped `stamp + 1`.
        radius: What all other states are away at least; infinite if they cannot reach the target.
        hops: Numbers of hops, exact where stamped `hop_stamp`.
        hop_radius: What all other states are away at least, in hops.
    """

    labels: Marks
    stamp: int
    radius: float
    hops: Marks
    hop_stamp: int
    hop_radius: int


class Surroundings:
    """What is known around the target of one question; `close` gives its memory back.

    Args:
        back: How edges are walked backwards.
        terrain: The question.
        nodes: How many nodes there are.
        ends_at: When to stop, as `budget.get_end` gives it.
    """

    def __init__(self, back: Walk, terrain: Terrain, nodes: int, ends_at: int) -> None:
        states = count_states(nodes, terrain.final_sign)
        self._back, self._terrain, self._ends_at = back, terrain, ends_at
        self._labels, self._hops = _LABELS.take(states), _HOPS.take(states)
        sign = 0 if terrain.final_sign == UNSIGNED else terrain.final_sign
        final = terrain.target if terrain.final_sign == UNSIGNED else 3 * terrain.target + sign + 1
        self._queue = _Queue(np.zeros(64), np.full(64, final, np.int32), 1)
        self._labels.marks[final] = (0.0, 2 * self._labels.epoch)
        self._hops.marks[final] = (0, 2 * self._hops.epoch)
        self._frontier = np.full(1, final, np.int32)
        self._levels = 0

    def grow(self, pops: int) -> bool:
        """Look at about so many more states; return False if there was no time."""
        status, self._queue = _settle(
            self._back,
            self._terrain,
            self._labels.marks,
            2 * self._labels.epoch,
            self._queue,
            pops,
            self._ends_at,
        )
        if not self._terrain.hops_first:
            self.measure_hops(pops)
        return bool(status != _LATE)

    def measure_hops(self, widest: int) -> None:
        """Walk whole levels of hops backwards, as long as they are no wider than so many states."""
        self._levels, self._frontier = _spread(
            self._back,
            self._terrain,
            self._hops.marks,
            2 * self._hops.epoch,
            self._frontier,
            self._levels,
            widest,
        )

    @property
    def bounds(self) -> Bounds:
        """What is known by now."""
        queue = self._queue
        hop_radius = self._levels + 1 if len(self._frontier) else _OUT_OF_REACH
        return Bounds(
            self._labels.marks,
            2 * self._labels.epoch,
            float(queue.keys[0]) if queue.size else np.inf,
            self._hops.marks,
            2 * self._hops.epoch,
            0 if self._terrain.hops_first else hop_radius,
        )

    def close(self) -> None:
        """Give the memory back; nothing may be asked after that."""
        _LABELS.give(self._labels)
        _HOPS.give(self._hops)


class _Queue(NamedTuple):
    """States to settle, the nearest first."""

    keys: Keys
    items: Items
    size: int


@numba.njit(cache=True, nogil=True)
def _settle(  # noqa: C901 (one search)
    back: Walk, terrain: Terrain, labels: Marks, stamp: int, queue: _Queue, pops: int, ends_at: int
) -> tuple[int, _Queue]:
    """Settle so many states more, by Dijkstra's search walked backwards."""
    keys, items, size = queue.keys, queue.items, queue.size
    lowest = 0 if terrain.final_sign == UNSIGNED else -1
    done = 0
    while size > 0 and done < pops:
        if done % _POPS_BETWEEN_LOOKS == 0 and is_late(ends_at):
            return _LATE, _Queue(keys, items, size)
        cost, state = keys[0], items[0]
        size = pop(keys, items, size)
        if labels[state].stamp == stamp + 1:
            continue
        labels[state].stamp = stamp + 1
        done += 1
        node, sign = state, 0
        if terrain.final_sign != UNSIGNED:
            node, sign = state // 3, state % 3 - 1
        for adjacency in back:
            start, stop = get_span(adjacency, node)
            for arc in range(start, stop):
                edge, head = adjacency.edges[arc], adjacency.heads[arc]
                if not may_walk(terrain, edge) or not may_visit(terrain, head):
                    continue
                total = cost + get_cost(terrain, edge)
                for before in range(lowest, -lowest + 1):
                    if not can_precede(terrain, before, sign, edge):
                        continue
                    other = get_state(terrain, head, before)
                    label = labels[other]
                    if label.stamp == stamp + 1 or (label.stamp == stamp and label.cost <= total):
                        continue
                    label.cost, label.stamp = total, stamp
                    keys, items = make_room(keys, items, size)
                    size = push(keys, items, size, total, other)
    while size > 0 and labels[items[0]].stamp == stamp + 1:
        size = pop(keys, items, size)
    return 0, _Queue(keys, items, size)


@numba.njit(cache=True, nogil=True)
def _spread(
    back: Walk, terrain: Terrain, marks: Marks, stamp: int, frontier: Indices, levels: int, pops: int
) -> tuple[int, Indices]:
    """Walk whole levels of hops backwards while they are no wider than so many states."""
    lowest = 0 if terrain.final_sign == UNSIGNED else -1
    while 0 < len(frontier) <= pops and levels < terrain.max_hops:
        levels += 1
        reached, size = np.empty(max(64, 4 * len(frontier)), np.int32), 0
        for state in frontier:
            node, sign = state, 0
            if terrain.final_sign != UNSIGNED:
                node, sign = state // 3, state % 3 - 1
            for adjacency in back:
                start, stop = get_span(adjacency, node)
                for arc in range(start, stop):
                    edge, head = adjacency.edges[arc], adjacency.heads[arc]
                    if not may_walk(terrain, edge) or not may_visit(terrain, head):
                        continue
                    for before in range(lowest, -lowest + 1):
                        other = get_state(terrain, head, before)
                        if marks[other].stamp == stamp or not can_precede(terrain, before, sign, edge):
                            continue
                        marks[other].hops, marks[other].stamp = levels, stamp
                        if size == len(reached):
                            more = np.empty(2 * size, np.int32)
                            more[:size] = reached
                            reached = more
                        reached[size] = other
                        size += 1
        frontier = reached[:size]
    return levels, frontier
