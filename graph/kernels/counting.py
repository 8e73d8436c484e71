"""How many loopless paths there are between two nodes, up to a cap: counted, not searched in order."""

from typing import Final

import numba
import numpy as np

from graph.adjacency import Indices, Walk
from graph.csr import get_span, is_shut
from graph.deadline import Deadline
from graph.kernels.bounds import Bounds, Surroundings
from graph.kernels.budget import get_end, is_late
from graph.kernels.terrain import UNSIGNED, Terrain, get_sign_after, get_state, may_visit

_WIDTHS: Final = (256, 20_000)
"""How wide the hops left are measured, so that a count need not look at the whole graph. Where there are many paths, as
mostly, little is gained by the second."""
_MANY: Final = 10
"""A count is good enough that has come to one in so many of the cap."""
_VISITS_BETWEEN_LOOKS: Final = 64
_GO_ON: Final = -1


def count_paths(
    walk: Walk,
    back: Walk,
    terrain: Terrain,
    source: int,
    nodes: int,
    cap: int,
    looks: int,
    deadline: Deadline | None = None,
) -> tuple[int, bool]:
    """Return how many loopless paths there are, by the nodes they visit, and whether that is all of them.

    Depth first, turning back where the target is too far by hops.

    Args:
        walk: How edges are walked; locked.
        back: How they are walked backwards.
        terrain: What a path may be.
        source: Where paths start.
        nodes: How many nodes there are.
        cap: Stop after so many paths.
        looks: Stop after so many looks at an arc.
        deadline: Stop then; what was counted stands.
    """
    ends_at = get_end(deadline)
    by_hops = terrain._replace(hops_first=False)
    surroundings = Surroundings(back, by_hops, nodes, ends_at)
    total, is_exact = 0, False
    try:
        for widest in _WIDTHS:
            surroundings.measure_hops(widest)
            total, is_exact = _count(walk, by_hops, source, surroundings.bounds, cap, looks, ends_at)
            if is_exact or total >= cap // _MANY:
                break
    finally:
        surroundings.close()
    return int(total), bool(is_exact)


@numba.njit(cache=True, nogil=True)
def _count(
    walk: Walk, terrain: Terrain, source: int, bounds: Bounds, cap: int, looks: int, ends_at: int
) -> tuple[int, bool]:
    """Visit nodes by a stack of (node, depth, signs), where bit `s + 1` of signs says that a walk can have sign s."""
    stack, size = np.empty((256, 3), np.int32), 1
    stack[0, 0], stack[0, 1], stack[0, 2] = source, 0, 2
    path = np.full(terrain.max_hops + 1, -1, np.int32)
    total, seen, visits = 0, 0, 0
    while size > 0:
        size -= 1
        node, depth, signs = stack[size, 0], stack[size, 1], stack[size, 2]
        paths = _count_here(terrain, bounds, node, depth, signs)
        if paths > 0 and total == cap:
            return total, False
        if paths != _GO_ON:
            total += paths
            continue
        visits += 1
        if visits % _VISITS_BETWEEN_LOOKS == 0 and is_late(ends_at):
            return total, False
        path[depth] = node
        found, ways = _list_onward(walk, terrain, bounds, node, signs, terrain.max_hops - depth - 1)
        for adjacency in walk:
            start, stop = get_span(adjacency, node)
            seen += stop - start
        if seen > looks:
            return total, False
        stack, size = _put_off(stack, size, path[: depth + 1], found, ways)
    return total, True


@numba.njit(cache=True, nogil=True, inline="always")
def _count_here(terrain: Terrain, bounds: Bounds, node: int, depth: int, signs: int) -> int:
    """Return how many paths a walk ends as, if that is known without looking at its node's arcs; else `_GO_ON`."""
    if terrain.final_sign != UNSIGNED:
        if node == terrain.target:
            return (signs >> (terrain.final_sign + 1)) & 1
        return _GO_ON
    if node == terrain.target:
        return 1
    # With one hop left nothing counts but whether an arc leads to the target.
    mark = bounds.hops[node]
    is_beside = mark.stamp == bounds.hop_stamp and mark.hops == 1
    return 1 if is_beside and depth == terrain.max_hops - 1 else _GO_ON


@numba.njit(cache=True, nogil=True)
def _put_off(stack: Indices, size: int, path: Indices, found: Indices, ways: Indices) -> tuple[Indices, int]:
    """Put the nodes that are not on the walk on the stack, the last first."""
    for place in range(len(found) - 1, -1, -1):
        is_new = True
        for earlier in path:
            is_new = is_new and earlier != found[place]
        if not is_new:
            continue
        if size == len(stack):
            more = np.empty((2 * size, 3), np.int32)
            more[:size] = stack
            stack = more
        stack[size, 0], stack[size, 1], stack[size, 2] = found[place], len(path), ways[place]
        size += 1
    return stack, size


@numba.njit(cache=True, nogil=True)
def _list_onward(  # noqa: C901 (one pass over arcs, and one to merge them)
    walk: Walk, terrain: Terrain, bounds: Bounds, node: int, signs: int, left: int
) -> tuple[Indices, Indices]:
    """Return the neighbours from which the target is within so many hops, each once, and the signs a walk has there."""
    room = 0
    for adjacency in walk:
        start, stop = get_span(adjacency, node)
        room += stop - start
    heads, after = np.empty(room, np.int32), np.zeros(room, np.int32)
    size = 0
    for adjacency in walk:
        start, stop = get_span(adjacency, node)
        for arc in range(start, stop):
            head, edge = adjacency.heads[arc], adjacency.edges[arc]
            if is_shut(adjacency, terrain.mask, arc) or not may_visit(terrain, head):
                continue
            ways = 0
            for sign in range(-1, 2):
                if signs & (1 << (sign + 1)):
                    follows = get_sign_after(terrain, sign, edge)
                    mark = bounds.hops[get_state(terrain, head, follows)]
                    hops = mark.hops if mark.stamp == bounds.hop_stamp else bounds.hop_radius
                    if hops <= left:
                        ways |= 1 << (follows + 1)
            if ways:
                heads[size], after[size] = head, ways
                size += 1
    order = np.argsort(heads[:size])
    merged = 0
    found, combined = np.empty(size, np.int32), np.empty(size, np.int32)
    for place in order:
        if merged > 0 and found[merged - 1] == heads[place]:
            combined[merged - 1] |= after[place]
        else:
            found[merged], combined[merged] = heads[place], after[place]
            merged += 1
    return found[:merged], combined[:merged]
