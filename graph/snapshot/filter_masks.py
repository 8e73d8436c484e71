"""A filter over columns: which claims and edges it leaves, all at once.

The rules are those of `graph.filters.keeps_claim` and `keeps_edge`, which judge one row at a time.
"""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from graph.filters import EdgeFilter
from graph.snapshot.claim_choice import keep_codes
from graph.snapshot.columns import GAZETTEER, ORIGINS, Float64, Mask
from graph.snapshot.edge_records import NewSums
from graph.snapshot.filter_sums import sum_up_anew
from graph.snapshot.fitted_arcs import FittedArcs
from graph.snapshot.graph_columns import GraphColumns

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
        fitted: `allowed` in the order of arcs.
    """

    nodes: Mask
    edges: Mask
    allowed: Mask
    confidences: Float64
    symmetric: Mask
    sums: NewSums | None
    fitted: FittedArcs

    @property
    def nbytes(self) -> int:
        """How much memory it takes beside the graph's own."""
        own = self.nodes.nbytes + self.edges.nbytes + self.allowed.nbytes
        if self.sums is None:
            return own
        own += self.sums.left.nbytes + self.sums.disputed.nbytes
        anew = len(self.sums.numbers)
        return own + (self.confidences.nbytes + self.symmetric.nbytes + 80 * anew if anew else 0)


def select(columns: GraphColumns, where: EdgeFilter) -> Selection:
    """Apply a filter.

    Cost: O(nodes + edges), some 10 nanoseconds an edge; and that of `graph.snapshot.filter_sums.sum_up_anew` if it
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
        # Spare rows have claims in views alone.
        left = (left & is_known) | (sums.left != 0)
        counts, disputed = _scatter(edges.counts, sums, "counts"), sums.disputed
        confidences = _scatter(edges.confidence, sums, "confidence")
        symmetric = _scatter(edges.symmetric, sums, "symmetric")
    left &= _keep_edges(columns, where, counts, disputed, confidences)
    if where.known_by is not None:
        # Geography is timeless, but nobody asks about a place before it is named.
        known = columns.first_days <= where.known_by.toordinal()
        left &= (edges.origin != GAZETTEER) | (known[edges.source] & known[edges.target])
    nodes = np.ones(columns.node_count, np.bool_)
    if where.types:
        nodes = keep_codes(columns.nodes.types, columns.nodes.type_words, where.types)
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
    walked = _lock(allowed.view(np.uint8))
    return Selection(
        _lock(nodes.view(np.uint8)),
        _lock(left.view(np.uint8)),
        walked,
        _lock(confidences),
        _lock(symmetric),
        sums,
        FittedArcs(walked),
    )


def _lock(array: NDArray[Array]) -> NDArray[Array]:
    array.flags.writeable = False
    return array


def _scatter(column: NDArray[Array], sums: NewSums, name: str) -> NDArray[Array]:
    """Return a whole column with the values of the edges that were added up anew; the same where none was."""
    if not len(sums.numbers):
        return column
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
        kept &= keep_codes(edges.kind, columns.words.kinds, where.kinds)
    if where.origin != "any":
        kept &= edges.origin == ORIGINS.index(where.origin)
    if where.disputed is not None:
        kept &= (disputed != 0) == where.disputed
    if where.sources or where.said_by or where.review:
        kept &= edges.origin != GAZETTEER
    elif where.how:
        kept &= (edges.origin != GAZETTEER) | keep_codes(edges.how, columns.words.hows, where.how)
    return kept
