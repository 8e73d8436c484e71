"""The frustration index: hand-worked, published, brute force, and its bounds."""

from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.balance.compiling import COMPILED_FROM
from graph.balance.exact import solve_program
from graph.balance.frustration import measure_frustration, minimise
from graph.balance.reduction import Reduction, add_up_ties, compute_cost, find_blocks
from graph.balance.splits import find_split, number_graph, pack_cycles
from graph.balance.ties import SignedGraph
from graph.deadline import Deadline
from graph.errors import QueryTimeout
from tests.graph.signed_graphs import complete, highland_tribes, make_graph, petersen, try_every_split

FOREVER = Deadline(None)


def _draw_ties(actors: int, ties: int, seed: int, heaviest: int = 1) -> list[tuple[int, int, int]]:
    draw = Random(seed)  # noqa: S311 (graphs, not secrets)
    pairs = draw.sample(list(combinations(range(actors), 2)), ties)
    return [(left, right, draw.choice((1, -1)) * draw.randint(1, heaviest)) for left, right in pairs]


@pytest.mark.parametrize(
    ("pairs", "index"),
    [
        ([("a", "b", -1)], 0),
        ([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)], 1),
        ([("a", "b", -1), ("b", "c", -1), ("a", "c", -1)], 1),
        ([("a", "b", -1), ("b", "c", 1), ("c", "d", -1), ("d", "a", 1)], 0),
        ([("a", "b", -1), ("b", "c", 1), ("c", "d", 1), ("d", "a", 1)], 1),
        # Two unbalanced triangles that share their one negative tie are settled by it alone...
        ([("a", "b", -1), ("a", "c", 1), ("b", "c", 1), ("a", "d", 1), ("b", "d", 1)], 1),
        # ... and two that share only an actor need one each.
        ([("a", "b", -1), ("b", "c", 1), ("a", "c", 1), ("a", "d", -1), ("d", "e", 1), ("a", "e", 1)], 2),
    ],
    ids=["tie", "torn-triangle", "enemies", "square", "odd-square", "shared-tie", "shared-actor"],
)
def test_graphs_worked_out_by_hand(pairs: list[tuple[str, str, int]], index: int) -> None:
    """Small graphs whose fewest contradictions one can see."""
    found = measure_frustration(make_graph(pairs))
    assert (found.lower, found.upper) == (index, index)
    assert found.is_exact
    assert len(found.frustrated) == index


@pytest.mark.parametrize("size", range(2, 13))
def test_all_enemies(size: int) -> None:
    """Among n who are all enemies, floor((n - 1)^2 / 4) ties contradict any split: the maximum of Petersdorf (1966)."""
    found = measure_frustration(complete(size, -1))
    assert found.upper == found.lower == (size - 1) ** 2 // 4


@pytest.mark.parametrize(
    ("graph", "index"),
    [(petersen(), 3), (petersen([]), 0), (petersen([(0, 1)]), 1)],
    ids=["all-negative", "all-positive", "one-negative"],
)
def test_signed_petersen_graphs(graph: SignedGraph, index: int) -> None:
    """Three of Zaslavsky's (2012) six signed Petersen graphs: +P has frustration 0, P1 has 1, -P has 3."""
    assert measure_frustration(graph).upper == index


def test_frustration_of_the_highland_tribes() -> None:
    """Read's tribes: 7 of 58 ties, as Aref and Wilson (2019) found, which is 0.7586207 of the way to balance."""
    found = measure_frustration(highland_tribes())
    assert (found.lower, found.upper, found.total) == (7, 7, 58)
    assert found.balanced_share == pytest.approx(0.7586207, abs=1e-7)


@pytest.mark.parametrize("size", [2, 3, 4])
def test_every_signed_graph_of_up_to_four(size: int) -> None:
    """On each signed graph of two to four actors the index is that of trying every split, and a split attains it."""
    pairs = list(combinations(range(size), 2))
    for signs in product((0, 1, -1), repeat=len(pairs)):
        ties = [(*pair, sign) for pair, sign in zip(pairs, signs, strict=True) if sign]
        sides, lower = minimise(ties, exact=True, deadline=FOREVER)
        attained = sum(sides[left] * sides[right] * sign < 0 for left, right, sign in ties)
        assert lower == attained == try_every_split(ties), ties


def test_every_complete_signed_graph_of_five() -> None:
    """So it is on the 1,024 ways to be friend or foe among five."""
    pairs = list(combinations(range(5), 2))
    for signs in product((1, -1), repeat=len(pairs)):
        ties = [(*pair, sign) for pair, sign in zip(pairs, signs, strict=True)]
        sides, lower = minimise(ties, exact=True, deadline=FOREVER)
        attained = sum(sides[left] * sides[right] * sign < 0 for left, right, sign in ties)
        assert lower == attained == try_every_split(ties), ties


_ties = st.integers(3, 8).flatmap(
    lambda size: st.lists(
        st.tuples(st.integers(0, size - 1), st.integers(0, size - 1), st.integers(-9, 9)), max_size=20
    )
)


