"""The graph as it stood at one version: immutable columns, read by every question, and objects where one looks."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from graph.edges import Canonical, Edge, follow_edge_id, read_both_ways
from graph.errors import EntityNotFound, RecordNotFound
from graph.filters import EdgeFilter
from graph.nodes import Node
from graph.ontology import get_ontology
from graph.rows import ClaimRow, CopyRow, EntityRow, GazetteerRow, JudgementRow
from graph.snapshot.build import build_columns, read_claims
from graph.snapshot.columns import GAZETTEER, NONE, Int32
from graph.snapshot.edge_records import EdgeRecords, LazyMap, find_edge, get_edge_id
from graph.snapshot.filter_masks import Selection, select
from graph.snapshot.graph_columns import GraphColumns
from graph.snapshot.graph_view import GraphView, WalkDirection, order_edges
from graph.snapshot.selection_growth import can_grow, grow_selection

if TYPE_CHECKING:
    from graph.search.index import NameIndex

__all__ = ["GraphView", "Node", "Snapshot", "WalkDirection", "build_snapshot"]

_VIEWS_KEPT = 16
_DAYS_KEPT = 8
_VIEW_BYTES_KEPT = 512 * 1024 * 1024
_HANDED_ON = 4
"""So many of the filters asked last are known to the next version, at two bytes an edge each."""


class Snapshot:
    """The whole graph at one version. Nothing in it ever changes, so threads share it freely.

    Args:
        columns: What it is made of.
        before: The names of an earlier version with the same base, if they were looked up.
        whole: The snapshot of which this is what was known by a day; None for none.

    Attributes:
        version: The store's graph version it was built from.
        columns: The same as arrays.
        nodes: By id, sorted by id; merged entities are one node. Made when they are looked at, as all objects here.
        edges: By id, sorted by id; all of them, those that do not count included.
        claims: The evidence of each text edge, by edge id, in order of claim id.
        canonical: Which node an entity's id stands for, for the ids that were merged away.
    """

    def __init__(
        self, columns: GraphColumns, before: "NameIndex | None" = None, whole: "Snapshot | None" = None
    ) -> None:
        self.version = columns.version
        self.columns = columns
        self.canonical: Canonical = columns.canonical
        self.records = EdgeRecords(columns)
        self._before = before
        self._whole = whole or self
        self._dated: OrderedDict[date, Snapshot] = OrderedDict()
        self._views: OrderedDict[EdgeFilter, GraphView] = OrderedDict()
        self._selections: OrderedDict[EdgeFilter, Selection] = OrderedDict()
        self._lock = Lock()
        self.nodes: Mapping[str, Node] = LazyMap(
            columns.nodes.find,
            columns.nodes.get,
            columns.nodes.count_known,
            lambda: list(columns.nodes.iter_sorted()),
        )
        self.edges: Mapping[str, Edge] = LazyMap(
            lambda edge_id: find_edge(columns, edge_id),
            self.records.get_edge,
            lambda: int(np.count_nonzero(columns.alive)),
            lambda: order_edges(columns, np.flatnonzero(columns.alive).astype(np.int32)),
        )
        self.claims: Mapping[str, tuple[ClaimRow, ...]] = LazyMap(
            self._find_text_edge,
            self.records.get_claims,
            lambda: len(self._list_text_edges()),
            lambda: order_edges(columns, self._list_text_edges()),
        )

    @cached_property
    def names(self) -> "NameIndex":
        """Names to nodes; loaded on first use, for it brings what few questions need."""
        from graph.search.index import NameIndex  # noqa: PLC0415

        nodes = self.columns.nodes
        return (
            NameIndex(nodes, self.canonical)
            if self._before is None
            else self._before.follow(nodes, self.canonical)
        )

    @property
    def has_names(self) -> bool:
        """Whether somebody has looked up a name already, so that others will."""
        return "names" in self.__dict__ and self.names.is_read

    def at(self, day: date | None) -> "Snapshot":
        """Return the snapshot in which nodes, names and stories are as texts published by a day tell them.

        Numbers mean the same in both, and so do views: what a filter with this `known_by` leaves. Without a day, or for
        its own, it is this one. Cost: that of `graph.snapshot.known_nodes.know_by`; the last 8 days are remembered.
        """
        if day is None or day.toordinal() == self.columns.nodes.day:
            return self
        if self._whole is not self:
            return self._whole.at(day)
        with self._lock:
            known = self._dated.get(day)
        if known is None:
            from graph.snapshot.known_nodes import know_by  # noqa: PLC0415 (few questions have a day)

            known = Snapshot(know_by(self.columns, day), whole=self)
        with self._lock:
            known = self._dated.setdefault(day, known)
            self._dated.move_to_end(day)
            while len(self._dated) > _DAYS_KEPT:
                self._dated.popitem(last=False)
        return known

    def follow(self, columns: GraphColumns) -> "Snapshot":
        """Return the snapshot of a later version, which takes over what is still true of this one."""
        if columns is self.columns:
            return self
        same_base = columns.nodes.columns is self.columns.nodes.columns
        followed = Snapshot(columns, self.__dict__.get("names", self._before) if same_base else None)
        if columns.base is self.columns.base:
            with self._lock:
                followed._selections.update(self._selections)
        return followed

    def prepare(self, like: "Snapshot") -> None:
        """Work out what the filters asked of another snapshot leave, so that no reader has to."""
        for where, selection in list(like._selections.items()):  # noqa: SLF001 (one of its own)
            self.view(where)
            self._selections[where].fitted.prepare(self.columns, selection.fitted)

    def number_of(self, entity_id: str) -> int:
        """Return the number of an entity's node, or of the one it was merged into. Cost: O(log nodes).

        Raises:
            EntityNotFound: No entity has this id.
        """
        number = self.columns.nodes.find(self.canonical.get(entity_id, entity_id))
        if number < 0:
            raise EntityNotFound(entity_id)
        return number

    def id_of(self, number: int) -> str:
        """Return the id of a node, by its number within [0, number of nodes)."""
        return self.columns.nodes.ids[int(number)]

    def edge_id_of(self, number: int) -> str:
        """Return the id of an edge by its number."""
        return get_edge_id(self.columns, int(number))

    def get_node(self, entity_id: str) -> Node:
        """Return the node of an entity, or of the entity it was merged into.

        Raises:
            EntityNotFound: No entity has this id.
        """
        return self.columns.nodes.get(self.number_of(entity_id))

    def get_edge(self, edge_id: str) -> Edge:
        """Return an edge by its id.

        An id from before a merge, or of the other direction of a symmetric edge, leads to the edge it became.

        Raises:
            RecordNotFound: There is no such edge.
        """
        number = find_edge(self.columns, edge_id)
        if number < 0 and (ids := follow_edge_id(edge_id, self.canonical)) is not None:
            followed, turned = ids
            number = find_edge(self.columns, followed)
            if number < 0:
                number = self._find_both_ways(turned)
        if number < 0:
            raise RecordNotFound("relation", edge_id)
        return self.records.get_edge(number)

    def _find_both_ways(self, edge_id: str) -> int:
        """Return the number of the text edge of this id if its every claim is symmetric, else -1."""
        number = self._find_text_edge(edge_id)
        if number < 0:
            return NONE
        return number if read_both_ways(self.records.get_claims(number), get_ontology()) else NONE

    def _find_text_edge(self, edge_id: str) -> int:
        number = find_edge(self.columns, edge_id)
        return number if number >= 0 and self.columns.edges.origin[number] != GAZETTEER else NONE

    def _list_text_edges(self) -> Int32:
        is_text = self.columns.edges.origin != GAZETTEER
        return np.flatnonzero(is_text & (self.columns.alive != 0)).astype(np.int32)

    def get_claims(self, edge_id: str) -> tuple[ClaimRow, ...]:
        """Return the evidence of an edge, in order of claim id; none for the gazetteer's.

        Raises:
            RecordNotFound: There is no such edge.
        """
        return self.claims.get(self.get_edge(edge_id).id, ())

    def view(self, where: EdgeFilter | None = None) -> GraphView:
        """Return what a filter leaves of the graph; without one, every edge that counts.

        Cost: that of `graph.snapshot.filter_masks.select`; the last 16 filters are remembered, while they take at most 512 MiB.
        """
        where = where or EdgeFilter()
        if self._whole is not self:
            return self._whole.view(where)
        with self._lock:
            if where in self._views:
                self._views.move_to_end(where)
                return self._views[where]
        known = self.at(where.known_by)
        before = self._selections.get(where)
        selection = (
            select(known.columns, where) if before is None else grow_selection(before, known.columns, where)
        )
        view = GraphView(known, where, selection)
        with self._lock:
            view = self._views.setdefault(where, view)
            if can_grow(where):
                self._selections[where] = selection
                self._selections.move_to_end(where)
                while len(self._selections) > _HANDED_ON:
                    self._selections.popitem(last=False)
            while len(self._views) > 1 and self._is_full():
                self._views.popitem(last=False)
        return view

    def _is_full(self) -> bool:
        taken = sum(view.nbytes for view in self._views.values())
        return len(self._views) > _VIEWS_KEPT or taken > _VIEW_BYTES_KEPT


def build_snapshot(
    entities: Iterable[EntityRow],
    claims: Iterable[ClaimRow],
    gazetteer: Iterable[GazetteerRow] = (),
    judgements: Iterable[JudgementRow] = (),
    version: int = 0,
    copies: Iterable[CopyRow] | None = None,
) -> Snapshot:
    """Add up rows into a graph. Pure: the same rows, in any order, make the same snapshot.

    Raises:
        StoreError: A claim or known place speaks of an entity that is not among `entities`.

    Cost: that of `graph.snapshot.build.build_columns`.
    """
    return Snapshot(
        build_columns(
            entities, lambda reader: read_claims(reader, claims), gazetteer, judgements, copies, version
        )
    )
