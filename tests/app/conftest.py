"""A small graph in a real database, the real service over it, and the real command line."""

import sqlite3
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest

from app.main import create_app
from app.settings import Settings
from graph.models import Entity
from graph.store import DocumentWriter, Store

with warnings.catch_warnings():
    # It would like to be used with a successor of httpx that is not out of its first version.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

Connect = Callable[..., TestClient]
Named = tuple[str, str, str, str | None, tuple[str, ...]]

ENTITIES: tuple[Named, ...] = (
    ("iran", "Iran", "country", "IR", ("Tehran", "Islamic Republic")),
    ("iraq", "Iraq", "country", "IQ", ("Baghdad government",)),
    ("qatar", "Qatar", "country", "QA", ("Doha",)),
    ("isis", "ISIS", "armed-group", None, ("Daesh", "ISIL")),
    ("nouri-al-maliki", "Nouri al-Maliki", "person", "IQ", ("Maliki",)),
    ("qasem-soleimani", "Qasem Soleimani", "person", "IR", ("Soleimani",)),
    ("quds-force", "Quds Force", "security-force", "IR", ()),
    ("karbala", "Karbala", "place", "IQ", ("Kerbala",)),
    ("badr-organization", "Badr Organization", "armed-group", "IQ", ("Badr",)),
    ("badr-town", "Badr (town)", "place", "SA", ("Badr",)),
)


class Said(NamedTuple):
    """A claim in a text, told by its words; offsets are looked up in the text."""

    source: tuple[str, str]
    kind: str
    how: str | None
    target: tuple[str, str]
    quote: str
    trigger: str
    confidence: float
    polarity: str = "affirmed"
    modality: str = "asserted"
    speaker: tuple[str, str] | None = None


class Text(NamedTuple):
    """A document of the corpus."""

    id: str
    story_id: str
    title: str | None
    source: str | None
    published_on: date | None
    text: str
    claims: tuple[Said, ...]


_BACKS = "Iran backs Prime Minister Nouri al-Maliki, its foreign ministry said."
_CONDEMNED = "Nouri al-Maliki condemned ISIS on Thursday."
_TEXTS = (
    Text(
        "d-one",
        "d-one",
        "Tehran stands by Baghdad",
        "Gulf Courier",
        date(2014, 6, 12),
        f"{_BACKS} {_CONDEMNED}",
        (
            Said(
                ("iran", "Iran"),
                "supports",
                "endorses",
                ("nouri-al-maliki", "Nouri al-Maliki"),
                _BACKS,
                "backs",
                0.8,
                modality="reported",
                speaker=("iran", "its foreign ministry"),
            ),
            Said(
                ("nouri-al-maliki", "Nouri al-Maliki"),
                "opposes",
                "criticizes",
                ("isis", "ISIS"),
                _CONDEMNED,
                "condemned",
                0.75,
            ),
        ),
    ),
    Text(
        "d-two",
        "d-two",
        "The general and his men",
        "Tigris Wire",
        date(2014, 6, 14),
        "Tehran has never supported ISIS. Qasem Soleimani commands the Quds Force. "
        "The Quds Force was deployed to Karbala. Tehran again praised Maliki.",
        (
            Said(
                ("iran", "Tehran"),
                "supports",
                None,
                ("isis", "ISIS"),
                "Tehran has never supported ISIS.",
                "supported",
                0.7,
                polarity="denied",
            ),
            Said(
                ("qasem-soleimani", "Qasem Soleimani"),
                "commands",
                "leads",
                ("quds-force", "Quds Force"),
                "Qasem Soleimani commands the Quds Force.",
                "commands",
                0.9,
            ),
            Said(
                ("quds-force", "Quds Force"),
                "located-in",
                "deployed-to",
                ("karbala", "Karbala"),
                "The Quds Force was deployed to Karbala.",
                "deployed",
                0.6,
            ),
            Said(
                ("iran", "Tehran"),
                "supports",
                "endorses",
                ("nouri-al-maliki", "Maliki"),
                "Tehran again praised Maliki.",
                "praised",
                0.5,
            ),
        ),
    ),
    Text(
        "d-three",
        "d-one",
        "Tehran stands by Baghdad",
        "Oasis Herald",
        date(2014, 6, 13),
        f"{_BACKS} More follows.",
        (
            Said(
                ("iran", "Iran"),
                "supports",
                "endorses",
                ("nouri-al-maliki", "Nouri al-Maliki"),
                _BACKS,
                "backs",
                0.8,
            ),
        ),
    ),
    Text(
        "d-four",
        "d-four",
        None,
        None,
        None,
        "Qatar may support ISIS, a forum poster guessed. The Quds Force belongs to Iran \x1b[31mby law\x1b[0m.",
        (
            Said(
                ("qatar", "Qatar"),
                "supports",
                None,
                ("isis", "ISIS"),
                "Qatar may support ISIS, a forum poster guessed.",
                "support",
                0.4,
                modality="possible",
            ),
            Said(
                ("quds-force", "Quds Force"),
                "member-of",
                "branch-of",
                ("iran", "Iran"),
                "The Quds Force belongs to Iran \x1b[31mby law\x1b[0m.",
                "belongs",
                0.7,
            ),
        ),
    ),
)


