"""The claims behind a view's edges, with their words and documents: looked up a batch at a time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa

from graph.edges import is_counting
from graph.export.batches import iter_edge_ids
from graph.export.extras import ClaimReader
from graph.export.gathering import to_array
from graph.rows import ClaimRow
from graph.snapshot.snapshot import GraphView
from graph.store.records import ClaimInContext

_CLAIMS_AT_ONCE = 1_000
_TEXT = pa.string()

CLAIM_SCHEMA = pa.schema(
    [
        ("id", _TEXT),
        ("relation_id", _TEXT),
        ("source", _TEXT),
        ("kind", _TEXT),
        ("how", _TEXT),
        ("target", _TEXT),
        ("counts", pa.bool_()),
        ("polarity", _TEXT),
        ("modality", _TEXT),
        ("confidence", pa.float64()),
        ("review", _TEXT),
        ("quote", _TEXT),
        ("quote_start", pa.int64()),
        ("quote_end", pa.int64()),
        ("source_start", pa.int64()),
        ("source_end", pa.int64()),
        ("target_start", pa.int64()),
        ("target_end", pa.int64()),
        ("trigger", _TEXT),
        ("attributed_to", _TEXT),
        ("attributed_to_id", _TEXT),
        ("valid_from", pa.date32()),
        ("valid_to", pa.date32()),
        ("published_on", pa.date32()),
        ("outlet", _TEXT),
        ("document_id", _TEXT),
        ("document_title", _TEXT),
        ("document_url", _TEXT),
        ("story_id", _TEXT),
        ("rule", _TEXT),
    ]
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim of an edge, with its words.

    Attributes:
        edge_id: The edge it belongs to, in the view; merging may have given it other ends than the claim's own.
        row: The claim as the snapshot has it.
        found: The claim and its document as they are stored.
    """

    edge_id: str
    row: ClaimRow
    found: ClaimInContext


def iter_evidence(view: GraphView, edge_ids: Iterable[str], claims: ClaimReader) -> Iterator[Evidence]:
    """Yield the claims of these edges, edge by edge, in order of claim id.

    A claim whose document was deleted since the snapshot was taken has no words left, and is passed over.

    Cost: one query for every 1,000 claims; memory for those.
    """
    waiting = ((edge_id, row) for edge_id in edge_ids for row in view.get_claims(edge_id))
    while batch := list(islice(waiting, _CLAIMS_AT_ONCE)):
        found = {item.claim.id: item for item in claims.find_claims_by_id([row.id for _, row in batch])}
        for edge_id, row in batch:
            if row.id in found:
                yield Evidence(edge_id, row, found[row.id])


def iter_claim_batches(view: GraphView, claims: ClaimReader) -> Iterator[pa.RecordBatch]:
    """Yield the claims behind a view's edges, as `CLAIM_SCHEMA` has them, in order of edge and claim."""
    evidence = iter_evidence(view, iter_edge_ids(view), claims)
    while batch := list(islice(evidence, _CLAIMS_AT_ONCE)):
        columns = zip(*map(_describe, batch), strict=True)
        arrays = [to_array(column, field.type) for column, field in zip(columns, CLAIM_SCHEMA, strict=True)]
        yield pa.record_batch(arrays, schema=CLAIM_SCHEMA)


def _describe(evidence: Evidence) -> Sequence[object]:
    claim, document, row = evidence.found.claim, evidence.found.document, evidence.row
    values = {
        "relation_id": evidence.edge_id,
        "source": claim.source_id,
        "target": claim.target_id,
        "counts": is_counting(row),
        "review": row.review_status,
        "published_on": document.published_on,
        "outlet": document.source,
        "document_id": document.id,
        "document_title": document.title,
        "document_url": document.url,
        "story_id": row.story_id,
    }
    return [values[name] if name in values else getattr(claim, name) for name in CLAIM_SCHEMA.names]
