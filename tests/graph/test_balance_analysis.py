"""Balance of walks, camps, what to check, and how it all went over time."""

from datetime import date
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.linalg import expm

from graph.balance import analyse_balance
from graph.balance.compiling import _compile
from graph.balance.frustration import measure_frustration
from graph.balance.suggestions import rank_suggestions
from graph.balance.ties import SignedGraph
from graph.balance.triads import count_triads
from graph.balance.walks import WalkBalance, _sample_walks, measure_walks
from graph.balance.warming import warm_balance
from graph.deadline import Deadline
from graph.errors import InvalidQuery, QueryTimeout
from graph.filters import EdgeFilter
from tests.graph.signed_graphs import complete, highland_tribes, make_graph, try_every_split

if TYPE_CHECKING:
    from tests.graph.conftest import Rows

FOREVER = Deadline(None)


def _draw_graph(actors: int, ties: int, seed: int) -> SignedGraph:
    draw = Random(seed)  # noqa: S311 (graphs, not secrets)
    pairs = draw.sample(list(combinations(range(actors), 2)), ties)
    sure = {(f"a{i:03d}", f"a{j:03d}"): draw.uniform(0.2, 1) for i, j in pairs}
    return make_graph(((i, j, draw.choice((1, 1, -1))) for i, j in sure), sure)


def _walk_plainly(graph: SignedGraph) -> WalkBalance:
    """Return the balance of walks from whole matrix exponentials."""
    signed = np.zeros((len(graph.actors),) * 2)
    signed[graph.tails, graph.heads] = signed[graph.heads, graph.tails] = graph.signs
    top, bottom = np.diag(expm(signed)), np.diag(expm(np.abs(signed)))
    return WalkBalance(float(top.sum() / bottom.sum()), 0.0, dict(enumerate((top / bottom).tolist())))


def test_walks_of_the_highland_tribes() -> None:
    """Read's tribes have K = 0.3575761, as the R package signnet computes Estrada and Benzi's (2014) measure."""
    assert measure_walks(highland_tribes(), ()).share == pytest.approx(0.3575761, abs=1e-7)


@pytest.mark.parametrize("seed", range(4))
def test_walks_are_those_of_whole_exponentials(seed: int) -> None:
    """Computed part by part from eigenvalues, K and every actor's share are those of the exponentials themselves."""
    graph = _draw_graph(24, 15, seed)
    assert graph.components.max() > 0
    found, plain = measure_walks(graph, range(len(graph.actors))), _walk_plainly(graph)
    assert found.share == pytest.approx(plain.share)
    assert found.by_actor == pytest.approx(plain.by_actor)


def test_a_balanced_graph_walks_in_peace() -> None:
    """Two camps that only love within and hate across have K = 1, and 1 from every actor."""
    graph = make_graph(
        (f"a{i}", f"a{j}", 1 if (i < 3) == (j < 3) else -1) for i, j in combinations(range(7), 2)
    )
    found = measure_walks(graph, range(7))
    assert found.share == 1
    assert set(found.by_actor.values()) == {1}


def test_sampled_walks_say_how_far_off_they_may_be() -> None:
    """What is sampled for large graphs is within a few standard errors, and what is asked of actors within 1e-6."""
    graph = _draw_graph(120, 260, seed=1)
    plain = _walk_plainly(graph)
    found = _sample_walks(graph, range(12), FOREVER)
    assert found.share is not None
    assert plain.share is not None
    assert 0 < found.error < 0.1
    assert abs(found.share - plain.share) < 4 * found.error
    assert found.by_actor == pytest.approx({actor: plain.by_actor[actor] for actor in range(12)}, abs=1e-6)


def test_without_ties_there_is_no_walk() -> None:
    """An empty graph has no walk-based balance."""
    assert measure_walks(SignedGraph((), ()), ()) == WalkBalance(None, 0.0, {})


@pytest.mark.parametrize("seed", range(5))
def test_what_a_tie_settles_is_what_is_left_without_it(seed: int) -> None:
    """For every tie listed: the index of the graph minus that of the graph without it, or with its sign turned."""
    graph = _draw_graph(8, 18, seed)
    index = measure_frustration(graph)
    found, total = rank_suggestions(graph, count_triads(graph), index, limit=100, deadline=FOREVER)
    assert len(found) == total
    ties = [(graph.numbers[tie.left], graph.numbers[tie.right], int(tie.sign)) for tie in graph.ties]
    for suggestion in found:
        left_out = graph.ties.index(suggestion.tie)
        without = try_every_split([tie for place, tie in enumerate(ties) if place != left_out])
        turned = try_every_split(
            [(i, j, -sign if place == left_out else sign) for place, (i, j, sign) in enumerate(ties)]
        )
        assert suggestion.settles == index.upper - without
        if suggestion.settles:
            assert turned == without


@pytest.mark.parametrize("seed", range(5))
def test_triads_settled_are_counted(seed: int) -> None:
    """Turned or gone, a tie takes as many unbalanced triads along as is said."""
    pairs = [(tie.left, tie.right, int(tie.sign)) for tie in _draw_graph(8, 20, seed).ties]
    graph = make_graph(pairs)
    before = count_triads(graph).unbalanced_total
    found, _ = rank_suggestions(
        graph, count_triads(graph), measure_frustration(graph), limit=100, deadline=FOREVER
    )
    for suggestion in found:
        ends = (suggestion.tie.left, suggestion.tie.right)
        turned = make_graph((i, j, -sign if (i, j) == ends else sign) for i, j, sign in pairs)
        without = make_graph(pair for pair in pairs if pair[:2] != ends)
        assert before - count_triads(turned).unbalanced_total == suggestion.triads_flipped
        assert before - count_triads(without).unbalanced_total == suggestion.triads_removed


