"""Compiled searches against plain networkx: loops, parallel edges, lonely nodes and masks included."""

from itertools import islice, pairwise
from math import inf, log, prod
from time import monotonic
from typing import NamedTuple, cast

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from graph.adjacency import Walk
from graph.csr import build_adjacency, build_walk, fit_walk, lock, lock_walk
from graph.deadline import Deadline
from graph.errors import QueryTimeout
from graph.kernels import nearest
from graph.kernels.ball import find_ball
from graph.kernels.best import find_best_paths
from graph.kernels.corridor import find_corridor
from graph.kernels.hops import find_hop_path
from graph.kernels.scratch import Pool
from graph.kernels.signed import find_signed_path
from graph.kernels.terrain import UNSIGNED, Terrain, build_costs
from graph.kernels.weighted import find_weighted_path
from tests.benchmarks.random_graphs import draw_pairs, make_graph

SIZE = 9


class Drawn(NamedTuple):
    """A random graph: edges as columns, and the walks over them.

    Attributes:
        back: The walk turned round.
        plain: What the mask leaves, for networkx; parallel edges as the one of least weight.
    """

    sources: NDArray[np.int32]
    targets: NDArray[np.int32]
    weights: NDArray[np.float64]
    signs: NDArray[np.int8]
    mask: NDArray[np.uint8]
    walk: Walk
    back: Walk
    plain: "nx.Graph[int]"


@st.composite
def graphs(draw: st.DrawFn) -> Drawn:
    """Draw a graph that is walked both ways or along its edges."""
    node = st.integers(0, SIZE - 1)
    rows = draw(
        st.lists(
            st.tuples(node, node, st.sampled_from([0.2, 0.5, 0.7, 0.9]), st.sampled_from([-1, 0, 1])),
            max_size=30,
        )
    )
    mask = np.array(draw(st.lists(st.integers(0, 1), min_size=len(rows), max_size=len(rows))), np.uint8)
    mask = mask if draw(st.booleans()) else np.ones(len(rows), np.uint8)
    sources = np.array([row[0] for row in rows], np.int32)
    targets = np.array([row[1] for row in rows], np.int32)
    weights = np.array([-log(row[2]) for row in rows], np.float64)
    signs = np.array([row[3] for row in rows], np.int8)
    edges = np.arange(len(rows), dtype=np.int32)
    forward = build_adjacency(sources, targets, edges, SIZE)
    backward = build_adjacency(targets, sources, edges, SIZE)
    nothing = build_adjacency(sources[:0], targets[:0], edges[:0], SIZE)
    plain: nx.Graph[int]
    if draw(st.booleans()):
        walk = back = lock_walk((forward, backward))
        plain = nx.Graph()
    else:
        walk, back = lock_walk((forward, nothing)), lock_walk((backward, nothing))
        plain = nx.DiGraph()
    if draw(st.booleans()):
        walk, back = fit_walk(walk, mask), fit_walk(back, mask)
    plain.add_nodes_from(range(SIZE))
    for number in np.flatnonzero(mask).tolist():
        tail, head, weight = int(sources[number]), int(targets[number]), float(weights[number])
        if not plain.has_edge(tail, head) or plain[tail][head]["weight"] > weight:
            plain.add_edge(tail, head, weight=weight)
    return Drawn(sources, targets, weights, signs, mask, walk, back, plain)


@settings(deadline=None)
@given(graph=graphs())
def test_a_fitted_walk_tells_the_mask_in_order_of_arcs(graph: Drawn) -> None:
    """Bit by bit it is the mask of the arc's edge, and nothing else of the walk changes."""
    for fitted, plain in zip(fit_walk(graph.walk, graph.mask), graph.walk, strict=True):
        bits = np.unpackbits(fitted.open, count=len(plain.edges), bitorder="little")
        assert np.array_equal(bits, graph.mask[plain.edges])
        shape = zip(fitted[:3], plain[:3], strict=True)
        assert all(np.array_equal(np.asarray(one), np.asarray(other)) for one, other in shape)


def is_path(graph: Drawn, nodes: list[int]) -> bool:
    """Say whether nodes follow each other over edges that may be walked, none twice."""
    return len(set(nodes)) == len(nodes) and all(graph.plain.has_edge(*hop) for hop in pairwise(nodes))


