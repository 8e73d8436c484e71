"""Claims made into edges, edge by edge: what `graph.snapshot.claim_grouping` does, compiled, to the last bit."""

from typing import Final, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from graph.kernels.torn_pairs import SignedEdges, mark_torn
from graph.snapshot.columns import AFFIRMED, NO_DAY, NONE, POSSIBLE, REJECTED, REVIEWS

Codes = NDArray[np.uint8]
Days = NDArray[np.int32]
Words = NDArray[np.int16]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]

_ACCEPTED: Final = REVIEWS.index("accepted")
_UNREVIEWED: Final = REVIEWS.index("unreviewed")
_LATEST: Final = int(np.iinfo(np.int32).max)


class ToldClaims(NamedTuple):
    """Claims in order of edge, and of id within an edge; (claims,) each, as in `ClaimColumns`."""

    document: Days
    how: Words
    polarity: Codes
    modality: Codes
    review: Codes
    confidence: NDArray[np.float64]
    valid_from: Days
    valid_to: Days


class KnownFacts(NamedTuple):
    """What claims point into.

    Attributes:
        published: (documents,) as in `DocumentColumns`; so are `story` and `voice`.
        symmetric: (kinds, hows + 1) as in `graph.snapshot.claim_sums.Grammar`.
        how_rank: (hows,) each finer value's place in alphabetical order.
        sign: (kinds,) +1, -1 or 0.
    """

    published: Days
    story: Days
    voice: Days
    symmetric: NDArray[np.bool_]
    how_rank: Places
    sign: NDArray[np.int8]


