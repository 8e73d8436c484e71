"""Shortest paths: networkx's functions of these names, with its arguments, errors and results, on kernels.

Of equally short paths the one given may differ from networkx's, which goes by the order edges were added in.
"""

from collections.abc import Iterator
from typing import Any

import networkx as nx
import numpy as np

from graph.backend.arrays import ArrayGraph, Label
from graph.backend.attributes import EdgeWeights, Unsuited
from graph.csr import EVERY_EDGE, lock
from graph.deadline import Deadline
from graph.kernels.arcs import Weights
from graph.kernels.best import BestPaths
from graph.kernels.distances import Tree, build_hop_tree, build_weighted_tree
from graph.kernels.hops import find_hop_path
from graph.kernels.terrain import UNSIGNED, Terrain
from graph.kernels.weighted import find_weighted_path

Length = float | int
Paths = dict[Label, list[Label]]
Lengths = dict[Label, Length]

_NEVER = Deadline(None)
_NO_SIGNS = lock(np.empty(0, np.int8))


def shortest_path(
    graph: ArrayGraph,
    source: Label = None,
    target: Label = None,
    weight: Any = None,  # noqa: ANN401 (an attribute's name or a function)
    method: str = "dijkstra",
) -> Any:  # noqa: ANN401 (a list, a dictionary, or an iterator, as networkx has it)
    """Return a path, those from or to one node by their other end, or an iterator over all."""
    _check_method(method, weight)
    if source is not None and target is not None:
        if weight is None:
            return bidirectional_shortest_path(graph, source, target)
        return bidirectional_dijkstra(graph, source, target, weight)[1]
    if source is not None:
        return _list_paths(graph, source, weight)
    if target is not None:
        found = _list_paths(graph, target, weight, inward=True)
        return {node: path[::-1] for node, path in found.items()}
    return ((node, _list_paths(graph, node, weight)) for node in graph)


def shortest_path_length(
    graph: ArrayGraph,
    source: Label = None,
    target: Label = None,
    weight: Any = None,  # noqa: ANN401 (as above)
    method: str = "dijkstra",
) -> Any:  # noqa: ANN401 (a number, a dictionary, or an iterator)
    """Return a length, those from or to one node by their other end, or an iterator over all."""
    _check_method(method, weight)
    if source is not None and target is not None:
        if weight is None:
            return len(bidirectional_shortest_path(graph, source, target)) - 1
        return dijkstra_path_length(graph, source, target, weight)
    if source is not None:
        return _list_lengths(graph, source, weight)
    if target is not None:
        return _list_lengths(graph, target, weight, inward=True)
    return ((node, _list_lengths(graph, node, weight)) for node in graph)


def has_path(graph: ArrayGraph, source: Label, target: Label) -> bool:
    """Say whether there is a way from one node to another."""
    ends = _find(graph, source, "Source {} is not in G"), _find(graph, target, "Target {} is not in G")
    return bool(find_hop_path(graph.walk, *ends, back=graph.back))


def bidirectional_shortest_path(graph: ArrayGraph, source: Label, target: Label) -> list[Label]:
    """Return a path of fewest hops."""
    start = _find(graph, source, "Source {} is not in G")
    end = _find(graph, target, "Target {} is not in G")
    path = find_hop_path(graph.walk, start, end, back=graph.back)
    if not path:
        raise nx.NetworkXNoPath(f"No path between {source} and {target}.")
    return graph.label_all(path)


def bidirectional_dijkstra(
    graph: ArrayGraph,
    source: Label,
    target: Label,
    weight: Any = "weight",  # noqa: ANN401 (as above)
) -> tuple[Length, list[Label]]:
    """Return the least weight of a path, and one that has it."""
    start = _find(graph, source, "Source {} is not in G")
    end = _find(graph, target, "Target {} is not in G")
    return _find_lightest(graph, start, end, weight, f"No path between {source} and {target}.")


def dijkstra_path(
    graph: ArrayGraph,
    source: Label,
    target: Label,
    weight: Any = "weight",  # noqa: ANN401 (as above)
) -> list[Label]:
    """Return a path of least weight."""
    return _find_pair(graph, source, target, weight, "No path to {}.")[1]


def dijkstra_path_length(
    graph: ArrayGraph,
    source: Label,
    target: Label,
    weight: Any = "weight",  # noqa: ANN401 (as above)
) -> Length:
    """Return the least weight of a path."""
    return _find_pair(graph, source, target, weight, "Node {} not reachable from " + str(source))[0]


