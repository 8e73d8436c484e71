"""Documents get in whole, once, and with a word on every one that did not."""

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from graph.errors import StoreError
from graph.store import Store
from ingest.gazetteer import Gazetteer
from ingest.load import (
    LoadFailure,
    LoadOutcome,
    LoadResult,
    UnloadableDocument,
    hash_content,
    load_documents,
    load_extraction,
)
from ingest.readers import ReadFailure
from ingest.types import Extraction, RawDocument

MakeExtraction = Callable[..., Extraction]

BACKS = "[Iran|country|known=iran] backs [Hezbollah|armed-group|known=hezbollah]."
STORY = (
    "Officials in the river province said on Monday that the dam had been handed over without a shot, that its "
    "guards had been paid until the end of the month, and that engineers would go on working under the eyes of "
    "both sides until a joint committee had been formed. "
)


class SentenceExtractor:
    """Finds nothing but documents' own words; refuses texts that ask for it. Counts what it reads."""

    def __init__(self, gazetteer: Gazetteer, make_extraction: MakeExtraction) -> None:
        self.gazetteer = gazetteer
        self._make_extraction = make_extraction
        self.read: list[str] = []

    def extract(self, document: RawDocument) -> Extraction:
        """Return an empty extraction of a document."""
        self.read.append(document.origin)
        if "choke" in document.text:
            raise ValueError("cannot swallow this\nand more")
        made = self._make_extraction("")
        return Extraction(document, document.published_on, (), (), (), made.extractor)


@pytest.fixture
def extractor(gazetteer: Gazetteer, make_extraction: MakeExtraction) -> SentenceExtractor:
    """An extractor that costs nothing."""
    return SentenceExtractor(gazetteer, make_extraction)


def dump(store: Store) -> tuple[object, ...]:
    """Return all that is stored, for comparison."""
    return (
        store.get_stats(),
        list(store.iter_entities()),
        list(store.iter_claims()),
        list(store.iter_gazetteer_relations()),
    )


