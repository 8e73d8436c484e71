"""Rankings: the same numbers as plain networkx, ties kept, and what is sampled said with its error."""

from collections.abc import Iterable
from math import sqrt
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.centrality import Metric, Ranking, counted_graph, rank, ranking
from graph.errors import InvalidQuery, QueryTimeout
from graph.filters import EdgeFilter
from graph.paths import Direction
from graph.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

NODES = "abcdefgh"

edges = st.lists(
    st.tuples(
        st.sampled_from(NODES),
        st.sampled_from(NODES),
        st.sampled_from(["supports", "opposes"]),
        st.sampled_from([None, "allied-with"]),
        st.sampled_from([0.25, 0.5, 1.0]),
    ),
    max_size=24,
)


def build(rows: "Rows", drawn: list[tuple[str, str, str, str | None, float]]) -> Snapshot:
    """Make a snapshot of a random graph, with every node in it."""
    return rows.snapshot(
        (
            rows.claim(source, kind, target, how=how, confidence=sure)
            for source, target, kind, how, sure in drawn
        ),
        entities=[rows.entity(node) for node in NODES],
    )


def flatten(snapshot: Snapshot, direction: Direction, nodes: Iterable[str] = NODES) -> Any:  # noqa: ANN401 (a Graph or a DiGraph)
    """Return a plain networkx graph: parallel edges one, their confidence added; symmetric ones both ways."""
    graph: Any = nx.DiGraph() if direction == "out" else nx.Graph()
    graph.add_nodes_from(nodes)
    for edge in snapshot.edges.values():
        if edge.source == edge.target:
            continue
        ways = {(edge.source, edge.target)}
        if direction == "out" and edge.symmetric:
            ways.add((edge.target, edge.source))
        for source, target in ways:
            before = graph.get_edge_data(source, target, {"weight": 0})["weight"]
            graph.add_edge(source, target, weight=before + edge.confidence)
    return graph


def scores(ranking: Ranking) -> dict[str, float]:
    """Return a ranking as scores by id."""
    return {entry.node.id: entry.score for entry in ranking.entries}


@pytest.mark.parametrize("direction", ["any", "out"])
@pytest.mark.parametrize(
    ("metric", "plain"),
    [
        ("betweenness", nx.betweenness_centrality),
        ("closeness", nx.closeness_centrality),
        ("harmonic", nx.harmonic_centrality),
        ("pagerank", lambda graph: nx.pagerank(graph, tol=1e-10, max_iter=1000)),
    ],
)
@settings(max_examples=40, deadline=None)
@given(drawn=edges)
def test_scores_are_those_of_networkx(
    rows: "Rows",
    drawn: list[tuple[str, str, str, str | None, float]],
    direction: Direction,
    metric: Metric,
    plain: Any,  # noqa: ANN401 (a networkx function)
) -> None:
    """On random graphs with parallel, symmetric and looping edges, and nodes without any."""
    snapshot = build(rows, drawn)
    ranking = rank(snapshot, metric, direction=direction)
    assert scores(ranking) == pytest.approx(plain(flatten(snapshot, direction)), abs=1e-9)
    assert (ranking.is_exact, ranking.error_bound, ranking.total) == (True, 0, len(NODES))


@settings(max_examples=40, deadline=None)
@given(drawn=edges)
def test_degrees_are_those_of_networkx(
    rows: "Rows", drawn: list[tuple[str, str, str, str | None, float]]
) -> None:
    """Parallel edges count each; a symmetric edge counts once in degree, and in and out both."""
    snapshot = build(rows, drawn)
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(snapshot.view().graph)
    assert scores(rank(snapshot, "degree")) == pytest.approx(nx.degree_centrality(graph))
    for edge in snapshot.view().walkable:
        if edge.symmetric:
            graph.add_edge(edge.target, edge.source)
    assert scores(rank(snapshot, "in-degree")) == pytest.approx(nx.in_degree_centrality(graph))
    assert scores(rank(snapshot, "out-degree")) == pytest.approx(nx.out_degree_centrality(graph))


@settings(max_examples=40, deadline=None)
@given(drawn=edges.filter(lambda drawn: any(source != target for source, target, *_ in drawn)))
def test_katz_solves_its_equation(rows: "Rows", drawn: list[tuple[str, str, str, str | None, float]]) -> None:
    """Up to scale x = alpha * A^T x + beta, and the attenuation always lets it settle."""
    snapshot = build(rows, drawn)
    for direction in ("any", "out"):
        graph = flatten(snapshot, direction)
        found = scores(rank(snapshot, "katz", direction=direction))
        directed, alpha = graph.to_directed(), bound_katz(graph)
        rest = {
            node: found[node]
            - alpha
            * sum(found[before] * data["weight"] for before, _, data in directed.in_edges(node, data=True))
            for node in NODES
        }
        assert rest == pytest.approx(dict.fromkeys(NODES, rest["a"]), abs=1e-6)
        assert rest["a"] > 0