def single_source_dijkstra(
    graph: ArrayGraph,
    source: Label,
    target: Label = None,
    cutoff: float | None = None,
    weight: Any = "weight",  # noqa: ANN401 (as above)
) -> Any:  # noqa: ANN401 (two numbers and paths, or dictionaries of them)
    """Return lengths and paths from one node, by the other end; only one of each where a target is given."""
    if target is not None and cutoff is None:
        return _find_pair(graph, source, target, weight, "No path to {}.")
    tree = _build_tree(graph, source, weight, cutoff=cutoff)
    lengths, paths = _name_lengths(graph, tree, weight), _name_paths(graph, tree)
    if target is None:
        return lengths, paths
    if target not in lengths:
        raise nx.NetworkXNoPath(f"No path to {target}.")
    return lengths[target], paths[target]


def single_source_dijkstra_path_length(
    graph: ArrayGraph,
    source: Label,
    cutoff: float | None = None,
    weight: Any = "weight",  # noqa: ANN401 (as above)
) -> Lengths:
    """Return the least weight of a path to each node in reach."""
    return _name_lengths(graph, _build_tree(graph, source, weight, cutoff=cutoff), weight)


def single_source_shortest_path(graph: ArrayGraph, source: Label, cutoff: float | None = None) -> Paths:
    """Return a path of fewest hops to each node in reach."""
    return _name_paths(graph, _build_tree(graph, source, None, cutoff=cutoff))


def single_source_shortest_path_length(
    graph: ArrayGraph, source: Label, cutoff: float | None = None
) -> Lengths:
    """Return the hops to each node in reach."""
    return _name_lengths(graph, _build_tree(graph, source, None, cutoff=cutoff), None)


def all_shortest_paths(
    graph: ArrayGraph,
    source: Label,
    target: Label,
    weight: Any = None,  # noqa: ANN401 (as above)
    method: str = "dijkstra",
) -> Iterator[list[Label]]:
    """Return an iterator over every shortest path."""
    _check_method(method, weight)
    weights = _get_lengths(graph, weight)
    if weights is not None and not weights.are_positive:
        raise Unsuited(weight)
    tree = _build_tree(graph, source, weight, missing="Source {} not in G")
    return _iter_shortest(graph, tree, target, weight)


def _iter_shortest(
    graph: ArrayGraph,
    tree: Tree,
    target: Label,
    weight: str | None,
) -> Iterator[list[Label]]:
    end = graph.find_number(target)
    if end is None or tree.distances[end] == np.inf:
        raise nx.NetworkXNoPath(f"Target {target} cannot be reached from given sources")
    inward = graph.get_arcs(weight, inward=True, parallel="least")
    distances = tree.distances
    # The way back from the end so far, each node with those before it that are still to be tried.
    trail: list[tuple[int, list[int]]] = []
    nodes = [end]
    while nodes or trail:
        if nodes:
            node = nodes.pop()
            arcs = slice(inward.indptr[node], inward.indptr[node + 1])
            tails = inward.heads[arcs]
            lengths = inward.weights[arcs] if inward.is_weighted else 1.0
            before = tails[distances[tails] + lengths == distances[node]]
            trail.append((node, before[::-1].tolist()))
            if distances[node] == 0:
                yield graph.label_all(step for step, _ in reversed(trail))
        if trail[-1][1]:
            nodes.append(trail[-1][1].pop())
        else:
            trail.pop()


def _find(graph: ArrayGraph, node: Label, missing: str) -> int:
    """Return the number of a node.

    Raises:
        networkx.NodeNotFound: It is not there; says so in the words given.
    """
    try:
        number = graph.find_number(node)
    except TypeError:
        number = None
    if number is None:
        raise nx.NodeNotFound(missing.format(node))
    return number


def _check_method(method: str, weight: object) -> None:
    if method not in {"dijkstra", "bellman-ford"}:
        raise ValueError(f"method not supported: {method}")
    if method == "bellman-ford" and weight is not None:
        raise Unsuited(method)


def _get_lengths(graph: ArrayGraph, weight: str | None) -> EdgeWeights | None:
    """Return weights to add up along paths; None where each edge weighs 1.

    Raises:
        Unsuited: A weight is negative or infinite; networkx says what it has always said of those.
    """
    weights = graph.get_weights(weight)
    if weights is not None and not weights.are_lengths:
        raise Unsuited(weight)
    return weights


