"""Centralities: networkx's functions of these names, with its arguments, errors and results, on kernels."""

from collections.abc import Callable, Iterable, Mapping
from math import nan
from random import Random
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from graph.backend.arrays import ArrayGraph, Label
from graph.backend.attributes import Unsuited
from graph.backend.neighborhoods import find_listed
from graph.centrality.spectral import Vector, compute_eigenvector, compute_katz, compute_pagerank, scale
from graph.deadline import Deadline
from graph.errors import NotSettled
from graph.kernels.betweenness import add_up_dependencies
from graph.kernels.closeness import Distances, add_up_distances
from graph.kernels.distances import build_hop_tree, build_weighted_tree
from graph.kernels.pushing import InwardArcs
from graph.kernels.weighted_sums import add_up_weighted_dependencies, add_up_weighted_distances

Scores = dict[Label, float]
Given = Mapping[Any, float] | None

_NEVER = Deadline(None)


def _name(graph: ArrayGraph, scores: NDArray[Any]) -> Scores:
    return dict(zip(graph, scores.tolist(), strict=True))


def degree_centrality(graph: ArrayGraph) -> Scores:
    """Return the edges of each node over the number of others."""
    return _share_degrees(graph, into=True, out=True)


def in_degree_centrality(graph: ArrayGraph) -> Scores:
    """Return the edges that lead to each node over the number of others."""
    return _share_degrees(graph, into=True, out=False)


def out_degree_centrality(graph: ArrayGraph) -> Scores:
    """Return the edges that leave each node over the number of others."""
    return _share_degrees(graph, into=False, out=True)


def _share_degrees(graph: ArrayGraph, *, into: bool, out: bool) -> Scores:
    if len(graph) <= 1:
        return dict.fromkeys(graph, 1)
    return _name(graph, graph.find_degrees(into=into, out=out) * (1.0 / (len(graph) - 1.0)))


def pagerank(
    graph: ArrayGraph,
    alpha: float = 0.85,
    personalization: Given = None,
    max_iter: int = 100,
    tol: float = 1e-06,
    nstart: Given = None,
    weight: Any = "weight",  # noqa: ANN401 (an attribute's name)
    dangling: Given = None,
) -> Scores:
    """Return PageRank; weights are summed over parallel edges."""
    if not len(graph):
        return {}
    restart = _share(graph, personalization)
    if restart is not None and np.isnan(restart).any():
        raise ZeroDivisionError
    scores = _settle(
        lambda: compute_pagerank(
            _push_inward(graph, weight),
            _NEVER,
            damping=alpha,
            start=_share(graph, nstart),
            restart=restart,
            dangling=_share(graph, dangling),
            tolerance=tol,
            max_rounds=max_iter,
        ),
    )
    return _name(graph, scores)


def _push_inward(graph: ArrayGraph, weight: str | None) -> InwardArcs:
    if callable(weight):
        raise Unsuited(weight)
    return graph.remember(
        ("pushing", weight),
        lambda: InwardArcs(graph.get_arcs(weight, inward=True, parallel="sum", loops=True)),
    )


