"""Loopless walks in order of cost: partition of all paths, and A* within a part."""

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from graph.ontology import Sign
from graph.paths.count import count_paths
from graph.paths.distances import (
    CHECK_EVERY,
    State,
    Terrain,
    combine_signs,
    measure_costs,
    measure_hops,
)
from graph.paths.steps import Cost, Step, WalkedHop, add_costs


class _Prefix(NamedTuple):
    """The start of a path, by its nodes; for each net sign it can have, the cheapest cost and steps."""

    nodes: tuple[str, ...]
    labels: dict[Sign, tuple[Cost, tuple[Step, ...]]]


class _Part(NamedTuple):
    """All paths with one start that do not go on to the banned nodes, and the best walk among them."""

    prefix: _Prefix
    banned: frozenset[str]
    nodes: tuple[str, ...]
    steps: tuple[Step, ...]


class PathSearch:
    """One question between two different nodes, over objects.

    Cost: O(edges) to prepare, O(edges * log edges) where confidence comes first.
    """

    def __init__(self, terrain: Terrain) -> None:
        self._terrain = terrain
        self._max_hops = terrain.max_hops
        self._hops_left = measure_hops(terrain)
        # Where hops come first, they guide well enough; finding costs as well takes longer than it saves.
        self._cost_left: dict[State, Cost] = (
            measure_costs(terrain, self._hops_left)
            if terrain.index.walking.by_confidence
            else {state: (hops, 0, 0) for state, hops in self._hops_left.items()}
        )

    def iter_best(self) -> Iterator[tuple[WalkedHop, ...]]:
        """Yield the hops of every loopless path, best first; paths differ by the nodes they visit.

        Raises:
            QueryTimeout: The deadline passed.
        """
        index = self._terrain.index
        for steps in self._iter_steps():
            tails = (self._terrain.source, *(step.node for step in steps))
            yield tuple(
                WalkedHop(step.node, step.edge, step.forward, index.find_parallel(tail, step))
                for tail, step in zip(tails, steps, strict=False)
            )

    def count(self, cap: int) -> tuple[int, bool]:
        """Return how many loopless paths there are, and whether that is all; counting stops at `cap`."""
        return count_paths(self._terrain, self._hops_left, cap)

    def _iter_steps(self) -> Iterator[tuple[Step, ...]]:
        tie = count()
        start = _Prefix((self._terrain.source,), {0: ((0, 0, 0), ())})
        queue: list[tuple[Cost, tuple[str, ...], int, _Part]] = []

        def add_part(prefix: _Prefix, banned: frozenset[str]) -> None:
            if found := self._find_best_walk(prefix, banned):
                cost, nodes, steps = found
                heappush(queue, (cost, nodes, next(tie), _Part(prefix, banned, nodes, steps)))

        add_part(start, frozenset())
        while queue:
            self._terrain.deadline.check()
            part = heappop(queue)[3]
            first_repeat = _find_first_repeat(part.nodes)
            if first_repeat is None:
                yield part.steps
            prefix, banned = part.prefix, part.banned
            for node in part.nodes[len(prefix.nodes) : first_repeat]:
                add_part(prefix, banned | {node})
                prefix, banned = self._extend(prefix, node), frozenset()
            if first_repeat is not None:
                # The best walk crosses itself here; paths that turn elsewhere at this point are still to be seen.
                add_part(prefix, banned)

    def _extend(self, prefix: _Prefix, node: str) -> _Prefix:
        labels: dict[Sign, tuple[Cost, tuple[Step, ...]]] = {}
        for so_far, (cost, steps) in prefix.labels.items():
            for step in self._terrain.find_steps(prefix.nodes[-1]):
                if step.node == node:
                    sign = combine_signs(so_far, step.sign)
                    total = add_costs(cost, step.cost)
                    if sign not in labels or total < labels[sign][0]:
                        labels[sign] = (total, (*steps, step))
        return _Prefix((*prefix.nodes, node), labels)

    def _find_best_walk(
        self, prefix: _Prefix, banned: frozenset[str]
    ) -> tuple[Cost, tuple[str, ...], tuple[Step, ...]] | None:
        """Return the best walk to the target that starts so, and does not go on to a banned node.

        It never returns to the prefix. Without a sign constraint it is a path; with one it may cross itself.
        A* (Hart, Nilsson and Raphael 1968): the distances to the target in the whole graph never overestimate.
        """
        tie = count()
        blocked = frozenset(prefix.nodes)
        heap: list[tuple[Cost, tuple[str, ...], int, Cost, Sign, tuple[Step, ...]]] = []
        for sign, (cost, steps) in prefix.labels.items():
            left = self._cost_left.get((prefix.nodes[-1], sign))
            if left is not None:
                heappush(heap, (add_costs(cost, left), prefix.nodes, next(tie), cost, sign, steps))
        fewest_hops: dict[State, int] = {}
        while heap:
            if next(tie) % CHECK_EVERY == 0:
                self._terrain.deadline.check()
            _, nodes, _, cost, sign, steps = heappop(heap)
            at: State = (nodes[-1], sign)
            if nodes[-1] == self._terrain.target:
                return cost, nodes, steps
            # Costs come in order, so a later walk to the same state is only of use if it has hops to spare.
            if len(steps) >= fewest_hops.get(at, self._max_hops):
                continue
            fewest_hops[at] = len(steps)
            is_spur = len(nodes) == len(prefix.nodes)
            for step in self._terrain.find_steps(nodes[-1]):
                after = (step.node, combine_signs(sign, step.sign))
                hops_left = self._hops_left.get(after)
                if hops_left is None or len(nodes) + hops_left > self._max_hops:
                    continue
                if step.node in blocked or (is_spur and step.node in banned):
                    continue
                total = add_costs(cost, step.cost)
                bound = add_costs(total, self._cost_left[after])
                heappush(heap, (bound, (*nodes, step.node), next(tie), total, after[1], (*steps, step)))
        return None


def _find_first_repeat(nodes: tuple[str, ...]) -> int | None:
    """Return the index of the first node that stands earlier in the walk, too."""
    seen: set[str] = set()
    for index, node in enumerate(nodes):
        if node in seen:
            return index
        seen.add(node)
    return None