@pytest.mark.parametrize("direction", ["any", "out"])
@pytest.mark.parametrize(
    ("metric", "plain"),
    [
        ("pagerank", lambda graph: nx.pagerank(graph, tol=1e-10, max_iter=1000)),
        ("eigenvector", lambda graph: nx.eigenvector_centrality(graph, 5000, 1e-9, weight="weight")),
        ("katz", lambda graph: nx.katz_centrality(graph, bound_katz(graph), tol=1e-9, weight="weight")),
    ],
)
def test_spectral_scores_are_those_of_networkx(
    rows: "Rows",
    metric: Metric,
    plain: Any,  # noqa: ANN401 (a networkx function)
    direction: Direction,
) -> None:
    """On a strongly connected graph of some size, weighted by confidence, with symmetric and parallel edges."""
    drawn: list[tuple[int, int, str, str | None, float]] = [
        (a, b, "opposes", None, 0.5) for a, b in nx.gnm_random_graph(40, 90, seed=3, directed=True).edges()
    ]
    drawn += [(a, (a + 1) % 40, "supports", None, 0.25) for a in range(40)]
    drawn += [(a, (a * 7) % 40, "supports", "allied-with", 1.0) for a in range(1, 40, 5)]
    names = [f"n{number:02d}" for number in range(40)]
    snapshot = rows.snapshot(
        rows.claim(names[a], kind, names[b], how=how, confidence=sure) for a, b, kind, how, sure in drawn
    )
    found = scores(rank(snapshot, metric, direction=direction, limit=100))
    assert found == pytest.approx(plain(flatten(snapshot, direction, names)), abs=1e-9)


def bound_katz(graph: Any) -> float:  # noqa: ANN401 (a Graph or a DiGraph)
    """Return 0.9 over a bound of the largest eigenvalue."""
    directed = graph.to_directed()
    inward = max(dict(directed.in_degree(weight="weight")).values())
    outward = max(dict(directed.out_degree(weight="weight")).values())
    return float(0.9 / sqrt(inward * outward))


def test_eigenvector_that_does_not_settle_is_refused(rows: "Rows") -> None:
    """Along a directed chain there is no eigenvector to settle on, and the answer says so."""
    snapshot = rows.snapshot(
        [rows.claim("iran", "supports", "iraq"), rows.claim("iraq", "supports", "syria")]
    )
    with pytest.raises(InvalidQuery, match="eigenvector does not settle") as caught:
        rank(snapshot, "eigenvector", direction="out")
    assert caught.value.option == "metric"


@pytest.fixture
def star(rows: "Rows") -> Snapshot:
    """Four states around Iran, and Karbala."""
    claims = [rows.claim(name, "supports", "iran") for name in ("iraq", "syria", "oman", "qatar")]
    return rows.snapshot([*claims, rows.claim("iran", "located-in", "karbala")])


@pytest.mark.parametrize(
    ("options", "ranks", "total", "tied_beyond"),
    [
        ({}, [(1, "iran"), (2, "iraq"), (2, "oman"), (2, "qatar"), (2, "syria")], 5, 0),
        ({"limit": 3}, [(1, "iran"), (2, "iraq"), (2, "oman")], 5, 2),
        ({"limit": 1}, [(1, "iran")], 5, 0),
        ({"types": ["place"]}, [(1, "karbala")], 1, 0),
        ({"types": ["person"]}, [], 0, 0),
        ({"where": EdgeFilter(kinds=["located-in"])}, [(1, "iran")], 1, 0),
        (
            {"where": EdgeFilter(types=["country"])},
            [(1, "iran"), (2, "iraq"), (2, "oman"), (2, "qatar"), (2, "syria")],
            5,
            0,
        ),
    ],
)
def test_ties_share_a_rank_and_cuts_are_told(
    star: Snapshot, options: dict[str, Any], ranks: list[tuple[int, str]], total: int, tied_beyond: int
) -> None:
    """Equal scores have one rank, in order of id; actors are listed unless other types are asked for."""
    ranking = rank(star, "degree", **options)
    assert [(entry.rank, entry.node.id) for entry in ranking.entries] == ranks
    assert (ranking.shown, ranking.total, ranking.tied_beyond) == (len(ranks), total, tied_beyond)


def test_ranks_after_a_tie_are_skipped(rows: "Rows") -> None:
    """Two firsts, then a third."""
    snapshot = rows.snapshot([rows.claim("iran", "opposes", "isis")], entities=[rows.entity("syria")])
    assert [(e.rank, e.node.id, e.edges) for e in rank(snapshot, "degree").entries] == [
        (1, "iran", 1),
        (1, "isis", 1),
        (3, "syria", 0),
    ]


