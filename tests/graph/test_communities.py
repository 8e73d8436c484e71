"""Communities: known divisions, signs taken for what they are, and the same answer for the same graph."""

from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from graph.communities import Communities, find_communities
from graph.deadline import Deadline
from graph.errors import InvalidQuery, QueryTimeout
from graph.modularity import Weighing, improve_groups

if TYPE_CHECKING:
    from graph.snapshot.snapshot import Snapshot
    from tests.graph.conftest import Rows

FOREVER = Deadline(None)


def _group(found: Communities) -> list[set[str]]:
    return [{member.id for member in community.members} for community in found.communities]


def _karate(rows: "Rows", seed: int = 0) -> "Snapshot":
    """Return Zachary's (1977) karate club, its edges in a random order."""
    pairs = list(nx.karate_club_graph().edges())
    Random(seed).shuffle(pairs)  # noqa: S311 (graphs, not secrets)
    return rows.snapshot(rows.claim(f"m{i:02d}", "member-of", f"m{j:02d}", confidence=0.5) for i, j in pairs)


def test_the_karate_club_divides_as_published(rows: "Rows") -> None:
    """The best division of Zachary's club has four groups and modularity 0.4198 (Brandes et al. 2008)."""
    found = find_communities(_karate(rows), signs="unsigned")
    assert len(found.communities) == 4
    assert found.modularity == pytest.approx(0.4198, abs=5e-5)
    named = {community.members[0].id for community in found.communities}
    assert {"m00", "m33"} <= named  # the instructor and the president


@pytest.mark.parametrize("signs", ["signed", "unsigned"])
def test_the_same_graph_has_the_same_groups(rows: "Rows", signs: str) -> None:
    """In whatever order edges were stored."""
    first, second = (find_communities(_karate(rows, seed), signs=signs) for seed in (1, 2))  # type: ignore[arg-type]
    assert _group(first) == _group(second)
    assert first.modularity == second.modularity


def _two_camps(rows: "Rows") -> "Snapshot":
    """Two circles of friends, a0-a3 and b0-b3, one friendship across, and enmity between all the rest."""
    claims = [
        rows.claim(f"{camp}{i}", "supports", f"{camp}{j}")
        for camp in "ab"
        for i, j in combinations(range(4), 2)
    ]
    claims.append(rows.claim("a0", "supports", "b0"))
    claims += [rows.claim(f"a{i}", "opposes", f"b{j}") for i in range(1, 4) for j in range(1, 4)]
    claims.append(rows.claim("a1", "opposes", "a2", confidence=0.2))
    return rows.snapshot(claims)


def test_opposition_sets_apart(rows: "Rows") -> None:
    """Camps that fight are two groups with signs; what ties, strains, bridges and cuts them is listed."""
    found = find_communities(_two_camps(rows))
    assert _group(found) == [{"a0", "a1", "a2", "a3"}, {"b0", "b1", "b2", "b3"}]
    first, (border,) = found.communities[0], found.borders
    assert len(first.ties) == 6
    assert [edge.id for edge in first.strains] == ["a1.opposes.a2"]
    assert [edge.id for edge in border.bridges] == ["a0.supports.b0"]
    assert len(border.cuts) == 9


def test_without_signs_fighting_ties_too(rows: "Rows") -> None:
    """Three who only fight each other have to do with each other, but do not belong together."""
    fight = [rows.claim(one, "opposes", other) for one, other in combinations(("x", "y", "z"), 2)]
    snapshot = rows.snapshot(fight)
    assert _group(find_communities(snapshot, signs="unsigned")) == [{"x", "y", "z"}]
    signed = find_communities(snapshot)
    assert (signed.communities, signed.alone) == ((), ("x", "y", "z"))


def test_a_common_enemy_alone_makes_no_friends(rows: "Rows") -> None:
    """Every signed group hangs together by its own ties, whoever else is against the same."""
    claims = [rows.claim(f"e{i}", "opposes", "tyrant") for i in range(6)]
    claims += [rows.claim("e0", "supports", "e1"), rows.claim("tyrant", "commands", "guard")]
    found = find_communities(rows.snapshot(claims))
    assert _group(found) == [{"e0", "e1"}, {"guard", "tyrant"}]


