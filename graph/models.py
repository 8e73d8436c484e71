"""The tables. One SQLModel class each; every statement over them stands in the store."""

from datetime import UTC, date, datetime
from typing import Literal

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlmodel import Field, SQLModel

Polarity = Literal["affirmed", "denied"]
Modality = Literal["asserted", "reported", "alleged", "possible", "past"]
ReviewStatus = Literal["unreviewed", "accepted", "rejected"]
Verdict = Literal["same", "not-same", "unsure"]
Origin = Literal["text", "gazetteer", "user"]


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC instant; SQLite forgets time zones, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _now() -> datetime:
    return datetime.now(tz=UTC)


class _Record(SQLModel):
    """Base of every table. Rows are never validated: the store takes them from what was, or from the database."""

    model_config = {"defer_build": True}  # which takes a fifth of the time to load this module


class Entity(_Record, table=True):
    """An actor or place. The id is a readable slug, such as `qasem-soleimani`, and never changes."""

    __tablename__ = "entity"

    id: str = Field(primary_key=True, max_length=120)
    name: str
    type: str = Field(index=True, max_length=40)
    country_code: str | None = Field(default=None, max_length=2, description="ISO 3166-1 alpha-2")
    admin1: str | None = Field(default=None, description="Province or state, by name")
    lat: float | None = Field(default=None, description="Degrees north, WGS 84")
    lon: float | None = Field(default=None, description="Degrees east, WGS 84")
    geonames_id: int | None = None
    origin: str = Field(default="text", max_length=12)
    created_at: datetime = Field(default_factory=_now, sa_column=Column(UtcDateTime(), nullable=False))


class Alias(_Record, table=True):
    """A name an entity goes by; `key` is its normalised form for look-ups (graph.identity.search_key)."""

    __tablename__ = "alias"
    __table_args__ = (UniqueConstraint("entity_id", "text"),)

    id: int | None = Field(default=None, primary_key=True)
    entity_id: str = Field(
        sa_column=Column(String(120), ForeignKey("entity.id", ondelete="CASCADE"), nullable=False)
    )
    text: str
    key: str = Field(index=True)
    origin: str = Field(default="text", max_length=12)
    known_on: date | None = Field(
        default=None, description="First publication day of a text that says it; empty for undated ones alone"
    )


class FormerFacts(_Record, table=True):
    """What an entity was called, and its country, before a text told better; texts of before `known_on` knew no more."""

    __tablename__ = "former_facts"

    id: int | None = Field(default=None, primary_key=True)
    entity_id: str = Field(
        sa_column=Column(String(120), ForeignKey("entity.id", ondelete="CASCADE"), nullable=False, index=True)
    )
    known_on: date | None = Field(default=None, description="Publication day of the text that told better")
    name: str
    country_code: str | None = Field(default=None, max_length=2)


class BlockingKey(_Record, table=True):
    """A coarse phonetic key of one of an entity's names, so that spelling variants are found without a scan."""

    __tablename__ = "blocking_key"
    __table_args__ = {"sqlite_with_rowid": False}  # the key is all there is

    key: str = Field(primary_key=True, max_length=80)
    entity_id: str = Field(
        sa_column=Column(
            String(120), ForeignKey("entity.id", ondelete="CASCADE"), primary_key=True, index=True
        )
    )


class Document(_Record, table=True):
    """A text as it was read, whole and unchanged but for line ends. All offsets are code points into `text`.

    `content_hash` is SHA-256 over the text in NFC with outer blanks off; the same content twice is one document.
    Copies of one story share a `story_id`.
    """

    __tablename__ = "document"
    __table_args__ = (Index("ix_document_ingested", "ingested_at", "id"),)

    id: str = Field(primary_key=True, max_length=40)
    content_hash: str = Field(unique=True, max_length=64)
    story_id: str = Field(index=True, max_length=40)
    title: str | None = None
    text: str = Field(sa_column=Column(Text, nullable=False))
    source: str | None = Field(default=None, index=True, description="The outlet, as given")
    url: str | None = None
    external_id: str | None = Field(default=None, index=True, description="The id the giver uses")
    published_on: date | None = Field(default=None, index=True)
    signature: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))
    extractor: str = Field(max_length=80, description="Name and version of what read it")
    ingested_at: datetime = Field(default_factory=_now, sa_column=Column(UtcDateTime(), nullable=False))


class StoryBand(_Record, table=True):
    """One band of a document's MinHash signature; documents that share a band may be copies of one story."""

    __tablename__ = "story_band"
    __table_args__ = {"sqlite_with_rowid": False}  # the key is all there is

    band: str = Field(primary_key=True, max_length=40)
    document_id: str = Field(
        sa_column=Column(
            String(40), ForeignKey("document.id", ondelete="CASCADE"), primary_key=True, index=True
        )
    )


class CopyLink(_Record, table=True):
    """Two documents that are copies of one story, whether or not they are still stored; never rewritten.

    The links up to a day tie together what were copies by then: they hold a minimum spanning forest of all pairs of
    copies, by the day on which both were published.
    """

    __tablename__ = "copy_link"
    __table_args__ = {"sqlite_with_rowid": False}  # the key is nearly all there is

    document_id: str = Field(primary_key=True, max_length=40, description="The one that was stored later")
    copied_id: str = Field(primary_key=True, max_length=40, index=True)
    known_on: date | None = Field(
        default=None, description="Publication of the later; empty if one is undated"
    )