class ClaimFacts(NamedTuple):
    """Claims with what they point at; (claims,) each.

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
    """One row an edge, as in `EdgeColumns` and in its order."""

    source: Days
    target: Days
    kind: Codes
    how: Words
    sign: NDArray[np.int8]
    origin: Codes
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
    dataset: Words
    hows_start: Days
    hows_count: Words
    claims_start: Places
    claims_count: Days


@numba.njit(cache=True, nogil=True)
def add_up_claims(
    key: Places, claims: ToldClaims, known: KnownFacts, nodes: int, kinds: int
) -> tuple[EdgeFacts, Words]:
    """Make the edges of claims.

    Args:
        key: (claims,) `(source * nodes + target) * kinds + kind` of the edge of each, ascending.
        claims: The claims.
        known: What they point into.
        nodes: How many nodes there are.
        kinds: How many relation kinds have codes.

    Returns:
        The edges, and their finer values one edge's after another's, the weightiest first.

    Cost: O(claims), and for each edge the square of its claims that count and of its finer values.
    """
    # Arrays are taken out of their tuples once a pass: taking them out for each edge costs more than adding it up.
    starts = _find_starts(key)
    edges = _make_edges(key, starts, known.sign, nodes, kinds)
    facts = _gather(starts, claims, known, edges.kind)
    counting = _count(starts, facts, edges)
    evidence = _choose_evidence(starts, counting, facts.review, edges.claims)
    _find_days(starts, facts, evidence, edges)
    _combine(starts, counting, facts, edges)
    hows = _rank_hows(starts, facts, evidence, known.how_rank, edges)
    signed = SignedEdges(edges.source, edges.target, edges.sign, edges.counts, edges.symmetric)
    mark_torn(signed, edges.disputed)
    return edges, hows


@numba.njit(cache=True, nogil=True)
def _find_starts(key: Places) -> Places:
    """Return where each run of equal keys begins, and behind them the number of keys."""
    starts, size = np.empty(len(key) + 1, np.int64), 0
    for claim in range(len(key)):
        if claim == 0 or key[claim] != key[claim - 1]:
            starts[size] = claim
            size += 1
    starts[size] = len(key)
    return starts[: size + 1].copy()


@numba.njit(cache=True, nogil=True)
def _make_edges(key: Places, starts: Places, sign: NDArray[np.int8], nodes: int, kinds: int) -> EdgeFacts:
    size = len(starts) - 1
    source, target = np.empty(size, np.int32), np.empty(size, np.int32)
    kind, signs = np.empty(size, np.uint8), np.empty(size, np.int8)
    for edge in range(size):
        pair = key[starts[edge]] // kinds
        kind[edge] = key[starts[edge]] - pair * kinds
        source[edge] = pair // nodes
        target[edge] = pair - source[edge] * nodes
        signs[edge] = sign[kind[edge]]
    return EdgeFacts(
        source,
        target,
        kind,
        np.empty(size, np.int16),
        signs,
        np.zeros(size, np.uint8),
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
        np.full(size, NONE, np.int16),
        np.empty(size, np.int32),
        np.empty(size, np.int16),
        starts[:-1].copy(),
        (starts[1:] - starts[:-1]).astype(np.int32),
    )


@numba.njit(cache=True, nogil=True)
def _gather(starts: Places, claims: ToldClaims, known: KnownFacts, kind: Codes) -> ClaimFacts:
    how, document = claims.how, claims.document
    symmetric = np.empty(len(how), np.bool_)
    published, story = np.empty(len(how), np.int32), np.empty(len(how), np.int32)
    voice = np.empty(len(how), np.int32)
    for edge in range(len(kind)):
        for claim in range(starts[edge], starts[edge + 1]):
            symmetric[claim] = known.symmetric[kind[edge], how[claim]]
    for claim in range(len(how)):
        published[claim] = known.published[document[claim]]
        story[claim], voice[claim] = known.story[document[claim]], known.voice[document[claim]]
    return ClaimFacts(
        claims.polarity,
        claims.modality,
        claims.review,
        how,
        claims.confidence,
        claims.valid_from,
        claims.valid_to,
        symmetric,
        published,
        story,
        voice,
    )


@numba.njit(cache=True, nogil=True)
def _count(starts: Places, facts: ClaimFacts, edges: EdgeFacts) -> Flags:
    """Count what stands and what counts, and return which claims count."""
    review, modality, polarity, symmetric = facts.review, facts.modality, facts.polarity, facts.symmetric
    claims, denials, possibles, rejected = edges.claims, edges.denials, edges.possibles, edges.rejected
    both_ways, status = edges.symmetric, edges.review
    is_counting = np.zeros(len(review), np.bool_)
    for edge in range(len(starts) - 1):
        counting, standing, possible, one_way, accepted = 0, 0, 0, 0, 0
        for claim in range(starts[edge], starts[edge + 1]):
            if review[claim] == REJECTED:
                continue
            standing += 1
            if modality[claim] == POSSIBLE:
                possible += 1
            elif polarity[claim] == AFFIRMED:
                is_counting[claim] = True
                counting += 1
                one_way += not symmetric[claim]
                accepted += review[claim] == _ACCEPTED
        claims[edge], possibles[edge] = counting, possible
        denials[edge] = standing - counting - possible
        rejected[edge] = starts[edge + 1] - starts[edge] - standing
        both_ways[edge] = counting > 0 and one_way == 0
        status[edge] = _ACCEPTED if accepted else (_UNREVIEWED if standing else REJECTED)
    edges.counts[:] = claims > 0
    edges.disputed[:] = (claims > 0) & (denials > 0)
    return is_counting


@numba.njit(cache=True, nogil=True)
def _choose_evidence(starts: Places, counting: Flags, review: Codes, claims: Days) -> Flags:
    """Say which claims bear on an edge: those that count; where none does, those that stand."""
    evidence = counting.copy()
    for edge in range(len(starts) - 1):
        if claims[edge] == 0:
            for claim in range(starts[edge], starts[edge + 1]):
                evidence[claim] = review[claim] != REJECTED
    return evidence


@numba.njit(cache=True, nogil=True)
def _find_days(starts: Places, facts: ClaimFacts, evidence: Flags, edges: EdgeFacts) -> None:
    published, begins, ends = facts.published, facts.valid_from, facts.valid_to
    firsts, lasts, sinces, untils = edges.first, edges.last, edges.valid_from, edges.valid_to
    for edge in range(len(starts) - 1):
        first, last, since, until, is_open = _LATEST, NO_DAY, _LATEST, NO_DAY, False
        for claim in range(starts[edge], starts[edge + 1]):
            if not evidence[claim]:
                continue
            if published[claim] != NO_DAY:
                first, last = min(first, published[claim]), max(last, published[claim])
            if begins[claim] != NO_DAY:
                since = min(since, begins[claim])
                is_open |= ends[claim] == NO_DAY
            until = max(until, ends[claim])
        firsts[edge], lasts[edge] = NO_DAY if first == _LATEST else first, last
        sinces[edge] = NO_DAY if since == _LATEST else since
        untils[edge] = NO_DAY if is_open else until


@numba.njit(cache=True, nogil=True)
def _combine(starts: Places, counting: Flags, facts: ClaimFacts, edges: EdgeFacts) -> None:
    """Count independent sources and combine their best claims: 1 minus the product of (1 - c)."""
    confidence, story, voice = facts.confidence, facts.story, facts.voice
    claims, sources, combined = edges.claims, edges.sources, edges.confidence
    for edge in range(len(starts) - 1):
        if claims[edge] == 1:
            for claim in range(starts[edge], starts[edge + 1]):
                if counting[claim]:
                    sources[edge], combined[edge] = 1, _round(1.0 - confidence[claim])
        elif claims[edge] > 1:
            at = starts[edge] + np.flatnonzero(counting[starts[edge] : starts[edge + 1]])
            doubts = _find_doubts(confidence[at], story[at], voice[at])
            left = 1.0
            for place in range(len(doubts) - 1, -1, -1):
                left *= doubts[place]
            sources[edge], combined[edge] = len(doubts), _round(left)


@numba.njit(cache=True, nogil=True)
def _round(doubt: float) -> float:
    return float(max(np.rint((1.0 - doubt) * 1e12) / 1e12, 1e-12))


@numba.njit(cache=True, nogil=True)
def _find_doubts(confidence: NDArray[np.float64], story: Days, voice: Days) -> NDArray[np.float64]:
    """Return 1 - c of the surest claim of each independent source, ascending.

    Claims are of one source that share a story or an outlet, over any chain of such.
    """
    labels = np.arange(len(story))
    for later in range(1, len(story)):
        for earlier in range(later):
            same_voice = voice[earlier] != NONE and voice[earlier] == voice[later]
            if same_voice or story[earlier] == story[later]:
                kept, joined = labels[earlier], labels[later]
                labels[labels == joined] = kept
    least = np.full(len(story), 2.0)
    for place in range(len(story)):
        least[labels[place]] = min(least[labels[place]], 1.0 - confidence[place])
    return np.sort(least[least < 2.0])


@numba.njit(cache=True, nogil=True)
def _rank_hows(
    starts: Places, facts: ClaimFacts, evidence: Flags, how_rank: Places, edges: EdgeFacts
) -> Words:
    """Return the finer values of each edge by summed confidence, then by name; all its claims' where none stands."""
    how, confidence, claims, rejected = facts.how, facts.confidence, edges.claims, edges.rejected
    first, begins, counts, size = edges.how, edges.hows_start, edges.hows_count, 0
    hows, weights = np.empty(len(how), np.int16), np.empty(len(how), np.float64)
    for edge in range(len(starts) - 1):
        start, stop, begin = starts[edge], starts[edge + 1], size
        none_stands = claims[edge] == 0 and rejected[edge] == stop - start
        for claim in range(start, stop):
            if how[claim] == NONE or not (evidence[claim] or none_stands):
                continue
            place = begin
            while place < size and hows[place] != how[claim]:
                place += 1
            if place == size:
                hows[size], weights[size] = how[claim], 0.0
                size += 1
            weights[place] += confidence[claim]
        _sort(hows[begin:size], weights[begin:size], how_rank)
        begins[edge], counts[edge] = begin, size - begin
        first[edge] = hows[begin] if size > begin else NONE
    return hows[:size]


@numba.njit(cache=True, nogil=True)
def _sort(hows: Words, weights: NDArray[np.float64], how_rank: Places) -> None:
    for place in range(1, len(hows)):
        low = place
        while low > 0 and _is_before(low, low - 1, weights, hows, how_rank):
            hows[low], hows[low - 1] = hows[low - 1], hows[low]
            weights[low], weights[low - 1] = weights[low - 1], weights[low]
            low -= 1


@numba.njit(cache=True, nogil=True)
def _is_before(one: int, other: int, weights: NDArray[np.float64], found: Words, how_rank: Places) -> bool:
    mine, theirs = np.rint(weights[one] * 1e9), np.rint(weights[other] * 1e9)
    return bool(mine > theirs or (mine == theirs and how_rank[found[one]] < how_rank[found[other]]))
