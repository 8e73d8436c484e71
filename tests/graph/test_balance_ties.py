"""How supports and oppositions of a pair become one tie, and which triads the ties make."""

from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from graph.balance.compiling import COMPILED_FROM
from graph.balance.ties import SignedGraph, read_signed_graph
from graph.balance.triads import count_triads
from tests.graph.signed_graphs import complete, highland_tribes, make_graph

if TYPE_CHECKING:
    from tests.graph.conftest import Rows


def _draw_pairs(actors: int, ties: int, seed: int) -> list[tuple[str, str, int]]:
    draw = Random(seed)  # noqa: S311 (graphs, not secrets)
    pairs = draw.sample(list(combinations(range(actors), 2)), ties)
    return [(f"a{i:04d}", f"a{j:04d}", draw.choice((1, 1, -1))) for i, j in pairs]


@pytest.mark.parametrize(
    ("claims", "sign", "confidence"),
    [
        ([("iran", "supports", "syria", 0.8)], 1, 0.8),
        ([("iran", "opposes", "isis", 0.6)], -1, 0.6),
        ([("iran", "supports", "syria", 0.5), ("syria", "supports", "iran", 0.7)], 1, 0.7),
        ([("iran", "supports", "syria", 0.5), ("iran", "commands", "syria", 0.9)], 1, 0.5),
    ],
    ids=["supports", "opposes", "both-ways-take-the-surest", "kinds-without-a-sign-say-nothing"],
)
def test_one_sided_pairs_have_a_sign(
    rows: "Rows", claims: list[tuple[str, str, str, float]], sign: int, confidence: float
) -> None:
    """Edges of either direction make one tie, as sure as the surest of them."""
    made = [rows.claim(source, kind, target, confidence=sure) for source, kind, target, sure in claims]
    graph = read_signed_graph(rows.snapshot(made).view())
    assert [(tie.sign, tie.confidence) for tie in graph.ties] == [(sign, confidence)]
    assert graph.ambivalent == ()


@pytest.mark.parametrize(
    ("support", "opposition", "leaning", "confidence"),
    [(0.9, 0.3, 1, 0.6), (0.3, 0.9, -1, 0.6), (0.5, 0.5, 0, 0.5)],
    ids=["friends-rather", "foes-rather", "as-much-as-not"],
)
def test_ambivalent_pairs_are_shown_as_such(
    rows: "Rows", support: float, opposition: float, leaning: int, confidence: float
) -> None:
    """A pair that supports and opposes, in whichever direction, has no sign unless asked what it leans to."""
    claims = [
        rows.claim("iran", "supports", "syria", confidence=support),
        rows.claim("syria", "opposes", "iran", confidence=opposition),
    ]
    view = rows.snapshot(claims).view()
    apart = read_signed_graph(view)
    assert (len(apart.ties), len(apart.ambivalent)) == (0, 1)
    assert [edge.id for edge in apart.ambivalent[0].edges] == ["iran.supports.syria", "syria.opposes.iran"]
    lean = read_signed_graph(view, "lean")
    (tie,) = (*lean.ties, *lean.ambivalent)
    assert tie.sign == leaning
    assert tie.confidence == pytest.approx(confidence)
    assert tie.is_ambivalent
    assert tie.is_disputed


def test_ties_do_not_depend_on_the_order_of_edges(rows: "Rows") -> None:
    """The same edges in any order make the same graph."""
    claims = [rows.claim("iran", "supports", "syria"), rows.claim("isis", "opposes", "syria")]
    one, other = (read_signed_graph(rows.snapshot(told).view()) for told in (claims, claims[::-1]))
    assert (one.actors, list(one.ties)) == (other.actors, list(other.ties))


def test_arrays_say_what_the_ties_say(rows: "Rows") -> None:
    """What is read off columns at once is what every tie would say if it were asked."""
    draw = Random(5)  # noqa: S311 (graphs, not secrets)
    kinds = ("supports", "opposes", "commands")
    claims = [
        rows.claim(
            f"a{one}",
            draw.choice(kinds),
            f"a{other}",
            confidence=draw.uniform(0.1, 1),
            polarity=draw.choice(("affirmed", "affirmed", "denied")),
        )
        for one, other in (draw.sample(range(12), 2) for _ in range(120))
    ]
    for ambivalent in ("apart", "lean"):
        graph = read_signed_graph(rows.snapshot(claims).view(), ambivalent)
        plain = SignedGraph(graph.actors, tuple(graph.ties))
        for name in ("tails", "heads", "signs", "confidences", "disputed"):
            assert np.array_equal(getattr(graph, name), getattr(plain, name)), name
        assert list(graph.actors) == sorted({end for tie in graph.ties for end in (tie.left, tie.right)})
        assert [(tie.left, tie.right) for tie in graph.ties] == sorted(
            (tie.left, tie.right) for tie in graph.ties
        )
        assert all((tie.sign == 0) == tie.is_ambivalent for tie in graph.ambivalent)
        assert len(graph.ambivalent) > 0 or ambivalent == "lean"


