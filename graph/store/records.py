"""What the store answers with when a single table row is not the answer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, NamedTuple, TypeVar

from graph.models import Claim, Mention

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a long list.

    Attributes:
        items: At most as many as were asked for.
        total: How many there are on all pages.
        after: Hand this back to get the next page; None on the last one.
    """

    items: tuple[T, ...]
    total: int
    after: str | None


class DocumentMeta(NamedTuple):
    """What is known about a document besides its text."""

    id: str
    story_id: str
    title: str | None
    source: str | None
    url: str | None
    published_on: date | None


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document in a list. `length` is in code points."""

    meta: DocumentMeta
    external_id: str | None
    extractor: str
    ingested_at: datetime
    length: int
    mentions: int
    claims: int


@dataclass(frozen=True, slots=True)
class DocumentMarks:
    """All that was found in one document, each list in reading order."""

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class ClaimInContext:
    """A claim and the document it stands in."""

    claim: Claim
    document: DocumentMeta


@dataclass(frozen=True, slots=True)
class MentionInContext:
    """A mention, its document, and the words around it.

    Attributes:
        excerpt: A slice of the document's text with the mention inside.
        excerpt_start: Where the excerpt starts in the document, in code points.
    """

    mention: Mention
    document: DocumentMeta
    excerpt: str
    excerpt_start: int


@dataclass(frozen=True, slots=True)
class NameUse:
    """One name of an entity, and who uses it.

    Attributes:
        origin: `gazetteer`, `user` or `text`.
        mentions: How often documents use it, over all outlets; 0 for a name only the gazetteer knows.
        outlets: `(outlet, mentions)`, most first; None is a document without a source.
    """

    text: str
    origin: str
    mentions: int
    outlets: tuple[tuple[str | None, int], ...]


class AliasMatch(NamedTuple):
    """An alias that a look-up found, with what decides whether it is meant."""

    entity_id: str
    entity_name: str
    entity_type: str
    country_code: str | None
    text: str
    key: str
    origin: str = "text"
    known_on: date | None = None


@dataclass(frozen=True, slots=True)
class StoreStats:
    """How much is stored. Dates are publication dates of dated documents."""

    version: int
    documents: int
    undated_documents: int
    stories: int
    sources: int
    entities: int
    mentions: int
    claims: int
    first_published: date | None
    last_published: date | None
