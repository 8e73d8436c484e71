"""What the store promises, on SQLite and PostgreSQL alike."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy.exc import IntegrityError

from graph.errors import EntityNotFound, InvalidQuery, JudgementConflict, RecordNotFound, StoreError
from graph.models import Entity
from graph.store import DocumentWriter, Store

NOON = datetime(2014, 6, 12, 12, tzinfo=UTC)
TEXT = "Iran backs Hezbollah. Iran funds Hezbollah."


def add_document(store: Store, document_id: str, **fields: object) -> None:
    """Store a document that says twice what Iran does for Hezbollah; `fields` override its row."""
    with store.write_document() as writer:
        add_pair(writer)
        write_rows(writer, document_id, fields)


def add_pair(writer: DocumentWriter) -> None:
    """Add the two entities and their names unless they are stored."""
    if writer.find_entities(["iran"]):
        return
    writer.add_entities(
        [
            Entity(id="iran", name="Iran", type="country", country_code="IR", origin="gazetteer"),
            Entity(id="hezbollah", name="Hezbollah", type="armed-group"),
        ]
    )
    writer.add_aliases(
        [
            {"entity_id": "iran", "text": "Iran", "key": "iran", "origin": "gazetteer"},
            {
                "entity_id": "iran",
                "text": "Islamic Republic",
                "key": "islamic republic",
                "origin": "gazetteer",
            },
            {"entity_id": "hezbollah", "text": "Hezbollah", "key": "hezbollah", "origin": "text"},
        ]
    )


def write_rows(writer: DocumentWriter, document_id: str, fields: dict[str, object]) -> None:
    """Write the document's own rows."""
    row: dict[str, object] = {
        "id": document_id,
        "content_hash": document_id * 2,
        "story_id": document_id,
        "title": None,
        "text": TEXT,
        "source": "Gulf Wire",
        "url": None,
        "external_id": None,
        "published_on": date(2014, 6, 12),
        "signature": None,
        "extractor": "test/1",
        "ingested_at": NOON,
        **fields,
    }
    writer.add_document(row, [f"w:{document_id}"])
    writer.add_mentions(
        [
            {
                "document_id": document_id,
                "entity_id": entity_id,
                "start_char": start,
                "end_char": start + len(words),
                "text": words,
                "resolution": "name",
            }
            for start, words, entity_id in (
                (0, "Iran", "iran"),
                (11, "Hezbollah", "hezbollah"),
                (22, "Iran", "iran"),
                (33, "Hezbollah", "hezbollah"),
            )
        ]
    )
    writer.add_claims(
        [
            make_claim(document_id, 1, "Iran backs Hezbollah.", 0, "backs", 0.7),
            make_claim(document_id, 2, "Iran funds Hezbollah.", 22, "funds", 0.8),
        ]
    )


def make_claim(
    document_id: str, number: int, quote: str, start: int, trigger: str, confidence: float, **fields: object
) -> dict[str, object]:
    """Describe a claim that Iran supports Hezbollah."""
    return {
        "id": f"{document_id}-{number}",
        "document_id": document_id,
        "source_id": "iran",
        "kind": "supports",
        "how": None,
        "target_id": "hezbollah",
        "quote": quote,
        "quote_start": start,
        "quote_end": start + len(quote),
        "source_start": start,
        "source_end": start + 4,
        "source_resolution": "name",
        "target_start": start + 11,
        "target_end": start + 20,
        "target_resolution": "name",
        "trigger": trigger,
        "trigger_start": start + 5,
        "trigger_end": start + 10,
        "rule": "verb:active",
        "polarity": "affirmed",
        "modality": "asserted",
        "attributed_to": None,
        "attributed_to_id": None,
        "valid_from": None,
        "valid_to": None,
        "confidence": confidence,
        "review_status": "unreviewed",
        **fields,
    }


