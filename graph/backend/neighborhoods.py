"""What is around a node: networkx's `ego_graph` and `triangles`, on kernels."""

from typing import Any

import networkx as nx
import numpy as np

from graph.backend.arrays import ArrayGraph, Label
from graph.backend.attributes import Unsuited
from graph.deadline import Deadline
from graph.kernels.arcs import gather_arcs
from graph.kernels.distances import build_hop_tree, build_weighted_tree
from graph.kernels.triangles import count_triangles

_NEVER = Deadline(None)


def ego_graph(
    graph: ArrayGraph,
    n: Label,
    radius: float = 1,
    center: bool = True,
    undirected: bool = False,
    distance: str | None = None,
) -> ArrayGraph:
    """Return the nodes within some hops or distance of one, and all edges among them."""
    start = graph.find_number(n)
    if start is None:
        raise nx.NodeNotFound(f"Source {n} is not in G")
    weights = graph.get_weights(distance)
    if weights is not None and not weights.are_lengths:
        raise Unsuited(distance)
    walk = (graph.forward, graph.backward) if undirected else graph.walk
    values = None if weights is None else weights.values
    arcs = gather_arcs(walk, len(graph), weights=values, lightest=True)
    if weights is None:
        limit = int(min(radius, len(graph)))
        tree = build_hop_tree(arcs, start, _NEVER, max_hops=limit)
    else:
        tree = build_weighted_tree(arcs, start, _NEVER, max_distance=radius)
    kept = np.zeros(len(graph), np.bool_)
    kept[tree.order] = True
    kept[start] = center
    return graph.take(kept)


def triangles(graph: ArrayGraph, nodes: Any = None) -> int | dict[Label, int]:  # noqa: ANN401 (a node or several)
    """Return the triangles each node is in; a number where one node is asked for."""
    counts = graph.remember("triangles", lambda: count_triangles(graph.get_arcs(), _NEVER))
    if nodes is None:
        return dict(zip(graph, counts.tolist(), strict=True))
    if nodes in graph:
        return int(counts[graph.find_number(nodes)])
    return {node: int(counts[graph.find_number(node)]) for node in find_listed(graph, nodes)}


def find_listed(graph: ArrayGraph, nodes: Any) -> list[Label]:  # noqa: ANN401 (a node or several)
    """Return those of some nodes that the graph has, as `Graph.nbunch_iter` does.

    Raises:
        networkx.NetworkXError: `nodes` is neither a node nor a list of nodes.
    """
    if nodes in graph:
        return [nodes]
    try:
        return [node for node in nodes if graph.find_number(node) is not None]
    except TypeError as error:
        raise nx.NetworkXError(f"Node {nodes} is not in the graph, nor a sequence of nodes.") from error