def test_types_listed_are_not_types_filtered(star: Snapshot) -> None:
    """Karbala is not listed among actors, but still is part of what is computed; a filter takes it out."""
    listed = scores(rank(star, "degree"))["iran"]
    filtered = scores(rank(star, "degree", where=EdgeFilter(types=["country"])))["iran"]
    assert listed == pytest.approx(5 / 5)
    assert filtered == pytest.approx(4 / 4)
    assert rank(star, "degree").entries[0].edges == 5


@pytest.mark.parametrize("metric", ["betweenness", "harmonic"])
def test_samples_come_within_the_bound_they_state(rows: "Rows", metric: Metric) -> None:
    """Half of the nodes walked from: no score is off by more than the bound, and the same is drawn again."""
    graph = nx.gnm_random_graph(60, 120, seed=4)
    snapshot = rows.snapshot(rows.claim(f"n{a:02d}", "supports", f"n{b:02d}") for a, b in graph.edges())
    exact = rank(snapshot, metric, limit=100)
    sampled = rank(snapshot, metric, limit=100, samples=30)
    assert (exact.is_exact, sampled.is_exact, sampled.samples) == (True, False, 30)
    errors = [abs(score - scores(exact)[node_id]) for node_id, score in scores(sampled).items()]
    assert 0 < max(errors) <= sampled.error_bound
    assert sampled == rank(snapshot, metric, limit=100, samples=30)
    assert rank(snapshot, metric, limit=100, samples=1000) == exact


