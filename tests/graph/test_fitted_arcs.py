"""Masks in the order of arcs: carried from state to state they are what fitting them anew gives."""

from typing import get_args

import numpy as np
import pytest

from graph.adjacency import Walk
from graph.csr import fit_walk
from graph.filters import EdgeFilter
from graph.snapshot.cache import SnapshotCache
from graph.snapshot.fitted_arcs import FittedArcs
from graph.snapshot.graph_view import GraphView, WalkDirection
from graph.snapshot.read import read_columns
from graph.snapshot.snapshot import Snapshot
from graph.store import Store
from tests.graph.test_overlay import Writer

_FILTERS = (EdgeFilter(), EdgeFilter(kinds=["supports"]), EdgeFilter(sources=["AFP"]))


def list_open(walk: Walk) -> list[list[int]]:
    """Return the bits of the arcs of each part; those behind the last arc mean nothing."""
    return [np.unpackbits(part.open, bitorder="little")[: len(part.edges)].tolist() for part in walk]


def assert_fits(view: GraphView, direction: WalkDirection) -> None:
    """A view's walk opens the arcs of the edges that may be walked."""
    anew = fit_walk(view.walk(direction), view.allowed)
    assert list_open(view.fit_walk(direction)) == list_open(anew)


@pytest.mark.parametrize("directions", [("any",), ("any", "out", "in"), ("out",)])
def test_arcs_stay_fitted_while_the_graph_grows(
    sqlite_store: Store, directions: tuple[WalkDirection, ...]
) -> None:
    """Edges are replaced and come, some versions are never walked, and what is compacted is fitted beforehand."""
    writer, cache = Writer(sqlite_store, 5), SnapshotCache(sqlite_store)
    for _ in range(20):
        writer.write(claims=12)
    for turn in range(8):
        snapshot = cache.current()
        for where in _FILTERS:
            view = snapshot.view(where)
            for direction in directions if turn % 3 else ():
                assert_fits(view, direction)
        writer.write(claims=6)
    compacted = Snapshot(read_columns(sqlite_store))
    compacted.prepare(snapshot)
    for where in _FILTERS:
        for direction in get_args(WalkDirection):
            assert_fits(compacted.view(where), direction)


def test_few_edges_are_shut_one_by_one(sqlite_store: Store) -> None:
    """Whichever edges they are, whichever way their arcs lie."""
    writer = Writer(sqlite_store, 6)
    for _ in range(60):
        writer.write(claims=12, most_entities=1)
    columns = read_columns(sqlite_store)
    view, edges = Snapshot(columns).view(), columns.edge_count
    assert edges > 200
    random, before = np.random.default_rng(1), None
    allowed = np.ones(edges, np.uint8)
    for _ in range(12):
        allowed = allowed.copy()
        allowed[random.integers(edges, size=3)] = 0
        for fitted in (FittedArcs(allowed), before := FittedArcs(allowed, before)):
            for direction in get_args(WalkDirection):
                walk = view.walk(direction)
                assert list_open(fitted.fit(columns, walk)) == list_open(fit_walk(walk, allowed))
