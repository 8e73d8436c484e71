"""Writing one document: what linking must look up, and the rows that go in, all within one transaction."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Table, insert, or_, select, update

from graph.models import Entity
from graph.store.database import Change, Database, bump_version
from graph.store.records import AliasMatch
from graph.store.tables import (
    ALIAS,
    BLOCKING_KEY,
    CLAIM,
    COPY_LINK,
    DOCUMENT,
    ENTITY,
    FORMER_FACTS,
    GAZETTEER_RELATION,
    JUDGEMENT,
    MENTION,
    STORY_BAND,
)
from graph.store.told_documents import NewDocument, tell_document

_AT_ONCE = 500
"""Values in one IN list, well below what either database allows."""


class StoryMember(NamedTuple):
    """A stored document that shares a band with a new one."""

    document_id: str
    story_id: str
    signature: bytes | None
    published_on: date | None = None


class CopyPair(NamedTuple):
    """Two documents that are copies of one story, and the day on which both were published; see `CopyLink`."""

    document_id: str
    copied_id: str
    known_on: date | None


class StoredEntity(NamedTuple):
    """What decides whether an id is free for somebody known."""

    type: str
    origin: str


class WritingStore(Database):
    """The way in."""

    @contextmanager
    def write_document(self) -> Iterator["DocumentWriter"]:
        """Open the transaction that stores one document; leaving it without an error commits all of it.

        The graph's version rises by one if anything was written.

        Raises:
            StoreError: The database failed; nothing was stored.
        """
        with self.writing() as connection:
            writer = DocumentWriter(connection)
            yield writer
            if writer.wrote:
                bump_version(connection, writer.changes, writer.tell())


class DocumentWriter:
    """Look-ups and inserts on one connection. Every look-up goes through an index.

    Attributes:
        wrote: Whether anything was inserted or changed.
        changes: What it was.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        # Each is loaded by whoever has that database: PostgreSQL's is a tenth of what a command takes to start.
        dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
        self._insert = dialect.insert
        self.wrote = False
        self.changes: set[Change] = set()
        self._new: dict[str, NewDocument] = {}

    def find_document_id(self, content_hash: str) -> str | None:
        """Return the id of the document with this content, if it is stored."""
        statement = select(DOCUMENT.c.id).where(DOCUMENT.c.content_hash == content_hash)
        found = self._connection.execute(statement).scalar()
        return None if found is None else str(found)

    def has_document(self, document_id: str) -> bool:
        """Say whether a document has this id."""
        statement = select(DOCUMENT.c.id).where(DOCUMENT.c.id == document_id)
        return self._connection.execute(statement).first() is not None

    def find_entities(self, entity_ids: Collection[str]) -> dict[str, StoredEntity]:
        """Return what linking needs of those of these entities that exist, by id."""
        rows = self._find(select(ENTITY.c.type, ENTITY.c.origin, ENTITY.c.id), ENTITY.c.id, entity_ids)
        return {row["id"]: StoredEntity(row["type"], row["origin"]) for row in rows}

    def find_aliases(self, keys: Collection[str]) -> list[AliasMatch]:
        """Return the aliases with these search keys, in the order they were stored."""
        rows = self._find(_SELECT_ALIASES.order_by(ALIAS.c.id), ALIAS.c.key, keys)
        return [AliasMatch(**row) for row in rows]

    def find_aliases_of(self, entity_ids: Collection[str]) -> list[AliasMatch]:
        """Return all aliases of these entities, in the order they were stored."""
        rows = self._find(_SELECT_ALIASES.order_by(ALIAS.c.id), ALIAS.c.entity_id, entity_ids)
        return [AliasMatch(**row) for row in rows]

    def find_blocked(self, keys: Collection[str], most: int = 200) -> set[str]:
        """Return the ids of the entities that have one of these blocking keys.

        A key that more than `most` entities share tells too little to be worth looking at all of them, and is
        passed over: so the cost stays the same however many entities there are.
        """
        blocked: set[str] = set()
        for key in sorted(keys):
            statement = select(BLOCKING_KEY.c.entity_id).where(BLOCKING_KEY.c.key == key).limit(most + 1)
            block = self._connection.execute(statement).scalars().all()
            if len(block) <= most:
                blocked.update(block)
        return blocked

    def find_kept_apart(self, entity_ids: Collection[str]) -> dict[str, set[str]]:
        """Return, for those of these entities that have any, the entities that were judged to be others."""
        apart: dict[str, set[str]] = {}
        columns = (JUDGEMENT.c.left_id, JUDGEMENT.c.right_id)
        for column, other in (columns, columns[::-1]):
            statement = select(column.label("one"), other.label("other")).where(
                JUDGEMENT.c.verdict == "not-same"
            )
            for row in self._find(statement, column, entity_ids):
                apart.setdefault(row["one"], set()).add(row["other"])
        return apart

    def find_story_members(self, bands: Collection[str]) -> list[StoryMember]:
        """Return the documents that share one of these bands, earliest stored first."""
        statement = (
            select(DOCUMENT.c.id.label("document_id"), DOCUMENT.c.story_id, DOCUMENT.c.signature)
            .distinct()
            .add_columns(DOCUMENT.c.ingested_at, DOCUMENT.c.published_on)
            .join_from(STORY_BAND, DOCUMENT, DOCUMENT.c.id == STORY_BAND.c.document_id)
        )
        found = {
            row["document_id"]: (row["ingested_at"], row)
            for row in self._find(statement, STORY_BAND.c.band, bands)
        }
        ordered = sorted(found.items(), key=lambda item: (item[1][0], item[0]))
        return [
            StoryMember(key, row["story_id"], row["signature"], row["published_on"])
            for key, (_, row) in ordered
        ]

    def find_copy_links(self, document_ids: Collection[str]) -> set[CopyPair]:
        """Return all links of the stories that these documents are of. Cost: those links, through indexes."""
        found: set[CopyPair] = set()
        seen: set[str] = set()
        reached = set(document_ids)
        columns = (COPY_LINK.c.document_id, COPY_LINK.c.copied_id)
        while new := reached - seen:
            seen |= new
            for column in columns:
                rows = self._find(select(*columns, COPY_LINK.c.known_on), column, new)
                found.update(CopyPair(**row) for row in rows)
            reached = {end for pair in found for end in pair[:2]}
        return found

    def add_copy_links(self, pairs: Iterable[CopyPair]) -> None:
        """Insert links of a new document; known ones are left."""
        self._add(COPY_LINK, [pair._asdict() for pair in pairs], skip_known=True)

    def merge_stories(self, kept_id: str, joined_ids: Collection[str]) -> None:
        """Give the documents of some stories to another story."""
        for story_ids in _chunks(joined_ids):
            statement = (
                update(DOCUMENT)
                .where(DOCUMENT.c.story_id.in_(story_ids))
                .values(story_id=kept_id)
                .returning(DOCUMENT.c.id)
            )
            moved = self._connection.execute(statement).scalars().all()
            self.changes.update(("document", document_id) for document_id in moved)
            for document_id in self._new.keys() & set(moved):
                self._new[document_id].story_id = kept_id
            self.wrote = True

    def add_entities(self, entities: Iterable[Entity]) -> None:
        """Insert new entities."""
        rows = [entity.model_dump() for entity in entities]
        self._add(ENTITY, rows, changes=[("entity", row["id"]) for row in rows])

    def update_entity(self, entity_id: str, changes: Mapping[str, object]) -> None:
        """Change some columns of an entity; its id never changes."""
        self._connection.execute(update(ENTITY).where(ENTITY.c.id == entity_id).values(**changes))
        self.changes.add(("entity", entity_id))
        self.wrote = True

    def add_aliases(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert aliases (`entity_id`, `text`, `key`, `origin`, and `known_on` where a dated text says it).

        Of those that an entity has already, the earliest day on which a text says it is kept.
        """
        if not rows:
            return
        self.changes.update(("entity", str(row["entity_id"])) for row in rows)
        statement = self._insert(ALIAS)
        told = statement.excluded.known_on
        earlier = or_(ALIAS.c.known_on.is_(None), told < ALIAS.c.known_on)
        statement = statement.on_conflict_do_update(
            index_elements=["entity_id", "text"],
            set_={"known_on": told},
            where=(ALIAS.c.origin == "text") & told.is_not(None) & earlier,
        )
        self._connection.execute(statement, [{"known_on": None, **row} for row in rows])
        self.wrote = True

    def keep_former(self, known: AliasMatch, told_on: date | None) -> None:
        """Remember an entity's name and country as they are, before a text of some day changes them."""
        row = {
            "entity_id": known.entity_id,
            "known_on": told_on,
            "name": known.entity_name,
            "country_code": known.country_code,
        }
        self._add(FORMER_FACTS, [row], changes=[("entity", known.entity_id)])

    def add_blocking_keys(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert blocking keys (`key`, `entity_id`); known ones are left."""
        self._add(BLOCKING_KEY, rows, skip_known=True)

    def add_gazetteer_relations(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert relations that geography knows; known ones are left."""
        changes: list[Change] = [("gazetteer", str(row["source_id"])) for row in rows]
        self._add(GAZETTEER_RELATION, rows, skip_known=True, changes=changes)

    def add_document(self, row: Mapping[str, Any], bands: Collection[str]) -> None:
        """Insert the document itself and the bands of its signature."""
        document_id = str(row["id"])
        self._new[document_id] = NewDocument(
            document_id, row["story_id"], row.get("source"), row.get("published_on")
        )
        self._add(DOCUMENT, [row], changes=[("document", document_id)])
        self._add(STORY_BAND, [{"band": band, "document_id": row["id"]} for band in sorted(bands)])

    def add_mentions(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert mentions in bulk."""
        # Of a document that was there before, nobody can tell which of its mentions are new.
        late = [row for row in rows if row["document_id"] not in self._new]
        self._add(MENTION, rows, changes=[("mentions", str(row["entity_id"])) for row in late])
        for row in rows:
            if (new := self._new.get(row["document_id"])) is not None:
                metonym = row["text"] if row["resolution"] == "metonym" else None
                new.mentions[row["entity_id"], metonym] += 1

    def add_claims(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Insert claims in bulk."""
        self._add(CLAIM, rows, changes=[("document", str(row["document_id"])) for row in rows])
        for row in rows:
            if (new := self._new.get(str(row["document_id"]))) is not None:
                new.claims.append(row)

    def tell(self) -> dict[str, bytes | None]:
        """Return each document that was inserted, as `graph.store.told_documents` tells it."""
        return {document_id: tell_document(new) for document_id, new in self._new.items()}

    def _add(
        self,
        table: Table,
        rows: Sequence[Mapping[str, object]],
        *,
        skip_known: bool = False,
        changes: Iterable[Change] = (),
    ) -> None:
        if not rows:
            return
        self.changes.update(changes)
        statement = self._insert(table).on_conflict_do_nothing() if skip_known else insert(table)
        self._connection.execute(statement, [dict(row) for row in rows])
        self.wrote = True

    def _find(
        self,
        statement: Select[Any],
        column: ColumnElement[str],
        wanted: Collection[str],
    ) -> Iterator[Mapping[str, Any]]:
        for chunk in _chunks(wanted):
            for row in self._connection.execute(statement.where(column.in_(chunk))).mappings():
                yield dict(row)


_SELECT_ALIASES = select(
    ALIAS.c.entity_id,
    ENTITY.c.name.label("entity_name"),
    ENTITY.c.type.label("entity_type"),
    ENTITY.c.country_code,
    ALIAS.c.text,
    ALIAS.c.key,
    ALIAS.c.origin,
    ALIAS.c.known_on,
).join_from(ALIAS, ENTITY, ENTITY.c.id == ALIAS.c.entity_id)


def _chunks(wanted: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(set(wanted))
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