_COMMANDS = "General Kassem Sulaimani commands the Quds Force, an officer said."
_STRUCK = "Kassem Sulaimani struck ISIS near Samarra."
_DOUBLES: tuple[Named, ...] = (
    ("kassem-sulaimani", "Kassem Sulaimani", "person", None, ()),
    ("qassem-suleimani", "Qassem Suleimani", "person", None, ()),
    ("badr-organisation", "Badr Organisation", "armed-group", "IQ", ()),
)
_TEXT_ON_DOUBLES = Text(
    "d-five",
    "d-five",
    None,
    "Delta Post",
    date(2014, 6, 15),
    f"{_COMMANDS} {_STRUCK}",
    (
        Said(
            ("kassem-sulaimani", "Kassem Sulaimani"),
            "commands",
            "leads",
            ("quds-force", "Quds Force"),
            _COMMANDS,
            "commands",
            0.7,
        ),
        Said(
            ("kassem-sulaimani", "Kassem Sulaimani"),
            "opposes",
            None,
            ("isis", "ISIS"),
            _STRUCK,
            "struck",
            0.6,
        ),
    ),
)


def _find(text: str, words: str, start: int = 0) -> tuple[int, int]:
    at = text.index(words, start)
    return at, at + len(words)


def _find_ends(document: Text) -> set[tuple[str, int, int]]:
    """Return who is named at which offsets by the document's claims."""
    return {
        (entity_id, *_find(document.text, words, document.text.index(said.quote)))
        for said in document.claims
        for entity_id, words in (said.source, said.target)
    }


def _claim_row(document: Text, number: int, said: Said) -> dict[str, object]:
    quote_start, quote_end = _find(document.text, said.quote)
    source = _find(document.text, said.source[1], quote_start)
    target = _find(document.text, said.target[1], quote_start)
    trigger = _find(document.text, said.trigger, quote_start)
    return {
        "id": f"{document.id}-{number}",
        "document_id": document.id,
        "source_id": said.source[0],
        "kind": said.kind,
        "how": said.how,
        "target_id": said.target[0],
        "quote": said.quote,
        "quote_start": quote_start,
        "quote_end": quote_end,
        "source_start": source[0],
        "source_end": source[1],
        "source_resolution": "name",
        "target_start": target[0],
        "target_end": target[1],
        "target_resolution": "name",
        "trigger": said.trigger,
        "trigger_start": trigger[0],
        "trigger_end": trigger[1],
        "rule": "verb:active",
        "polarity": said.polarity,
        "modality": said.modality,
        "attributed_to": said.speaker[1] if said.speaker else None,
        "attributed_to_id": said.speaker[0] if said.speaker else None,
        "valid_from": None,
        "valid_to": None,
        "confidence": said.confidence,
        "review_status": "unreviewed",
    }


