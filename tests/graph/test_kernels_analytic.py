"""The kernels that count over whole graphs: against plain networkx, with filters, and within their time."""

from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from graph.centrality.sampling import bound_error
from graph.centrality.spectral import ListedWays, compute_pagerank
from graph.csr import build_walk
from graph.deadline import Deadline
from graph.errors import QueryTimeout
from graph.kernels import parallel
from graph.kernels.arcs import Arcs, gather_arcs, transpose
from graph.kernels.betweenness import add_up_dependencies
from graph.kernels.closeness import add_up_distances
from graph.kernels.components import label_components, label_strong_components
from graph.kernels.distances import build_hop_tree, build_weighted_tree
from graph.kernels.louvain import move_nodes
from graph.kernels.pushing import InwardArcs
from graph.kernels.triangles import count_triangles
from graph.kernels.weighted_sums import add_up_weighted_dependencies, add_up_weighted_distances

NODES = 9
NEVER = Deadline(None)
EVERYBODY = np.arange(NODES, dtype=np.int32)

# Each edge as source, target, weight, and whether a filter keeps it.
drawn_edges = st.lists(
    st.tuples(
        st.integers(0, NODES - 1),
        st.integers(0, NODES - 1),
        st.sampled_from([0.5, 1.0, 2.0]),
        st.booleans(),
    ),
    max_size=30,
)
Drawn = list[tuple[int, int, float, bool]]


def gather(drawn: Drawn, *, both_ways: bool, weighted: bool = False, lightest: bool = False) -> Arcs:
    """Return the arcs of the edges that are kept."""
    sources, targets = (np.array([edge[end] for edge in drawn], np.int32) for end in (0, 1))
    return gather_arcs(
        build_walk(sources, targets, NODES, both_ways=both_ways),
        NODES,
        mask=np.array([keep for *_, keep in drawn], np.uint8) if drawn else np.empty(0, np.uint8),
        weights=np.array([edge[2] for edge in drawn], np.float64) if weighted else None,
        lightest=lightest,
    )


def plain(drawn: Drawn, *, both_ways: bool, lightest: bool = False) -> Any:  # noqa: ANN401 (a Graph or a DiGraph)
    """Return the same with networkx: loops left out, parallel edges one."""
    graph: Any = nx.Graph() if both_ways else nx.DiGraph()
    graph.add_nodes_from(range(NODES))
    for source, target, weight, keep in drawn:
        if keep and source != target:
            before = graph.get_edge_data(source, target, {"weight": np.inf if lightest else 0.0})["weight"]
            graph.add_edge(source, target, weight=min(before, weight) if lightest else before + weight)
    return graph


def groups(labels: NDArray[Any]) -> set[frozenset[int]]:
    """Return the nodes of each label."""
    return {
        frozenset(np.flatnonzero(labels == label).tolist())
        for label in range(int(labels.max(initial=-1)) + 1)
    }


@pytest.mark.parametrize("both_ways", [True, False])
@settings(max_examples=60, deadline=None)
@given(drawn=drawn_edges)
def test_arcs_are_a_plain_graph(drawn: Drawn, both_ways: bool) -> None:
    """What a filter leaves, without loops, parallel edges one and their weights summed or the least of them."""
    for lightest in (False, True):
        arcs = gather(drawn, both_ways=both_ways, weighted=True, lightest=lightest)
        tails = np.repeat(np.arange(NODES), np.diff(arcs.indptr)).tolist()
        found = dict(zip(zip(tails, arcs.heads.tolist(), strict=True), arcs.weights.tolist(), strict=True))
        expected = plain(drawn, both_ways=both_ways, lightest=lightest).to_directed()
        assert found == pytest.approx({(a, b): data["weight"] for a, b, data in expected.edges(data=True)})
        again = transpose(transpose(arcs))
        assert [column.tolist() for column in again] == [column.tolist() for column in arcs]


@pytest.mark.parametrize("both_ways", [True, False])
@settings(max_examples=60, deadline=None)
@given(drawn=drawn_edges)
def test_shortest_paths_are_counted_as_networkx_does(drawn: Drawn, both_ways: bool) -> None:
    """Betweenness of nodes and of arcs, and distances, in hops."""
    arcs, graph = gather(drawn, both_ways=both_ways), plain(drawn, both_ways=both_ways)
    scale = 2 if both_ways else 1
    found = add_up_dependencies(arcs, EVERYBODY, NEVER, traffic=True)
    expected = nx.betweenness_centrality(graph, normalized=False)
    assert found.totals / scale == pytest.approx(list(expected.values()))
    traffic: dict[Any, float] = {}
    tails = np.repeat(np.arange(NODES), np.diff(arcs.indptr)).tolist()
    for tail, head, carried in zip(tails, arcs.heads.tolist(), found.traffic.tolist(), strict=True):
        pair = frozenset((tail, head)) if both_ways else (tail, head)
        traffic[pair] = traffic.get(pair, 0.0) + carried / scale
    of_edges = nx.edge_betweenness_centrality(graph, normalized=False)
    assert traffic == pytest.approx(
        {(frozenset(pair) if both_ways else pair): value for pair, value in of_edges.items()}
    )
    distances = add_up_distances(arcs, EVERYBODY, NEVER)
    assert distances.inverse == pytest.approx(list(nx.harmonic_centrality(graph).values()))
    reach = dict(nx.all_pairs_shortest_path_length(graph))
    assert distances.lengths.tolist() == [sum(hops.get(node, 0) for hops in reach.values()) for node in graph]


