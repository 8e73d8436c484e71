"""Who matters: rankings of entities by their place in the graph, and the edges that carry it."""

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy as np

from graph.centrality.counted_graph import CountedGraph, HopCounts
from graph.centrality.explanation import Explanation, explain_degree, explain_flow, explain_paths
from graph.centrality.sampling import bound_error
from graph.centrality.spectral import SPECTRAL, Vector
from graph.deadline import Deadline
from graph.errors import InvalidQuery, NotSettled
from graph.filters import EdgeFilter
from graph.ontology import get_ontology
from graph.paths import Direction
from graph.snapshot.snapshot import Node, Snapshot

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
MAX_LIMIT = 1000
MAX_EXPLAINED = 20
"""Most edges that explain one entry."""

EXACT_WORK = 100_000_000
"""Nodes times arcs up to which betweenness is exact by default; a few seconds on two processors."""

_WALKS_AT_ONCE = 64
"""How many walks share one pass where only distances are asked for, so that so much more work is done exactly."""

_MIN_SAMPLES = 64


@dataclass(frozen=True, slots=True)
class RankedNode:
    """One line of a ranking.

    Attributes:
        rank: From 1; equal scores (to 12 digits) share a rank, and the next rank is skipped for each.
        edges: How many edges of the filtered graph the entity has, parallel ones counted.
        carried_by: The edges that carry most of the score; empty unless asked for.
    """

    rank: int
    node: Node
    score: float
    edges: int
    carried_by: Explanation = ()


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


class _Scored(NamedTuple):
    """Scores of the nodes of a counted graph, and how they were come by."""

    scores: Vector
    samples: Sequence[int] | None = None
    error_bound: float = 0.0


