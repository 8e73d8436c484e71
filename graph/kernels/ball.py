"""What lies within some hops of a node or several."""

from typing import Final, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Indices, Walk
from graph.csr import EVERY_EDGE, Mask, get_span, is_shut, lock, lock_mask
from graph.deadline import Deadline
from graph.kernels.budget import get_end, is_late
from graph.kernels.hops import count_nodes
from graph.kernels.scratch import Marks, Pool
from graph.kernels.terrain import Costs

_MARKS: Final = Pool("u2")
_RANKS: Final = Pool([("rank", "f8"), ("round", "i4"), ("stamp", "i4")])
_NODES_BETWEEN_LOOKS: Final = 256
_UNREAD: Final = 2.0**44
_DOUBT: Final = 16.0


class Ball(NamedTuple):
    """Nodes, each once.

    Attributes:
        nodes: (size,), the middle first, then by hops, and among equals as the walk leads to them.
        starts: (depth + 2,), where the nodes of each number of hops begin, and the end of the last.
    """

    nodes: Indices
    starts: NDArray[np.int64]


class Reach(NamedTuple):
    """Nodes, each once, with how surely they are connected to the middle.

    Attributes:
        nodes: (size,), in no order that means anything.
        ranks: (size,), the lower the better.
    """

    nodes: Indices
    ranks: NDArray[np.float64]


def find_ball(
    walk: Walk,
    middle: Indices,
    depth: int,
    *,
    nodes: int | None = None,
    mask: Mask = EVERY_EDGE,
    deadline: Deadline | None = None,
) -> Ball:
    """Return all nodes within so many hops of the nearest of some, by breadth first search.

    Args:
        walk: How edges are walked; locked.
        middle: (1 or more,), int32, each once.
        depth: Hops, 0 or more.
        nodes: How many nodes there are; None for as many as the walk knows.
        mask: (edges,), 1 where an edge may be walked.
        deadline: When to stop.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(edges within `depth - 1` hops).
    """
    ends_at = get_end(deadline)
    scratch = _MARKS.take(nodes or count_nodes(walk))
    try:
        in_time, found, starts = _spread(
            walk, lock_mask(mask), lock(middle), depth, scratch.marks, 2 * scratch.epoch, ends_at
        )
    finally:
        _MARKS.give(scratch)
    if not in_time and deadline is not None:
        deadline.stop()
    return Ball(found, starts)


def find_reach(
    walk: Walk,
    middle: Indices,
    depth: int,
    costs: Costs,
    *,
    nodes: int | None = None,
    mask: Mask = EVERY_EDGE,
    open_nodes: Mask = EVERY_EDGE,
    deadline: Deadline | None = None,
) -> Reach:
    """Return all nodes within so many hops, ranked by the best walk of so many hops that leads to them.

    A walk is better by fewer hops that only the gazetteer knows, then by a higher product of confidence, then by fewer
    hops; found by Bellman and Ford's rounds, of which the n-th walks n hops.

    Args:
        walk: How edges are walked; locked.
        middle: (1 or more,), int32, each once; ranked 0.
        depth: Hops, within [1, 15].
        costs: (edges,), as `terrain.build_costs` makes them.
        nodes: How many nodes there are; None for as many as the walk knows.
        mask: (edges,), 1 where an edge may be walked.
        open_nodes: (nodes,), 1 for nodes that may be visited; empty for all.
        deadline: When to stop.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(depth * edges within reach).
    """
    ends_at = get_end(deadline)
    scratch = _RANKS.take(nodes or count_nodes(walk))
    try:
        in_time, found, ranks = _rank(
            _Ground(walk, lock_mask(mask), lock(costs), lock_mask(open_nodes)),
            lock(middle),
            depth,
            scratch.marks,
            2 * scratch.epoch,
            ends_at,
        )
    finally:
        _RANKS.give(scratch)
    if not in_time and deadline is not None:
        deadline.stop()
    return Reach(found, ranks)


def find_induced(walk: Walk, ball: Indices, present: Mask, shown: int, *, nodes: int) -> tuple[Indices, int]:
    """Return the edges among the first nodes of a ball, and how many there are among all of them.

    Args:
        walk: Every edge both ways, one or more adjacencies; locked.
        ball: (size,), int32, each node once.
        present: (edges,), 1 for edges that are looked at.
        shown: How many of the first nodes to return edges of.
        nodes: How many nodes there are.

    Returns:
        (edges found,) ascending, and the number of all.

    Cost: O(edges at the nodes of the ball).
    """
    scratch = _RANKS.take(nodes)
    try:
        found, total = _induce(walk, lock(ball), lock_mask(present), shown, scratch.marks, 2 * scratch.epoch)
    finally:
        _RANKS.give(scratch)
    return np.unique(found), int(total)


