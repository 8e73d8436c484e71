"""What all claims of each edge add up to, for all edges at once: `graph.edges.build_edge` over columns.

Both give the same to the last bit. Sums run in order of claim id, products in order of confidence, and both are
rounded the same way.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.ontology import Ontology, get_ontology
from graph.snapshot.columns import (
    AFFIRMED,
    NO_DAY,
    NONE,
    POSSIBLE,
    REJECTED,
    REVIEWS,
    ClaimColumns,
    DocumentColumns,
    Float64,
    Int16,
    Int32,
    Int64,
    Mask,
    WordList,
)

Bools = NDArray[np.bool_]

_ACCEPTED = REVIEWS.index("accepted")
_UNREVIEWED = REVIEWS.index("unreviewed")
_LATEST = int(np.iinfo(np.int32).max)


@dataclass(frozen=True, slots=True, eq=False)
class EdgeSums:
    """One row an edge, as in `EdgeColumns`; `disputed` here means denied.

    Attributes:
        hows: Finer values of all edges, one edge's after another's, the weightiest first.
        hows_count: How many of them are each edge's.
        claims_count: How many claims went into each.
    """

    how: Int16
    counts: Mask
    disputed: Mask
    symmetric: Mask
    review: Mask
    claims: Int32
    denials: Int32
    possibles: Int32
    rejected: Int32
    sources: Int32
    confidence: Float64
    first: Int32
    last: Int32
    valid_from: Int32
    valid_to: Int32
    hows_count: Int16
    claims_count: Int32
    hows: Int16


class Grammar(NamedTuple):
    """What the ontology says of codes.

    Attributes:
        symmetric: (kinds, hows + 1) whether they read the same from both ends; the last column is for no finer value.
        how_rank: (hows,) each finer value's place in alphabetical order.
    """

    symmetric: Bools
    how_rank: Int64

    @classmethod
    def of(cls, kinds: WordList, hows: WordList, ontology: Ontology) -> "Grammar":
        """Look the codes up in the ontology; what was looked up last is kept."""
        words = tuple(kinds.words), tuple(hows.words)
        if ontology is get_ontology():
            return _look_up_ours(*words)
        return _look_up(*words, ontology)


@lru_cache(maxsize=4)
def _look_up_ours(kinds: tuple[str, ...], hows: tuple[str, ...]) -> Grammar:
    return _look_up(kinds, hows, get_ontology())


def _look_up(kinds: tuple[str, ...], hows: tuple[str, ...], ontology: Ontology) -> Grammar:
    symmetric = np.zeros((max(len(kinds), 1), len(hows) + 1), np.bool_)
    for kind_code, kind in enumerate(kinds):
        for how_code, how in enumerate(hows):
            symmetric[kind_code, how_code] = ontology.is_symmetric(kind, how)
    rank = np.empty(len(hows), np.int64)
    rank[sorted(range(len(hows)), key=hows.__getitem__)] = np.arange(len(hows))
    for array in (symmetric, rank):
        array.flags.writeable = False
    return Grammar(symmetric, rank)


def sum_up(
    edge: Int64,
    kind: Mask,
    claims: ClaimColumns,
    documents: DocumentColumns,
    grammar: Grammar,
) -> EdgeSums:
    """Add up claims to edges.

    Args:
        edge: (claims,) which edge each is of, ascending; every run of equal numbers is one row of the answer.
        kind: (claims,) code of its relation kind.
        claims: In order of claim id within an edge.
        documents: What `claims.document` points into.
        grammar: Of the codes in use.

    Cost: O(claims log claims); about 0.5 microseconds a claim.
    """
    starts = find_runs(edge)
    sizes = np.diff(starts, append=len(edge))
    row = np.repeat(np.arange(len(starts)), sizes)
    standing = claims.review != REJECTED
    possible = standing & (claims.modality == POSSIBLE)
    counting = standing & ~possible & (claims.polarity == AFFIRMED)
    n_counting, n_standing, n_possible = (_count(mask, starts) for mask in (counting, standing, possible))
    counts = n_counting > 0
    evidence = np.where(counts[row], counting, standing)
    one_way = counting & ~grammar.symmetric[kind, claims.how]
    first, last, valid_from, valid_to = _span(evidence, claims, documents, starts)
    sources, confidence = _combine(counting, row, claims, documents, n_counting)
    hows, hows_count = _rank_hows(evidence, row, claims, n_standing > 0, grammar)
    hows_start = np.cumsum(hows_count) - hows_count
    how = np.full(len(starts), NONE, np.int16)
    how[hows_count > 0] = hows[hows_start[hows_count > 0]]
    denials = n_standing - n_counting - n_possible
    accepted = _count(counting & (claims.review == _ACCEPTED), starts) > 0
    return EdgeSums(
        how=how,
        counts=counts.astype(np.uint8),
        disputed=(counts & (denials > 0)).astype(np.uint8),
        symmetric=(counts & (_count(one_way, starts) == 0)).astype(np.uint8),
        review=np.where(accepted, _ACCEPTED, np.where(n_standing > 0, _UNREVIEWED, REJECTED)).astype(
            np.uint8
        ),
        claims=n_counting,
        denials=denials,
        possibles=n_possible,
        rejected=(sizes - n_standing).astype(np.int32),
        sources=sources,
        confidence=confidence,
        first=first,
        last=last,
        valid_from=valid_from,
        valid_to=valid_to,
        hows_count=hows_count.astype(np.int16),
        claims_count=sizes.astype(np.int32),
        hows=hows,
    )


def find_runs(values: NDArray[np.integer]) -> Int64:
    """Return where each run of equal values begins. Cost: O(values)."""
    is_first = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=is_first[1:])
    return np.flatnonzero(is_first)


def _count(mask: Bools, starts: Int64) -> Int32:
    return np.add.reduceat(mask, starts, dtype=np.int32) if len(starts) else np.zeros(0, np.int32)


def _find_ends(mask: Bools, days: Int32, starts: Int64) -> tuple[Int32, Int32]:
    """Return the earliest and the latest day of each run among those masked."""
    used = mask & (days != NO_DAY)
    if not len(starts):
        return np.zeros(0, np.int32), np.zeros(0, np.int32)
    first = np.minimum.reduceat(np.where(used, days, np.int32(_LATEST)), starts)
    first[first == _LATEST] = NO_DAY
    return first, np.maximum.reduceat(np.where(used, days, np.int32(NO_DAY)), starts)


def _span(
    evidence: Bools, claims: ClaimColumns, documents: DocumentColumns, starts: Int64
) -> tuple[Int32, Int32, Int32, Int32]:
    first, last = _find_ends(evidence, documents.published[claims.document], starts)
    valid_from, _ = _find_ends(evidence, claims.valid_from, starts)
    _, valid_to = _find_ends(evidence, claims.valid_to, starts)
    is_open = evidence & (claims.valid_from != NO_DAY) & (claims.valid_to == NO_DAY)
    valid_to[_count(is_open, starts) > 0] = NO_DAY
    return first, last, valid_from, valid_to


def _combine(
    counting: Bools, row: Int64, claims: ClaimColumns, documents: DocumentColumns, counted: Int32
) -> tuple[Int32, Float64]:
    """Count independent sources and combine their best claims: 1 minus the product of (1 - c)."""
    at = np.flatnonzero(counting)
    edge, doubt = row[at], 1.0 - claims.confidence[at]
    many = counted[edge] > 1
    sources = (counted > 0).astype(np.int32)
    left = np.ones(len(counted))
    left[edge[~many]] = doubt[~many]
    if many.any():
        edge, doubt = edge[many], doubt[many]
        document = claims.document[at[many]]
        group = _tie(edge, documents.story[document], documents.voice[document])
        order = np.lexsort((doubt, group))
        group = group[order]
        # The surest claim of each independent group comes first in it.
        best = order[find_runs(group)]
        best = best[np.lexsort((-doubt[best], edge[best]))]
        edge, doubt = edge[best], doubt[best]
        starts = find_runs(edge)
        left[edge[starts]] = np.multiply.reduceat(doubt, starts)
        sources[edge[starts]] = np.diff(starts, append=len(edge))
    confidence = np.where(counted > 0, np.maximum(np.rint((1.0 - left) * 1e12) / 1e12, 1e-12), 0.0)
    return sources, confidence


def _tie(edge: Int64, story: Int32, voice: Int32) -> Int64:
    """Group claims of one edge that share a story or an outlet, over any chain of such; returns a label of each."""
    by_story = _number(edge, story)
    heard = np.flatnonzero(voice != NONE)
    by_voice = _number(edge[heard], voice[heard])
    labels = np.arange(len(edge))
    while True:
        before = labels
        lowest = np.full(len(edge), len(edge))
        np.minimum.at(lowest, by_story, labels)
        labels = lowest[by_story]
        if len(heard):
            lowest = np.full(len(edge), len(edge))
            np.minimum.at(lowest, by_voice, labels[heard])
            labels[heard] = lowest[by_voice]
        # A label is a claim of the same group: following it once more halves the chains that are left.
        labels = np.minimum(labels, labels[labels])
        if np.array_equal(labels, before):
            return labels


def _number(edge: Int64, word: Int32) -> Int64:
    """Number the pairs of edge and word."""
    if not len(edge):
        return edge
    pair = edge * (int(word.max()) + 1) + word
    numbers: Int64 = np.unique(pair, return_inverse=True)[1].reshape(-1)
    return numbers


def _rank_hows(
    evidence: Bools, row: Int64, claims: ClaimColumns, stands: Bools, grammar: Grammar
) -> tuple[Int16, Int64]:
    """Order the finer values of each edge by their claims' summed confidence, then by name.

    Where all claims of an edge are rejected, theirs are taken.
    """
    at = np.flatnonzero((evidence | ~stands[row]) & (claims.how != NONE))
    if not len(at):
        return np.zeros(0, np.int16), np.zeros(len(stands), np.int64)
    words = max(len(grammar.how_rank), 1)
    pairs, place = np.unique(row[at] * words + claims.how[at], return_inverse=True)
    weights = np.bincount(place.reshape(-1), weights=claims.confidence[at], minlength=len(pairs))
    edge, how = pairs // words, pairs % words
    order = np.lexsort((grammar.how_rank[how], -np.rint(weights * 1e9), edge))
    return how[order].astype(np.int16), np.bincount(edge, minlength=len(stands))


class Signed(NamedTuple):
    """What of edges decides whether a pair is torn: one row an edge, as in `EdgeColumns`."""

    source: Int32
    target: Int32
    sign: NDArray[np.int8]
    counts: Mask
    symmetric: Mask


def find_torn_pairs(edges: Signed, nodes: int) -> Int64:
    """Return the ordered pairs `source * nodes + target` that both a support and an opposition join, each counting.

    A symmetric edge has both orders. Cost: O(edges log edges).
    """
    signed = np.flatnonzero((edges.counts != 0) & (edges.sign != 0))
    source, target = edges.source[signed].astype(np.int64), edges.target[signed].astype(np.int64)
    both = edges.symmetric[signed] != 0
    support = edges.sign[signed] > 0
    if support.all() or not support.any():
        return np.zeros(0, np.int64)
    pair, back = source * nodes + target, target * nodes + source
    supported = np.concatenate([pair[support], back[support & both]])
    opposed = np.concatenate([pair[~support], back[~support & both]])
    # Hardly any pair is both, so that sorting those that are takes less time than sorting all.
    return np.unique(supported[np.isin(supported, opposed)])


def find_torn(edges: Signed, nodes: int, pairs: Int64 | None = None) -> NDArray[np.bool_]:
    """Say of each edge whether its pair is torn: among these edges, or, where given, among `pairs`."""
    torn = np.zeros(len(edges.source), np.bool_)
    pairs = find_torn_pairs(edges, nodes) if pairs is None else pairs
    if len(pairs):
        signed = np.flatnonzero((edges.counts != 0) & (edges.sign != 0))
        source, target = edges.source[signed].astype(np.int64), edges.target[signed].astype(np.int64)
        both = edges.symmetric[signed] != 0
        torn[signed] = np.isin(source * nodes + target, pairs) | (
            both & np.isin(target * nodes + source, pairs)
        )
    return torn
