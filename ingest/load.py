"""From extractions to the store: one transaction a document, the same content once, failures recorded."""

import hashlib
import logging
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal, Protocol

from graph.errors import ActorgraphError, StoreError
from graph.store import DocumentWriter, Store
from ingest.document_rows import build_claim_rows, build_document_row, build_mention_rows
from ingest.duplicates import build_fingerprint
from ingest.gazetteer import Gazetteer
from ingest.linking import Linker, keep_names
from ingest.readers import ReadFailure
from ingest.stories import join_story
from ingest.types import Extraction, RawDocument

_log = logging.getLogger(__name__)

_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_INDEXED = 500
"""Code points in a field that is looked up; PostgreSQL's indexes refuse what is much longer."""


class Extractor(Protocol):
    """What turns a text into an extraction, such as `ingest.pipeline.Pipeline`."""

    @property
    def gazetteer(self) -> Gazetteer:
        """Whose ids the extractions' known actors carry."""

    def extract(self, document: RawDocument) -> Extraction:
        """Read one document."""


class UnloadableDocument(ActorgraphError):
    """A document that cannot be stored; the message is the reason."""


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What became of one document.

    Attributes:
        status: `known` when the same content was stored before; nothing was changed then.
        story_id: Shared by copies of one story.
        mentions: Stored mentions; 0 for a known document, as all counts are.
        claims: Stored claims.
        self_claims: Claims left out because both ends turned out to be one entity.
        new_entities: Ids of the entities that this document brought.
        copy: Whether it is a copy of a story that was stored before.
    """

    status: Literal["stored", "known"]
    document_id: str
    story_id: str | None = None
    mentions: int = 0
    claims: int = 0
    self_claims: int = 0
    new_entities: tuple[str, ...] = ()
    copy: bool = False
    origin: str = "-"


@dataclass(frozen=True, slots=True)
class LoadFailure:
    """A document that was not stored: where it came from, and why, in one line."""

    origin: str
    reason: str


LoadOutcome = LoadResult | LoadFailure


@dataclass(slots=True)
class LoadSummary:
    """What became of many documents. It grows while they are loaded and keeps the failures, not the results."""

    stored: int = 0
    known: int = 0
    copies: int = 0
    mentions: int = 0
    claims: int = 0
    new_entities: int = 0
    failures: list[LoadFailure] = field(default_factory=list)

    def add(self, outcome: LoadOutcome) -> None:
        """Count one outcome."""
        if isinstance(outcome, LoadFailure):
            self.failures.append(outcome)
        elif outcome.status == "known":
            self.known += 1
        else:
            self.stored += 1
            self.copies += outcome.copy
            self.mentions += outcome.mentions
            self.claims += outcome.claims
            self.new_entities += len(outcome.new_entities)


def load_documents(
    documents: Iterable[RawDocument | ReadFailure],
    extractor: Extractor,
    store: Store,
    *,
    on_progress: Callable[[LoadOutcome], None] | None = None,
) -> LoadSummary:
    """Extract and store documents one by one; what is stored already is not read again.

    A document that fails is recorded with its reason and the rest goes on.

    Args:
        documents: As the readers give them, their failures included; consumed lazily.
        extractor: Reads what is new.
        store: Where to.
        on_progress: Called after each document with what became of it.

    Raises:
        StoreError: The database failed; every document before that is wholly stored.
    """
    summary = LoadSummary()
    for document in documents:
        if isinstance(document, ReadFailure):
            outcome: LoadOutcome = LoadFailure(document.origin, document.reason)
        else:
            outcome = _load_document(document, extractor, store)
        summary.add(outcome)
        if on_progress is not None:
            on_progress(outcome)
    return summary


def load_extraction(extraction: Extraction, store: Store, gazetteer: Gazetteer) -> LoadResult:
    """Store one extraction, wholly or not at all; the same content again changes nothing and says so.

    Args:
        extraction: What was understood of one document.
        store: Where to.
        gazetteer: The one that the extraction was made with; it describes the known actors.

    Raises:
        UnloadableDocument: The text is empty, or it or its meta data holds what no database takes.
        StoreError: The database failed; nothing was stored.
    """
    document = extraction.document
    _check_document(document)
    content_hash = hash_content(document.text)
    # Whatever takes time is done before the transaction, since writers wait for each other.
    fingerprint = build_fingerprint(document.text)
    with store.write_document() as writer:
        known = writer.find_document_id(content_hash)
        if known is not None:
            return LoadResult("known", known, origin=document.origin)
        document_id = _choose_document_id(writer, content_hash)
        story = join_story(writer, document_id, fingerprint, extraction.published_on)
        story_id = story.story_id or document_id
        linker = Linker(writer, gazetteer, extraction.published_on)
        entity_ids = linker.link(keep_names(extraction))
        row = build_document_row(extraction, document_id, content_hash, story_id, fingerprint.signature)
        claims = build_claim_rows(extraction, document_id, entity_ids)
        writer.add_document(row, fingerprint.bands)
        writer.add_copy_links(story.links)
        writer.add_mentions(build_mention_rows(extraction, document_id, entity_ids))
        writer.add_claims(claims)
    return LoadResult(
        "stored",
        document_id,
        story_id,
        mentions=len(extraction.mentions),
        claims=len(claims),
        self_claims=len(extraction.claims) - len(claims),
        new_entities=tuple(linker.added),
        copy=story_id != document_id,
        origin=document.origin,
    )


def hash_content(text: str) -> str:
    """Return SHA-256, in hex, of a text in NFC without outer blanks: what makes two documents the same content."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).strip().encode()).hexdigest()


