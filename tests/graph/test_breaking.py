"""What would break a connection: by hand, and against taking every set of sources away and building the graph anew."""

from collections.abc import Collection, Iterable
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.deadline import Deadline
from graph.errors import EntityNotFound, InvalidQuery
from graph.filters import EdgeFilter
from graph.paths import Direction, Path, SignAsked, Weight, find_paths, iter_paths
from graph.paths.breaking import MAX_SOURCES, Breaks, find_breaks
from graph.paths.thinned import BestPathSearch
from graph.paths.thinning import Source, Stride, Support, ThinnedGraph
from graph.rows import ClaimRow
from graph.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

NODES = "abcdef"
OUTLETS = ["AFP", "Kyodo", "Reuters", "Xinhua", None]


class Said(NamedTuple):
    """A claim of a random graph."""

    source: str
    kind: str
    how: str | None
    target: str
    outlet: str | None
    confidence: float
    polarity: str = "affirmed"


def draw_claims(hows: Collection[str | None], kinds: Collection[str]) -> st.SearchStrategy[list[Said]]:
    """Return a strategy of small graphs whose claims come from few outlets."""
    said = st.builds(
        Said,
        st.sampled_from(NODES),
        st.sampled_from(sorted(kinds)),
        st.sampled_from(list(hows)),
        st.sampled_from(NODES),
        st.sampled_from(OUTLETS),
        st.sampled_from([0.5, 0.7, 0.9]),
        st.sampled_from(["affirmed", "affirmed", "affirmed", "denied"]),
    )
    return st.lists(said, min_size=4, max_size=14)


def make_claims(rows: "Rows", said: Iterable[Said]) -> list[ClaimRow]:
    """Make rows of a random graph's claims, each in a story of its own."""
    return [
        rows.claim(
            s.source,
            s.kind,
            s.target,
            how=s.how,
            outlet=s.outlet,
            confidence=s.confidence,
            polarity=s.polarity,
        )
        for s in said
    ]


def build(rows: "Rows", claims: Iterable[ClaimRow]) -> Snapshot:
    """Make a snapshot with every node in it, whatever is claimed."""
    return rows.snapshot(claims, entities=[rows.entity(node) for node in NODES])


def name(claim: ClaimRow) -> str:
    """Return what a claim's source is called in an answer."""
    return claim.outlet or claim.story_id


def find_best(snapshot: Snapshot, **options: Any) -> Path | None:  # noqa: ANN401 (options of a path)
    """Return the best path from `a` to `f`."""
    return next(iter_paths(snapshot, "a", "f", **options), None)


