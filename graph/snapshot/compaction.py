"""A graph that was laid over, as one that was built as a whole: put in order anew, without a look at the store.

It is done step by step over whole columns, and long texts in parts: in most steps other threads run on, and none of the
others is long. What comes out shares nothing with what went in but the words, whose codes stay.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Adjacency
from graph.snapshot.columns import (
    NONE,
    ClaimColumns,
    CopyColumns,
    DocumentColumns,
    EdgeColumns,
    Growing,
    HowColumns,
    Int32,
    Int64,
    take_rows,
)
from graph.snapshot.edge_records import list_claims
from graph.snapshot.graph_columns import BaseArcs, GraphColumns, build_arcs
from graph.snapshot.node_compaction import compact_nodes
from graph.snapshot.spare_edges import list_current_spares, mark_alive
from graph.snapshot.standing import Standing
from graph.snapshot.string_table import GrowingStrings


def compact(columns: GraphColumns) -> GraphColumns:
    """Return the same graph at the same version with nothing laid over it; the columns given stay as they are.

    Replaced edges, their claims, documents that changed or went, and nodes that are one with others are left out; nodes
    are numbered by id and edges sorted, as `graph.snapshot.build.build_columns` does.

    Cost: O(nodes + edges + claims) time, at a million edges about a second; as much memory as the columns take.
    """
    ranks = columns.nodes.places
    alive = np.flatnonzero((columns.alive != 0) | list_current_spares(columns))
    ends = _Ends(ranks[columns.edges.source[alive]], ranks[columns.edges.target[alive]])
    order = _order_edges(columns, alive, ends)
    sources, targets, alive = ends.source[order], ends.target[order], alive[order]
    rows, _ = list_claims(columns.edges, alive)
    hows = _list_hows(columns.edges, alive)
    edges = _take_edges(columns, alive, _Ends(sources, targets))
    documents = _number_documents(columns)
    stories = _take_stories(columns, take_rows(columns.documents, documents.kept))
    return replace(
        columns,
        nodes=compact_nodes(columns.nodes),
        edge_table=Growing.with_room(edges),
        how_table=Growing.with_room(HowColumns(columns.how_table.rows.how[hows])),
        claim_table=Growing.with_room(_take_claims(columns, rows, ranks, documents.numbers)),
        document_table=Growing.with_room(stories.documents),
        copy_table=Growing.with_room(stories.copies),
        claim_names=GrowingStrings(columns.claim_names.table().take(columns.claims.name[rows])),
        document_names=columns.document_names.take(documents.kept),
        stories=stories.names,
        standing=Standing(mark_alive(edges)),
        base=build_base(edges, columns.nodes.count_known()),
        departed=frozenset(),
    )


class _Ends(NamedTuple):
    source: Int32
    target: Int32


def _order_edges(columns: GraphColumns, alive: Int64, ends: _Ends) -> Int64:
    """Return the order by source, target, kind and origin."""
    origin, kind = columns.edges.origin[alive], columns.edges.kind[alive]
    nodes, kinds = columns.node_count, max(len(columns.words.kinds), 1)
    if nodes * nodes * kinds * 2 >= np.iinfo(np.int64).max:
        return np.lexsort((origin, kind, ends.target, ends.source))
    # One number an edge: those of the base are in order already, which this sort makes use of.
    key = ends.source.astype(np.int64)
    key *= nodes
    key += ends.target
    key *= 2 * kinds
    key += 2 * kind.astype(np.int64) + origin
    order: Int64 = np.argsort(key, kind="stable")
    return order


def _take_edges(columns: GraphColumns, alive: Int64, ends: _Ends) -> EdgeColumns:
    edges = take_rows(columns.edges, alive)
    claims, hows = edges.claims_count.astype(np.int64), edges.hows_count.astype(np.int64)
    return replace(
        edges,
        source=ends.source,
        target=ends.target,
        hows_start=(np.cumsum(hows) - hows).astype(np.int32),
        claims_start=np.cumsum(claims) - claims,
    )


def _list_hows(edges: EdgeColumns, alive: Int64) -> Int64:
    """Return where the finer values of these edges stand, one edge's after another's."""
    counts = edges.hows_count[alive].astype(np.int64)
    before = np.cumsum(counts) - counts
    places: Int64 = np.repeat(edges.hows_start[alive] - before, counts) + np.arange(counts.sum())
    return places


def _take_claims(columns: GraphColumns, rows: Int64, ranks: Int32, documents: Int64) -> ClaimColumns:
    claims = take_rows(columns.claims, rows)
    return replace(
        claims,
        name=np.arange(len(rows), dtype=np.int32),
        document=documents[claims.document].astype(np.int32),
        source=_renumber(claims.source, ranks),
        target=_renumber(claims.target, ranks),
        speaker=_renumber(claims.speaker, ranks),
    )


def _renumber(codes: Int32, ranks: Int32) -> Int32:
    """Return the new numbers of nodes; outsiders, below 0, stay what they are."""
    if not len(ranks):
        return codes
    return np.where(codes >= 0, ranks[np.maximum(codes, 0)], codes).astype(np.int32)


class _Documents(NamedTuple):
    """Rows of documents that are `kept`, and the new number of each row, -1 for the others."""

    kept: Int64
    numbers: Int64


def _number_documents(columns: GraphColumns) -> _Documents:
    """Leave out documents that went, and older rows of those that changed."""
    names = columns.document_names
    is_kept = np.ones(columns.document_table.length, np.bool_)
    renewed = list(dict.fromkeys(names.added))
    is_kept[len(names.base) :] = False
    is_kept[names.find_many(renewed)] = True
    if names.index is not None:
        older = names.index.find_many(names.base, renewed)
        is_kept[older[older >= 0]] = False
    gone = names.find_many(list(columns.departed))
    is_kept[gone[gone >= 0]] = False
    return _Documents(np.flatnonzero(is_kept), _number(is_kept))


class _Stories(NamedTuple):
    """The ids of stories that something is said of, and what says it, under their new numbers."""

    names: GrowingStrings
    documents: DocumentColumns
    copies: CopyColumns


def _take_stories(columns: GraphColumns, documents: DocumentColumns) -> _Stories:
    copies = columns.copies
    # A link that was read again with its document stands there twice.
    pair = copies.left * np.int64(len(columns.stories)) + copies.right
    copies = take_rows(copies, np.unique(pair, return_index=True)[1])
    is_kept = np.zeros(len(columns.stories), np.bool_)
    for codes in (documents.story, documents.own, copies.left, copies.right):
        is_kept[codes] = True
    numbers = _number(is_kept).astype(np.int32)
    return _Stories(
        columns.stories.take(np.flatnonzero(is_kept)),
        replace(documents, story=numbers[documents.story], own=numbers[documents.own]),
        replace(copies, left=numbers[copies.left], right=numbers[copies.right]),
    )


def _number(is_kept: NDArray[np.bool_]) -> Int64:
    numbers: Int64 = np.cumsum(is_kept, dtype=np.int64) - 1
    numbers[~is_kept] = NONE
    return numbers


def build_base(edges: EdgeColumns, nodes: int) -> BaseArcs:
    """Return the arcs of edges that are sorted by source and target."""
    source, target = edges.source, edges.target
    everything = np.arange(len(source), dtype=np.int32)
    mirrored = np.flatnonzero(edges.symmetric).astype(np.int32)
    arcs: list[Adjacency] = [
        build_arcs(source, target, everything, nodes),
        build_arcs(target, source, everything, nodes),
        build_arcs(target[mirrored], source[mirrored], mirrored, nodes),
        build_arcs(source[mirrored], target[mirrored], mirrored, nodes),
    ]
    return BaseArcs(nodes, len(source), *arcs)
