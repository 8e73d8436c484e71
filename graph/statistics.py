"""What is in the graph, counted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from graph.filters import EdgeFilter
from graph.snapshot.columns import NO_DAY, from_day
from graph.snapshot.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts over a filtered graph.

    Attributes:
        version: The graph's version.
        nodes: Entities, merged ones as one.
        nodes_by_type: The commonest first, then by name; so are the other counts.
        edges: Edges that count.
        edges_by_kind: Edges that count, by relation kind.
        edges_by_origin: Edges that count, by `text` and `gazetteer`.
        evidence_only: Text edges of the whole graph, as it was known by the filter's day, that are denied, merely
            possible or rejected.
        disputed: Edges that count and are disputed.
        claims: Claims that count towards the edges.
        denials: Claims that deny one of them.
        outlets: How many claims of these edges each outlet has; claims without an outlet are left out.
        first: Earliest publication day of a claim that counts.
        last: Latest such day.
    """

    version: int
    nodes: int
    nodes_by_type: Mapping[str, int]
    edges: int
    edges_by_kind: Mapping[str, int]
    edges_by_origin: Mapping[str, int]
    evidence_only: int
    disputed: int
    claims: int
    denials: int
    outlets: Mapping[str, int]
    first: date | None
    last: date | None


def compute_statistics(snapshot: Snapshot, where: EdgeFilter | None = None) -> Statistics:
    """Count what a filter leaves of the graph; everything, without one. Cost: O(nodes + edges + claims)."""
    view = snapshot.view(where)
    edges = [edge for edge in view.edges.values() if edge.counts]
    firsts = [edge.first for edge in edges if edge.first is not None]
    lasts = [edge.last for edge in edges if edge.last is not None]
    outlets = (claim.outlet for edge in edges for claim in view.get_claims(edge.id) if claim.outlet)
    return Statistics(
        version=snapshot.version,
        nodes=len(view.nodes),
        nodes_by_type=_rank_counts(Counter(node.type for node in view.nodes.values())),
        edges=len(edges),
        edges_by_kind=_rank_counts(Counter(edge.kind for edge in edges)),
        edges_by_origin=_rank_counts(Counter(edge.origin for edge in edges)),
        evidence_only=_count_bare(snapshot, view.where.known_by),
        disputed=sum(edge.disputed for edge in edges),
        claims=sum(edge.claims for edge in edges),
        denials=sum(edge.denials for edge in edges),
        outlets=_rank_counts(Counter(outlets)),
        first=min(firsts, default=None),
        last=max(lasts, default=None),
    )


def _count_bare(snapshot: Snapshot, known_by: date | None) -> int:
    if known_by is None:
        edges = snapshot.columns.edges
        return int(np.count_nonzero((snapshot.columns.alive != 0) & (edges.counts == 0)))
    view = snapshot.view(EdgeFilter(known_by=known_by, evidence=True))
    return int(np.count_nonzero(view.take_edges(view.edge_numbers).counts == 0))


@dataclass(frozen=True, slots=True)
class Holdings:
    """How many texts there were by a day, and what they hold; undated texts are left out.

    Attributes:
        stories: Documents, copies of one story as one.
        first: Earliest publication day.
        last: Latest such day.
    """

    documents: int
    stories: int
    mentions: int
    first: date | None
    last: date | None


def count_holdings(snapshot: Snapshot, known_by: date) -> Holdings:
    """Count the texts published by a day. Cost: O(nodes + documents)."""
    columns = snapshot.at(known_by).columns
    documents, day = columns.documents, known_by.toordinal()
    # Rows of documents that are gone, or that newer rows replaced, stay until the columns are built anew.
    gone = columns.stories.find_many(list(columns.departed))
    told = (documents.published != NO_DAY) & (documents.published <= day) & ~np.isin(documents.own, gone)
    days = documents.published[told]
    return Holdings(
        documents=len(np.unique(documents.own[told])),
        stories=len(np.unique(documents.story[told])),
        mentions=int(columns.nodes.mentions.sum()),
        first=from_day(int(days.min())) if len(days) else None,
        last=from_day(int(days.max())) if len(days) else None,
    )


def _rank_counts(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