@pytest.mark.parametrize("both_ways", [True, False])
@settings(max_examples=40, deadline=None)
@given(drawn=drawn_edges)
def test_lightest_paths_are_counted_as_networkx_does(drawn: Drawn, both_ways: bool) -> None:
    """The same where edges have lengths."""
    arcs = gather(drawn, both_ways=both_ways, weighted=True, lightest=True)
    graph = plain(drawn, both_ways=both_ways, lightest=True)
    found = add_up_weighted_dependencies(arcs, EVERYBODY, NEVER)
    expected = nx.betweenness_centrality(graph, normalized=False, weight="weight")
    assert found.totals / (2 if both_ways else 1) == pytest.approx(list(expected.values()))
    harmonic = nx.harmonic_centrality(graph, distance="weight")
    assert add_up_weighted_distances(arcs, EVERYBODY, NEVER).inverse == pytest.approx(list(harmonic.values()))


@settings(max_examples=60, deadline=None)
@given(drawn=drawn_edges, limit=st.integers(0, 4))
def test_trees_reach_what_networkx_reaches(drawn: Drawn, limit: int) -> None:
    """Nearest first, within a limit, each node with the one before it."""
    graph = plain(drawn, both_ways=False, lightest=True)
    hops = build_hop_tree(gather(drawn, both_ways=False), 0, NEVER, max_hops=limit)
    expected = nx.single_source_shortest_path_length(graph, 0, cutoff=limit)
    assert {node: hops.distances[node] for node in hops.order.tolist()} == expected
    arcs = gather(drawn, both_ways=False, weighted=True, lightest=True)
    tree = build_weighted_tree(arcs, 0, NEVER, max_distance=limit)
    lengths = nx.single_source_dijkstra_path_length(graph, 0, cutoff=limit)
    assert {node: tree.distances[node] for node in tree.order.tolist()} == pytest.approx(lengths)
    assert sorted(tree.distances[tree.order]) == tree.distances[tree.order].tolist()
    for node in tree.order.tolist()[1:]:
        before = int(tree.parents[node])
        assert tree.distances[before] + graph[before][node]["weight"] == tree.distances[node]


@settings(max_examples=60, deadline=None)
@given(drawn=drawn_edges)
def test_components_and_triangles_are_those_of_networkx(drawn: Drawn) -> None:
    """Weak components need no arcs gathered: the mask is looked at on the way."""
    graph = plain(drawn, both_ways=False)
    sources, targets = (np.array([edge[end] for edge in drawn], np.int32) for end in (0, 1))
    mask = np.array([keep for *_, keep in drawn], np.uint8)
    walk = build_walk(sources, targets, NODES, both_ways=False)
    if drawn:
        weak = label_components(walk, NODES, NEVER, mask=mask)
        assert groups(weak) == {frozenset(part) for part in nx.weakly_connected_components(graph)}
        firsts = [weak.tolist().index(label) for label in range(int(weak.max()) + 1)]
        assert firsts == sorted(firsts)
    strong = label_strong_components(gather(drawn, both_ways=False), NEVER)
    assert groups(strong) == {frozenset(part) for part in nx.strongly_connected_components(graph)}
    triangles: Any = nx.triangles(plain(drawn, both_ways=True))
    assert count_triangles(gather(drawn, both_ways=True), NEVER).tolist() == list(triangles.values())


def build_large(nodes: int = 3000, edges: int = 12_000) -> Arcs:
    """Return a random graph that is worth several threads, its hubs first."""
    random = np.random.default_rng(7)
    sources, targets = ((nodes * random.random(edges) ** 2).astype(np.int32) for _ in range(2))
    return gather_arcs(build_walk(sources, targets, nodes), nodes)


