"""Which of several best walks: what a search for them remembers, and the one that comes first by its nodes."""

from typing import Any, Final

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Indices
from graph.kernels.scratch import Marks
from graph.kernels.terrain import Terrain

LABEL: Final = np.dtype(
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
_NO_LABELS: Final = np.empty(0, LABEL)
_NO_LINKS: Final = np.empty((0, 2), np.int32)


@numba.njit(cache=True, nogil=True)
def make_labels(room: int, old: NDArray[Any] = _NO_LABELS) -> Marks:
    """Return (room,) labels, of which the first are the old ones."""
    labels = np.empty(room, LABEL)
    labels[: len(old)] = old
    return labels


@numba.njit(cache=True, nogil=True)
def make_links(room: int, old: Indices = _NO_LINKS) -> Indices:
    """Return (room, 2) links, of which the first are the old ones."""
    links = np.empty((room, 2), np.int32)
    links[: len(old)] = old
    return links


@numba.njit(cache=True, nogil=True)
def choose_walk(terrain: Terrain, beginning: Indices, labels: Marks, links: Indices, cost: float) -> Indices:
    """Return, of all walks of the least cost, the nodes of the one that comes first by rank, node by node.

    Args:
        terrain: The question.
        beginning: (1 or more,), the nodes that all walks begin with.
        labels: All that were made.
        links: From which label to which walks go on: (label, the next link of the same), chained from `before`.
        cost: The least.
    """
    steps = _list_steps(terrain, labels, links, cost)
    here = np.zeros(len(labels), np.bool_)
    for label in range(len(labels)):
        here[label] = labels[label].before < 0 and labels[label].hops == len(beginning) - 1
    path = np.empty(min(terrain.max_hops, len(terrain.ranks)) + 1, np.int32)
    length = len(beginning)
    path[:length] = beginning
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
    steps, count = make_links(64), 0
    while size > 0:
        size -= 1
        at = waiting[size]
        link = labels[at].before
        while link >= 0:
            before = links[link, 0]
            steps = make_links(2 * count, steps) if count == len(steps) else steps
            steps[count, 0], steps[count, 1] = before, at
            count += 1
            if not seen[before]:
                seen[before], waiting[size] = True, before
                size += 1
            link = links[link, 1]
    return steps[:count]
