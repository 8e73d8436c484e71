"""The engines that are measured, ours among them, each with the same few questions. Each is imported when it is built."""

from collections.abc import Callable
from functools import cached_property
from itertools import islice
from typing import Any, Protocol

import numpy as np

from tests.benchmarks.random_graphs import Arrays

Answer = Any
Task = Callable[..., Answer]
DAMPING, ERROR, ROUNDS = 0.85, 1e-6, 100
"""For PageRank: `ERROR` is how much all scores together may still move; networkx's tolerance is that for each node."""


class Engine(Protocol):
    """A graph as one library holds it; a method that it lacks is a question it cannot be asked."""

    def __init__(self, graph: Arrays) -> None: ...


class Ours:
    """The product's kernels over its own arrays."""

    def __init__(self, graph: Arrays) -> None:
        from graph.csr import build_walk, lock

        self.nodes = graph.nodes
        self.walk = build_walk(graph.sources, graph.targets, graph.nodes)
        self.weights = lock(graph.weights)
        self.kept = lock(graph.kept)
        self._arrays = graph

    @cached_property
    def _arcs(self) -> Any:  # noqa: ANN401 (the product's own arrays)
        """The plain graph, for questions that walk much of it."""
        from graph.kernels.arcs import gather_arcs

        return gather_arcs(self.walk, self.nodes)

    def apply_filter(self) -> None:
        """Make ready what the filtered questions read; the product keeps it with the filter's masks."""
        from graph.csr import fit_walk

        self.fitted = fit_walk(self.walk, self.kept)

    def hop_path(self, source: int, target: int) -> Answer:
        """Edges of a shortest path; -1 where there is none."""
        from graph.kernels.hops import find_hop_path

        return len(find_hop_path(self.walk, source, target)) - 1

    def filtered_hop_path(self, source: int, target: int) -> Answer:
        """As `hop_path`, over the edges that a filter keeps."""
        from graph.kernels.hops import find_hop_path

        return len(find_hop_path(self.fitted, source, target, mask=self.kept)) - 1

    def weighted_path(self, source: int, target: int) -> Answer:
        """Weight of a lightest path."""
        from graph.kernels.weighted import find_weighted_path

        return find_weighted_path(self.walk, source, target, self.weights).weight

    def filtered_weighted_path(self, source: int, target: int) -> Answer:
        """As `weighted_path`, over the edges that a filter keeps."""
        from graph.kernels.weighted import find_weighted_path

        return find_weighted_path(self.fitted, source, target, self.weights, mask=self.kept).weight

    def neighborhood(self, source: int, _target: int) -> Answer:
        """Nodes within two hops, the source included."""
        from graph.kernels.ball import find_ball

        return len(find_ball(self.walk, np.array([source], np.int32), 2).nodes)

    def best_paths(self, source: int, target: int) -> Answer:
        """Weights of the five lightest loopless paths."""
        from graph.csr import EVERY_EDGE, lock
        from graph.kernels.best import BestPaths
        from graph.kernels.terrain import UNSIGNED, Terrain

        terrain = Terrain(
            mask=EVERY_EDGE,
            costs=self.weights,
            hops_first=False,
            signs=lock(np.empty(0, np.int8)),
            ranks=lock(np.arange(self.nodes, dtype=np.int32)),
            open_nodes=EVERY_EDGE,
            target=target,
            final_sign=UNSIGNED,
            max_hops=self.nodes,
        )
        return [path.cost for path in islice(BestPaths(self.walk, self.walk, terrain, source).iter_best(), 5)]

    def prepare_pagerank(self) -> Any:  # noqa: ANN401 (what `pagerank` is given)
        """Edges by where they lead to."""
        from graph.csr import build_walk
        from graph.kernels.arcs import gather_arcs
        from graph.kernels.pushing import InwardArcs

        back = build_walk(self._arrays.targets, self._arrays.sources, self.nodes, both_ways=False)
        return InwardArcs(gather_arcs(back, self.nodes))

    def pagerank(self, prepared: Any) -> Answer:  # noqa: ANN401 (as above)
        """Directed, to the same tolerance for all."""
        from graph.centrality.spectral import compute_pagerank
        from graph.deadline import Deadline

        return compute_pagerank(prepared, Deadline(None), tolerance=ERROR / self.nodes, max_rounds=ROUNDS)

    def betweenness(self, sources: list[int]) -> Answer:
        """Sums over shortest paths from some nodes."""
        from graph.deadline import Deadline
        from graph.kernels.betweenness import add_up_dependencies

        return add_up_dependencies(self._arcs, np.array(sources, np.int32), Deadline(None)).totals


class Networkit:
    """networkit (C++, MIT)."""

    def __init__(self, graph: Arrays) -> None:
        import networkit

        self.kit = networkit
        self.weighted = networkit.GraphFromCoo(
            (graph.weights, (graph.sources.astype(np.uint64), graph.targets.astype(np.uint64))),
            n=graph.nodes, weighted=True, directed=False,
        )  # fmt: skip

    def hop_path(self, source: int, target: int) -> Answer:
        search = self.kit.distance.BidirectionalBFS(self.weighted, source, target, storePred=True)
        search.run()
        inner = search.getPath()
        distance = search.getDistance()
        return int(distance) if distance < 1e9 and inner is not None else -1

    def weighted_path(self, source: int, target: int) -> Answer:
        search = self.kit.distance.BidirectionalDijkstra(self.weighted, source, target, storePred=True)
        search.run()
        search.getPath()
        return float(search.getDistance())


