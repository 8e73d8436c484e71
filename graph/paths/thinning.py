"""The graph without some of its sources, added up anew only where somebody looks.

Taking a source's claims away changes few edges, and a search sees few of all. So nothing is rebuilt but the edges
between two neighbours that a search arrives at and that a source taken away speaks of; the rest stays shared.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Literal, NamedTuple

from graph.edges import (
    Edge,
    EdgeKey,
    build_edge,
    find_torn_pairs,
    is_counting,
    mark_disputed,
    normalise_outlet,
)
from graph.filters import EdgeFilter, keeps_edge
from graph.ontology import Sign, get_ontology
from graph.rows import ClaimRow
from graph.snapshot.snapshot import Snapshot

Cost = tuple[int, int, int]
"""Compared as tuples, added part by part; what the parts are depends on what makes a path best."""

_UNITS_PER_NAT = 2**24
"""How finely cost tells confidences apart: a nat is a factor of e."""


class Source(NamedTuple):
    """Who can be doubted as one: an outlet or, where a text names none, the story it tells."""

    sort: Literal["outlet", "story"]
    key: str


def find_source(claim: ClaimRow) -> Source:
    """Return the source of a claim: its outlet as outlets are compared, or its story."""
    outlet = normalise_outlet(claim.outlet)
    return Source("outlet", outlet) if outlet else Source("story", claim.story_id)


class Step(NamedTuple):
    """A hop to `node` over the best edge that is left; `sign` is 0 where signs do not matter."""

    node: str
    edge: Edge
    cost: Cost
    sign: Sign


@dataclass(frozen=True, slots=True)
class Stride:
    """How edges are walked, and what makes a path best; as in `graph.paths.find_paths`.

    Attributes:
        any_direction: Backwards, too; else only symmetric edges are.
        by_confidence: Confidence goes before the number of hops.
        signed: The best edge of each sign is a step of its own; else the best of all is.
    """

    any_direction: bool
    by_confidence: bool
    signed: bool

    def compute_cost(self, edge: Edge) -> Cost:
        """Return what a hop over an edge adds to a path's cost."""
        doubt = round(-log(edge.confidence) * _UNITS_PER_NAT)
        is_unread = int(edge.origin == "gazetteer")
        return (doubt, 1, is_unread) if self.by_confidence else (1, is_unread, doubt)

    def may_leave(self, node: str, edge: Edge) -> bool:
        """Say whether an edge can be walked away from one of its ends."""
        return edge.source == node or self.any_direction or edge.symmetric

    def may_enter(self, node: str, edge: Edge) -> bool:
        """Say whether an edge can be walked into one of its ends."""
        return edge.target == node or self.any_direction or edge.symmetric


