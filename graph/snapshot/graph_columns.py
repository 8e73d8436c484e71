"""A whole graph as columns, with the arcs to walk it by."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.adjacency import Adjacency, Walk
from graph.edges import Canonical
from graph.snapshot.columns import (
    ClaimColumns,
    CopyColumns,
    DocumentColumns,
    EdgeColumns,
    Growing,
    HowColumns,
    Int32,
    Int64,
    Mask,
    Words,
)
from graph.snapshot.node_table import NodeTable
from graph.snapshot.standing import Standing
from graph.snapshot.string_table import GrowingStrings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


_FEW_ARCS = 8
"""Arcs are few where there are so many times as many nodes."""


@dataclass(frozen=True, slots=True, eq=False)
class BaseArcs:
    """The arcs of the edges that the columns were built with; later ones lie in segments of their own.

    Attributes:
        nodes: How many nodes there were.
        edges: How many edges there were; they are sorted by source, target, kind and origin.
        forward: Every edge from source to target.
        backward: Every edge from target to source.
        mirror: Only symmetric edges, from target to source.
        mirror_out: Only symmetric edges, from source to target.
    """

    nodes: int
    edges: int
    forward: Adjacency
    backward: Adjacency
    mirror: Adjacency
    mirror_out: Adjacency


@dataclass(frozen=True, eq=False)
class GraphColumns:
    """The whole graph at one version, as arrays. Immutable; threads share it freely.

    Attributes:
        version: The store's graph version.
        state: The store's name for the state at that version; two states never share one.
        canonical: Which node an entity's id stands for, for the ids that were merged away.
        standing: Which edges no newer row has replaced.
        claim_names: Ids of claims, by `ClaimColumns.name`.
        document_names: Ids of documents, by their row.
        stories: Ids of stories, by `DocumentColumns.story`.
        departed: Ids of documents that have rows and were deleted since.
    """

    version: int
    state: str
    canonical: Canonical
    words: Words
    nodes: NodeTable
    edge_table: Growing[EdgeColumns]
    how_table: Growing[HowColumns]
    claim_table: Growing[ClaimColumns]
    document_table: Growing[DocumentColumns]
    copy_table: Growing[CopyColumns]
    claim_names: GrowingStrings
    document_names: GrowingStrings
    stories: GrowingStrings
    standing: Standing
    base: BaseArcs
    departed: frozenset[str] = frozenset()

    @property
    def tables(self) -> "Mapping[str, Growing[Any]]":
        """The tables that grow, by name."""
        return {
            "edges": self.edge_table,
            "hows": self.how_table,
            "claims": self.claim_table,
            "documents": self.document_table,
            "copies": self.copy_table,
        }

    @property
    def edges(self) -> EdgeColumns:
        """One row an edge, replaced ones included."""
        return self.edge_table.rows

    @property
    def claims(self) -> ClaimColumns:
        """One row a claim; claims of replaced edges stand there twice."""
        return self.claim_table.rows

    @property
    def documents(self) -> DocumentColumns:
        """One row a document, older rows of changed ones included."""
        return self.document_table.rows

    @property
    def copies(self) -> CopyColumns:
        """One row a link between copies; some may stand there twice."""
        return self.copy_table.rows

    @property
    def alive(self) -> Mask:
        """(edges,), 0 for edges that a newer row has replaced."""
        return self.standing.mask

    @property
    def node_count(self) -> int:
        """How many nodes there are."""
        return len(self.nodes)

    @property
    def edge_count(self) -> int:
        """How many edge rows there are, replaced ones included."""
        return self.edge_table.length

    @cached_property
    def stands_for(self) -> Int64:
        """For each outsider, the node or outsider that it was judged to be, itself where there is none."""
        outsiders = list(self.words.outsiders.words)
        kept = [self.canonical.get(outsider, outsider) for outsider in outsiders]
        found = self.nodes.find_many(kept)
        for place in np.flatnonzero(found < 0).tolist():
            found[place] = -2 - self.words.outsiders.code(kept[place])
        return found

    @cached_property
    def first_days(self) -> Int32:
        """The day since which each node is known: `graph.snapshot.known_nodes.find_first_days`."""
        from graph.snapshot.known_nodes import find_first_days  # noqa: PLC0415 (which knows these columns)

        return find_first_days(self)

    @cached_property
    def later(self) -> "LaterArcs":
        """The arcs of the edges that came after the base."""
        return LaterArcs(self.edges, self.base.edges, self.node_count)

    @property
    def forward(self) -> Walk:
        """Every edge from source to target."""
        return (self.base.forward,) if self._is_base else (self.base.forward, self.later.forward)

    @property
    def backward(self) -> Walk:
        """Every edge from target to source."""
        return (self.base.backward,) if self._is_base else (self.base.backward, self.later.backward)

    @property
    def mirror(self) -> Walk:
        """Symmetric edges from target to source."""
        return (self.base.mirror,) if self._is_base else (self.base.mirror, self.later.mirror)

    @property
    def mirror_out(self) -> Walk:
        """Symmetric edges from source to target."""
        return (self.base.mirror_out,) if self._is_base else (self.base.mirror_out, self.later.mirror_out)

    @property
    def both_ways(self) -> Walk:
        """Every edge from source to target and back."""
        if self._is_base:
            return self.base.forward, self.base.backward
        # As many parts as walks of one way have, so that no kernel is compiled for another number.
        return self.base.forward, self.base.backward, self.later.both_ways, self.later.nothing

    @property
    def _is_base(self) -> bool:
        return self.edge_count == self.base.edges

    def touch_room(self, rows: int) -> None:
        """Have room in memory for so many rows more of each table; only for who has these columns alone."""
        for table in self.tables.values():
            table.touch_room(rows)

    def find_edges_between(self, source: int, target: int, among: Mask | None = None) -> "Sequence[int]":
        """Return the numbers of the edges from one node to another, in order. O(log degree).

        Args:
            source: Number of the node they start at.
            target: Number of the node they end at.
            among: (edges,) 1 for the edges to look among; None for those that are not replaced.
        """
        found: list[int] = []
        for arcs in self.forward:
            start, stop = arcs.get_range(source)
            heads = arcs.heads[start:stop]
            low, high = np.searchsorted(heads, [target, target + 1])
            found.extend(arcs.edges[start + low : start + high].tolist())
        if among is None:
            return self.standing.choose(np.array(found, np.int64)).tolist() if found else found
        return [number for number in found if among[number]]


class LaterArcs:
    """The arcs of the edges from one row on, each sort made when it is first walked; as `BaseArcs` has them.

    Args:
        edges: Every edge row.
        start: The first row meant.
        nodes: How many nodes there are.
    """

    def __init__(self, edges: EdgeColumns, start: int, nodes: int) -> None:
        self._source, self._target = edges.source[start:], edges.target[start:]
        self._edges = np.arange(start, len(edges.source), dtype=np.int32)
        self._mirrored = np.flatnonzero(edges.symmetric[start:])
        self._nodes = nodes

    @cached_property
    def forward(self) -> Adjacency:
        """Every edge from source to target."""
        return build_arcs(self._source, self._target, self._edges, self._nodes)

    @cached_property
    def backward(self) -> Adjacency:
        """Every edge from target to source."""
        return build_arcs(self._target, self._source, self._edges, self._nodes)

    @cached_property
    def both_ways(self) -> Adjacency:
        """Every edge from source to target and from target to source; a loop twice."""
        ends = np.stack((self._source, self._target), axis=1)
        return build_arcs(ends.ravel(), ends[:, ::-1].ravel(), np.repeat(self._edges, 2), self._nodes)

    @cached_property
    def nothing(self) -> Adjacency:
        """No arcs."""
        return build_arcs(self._source[:0], self._target[:0], self._edges[:0], 0)

    @cached_property
    def mirror(self) -> Adjacency:
        """Symmetric edges from target to source."""
        at = self._mirrored
        return build_arcs(self._target[at], self._source[at], self._edges[at], self._nodes)

    @cached_property
    def mirror_out(self) -> Adjacency:
        """Symmetric edges from source to target."""
        at = self._mirrored
        return build_arcs(self._source[at], self._target[at], self._edges[at], self._nodes)


def build_arcs(tails: Int32, heads: Int32, edges: Int32, nodes: int) -> Adjacency:
    """Return arcs sorted by tail, then head, then edge.

    Args:
        tails: (arcs,), the node each arc leaves.
        heads: (arcs,), the node it leads to.
        edges: (arcs,), the edge it walks, ascending.
        nodes: How many nodes there are.

    Cost: O(nodes + arcs log arcs).
    """
    order = _order(tails.astype(np.int64) * (nodes + 1) + heads, (nodes + 1) ** 2)
    if len(tails) * _FEW_ARCS < nodes:
        # Where each of the few begins, repeated for all nodes up to its tail: written once, and never added up.
        gaps = np.diff(tails[order], prepend=-1, append=nodes)
        indptr = np.repeat(np.arange(len(tails) + 1), gaps)
    else:
        indptr = np.zeros(nodes + 1, np.int64)
        np.cumsum(np.bincount(tails, minlength=nodes), out=indptr[1:])
    arcs = Adjacency(indptr, heads[order], edges[order])
    for array in arcs:
        array.flags.writeable = False
    return arcs


def _order(keys: Int64, bound: int) -> Int64:
    """Return the order of keys below a bound; what is equal stays in order of place."""
    bits = len(keys).bit_length()
    if bound << bits < np.iinfo(np.int64).max:
        # With its place in it each key is another, and the fastest sort will do, over the keys themselves.
        packed = (keys << bits) | np.arange(len(keys))
        packed.sort()
        places: Int64 = packed & ((1 << bits) - 1)
        return places
    # Arcs that come from sorted edges are mostly in order already, which this sort makes use of.
    return np.argsort(keys, kind="stable")