def _write_entities(writer: DocumentWriter, entities: Iterable[Named]) -> None:
    entities = tuple(entities)
    writer.add_entities(
        Entity(id=key, name=name, type=kind, country_code=country) for key, name, kind, country, _ in entities
    )
    writer.add_aliases(
        [
            {"entity_id": key, "text": text, "key": text.casefold(), "origin": "gazetteer"}
            for key, name, _, _, aliases in entities
            for text in (name, *aliases)
        ]
    )


def _write_geography(writer: DocumentWriter) -> None:
    writer.add_gazetteer_relations(
        [
            {
                "source_id": "karbala",
                "target_id": "iraq",
                "kind": "located-in",
                "how": "part-of-place",
                "dataset": "geonames",
            }
        ]
    )


def _write_text(writer: DocumentWriter, document: Text, minute: int) -> None:
    writer.add_document(
        {
            "id": document.id,
            "content_hash": sha256(document.text.encode()).hexdigest(),
            "story_id": document.story_id,
            "title": document.title,
            "text": document.text,
            "source": document.source,
            "url": None,
            "external_id": None,
            "published_on": document.published_on,
            "signature": None,
            "extractor": "by hand",
            "ingested_at": datetime(2026, 1, 1, 12, minute, tzinfo=UTC),
        },
        (),
    )
    writer.add_mentions(
        [
            {
                "document_id": document.id,
                "entity_id": entity_id,
                "start_char": start,
                "end_char": end,
                "text": document.text[start:end],
                "resolution": "name",
            }
            for entity_id, start, end in sorted(_find_ends(document), key=lambda end: end[1])
        ]
    )
    rows = [_claim_row(document, number, said) for number, said in enumerate(document.claims, start=1)]
    writer.add_claims(rows)


def _fill(store: Store) -> None:
    with store.write_document() as writer:
        _write_entities(writer, ENTITIES)
        _write_geography(writer)
    for minute, document in enumerate(_TEXTS):
        with store.write_document() as writer:
            _write_text(writer, document, minute)


@pytest.fixture(scope="session")
def fill_database() -> Callable[[Store], None]:
    """Writes the corpus above into a database that has our tables."""
    return _fill


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the corpus, written through the store; to be copied by whoever changes it."""
    path = tmp_path_factory.mktemp("corpus") / "corpus.db"
    with Store.open(f"sqlite:///{path}") as store:
        store.upgrade()
        _fill(store)
    return path


@pytest.fixture(scope="session")
def filled_url(filled_file: Path) -> str:
    """The URL of the corpus, for whoever only reads it."""
    return f"sqlite:///{filled_file}"


@pytest.fixture
def writable_url(filled_file: Path, tmp_path: Path) -> str:
    """The URL of a copy of the corpus, for whoever changes it."""
    path = tmp_path / "graph.db"
    with closing(sqlite3.connect(filled_file)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)
    return f"sqlite:///{path}"


@pytest.fixture
def doubled_url(writable_url: str) -> str:
    """The URL of a copy of the corpus with some of its actors a second time, under other spellings."""
    with Store.open(writable_url) as store, store.write_document() as writer:
        _write_entities(writer, _DOUBLES)
        _write_text(writer, _TEXT_ON_DOUBLES, minute=30)
    return writable_url


@pytest.fixture(scope="module")
def client(filled_url: str) -> Iterator[TestClient]:
    """A caller on this machine, of a service over the corpus; only to be read."""
    app = create_app(Settings(database_url=filled_url))
    with TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000)) as caller:
        yield caller


@pytest.fixture
def connect(writable_url: str) -> Iterator[Connect]:
    """Makes callers of services over a copy of the corpus: settings, and where and how they call, can be chosen."""
    with ExitStack() as stack:

        def make(
            *,
            host: str = "127.0.0.1:8000",
            peer: str = "127.0.0.1",
            headers: dict[str, str] | None = None,
            **settings: object,
        ) -> TestClient:
            app = create_app(
                Settings.model_validate({"database_url": writable_url, "keys_reread_s": 0, **settings})
            )
            caller = TestClient(app, base_url=f"http://{host}", client=(peer, 50_000), headers=headers)
            return stack.enter_context(caller)

        yield make
