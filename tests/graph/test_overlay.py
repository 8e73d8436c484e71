"""Overlays: a graph that follows its store is the graph that reading everything again would give."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
import pytest

from graph.errors import JudgementConflict, StoreError
from graph.filters import EdgeFilter
from graph.models import Entity, Verdict
from graph.snapshot.cache import SnapshotCache
from graph.snapshot.columns import Growing, HowColumns, list_columns
from graph.snapshot.compaction import compact
from graph.snapshot.overlay import find_edges_of_pairs, lay_over, read_delta
from graph.snapshot.read import read_columns
from graph.snapshot.snapshot import Snapshot
from graph.store import Store
from tests.benchmarks.made_graphs import make_columns
from tests.benchmarks.random_graphs import make_graph

_HOWS = {
    "supports": ["funds", "allied-with", "fights-alongside", None],
    "opposes": ["clashes-with", "attacks", None],
    "located-in": ["visits", None],
}
_FILTERS = [
    EdgeFilter(),
    EdgeFilter(evidence=True),
    EdgeFilter(types=["country"]),
    EdgeFilter(sources=["AFP"]),
    EdgeFilter(how=["funds", "clashes-with"]),
    EdgeFilter(as_of=date(2014, 1, 15), evidence=True),
    EdgeFilter(said_by=["a0", "a-1"], known_by=date(2014, 1, 20)),
    EdgeFilter(not_said_by=["a0", "ax2", "a1"]),
    EdgeFilter(origin="gazetteer"),
]


class Writer:
    """Writes documents about entities that it makes as it goes, at random but the same for one seed."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.random = random.Random(seed)  # noqa: S311 (for the same documents each time)
        self.entities: list[str] = []
        self.documents: list[str] = []
        self.deleted: list[str] = []
        self._claims = 0
        self._documents = 0

    def write(self, claims: int = 4, most_entities: int = 3) -> str:
        """Store one document; it may rename, join stories and know places as well. Returns its id."""
        draw = self.random
        self._documents += 1
        document = f"d{self._documents}"
        if self.deleted and draw.random() < 0.5:
            document = self.deleted.pop()
        with self.store.write_document() as writer:
            # Ids that sort before older ones, so that numbers and alphabet differ.
            for _ in range(max(draw.randint(0, most_entities), 2 - len(self.entities))):
                entity = f"a{draw.choice(['', '-', 'x'])}{len(self.entities)}"
                self.entities.append(entity)
                writer.add_entities(
                    [Entity(id=entity, name=entity.upper(), type=draw.choice(["country", "person"]))]
                )
                writer.add_aliases([_alias(entity, f"{entity} the Great")])
            chance = draw.random()
            if chance < 0.2:
                writer.add_aliases([_alias(draw.choice(self.entities), f"Name {self._documents}")])
            elif chance < 0.4:
                writer.update_entity(draw.choice(self.entities), {"name": f"New {self._documents}"})
            elif chance < 0.6:
                writer.add_gazetteer_relations([_known(self.entities[0], draw.choice(self.entities[1:]))])
            elif chance < 0.7:
                writer.merge_stories("s1", [f"s{self._documents - 1}"])
            story = draw.choice([f"s{self._documents}", f"s{self._documents - 1}", "s1"])
            outlet = draw.choice([None, "AFP", "Reuters", " afp"])
            day = draw.choice([None, date(2014, 1, self._documents % 28 + 1)])
            writer.add_document(_document(document, story, outlet, day), [])
            writer.add_mentions([self._mention(document) for _ in range(draw.randint(0, 4))])
            writer.add_claims([self._claim(document) for _ in range(draw.randint(0, claims))])
        self.documents.append(document)
        return document

    def _mention(self, document: str) -> dict[str, object]:
        draw = self.random
        return {
            "document_id": document,
            "entity_id": draw.choice(self.entities),
            "start_char": 0,
            "end_char": 1,
            "text": draw.choice(["Baghdad", "Tehran"]),
            "resolution": draw.choice(["name", "metonym"]),
        }

    def _claim(self, document: str) -> dict[str, object]:
        draw = self.random
        self._claims += 1
        kind = draw.choice(list(_HOWS))
        source, target = draw.choice(self.entities[-6:]), draw.choice(self.entities[-6:])
        return {
            **claim_row(f"c{self._claims * 7919 % 10007}", document, source, kind, target),
            "how": draw.choice(_HOWS[kind]),
            "polarity": draw.choice(["affirmed", "affirmed", "affirmed", "denied"]),
            "modality": draw.choice(["asserted", "reported", "possible", "past"]),
            "attributed_to_id": draw.choice([None, source, target]),
            "valid_from": draw.choice([None, date(2014, 1, draw.randint(1, 28))]),
            "valid_to": draw.choice([None, date(2014, 2, draw.randint(1, 28))]),
            "confidence": draw.choice([0.3, 0.5, 0.7, 0.9]),
        }