class TestOpening:
    """A database that cannot be used is a StoreError that says what to do."""

    @pytest.mark.parametrize(
        ("url", "message"),
        [
            ("mysql://host/graph", "scheme 'mysql' is not supported; use sqlite"),
            ("no address at all", "is not a URL; write sqlite:///PATH"),
            ("sqlite:///graph.db?mode=ro", "takes no options"),
            ("postgresql://nobody@127.0.0.1:1/graph", "cannot be used: connection failed"),
        ],
    )
    def test_unusable_address(self, url: str, message: str) -> None:
        """Unknown schemes, things that are no URL and servers that do not answer are told apart."""
        with pytest.raises(StoreError, match=message):
            Store.open(url)

    def test_password_is_not_shown(self) -> None:
        """A message about a database never carries its password."""
        with pytest.raises(StoreError) as caught:
            Store.open("postgresql://me:hush@127.0.0.1:1/graph")
        assert "hush" not in str(caught.value)

    def test_missing_file_is_not_made(self, tmp_path: Path) -> None:
        """A mistyped path is reported by check and by any question, and no file appears."""
        path = tmp_path / "absent.db"
        with Store.open(f"sqlite:///{path}") as store:
            with pytest.raises(StoreError, match="no tables yet; run `actorgraph db upgrade`"):
                store.check()
            with pytest.raises(StoreError, match="There is no database at"):
                store.get_version()
        assert not path.exists()

    def test_missing_folder(self, tmp_path: Path) -> None:
        """Making a database in a folder that does not exist is a clear error."""
        with (
            Store.open(f"sqlite:///{tmp_path}/absent/graph.db") as store,
            pytest.raises(StoreError, match=r"Cannot make the database file .*No such file"),
        ):
            store.upgrade()

    def test_not_a_database(self, tmp_path: Path) -> None:
        """A file that is something else is refused."""
        path = tmp_path / "letter.db"
        path.write_text("Dear Sir, this is a letter and no database. " * 40, encoding="utf-8")
        with pytest.raises(StoreError, match="file is not a database"):
            Store.open(f"sqlite:///{path}")

    def test_memory(self) -> None:
        """A database in memory works, from several threads and with a read inside a write."""
        with Store.open("sqlite://") as store:
            store.upgrade()
            with store.write_document() as writer:
                add_pair(writer)
                assert store.get_version() == 0
                write_rows(writer, "d-1", {})
            seen: list[int] = []
            thread = Thread(target=lambda: seen.append(len(list(store.iter_claims()))))
            thread.start()
            thread.join()
            assert seen == [2]
            assert store.get_version() == 1

    def test_sqlite_settings(self, tmp_path: Path) -> None:
        """SQLite runs with write-ahead log, foreign keys and normal synchronisation."""
        with Store.open(f"sqlite:///{tmp_path}/graph.db") as store:
            store.upgrade()
            with store.reading() as connection:
                found = [
                    connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                    for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
                ]
        assert found == ["wal", 1, 1, 60_000]


class TestTransactions:
    """A write is kept whole or not at all, and reads see one state."""

    def test_error_undoes_everything(self, store: Store) -> None:
        """An exception inside the transaction leaves no entity, no document and the old version."""

        def fail_midway() -> None:
            with store.write_document() as writer:
                add_pair(writer)
                write_rows(writer, "d-1", {})
                raise RuntimeError("power cut")

        with pytest.raises(RuntimeError, match="power cut"):
            fail_midway()
        assert list(store.iter_entities()) == []
        assert store.get_stats().documents == 0
        assert store.get_version() == 0

    def test_claim_of_unknown_entity_is_refused(self, store: Store) -> None:
        """Foreign keys are enforced: a claim about nobody does not get in."""
        with pytest.raises(IntegrityError), store.write_document() as writer:
            write_rows(writer, "d-1", {})
        assert store.get_stats().documents == 0

    def test_same_content_is_refused(self, store: Store) -> None:
        """Two documents cannot have one content hash."""
        add_document(store, "d-1", content_hash="same")
        with pytest.raises(IntegrityError):
            add_document(store, "d-2", content_hash="same")
        assert store.get_stats().documents == 1

    def test_reads_at_one_version(self, store: Store) -> None:
        """What is written meanwhile does not show in a store that is held at one version."""
        add_document(store, "d-1")
        with store.at_one_version() as held:
            assert held.get_version() == 1
            add_document(store, "d-2")
            assert (held.get_version(), len(list(held.iter_claims()))) == (1, 2)
        assert (store.get_version(), len(list(store.iter_claims()))) == (2, 4)

    def test_writing_nothing_keeps_the_version(self, store: Store) -> None:
        """A transaction that only looks does not make readers rebuild anything."""
        with store.write_document() as writer:
            writer.find_aliases(["iran"])
        assert store.get_version() == 0

    @pytest.mark.parametrize(
        "write",
        [
            lambda store: store.delete_document("d-1"),
            lambda store: store.review_claim("d-1-1", "rejected"),
            lambda store: store.delete_judgement(store.add_judgement("iran", "hezbollah", "unsure").id),
        ],
        ids=["delete", "review", "judge"],
    )
    def test_every_change_raises_the_version(self, store: Store, write: Callable[[Store], None]) -> None:
        """Each kind of write that can change an answer is seen in the version."""
        add_document(store, "d-1")
        before = store.get_version()
        write(store)
        assert store.get_version() > before

    def test_keys_do_not_touch_the_version(self, store: Store) -> None:
        """Keys change no answer about the graph."""
        store.revoke_key(store.add_key("reporter", "f" * 64, ["read"]).id)
        assert store.get_version() == 0