def rank(  # noqa: PLR0913 (the question's options)
    snapshot: Snapshot,
    metric: Metric,
    *,
    where: EdgeFilter | None = None,
    types: Collection[str] = (),
    limit: int = 20,
    direction: Direction | None = None,
    samples: int | None = None,
    explain: int = 0,
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
            from all. By default all are walked from while that takes a few seconds.
        explain: Of each entry, give this many of the edges that carry its score, within [0, 20].
        budget_s: Seconds after which the work is stopped; None for no limit.

    Raises:
        InvalidQuery: An option has a value that cannot be used, or the metric does not settle on this graph.
        QueryTimeout: The budget was used up.

    Cost: O(edges) for the degrees, O(edges * iterations) for `pagerank`, `eigenvector` and `katz`, O(nodes * edges)
    for the rest (O(samples * edges) if sampled), 64 times less where only distances count. An explanation costs
    O(nodes + edges) for each entry, and of `betweenness` once or twice the score.
    """
    _check_options(metric, types, limit, direction, samples, explain)
    deadline = Deadline(budget_s)
    graph = CountedGraph.of(snapshot.view(where))
    deadline.check()
    walked: Direction = direction or ("out" if metric == "pagerank" else "any")
    scored = _score(graph, metric, walked, samples, deadline)
    listed = types or [kind.name for kind in get_ontology().entity_types.values() if kind.actor]
    ranked = _order(graph, scored.scores, frozenset(listed), limit)
    explained: Sequence[Explanation] = ()
    if explain:
        explained = _explain(graph, metric, walked, ranked.places, scored, explain, deadline)
    counts = graph.count_edges()
    entries = tuple(
        RankedNode(
            ranked.ranks[index],
            graph.view.node_at(int(graph.numbers[place])),
            ranked.scores[index],
            int(counts[place]),
            explained[index] if explained else (),
        )
        for index, place in enumerate(ranked.places)
    )
    deadline.check()
    return Ranking(
        metric,
        None if metric in _DEGREES else walked,
        entries,
        ranked.total,
        ranked.tied_beyond,
        None if scored.samples is None else len(scored.samples),
        scored.error_bound,
    )


def _check_options(
    metric: str,
    types: Collection[str],
    limit: int,
    direction: str | None,
    samples: int | None,
    explain: int,
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
    if not 0 <= explain <= MAX_EXPLAINED:
        raise InvalidQuery("explain", f"must be between 0 and {MAX_EXPLAINED}, not {explain}.")


def _score(
    graph: CountedGraph, metric: Metric, direction: Direction, samples: int | None, deadline: Deadline
) -> _Scored:
    if metric in _DEGREES:
        return _Scored(_score_degree(graph, metric))
    if not graph.nodes:
        return _Scored(np.empty(0))
    if metric in SPECTRAL:
        try:
            return _Scored(SPECTRAL[metric](graph.prepare_ways(direction), deadline))
        except NotSettled as error:
            raise InvalidQuery("metric", f"{error} Ask for another metric or direction.") from error
    return _METRICS[metric](graph.prepare_hops(direction), samples, deadline)


class _Ordered(NamedTuple):
    """The head of a ranking: places of nodes, their ranks and rounded scores; and how much there is beyond."""

    places: list[int]
    ranks: list[int]
    scores: list[float]
    total: int
    tied_beyond: int


def _order(graph: CountedGraph, scores: Vector, listed: frozenset[str], limit: int) -> _Ordered:
    nodes = graph.view.columns.nodes
    codes = [code for code in range(len(nodes.type_words)) if nodes.type_words[code] in listed]
    eligible = np.flatnonzero(np.isin(nodes.types[graph.numbers], codes))
    if not len(eligible):
        return _Ordered([], [], [], 0, 0)
    rounded = round_digits(scores[eligible])
    if len(eligible) > limit:
        # Only what is shown, and what ties with the last of it, is sorted.
        last = -np.partition(-rounded, limit - 1)[limit - 1]
        head = np.flatnonzero(rounded >= last)
    else:
        head = np.arange(len(eligible))
    ids = graph.view.node_ranks[graph.numbers[eligible[head]]]
    head = head[np.lexsort((ids, -rounded[head]))]
    values = rounded[head]
    ranks = np.searchsorted(-values, -values, side="left") + 1
    shown = min(limit, len(head))
    return _Ordered(
        eligible[head[:shown]].tolist(),
        ranks[:shown].tolist(),
        values[:shown].tolist(),
        len(eligible),
        int(np.count_nonzero(ranks[shown:] == ranks[shown - 1])),
    )


def round_digits(values: Vector) -> Vector:
    """Return values rounded to 12 significant digits, so that equals come out equal. Cost: O(values)."""
    magnitudes = np.zeros(len(values))
    np.log10(np.abs(values), out=magnitudes, where=values != 0)
    factors = 10.0 ** (11 - np.floor(magnitudes))
    rounded: Vector = np.where(values != 0, np.rint(values * factors) / factors, 0.0)
    return rounded


def _explain(
    graph: CountedGraph,
    metric: Metric,
    direction: Direction,
    places: list[int],
    scored: _Scored,
    limit: int,
    deadline: Deadline,
) -> list[Explanation]:
    if metric in _DEGREES:
        return explain_degree(graph, metric, places, limit)
    if metric in SPECTRAL:
        return explain_flow(graph, metric, places, limit, scored.scores, direction)
    sources = range(graph.nodes) if scored.samples is None else scored.samples
    return explain_paths(graph, metric, places, limit, sources, direction, deadline)


_DEGREES = frozenset({"degree", "in-degree", "out-degree"})


def _score_degree(graph: CountedGraph, metric: str) -> Vector:
    counts = np.zeros(graph.nodes, np.int64)
    both = np.ones(len(graph.edges), np.bool_) if metric == "degree" else graph.symmetric
    out = both | (metric == "out-degree")
    into = both | (metric == "in-degree")
    counts += np.bincount(graph.sources[out], minlength=graph.nodes)
    counts += np.bincount(graph.targets[into], minlength=graph.nodes)
    shares: Vector = counts / max(graph.nodes - 1, 1)
    return shares


def _draw(hops: HopCounts, samples: int | None, exact_work: int) -> Sequence[int] | None:
    """Choose the entities to walk from; None stands for all."""
    if samples is None and hops.nodes * hops.arcs > exact_work:
        samples = max(_MIN_SAMPLES, exact_work // hops.arcs)
    if samples is None or samples >= hops.nodes:
        return None
    return random.Random(hops.nodes).sample(range(hops.nodes), samples)  # noqa: S311 (statistics, not secrets)


def _score_betweenness(hops: HopCounts, samples: int | None, deadline: Deadline) -> _Scored:
    """Brandes (2001); dependencies over the other nodes but one, so that each lies within [0, 1]."""
    nodes = hops.nodes
    if nodes < 3:
        return _Scored(np.zeros(nodes))
    drawn = _draw(hops, samples, EXACT_WORK)
    totals, squares = hops.depend(range(nodes) if drawn is None else drawn, deadline)
    if drawn is None:
        return _Scored(totals / ((nodes - 1) * (nodes - 2)))
    scale = nodes / (nodes - 1)
    error = bound_error(nodes, len(drawn), totals / (nodes - 2), squares / (nodes - 2) ** 2)
    return _Scored(totals / (nodes - 2) / len(drawn) * scale, drawn, scale * error)


def _score_harmonic(hops: HopCounts, samples: int | None, deadline: Deadline) -> _Scored:
    nodes = hops.nodes
    drawn = _draw(hops, samples, EXACT_WORK * _WALKS_AT_ONCE)
    _, _, inverse = hops.reach(range(nodes) if drawn is None else drawn, deadline)
    if drawn is None:
        return _Scored(inverse)
    return _Scored(inverse * (nodes / len(drawn)), drawn, nodes * bound_error(nodes, len(drawn), inverse))


def _score_closeness(hops: HopCounts, _samples: int | None, deadline: Deadline) -> _Scored:
    reached, lengths, _ = hops.reach(range(hops.nodes), deadline)
    scores = np.zeros(hops.nodes)
    np.divide(reached, lengths, out=scores, where=lengths > 0)
    return _Scored(scores * reached / max(hops.nodes - 1, 1))


_METRICS: Mapping[str, Callable[[HopCounts, int | None, Deadline], _Scored]] = {
    "betweenness": _score_betweenness,
    "closeness": _score_closeness,
    "harmonic": _score_harmonic,
}
