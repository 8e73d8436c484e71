"""The path of fewest hops between two nodes, searched from both ends."""

from typing import Final, NamedTuple

import numba
import numpy as np

from graph.adjacency import Indices, Walk
from graph.csr import EVERY_EDGE, Mask, get_span, is_shut, lock_mask
from graph.deadline import Deadline
from graph.kernels.budget import get_end, is_late
from graph.kernels.scratch import Marks, Pool

_MARKS: Final = Pool("u2")
_NODES_BETWEEN_LOOKS: Final = 256
_FOUND, _GOES_ON, _LATE = 1, 0, -1
_UNLIMITED: Final = 2**31 - 1
_SMALL: Final = 256
"""Up to how many nodes of a frontier the arcs that leave them are counted before they are followed."""
_GUESSED_ARCS: Final = 16
"""How many arcs a node of a larger frontier is taken to have."""


def find_hop_path(
    walk: Walk,
    source: int,
    target: int,
    *,
    back: Walk | None = None,
    nodes: int | None = None,
    mask: Mask = EVERY_EDGE,
    max_hops: int | None = None,
    deadline: Deadline | None = None,
) -> list[int]:
    """Return the nodes of one shortest path, both ends included; empty where there is none.

    Of equally short paths it is always the same one.

    Args:
        walk: How edges are walked from the source on; locked. Fitted to the mask, it is walked faster.
        source: Where to start.
        target: Where to arrive; the source itself makes a path of one node.
        back: How they are walked backwards; None where that is the same.
        nodes: How many nodes there are; None for as many as the walk knows.
        mask: (edges,), 1 where an edge may be walked.
        max_hops: Longest path, in edges; None for any.
        deadline: When to stop.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(nodes + edges) worst case; on graphs with hubs about the square root of that, for each side grows only
    until they meet (Pohl 1971).
    """
    ends_at = get_end(deadline)
    limit = _UNLIMITED if max_hops is None else max_hops
    scratch = _MARKS.take(nodes or count_nodes(walk))
    try:
        status, path = _find(
            walk, back or walk, lock_mask(mask), source, target, scratch.marks, scratch.epoch, limit, ends_at
        )
    finally:
        _MARKS.give(scratch)
    if status == _LATE and deadline is not None:
        deadline.stop()
    found: list[int] = path.tolist()
    return found


def count_nodes(walk: Walk) -> int:
    """Return how many nodes a walk knows."""
    return max(len(part.indptr) for part in walk) - 1


class _Side(NamedTuple):
    """What was reached from one end, in order.

    Attributes:
        nodes: (places or more,), the node at each place.
        parents: (places or more,), the place it was reached from; -1 for the end itself.
        start: The first place of the frontier.
        stop: The place after its last.
    """

    nodes: Indices
    parents: Indices
    start: int
    stop: int


@numba.njit(cache=True, nogil=True)
def _find(  # noqa: PLR0913, PLR0917 (compiled code takes what it needs as arrays)
    walk: Walk,
    back: Walk,
    mask: Mask,
    source: int,
    target: int,
    marks: Marks,
    epoch: int,
    max_hops: int,
    ends_at: int,
) -> tuple[int, Indices]:
    """Grow the side with fewer arcs to follow, level by level, until an arc joins the two."""
    no_path = np.empty(0, np.int32)
    if source == target:
        return _FOUND, np.full(1, source, np.int32)
    ours, theirs = 2 * epoch, 2 * epoch + 1
    marks[source], marks[target] = ours, theirs
    left = _Side(np.full(64, source, np.int32), np.full(64, -1, np.int32), 0, 1)
    right = _Side(np.full(64, target, np.int32), np.full(64, -1, np.int32), 0, 1)
    for _ in range(max_hops):
        if left.start == left.stop or right.start == right.stop:
            break
        if _count_arcs(walk, left) <= _count_arcs(back, right):
            status, at, met, left = _grow(walk, mask, marks, left, ours, theirs, ends_at)
            if status == _FOUND:
                return _FOUND, _join(left, at, right, _find_place(right, met))
        else:
            status, at, met, right = _grow(back, mask, marks, right, theirs, ours, ends_at)
            if status == _FOUND:
                return _FOUND, _join(left, _find_place(left, met), right, at)
        if status == _LATE:
            return _LATE, no_path
    return _GOES_ON, no_path


