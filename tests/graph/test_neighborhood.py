"""Neighbourhoods: what is near, the surest first, connected, and with nothing cut in silence."""

from math import inf, prod
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import EntityNotFound, InvalidQuery, QueryTimeout
from graph.filters import EdgeFilter
from graph.neighborhood import Subgraph, find_between, find_neighborhood
from graph.paths import iter_paths
from graph.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

NODES = "abcdefg"

drawn = st.lists(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES), st.sampled_from([0.5, 0.7, 0.9])), max_size=14
)


def build(rows: "Rows", edges: list[tuple[str, str, float]]) -> Snapshot:
    """Make a snapshot of a random graph, with every node in it."""
    return rows.snapshot(
        (rows.claim(source, "commands", target, confidence=sure) for source, target, sure in edges),
        entities=[rows.entity(node) for node in NODES],
    )


@settings(max_examples=80, deadline=None)
@given(edges=drawn, depth=st.integers(1, 4))
def test_what_is_near_is_what_networkx_calls_the_ego_graph(
    rows: "Rows", edges: list[tuple[str, str, float]], depth: int
) -> None:
    """The same nodes within `depth` hops of either middle, and every edge between them."""
    snapshot = build(rows, edges)
    graph = snapshot.view().graph
    found = find_neighborhood(snapshot, ["a", "b"], depth=depth)
    plain = nx.Graph(graph)
    near = set(nx.ego_graph(plain, "a", depth)) | set(nx.ego_graph(plain, "b", depth))
    assert {node.id for node in found.nodes} == near
    assert found.total_nodes == found.shown == len(near)
    between = [edge for edge in snapshot.view().edges.values() if {edge.source, edge.target} <= near]
    assert sorted(edge.id for edge in found.edges) == sorted(edge.id for edge in between)


@settings(max_examples=80, deadline=None)
@given(edges=drawn, limit=st.integers(1, 7))
def test_the_surest_are_kept_and_hang_together(
    rows: "Rows", edges: list[tuple[str, str, float]], limit: int
) -> None:
    """Nodes come by their best walk of three hops from the middle, and each is joined to the middle by those shown."""
    snapshot = build(rows, edges)
    found = find_neighborhood(snapshot, ["a"], depth=3, limit=limit)
    everything = find_neighborhood(snapshot, ["a"], depth=3)
    order = [node.id for node in everything.nodes]
    assert [node.id for node in found.nodes] == order[:limit]
    assert (found.total_nodes, found.total_edges) == (everything.total_nodes, len(everything.edges))
    sureness = [inf, *(find_best(snapshot, node_id) for node_id in order[1:])]
    assert sureness == sorted(sureness, reverse=True)
    shown = nx.Graph((edge.source, edge.target) for edge in found.edges)
    shown.add_node("a")
    assert set(nx.node_connected_component(shown, "a")) == {node.id for node in found.nodes}


def find_best(snapshot: Snapshot, node_id: str) -> float:
    """Return the highest product of confidence of a path of three hops or fewer from `a`."""
    paths = iter_paths(snapshot, "a", node_id, max_hops=3)
    return round(max(prod(hop.edge.confidence for hop in path.hops) for path in paths), 9)


@pytest.fixture
def war(rows: "Rows") -> Snapshot:
    """Iran and what surrounds it."""
    return rows.snapshot(
        [
            rows.claim("iran", "supports", "iraq", confidence=0.9),
            rows.claim("iran", "supports", "hezbollah", confidence=0.8),
            rows.claim("isis", "opposes", "iran", confidence=0.95),
            rows.claim("isis", "located-in", "mosul", confidence=0.7),
            rows.claim("syria", "supports", "iran", how="allied-with", confidence=0.6),
            rows.claim("iran", "supports", "isis", polarity="denied"),
        ],
        places=[rows.known_place("mosul", "iraq"), rows.known_place("karbala", "iraq")],
    )


@pytest.mark.parametrize(
    ("question", "nodes"),
    [
        ({"of": ["iran"]}, ["iran", "isis", "iraq", "hezbollah", "syria"]),
        ({"of": ["iran"], "direction": "out"}, ["iran", "iraq", "hezbollah", "syria"]),
        ({"of": ["iran"], "limit": 2}, ["iran", "isis"]),
        ({"of": ["iran", "syria"], "limit": 1}, ["iran", "syria"]),
        ({"of": ["iran", "iran"], "limit": 2}, ["iran", "isis"]),
        ({"of": ["iran"], "where": EdgeFilter(types=["country"])}, ["iran", "iraq", "syria"]),
        ({"of": ["isis"], "where": EdgeFilter(types=["country"])}, ["isis", "iran"]),
        ({"of": ["iran"], "where": EdgeFilter(kinds=["opposes"])}, ["iran", "isis"]),
        ({"of": ["hezbollah"], "where": EdgeFilter(kinds=["opposes"])}, ["hezbollah"]),
        (
            {"of": ["iraq"], "depth": 2},
            ["iraq", "iran", "isis", "hezbollah", "syria", "karbala", "mosul"],
        ),
    ],
    ids=str,
)
def test_options_choose_the_neighbours(war: Snapshot, question: dict[str, Any], nodes: list[str]) -> None:
    """Surest first; places that only geography knows come after all that texts lead to."""
    assert [node.id for node in find_neighborhood(war, **question).nodes] == nodes


