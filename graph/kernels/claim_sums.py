"""What the claims of each edge add up to, edge by edge: `graph.snapshot.claim_sums.sum_up` compiled, to the last bit."""

from typing import Final, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from graph.snapshot.columns import AFFIRMED, NO_DAY, NONE, POSSIBLE, REJECTED, REVIEWS

Codes = NDArray[np.uint8]
Days = NDArray[np.int32]
Words = NDArray[np.int16]
Places = NDArray[np.int64]

_ACCEPTED: Final = REVIEWS.index("accepted")
_UNREVIEWED: Final = REVIEWS.index("unreviewed")
_LATEST: Final = int(np.iinfo(np.int32).max)


class ClaimFacts(NamedTuple):
    """Claims in order of edge, and of id within an edge; (claims,) each, as in `ClaimColumns`.

    Attributes:
        symmetric: Whether it reads the same from both ends.
        published: Its document's day.
        story: Its document's.
        voice: Of its document's outlet, -1 for none.
    """

    polarity: Codes
    modality: Codes
    review: Codes
    how: Words
    confidence: NDArray[np.float64]
    valid_from: Days
    valid_to: Days
    symmetric: NDArray[np.bool_]
    published: Days
    story: Days
    voice: Days


class EdgeFacts(NamedTuple):
    """One row an edge, as in `graph.snapshot.claim_sums.EdgeSums`."""

    how: Words
    counts: Codes
    disputed: Codes
    symmetric: Codes
    review: Codes
    claims: Days
    denials: Days
    possibles: Days
    rejected: Days
    sources: Days
    confidence: NDArray[np.float64]
    first: Days
    last: Days
    valid_from: Days
    valid_to: Days
    hows_count: Words
    claims_count: Days


@numba.njit(cache=True, nogil=True)
def add_up_claims(starts: Places, facts: ClaimFacts, how_rank: Places) -> tuple[EdgeFacts, Words]:
    """Add up the claims of each edge.

    Args:
        starts: (edges + 1,) where each edge's claims begin; the last is their number.
        facts: The claims.
        how_rank: (hows,) each finer value's place in alphabetical order.

    Returns:
        The edges, and their finer values one edge's after another's, the weightiest first.

    Cost: O(claims), and for each edge the square of its claims that count and of its finer values.
    """
    edges = _make_edges(len(starts) - 1)
    hows, size = np.empty(len(facts.how), np.int16), 0
    evidence = np.zeros(len(facts.how), np.bool_)
    for edge in range(len(starts) - 1):
        start, stop = starts[edge], starts[edge + 1]
        _count(edge, start, stop, facts, edges)
        for claim in range(start, stop):
            standing = facts.review[claim] != REJECTED
            evidence[claim] = _is_counting(facts, claim) if edges.counts[edge] else standing
        _find_days(edge, start, stop, facts, evidence, edges)
        if edges.claims[edge] > 0:
            _combine(edge, start, stop, facts, edges)
        if not (edges.counts[edge] or edges.rejected[edge] < stop - start):
            evidence[start:stop] = True
        found = _rank_hows(start, stop, facts, evidence, how_rank, hows[size:])
        edges.hows_count[edge] = found
        edges.how[edge] = hows[size] if found else NONE
        size += found
    return edges, hows[:size]


@numba.njit(cache=True, nogil=True)
def _make_edges(size: int) -> EdgeFacts:
    return EdgeFacts(
        np.empty(size, np.int16),
        np.empty(size, np.uint8),
        np.empty(size, np.uint8),
        np.empty(size, np.uint8),
        np.empty(size, np.uint8),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.zeros(size, np.int32),
        np.zeros(size, np.float64),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int32),
        np.empty(size, np.int16),
        np.empty(size, np.int32),
    )


@numba.njit(cache=True, nogil=True)
def _is_counting(facts: ClaimFacts, claim: int) -> bool:
    return bool(
        facts.review[claim] != REJECTED
        and facts.modality[claim] != POSSIBLE
        and facts.polarity[claim] == AFFIRMED
    )