def _alias(entity: str, text: str) -> dict[str, object]:
    return {"entity_id": entity, "text": text, "key": text.lower(), "origin": "text"}


def _known(source: str, target: str) -> dict[str, object]:
    ends = {"source_id": source, "target_id": target}
    return {**ends, "kind": "located-in", "how": "part-of-place", "dataset": "geonames"}


def _document(document: str, story: str, outlet: str | None, day: date | None) -> dict[str, object]:
    return {
        "id": document,
        "content_hash": document,
        "story_id": story,
        "text": "Short.",
        "source": outlet,
        "published_on": day,
        "extractor": "test/1",
        "ingested_at": datetime(2014, 6, 12, tzinfo=UTC),
    }


def claim_row(claim: str, document: str, source: str, kind: str, target: str) -> dict[str, object]:
    """Return a claim as the table takes it; what a graph does not read is the same for all."""
    spans = ("quote", "source", "target", "trigger")
    return {
        "id": claim,
        "document_id": document,
        "source_id": source,
        "kind": kind,
        "target_id": target,
        "quote": "q",
        "trigger": "t",
        "rule": "r",
        "source_resolution": "name",
        "target_resolution": "name",
        "polarity": "affirmed",
        "modality": "asserted",
        "confidence": 0.5,
        "review_status": "unreviewed",
        **{f"{span}_start": 0 for span in spans},
        **{f"{span}_end": 1 for span in spans},
    }


def list_arcs(snapshot: Snapshot, where: EdgeFilter, direction: Any) -> set[tuple[str, str, str]]:  # noqa: ANN401
    """Return what may be walked, as (from, to, edge id)."""
    view = snapshot.view(where)
    return {
        (snapshot.id_of(node), snapshot.id_of(arcs.heads[place]), snapshot.edge_id_of(arcs.edges[place]))
        for arcs in view.walk(direction)
        for node in range(len(arcs.indptr) - 1)
        for place in range(arcs.indptr[node], arcs.indptr[node + 1])
        if view.allowed[arcs.edges[place]]
    }


def assert_same(followed: Snapshot, rebuilt: Snapshot) -> None:
    """Compare everything that can be asked of two snapshots."""
    assert followed.version == rebuilt.version
    assert list(followed.nodes.items()) == list(rebuilt.nodes.items())
    assert list(followed.edges.items()) == list(rebuilt.edges.items())
    assert dict(followed.claims) == dict(rebuilt.claims)
    for where in _FILTERS:
        then, told = followed.at(where.known_by), rebuilt.at(where.known_by)
        assert list(then.nodes.items()) == list(told.nodes.items())
        mine, theirs = followed.view(where), rebuilt.view(where)
        assert list(mine.edges.items()) == list(theirs.edges.items())
        assert list(mine.nodes) == list(theirs.nodes)
        assert dict(mine.claims) == dict(theirs.claims)
        assert [followed.edge_id_of(n) for n in mine.ordered_numbers] == [
            rebuilt.edge_id_of(n) for n in theirs.ordered_numbers
        ]
        for direction in ("any", "out", "in"):
            assert list_arcs(followed, where, direction) == list_arcs(rebuilt, where, direction)


def change(writer: Writer) -> None:
    """Do one thing that changes the graph: mostly ingest, but anything that people do to it."""
    draw, store = writer.random, writer.store
    chance = draw.random()
    if chance < 0.7 or not writer.documents:
        writer.write()
    elif chance < 0.8:
        if claims := [claim.id for claim in store.iter_claims()]:
            store.review_claim(draw.choice(claims), draw.choice(["accepted", "rejected", "unreviewed"]))
    elif chance < 0.92:
        document = writer.documents.pop(draw.randrange(len(writer.documents)))
        store.delete_document(document)
        writer.deleted.append(document)
    else:
        judge(writer)


