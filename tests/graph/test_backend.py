"""Plain networkx calls on a graph of arrays: the same answers as on networkx's own graphs, from kernels."""

from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.backend.arrays import ArrayGraph
from graph.backend.conversion import convert_from_nx, convert_to_nx
from graph.backend.description import FUNCTIONS
from graph.backend.interface import BACKEND
from graph.errors import GraphTooLarge

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

LABELS = ("iran", "iraq", 7, ("a", "tuple"), 2.5, "isolated", "oman", "qatar")
KINDS = (nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph)

ends = st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS), st.integers(1, 4))


@st.composite
def graphs(draw: st.DrawFn, kinds: tuple[type, ...] = KINDS) -> Any:  # noqa: ANN401 (any of the four kinds)
    """Draw a graph with loops, parallel edges, nodes without edges, or nothing at all."""
    graph = draw(st.sampled_from(kinds))()
    graph.add_nodes_from(draw(st.lists(st.sampled_from(LABELS), unique=True)))
    for source, target, weight in draw(st.lists(ends, max_size=16)):
        graph.add_edge(source, target, weight=weight)
    return graph


def answer(ask: Callable[[Any], Any], graph: object) -> Any:  # noqa: ANN401 (any answer)
    """Return an answer, or the kind of error it ends in."""
    try:
        return ask(graph)
    except (nx.NetworkXException, ZeroDivisionError) as error:
        return type(error)


def partition(groups: Any) -> set[frozenset[Any]]:  # noqa: ANN401 (an iterator over sets)
    """Return groups without their order."""
    return {frozenset(group) for group in groups}


NUMBERS: dict[str, Callable[[Any], Any]] = {
    "pagerank": nx.pagerank,
    "pagerank-unweighted": lambda g: nx.pagerank(g, weight=None, alpha=0.6),
    "pagerank-personal": lambda g: nx.pagerank(
        g,
        personalization={node: place for place, node in enumerate(g)},
        dangling={node: 1 + place for place, node in enumerate(g)},
        nstart={node: 3 - 1 / (1 + place) for place, node in enumerate(g)},
    ),
    "betweenness": nx.betweenness_centrality,
    "betweenness-ends": lambda g: nx.betweenness_centrality(g, normalized=False, endpoints=True),
    "betweenness-weighted": lambda g: nx.betweenness_centrality(g, weight="weight"),
    "betweenness-sampled": lambda g: nx.betweenness_centrality(g, k=min(2, len(g)), seed=5),
    "closeness": nx.closeness_centrality,
    "closeness-weighted": lambda g: nx.closeness_centrality(g, distance="weight", wf_improved=False),
    "closeness-of-one": lambda g: nx.closeness_centrality(g, u="iran"),
    "harmonic": nx.harmonic_centrality,
    "harmonic-weighted": lambda g: nx.harmonic_centrality(g, distance="weight"),
    "harmonic-of-some": lambda g: nx.harmonic_centrality(g, nbunch=["iran", 7], sources=["iraq", "oman"]),
    "degree": nx.degree_centrality,
    "lengths": lambda g: dict(nx.shortest_path_length(g, "iran")),
    "lengths-weighted": lambda g: dict(nx.shortest_path_length(g, "iran", weight="weight")),
    "lengths-to-one": lambda g: dict(nx.shortest_path_length(g, target="iran", weight="weight")),
    "length": lambda g: nx.shortest_path_length(g, "iran", "iraq"),
    "length-weighted": lambda g: nx.dijkstra_path_length(g, "iran", "iraq"),
    "length-from-both-ends": lambda g: nx.bidirectional_dijkstra(g, "iran", "iraq")[0],
    "is-connected": lambda g: nx.is_weakly_connected(g) if g.is_directed() else nx.is_connected(g),
    "has-path": lambda g: nx.has_path(g, "iran", "iraq"),
    "by-networkx-itself": nx.average_neighbor_degree,
}
SIMPLE: dict[str, Callable[[Any], Any]] = {
    "eigenvector": lambda g: nx.eigenvector_centrality(g, max_iter=5000, tol=1e-9),
    "eigenvector-weighted": lambda g: nx.eigenvector_centrality(g, max_iter=5000, tol=1e-9, weight="weight"),
    "katz": lambda g: nx.katz_centrality(g, alpha=0.05, weight="weight"),
    "katz-own": lambda g: nx.katz_centrality(g, alpha=0.05, beta=dict.fromkeys(g, 2.0), normalized=False),
    "simple-path-lengths": lambda g: [
        len(path) for path in islice(nx.shortest_simple_paths(g, "iran", "iraq"), 8)
    ],
}
GROUPS: dict[str, Callable[[Any], Any]] = {
    "paths": lambda g: sorted(map(str, nx.all_shortest_paths(g, "iran", "iraq"))),
    "paths-weighted": lambda g: sorted(map(str, nx.all_shortest_paths(g, "iran", "iraq", weight="weight"))),
    "strong": lambda g: partition(nx.strongly_connected_components(g)),
    "weak": lambda g: partition(nx.weakly_connected_components(g)),
    "connected": lambda g: partition(nx.connected_components(g)),
    "triangles": nx.triangles,
}


