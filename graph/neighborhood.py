"""What lies around entities, or between two of them, as a part of the graph small enough to look at."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph.deadline import Deadline
from graph.edges import Edge
from graph.errors import InvalidQuery
from graph.filters import EdgeFilter
from graph.paths import MAX_HOPS, Direction, is_large, iter_paths
from graph.paths.steps import compute_cost
from graph.snapshot.graph_view import GraphView
from graph.snapshot.snapshot import Node, Snapshot

MAX_DEPTH = 6
MAX_NODES = 2000
MAX_PATHS = 1000
"""How many paths a question about what lies between looks at."""


@dataclass(frozen=True, slots=True)
class Subgraph:
    """A part of the graph.

    Attributes:
        nodes: Those asked for, then the most confidently connected; equals by id.
        edges: All edges between them that the filter leaves, most confident first, then by id.
        total_nodes: How many nodes there would be without the limit.
        total_edges: How many edges there would be.
        total_is_exact: False where looking stopped early; the totals are then lower bounds.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    total_nodes: int
    total_edges: int
    total_is_exact: bool = True

    @property
    def shown(self) -> int:
        """How many nodes are here."""
        return len(self.nodes)


def find_neighborhood(
    snapshot: Snapshot,
    of: Sequence[str],
    *,
    depth: int = 1,
    limit: int = 50,
    direction: Direction = "any",
    where: EdgeFilter | None = None,
    budget_s: float | None = None,
) -> Subgraph:
    """Return the part of the graph within some hops of one or several entities.

    Nodes come in the order of the best walk that leads to them from one of the entities: fewest hops that only the
    gazetteer knows, then highest product of confidence, then fewest hops. A node never comes before the one it is
    reached through, so what is shown hangs together.

    Args:
        snapshot: The graph.
        of: Ids of the entities in the middle, at least one.
        depth: Hops from the nearest of them, within [1, 6].
        limit: Most nodes to show, the middle included, within [1, 2000]; never fewer than the middle has.
        direction: `out` walks edges from source to target only (symmetric ones both ways), `any` both ways.
        where: Which edges may be walked and shown. Its entity types hold for all nodes but the middle.
        budget_s: Seconds after which the work is stopped; None for no limit.

    Raises:
        EntityNotFound: One of the entities is not in the snapshot.
        InvalidQuery: An option is out of range.
        QueryTimeout: The budget was used up.

    Cost: O(depth * edges within reach).
    """
    if not of:
        raise InvalidQuery("of", "name at least one entity.")
    _require_within("depth", depth, MAX_DEPTH)
    _require_within("limit", limit, MAX_NODES)
    if direction not in {"any", "out"}:
        raise InvalidQuery("direction", f"must be one of any, out, not {direction!r}.")
    deadline = Deadline(budget_s)
    where = where or EdgeFilter()
    snapshot = snapshot.at(where.known_by)
    middle = dict.fromkeys(snapshot.get_node(entity_id).id for entity_id in of)
    allowed = _allow_types(snapshot, where, middle)
    view = snapshot.view(replace(where, types=()))
    if is_large(view):
        return _look_over_arrays(view, list(middle), depth, limit, direction, where, deadline)
    ranks = _spread(view, middle, depth, direction, allowed, deadline)
    ordered = sorted(ranks, key=lambda node_id: (node_id not in middle, ranks[node_id], node_id))
    return _cut(snapshot, view, ordered, max(limit, len(middle)))


def find_between(
    snapshot: Snapshot,
    source: str,
    target: str,
    *,
    max_hops: int = 3,
    limit: int = 50,
    direction: Direction = "any",
    where: EdgeFilter | None = None,
    budget_s: float | None = None,
) -> Subgraph:
    """Return the part of the graph that the loopless paths between two entities run through.

    Paths are taken best first (see `find_paths`) until the next would need more nodes than the limit; the best one is
    shown in any case. The edges are all those between the nodes shown. At most 1,000 paths are looked at, then the totals are lower bounds.

    Args:
        snapshot: The graph.
        source: Id of one entity.
        target: Id of the other.
        max_hops: Longest path, in edges, within [1, 12].
        limit: Most nodes to show, both ends included, within [2, 2000].
        direction: As in `find_paths`.
        where: As in `find_paths`.
        budget_s: Seconds after which the work is stopped; None for no limit.

    Returns:
        The nodes in the order of the paths; nothing when there is no path.

    Raises:
        EntityNotFound: One of the two is not in the snapshot.
        InvalidQuery: An option is out of range, or the two are one entity.
        QueryTimeout: The budget was used up.

    Cost: that of up to 1,000 paths, most of which have as few hops as the first and cost little more than it.
    """
    _require_within("max_hops", max_hops, MAX_HOPS)
    _require_within("limit", limit, MAX_NODES, lowest=2)
    where = where or EdgeFilter()
    found: dict[str, None] = {}
    shown = 0
    is_exact = True
    paths = iter_paths(
        snapshot, source, target, max_hops=max_hops, direction=direction, where=where, budget_s=budget_s
    )
    for number, path in enumerate(paths, start=1):
        if number > MAX_PATHS:
            is_exact = False
            break
        fits = shown == len(found)
        found.update(dict.fromkeys([path.nodes[0], path.nodes[-1], *path.nodes]))
        if number == 1 or (fits and len(found) <= limit):
            shown = len(found)
    snapshot = snapshot.at(where.known_by)
    view = snapshot.view(replace(where, types=()))
    return replace(_cut(snapshot, view, list(found), shown), total_is_exact=is_exact)


