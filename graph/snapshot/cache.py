"""The newest snapshot of a store, for everybody who asks."""

import logging
import os
from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from threading import Lock, Thread

from graph.errors import StoreError
from graph.snapshot.collector import pause_collector
from graph.snapshot.compaction import compact
from graph.snapshot.file import DamagedFile, check_file, is_checked_whole, load_columns, save_columns
from graph.snapshot.graph_columns import GraphColumns
from graph.snapshot.overlay import lay_over, read_delta
from graph.snapshot.read import read_columns
from graph.snapshot.snapshot import Snapshot
from graph.store import Store

_log = logging.getLogger(__name__)

FEWEST_SAVED = 5_000
"""Graphs of fewer claims and edges are read from the store as fast as from a file."""

FEWEST_COMPACTED = 4_096
"""So many edges, and a sixteenth of the graph's, may be laid over it before it is put in order anew in the background."""

_ROWS_TOUCHED = 32_768
"""So many rows of each table find their room in memory when they come: some megabytes, in as many milliseconds."""


def find_snapshot_path(store: Store) -> Path | None:
    """Return where a store's snapshot is kept: beside a SQLite file, else in the user's cache; None for memory.

    The cache is `ACTORGRAPH_CACHE`, or `actorgraph` in `XDG_CACHE_HOME` or `~/.cache`.
    """
    if store.path is not None:
        return store.path.with_name(f"{store.path.name}-snapshot")
    if store.is_in_memory:
        return None
    folder = os.environ.get("ACTORGRAPH_CACHE")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "actorgraph"
    name = blake2b(store.address.encode(), digest_size=12).hexdigest()
    return (Path(folder) if folder else cache) / f"{name}.snapshot"


class SnapshotCache:
    """The newest snapshot of a store; what was written since is laid over it when somebody asks.

    Readers get a whole snapshot: of the version that the store has when they ask, or a later one. Snapshots of large
    graphs are kept in a file, which other processes and the next start map into memory.

    Args:
        store: Whose.
        path: The file; None for the place that `find_snapshot_path` gives.
    """

    def __init__(self, store: Store, path: Path | None = None) -> None:
        self._store = store
        self._path = path or find_snapshot_path(store)
        self._lock = Lock()
        self._snapshot: Snapshot | None = None
        self._worker: Thread | None = None

    @property
    def version(self) -> int | None:
        """The version of the newest snapshot there is; None before the first."""
        snapshot = self._snapshot
        return None if snapshot is None else snapshot.version

    def current(self) -> Snapshot:
        """Return a snapshot no older than this call.

        Raises:
            StoreError: The store cannot be read.

        Cost: one version query; if it moved, that of `lay_over`, or of `read_columns` where all has to be read.
        """
        snapshot = self._snapshot
        if snapshot is not None:
            with self._store.at_one_version() as store:
                if snapshot.version == store.get_version():
                    return snapshot
                if (followed := self._follow_at_once(snapshot, store)) is not None:
                    return followed
        with self._lock:
            # Another thread may have made what this one waited for; then nothing changed since.
            with self._store.at_one_version() as store:
                self._snapshot = self._follow(self._snapshot, store)
            return self._snapshot

    def _follow_at_once(self, snapshot: Snapshot, store: Store) -> Snapshot | None:
        """Follow a store at one version that is open already; None where another thread is at it, or was.

        Nobody waits here: whoever holds the lock may be waiting for the store that this thread has.
        """
        if not self._lock.acquire(blocking=False):
            return None
        try:
            if self._snapshot is not snapshot:
                return None
            self._snapshot = self._follow(snapshot, store)
            return self._snapshot
        finally:
            self._lock.release()

    def follow(self) -> None:
        """Bring the snapshot up to date if there is one, for those who ask next; whoever writes calls it afterwards."""
        if self._snapshot is None:
            return
        try:
            self.current()
        except StoreError as error:
            # What was written is written; the next reader meets the same failure and is told.
            _log.warning("The snapshot could not be brought up to date: %s", error)

    def wait(self, timeout_s: float | None = None) -> None:
        """Wait until what runs in the background is done."""
        worker = self._worker
        if worker is not None:
            worker.join(timeout_s)

    def _follow(self, before: Snapshot | None, store: Store) -> Snapshot:
        columns = self._load() if before is None else before.columns
        followed = None if columns is None else self._lay_over(columns, store)
        if followed is None:
            if before is None and columns is not None:
                _log.info(
                    "The snapshot %s is stale (version %d); building it anew.", self._path, columns.version
                )
            followed = read_columns(store)
            followed.touch_room(_ROWS_TOUCHED)
            self._save(followed)
        elif followed.edge_count - followed.base.edges > FEWEST_COMPACTED + followed.base.edges // 16:
            self._start(self._compact)
        return Snapshot(followed) if before is None else before.follow(followed)

    @pause_collector()
    def _lay_over(self, columns: GraphColumns, store: Store) -> GraphColumns | None:
        delta = read_delta(columns, store)
        if delta is None:
            return None
        if not delta.is_empty:
            return lay_over(columns, delta)
        if delta.version.version == columns.version:
            return columns
        return replace(columns, version=delta.version.version, state=delta.version.state)

    def _load(self) -> GraphColumns | None:
        if self._path is None:
            return None
        try:
            columns = load_columns(self._path)
            columns.touch_room(_ROWS_TOUCHED)
            if not is_checked_whole(self._path):
                self._start(self._check)
        except FileNotFoundError:
            return None
        except (DamagedFile, OSError) as error:
            _log.warning("The snapshot %s cannot be used, and is built anew: %s.", self._path, error)
            return None
        return columns

    def _save(self, columns: GraphColumns) -> None:
        if self._path is None or columns.claim_table.length + columns.edge_count < FEWEST_SAVED:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            save_columns(columns, self._path)
        except OSError as error:
            _log.warning("The snapshot could not be kept in %s: %s.", self._path, error)

    def _start(self, work: Callable[[], None]) -> None:
        if self._worker is None or not self._worker.is_alive():
            # It may be stopped at any time: the file is only ever replaced as a whole.
            self._worker = Thread(target=work, name="actorgraph-snapshot", daemon=True)
            self._worker.start()

    def _check(self) -> None:
        """Look at every byte of the file; if it is damaged, the next reader builds a snapshot anew."""
        if self._path is None:
            return
        try:
            check_file(self._path)
        except (DamagedFile, OSError) as error:
            _log.warning("The snapshot %s cannot be used, and is built anew: %s.", self._path, error)
            self._path.unlink(missing_ok=True)
            with self._lock:
                self._snapshot = None

    def _compact(self) -> None:
        """Put the graph's columns in order anew, and go on from them; readers keep what they have until it is done."""
        with self._lock:
            # Whoever started this holds the lock until the snapshot it is about is there.
            before = self._snapshot
        if before is None:
            return
        try:
            columns = compact(before.columns)
            columns.touch_room(_ROWS_TOUCHED)
            self._save(columns)
            compacted, before = Snapshot(columns), self._snapshot
            if before is not None and before.has_names:
                compacted.names.read()
            if before is not None:
                compacted.prepare(before)
            with self._lock, self._store.at_one_version() as store:
                followed = self._lay_over(columns, store)
                if followed is not None:
                    self._snapshot = compacted.follow(followed)
        except StoreError as error:
            # Nobody waits for this; the next reader meets the same failure and is told.
            _log.warning("The snapshot could not be built anew: %s", error)
