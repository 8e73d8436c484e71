"""One relation, and the view in which it stands, as it was known by a day or as it held on one."""

from datetime import date
from typing import NamedTuple

from graph.edges import Edge, follow_edge_id, read_both_ways
from graph.errors import RecordNotFound
from graph.filters import EdgeFilter
from graph.ontology import get_ontology
from graph.rows import ClaimRow
from graph.snapshot.snapshot import GraphView, Snapshot


class DatedEdge(NamedTuple):
    """An edge as the claims add it up that are left by two dates, and those claims in order of their ids."""

    edge: Edge
    claims: tuple[ClaimRow, ...]


def get_edge_on(
    snapshot: Snapshot, edge_id: str, *, as_of: date | None = None, known_by: date | None = None
) -> DatedEdge:
    """Return an edge by its id, whether it counts or not.

    An id from before a merge, or of the other direction of an edge that was symmetric then, leads to the edge it was.

    Args:
        snapshot: The graph.
        edge_id: Of the edge.
        as_of: Day on which it held; see `graph.filters.EdgeFilter`.
        known_by: Last publication day.

    Raises:
        RecordNotFound: There is no such edge, or none of its claims is left by the dates.

    Cost: that of `Snapshot.view` where dates are given; O(log nodes + claims) else.
    """
    if as_of is None and known_by is None:
        edge = snapshot.get_edge(edge_id)
        return DatedEdge(edge, snapshot.get_claims(edge.id))
    view = snapshot.view(EdgeFilter(as_of=as_of, known_by=known_by, evidence=True))
    found = _find_edge(view, edge_id)
    if found is None:
        raise RecordNotFound("relation", edge_id, as_of=as_of, known_by=known_by)
    return DatedEdge(found, view.get_claims(found.id))


def _find_edge(view: GraphView, edge_id: str) -> Edge | None:
    if edge_id in view.edges:
        return view.edges[edge_id]
    ids = follow_edge_id(edge_id, view.columns.canonical)
    if ids is None:
        return None
    followed, turned = ids
    if followed in view.edges:
        return view.edges[followed]
    claims = view.get_claims(turned) if turned in view.edges else ()
    return view.edges[turned] if claims and read_both_ways(claims, get_ontology()) else None