def break_by_brute_force(
    rows: "Rows",
    claims: list[ClaimRow],
    **options: Any,  # noqa: ANN401
) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Return all minimal sets of up to three sources that disconnect, and that change the sign."""
    best = find_best(build(rows, claims), **options)
    cuts: list[tuple[str, ...]] = []
    turns: list[tuple[str, ...]] = []
    if best is None:
        return cuts, turns
    names = sorted({name(claim) for claim in claims})
    for size in range(1, MAX_SOURCES + 1):
        for removed in combinations(names, size):
            left = find_best(build(rows, [c for c in claims if name(c) not in removed]), **options)
            goal = cuts if left is None else turns if left.sign != best.sign else None
            known = [*cuts, *turns] if goal is turns else cuts
            if goal is not None and not any(set(smaller) <= set(removed) for smaller in known):
                goal.append(removed)
    return cuts, turns


def test_one_outlet_holds_the_only_bridge(rows: "Rows") -> None:
    """A path of two hops, one of them from a single outlet: without that outlet nothing connects the two."""
    snapshot = build(
        rows,
        [
            rows.claim("a", "supports", "b", outlet="Reuters"),
            rows.claim("b", "opposes", "f", outlet="Reuters"),
            rows.claim("b", "opposes", "f", outlet="AFP"),
        ],
    )
    assert find_breaks(snapshot, "a", "f") == Breaks((("Reuters",),), (), exact=True)


def test_every_way_has_to_be_cut(rows: "Rows") -> None:
    """Two ways from different outlets: only both outlets together disconnect, and there is one set for each choice."""
    snapshot = build(
        rows,
        [
            rows.claim("a", "commands", "b", outlet="Reuters"),
            rows.claim("b", "commands", "f", outlet="AFP"),
            rows.claim("a", "commands", "c", outlet="Kyodo"),
            rows.claim("c", "commands", "f", outlet="Kyodo"),
        ],
    )
    assert find_breaks(snapshot, "a", "f").disconnect == (("AFP", "Kyodo"), ("Kyodo", "Reuters"))


def test_one_outlet_can_turn_the_sign(rows: "Rows") -> None:
    """Without the outlet of the short friendly way the long hostile one is best: connected still, with another sign."""
    snapshot = build(
        rows,
        [
            rows.claim("a", "supports", "f", outlet="Tigris Wire"),
            rows.claim("a", "supports", "b", outlet="AFP"),
            rows.claim("b", "opposes", "f", outlet="AFP"),
        ],
    )
    found = find_breaks(snapshot, "a", "f")
    assert found == Breaks((("AFP", "Tigris Wire"),), (("Tigris Wire",),), exact=True)


def test_a_lost_source_can_turn_the_sign_by_weight_alone(rows: "Rows") -> None:
    """Support from two outlets outweighs one opposition; without either of them it does not, though it still counts."""
    snapshot = build(
        rows,
        [
            rows.claim("a", "supports", "f", outlet="AFP", confidence=0.7),
            rows.claim("a", "supports", "f", outlet="Reuters", confidence=0.7),
            rows.claim("a", "opposes", "f", outlet="Kyodo", confidence=0.8),
        ],
    )
    assert find_breaks(snapshot, "a", "f").changes_sign == (("AFP",), ("Reuters",))


def test_spellings_of_an_outlet_are_one_source(rows: "Rows") -> None:
    """Case and blanks do not make another outlet, and the commonest spelling is shown."""
    outlets = ["reuters ", "Reuters", "Reuters"]
    claims = [rows.claim("a", "supports", "f", outlet=outlet) for outlet in outlets]
    assert find_breaks(build(rows, claims), "a", "f").disconnect == (("Reuters",),)


def test_a_text_without_an_outlet_is_its_own_source(rows: "Rows") -> None:
    """What no outlet stands for is doubted story by story, copies of one together."""
    claims = [
        rows.claim("a", "supports", "f", story_id="d-one"),
        rows.claim("a", "supports", "f", story_id="d-one"),
        rows.claim("a", "supports", "f", story_id="d-two"),
    ]
    assert find_breaks(build(rows, claims), "a", "f").disconnect == (("d-one", "d-two"),)


def test_geography_cannot_be_taken_away(rows: "Rows") -> None:
    """What geography knows hangs on no outlet, so there is nothing to break."""
    snapshot = rows.snapshot(
        [rows.claim("a", "located-in", "f", outlet="AFP")], places=[rows.known_place("a", "f")]
    )
    assert find_breaks(snapshot, "a", "f") == Breaks((), (), exact=True)


def test_denials_and_guesses_hold_nothing(rows: "Rows") -> None:
    """Only outlets whose claims count are named: who merely denies or guesses does not hold the edge."""
    claims = [
        rows.claim("a", "supports", "f", outlet="AFP"),
        rows.claim("a", "supports", "f", outlet="Kyodo", polarity="denied"),
        rows.claim("a", "supports", "f", outlet="Xinhua", modality="possible"),
    ]
    assert find_breaks(build(rows, claims), "a", "f").disconnect == (("AFP",),)


def test_the_smallest_set_is_found_beyond_three(rows: "Rows") -> None:
    """Where five outlets say the same, all five have to go; where six are on another way, those are left alone."""
    five = [rows.claim("a", "supports", "b", outlet=f"Paper {n}") for n in range(5)]
    six = [rows.claim("b", "supports", "f", outlet=f"Radio {n}") for n in range(6)]
    found = find_breaks(build(rows, [*five, *six]), "a", "f")
    assert found.disconnect == (("Paper 0", "Paper 1", "Paper 2", "Paper 3", "Paper 4"),)
    assert found.exact


def test_a_threshold_breaks_before_the_last_source(rows: "Rows") -> None:
    """With a least confidence asked for, an edge is lost as soon as too few are left that say so."""
    claims = [
        rows.claim("a", "supports", "f", outlet=outlet, confidence=0.6)
        for outlet in ("AFP", "Kyodo", "Reuters")
    ]
    found = find_breaks(build(rows, claims), "a", "f", where=EdgeFilter(min_confidence=0.9))
    assert found.disconnect == (("AFP",), ("Kyodo",), ("Reuters",))


def test_disputes_are_settled_without_their_source(rows: "Rows") -> None:
    """Among disputed relations only, the outlet that denies holds the connection as much as the one that affirms."""
    claims = [
        rows.claim("a", "supports", "f", outlet="AFP"),
        rows.claim("a", "supports", "f", outlet="Kyodo", polarity="denied"),
    ]
    found = find_breaks(build(rows, claims), "a", "f", where=EdgeFilter(disputed=True))
    assert found.disconnect == (("AFP",), ("Kyodo",))


def test_the_options_of_the_path_hold(rows: "Rows") -> None:
    """Ways that are too long, avoided, of other types or against the direction do not keep two connected."""
    claims = [
        rows.claim("a", "supports", "f", outlet="AFP"),
        rows.claim("a", "supports", "b", outlet="Kyodo"),
        rows.claim("b", "supports", "f", outlet="Kyodo"),
        rows.claim("f", "supports", "a", outlet="Xinhua"),
    ]
    snapshot = rows.snapshot(claims, entities=[rows.entity("b", type="person")])
    only_afp = (("AFP",),)
    assert find_breaks(snapshot, "a", "f").disconnect == (("AFP", "Kyodo", "Xinhua"),)
    assert find_breaks(snapshot, "a", "f", direction="out").disconnect == (("AFP", "Kyodo"),)
    for options in ({"max_hops": 1}, {"avoid": ["b"]}, {"where": EdgeFilter(types=["country"])}):
        assert find_breaks(snapshot, "a", "f", direction="out", **options).disconnect == only_afp


def test_filters_on_claims_hold(rows: "Rows") -> None:
    """What a filter leaves out neither connects nor is named."""
    claims = [
        rows.claim("a", "supports", "f", outlet="AFP", how="funds"),
        rows.claim("a", "supports", "f", outlet="Kyodo", how="arms"),
        rows.claim("a", "opposes", "f", outlet="Reuters"),
    ]
    where = EdgeFilter(how=["funds"])
    assert find_breaks(build(rows, claims), "a", "f", where=where).disconnect == (("AFP",),)


def test_with_a_sign_asked_for_only_that_connects(rows: "Rows") -> None:
    """Asked for hostile ways, two are disconnected when the last hostile one is gone."""
    claims = [
        rows.claim("a", "supports", "f", outlet="AFP"),
        rows.claim("a", "opposes", "f", outlet="Kyodo"),
    ]
    found = find_breaks(build(rows, claims), "a", "f", sign="negative")
    assert found == Breaks((("Kyodo",),), (), exact=True)


def test_no_path_has_nothing_to_break(rows: "Rows") -> None:
    """Two that are not connected cannot be disconnected."""
    assert find_breaks(build(rows, []), "a", "f") == Breaks((), (), exact=True)


def test_with_too_many_ways_to_try_them_all_one_set_is_found(rows: "Rows") -> None:
    """Ten ways of two outlets each have 1,024 smallest sets; one is given, none of it to spare; no three will do."""
    claims = []
    for number in range(10):
        claims.append(rows.claim("a", "supports", f"n{number}", outlet=f"Paper {number}"))
        claims.append(rows.claim(f"n{number}", "supports", "f", outlet=f"Radio {number}"))
    found = find_breaks(rows.snapshot(claims), "a", "f")
    assert found.exact
    assert len(found.disconnect) == 1
    assert sorted(name[-1] for name in found.disconnect[0]) == list("0123456789")


def test_time_that_is_up_is_said(rows: "Rows") -> None:
    """Where looking had to stop, the answer is not called exact."""
    claims = [rows.claim("a", "supports", f"n{number}", outlet="AFP") for number in range(80)]
    claims += [rows.claim(f"n{number}", "supports", "f", outlet="Kyodo") for number in range(80)]
    assert not find_breaks(rows.snapshot(claims), "a", "f", sign="positive", budget_s=0.0).exact


@pytest.mark.parametrize(
    ("target", "options", "error", "message"),
    [
        ("nobody", {}, EntityNotFound, "nobody"),
        ("a", {}, InvalidQuery, "two entities"),
        ("f", {"max_hops": 13}, InvalidQuery, "max_hops"),
        ("f", {"avoid": ["a"]}, InvalidQuery, "avoid"),
    ],
)
def test_questions_are_checked_as_those_about_paths(
    rows: "Rows", target: str, options: dict[str, Any], error: type[Exception], message: str
) -> None:
    """What cannot be asked of a path cannot be asked here."""
    with pytest.raises(error, match=message):
        find_breaks(build(rows, []), "a", target, **options)


@settings(max_examples=25, deadline=None)
@given(
    said=draw_claims([None, "allied-with", "clashes-with"], ["supports", "opposes", "commands"]),
    direction=st.sampled_from(["any", "out"]),
    max_hops=st.integers(1, 4),
    min_confidence=st.sampled_from([0.0, 0.6]),
)
def test_cuts_are_all_there_are(
    rows: "Rows", said: list[Said], direction: Direction, max_hops: int, min_confidence: float
) -> None:
    """Every minimal set of up to three sources that disconnects is found, and no other."""
    claims = make_claims(rows, said)
    options = {
        "direction": direction,
        "max_hops": max_hops,
        "where": EdgeFilter(min_confidence=min_confidence),
    }
    found = find_breaks(build(rows, claims), "a", "f", **options)  # type: ignore[arg-type]
    cuts, _ = break_by_brute_force(rows, claims, **options)
    small = [names for names in found.disconnect if len(names) <= MAX_SOURCES]
    assert found.exact
    assert sorted(small) == sorted(cuts)


@settings(max_examples=25, deadline=None)
@given(
    said=draw_claims([None], ["supports", "opposes"]),
    weight=st.sampled_from(["hops", "confidence"]),
    max_hops=st.integers(2, 4),
)
def test_turns_are_all_there_are(rows: "Rows", said: list[Said], weight: Weight, max_hops: int) -> None:
    """Every minimal set of up to three sources that changes the best path's sign is found, and no other."""
    claims = make_claims(rows, said)
    found = find_breaks(build(rows, claims), "a", "f", weight=weight, max_hops=max_hops)
    _, turns = break_by_brute_force(rows, claims, weight=weight, max_hops=max_hops)
    assert found.exact
    assert sorted(found.changes_sign) == sorted(turns)