@pytest.mark.parametrize("workers", [1, 3])
def test_threads_do_not_change_the_answer(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many take part, sums are the same to the last digits, and counts are the same."""
    arcs = build_large()
    sources = np.arange(0, arcs.nodes, 9, dtype=np.int32)
    expected = add_up_dependencies(arcs, sources, NEVER), add_up_distances(arcs, sources, NEVER)
    for module in ("betweenness", "closeness", "triangles", "pushing"):
        monkeypatch.setattr(f"graph.kernels.{module}.count_workers", lambda: workers)
    monkeypatch.setattr("graph.kernels.pushing.PARALLEL_ARCS", 1)
    found = add_up_dependencies(arcs, sources, NEVER), add_up_distances(arcs, sources, NEVER)
    assert found[0].totals == pytest.approx(expected[0].totals)
    assert found[0].squares == pytest.approx(expected[0].squares)
    assert found[1].lengths.tolist() == expected[1].lengths.tolist()
    tails = np.repeat(np.arange(arcs.nodes), np.diff(arcs.indptr))
    listed = ListedWays(arcs.nodes, tails, arcs.heads, np.ones(len(tails)))
    assert compute_pagerank(InwardArcs(arcs), NEVER) == pytest.approx(compute_pagerank(listed, NEVER))


@pytest.mark.parametrize(
    "ask",
    [
        lambda arcs, deadline: add_up_dependencies(arcs, np.arange(arcs.nodes), deadline),
        lambda arcs, deadline: add_up_distances(arcs, np.arange(arcs.nodes), deadline),
        count_triangles,
        label_strong_components,
        lambda arcs, deadline: compute_pagerank(InwardArcs(arcs), deadline),
        lambda arcs, deadline: build_hop_tree(arcs, 0, deadline),
        lambda arcs, deadline: move_nodes(
            gather_arcs(
                build_walk(arcs.heads, arcs.heads, arcs.nodes), arcs.nodes, weights=np.ones(len(arcs.heads))
            ),
            np.arange(arcs.nodes, dtype=np.int32),
            (np.ones(arcs.nodes), np.ones(arcs.nodes)),
            1.0,
            1.0,
            deadline,
        ),
    ],
    ids=["betweenness", "closeness", "triangles", "components", "pagerank", "hops", "louvain"],
)
def test_a_deadline_that_has_passed_stops_every_kernel(ask: Callable[[Arcs, Deadline], object]) -> None:
    """No time is an error, not half an answer."""
    with pytest.raises(QueryTimeout, match="0 s"):
        ask(build_large(200, 400), Deadline(0))


def test_a_deadline_stops_work_that_has_begun() -> None:
    """A walk from all of many nodes ends in the middle, in the threads that do it, too."""
    with pytest.raises(QueryTimeout):
        add_up_dependencies(build_large(60_000, 240_000), np.arange(60_000, dtype=np.int32), Deadline(0.05))


def test_slices_cover_all_nodes_once() -> None:
    """Cut by arcs, so that a hub weighs as much as many others; none is empty."""
    indptr = np.array([0, 100, 101, 102, 103, 104], np.int64)
    slices = parallel.split_evenly(indptr, 3)
    assert [slices[0][0], *(stop for _, stop in slices)] == [0, *(start for start, _ in slices[1:]), 5]
    assert slices[0] == (0, 1)
    assert all(start < stop for start, stop in slices)


def test_an_error_in_a_thread_is_an_error() -> None:
    """What goes wrong in a slice is not lost."""

    def fail(start: int, _stop: int) -> None:
        raise ValueError(f"slice from {start}")

    with pytest.raises(ValueError, match="slice from"):
        parallel.run_slices(fail, [(0, 1), (1, 2)], NEVER)


@pytest.mark.parametrize(("few", "many"), [(100, 200), (200, 900), (900, 990)])
def test_more_samples_bound_the_error_closer(few: int, many: int) -> None:
    """Down to nothing to speak of when nearly all are drawn."""
    half = np.full(1000, 0.5)
    assert bound_error(1000, many, half * many) < bound_error(1000, few, half * few)


def test_values_that_hardly_vary_bound_the_error_closer() -> None:
    """Many samples that all say the same are worth more than many that do not."""
    sums = np.array([25_000.0])
    steady = bound_error(1_000_000, 50_000, sums, np.array([12_500.0]))
    wild = bound_error(1_000_000, 50_000, sums, sums)
    assert steady < wild / 5


def test_samples_stay_within_their_bound() -> None:
    """Betweenness from a third of a random graph's nodes: drawn twenty times, off by less than is said each time."""
    arcs = build_large(300, 900)
    nodes = arcs.nodes
    exact = add_up_dependencies(arcs, np.arange(nodes, dtype=np.int32), NEVER).totals / (nodes - 2) / nodes
    for seed in range(20):
        drawn = np.random.default_rng(seed).choice(nodes, 100, replace=False).astype(np.int32)
        found = add_up_dependencies(arcs, drawn, NEVER)
        sums, squares = found.totals / (nodes - 2), found.squares / (nodes - 2) ** 2
        error = np.abs(sums / 100 - exact).max()
        assert 0 < error <= bound_error(nodes, 100, sums, squares)
