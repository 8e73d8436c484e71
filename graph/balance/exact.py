"""Least frustration for certain: every split of a small graph, or binary programming on a larger one."""

from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import numpy as np
from numpy.typing import NDArray

from graph.balance.splits import Numbered, Sides

MOST_ENUMERATED = 16
"""Actors up to which every split is looked at: 32,768 of them."""

_MOST_TRIANGLES = 20_000
_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Bounded:
    """A split, and a weight that no split goes below."""

    lower: int
    sides: Sides


def enumerate_splits(graph: Numbered) -> Bounded:
    """Return the best of all splits, the first of equals. Cost: O(2 ** actors * ties)."""
    actors = len(graph.actors)
    numbers = np.arange(1 << (actors - 1), dtype=np.int64)
    costs = np.zeros(len(numbers), dtype=np.int64)
    for tail, head, weight in zip(graph.tails, graph.heads, graph.weights.tolist(), strict=True):
        is_apart = ((numbers >> int(tail)) ^ (numbers >> int(head))) & 1
        costs += abs(weight) * (is_apart if weight > 0 else 1 - is_apart)
    best = int(np.argmin(costs))
    sides = np.array([-1 if best >> actor & 1 else 1 for actor in range(actors)], dtype=np.int8)
    return Bounded(int(costs[best]), sides)


def solve_program(graph: Numbered, upper: int, time_s: float, most_nodes: int) -> Bounded | None:
    """Return the best split that branch and bound finds, and its bound; None if it finds neither.

    The program is the XOR model of Aref, Mason and Wilson (2020), A modeling and computational study of the
    frustration index in signed networks: a binary for each actor's side, and for each tie one that is 1 if it is
    frustrated; every unbalanced triangle holds at least one. The actor with most ties is put on side 0. Solved by
    HiGHS (Huangfu and Hall 2018), whose bound is trusted to one part in a million.

    Args:
        graph: A connected graph.
        upper: Cost of a split that is known already.
        time_s: Seconds to spend at most.
        most_nodes: Nodes of the search to look at, at most.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 (slow, and small graphs do without)

    actors, ties = len(graph.actors), len(graph.weights)
    scale = int(np.abs(graph.weights).max())
    costs = np.concatenate([np.zeros(actors), np.abs(graph.weights) / scale])
    matrix, floors = _build_constraints(graph)
    highest = np.ones(actors + ties)
    highest[int(np.argmax(np.diff(graph.neighbours.indptr)))] = 0
    found = milp(
        costs,
        integrality=np.concatenate([np.ones(actors), np.zeros(ties)]),
        bounds=Bounds(0, highest),
        constraints=LinearConstraint(matrix, lb=floors),
        options={"time_limit": time_s, "node_limit": most_nodes, "mip_rel_gap": 0.0},
    )
    if found.mip_dual_bound is None or not np.isfinite(found.mip_dual_bound):
        return None
    lower = ceil((found.mip_dual_bound - _SLACK * max(1.0, upper / scale)) * scale)
    sides = np.ones(actors, dtype=np.int8)
    if found.x is not None:
        sides = np.where(np.round(found.x[:actors]) > 0, -1, 1).astype(np.int8)
    return Bounded(max(lower, 0), sides)


def _build_constraints(graph: Numbered) -> tuple[object, NDArray[np.float64]]:
    """Return a sparse matrix over actors and then ties, and the least value of each of its rows."""
    from scipy.sparse import csr_array  # noqa: PLC0415 (as above)

    actors, ties = len(graph.actors), len(graph.weights)
    tails, heads, frustrated = graph.tails, graph.heads, actors + np.arange(ties)
    second = np.where(graph.weights > 0, -1.0, 1.0)
    # Positive: f >= x - y and f >= y - x. Negative: f >= x + y - 1 and f >= 1 - x - y.
    columns = np.concatenate([np.stack([tails, heads, frustrated], axis=1)] * 2)
    ones = np.ones(ties)
    values = np.concatenate(
        [np.stack([-ones, -second, ones], axis=1), np.stack([ones, second, ones], axis=1)]
    )
    floors = np.concatenate([np.where(graph.weights > 0, 0.0, -1.0), np.where(graph.weights > 0, 0.0, 1.0)])
    triangles = _find_unbalanced_triangles(graph)
    columns = np.concatenate([columns, actors + triangles])
    values = np.concatenate([values, np.ones(triangles.shape)])
    floors = np.concatenate([floors, np.ones(len(triangles))])
    rows = np.repeat(np.arange(len(floors)), 3)
    shape = (len(floors), actors + ties)
    return csr_array((values.ravel(), (rows, columns.ravel())), shape=shape), floors


def _find_unbalanced_triangles(graph: Numbered) -> NDArray[np.int64]:
    """Return the ties of unbalanced triangles, (triangles, 3)."""
    indptr, heads, ties = (column.tolist() for column in graph.neighbours)
    known = [dict(zip(heads[start:stop], ties[start:stop], strict=True)) for start, stop in pairwise(indptr)]
    found = []
    for tie, (tail, head) in enumerate(zip(graph.tails.tolist(), graph.heads.tolist(), strict=True)):
        for third in known[tail].keys() & known[head].keys():
            if third > head:
                cycle = (tie, known[tail][third], known[head][third])
                if np.prod(np.sign(graph.weights[list(cycle)])) < 0:
                    found.append(cycle)
    return np.array(sorted(found)[:_MOST_TRIANGLES], dtype=np.int64).reshape(-1, 3)