def test_components_are_those_of_networkx() -> None:
    """Actors share a part if and only if ties lead from one to the other."""
    pairs = _draw_pairs(60, 45, seed=4)
    graph = make_graph(pairs)
    plain = nx.Graph((one, other) for one, other, _ in pairs)
    found: dict[int, set[str]] = {}
    for actor, part in zip(graph.actors, graph.components.tolist(), strict=True):
        found.setdefault(part, set()).add(actor)
    assert sorted(map(sorted, found.values())) == sorted(map(sorted, nx.connected_components(plain)))


@pytest.mark.parametrize(
    ("signs", "balanced"),
    [((1, 1, 1), True), ((1, 1, -1), False), ((1, -1, -1), True), ((-1, -1, -1), False)],
    ids=["friends-of-friends", "friends-torn-apart", "common-enemy", "three-enemies"],
)
def test_each_sort_of_triad(signs: tuple[int, int, int], balanced: bool) -> None:
    """Heider's four triads: balanced if the signs multiply to +1."""
    ends = (("a", "b"), ("a", "c"), ("b", "c"))
    census = count_triads(make_graph((*pair, sign) for pair, sign in zip(ends, signs, strict=True)))
    assert (census.balanced_total, census.unbalanced_total) == ((1, 0) if balanced else (0, 1))
    listed = census.balanced if balanced else census.unbalanced
    assert [(triad.actors, triad.is_balanced) for triad in listed] == [(("a", "b", "c"), balanced)]
    assert tuple(tie.sign for tie in listed[0].ties) == signs
    assert listed[0].confidence == pytest.approx(0.125)


def test_triads_of_the_highland_tribes() -> None:
    """Read's tribes have 19 +++, 2 ++-, 40 +-- and 7 --- triads, 86.8 % balanced, as the R package signnet reports."""
    census = count_triads(highland_tribes())
    assert census.by_negatives == (19, 2, 40, 7)
    assert census.balanced_share == pytest.approx(0.8676471, abs=1e-7)


def _count_plainly(graph: SignedGraph) -> tuple[list[int], dict[frozenset[str], list[int]]]:
    signs = {frozenset((tie.left, tie.right)): tie.sign for tie in graph.ties}
    counts, at_tie = [0, 0, 0, 0], {pair: [0, 0] for pair in signs}
    for trio in combinations(graph.actors, 3):
        pairs = [frozenset(pair) for pair in combinations(trio, 2)]
        if all(pair in signs for pair in pairs):
            negatives = sum(signs[pair] < 0 for pair in pairs)
            counts[negatives] += 1
            for pair in pairs:
                at_tie[pair][negatives % 2] += 1
    return counts, at_tie


@pytest.mark.parametrize("seed", range(5))
def test_triads_are_those_of_trying_all_threes(seed: int) -> None:
    """On random graphs, counts by sort and by tie are those of looking at every three actors."""
    graph = make_graph(_draw_pairs(18, 60, seed))
    counts, at_tie = _count_plainly(graph)
    census = count_triads(graph, limit=1000)
    assert list(census.by_negatives) == counts
    for number, tie in enumerate(graph.ties):
        pair = frozenset((tie.left, tie.right))
        assert [census.balanced_at[number], census.unbalanced_at[number]] == at_tie[pair]
    assert len(census.balanced) == census.balanced_total
    assert len({triad.actors for triad in census.unbalanced}) == census.unbalanced_total


def test_the_surest_triads_come_first() -> None:
    """What is listed are the triads whose three ties are surest together, however many there are."""
    draw = Random(7)  # noqa: S311 (graphs, not secrets)
    pairs = [(f"a{i:02d}", f"a{j:02d}", draw.choice((1, -1))) for i, j in combinations(range(12), 2)]
    sure = {(one, other): draw.uniform(0.1, 1) for one, other, _ in pairs}
    graph = make_graph(pairs, sure)
    everything = count_triads(graph, limit=1000).unbalanced
    assert count_triads(graph, limit=5).unbalanced == everything[:5]
    confidences = [triad.confidence for triad in everything]
    assert confidences == sorted(confidences, reverse=True)


def test_compiled_loops_count_the_same() -> None:
    """A graph large enough for compiled loops has as many triangles as pairs of neighbours share others, all of them by sort."""
    pairs = _draw_pairs(300, COMPILED_FROM + 500, seed=3)
    census = count_triads(make_graph(pairs))
    plain = nx.Graph((one, other) for one, other, _ in pairs)
    shared = sum(len(set(plain[one]) & set(plain[other])) for one, other in plain.edges())
    assert sum(census.by_negatives) == shared // 3
    assert census.balanced_at.sum() == 3 * census.balanced_total


def test_chance_is_what_to_compare_with() -> None:
    """Among ties of one sign chance allows one sort of triad; of half and half, half are balanced."""
    assert count_triads(complete(5, 1)).expected_share == 1
    assert count_triads(complete(5, -1)).expected_share == 0
    half = make_graph([("a", "b", 1), ("b", "c", -1)])
    assert count_triads(half).expected_share == pytest.approx(0.5)


def test_no_ties_no_triads() -> None:
    """An empty graph has neither triads nor a share of them."""
    census = count_triads(SignedGraph((), ()))
    assert (census.by_negatives, census.balanced_share, census.expected_share) == ((0, 0, 0, 0), None, None)
    assert np.array_equal(census.balanced_at, [])
