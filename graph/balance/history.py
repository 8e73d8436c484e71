"""Balance over time: how the ties known by the end of each day, week or month hang together."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from graph.balance.frustration import Weight, measure_frustration
from graph.balance.ties import Ambivalent, SignedGraph, read_signed_graph
from graph.balance.triads import count_triads
from graph.deadline import Deadline
from graph.errors import InvalidQuery
from graph.filters import EdgeFilter
from graph.snapshot.graph_view import GraphView
from graph.snapshot.snapshot import Snapshot

Bucket = Literal["day", "week", "month"]
Clock = Literal["known", "valid"]

MOST_MOMENTS = 120


@dataclass(frozen=True, slots=True)
class Moment:
    """The balance of what was there at the end of one day.

    Attributes:
        day: The last day of a span of time.
        actors: Actors with a signed tie.
        positive: Ties that support.
        negative: Ties that oppose.
        ambivalent: Pairs that do both, and are set apart.
        balanced: Balanced triads.
        unbalanced: Unbalanced triads.
        frustration_lower: The frustration index, or its lower bound.
        frustration_upper: The same, or its upper bound.
    """

    day: date
    actors: int
    positive: int
    negative: int
    ambivalent: int
    balanced: int
    unbalanced: int
    frustration_lower: float
    frustration_upper: float


def trace_balance(
    snapshot: Snapshot,
    where: EdgeFilter,
    *,
    bucket: Bucket,
    clock: Clock = "known",
    weight: Weight = "ties",
    ambivalent: Ambivalent = "apart",
    deadline: Deadline | None = None,
) -> tuple[Moment, ...]:
    """Return the balance at the end of each span of time from the first claim on to the last.

    Args:
        snapshot: The graph.
        where: Which edges. Its own date of the clock asked for, if any, is where the last span ends.
        bucket: How long a span is; weeks end on Sunday.
        clock: `known` takes what had been published by the day, `valid` what held on it.
        weight: What a frustrated tie costs.
        ambivalent: As for `graph.balance.ties.read_signed_graph`.
        deadline: When to stop.

    Raises:
        InvalidQuery: There are more than 120 spans.
        QueryTimeout: The deadline passed.

    Cost: for each span that of filtering the graph by a date, and of measuring it.
    """
    deadline = deadline or Deadline(None)
    ends = _list_ends(snapshot.view(where), bucket, clock)
    if len(ends) > MOST_MOMENTS:
        raise InvalidQuery(
            "bucket",
            f"there are {len(ends)} of them, and at most {MOST_MOMENTS} are measured; take a longer one.",
        )
    moments = []
    for day in ends:
        deadline.check()
        then = replace(where, known_by=day) if clock == "known" else replace(where, as_of=day)
        graph = read_signed_graph(snapshot.view(then), ambivalent)
        moments.append(_measure(graph, day, weight, deadline))
    return tuple(moments)


def _list_ends(view: GraphView, bucket: Bucket, clock: Clock) -> list[date]:
    """Return the last days of all spans that a view's signed edges lie in."""
    limit = view.where.known_by if clock == "known" else view.where.as_of
    edges = [edge for edge in view.walkable if edge.sign]
    days = [day for edge in edges for day in (edge.first, edge.last) if day is not None]
    if clock == "valid":
        days += [day for edge in edges for day in (edge.valid_from, edge.valid_to) if day is not None]
    if not days:
        return []
    return list(_iter_ends(min(days), min(max(days), limit) if limit else max(days), bucket))


def _measure(graph: SignedGraph, day: date, weight: Weight, deadline: Deadline) -> Moment:
    census = count_triads(graph, limit=0, deadline=deadline)
    found = measure_frustration(graph, weight=weight, exact=len(graph.ties) <= 500, deadline=deadline)
    positive = int((graph.signs > 0).sum())
    return Moment(
        day,
        len(graph.actors),
        positive,
        len(graph.ties) - positive,
        len(graph.ambivalent),
        census.balanced_total,
        census.unbalanced_total,
        found.lower,
        found.upper,
    )


def _iter_ends(first: date, last: date, bucket: Bucket) -> Iterator[date]:
    """Yield the last day of each span from that of `first` on; the one that `last` is in ends on `last`."""
    end = _find_end(first, bucket)
    while end < last:
        yield end
        end = _find_end(end + timedelta(days=1), bucket)
    yield last


def _find_end(day: date, bucket: Bucket) -> date:
    if bucket == "day":
        return day
    if bucket == "week":
        return day + timedelta(days=6 - day.weekday())
    following = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)