def _require_within(option: str, value: int, highest: int, *, lowest: int = 1) -> None:
    if not lowest <= value <= highest:
        raise InvalidQuery(option, f"must be between {lowest} and {highest}, not {value}.")


def _allow_types(snapshot: Snapshot, where: EdgeFilter, middle: Iterable[str]) -> frozenset[str] | None:
    """Return the ids a filter's entity types allow, None for all."""
    if not where.types:
        return None
    return frozenset(middle) | {node.id for node in snapshot.nodes.values() if node.type in where.types}


def _look_over_arrays(
    view: GraphView,
    middle: list[str],
    depth: int,
    limit: int,
    direction: Direction,
    where: EdgeFilter,
    deadline: Deadline,
) -> Subgraph:
    """Answer `find_neighborhood` by compiled code."""
    # It takes half a second to load, which small graphs do without.
    from graph.csr import lock_walk  # noqa: PLC0415
    from graph.kernels.ball import find_induced, find_reach  # noqa: PLC0415
    from graph.paths.arrays import get_mask, open_nodes  # noqa: PLC0415
    from graph.paths.costs import get_costs  # noqa: PLC0415

    starts = np.array([view.columns.nodes.find(node_id) for node_id in middle], np.int32)
    reach = find_reach(
        lock_walk(view.walk(direction)),
        starts,
        depth,
        get_costs(view),
        nodes=view.node_count,
        mask=get_mask(view),
        open_nodes=open_nodes(view, frozenset(where.types), [], starts.tolist()),
        deadline=deadline,
    )
    order = np.lexsort((view.node_ranks[reach.nodes], reach.ranks, ~np.isin(reach.nodes, starts)))
    ordered = reach.nodes[order]
    limit = max(limit, len(middle))
    deadline.check()
    numbers, total = find_induced(
        lock_walk(view.walk("any")), ordered, view.present, limit, nodes=view.node_count
    )
    edges = [view.edge_at(number) for number in numbers.tolist()]
    return Subgraph(
        nodes=tuple(view.node_at(number) for number in ordered[:limit].tolist()),
        edges=tuple(sorted(edges, key=lambda edge: (-edge.confidence, edge.id))),
        total_nodes=len(ordered),
        total_edges=total,
    )


_Rank = tuple[int, int, int]
"""Gazetteer hops, doubt, hops: the parts of a path's cost, in the order that matters here."""


def _spread(
    view: GraphView,
    middle: Iterable[str],
    depth: int,
    direction: Direction,
    allowed: frozenset[str] | None,
    deadline: Deadline,
) -> Mapping[str, _Rank]:
    """Return the best rank of each node within reach, by Bellman and Ford's rounds: round n walks n hops."""
    best: dict[str, _Rank] = dict.fromkeys(middle, (0, 0, 0))
    frontier = dict(best)
    for hops in range(1, depth + 1):
        reached: dict[str, _Rank] = {}
        for node_id, (unread, doubt, _) in frontier.items():
            deadline.check()
            for other, edge in _iter_steps(view, node_id, direction):
                if allowed is not None and other not in allowed:
                    continue
                more_doubt, _, is_unread = compute_cost(edge, by_confidence=True)
                step = (unread + is_unread, doubt + more_doubt, hops)
                if all(step < ranks[other] for ranks in (best, reached) if other in ranks):
                    reached[other] = step
        best.update(reached)
        frontier = reached
    return best


def _iter_steps(view: GraphView, node_id: str, direction: Direction) -> Iterable[tuple[str, Edge]]:
    for edge in view.find_edges(of=node_id):
        other = edge.target if edge.source == node_id else edge.source
        forward = edge.source == node_id
        if edge.counts and other != node_id and (forward or direction == "any" or edge.symmetric):
            yield other, edge


def _cut(snapshot: Snapshot, view: GraphView, ordered: Sequence[str], limit: int) -> Subgraph:
    """Keep the first nodes, and the edges between them."""
    places = {node_id: place for place, node_id in enumerate(ordered)}
    within: defaultdict[bool, list[Edge]] = defaultdict(list)
    for node_id in ordered:
        for edge in view.find_edges(source=node_id):
            if edge.target in places:
                within[max(places[edge.source], places[edge.target]) < limit].append(edge)
    shown = sorted(within[True], key=lambda edge: (-edge.confidence, edge.id))
    return Subgraph(
        nodes=tuple(snapshot.nodes[node_id] for node_id in ordered[:limit]),
        edges=tuple(shown),
        total_nodes=len(ordered),
        total_edges=len(within[True]) + len(within[False]),
    )