@numba.njit(cache=True, nogil=True)
def _spread(
    walk: Walk, mask: Mask, middle: Indices, depth: int, marks: Marks, stamp: int, ends_at: int
) -> tuple[bool, Indices, NDArray[np.int64]]:
    found, size = np.empty(len(middle) + 256, np.int32), len(middle)
    found[:size] = middle
    for node in middle:
        marks[node] = stamp
    starts = np.full(depth + 2, size, np.int64)
    starts[0] = 0
    for hops in range(depth):
        for place in range(starts[hops], starts[hops + 1]):
            if place % _NODES_BETWEEN_LOOKS == 0 and is_late(ends_at):
                return False, found[:0], starts
            for adjacency in walk:
                start, stop = get_span(adjacency, found[place])
                if size + stop - start > len(found):
                    more = np.empty(2 * len(found) + stop - start, np.int32)
                    more[:size] = found[:size]
                    found = more
                for arc in range(start, stop):
                    head = adjacency.heads[arc]
                    if marks[head] != stamp and not is_shut(adjacency, mask, arc):
                        marks[head] = stamp
                        found[size] = head
                        size += 1
        starts[hops + 2 :] = size
    return True, found[:size], starts


class _Ground(NamedTuple):
    """Where walks may lead, as the arguments of `find_reach` have it."""

    walk: Walk
    mask: Mask
    costs: Costs
    open_nodes: Mask


@numba.njit(cache=True, nogil=True, inline="always")
def _may_go(ground: _Ground, edge: int, head: int) -> bool:
    may_walk = len(ground.mask) == 0 or ground.mask[edge] != 0
    return may_walk and (len(ground.open_nodes) == 0 or ground.open_nodes[head] != 0)


@numba.njit(cache=True, nogil=True)
def _rank(
    ground: _Ground, middle: Indices, depth: int, marks: Marks, stamp: int, ends_at: int
) -> tuple[bool, Indices, NDArray[np.float64]]:
    """Walk round after round from what the round before bettered, with the ranks it left."""
    found, size = np.empty(len(middle) + 256, np.int32), 0
    for node in middle:
        marks[node].rank, marks[node].round, marks[node].stamp = 0.0, 0, stamp
        found[size] = node
        size += 1
    frontier = middle.copy()
    for hops in range(1, depth + 1):
        in_time, frontier, found, size = _walk_round(
            ground, frontier, hops, marks, stamp, found, size, ends_at
        )
        if not in_time:
            return False, found[:0], np.empty(0)
    ranks = np.empty(size)
    for place in range(size):
        ranks[place] = marks[found[place]].rank
    return True, found[:size], ranks


@numba.njit(cache=True, nogil=True)
def _walk_round(
    ground: _Ground,
    frontier: Indices,
    hops: int,
    marks: Marks,
    stamp: int,
    found: Indices,
    size: int,
    ends_at: int,
) -> tuple[bool, Indices, Indices, int]:
    """Walk one hop from a frontier; return whether there was time, what was bettered, and all that was found."""
    reached, bettered = np.empty(256, np.int32), 0
    # This round may better nodes of its own frontier, too: they go on with the ranks that they had before it.
    ranks = np.empty(len(frontier))
    for place in range(len(frontier)):
        ranks[place] = marks[frontier[place]].rank
    for place in range(len(frontier)):
        if place % _NODES_BETWEEN_LOOKS == 0 and is_late(ends_at):
            return False, reached, found, size
        for adjacency in ground.walk:
            start, stop = get_span(adjacency, frontier[place])
            for arc in range(start, stop):
                head, edge = adjacency.heads[arc], adjacency.edges[arc]
                if not _may_go(ground, edge, head):
                    continue
                cost = np.int64(ground.costs[edge])
                rank = ranks[place] + (cost & 15) * _UNREAD + (cost >> 8) * _DOUBT + 1
                mark = marks[head]
                is_new = mark.stamp != stamp
                if not is_new and mark.rank <= rank:
                    continue
                if is_new:
                    found, size = _append(found, size, head)
                if is_new or mark.round != hops:
                    reached, bettered = _append(reached, bettered, head)
                mark.rank, mark.round, mark.stamp = rank, hops, stamp
    return True, reached[:bettered], found, size


@numba.njit(cache=True, nogil=True)
def _append(array: Indices, size: int, value: int) -> tuple[Indices, int]:
    if size == len(array):
        more = np.empty(2 * size, np.int32)
        more[:size] = array
        array = more
    array[size] = value
    return array, size + 1


@numba.njit(cache=True, nogil=True)
def _induce(
    walk: Walk, ball: Indices, present: Mask, shown: int, marks: Marks, stamp: int
) -> tuple[Indices, int]:
    for place in range(len(ball)):
        marks[ball[place]].round, marks[ball[place]].stamp = place, stamp
    found, size, arcs = np.empty(256, np.int32), 0, 0
    for place in range(len(ball)):
        for adjacency in walk:
            start, stop = get_span(adjacency, ball[place])
            for arc in range(start, stop):
                mark = marks[adjacency.heads[arc]]
                edge = adjacency.edges[arc]
                if mark.stamp == stamp and present[edge] != 0:
                    arcs += 1
                    if place < shown and mark.round < shown:
                        found, size = _append(found, size, edge)
    # Every edge is walked from both its ends, and a loop both ways from its one.
    return found[:size], arcs // 2
