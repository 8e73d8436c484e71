"""Who matters: rankings of entities by their place in the graph; what walks it is computed by networkx."""

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import Literal, TypeAlias, get_args

import networkx as nx

from graph.deadline import Deadline
from graph.errors import InvalidQuery, NotSettled
from graph.filters import EdgeFilter
from graph.ontology import get_ontology
from graph.paths import Direction
from graph.snapshot import GraphView, Node, Snapshot
from graph.spectral import SPECTRAL, ListedWays

Metric = Literal[
    "degree",
    "in-degree",
    "out-degree",
    "pagerank",
    "betweenness",
    "closeness",
    "harmonic",
    "eigenvector",
    "katz",
]
Scores = Mapping[str, float]
SimpleGraph: TypeAlias = "nx.Graph[str]"

MAX_LIMIT = 1000
EXACT_WORK = 2_000_000
"""Nodes times edges up to which betweenness and harmonic centrality are exact by default; a few seconds."""

_MIN_SAMPLES = 64
_EDGES_AT_ONCE = 50_000
"""How many edges are walked between two looks at the clock; a tenth of a second."""

_MISS_PROBABILITY = 0.05


@dataclass(frozen=True, slots=True)
class RankedNode:
    """One line of a ranking.

    Attributes:
        rank: From 1; equal scores (to 12 digits) share a rank, and the next rank is skipped for each.
        edges: How many edges of the filtered graph the entity has, parallel ones counted.
    """

    rank: int
    node: Node
    score: float
    edges: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """Entities, most central first; equals by id.

    Attributes:
        direction: How edges were walked; None where the metric does not walk.
        total: How many entities were ranked.
        tied_beyond: How many that are not shown tie with the last that is.
        samples: From how many entities was walked, if not from all.
        error_bound: With 95 % probability no score is further off than this; 0 for exact scores.
    """

    metric: Metric
    direction: Direction | None
    entries: tuple[RankedNode, ...]
    total: int
    tied_beyond: int
    samples: int | None
    error_bound: float

    @property
    def shown(self) -> int:
        """How many entries are here."""
        return len(self.entries)

    @property
    def is_exact(self) -> bool:
        """Whether every score is exact, to the tolerance of the method."""
        return self.samples is None


@dataclass(frozen=True, slots=True)
class _Scored:
    scores: Scores
    samples: int | None = None
    error_bound: float = 0.0


def rank(
    snapshot: Snapshot,
    metric: Metric,
    *,
    where: EdgeFilter | None = None,
    types: Collection[str] = (),
    limit: int = 20,
    direction: Direction | None = None,
    samples: int | None = None,
    budget_s: float | None = None,
) -> Ranking:
    """Rank entities by a metric over the filtered graph.

    `degree`, `in-degree`, `out-degree`: edges, parallel ones each, over the number of other entities; a symmetric
    edge goes both in and out, and counts once in `degree`.
    `pagerank` (damping 0.85), `eigenvector` and `katz` (attenuation 0.9 over a bound of the largest eigenvalue)
    weigh a pair by the summed confidence of its parallel edges.
    `betweenness` (normalised), `closeness` (of what is in reach, scaled by its share; by distance *to* the entity)
    and `harmonic` (sum of 1/distance *to* it) count hops; parallel edges are one way.

    Args:
        snapshot: The graph.
        metric: One of those above.
        where: Which edges, and which entities at their ends, the graph is made of.
        types: Entity types to list; by default all actors, which is every type but places. The others still count
            as part of the graph.
        limit: Entries to show, within [1, 1000].
        direction: `out` walks edges from source to target only (symmetric ones both ways), `any` both ways. By
            default `out` for `pagerank`, `any` for the rest; the degrees take none.
        samples: For `betweenness` and `harmonic`: walk from this many entities, drawn with a fixed seed, instead of
            from all. By default all are walked from while nodes times edges is at most 2 million.
        budget_s: Seconds after which the work is stopped; None for no limit.

    Raises:
        InvalidQuery: An option has a value that cannot be used, or the metric does not settle on this graph.
        QueryTimeout: The budget was used up.

    Cost: O(edges) for the degrees, O(edges * iterations) for `pagerank`, `eigenvector` and `katz`, O(nodes * edges)
    for the rest (O(samples * edges) if sampled).
    """
    _check_options(metric, types, limit, direction, samples)
    deadline = Deadline(budget_s)
    view = snapshot.view(where)
    deadline.check()
    listed = types or [kind.name for kind in get_ontology().entity_types.values() if kind.actor]
    walked: Direction = direction or ("out" if metric == "pagerank" else "any")
    scored = _score(view, metric, walked, samples, deadline)
    entries = _order(view, scored.scores, frozenset(listed))
    tied_beyond = sum(entry.rank == entries[limit - 1].rank for entry in entries[limit:])
    return Ranking(
        metric,
        None if metric in _DEGREES else walked,
        entries[:limit],
        len(entries),
        tied_beyond,
        scored.samples,
        scored.error_bound,
    )


