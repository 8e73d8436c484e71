"""From extractions to the store: one transaction a document, the same content once, failures recorded."""

import hashlib
import logging
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, Protocol

from graph.errors import ActorgraphError, StoreError
from graph.store import DocumentWriter, Store
from ingest.duplicates import build_fingerprint, find_stories
from ingest.gazetteer import Gazetteer
from ingest.linking import Linker
from ingest.readers import ReadFailure
from ingest.types import Extraction, RawDocument

_log = logging.getLogger(__name__)


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
        UnloadableDocument: The text holds a NUL character or is empty.
        StoreError: The database failed; nothing was stored.
    """
    text = extraction.document.text
    _check_text(text)
    content_hash = hash_content(text)
    # Whatever takes time is done before the transaction, since writers wait for each other.
    fingerprint = build_fingerprint(text)
    with store.write_document() as writer:
        known = writer.find_document_id(content_hash)
        if known is not None:
            return LoadResult("known", known, origin=extraction.document.origin)
        document_id = _choose_document_id(writer, content_hash)
        stories = find_stories(fingerprint, writer.find_story_members(fingerprint.bands))
        story_id = stories[0] if stories else document_id
        if stories[1:]:
            writer.merge_stories(story_id, stories[1:])
        linker = Linker(writer, gazetteer)
        entity_ids = linker.link(extraction.actors)
        writer.add_document(
            _document_row(extraction, document_id, content_hash, story_id, fingerprint.signature),
            fingerprint.bands,
        )
        writer.add_mentions(_mention_rows(extraction, document_id, entity_ids))
        claims = _claim_rows(extraction, document_id, entity_ids)
        writer.add_claims(claims)
        return LoadResult(
            "stored",
            document_id,
            story_id,
            mentions=len(extraction.mentions),
            claims=len(claims),
            self_claims=len(extraction.claims) - len(claims),
            new_entities=tuple(linker.added),
            copy=bool(stories),
            origin=extraction.document.origin,
        )


def hash_content(text: str) -> str:
    """Return SHA-256, in hex, of a text in NFC without outer blanks: what makes two documents the same content."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).strip().encode()).hexdigest()


def _load_document(document: RawDocument, extractor: Extractor, store: Store) -> LoadOutcome:
    try:
        _check_text(document.text)
    except UnloadableDocument as error:
        return LoadFailure(document.origin, str(error))
    content_hash = hash_content(document.text)
    known = store.find_known_documents([content_hash])
    if content_hash in known:
        return LoadResult("known", known[content_hash], origin=document.origin)
    # Asking for it makes a lazy extractor load; that it cannot is no fault of this document.
    gazetteer = extractor.gazetteer
    try:
        return load_extraction(extractor.extract(document), store, gazetteer)
    except StoreError:
        raise
    except Exception as error:  # noqa: BLE001 (one bad document must not stop a thousand good ones)
        _log.warning("Could not load %s", document.origin, exc_info=True)
        return LoadFailure(document.origin, f"{type(error).__name__}: {error}".splitlines()[0])


def _check_text(text: str) -> None:
    if not text.strip():
        raise UnloadableDocument("empty")
    if "\x00" in text:
        raise UnloadableDocument("binary: a NUL character stands in the text")


def _choose_document_id(writer: DocumentWriter, content_hash: str) -> str:
    """Return the first 12 hex digits of the hash, or more where another text has the same ones."""
    length = 12
    while writer.has_document(f"d-{content_hash[:length]}"):
        length += 4
    return f"d-{content_hash[:length]}"


def _document_row(
    extraction: Extraction, document_id: str, content_hash: str, story_id: str, signature: bytes | None
) -> dict[str, object]:
    document = extraction.document
    return {
        "id": document_id,
        "content_hash": content_hash,
        "story_id": story_id,
        "title": document.title,
        "text": document.text,
        "source": document.source,
        "url": document.url,
        "external_id": document.external_id,
        "published_on": extraction.published_on,
        "signature": signature,
        "extractor": extraction.extractor,
        "ingested_at": datetime.now(tz=UTC),
    }


def _mention_rows(
    extraction: Extraction, document_id: str, entity_ids: tuple[str, ...]
) -> list[dict[str, object]]:
    return [
        {
            "document_id": document_id,
            "entity_id": entity_ids[mention.actor],
            "start_char": mention.start_char,
            "end_char": mention.end_char,
            "text": mention.text,
            "resolution": mention.resolution,
        }
        for mention in extraction.mentions
    ]


def _claim_rows(
    extraction: Extraction, document_id: str, entity_ids: tuple[str, ...]
) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for number, claim in enumerate(extraction.claims, start=1):
        source, target = extraction.mentions[claim.source], extraction.mentions[claim.target]
        speaker = None if claim.speaker is None else extraction.mentions[claim.speaker]
        if entity_ids[source.actor] == entity_ids[target.actor]:
            continue  # two names in the text, one entity in the world: says nothing about two
        rows.append(
            {
                "id": f"{document_id}-{number}",
                "document_id": document_id,
                "source_id": entity_ids[source.actor],
                "kind": claim.kind,
                "how": claim.how,
                "target_id": entity_ids[target.actor],
                "quote": claim.quote,
                "quote_start": claim.quote_start,
                "quote_end": claim.quote_end,
                "source_start": source.start_char,
                "source_end": source.end_char,
                "source_resolution": source.resolution,
                "target_start": target.start_char,
                "target_end": target.end_char,
                "target_resolution": target.resolution,
                "trigger": claim.trigger,
                "trigger_start": claim.trigger_start,
                "trigger_end": claim.trigger_end,
                "rule": claim.rule,
                "polarity": claim.polarity,
                "modality": claim.modality,
                "attributed_to": claim.attributed_to,
                "attributed_to_id": None if speaker is None else entity_ids[speaker.actor],
                "valid_from": claim.valid_from,
                "valid_to": claim.valid_to,
                "confidence": claim.confidence,
                "review_status": "unreviewed",
            }
        )
    return rows
