"""Exports of a graph that follows its store: byte for byte those of the graph read as a whole."""

from datetime import date

import pytest

from graph.export import FORMATS
from graph.export.extras import Extras
from graph.filters import EdgeFilter
from graph.snapshot.cache import SnapshotCache
from graph.snapshot.read import read_columns
from graph.snapshot.snapshot import Snapshot
from graph.store import Store
from tests.graph.test_overlay import Writer, change


@pytest.mark.parametrize("seed", [0, 1])
def test_what_came_since_is_exported_in_its_place(sqlite_store: Store, seed: int) -> None:
    """After ingests, reviews, deletions and merges: the same rows in the same order, in every format and filter."""
    writer, cache = Writer(sqlite_store, seed), SnapshotCache(sqlite_store)
    for _ in range(4):
        writer.write()
    cache.current()
    extras, overlaid = Extras(sqlite_store), 0
    for _ in range(10):
        change(writer)
        followed = cache.current()
        if followed.columns.edge_count == followed.columns.base.edges:
            continue
        overlaid += 1
        whole = Snapshot(read_columns(sqlite_store))
        for where in (EdgeFilter(evidence=True), EdgeFilter(known_by=date(2014, 1, 20))):
            for known in FORMATS.values():
                written = b"".join(known.iter_chunks(followed, where, extras))
                assert written == b"".join(known.iter_chunks(whole, where, extras)), known.name
    assert overlaid >= 3