def test_large_graphs_are_sampled_unasked(rows: "Rows", monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the work that is allowed, as many nodes are walked from as it pays for, and no fewer than 64."""
    snapshot = rows.snapshot(rows.claim("hub", "supports", f"n{number:03d}") for number in range(150))
    assert rank(snapshot, "betweenness").is_exact
    monkeypatch.setattr(ranking, "EXACT_WORK", 300 * 100)
    assert rank(snapshot, "betweenness").samples == 100
    monkeypatch.setattr(ranking, "EXACT_WORK", 300)
    assert rank(snapshot, "betweenness").samples == 64


@pytest.mark.parametrize(
    ("metric", "direction"),
    [("degree", None), ("pagerank", "out"), ("betweenness", "any"), ("katz", "any")],
)
def test_the_direction_walked_is_told(star: Snapshot, metric: Metric, direction: str | None) -> None:
    """PageRank follows edges; the rest look both ways unless asked otherwise."""
    assert rank(star, metric).direction == direction


@pytest.mark.parametrize(
    "metric",
    ["degree", "in-degree", "pagerank", "betweenness", "closeness", "harmonic", "eigenvector", "katz"],
)
@pytest.mark.parametrize("names", [[], ["iran"], ["iran", "iraq"]])
def test_tiny_graphs_have_rankings(rows: "Rows", metric: Metric, names: list[str]) -> None:
    """No node, one, or two without edges: nobody is more central than the other."""
    ranking = rank(rows.snapshot(entities=[rows.entity(name) for name in names]), metric)
    assert [entry.rank for entry in ranking.entries] == [1] * len(names)


@pytest.mark.parametrize(
    ("options", "option"),
    [
        ({"metric": "fame"}, "metric"),
        ({"limit": 0}, "limit"),
        ({"limit": 1001}, "limit"),
        ({"direction": "in"}, "direction"),
        ({"types": ["alien"]}, "types"),
        ({"samples": 0}, "samples"),
        ({"explain": -1}, "explain"),
        ({"explain": 21}, "explain"),
    ],
)
def test_impossible_options_are_named(star: Snapshot, options: dict[str, Any], option: str) -> None:
    """The error says which option is wrong."""
    with pytest.raises(InvalidQuery, match=r"must be|not known") as caught:
        rank(star, **{"metric": "degree", **options})
    assert caught.value.option == option


@pytest.mark.parametrize(
    "metric", ["degree", "pagerank", "betweenness", "closeness", "harmonic", "eigenvector", "katz"]
)
def test_a_budget_stops_the_work(star: Snapshot, metric: Metric) -> None:
    """No time is an error, not half a ranking."""
    with pytest.raises(QueryTimeout, match="0 s"):
        rank(star, metric, budget_s=0)


def carried(ranking: Ranking, node_id: str) -> dict[str, float]:
    """Return the shares by edge id that explain an entry."""
    entry = next(entry for entry in ranking.entries if entry.node.id == node_id)
    return {one.edge.id: one.share for one in entry.carried_by}


@pytest.fixture
def bridge(rows: "Rows") -> Snapshot:
    """Iraq and Syria on one side of Iran, Oman on the other; two relations with Oman, one of them surer."""
    return rows.snapshot(
        [
            rows.claim("iraq", "supports", "iran"),
            rows.claim("syria", "supports", "iran"),
            rows.claim("iran", "supports", "oman", confidence=0.75),
            rows.claim("iran", "opposes", "oman", confidence=0.25),
        ]
    )


@pytest.mark.parametrize(
    ("metric", "direction", "shares"),
    [
        # Each of the four relations counts as one.
        ("degree", None, dict.fromkeys(("iraq", "syria", "oman+", "oman-"), 0.25)),
        ("in-degree", None, {"iraq": 0.5, "syria": 0.5}),
        ("out-degree", None, {"oman+": 0.5, "oman-": 0.5}),
        # Three pairs of others, each with two ends; Oman's share is parted by confidence.
        ("betweenness", "any", {"iraq": 1 / 3, "syria": 1 / 3, "oman+": 1 / 4, "oman-": 1 / 12}),
        # Two paths run through, both on to Oman.
        ("betweenness", "out", {"iraq": 1 / 4, "syria": 1 / 4, "oman+": 3 / 8, "oman-": 1 / 8}),
        ("closeness", "any", {"iraq": 1 / 3, "syria": 1 / 3, "oman+": 1 / 4, "oman-": 1 / 12}),
        ("harmonic", "out", {"iraq": 1 / 2, "syria": 1 / 2}),
    ],
)
def test_explanations_give_the_edges_that_carry_a_score(
    bridge: Snapshot, metric: Metric, direction: Direction | None, shares: dict[str, float]
) -> None:
    """By hand: what share of Iran's score comes or goes by each of its relations."""
    names = {
        "iraq": "iraq.supports.iran",
        "syria": "syria.supports.iran",
        "oman+": "iran.supports.oman",
        "oman-": "iran.opposes.oman",
    }
    found = carried(rank(bridge, metric, direction=direction, explain=10), "iran")
    assert found == pytest.approx({names[name]: share for name, share in shares.items()})


@pytest.mark.parametrize("metric", ["pagerank", "eigenvector", "katz"])
@pytest.mark.parametrize("direction", ["any", "out"])
def test_passed_on_scores_add_up(rows: "Rows", metric: Metric, direction: Direction) -> None:
    """What all edges bring is the score, less what everybody has of their own."""
    circle = [rows.claim(f"n{a}", "supports", f"n{(a + 1) % 5}", confidence=0.5) for a in range(5)]
    chords = [rows.claim("n0", "opposes", "n3"), rows.claim("n2", "supports", "n0", confidence=0.9)]
    ranking = rank(rows.snapshot([*circle, *chords]), metric, direction=direction, explain=20)
    shares = {entry.node.id: sum(one.share for one in entry.carried_by) for entry in ranking.entries}
    if metric == "eigenvector":
        assert shares == pytest.approx(dict.fromkeys(shares, 1.0))
    elif metric == "pagerank":
        own = {node: (1 - share) * scores(ranking)[node] for node, share in shares.items()}
        assert own == pytest.approx(dict.fromkeys(own, 0.15 / 5))
    else:
        own = {node: (1 - share) * scores(ranking)[node] for node, share in shares.items()}
        assert own == pytest.approx(dict.fromkeys(own, own["n0"]))
        assert 0 < own["n0"] < 1


def test_explanations_are_cut_to_what_carries_most(bridge: Snapshot) -> None:
    """Surest first among equals; none that carries nothing, and none unless asked for."""
    assert list(carried(rank(bridge, "degree", explain=2), "iran")) == [
        "iraq.supports.iran",
        "syria.supports.iran",
    ]
    assert carried(rank(bridge, "betweenness", explain=5), "oman") == {}
    assert carried(rank(bridge, "degree"), "iran") == {}


@pytest.mark.parametrize(
    "metric", ["betweenness", "closeness", "harmonic", "pagerank", "eigenvector", "katz"]
)
@pytest.mark.parametrize("direction", ["any", "out"])
@settings(max_examples=15, deadline=None)
@given(drawn=edges, kinds=st.sampled_from([[], ["supports"]]))
def test_kernels_and_plain_python_rank_alike(
    rows: "Rows",
    drawn: list[tuple[str, str, str, str | None, float]],
    kinds: list[str],
    metric: Metric,
    direction: Direction,
) -> None:
    """Small graphs are ranked without a compiler; the scores and their explanations are those of the kernels."""
    snapshot, where = build(rows, drawn), EdgeFilter(kinds=kinds)
    try:
        small = rank(snapshot, metric, where=where, direction=direction, explain=5)
    except InvalidQuery:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counted_graph, "SMALL_EDGES", -1)
        large = rank(snapshot, metric, where=where, direction=direction, explain=5)
    assert scores(large) == pytest.approx(scores(small))
    for node_id in scores(small):
        assert sum(carried(large, node_id).values()) == pytest.approx(sum(carried(small, node_id).values()))
