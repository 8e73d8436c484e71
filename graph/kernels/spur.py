"""The best walk that starts in a given way: one step of the search for the best paths."""

from typing import Final, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Indices, Walk
from graph.csr import get_span, is_shut
from graph.kernels.bounds import Bounds
from graph.kernels.budget import is_late
from graph.kernels.heap import Items, Keys, make_room, pop, push
from graph.kernels.scratch import Marks
from graph.kernels.spur_choice import choose_walk, make_labels, make_links
from graph.kernels.terrain import (
    HOPS_FIRST_HOP,
    UNSIGNED,
    Terrain,
    get_cost,
    get_sign_after,
    get_state,
    may_visit,
)

FOUND: Final = 1
NONE_THERE: Final = 0
UNFINISHED: Final = -1
LATE: Final = -2

_POPS_BETWEEN_LOOKS: Final = 64
_BLOCKED: Final = -2


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


class Effort(NamedTuple):
    """How long to search.

    Attributes:
        limit: After how many labels to give up, so that bounds can be bettered.
        ceiling: What a walk may cost for now; dearer ones are left for later.
        ends_at: When to stop.
    """

    limit: int
    ceiling: float
    ends_at: int


class _Search(NamedTuple):
    """What is known.

    Attributes:
        labels: Walks to nodes, as `spur_choice.LABEL` has them.
        made: How many there are.
        links: From which label to which walks go on, as chains.
        linked: How many there are.
        keys: What a whole walk through a waiting label costs at least.
        items: The labels that wait.
        size: How many.
        arrived: What the best walk found costs; infinite before there is one.
        beyond: What the walks above the ceiling cost at least; infinite if there are none.
    """

    labels: Marks
    made: int
    links: Indices
    linked: int
    keys: Keys
    items: Items
    size: int
    arrived: float
    beyond: float


