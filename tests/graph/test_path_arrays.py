"""Paths over arrays: the same answers as over objects, whatever the size of the graph makes of it."""

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import QueryTimeout
from graph.filters import EdgeFilter
from graph.neighborhood import find_neighborhood
from graph.paths import Direction, PathResult, SignAsked, Weight, find_paths, finding, iter_paths
from graph.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

NODES = "abcdefg"

drawn = st.lists(
    st.tuples(
        st.sampled_from(NODES),
        st.sampled_from(NODES),
        st.sampled_from(["supports", "opposes", "commands"]),
        st.sampled_from([None, "allied-with", "clashes-with"]),
        st.sampled_from([0.5, 0.7, 0.9, 1.0]),
    ),
    max_size=24,
)
places = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=3)


def ask_arrays(snapshot: Snapshot, source: str, target: str, **options: Any) -> PathResult:  # noqa: ANN401
    """Ask as if the graph were large."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "LIGHT_EDGES", -1)
        return find_paths(snapshot, source, target, **options)


@pytest.mark.parametrize("sign", ["any", "positive", "negative"])
@pytest.mark.parametrize("weight", ["hops", "confidence"])
@pytest.mark.parametrize("direction", ["any", "out"])
@settings(max_examples=40, deadline=None)
@given(edges=drawn, known=places, max_hops=st.integers(1, 6), avoid=st.sampled_from([(), ("b",), ("b", "c")]))
def test_arrays_answer_as_objects_do(
    rows: "Rows",
    edges: list[tuple[str, str, str, str | None, float]],
    known: list[tuple[str, str]],
    max_hops: int,
    avoid: tuple[str, ...],
    direction: Direction,
    weight: Weight,
    sign: SignAsked,
) -> None:
    """Nodes, edges, parallel edges, ties and totals; loops, lonely nodes and the gazetteer's edges included."""
    snapshot = rows.snapshot(
        (rows.claim(s, kind, t, how=how, confidence=sure) for s, t, kind, how, sure in edges),
        places=[rows.known_place(source, target) for source, target in known],
        entities=[rows.entity(node) for node in NODES],
    )
    options: dict[str, Any] = {
        "k": 20,
        "max_hops": max_hops,
        "direction": direction,
        "weight": weight,
        "sign": sign,
        "avoid": avoid,
    }
    light = find_paths(snapshot, "a", "g", **options)
    arrays = ask_arrays(snapshot, "a", "g", **options)
    assert [path.nodes for path in arrays.paths] == [path.nodes for path in light.paths]
    assert (arrays.total, arrays.total_is_exact) == (light.total, light.total_is_exact)
    if sign == "any":
        assert arrays == light
    for left, right in zip(arrays.paths, light.paths, strict=True):
        # Two friends are as good as two enemies: of equally sure choices with one sign, either may be taken.
        assert left.sign == right.sign
        assert left.confidence == pytest.approx(right.confidence)
        for one, other in zip(left.hops, right.hops, strict=True):
            assert {one.edge.id, *one.also} == {other.edge.id, *other.also}


@pytest.mark.parametrize(
    "where",
    [
        EdgeFilter(types=["country"]),
        EdgeFilter(min_confidence=0.6),
        EdgeFilter(kinds=["opposes"]),
        EdgeFilter(origin="text"),
        EdgeFilter(evidence=True),
        EdgeFilter(sources=["reuters"]),
    ],
    ids=lambda where: " ".join(where.describe()),
)
@pytest.mark.parametrize("direction", ["any", "out"])
def test_filters_hold_for_arrays(rows: "Rows", where: EdgeFilter, direction: Direction) -> None:
    """What a filter leaves out, or adds up anew, is the same in both."""
    snapshot = rows.snapshot(
        [
            rows.claim("iran", "supports", "iraq", confidence=0.9, outlet="Reuters"),
            rows.claim("iran", "supports", "iraq", confidence=0.5, outlet="Tasnim"),
            rows.claim("isis", "opposes", "iraq", confidence=0.55, outlet="Reuters"),
            rows.claim("isis", "located-in", "mosul", confidence=0.7),
            rows.claim("iran", "opposes", "isis", confidence=0.6),
            rows.claim("hezbollah", "opposes", "isis", polarity="denied"),
            rows.claim("syria", "supports", "iran", how="allied-with", outlet="Reuters"),
            rows.claim("syria", "supports", "iran", how="arms", outlet="Tasnim"),
        ],
        places=[rows.known_place("mosul", "iraq")],
    )
    for source, target in (("iran", "mosul"), ("iran", "iraq"), ("iran", "syria"), ("hezbollah", "isis")):
        options: dict[str, Any] = {"k": 9, "where": where, "direction": direction}
        assert ask_arrays(snapshot, source, target, **options) == find_paths(
            snapshot, source, target, **options
        )


def test_a_budget_stops_arrays_too(rows: "Rows") -> None:
    """Listing all paths of twelve hops among thirty would take years; compiled code ends with an error instead."""
    names = [f"n{number:02d}" for number in range(30)]
    snapshot = rows.snapshot(rows.claim(a, "opposes", b) for a in names for b in names if a < b)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "LIGHT_EDGES", -1)
        with pytest.raises(QueryTimeout, match=r"stopped after 0\.2 s"):
            for _ in iter_paths(snapshot, "n00", "n01", max_hops=12, sign="negative", budget_s=0.2):
                pass


@pytest.mark.parametrize("direction", ["any", "out"])
@settings(max_examples=40, deadline=None)
@given(edges=drawn, known=places, depth=st.integers(1, 4), limit=st.integers(1, 7))
def test_neighbourhoods_over_arrays_are_those_over_objects(
    rows: "Rows",
    edges: list[tuple[str, str, str, str | None, float]],
    known: list[tuple[str, str]],
    depth: int,
    limit: int,
    direction: Direction,
) -> None:
    """The same nodes in the same order, the same edges and the same totals, evidence included."""
    snapshot = rows.snapshot(
        [
            *(rows.claim(s, kind, t, how=how, confidence=sure) for s, t, kind, how, sure in edges),
            rows.claim("a", "supports", "c", polarity="denied"),
        ],
        places=[rows.known_place(source, target) for source, target in known],
        entities=[rows.entity(node) for node in NODES],
    )
    for where in (EdgeFilter(evidence=True), EdgeFilter(types=["country"]), EdgeFilter(kinds=["opposes"])):
        options: dict[str, Any] = {"depth": depth, "limit": limit, "direction": direction, "where": where}
        light = find_neighborhood(snapshot, ["a", "b"], **options)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(finding, "LIGHT_EDGES", -1)
            assert find_neighborhood(snapshot, ["a", "b"], **options) == light