@numba.njit(cache=True, nogil=True)
def _count(edge: int, start: int, stop: int, facts: ClaimFacts, edges: EdgeFacts) -> None:
    counting, standing, possible, one_way, accepted = 0, 0, 0, 0, 0
    for claim in range(start, stop):
        if facts.review[claim] == REJECTED:
            continue
        standing += 1
        possible += facts.modality[claim] == POSSIBLE
        if _is_counting(facts, claim):
            counting += 1
            one_way += not facts.symmetric[claim]
            accepted += facts.review[claim] == _ACCEPTED
    edges.claims[edge] = counting
    edges.denials[edge] = standing - counting - possible
    edges.possibles[edge] = possible
    edges.rejected[edge] = stop - start - standing
    edges.claims_count[edge] = stop - start
    edges.counts[edge] = counting > 0
    edges.disputed[edge] = counting > 0 and edges.denials[edge] > 0
    edges.symmetric[edge] = counting > 0 and one_way == 0
    edges.review[edge] = _ACCEPTED if accepted else (_UNREVIEWED if standing else REJECTED)


@numba.njit(cache=True, nogil=True)
def _find_days(
    edge: int, start: int, stop: int, facts: ClaimFacts, evidence: NDArray[np.bool_], edges: EdgeFacts
) -> None:
    first, last, since, until, is_open = _LATEST, NO_DAY, _LATEST, NO_DAY, False
    for claim in range(start, stop):
        if not evidence[claim]:
            continue
        day = facts.published[claim]
        if day != NO_DAY:
            first, last = min(first, day), max(last, day)
        if facts.valid_from[claim] != NO_DAY:
            since = min(since, facts.valid_from[claim])
            is_open |= facts.valid_to[claim] == NO_DAY
        until = max(until, facts.valid_to[claim])
    edges.first[edge] = NO_DAY if first == _LATEST else first
    edges.last[edge] = last
    edges.valid_from[edge] = NO_DAY if since == _LATEST else since
    edges.valid_to[edge] = NO_DAY if is_open else until


@numba.njit(cache=True, nogil=True)
def _combine(edge: int, start: int, stop: int, facts: ClaimFacts, edges: EdgeFacts) -> None:
    """Count independent sources and combine their best claims: 1 minus the product of (1 - c)."""
    at, size = np.empty(edges.claims[edge], np.int64), 0
    for claim in range(start, stop):
        if _is_counting(facts, claim):
            at[size] = claim
            size += 1
    labels = _tie(at, facts)
    # The surest claim of each group stands for it; the others count as no source.
    least = np.full(size, 2.0)
    for place in range(size):
        least[labels[place]] = min(least[labels[place]], 1.0 - facts.confidence[at[place]])
    doubts = np.sort(least[least < 2.0])
    left = 1.0
    for place in range(len(doubts) - 1, -1, -1):
        left *= doubts[place]
    edges.sources[edge] = len(doubts)
    edges.confidence[edge] = max(np.rint((1.0 - left) * 1e12) / 1e12, 1e-12)


@numba.njit(cache=True, nogil=True)
def _tie(at: Places, facts: ClaimFacts) -> Places:
    """Label claims alike that share a story or an outlet, over any chain of such."""
    labels = np.arange(len(at))
    for later in range(1, len(at)):
        for earlier in range(later):
            one, other = at[earlier], at[later]
            voice = facts.voice[one]
            if facts.story[one] == facts.story[other] or (voice != NONE and voice == facts.voice[other]):
                kept, joined = labels[earlier], labels[later]
                if kept != joined:
                    for place in range(later + 1):
                        if labels[place] == joined:
                            labels[place] = kept
    return labels


@numba.njit(cache=True, nogil=True)
def _rank_hows(
    start: int, stop: int, facts: ClaimFacts, evidence: NDArray[np.bool_], how_rank: Places, found: Words
) -> int:
    """Put the finer values of some claims into an array, by summed confidence, then by name; return how many."""
    size = 0
    for claim in range(start, stop):
        if evidence[claim] and facts.how[claim] != NONE and facts.how[claim] not in found[:size]:
            found[size] = facts.how[claim]
            size += 1
    if size < 2:
        return size
    weights = np.zeros(size)
    for place in range(size):
        for claim in range(start, stop):
            if evidence[claim] and facts.how[claim] == found[place]:
                weights[place] += facts.confidence[claim]
    for place in range(1, size):
        low = place
        while low > 0 and _is_before(low, low - 1, weights, found, how_rank):
            found[low], found[low - 1] = found[low - 1], found[low]
            weights[low], weights[low - 1] = weights[low - 1], weights[low]
            low -= 1
    return size


@numba.njit(cache=True, nogil=True)
def _is_before(one: int, other: int, weights: NDArray[np.float64], found: Words, how_rank: Places) -> bool:
    mine, theirs = np.rint(weights[one] * 1e9), np.rint(weights[other] * 1e9)
    return bool(mine > theirs or (mine == theirs and how_rank[found[one]] < how_rank[found[other]]))
