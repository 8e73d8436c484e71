"""How two entities are connected: the best loopless paths, each hop with the edge that carries it.

The method is Yen's (1971) partition in Lawler's (1972) form: the best path is found, the paths that are left are
split by where they first depart from it, and the best of each part waits in a queue. The best of a part is searched
with A*, guided by distances to the target. A sign constraint is searched over pairs of node
and sign so far; the best such walk may cross itself, and is then only a bound by which its part is split further, so
that the answer stays exact and loopless.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import prod
from typing import TYPE_CHECKING, Literal, get_args

from graph.deadline import Deadline
from graph.edges import Edge
from graph.errors import InvalidQuery
from graph.filters import EdgeFilter
from graph.ontology import Sign
from graph.paths.distances import Terrain
from graph.paths.search import PathSearch
from graph.paths.steps import WalkedHop, Walking, count_walkable, get_step_index
from graph.snapshot.graph_view import GraphView
from graph.snapshot.snapshot import Snapshot

if TYPE_CHECKING:
    from graph.paths.arrays import ArraySearch

Direction = Literal["any", "out"]
Weight = Literal["hops", "confidence"]
SignAsked = Literal["any", "positive", "negative"]

MAX_K = 20
MAX_HOPS = 12
TOTAL_CAP = 1000
"""Paths are counted up to this many."""
LIGHT_EDGES = 5000
"""Up to this many walkable edges are searched as they are; more as arrays, by compiled code."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path, from `source` to `target` as walked.

    Attributes:
        edge: The best edge between the two that fits the question.
        forward: Whether it is walked from the edge's source to its target.
        also: Ids of the other edges that could be walked here, best first.
    """

    source: str
    target: str
    edge: Edge
    forward: bool
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A walk from one entity to another that visits no entity twice.

    Attributes:
        nodes: Ids in walking order, one more than there are hops.
        sign: Product of the signs of the signed hops; 0 when no hop is signed.
        confidence: Product over the hops, within (0, 1].
        weakest: Index of the hop with the lowest confidence, the first of equals.
    """

    nodes: tuple[str, ...]
    hops: tuple[Hop, ...]
    sign: Sign
    confidence: float
    weakest: int

    @property
    def weakest_hop(self) -> Hop:
        """The hop with the lowest confidence."""
        return self.hops[self.weakest]


@dataclass(frozen=True, slots=True)
class PathResult:
    """Paths, best first.

    Attributes:
        total: How many paths there are within the question's limits, counted by the nodes they visit.
        total_is_exact: False when counting stopped early; there are `total` or more.
    """

    source: str
    target: str
    paths: tuple[Path, ...]
    total: int
    total_is_exact: bool

    @property
    def shown(self) -> int:
        """How many paths are here."""
        return len(self.paths)


def find_paths(  # noqa: PLR0913 (the question's options, as the service has them)
    snapshot: Snapshot,
    source: str,
    target: str,
    *,
    k: int = 1,
    max_hops: int = 6,
    direction: Direction = "any",
    weight: Weight = "hops",
    sign: SignAsked = "any",
    avoid: Collection[str] = (),
    where: EdgeFilter | None = None,
    budget_s: float | None = None,
) -> PathResult:
    """Return up to `k` loopless paths, best first.

    Two paths differ if they visit different nodes; of parallel edges the best is walked and the others are named.

    Args:
        snapshot: The graph.
        source: Id of the entity to start from.
        target: Id of the entity to reach.
        k: Number of paths, within [1, 20].
        max_hops: Longest path allowed, in edges, within [1, 12].
        direction: `out` walks edges from source to target only (symmetric ones both ways), `any` both ways.
        weight: `hops`: fewest hops, then fewest that only the gazetteer knows, then highest product of confidence.
            `confidence`: highest product, then fewest hops, then fewest gazetteer hops. Remaining ties go by the
            ids of the nodes visited.
        sign: Only paths whose signed hops multiply to this; a path without a signed hop is neither.
        avoid: Ids of entities no path may visit.
        where: Which edges may be walked. Its entity types hold for the nodes in between, not for the two ends.
        budget_s: Seconds after which the search is stopped; None for no limit.

    Returns:
        The paths in walking order; empty when `target` is out of reach.

    Raises:
        EntityNotFound: `source`, `target` or one of `avoid` is not in the snapshot.
        InvalidQuery: An option is out of range, the two ends are one entity, or an end is to be avoided.
        QueryTimeout: The budget was used up.

    Small graphs are searched as objects, large ones as arrays by compiled code; the answers are the same.

    Cost: O(k * max_hops * (V + E) log V) worst case; with a sign constraint exponential at worst (the problem is
    NP-hard), in practice about the same. Counting adds at most about 0.1 s.
    """
    snapshot = snapshot.at(where.known_by if where else None)
    search = _open_search(snapshot, source, target, max_hops, direction, weight, sign, avoid, where, budget_s)
    if not 1 <= k <= MAX_K:
        raise InvalidQuery("k", f"must be between 1 and {MAX_K}, not {k}.")
    start, end = snapshot.get_node(source).id, snapshot.get_node(target).id
    paths = tuple(_build_path(start, hops) for hops in islice(search.iter_best(), k))
    total, is_exact = len(paths), True
    if len(paths) == k:
        total, is_exact = search.count(TOTAL_CAP)
    return PathResult(start, end, paths, max(total, len(paths)), is_exact)


