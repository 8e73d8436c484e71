"""The best walk that starts in a given way: one step of the search for the best paths."""

from typing import Final, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Indices, Walk
from graph.csr import get_span
from graph.kernels.bounds import Bounds
from graph.kernels.budget import is_late
from graph.kernels.heap import make_room, pop, push
from graph.kernels.scratch import Marks
from graph.kernels.terrain import (
    HOPS_FIRST_HOP,
    UNSIGNED,
    Terrain,
    get_cost,
    get_sign_after,
    get_state,
    may_visit,
    may_walk,
)

FOUND: Final = 1
NONE_THERE: Final = 0
UNFINISHED: Final = -1
LATE: Final = -2

_POPS_BETWEEN_LOOKS: Final = 64
_BLOCKED: Final = -2
_LABEL: Final = np.dtype(
    [
        ("cost", "f8"),
        ("node", "i4"),
        ("hops", "i4"),
        ("sign", "i4"),
        ("same", "i4"),
        ("before", "i4"),
        ("_", "i4"),
    ]
)
"""A walk to a node: `same` is the next label of its state, `before` the first of its links."""


class Start(NamedTuple):
    """How a walk begins.

    Attributes:
        nodes: (1 or more,), in walking order; the walk never returns to them.
        costs: (3,), what they cost at least with a net sign of -1, 0 and +1; infinite where they cannot have it.
        banned: Nodes that must not come next.
    """

    nodes: Indices
    costs: NDArray[np.float64]
    banned: Indices


@numba.njit(cache=True, nogil=True)
def find_walk(  # noqa: PLR0912, PLR0915, C901 (one search; its state is a dozen arrays)
    walk: Walk,
    terrain: Terrain,
    start: Start,
    bounds: Bounds,
    heads: Marks,
    stamp: int,
    limit: int,
    ends_at: int,
) -> tuple[int, float, Indices]:
    """Return the best walk to the target, first by cost and then by the ranks of its nodes.

    A* (Hart, Nilsson and Raphael 1968) over labels of cost and hops, for the best way to a node may leave too few hops
    to get on (Hansen 1980). Without a final sign the walk is a path; with one it may cross itself.

    Args:
        walk: How edges are walked.
        terrain: The question.
        start: How the walk begins.
        bounds: What is left at least.
        heads: Scratch by state: the newest label `first`.
        stamp: Of this search.
        limit: After how many labels to give up, so that bounds can be bettered.
        ends_at: When to stop.

    Returns:
        `FOUND`, `NONE_THERE`, `UNFINISHED` or `LATE`; the cost; the nodes, those of the start included.
    """
    signed = terrain.final_sign != UNSIGNED
    states = 3 if signed else 1
    # Where no path can have too many hops, the cheapest way to a node is the only one worth following.
    is_bounded = signed or terrain.max_hops < len(terrain.ranks) - 1
    for node in start.nodes:
        for sign in range(states):
            head = heads[node * states + sign]
            head.first, head.stamp = _BLOCKED, stamp
    labels = np.empty(256, _LABEL)
    links = np.empty((256, 2), np.int32)
    keys, items = np.empty(256, np.float64), np.empty(256, np.int32)
    size, made, linked, pops = 0, 0, 0, 0
    first_hops = len(start.nodes) - 1
    spur = start.nodes[first_hops]
    upper = np.inf
    for sign in range(-1, 2):
        cost = start.costs[sign + 1]
        if cost == np.inf:
            continue
        least = _bound(terrain, bounds, get_state(terrain, spur, sign), cost, first_hops)
        if least < np.inf:
            label = labels[made]
            label.cost, label.node, label.hops, label.sign = cost, spur, first_hops, sign
            label.same, label.before = -1, -1
            keys, items = make_room(keys, items, size)
            size = push(keys, items, size, least, made)
            made += 1
    while size > 0 and keys[0] <= upper:
        if pops % _POPS_BETWEEN_LOOKS == 0 and is_late(ends_at):
            return LATE, upper, start.nodes[:0].copy()
        if pops == limit:
            return UNFINISHED, upper, start.nodes[:0].copy()
        pops += 1
        at = items[0]
        size = pop(keys, items, size)
        node, hops, cost, sign = labels[at].node, labels[at].hops + 1, labels[at].cost, labels[at].sign
        if hops > terrain.max_hops or node == terrain.target:
            continue
        if hops > first_hops + 1 and _is_bettered(
            labels, heads[get_state(terrain, node, sign)].first, at, is_bounded
        ):
            continue
        for adjacency in walk:
            begin, stop = get_span(adjacency, node)
            for arc in range(begin, stop):
                other, edge = adjacency.heads[arc], adjacency.edges[arc]
                if not may_walk(terrain, edge) or not may_visit(terrain, other):
                    continue
                after = get_sign_after(terrain, sign, edge)
                state = get_state(terrain, other, after)
                total = cost + get_cost(terrain, edge)
                head = heads[state]
                known = head.first if head.stamp == stamp else -1
                if known == _BLOCKED or total > upper:
                    continue
                if node == spur and _has(start.banned, other):
                    continue
                least = _bound(terrain, bounds, state, total, hops)
                if least > upper or least == np.inf:
                    continue
                if signed and other == terrain.target and after != terrain.final_sign:
                    continue
                found = _find_label(labels, known, total, hops, is_bounded)
                if found == _BLOCKED:
                    continue
                if found < 0:
                    if made == len(labels):
                        more = np.empty(2 * made, _LABEL)
                        more[:made] = labels
                        labels = more
                    found = made
                    label = labels[made]
                    label.cost, label.node, label.hops, label.sign = total, other, hops, after
                    label.same, label.before = known, -1
                    heads[state].first, heads[state].stamp = made, stamp
                    made += 1
                    keys, items = make_room(keys, items, size)
                    size = push(keys, items, size, least, found)
                    if other == terrain.target:
                        upper = min(upper, total)
                if linked == len(links):
                    wider = np.empty((2 * linked, 2), np.int32)
                    wider[:linked] = links
                    links = wider
                links[linked, 0], links[linked, 1] = at, labels[found].before
                labels[found].before = linked
                linked += 1
    if upper == np.inf:
        return NONE_THERE, upper, start.nodes[:0].copy()
    return FOUND, upper, _choose(terrain, start, labels[:made], links, upper)