@settings(max_examples=150, deadline=None)
@given(graph=graphs(), source=st.integers(0, SIZE - 1), target=st.integers(0, SIZE - 1))
def test_hop_paths_are_as_short_as_networkxs(graph: Drawn, source: int, target: int) -> None:
    """A real path of the same length; none where networkx has none, nor where it has more hops than allowed."""
    found = find_hop_path(graph.walk, source, target, back=graph.back, mask=graph.mask)
    if not nx.has_path(graph.plain, source, target):
        assert found == []
        return
    assert (found[0], found[-1]) == (source, target)
    assert is_path(graph, found)
    length = int(nx.shortest_path_length(graph.plain, source, target))
    assert len(found) == length + 1
    for limit in range(length + 2):
        limited = find_hop_path(graph.walk, source, target, back=graph.back, mask=graph.mask, max_hops=limit)
        assert bool(limited) == (limit >= length)


@settings(max_examples=150, deadline=None)
@given(graph=graphs(), source=st.integers(0, SIZE - 1), target=st.integers(0, SIZE - 1))
def test_weighted_paths_weigh_what_networkxs_do(graph: Drawn, source: int, target: int) -> None:
    """A real path of the same weight; infinite where there is none."""
    found = find_weighted_path(graph.walk, source, target, graph.weights, back=graph.back, mask=graph.mask)
    if not nx.has_path(graph.plain, source, target):
        assert found == ([], inf)
        return
    assert (found.nodes[0], found.nodes[-1]) == (source, target)
    assert is_path(graph, found.nodes)
    assert found.weight == pytest.approx(nx.dijkstra_path_length(graph.plain, source, target))
    assert nx.path_weight(graph.plain, found.nodes, "weight") == pytest.approx(found.weight)


@settings(max_examples=100, deadline=None)
@given(graph=graphs(), k=st.integers(1, 30))
def test_the_best_paths_weigh_what_networkxs_do(graph: Drawn, k: int) -> None:
    """As many, each of the weight that networkx gives the path at its place, and no two over the same nodes."""
    found = find_best_paths(graph.walk, 0, 1, graph.weights, k, back=graph.back, mask=graph.mask)
    paths = (
        islice(nx.shortest_simple_paths(graph.plain, 0, 1, weight="weight"), k)
        if nx.has_path(graph.plain, 0, 1)
        else ()
    )
    weights = [nx.path_weight(graph.plain, path, "weight") for path in paths]
    assert [path.cost for path in found] == pytest.approx(weights)
    assert all(is_path(graph, list(path.nodes)) for path in found)
    assert len({path.nodes for path in found}) == len(found)


@pytest.mark.parametrize("seed", range(4))
def test_the_best_paths_are_found_among_many_others(seed: int) -> None:
    """In a graph with hubs, where most parts are put off, and some looked at again when others turn out dearer."""
    graph = make_graph(6_000, seed)
    walk = build_walk(graph.sources, graph.targets, graph.nodes)
    plain: nx.Graph[int] = nx.Graph()
    plain.add_weighted_edges_from(
        zip(graph.sources.tolist(), graph.targets.tolist(), graph.weights.tolist(), strict=True)
    )
    for source, target in draw_pairs(graph, 3, seed):
        found = find_best_paths(walk, source, target, graph.weights, 25)
        paths = islice(nx.shortest_simple_paths(plain, source, target, weight="weight"), 25)
        assert [path.cost for path in found] == pytest.approx(
            [nx.path_weight(plain, path, "weight") for path in paths]
        )
        assert [path.cost for path in found] == pytest.approx(
            [nx.path_weight(plain, list(path.nodes), "weight") for path in found]
        )
        assert len({path.nodes for path in found}) == 25


