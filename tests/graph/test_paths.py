"""Paths: the right ones, in the right order, against looking at every path there is."""

from collections import defaultdict
from itertools import pairwise, permutations, product
from math import log, prod
from typing import TYPE_CHECKING, Any, NamedTuple

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.edges import Edge
from graph.errors import EntityNotFound, InvalidQuery, QueryTimeout
from graph.filters import EdgeFilter
from graph.paths import TOTAL_CAP, Direction, PathResult, SignAsked, Weight, find_paths, iter_paths
from graph.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

NODES = "abcdef"
SIGNS = {"positive": 1, "negative": -1}


class Drawn(NamedTuple):
    """An edge of a random graph."""

    source: str
    target: str
    kind: str
    how: str | None
    confidence: float


drawn_edges = st.builds(
    Drawn,
    st.sampled_from(NODES),
    st.sampled_from(NODES),
    st.sampled_from(["supports", "opposes", "commands"]),
    st.sampled_from([None, "allied-with", "clashes-with"]),
    # Products of these are equal only if their factors are, so equal costs are equal in every order.
    st.sampled_from([0.5, 0.7, 0.9, 1.0]),
)
graphs = st.tuples(
    st.lists(drawn_edges, max_size=16),
    st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=2),
)


def build(rows: "Rows", graph: tuple[list[Drawn], list[tuple[str, str]]]) -> Snapshot:
    """Make a snapshot of a random graph, with every node in it."""
    edges, places = graph
    return rows.snapshot(
        (rows.claim(e.source, e.kind, e.target, how=e.how, confidence=e.confidence) for e in edges),
        places=[rows.known_place(source, target) for source, target in places],
        entities=[rows.entity(node) for node in NODES],
    )


class Brute(NamedTuple):
    """A path found by looking at all: its cost, its nodes, and its net sign."""

    cost: tuple[float, ...]
    nodes: tuple[str, ...]


def find_all(
    snapshot: Snapshot, *, max_hops: int, direction: Direction, weight: Weight, sign: SignAsked
) -> list[Brute]:
    """Return every loopless path from `a` to `f`, best first, over every choice of parallel edges."""
    walkable: defaultdict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in snapshot.edges.values():
        if edge.source != edge.target:
            walkable[edge.source, edge.target].append(edge)
            if direction == "any" or edge.symmetric:
                walkable[edge.target, edge.source].append(edge)
    found = []
    for size in range(max_hops):
        for between in permutations(sorted(set(NODES) - {"a", "f"}), size):
            nodes = ("a", *between, "f")
            choices = product(*(walkable[hop] for hop in pairwise(nodes)))
            costs = [measure(edges, weight) for edges in choices if has_sign(edges, sign)]
            if costs:
                found.append(Brute(min(costs), nodes))
    return sorted(found)


def measure(edges: tuple[Edge, ...], weight: Weight) -> tuple[float, ...]:
    """Return what a path costs, in the order the question asks for."""
    doubt = round(-sum(log(confidence) for confidence in sorted(edge.confidence for edge in edges)), 9)
    unread = sum(edge.origin == "gazetteer" for edge in edges)
    return (doubt, len(edges), unread) if weight == "confidence" else (len(edges), unread, doubt)


def has_sign(edges: tuple[Edge, ...], sign: SignAsked) -> bool:
    """Say whether edges multiply to the sign asked for; those without any signed edge have none."""
    signs = [edge.sign for edge in edges if edge.sign]
    return sign == "any" or (bool(signs) and prod(signs) == SIGNS[sign])


@pytest.mark.parametrize("sign", ["any", "positive", "negative"])
@pytest.mark.parametrize("weight", ["hops", "confidence"])
@pytest.mark.parametrize("direction", ["any", "out"])
@settings(max_examples=60, deadline=None)
@given(graph=graphs, max_hops=st.integers(1, 5))
def test_paths_are_those_of_exhaustive_search(
    rows: "Rows",
    graph: tuple[list[Drawn], list[tuple[str, str]]],
    max_hops: int,
    direction: Direction,
    weight: Weight,
    sign: SignAsked,
) -> None:
    """Every loopless path, in order of cost and then of nodes, at its best choice of parallel edges."""
    snapshot = build(rows, graph)
    options: dict[str, Any] = {
        "max_hops": max_hops,
        "direction": direction,
        "weight": weight,
        "sign": sign,
    }
    expected = find_all(snapshot, **options)
    found = list(iter_paths(snapshot, "a", "f", **options))
    assert [path.nodes for path in found] == [path.nodes for path in expected]
    for path, wanted in zip(found, expected, strict=True):
        edges = tuple(hop.edge for hop in path.hops)
        assert measure(edges, weight) == pytest.approx(wanted.cost)
        assert has_sign(edges, sign)
        check_is_consistent(path.nodes, path.hops, direction)
    result = find_paths(snapshot, "a", "f", k=3, **options)
    assert (result.total, result.total_is_exact) == (len(expected), True)
    assert [path.nodes for path in result.paths] == [path.nodes for path in expected[:3]]


