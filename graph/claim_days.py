"""On which day how many claims were made, of every kind: counted over the columns of a snapshot at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from graph.filters import EdgeFilter
from graph.snapshot.columns import (
    AFFIRMED,
    GAZETTEER,
    NO_DAY,
    PAST,
    REJECTED,
    ClaimColumns,
    Int32,
    Int64,
    from_day,
    take_rows,
)
from graph.snapshot.columns import POSSIBLE as MAYBE
from graph.snapshot.graph_view import GraphView
from graph.snapshot.snapshot import Snapshot

Clock = Literal["published", "valid"]

DENIED = "denied"
"""Stands for a kind where claims say that something is not so."""
POSSIBLE = "possible"
"""Stands for a kind where claims say that something may be so."""

_LATEST = np.iinfo(np.int32).max


def count_by_day(
    snapshot: Snapshot, of: Sequence[str], clock: Clock, where: EdgeFilter, *, stories_once: bool
) -> Mapping[tuple[date | None, str], int]:
    """Count claims by their day (None where the clock cannot tell) and kind, `DENIED` or `POSSIBLE`.

    Args:
        snapshot: The graph.
        of: Ids of nodes; the claims of their edges are counted. None is the whole graph.
        clock: What a claim's day is; see `graph.timeline.compute_timeline`.
        where: Which claims to count; those that a reviewer rejected never are.
        stories_once: Count what one story says of one edge once, on the earliest of its days.

    Cost: O(claims log claims) in compiled code, and the filter's view.
    """
    view = snapshot.view(replace(where, evidence=True))
    columns = view.columns
    rows, edge = _find_claims(view, of)
    claims = take_rows(columns.claims, rows)
    day = _place(claims, columns.documents.published[claims.document], clock)
    denied, maybe = claims.polarity != AFFIRMED, claims.modality == MAYBE
    kinds = len(columns.words.kinds)
    sort = columns.edges.kind[edge].astype(np.int64)
    sort[denied] = kinds
    sort[maybe] = kinds + 1
    if stories_once:
        kept = _pick_one_a_story(edge, columns.documents.story[claims.document], denied, maybe, day)
        day, sort = day[kept], sort[kept]
    names = [*columns.words.kinds.words, DENIED, POSSIBLE]
    pairs, counts = np.unique(np.stack((day, sort)), axis=1, return_counts=True)
    return {
        (from_day(int(when)), names[int(what)]): int(count)
        for when, what, count in zip(*pairs, counts, strict=True)
    }


def _find_claims(view: GraphView, of: Sequence[str]) -> tuple[Int64, Int64]:
    """Return the rows of the claims to count, and which edge each is of."""
    columns = view.columns
    numbers = view.edge_numbers
    if of:
        around = [view.list_edges_at(columns.nodes.find(node)) for node in of]
        numbers = np.unique(np.concatenate(around))
    numbers = numbers[columns.edges.origin[numbers] != GAZETTEER]
    rows, edge = view.list_claims(numbers)
    kept = columns.claims.review[rows] != REJECTED
    return rows[kept], edge[kept]


def _place(claims: ClaimColumns, published: Int32, clock: Clock) -> Int32:
    """Return the day of each claim, `NO_DAY` where nothing tells."""
    if clock == "published":
        return published
    untold = np.where(claims.modality == PAST, NO_DAY, published)
    last_told = np.where(claims.valid_to != NO_DAY, claims.valid_to, untold)
    placed: Int32 = np.where(claims.valid_from != NO_DAY, claims.valid_from, last_told)
    return placed


def _pick_one_a_story(
    edge: Int64, story: Int32, denied: NDArray[np.bool_], maybe: NDArray[np.bool_], day: Int32
) -> NDArray[Any]:
    """Return which claims are the earliest of their story and sort (it is so, it is not, it may be) on one edge."""
    undated_last = np.where(day == NO_DAY, _LATEST, day)
    groups = np.stack((edge, story.astype(np.int64), denied.astype(np.int64), maybe.astype(np.int64)))
    order = np.lexsort((undated_last, *groups))
    ordered = groups[:, order]
    is_first = np.ones(len(order), np.bool_)
    is_first[1:] = (ordered[:, 1:] != ordered[:, :-1]).any(axis=0)
    return order[is_first]
