"""What lies between two nodes: all that is on a short enough walk from one to the other."""

from typing import Final, NamedTuple

import numba
import numpy as np

from graph.adjacency import Indices, Walk
from graph.csr import EVERY_EDGE, Mask, get_span, is_shut, lock_mask
from graph.deadline import Deadline
from graph.kernels.budget import get_end, is_late
from graph.kernels.hops import count_nodes
from graph.kernels.scratch import Marks, Pool

_HOPS: Final = Pool([("hops", "i4"), ("stamp", "i4")])
_NODES_BETWEEN_LOOKS: Final = 256


class Corridor(NamedTuple):
    """Nodes, each once.

    Attributes:
        nodes: (size,), by hops from the source; none if the target is too far.
        before: (size,), the fewest hops from the source.
        after: (size,), the fewest hops to the target.
    """

    nodes: Indices
    before: Indices
    after: Indices


def find_corridor(
    walk: Walk,
    source: int,
    target: int,
    max_hops: int,
    *,
    back: Walk | None = None,
    nodes: int | None = None,
    mask: Mask = EVERY_EDGE,
    deadline: Deadline | None = None,
) -> Corridor:
    """Return every node through which a walk of at most so many hops leads from one node to another.

    Args:
        walk: How edges are walked; locked.
        source: One end.
        target: The other.
        max_hops: Longest walk, in edges.
        back: How edges are walked backwards; None where that is the same.
        nodes: How many nodes there are; None for as many as the walk knows.
        mask: (edges,), 1 where an edge may be walked.
        deadline: When to stop.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(edges within half of `max_hops` of either end, and of what lies between).
    """
    ends_at = get_end(deadline)
    size = nodes or count_nodes(walk)
    near, far = _HOPS.take(size), _HOPS.take(size)
    try:
        in_time, found = _find(
            walk,
            back or walk,
            lock_mask(mask),
            (source, target, max_hops),
            (near.marks, far.marks),
            (2 * near.epoch, 2 * far.epoch),
            ends_at,
        )
        before, after = near.marks["hops"][found], far.marks["hops"][found]
    finally:
        _HOPS.give(near)
        _HOPS.give(far)
    if not in_time and deadline is not None:
        deadline.stop()
    order = np.argsort(before, kind="stable")
    return Corridor(found[order], before[order], after[order])


@numba.njit(cache=True, nogil=True)
def _find(
    walk: Walk,
    back: Walk,
    mask: Mask,
    question: tuple[int, int, int],
    marks: tuple[Marks, Marks],
    stamps: tuple[int, int],
    ends_at: int,
) -> tuple[bool, Indices]:
    """Measure halfway back from the target, then from the source as far as the target stays in reach, then back again.

    The last goes over what the second reached, and so measures exactly all that lies between.
    """
    source, target, max_hops = question
    near, far = marks
    ours, theirs = stamps
    half = max_hops // 2
    # Nothing is known of the other side yet: a stamp that no mark has lets every node be.
    in_time, _ = _measure(back, mask, target, far, theirs, half, (near, -1, max_hops, 0), ends_at)
    if in_time:
        in_time, _ = _measure(
            walk, mask, source, near, ours, max_hops, (far, theirs, max_hops, half + 1), ends_at
        )
    if not in_time:
        return False, np.empty(0, np.int32)
    # Void what was measured back, for it is measured anew.
    return _measure(
        back, mask, target, far, theirs + 1, max_hops, (near, ours, max_hops, max_hops + 1), ends_at
    )


@numba.njit(cache=True, nogil=True)
def _measure(
    walk: Walk,
    mask: Mask,
    start: int,
    marks: Marks,
    stamp: int,
    depth: int,
    other: tuple[Marks, int, int, int],
    ends_at: int,
) -> tuple[bool, Indices]:
    """Walk from one end; leave out nodes whose hops, with those to the other end, are too many.

    What is known from the `other` end is: marks, their stamp, the most hops in all, and how many hops what is not
    marked there is away at least.
    """
    others, other_stamp, most, unmarked = other
    found, size = np.empty(256, np.int32), 0
    rest = others[start].hops if others[start].stamp == other_stamp else unmarked
    if rest <= most:
        marks[start].hops, marks[start].stamp = 0, stamp
        found[0] = start
        size = 1
    first, hops = 0, 0
    while first < size and hops < depth:
        hops += 1
        last = size
        for place in range(first, last):
            if place % _NODES_BETWEEN_LOOKS == 0 and is_late(ends_at):
                return False, found[:0]
            for adjacency in walk:
                begin, stop = get_span(adjacency, found[place])
                for arc in range(begin, stop):
                    head = adjacency.heads[arc]
                    if marks[head].stamp == stamp or is_shut(adjacency, mask, arc):
                        continue
                    rest = others[head].hops if others[head].stamp == other_stamp else unmarked
                    if hops + rest > most:
                        continue
                    marks[head].hops, marks[head].stamp = hops, stamp
                    if size == len(found):
                        more = np.empty(2 * size, np.int32)
                        more[:size] = found
                        found = more
                    found[size] = head
                    size += 1
        first = last
    return True, found[:size]