@pytest.mark.parametrize("most_arcs", [500_000, -1], ids=["in corridors", "in the whole graph"])
@settings(max_examples=60, deadline=None)
@given(graph=graphs(), max_hops=st.integers(1, SIZE))
def test_paths_of_fewest_hops_come_in_order(most_arcs: int, graph: Drawn, max_hops: int) -> None:
    """All of them, by hops, then by cost, then by nodes; the same whether corridors are small enough to be copied."""
    sure = lock(np.exp(-graph.weights))
    terrain = Terrain(
        mask=lock(graph.mask),
        costs=lock(build_costs(sure, np.zeros(len(sure), np.uint8))),
        hops_first=True,
        signs=lock(graph.signs[:0]),
        ranks=lock(np.arange(SIZE, dtype=np.int32)),
        open_nodes=lock(np.array([1] * (SIZE - 1) + [0], np.uint8)),
        target=1,
        final_sign=UNSIGNED,
        max_hops=max_hops,
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearest, "_MOST_ARCS", most_arcs)
        found = [
            path.nodes
            for path in nearest.iter_nearest(graph.walk, graph.back, terrain, 0, SIZE, Deadline(None))
        ]
    plain = graph.plain.subgraph(range(SIZE - 1))
    paths = [tuple(path) for path in nx.all_simple_paths(plain, 0, 1, cutoff=max_hops)]
    assert found == sorted(
        paths, key=lambda path: (len(path), round(nx.path_weight(plain, path, "weight") * 2**24), path)
    )


@settings(max_examples=100, deadline=None)
@given(graph=graphs(), final=st.sampled_from([-1, 1]))
def test_a_signed_path_is_the_lightest_of_its_sign(graph: Drawn, final: int) -> None:
    """Against every choice of nodes and parallel edges; signs multiply, and an unsigned path has none."""
    multi: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    multi.add_nodes_from(range(SIZE))
    for number in np.flatnonzero(graph.mask).tolist():
        source, target = int(graph.sources[number]), int(graph.targets[number])
        multi.add_edge(source, target, number)
        if not graph.plain.is_directed():
            multi.add_edge(target, source, number)
    lightest = inf
    for path in nx.all_simple_edge_paths(multi, 0, 1, cutoff=5):
        edges = [key for _, _, key in cast("list[tuple[int, int, int]]", path)]
        signs = [int(graph.signs[edge]) for edge in edges if graph.signs[edge]]
        if signs and prod(signs) == final:
            lightest = min(lightest, sum(float(graph.weights[edge]) for edge in edges))
    found = find_signed_path(
        graph.walk,
        0,
        1,
        graph.weights,
        graph.signs,
        final,
        back=graph.back,
        mask=graph.mask,
        max_hops=5,
    )
    assert found.weight == pytest.approx(lightest)
    assert bool(found.nodes) == (lightest < inf)
    assert is_path(graph, found.nodes)


@settings(max_examples=100, deadline=None)
@given(
    graph=graphs(), middle=st.sets(st.integers(0, SIZE - 1), min_size=1, max_size=3), depth=st.integers(0, 4)
)
def test_a_ball_holds_what_networkx_calls_the_ego_graph(graph: Drawn, middle: set[int], depth: int) -> None:
    """Every node within reach once, layer by layer."""
    found = find_ball(graph.walk, np.array(sorted(middle), np.int32), depth, mask=graph.mask)
    distances: dict[int, int] = {}
    for node in middle:
        for other, hops in nx.single_source_shortest_path_length(graph.plain, node, depth).items():
            distances[other] = min(hops, distances.get(other, hops))
    layers = [
        found.nodes[start:stop].tolist() for start, stop in pairwise([int(start) for start in found.starts])
    ]
    assert {node: hops for hops, layer in enumerate(layers) for node in layer} == distances
    assert len(found.nodes) == len(distances)


@settings(max_examples=100, deadline=None)
@given(graph=graphs(), max_hops=st.integers(0, 6))
def test_a_corridor_holds_what_short_walks_run_through(graph: Drawn, max_hops: int) -> None:
    """Exactly the nodes whose hops from one end and to the other are few enough together."""
    found = find_corridor(graph.walk, 0, 1, max_hops, back=graph.back, mask=graph.mask)
    before = nx.single_source_shortest_path_length(graph.plain, 0)
    onward = graph.plain.reverse() if isinstance(graph.plain, nx.DiGraph) else graph.plain
    after = nx.single_source_shortest_path_length(onward, 1)
    expected = {
        node: (before[node], after[node])
        for node in before.keys() & after.keys()
        if before[node] + after[node] <= max_hops
    }
    columns = zip(found.nodes.tolist(), found.before.tolist(), found.after.tolist(), strict=True)
    assert {node: (left, right) for node, left, right in columns} == expected


