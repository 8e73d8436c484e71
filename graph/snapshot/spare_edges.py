"""Edges from both ends: which way the claims that a filter leaves are told decides which edges they make.

An alliance told from both ends is one edge, as long as all that is said reads the same from both. Which claims a filter
leaves can join two edges of the graph, or take one apart. For the latter the graph keeps a spare row for the other
direction of every edge that was told from both ends: it has no claims, counts for nothing and is in no mask but that of
a view that puts claims there.
"""

from dataclasses import fields, replace

import numpy as np
from numpy.typing import NDArray

from graph.ontology import get_ontology
from graph.snapshot.claim_grouping import follow
from graph.snapshot.claim_sums import Grammar
from graph.snapshot.columns import GAZETTEER, EdgeColumns, Int64, Mask, join_rows, take_rows
from graph.snapshot.edge_records import list_claims
from graph.snapshot.graph_columns import GraphColumns

Bools = NDArray[np.bool_]

_TOLD = frozenset({"source", "target", "kind", "sign", "origin"})


def find_spares(edges: EdgeColumns) -> Bools:
    """Say of each edge row whether it is a spare one."""
    found: Bools = (edges.origin != GAZETTEER) & (edges.claims_count == 0)
    return found


def mark_alive(edges: EdgeColumns) -> Mask:
    """Return (edges,) uint8, 0 for spare rows."""
    return (~find_spares(edges)).view(np.uint8)


def list_current_spares(columns: GraphColumns) -> Bools:
    """Say of each edge row whether it is a spare one of an edge that is not replaced."""
    edges = columns.edges
    spares = np.flatnonzero(find_spares(edges))
    found = np.zeros(columns.edge_count, np.bool_)
    if len(spares):
        keys = _key(columns, edges.source[spares], edges.target[spares], edges.kind[spares])
        last = len(keys) - 1 - np.unique(keys[::-1], return_index=True)[1]
        # An edge of denials alone is no symmetric one, and may yet be told from both ends.
        rows, edge = list_claims(edges, np.flatnonzero((columns.alive != 0) & (edges.origin != GAZETTEER)))
        source = follow(columns.claims.source[rows].astype(np.int64), columns.stands_for)
        here = np.unique(edge[source != edges.source[edge]])
        folded = _key(columns, edges.target[here], edges.source[here], edges.kind[here])
        found[spares[last[np.isin(keys[last], folded)]]] = True
    return found


def build_spares(edges: EdgeColumns, rows: Int64) -> EdgeColumns:
    """Return a spare row for the other direction of each of these rows."""
    told = take_rows(edges, rows)
    nothing = {
        field.name: np.zeros_like(getattr(told, field.name))
        for field in fields(EdgeColumns)
        if field.name not in _TOLD
    }
    return replace(told, **nothing, source=told.target, target=told.source)


def add_spares(edges: EdgeColumns, source: Int64) -> EdgeColumns:
    """Return edges with the spare rows they need behind them.

    Args:
        edges: Text edges, none of them spare; each one's claims follow the last one's.
        source: (claims,) the node that each claim starts at, in the order of the edges.
    """
    is_turned = np.repeat(edges.source, edges.claims_count) != source
    if not is_turned.any():
        return edges
    turned = np.unique(np.repeat(np.arange(len(edges.source)), edges.claims_count)[is_turned])
    return join_rows(EdgeColumns, [edges, build_spares(edges, turned)])


def regroup(columns: GraphColumns, rows: Int64, edge: Int64) -> tuple[Int64, Int64]:
    """Sort claims into the edges that they make on their own: as `graph.snapshot.claim_grouping.fold` does for all claims.

    Args:
        columns: The graph.
        rows: Of the claims, in order of edge and claim id.
        edge: (claims,) number of the edge that each is of in the whole graph.

    Returns:
        The rows in order of the edges that they make and of claim id, and the numbers of these edges.

    Cost: O(claims); some 30 nanoseconds each, and a sort where any read the same from both ends.
    """
    grammar = Grammar.of(columns.words.kinds, columns.words.hows, get_ontology())
    both = grammar.symmetric[columns.edges.kind[edge], columns.claims.how[rows]]
    if not both.any():
        return rows, edge
    own = _unfold(columns, rows, edge, both)
    joined = _fold(columns, own, both)
    if np.array_equal(joined, edge):
        return rows, edge
    order = np.argsort(joined, kind="stable")
    rows, joined, before = rows[order], joined[order], edge[order]
    mixed = joined[1:][(joined[1:] == joined[:-1]) & (before[1:] != before[:-1])]
    for number in np.unique(mixed).tolist():
        start, stop = np.searchsorted(joined, [number, number + 1]).tolist()
        names = columns.claims.name[rows[start:stop]].tolist()
        ids = [columns.claim_names[name].encode() for name in names]
        rows[start:stop] = rows[start:stop][sorted(range(len(ids)), key=ids.__getitem__)]
    return rows, joined


def _unfold(columns: GraphColumns, rows: Int64, edge: Int64, both: Bools) -> Int64:
    """Return the edge of each claim's own direction."""
    edges = columns.edges
    at = np.flatnonzero(both)
    source = follow(columns.claims.source[rows[at]].astype(np.int64), columns.stands_for)
    turned = at[source != edges.source[edge[at]]]
    if not len(turned):
        return edge
    spares = np.flatnonzero(find_spares(edges))
    keys = _key(columns, edges.source[spares], edges.target[spares], edges.kind[spares])
    order = np.argsort(keys, kind="stable")
    wanted = _key(columns, edges.target[edge[turned]], edges.source[edge[turned]], edges.kind[edge[turned]])
    # Of rows that newer ones replaced, the last is what holds.
    own = edge.copy()
    own[turned] = spares[order[np.searchsorted(keys[order], wanted, side="right") - 1]]
    return own


def _fold(columns: GraphColumns, own: Int64, both: Bools) -> Int64:
    """Return the edges that claims make where two opposite ones read the same from both ends."""
    edges = columns.edges
    numbers, place = np.unique(own, return_inverse=True)
    place = place.reshape(-1)
    alike = np.bincount(place, weights=~both, minlength=len(numbers)) == 0
    candidates = numbers[alike]
    source, target, kind = edges.source[candidates], edges.target[candidates], edges.kind[candidates]
    keys, opposite = _key(columns, source, target, kind), _key(columns, target, source, kind)
    order = np.argsort(keys)
    found = np.minimum(np.searchsorted(keys[order], opposite), max(len(order) - 1, 0))
    ranks = columns.nodes.ranks
    folded = (keys[order[found]] == opposite) & (ranks[source] > ranks[target])
    becomes = numbers.copy()
    becomes[np.flatnonzero(alike)[folded]] = candidates[order[found[folded]]]
    joined: Int64 = becomes[place]
    return joined


def _key(columns: GraphColumns, source: NDArray[np.int32], target: NDArray[np.int32], kind: Mask) -> Int64:
    kinds = max(len(columns.words.kinds), 1)
    return (source.astype(np.int64) * columns.node_count + target) * kinds + kind