def check_is_consistent(nodes: tuple[str, ...], hops: tuple[Any, ...], direction: Direction) -> None:
    """Hold that hops join the nodes in order, over edges walked the way they say."""
    assert [(hop.source, hop.target) for hop in hops] == list(pairwise(nodes))
    for hop in hops:
        ends = (hop.edge.source, hop.edge.target)
        assert ends == ((hop.source, hop.target) if hop.forward else (hop.target, hop.source))
        assert hop.forward or direction == "any" or hop.edge.symmetric
        assert hop.edge.id not in hop.also


@settings(max_examples=60, deadline=None)
@given(graph=graphs)
def test_hops_and_reach_agree_with_networkx(
    rows: "Rows", graph: tuple[list[Drawn], list[tuple[str, str]]]
) -> None:
    """The best path is as short as networkx's, and there is one if and only if networkx has one."""
    snapshot = build(rows, graph)
    plain = nx.Graph(snapshot.view().graph)
    result = find_paths(snapshot, "a", "f")
    assert bool(result.paths) == nx.has_path(plain, "a", "f")
    if result.paths:
        assert len(result.paths[0].hops) == nx.shortest_path_length(plain, "a", "f")


@settings(max_examples=150, deadline=None)
@given(
    edges=st.sets(st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij")), max_size=24),
    max_hops=st.integers(3, 8),
)
def test_the_total_is_that_of_networkx(rows: "Rows", edges: set[tuple[str, str]], max_hops: int) -> None:
    """On larger, sparser graphs, where what was learned on one walk must be unlearned for another."""
    snapshot = rows.snapshot(
        (rows.claim(source, "commands", target) for source, target in edges),
        entities=[rows.entity(node) for node in "abcdefghij"],
    )
    result = find_paths(snapshot, "a", "j", max_hops=max_hops, direction="out")
    plain = nx.DiGraph(snapshot.view().graph)
    expected = {tuple(path) for path in nx.all_simple_paths(plain, "a", "j", cutoff=max_hops)}
    assert (result.total, result.total_is_exact) == (len(expected), True)


def test_a_dearer_start_with_hops_to_spare_may_win(rows: "Rows") -> None:
    """The surest way to the middle takes three hops, which leaves one where the sure way on needs three."""
    sure = ["s a", "a b", "b m", "m x", "x y", "y t"]
    snapshot = rows.snapshot(
        [
            *(rows.claim(hop[0], "supports", hop[2], confidence=1.0) for hop in sure),
            rows.claim("s", "supports", "m", confidence=0.9),
            rows.claim("m", "supports", "t", confidence=0.1),
        ]
    )
    paths = find_paths(snapshot, "s", "t", weight="confidence", max_hops=4, k=3).paths
    assert ["".join(path.nodes) for path in paths] == ["smxyt", "sabmt", "smt"]


def test_a_walk_that_crosses_itself_hides_no_path(rows: "Rows") -> None:
    """The best negative walk from s to t goes round a b c and back through a; the path goes on from c instead."""
    friends = ["s a", "a t", "a b", "b c", "c d", "d e"]
    snapshot = rows.snapshot(
        [
            *(rows.claim(hop[0], "supports", hop[2]) for hop in friends),
            rows.claim("c", "opposes", "a"),
            rows.claim("e", "opposes", "t"),
        ]
    )
    result = find_paths(snapshot, "s", "t", sign="negative", direction="out", k=3)
    assert ["".join(path.nodes) for path in result.paths] == ["sabcdet"]
    assert (result.total, result.total_is_exact) == (1, True)


@pytest.fixture
def war(rows: "Rows") -> Snapshot:
    """A small war: who is for and against whom around Iran and Mosul."""
    return rows.snapshot(
        [
            rows.claim("iran", "supports", "iraq", confidence=0.9),
            rows.claim("iran", "supports", "iraq", how="arms", confidence=0.5),
            rows.claim("iran", "opposes", "iraq", confidence=0.4),
            rows.claim("isis", "opposes", "iraq", confidence=0.95),
            rows.claim("isis", "located-in", "mosul", confidence=0.7),
            rows.claim("iran", "opposes", "isis", confidence=0.6),
            rows.claim("iraq", "supports", "iran", confidence=0.3),
            rows.claim("hezbollah", "opposes", "isis", polarity="denied"),
        ],
        places=[rows.known_place("mosul", "iraq")],
    )


def walk(result: PathResult) -> list[str]:
    """Write paths down as `a b c`."""
    return [" ".join(path.nodes) for path in result.paths]


@pytest.mark.parametrize(
    ("options", "paths"),
    [
        ({}, ["iran isis mosul"]),
        ({"k": 2}, ["iran isis mosul", "iran iraq mosul"]),
        ({"weight": "confidence", "k": 2}, ["iran iraq mosul", "iran iraq isis mosul"]),
        ({"sign": "negative"}, ["iran isis mosul"]),
        ({"sign": "positive"}, ["iran iraq mosul"]),
        ({"direction": "out", "k": 9}, ["iran isis mosul"]),
        ({"avoid": ["isis"]}, ["iran iraq mosul"]),
        ({"avoid": ["isis", "iraq"]}, []),
        ({"max_hops": 1}, []),
        ({"where": EdgeFilter(origin="text"), "k": 9}, ["iran isis mosul", "iran iraq isis mosul"]),
        ({"where": EdgeFilter(types=["country"])}, ["iran iraq mosul"]),
        ({"where": EdgeFilter(min_confidence=0.65)}, ["iran iraq mosul"]),
        ({"where": EdgeFilter(kinds=["opposes"])}, []),
    ],
    ids=lambda value: " ".join(map(str, value)) if isinstance(value, dict) else None,
)
def test_options_choose_among_paths(war: Snapshot, options: dict[str, Any], paths: list[str]) -> None:
    """Iran reaches Mosul through ISIS in words, and through Iraq by geography."""
    assert walk(find_paths(war, "iran", "mosul", **options)) == paths


def test_a_path_explains_itself(war: Snapshot) -> None:
    """Per hop the edge, the way it is walked and what else is there; for the whole sign, confidence, weakest hop."""
    path = find_paths(war, "mosul", "iran").paths[0]
    assert [(hop.edge.id, hop.forward) for hop in path.hops] == [
        ("isis.located-in.mosul", False),
        ("iran.opposes.isis", False),
    ]
    assert path.sign == -1
    assert path.confidence == pytest.approx(0.42)
    assert path.weakest_hop.edge.id == "iran.opposes.isis"


def test_parallel_edges_are_named_best_first(war: Snapshot) -> None:
    """The best edge carries the hop; the others are listed, whatever their sign or direction."""
    hop = find_paths(war, "iran", "iraq").paths[0].hops[0]
    assert (hop.edge.id, hop.forward) == ("iran.supports.iraq", True)
    assert hop.also == ("iran.opposes.iraq", "iraq.supports.iran")
    assert find_paths(war, "iran", "iraq", direction="out").paths[0].hops[0].also == ("iran.opposes.iraq",)


def test_a_sign_constraint_chooses_among_parallel_edges(war: Snapshot) -> None:
    """Asked for a negative path, the hop is the opposition, though the support is stronger."""
    path = find_paths(war, "iran", "iraq", sign="negative").paths[0]
    assert (path.hops[0].edge.id, path.sign) == ("iran.opposes.iraq", -1)


def test_a_path_without_signed_hops_is_neither_positive_nor_negative(rows: "Rows") -> None:
    """Its net sign is 0, and both constraints refuse it."""
    snapshot = rows.snapshot([rows.claim("isis", "located-in", "mosul")])
    assert find_paths(snapshot, "isis", "mosul").paths[0].sign == 0
    assert find_paths(snapshot, "isis", "mosul", sign="positive").paths == ()
    assert find_paths(snapshot, "isis", "mosul", sign="negative").paths == ()


def test_evidence_alone_is_never_walked(war: Snapshot) -> None:
    """The only thing said of Hezbollah and ISIS is denied, so they are not connected, asked for or not."""
    assert find_paths(war, "hezbollah", "isis").total == 0
    assert find_paths(war, "hezbollah", "isis", where=EdgeFilter(evidence=True)).total == 0


def test_text_is_preferred_to_geography_at_equal_hops(rows: "Rows") -> None:
    """A gazetteer's edge is certain, and yet what somebody wrote explains more."""
    snapshot = rows.snapshot(
        [rows.claim("karbala", "located-in", "iraq", confidence=0.2)],
        places=[rows.known_place("karbala", "iraq")],
    )
    hop = find_paths(snapshot, "iraq", "karbala").paths[0].hops[0]
    assert (hop.edge.origin, hop.also) == ("text", ("karbala.located-in.iraq.gazetteer",))
    by_confidence = find_paths(snapshot, "iraq", "karbala", weight="confidence").paths[0].hops[0]
    assert by_confidence.edge.origin == "gazetteer"


def test_ids_from_before_a_merge_work(rows: "Rows") -> None:
    """Either name of a merged entity starts a path, and the path has the kept id."""
    snapshot = rows.snapshot(
        [rows.claim("tehran-government", "supports", "iraq"), rows.claim("iran", "opposes", "isis")],
        judgements=[rows.same("iran", "tehran-government", keep="iran")],
    )
    assert walk(find_paths(snapshot, "tehran-government", "iraq")) == ["iran iraq"]
    with pytest.raises(InvalidQuery, match="both ends are 'iran'"):
        find_paths(snapshot, "tehran-government", "iran")


@pytest.mark.parametrize(
    ("options", "option", "message"),
    [
        ({"k": 0}, "k", "between 1 and 20, not 0"),
        ({"k": 21}, "k", "between 1 and 20, not 21"),
        ({"max_hops": 0}, "max_hops", "between 1 and 12, not 0"),
        ({"max_hops": 13}, "max_hops", "between 1 and 12, not 13"),
        ({"target": "iran"}, "to", "both ends are 'iran'"),
        ({"avoid": ["mosul"]}, "avoid", "'mosul' is an end"),
        ({"direction": "in"}, "direction", "one of any, out, not 'in'"),
        ({"weight": "length"}, "weight", "one of hops, confidence"),
        ({"sign": "neutral"}, "sign", "one of any, positive, negative"),
    ],
)
def test_impossible_options_are_named(
    war: Snapshot, options: dict[str, Any], option: str, message: str
) -> None:
    """The error says which option is wrong, and what it may be."""
    with pytest.raises(InvalidQuery, match=message) as caught:
        find_paths(war, **{"source": "iran", "target": "mosul", **options})
    assert caught.value.option == option


@pytest.mark.parametrize(
    "question",
    [
        {"source": "atlantis", "target": "iran"},
        {"source": "iran", "target": "atlantis"},
        {"source": "iran", "target": "iraq", "avoid": ["atlantis"]},
    ],
)
def test_unknown_entities_are_refused(war: Snapshot, question: dict[str, Any]) -> None:
    """Both ends, and what is to be avoided, must be there."""
    with pytest.raises(EntityNotFound, match="atlantis"):
        find_paths(war, **question)


def grow_dense(rows: "Rows", size: int) -> Snapshot:
    """Make a graph in which every two of `size` entities support each other."""
    names = [f"n{number:02d}" for number in range(size)]
    return rows.snapshot(
        rows.claim(left, "supports", right) for left in names for right in names if left < right
    )


def test_counting_stops_at_the_cap_and_says_so(rows: "Rows") -> None:
    """Among 14 friends there are far more paths of six hops than anyone would count."""
    result = find_paths(grow_dense(rows, 14), "n00", "n01", k=2)
    assert (result.shown, result.total, result.total_is_exact) == (2, TOTAL_CAP, False)


def test_a_pocket_behind_one_door_is_not_searched_in_vain(rows: "Rows") -> None:
    """All ways from the dense pocket to the target lead back through its door, so there is one path, soon found."""
    dense = [
        rows.claim(f"p{left:02d}", "supports", f"p{right:02d}")
        for left in range(30)
        for right in range(left + 1, 30)
    ]
    doors = [rows.claim("door", "supports", f"p{number:02d}") for number in range(30)]
    snapshot = rows.snapshot(
        [rows.claim("start", "supports", "door"), rows.claim("door", "supports", "target"), *dense, *doors]
    )
    signs: tuple[SignAsked, ...] = ("any", "positive")
    for sign in signs:
        paths = list(iter_paths(snapshot, "start", "target", sign=sign, budget_s=30))
        assert [path.nodes for path in paths] == [("start", "door", "target")]
    result = find_paths(snapshot, "start", "target", k=5)
    assert (result.total, result.total_is_exact) == (1, True)


def test_a_budget_stops_the_search(rows: "Rows") -> None:
    """No time at all is an error that says how long it was, not a half answer."""
    with pytest.raises(QueryTimeout, match="stopped after 0 s") as caught:
        find_paths(grow_dense(rows, 30), "n00", "n01", k=20, budget_s=0)
    assert caught.value.budget_s == 0


@pytest.mark.parametrize("sign", ["any", "negative"])
def test_a_budget_stops_a_search_that_is_under_way(rows: "Rows", sign: SignAsked) -> None:
    """Listing all paths of twelve hops among thirty would take years; it ends with an error instead."""
    claims = [
        rows.claim(f"n{left:02d}", "opposes", f"n{right:02d}")
        for left in range(30)
        for right in range(left + 1, 30)
    ]
    snapshot = rows.snapshot(claims)
    with pytest.raises(QueryTimeout, match=r"stopped after 0\.2 s"):
        for _ in iter_paths(snapshot, "n00", "n01", max_hops=12, sign=sign, budget_s=0.2):
            pass
