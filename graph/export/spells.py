"""When edges held, as their claims tell: spans of days, for formats that know of time."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.snapshot.columns import (
    AFFIRMED,
    GAZETTEER,
    NO_DAY,
    PAST,
    POSSIBLE,
    REJECTED,
    ClaimColumns,
    Int32,
    Int64,
    take_rows,
)
from graph.snapshot.snapshot import GraphView

Bools = NDArray[np.bool_]


_ALWAYS_BEFORE, _NEVER_AFTER = 0, 1 << 23
"""A day before all days that there are, and one behind them; `date.max` is day 3,652,059."""


class Spells(NamedTuple):
    """Spans of days of many edges, each edge's in order, with days between each and the next.

    Attributes:
        place: (spells,) which edge each is of, as its place among the edges asked for; ascending.
        start: (spells,) first day, `NO_DAY` where nobody knows it.
        end: (spells,) last day, likewise.
    """

    place: Int64
    start: Int32
    end: Int32


def find_spells(view: GraphView, numbers: Int32) -> Spells:
    """Return when some edges of a view held, as the claims tell that count, or all claims where none does.

    A day lies in a spell exactly when `graph.filters.is_valid_on` places one of those claims on it, so that stepping
    through an export shows what `as_of` would. Claims without any date are in no spell, and geography has none.

    Args:
        view: What a filter leaves.
        numbers: Of edges of the view, ascending or not.

    Cost: O(claims log claims), in columns.
    """
    is_text = np.flatnonzero(view.columns.edges.origin[numbers] != GAZETTEER)
    rows, edges = view.list_claims(numbers[is_text])
    # Claims stand edge by edge in the order asked for, so a new edge begins wherever the number changes.
    place = np.zeros(len(edges), np.int64)
    if len(edges):
        order = np.argsort(numbers[is_text], kind="stable")
        place = is_text[order[np.searchsorted(numbers[is_text][order], edges)]]
    claims = take_rows(view.columns.claims, rows)
    kept = _choose(claims, place, len(numbers))
    published = view.columns.documents.published[claims.document]
    start, end, dated = _place(claims, published)
    kept &= dated
    return _merge(place[kept], start[kept], end[kept])


def _choose(claims: ClaimColumns, place: Int64, edges: int) -> Bools:
    """Say which claims tell when their edge held: those that count, or all where none does."""
    counting: Bools = (
        (claims.polarity == AFFIRMED) & (claims.modality != POSSIBLE) & (claims.review != REJECTED)
    )
    has_counting = np.zeros(edges, np.bool_)
    has_counting[place[counting]] = True
    return counting | ~has_counting[place]


def _place(claims: ClaimColumns, published: Int32) -> tuple[Int64, Int64, Bools]:
    """Return from when to when each claim held, open ends beyond all days, and whether it was ever so."""
    start, end = claims.valid_from, claims.valid_to
    unknown = (start == NO_DAY) & (end == NO_DAY) & (published == NO_DAY)
    past = claims.modality == PAST
    first = np.where(~past & (end == NO_DAY) & (start == NO_DAY), published, start).astype(np.int64)
    last = np.where(past & (end == NO_DAY), published, end).astype(np.int64)
    first[first == NO_DAY] = _ALWAYS_BEFORE
    last[last == NO_DAY] = _NEVER_AFTER
    return first, last, ~unknown & (first <= last)


def _merge(place: Int64, start: Int64, end: Int64) -> Spells:
    """Join the spans of each edge that overlap or follow on the next day."""
    order = np.lexsort((start, place))
    place, start, end = place[order], start[order], end[order]
    # The latest end so far of each edge: those of later edges are made greater than all of earlier ones.
    room = np.int64(_NEVER_AFTER + 2)
    reached = np.maximum.accumulate(place * room + end) - place * room
    begins = np.ones(len(place), np.bool_)
    begins[1:] = (place[1:] != place[:-1]) | (start[1:] > reached[:-1] + 1)
    first = np.flatnonzero(begins)
    last = np.append(first[1:], len(place))[: len(first)] - 1
    return Spells(place[first], _open(start[first], _ALWAYS_BEFORE), _open(reached[last], _NEVER_AFTER))


def _open(days: Int64, beyond: int) -> Int32:
    return np.where(days == beyond, NO_DAY, days).astype(np.int32)
