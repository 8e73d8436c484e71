"""A whole graph as columns, with the arcs to walk it by."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

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
from graph.snapshot.string_table import GrowingStrings

if TYPE_CHECKING:
    from collections.abc import Sequence


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
        alive: (edges,), 0 for edges that a newer row has replaced.
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
    alive: Mask
    base: BaseArcs
    departed: frozenset[str] = frozenset()

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
        outsiders = self.words.outsiders.words
        found = np.empty(len(outsiders), np.int64)
        for place, outsider in enumerate(outsiders):
            kept = self.canonical.get(outsider, outsider)
            number = self.nodes.find(kept)
            found[place] = number if number >= 0 else -2 - self.words.outsiders.code(kept)
        return found

    @cached_property
    def first_days(self) -> Int32:
        """The day since which each node is known: `graph.snapshot.known_nodes.find_first_days`."""
        from graph.snapshot.known_nodes import find_first_days  # noqa: PLC0415 (which knows these columns)

        return find_first_days(self)

    @cached_property
    def later(self) -> tuple[Adjacency, Adjacency, Adjacency, Adjacency]:
        """The arcs of the edges that came after the base: forward, backward, mirror, mirror_out."""
        start, nodes = self.base.edges, self.node_count
        source, target = self.edges.source[start:], self.edges.target[start:]
        edges = np.arange(start, self.edge_count, dtype=np.int32)
        mirrored = np.flatnonzero(self.edges.symmetric[start:])
        return (
            build_arcs(source, target, edges, nodes),
            build_arcs(target, source, edges, nodes),
            build_arcs(target[mirrored], source[mirrored], edges[mirrored], nodes),
            build_arcs(source[mirrored], target[mirrored], edges[mirrored], nodes),
        )

    @property
    def forward(self) -> Walk:
        """Every edge from source to target."""
        return self._join(self.base.forward, 0)

    @property
    def backward(self) -> Walk:
        """Every edge from target to source."""
        return self._join(self.base.backward, 1)

    @property
    def mirror(self) -> Walk:
        """Symmetric edges from target to source."""
        return self._join(self.base.mirror, 2)

    @property
    def mirror_out(self) -> Walk:
        """Symmetric edges from source to target."""
        return self._join(self.base.mirror_out, 3)

    def _join(self, base: Adjacency, place: int) -> Walk:
        return (base,) if self.edge_count == self.base.edges else (base, self.later[place])

    def find_edges_between(self, source: int, target: int, among: Mask | None = None) -> "Sequence[int]":
        """Return the numbers of the edges from one node to another, in order. O(log degree).

        Args:
            source: Number of the node they start at.
            target: Number of the node they end at.
            among: (edges,) 1 for the edges to look among; None for those that are not replaced.
        """
        alive = self.alive if among is None else among
        found: list[int] = []
        for arcs in self.forward:
            start, stop = arcs.get_range(source)
            heads = arcs.heads[start:stop]
            low, high = np.searchsorted(heads, [target, target + 1])
            found.extend(arcs.edges[start + low : start + high].tolist())
        return [number for number in found if alive[number]]


def build_arcs(tails: Int32, heads: Int32, edges: Int32, nodes: int) -> Adjacency:
    """Return arcs sorted by tail, then head, then edge.

    Args:
        tails: (arcs,), the node each arc leaves.
        heads: (arcs,), the node it leads to.
        edges: (arcs,), the edge it walks, ascending.
        nodes: How many nodes there are.

    Cost: O(nodes + arcs log arcs).
    """
    # Arcs that come from sorted edges are mostly in order already, which this sort makes use of.
    order = np.argsort(tails.astype(np.int64) * (nodes + 1) + heads, kind="stable")
    indptr = np.zeros(nodes + 1, np.int64)
    np.cumsum(np.bincount(tails, minlength=nodes), out=indptr[1:])
    arcs = Adjacency(indptr, heads[order], edges[order])
    for array in arcs:
        array.flags.writeable = False
    return arcs
