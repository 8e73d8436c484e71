"""What changed between two days: relations that appeared, ended, changed sign or became disputed, and by which claims."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

import numpy as np

from graph.deadline import Deadline
from graph.edges import Edge, is_counting
from graph.errors import InvalidQuery
from graph.filters import EdgeFilter
from graph.ontology import Sign
from graph.rows import ClaimRow
from graph.snapshot.columns import Int32
from graph.snapshot.edge_records import list_edge_ids
from graph.snapshot.snapshot import GraphView, Snapshot

Reading = Literal["held", "known"]


@dataclass(frozen=True, slots=True)
class EdgeChange:
    """A relation that is not on the later day what it was on the earlier.

    Attributes:
        before: The edge of the earlier day; None if none counted.
        after: The edge of the later day; None if none counts.
        claims: What made the change: claims that speak on one of the two days alone, earliest first.
        day: From when it is so by the reading's clock, as far as these claims say; for what ended, the last day on which
            it held. None where they do not say.
    """

    before: Edge | None
    after: Edge | None
    claims: tuple[ClaimRow, ...]
    day: date | None

    @property
    def edge(self) -> Edge:
        """The edge as it is on the later day, or was on the earlier."""
        edge = self.after or self.before
        assert edge is not None  # noqa: S101 (one of the two is always there)
        return edge


@dataclass(frozen=True, slots=True)
class SignChange:
    """An ordered pair whose stance turned from support to opposition, or the other way.

    Attributes:
        sign_before: Sign of the pair's most confident signed relation on the earlier day, never 0.
        sign_after: The same on the later day; the opposite.
        before: The pair's signed relations of the earlier day, most confident first.
        after: Those of the later day.
        claims: What made the change, as in `EdgeChange`.
    """

    source: str
    target: str
    sign_before: Sign
    sign_after: Sign
    before: tuple[Edge, ...]
    after: tuple[Edge, ...]
    claims: tuple[ClaimRow, ...]


@dataclass(frozen=True, slots=True)
class GraphDiff:
    """The changes between two days, each list most confident first.

    Attributes:
        version: The graph's version.
        appeared: Relations that count on the later day and did not on the earlier.
        ended: Relations that counted on the earlier day and do not on the later.
        changed_sign: Pairs whose stance turned.
        became_disputed: Relations that count on both days, and are disputed on the later alone.
        totals: How many there are in each list without the limit, by the list's name.
    """

    version: int
    earlier: date
    later: date
    reading: Reading
    appeared: tuple[EdgeChange, ...]
    ended: tuple[EdgeChange, ...]
    changed_sign: tuple[SignChange, ...]
    became_disputed: tuple[EdgeChange, ...]
    totals: Mapping[str, int]


def compute_diff(
    snapshot: Snapshot,
    earlier: date,
    later: date,
    *,
    reading: Reading = "held",
    of: Iterable[str] = (),
    where: EdgeFilter | None = None,
    limit: int | None = None,
    budget_s: float | None = None,
) -> GraphDiff:
    """Compare the graph of two days.

    Args:
        snapshot: The graph.
        earlier: The first of the two days.
        later: The other.
        reading: `held` compares what held in the world on each day (valid time: the filter's `as_of`), `known` what had
            been published by each day (its `known_by`). Under `known` evidence only adds up, so hardly anything ends.
        of: Ids of entities; only relations that any of them has a part in. None is the whole graph.
        where: Which edges and claims to compare; it must leave the date of the reading open, and may set the other.
        limit: Most changes in each list; None for all.
        budget_s: Seconds after which the work is stopped; None for no limit.

    Raises:
        EntityNotFound: One of the entities is not in the snapshot.
        InvalidQuery: The days are not in order, or the filter sets the date that the reading sets.
        QueryTimeout: The budget was used up.

    Cost: two views of the snapshot, four where the filter selects edges; O(edges) in compiled code, and O(changes).
    """
    where = where or EdgeFilter()
    _check_options(earlier, later, reading, where)
    snapshot = snapshot.at(where.known_by)
    comparison = _Comparison(
        _Side(snapshot, _set_day(where, reading, earlier)),
        _Side(snapshot, _set_day(where, reading, later)),
        frozenset(snapshot.get_node(entity_id).id for entity_id in of),
        reading,
        Deadline(budget_s),
    )
    appeared, ended, disputed = comparison.find_changed_edges()
    turned = comparison.find_sign_changes()
    return GraphDiff(
        version=snapshot.version,
        earlier=earlier,
        later=later,
        reading=reading,
        appeared=comparison.build_changes(appeared, limit),
        ended=comparison.build_changes(ended, limit),
        changed_sign=tuple(turned[:limit]),
        became_disputed=comparison.build_changes(disputed, limit),
        totals={
            "appeared": len(appeared),
            "ended": len(ended),
            "changed_sign": len(turned),
            "became_disputed": len(disputed),
        },
    )


def _check_options(earlier: date, later: date, reading: str, where: EdgeFilter) -> None:
    if reading not in get_args(Reading):
        raise InvalidQuery("reading", f"must be one of {', '.join(get_args(Reading))}, not {reading!r}.")
    if earlier >= later:
        raise InvalidQuery("to", f"{later} is not after {earlier}.")
    option = "as_of" if reading == "held" else "known_by"
    if getattr(where, option) is not None:
        raise InvalidQuery(option, f"the two days say that already where the reading is {reading!r}.")


def _set_day(where: EdgeFilter, reading: Reading, day: date) -> EdgeFilter:
    return replace(where, as_of=day) if reading == "held" else replace(where, known_by=day)


class _Side:
    """The graph of one day: the edges that were asked for, and all evidence."""

    def __init__(self, snapshot: Snapshot, where: EdgeFilter) -> None:
        self.asked: GraphView = snapshot.view(replace(where, evidence=True))
        # What makes a relation disputed may be of a kind, or as weak, as was not asked for.
        self._all: GraphView = snapshot.view(
            replace(where, kinds=(), types=(), min_confidence=0.0, disputed=None, evidence=True)
        )

        rows = self.asked.take_edges(self.asked.edge_numbers)
        self.counting = np.zeros(self.asked.edge_count, np.bool_)
        self.counting[self.asked.edge_numbers] = rows.counts != 0
        self.disputed = np.zeros(self.asked.edge_count, np.bool_)
        self.disputed[self.asked.edge_numbers] = (rows.counts & rows.disputed) != 0

    def find_edge(self, number: int) -> Edge | None:
        """Return an edge that counts, by its number."""
        return self.asked.edge_at(number) if self.counting[number] else None

    def find_signed(self, source: str, target: str) -> tuple[Edge, ...]:
        """Return the signed edges of an ordered pair, most confident first; symmetric ones stand in both orders."""
        onward = self.asked.find_edges(source=source, target=target)
        back = () if source == target else self.asked.find_edges(source=target, target=source)
        edges = [*onward, *(edge for edge in back if edge.symmetric)]
        signed = (edge for edge in edges if edge.sign and edge.counts)
        return tuple(sorted(signed, key=lambda edge: (-edge.confidence, edge.id)))

    def get_claims(self, edge_id: str) -> tuple[ClaimRow, ...]:
        return self._all.get_claims(edge_id)

    def find_opponents(self, edge: Edge) -> list[Edge]:
        """Return the relations of opposite sign that tear an edge's pair."""
        same = self._all.find_edges(source=edge.source, target=edge.target)
        opposite = self._all.find_edges(source=edge.target, target=edge.source)
        mirrored = (other for other in opposite if other.symmetric or edge.symmetric)
        return [other for other in (*same, *mirrored) if other.counts and other.sign == -edge.sign]


class _Comparison:
    """Two sides of one filtered graph; edges are compared as arrays, and only changes are made into objects."""

    def __init__(
        self, before: _Side, after: _Side, of: frozenset[str], reading: Reading, deadline: Deadline
    ) -> None:
        self._before = before
        self._after = after
        self._reading = reading
        self._deadline = deadline
        self._numbers = _list_edges(before.asked, after.asked, of)
        self._was = before.counting[self._numbers]
        self._now = after.counting[self._numbers]

    def find_changed_edges(self) -> tuple[Int32, Int32, Int32]:
        """Return the numbers of the edges that appeared, that ended, and that became disputed."""
        numbers = self._numbers
        turned = self._after.disputed[numbers] & ~self._before.disputed[numbers]
        return (
            numbers[self._now & ~self._was],
            numbers[self._was & ~self._now],
            numbers[self._was & self._now & turned],
        )

    def build_changes(self, numbers: Int32, limit: int | None) -> tuple[EdgeChange, ...]:
        """Return the changes of some edges, most confident first, then by id."""
        after, before = self._after.asked, self._before.asked
        confidences = np.where(self._after.counting, after.confidences, before.confidences)[numbers]
        ids = list_edge_ids(after.columns, numbers)
        ranked = sorted(zip((-confidences).tolist(), ids, numbers.tolist(), strict=True))
        return tuple(self._build_change(number) for _, _, number in ranked[:limit])

    def _build_change(self, number: int) -> EdgeChange:
        self._deadline.check()
        before, after = self._before.find_edge(number), self._after.find_edge(number)
        if before and after:
            claims = self._find_disputing(after)
        else:
            claims = self._find_changed(edge.id for edge in (before, after) if edge)
        find_day = _find_last_day if after is None else self._find_first_day
        return EdgeChange(before, after, claims, find_day(claims))

    def _find_first_day(self, claims: Iterable[ClaimRow]) -> date | None:
        is_valid_time = self._reading == "held"
        days = ((is_valid_time and claim.valid_from) or claim.published_on for claim in claims)
        return min((day for day in days if day), default=None)

    def _find_changed(self, edge_ids: Iterable[str]) -> tuple[ClaimRow, ...]:
        """Return the claims that count on one of the two days and not on the other, earliest first."""
        found: dict[str, ClaimRow] = {}
        for edge_id in edge_ids:
            before = {claim.id: claim for claim in self._before.get_claims(edge_id) if is_counting(claim)}
            after = {claim.id: claim for claim in self._after.get_claims(edge_id) if is_counting(claim)}
            found |= {key: (before.get(key) or after[key]) for key in before.keys() ^ after.keys()}
        return _sort_claims(found.values())

    def _find_disputing(self, edge: Edge) -> tuple[ClaimRow, ...]:
        """Return what speaks against an edge on the later day and did not on the earlier, earliest first."""
        known = {claim.id for claim in self._before.get_claims(edge.id)}
        denials = [
            claim for claim in self._after.get_claims(edge.id) if claim.id not in known and _is_denial(claim)
        ]
        opponents = self._after.find_opponents(edge)
        return _sort_claims([*denials, *self._find_changed(other.id for other in opponents)])

    def find_sign_changes(self) -> list[SignChange]:
        """Return the pairs whose stance turned, those of the most confident relations first."""
        found = []
        for source, target in self._find_torn_pairs():
            self._deadline.check()
            was, now = self._before.find_signed(source, target), self._after.find_signed(source, target)
            edges = {edge.id: edge for edge in (*was, *now)}
            is_mirror = source > target and all(edge.symmetric for edge in edges.values())
            if _find_stance(was) * _find_stance(now) == -1 and not is_mirror:
                claims = self._find_changed(edges)
                change = SignChange(source, target, _find_stance(was), _find_stance(now), was, now, claims)
                found.append(change)
        return sorted(found, key=lambda change: (-change.after[0].confidence, change.source, change.target))

    def _find_torn_pairs(self) -> list[tuple[str, str]]:
        """Return the pairs, in both orders, with a support and an opposition on either day; no other can turn."""
        rows, nodes = self._before.asked.columns.edges, self._before.asked.columns.nodes
        signed = self._numbers[(self._was | self._now) & (rows.sign[self._numbers] != 0)]
        source, target = rows.source[signed].astype(np.int64), rows.target[signed].astype(np.int64)
        count = self._before.asked.node_count
        keys = np.minimum(source, target) * count + np.maximum(source, target)
        torn = np.intersect1d(keys[rows.sign[signed] > 0], keys[rows.sign[signed] < 0]).tolist()
        pairs = ((nodes.ids[key // count], nodes.ids[key % count]) for key in torn)
        return [order for one, other in pairs for order in {(one, other), (other, one)}]


def _list_edges(before: GraphView, after: GraphView, of: frozenset[str]) -> Int32:
    """Return the numbers of the edges at some nodes, or of all, that either day has."""
    if not of:
        return np.flatnonzero(before.present | after.present).astype(np.int32)
    at = [view.list_edges_at(view.columns.nodes.find(node)) for node in of for view in (before, after)]
    return np.unique(np.concatenate(at))


def _is_denial(claim: ClaimRow) -> bool:
    return claim.polarity == "denied" and claim.modality != "possible" and claim.review_status != "rejected"


def _find_last_day(claims: Iterable[ClaimRow]) -> date | None:
    days = (claim.valid_to or (claim.published_on if claim.modality == "past" else None) for claim in claims)
    return max((day for day in days if day), default=None)


def _sort_claims(claims: Iterable[ClaimRow]) -> tuple[ClaimRow, ...]:
    return tuple(sorted(claims, key=lambda c: (c.published_on is None, c.published_on or date.max, c.id)))


def _find_stance(edges: tuple[Edge, ...]) -> Sign:
    """Return the sign of the most confident of a pair's signed edges; 0 where both signs are equally so."""
    best = {edge.sign for edge in edges if edge.confidence == edges[0].confidence}
    return best.pop() if len(best) == 1 else 0
