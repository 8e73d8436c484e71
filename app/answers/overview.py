"""`neighborhood`, `between`, `top` and `stats`: the graph around actors, by importance, and as a whole."""

from dataclasses import replace

from app.answers.reader import Reader, build_filter, find_ref, resolve_all, to_edge, to_entity, to_ref
from app.queries import BetweenQuestion, CentralityQuestion, GraphFilter, NeighborhoodQuestion
from app.schemas import (
    CarryingRelation,
    GraphSize,
    Ranked,
    Ranking,
    Relation,
    SourceCount,
    Span,
    Stats,
    Subgraph,
)
from graph import neighborhood
from graph.centrality import rank
from graph.centrality.explanation import CarryingEdge
from graph.neighborhood import find_between, find_neighborhood
from graph.snapshot.snapshot import Snapshot
from graph.statistics import Holdings, compute_statistics, count_holdings


def answer_neighborhood(reader: Reader, question: NeighborhoodQuestion) -> Subgraph:
    """Return the actors around one or several others, and the relations among them.

    Raises:
        EntityNotFound: Nobody goes by a name that was given.
        AmbiguousName: Several do.
        QueryTimeout: It took too long.
    """
    snapshot = reader.snapshots.current().at(question.known_by)
    centres = resolve_all(snapshot, question.of)
    found = find_neighborhood(
        snapshot,
        centres,
        depth=question.depth,
        limit=question.limit,
        direction=question.direction,
        where=build_filter(reader, snapshot, question),
        budget_s=reader.timeout_s,
    )
    return _to_subgraph(snapshot, centres, question.depth, found)


def answer_between(reader: Reader, question: BetweenQuestion) -> Subgraph:
    """Return what the short paths between two actors run through; nothing where there is no path.

    Raises:
        EntityNotFound: Nobody goes by a name that was given.
        AmbiguousName: Several do.
        InvalidQuery: Both ends are one.
        QueryTimeout: It took too long.
    """
    snapshot = reader.snapshots.current().at(question.known_by)
    source, target = resolve_all(snapshot, (question.from_, question.to))
    found = find_between(
        snapshot,
        source,
        target,
        max_hops=question.max_hops,
        limit=question.limit,
        direction=question.direction,
        where=build_filter(reader, snapshot, question),
        budget_s=reader.timeout_s,
    )
    return _to_subgraph(snapshot, [source, target], question.max_hops, found)


def _to_subgraph(snapshot: Snapshot, of: list[str], depth: int, found: neighborhood.Subgraph) -> Subgraph:
    return Subgraph(
        of=[find_ref(snapshot, entity_id) for entity_id in of],
        depth=depth,
        shown=GraphSize(nodes=len(found.nodes), edges=len(found.edges)),
        total=GraphSize(nodes=found.total_nodes, edges=found.total_edges),
        total_exact=found.total_is_exact,
        graph_version=snapshot.version,
        nodes=[to_entity(node) for node in found.nodes],
        edges=[to_edge(edge) for edge in found.edges],
    )


def answer_centrality(reader: Reader, question: CentralityQuestion) -> Ranking:
    """Return actors by a measure of centrality.

    The question's types are those to list; the others stay part of the graph, or a ranking of people could
    not see the armies between them.

    Raises:
        InvalidQuery: The measure does not settle on this graph.
        QueryTimeout: It took too long.
    """
    snapshot = reader.snapshots.current().at(question.known_by)
    where = replace(build_filter(reader, snapshot, question), types=())
    found = rank(
        snapshot,
        question.metric,
        where=where,
        types=question.types,
        limit=question.limit,
        direction=question.direction,
        explain=question.explain,
        budget_s=reader.timeout_s,
    )
    return Ranking(
        metric=found.metric,
        direction=found.direction,
        exact=found.is_exact,
        samples=found.samples,
        error_bound=found.error_bound,
        shown=found.shown,
        total=found.total,
        tied_beyond=found.tied_beyond,
        graph_version=snapshot.version,
        items=[
            Ranked(
                rank=entry.rank,
                entity=to_ref(entry.node),
                score=entry.score,
                relations=entry.edges,
                carried_by=[_to_carrying(snapshot, carrying) for carrying in entry.carried_by],
            )
            for entry in found.entries
        ],
    )


def _to_carrying(snapshot: Snapshot, carrying: CarryingEdge) -> CarryingRelation:
    edge = carrying.edge
    relation = Relation(
        **to_edge(edge).model_dump(),
        source_name=find_ref(snapshot, edge.source).name,
        target_name=find_ref(snapshot, edge.target).name,
    )
    return CarryingRelation(share=min(carrying.share, 1.0), relation=relation)


def answer_stats(reader: Reader, question: GraphFilter) -> Stats:
    """Return what the graph holds: all of it, or what a filter leaves."""
    snapshot = reader.snapshots.current().at(question.known_by)
    found = compute_statistics(snapshot, build_filter(reader, snapshot, question))
    held = _count_held(reader, snapshot, question)
    return Stats(
        graph_version=snapshot.version,
        entities=found.nodes,
        entities_by_type=dict(found.nodes_by_type),
        relations=found.edges,
        relations_by_kind=dict(found.edges_by_kind),
        relations_by_origin=dict(found.edges_by_origin),
        disputed_relations=found.disputed,
        evidence_only=found.evidence_only,
        claims=found.claims,
        denials=found.denials,
        claims_by_source=[SourceCount(source=name, claims=count) for name, count in found.outlets.items()],
        claimed=Span(first=found.first, last=found.last),
        documents=held.documents,
        stories=held.stories,
        mentions=held.mentions,
        published=Span(first=held.first, last=held.last),
    )


def _count_held(reader: Reader, snapshot: Snapshot, question: GraphFilter) -> Holdings:
    """Count all texts that are stored; with `known_by`, those published by then."""
    if question.known_by is not None:
        return count_holdings(snapshot, question.known_by)
    stored = reader.store.get_stats()
    return Holdings(
        stored.documents, stored.stories, stored.mentions, stored.first_published, stored.last_published
    )