class TestOneDocument:
    """What is stored of an extraction."""

    def test_everything_is_stored(
        self, store: Store, gazetteer: Gazetteer, make_extraction: MakeExtraction
    ) -> None:
        """Document, mentions and claim come back, slice out of the text, and raise the version once."""
        extraction = make_extraction(
            BACKS, (0, "supports", 1), source="Gulf Wire", published_on=date(2014, 6, 12)
        )
        result = load_extraction(extraction, store, gazetteer)
        text = "Iran backs Hezbollah."
        assert (result.status, result.mentions, result.claims, result.self_claims) == ("stored", 2, 1, 0)
        assert result.document_id == f"d-{hash_content(text)[:12]}" == result.story_id
        assert {"iran", "hezbollah"} <= set(result.new_entities)
        assert store.get_version() == 1
        found = store.get_claim(f"{result.document_id}-1")
        claim = found.claim
        assert (claim.source_id, claim.kind, claim.target_id) == ("iran", "supports", "hezbollah")
        assert (text[claim.source_start : claim.source_end], text[claim.target_start : claim.target_end]) == (
            "Iran",
            "Hezbollah",
        )
        assert (found.document.source, found.document.published_on) == ("Gulf Wire", date(2014, 6, 12))

    def test_same_content_changes_nothing(
        self, store: Store, gazetteer: Gazetteer, make_extraction: MakeExtraction
    ) -> None:
        """A second time, from another outlet or with blanks around, it is known and nothing moves."""
        first = load_extraction(make_extraction(BACKS, (0, "supports", 1)), store, gazetteer)
        before = dump(store)
        for again in (BACKS, f"\n {BACKS}  \n"):
            result = load_extraction(
                make_extraction(again, (0, "supports", 1), source="Levant Post", origin="again.txt"),
                store,
                gazetteer,
            )
            assert result == LoadResult("known", first.document_id, origin="again.txt")
        assert dump(store) == before

    def test_accents_in_two_forms_are_one_content(self) -> None:
        """A composed and a decomposed letter hash alike; another letter does not."""
        assert hash_content("caf\u00e9") == hash_content("cafe\u0301") != hash_content("cafe")

    def test_a_claim_about_oneself_is_left_out(
        self, store: Store, gazetteer: Gazetteer, make_extraction: MakeExtraction
    ) -> None:
        """Two names of one entity make no edge, and the result says how many claims that cost."""
        result = load_extraction(
            make_extraction(
                "[ISIS|armed-group|known=isis] backs [Daesh|armed-group|name=Daesh;known=isis].",
                (0, "supports", 1),
            ),
            store,
            gazetteer,
        )
        assert (result.mentions, result.claims, result.self_claims) == (2, 0, 1)
        assert list(store.iter_claims()) == []

    @pytest.mark.parametrize(
        ("text", "source", "message"),
        [
            ("a\x00b", None, "NUL character"),
            ("a \ud83d b", None, "^text: .* half a character"),
            ("ab", "Amber\x00Post", "^source: holds a NUL"),
            ("ab", "Amber\udc80Post", "^source: .* half a character"),
            ("   \n", None, "empty"),
            ("", None, "empty"),
        ],
    )
    def test_unloadable(
        self,
        store: Store,
        gazetteer: Gazetteer,
        make_extraction: MakeExtraction,
        text: str,
        source: str | None,
        message: str,
    ) -> None:
        """What no database could hold, or nobody could read, is refused before anything is written."""
        with pytest.raises(UnloadableDocument, match=message):
            load_extraction(make_extraction(text, source=source), store, gazetteer)
        assert store.get_version() == 0

    def test_long_words_are_no_obstacle(
        self, store: Store, gazetteer: Gazetteer, make_extraction: MakeExtraction
    ) -> None:
        """A run of thousands of letters is stored as an actor without a name to look up, on either database."""
        word = "".join(hashlib.sha512(bytes([number])).hexdigest() for number in range(50))
        mark = f"[{word} Khan|person] left."
        result = load_extraction(make_extraction(mark, source="Post" * 125), store, gazetteer)
        (row,) = store.iter_entities()
        assert (row.id, row.mentions, row.aliases) == (result.new_entities[0], 1, ())

    def test_ids_that_begin_alike(
        self, store: Store, gazetteer: Gazetteer, make_extraction: MakeExtraction
    ) -> None:
        """A document whose hash begins like another's gets a longer id."""
        text = "Two hashes, one beginning."
        taken = f"d-{hash_content(text)[:12]}"
        first = load_extraction(make_extraction("Something else."), store, gazetteer)
        row = store.get_document(first.document_id).model_dump()
        with store.write_document() as writer:
            writer.add_document({**row, "id": taken, "content_hash": "f" * 64}, [])
        assert load_extraction(make_extraction(text), store, gazetteer).document_id == (
            f"d-{hash_content(text)[:16]}"
        )


class TestStories:
    """Copies of one story share its id."""

    def test_copy_joins_the_story(
        self, store: Store, gazetteer: Gazetteer, make_extraction: MakeExtraction
    ) -> None:
        """A copy under another headline has the story of the first; an unrelated text has its own."""
        first = load_extraction(make_extraction(STORY), store, gazetteer)
        copy = load_extraction(make_extraction("Dam changes hands\n\n" + STORY), store, gazetteer)
        other = load_extraction(make_extraction(BACKS), store, gazetteer)
        assert (first.copy, copy.copy, other.copy) == (False, True, False)
        assert copy.story_id == first.document_id
        assert store.get_document(copy.document_id).story_id == first.document_id
        assert store.get_stats().stories == 2

    def test_a_link_between_two_stories_makes_them_one(
        self, store: Store, gazetteer: Gazetteer, make_extraction: MakeExtraction
    ) -> None:
        """A later text that copies both of two stories joins all three under the earliest."""
        words = [f"word{n}" for n in range(260)]
        parts = [" ".join(words[a:b]) for a, b in ((0, 180), (80, 260), (40, 220))]
        results = [load_extraction(make_extraction(part), store, gazetteer) for part in parts]
        stories = {store.get_document(result.document_id).story_id for result in results}
        assert [result.copy for result in results] == [False, False, True]
        assert stories == {results[0].document_id}

    def test_story_outlives_its_first_document(
        self, store: Store, gazetteer: Gazetteer, make_extraction: MakeExtraction
    ) -> None:
        """When the first document is deleted, the copies are still one story."""
        first = load_extraction(make_extraction(STORY), store, gazetteer)
        load_extraction(make_extraction("Headline\n\n" + STORY), store, gazetteer)
        store.delete_document(first.document_id)
        again = load_extraction(make_extraction("Other headline\n\n" + STORY), store, gazetteer)
        assert again.story_id == first.document_id