class TestStreams:
    """Rows for the snapshot, in stable order."""

    def test_entities(self, store: Store) -> None:
        """Entities come by id with sorted aliases and their mentions; one nobody mentions has none."""
        add_document(store, "d-1")
        with store.write_document() as writer:
            writer.add_entities([Entity(id="aaa", name="Unnamed Band", type="armed-group")])
        rows = list(store.iter_entities())
        assert [(row.id, row.aliases, row.mentions) for row in rows] == [
            ("aaa", (), 0),
            ("hezbollah", ("Hezbollah",), 2),
            ("iran", ("Iran", "Islamic Republic"), 2),
        ]
        assert rows[2].country_code == "IR"

    def test_entities_with_awkward_ids(self, store: Store) -> None:
        """Ids whose order differs between databases and Python keep their own aliases."""
        ids = ["al-qaeda", "alb", "al-2", "al", "a1", "a-b-c", "ab-c"]
        with store.write_document() as writer:
            writer.add_entities([Entity(id=i, name=i, type="armed-group") for i in ids])
            writer.add_aliases([{"entity_id": i, "text": i, "key": i, "origin": "text"} for i in ids])
        assert {row.id: row.aliases for row in store.iter_entities()} == {i: (i,) for i in ids}

    def test_claims(self, store: Store) -> None:
        """Claims carry their document's outlet, story and date."""
        add_document(store, "d-1", story_id="d-0", source=None)
        first, second = store.iter_claims()
        assert (first.id, second.id) == ("d-1-1", "d-1-2")
        assert (first.source_id, first.kind, first.target_id) == ("iran", "supports", "hezbollah")
        assert (first.story_id, first.outlet, first.published_on) == ("d-0", None, date(2014, 6, 12))
        assert first.confidence == pytest.approx(0.7)

    def test_known_places_and_judgements(self, store: Store) -> None:
        """Gazetteer relations are stored once however often they are added; judgements keep their order."""
        relation = {
            "source_id": "hezbollah",
            "target_id": "iran",
            "kind": "located-in",
            "how": "part-of-place",
            "dataset": "geonames",
        }
        for _ in range(2):
            with store.write_document() as writer:
                add_pair(writer)
                writer.add_gazetteer_relations([relation])
        assert [row._asdict() for row in store.iter_gazetteer_relations()] == [relation]
        number = store.add_judgement("iran", "hezbollah", "not-same").id
        assert [tuple(row) for row in store.iter_judgements()] == [
            (number, "iran", "hezbollah", "not-same", None)
        ]

    def test_a_stream_can_be_left(self, store: Store) -> None:
        """Dropping a stream half-way gives its connection back and blocks no writer."""
        for number in range(3):
            add_document(store, f"d-{number}")
        rows = store.iter_claims()
        assert next(rows).id == "d-0-1"
        del rows
        add_document(store, "d-9")
        assert len(list(store.iter_claims())) == 8