def test_of_two_that_settle_the_same_the_less_sure_is_checked_first() -> None:
    """Weak evidence is likelier to be wrong."""
    sure = {("a", "b"): 0.9, ("a", "c"): 0.4, ("b", "c"): 0.7}
    graph = make_graph([("a", "b", 1), ("a", "c", 1), ("b", "c", -1)], sure)
    found, _ = rank_suggestions(
        graph, count_triads(graph), measure_frustration(graph), limit=3, deadline=FOREVER
    )
    assert [suggestion.tie.confidence for suggestion in found] == [0.4, 0.7, 0.9]
    assert all(suggestion.settles == 1 for suggestion in found)


def test_each_part_is_split_by_itself(rows: "Rows") -> None:
    """Nothing says which camps of two parts belong together; whoever fits either camp as well is named."""
    claims = [
        rows.claim("iran", "supports", "syria"),
        rows.claim("iran", "opposes", "isis"),
        rows.claim("syria", "opposes", "isis"),
        rows.claim("drifter", "supports", "iran"),
        rows.claim("drifter", "supports", "isis"),
        rows.claim("cain", "opposes", "abel"),
    ]
    found = analyse_balance(rows.snapshot(claims))
    large, small = found.parts
    assert (large.first[0], {*large.first, *large.second}) == ("iran", {"iran", "syria", "isis", "drifter"})
    assert ("isis" in large.first) is False
    assert large.loose == ("drifter",)
    assert len(large.frustrated) == 1
    assert (small.first, small.second, small.frustrated) == (("abel",), ("cain",), ())


def test_balance_over_time_is_that_of_the_graph_then(rows: "Rows") -> None:
    """At the end of each span the numbers are those of the graph filtered by that day, by either clock."""
    claims = [
        rows.claim("iran", "supports", "syria", published_on=date(2014, 6, 1)),
        rows.claim("iran", "supports", "isis", published_on=date(2014, 6, 20)),
        rows.claim("syria", "opposes", "isis", published_on=date(2014, 7, 2)),
        rows.claim("iran", "opposes", "isis", published_on=date(2014, 8, 30)),
    ]
    snapshot = rows.snapshot(claims)
    found = analyse_balance(snapshot, bucket="month").moments
    assert [moment.day for moment in found] == [date(2014, 6, 30), date(2014, 7, 31), date(2014, 8, 30)]
    assert [(moment.positive, moment.negative, moment.ambivalent) for moment in found] == [
        (2, 0, 0),
        (2, 1, 0),
        (1, 1, 1),
    ]
    assert [moment.unbalanced for moment in found] == [0, 1, 0]
    assert [(moment.frustration_lower, moment.frustration_upper) for moment in found] == [
        (0, 0),
        (1, 1),
        (0, 0),
    ]
    held = analyse_balance(snapshot, bucket="month", clock="valid").moments
    assert [moment.frustration_upper for moment in held] == [0, 1, 0]
    known = analyse_balance(snapshot, bucket="month", where=EdgeFilter(known_by=date(2014, 7, 15))).moments
    assert [moment.day for moment in known] == [date(2014, 6, 30), date(2014, 7, 2)]


def test_too_many_spans_are_refused(rows: "Rows") -> None:
    """Rather than measured for minutes."""
    claims = [
        rows.claim("iran", "supports", "syria", published_on=date(2010, 1, 1)),
        rows.claim("iran", "supports", "iraq", published_on=date(2014, 1, 1)),
    ]
    with pytest.raises(InvalidQuery, match="bucket: there are 1462 of them, and at most 120"):
        analyse_balance(rows.snapshot(claims), bucket="day")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"weight": "gold"}, "weight: must be one of ties, confidence"),
        ({"ambivalent": "guess"}, "ambivalent: must be one of apart, lean"),
        ({"limit": 0}, "limit: must be between 1 and 200"),
        ({"bucket": "hour"}, "bucket: must be one of day, week, month"),
        ({"clock": "cuckoo"}, "clock: must be one of known, valid"),
    ],
)
def test_options_out_of_range(rows: "Rows", options: dict[str, object], message: str) -> None:
    """What cannot be used is told by name."""
    with pytest.raises(InvalidQuery, match=message):
        analyse_balance(rows.snapshot(), **options)  # type: ignore[arg-type]


def test_an_empty_graph_is_analysed_too(rows: "Rows") -> None:
    """Nothing is in the way where there is nothing."""
    found = analyse_balance(rows.snapshot(), bucket="week")
    assert (found.parts, found.suggestions, found.moments, found.walks.share) == ((), (), (), None)


def test_the_budget_stops_it(rows: "Rows") -> None:
    """Beyond its time it ends in the error that says so."""
    claims = [rows.claim(tie.left, "opposes", tie.right) for tie in complete(6, -1).ties]
    with pytest.raises(QueryTimeout, match="stopped after"):
        analyse_balance(rows.snapshot(claims), budget_s=0.0)


def test_loops_are_compiled_ahead() -> None:
    """After warming, each of the three loops that large graphs need is there as machine code."""
    _compile.cache_clear()
    warm_balance()
    assert _compile.cache_info().currsize == 3