@settings(max_examples=50, deadline=None)
@given(graph=graphs())
def test_one_adjacency_holds_what_two_do(graph: Drawn) -> None:
    """Built in place, a walk both ways has the arcs of both, sorted by head and then by edge."""
    (merged,) = build_walk(graph.sources, graph.targets, SIZE)
    for node in range(SIZE):
        start, stop = merged.get_range(node)
        arcs = list(zip(merged.heads[start:stop].tolist(), merged.edges[start:stop].tolist(), strict=True))
        ends = [(int(graph.sources[edge]), int(graph.targets[edge]), edge) for edge in range(len(graph.mask))]
        expected = [(t, e) for s, t, e in ends if s == node] + [(s, e) for s, t, e in ends if t == node]
        assert arcs == sorted(expected)


def test_long_rows_are_sorted_too() -> None:
    """A hub's arcs are sorted another way than a few; heads ascend, and parallel edges with them."""
    generator = np.random.default_rng(3)
    targets = generator.integers(1, 40, 500).astype(np.int32)
    (merged,) = build_walk(np.zeros(500, np.int32), targets, 40)
    start, stop = merged.get_range(0)
    arcs = list(zip(merged.heads[start:stop].tolist(), merged.edges[start:stop].tolist(), strict=True))
    assert arcs == sorted((int(target), edge) for edge, target in enumerate(targets))


@pytest.fixture(scope="module")
def crowd() -> Walk:
    """A random graph of 400,000 edges, walked both ways."""
    generator = np.random.default_rng(1)
    sources, targets = generator.integers(0, 20_000, (2, 400_000)).astype(np.int32)
    edges = np.arange(400_000, dtype=np.int32)
    return lock_walk(
        (
            build_adjacency(sources, targets, edges, 20_000),
            build_adjacency(targets, sources, edges, 20_000),
        )
    )


def test_a_budget_really_stops_compiled_code(crowd: Walk) -> None:
    """A hundred thousand paths would take minutes; fifty milliseconds are an error, and no search goes on behind it."""
    weights = np.random.default_rng(2).uniform(0.1, 3.0, 400_000)
    find_best_paths(crowd, 0, 1, weights, 1)
    with pytest.raises(QueryTimeout, match=r"stopped after 0\.05 s") as caught:
        find_best_paths(crowd, 0, 1, weights, 100_000, deadline=Deadline(0.05))
    assert caught.value.budget_s == 0.05


def test_every_search_looks_at_the_clock(crowd: Walk) -> None:
    """With an end that has come while the search was under way, none returns an answer."""
    weights = np.ones(400_000)

    class Ending(Deadline):
        """A deadline that has not passed when the search starts, and has a microsecond later."""

        def check(self) -> None:
            """Let it start."""

        @property
        def ends_at(self) -> float | None:
            """The present moment."""
            return monotonic()

    ending = Ending(0.05)
    middle = np.zeros(1, np.int32)
    for search in (
        lambda: find_hop_path(crowd, 0, 1, deadline=ending),
        lambda: find_weighted_path(crowd, 0, 1, weights, deadline=ending),
        lambda: find_best_paths(crowd, 0, 1, weights, 1, deadline=ending),
        lambda: find_ball(crowd, middle, 3, deadline=ending),
        lambda: find_corridor(crowd, 0, 1, 6, deadline=ending),
    ):
        with pytest.raises(QueryTimeout, match="stopped after"):
            search()


def test_marks_are_void_for_the_next_query() -> None:
    """Each query gets stamps of its own, and when numbers run out, everything is cleared once."""
    pool = Pool("u1")
    for _ in range(300):
        scratch = pool.take(4)
        stamps = {2 * scratch.epoch, 2 * scratch.epoch + 1}
        assert not stamps & set(scratch.marks.tolist())
        scratch.marks[:2] = sorted(stamps)
        pool.give(scratch)


def test_two_queries_at_once_share_no_marks() -> None:
    """What is lent is lent to one."""
    pool = Pool("u2")
    left, right = pool.take(8), pool.take(8)
    assert not np.shares_memory(left.marks, right.marks)
    assert left is not right
