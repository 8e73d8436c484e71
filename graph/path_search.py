"""Loopless walks in order of cost: partition of all paths, A* within a part, and counting."""

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from graph.errors import QueryTimeout
from graph.ontology import Sign
from graph.path_steps import CHECK_EVERY, Cost, State, Step, Terrain, add_costs, combine_signs

_COUNT_STEPS = 100_000


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
    """One question between two different nodes."""

    def __init__(self, terrain: Terrain) -> None:
        self._terrain = terrain
        self._max_hops = terrain.rules.max_hops
        self._final_sign: Sign = terrain.rules.final_sign or 0
        self._hops_left, self._cost_left = terrain.measure_all()

    def iter_best(self) -> Iterator[tuple[Step, ...]]:
        """Yield the steps of every loopless path, best first; paths differ by the nodes they visit.

        Raises:
            QueryTimeout: The deadline passed.
        """
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
            left = self._cost_left.get(State(prefix.nodes[-1], sign))
            if left is not None:
                heappush(heap, (add_costs(cost, left), prefix.nodes, next(tie), cost, sign, steps))
        fewest_hops: dict[State, int] = {}
        while heap:
            if next(tie) % CHECK_EVERY == 0:
                self._terrain.deadline.check()
            _, nodes, _, cost, sign, steps = heappop(heap)
            at = State(nodes[-1], sign)
            if at.node == self._terrain.target:
                return cost, nodes, steps
            # Costs come in order, so a later walk to the same state is only of use if it has hops to spare.
            if len(steps) >= fewest_hops.get(at, self._max_hops):
                continue
            fewest_hops[at] = len(steps)
            is_spur = len(nodes) == len(prefix.nodes)
            for step in self._terrain.find_steps(at.node):
                after = State(step.node, combine_signs(sign, step.sign))
                hops_left = self._hops_left.get(after)
                if hops_left is None or len(nodes) + hops_left > self._max_hops:
                    continue
                if step.node in blocked or (is_spur and step.node in banned):
                    continue
                total = add_costs(cost, step.cost)
                bound = add_costs(total, self._cost_left[after])
                heappush(heap, (bound, (*nodes, step.node), next(tie), total, after.sign, (*steps, step)))
        return None

    def count(self, cap: int) -> tuple[int, bool]:
        """Return how many paths there are, and whether that is all of them.

        Counting stops at `cap` paths, at 100,000 steps, and at the deadline. Without a sign constraint the steps
        between two paths are bounded by hops times edges (BC-DFS, Peng et al. 2019).
        """
        counter = _PathCounter(self._terrain, self._hops_left, cap)
        try:
            counter.visit(self._terrain.source, frozenset([0]))
        except (_CountedEnough, QueryTimeout):
            return counter.total, False
        return counter.total, True


def _find_first_repeat(nodes: tuple[str, ...]) -> int | None:
    """Return the index of the first node that stands earlier in the walk, too."""
    seen: set[str] = set()
    for index, node in enumerate(nodes):
        if node in seen:
            return index
        seen.add(node)
    return None


class _CountedEnough(Exception):
    """There are more paths, or steps to them, than shall be looked at."""


class _PathCounter:
    """Visits every loopless path by depth first, and turns back where the target cannot be reached in time.

    `_barrier` holds, by node, how many hops are surely needed from it to the target around the nodes on the walk. A
    sign constraint makes what is learned on one walk untrue for others, so there only the distances guide.
    """

    def __init__(self, terrain: Terrain, hops_left: dict[State, int], cap: int) -> None:
        self.total = 0
        self._terrain = terrain
        self._hops_left = hops_left
        self._cap = cap
        self._steps_taken = 0
        self._walk: dict[str, None] = {}
        self._learns = terrain.rules.final_sign is None
        self._barrier = {state.node: hops for state, hops in hops_left.items()} if self._learns else {}

    def visit(self, node: str, signs: frozenset[Sign]) -> int | None:
        """Count the paths that go on from a node.

        Args:
            node: Where the walk stands.
            signs: The net signs that the walk to here can have, by choice of parallel edges.

        Returns:
            Hops of the shortest path found from here to the target; None if there is none.
        """
        self._count_step()
        if node == self._terrain.target:
            if (self._terrain.rules.final_sign or 0) in signs:
                self._count_path()
            return 0
        self._walk[node] = None
        shortest: int | None = None
        for other, onward in self._find_onward(node, signs).items():
            if self._can_arrive(other, onward):
                hops = self.visit(other, onward)
                if hops is not None and (shortest is None or hops + 1 < shortest):
                    shortest = hops + 1
        del self._walk[node]
        if self._learns:
            if shortest is None:
                self._barrier[node] = self._terrain.rules.max_hops - len(self._walk) + 1
            else:
                self._lower_barriers(node, shortest)
        return shortest

    def _find_onward(self, node: str, signs: frozenset[Sign]) -> dict[str, frozenset[Sign]]:
        onward: dict[str, frozenset[Sign]] = {}
        for step in self._terrain.find_steps(node):
            if step.node not in self._walk:
                after = frozenset(combine_signs(sign, step.sign) for sign in signs)
                onward[step.node] = onward.get(step.node, frozenset()) | after
        return onward

    def _can_arrive(self, node: str, signs: frozenset[Sign]) -> bool:
        hops = len(self._walk)
        limit = self._terrain.rules.max_hops
        if self._learns:
            return hops + self._barrier.get(node, limit) <= limit
        return any(hops + self._hops_left.get(State(node, sign), limit) <= limit for sign in signs)

    def _lower_barriers(self, node: str, hops: int) -> None:
        """Make this node passable again, and with it those that failed only because it was on the walk."""
        self._barrier[node] = min(hops, self._barrier[node])
        waiting = [node]
        while waiting:
            at = waiting.pop()
            needed = self._barrier[at] + 1
            for before in self._terrain.find_neighbors_before(at):
                if before not in self._walk and needed < self._barrier.get(before, 0):
                    self._barrier[before] = needed
                    waiting.append(before)

    def _count_step(self) -> None:
        self._steps_taken += 1
        if self._steps_taken > _COUNT_STEPS:
            raise _CountedEnough
        if self._steps_taken % CHECK_EVERY == 0:
            self._terrain.deadline.check()

    def _count_path(self) -> None:
        if self.total == self._cap:
            raise _CountedEnough
        self.total += 1
