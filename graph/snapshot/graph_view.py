"""What a filter leaves of a snapshot: objects by id for those who look, arrays for those who compute."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from graph.adjacency import Walk
from graph.edges import Edge
from graph.filters import EdgeFilter
from graph.nodes import Node
from graph.rows import ClaimRow
from graph.snapshot.columns import NONE, EdgeColumns, Float64, Int8, Int32, Int64, Mask
from graph.snapshot.edge_records import EdgeRecords, LazyMap, find_edge, list_edge_ids
from graph.snapshot.filter_masks import Selection
from graph.snapshot.graph_columns import GraphColumns, build_arcs

if TYPE_CHECKING:
    import networkx as nx

    from graph.snapshot.snapshot import Snapshot

WalkDirection = Literal["any", "out", "in"]


class GraphView:
    """What a filter leaves of a snapshot.

    Two faces: mappings of objects by id, made when they are looked at, and arrays over the snapshot's numbers, which
    kernels take. All arrays are plain, C-contiguous and cannot be written to.

    Numbers: nodes are numbered within [0, `node_count`) and edge rows within [0, `edge_count`); a number means the
    same in the snapshot and all its views. They follow the order of ids but for what was ingested since the snapshot's
    columns were built, so break ties by `node_ranks`, never by number. A few edge rows may have been replaced by newer
    ones; no mask has them.

    Attributes:
        version: The graph's version.
        where: The filter.
        nodes: By id, sorted. Those of the filter's entity types; if the filter selects edges, only those that
            still have one.
        edges: By id, sorted; edges that do not count are here only if the filter asks for evidence.
        claims: The evidence that the filter leaves, by edge id, in order of claim id; none for the gazetteer's.
        allowed: (edge_count,) uint8, 1 for edges that may be walked: left by the filter, counting, and joining two
            different nodes.
        present: (edge_count,) uint8, 1 for the edges of `edges`.
        confidences: (edge_count,) float64, within [0, 1], as the filter leaves them; of no meaning where `present` is 0.
        node_mask: (node_count,) uint8, 1 for the nodes of `nodes`.
    """

    def __init__(self, snapshot: "Snapshot", where: EdgeFilter, selection: Selection) -> None:
        self.version = snapshot.version
        self.where = where
        self.columns = snapshot.columns
        self.allowed: Mask = selection.allowed
        self.present: Mask = selection.edges
        self.confidences: Float64 = selection.confidences
        self.node_mask: Mask = selection.nodes
        # What `fit_walk` keeps for three directions, of up to two arcs an edge.
        self.nbytes = selection.nbytes + 3 * 2 * snapshot.columns.edge_count // 8
        self._fitted: dict[WalkDirection, Walk] = {}
        self._arcs = selection.fitted
        self._symmetric = selection.symmetric
        self._is_whole = selection.sums is None
        columns = snapshot.columns
        self._records = snapshot.records if self._is_whole else EdgeRecords(columns, selection.sums)
        self.nodes: Mapping[str, Node] = LazyMap(
            self._find_node,
            columns.nodes.get,
            lambda: int(np.count_nonzero(selection.nodes)),
            lambda: list(columns.nodes.iter_sorted(selection.nodes != 0)),
        )
        self.edges: Mapping[str, Edge] = LazyMap(
            self._find_edge,
            self._records.get_edge,
            lambda: int(np.count_nonzero(selection.edges)),
            lambda: order_edges(columns, self.edge_numbers),
        )
        self.claims = snapshot.claims if self._is_whole else _map_claims(columns, self._records, selection)

    @property
    def node_count(self) -> int:
        """How many nodes the whole graph has: the length of every node array."""
        return self.columns.node_count

    @property
    def edge_count(self) -> int:
        """How many edge rows the whole graph has: the length of every edge array."""
        return self.columns.edge_count

    @property
    def signs(self) -> Int8:
        """(edge_count,) int8: +1, -1 or 0."""
        return self.columns.edges.sign

    @property
    def node_ranks(self) -> Int32:
        """(node_count,) int32: each node's place in alphabetical order of ids."""
        return self.columns.nodes.ranks

    @cached_property
    def known(self) -> Mask:
        """(edge_count,) uint8: 1 for edges that only the gazetteer knows."""
        return self.columns.edges.origin

    @cached_property
    def edge_numbers(self) -> Int32:
        """Numbers of the edges of `edges`, ascending."""
        return np.flatnonzero(self.present).astype(np.int32)

    @cached_property
    def ordered_numbers(self) -> Int32:
        """Numbers of the edges of `edges` by source id, target id, kind and origin: the same however it was stored."""
        numbers, edges = self.edge_numbers, self.columns.edges
        if self.edge_count == self.columns.base.edges:
            return numbers
        ranks = self.node_ranks
        source, target = ranks[edges.source[numbers]], ranks[edges.target[numbers]]
        return numbers[np.lexsort((edges.origin[numbers], edges.kind[numbers], target, source))]

    @cached_property
    def symmetric(self) -> Mask:
        """(edge_count,) uint8: 1 for edges that read the same from both ends, as the filter leaves them."""
        return self._symmetric

    def walk(self, direction: WalkDirection = "any") -> Walk:
        """Return the arcs of the whole graph, to be walked where `allowed` says so.

        Two adjacencies, and four where something was ingested since the columns were built. They may know fewer nodes
        than `node_count`; those beyond have no arcs in them.

        Args:
            direction: `any` walks every edge both ways; `out` from source to target, and symmetric edges back as well;
                `in` is `out` turned round.

        Cost: O(1), but for the first call on a graph with later edges: O(nodes + later edges).
        """
        columns = self.columns
        if direction == "any":
            return columns.both_ways
        if not self._is_whole:
            return self._mirrored[direction]
        return (
            columns.forward + columns.mirror if direction == "out" else columns.backward + columns.mirror_out
        )

    def fit_walk(self, direction: WalkDirection = "any") -> Walk:
        """Return `walk` with `allowed` told in order of its arcs, for searches that are handed `allowed` as their mask.

        Cost: that of `graph.snapshot.fitted_arcs.FittedArcs.fit` when it is first asked for; kept as long as the view.
        """
        fitted = self._fitted.get(direction)
        if fitted is None:
            fitted = self._fitted[direction] = self._arcs.fit(self.columns, self.walk(direction))
        return fitted

    @cached_property
    def _mirrored(self) -> dict[str, Walk]:
        """The walks of a filter that may have made edges symmetric, by leaving out the claims that were not."""
        columns = self.columns
        numbers = np.flatnonzero(self._symmetric & self.present).astype(np.int32)
        source, target = columns.edges.source[numbers], columns.edges.target[numbers]
        back = build_arcs(target, source, numbers, self.node_count)
        onward = build_arcs(source, target, numbers, self.node_count)
        nothing = build_arcs(source[:0], target[:0], numbers[:0], 0)
        # As many parts as other walks have, so that no kernel is compiled for another number.
        pad = (nothing,) * (len(columns.forward) - 1)
        return {"out": (*columns.forward, back, *pad), "in": (*columns.backward, onward, *pad)}

    def edge_at(self, number: int) -> Edge:
        """Return an edge of `edges` by its number."""
        return self._records.get_edge(int(number))

    def take_edges(self, numbers: Int32) -> EdgeColumns:
        """Return the rows of many edges of `edges` as the filter leaves them, as columns of their own."""
        return self._records.take_rows(numbers)

    def list_claims(self, numbers: Int32) -> tuple[Int64, Int64]:
        """Return the claim rows that are left of some edges of `edges`, and which edge each is of, in their order."""
        return self._records.list_claims(numbers)

    def node_at(self, number: int) -> Node:
        """Return a node by its number."""
        return self.columns.nodes.get(int(number))

    def get_claims(self, edge_id: str) -> tuple[ClaimRow, ...]:
        """Return the evidence that the filter leaves of one of the view's edges, in order of claim id."""
        return self.claims.get(edge_id, ())

    def _find_node(self, node_id: str) -> int:
        number = self.columns.nodes.ids.find(node_id)
        return number if number >= 0 and self.node_mask[number] else NONE

    def _find_edge(self, edge_id: str) -> int:
        number = find_edge(self.columns, edge_id, self.present)
        return number if number >= 0 and self.present[number] else NONE

    @cached_property
    def walkable(self) -> tuple[Edge, ...]:
        """The edges that count and join two different entities, by id; merging can make others."""
        return tuple(edge for edge in self.edges.values() if edge.counts and edge.source != edge.target)

    @cached_property
    def graph(self) -> "nx.MultiDiGraph[str]":
        """The walkable edges, for networkx; frozen.

        An edge's key is its id; its data are `edge` (the Edge) and `weight` (its confidence).
        Built on first use; O(nodes + edges).
        """
        import networkx as nx  # noqa: PLC0415 (slow to import, and most questions do without)

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        graph.add_nodes_from(self.nodes)
        for edge in self.walkable:
            graph.add_edge(edge.source, edge.target, edge.id, edge=edge, weight=edge.confidence)
        frozen: nx.MultiDiGraph[str] = nx.freeze(graph)
        return frozen

    def find_edges(
        self,
        *,
        of: str | None = None,
        source: str | None = None,
        kind: str | None = None,
        target: str | None = None,
    ) -> tuple[Edge, ...]:
        """Return edges with these ends and kind, most confident first, then by id.

        Args:
            of: Id of an entity that must be at one of the two ends.
            source: Id of the entity an edge must start at.
            kind: The kind an edge must have.
            target: Id of the entity an edge must end at.

        Cost: O(edges of the first entity given), or O(edges) without one.
        """
        columns = self.columns
        ends = {
            name: columns.nodes.find(end)
            for name, end in (("of", of), ("source", source), ("target", target))
            if end
        }
        if NONE in ends.values():
            return ()
        numbers = self.edge_numbers
        if ends:
            numbers = self.list_edges_at(next(iter(ends.values())))
        rows = columns.edges
        kept = np.ones(len(numbers), np.bool_)
        if "of" in ends:
            kept &= (rows.source[numbers] == ends["of"]) | (rows.target[numbers] == ends["of"])
        if "source" in ends:
            kept &= rows.source[numbers] == ends["source"]
        if "target" in ends:
            kept &= rows.target[numbers] == ends["target"]
        if kind is not None:
            kept &= rows.kind[numbers] == columns.words.kinds.find(kind)
        found = [self.edge_at(number) for number in numbers[kept].tolist()]
        return tuple(sorted(found, key=lambda edge: (-edge.confidence, edge.id)))

    def list_edges_at(self, number: int) -> Int32:
        """Return the numbers of the view's edges at a node, each once, ascending. Cost: O(its edges)."""
        parts = []
        for arcs in self.walk("any"):
            start, stop = arcs.get_range(number)
            parts.append(arcs.edges[start:stop])
        found: Int32 = np.unique(np.concatenate(parts))
        kept: Int32 = found[self.present[found] != 0]
        return kept


def order_edges(columns: GraphColumns, numbers: Int32) -> Sequence[tuple[int, str]]:
    """Return the numbers and ids of edges, by id."""
    ids = list_edge_ids(columns, numbers)
    return sorted(zip(numbers.tolist(), ids, strict=True), key=lambda item: item[1])


def _map_claims(
    columns: GraphColumns, records: EdgeRecords, selection: Selection
) -> Mapping[str, tuple[ClaimRow, ...]]:
    """Map the edges that have a claim left to those claims."""
    left = np.zeros(columns.edge_count, np.uint8) if selection.sums is None else selection.sums.left

    def find(edge_id: str) -> int:
        return find_edge(columns, edge_id, left)

    return LazyMap(
        find,
        records.get_claims,
        lambda: int(np.count_nonzero(left)),
        lambda: order_edges(columns, np.flatnonzero(left).astype(np.int32)),
    )