@numba.njit(cache=True, nogil=True, inline="always")
def _bound(terrain: Terrain, bounds: Bounds, state: int, cost: float, hops: int) -> float:
    """Return what a whole walk through a state costs at least; infinite if it cannot arrive in time."""
    label = bounds.labels[state]
    left = label.cost if label.stamp == bounds.stamp + 1 else bounds.radius
    if terrain.hops_first:
        total = cost + left
        return total if total < (terrain.max_hops + 1) * HOPS_FIRST_HOP else np.inf
    mark = bounds.hops[state]
    hops_left = mark.hops if mark.stamp == bounds.hop_stamp else bounds.hop_radius
    return cost + left if hops + hops_left <= terrain.max_hops else np.inf


@numba.njit(cache=True, nogil=True, inline="always")
def _has(nodes: Indices, node: int) -> bool:
    for other in nodes:  # noqa: SIM110 (numba has no any())
        if other == node:
            return True
    return False


@numba.njit(cache=True, nogil=True, inline="always")
def _find_label(labels: Marks, first: int, cost: float, hops: int, is_bounded: bool) -> int:
    """Return the label that says the same; `_BLOCKED` if one is no worse in both; -1 if there is neither."""
    at = first
    while at >= 0:
        label = labels[at]
        if label.cost == cost and (label.hops == hops or not is_bounded):
            return at
        if label.cost <= cost and (label.hops <= hops or not is_bounded):
            return _BLOCKED
        at = label.same
    return -1


@numba.njit(cache=True, nogil=True)
def _is_bettered(labels: Marks, first: int, label: int, is_bounded: bool) -> bool:
    """Say whether another label of the state is no worse in both cost and hops."""
    at = first
    while at >= 0:
        is_cheap = at != label and labels[at].cost <= labels[label].cost
        if is_cheap and (not is_bounded or labels[at].hops <= labels[label].hops):
            return True
        at = labels[at].same
    return False


@numba.njit(cache=True, nogil=True)
def _choose(terrain: Terrain, start: Start, labels: Marks, links: Indices, cost: float) -> Indices:
    """Return, of all walks of the least cost, the nodes of the one that comes first by rank, node by node."""
    steps = _list_steps(terrain, labels, links, cost)
    here = np.zeros(len(labels), np.bool_)
    for label in range(len(labels)):
        here[label] = labels[label].before < 0 and labels[label].hops == len(start.nodes) - 1
    path = np.empty(terrain.max_hops + 1, np.int32)
    length = len(start.nodes)
    path[:length] = start.nodes
    while path[length - 1] != terrain.target:
        best = -1
        for before, after in steps:
            node = labels[after].node
            if here[before] and (best < 0 or terrain.ranks[node] < terrain.ranks[best]):
                best = node
        path[length] = best
        length += 1
        there = np.zeros(len(labels), np.bool_)
        for before, after in steps:
            if here[before] and labels[after].node == best:
                there[after] = True
        here = there
    return path[:length]


@numba.njit(cache=True, nogil=True)
def _list_steps(terrain: Terrain, labels: Marks, links: Indices, cost: float) -> Indices:
    """Return (steps, 2): from which label to which the walks of the least cost go."""
    waiting, size = np.empty(len(labels), np.int32), 0
    seen = np.zeros(len(labels), np.bool_)
    for label in range(len(labels)):
        if labels[label].node == terrain.target and labels[label].cost == cost:
            seen[label], waiting[size] = True, label
            size += 1
    steps, count = np.empty((64, 2), np.int32), 0
    while size > 0:
        size -= 1
        at = waiting[size]
        link = labels[at].before
        while link >= 0:
            before = links[link, 0]
            if count == len(steps):
                more = np.empty((2 * count, 2), np.int32)
                more[:count] = steps
                steps = more
            steps[count, 0], steps[count, 1] = before, at
            count += 1
            if not seen[before]:
                seen[before], waiting[size] = True, before
                size += 1
            link = links[link, 1]
    return steps[:count]