class Mention(_Record, table=True):
    """Words at offsets that stand for an entity; `resolution` says how that is known (see ingest.types.Resolution)."""

    __tablename__ = "mention"

    id: int | None = Field(default=None, primary_key=True)
    document_id: str = Field(
        sa_column=Column(
            String(40), ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True
        )
    )
    entity_id: str = Field(sa_column=Column(String(120), ForeignKey("entity.id"), nullable=False, index=True))
    start_char: int
    end_char: int
    text: str
    resolution: str = Field(max_length=20)


class Claim(_Record, table=True):
    """What one sentence says: immutable evidence, but for its review.

    The quote and both ends are slices of the document's text: `text[quote_start:quote_end] == quote`, always.
    """

    __tablename__ = "claim"
    __table_args__ = (Index("ix_claim_edge", "source_id", "kind", "target_id"),)

    id: str = Field(primary_key=True, max_length=60)
    document_id: str = Field(
        sa_column=Column(
            String(40), ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True
        )
    )
    source_id: str = Field(sa_column=Column(String(120), ForeignKey("entity.id"), nullable=False))
    kind: str = Field(max_length=40)
    how: str | None = Field(default=None, max_length=40)
    target_id: str = Field(sa_column=Column(String(120), ForeignKey("entity.id"), nullable=False, index=True))
    quote: str
    quote_start: int
    quote_end: int
    source_start: int
    source_end: int
    source_resolution: str = Field(max_length=20)
    target_start: int
    target_end: int
    target_resolution: str = Field(max_length=20)
    trigger: str
    trigger_start: int
    trigger_end: int
    rule: str = Field(max_length=80)
    polarity: str = Field(max_length=10)
    modality: str = Field(max_length=10)
    attributed_to: str | None = Field(default=None, description="The speaker, in the document's words")
    attributed_to_id: str | None = Field(
        default=None, sa_column=Column(String(120), ForeignKey("entity.id"), nullable=True, index=True)
    )
    valid_from: date | None = None
    valid_to: date | None = None
    confidence: float = Field(gt=0, le=1)
    review_status: str = Field(default="unreviewed", max_length=12)
    reviewed_by: str | None = None
    reviewed_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime(), nullable=True))


class GazetteerRelation(_Record, table=True):
    """A `located-in` that geography knows and no text needs to say, such as Karbala in Iraq."""

    __tablename__ = "gazetteer_relation"

    source_id: str = Field(
        sa_column=Column(String(120), ForeignKey("entity.id", ondelete="CASCADE"), primary_key=True)
    )
    target_id: str = Field(
        sa_column=Column(
            String(120), ForeignKey("entity.id", ondelete="CASCADE"), primary_key=True, index=True
        )
    )
    kind: str = Field(default="located-in", max_length=40)
    how: str = Field(default="part-of-place", max_length=40)
    dataset: str = Field(description="Where it is known from, such as `geonames`")


class Judgement(_Record, table=True):
    """Somebody's word that two entities are the same, or are not; kept beside the data and undone by deleting it."""

    __tablename__ = "judgement"
    # An id is never given twice, so that undoing one judgement twice cannot undo another.
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = Field(default=None, primary_key=True)
    left_id: str = Field(sa_column=Column(String(120), ForeignKey("entity.id"), nullable=False, index=True))
    right_id: str = Field(sa_column=Column(String(120), ForeignKey("entity.id"), nullable=False, index=True))
    verdict: str = Field(max_length=10)
    keep_id: str | None = Field(default=None, description="Which of the two names the joined entity")
    reason: str | None = None
    judged_by: str | None = None
    judged_at: datetime = Field(default_factory=_now, sa_column=Column(UtcDateTime(), nullable=False))


class ApiKey(_Record, table=True):
    """A key to the service; only the SHA-256 of its secret is stored."""

    __tablename__ = "api_key"

    id: str = Field(primary_key=True, max_length=20)
    name: str
    secret_hash: str = Field(unique=True, max_length=64)
    scopes: str = Field(description="Space-separated: read, write, admin")
    created_at: datetime = Field(default_factory=_now, sa_column=Column(UtcDateTime(), nullable=False))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(UtcDateTime(), nullable=True))


ChangeSubject = Literal[
    "state", "document", "entity", "mentions", "gazetteer", "departed", "judgement", "everything"
]
"""What a change is about; see `GraphChange`."""


class GraphChange(_Record, table=True):
    """What a version of the graph changed, so that whoever knows an earlier one need not read everything again.

    The `subject` says what `subject_id` is: the `document` that came, changed or went (and one that `departed` may have
    come back since); the `entity` whose row or names
    did; one whose `mentions` must be counted again; the source of a relation of the `gazetteer`; a `judgement`
    that was given or taken back. With `everything` nothing can be told. Each version has a `state`, a name that no other database has.

    A document that came whole with its version is `told` here too: see `graph.store.told_documents`.
    """

    __tablename__ = "graph_change"
    __table_args__ = {"sqlite_with_rowid": False}  # the key is mostly all there is

    version: int = Field(primary_key=True)
    subject: str = Field(primary_key=True, max_length=12)
    subject_id: str = Field(primary_key=True, max_length=120)
    told: bytes | None = Field(default=None, sa_column=Column(LargeBinary, nullable=True))


class GraphState(_Record, table=True):
    """One row: the graph's version, one higher after every write that can change an answer."""

    __tablename__ = "graph_state"

    id: int = Field(default=1, primary_key=True)
    version: int = 0