class Igraph:
    """igraph (C, GPL; measured only)."""

    def __init__(self, graph: Arrays) -> None:
        import igraph

        pairs = np.column_stack([graph.sources, graph.targets])
        self.graph = igraph.Graph(n=graph.nodes, edges=pairs, directed=False)
        self.weights = graph.weights.tolist()

    def hop_path(self, source: int, target: int) -> Answer:
        return len(self.graph.get_shortest_paths(source, target, output="vpath")[0]) - 1

    def weighted_path(self, source: int, target: int) -> Answer:
        path = self.graph.get_shortest_paths(source, target, weights=self.weights, output="epath")[0]
        return sum(self.weights[edge] for edge in path)

    def neighborhood(self, source: int, _target: int) -> Answer:
        return len(self.graph.neighborhood(source, order=2))

    def best_paths(self, source: int, target: int) -> Answer:
        paths = self.graph.get_k_shortest_paths(source, target, k=5, weights=self.weights, output="epath")
        return [sum(self.weights[edge] for edge in path) for path in paths]

    def betweenness(self, sources: list[int]) -> Answer:
        return 2 * np.array(self.graph.betweenness(sources=sources))


class Rustworkx:
    """rustworkx (Rust, Apache)."""

    def __init__(self, graph: Arrays) -> None:
        import rustworkx

        self.kit = rustworkx
        self.graph = rustworkx.PyGraph(multigraph=False)
        self.graph.add_nodes_from(range(graph.nodes))
        self.graph.add_edges_from(
            list(zip(graph.sources.tolist(), graph.targets.tolist(), graph.weights.tolist(), strict=True))
        )

    def hop_path(self, source: int, target: int) -> Answer:
        found = self.kit.dijkstra_shortest_paths(self.graph, source, target=target)
        return len(found[target]) - 1 if target in found else -1

    def weighted_path(self, source: int, target: int) -> Answer:
        return self.kit.dijkstra_shortest_path_lengths(self.graph, source, float, goal=target)[target]


class Scipy:
    """scipy.sparse.csgraph (C, BSD)."""

    def __init__(self, graph: Arrays) -> None:
        from scipy.sparse import csr_array

        shape = (graph.nodes, graph.nodes)
        directed = csr_array((graph.weights, (graph.sources, graph.targets)), shape=shape)
        self.matrix = (directed + directed.T).tocsr()
        self._arrays = graph

    def weighted_path(self, source: int, target: int) -> Answer:
        from scipy.sparse.csgraph import dijkstra

        return float(dijkstra(self.matrix, indices=source, return_predecessors=True)[0][target])

    def best_paths(self, source: int, target: int) -> Answer:
        from scipy.sparse.csgraph import yen

        return yen(self.matrix, source, target, 5).tolist()

    def prepare_pagerank(self) -> Any:  # noqa: ANN401 (as ours)
        """The matrix of steps as `networkx.pagerank` makes it: a row a node, divided by its sum."""
        from scipy.sparse import csr_array, dia_array

        graph = self._arrays
        shape = (graph.nodes, graph.nodes)
        steps = csr_array((np.ones(len(graph.sources)), (graph.sources, graph.targets)), shape=shape)
        sums = np.asarray(steps.sum(axis=1), np.float64)
        shares = np.divide(1.0, sums, out=np.zeros_like(sums), where=sums != 0)
        return dia_array((shares, 0), shape=shape).tocsr() @ steps, np.flatnonzero(sums == 0)

    def pagerank(self, prepared: Any) -> Answer:  # noqa: ANN401 (as ours)
        steps, dangling = prepared
        nodes = self._arrays.nodes
        scores = np.full(nodes, 1.0 / nodes)
        for _ in range(ROUNDS):
            last = scores
            scores = DAMPING * (last @ steps + last[dangling].sum() / nodes) + (1 - DAMPING) / nodes
            if np.abs(scores - last).sum() < ERROR:
                break
        return scores


class Networkx:
    """Plain networkx (Python, BSD)."""

    def __init__(self, graph: Arrays) -> None:
        import networkx

        self.kit = networkx
        self.graph: Any = networkx.Graph()
        self.graph.add_nodes_from(range(graph.nodes))
        self.graph.add_weighted_edges_from(
            zip(graph.sources.tolist(), graph.targets.tolist(), graph.weights.tolist(), strict=True)
        )

    def hop_path(self, source: int, target: int) -> Answer:
        return self.kit.shortest_path_length(self.graph, source, target)

    def weighted_path(self, source: int, target: int) -> Answer:
        return self.kit.bidirectional_dijkstra(self.graph, source, target, weight="weight")[0]

    def neighborhood(self, source: int, _target: int) -> Answer:
        return len(self.kit.single_source_shortest_path_length(self.graph, source, cutoff=2))

    def best_paths(self, source: int, target: int) -> Answer:
        paths = self.kit.shortest_simple_paths(self.graph, source, target, weight="weight")
        return [self.kit.path_weight(self.graph, path, "weight") for path in islice(paths, 5)]


ENGINES: dict[str, type[Any]] = {
    "actorgraph": Ours,
    "networkit": Networkit,
    "igraph": Igraph,
    "scipy": Scipy,
    "rustworkx": Rustworkx,
    "networkx": Networkx,
}
_NEEDS = {"filter": "apply_filter"}
_ALWAYS = frozenset({"build", "peak_mib", "memory_mib"})


def answers_row(name: str, row: str) -> bool:
    """Say whether an engine can be asked for a row."""
    return row in _ALWAYS or hasattr(ENGINES[name], _NEEDS.get(row, row))


LARGEST = {"rustworkx": 1_000_000, "networkx": 100_000}
"""Most edges that an engine is given: beyond, building it takes minutes and gigabytes."""