def judge(writer: Writer) -> None:
    """Judge two entities, or take a judgement back."""
    draw, store = writer.random, writer.store
    if (given := store.list_judgements().items) and draw.random() < 0.4:
        store.delete_judgement(draw.choice(given).id or 0)
        return
    left, right = draw.sample(writer.entities, 2)
    verdict: Verdict = draw.choice(["same", "same", "same", "not-same", "unsure"])
    try:
        store.add_judgement(left, right, verdict, keep_id=draw.choice([None, left, right]))
    except JudgementConflict:
        return


@pytest.mark.parametrize("seed", range(3))
def test_following_is_the_same_as_reading_everything_again(store: Store, seed: int) -> None:
    """After any sequence of ingests, reviews, deletions and merges, on both databases."""
    writer, cache = Writer(store, seed), SnapshotCache(store)
    cache.current()
    overlaid = 0
    for _ in range(25):
        change(writer)
        if writer.random.random() < 0.6:
            followed = cache.current()
            overlaid += followed.columns.edge_count > followed.columns.base.edges
            assert_same(followed, Snapshot(read_columns(store)))
    assert overlaid >= 3


@pytest.mark.parametrize("seed", range(3, 6))
def test_compacting_is_the_same_as_reading_everything_again(store: Store, seed: int) -> None:
    """At any time, and whatever is laid over the compacted graph later; what was compacted stays as it was."""
    writer = Writer(store, seed)
    writer.write()
    columns, compacted = read_columns(store), 0
    for _ in range(25):
        change(writer)
        with store.at_one_version() as reading:
            delta = read_delta(columns, reading)
        columns = read_columns(store) if delta is None else lay_over(columns, delta)
        if writer.random.random() < 0.4:
            laid_over, columns = columns, compact(columns)
            compacted += laid_over.edge_count > columns.edge_count
            rebuilt = Snapshot(read_columns(store))
            assert_same(Snapshot(columns), rebuilt)
            assert_same(Snapshot(laid_over), rebuilt)
    assert compacted >= 3


def test_edges_between_many_pairs_are_those_between_each() -> None:
    """However many pairs are asked for at once, those of nodes with a thousand edges and of strangers among them."""
    graph = make_graph(20_000)
    columns = make_columns(graph)
    size = columns.node_count
    chosen = np.random.default_rng(5).integers(0, len(graph.sources), 700)
    ends = np.sort(np.stack([graph.sources[chosen], graph.targets[chosen]]).astype(np.int64), axis=0)
    strangers = np.arange(300, dtype=np.int64) * (size + 2)
    pairs = np.unique(np.concatenate([ends[0] * size + ends[1], strangers]))
    found = find_edges_of_pairs(columns, pairs)
    one_by_one = [find_edges_of_pairs(columns, pairs[n : n + 1]) for n in range(len(pairs))]
    assert found.tolist() == sorted(np.concatenate(one_by_one).tolist())
    assert len(found) >= len(np.unique(chosen)) // 2


def test_a_compacted_graph_stands_as_one_that_was_read(sqlite_store: Store) -> None:
    """Its rows are those, in the order, that reading everything gives, so nothing is left of what went."""
    writer, cache = Writer(sqlite_store, 7), SnapshotCache(sqlite_store)
    cache.current()
    for _ in range(12):
        writer.write()
    for document in writer.documents[:4]:
        sqlite_store.delete_document(document)
    compacted, built = compact(cache.current().columns), read_columns(sqlite_store)
    assert compacted.departed == frozenset()
    assert compacted.document_table.length == built.document_table.length
    assert len(compacted.stories) == len(built.stories)
    assert compacted.nodes.ids.list_all() == built.nodes.ids.list_all()
    assert compacted.claim_names.list_all() == built.claim_names.list_all()
    for name, column in list_columns(built.edges).items():
        if name not in {"how", "hows_start", "dataset", "claims_start"}:
            assert getattr(compacted.edges, name).tolist() == column.tolist(), name
    for mine, theirs in zip(compacted.forward + compacted.mirror, built.forward + built.mirror, strict=True):
        assert [part.tolist() for part in mine] == [part.tolist() for part in theirs]


