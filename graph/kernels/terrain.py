"""The ground of a question about the best paths, as arrays."""

from typing import Final, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Indices
from graph.csr import Mask

Costs = NDArray[np.float64]
Signs = NDArray[np.int8]

UNSIGNED: Final = 2
"""The final sign of a question that asks for none."""

# A cost is a whole number below 2**53, so that floats add costs exactly, in whatever order.
_UNITS_PER_NAT: Final = 2**24
_HOP: Final = 16
_DOUBT: Final = 256
HOPS_FIRST_HOP: Final = 2.0**44
_HOPS_FIRST_UNREAD: Final = 2.0**40


class Terrain(NamedTuple):
    """What a path may be. All arrays are locked.

    Attributes:
        mask: (edges,), 1 where an edge may be walked; empty for all.
        costs: (edges,), as `build_costs` makes them, or any weights above 0 where hops do not come first.
        hops_first: Whether a path with fewer hops is always the better one.
        signs: (edges,), +1, -1 or 0; empty where the final sign does not matter.
        ranks: (nodes,), the order of nodes in which equally good paths are put.
        open_nodes: (nodes,), 1 for nodes that may be visited; empty for all.
        target: Where paths arrive.
        final_sign: +1 or -1, or `UNSIGNED`.
        max_hops: Longest path, in edges.
    """

    mask: Mask
    costs: Costs
    hops_first: bool
    signs: Signs
    ranks: Indices
    open_nodes: Mask
    target: int
    final_sign: int
    max_hops: int


def build_costs(confidences: NDArray[np.float64], known: Mask) -> Costs:
    """Return what edges cost a path by confidence: doubt first, then the hop, then whether only the gazetteer knows it.

    Doubt is `-log(confidence)` in units of 2**-24, so paths of 12 hops compare exactly as their parts do one by one.

    Args:
        confidences: (edges,), within (0, 1]; others get a cost, but must not be walked.
        known: (edges,), 1 where only the gazetteer knows an edge.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        doubt = np.rint(-np.log(confidences) * _UNITS_PER_NAT)
    np.nan_to_num(doubt, copy=False, nan=0.0, posinf=0.0)
    costs: Costs = doubt * _DOUBT + (_HOP + known)
    return costs


@numba.njit(cache=True, nogil=True, inline="always")
def get_cost(terrain: Terrain, edge: int) -> float:
    """Return what an edge costs in this question."""
    cost: float = terrain.costs[edge]
    if not terrain.hops_first:
        return cost
    whole = np.int64(cost)
    by_hops: float = HOPS_FIRST_HOP + (whole & 15) * _HOPS_FIRST_UNREAD + (whole >> 8)
    return by_hops


@numba.njit(cache=True, nogil=True, inline="always")
def may_visit(terrain: Terrain, node: int) -> bool:
    """Say whether a path may visit a node."""
    return len(terrain.open_nodes) == 0 or terrain.open_nodes[node] != 0


@numba.njit(cache=True, nogil=True, inline="always")
def may_walk(terrain: Terrain, edge: int) -> bool:
    """Say whether a path may walk an edge."""
    return len(terrain.mask) == 0 or terrain.mask[edge] != 0


@numba.njit(cache=True, nogil=True, inline="always")
def get_state(terrain: Terrain, node: int, sign: int) -> int:
    """Return the number of a node together with the net sign of a walk that led there; 0 is a walk without a sign."""
    return node if terrain.final_sign == UNSIGNED else 3 * node + sign + 1


@numba.njit(cache=True, nogil=True, inline="always")
def get_sign_after(terrain: Terrain, so_far: int, edge: int) -> int:
    """Return the net sign of a walk after one more edge."""
    if terrain.final_sign == UNSIGNED:
        return 0
    sign: int = terrain.signs[edge]
    if sign == 0:
        return so_far
    return sign if so_far == 0 else so_far * sign


@numba.njit(cache=True, nogil=True, inline="always")
def can_precede(terrain: Terrain, before: int, after: int, edge: int) -> bool:
    """Say whether a walk of one net sign has another after one more edge."""
    return get_sign_after(terrain, before, edge) == after


def count_states(nodes: int, final_sign: int) -> int:
    """Return how many states there are."""
    return nodes if final_sign == UNSIGNED else 3 * nodes
