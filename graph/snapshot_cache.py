"""The newest snapshot of a store, for everybody who asks."""

from threading import Lock

from graph.snapshot import Snapshot, build_snapshot
from graph.store import Store


class SnapshotCache:
    """The newest snapshot of a store, built again when the store's version has moved on.

    Readers get a whole snapshot or wait for one; one build runs at a time, on one state of the store, whatever is
    written meanwhile.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._snapshot: Snapshot | None = None

    def current(self) -> Snapshot:
        """Return a snapshot no older than this call.

        Raises:
            StoreError: The store cannot be read.

        Cost: one version query; `build_snapshot` if it moved.
        """
        snapshot = self._snapshot
        if snapshot is not None and snapshot.version == self._store.get_version():
            return snapshot
        with self._lock:
            # Another thread may have built what this one waited for.
            if self._snapshot is None or self._snapshot.version != self._store.get_version():
                self._snapshot = self._build()
            return self._snapshot

    def _build(self) -> Snapshot:
        with self._store.at_one_version() as store:
            return build_snapshot(
                version=store.get_version(),
                entities=store.iter_entities(),
                claims=store.iter_claims(),
                gazetteer=store.iter_gazetteer_relations(),
                judgements=store.iter_judgements(),
            )