@pytest.mark.parametrize("asked", NUMBERS)
@settings(max_examples=25, deadline=None)
@given(graph=graphs())
def test_numbers_are_those_of_networkx(asked: str, graph: Any) -> None:  # noqa: ANN401 (any of four kinds)
    """On all four kinds of graph, with loops, parallel edges, lonely nodes, or nothing at all."""
    ask = NUMBERS[asked]
    assert answer(ask, convert_from_nx(graph)) == pytest.approx(answer(ask, graph), abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("asked", SIMPLE)
@settings(max_examples=25, deadline=None)
@given(graph=graphs(kinds=(nx.Graph, nx.DiGraph)))
def test_numbers_of_simple_graphs_are_those_of_networkx(
    asked: str,
    graph: Any,  # noqa: ANN401 (either kind)
) -> None:
    """Where networkx takes graphs without parallel edges only."""
    ask = SIMPLE[asked]
    assert answer(ask, convert_from_nx(graph)) == pytest.approx(answer(ask, graph), abs=1e-6)


@pytest.mark.parametrize("asked", GROUPS)
@settings(max_examples=25, deadline=None)
@given(graph=graphs())
def test_groups_are_those_of_networkx(asked: str, graph: Any) -> None:  # noqa: ANN401 (any of four kinds)
    """Sets of nodes and of paths, and refusals where a function is not for that kind of graph."""
    ask = GROUPS[asked]
    assert answer(ask, convert_from_nx(graph)) == answer(ask, graph)


@settings(max_examples=25, deadline=None)
@given(graph=graphs(), radius=st.integers(0, 3), undirected=st.booleans(), center=st.booleans())
def test_neighborhoods_are_those_of_networkx(
    graph: Any,  # noqa: ANN401 (any of four kinds)
    radius: int,
    undirected: bool,
    center: bool,
) -> None:
    """Nodes, edges and what they carry."""

    def ask(g: Any) -> Any:  # noqa: ANN401 (either side)
        return nx.ego_graph(g, "iran", radius, undirected=undirected, center=center)

    found, expected = answer(ask, convert_from_nx(graph)), answer(ask, graph)
    if isinstance(expected, type):
        assert found is expected
    else:
        assert isinstance(found, ArrayGraph)
        assert nx.utils.graphs_equal(convert_to_nx(found), expected)


@settings(max_examples=50, deadline=None)
@given(graph=graphs())
def test_conversion_back_gives_the_same_graph(graph: Any) -> None:  # noqa: ANN401 (any of four kinds)
    """Kind, labels, keys and attributes of nodes, edges and the graph survive, in the order of nodes."""
    graph.graph["name"] = "drawn"
    graph.add_node("iran", type="country")
    back = convert_to_nx(convert_from_nx(graph))
    assert type(back) is type(graph)
    assert list(back.nodes(data=True)) == list(graph.nodes(data=True))
    assert nx.utils.graphs_equal(back, graph)


@pytest.fixture
def triangle() -> Any:  # noqa: ANN401 (a graph that networkx's types do not know)
    """Three actors in a circle, and an edge back."""
    return ArrayGraph.from_arrays([0, 1, 2, 1], [1, 2, 0, 0], nodes=["a", "b", "c"], weight=[1, 2, 3, 4.5])


def test_arrays_make_a_graph(triangle: Any) -> None:  # noqa: ANN401 (a graph that networkx's types do not know)
    """Labels, columns and counts are as given."""
    assert (len(triangle), triangle.number_of_edges(), list(triangle)) == (3, 4, ["a", "b", "c"])
    assert "a" in triangle
    assert "x" not in triangle
    assert [] not in triangle
    assert list(triangle.iter_edges())[3] == ("b", "a", 0, {"weight": 4.5})
    assert nx.shortest_path(triangle, "a", "c") == ["a", "b", "c"]
    assert nx.dijkstra_path_length(triangle, "a", "a") == 0
    assert len(ArrayGraph.from_arrays([0], [4])) == 5


@pytest.mark.parametrize(
    ("sources", "targets", "options", "reason"),
    [
        ([0], [1, 2], {}, "one length"),
        ([0], [1], {"weight": [1, 2]}, "one length"),
        ([0], [3], {"nodes": 2}, "from 0 to 3, but there are 2"),
        ([-1], [1], {}, "from -1 to 1"),
    ],
)
def test_arrays_that_make_no_graph_are_refused(
    sources: list[int], targets: list[int], options: dict[str, Any], reason: str
) -> None:
    """A kernel would read beyond its arrays."""
    with pytest.raises(ValueError, match=reason):
        ArrayGraph.from_arrays(sources, targets, **options)


def test_a_snapshot_makes_a_graph(rows: "Rows") -> None:
    """Edges keep their ids as keys, and their kind, sign and confidence."""
    snapshot = rows.snapshot(
        [rows.claim("iran", "supports", "iraq"), rows.claim("isis", "opposes", "iraq", confidence=0.5)]
    )
    graph: Any = ArrayGraph.from_view(snapshot.view())
    assert nx.shortest_path(graph, "isis", "iraq") == ["isis", "iraq"]
    assert nx.degree_centrality(graph)["iraq"] == 1.0
    assert convert_to_nx(graph).edges["isis", "iraq", "isis.opposes.iraq"] == {
        "kind": "opposes",
        "sign": -1,
        "weight": 0.5,
        "confidence": 0.5,
    }


def test_simplified_graphs_open_more_functions(triangle: Any) -> None:  # noqa: ANN401 (a graph that networkx's types do not know)
    """Some of networkx's functions are for simple graphs, and some for undirected ones; weights add up."""
    with pytest.raises(nx.NetworkXNotImplemented):
        nx.triangles(triangle)
    simple = triangle.simplify(directed=False)
    assert nx.triangles(simple) == {"a": 1, "b": 1, "c": 1}
    assert sorted(weight["weight"] for *_, weight in simple.iter_edges()) == [2, 3, 5.5]
    assert nx.eigenvector_centrality(simple, weight=None)["a"] == pytest.approx(3**-0.5)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_named_is_there(name: str) -> None:
    """What networkx is told is what it finds."""
    assert callable(vars(BACKEND)[name])


def test_communities_are_partitions() -> None:
    """Louvain and Leiden find the two circles that one edge joins, from one seed the same each time."""
    graph = nx.disjoint_union(nx.complete_graph(5), nx.complete_graph(5))
    graph.add_edge(0, 5)
    graph.add_node("alone")
    arrays: Any = convert_from_nx(graph)
    circles = {frozenset(range(5)), frozenset(range(5, 10)), frozenset({"alone"})}
    for find in (nx.community.louvain_communities, nx.community.leiden_communities):
        assert partition(find(arrays, seed=1)) == circles
        assert find(arrays, seed=3) == find(arrays, seed=3)
    assert nx.community.louvain_communities(arrays, seed=4) == nx.community.louvain_communities(graph, seed=4)


def test_what_no_kernel_does_is_done_by_networkx(triangle: Any) -> None:  # noqa: ANN401 (a graph that networkx's types do not know)
    """Functions without a kernel, weights from a function, and negative ones, answer all the same."""
    assert nx.diameter(triangle) == 2
    assert nx.shortest_path(triangle, "a", "c", weight=lambda *_: 2) == ["a", "b", "c"]
    negative: Any = ArrayGraph.from_arrays([0, 1], [1, 2], weight=[-1.0, 2.0])
    assert nx.shortest_path_length(negative, 0, 2, weight="weight", method="bellman-ford") == 1


def test_a_graph_too_large_to_copy_is_an_error_with_advice(
    triangle: Any,  # noqa: ANN401 (a graph that networkx's types do not know)
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The limit is a setting of networkx, and kernels know none."""
    backends: Any = nx.config.backends
    monkeypatch.setattr(backends.actorgraph, "conversion_limit", 6)
    with pytest.raises(GraphTooLarge, match=r"diameter would copy 3 nodes and 4 edges.*conversion_limit"):
        nx.diameter(triangle)
    with pytest.raises(GraphTooLarge, match="Filter the graph first"):
        convert_to_nx(triangle)
    assert nx.shortest_path_length(triangle, "a", "c") == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda g: nx.set_node_attributes(g, {"a": 1}, "x"),
        lambda g: nx.relabel_nodes(g, {"a": "x"}, copy=False),
    ],
    ids=["attributes", "labels"],
)
def test_a_graph_of_arrays_is_never_changed(triangle: Any, change: Callable[[Any], Any]) -> None:  # noqa: ANN401 (a graph that networkx's types do not know)
    """A function that would change its graph is refused, rather than run on a copy that nobody sees."""
    with pytest.raises(NotImplementedError, match="mutate an input"):
        change(triangle)


@pytest.mark.parametrize(
    ("name", "args", "options", "answer_"),
    [
        ("pagerank", (nx.path_graph(3),), {}, True),
        ("shortest_path", (nx.path_graph(3), 0, 2, lambda *_: 1), {}, "Python function"),
        ("closeness_centrality", (nx.path_graph(3),), {"distance": len}, "Python function"),
        ("shortest_path", (nx.path_graph(3), 0, 2), {"method": "bellman-ford"}, "Dijkstra"),
        ("diameter", (nx.path_graph(3),), {}, "no kernel"),
        ("diameter", (ArrayGraph.from_arrays([0], [1]),), {}, True),
    ],
)
def test_it_says_what_it_can_run(
    name: str, args: tuple[Any, ...], options: dict[str, Any], answer_: bool | str
) -> None:
    """And why not, where it cannot."""
    found = BACKEND.can_run(name, args, options)
    assert found is True if answer_ is True else str(answer_) in str(found)


@pytest.mark.parametrize(
    ("name", "graph", "reason"),
    [
        ("pagerank", nx.path_graph(3), "so small"),
        ("shortest_path", nx.path_graph(3000), None),
        ("has_path", nx.path_graph(3000), "longer than the search"),
        ("has_path", ArrayGraph.from_arrays([0], [1]), None),
    ],
)
def test_it_says_when_it_should_not_run(name: str, graph: object, reason: str | None) -> None:
    """A networkx graph is converted only where that pays."""
    found = BACKEND.should_run(name, (graph,), {})
    assert found is True if reason is None else reason in str(found)