def _share(graph: ArrayGraph, given: Given) -> Vector | None:
    """Return values by node number, 0 where there is none, made to sum to 1; not a number where all are 0."""
    if given is None:
        return None
    values = np.array([given.get(node, 0) for node in graph], np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares: Vector = values / values.sum()
    return shares


def _settle(compute: Callable[[], Vector]) -> Vector:
    try:
        return compute()
    except NotSettled as error:
        raise nx.PowerIterationFailedConvergence(error.rounds) from error


def eigenvector_centrality(
    graph: ArrayGraph,
    max_iter: int = 100,
    tol: float = 1e-06,
    nstart: Given = None,
    weight: Any = None,  # noqa: ANN401 (an attribute's name)
) -> Scores:
    """Return the eigenvector of the largest eigenvalue."""
    if not len(graph):
        raise nx.NetworkXPointlessConcept("cannot compute centrality for the null graph")
    if nstart is not None and set(nstart) != set(graph):
        raise Unsuited("nstart")
    if nstart is not None and not any(nstart.values()):
        raise nx.NetworkXError("initial vector cannot have all zero values")
    scores = _settle(
        lambda: compute_eigenvector(
            _push_inward(graph, weight),
            _NEVER,
            start=_share(graph, nstart),
            tolerance=tol,
            max_rounds=max_iter,
        )
    )
    return _name(graph, scores)


def katz_centrality(
    graph: ArrayGraph,
    alpha: float = 0.1,
    beta: Any = 1.0,  # noqa: ANN401 (a number, or one for each node)
    max_iter: int = 1000,
    tol: float = 1e-06,
    nstart: Given = None,
    normalized: bool = True,
    weight: Any = None,  # noqa: ANN401 (an attribute's name)
) -> Scores:
    """Return Katz's status."""
    if not len(graph):
        return {}
    if nstart is not None and set(nstart) != set(graph):
        raise Unsuited("nstart")
    own: float | Vector
    try:
        own = float(beta)
    except (TypeError, ValueError) as error:
        if set(beta) != set(graph):
            raise nx.NetworkXError("beta dictionary must have a value for every node") from error
        own = np.array([beta[node] for node in graph], np.float64)
    start = None if nstart is None else np.array([nstart[node] for node in graph], np.float64)
    scores = _settle(
        lambda: compute_katz(
            _push_inward(graph, weight),
            _NEVER,
            alpha=alpha,
            beta=own,
            start=start,
            tolerance=tol,
            max_rounds=max_iter,
        )
    )
    return _name(graph, scale(scores) if normalized else scores)


def betweenness_centrality(
    graph: ArrayGraph,
    k: int | None = None,
    normalized: bool = True,
    weight: Any = None,  # noqa: ANN401 (an attribute's name)
    endpoints: bool = False,
    seed: Random | None = None,
) -> Scores:
    """Return betweenness from all nodes, or from `k` that the seed draws, as it does for networkx."""
    nodes = len(graph)
    drawn = None
    if k is not None and k != nodes:
        # Drawn by number: the draw depends on how many nodes there are, not on what they are called.
        drawn = (seed or Random()).sample(range(nodes), k)  # noqa: S311 (statistics, not secrets)
    sources = np.arange(nodes, dtype=np.int32) if drawn is None else np.array(drawn, np.int32)
    weights = graph.get_weights(weight)
    if weights is None:
        found = add_up_dependencies(graph.get_arcs(), sources, _NEVER, endpoints=endpoints)
    elif weights.are_positive and weights.are_lengths:
        arcs = graph.get_arcs(weight, parallel="least")
        found = add_up_weighted_dependencies(arcs, sources, _NEVER, endpoints=endpoints)
    else:
        raise Unsuited(weight)
    return _name(graph, found.totals * _rescale(graph, drawn, normalized=normalized, endpoints=endpoints))


def _rescale(graph: ArrayGraph, drawn: list[int] | None, *, normalized: bool, endpoints: bool) -> Vector:
    """Return by how much sums of dependencies are multiplied, (nodes,); networkx's rules since 3.5.

    A node that was drawn has no say over itself unless endpoints count, so it has one source less than the others.
    """
    nodes = len(graph)
    others = nodes if endpoints else nodes - 1
    if others < 2:
        return np.ones(nodes)
    counted = others if drawn is None else len(drawn)
    pairs_counted = 1 if graph.is_directed() else 2
    whole = 1 / (counted * (others - 1)) if normalized else others / (counted * pairs_counted)
    factors = np.full(nodes, whole)
    if drawn is not None and not endpoints:
        factors[drawn] = whole * counted / (counted - 1) if counted > 1 else nan
    return factors


def closeness_centrality(
    graph: ArrayGraph,
    u: Label = None,
    distance: Any = None,  # noqa: ANN401 (an attribute's name)
    wf_improved: bool = True,
) -> Any:  # noqa: ANN401 (a number where one node is asked for, else one for each)
    """Return closeness by distance *to* a node, of what reaches it, scaled by its share of all with `wf_improved`."""
    if u is not None:
        reached, total = _measure_one(graph, u, distance)
        return float(_divide(np.array([reached]), np.array([total]), len(graph), wf_improved)[0])
    found = _add_up_distances(graph, np.arange(len(graph)), distance)
    return _name(graph, _divide(found.reached_by, found.lengths, len(graph), wf_improved))


def _measure_one(graph: ArrayGraph, node: Label, distance: str | None) -> tuple[int, float]:
    """Return how many nodes reach one, and their distances summed."""
    start = graph.find_number(node)
    if start is None:
        raise nx.NodeNotFound(f"Source {node} is not in G")
    weights = graph.get_weights(distance)
    if weights is None:
        tree = build_hop_tree(graph.get_arcs(inward=True), start, _NEVER)
    elif weights.are_lengths:
        tree = build_weighted_tree(graph.get_arcs(distance, inward=True, parallel="least"), start, _NEVER)
    else:
        raise Unsuited(distance)
    return len(tree.order) - 1, float(tree.distances[tree.order].sum())


def _divide(reached: NDArray[Any], totals: NDArray[Any], nodes: int, wf_improved: bool) -> Vector:
    scores = np.zeros(len(totals))
    np.divide(reached, totals, out=scores, where=totals > 0)
    # The share of the whole is rounded first, as networkx does: the last digits agree, too.
    return scores * (reached / (nodes - 1)) if wf_improved and nodes > 1 else scores


def harmonic_centrality(
    graph: ArrayGraph,
    nbunch: Iterable[Label] | None = None,
    distance: Any = None,  # noqa: ANN401 (an attribute's name)
    sources: Iterable[Label] | None = None,
) -> Scores:
    """Return the inverse distances from all nodes, or from some sources, summed."""
    start = list(graph) if sources is None else list(dict.fromkeys(find_listed(graph, sources)))
    numbers = np.array([graph.find_number(node) for node in start], np.int32)
    scores = _add_up_distances(graph, numbers, distance).inverse.tolist()
    asked = list(graph) if nbunch is None else find_listed(graph, nbunch)
    return {node: scores[graph.find_number(node)] for node in asked}


def _add_up_distances(graph: ArrayGraph, sources: NDArray[Any], distance: str | None) -> Distances:
    weights = graph.get_weights(distance)
    if weights is None:
        return add_up_distances(graph.get_arcs(), sources, _NEVER)
    if not weights.are_lengths:
        raise Unsuited(distance)
    return add_up_weighted_distances(graph.get_arcs(distance, parallel="least"), sources, _NEVER)