def iter_paths(  # noqa: PLR0913 (as find_paths)
    snapshot: Snapshot,
    source: str,
    target: str,
    *,
    max_hops: int = 6,
    direction: Direction = "any",
    weight: Weight = "hops",
    sign: SignAsked = "any",
    avoid: Collection[str] = (),
    where: EdgeFilter | None = None,
    budget_s: float | None = None,
) -> Iterator[Path]:
    """Yield every path that `find_paths` could return, best first; each when it is asked for.

    The arguments, errors and cost of a path are those of `find_paths`.
    """
    snapshot = snapshot.at(where.known_by if where else None)
    search = _open_search(snapshot, source, target, max_hops, direction, weight, sign, avoid, where, budget_s)
    start = snapshot.get_node(source).id
    return (_build_path(start, hops) for hops in search.iter_best())


def _open_search(  # noqa: PLR0913, PLR0917 (as find_paths)
    snapshot: Snapshot,
    source: str,
    target: str,
    max_hops: int,
    direction: Direction,
    weight: Weight,
    sign: SignAsked,
    avoid: Collection[str],
    where: EdgeFilter | None,
    budget_s: float | None,
) -> "PathSearch | ArraySearch":
    """Check the question, and prepare the search that suits the size of the graph."""
    deadline = Deadline(budget_s)
    start, end = snapshot.get_node(source).id, snapshot.get_node(target).id
    avoided = {snapshot.get_node(node).id for node in avoid}
    if start == end:
        raise InvalidQuery("to", f"a path needs two entities, and both ends are {start!r}.")
    if blocked := sorted(avoided & {start, end}):
        raise InvalidQuery("avoid", f"{blocked[0]!r} is an end of the path.")
    if not 1 <= max_hops <= MAX_HOPS:
        raise InvalidQuery("max_hops", f"must be between 1 and {MAX_HOPS}, not {max_hops}.")
    for option, value, allowed in (
        ("direction", direction, get_args(Direction)),
        ("weight", weight, get_args(Weight)),
        ("sign", sign, get_args(SignAsked)),
    ):
        if value not in allowed:
            raise InvalidQuery(option, f"must be one of {', '.join(allowed)}, not {value!r}.")
    where = where or EdgeFilter()
    view = snapshot.view(replace(where, types=(), evidence=False))
    deadline.check()
    final_sign: Sign | None = {"any": None, "positive": 1, "negative": -1}[sign]
    by_confidence = weight == "confidence"
    walking = Walking(direction == "any", by_confidence, final_sign is not None)
    if is_large(view):
        return _search_arrays(view, (start, end), avoided, where, walking, final_sign, max_hops, deadline)
    return PathSearch(
        Terrain(
            index=get_step_index(view, walking),
            source=start,
            target=end,
            final_sign=final_sign,
            max_hops=max_hops,
            blocked=frozenset(avoided | (_find_others(snapshot, where) - {start, end})),
            deadline=deadline,
        )
    )


def is_large(view: GraphView) -> bool:
    """Say whether a view has so many edges that compiled searches are worth their loading, of half a second."""
    return count_walkable(view) > LIGHT_EDGES


def _search_arrays(
    view: GraphView,
    ends: tuple[str, str],
    avoided: set[str],
    where: EdgeFilter,
    walking: Walking,
    final_sign: Sign | None,
    max_hops: int,
    deadline: Deadline,
) -> "ArraySearch":
    # Compiled code takes half a second to load, which small graphs do without.
    from graph.paths.arrays import ArrayQuestion, ArraySearch, open_nodes  # noqa: PLC0415

    find = view.columns.nodes.find
    source, target = find(ends[0]), find(ends[1])
    visitable = open_nodes(view, frozenset(where.types), [find(node) for node in avoided], [source, target])
    return ArraySearch(
        ArrayQuestion(view, walking, source, target, final_sign, max_hops, visitable, deadline)
    )


def _find_others(snapshot: Snapshot, where: EdgeFilter) -> set[str]:
    """Return the ids of nodes that are not of the types asked for."""
    if not where.types:
        return set()
    return {node.id for node in snapshot.nodes.values() if node.type not in where.types}


def _build_path(source: str, walked: Sequence[WalkedHop]) -> Path:
    nodes = (source, *(hop.node for hop in walked))
    hops = tuple(
        Hop(tail, hop.node, hop.edge, hop.forward, hop.also) for tail, hop in zip(nodes, walked, strict=False)
    )
    confidences = [hop.edge.confidence for hop in hops]
    signs = [hop.edge.sign for hop in hops if hop.edge.sign]
    sign: Sign = 0 if not signs else 1 if prod(signs) > 0 else -1
    return Path(
        nodes=nodes,
        hops=hops,
        sign=sign,
        confidence=prod(confidences),
        weakest=confidences.index(min(confidences)),
    )
