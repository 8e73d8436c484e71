"""All that structural balance says of a filtered graph, in one answer."""

from dataclasses import dataclass
from typing import get_args

import numpy as np

from graph.balance.frustration import Frustration, Weight, measure_frustration
from graph.balance.history import Bucket, Clock, Moment, trace_balance
from graph.balance.suggestions import Suggestion, rank_suggestions
from graph.balance.ties import Ambivalent, SignedGraph, Tie, read_signed_graph
from graph.balance.triads import TriadCensus, count_triads
from graph.balance.walks import WalkBalance, measure_walks
from graph.deadline import Deadline
from graph.errors import InvalidQuery
from graph.filters import EdgeFilter
from graph.snapshot.snapshot import Snapshot

MAX_LIMIT = 200


@dataclass(frozen=True, slots=True)
class Part:
    """Actors that signed ties join to each other, and the two coalitions they fall into.

    Which of two parts' sides belong together no tie says, so every part is split by itself.

    Attributes:
        first: Ids of one coalition, that of the actor with most ties; most ties first, then by id.
        second: Ids of the other; empty where nobody needs to be against anybody.
        loose: Ids of those whose own ties would be as well served on the other side.
        ties: How many ties with a sign the part has.
        frustrated: Those of them that the split contradicts, surest first.
    """

    first: tuple[str, ...]
    second: tuple[str, ...]
    loose: tuple[str, ...]
    ties: int
    frustrated: tuple[Tie, ...]

    @property
    def actors(self) -> int:
        """How many actors it has."""
        return len(self.first) + len(self.second)


@dataclass(frozen=True, slots=True)
class Balance:
    """The signed analysis of a graph.

    Attributes:
        parts: Largest first, then by their first actor.
        seen_from: The balance of walks seen from the actors with most ties, least balanced first: id, ties, balance.
        suggestions: Ties to check, best first.
        suggestions_total: How many ties there are to check.
        moments: Balance over time; empty unless asked for.
    """

    graph: SignedGraph
    triads: TriadCensus
    frustration: Frustration
    parts: tuple[Part, ...]
    walks: WalkBalance
    seen_from: tuple[tuple[str, int, float], ...]
    suggestions: tuple[Suggestion, ...]
    suggestions_total: int
    moments: tuple[Moment, ...]


def analyse_balance(
    snapshot: Snapshot,
    *,
    where: EdgeFilter | None = None,
    weight: Weight = "ties",
    ambivalent: Ambivalent = "apart",
    limit: int = 10,
    bucket: Bucket | None = None,
    clock: Clock = "known",
    budget_s: float | None = None,
) -> Balance:
    """Measure how balanced the supports and oppositions of a filtered graph are, and what is in the way.

    Args:
        snapshot: The graph.
        where: Which edges; those without a sign never enter.
        weight: What a frustrated tie costs: 1 (`ties`), or its confidence.
        ambivalent: Whether pairs with both signs are set `apart`, or take the sign they `lean` to.
        limit: Most triads of either sort, ties to check, and actors to list; within [1, 200].
        bucket: Also trace the balance over time, in spans of this length.
        clock: Which time: of publication (`known`), or in which things hold (`valid`).
        budget_s: Seconds after which the work is stopped; None for no limit.

    Raises:
        InvalidQuery: An option has a value that cannot be used.
        QueryTimeout: The budget was used up.

    Cost: see the modules of each measure; a few seconds for 100,000 ties.
    """
    _require_among("weight", weight, get_args(Weight))
    _require_among("ambivalent", ambivalent, get_args(Ambivalent))
    _require_among("clock", clock, get_args(Clock))
    if bucket is not None:
        _require_among("bucket", bucket, get_args(Bucket))
    if not 1 <= limit <= MAX_LIMIT:
        raise InvalidQuery("limit", f"must be between 1 and {MAX_LIMIT}, not {limit}.")
    deadline = Deadline(budget_s)
    asked = where or EdgeFilter()
    view = snapshot.view(asked)
    deadline.check()
    graph = read_signed_graph(view, ambivalent)
    triads = count_triads(graph, limit=limit, deadline=deadline)
    frustration = measure_frustration(graph, weight=weight, deadline=deadline)
    degrees = np.diff(graph.neighbours.indptr)
    busiest = np.lexsort((np.arange(len(degrees)), -degrees))[:limit].tolist()
    walks = measure_walks(graph, busiest, deadline)
    suggestions, total = rank_suggestions(graph, triads, frustration, limit=limit, deadline=deadline)
    moments = (
        trace_balance(
            snapshot,
            asked,
            bucket=bucket,
            clock=clock,
            weight=weight,
            ambivalent=ambivalent,
            deadline=deadline,
        )
        if bucket
        else ()
    )
    seen = [(graph.actors[actor], int(degrees[actor]), share) for actor, share in walks.by_actor.items()]
    seen.sort(key=lambda item: (round(item[2], 12), -item[1], item[0]))
    parts = _list_parts(graph, frustration)
    return Balance(graph, triads, frustration, parts, walks, tuple(seen), suggestions, total, moments)


def _require_among(option: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise InvalidQuery(option, f"must be one of {', '.join(known)}, not {value!r}.")


def _list_parts(graph: SignedGraph, frustration: Frustration) -> tuple[Part, ...]:
    count = int(graph.components.max(initial=-1)) + 1
    sides: list[tuple[list[str], list[str]]] = [([], []) for _ in range(count)]
    loose: list[list[str]] = [[] for _ in range(count)]
    frustrated: list[list[Tie]] = [[] for _ in range(count)]
    ties = np.bincount(graph.components[graph.tails], minlength=count) if count else np.zeros(0)
    degrees = np.diff(graph.neighbours.indptr)
    pulls = _compute_pulls(graph, frustration)
    for actor in np.lexsort((np.arange(len(degrees)), -degrees)).tolist():
        part, name = int(graph.components[actor]), graph.actors[actor]
        sides[part][0 if frustration.sides[actor] > 0 else 1].append(name)
        if pulls[actor] == 0:
            loose[part].append(name)
    for number in sorted(frustration.frustrated, key=lambda at: (-graph.ties[at].confidence, at)):
        frustrated[int(graph.components[graph.tails[number]])].append(graph.ties[number])
    parts = [
        Part(tuple(first), tuple(second), tuple(loose[part]), int(ties[part]), tuple(frustrated[part]))
        for part, (first, second) in enumerate(sides)
    ]
    return tuple(sorted(parts, key=lambda part: (-part.actors, part.first)))


def _compute_pulls(graph: SignedGraph, frustration: Frustration) -> list[float]:
    """Return how much more of each actor's ties the split satisfies than it frustrates."""
    agreed = frustration.sides[graph.tails] * frustration.sides[graph.heads] * graph.signs
    sizes = np.ones(len(graph.ties)) if frustration.weight == "ties" else np.round(graph.confidences, 3)
    pulls = np.bincount(graph.tails, weights=agreed * sizes, minlength=len(graph.actors))
    pulls += np.bincount(graph.heads, weights=agreed * sizes, minlength=len(graph.actors))
    rounded: list[float] = np.round(pulls, 6).tolist()
    return rounded
