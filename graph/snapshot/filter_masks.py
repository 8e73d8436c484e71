"""A filter over columns: which claims and edges it leaves, all at once.

The rules are those of `graph.filters.keeps_claim` and `keeps_edge`, which judge one row at a time.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.filters import EdgeFilter, prepare_filter
from graph.ontology import get_ontology
from graph.snapshot.claim_grouping import build_edges
from graph.snapshot.claim_sums import Grammar, Signed, find_torn, find_torn_pairs, sum_up
from graph.snapshot.columns import (
    GAZETTEER,
    NO_DAY,
    NONE,
    ORIGINS,
    PAST,
    REVIEWS,
    EdgeColumns,
    Float64,
    Int32,
    Int64,
    Mask,
    WordList,
    take_rows,
)
from graph.snapshot.edge_records import NewSums, list_claims
from graph.snapshot.graph_columns import GraphColumns
from graph.snapshot.spare_edges import regroup

Bools = NDArray[np.bool_]
Array = TypeVar("Array", bound=np.generic)


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """What a filter leaves of a graph, as masks over its columns; locked.

    Attributes:
        nodes: (nodes,), 1 for nodes of the types asked for; if the filter selects edges, only those at an edge left.
        edges: (edges,), 1 for edges left, those that do not count included where evidence is asked for.
        allowed: (edges,), 1 for edges that may be walked: left, counting, and not from a node to itself.
        confidences: (edges,), within [0, 1]; what edges that are left add up to.
        symmetric: (edges,), 1 for edges that are walked both ways whatever the direction asked.
        sums: The edges added up anew; None where the filter selects no claims.
    """

    nodes: Mask
    edges: Mask
    allowed: Mask
    confidences: Float64
    symmetric: Mask
    sums: NewSums | None

    @property
    def nbytes(self) -> int:
        """How much memory it takes beside the graph's own."""
        own = self.nodes.nbytes + self.edges.nbytes + self.allowed.nbytes
        if self.sums is None:
            return own
        return own + self.confidences.nbytes + self.symmetric.nbytes + 80 * len(self.sums.numbers)


def select(columns: GraphColumns, where: EdgeFilter) -> Selection:
    """Apply a filter.

    Cost: O(nodes + edges), some 10 nanoseconds an edge; and O(claims log claims), some 0.5 microseconds each, if it
    selects claims.
    """
    edges = columns.edges
    counts, disputed = edges.counts, edges.disputed
    confidences, symmetric = edges.confidence, edges.symmetric
    left = columns.alive != 0
    sums = None
    if where.selects_claims:
        sums = sum_up_anew(columns, where)
        is_known = edges.origin == GAZETTEER
        has_claims = np.zeros(len(left), np.bool_)
        has_claims[sums.numbers] = True
        # Spare rows have claims in views alone.
        left = (left & is_known) | has_claims
        counts, disputed = _scatter(edges.counts, sums, "counts"), _scatter(edges.disputed, sums, "disputed")
        confidences = _scatter(edges.confidence, sums, "confidence")
        symmetric = _scatter(edges.symmetric, sums, "symmetric")
    left &= _keep_edges(columns, where, counts, disputed, confidences)
    if where.known_by is not None:
        # Geography is timeless, but nobody asks about a place before it is named.
        known = columns.first_days <= where.known_by.toordinal()
        left &= (edges.origin != GAZETTEER) | (known[edges.source] & known[edges.target])
    nodes = np.ones(columns.node_count, np.bool_)
    if where.types:
        nodes = _keep_codes(columns.nodes.types, columns.nodes.type_words, where.types)
        left &= nodes[edges.source] & nodes[edges.target]
    if columns.nodes.gone:
        nodes[list(columns.nodes.gone)] = False
    if where.selects_edges:
        nodes = np.zeros(columns.node_count, np.bool_)
        nodes[edges.source[left]] = True
        nodes[edges.target[left]] = True
    allowed = left & (edges.source != edges.target)
    if where.evidence:
        allowed &= counts != 0
    return Selection(
        _lock(nodes.view(np.uint8)),
        _lock(left.view(np.uint8)),
        _lock(allowed.view(np.uint8)),
        _lock(confidences),
        _lock(symmetric),
        sums,
    )


def _lock(array: NDArray[Array]) -> NDArray[Array]:
    array.flags.writeable = False
    return array


def _scatter(column: NDArray[Array], sums: NewSums, name: str) -> NDArray[Array]:
    """Return a whole column with the values of the edges that were added up anew."""
    renewed = column.copy()
    renewed[sums.numbers] = getattr(sums.edges, name)
    return renewed


def _keep_edges(
    columns: GraphColumns, where: EdgeFilter, counts: Mask, disputed: Mask, confidences: Float64
) -> Bools:
    edges = columns.edges
    kept: Bools = counts != 0
    if where.min_confidence > 0:
        kept &= confidences >= where.min_confidence
    if where.evidence:
        kept |= counts == 0
    if where.kinds:
        kept &= _keep_codes(edges.kind, columns.words.kinds, where.kinds)
    if where.origin != "any":
        kept &= edges.origin == ORIGINS.index(where.origin)
    if where.disputed is not None:
        kept &= (disputed != 0) == where.disputed
    if where.sources or where.said_by or where.review:
        kept &= edges.origin != GAZETTEER
    elif where.how:
        kept &= (edges.origin != GAZETTEER) | _keep_codes(edges.how, columns.words.hows, where.how)
    return kept


