"""networkx's graphs to arrays and back."""

from collections.abc import Mapping
from typing import Any

import networkx as nx
import numpy as np

from graph.backend.arrays import ArrayGraph
from graph.backend.attributes import Attributes
from graph.backend.description import CONVERSION_LIMIT
from graph.errors import GraphTooLarge


def convert_from_nx(
    graph: "nx.Graph[Any]",
    *,
    edge_attrs: Mapping[str, Any] | None = None,
    node_attrs: Mapping[str, Any] | None = None,
    preserve_edge_attrs: bool = True,
    preserve_node_attrs: bool = True,
    preserve_graph_attrs: bool = True,
    name: str | None = None,  # noqa: ARG001 (networkx says which function asks)
    graph_name: str | None = None,  # noqa: ARG001 (and for which of its arguments)
) -> ArrayGraph:
    """Return a graph as arrays, nodes in the same order; what it carries is copied, one level deep.

    Args:
        graph: Of any of the four kinds.
        edge_attrs: Attributes to keep, with what stands for one that is missing; only if not all are preserved.
        node_attrs: The same for nodes.
        preserve_edge_attrs: Keep all.
        preserve_node_attrs: Keep all.
        preserve_graph_attrs: Keep all.
        name: The function that asks.
        graph_name: Its argument.

    Cost: about a microsecond an edge.
    """
    nodes = list(graph)
    numbers = {node: number for number, node in enumerate(nodes)}
    is_multigraph = graph.is_multigraph()
    view: Any = graph.edges
    listed = view(keys=True, data=True) if is_multigraph else view(data=True)
    columns = list(zip(*listed, strict=True)) or [(), (), (), ()]
    everything_asked = preserve_edge_attrs and edge_attrs is None
    data = columns[-1]
    return ArrayGraph(
        np.fromiter(map(numbers.__getitem__, columns[0]), np.int32, len(data)),
        np.fromiter(map(numbers.__getitem__, columns[1]), np.int32, len(data)),
        nodes,
        directed=graph.is_directed(),
        multigraph=is_multigraph,
        attributes=Attributes(
            keys=columns[2] if is_multigraph else None,
            of_nodes=_choose(graph.nodes.values(), node_attrs, everything=preserve_node_attrs),
            of_edges=_choose(data, edge_attrs, everything=everything_asked),
            of_graph=dict(graph.graph) if preserve_graph_attrs else {},
        ),
    )


def _choose(
    listed: Any,  # noqa: ANN401 (networkx's views of dictionaries)
    wanted: Mapping[str, Any] | None,
    *,
    everything: bool,
) -> list[dict[str, Any]] | None:
    """Return copies of attributes: all, or those wanted, with their default where there is one."""
    if wanted is not None:
        defaults = {name: value for name, value in wanted.items() if value is not None}
        return [{**defaults, **{name: data[name] for name in wanted if name in data}} for data in listed]
    return [dict(data) for data in listed] if everything else None


def convert_to_nx(found: Any, *, name: str | None = None) -> Any:  # noqa: ANN401, ARG001 (any result at all)
    """Return a graph of arrays as a new networkx graph, and anything else as it is.

    Raises:
        GraphTooLarge: It has more nodes and edges than are converted.
    """
    if not isinstance(found, ArrayGraph):
        return found
    check_size(found, "A conversion to networkx")
    return found.to_networkx()


def check_size(graph: ArrayGraph, what: str) -> None:
    """Do nothing if a graph is small enough for networkx itself.

    Raises:
        GraphTooLarge: It is not.
    """
    settings: Any = nx.config.backends
    own = getattr(settings, "actorgraph", None)
    limit = getattr(own, "conversion_limit", CONVERSION_LIMIT)
    if graph.number_of_nodes() + graph.number_of_edges() > limit:
        raise GraphTooLarge(what, graph.number_of_nodes(), graph.number_of_edges(), limit)


def lend_to_networkx(graph: ArrayGraph, function: str) -> "nx.Graph[Any]":
    """Return a networkx graph for one of its own functions to read: frozen, and kept for the next.

    Raises:
        GraphTooLarge: It would take too long.
    """
    check_size(graph, f"networkx's own {function}")
    return graph.remember("networkx", lambda: nx.freeze(graph.to_networkx()))