def _find_pair(
    graph: ArrayGraph, source: Label, target: Label, weight: str | None, no_path: str
) -> tuple[Length, list[Label]]:
    start = _find(graph, source, "Node {} not found in graph")
    if source == target:
        return 0, [source]
    _get_lengths(graph, weight)
    try:
        end = graph.find_number(target)
    except TypeError:
        end = None
    if end is None:
        raise nx.NetworkXNoPath(no_path.format(target))
    return _find_lightest(graph, start, end, weight, no_path.format(target))


def _find_lightest(
    graph: ArrayGraph, start: int, end: int, weight: str | None, no_path: str
) -> tuple[Length, list[Label]]:
    weights = _get_lengths(graph, weight)
    if weights is None:
        nodes = find_hop_path(graph.walk, start, end, back=graph.back)
        length: Length = len(nodes) - 1
    else:
        nodes, length = find_weighted_path(graph.walk, start, end, weights.values, back=graph.back)
        length = int(length) if nodes and weights.are_whole else length
    if not nodes:
        raise nx.NetworkXNoPath(no_path)
    return length, graph.label_all(nodes)


def _build_tree(
    graph: ArrayGraph,
    source: Label,
    weight: str | None,
    *,
    cutoff: float | None = None,
    inward: bool = False,
    missing: str = "Node {} not found in graph",
) -> Tree:
    start = _find(graph, source, missing)
    weights = _get_lengths(graph, weight)
    if weights is None:
        hops = None if cutoff is None or cutoff == np.inf else int(np.floor(cutoff))
        return build_hop_tree(graph.get_arcs(inward=inward), start, _NEVER, max_hops=hops)
    arcs = graph.get_arcs(weight, inward=inward, parallel="least")
    return build_weighted_tree(arcs, start, _NEVER, max_distance=np.inf if cutoff is None else cutoff)


def _list_paths(graph: ArrayGraph, source: Label, weight: str | None, *, inward: bool = False) -> Paths:
    return _name_paths(graph, _build_tree(graph, source, weight, inward=inward))


def _list_lengths(graph: ArrayGraph, source: Label, weight: str | None, *, inward: bool = False) -> Lengths:
    return _name_lengths(graph, _build_tree(graph, source, weight, inward=inward), weight)


def _name_paths(graph: ArrayGraph, tree: Tree) -> Paths:
    paths: dict[int, list[Label]] = {}
    order = tree.order.tolist()
    for node, parent in zip(order, tree.parents[tree.order].tolist(), strict=True):
        paths[node] = [*paths.get(parent, ()), graph.labels[node]]
    return dict(zip(graph.label_all(order), paths.values(), strict=True))


def _name_lengths(graph: ArrayGraph, tree: Tree, weight: str | None) -> Lengths:
    weights = graph.get_weights(weight)
    reached = tree.distances[tree.order]
    whole = weights is None or weights.are_whole
    return dict(
        zip(
            graph.label_all(tree.order.tolist()),
            (reached.astype(np.int64) if whole else reached).tolist(),
            strict=True,
        )
    )


def shortest_simple_paths(
    graph: ArrayGraph,
    source: Label,
    target: Label,
    weight: Any = None,  # noqa: ANN401 (as above)
) -> Iterator[list[Label]]:
    """Return an iterator over all loopless paths, the shortest first."""
    weights = _get_lengths(graph, weight)
    if weights is not None and not weights.are_positive:
        raise Unsuited(weight)
    costs = lock(np.ones(graph.number_of_edges())) if weights is None else weights.values
    return _iter_simple(graph, source, target, costs)


def _iter_simple(graph: ArrayGraph, source: Label, target: Label, costs: Weights) -> Iterator[list[Label]]:
    start = _find(graph, source, "source node {} not in graph")
    end = _find(graph, target, "target node {} not in graph")
    if start == end:
        yield [source]
        return
    terrain = Terrain(
        mask=EVERY_EDGE,
        costs=costs,
        hops_first=False,
        signs=_NO_SIGNS,
        ranks=graph.remember("ranks", lambda: lock(np.arange(len(graph), dtype=np.int32))),
        open_nodes=EVERY_EDGE,
        target=end,
        final_sign=UNSIGNED,
        max_hops=len(graph),
    )
    path = None
    for path in BestPaths(graph.walk, graph.back, terrain, start).iter_best():
        yield graph.label_all(path.nodes)
    if path is None:
        raise nx.NetworkXNoPath(f"No path between {source} and {target}.")
