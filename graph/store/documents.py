"""Documents: reading, listing, marking and deleting them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, delete, func, select, tuple_

from graph.errors import InvalidQuery, RecordNotFound
from graph.models import Claim, Document, Mention
from graph.store.cursors import decode_cursor, encode_cursor
from graph.store.database import Change, Database, bump_version
from graph.store.records import DocumentMarks, DocumentMeta, DocumentSummary, Page, StoreStats
from graph.store.tables import CLAIM, DOCUMENT, ENTITY, MENTION

META_COLUMNS = tuple(DOCUMENT.c[name] for name in DocumentMeta._fields)


class DocumentStore(Database):
    """Questions about documents."""

    def get_document(self, document_id: str) -> Document:
        """Return one document with its text.

        Raises:
            RecordNotFound: There is none with this id.
        """
        with self.reading() as connection:
            row = connection.execute(select(DOCUMENT).where(DOCUMENT.c.id == document_id)).first()
        if row is None:
            raise RecordNotFound("document", document_id)
        return Document(**row._mapping)  # noqa: SLF001 (SQLAlchemy's public name)

    def find_known_documents(self, content_hashes: list[str]) -> dict[str, str]:
        """Return, by content hash, the ids of those documents that are stored already. One index look-up each."""
        statement = select(DOCUMENT.c.content_hash, DOCUMENT.c.id).where(
            DOCUMENT.c.content_hash.in_(content_hashes)
        )
        with self.reading() as connection:
            return {row.content_hash: row.id for row in connection.execute(statement)}

    def list_outlets(self, known_by: date | None = None) -> tuple[str, ...]:
        """Return the outlets of all texts as texts name them, in alphabetical order. Cost: O(documents).

        Args:
            known_by: Last publication day of the texts to go by; undated ones are left out then.
        """
        statement = select(DOCUMENT.c.source).where(DOCUMENT.c.source.is_not(None)).distinct()
        if known_by is not None:
            statement = statement.where(DOCUMENT.c.published_on <= known_by)
        with self.reading() as connection:
            return tuple(sorted(connection.execute(statement).scalars()))

    def list_documents(
        self, after: str | None = None, limit: int = 50, *, source: str | None = None
    ) -> Page[DocumentSummary]:
        """Return documents, last ingested first.

        Args:
            after: `Page.after` of the page before.
            limit: Length of a page, 1 or more.
            source: Only this outlet's, spelled as it was given.

        Raises:
            InvalidQuery: `after` is not a cursor of this list.
        """
        matching = [] if source is None else [DOCUMENT.c.source == source]
        total = select(func.count()).select_from(DOCUMENT).where(*matching)
        with self.reading() as connection:
            rows = connection.execute(_select_summaries(matching, after, limit)).all()
            count = connection.execute(total).scalar_one()
        items = tuple(_to_summary(row) for row in rows[:limit])
        following = (
            encode_cursor(items[-1].ingested_at.isoformat(), items[-1].meta.id) if len(rows) > limit else None
        )
        return Page(items, count, following)

    def list_document_marks(self, document_id: str) -> DocumentMarks:
        """Return the mentions and claims of one document in reading order.

        Raises:
            RecordNotFound: There is no such document.
        """
        mentions = (
            select(MENTION)
            .where(MENTION.c.document_id == document_id)
            .order_by(MENTION.c.start_char, MENTION.c.id)
        )
        claims = (
            select(CLAIM)
            .where(CLAIM.c.document_id == document_id)
            .order_by(CLAIM.c.quote_start, CLAIM.c.trigger_start, CLAIM.c.id)
        )
        with self.reading() as connection:
            if connection.execute(select(DOCUMENT.c.id).where(DOCUMENT.c.id == document_id)).first() is None:
                raise RecordNotFound("document", document_id)
            return DocumentMarks(
                tuple(Mention(**row) for row in connection.execute(mentions).mappings()),
                tuple(Claim(**row) for row in connection.execute(claims).mappings()),
            )

    def delete_document(self, document_id: str) -> None:
        """Delete a document with its mentions and claims, and nothing else: entities and their names stay.

        Raises:
            RecordNotFound: There is no such document.
        """
        mentioned = select(MENTION.c.entity_id).where(MENTION.c.document_id == document_id).distinct()
        with self.writing() as connection:
            changes: set[Change] = {("mentions", found) for found in connection.execute(mentioned).scalars()}
            if connection.execute(delete(DOCUMENT).where(DOCUMENT.c.id == document_id)).rowcount == 0:
                raise RecordNotFound("document", document_id)
            bump_version(connection, {*changes, ("document", document_id), ("departed", document_id)})

    def get_stats(self) -> StoreStats:
        """Count what is stored. Cost: a scan of each table's smallest index."""
        documents = select(
            func.count(),
            func.count() - func.count(DOCUMENT.c.published_on),
            func.count(DOCUMENT.c.story_id.distinct()),
            func.count(DOCUMENT.c.source.distinct()),
            func.min(DOCUMENT.c.published_on),
            func.max(DOCUMENT.c.published_on),
        ).select_from(DOCUMENT)
        with self.at_one_version() as store, store.reading() as connection:
            stored, undated, stories, sources, first, last = connection.execute(documents).one()
            entities, mentions, claims = (
                connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (ENTITY, MENTION, CLAIM)
            )
            return StoreStats(
                version=store.get_version(),
                documents=stored,
                undated_documents=undated,
                stories=stories,
                sources=sources,
                entities=entities,
                mentions=mentions,
                claims=claims,
                first_published=first,
                last_published=last,
            )


def to_meta(row: Row[Any], prefix: str = "") -> DocumentMeta:
    """Pick a document's meta data out of a row whose columns carry this prefix."""
    return DocumentMeta(*(getattr(row, prefix + name) for name in DocumentMeta._fields))


def _select_summaries(matching: list[ColumnElement[bool]], after: str | None, limit: int) -> Select[Any]:
    counted = [
        select(func.count()).where(table.c.document_id == DOCUMENT.c.id).scalar_subquery().label(name)
        for table, name in ((MENTION, "mentions"), (CLAIM, "claims"))
    ]
    statement = (
        select(
            *META_COLUMNS,
            DOCUMENT.c.external_id,
            DOCUMENT.c.extractor,
            DOCUMENT.c.ingested_at,
            func.length(DOCUMENT.c.text).label("length"),
            *counted,
        )
        .where(*matching)
        .order_by(DOCUMENT.c.ingested_at.desc(), DOCUMENT.c.id.desc())
        .limit(limit + 1)
    )
    if after is not None:
        moment, document_id = _decode_place(after)
        statement = statement.where(tuple_(DOCUMENT.c.ingested_at, DOCUMENT.c.id) < (moment, document_id))
    return statement


def _decode_place(after: str) -> tuple[datetime, str]:
    moment, document_id = decode_cursor(after, (str, str))
    try:
        return datetime.fromisoformat(moment), document_id
    except ValueError:
        raise InvalidQuery("cursor", "it is not one that this list gave out") from None


def _to_summary(row: Row[Any]) -> DocumentSummary:
    return DocumentSummary(
        to_meta(row), row.external_id, row.extractor, row.ingested_at, row.length, row.mentions, row.claims
    )