@numba.njit(cache=True, nogil=True)
def _count_arcs(walk: Walk, side: _Side) -> int:
    """Return about how many arcs leave a frontier: exactly for a small one, where a hub or two make the difference."""
    size = side.stop - side.start
    if size > _SMALL:
        return size * _GUESSED_ARCS
    arcs = 0
    for adjacency in walk:
        for place in range(side.start, side.stop):
            start, stop = get_span(adjacency, side.nodes[place])
            arcs += stop - start
    return arcs


@numba.njit(cache=True, nogil=True)
def _fetch(walk: Walk, side: _Side) -> int:
    """Read where the arcs of a small frontier lie, and whether they are open, all at once.

    One after the other each would wait for memory.
    """
    seen = 0
    for adjacency in walk:
        is_fitted = len(adjacency.open) > 0
        for place in range(side.start, min(side.stop, side.start + _SMALL)):
            start, stop = get_span(adjacency, side.nodes[place])
            if start < stop:
                seen |= adjacency.heads[start] | adjacency.heads[stop - 1]
                if is_fitted:
                    seen |= adjacency.open[start >> 3] | adjacency.open[(stop - 1) >> 3]
    return seen


@numba.njit(cache=True, nogil=True)
def _grow(
    walk: Walk, mask: Mask, marks: Marks, side: _Side, own: int, other: int, ends_at: int
) -> tuple[int, int, int, _Side]:
    """Take one more hop on one side; return whether the sides met, at which place, with which node, and the side.

    The other side's outermost nodes are all that can be met, so the first arc to one is on a shortest path.
    """
    nodes, parents, size = side.nodes, side.parents, side.stop
    if _fetch(walk, side) < 0:
        return _GOES_ON, -1, -1, side
    for place in range(side.start, side.stop):
        if place % _NODES_BETWEEN_LOOKS == 0 and is_late(ends_at):
            return _LATE, -1, -1, side
        for adjacency in walk:
            start, stop = get_span(adjacency, nodes[place])
            if size + stop - start > len(nodes):
                nodes, parents = _extend(nodes, stop - start), _extend(parents, stop - start)
            for arc in range(start, stop):
                head = adjacency.heads[arc]
                stamp = marks[head]
                if stamp == own or is_shut(adjacency, mask, arc):
                    continue
                if stamp == other:
                    return _FOUND, place, head, _Side(nodes, parents, side.start, side.stop)
                marks[head] = own
                nodes[size] = head
                parents[size] = place
                size += 1
    return _GOES_ON, -1, -1, _Side(nodes, parents, side.stop, size)


@numba.njit(cache=True, nogil=True)
def _extend(array: Indices, room: int) -> Indices:
    extended = np.empty(2 * len(array) + room, np.int32)
    extended[: len(array)] = array
    return extended


@numba.njit(cache=True, nogil=True)
def _find_place(side: _Side, node: int) -> int:
    """Return where a node of the frontier stands."""
    place = side.start
    while side.nodes[place] != node:
        place += 1
    return place


@numba.njit(cache=True, nogil=True)
def _join(left: _Side, left_place: int, right: _Side, right_place: int) -> Indices:
    """Return the path over the arc that joins the two sides."""
    before, after = 0, 0
    place = left_place
    while place >= 0:
        before += 1
        place = left.parents[place]
    place = right_place
    while place >= 0:
        after += 1
        place = right.parents[place]
    path = np.empty(before + after, np.int32)
    place = left_place
    for number in range(before - 1, -1, -1):
        path[number] = left.nodes[place]
        place = left.parents[place]
    place = right_place
    for number in range(before, before + after):
        path[number] = right.nodes[place]
        place = right.parents[place]
    return path
