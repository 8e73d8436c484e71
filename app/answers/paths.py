"""`path`: how two actors are connected, each hop with its quotes."""

from dataclasses import replace

from app.answers.evidence import find_quotes
from app.answers.reader import Reader, build_filter, find_ref, resolve_all, to_edge
from app.queries import PathQuestion
from app.schemas import Breaks, Hop, Path, PathAnswer, Quote
from graph import paths
from graph.snapshot.snapshot import Snapshot

EXPLAIN_BUDGET_S = 5.0
"""Longest time to look for what would break a connection; what was found until then is still said."""


def answer_path(reader: Reader, question: PathQuestion) -> PathAnswer:
    """Return the best ways between two actors, with the quotes behind each hop.

    Raises:
        EntityNotFound: Nobody goes by a name that was given.
        AmbiguousName: Several do.
        InvalidQuery: Both ends are one, or an option is out of range.
        QueryTimeout: It took too long.

    Cost: see `graph.paths.find_paths`, and one query for all quotes.
    """
    snapshot = reader.snapshots.current().at(question.known_by)
    where = build_filter(reader, snapshot, question)
    source, target = resolve_all(snapshot, (question.from_, question.to))
    found = paths.find_paths(
        snapshot,
        source,
        target,
        k=question.k,
        max_hops=question.max_hops,
        direction=question.direction,
        weight=question.weight,
        sign=question.sign,
        avoid=resolve_all(snapshot, question.avoid),
        where=where,
        budget_s=reader.timeout_s,
    )
    edges = {hop.edge.id: hop.edge for path in found.paths for hop in path.hops}
    quotes = find_quotes(
        reader.store, snapshot, snapshot.view(replace(where, types=())), list(edges.values())
    )
    return PathAnswer(
        from_=find_ref(snapshot, source),
        to=find_ref(snapshot, target),
        shown=found.shown,
        total=found.total,
        total_exact=found.total_is_exact,
        graph_version=snapshot.version,
        paths=[_to_path(snapshot, path, quotes) for path in found.paths],
        breaks=_find_breaks(reader, snapshot, found, question) if question.explain and found.paths else None,
    )


def _find_breaks(
    reader: Reader, snapshot: Snapshot, found: paths.PathResult, question: PathQuestion
) -> Breaks:
    """Return what the connection hangs on; where time is short, what was seen until then."""
    from graph.paths.breaking import find_breaks  # noqa: PLC0415 (only who asks for it waits for it)

    budget_s = min(reader.timeout_s or EXPLAIN_BUDGET_S, EXPLAIN_BUDGET_S)
    breaks = find_breaks(
        snapshot,
        found.source,
        found.target,
        max_hops=question.max_hops,
        direction=question.direction,
        weight=question.weight,
        sign=question.sign,
        avoid=resolve_all(snapshot, question.avoid),
        where=build_filter(reader, snapshot, question),
        budget_s=budget_s,
    )
    return Breaks(
        disconnect=[list(names) for names in breaks.disconnect],
        changes_sign=[list(names) for names in breaks.changes_sign],
        exact=breaks.exact,
    )


def _to_path(snapshot: Snapshot, path: paths.Path, quotes: dict[str, list[Quote]]) -> Path:
    return Path(
        nodes=[find_ref(snapshot, node) for node in path.nodes],
        hops=[
            Hop(
                from_=find_ref(snapshot, hop.source),
                to=find_ref(snapshot, hop.target),
                walked="forward" if hop.forward else "backward",
                edge=to_edge(hop.edge),
                also=list(hop.also),
                quotes=quotes[hop.edge.id],
            )
            for hop in path.hops
        ],
        length=len(path.hops),
        sign=path.sign,
        confidence=path.confidence,
        weakest_hop=path.weakest,
    )
