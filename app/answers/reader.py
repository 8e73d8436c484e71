"""What every answer is read from, and the small shapes that all answers share."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.queries import GraphFilter
from app.schemas import DocumentRef, Edge, Entity, EntityRef, Speaker
from graph import edges
from graph.errors import EntityNotFound
from graph.filters import EdgeFilter
from graph.models import Claim as ClaimRecord
from graph.outlets import check_outlets
from graph.snapshot.cache import SnapshotCache
from graph.snapshot.snapshot import Node, Snapshot
from graph.store import DocumentMeta, Store


@dataclass(frozen=True, slots=True)
class Reader:
    """A store and the snapshots of it.

    Attributes:
        timeout_s: Longest time one answer may be worked on; None is without end.
    """

    store: Store
    snapshots: SnapshotCache
    timeout_s: float | None = None

    @classmethod
    def of(cls, store: Store, timeout_s: float | None = None) -> "Reader":
        """Return a reader with snapshots of its own."""
        return cls(store, SnapshotCache(store), timeout_s)


def resolve_all(snapshot: Snapshot, names: Iterable[str]) -> list[str]:
    """Return the ids of the entities that go by these names.

    Raises:
        EntityNotFound: Nobody goes by one of them.
        AmbiguousName: Several go by one of them.
    """
    return [snapshot.names.resolve(name).id for name in names]


def build_filter(
    reader: Reader, snapshot: Snapshot, question: GraphFilter, *, evidence: bool = False
) -> EdgeFilter:
    """Return the filter that a question asks for, its speakers' names resolved.

    Raises:
        EntityNotFound: Nobody goes by a speaker's name.
        AmbiguousName: Several do.
        InvalidQuery: No text is from one of the outlets.
    """
    if question.sources:
        check_outlets(reader.store, snapshot, question.sources, question.known_by)
    return EdgeFilter(
        kinds=question.relations,
        how=question.how,
        types=question.types,
        min_confidence=question.min_confidence,
        sources=question.sources,
        said_by=resolve_all(snapshot, question.said_by),
        not_said_by=resolve_all(snapshot, question.not_said_by),
        as_of=question.as_of,
        known_by=question.known_by,
        origin=question.origin,
        review=question.review,
        disputed=question.disputed,
        evidence=evidence,
    )


def to_ref(node: Node) -> EntityRef:
    """Return a node, short."""
    return EntityRef(id=node.id, name=node.name, type=node.type)


def find_ref(snapshot: Snapshot, entity_id: str) -> EntityRef:
    """Return an entity by its id, short; one merged away is shown as the one it became."""
    try:
        return to_ref(snapshot.get_node(entity_id))
    except EntityNotFound:
        # Stored after the snapshot was taken, which only a reader of its own pace can see.
        return EntityRef(id=entity_id, name=entity_id, type="unknown")


def to_entity(node: Node) -> Entity:
    """Return a node with its names and place."""
    return Entity(
        id=node.id,
        name=node.name,
        type=node.type,
        aliases=list(node.aliases),
        country_code=node.country_code,
        admin1=node.admin1,
        lat=node.lat,
        lon=node.lon,
        mentions=node.mentions,
    )


def to_edge(edge: edges.Edge) -> Edge:
    """Return an edge as it goes over the wire."""
    return Edge(
        id=edge.id,
        source=edge.source,
        target=edge.target,
        kind=edge.kind,
        how=edge.how,
        sign=edge.sign,
        confidence=edge.confidence,
        claims=edge.claims,
        denials=edge.denials,
        possibles=edge.possibles,
        independent_sources=edge.independent_sources,
        first=edge.first,
        last=edge.last,
        disputed=edge.disputed,
        origin=edge.origin,
    )


def to_document_ref(meta: DocumentMeta) -> DocumentRef:
    """Return where something was read."""
    return DocumentRef(
        id=meta.id, title=meta.title, source=meta.source, published_on=meta.published_on, url=meta.url
    )


def to_speaker(snapshot: Snapshot, claim: ClaimRecord) -> Speaker | None:
    """Return who says so, where the document tells."""
    if claim.attributed_to is None:
        return None
    entity = find_ref(snapshot, claim.attributed_to_id) if claim.attributed_to_id else None
    return Speaker(text=claim.attributed_to, entity=entity)