class TestDocuments:
    """Documents are read, listed, marked and deleted."""

    def test_get(self, store: Store) -> None:
        """A document comes back as it was stored, with an aware time of ingest."""
        add_document(store, "d-1", title="Ties", url="https://wire.example/1")
        document = store.get_document("d-1")
        assert (document.text, document.title, document.url) == (TEXT, "Ties", "https://wire.example/1")
        assert (document.ingested_at, document.ingested_at.tzinfo) == (NOON, UTC)

    @pytest.mark.parametrize(
        "ask",
        [
            lambda store: store.get_document("d-none"),
            lambda store: store.list_document_marks("d-none"),
            lambda store: store.delete_document("d-none"),
        ],
        ids=["get", "marks", "delete"],
    )
    def test_absent(self, store: Store, ask: Callable[[Store], object]) -> None:
        """Asking for a document that is not there names its id."""
        with pytest.raises(RecordNotFound, match="no document with id 'd-none'"):
            ask(store)

    def test_list_walks_all_pages(self, store: Store) -> None:
        """Pages go from the last ingested to the first, none twice, also where two share a moment."""
        for number in range(5):
            add_document(store, f"d-{number}", ingested_at=NOON + timedelta(seconds=number // 2))
        seen: list[str] = []
        after = None
        while True:
            page = store.list_documents(after, 2)
            assert page.total == 5
            seen += [item.meta.id for item in page.items]
            after = page.after
            if after is None:
                break
        assert seen == ["d-4", "d-3", "d-2", "d-1", "d-0"]

    def test_list_counts(self, store: Store) -> None:
        """A summary says how long the text is and how much was found in it; an outlet can be asked for."""
        add_document(store, "d-1")
        add_document(store, "d-2", source="Levant Post")
        page = store.list_documents(source="Levant Post")
        (summary,) = page.items
        assert (summary.meta.id, summary.length, summary.mentions, summary.claims) == ("d-2", len(TEXT), 4, 2)
        assert (page.total, page.after) == (1, None)

    @pytest.mark.parametrize("cursor", ["x", "WyJ4IiwieSJd", "WzEsMl0", ""])
    def test_foreign_cursor(self, store: Store, cursor: str) -> None:
        """A cursor that this list did not give out is a question's fault, not a crash."""
        with pytest.raises(InvalidQuery, match="cursor: it is not one that this list gave out"):
            store.list_documents(cursor)

    def test_marks(self, store: Store) -> None:
        """Marks come in reading order and slice out of the text."""
        add_document(store, "d-1")
        marks = store.list_document_marks("d-1")
        assert [TEXT[m.start_char : m.end_char] for m in marks.mentions] == [m.text for m in marks.mentions]
        assert [m.start_char for m in marks.mentions] == [0, 11, 22, 33]
        assert [c.trigger for c in marks.claims] == ["backs", "funds"]

    def test_delete_takes_its_claims_and_nothing_else(self, store: Store) -> None:
        """Another document's claims stay, and so do the entities with their names."""
        add_document(store, "d-1")
        add_document(store, "d-2")
        store.delete_document("d-1")
        assert [row.id for row in store.iter_claims()] == ["d-2-1", "d-2-2"]
        assert [(row.id, row.mentions) for row in store.iter_entities()] == [("hezbollah", 2), ("iran", 2)]
        store.delete_document("d-2")
        assert [(row.id, row.aliases) for row in store.iter_entities()] == [
            ("hezbollah", ("Hezbollah",)),
            ("iran", ("Iran", "Islamic Republic")),
        ]
        with store.write_document() as writer:
            assert writer.find_story_members(["w:d-1", "w:d-2"]) == []

    def test_stats(self, store: Store) -> None:
        """Counts and dates cover what is stored; undated documents are said."""
        add_document(store, "d-1")
        add_document(store, "d-2", published_on=None, source="Levant Post", story_id="d-1")
        add_document(store, "d-3", published_on=date(2014, 6, 20), source=None)
        stats = store.get_stats()
        assert (stats.documents, stats.undated_documents, stats.stories, stats.sources) == (3, 1, 2, 2)
        assert (stats.entities, stats.mentions, stats.claims, stats.version) == (2, 12, 6, 3)
        assert (stats.first_published, stats.last_published) == (date(2014, 6, 12), date(2014, 6, 20))

    def test_stats_of_nothing(self, store: Store) -> None:
        """An empty store has no dates."""
        stats = store.get_stats()
        assert (stats.documents, stats.first_published, stats.last_published) == (0, None, None)


class TestClaims:
    """Evidence, by id."""

    def test_get(self, store: Store) -> None:
        """A claim comes with its document, and its quote slices out of the text."""
        add_document(store, "d-1", title="Ties")
        found = store.get_claim("d-1-2")
        assert found.document.title == "Ties"
        assert TEXT[found.claim.quote_start : found.claim.quote_end] == found.claim.quote
        with pytest.raises(RecordNotFound, match="no claim with id 'd-1-3'"):
            store.get_claim("d-1-3")

    def test_several(self, store: Store) -> None:
        """Many come at once, in the order asked for and without those that are gone."""
        add_document(store, "d-1")
        found = store.find_claims_by_id(["d-1-2", "d-9-1", "d-1-1"])
        assert [item.claim.id for item in found] == ["d-1-2", "d-1-1"]

    def test_review(self, store: Store) -> None:
        """A review keeps who and when, and can be taken back."""
        add_document(store, "d-1")
        store.review_claim("d-1-1", "accepted", "editor")
        claim = store.get_claim("d-1-1").claim
        assert (claim.review_status, claim.reviewed_by) == ("accepted", "editor")
        assert claim.reviewed_at is not None
        with pytest.raises(RecordNotFound, match="no claim"):
            store.review_claim("d-9-1", "accepted")


class TestEntities:
    """Single entities, their names and mentions."""

    def test_get(self, store: Store) -> None:
        """An entity comes back by id; an unknown id is named."""
        add_document(store, "d-1")
        assert store.get_entity("iran").country_code == "IR"
        with pytest.raises(EntityNotFound, match="'atlantis'"):
            store.get_entity("atlantis")

    def test_names_with_sources(self, store: Store) -> None:
        """Each name says which outlets use it and how often; a name only the gazetteer knows has none."""
        add_document(store, "d-1")
        add_document(store, "d-2")
        add_document(store, "d-3", source="Levant Post")
        add_document(store, "d-4", source=None)
        names = store.names_with_sources(["iran"])
        assert [(name.text, name.origin, name.mentions) for name in names] == [
            ("Iran", "gazetteer", 8),
            ("Islamic Republic", "gazetteer", 0),
        ]
        assert names[0].outlets == (("Gulf Wire", 4), (None, 2), ("Levant Post", 2))

    def test_mentions(self, store: Store) -> None:
        """Mentions come by document and place, with the words around them sliced from the text."""
        long_text = "x" * 200 + " Iran " + "y" * 200
        add_document(store, "d-1")
        add_document(store, "d-2", text=long_text)
        first = store.find_mentions(["iran"], limit=3)
        second = store.find_mentions(["iran"], limit=3, after=first.after)
        found = [*first.items, *second.items]
        assert [(m.document.id, m.mention.start_char) for m in found] == [
            ("d-1", 0),
            ("d-1", 22),
            ("d-2", 0),
            ("d-2", 22),
        ]
        assert (first.total, second.after) == (4, None)
        assert found[1].excerpt == TEXT
        assert found[3].excerpt == long_text[found[3].excerpt_start :][: len(found[3].excerpt)]

    def test_excerpts_count_code_points(self, store: Store) -> None:
        """Letters beyond the basic plane count as one, as they do in Python."""
        text = "\U0001f4f0" * 150 + "Iran" + "é" * 150
        with store.write_document() as writer:
            add_pair(writer)
            write_rows(writer, "d-1", {"text": text})
            writer.add_mentions(
                [
                    {
                        "document_id": "d-1",
                        "entity_id": "iran",
                        "start_char": 150,
                        "end_char": 154,
                        "text": "Iran",
                        "resolution": "name",
                    }
                ]
            )
        last = store.find_mentions(["iran"]).items[-1]
        offset = last.mention.start_char - last.excerpt_start
        assert (last.excerpt_start, last.excerpt[offset : offset + 4]) == (30, "Iran")


class TestJudgements:
    """Judgements are kept beside the data and never contradict each other."""

    @pytest.fixture(autouse=True)
    def people(self, store: Store) -> None:
        """Four entities to judge."""
        with store.write_document() as writer:
            writer.add_entities([Entity(id=i, name=i.upper(), type="person") for i in "abcd"])

    def test_added_listed_deleted(self, store: Store) -> None:
        """The latest comes first; deleting one leaves the rest."""
        first = store.add_judgement("a", "b", "same", keep_id="a", reason="one man", judged_by="editor")
        second = store.add_judgement("c", "d", "unsure")
        assert first.id is not None
        page = store.list_judgements(limit=1)
        assert (page.items[0].id, page.total) == (second.id, 2)
        (last,) = store.list_judgements(page.after, limit=1).items
        assert (last.keep_id, last.reason, last.judged_by, last.judged_at.tzinfo) == (
            "a",
            "one man",
            "editor",
            UTC,
        )
        store.delete_judgement(first.id)
        assert [row.left_id for row in store.iter_judgements()] == ["c"]
        with pytest.raises(RecordNotFound, match="no judgement with id '999'"):
            store.delete_judgement(999)

    def test_ids_are_never_given_twice(self, store: Store) -> None:
        """Whoever takes back a judgement that is gone already cannot hit a newer one."""
        first = store.add_judgement("a", "b", "same").id
        assert first is not None
        store.delete_judgement(first)
        assert store.add_judgement("c", "d", "same").id != first
        with pytest.raises(RecordNotFound, match="no judgement"):
            store.delete_judgement(first)

    def test_joining_what_is_kept_apart(self, store: Store) -> None:
        """Neither directly nor through others can a `same` join two that were judged to be different."""
        store.add_judgement("a", "d", "not-same")
        store.add_judgement("a", "b", "same")
        store.add_judgement("c", "d", "same")
        for left, right in (("a", "d"), ("b", "c"), ("c", "a")):
            with pytest.raises(JudgementConflict, match="judged to be different"):
                store.add_judgement(left, right, "same")

    def test_keeping_apart_what_is_joined(self, store: Store) -> None:
        """Two that are joined through a third must be parted first."""
        store.add_judgement("a", "b", "same")
        store.add_judgement("b", "c", "same")
        with pytest.raises(JudgementConflict, match="judged to be the same; delete that judgement"):
            store.add_judgement("c", "a", "not-same")

    @pytest.mark.parametrize(
        ("left", "right", "keep", "error", "message"),
        [
            ("a", "a", None, InvalidQuery, "two different entities"),
            ("a", "b", "c", InvalidQuery, "keep: it is neither"),
            ("a", "nobody", None, EntityNotFound, "'nobody'"),
        ],
    )
    def test_senseless(
        self, store: Store, left: str, right: str, keep: str | None, error: type[Exception], message: str
    ) -> None:
        """A judgement is about two stored entities and keeps the name of one of them."""
        with pytest.raises(error, match=message):
            store.add_judgement(left, right, "same", keep_id=keep)


class TestKeys:
    """Keys are found by the hash of their secret while they are in force."""

    def test_life_of_a_key(self, store: Store) -> None:
        """Made, found, revoked: then listed still, but found no more."""
        assert not store.has_keys()
        key = store.add_key("reporter", "a" * 64, ["read", "write"])
        found = store.find_key_by_hash("a" * 64)
        assert found is not None
        assert (found.id, found.scopes, found.created_at.tzinfo) == (key.id, "read write", UTC)
        assert store.has_keys()
        store.revoke_key(key.id)
        (listed,) = store.list_keys()
        revoked_at = listed.revoked_at
        assert revoked_at is not None
        store.revoke_key(key.id)
        assert store.list_keys()[0].revoked_at == revoked_at
        assert store.find_key_by_hash("a" * 64) is None
        assert not store.has_keys()

    def test_unknown(self, store: Store) -> None:
        """Nobody's hash finds nothing; revoking an unknown key is an error."""
        assert store.find_key_by_hash("b" * 64) is None
        with pytest.raises(RecordNotFound, match="no key with id 'k-0'"):
            store.revoke_key("k-0")


def test_busy_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that waits too long for another process says so."""
    monkeypatch.setattr("graph.store.address.BUSY_TIMEOUT_S", 0.05)
    path = tmp_path / "graph.db"
    with Store.open(f"sqlite:///{path}") as store:
        store.upgrade()
        blocker = sqlite3.connect(path, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="busy: another process has been writing"), store.writing():
            pass
        blocker.close()