@settings(max_examples=60, deadline=None)
@given(
    said=draw_claims([None], ["supports", "opposes", "commands"]),
    weight=st.sampled_from(["hops", "confidence"]),
    direction=st.sampled_from(["any", "out"]),
    sign=st.sampled_from(["any", "positive", "negative"]),
    removed=st.sets(st.sampled_from(OUTLETS[:4])),
)
def test_the_best_path_is_that_of_a_graph_built_without_them(
    rows: "Rows",
    said: list[Said],
    weight: Weight,
    direction: Direction,
    sign: SignAsked,
    removed: set[str],
) -> None:
    """Thinning a graph where a search looks leads to the same best path as building it anew and asking that."""
    claims = make_claims(rows, said)
    rebuilt = build(rows, [claim for claim in claims if claim.outlet not in removed])
    expected = find_paths(rebuilt, "a", "f", weight=weight, direction=direction, sign=sign, max_hops=4)
    final = {"any": None, "positive": 1, "negative": -1}[sign]
    thinned = ThinnedGraph(
        Support(build(rows, claims), EdgeFilter()),
        frozenset(Source("outlet", outlet.casefold()) for outlet in removed),
        Stride(direction == "any", weight == "confidence", final is not None),
        frozenset(),
    )
    steps = BestPathSearch("a", "f", final, 4, Deadline(None)).find(thinned)  # type: ignore[arg-type]
    best = expected.paths[0] if expected.paths else None
    assert (steps is None) == (best is None)
    if steps is not None and best is not None:
        assert ["a", *(step.node for step in steps)] == list(best.nodes)
        assert [step.edge for step in steps] == [hop.edge for hop in best.hops]