def _load_document(document: RawDocument, extractor: Extractor, store: Store) -> LoadOutcome:
    outcome = find_outcome(document, store)
    if outcome is not None:
        return outcome
    # Asking for it makes a lazy extractor load; that it cannot is no fault of this document.
    gazetteer = extractor.gazetteer
    return store_reading(document, lambda: extractor.extract(document), store, gazetteer)


def find_outcome(document: RawDocument, store: Store) -> LoadOutcome | None:
    """Return what becomes of a document that need not be read, for it is stored already or cannot be; None for others.

    Raises:
        StoreError: The database failed.
    """
    try:
        _check_document(document)
    except UnloadableDocument as error:
        return LoadFailure(document.origin, str(error))
    content_hash = hash_content(document.text)
    known = store.find_known_documents([content_hash])
    if content_hash in known:
        return LoadResult("known", known[content_hash], origin=document.origin)
    return None


def store_reading(
    document: RawDocument, read: Callable[[], Extraction], store: Store, gazetteer: Gazetteer
) -> LoadOutcome:
    """Store what `read` returns of a document; whatever it or storing raises is the document's failure.

    Raises:
        StoreError: The database failed; nothing was stored.
    """
    try:
        return load_extraction(read(), store, gazetteer)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 (one bad document must not stop a thousand good ones)
        _log.warning("Could not load %s", document.origin, exc_info=True)
        return LoadFailure(document.origin, f"{type(error).__name__}: {error}".splitlines()[0])


def _check_document(document: RawDocument) -> None:
    if not document.text.strip():
        raise UnloadableDocument("empty")
    if "\x00" in document.text:
        raise UnloadableDocument("binary: a NUL character stands in the text")
    for name in ("text", "title", "source", "url", "external_id"):
        value = getattr(document, name) or ""
        if "\x00" in value or _SURROGATE.search(value):
            raise UnloadableDocument(
                f"{name}: holds a NUL character or half a character, which cannot be stored"
            )
        if name in {"source", "external_id"} and len(value) > _MAX_INDEXED:
            raise UnloadableDocument(f"{name}: longer than {_MAX_INDEXED} characters")


def _choose_document_id(writer: DocumentWriter, content_hash: str) -> str:
    """Return the first 12 hex digits of the hash, or more where another text has the same ones."""
    length = 12
    while writer.has_document(f"d-{content_hash[:length]}"):
        length += 4
    return f"d-{content_hash[:length]}"
