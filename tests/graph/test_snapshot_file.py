"""Snapshot files: mapped they are the graph that was saved, and what is damaged, cut short or stale is built anew."""

import logging
import multiprocessing
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from sqlalchemy import text

from graph.snapshot import cache as snapshot_cache
from graph.snapshot.cache import SnapshotCache, find_snapshot_path
from graph.snapshot.file import DamagedFile, check_file, load_columns, save_columns
from graph.snapshot.read import read_columns
from graph.snapshot.snapshot import Snapshot
from graph.store import Store
from tests.graph.test_overlay import Writer, assert_same

if TYPE_CHECKING:
    from tests.conftest import PostgresServer


@pytest.fixture(autouse=True)
def _save_small_graphs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have graphs of any size saved, so that a few documents will do."""
    monkeypatch.setattr(snapshot_cache, "FEWEST_SAVED", 0)


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Writer]:
    """A store of a dozen documents."""
    with Store.open(f"sqlite:///{tmp_path / 'graph.db'}") as store:
        store.upgrade()
        writer = Writer(store, 3)
        for _ in range(12):
            writer.write()
        yield writer


@pytest.fixture
def path(written: Writer) -> Path:
    """Its snapshot, saved as the service saves it."""
    SnapshotCache(written.store).current()
    found = find_snapshot_path(written.store)
    assert found is not None
    return found


def test_a_file_is_the_graph_that_was_saved(written: Writer, path: Path) -> None:
    """Merged entities, metonyms and known places included; it lies beside the database, and nobody can write to it."""
    left, right = written.entities[:2]
    written.store.add_judgement(left, right, "same")
    columns = read_columns(written.store)
    save_columns(columns, path)
    loaded = load_columns(path)
    assert path.name == "graph.db-snapshot"
    assert_same(Snapshot(loaded), Snapshot(columns))
    assert not loaded.edges.confidence.flags.writeable


def test_a_start_maps_the_file_and_follows_from_there(written: Writer, path: Path) -> None:
    """What was stored since the file was written is laid over it; the file itself stays."""
    before = path.read_bytes()
    written.write(claims=9)
    snapshot = SnapshotCache(written.store).current()
    assert snapshot.columns.edge_count > snapshot.columns.base.edges
    assert_same(snapshot, Snapshot(read_columns(written.store)))
    assert path.read_bytes() == before


def _cut(data: bytes) -> bytes:
    return data[:-5000]


def _flip_in_array(data: bytes) -> bytes:
    # The confidences are the only doubles of a half.
    place = data.index(np.array([0.5]).tobytes())
    return data[:place] + b"\x01" + data[place + 1 :]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_cut, "cut short"),
        (_flip_in_array, "is not as it was written"),
        (lambda data: data + b"more", "too long"),
        (lambda data: data[:60], "header is damaged"),
        (lambda data: data[:30], "cut short"),
        (lambda data: data.replace(b'"version"', b'"verslon"', 1), "header is damaged"),
        (lambda _: b"", "not a snapshot of this version"),
        (lambda data: b"PK" + data, "not a snapshot of this version"),
    ],
    ids=[
        "cut",
        "one bit",
        "longer",
        "half a header",
        "hardly begun",
        "header changed",
        "empty",
        "another file",
    ],
)
def test_a_damaged_file_is_built_anew(
    written: Writer,
    path: Path,
    damage: Callable[[bytes], bytes],
    said: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The log says what was wrong, the answer is right, and the file is whole again."""
    whole = path.read_bytes()
    path.write_bytes(damage(whole))
    with pytest.raises(DamagedFile, match=said):
        load_columns(path)
    with caplog.at_level(logging.WARNING, logger="graph.snapshot.cache"):
        snapshot = SnapshotCache(written.store).current()
    assert said in caplog.text
    assert_same(snapshot, Snapshot(read_columns(written.store)))
    check_file(path)


