"""Components: networkx's functions of these names, on kernels. Components come in the order of their first node."""

from collections.abc import Iterator
from typing import Any

import networkx as nx
import numpy as np

from graph.adjacency import Indices
from graph.backend.arrays import ArrayGraph, Label
from graph.deadline import Deadline
from graph.kernels.components import label_components, label_strong_components
from graph.kernels.distances import build_hop_tree

_NEVER = Deadline(None)


def connected_components(graph: ArrayGraph) -> Iterator[set[Label]]:
    """Yield the nodes of each component."""
    return _iter_groups(graph, _label_weak(graph))


def number_connected_components(graph: ArrayGraph) -> int:
    """Return how many components there are."""
    return _count(_label_weak(graph))


def is_connected(graph: ArrayGraph) -> bool:
    """Say whether there is one component."""
    return _is_one(graph, _label_weak)


def node_connected_component(graph: ArrayGraph, n: Label) -> set[Label]:
    """Return the nodes of a node's component."""
    start = graph.find_number(n)
    if start is None:
        raise KeyError(n)
    return set(graph.label_all(build_hop_tree(graph.get_arcs(), start, _NEVER).order.tolist()))


def weakly_connected_components(graph: ArrayGraph) -> Iterator[set[Label]]:
    """Yield the nodes of each component, whichever way edges point."""
    return _iter_groups(graph, _label_weak(graph))


def number_weakly_connected_components(graph: ArrayGraph) -> int:
    """Return how many components there are, whichever way edges point."""
    return _count(_label_weak(graph))


def is_weakly_connected(graph: ArrayGraph) -> bool:
    """Say whether there is one component, whichever way edges point."""
    return _is_one(graph, _label_weak)


def strongly_connected_components(graph: ArrayGraph) -> Iterator[set[Label]]:
    """Yield the nodes of each component in which every node reaches every other, the last in line first."""
    return _iter_groups(graph, _label_strong(graph))


def number_strongly_connected_components(graph: ArrayGraph) -> int:
    """Return how many components there are in which every node reaches every other."""
    return _count(_label_strong(graph))


def is_strongly_connected(graph: ArrayGraph) -> bool:
    """Say whether every node reaches every other."""
    return _is_one(graph, _label_strong)


def _label_weak(graph: ArrayGraph) -> Indices:
    return graph.remember("components", lambda: label_components((graph.forward,), len(graph), _NEVER))


def _label_strong(graph: ArrayGraph) -> Indices:
    return graph.remember("strong components", lambda: label_strong_components(graph.get_arcs(), _NEVER))


def _count(labels: Indices) -> int:
    return int(labels.max(initial=-1)) + 1


def _is_one(graph: ArrayGraph, label: Any) -> bool:  # noqa: ANN401 (one of the two above)
    if not len(graph):
        raise nx.NetworkXPointlessConcept("Connectivity is undefined for the null graph.")
    return _count(label(graph)) == 1


def _iter_groups(graph: ArrayGraph, labels: Indices) -> Iterator[set[Label]]:
    order = np.argsort(labels, kind="stable")
    cuts = np.cumsum(np.bincount(labels))
    start = 0
    for stop in cuts.tolist():
        yield set(graph.label_all(order[start:stop].tolist()))
        start = stop
