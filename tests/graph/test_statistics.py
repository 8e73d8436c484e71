"""Counts of what is in the graph."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot
from graph.statistics import compute_statistics

if TYPE_CHECKING:
    from tests.graph.conftest import Rows


@pytest.fixture
def world(rows: "Rows") -> Snapshot:
    """Four text edges, one of them only denied, one place, one lone state."""
    return rows.snapshot(
        [
            rows.claim("iran", "supports", "iraq", outlet="AFP", published_on=date(2014, 6, 10)),
            rows.claim("iran", "supports", "iraq", outlet="AFP", published_on=date(2014, 6, 20)),
            rows.claim("iran", "supports", "iraq", outlet="BBC", polarity="denied"),
            rows.claim("iran", "opposes", "isis", outlet="BBC"),
            rows.claim("isis", "opposes", "iraq", published_on=None),
            rows.claim("iraq", "opposes", "iran", polarity="denied", published_on=date(2010, 1, 1)),
        ],
        places=[rows.known_place("mosul", "iraq")],
        entities=[rows.entity("syria")],
        version=9,
    )


def test_everything_is_counted(world: Snapshot) -> None:
    """By type, kind, origin and outlet, the commonest first; dates are those of what counts."""
    counted = compute_statistics(world)
    assert (counted.version, counted.nodes, counted.edges) == (9, 5, 4)
    assert list(counted.nodes_by_type.items()) == [("country", 3), ("armed-group", 1), ("place", 1)]
    assert list(counted.edges_by_kind.items()) == [("opposes", 2), ("located-in", 1), ("supports", 1)]
    assert dict(counted.edges_by_origin) == {"text": 3, "gazetteer": 1}
    assert (counted.claims, counted.denials, counted.disputed, counted.evidence_only) == (4, 1, 1, 1)
    assert list(counted.outlets.items()) == [("AFP", 2), ("BBC", 2)]
    assert (counted.first, counted.last) == (date(2014, 6, 10), date(2014, 6, 20))


def test_a_filter_narrows_the_counts(world: Snapshot) -> None:
    """Only what one outlet says."""
    counted = compute_statistics(world, EdgeFilter(sources=["BBC"]))
    assert (counted.nodes, counted.edges, counted.claims, dict(counted.outlets)) == (2, 1, 1, {"BBC": 1})


def test_an_empty_graph_has_no_dates(rows: "Rows") -> None:
    """Nothing is invented."""
    counted = compute_statistics(rows.snapshot())
    assert (counted.nodes, counted.edges, counted.first, counted.last) == (0, 0, None, None)
