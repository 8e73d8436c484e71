"""The quotes behind edges: which ones to show, and how they are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.answers.reader import Reader, build_filter, find_ref, to_document_ref, to_speaker
from app.queries import GraphFilter
from app.schemas import Claim, Quote
from graph.edges import Edge, is_counting
from graph.rows import ClaimRow
from graph.snapshot.snapshot import GraphView, Snapshot
from graph.store import ClaimInContext, Store

QUOTES_PER_EDGE = 3


def pick_claims(claims: Iterable[ClaimRow], most: int) -> list[str]:
    """Return the ids of the claims to quote: counting ones first, one of each story before a second, surest first."""
    seen: dict[str, int] = {}
    ordered = sorted(claims, key=lambda c: (not is_counting(c), -c.confidence, c.id))
    ranked = []
    for claim in ordered:
        turn = seen.get(claim.story_id, 0)
        seen[claim.story_id] = turn + 1
        ranked.append((not is_counting(claim), turn, -claim.confidence, claim.id))
    return [claim_id for *_, claim_id in sorted(ranked)[:most]]


def find_quotes(
    store: Store, snapshot: Snapshot, view: GraphView, edges: Sequence[Edge], per_edge: int = QUOTES_PER_EDGE
) -> dict[str, list[Quote]]:
    """Return the best quotes of each edge among the claims a filter leaves, by edge id. One query for all.

    A quote of an edge that counts is of a claim that counts; where there are denials, the best of them comes last,
    so that no dispute is told from one side.
    """
    picked = {edge.id: _pick_both_sides(edge, view.get_claims(edge.id), per_edge) for edge in edges}
    wanted = [claim_id for ids in picked.values() for claim_id in ids]
    found = (
        {item.claim.id: to_quote(snapshot, item) for item in store.find_claims_by_id(wanted)}
        if wanted
        else {}
    )
    return {
        edge_id: [found[claim_id] for claim_id in ids if claim_id in found] for edge_id, ids in picked.items()
    }


def _pick_both_sides(edge: Edge, claims: Sequence[ClaimRow], most: int) -> list[str]:
    if not edge.counts:
        return pick_claims(claims, most)
    return pick_claims(filter(is_counting, claims), most) + pick_claims(filter(_is_denial, claims), 1)


def _is_denial(claim: ClaimRow) -> bool:
    """Say whether a claim speaks against its edge: denied, more than possibly, and not rejected."""
    return claim.polarity == "denied" and claim.modality != "possible" and claim.review_status != "rejected"


def find_relation_quotes(
    reader: Reader, edge_ids: Sequence[str], question: GraphFilter, per_edge: int = 1
) -> dict[str, list[Quote]]:
    """Return the best quotes of relations among the claims that a filter leaves, by the relations' ids."""
    snapshot = reader.snapshots.current().at(question.known_by)
    view = snapshot.view(replace(build_filter(reader, snapshot, question), types=()))
    edges = [view.edges[edge_id] for edge_id in edge_ids if edge_id in view.edges]
    return find_quotes(reader.store, snapshot, view, edges, per_edge)


def to_quote(snapshot: Snapshot, item: ClaimInContext) -> Quote:
    """Return a claim as a quote."""
    claim = item.claim
    return Quote.model_validate(
        {
            "claim_id": claim.id,
            "text": claim.quote,
            "start_char": claim.quote_start,
            "end_char": claim.quote_end,
            "document": to_document_ref(item.document),
            "polarity": claim.polarity,
            "modality": claim.modality,
            "confidence": claim.confidence,
            "attributed_to": to_speaker(snapshot, claim),
        }
    )


_SAME_NAME = (
    "id", "kind", "how", "polarity", "modality", "quote", "quote_start", "quote_end", "source_start", "source_end",
    "source_resolution", "target_start", "target_end", "target_resolution", "trigger", "trigger_start",
    "trigger_end", "valid_from", "valid_to", "confidence", "rule", "review_status",
    "reviewed_by", "reviewed_at",
)  # fmt: skip


def to_claim(snapshot: Snapshot, item: ClaimInContext, relation: str | None = None) -> Claim:
    """Return a claim with its two ends, its offsets and its document; `relation` is found where it is not given."""
    claim = item.claim
    if relation is None:
        relation = snapshot.get_edge(f"{claim.source_id}.{claim.kind}.{claim.target_id}").id
    source, target = find_ref(snapshot, claim.source_id), find_ref(snapshot, claim.target_id)
    return Claim.model_validate(
        {
            **{name: getattr(claim, name) for name in _SAME_NAME},
            "relation": relation,
            "source": source,
            "target": target,
            "counts": claim.polarity == "affirmed"
            and claim.modality != "possible"
            and claim.review_status != "rejected",
            "attributed_to": to_speaker(snapshot, claim),
            "document": to_document_ref(item.document),
        }
    )