def _score(
    view: GraphView, metric: Metric, direction: Direction, samples: int | None, deadline: Deadline
) -> _Scored:
    if metric in _DEGREES:
        return _Scored(_score_degree(view, metric))
    if not view.nodes:
        return _Scored({})
    if metric in SPECTRAL:
        try:
            scores = SPECTRAL[metric](ListedWays(view.nodes, _iter_ways(view, direction)), deadline)
        except NotSettled as error:
            raise InvalidQuery("metric", f"{error} Ask for another metric or direction.") from error
        return _Scored(dict(zip(view.nodes, scores.tolist(), strict=True)))
    return _METRICS[metric](_collapse(view, direction), samples, deadline)


def _check_options(
    metric: str, types: Collection[str], limit: int, direction: str | None, samples: int | None
) -> None:
    EdgeFilter(types=types)
    if metric not in get_args(Metric):
        raise InvalidQuery("metric", f"must be one of {', '.join(get_args(Metric))}, not {metric!r}.")
    if not 1 <= limit <= MAX_LIMIT:
        raise InvalidQuery("limit", f"must be between 1 and {MAX_LIMIT}, not {limit}.")
    if direction is not None and direction not in get_args(Direction):
        raise InvalidQuery("direction", f"must be one of any, out, not {direction!r}.")
    if samples is not None and samples < 1:
        raise InvalidQuery("samples", f"must be at least 1, not {samples}.")


def _order(view: GraphView, scores: Scores, listed: frozenset[str]) -> tuple[RankedNode, ...]:
    rounded = {
        node_id: float(f"{score:.12g}")
        for node_id, score in scores.items()
        if view.nodes[node_id].type in listed
    }
    edges = Counter(end for edge in view.walkable for end in (edge.source, edge.target))
    ordered: list[RankedNode] = []
    for place, node_id in enumerate(
        sorted(rounded, key=lambda node_id: (-rounded[node_id], node_id)), start=1
    ):
        score = rounded[node_id]
        rank_ = ordered[-1].rank if ordered and ordered[-1].score == score else place
        ordered.append(RankedNode(rank_, view.nodes[node_id], score, edges[node_id]))
    return tuple(ordered)


_DEGREES = frozenset({"degree", "in-degree", "out-degree"})


def _score_degree(view: GraphView, metric: str) -> Scores:
    counts = Counter(dict.fromkeys(view.nodes, 0))
    for edge in view.walkable:
        both = metric == "degree" or edge.symmetric
        if both or metric == "out-degree":
            counts[edge.source] += 1
        if both or metric == "in-degree":
            counts[edge.target] += 1
    others = max(len(view.nodes) - 1, 1)
    return {node_id: number / others for node_id, number in counts.items()}


def _iter_ways(view: GraphView, direction: Direction) -> Iterator[tuple[str, str, float]]:
    """Yield start, end and weight of every way to walk an edge; parallel edges each."""
    for edge in view.walkable:
        yield edge.source, edge.target, edge.confidence
        if direction == "any" or edge.symmetric:
            yield edge.target, edge.source, edge.confidence


