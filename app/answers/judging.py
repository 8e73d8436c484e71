"""Judgements on who is whom: taken in, listed, and the pairs that are worth one."""

from collections.abc import Collection

from app.answers.reader import Reader, to_document_ref, to_entity, to_ref
from app.judgement_schemas import Candidate, Candidates, Judgement, JudgementIn
from app.queries import CandidateSearch, PageQuestion
from app.schemas import EntityRef, MentionInContext, Page
from graph import identity
from graph.errors import InvalidQuery
from graph.models import Judgement as JudgementRecord
from graph.snapshot.snapshot import Node, Snapshot
from graph.store import Store

_MENTIONS_LOOKED_AT = 20


def add_judgement(reader: Reader, judgement: JudgementIn, judged_by: str | None) -> Judgement:
    """Keep somebody's word on two actors or places.

    Raises:
        EntityNotFound: Nobody goes by one of the names or ids.
        AmbiguousName: Several do.
        InvalidQuery: Both are one, or `keep` is neither of them or makes no sense beside the verdict.
        JudgementConflict: It contradicts what was judged before.
    """
    if judgement.keep is not None and judgement.verdict != "same":
        raise InvalidQuery("keep", "it goes with the verdict 'same' alone")
    snapshot = reader.snapshots.current()
    left_id, right_id = _find_id(snapshot, judgement.left), _find_id(snapshot, judgement.right)
    record = reader.store.add_judgement(
        left_id,
        right_id,
        judgement.verdict,
        keep_id=None if judgement.keep is None else _find_id(snapshot, judgement.keep),
        reason=judgement.reason,
        judged_by=judged_by,
    )
    return _describe(reader.store, snapshot, record)


def list_judgements(reader: Reader, question: PageQuestion) -> Page[Judgement]:
    """Return what has been judged, latest first.

    Raises:
        InvalidQuery: The cursor is not one of this list.
    """
    snapshot = reader.snapshots.current()
    page = reader.store.list_judgements(question.cursor, question.limit)
    items = [_describe(reader.store, snapshot, record) for record in page.items]
    return Page(items=items, total=page.total, next=page.after)


def find_candidates(reader: Reader, question: CandidateSearch) -> Candidates:
    """Return the pairs that are likely one and that nobody has judged, the likeliest first.

    A town and the province of its name are two, which geography says; such pairs are left out.

    Raises:
        QueryTimeout: The reader's time for one answer is used up.

    Cost: as `graph.identity.find_duplicates` over all actors and places, and two small queries a name shown.
    """
    snapshot = reader.snapshots.current()
    pairs = identity.find_duplicates(
        snapshot.nodes.values(),
        reader.store.iter_judgements(),
        min_score=question.min_score,
        budget_s=reader.timeout_s,
    )
    within = {frozenset((e.source, e.target)) for e in snapshot.edges.values() if e.origin == "gazetteer"}
    pairs = [
        pair
        for pair in pairs
        if frozenset((pair.left_id, pair.right_id)) not in within
        and _is_of_type(snapshot, pair, question.type)
    ]
    items = [_to_candidate(reader.store, snapshot, pair) for pair in pairs[: question.limit]]
    return Candidates(shown=len(items), total=len(pairs), graph_version=snapshot.version, items=items)


def to_judgement(record: JudgementRecord, left: EntityRef, right: EntityRef) -> Judgement:
    """Return a stored judgement as it goes over the wire; its two sides are given, named as they were before it."""
    return Judgement.model_validate(
        {
            "id": record.id,
            "left": EntityRef(id=left.id, name=left.name, type=left.type),
            "right": EntityRef(id=right.id, name=right.name, type=right.type),
            "verdict": record.verdict,
            "keep": record.keep_id,
            "reason": record.reason,
            "judged_by": record.judged_by,
            "judged_at": record.judged_at,
        }
    )


def _find_id(snapshot: Snapshot, name: str) -> str:
    """Return the id that a name or id means; the id of one merged away stays itself, so that undoing is exact."""
    stripped = name.strip()
    return stripped if stripped in snapshot.canonical else snapshot.names.resolve(name).id


def _describe(store: Store, snapshot: Snapshot, record: JudgementRecord) -> Judgement:
    left, right = (_name_apart(store, snapshot, key) for key in (record.left_id, record.right_id))
    return to_judgement(record, left, right)


def _name_apart(store: Store, snapshot: Snapshot, entity_id: str) -> EntityRef:
    """Return an entity as it was stored, whatever it was merged into."""
    if entity_id in snapshot.nodes:
        return to_ref(snapshot.nodes[entity_id])
    stored = store.get_entity(entity_id)
    return EntityRef(id=stored.id, name=stored.name, type=stored.type)


def _is_of_type(snapshot: Snapshot, pair: identity.Candidate, types: Collection[str]) -> bool:
    """Say whether one of a pair is of one of these types; any pair is where none is named."""
    found = {snapshot.nodes[pair.left_id].type, snapshot.nodes[pair.right_id].type}
    return not types or not found.isdisjoint(types)


def _to_candidate(store: Store, snapshot: Snapshot, pair: identity.Candidate) -> Candidate:
    left, right = snapshot.nodes[pair.left_id], snapshot.nodes[pair.right_id]
    return Candidate(
        left=to_entity(left),
        right=to_entity(right),
        score=pair.score,
        reasons=list(pair.reasons),
        left_mention=_find_mention(store, left),
        right_mention=_find_mention(store, right),
    )


def _find_mention(store: Store, node: Node) -> MentionInContext | None:
    """Return the first place where a text says one of an entity's names, or else stands for it."""
    found = store.find_mentions([node.id, *node.merged], limit=_MENTIONS_LOOKED_AT).items
    if not found:
        return None
    item = next((item for item in found if item.mention.resolution == "name"), found[0])
    return MentionInContext(
        entity=to_ref(node),
        document=to_document_ref(item.document),
        start_char=item.mention.start_char,
        end_char=item.mention.end_char,
        text=item.mention.text,
        resolution=item.mention.resolution,
        excerpt=item.excerpt,
        excerpt_start=item.excerpt_start,
    )
