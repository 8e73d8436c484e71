"""The database: every SQL statement of the product, one subject a file, joined in one `Store`."""

from graph.store.changes import Changes, ChangeStore, GraphVersion
from graph.store.claims import ClaimStore
from graph.store.documents import DocumentStore
from graph.store.entities import EntityStore
from graph.store.judgements import JudgementStore
from graph.store.keys import KeyStore
from graph.store.records import (
    AliasMatch,
    ClaimInContext,
    DocumentMarks,
    DocumentMeta,
    DocumentSummary,
    MentionInContext,
    NameUse,
    Page,
    StoreStats,
)
from graph.store.streams import StreamStore
from graph.store.told_documents import MentionCounts
from graph.store.writing import CopyPair, DocumentWriter, StoredEntity, StoryMember, WritingStore

__all__ = [
    "AliasMatch",
    "Changes",
    "ClaimInContext",
    "CopyPair",
    "DocumentMarks",
    "DocumentMeta",
    "DocumentSummary",
    "DocumentWriter",
    "GraphVersion",
    "MentionCounts",
    "MentionInContext",
    "NameUse",
    "Page",
    "Store",
    "StoreStats",
    "StoredEntity",
    "StoryMember",
]


class Store(
    DocumentStore,
    ClaimStore,
    EntityStore,
    JudgementStore,
    KeyStore,
    StreamStore,
    ChangeStore,
    WritingStore,
):
    """One database, opened. Safe to share between threads; each call takes its own connection.

    Example:
        with Store.open("sqlite:///./actorgraph.db") as store:
            store.upgrade()
            store.get_version()
    """
