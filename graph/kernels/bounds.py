"""How far the target is at least: exactly where it is near, and by how far was looked where it is not.

A search from the source is guided by what a search from the target has found so far. It grows only as the question
needs it, so that a path between neighbours costs nothing like a look at the whole graph.
"""

from typing import Final, NamedTuple

import numba
import numpy as np

from graph.adjacency import Indices, Walk
from graph.csr import get_span, is_shut
from graph.kernels.scratch import Marks, Pool
from graph.kernels.settling import meet, settle, start_queue
from graph.kernels.terrain import (
    UNSIGNED,
    Terrain,
    can_precede,
    count_states,
    get_state,
    may_visit,
)

_LABELS: Final = Pool([("cost", "f8"), ("stamp", "i4")])
_HOPS: Final = Pool([("hops", "i4"), ("stamp", "i4")])
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
        self._back, self._terrain, self._nodes, self._ends_at = back, terrain, nodes, ends_at
        self._labels, self._hops = _LABELS.take(states), _HOPS.take(states)
        sign = 0 if terrain.final_sign == UNSIGNED else terrain.final_sign
        final = terrain.target if terrain.final_sign == UNSIGNED else 3 * terrain.target + sign + 1
        self._queue = start_queue(final)
        self._labels.marks[final] = (0.0, 2 * self._labels.epoch)
        self._hops.marks[final] = (0, 2 * self._hops.epoch)
        self._frontier = np.full(1, final, np.int32)
        self._levels = 0

    def meet(self, walk: Walk, source: int) -> float | None:
        """Return what the best walk from a node costs, of whatever length, and look about halfway to it.

        Args:
            walk: How edges are walked.
            source: Where the walk starts.

        Returns:
            Infinity where there is none; None if there was no time.
        """
        near = _LABELS.take(count_states(self._nodes, self._terrain.final_sign))
        first = get_state(self._terrain, source, 0)
        near.marks[first] = (0.0, 2 * near.epoch)
        try:
            in_time, cost, self._queue = meet(
                (walk, self._back),
                self._terrain,
                (near.marks, self._labels.marks),
                (2 * near.epoch, 2 * self._labels.epoch),
                start_queue(first),
                self._queue,
                self._ends_at,
            )
        finally:
            _LABELS.give(near)
        return float(cost) if in_time else None

    def grow(self, steps: int) -> bool:
        """Look at about so many more states; return False if there was no time."""
        in_time, self._queue = settle(
            self._back,
            self._terrain,
            self._labels.marks,
            2 * self._labels.epoch,
            self._queue,
            steps,
            self._ends_at,
        )
        # Where no path can have too many hops, nothing is gained by counting them.
        if not self._terrain.hops_first and self._terrain.max_hops < self._nodes - 1:
            self.measure_hops(steps)
        return bool(in_time)

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
                    if is_shut(adjacency, terrain.mask, arc) or not may_visit(terrain, head):
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