def test_whereabouts_are_no_alliance(rows: "Rows") -> None:
    """Two enemies in one place are not tied by it, unless signs are left out."""
    claims = [
        rows.claim("isis", "located-in", "mosul"),
        rows.claim("quds", "located-in", "mosul"),
        rows.claim("isis", "opposes", "quds"),
    ]
    snapshot = rows.snapshot(claims)
    assert find_communities(snapshot).communities == ()
    assert _group(find_communities(snapshot, signs="unsigned")) == [{"isis", "mosul", "quds"}]


def _try_every_division(weighing: Weighing) -> float:
    def divide(actor: int, groups: list[int], count: int) -> float:
        if actor == weighing.size:
            return weighing.compute_modularity(groups)
        return max(divide(actor + 1, [*groups, group], max(count, group + 1)) for group in range(count + 1))

    return divide(0, [], 0)


def test_modularity_is_newmans_without_opposition() -> None:
    """With nothing negative, the measure is that of networkx, resolution included."""
    graph = nx.karate_club_graph()
    tying = {(min(i, j), max(i, j)): 1.0 for i, j in graph.edges()}
    groups = [node % 3 for node in graph]
    parts = [{node for node in graph if node % 3 == part} for part in range(3)]
    for resolution in (0.5, 1.0, 2.0):
        expected = nx.community.modularity(graph, parts, weight=None, resolution=resolution)
        assert Weighing(34, tying, {}, resolution).compute_modularity(groups) == pytest.approx(expected)


def test_signed_modularity_by_hand() -> None:
    """Two friends against a third: (2 - 4/2) of ties within cancel out, and opposition is better than chance.

    Ties: one, within, so 2 - (2 * 2) / 2 = 0. Oppositions: two, none within, chance has (2 * 2 + 2 * 2) / 4 = 2 within.
    Together (0 + 2) / (2 + 4) = 1/3.
    """
    weighing = Weighing(3, {(0, 1): 1.0}, {(0, 2): 1.0, (1, 2): 1.0})
    assert weighing.compute_modularity([0, 0, 1]) == pytest.approx(1 / 3)
    assert weighing.compute_modularity([0, 0, 0]) == pytest.approx(0)


@pytest.mark.parametrize("seed", range(8))
def test_moves_come_close_to_the_best_division(seed: int) -> None:
    """On small random graphs the division found is never above the best of all, and within a tenth of it."""
    draw = Random(seed)  # noqa: S311 (graphs, not secrets)
    tying: dict[tuple[int, int], float] = {}
    cutting: dict[tuple[int, int], float] = {}
    for pair in combinations(range(8), 2):
        if draw.random() < 0.55:
            (tying if draw.random() < 0.6 else cutting)[pair] = draw.uniform(0.2, 1)
    weighing = Weighing(8, tying, cutting)
    found = weighing.compute_modularity(improve_groups(weighing, list(range(8)), FOREVER))
    best = _try_every_division(weighing)
    assert best - 0.1 <= found <= best + 1e-12


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"signs": "maybe"}, "signs: must be one of signed, unsigned"),
        ({"resolution": 0.0}, "resolution: must be above 0"),
        ({"seed": -1}, "seed: must be at least 0"),
    ],
)
def test_options_out_of_range(rows: "Rows", options: dict[str, object], message: str) -> None:
    """What cannot be used is told by name."""
    with pytest.raises(InvalidQuery, match=message):
        find_communities(rows.snapshot(), **options)  # type: ignore[arg-type]


def test_an_empty_graph_has_no_communities(rows: "Rows") -> None:
    """Without edges there is nothing to divide."""
    found = find_communities(rows.snapshot())
    assert (found.communities, found.borders, found.alone, found.modularity) == ((), (), (), 0.0)


def test_the_budget_stops_it(rows: "Rows") -> None:
    """Beyond its time it ends in the error that says so."""
    with pytest.raises(QueryTimeout, match="stopped after"):
        find_communities(_two_camps(rows), budget_s=0.0)