class Support:
    """What a filter leaves of a graph, and which sources its edges rest on.

    Cost: two views of the snapshot; edges and claims are looked at when they are asked for, and remembered.
    """

    def __init__(self, snapshot: Snapshot, where: EdgeFilter) -> None:
        self._where = replace(where, types=(), evidence=False)
        self._asked = snapshot.view(self._where)
        # What makes an edge disputed may be of a kind, or as weak, as was not asked for.
        self._all = snapshot.view(
            replace(
                where,
                kinds=(),
                how=(),
                types=(),
                min_confidence=0.0,
                disputed=None,
                origin="text",
                evidence=True,
            )
        )
        self._around: dict[str, Mapping[str, tuple[Edge, ...]]] = {}
        self._sources: dict[str, frozenset[Source]] = {}
        self._counting: dict[str, frozenset[Source]] = {}
        self._left: dict[tuple[str, str, frozenset[Source]], tuple[Edge, ...]] = {}
        self._spellings: defaultdict[Source, Counter[str]] = defaultdict(Counter)

    @property
    def weakens_by_degrees(self) -> bool:
        """Whether an edge may be lost before all sources that count for it are."""
        return self._where.min_confidence > 0 or self._where.disputed is not None

    def find_sources(self, edge: Edge) -> frozenset[Source]:
        """Return the sources that an edge's place in the graph depends on; none for the gazetteer's.

        They are those of the claims that count for it. Where the filter asks for disputed edges, or for the others,
        they are those of all that is said of its two ends.
        """
        if edge.origin == "gazetteer":
            return frozenset()
        if self._where.disputed is not None:
            return self._find_pair_sources(edge.source, edge.target)
        if edge.id not in self._counting:
            chosen = self._choose(self._all.get_claims(edge.id))
            self._counting[edge.id] = frozenset(find_source(claim) for claim in chosen if is_counting(claim))
        return self._counting[edge.id]

    def get_name(self, source: Source) -> str:
        """Return a source as people know it: the outlet's usual spelling, or the story's id."""
        seen = self._spellings.get(source)
        return min(seen, key=lambda name: (-seen[name], name)) if seen else source.key

    def find_left(self, node: str, other: str, removed: frozenset[Source]) -> tuple[Edge, ...]:
        """Return the edges between two neighbours that are left, and pass the filter, without some sources."""
        low, high = sorted((node, other))
        touched = removed & self._find_pair_sources(low, high) if removed else removed
        key = (low, high, touched)
        if key not in self._left:
            edges = self.find_around(node)[other]
            self._left[key] = self._rebuild(edges, touched) if touched else self._pick_asked(edges)
        return self._left[key]

    def find_around(self, node: str) -> Mapping[str, tuple[Edge, ...]]:
        """Return every edge of a node, by its neighbour; those that do not count included."""
        if node not in self._around:
            found: defaultdict[str, dict[str, Edge]] = defaultdict(dict)
            for view in (self._all, self._asked):
                for edge in view.find_edges(of=node):
                    if edge.source != edge.target:
                        other = edge.target if edge.source == node else edge.source
                        found[other].setdefault(edge.id, edge)
            self._around[node] = {other: tuple(edges.values()) for other, edges in found.items()}
        return self._around[node]

    def _find_pair_sources(self, node: str, other: str) -> frozenset[Source]:
        edges = self.find_around(node)[other]
        return frozenset[Source]().union(*(self._find_all_sources(edge) for edge in edges))

    def _find_all_sources(self, edge: Edge) -> frozenset[Source]:
        if edge.id not in self._sources:
            found = set()
            for claim in self._all.get_claims(edge.id):
                source = find_source(claim)
                found.add(source)
                if source.sort == "outlet":
                    self._spellings[source][" ".join((claim.outlet or "").split())] += 1
            self._sources[edge.id] = frozenset(found)
        return self._sources[edge.id]

    def _choose(self, claims: Iterable[ClaimRow]) -> list[ClaimRow]:
        return [claim for claim in claims if not self._where.how or claim.how in self._where.how]

    def _pick_asked(self, edges: Sequence[Edge]) -> tuple[Edge, ...]:
        return tuple(self._asked.edges[edge.id] for edge in edges if edge.id in self._asked.edges)

    def _rebuild(self, edges: Sequence[Edge], removed: frozenset[Source]) -> tuple[Edge, ...]:
        """Add up the edges between two neighbours from the claims of other sources, as a filter on claims does."""
        ontology = get_ontology()
        kept: dict[EdgeKey, list[ClaimRow]] = {}
        for edge in edges:
            claims = [c for c in self._all.get_claims(edge.id) if find_source(c) not in removed]
            if edge.origin == "text" and claims:
                kept[EdgeKey(edge.source, edge.kind, edge.target)] = claims
        torn = find_torn_pairs(build_edge(key, claims, ontology) for key, claims in kept.items())
        chosen = ((key, self._choose(claims)) for key, claims in kept.items())
        built = (mark_disputed(build_edge(key, claims, ontology), torn) for key, claims in chosen if claims)
        left = [edge for edge in built if edge.counts and keeps_edge(self._where, edge)]
        known = [edge for edge in edges if edge.origin == "gazetteer" and edge.id in self._asked.edges]
        return (*left, *known)


@dataclass(frozen=True, eq=False)
class ThinnedGraph:
    """What is left to walk without some sources.

    Attributes:
        blocked: Ids of nodes that may not be visited.
    """

    support: Support
    removed: frozenset[Source]
    stride: Stride
    blocked: frozenset[str]

    def find_steps(self, node: str, *, backward: bool = False) -> list[Step]:
        """Return the best steps from a node: one for each neighbour, and each sign where signs matter.

        With `backward` they are the steps that lead into the node, each with where it comes from.
        """
        may_walk = self.stride.may_enter if backward else self.stride.may_leave
        steps: list[Step] = []
        for other in self.support.find_around(node):
            if other in self.blocked:
                continue
            best: dict[Sign, tuple[tuple[Cost, bool, str], Step]] = {}
            for edge in self.support.find_left(node, other, self.removed):
                if not may_walk(node, edge):
                    continue
                sign: Sign = edge.sign if self.stride.signed else 0
                step = Step(other, edge, self.stride.compute_cost(edge), sign)
                is_backward = edge.source != (other if backward else node)
                preference = (step.cost, is_backward, edge.id)
                if sign not in best or preference < best[sign][0]:
                    best[sign] = (preference, step)
            steps.extend(step for _, step in best.values())
        return steps