def test_what_is_cut_is_counted(war: Snapshot) -> None:
    """The totals are those of the whole neighbourhood."""
    found = find_neighborhood(war, ["iran"], limit=3)
    assert (found.shown, found.total_nodes) == (3, 5)
    assert ([edge.id for edge in found.edges], found.total_edges) == (
        ["isis.opposes.iran", "iran.supports.iraq"],
        4,
    )


def test_evidence_is_shown_when_asked_for_but_leads_nowhere(war: Snapshot) -> None:
    """A denied support between two neighbours is among the edges; nobody is a neighbour by it."""
    found = find_neighborhood(war, ["iran"], where=EdgeFilter(evidence=True))
    assert "iran.supports.isis" in [edge.id for edge in found.edges]
    lonely = find_neighborhood(war, ["iran"], where=EdgeFilter(evidence=True, kinds=["supports"]))
    assert "isis" not in [node.id for node in lonely.nodes]


@pytest.mark.parametrize(
    ("options", "nodes", "total"),
    [
        ({}, ["hezbollah", "mosul", "iran", "isis", "iraq"], 5),
        ({"limit": 4}, ["hezbollah", "mosul", "iran", "isis"], 5),
        ({"limit": 2}, ["hezbollah", "mosul", "iran", "isis"], 5),
        ({"max_hops": 2}, [], 0),
        ({"where": EdgeFilter(types=["country"])}, ["hezbollah", "mosul", "iran", "iraq"], 4),
        ({"direction": "out"}, [], 0),
    ],
    ids=str,
)
def test_between_two_lies_what_their_paths_run_through(
    war: Snapshot, options: dict[str, Any], nodes: list[str], total: int
) -> None:
    """Both ends, then the nodes of the best path, then of the next; Syria is near, but on no path."""
    found = find_between(war, "hezbollah", "mosul", **options)
    assert [node.id for node in found.nodes] == nodes
    assert (found.total_nodes, found.total_is_exact) == (total, True)


def test_between_says_when_it_stopped_looking(rows: "Rows") -> None:
    """Among twelve friends there are more paths of four hops than it looks at."""
    names = [f"n{number:02d}" for number in range(12)]
    snapshot = rows.snapshot(rows.claim(a, "supports", b) for a in names for b in names if a < b)
    found = find_between(snapshot, "n00", "n01", max_hops=5)
    assert (found.total_nodes, found.total_is_exact) == (12, False)


@pytest.mark.parametrize(
    ("question", "option"),
    [
        ({"of": []}, "of"),
        ({"of": ["iran"], "depth": 0}, "depth"),
        ({"of": ["iran"], "depth": 7}, "depth"),
        ({"of": ["iran"], "limit": 0}, "limit"),
        ({"of": ["iran"], "limit": 2001}, "limit"),
        ({"of": ["iran"], "direction": "in"}, "direction"),
    ],
)
def test_impossible_options_are_named(war: Snapshot, question: dict[str, Any], option: str) -> None:
    """The error says which option is wrong."""
    with pytest.raises(InvalidQuery, match=r"must be|at least one") as caught:
        find_neighborhood(war, **question)
    assert caught.value.option == option


@pytest.mark.parametrize(("options", "option"), [({"limit": 1}, "limit"), ({"max_hops": 13}, "max_hops")])
def test_impossible_options_between_are_named(war: Snapshot, options: dict[str, Any], option: str) -> None:
    """Two ends need a limit of two at least."""
    with pytest.raises(InvalidQuery, match="must be between") as caught:
        find_between(war, "iran", "mosul", **options)
    assert caught.value.option == option


def test_unknown_entities_are_refused(war: Snapshot) -> None:
    """One unknown among known ones is enough."""
    with pytest.raises(EntityNotFound, match="atlantis"):
        find_neighborhood(war, ["iran", "atlantis"])


def test_a_budget_stops_the_work(war: Snapshot) -> None:
    """No time is an error in both questions."""
    with pytest.raises(QueryTimeout, match="0 s"):
        find_neighborhood(war, ["iran"], budget_s=0)
    with pytest.raises(QueryTimeout, match="0 s"):
        find_between(war, "iran", "mosul", budget_s=0)


def test_an_empty_answer_is_an_answer() -> None:
    """Nothing shown of nothing."""
    assert Subgraph((), (), 0, 0).shown == 0
