"""Betweenness and closeness where edges have lengths: one Dijkstra from each source, in parallel."""

from itertools import pairwise

import numba
import numpy as np

from graph.adjacency import Indices, Offsets
from graph.deadline import Deadline
from graph.kernels.arcs import Arcs, Weights
from graph.kernels.betweenness import Dependencies, Vector
from graph.kernels.budget import get_end, is_late
from graph.kernels.closeness import Counts, Distances
from graph.kernels.distances import settle
from graph.kernels.parallel import count_workers, run_slices


def add_up_weighted_dependencies(
    arcs: Arcs, sources: Indices, deadline: Deadline, *, endpoints: bool = False
) -> Dependencies:
    """Return what lightest paths from these sources to all nodes run through; no traffic.

    Args:
        arcs: Their weights are lengths, above 0.
        sources: (sources,), where paths start.
        deadline: Looked at every few hundred nodes.
        endpoints: Count a path for its two ends too.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(sources * (nodes + arcs) log arcs), shared between threads (Brandes 2001).
    """
    ends_at = get_end(deadline)
    found: dict[int, Dependencies] = {}

    def accumulate(first: int, last: int) -> None:
        part = Dependencies(np.zeros(arcs.nodes), np.zeros(arcs.nodes), np.zeros(0))
        chosen = np.ascontiguousarray(sources[first:last], np.int32)
        _accumulate(*arcs, chosen, endpoints, part.totals, part.squares, ends_at)
        found[first] = part

    run_slices(accumulate, _cut(len(sources)), deadline)
    parts = [found[first] for first in sorted(found)]
    nothing = Dependencies(np.zeros(arcs.nodes), np.zeros(arcs.nodes), np.zeros(0))
    return Dependencies(*(np.sum(columns, axis=0) for columns in zip(nothing, *parts, strict=True)))


def add_up_weighted_distances(arcs: Arcs, sources: Indices, deadline: Deadline) -> Distances:
    """Return how far each node is from these sources, summed; `hops` are lengths here.

    Args:
        arcs: Their weights are lengths, 0 or more.
        sources: (sources,), where walks start; each once.
        deadline: Looked at every few hundred nodes.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(sources * (nodes + arcs) log arcs), shared between threads.
    """
    ends_at = get_end(deadline)
    found: dict[int, Distances] = {}

    def add_up(first: int, last: int) -> None:
        part = Distances(np.zeros(arcs.nodes, np.int64), np.zeros(arcs.nodes), np.zeros(arcs.nodes))
        _add_up(*arcs, np.ascontiguousarray(sources[first:last], np.int32), *part, ends_at)
        found[first] = part

    run_slices(add_up, _cut(len(sources)), deadline)
    nothing = Distances(np.zeros(arcs.nodes, np.int64), np.zeros(arcs.nodes), np.zeros(arcs.nodes))
    parts = [found[first] for first in sorted(found)]
    return Distances(*(np.sum(columns, axis=0) for columns in zip(nothing, *parts, strict=True)))


def _cut(sources: int) -> list[tuple[int, int]]:
    cuts = np.linspace(0, sources, count_workers() + 1).astype(np.int64).tolist()
    return [(start, stop) for start, stop in pairwise(cuts) if start < stop]


@numba.njit(cache=True, nogil=True)
def _add_up(
    indptr: Offsets,
    heads: Indices,
    weights: Weights,
    sources: Indices,
    reached_by: Counts,
    lengths: Vector,
    inverse: Vector,
    ends_at: int,
) -> None:
    for source in sources:
        order, distances, _ = settle(indptr, heads, weights, source, np.inf, -1, ends_at)
        if is_late(ends_at):
            return
        for node in order[1:]:
            reached_by[node] += 1
            lengths[node] += distances[node]
            if distances[node] > 0.0:
                inverse[node] += 1.0 / distances[node]


@numba.njit(cache=True, nogil=True)
def _accumulate(
    indptr: Offsets,
    heads: Indices,
    weights: Weights,
    sources: Indices,
    endpoints: bool,
    totals: Vector,
    squares: Vector,
    ends_at: int,
) -> None:
    nodes = len(indptr) - 1
    paths = np.empty(nodes)
    shares = np.empty(nodes)
    for source in sources:
        order, distances, _ = settle(indptr, heads, weights, source, np.inf, -1, ends_at)
        if is_late(ends_at):
            return
        _count_paths(indptr, heads, weights, order, distances, paths)
        for place in range(len(order) - 1, -1, -1):
            node = order[place]
            beyond = 0.0
            for arc in range(indptr[node], indptr[node + 1]):
                if distances[heads[arc]] == distances[node] + weights[arc]:
                    beyond += shares[heads[arc]]
            carried = paths[node] * beyond
            shares[node] = (1.0 + carried) / paths[node]
            if place:
                dependency = carried + 1.0 if endpoints else carried
                totals[node] += dependency
                squares[node] += dependency * dependency
        if endpoints:
            totals[source] += len(order) - 1


@numba.njit(cache=True, nogil=True)
def _count_paths(
    indptr: Offsets, heads: Indices, weights: Weights, order: Indices, distances: Vector, paths: Vector
) -> None:
    """Count the lightest paths to each node in reach; none of its arcs weighs nothing."""
    paths[order] = 0.0
    paths[order[0]] = 1.0
    for node in order:
        for arc in range(indptr[node], indptr[node + 1]):
            if distances[heads[arc]] == distances[node] + weights[arc]:
                paths[heads[arc]] += paths[node]
