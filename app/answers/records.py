"""Entities, relations, claims and documents, one by one and in lists."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from app.answers.evidence import to_claim
from app.answers.reader import Reader, build_filter, find_ref, to_document_ref, to_edge, to_entity, to_ref
from app.queries import (
    DatedQuestion,
    DocumentSearch,
    EntitySearch,
    EvidenceQuestion,
    GraphFilter,
    MentionSearch,
    PageQuestion,
    RelationSearch,
)
from app.schemas import (
    Claim,
    ClaimDetail,
    Degree,
    Document,
    DocumentDetail,
    EntityDetail,
    EntityName,
    FoundEntity,
    MentionInContext,
    MentionMark,
    Page,
    Relation,
)
from graph import edges
from graph.dated_edges import DatedEdge, get_edge_on
from graph.errors import RecordNotFound
from graph.models import Document as DocumentRecord
from graph.snapshot.snapshot import Node, Snapshot
from graph.store import ClaimInContext, DocumentMarks, DocumentMeta, DocumentSummary
from graph.store.cursors import decode_cursor, encode_cursor

Record = TypeVar("Record")
CONTEXT_CHARS = 300
MOST_FOUND = 1000
"""How many a search by name finds at most."""

Place = tuple[str | int | float, ...]


def cut_page(
    records: Sequence[Record], question: PageQuestion, place: Callable[[Record], Place]
) -> tuple[Sequence[Record], str | None]:
    """Return the part of a sorted list that a question asks for, and the cursor of what follows.

    Args:
        records: All of the list, sorted by `place`.
        question: Says how much, and from where.
        place: A record's sort key; no two may share one.

    Raises:
        InvalidQuery: The cursor is not one of this list.
    """
    start = 0
    if question.cursor is not None and records:
        kinds = [type(part) for part in place(records[0])]
        after = tuple(decode_cursor(question.cursor, kinds))
        start = next((i for i, record in enumerate(records) if place(record) > after), len(records))
    page = records[start : start + question.limit]
    more = start + question.limit < len(records)
    return page, encode_cursor(*place(page[-1])) if more and page else None


def list_entities(reader: Reader, question: EntitySearch) -> Page[FoundEntity]:
    """Return the actors and places that answer to `q`, best first, or all of them."""
    snapshot = reader.snapshots.current()
    if question.q is not None:
        return _search_entities(snapshot, question)
    nodes = [node for node in snapshot.nodes.values() if not question.type or node.type in question.type]
    place: Callable[[Node], Place] = (
        (lambda node: (node.name.casefold(), node.id))
        if question.sort == "name"
        else (lambda node: (-node.mentions, node.id))
    )
    nodes.sort(key=place)
    page, following = cut_page(nodes, question, place)
    return Page(
        items=[FoundEntity(**dict(to_entity(node))) for node in page], total=len(nodes), next=following
    )


def get_entity(reader: Reader, name: str, question: GraphFilter | None = None) -> EntityDetail:
    """Return all that is known of one actor or place; relations and claims are counted as a filter leaves them.

    Raises:
        EntityNotFound: Nobody goes by this name or id.
        AmbiguousName: Several do.
    """
    question = question or GraphFilter()
    snapshot = reader.snapshots.current().at(question.known_by)
    node = snapshot.names.resolve(name)
    view = snapshot.view(build_filter(reader, snapshot, question))
    outward = len(view.find_edges(source=node.id))
    around = view.find_edges(of=node.id)
    names = reader.store.names_with_sources(_all_ids(node), question.known_by)
    return EntityDetail(
        **to_entity(node).model_dump(),
        geonames_id=node.geonames_id,
        names=[
            EntityName(
                text=name.text,
                origin=name.origin,
                mentions=name.mentions,
                sources=[outlet for outlet, _ in name.outlets if outlet is not None],
            )
            for name in names
        ],
        degree=Degree(in_=sum(edge.target == node.id for edge in around), out=outward, total=len(around)),
        claims=sum(edge.claims for edge in around),
    )


def list_entity_relations(reader: Reader, name: str, question: RelationSearch) -> Page[Relation]:
    """Return the relations one actor or place has a part in, surest first."""
    snapshot = reader.snapshots.current().at(question.known_by)
    node = snapshot.names.resolve(name)
    found = _find_relations(reader, snapshot, question, of=node.id)
    return _page_relations(snapshot, found, question)


def list_entity_mentions(reader: Reader, name: str, question: MentionSearch) -> Page[MentionInContext]:
    """Return where one actor or place is mentioned, with the words around.

    Raises:
        EntityNotFound: Nobody goes by this name or id, or nobody did by the day asked for.
        AmbiguousName: Several do.
    """
    snapshot = reader.snapshots.current().at(question.known_by)
    node = snapshot.names.resolve(name)
    page = reader.store.find_mentions(
        _all_ids(node), limit=question.limit, after=question.cursor, known_by=question.known_by
    )
    items = [
        MentionInContext(
            entity=to_ref(node),
            document=to_document_ref(item.document),
            start_char=item.mention.start_char,
            end_char=item.mention.end_char,
            text=item.mention.text,
            resolution=item.mention.resolution,
            excerpt=item.excerpt,
            excerpt_start=item.excerpt_start,
        )
        for item in page.items
    ]
    return Page(items=items, total=page.total, next=page.after)


def list_relations(reader: Reader, question: RelationSearch) -> Page[Relation]:
    """Return the relations there are, surest first."""
    snapshot = reader.snapshots.current().at(question.known_by)
    return _page_relations(snapshot, _find_relations(reader, snapshot, question), question)


def get_relation(reader: Reader, relation_id: str, question: DatedQuestion) -> Relation:
    """Return one relation, added up from the claims that the dates leave.

    Raises:
        RecordNotFound: There is none with this id, or there was none by the dates.
    """
    snapshot = reader.snapshots.current().at(question.known_by)
    return _to_relation(snapshot, _get_edge(snapshot, relation_id, question).edge)


def _get_edge(snapshot: Snapshot, relation_id: str, question: DatedQuestion) -> DatedEdge:
    return get_edge_on(snapshot, relation_id, as_of=question.as_of, known_by=question.known_by)


def list_relation_claims(reader: Reader, relation_id: str, question: EvidenceQuestion) -> Page[Claim]:
    """Return the evidence of one relation: what counts first, surest first; denials and possibilities after it.

    Raises:
        RecordNotFound: There is no such relation, or there was none by the dates.
    """
    snapshot = reader.snapshots.current().at(question.known_by)
    relation = _get_edge(snapshot, relation_id, question)
    rows = sorted(
        relation.claims,
        key=lambda claim: (not edges.is_counting(claim), -claim.confidence, claim.id),
    )
    page, following = cut_page(
        rows, question, lambda claim: (int(not edges.is_counting(claim)), -claim.confidence, claim.id)
    )
    found = reader.store.find_claims_by_id([claim.id for claim in page])
    items = [to_claim(snapshot, item, relation.edge.id) for item in found]
    return Page(items=items, total=len(rows), next=following)


def get_claim(reader: Reader, claim_id: str, question: DatedQuestion) -> ClaimDetail:
    """Return one claim with the words around its quote.

    Raises:
        RecordNotFound: There is none with this id, it was not known by the day asked for, or did not hold on it.
    """
    not_found = RecordNotFound("claim", claim_id, as_of=question.as_of, known_by=question.known_by)
    snapshot = reader.snapshots.current().at(question.known_by)
    try:
        item = reader.store.get_claim(claim_id)
        said = item.claim
        relation = _get_edge(snapshot, f"{said.source_id}.{said.kind}.{said.target_id}", question)
    except RecordNotFound:
        raise not_found from None
    is_dated = question.as_of is not None or question.known_by is not None
    if is_dated and all(row.id != claim_id for row in relation.claims):
        raise not_found
    text = reader.store.get_document(item.document.id).text
    claim = to_claim(snapshot, item, relation.edge.id)
    return ClaimDetail(
        **dict(claim),
        before=text[max(0, claim.quote_start - CONTEXT_CHARS) : claim.quote_start],
        after=text[claim.quote_end : claim.quote_end + CONTEXT_CHARS],
    )


def list_documents(reader: Reader, question: DocumentSearch) -> Page[Document]:
    """Return the stored texts without their words, last stored first."""
    page = reader.store.list_documents(question.cursor, question.limit, source=question.source)
    return Page(items=[to_document(item) for item in page.items], total=page.total, next=page.after)


def get_document(reader: Reader, document_id: str) -> DocumentDetail:
    """Return one text with everything that was read in it.

    Raises:
        RecordNotFound: There is none with this id.
    """
    record = reader.store.get_document(document_id)
    marks = reader.store.list_document_marks(document_id)
    snapshot = reader.snapshots.current()
    meta = _to_meta(record)
    return DocumentDetail(
        **dict(describe_document(record, marks)),
        text=record.text,
        mention_marks=[
            MentionMark(
                entity=find_ref(snapshot, mention.entity_id),
                start_char=mention.start_char,
                end_char=mention.end_char,
                text=mention.text,
                resolution=mention.resolution,
            )
            for mention in marks.mentions
        ],
        claim_marks=[to_claim(snapshot, ClaimInContext(claim, meta)) for claim in marks.claims],
    )


def describe_document(record: DocumentRecord, marks: DocumentMarks) -> Document:
    """Return a text that was just read, without its words."""
    return Document(
        **to_document_ref(_to_meta(record)).model_dump(),
        external_id=record.external_id,
        story_id=record.story_id,
        length=len(record.text),
        mentions=len(marks.mentions),
        claims=len(marks.claims),
        extractor=record.extractor,
        ingested_at=record.ingested_at,
    )


def _to_meta(record: DocumentRecord) -> DocumentMeta:
    return DocumentMeta(*(getattr(record, name) for name in DocumentMeta._fields))


def to_document(summary: DocumentSummary) -> Document:
    """Return a stored text without its words."""
    return Document(
        **to_document_ref(summary.meta).model_dump(),
        external_id=summary.external_id,
        story_id=summary.meta.story_id,
        length=summary.length,
        mentions=summary.mentions,
        claims=summary.claims,
        extractor=summary.extractor,
        ingested_at=summary.ingested_at,
    )


def _search_entities(snapshot: Snapshot, question: EntitySearch) -> Page[FoundEntity]:
    """Return who goes by a name that starts like the one asked for, or is spelled like it; best first."""
    found = snapshot.names.search(question.q or "", types=question.type or None, limit=MOST_FOUND)
    page, following = cut_page(list(enumerate(found)), question, lambda item: (item[0],))
    items = [
        FoundEntity(**dict(to_entity(hit.entity)), matched=hit.name, match=hit.match, score=hit.score)
        for _, hit in page
    ]
    return Page(items=items, total=len(found), next=following)


def _all_ids(node: Node) -> list[str]:
    """Return the id of a node and of all that were merged into it; that is how texts were stored."""
    return [node.id, *node.merged]


def _find_relations(
    reader: Reader, snapshot: Snapshot, question: RelationSearch, of: str | None = None
) -> list[edges.Edge]:
    where = build_filter(reader, snapshot, question, evidence=question.evidence)
    view = snapshot.view(replace(where, kinds=[*question.relations, *question.kind]))
    source = snapshot.names.resolve(question.source).id if question.source else None
    target = snapshot.names.resolve(question.target).id if question.target else None
    return list(view.find_edges(of=of, source=source, target=target))


def _page_relations(snapshot: Snapshot, found: list[edges.Edge], question: RelationSearch) -> Page[Relation]:
    page, following = cut_page(found, question, lambda edge: (-edge.confidence, edge.id))
    return Page(items=[_to_relation(snapshot, edge) for edge in page], total=len(found), next=following)


def _to_relation(snapshot: Snapshot, edge: edges.Edge) -> Relation:
    source, target = find_ref(snapshot, edge.source), find_ref(snapshot, edge.target)
    return Relation(**to_edge(edge).model_dump(), source_name=source.name, target_name=target.name)