def _keep_codes(codes: NDArray[Any], words: WordList, wanted: Collection[str]) -> Bools:
    """Say of each code whether it stands for one of some words; code -1 for none of them."""
    is_wanted = np.array([*(word in wanted for word in words.words), False], np.bool_)
    kept: Bools = is_wanted[codes]
    return kept


def sum_up_anew(columns: GraphColumns, where: EdgeFilter) -> NewSums:
    """Add up every text edge from the claims that a filter leaves, under the number that the graph gives it.

    Whether a pair is torn is seen before `how` is looked at: asking for `funds` does not hide that they also fight.
    """
    edges = columns.edges
    numbers = np.flatnonzero((columns.alive != 0) & (edges.origin != GAZETTEER))
    rows, edge = list_claims(edges, numbers)
    kept = keep_claims(columns, where, rows)
    all_rows, all_edges = rows[kept], edge[kept]
    rows, edge = regroup(columns, all_rows, all_edges)
    ontology = get_ontology()
    grammar = Grammar.of(columns.words.kinds, columns.words.hows, ontology)
    claims = take_rows(columns.claims, rows)
    found = edge[np.r_[True, edge[1:] != edge[:-1]]] if len(edge) else edge
    sums = sum_up(edge, edges.kind[edge], claims, columns.documents, grammar)
    pairs = find_torn_pairs(_describe(edges, found, sums.counts, sums.symmetric), columns.node_count)
    if where.how:
        chosen = _keep_codes(columns.claims.how[all_rows], columns.words.hows, where.how)
        rows, edge = regroup(columns, all_rows[chosen], all_edges[chosen])
        claims = take_rows(columns.claims, rows)
        found = edge[np.r_[True, edge[1:] != edge[:-1]]] if len(edge) else edge
        sums = sum_up(edge, edges.kind[edge], claims, columns.documents, grammar)
    keys = edges.source[found].astype(np.int64) * columns.node_count + edges.target[found]
    keys = keys * max(len(columns.words.kinds), 1) + edges.kind[found]
    table, hows = build_edges(keys, sums, columns.words, columns.node_count, ontology)
    torn = find_torn(_describe(edges, found, sums.counts, sums.symmetric), columns.node_count, pairs)
    table = replace(table, disputed=sums.disputed | torn.astype(np.uint8))
    return NewSums(found.astype(np.int32), table, hows.how, rows)


def _describe(edges: EdgeColumns, numbers: Int64, counts: Mask, symmetric: Mask) -> Signed:
    return Signed(edges.source[numbers], edges.target[numbers], edges.sign[numbers], counts, symmetric)


def keep_claims(columns: GraphColumns, where: EdgeFilter, rows: Int64) -> Bools:
    """Say of each of these claims whether it passes by outlet, speaker, dates and review."""
    asked = prepare_filter(where, columns.canonical)
    claims = columns.claims
    kept = np.ones(len(rows), np.bool_)
    document = claims.document[rows]
    if asked.sources:
        voices = columns.words.voices
        heard = np.array([*(word in asked.sources for word in voices.words), "" in asked.sources], np.bool_)
        kept &= heard[columns.documents.voice[document]]
    if asked.review:
        kept &= np.array([review in asked.review for review in REVIEWS], np.bool_)[claims.review[rows]]
    if asked.said_by or asked.not_said_by:
        speaker = _follow_speakers(columns, claims.speaker[rows])
        if asked.said_by:
            kept &= np.isin(speaker, _find_speakers(columns, asked.said_by))
        if asked.not_said_by:
            kept &= ~np.isin(speaker, _find_speakers(columns, asked.not_said_by))
    published = columns.documents.published[document]
    if asked.known_by:
        kept &= (published != NO_DAY) & (published <= asked.known_by.toordinal())
    if asked.as_of:
        start, end = claims.valid_from[rows], claims.valid_to[rows]
        kept &= _are_valid(start, end, published, claims.modality[rows] == PAST, asked.as_of.toordinal())
    return kept


def _follow_speakers(columns: GraphColumns, speaker: Int32) -> Int64:
    codes = speaker.astype(np.int64)
    outside = codes < NONE
    codes[outside] = columns.stands_for[-2 - codes[outside]]
    return codes


def _find_speakers(columns: GraphColumns, speakers: Collection[str]) -> list[int]:
    """Return the codes of speakers; of those that never said anything, one that nobody has."""
    codes = []
    for speaker in speakers:
        number = columns.nodes.find(speaker)
        outsider = columns.words.outsiders.find(speaker)
        if number >= 0 or outsider >= 0:
            codes.append(number if number >= 0 else -2 - outsider)
    return codes


def _are_valid(start: Int32, end: Int32, published: Int32, past: Bools, day: int) -> Bools:
    """Say of each claim whether what it says held on a day: `graph.filters.is_valid_on`."""
    unplaced = (start == NO_DAY) & (end == NO_DAY) & (published == NO_DAY)
    start = np.where(~past & (end == NO_DAY) & (start == NO_DAY), published, start)
    end = np.where(past & (end == NO_DAY), published, end)
    valid: Bools = ~unplaced & ((start == NO_DAY) | (start <= day)) & ((end == NO_DAY) | (day <= end))
    return valid
