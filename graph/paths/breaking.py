"""What would break a connection: the sources without which two entities would not be joined, or be so with another sign.

A set of sources that disconnects has to break the best path that is left, whatever else it does, so it holds all sources
of one of that path's edges. Branching over these edges, smallest sets first, finds every minimal set without trying all
(the search tree of bounded hitting sets, Reiter 1987). Each set found is one that was tried: its claims were taken away,
the edges added up anew, and no path was left.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import NamedTuple

from graph.deadline import Deadline
from graph.errors import QueryTimeout
from graph.filters import EdgeFilter
from graph.ontology import Sign
from graph.paths import Direction, SignAsked, Weight, iter_paths
from graph.paths.thinned import BestPathSearch
from graph.paths.thinning import Source, Step, Stride, Support, ThinnedGraph
from graph.snapshot.snapshot import Snapshot

MAX_SOURCES = 3
"""Sets of up to this many sources are all found; where none of them disconnects, a larger one, if there is any."""
MAX_SEARCHES = 600
"""How many paths are searched at most, for each of the two questions."""
_MAX_SETS = 20_000
"""How many sets of sources are looked at at most, for each of the two questions."""
_PATHS_KEPT = 200

SourceSet = frozenset[Source]
_Steps = tuple[Step, ...] | None


@dataclass(frozen=True, slots=True)
class Breaks:
    """The sources that a connection hangs on.

    A source is an outlet's name or, for a text that names none, the id of the story it tells.

    Attributes:
        disconnect: Minimal sets without which no path is left, smallest first: all of up to three sources. Where there are
            none, one that is larger: the smallest, if it can be found in time, else one that has no source too many.
            Empty where nothing disconnects, as where geography joins the two.
        changes_sign: Minimal sets of up to three sources without which the best path that is left has another net sign.
        exact: All minimal sets of up to three sources were found; False where looking stopped before.
    """

    disconnect: tuple[tuple[str, ...], ...]
    changes_sign: tuple[tuple[str, ...], ...]
    exact: bool


def find_breaks(  # noqa: PLR0913 (the options of the path that is to be broken)
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
) -> Breaks:
    """Return the sources whose removal disconnects two entities, or changes the net sign of the best path between them.

    Everything a source published is taken away, and the edges are added up anew from what others say. Sets that change the
    sign are looked for among the sources of the paths that are best in turn; one that works only because other evidence
    then looks more independent than before is not looked for.

    Args:
        snapshot: The graph.
        source: As the rest, what `find_paths` was asked.
        target: See `find_paths`.
        max_hops: See `find_paths`; a longer path does not count as a connection.
        direction: See `find_paths`.
        weight: See `find_paths`.
        sign: See `find_paths`. With a sign asked for, no set can change it.
        avoid: See `find_paths`.
        where: See `find_paths`.
        budget_s: Seconds after which looking stops, with what was found until then; None for no limit.

    Returns:
        Nothing to break where there is no path.

    Raises:
        EntityNotFound: See `find_paths`.
        InvalidQuery: See `find_paths`.

    Cost: two views of the snapshot, and up to 600 searches for each of the two, which only add up anew what they see.
    """
    paths = iter_paths(
        snapshot,
        source,
        target,
        max_hops=max_hops,
        direction=direction,
        weight=weight,
        sign=sign,
        avoid=avoid,
        where=where,
    )
    best = next(paths, None)
    if best is None:
        return Breaks((), (), exact=True)
    where = where or EdgeFilter()
    snapshot = snapshot.at(where.known_by)
    support = Support(snapshot, where)
    final_sign: Sign | None = {"any": None, "positive": 1, "negative": -1}[sign]
    stride = Stride(direction == "any", weight == "confidence", final_sign is not None)
    ends = {best.nodes[0], best.nodes[-1]}
    blocked = frozenset({snapshot.get_node(node).id for node in avoid} | _find_others(snapshot, where) - ends)

    def ask() -> "_Trials":
        deadline = Deadline(None if budget_s is None else budget_s / 2)
        search = BestPathSearch(best.nodes[0], best.nodes[-1], final_sign, max_hops, deadline)
        return _Trials(search, support, stride, blocked)

    cuts = ask().find_cuts()
    turns = ask().find_turns(best.sign) if final_sign is None else _Found((), is_all=True)
    return Breaks(
        disconnect=_name_sets(cuts.sets, support),
        changes_sign=_name_sets(turns.sets, support),
        exact=cuts.is_all and turns.is_all,
    )


def _find_others(snapshot: Snapshot, where: EdgeFilter) -> set[str]:
    """Return the ids of nodes that are not of the types asked for."""
    if not where.types:
        return set()
    return {node.id for node in snapshot.nodes.values() if node.type not in where.types}


def _name_sets(sets: Iterable[SourceSet], support: Support) -> tuple[tuple[str, ...], ...]:
    named = (tuple(sorted(support.get_name(source) for source in found)) for found in sets)
    return tuple(sorted(named, key=lambda names: (len(names), names)))


class _Found(NamedTuple):
    """Sets of sources; `is_all` is False where looking for them stopped early."""

    sets: tuple[SourceSet, ...]
    is_all: bool


class _SearchedEnough(Exception):
    """More paths were searched than shall be."""


class _Trials:
    """What becomes of one connection as sets of sources are taken away, smallest first."""

    def __init__(
        self, search: BestPathSearch, support: Support, stride: Stride, blocked: frozenset[str]
    ) -> None:
        self._search = search
        self._support = support
        self._stride = stride
        self._blocked = blocked
        self._searches = 0
        self._known: list[tuple[SourceSet, tuple[Step, ...]]] = []

    def find_cuts(self) -> _Found:
        """Return the minimal sets without which there is no path."""

        def branch(steps: tuple[Step, ...]) -> Iterable[SourceSet]:
            resting = [self._support.find_sources(step.edge) for step in steps]
            if self._support.weakens_by_degrees:
                return [frozenset({source}) for sources in resting for source in sources]
            return resting

        attempt = self._try if self._support.weakens_by_degrees else self._try_known
        found = self._find_sets(attempt, lambda steps: steps is None, branch, beyond=True)
        return found if found.sets else _Found(self._find_any_cut(), found.is_all)

    def find_turns(self, sign: Sign) -> _Found:
        """Return the minimal sets without which the best path has another sign; confidence lost may be enough."""

        def is_turned(steps: _Steps) -> bool:
            return steps is not None and _multiply_signs(steps) != sign

        def branch(steps: tuple[Step, ...]) -> Iterable[SourceSet]:
            return [frozenset({source}) for step in steps for source in self._support.find_sources(step.edge)]

        return self._find_sets(self._try, is_turned, branch, beyond=False)

    def _find_sets(
        self,
        attempt: Callable[[SourceSet], _Steps],
        is_goal: Callable[[_Steps], bool],
        branch: Callable[[tuple[Step, ...]], Iterable[SourceSet]],
        *,
        beyond: bool,
    ) -> _Found:
        """Try sets, smallest first, each the one before and what one branch adds.

        Args:
            attempt: Returns the best path without a set, or any where any will do.
            is_goal: Says of the best path that a set leaves whether the set is one of those looked for.
            branch: Returns of a path that is left what has to be taken away besides.
            beyond: Where there is no set of up to three sources, go on until there is one.
        """
        found: list[SourceSet] = []
        seen: set[SourceSet] = {frozenset()}
        queue: list[tuple[int, list[Source], SourceSet]] = [(0, [], frozenset())]
        size = 0
        for _ in range(_MAX_SETS):
            removed = self._pop_minimal(queue, found)
            if removed is None or (len(removed) > MAX_SOURCES and (found or not beyond)):
                return _Found(tuple(found), is_all=True)
            size = len(removed)
            try:
                steps = attempt(removed)
            except (QueryTimeout, _SearchedEnough):
                break
            if is_goal(steps):
                found.append(removed)
            elif steps is not None:
                for wider in {removed | added for added in branch(steps)} - seen:
                    seen.add(wider)
                    heappush(queue, (len(wider), sorted(wider), wider))
        return _Found(tuple(found), is_all=size > MAX_SOURCES)

    @staticmethod
    def _pop_minimal(
        queue: list[tuple[int, list[Source], SourceSet]], found: Iterable[SourceSet]
    ) -> SourceSet | None:
        """Return the smallest set that waits and holds none of those found; None if no such set waits."""
        while queue:
            removed = heappop(queue)[2]
            if not any(smaller <= removed for smaller in found):
                return removed
        return None

    def _find_any_cut(self) -> tuple[SourceSet, ...]:
        """Return a set that disconnects, where there is one: not always the smallest, but with no source too many."""
        removed: SourceSet = frozenset()
        self._searches = 0
        try:
            while steps := self._try(removed):
                resting = [self._support.find_sources(step.edge) - removed for step in steps]
                added = min(filter(None, resting), key=lambda more: (len(more), sorted(more)), default=None)
                if added is None:
                    return ()
                removed |= added
            for source in sorted(removed):
                if self._try(removed - {source}) is None:
                    removed -= {source}
        except (QueryTimeout, _SearchedEnough):
            return ()
        return (removed,)

    def _try(self, removed: SourceSet) -> _Steps:
        """Return the best path without some sources.

        Raises:
            QueryTimeout: Time is up.
            _SearchedEnough: So many paths were searched already.
        """
        self._searches += 1
        if self._searches > MAX_SEARCHES:
            raise _SearchedEnough
        return self._search.find(ThinnedGraph(self._support, removed, self._stride, self._blocked))

    def _try_known(self, removed: SourceSet) -> _Steps:
        """Return any path without some sources: one seen before, where it does without them."""
        for earlier, steps in self._known:
            # An edge can be walked back only without the claims that make it one-sided, which may be there again.
            is_walkable = self._stride.any_direction or earlier <= removed
            if is_walkable and not any(self._is_lost(step, removed) for step in steps):
                return steps
        found = self._try(removed)
        if found is not None and len(self._known) < _PATHS_KEPT:
            self._known.append((removed, found))
        return found

    def _is_lost(self, step: Step, removed: SourceSet) -> bool:
        return step.edge.origin == "text" and self._support.find_sources(step.edge) <= removed


def _multiply_signs(steps: Iterable[Step]) -> Sign:
    sign: Sign = 0
    for step in steps:
        if step.edge.sign:
            sign = step.edge.sign if sign == 0 else 1 if sign == step.edge.sign else -1
    return sign