@numba.njit(cache=True, nogil=True)
def find_walk(
    walk: Walk, terrain: Terrain, start: Start, bounds: Bounds, heads: Marks, stamp: int, effort: Effort
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
        effort: How long to search.

    Returns:
        `FOUND`, its cost and its nodes, those of the start included; or `UNFINISHED`, what a walk costs at least, and no
        nodes; or `NONE_THERE` or `LATE`.
    """
    nothing = start.nodes[:0].copy()
    search = _begin(terrain, start, bounds, heads, stamp, effort.ceiling)
    pops = 0
    while search.size > 0 and search.keys[0] <= search.arrived:
        if pops % _POPS_BETWEEN_LOOKS == 0 and is_late(effort.ends_at):
            return LATE, np.inf, nothing
        if pops == effort.limit:
            return UNFINISHED, search.keys[0], nothing
        pops += 1
        at, search = search.items[0], _drop_first(search)
        if not _is_over(terrain, start, heads, search, at):
            search = _follow(walk, terrain, start, bounds, heads, stamp, effort.ceiling, search, at)
    if search.arrived < np.inf:
        labels = search.labels[: search.made]
        return FOUND, search.arrived, choose_walk(terrain, start.nodes, labels, search.links, search.arrived)
    return NONE_THERE if search.beyond == np.inf else UNFINISHED, search.beyond, nothing


@numba.njit(cache=True, nogil=True)
def _begin(
    terrain: Terrain, start: Start, bounds: Bounds, heads: Marks, stamp: int, ceiling: float
) -> _Search:
    """Close the nodes of the start, and label its last one."""
    states = 1 if terrain.final_sign == UNSIGNED else 3
    for node in start.nodes:
        for sign in range(states):
            head = heads[node * states + sign]
            head.first, head.stamp = _BLOCKED, stamp
    labels = make_labels(256)
    keys, items = np.empty(256, np.float64), np.empty(256, np.int32)
    size, made, beyond = 0, 0, np.inf
    hops = len(start.nodes) - 1
    spur = start.nodes[hops]
    for sign in range(-1, 2):
        cost = start.costs[sign + 1]
        if cost == np.inf:
            continue
        least = _bound(terrain, bounds, get_state(terrain, spur, sign), cost, hops)
        if least > ceiling:
            beyond = min(beyond, least)
            continue
        labels = _write_label(labels, made, cost, spur, hops, sign, -1)
        size = push(keys, items, size, least, made)
        made += 1
    return _Search(labels, made, make_links(256), 0, keys, items, size, np.inf, beyond)


@numba.njit(cache=True, nogil=True)
def _drop_first(search: _Search) -> _Search:
    labels, made, links, linked, keys, items, size, arrived, beyond = search
    size = pop(keys, items, size)
    return _Search(labels, made, links, linked, keys, items, size, arrived, beyond)


@numba.njit(cache=True, nogil=True)
def _is_over(terrain: Terrain, start: Start, heads: Marks, search: _Search, at: int) -> bool:
    """Say whether no walk need go on from a label."""
    label = search.labels[at]
    if label.hops >= terrain.max_hops or label.node == terrain.target:
        return True
    if label.hops == len(start.nodes) - 1:
        return False
    first = heads[get_state(terrain, label.node, label.sign)].first
    return _is_bettered(search.labels, first, at, _counts_hops(terrain))


@numba.njit(cache=True, nogil=True)
def _follow(  # noqa: PLR0913, PLR0917 (compiled code takes what it needs as arrays)
    walk: Walk,
    terrain: Terrain,
    start: Start,
    bounds: Bounds,
    heads: Marks,
    stamp: int,
    ceiling: float,
    search: _Search,
    at: int,
) -> _Search:
    """Label what lies beyond a label."""
    labels, made, links, linked, keys, items, size, arrived, beyond = search
    counts_hops = _counts_hops(terrain)
    node, hops, cost, sign = labels[at].node, labels[at].hops + 1, labels[at].cost, labels[at].sign
    is_spur = hops == len(start.nodes)
    for adjacency in walk:
        begin, stop = get_span(adjacency, node)
        for arc in range(begin, stop):
            other, edge = adjacency.heads[arc], adjacency.edges[arc]
            if is_shut(adjacency, terrain.mask, arc) or not may_visit(terrain, other):
                continue
            total = cost + get_cost(terrain, edge)
            after = get_sign_after(terrain, sign, edge)
            if total > arrived or (other == terrain.target and not _is_final(terrain, after)):
                continue
            state = get_state(terrain, other, after)
            known = heads[state].first if heads[state].stamp == stamp else -1
            if known == _BLOCKED or (is_spur and _has(start.banned, other)):
                continue
            least = _bound(terrain, bounds, state, total, hops)
            if least > ceiling:
                beyond = min(beyond, least)
            if least > min(ceiling, arrived):
                continue
            found = _find_label(labels, known, total, hops, counts_hops)
            if found == _BLOCKED:
                continue
            if found < 0:
                found = made
                labels = _write_label(labels, made, total, other, hops, after, known)
                heads[state].first, heads[state].stamp = made, stamp
                made += 1
                keys, items = make_room(keys, items, size)
                size = push(keys, items, size, least, found)
                arrived = min(arrived, total) if other == terrain.target else arrived
            links = make_links(2 * linked, links) if linked == len(links) else links
            links[linked, 0], links[linked, 1] = at, labels[found].before
            labels[found].before = linked
            linked += 1
    return _Search(labels, made, links, linked, keys, items, size, arrived, beyond)


@numba.njit(cache=True, nogil=True)
def _write_label(labels: Marks, place: int, cost: float, node: int, hops: int, sign: int, same: int) -> Marks:
    labels = make_labels(2 * place, labels) if place == len(labels) else labels
    label = labels[place]
    label.cost, label.node, label.hops, label.sign = cost, node, hops, sign
    label.same, label.before = same, -1
    return labels


@numba.njit(cache=True, nogil=True, inline="always")
def _is_final(terrain: Terrain, sign: int) -> bool:
    return terrain.final_sign == UNSIGNED or terrain.final_sign == sign  # noqa: PLR1714 (compiled)


@numba.njit(cache=True, nogil=True, inline="always")
def _counts_hops(terrain: Terrain) -> bool:
    """Say whether a path can have too many hops; else the cheapest way to a node is the only one worth following."""
    return terrain.final_sign != UNSIGNED or terrain.max_hops < len(terrain.ranks) - 1


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
def _find_label(labels: Marks, first: int, cost: float, hops: int, counts_hops: bool) -> int:
    """Return the label that says the same; `_BLOCKED` if one is no worse in both; -1 if there is neither."""
    at = first
    while at >= 0:
        label = labels[at]
        if label.cost == cost and (label.hops == hops or not counts_hops):
            return at
        if label.cost <= cost and (label.hops <= hops or not counts_hops):
            return _BLOCKED
        at = label.same
    return -1


@numba.njit(cache=True, nogil=True)
def _is_bettered(labels: Marks, first: int, label: int, counts_hops: bool) -> bool:
    """Say whether another label of the state is no worse in both cost and hops."""
    at = first
    while at >= 0:
        is_cheap = at != label and labels[at].cost <= labels[label].cost
        if is_cheap and (not counts_hops or labels[at].hops <= labels[label].hops):
            return True
        at = labels[at].same
    return False
