"""The graph that the backend runs on: arrays of edges, any hashable things as nodes, never changed."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graph.adjacency import Adjacency, Indices, Walk
from graph.backend.attributes import Attributes, EdgeWeights
from graph.backend.view_attributes import ViewAttributes
from graph.csr import build_adjacency, lock, lock_walk
from graph.kernels.arcs import Arcs, gather_arcs

if TYPE_CHECKING:
    import networkx as nx

    from graph.snapshot.snapshot import GraphView

Label: TypeAlias = Hashable
Parallel = Literal["once", "sum", "least"]
Made = TypeVar("Made")


class ArrayGraph:
    """A graph as arrays, for networkx's functions: directed or not, with parallel edges or without.

    It answers what functions ask of a graph before they are dispatched, and never changes.

    Args:
        sources: (edges,), the node each edge starts at, by place in `nodes`.
        targets: (edges,), the node it leads to.
        nodes: Each once. A `range` costs no memory.
        directed: Whether edges are walked one way only.
        multigraph: Whether two nodes may have several edges; otherwise the caller sees to it that they do not.
        attributes: What nodes and edges carry besides.
    """

    __networkx_backend__ = "actorgraph"

    def __init__(
        self,
        sources: Indices,
        targets: Indices,
        nodes: Sequence[Label],
        *,
        directed: bool = True,
        multigraph: bool = True,
        attributes: Attributes | None = None,
    ) -> None:
        self.sources = lock(np.asarray(sources, np.int32))
        self.targets = lock(np.asarray(targets, np.int32))
        self.labels = nodes
        self.attributes = attributes or Attributes()
        self._directed = directed
        self._multigraph = multigraph
        self._made: dict[Hashable, Any] = {}

    @classmethod
    def from_arrays(
        cls,
        sources: ArrayLike,
        targets: ArrayLike,
        *,
        nodes: Sequence[Label] | int | None = None,
        directed: bool = True,
        multigraph: bool = True,
        **columns: ArrayLike,
    ) -> "ArrayGraph":
        """Return a graph of edges between numbered nodes.

        Args:
            sources: (edges,), the node each edge starts at, from 0.
            targets: (edges,), the node it leads to.
            nodes: What the nodes are called, or how many there are; by default as many as the edges name.
            directed: Whether edges are walked one way only.
            multigraph: Whether two nodes may have several edges.
            **columns: Numbers by name, one an edge, such as `weight`.

        Raises:
            ValueError: Arrays are not of one length, or an edge names a node that is not there.

        Cost: O(edges).
        """
        starts, ends = np.asarray(sources, np.int64), np.asarray(targets, np.int64)
        most = int(max(starts.max(initial=-1), ends.max(initial=-1))) + 1
        named: Sequence[Label] = (
            range(most) if nodes is None else range(nodes) if isinstance(nodes, int) else nodes
        )
        weights = {name: np.asarray(values, np.float64) for name, values in columns.items()}
        if any(len(array) != len(starts) for array in (ends, *weights.values())):
            raise ValueError("Sources, targets and columns must be of one length.")
        least = int(min(starts.min(initial=0), ends.min(initial=0)))
        if least < 0 or most > len(named):
            raise ValueError(f"Edges name nodes from {least} to {most - 1}, but there are {len(named)}.")
        return cls(
            starts.astype(np.int32),
            ends.astype(np.int32),
            named,
            directed=directed,
            multigraph=multigraph,
            attributes=Attributes(columns=weights),
        )

    @classmethod
    def from_view(cls, view: "GraphView") -> "ArrayGraph":
        """Return the walkable edges of a snapshot: a directed multigraph, keyed by edge id.

        Each edge has its confidence as `weight` and `confidence`, and its `kind` and `sign`. A symmetric edge
        points the way it is stored.

        Cost: O(nodes + edges), tens of nanoseconds an edge; attributes are looked up when they are asked for.
        """
        found = ViewAttributes(view)
        places = np.zeros(view.node_count, np.int32)
        places[found.numbers] = np.arange(len(found.numbers), dtype=np.int32)
        ends = view.columns.edges
        sure = view.confidences[found.edges]
        return cls(
            places[ends.source[found.edges]],
            places[ends.target[found.edges]],
            list(view.nodes),
            attributes=Attributes(
                keys=found.keys,
                columns={"weight": sure, "confidence": sure},
                of_nodes=found.of_nodes,
                of_edges=found.of_edges,
                of_graph={"version": view.version},
            ),
        )

    def is_directed(self) -> bool:
        """Say whether edges are walked one way only."""
        return self._directed

    def is_multigraph(self) -> bool:
        """Say whether two nodes may have several edges."""
        return self._multigraph

    def __len__(self) -> int:
        return len(self.labels)

    def __iter__(self) -> Iterator[Label]:
        return iter(self.labels)

    def __contains__(self, node: object) -> bool:
        try:
            return self.find_number(node) is not None
        except TypeError:
            return False

    @property
    def nodes(self) -> Sequence[Label]:
        """What the nodes are called, in order."""
        return self.labels

    def number_of_nodes(self) -> int:
        """Return how many nodes there are."""
        return len(self.labels)

    def order(self) -> int:
        """Return how many nodes there are."""
        return len(self.labels)

    def number_of_edges(self) -> int:
        """Return how many edges there are, parallel ones each."""
        return len(self.sources)

    def has_node(self, node: object) -> bool:
        """Say whether a node is there."""
        return node in self

    def find_number(self, node: object) -> int | None:
        """Return the place of a node, from 0; None if it is not there.

        Raises:
            TypeError: It is not hashable.
        """
        if isinstance(self.labels, range):
            hash(node)
            return self.labels.index(node) if node in self.labels else None  # type: ignore[arg-type]
        return self._numbers.get(node)

    @cached_property
    def _numbers(self) -> Mapping[Any, int]:
        return {label: number for number, label in enumerate(self.labels)}

    def label_all(self, numbers: Iterable[int]) -> list[Label]:
        """Return what nodes are called, by their numbers."""
        labels = self.labels
        return [labels[number] for number in numbers]

    def iter_edges(self) -> Iterator[tuple[Label, Label, Label, dict[str, Any]]]:
        """Yield source, target, key and attributes of each edge; the attributes are a new dictionary."""
        sources, targets, labels = self.sources.tolist(), self.targets.tolist(), self.labels
        columns = {name: values.tolist() for name, values in self.attributes.columns.items()}
        keys, others = self.attributes.keys or self._count_keys(), self.attributes.of_edges
        for edge, (source, target) in enumerate(zip(sources, targets, strict=True)):
            data = dict(others[edge]) if others is not None else {}
            for name, values in columns.items():
                data[name] = values[edge]
            yield labels[source], labels[target], keys[edge], data

    def _count_keys(self) -> list[int]:
        seen: dict[tuple[int, int], int] = {}
        keys = []
        for source, target in zip(self.sources.tolist(), self.targets.tolist(), strict=True):
            pair = (source, target) if self._directed or source <= target else (target, source)
            keys.append(seen.get(pair, 0))
            seen[pair] = keys[-1] + 1
        return keys

    def iter_nodes(self) -> Iterator[tuple[Label, dict[str, Any]]]:
        """Yield each node and its attributes, in a new dictionary."""
        of_nodes = self.attributes.of_nodes
        for number, label in enumerate(self.labels):
            yield label, dict(of_nodes[number]) if of_nodes is not None else {}

    def get_weights(self, name: str | None) -> EdgeWeights | None:
        """Return the numbers of one attribute; an edge without it weighs 1. None where every edge does.

        Raises:
            Unsuited: Some are no numbers, or integers beyond 2**53.
        """
        if name is None:
            return None
        return self.remember(("weights", name), lambda: self.attributes.read_weights(name))

    def remember(self, what: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made under this name before, or make it; two threads may both, to the same end."""
        if what not in self._made:
            self._made[what] = make()
        made: Made = self._made[what]
        return made

    @cached_property
    def forward(self) -> Adjacency:
        """Every edge, at its source."""
        return self._build(self.sources, self.targets, drop_loops=False)

    @cached_property
    def backward(self) -> Adjacency:
        """Every edge, at its target; loops only where edges have a direction, for they are walked once."""
        return self._build(self.targets, self.sources, drop_loops=not self._directed)

    def _build(self, tails: Indices, heads: Indices, *, drop_loops: bool) -> Adjacency:
        edges = np.arange(len(tails), dtype=np.int32)
        if drop_loops and (keep := tails != heads).sum() < len(tails):
            tails, heads, edges = tails[keep], heads[keep], edges[keep]
        return lock_walk((build_adjacency(tails, heads, edges, len(self.labels)),))[0]

    @cached_property
    def walk(self) -> Walk:
        """How edges are walked: along them, and back where they have no direction."""
        return (self.forward,) if self._directed else (self.forward, self.backward)

    @cached_property
    def back(self) -> Walk:
        """How edges are walked against their direction."""
        return (self.backward,) if self._directed else self.walk

    def get_arcs(
        self,
        weight: str | None = None,
        *,
        parallel: Parallel = "once",
        inward: bool = False,
        loops: bool = False,
    ) -> Arcs:
        """Return the plain graph: parallel edges made one, kept for the next question.

        Args:
            weight: The attribute that edges weigh by; None where each weighs 1.
            parallel: What parallel edges weigh together: 1, their `sum`, or the `least` of them.
            inward: For each node the arcs that lead to it; otherwise those that leave it.
            loops: Keep edges from a node to itself.

        Raises:
            Unsuited: The attribute holds what is no number.
        """
        weights = None if parallel == "once" else self.get_weights(weight)
        values = None if weights is None else weights.values
        if values is None and parallel == "sum" and self._multigraph:
            values = np.ones(len(self.sources))
        is_inward = inward and self._directed
        return self.remember(
            ("arcs", weight, parallel, is_inward, loops),
            lambda: gather_arcs(
                self.back if is_inward else self.walk,
                len(self),
                weights=values,
                lightest=parallel == "least",
                keep_loops=loops,
            ),
        )

    def find_degrees(self, *, into: bool = True, out: bool = True) -> NDArray[np.int64]:
        """Return (nodes,): edges at each node, parallel ones each, loops twice where both ways are counted."""
        degrees = np.zeros(len(self), np.int64)
        if out or not self._directed:
            degrees += np.bincount(self.sources, minlength=len(self))
        if into or not self._directed:
            degrees += np.bincount(self.targets, minlength=len(self))
        return degrees

    def take(self, kept: NDArray[np.bool_]) -> "ArrayGraph":
        """Return the graph of some nodes and all edges among them, attributes included.

        Args:
            kept: (nodes,), which.

        Cost: O(nodes + edges).
        """
        chosen = np.flatnonzero(kept)
        edges = np.flatnonzero(kept[self.sources] & kept[self.targets])
        numbers = np.cumsum(kept) - 1
        attributes = self.attributes
        if self._multigraph and attributes.keys is None:
            attributes = replace(attributes, keys=self._count_keys())
        return ArrayGraph(
            numbers[self.sources[edges]],
            numbers[self.targets[edges]],
            self.label_all(chosen.tolist()),
            directed=self._directed,
            multigraph=self._multigraph,
            attributes=attributes.take(chosen, edges),
        )

    def simplify(self, *, directed: bool | None = None) -> "ArrayGraph":
        """Return the graph without parallel edges and loops, their columns summed; other attributes are left out.

        Some of networkx's functions take simple graphs only (`eigenvector_centrality`, `shortest_simple_paths`), and
        some undirected ones only (`triangles`).

        Args:
            directed: Whether the answer's edges have a direction; by default as here.
        """
        wanted = self._directed if directed is None else directed
        walk = self.walk if wanted or not self._directed else (self.forward, self.backward)
        gathered = {
            name: gather_arcs(walk, len(self), weights=lock(values))
            for name, values in self.attributes.columns.items()
        }
        plain = gather_arcs(walk, len(self))
        tails = np.repeat(np.arange(len(self), dtype=np.int32), np.diff(plain.indptr))
        once = np.ones(len(tails), np.bool_) if wanted else tails < plain.heads
        return ArrayGraph(
            tails[once],
            plain.heads[once],
            self.labels,
            directed=wanted,
            multigraph=False,
            attributes=Attributes(
                columns={name: arcs.weights[once] for name, arcs in gathered.items()},
                of_nodes=self.attributes.of_nodes,
                of_graph=self.attributes.of_graph,
            ),
        )

    def to_networkx(self) -> "nx.Graph[Any]":
        """Return a new networkx graph of the same kind, with all attributes. Cost: some microseconds an edge."""
        import networkx as nx  # noqa: PLC0415 (only where it is asked for)

        made: Any = {
            (False, False): nx.Graph,
            (True, False): nx.DiGraph,
            (False, True): nx.MultiGraph,
            (True, True): nx.MultiDiGraph,
        }[self._directed, self._multigraph](**self.attributes.of_graph)
        made.add_nodes_from(self.iter_nodes())
        if self._multigraph:
            made.add_edges_from(self.iter_edges())
        else:
            made.add_edges_from((source, target, data) for source, target, _, data in self.iter_edges())
        converted: nx.Graph[Any] = made
        return converted