@settings(max_examples=60, deadline=None)
@given(drawn=_ties)
def test_weighed_graphs_with_parallel_ties(drawn: list[tuple[int, int, int]]) -> None:
    """Weights and parallel ties of either sign: never below nor above the best of all splits."""
    ties = [(left, right, weight) for left, right, weight in drawn if left != right and weight]
    sides, lower = minimise(ties, exact=True, deadline=FOREVER)
    attained = sum(abs(w) for left, right, w in ties if sides[left] * sides[right] * w < 0)
    assert lower == attained == try_every_split(ties)


@pytest.mark.parametrize("seed", range(6))
def test_making_a_graph_smaller_keeps_its_frustration(seed: int) -> None:
    """What is lost on the way and what is left add up to the whole, and a best split leads back to a best one."""
    ties = [(left, right, 16 * weight) for left, right, weight in _draw_ties(10, 16, seed, heaviest=4)]
    graph, lost = add_up_ties(ties)
    whole = {actor: dict(others) for actor, others in graph.items()}
    reduction = Reduction(graph)
    reduction.run(FOREVER)
    left_over = [(a, b, w) for a, others in reduction.graph.items() for b, w in others.items() if a < b]
    assert lost + reduction.lost + try_every_split(left_over) == try_every_split(ties)
    assert len(reduction.graph) < len(whole)
    sides, _ = minimise(left_over, exact=True, deadline=FOREVER)
    reduction.lead_back(sides)
    assert compute_cost(whole, sides) == try_every_split(ties)


def test_blocks_share_at_most_an_actor() -> None:
    """Two triangles that meet in one actor, and a tie that hangs off, are three blocks."""
    graph, _ = add_up_ties([(0, 1, 1), (1, 2, 1), (0, 2, 1), (2, 3, 1), (3, 4, 1), (2, 4, 1), (4, 5, 1)])
    assert sorted(map(sorted, find_blocks(graph))) == [[0, 1, 2], [2, 3, 4], [4, 5]]


@pytest.mark.parametrize("seed", range(6))
def test_bounds_enclose_the_answer(seed: int) -> None:
    """Packed cycles never exceed, and local search never undercuts, the best of all splits; programming meets it."""
    ties = _draw_ties(11, 35, seed, heaviest=5)
    graph = number_graph(add_up_ties(ties)[0])
    best = try_every_split(ties)
    sides = find_split(graph, FOREVER)
    upper = graph.compute_cost(sides)
    assert pack_cycles(graph, sides, FOREVER) <= best <= upper
    solved = solve_program(graph, upper, time_s=20.0, most_nodes=100_000)
    assert solved is not None
    assert solved.lower == graph.compute_cost(solved.sides) == best


def test_beyond_exactness_both_bounds_are_given() -> None:
    """A graph too large to be sure of has a lower and an upper bound, and the split attains the upper one."""
    draw = Random(1)  # noqa: S311 (graphs, not secrets)
    pairs = draw.sample(list(combinations(range(200), 2)), COMPILED_FROM + 200)
    graph = make_graph((f"a{i:03d}", f"a{j:03d}", draw.choice((1, -1))) for i, j in pairs)
    found = measure_frustration(graph, exact=False)
    assert 0 < found.lower < found.upper < found.total / 2
    assert not found.is_exact
    assert found.upper == len(found.frustrated)
    again = measure_frustration(graph, exact=False)
    assert (again.lower, again.upper, again.frustrated) == (found.lower, found.upper, found.frustrated)


def test_two_hidden_camps_are_found() -> None:
    """Large camps, tied within and opposed to each other, are told apart exactly; compiled loops included."""
    draw = Random(2)  # noqa: S311 (graphs, not secrets)
    pairs = draw.sample(list(combinations(range(400), 2)), COMPILED_FROM + 1_000)
    graph = make_graph((f"a{i:03d}", f"a{j:03d}", 1 if (i < 150) == (j < 150) else -1) for i, j in pairs)
    found = measure_frustration(graph)
    assert (found.lower, found.upper) == (0, 0)
    front = found.sides[0]
    assert all(
        (side == front) == (actor < "a150") for actor, side in zip(graph.actors, found.sides, strict=True)
    )


def test_confidence_can_be_what_counts() -> None:
    """Counted, any of three ties could go; weighed, it is the one that is least sure."""
    sure = {("a", "b"): 0.9, ("a", "c"): 0.8, ("b", "c"): 0.3}
    graph = make_graph([("a", "b", 1), ("a", "c", 1), ("b", "c", -1)], sure)
    found = measure_frustration(graph, weight="confidence")
    assert (found.lower, found.upper, found.total) == (0.3, 0.3, 2.0)
    assert [graph.ties[number].right for number in found.frustrated] == ["c"]


def test_an_empty_graph_is_balanced() -> None:
    """Without ties nothing is frustrated."""
    found = measure_frustration(SignedGraph((), ()))
    assert (found.lower, found.upper, found.balanced_share) == (0, 0, 1.0)


def test_the_deadline_stops_it() -> None:
    """Work that exceeds its time ends in the error that says so."""
    with pytest.raises(QueryTimeout, match="stopped after"):
        measure_frustration(complete(30, -1), deadline=Deadline(0.0))
