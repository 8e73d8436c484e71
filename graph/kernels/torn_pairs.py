"""Pairs of nodes that both a support and an opposition join: `graph.snapshot.claim_sums.find_torn` compiled."""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]


class SignedEdges(NamedTuple):
    """One row an edge, as in `EdgeColumns`, in order of source and target."""

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    sign: NDArray[np.int8]
    counts: Codes
    symmetric: Codes


@numba.njit(cache=True, nogil=True)
def mark_torn(edges: SignedEdges, disputed: Codes) -> None:
    """Set to 1 the flag of each edge that counts and joins a pair that edges of both signs join, each counting.

    A symmetric edge joins its ends in both orders. Cost: O(edges log edges), where there are both signs.
    """
    supports, opposes = False, False
    for edge in range(len(edges.sign)):
        if edges.counts[edge] != 0:
            supports |= edges.sign[edge] > 0
            opposes |= edges.sign[edge] < 0
    if not (supports and opposes):
        return
    for edge in range(len(edges.sign)):
        if edges.counts[edge] == 0 or edges.sign[edge] == 0:
            continue
        source, target = edges.source[edge], edges.target[edge]
        is_torn = _is_torn(edges, source, target)
        if is_torn or (edges.symmetric[edge] != 0 and _is_torn(edges, target, source)):
            disputed[edge] = 1


@numba.njit(cache=True, nogil=True)
def _is_torn(edges: SignedEdges, tail: int, head: int) -> bool:
    """Say whether both signs lead from one node to another, along edges or back along symmetric ones."""
    supports, opposes = _find_signs(edges, tail, head, 0)
    back_supports, back_opposes = _find_signs(edges, head, tail, 1)
    return bool((supports or back_supports) and (opposes or back_opposes))


@numba.njit(cache=True, nogil=True)
def _find_signs(edges: SignedEdges, tail: int, head: int, least: int) -> tuple[bool, bool]:
    """Say whether edges between two nodes support, and whether they oppose: all, or with 1 for least the symmetric ones."""
    low, high = 0, len(edges.source)
    while low < high:
        middle = (low + high) >> 1
        source = edges.source[middle]
        if source < tail or (source == tail and edges.target[middle] < head):
            low = middle + 1
        else:
            high = middle
    supports, opposes = False, False
    while low < len(edges.source) and edges.source[low] == tail and edges.target[low] == head:
        if edges.counts[low] != 0 and edges.symmetric[low] >= least:
            supports |= edges.sign[low] > 0
            opposes |= edges.sign[low] < 0
        low += 1
    return supports, opposes