def test_what_walking_relies_on_is_always_checked(path: Path) -> None:
    """Of a file too large to be read at the start, a wrong end of an edge is found, and a wrong confidence later."""
    whole = path.read_bytes()
    columns = load_columns(path)
    place = whole.index(columns.base.forward.heads.tobytes())
    path.write_bytes(whole[:place] + b"\x77" + whole[place + 1 :])
    with pytest.raises(DamagedFile, match=r"forward\.heads"):
        load_columns(path, check_all=False)
    path.write_bytes(_flip_in_array(whole))
    load_columns(path, check_all=False)
    with pytest.raises(DamagedFile, match=r"edges\.confidence|claims\.confidence"):
        check_file(path)


def test_a_stale_file_is_built_anew(written: Writer, path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Where it cannot be told what changed, the graph is read as a whole, and the file is of the new version."""
    written.write()
    with written.store.writing() as connection:
        connection.execute(text("DELETE FROM graph_change"))
    with caplog.at_level(logging.INFO, logger="graph.snapshot.cache"):
        snapshot = SnapshotCache(written.store).current()
    assert "is stale" in caplog.text
    assert load_columns(path).version == snapshot.version == written.store.get_version()


def test_a_file_of_another_database_is_not_used(written: Writer, path: Path, tmp_path: Path) -> None:
    """A file from before a database was thrown away and made anew is not mistaken for its snapshot."""
    with Store.open(f"sqlite:///{tmp_path / 'new.db'}") as store:
        store.upgrade()
        writer = Writer(store, 9)
        while store.get_version() < written.store.get_version():
            writer.write()
        path.rename(tmp_path / "new.db-snapshot")
        assert_same(SnapshotCache(store).current(), Snapshot(read_columns(store)))


def _read_in_process(url: str, results: "multiprocessing.Queue[tuple[int, int, float]]") -> None:
    with Store.open(url) as store:
        view = SnapshotCache(store).current().view()
        results.put((view.version, len(view.edges), float(view.confidences[view.present != 0].sum())))


def test_processes_that_start_together_agree(written: Writer, path: Path) -> None:
    """Several build, save and map the same file at once, from nothing; each has the whole graph."""
    path.unlink()
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    url = f"sqlite:///{written.store.path}"
    workers = [context.Process(target=_read_in_process, args=(url, results)) for _ in range(3)]
    for worker in workers:
        worker.start()
    found = {results.get(timeout=120) for _ in workers}
    for worker in workers:
        worker.join()
    view = Snapshot(read_columns(written.store)).view()
    assert {(version, edges) for version, edges, _ in found} == {(view.version, len(view.edges))}
    assert not list(path.parent.glob("*.part"))


def test_many_new_edges_are_compacted(written: Writer, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Past a share of the graph the columns are built anew in the background; answers are the same before and after."""
    monkeypatch.setattr(snapshot_cache, "FEWEST_COMPACTED", 1)
    cache = SnapshotCache(written.store)
    cache.current()
    for _ in range(4):
        written.write(claims=12)
    laid_over = cache.current()
    cache.wait()
    compacted = cache.current()
    assert laid_over.columns.edge_count > laid_over.columns.base.edges
    assert compacted.columns.edge_count == compacted.columns.base.edges
    assert_same(compacted, laid_over)
    assert load_columns(path).version == compacted.version


def test_a_folder_that_cannot_be_written_is_no_failure(
    written: Writer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The graph is read from the store each time, and the log says why."""
    taken = tmp_path / "taken"
    taken.write_text("a file where a folder should be")
    snapshot = SnapshotCache(written.store, taken / "graph.snapshot").current()
    assert snapshot.version == written.store.get_version()
    assert "could not be kept" in caplog.text


def test_postgresql_keeps_it_in_the_cache(
    postgres_server: "PostgresServer", monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each database has a file of its own in the folder set for it, and starts from it; one in memory has none."""
    monkeypatch.setenv("ACTORGRAPH_CACHE", str(tmp_path / "cache"))
    paths = set()
    for seed in (1, 2):
        with Store.open(postgres_server.create_database(postgres_server.template)) as store:
            writer = Writer(store, seed)
            writer.write(claims=9)
            SnapshotCache(store).current()
            writer.write(claims=9)
            assert_same(SnapshotCache(store).current(), Snapshot(read_columns(store)))
            paths.add(find_snapshot_path(store))
    assert paths == set((tmp_path / "cache").iterdir())
    assert len(paths) == 2
    with Store.open("sqlite://") as store:
        assert find_snapshot_path(store) is None
