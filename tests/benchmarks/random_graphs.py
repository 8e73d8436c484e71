"""Seeded graphs to measure on: scale-free, signed, and the questions asked of them."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NODES_PER_EDGE = 0.1


class Arrays(NamedTuple):
    """A simple undirected graph, as every engine is given it.

    Attributes:
        sources: (edges,), int32.
        targets: (edges,), int32.
        weights: (edges,), float64: minus the logarithm of a confidence within [0.05, 0.99].
        signs: (edges,), int8, +1 or -1; a third are -1.
        kept: (edges,), uint8, 1 for the seven in ten that a filter keeps.
        nodes: How many nodes there are, one for ten edges.
    """

    sources: NDArray[np.int32]
    targets: NDArray[np.int32]
    weights: NDArray[np.float64]
    signs: NDArray[np.int8]
    kept: NDArray[np.uint8]
    nodes: int


def make_graph(edges: int, seed: int = 7) -> Arrays:
    """Return a graph whose degrees follow a power law with exponent 3 (ends drawn with a chance of rank**-0.5).

    Args:
        edges: How many; loops and repeated pairs are left out before they are counted.
        seed: Of everything that is drawn.

    Cost: O(edges * log edges); 60 bytes an edge.
    """
    random = np.random.default_rng(seed)
    nodes = max(int(edges * NODES_PER_EDGE), 10)
    keys = np.empty(0, np.int64)
    while len(keys) < edges:
        wanted = int((edges - len(keys)) * 1.2) + 100
        # The square of an even draw falls on rank i with a chance of i**-0.5.
        ends = (random.random((2, wanted)) ** 2 * nodes).astype(np.int64)
        low, high = ends.min(axis=0), ends.max(axis=0)
        keys = np.unique(np.concatenate([keys, (low * nodes + high)[low != high]]))
    keys = random.permutation(keys)[:edges]
    names = random.permutation(nodes).astype(np.int32)
    swap = random.random(edges) < 0.5
    low, high = names[keys // nodes], names[keys % nodes]
    return Arrays(
        np.where(swap, high, low),
        np.where(swap, low, high),
        -np.log(random.uniform(0.05, 0.99, edges)),
        np.where(random.random(edges) < 1 / 3, -1, 1).astype(np.int8),
        (random.random(edges) < 0.7).astype(np.uint8),
        nodes,
    )


def draw_pairs(graph: Arrays, count: int, seed: int = 11) -> list[tuple[int, int]]:
    """Return pairs of different nodes that have edges, the same for every engine."""
    random = np.random.default_rng(seed)
    chosen = random.choice(len(graph.sources), 2 * count)
    pairs = [(int(graph.sources[a]), int(graph.targets[b])) for a, b in chosen.reshape(-1, 2)]
    return [(a, b) for a, b in pairs if a != b]
