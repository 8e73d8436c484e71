"""Pairs of nodes that both a support and an opposition join: `graph.snapshot.claim_sums.find_torn` compiled."""

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint8]
Places = NDArray[np.int64]
Signs = NDArray[np.int8]


class SignedEdges(NamedTuple):
    """One row an edge, as in `EdgeColumns`, in order of source and target."""

    source: NDArray[np.int32]
    target: NDArray[np.int32]
    sign: Signs
    counts: Codes
    symmetric: Codes


@numba.njit(cache=True, nogil=True)
def mark_torn(edges: SignedEdges, disputed: Codes) -> None:
    """Set to 1 the flag of each edge that counts and joins a pair that edges of both signs join, each counting.

    A symmetric edge joins its ends in both orders. Cost: O(edges log edges), where there are both signs.
    """
    source, target, symmetric = edges.source, edges.target, edges.symmetric
    signs = np.where(edges.counts != 0, np.sign(edges.sign), 0)
    if not ((signs > 0).any() and (signs < 0).any()):
        return
    pairs = (source.astype(np.int64) << 32) | target
    for edge in range(len(signs)):
        if signs[edge] == 0:
            continue
        there, back = pairs[edge], (np.int64(target[edge]) << 32) | source[edge]
        is_torn = _is_torn(pairs, signs, symmetric, there, back)
        if is_torn or (symmetric[edge] != 0 and _is_torn(pairs, signs, symmetric, back, there)):
            disputed[edge] = 1


@numba.njit(cache=True, nogil=True)
def _is_torn(pairs: Places, signs: Signs, symmetric: Codes, there: int, back: int) -> bool:
    """Say whether both signs lead from one node to another, along edges or back along symmetric ones."""
    supports, opposes = False, False
    place = np.searchsorted(pairs, there)
    while place < len(pairs) and pairs[place] == there:
        supports |= signs[place] > 0
        opposes |= signs[place] < 0
        place += 1
    place = np.searchsorted(pairs, back)
    while place < len(pairs) and pairs[place] == back:
        supports |= symmetric[place] != 0 and signs[place] > 0
        opposes |= symmetric[place] != 0 and signs[place] < 0
        place += 1
    return bool(supports and opposes)
