"""The ground of one question about paths: what may be walked, and how far the target is from everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from graph.deadline import Deadline
from graph.ontology import Sign
from graph.paths.steps import Cost, Step, StepIndex, add_costs

State = tuple[str, Sign]
"""A node and the net sign of a walk: of the one that led there, which the rest has to complete."""

CHECK_EVERY = 256
"""How many steps of a search go by between two looks at the clock."""

_COMBINED: dict[tuple[Sign, Sign], Sign] = {
    (so_far, hop): so_far if hop == 0 else hop if so_far == 0 else 1 if so_far == hop else -1
    for so_far in (-1, 0, 1)
    for hop in (-1, 0, 1)
}
_BEFORE: dict[tuple[Sign, Sign], tuple[Sign, ...]] = {
    (after, hop): tuple(sign for sign in (-1, 0, 1) if _COMBINED[sign, hop] == after)
    for after in (-1, 0, 1)
    for hop in (-1, 0, 1)
}


def combine_signs(so_far: Sign, hop: Sign) -> Sign:
    """Return the net sign after one more hop; 0 stands for a walk, or a hop, without a sign."""
    return _COMBINED[so_far, hop]


@dataclass(frozen=True, slots=True)
class Terrain:
    """What a path may be.

    Attributes:
        final_sign: Net sign of the whole path; None if it does not matter.
        max_hops: Longest path, in hops.
        blocked: Ids of nodes that may not be visited.
    """

    index: StepIndex
    source: str
    target: str
    final_sign: Sign | None
    max_hops: int
    blocked: frozenset[str]
    deadline: Deadline

    def find_steps(self, node: str) -> Sequence[Step]:
        """Return the steps from a node: one for each neighbour and sign."""
        steps = self.index.onward.get(node, ())
        return [step for step in steps if step.node not in self.blocked] if self.blocked else steps

    def find_signs_before(self, after: Sign, hop: Sign) -> tuple[Sign, ...]:
        """Return the net signs a walk can have before a hop that leaves it with this one."""
        return _BEFORE[after, hop] if self.final_sign is not None else (0,)


def measure_hops(terrain: Terrain) -> dict[State, int]:
    """Return the fewest hops from each state to the target, by breadth first search run backwards.

    States further than the hops allowed are left out, and nothing is measured through the source, which no path visits
    twice.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(edges).
    """
    final: State = (terrain.target, terrain.final_sign or 0)
    hops_left = {final: 0}
    frontier = [final]
    for hops in range(1, terrain.max_hops + 1):
        reached: list[State] = []
        for number, (node, sign) in enumerate(frontier):
            if number % CHECK_EVERY == 0:
                terrain.deadline.check()
            if node == terrain.source:
                continue
            for step in terrain.index.back.get(node, ()):
                if step.node == terrain.target or step.node in terrain.blocked:
                    continue
                for sign_before in terrain.find_signs_before(sign, step.sign):
                    before = (step.node, sign_before)
                    if before not in hops_left:
                        hops_left[before] = hops
                        reached.append(before)
        frontier = reached
    return hops_left


def measure_costs(terrain: Terrain, hops_left: dict[State, int]) -> dict[State, Cost]:
    """Return the least cost from each of some states to the target, by Dijkstra run backwards.

    Walks of any length are measured, so this never overestimates what is left of a path.

    Raises:
        QueryTimeout: The deadline passed.

    Cost: O(edges * log edges).
    """
    settled: dict[State, Cost] = {}
    best: dict[State, Cost] = {(terrain.target, terrain.final_sign or 0): (0, 0, 0)}
    heap: list[tuple[Cost, State]] = [(cost, state) for state, cost in best.items()]
    while heap:
        cost, state = heappop(heap)
        if state in settled:
            continue
        settled[state] = cost
        if len(settled) % CHECK_EVERY == 0:
            terrain.deadline.check()
        node, sign = state
        if node == terrain.source:
            continue
        for step in terrain.index.back.get(node, ()):
            for sign_before in terrain.find_signs_before(sign, step.sign):
                before = (step.node, sign_before)
                if before in settled or before not in hops_left:
                    continue
                total = add_costs(cost, step.cost)
                known = best.get(before)
                if known is None or total < known:
                    best[before] = total
                    heappush(heap, (total, before))
    return settled
