"""Which edges carry an entity's score: what `explain` adds to a ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.centrality.counted_graph import CountedGraph, HopCounts
from graph.centrality.spectral import DAMPING, Vector, bound_attenuation
from graph.deadline import Deadline
from graph.edges import Edge
from graph.snapshot.columns import Int32
from graph.snapshot.graph_view import WalkDirection


@dataclass(frozen=True, slots=True)
class CarryingEdge:
    """One edge and how much of a score it carries.

    Attributes:
        share: Within [0, 1]. Of `pagerank` and `katz` a part is everybody's own, so that all shares together are less
            than 1.
    """

    edge: Edge
    share: float


Explanation = tuple[CarryingEdge, ...]
"""The edges that carry most of a score, first the one that carries most."""


class _Shares(NamedTuple):
    """Edges of a counted graph by place, each once, and what each carries."""

    edges: NDArray[np.intp]
    values: Vector


def explain_degree(graph: CountedGraph, metric: str, of: Sequence[int], limit: int) -> list[Explanation]:
    """Return the surest of the edges that a degree counts; each carries as much as any other."""
    into, out = metric != "out-degree", metric != "in-degree"
    explained = []
    for node in of:
        edges, _ = _find_incident(graph, node, into=into, out=out)
        explained.append(_choose(graph, _Shares(edges, np.full(len(edges), 1 / max(len(edges), 1))), limit))
    return explained


def explain_flow(
    graph: CountedGraph,
    metric: str,
    of: Sequence[int],
    limit: int,
    scores: Vector,
    direction: WalkDirection,
) -> list[Explanation]:
    """Return the edges that bring most of a score that is passed on: `pagerank`, `eigenvector` or `katz`.

    Args:
        graph: The graph.
        metric: One of the three.
        of: Places of the nodes to explain.
        limit: Edges to give for each.
        scores: (nodes,), those of the metric.
        direction: How edges were walked.

    Cost: O(edges), and as much for each node again.
    """
    tails, heads, weights = graph.list_arcs(direction)
    sent = np.bincount(tails, weights, graph.nodes).astype(np.float64)
    received = np.bincount(heads, weights, graph.nodes).astype(np.float64)
    explained = []
    for node in of:
        edges, others = _find_incident(graph, node, into=True, out=direction == "any")
        passed = scores[others] * graph.confidences[edges]
        if metric == "pagerank":
            passed *= DAMPING / sent[others]
        elif metric == "katz":
            passed *= bound_attenuation(received, sent)
        whole = passed.sum() if metric == "eigenvector" else scores[node]
        explained.append(_choose(graph, _Shares(edges, passed / (whole or 1.0)), limit))
    return explained


def explain_paths(
    graph: CountedGraph,
    metric: str,
    of: Sequence[int],
    limit: int,
    sources: Sequence[int],
    direction: WalkDirection,
    deadline: Deadline,
) -> list[Explanation]:
    """Return the edges that most shortest paths take: of `betweenness`, `closeness` or `harmonic`.

    For `betweenness` the paths through the entity, half for the edge they come by and half for the one they go by; for
    the others the paths by which the entity is reached. Parallel edges share by confidence.

    Args:
        graph: The graph.
        metric: One of the three.
        of: Places of the nodes to explain.
        limit: Edges to give for each.
        sources: Where the paths of the score start.
        direction: How edges were walked.
        deadline: When to stop.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: as the score's for `betweenness`, twice where edges have a direction; and O(nodes + edges) for each node.
    """
    both = direction == "any"
    inward = graph.prepare_hops("any" if both else "in")
    if metric != "betweenness":
        flows = [inward.spread([node], [node], deadline)[0] for node in of]
        shares = [
            _share(graph, node, flow, into=True, out=both) for node, flow in zip(of, flows, strict=True)
        ]
        return [_choose(graph, found, limit) for found in shares]
    coming = _pass_through(inward, of, sources, deadline)
    if both:
        shares = [
            _share(graph, node, flow, into=True, out=True) for node, flow in zip(of, coming, strict=True)
        ]
        return [_choose(graph, found, limit) for found in shares]
    going = _pass_through(graph.prepare_hops("out"), of, sources, deadline)
    return [
        _choose(
            graph,
            _join(
                _share(graph, node, came, into=True, out=False),
                _share(graph, node, went, into=False, out=True),
            ),
            limit,
        )
        for node, came, went in zip(of, coming, going, strict=True)
    ]


def _pass_through(
    hops: HopCounts, of: Sequence[int], sources: Sequence[int], deadline: Deadline
) -> list[dict[int, float]]:
    """Return what leaves each node to each neighbour on paths that start elsewhere."""
    flows = hops.spread(sources, of, deadline)
    among = set(sources)
    for node, flow in zip(of, flows, strict=True):
        if node in among:
            for head, own in hops.spread([node], [node], deadline)[0].items():
                flow[head] = max(flow[head] - own, 0.0)
    return flows


def _find_incident(
    graph: CountedGraph, node: int, *, into: bool, out: bool
) -> tuple[NDArray[np.intp], Int32]:
    """Return the edges that lead into a node or out of it, symmetric ones always, and the node at the other end."""
    outward = (graph.sources == node) & (graph.symmetric | out)
    inward = (graph.targets == node) & (graph.symmetric | into)
    edges = np.flatnonzero(outward | inward)
    starts = graph.sources[edges]
    return edges, np.where(starts == node, graph.targets[edges], starts)


def _share(graph: CountedGraph, node: int, flow: dict[int, float], *, into: bool, out: bool) -> _Shares:
    """Return how a flow by neighbour divides among edges."""
    edges, others = _find_incident(graph, node, into=into, out=out)
    sure = graph.confidences[edges]
    neighbours, place = np.unique(others, return_inverse=True)
    flows = np.array([flow.get(neighbour, 0.0) for neighbour in neighbours.tolist()], np.float64)
    together = np.bincount(place, sure, len(neighbours))
    values = flows[place] * sure / together[place]
    return _Shares(edges, values / (flows.sum() or 1.0))


def _join(left: _Shares, right: _Shares) -> _Shares:
    """Return the mean of two."""
    edges, place = np.unique(np.concatenate([left.edges, right.edges]), return_inverse=True)
    values = np.concatenate([left.values, right.values]) / 2
    return _Shares(edges, np.bincount(place, values, len(edges)).astype(np.float64))


def _choose(graph: CountedGraph, shares: _Shares, limit: int) -> Explanation:
    """Return the edges that carry most; of equals the surest, then by id; none that carries nothing."""
    sure = graph.confidences[shares.edges]
    rounded = np.round(shares.values, 12)
    carrying = np.flatnonzero(rounded > 0)
    order = carrying[np.lexsort((-sure[carrying], -rounded[carrying]))]
    if len(order) > limit:
        # What ties with the last that is given is looked at by id, too.
        last = order[limit - 1]
        tied = (rounded[order] == rounded[last]) & (sure[order] == sure[last])
        order = order[: max(limit, int(np.flatnonzero(tied)[-1]) + 1)]
    chosen = [
        CarryingEdge(graph.view.edge_at(int(graph.edges[shares.edges[place]])), float(rounded[place]))
        for place in order.tolist()
    ]
    chosen.sort(key=lambda one: (-one.share, -one.edge.confidence, one.edge.id))
    return tuple(chosen[:limit])