@pytest.mark.parametrize(
    "write",
    [
        lambda writer: writer.write(),
        lambda writer: writer.store.delete_document(writer.documents[0]),
        lambda writer: writer.store.review_claim(next(iter(writer.store.iter_claims())).id, "rejected"),
        lambda writer: writer.store.add_judgement(*writer.entities[:2], "same"),
        lambda writer: writer.store.add_judgement(*writer.entities[:2], "not-same"),
    ],
    ids=["ingest", "deletion", "review", "merge", "difference"],
)
def test_what_people_do_every_day_is_followed(sqlite_store: Store, write: Callable[[Writer], object]) -> None:
    """None of these makes the graph be read as a whole: the columns it was built with are still in use."""
    writer, cache = Writer(sqlite_store, 1), SnapshotCache(sqlite_store)
    for _ in range(5):
        writer.write()
    before = cache.current()
    write(writer)
    after = cache.current()
    assert after.version == before.version + 1
    assert after.columns.base is before.columns.base


@pytest.mark.parametrize("seed", range(10, 18))
def test_judgements_are_followed(store: Store, seed: int) -> None:
    """Merges, chains of them, other keepers and undoing, with texts that go on naming whom they name."""
    writer = Writer(store, seed)
    for _ in range(4):
        writer.write()
    cache = SnapshotCache(store)
    before = cache.current().columns.base
    for _ in range(12):
        judge(writer)
        if writer.random.random() < 0.4:
            change(writer)
        assert_same(cache.current(), Snapshot(read_columns(store)))
        if writer.random.random() < 0.2:
            compacted = compact(cache.current().columns)
            assert_same(Snapshot(compacted), Snapshot(read_columns(store)))
    assert cache.current().columns.base is before


def test_whoever_is_merged_goes_by_the_other_until_it_is_undone(sqlite_store: Store) -> None:
    """Names, search and counts know one node then, and two again, as if nothing had been."""
    cache = SnapshotCache(sqlite_store)
    with sqlite_store.write_document() as writing:
        writing.add_entities(
            Entity(id=each, name=each.title(), type="country") for each in ("burma", "myanmar", "siam")
        )
        writing.add_document(_document("d1", "s1", None, None), [])
        writing.add_claims([claim_row("c1", "d1", "burma", "opposes", "siam")])
    before = cache.current()
    assert before.names.resolve("Burma").id == "burma"
    judgement = sqlite_store.add_judgement("burma", "myanmar", "same", keep_id="myanmar")
    merged = cache.current()
    assert merged.columns.base is before.columns.base
    assert merged.names.resolve("Burma").id == merged.names.resolve("burma").id == "myanmar"
    assert [hit.entity.id for hit in merged.names.search("Burm")] == ["myanmar"]
    assert list(merged.nodes) == list(merged.view().nodes) == ["myanmar", "siam"]
    assert list(merged.edges) == ["myanmar.opposes.siam"]
    assert merged.get_edge("burma.opposes.siam").id == "myanmar.opposes.siam"
    sqlite_store.delete_judgement(judgement.id or 0)
    after = cache.current()
    assert after.names.resolve("Burma").id == "burma"
    assert [hit.entity.id for hit in after.names.search("Burm")] == ["burma"]
    assert list(after.nodes.items()) == list(before.nodes.items())
    assert list(after.edges.items()) == list(before.edges.items())


def test_a_graph_of_another_database_is_not_followed(sqlite_store: Store, tmp_path: Path) -> None:
    """Two databases at the same version are told apart by the names of their states."""
    Writer(sqlite_store, 1).write()
    with Store.open(f"sqlite:///{tmp_path / 'other.db'}") as other:
        other.upgrade()
        Writer(other, 2).write()
        assert other.get_version() == sqlite_store.get_version()
        with other.at_one_version() as reading:
            assert read_delta(read_columns(sqlite_store), reading) is None


