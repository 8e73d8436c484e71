"""Communities: networkx's Louvain and Leiden functions, on kernels and on graspologic-native."""

from collections import deque
from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import Any, NamedTuple

import graspologic_native
import numpy as np
from numpy.typing import NDArray

from graph.adjacency import Indices
from graph.backend.arrays import ArrayGraph, Label
from graph.backend.attributes import Unsuited
from graph.csr import build_walk
from graph.deadline import Deadline
from graph.kernels.arcs import Weights, gather_arcs
from graph.kernels.louvain import move_nodes

Partition = list[set[Label]]

_NEVER = Deadline(None)
_LEIDEN_ROUNDS = 10


class _Level(NamedTuple):
    """Communities of the level before as nodes, and edges among them; loops are what lies within.

    Attributes:
        nodes: How many.
        sources: (edges,), where each starts.
        targets: (edges,), where it leads.
        weights: (edges,), above 0.
        directed: Whether edges have a direction.
    """

    nodes: int
    sources: Indices
    targets: Indices
    weights: Weights
    directed: bool


def louvain_communities(
    graph: ArrayGraph,
    weight: Any = "weight",  # noqa: ANN401 (an attribute's name)
    resolution: float = 1,
    threshold: float = 0.0000001,
    max_level: int | None = None,
    seed: Random | None = None,
) -> Partition:
    """Return the last partition of Louvain's method, or that of `max_level`."""
    return _take_last(louvain_partitions(graph, weight, resolution, threshold, seed), max_level)


def leiden_communities(
    graph: ArrayGraph,
    weight: Any = "weight",  # noqa: ANN401 (an attribute's name)
    resolution: float = 1,
    max_level: int | None = None,
    seed: Random | None = None,
) -> Partition:
    """Return a partition by Leiden's method (Traag, Waltman and van Eck 2019), which networkx itself has not.

    `max_level` is how many times the method is run, each time from the partition before; by default until that no
    longer helps.
    """
    if max_level is not None and max_level <= 0:
        raise ValueError("max_level argument must be a positive integer or None")
    level = _build_level(graph, weight)
    edges = _list_edges(level)
    members: dict[str, int] = {}
    best = -np.inf
    for _ in range(max_level or _LEIDEN_ROUNDS if edges else 0):
        quality, found = graspologic_native.leiden(
            edges,
            starting_communities=members or None,
            resolution=resolution,
            seed=(seed or Random()).getrandbits(32),  # noqa: S311 (statistics, not secrets)
        )
        if quality <= best:
            break
        best, members = quality, found
    # A node without a neighbour is in no edge, and stays on its own.
    places = [members.get(str(node), level.nodes + node) for node in range(level.nodes)]
    return _group(graph, np.array(places, np.int32))


def _list_edges(level: _Level) -> list[tuple[str, str, float]]:
    walk = build_walk(level.sources, level.targets, level.nodes)
    arcs = gather_arcs(walk, level.nodes, weights=level.weights)
    tails = np.repeat(np.arange(level.nodes), np.diff(arcs.indptr))
    once = tails < arcs.heads
    ends = (map(str, tails[once].tolist()), map(str, arcs.heads[once].tolist()))
    return list(zip(*ends, arcs.weights[once].tolist(), strict=True))


def _take_last(partitions: Iterator[Partition], max_level: int | None) -> Partition:
    if max_level is not None and max_level <= 0:
        raise ValueError("max_level argument must be a positive integer or None")
    return deque(islice(partitions, max_level), maxlen=1).pop()


def louvain_partitions(
    graph: ArrayGraph,
    weight: Any = "weight",  # noqa: ANN401 (an attribute's name)
    resolution: float = 1,
    threshold: float = 0.0000001,
    seed: Random | None = None,
) -> Iterator[Partition]:
    """Return an iterator over the partitions of Louvain's method, finest first."""
    return _iter_louvain(graph, _build_level(graph, weight), resolution, threshold, seed or Random())  # noqa: S311


def _iter_louvain(
    graph: ArrayGraph, level: _Level, resolution: float, threshold: float, seed: Random
) -> Iterator[Partition]:
    members = np.arange(len(graph), dtype=np.int32)
    if not level.weights.sum():
        yield [{node} for node in graph]
        return
    before = _measure(level, resolution)
    while True:
        moved = _move(level, resolution, seed)
        found = int(moved.max()) + 1
        if found == level.nodes and members.max() + 1 < len(members):
            return
        members = moved[members]
        yield _group(graph, members)
        level = level._replace(nodes=found, sources=moved[level.sources], targets=moved[level.targets])
        after = _measure(level, resolution)
        if after - before <= threshold:
            return
        before = after


def _build_level(graph: ArrayGraph, weight: str | None) -> _Level:
    weights = graph.get_weights(weight)
    if weights is not None and not (weights.are_lengths and weights.are_positive):
        raise Unsuited(weight)
    values = np.ones(graph.number_of_edges()) if weights is None else weights.values
    return _Level(len(graph), graph.sources, graph.targets, values, graph.is_directed())


def _measure(level: _Level, resolution: float) -> float:
    """Return the modularity of every node on its own."""
    received, sent = _add_up(level)
    total = level.weights.sum()
    within = level.weights[level.sources == level.targets].sum()
    norm = total * total if level.directed else 4 * total * total
    return float(within / total - resolution * (received @ sent) / norm)


def _add_up(level: _Level) -> tuple[Weights, Weights]:
    sent: Weights = np.bincount(level.sources, level.weights, level.nodes).astype(np.float64)
    received: Weights = np.bincount(level.targets, level.weights, level.nodes).astype(np.float64)
    if level.directed:
        return received, sent
    both = received + sent
    return both, both


def _move(level: _Level, resolution: float, seed: Random) -> Indices:
    """Return the community of each node after one level, numbered in order of what they were numbered by."""
    walk = build_walk(level.sources, level.targets, level.nodes)
    arcs = gather_arcs(walk, level.nodes, weights=level.weights)
    order = list(range(level.nodes))
    seed.shuffle(order)
    found = move_nodes(
        arcs, np.array(order, np.int32), _add_up(level), float(level.weights.sum()), resolution, _NEVER
    )
    numbered: Indices = np.unique(found, return_inverse=True)[1].astype(np.int32)
    return numbered


def _group(graph: ArrayGraph, members: NDArray[Any]) -> Partition:
    groups: dict[int, set[Label]] = {}
    for node, group in zip(graph, members.tolist(), strict=True):
        groups.setdefault(group, set()).add(node)
    return [groups[group] for group in sorted(groups)]
