"""The best path through a graph that has lost some of its sources; it is the one that `graph.paths` would find."""

from heapq import heappop, heappush
from itertools import count

from graph.deadline import Deadline
from graph.ontology import Sign
from graph.paths.thinning import Cost, Step, ThinnedGraph

State = tuple[str, Sign]
_CHECK_EVERY = 64
_Label = tuple[Cost, tuple[str, ...], tuple[Step, ...]]


class BestPathSearch:
    """One question between two nodes, to be asked of one graph after another.

    Args:
        final_sign: Net sign that the path must have; None if it does not matter.
        max_hops: Longest path, in hops.
        deadline: When to stop.
    """

    def __init__(
        self, source: str, target: str, final_sign: Sign | None, max_hops: int, deadline: Deadline
    ) -> None:
        self._source = source
        self._target = target
        self._final_sign = final_sign
        self._max_hops = max_hops
        self._deadline = deadline
        self._looks = 0

    def find(self, graph: ThinnedGraph) -> tuple[Step, ...] | None:
        """Return the steps of the best path that is left; None if there is none.

        Raises:
            QueryTimeout: The deadline passed.

        Cost: where hops come first and signs do not matter, the edges within half the distance of either end; else
        those within reach, and with a sign constraint exponential at worst.
        """
        if graph.stride.by_confidence or self._final_sign is not None:
            return self._search(graph, self._measure(graph))
        return self._find_shortest(graph)

    def _note_look(self) -> None:
        self._looks += 1
        if self._looks % _CHECK_EVERY == 0:
            self._deadline.check()

    def _find_shortest(self, graph: ThinnedGraph) -> tuple[Step, ...] | None:
        """Search from both ends at once (Pohl 1971), then choose among the shortest paths layer by layer."""
        from_source, from_target = {self._source: 0}, {self._target: 0}
        near, far = [self._source], [self._target]
        ahead = behind = 0
        while not from_source.keys() & from_target.keys():
            if ahead + behind == self._max_hops or not near or not far:
                return None
            if len(near) <= len(far):
                ahead += 1
                near = self._spread(graph, near, from_source, ahead, backward=False)
            else:
                behind += 1
                far = self._spread(graph, far, from_target, behind, backward=True)
        return self._choose(graph, from_source, from_target, ahead, behind)

    def _spread(
        self, graph: ThinnedGraph, frontier: list[str], seen: dict[str, int], hops: int, *, backward: bool
    ) -> list[str]:
        reached = []
        for node in frontier:
            self._note_look()
            for step in graph.find_steps(node, backward=backward):
                if step.node not in seen:
                    seen[step.node] = hops
                    reached.append(step.node)
        return reached

    def _choose(
        self,
        graph: ThinnedGraph,
        from_source: dict[str, int],
        from_target: dict[str, int],
        ahead: int,
        behind: int,
    ) -> tuple[Step, ...]:
        """Return the cheapest of the shortest paths, the one with the first ids among equals."""
        layer: dict[str, _Label] = {self._source: ((0, 0, 0), (self._source,), ())}
        for hops in range(1, ahead + behind + 1):
            left = ahead + behind - hops
            reached: dict[str, _Label] = {}
            for node, (cost, nodes, steps) in layer.items():
                self._note_look()
                for step in graph.find_steps(node):
                    leads_on = (
                        from_target.get(step.node) == left
                        if left <= behind
                        else from_source.get(step.node) == hops
                    )
                    if leads_on:
                        label = (_add(cost, step.cost), (*nodes, step.node), (*steps, step))
                        known = reached.get(step.node)
                        if known is None or label[:2] < known[:2]:
                            reached[step.node] = label
            layer = reached
        return layer[self._target][2]

    def _measure(self, graph: ThinnedGraph) -> dict[State, tuple[Cost, int]]:
        """Return the least cost, and apart from it the fewest hops, from each state to the target.

        Walks of any length and with crossings are measured, so that neither overestimates what is left of a path.
        """
        goal: State = (self._target, self._final_sign or 0)
        hops = {goal: 0}
        frontier = [goal]
        for number in range(1, self._max_hops + 1):
            reached = [
                before
                for state in frontier
                for before, _ in self._iter_back(graph, state)
                if hops.setdefault(before, number) == number
            ]
            frontier = list(dict.fromkeys(reached))
        settled: dict[State, Cost] = {}
        heap: list[tuple[Cost, State]] = [((0, 0, 0), goal)]
        while heap:
            cost, state = heappop(heap)
            if state in settled:
                continue
            settled[state] = cost
            for before, step in self._iter_back(graph, state):
                if before in hops and before not in settled:
                    heappush(heap, (_add(cost, step.cost), before))
        return {state: (cost, hops[state]) for state, cost in settled.items()}

    def _iter_back(self, graph: ThinnedGraph, state: State) -> list[tuple[State, Step]]:
        """Return the states that lead into one, each with the step that does; nothing leads through the source."""
        node, sign = state
        self._note_look()
        if node == self._source:
            return []
        return [
            ((step.node, before), step)
            for step in graph.find_steps(node, backward=True)
            if step.node != self._target
            for before in (_find_signs_before(sign, step.sign) if self._final_sign is not None else (0,))
        ]

    def _search(self, graph: ThinnedGraph, left: dict[State, tuple[Cost, int]]) -> tuple[Step, ...] | None:
        """Return the best loopless path by A* (Hart, Nilsson and Raphael 1968) over paths."""
        tie = count()
        heap: list[tuple[Cost, tuple[str, ...], int, Cost, Sign, tuple[Step, ...]]] = []

        def push(nodes: tuple[str, ...], cost: Cost, sign: Sign, steps: tuple[Step, ...]) -> None:
            to_go = left.get((nodes[-1], sign))
            if to_go is not None and len(steps) + to_go[1] <= self._max_hops:
                heappush(heap, (_add(cost, to_go[0]), nodes, next(tie), cost, sign, steps))

        push((self._source,), (0, 0, 0), 0, ())
        while heap:
            _, nodes, _, cost, sign, steps = heappop(heap)
            if nodes[-1] == self._target:
                return steps
            self._note_look()
            for step in graph.find_steps(nodes[-1]):
                if step.node not in nodes:
                    after = _combine(sign, step.sign)
                    push((*nodes, step.node), _add(cost, step.cost), after, (*steps, step))
        return None


def _add(left: Cost, right: Cost) -> Cost:
    return left[0] + right[0], left[1] + right[1], left[2] + right[2]


def _combine(so_far: Sign, hop: Sign) -> Sign:
    """Return the net sign after one more hop; 0 stands for a walk, or a hop, without a sign."""
    if hop == 0 or so_far == 0:
        return so_far or hop
    return 1 if so_far == hop else -1


def _find_signs_before(after: Sign, hop: Sign) -> tuple[Sign, ...]:
    signs: tuple[Sign, ...] = (-1, 0, 1)
    return tuple(sign for sign in signs if _combine(sign, hop) == after)