def test_snapshots_stay_what_they_were(sqlite_store: Store) -> None:
    """What is laid over a snapshot does not show in it, also where the room behind its columns was used."""
    writer, cache = Writer(sqlite_store, 4), SnapshotCache(sqlite_store)
    kept = []
    for _ in range(6):
        writer.write(claims=8)
        kept.append((cache.current(), Snapshot(read_columns(sqlite_store))))
    for followed, rebuilt in kept:
        assert_same(followed, rebuilt)


def test_a_snapshot_is_followed_ahead_of_its_readers(sqlite_store: Store) -> None:
    """Who writes has the snapshot follow at once; where nobody has asked yet, nothing is read for nobody."""
    writer, cache = Writer(sqlite_store, 4), SnapshotCache(sqlite_store)
    writer.write()
    cache.follow()
    assert cache.version is None
    cache.current()
    writer.write()
    assert cache.version != sqlite_store.get_version()
    cache.follow()
    assert cache.version == sqlite_store.get_version()


def test_following_ahead_never_fails_the_writer(
    sqlite_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    """What is written is written: that the store cannot be read is for the next reader to be told."""
    cache = SnapshotCache(sqlite_store)
    cache.current()
    assert sqlite_store.path is not None
    with closing(sqlite3.connect(sqlite_store.path)) as connection:
        connection.execute("ALTER TABLE graph_state RENAME TO gone")
    cache.follow()
    assert "could not be brought up to date" in caplog.text
    with pytest.raises(StoreError, match="lacks our tables"):
        cache.current()


def test_names_follow(sqlite_store: Store) -> None:
    """Entities that came and names that changed are found, under the node as it is now."""
    writer, cache = Writer(sqlite_store, 5), SnapshotCache(sqlite_store)
    writer.write()
    first = writer.entities[0]
    assert cache.current().names.resolve(f"{first} the Great").id == first
    with sqlite_store.write_document() as writing:
        writing.update_entity(first, {"name": "Mesopotamia"})
        writing.add_entities([Entity(id="zaire", name="Zaire", type="country")])
        writing.add_aliases([_alias("zaire", "Zaire"), _alias(first, "Land of two rivers")])
    names = cache.current().names
    assert names.resolve("mesopotamia") is cache.current().nodes[first]
    assert names.resolve("land of two rivers").id == first
    assert [hit.entity.id for hit in names.search("Zair")] == ["zaire"]
    assert [hit.entity.id for hit in names.search("Mesopotam")] == [first]


def test_readers_in_threads_see_whole_documents(sqlite_store: Store) -> None:
    """Every document makes three edges from one entity; no reader ever counts a number that is not a multiple of it."""
    cache, done = SnapshotCache(sqlite_store), Event()
    with sqlite_store.write_document() as writing:
        writing.add_entities(Entity(id=f"e{n}", name=f"E{n}", type="country") for n in range(40))
    seen: list[tuple[int, int]] = []

    def read() -> None:
        while not done.is_set():
            view = cache.current().view()
            seen.append((len(view.edges), sum(len(view.find_edges(source=f"e{n}")) for n in range(40))))

    readers = [Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for n in range(1, 13):
        with sqlite_store.write_document() as writing:
            writing.add_document(_document(f"d{n}", f"s{n}", None, None), [])
            writing.add_claims(
                [claim_row(f"c{n}-{k}", f"d{n}", f"e{n}", "supports", f"e{n + k}") for k in (1, 2, 3)]
            )
    done.set()
    for reader in readers:
        reader.join()
    assert all(counted == found and counted % 3 == 0 for counted, found in seen)
    assert len(cache.current().view().edges) == 36


def test_growing_an_older_table_leaves_the_newer_alone() -> None:
    """Two tables grown from one do not share the room behind it."""
    table = Growing.with_room(HowColumns(np.array([1, 2], np.int16)))
    one = table.grow(HowColumns(np.array([3], np.int16)))
    other = table.grow(HowColumns(np.array([4, 5], np.int16)))
    assert (one.rows.how.tolist(), other.rows.how.tolist(), table.rows.how.tolist()) == (
        [1, 2, 3],
        [1, 2, 4, 5],
        [1, 2],
    )
    with pytest.raises(ValueError, match="read-only"):
        one.rows.how[0] = 9