class TestManyDocuments:
    """A run over many documents."""

    def test_failures_are_recorded_and_the_rest_goes_on(
        self, store: Store, extractor: SentenceExtractor
    ) -> None:
        """Unreadable, empty and indigestible documents are listed with reasons; the others are stored."""
        outcomes: list[LoadOutcome] = []
        summary = load_documents(
            [
                RawDocument("One.", origin="1.txt"),
                ReadFailure("2.pdf", "binary"),
                RawDocument(" ", origin="3.txt"),
                RawDocument("This will choke.", origin="4.txt"),
                RawDocument("One.", origin="5.txt"),
                RawDocument("Two.", origin="6.txt"),
            ],
            extractor,
            store,
            on_progress=outcomes.append,
        )
        assert (summary.stored, summary.known) == (2, 1)
        assert summary.failures == [
            LoadFailure("2.pdf", "binary"),
            LoadFailure("3.txt", "empty"),
            LoadFailure("4.txt", "ValueError: cannot swallow this"),
        ]
        assert [outcome.origin for outcome in outcomes] == [
            "1.txt",
            "2.pdf",
            "3.txt",
            "4.txt",
            "5.txt",
            "6.txt",
        ]
        assert store.get_stats().documents == 2

    def test_known_documents_are_not_read_again(self, store: Store, extractor: SentenceExtractor) -> None:
        """The extractor never sees a text that is stored already."""
        documents = [RawDocument(f"Text {n}.", origin=f"{n}.txt") for n in range(3)]
        load_documents(documents, extractor, store)
        extractor.read.clear()
        summary = load_documents([*documents, RawDocument("New.", origin="new.txt")], extractor, store)
        assert (summary.stored, summary.known) == (1, 3)
        assert extractor.read == ["new.txt"]

    def test_documents_are_taken_one_by_one(self, store: Store, extractor: SentenceExtractor) -> None:
        """Each document is stored before the next is asked for."""

        def produce() -> Iterator[RawDocument]:
            for number in range(3):
                assert store.get_stats().documents == number
                yield RawDocument(f"Text {number}.")

        assert load_documents(produce(), extractor, store).stored == 3

    def test_a_lost_database_stops_the_run(self, extractor: SentenceExtractor) -> None:
        """A database without tables is no document's fault: the run ends with what to do."""
        with Store.open("sqlite://") as store, pytest.raises(StoreError, match="actorgraph db upgrade"):
            load_documents([RawDocument("One.")], extractor, store)


def test_threads_writing_at_once_lose_nothing(
    database_url: str, gazetteer: Gazetteer, make_extraction: MakeExtraction
) -> None:
    """Four writers with overlapping work: each document once, each entity once, no error."""
    extractions = [
        make_extraction(
            f"[Karim Delwar|person] met envoy {n} of the [Water Ministry|government-body|country=IQ].",
            (0, "supports", 1),
        )
        for n in range(12)
    ]
    statuses: list[str] = []
    errors: list[BaseException] = []

    def work(offset: int) -> None:
        try:
            with Store.open(database_url) as own:
                for number in range(len(extractions)):
                    extraction = extractions[(number + offset) % len(extractions)]
                    statuses.append(load_extraction(extraction, own, gazetteer).status)
        except BaseException as error:  # noqa: BLE001 (reported by the test)
            errors.append(error)

    threads = [threading.Thread(target=work, args=(3 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert (statuses.count("stored"), statuses.count("known")) == (12, 36)
    with Store.open(database_url) as store:
        stats = store.get_stats()
        assert (stats.documents, stats.mentions, stats.claims, stats.version) == (12, 24, 12, 12)
        assert [row.id for row in store.iter_entities()] == ["karim-delwar", "water-ministry"]


def test_sqlite_file_is_sound(
    tmp_path_factory: pytest.TempPathFactory, gazetteer: Gazetteer, make_extraction: MakeExtraction
) -> None:
    """After loading and deleting, SQLite's own checks of pages and foreign keys find nothing."""
    path = tmp_path_factory.mktemp("sound") / "graph.db"
    with Store.open(f"sqlite:///{path}") as store:
        store.upgrade()
        for n in range(5):
            load_extraction(make_extraction(f"{BACKS} {n}", (0, "supports", 1)), store, gazetteer)
        store.delete_document(store.list_documents().items[0].meta.id)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
