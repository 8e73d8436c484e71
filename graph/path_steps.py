"""What can be walked under the rules of a question about paths: steps, their cost, and distances to the target."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from math import log
from typing import NamedTuple

from graph.deadline import Deadline
from graph.edges import Edge
from graph.filters import EdgeFilter
from graph.ontology import Sign
from graph.snapshot import Snapshot

Cost = tuple[int, ...]
"""Compared as tuples and added part by part; whole numbers, so that sums do not depend on their order."""

CHECK_EVERY = 256
"""How many steps of a search go by between two looks at the clock."""

_UNITS_PER_NAT = 2**40
"""How finely cost tells confidences apart: a nat is a factor of e."""

_COMBINED: dict[tuple[Sign, Sign], Sign] = {
    (so_far, hop): so_far if hop == 0 else hop if so_far == 0 else 1 if so_far == hop else -1
    for so_far in (-1, 0, 1)
    for hop in (-1, 0, 1)
}


def combine_signs(so_far: Sign, hop: Sign) -> Sign:
    """Return the net sign after one more hop; 0 stands for a walk, or a hop, without a sign."""
    return _COMBINED[so_far, hop]


def add_costs(left: Cost, right: Cost) -> Cost:
    """Add two costs part by part."""
    return tuple(map(int.__add__, left, right))


@dataclass(frozen=True, slots=True)
class Rules:
    """What a path may be.

    Attributes:
        any_direction: Edges may be walked backwards.
        by_confidence: Confidence goes before the number of hops.
        final_sign: Net sign of the whole path; None if it does not matter.
        max_hops: Longest path, in hops.
        types: Entity types that may be passed through; all, if empty.
        avoid: Ids of nodes that may not.
    """

    any_direction: bool
    by_confidence: bool
    final_sign: Sign | None
    max_hops: int
    types: frozenset[str]
    avoid: frozenset[str]


class Step(NamedTuple):
    """A hop to `node` over the best edge of one sign; `also` names the other edges there, best first.

    `sign` is the edge's sign where the question asks for one, else 0.
    """

    node: str
    edge: Edge
    forward: bool
    also: tuple[str, ...]
    cost: Cost
    sign: Sign


class State(NamedTuple):
    """A node and the net sign of the walk to it."""

    node: str
    sign: Sign


class _Walkable(NamedTuple):
    """An edge between two nodes, in order of preference."""

    cost: Cost
    backward: bool
    edge_id: str
    edge: Edge


class Terrain:
    """The filtered graph as one question may walk it. Steps are found when first asked for, then remembered."""

    def __init__(
        self, snapshot: Snapshot, ends: tuple[str, str], rules: Rules, where: EdgeFilter, deadline: Deadline
    ) -> None:
        self.source, self.target = ends
        self.rules = rules
        self.deadline = deadline
        self._nodes = snapshot.nodes
        self._graph = snapshot.view(replace(where, types=(), evidence=False)).graph
        self._steps: dict[str, list[Step]] = {}

    @property
    def is_empty(self) -> bool:
        """Whether one of the ends has no edge at all."""
        return self.source not in self._graph or self.target not in self._graph

    def find_steps(self, node: str) -> list[Step]:
        """Return the steps from a node: one for each neighbour and sign."""
        if node not in self._steps:
            self._steps[node] = [
                step
                for other, walkable in self._collect(node, into=False).items()
                for step in self._pick(other, walkable)
            ]
        return self._steps[node]

    def find_neighbors_before(self, node: str) -> list[str]:
        """Return the nodes from which one step leads here."""
        return list(self._collect(node, into=True))

    def measure_distances(self, parts: Sequence[int]) -> dict[State, Cost]:
        """Return how far each state is from the target, in some parts of cost, by Dijkstra run backwards.

        The sign of a state is that of the walk before it. If hops are the first part asked for, states further than
        the hops allowed are left out. Nothing is measured through the source, which no path visits twice.

        Raises:
            QueryTimeout: The deadline passed.
        """
        is_bounded = parts[0] == self._hop_part
        settled: dict[State, Cost] = {}
        heap = [((0,) * len(parts), State(self.target, self.rules.final_sign or 0))]
        while heap:
            cost, state = heappop(heap)
            if state in settled:
                continue
            settled[state] = cost
            if len(settled) % CHECK_EVERY == 0:
                self.deadline.check()
            if state.node == self.source or (is_bounded and cost[0] >= self.rules.max_hops):
                continue
            for other, walkable in self._collect(state.node, into=True).items():
                for step in self._pick(other, walkable):
                    step_cost = tuple(step.cost[part] for part in parts)
                    for sign in self._find_signs_before(state.sign, step.sign):
                        before = State(other, sign)
                        if other != self.target and before not in settled:
                            heappush(heap, (add_costs(cost, step_cost), before))
        return settled

    @property
    def _hop_part(self) -> int:
        return 1 if self.rules.by_confidence else 0

    def measure_all(self) -> tuple[dict[State, int], dict[State, Cost]]:
        """Return the fewest hops and the least cost from each state to the target; empty if an end has no edge."""
        if self.is_empty:
            return {}, {}
        hops = self.measure_distances([self._hop_part])
        return {state: cost[0] for state, cost in hops.items()}, self.measure_distances([0, 1, 2])

    def _find_signs_before(self, after: Sign, hop: Sign) -> list[Sign]:
        if self.rules.final_sign is None:
            return [0]
        return [sign for sign in (-1, 0, 1) if combine_signs(sign, hop) == after]

    def _pick(self, other: str, walkable: Sequence[_Walkable]) -> list[Step]:
        """Make a step of the best edge of each sign."""
        steps: dict[Sign, Step] = {}
        for cost, backward, edge_id, edge in walkable:
            sign: Sign = 0 if self.rules.final_sign is None else edge.sign
            if sign not in steps:
                also = tuple(named.edge_id for named in walkable if named.edge_id != edge_id)
                steps[sign] = Step(other, edge, not backward, also, cost, sign)
        return list(steps.values())

    def _collect(self, node: str, *, into: bool) -> dict[str, list[_Walkable]]:
        """Return what can be walked from a node, or into it, by the node at the other end; best first."""
        found: defaultdict[str, list[_Walkable]] = defaultdict(list)
        for neighbors, backward in ((self._graph.succ[node], into), (self._graph.pred[node], not into)):
            for other, parallel in neighbors.items():
                if self._may_visit(other):
                    for data in parallel.values():
                        edge: Edge = data["edge"]
                        if not backward or self.rules.any_direction or edge.symmetric:
                            found[other].append(_Walkable(self._compute_cost(edge), backward, edge.id, edge))
        for walkable in found.values():
            walkable.sort(key=lambda edge: edge[:3])
        return found

    def _may_visit(self, node: str) -> bool:
        if node in self.rules.avoid:
            return False
        is_end = node in (self.source, self.target)
        return is_end or not self.rules.types or self._nodes[node].type in self.rules.types

    def _compute_cost(self, edge: Edge) -> Cost:
        doubt = round(-log(edge.confidence) * _UNITS_PER_NAT)
        is_unread = int(edge.origin == "gazetteer")
        return (doubt, 1, is_unread) if self.rules.by_confidence else (1, is_unread, doubt)