def _collapse(view: GraphView, direction: Direction) -> SimpleGraph:
    """Return a plain graph in which parallel edges are one way; walks in it count hops."""
    graph: SimpleGraph = nx.DiGraph() if direction == "out" else nx.Graph()
    graph.add_nodes_from(view.nodes)
    graph.add_edges_from((start, end) for start, end, _ in _iter_ways(view, direction))
    return graph


def _draw(graph: SimpleGraph, samples: int | None) -> list[str] | None:
    """Choose the entities to walk from; None stands for all."""
    nodes, edges = graph.number_of_nodes(), graph.number_of_edges()
    if samples is None and nodes * edges > EXACT_WORK:
        samples = max(_MIN_SAMPLES, EXACT_WORK // edges)
    if samples is None or samples >= nodes:
        return None
    return random.Random(nodes).sample(sorted(graph), samples)  # noqa: S311 (statistics, not secrets)


def _bound_error(nodes: int, samples: int) -> float:
    """Bound the error of a mean over sampled values within [0, 1], for all nodes at once.

    Hoeffding (1963, theorems 2 and 4) with a union bound over the nodes; see Brandes and Pich (2007).
    """
    return sqrt(log(2 * nodes / _MISS_PROBABILITY) / (2 * samples))


def _score_betweenness(graph: SimpleGraph, samples: int | None, deadline: Deadline) -> _Scored:
    """Brandes (2001), a few sources at a time so that the deadline is seen."""
    nodes = len(graph)
    drawn = _draw(graph, samples)
    sources = sorted(graph) if drawn is None else drawn
    totals = dict.fromkeys(graph, 0.0)
    if nodes < 3:
        return _Scored(totals)
    at_once = max(1, _EDGES_AT_ONCE // (nodes + graph.number_of_edges()))
    for start in range(0, len(sources), at_once):
        deadline.check()
        part = nx.betweenness_centrality_subset(graph, sources[start : start + at_once], list(graph))
        for node_id, dependency in part.items():
            totals[node_id] += dependency
    pairs_counted = 1 if graph.is_directed() else 2
    scale = pairs_counted * nodes / len(sources) / ((nodes - 1) * (nodes - 2))
    scores = {node_id: total * scale for node_id, total in totals.items()}
    if drawn is None:
        return _Scored(scores)
    return _Scored(scores, len(drawn), nodes / (nodes - 1) * _bound_error(nodes, len(drawn)))


def _score_harmonic(graph: SimpleGraph, samples: int | None, deadline: Deadline) -> _Scored:
    nodes = len(graph)
    drawn = _draw(graph, samples)
    sources = sorted(graph) if drawn is None else drawn
    totals = dict.fromkeys(graph, 0.0)
    for source in sources:
        deadline.check()
        for node_id, hops in nx.single_source_shortest_path_length(graph, source).items():
            if hops:
                totals[node_id] += 1.0 / hops
    scores = {node_id: total * nodes / len(sources) for node_id, total in totals.items()}
    return (
        _Scored(scores)
        if drawn is None
        else _Scored(scores, len(drawn), nodes * _bound_error(nodes, len(drawn)))
    )


def _score_closeness(graph: SimpleGraph, _samples: int | None, deadline: Deadline) -> _Scored:
    inward = graph.reverse() if isinstance(graph, nx.DiGraph) else graph
    scores: dict[str, float] = {}
    for node_id in graph:
        deadline.check()
        distances = nx.single_source_shortest_path_length(inward, node_id)
        reached = len(distances) - 1
        total = sum(distances.values())
        scores[node_id] = reached / total * reached / (len(graph) - 1) if total else 0.0
    return _Scored(scores)


_METRICS: Mapping[str, Callable[[SimpleGraph, int | None, Deadline], _Scored]] = {
    "betweenness": _score_betweenness,
    "closeness": _score_closeness,
    "harmonic": _score_harmonic,
}
