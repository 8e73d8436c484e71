"""The graph as it stood at one version: immutable, built in one pass over the store, read by every question."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from types import MappingProxyType
from typing import TYPE_CHECKING

from graph.collector import pause_collector
from graph.edges import (
    Canonical,
    Edge,
    EdgeKey,
    build_edge,
    build_gazetteer_edge,
    find_torn_pairs,
    group_claims,
    mark_disputed,
)
from graph.errors import EntityNotFound, RecordNotFound, StoreError
from graph.filters import EdgeFilter, keeps_claim, keeps_edge, prepare_filter
from graph.ontology import get_ontology
from graph.rows import ClaimRow, EntityRow, GazetteerRow, JudgementRow
from graph.store import Store

if TYPE_CHECKING:
    import networkx as nx

    from graph.search import NameIndex

_VIEWS_KEPT = 16


@dataclass(frozen=True, slots=True)
class Node:
    """An actor or place.

    Attributes:
        country_code: ISO 3166-1 alpha-2.
        admin1: Province or state, by name.
        lat: Degrees north, WGS 84.
        lon: Degrees east, WGS 84.
        aliases: Every other name it goes by, those of entities merged into it included; sorted.
        mentions: How often documents name it.
        merged: Ids of the entities that were judged to be this one; sorted.
        metonyms: Names of places that stood for it in documents, each with how often; sorted.
    """

    id: str
    name: str
    type: str
    country_code: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
    aliases: tuple[str, ...] = ()
    mentions: int = 0
    merged: tuple[str, ...] = ()
    metonyms: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, eq=False)
class GraphView:
    """What a filter leaves of a snapshot.

    Attributes:
        version: The graph's version.
        nodes: By id, sorted. Those of the filter's entity types; if the filter selects edges, only those that
            still have one.
        edges: By id, sorted; edges that do not count are here only if the filter asks for evidence.
        claims: The evidence that the filter leaves, by edge id, in order of claim id; none for the gazetteer's.
    """

    version: int
    where: EdgeFilter
    nodes: Mapping[str, Node]
    edges: Mapping[str, Edge]
    claims: Mapping[str, tuple[ClaimRow, ...]]

    def get_claims(self, edge_id: str) -> tuple[ClaimRow, ...]:
        """Return the evidence that the filter leaves of one of the view's edges, in order of claim id."""
        return self.claims.get(edge_id, ())

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

    @cached_property
    def _edges_by_end(self) -> Mapping[str, tuple[Edge, ...]]:
        ends: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in self.edges.values():
            for end in {edge.source, edge.target}:
                ends[end].append(edge)
        return {end: tuple(edges) for end, edges in ends.items()}

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
        anchor = of or source or target
        edges = self.edges.values() if anchor is None else self._edges_by_end.get(anchor, ())
        found = [
            edge
            for edge in edges
            if (of is None or of in (edge.source, edge.target))
            and (source is None or edge.source == source)
            and (kind is None or edge.kind == kind)
            and (target is None or edge.target == target)
        ]
        return tuple(sorted(found, key=lambda edge: (-edge.confidence, edge.id)))


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The whole graph at one version. Nothing in it ever changes, so threads share it freely.

    Attributes:
        version: The store's graph version it was built from.
        nodes: By id, sorted by id; merged entities are one node.
        edges: By id, sorted by id; all of them, those that do not count included.
        claims: The evidence of each text edge, by edge id, in order of claim id.
        canonical: Which node an entity's id stands for, for the ids that were merged away.
    """

    version: int
    nodes: Mapping[str, Node]
    edges: Mapping[str, Edge]
    claims: Mapping[str, tuple[ClaimRow, ...]]
    canonical: Canonical
    _views: OrderedDict[EdgeFilter, GraphView] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @cached_property
    def names(self) -> "NameIndex[Node]":
        """Names to nodes; built on first use, for matching names loads what few questions need."""
        from graph.search import NameIndex  # noqa: PLC0415

        return NameIndex(self.nodes.values())

    def get_node(self, entity_id: str) -> Node:
        """Return the node of an entity, or of the entity it was merged into.

        Raises:
            EntityNotFound: No entity has this id.
        """
        node = self.nodes.get(self.canonical.get(entity_id, entity_id))
        if node is None:
            raise EntityNotFound(entity_id)
        return node

    def get_edge(self, edge_id: str) -> Edge:
        """Return an edge by its id.

        An id from before a merge, or of the other direction of a symmetric edge, leads to the edge it became.

        Raises:
            RecordNotFound: There is no such edge.
        """
        if edge_id in self.edges:
            return self.edges[edge_id]
        parts = edge_id.split(".")
        if len(parts) in {3, 4}:
            source, target = (self.canonical.get(end, end) for end in (parts[0], parts[2]))
            merged = ".".join([source, parts[1], target, *parts[3:]])
            opposite = EdgeKey(target, parts[1], source).id
            if merged in self.edges:
                return self.edges[merged]
            if len(parts) == 3 and self._reads_both_ways(opposite):
                return self.edges[opposite]
        raise RecordNotFound("relation", edge_id)

    def _reads_both_ways(self, edge_id: str) -> bool:
        """Say whether there is a text edge of this id whose every claim is symmetric."""
        claims = self.claims.get(edge_id, ())
        ontology = get_ontology()
        return bool(claims) and all(ontology.is_symmetric(claim.kind, claim.how) for claim in claims)

    def get_claims(self, edge_id: str) -> tuple[ClaimRow, ...]:
        """Return the evidence of an edge, in order of claim id; none for the gazetteer's.

        Raises:
            RecordNotFound: There is no such edge.
        """
        return self.claims.get(self.get_edge(edge_id).id, ())

    def view(self, where: EdgeFilter | None = None) -> GraphView:
        """Return what a filter leaves of the graph; without one, every edge that counts.

        Cost: O(nodes + edges), and O(claims) if the filter selects claims; the last 16 filters are remembered.
        """
        where = where or EdgeFilter()
        with self._lock:
            if where in self._views:
                self._views.move_to_end(where)
                return self._views[where]
        view = _build_view(self, where)
        with self._lock:
            view = self._views.setdefault(where, view)
            while len(self._views) > _VIEWS_KEPT:
                self._views.popitem(last=False)
        return view


@pause_collector()
def _build_view(snapshot: Snapshot, where: EdgeFilter) -> GraphView:
    candidates, claims = snapshot.edges, snapshot.claims
    if where.selects_claims:
        candidates, claims = _sum_up_anew(snapshot, where)
    nodes = {
        node_id: node
        for node_id, node in snapshot.nodes.items()
        if not where.types or node.type in where.types
    }
    edges = {
        edge.id: edge
        for edge in candidates.values()
        if edge.source in nodes and edge.target in nodes and keeps_edge(where, edge)
    }
    if where.selects_edges:
        touched = {end for edge in edges.values() for end in (edge.source, edge.target)}
        nodes = {node_id: node for node_id, node in nodes.items() if node_id in touched}
    return GraphView(snapshot.version, where, MappingProxyType(nodes), MappingProxyType(edges), claims)


def _sum_up_anew(
    snapshot: Snapshot, where: EdgeFilter
) -> tuple[dict[str, Edge], dict[str, tuple[ClaimRow, ...]]]:
    """Add up every edge from the claims a filter leaves, under the ids the snapshot gives them.

    Whether a pair is torn is seen before `how` is looked at: asking for `funds` does not hide that they also fight.
    """
    ontology = get_ontology()
    asked = prepare_filter(where, snapshot.canonical)
    edges: dict[str, Edge] = {}
    claims: dict[str, tuple[ClaimRow, ...]] = {}
    before_how: list[Edge] = []
    for edge in snapshot.edges.values():
        if edge.origin == "gazetteer":
            edges[edge.id] = edge
            continue
        key = EdgeKey(edge.source, edge.kind, edge.target)
        kept = [c for c in snapshot.claims[edge.id] if keeps_claim(asked, c, snapshot.canonical)]
        if not kept:
            continue
        before_how.append(build_edge(key, kept, ontology))
        if chosen := tuple(claim for claim in kept if not where.how or claim.how in where.how):
            claims[edge.id] = chosen
            edges[edge.id] = build_edge(key, chosen, ontology) if where.how else before_how[-1]
    torn = find_torn_pairs(before_how)
    return {edge_id: mark_disputed(edge, torn) for edge_id, edge in edges.items()}, claims


@pause_collector()
def build_snapshot(
    entities: Iterable[EntityRow],
    claims: Iterable[ClaimRow],
    gazetteer: Iterable[GazetteerRow] = (),
    judgements: Iterable[JudgementRow] = (),
    version: int = 0,
) -> Snapshot:
    """Add up rows into a graph. Pure: the same rows, in any order, make the same snapshot.

    Raises:
        StoreError: A claim or known place speaks of an entity that is not among `entities`.

    Cost: O(rows log rows) time, about 30 microseconds an edge; every claim row stays in memory.
    """
    ontology = get_ontology()
    canonical = _resolve_identities(judgements)
    nodes = _build_nodes(entities, canonical)
    edges: dict[str, Edge] = {}
    evidence: dict[str, tuple[ClaimRow, ...]] = {}
    for key, rows in group_claims(claims, canonical, ontology).items():
        edge = build_edge(key, rows, ontology)
        edges[edge.id], evidence[edge.id] = edge, rows
    torn = find_torn_pairs(edges.values())
    edges = {edge_id: mark_disputed(edge, torn) for edge_id, edge in edges.items()}
    for row in sorted(gazetteer):
        edge = build_gazetteer_edge(row, canonical, ontology)
        edges.setdefault(edge.id, edge)
    for edge in edges.values():
        for end in (edge.source, edge.target):
            if end not in nodes:
                raise StoreError(f"relation {edge.id} speaks of {end!r}, which is not stored")
    return Snapshot(
        version=version,
        nodes=MappingProxyType(nodes),
        edges=MappingProxyType(dict(sorted(edges.items()))),
        claims=MappingProxyType(evidence),
        canonical=MappingProxyType(canonical),
    )


def _resolve_identities(judgements: Iterable[JudgementRow]) -> Canonical:
    judged = list(judgements)
    if not judged:
        return {}
    # Only where somebody has judged: comparing names loads what few graphs need.
    from graph.identity import resolve  # noqa: PLC0415

    return {merged: kept for merged, kept in resolve(judged).items() if merged != kept}


def _build_nodes(rows: Iterable[EntityRow], canonical: Canonical) -> dict[str, Node]:
    members: defaultdict[str, list[EntityRow]] = defaultdict(list)
    for row in rows:
        members[canonical.get(row.id, row.id)].append(row)
    return {node_id: _join_rows(node_id, members[node_id]) for node_id in sorted(members)}


def _join_rows(node_id: str, rows: list[EntityRow]) -> Node:
    """Make one node of the rows judged to be the same; the kept row's facts go first, others fill its gaps."""
    rows = sorted(rows, key=lambda row: (row.id != node_id, row.id))
    kept = rows[0]
    names = {name for row in rows for name in (row.name, *row.aliases)}
    placed = next((row for row in rows if row.lat is not None and row.lon is not None), kept)
    return Node(
        id=node_id,
        name=kept.name,
        type=kept.type,
        country_code=next((row.country_code for row in rows if row.country_code), None),
        admin1=next((row.admin1 for row in rows if row.admin1), None),
        lat=placed.lat,
        lon=placed.lon,
        geonames_id=next((row.geonames_id for row in rows if row.geonames_id is not None), None),
        aliases=tuple(sorted(names - {kept.name})),
        mentions=sum(row.mentions for row in rows),
        merged=tuple(row.id for row in rows if row.id != node_id),
        metonyms=tuple(sorted(used for row in rows for used in row.metonyms)),
    )


class SnapshotCache:
    """The newest snapshot of a store, built again when the store's version has moved on.

    Readers get a whole snapshot or wait for one; one build runs at a time, on one state of the store, whatever is
    written meanwhile.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._snapshot: Snapshot | None = None

    def current(self) -> Snapshot:
        """Return a snapshot no older than this call.

        Raises:
            StoreError: The store cannot be read.

        Cost: one version query; `build_snapshot` if it moved.
        """
        snapshot = self._snapshot
        if snapshot is not None and snapshot.version == self._store.get_version():
            return snapshot
        with self._lock:
            # Another thread may have built what this one waited for.
            if self._snapshot is None or self._snapshot.version != self._store.get_version():
                self._snapshot = self._build()
            return self._snapshot

    def _build(self) -> Snapshot:
        with self._store.at_one_version() as store:
            return build_snapshot(
                version=store.get_version(),
                entities=store.iter_entities(),
                claims=store.iter_claims(),
                gazetteer=store.iter_gazetteer_relations(),
                judgements=store.iter_judgements(),
            )
